/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The short path: a frame for a container is received by the container's end
 * of the veth pair at once, instead of being transmitted by the host's end and
 * queued once more. It is taken only where nobody could tell the difference.
 */
#ifndef CVS_SHORT_H
#define CVS_SHORT_H

#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <net/sch_generic.h>

#include "cvs_datapath.h"
#include "cvs_port.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tag.h"

bool cvs_short_has_rps(const struct net_device *dev);
enum cvswitch_short_state cvs_short_state(const struct cvs_port *port);

/* The container's end of the pair. Context: RCU. */
static inline struct net_device *cvs_short_peer(const struct cvs_port *port)
{
	return port->dev->netdev_ops->ndo_get_peer_dev(port->dev);
}

/* An XDP program that only sees frames which come by veth's own receive. */
static inline bool cvs_short_has_driver_xdp(const struct net_device *dev)
{
	const struct bpf_xdp_entity *xdp = &dev->xdp_state[XDP_MODE_DRV];

	return (unsigned long)READ_ONCE(xdp->prog) | (unsigned long)READ_ONCE(xdp->link);
}

/**
 * cvs_short_check() - what stands against the short path now?
 * @port: a port whose device is one end of a veth pair
 * @peer: the other end, or NULL
 *
 * These conditions raise no notifier, so they are read for each frame. A peer
 * with an rx_handler of its own, or with VLAN devices that may have one, may
 * lead back here, and __netif_receive_skb_core() would go from round to round
 * without a limit.
 *
 * Context: RCU.
 * Return: CVSWITCH_SHORT_STATE_ELIGIBLE or the first condition that does.
 */
static __always_inline enum cvswitch_short_state
cvs_short_check(const struct cvs_port *port, const struct net_device *peer)
{
	struct net_device *dev = port->dev;

	if (unlikely(!peer || net_eq(dev_net(peer), dev_net(dev))))
		return CVSWITCH_SHORT_STATE_SAME_NETNS;
	if (unlikely(!(peer->flags & IFF_UP)))
		return CVSWITCH_SHORT_STATE_PEER_DOWN;
	if (unlikely(rcu_access_pointer(peer->rx_handler)))
		return CVSWITCH_SHORT_STATE_PEER_HANDLER;
	if (unlikely(cvs_netdev_has_vlans(peer)))
		return CVSWITCH_SHORT_STATE_PEER_VLAN;
	if (unlikely(cvs_short_has_driver_xdp(peer)))
		return CVSWITCH_SHORT_STATE_PEER_XDP;
	if (unlikely(peer->features & NETIF_F_GRO))
		return CVSWITCH_SHORT_STATE_PEER_GRO;
	if (cvs_rps_needed() && cvs_short_has_rps(peer))
		return CVSWITCH_SHORT_STATE_PEER_RPS;
	if (unlikely(rcu_dereference(netdev_get_tx_queue(dev, 0)->qdisc)->enqueue))
		return CVSWITCH_SHORT_STATE_QDISC;
	if (unlikely(cvs_netdev_egress_hooks(dev)))
		return CVSWITCH_SHORT_STATE_EGRESS_HOOK;
	if (unlikely(dev_nit_active(dev)))
		return CVSWITCH_SHORT_STATE_TAP;
	return CVSWITCH_SHORT_STATE_ELIGIBLE;
}

/**
 * cvs_short_deliver() - hand a frame to the container's end of the pair
 * @pkt: a unicast frame that was received by a port, not a copy
 * @out: the port of the host's end
 *
 * Context: RCU, BH off.
 * Return: true if the frame is to go on as received by pkt->skb->dev; false
 * if it has to be transmitted by @out's device, and nothing has changed.
 */
static __always_inline bool cvs_short_deliver(const struct cvs_packet *pkt,
					      struct cvs_port *out)
{
	struct sk_buff *skb = pkt->skb;
	unsigned int len = skb->len + ETH_HLEN;
	struct net_device *peer;

	if (!test_bit(CVS_PORT_SHORT, &out->flags))
		return false;
	peer = cvs_short_peer(out);
	if (unlikely(cvs_short_check(out, peer) != CVSWITCH_SHORT_STATE_ELIGIBLE))
		return false;
	/* Too long for either end: let it be refused where it always was. */
	if (unlikely(len > min(peer->mtu, out->dev->mtu) + ETH_HLEN + VLAN_HLEN &&
		     !skb_is_gso(skb)))
		return false;

	if (unlikely(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)))
		cvs_tag_egress(pkt, out, skb);

	/* In this order: it makes the frame PACKET_HOST. */
	skb_scrub_packet(skb, true);
	skb->priority = 0;
	if (unlikely(pkt->key.dst != cvs_mac_load(peer->dev_addr)))
		skb->pkt_type = PACKET_OTHERHOST;
	skb->dev = peer;

	/* The peer's receive counters are derived from this one. */
	cvs_veth_count_tx(out->dev, len);
	cvs_stats_add2(out->stats, CVS_TX_SHORT_FRAMES, 1, CVS_TX_SHORT_BYTES, len);
	return true;
}

#endif /* CVS_SHORT_H */
