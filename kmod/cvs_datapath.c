// SPDX-License-Identifier: GPL-2.0
#include "cvs_datapath.h"

#include "cvs_acl.h"
#include "cvs_deliver.h"
#include "cvs_drop.h"
#include "cvs_encap.h"
#include "cvs_event.h"
#include "cvs_fdb.h"
#include "cvs_flood.h"
#include "cvs_port.h"
#include "cvs_reject.h"
#include "cvs_remote.h"
#include "cvs_short.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tag.h"

/*
 * The steps of the walk are opened up into it: a function call costs a frame
 * about as much as a step does. What frames seldom meet is a function.
 */

static __always_inline void count_large(const struct cvs_packet *pkt)
{
	const struct sk_buff *skb = pkt->skb;
	struct cvs_stats __percpu *stats = pkt->in->stats;

	if (skb_is_gso(skb))
		cvs_stats_inc(stats, CVS_RX_GSO_FRAMES);
	if (unlikely(skb->len > GSO_LEGACY_MAX_SIZE))
		cvs_stats_inc(stats, CVS_RX_BIG_FRAMES);
}

static __always_inline void count_rx(const struct cvs_packet *pkt)
{
	cvs_stats_add2(pkt->in->stats, CVS_RX_FRAMES, 1, CVS_RX_BYTES,
		       pkt->skb->len + ETH_HLEN);
	count_large(pkt);
}

/* Why a frame that came in by a port that isn't forwarding goes no further. */
static enum cvswitch_drop_reason closed_reason(const struct cvs_packet *pkt)
{
	if (!netif_running(pkt->sw->dev))
		return CVSWITCH_DROP_REASON_SWITCH_DOWN;
	if (test_bit(CVS_PORT_BPDU_BLOCKED, &pkt->in->flags))
		return CVSWITCH_DROP_REASON_BPDU_GUARD;
	return CVSWITCH_DROP_REASON_PORT_DOWN;
}

/* Control frames of IEEE 802.1 end at the first switch they meet. */
static noinline enum cvswitch_drop_reason link_local(const struct cvs_packet *pkt)
{
	struct cvs_port *in = pkt->in;

	if (pkt->key.dst == CVS_MAC_BPDU && test_bit(CVS_PORT_BPDU_GUARD, &in->flags)) {
		if (!test_and_set_bit(CVS_PORT_BPDU_BLOCKED, &in->flags))
			cvs_event_port(in, CVSWITCH_CMD_PORT_SET_NTF, GFP_ATOMIC);
		return CVSWITCH_DROP_REASON_BPDU_GUARD;
	}
	return CVSWITCH_DROP_REASON_LINK_LOCAL;
}

/* A rule is against the frame, at the port by which it came in or was to leave. */
static noinline void drop_by_rule(const struct cvs_packet *pkt, struct cvs_port *port, int reason)
{
	if (reason == CVSWITCH_DROP_REASON_ACL_REJECT)
		cvs_reject(pkt);
	cvs_drop_at(pkt, pkt->skb, port, reason);
}

/* No entry: for the host, or for nobody knows whom. */
static noinline rx_handler_result_t forward_unknown(struct cvs_packet *pkt,
						    struct cvs_fdb_owner *from)
{
	int reason;

	if (!cvs_is_host(pkt->sw, pkt->key.dst))
		return cvs_flood(pkt, from);

	reason = cvs_egress_check(pkt, pkt->sw->host);
	if (reason >= 0) {
		cvs_drop(pkt, reason);
		return RX_HANDLER_CONSUMED;
	}
	reason = cvs_acl_egress(pkt, pkt->sw->host);
	if (reason >= 0) {
		drop_by_rule(pkt, pkt->sw->host, reason);
		return RX_HANDLER_CONSUMED;
	}
	return cvs_to_host(pkt);
}

/*
 * The sender isn't where it was last seen, or has not been seen. Return: -1, or
 * a reason to drop the frame: it is from the host's own address, which nobody
 * else may send from; or from an address that isn't behind the remote it came
 * from, because the administrator said where it is.
 */
static noinline int learn_anew(const struct cvs_packet *pkt, struct cvs_fdb_owner *from,
			       const struct cvs_fdb_entry *entry, u64 key)
{
	struct cvs_port *in = pkt->in;

	if (in != pkt->sw->host && cvs_is_host(pkt->sw, pkt->key.src))
		return CVSWITCH_DROP_REASON_OWN_SOURCE;
	if (test_bit(CVS_PORT_TUNNEL, &in->flags) && entry &&
	    READ_ONCE(entry->kind) != CVSWITCH_FDB_KIND_LEARNED)
		return CVSWITCH_DROP_REASON_TUNNEL_WRONG_VTEP;
	if (test_bit(CVS_PORT_LEARNING, &in->flags) && from &&
	    !cvs_fdb_learn(&pkt->sw->fdb, from, key))
		cvs_stats_inc(in->stats, CVS_LEARN_REFUSED);
	return -1;
}

/*
 * Note where the sender is. An address at its usual place costs a comparison,
 * or a lookup at a port with many. Return: as learn_anew().
 */
static __always_inline int learn(const struct cvs_packet *pkt, struct cvs_fdb_owner *from)
{
	u64 key = cvs_fdb_key(pkt->key.src, pkt->key.vid);
	struct cvs_fdb_entry *entry;

	entry = rcu_dereference(from->last);
	if (unlikely(!entry || entry->key != key)) {
		entry = cvs_fdb_find(&pkt->sw->fdb, key);
		if (!entry || READ_ONCE(entry->owner) != from)
			return learn_anew(pkt, from, entry, key);
	}
	cvs_fdb_touch(entry);
	return -1;
}

/* From a remote that we don't know. Return: as learn_anew(). */
static int learn_nothing(const struct cvs_packet *pkt)
{
	u64 key = cvs_fdb_key(pkt->key.src, pkt->key.vid);

	return learn_anew(pkt, NULL, cvs_fdb_find(&pkt->sw->fdb, key), key);
}

/* Return: as walk(). */
static __always_inline rx_handler_result_t deliver(struct cvs_packet *pkt,
						   struct cvs_fdb_owner *owner)
{
	struct cvs_port *out = cvs_port_of_owner(owner);
	int reason;

	if (unlikely(pkt->flags & BIT(CVS_SWITCH_PROMISC)) && out != pkt->sw->host)
		cvs_copy_to_host(pkt);

	reason = cvs_egress_check(pkt, out);
	if (unlikely(reason >= 0)) {
		cvs_drop(pkt, reason);
		return RX_HANDLER_CONSUMED;
	}
	reason = cvs_acl_egress(pkt, out);
	if (unlikely(reason >= 0)) {
		drop_by_rule(pkt, out, reason);
		return RX_HANDLER_CONSUMED;
	}
	if (pkt->in != pkt->sw->host && cvs_short_deliver(pkt, out))
		return RX_HANDLER_ANOTHER;
	if (out == pkt->sw->host)
		return cvs_to_host(pkt);
	if (test_bit(CVS_PORT_TUNNEL, &out->flags))
		cvs_encap(pkt, pkt->skb, cvs_remote_of_owner(owner), false);
	else
		cvs_xmit(pkt, pkt->skb, out);
	return RX_HANDLER_CONSUMED;
}

/* Return: as walk(). */
static __always_inline rx_handler_result_t forward(struct cvs_packet *pkt,
						   struct cvs_fdb_owner *from)
{
	struct cvs_fdb_entry *entry;

	if (unlikely(cvs_mac_is_group(pkt->key.dst)))
		return cvs_flood(pkt, from);

	entry = cvs_fdb_find(&pkt->sw->fdb, cvs_fdb_key(pkt->key.dst, pkt->key.vid));
	if (likely(entry))
		return deliver(pkt, READ_ONCE(entry->owner));
	return forward_unknown(pkt, from);
}

/*
 * Begin a frame's walk: may it come in at all? Return: -1, or a reason to drop
 * the frame.
 */
static __always_inline int admit(struct cvs_packet *pkt)
{
	pkt->flags = READ_ONCE(pkt->sw->flags);
	cvs_key_extract(&pkt->key, eth_hdr(pkt->skb));

	/* A tag that a VLAN device left between the addresses and the type. */
	if (unlikely(pkt->skb->mac_len != ETH_HLEN))
		return CVSWITCH_DROP_REASON_MALFORMED;
	if (unlikely(!cvs_mac_is_valid(pkt->key.src)))
		return CVSWITCH_DROP_REASON_INVALID_SOURCE;
	if (unlikely(!cvs_port_flags_open(READ_ONCE(pkt->in->flags))))
		return closed_reason(pkt);
	if (unlikely(cvs_mac_is_link_local(pkt->key.dst)))
		return link_local(pkt);
	return -1;
}

/*
 * The walk, from the port a frame came in by to the one it leaves by.
 * Context: RCU, BH off. Return: RX_HANDLER_ANOTHER if the frame goes on as
 * received by pkt->skb->dev, else RX_HANDLER_CONSUMED.
 */
static __always_inline rx_handler_result_t walk(struct cvs_packet *pkt)
{
	int reason;

	count_rx(pkt);
	reason = admit(pkt);
	if (unlikely(reason >= 0))
		goto drop;
	if (pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE) && !cvs_tag_ingress(pkt))
		return RX_HANDLER_CONSUMED;
	reason = cvs_acl_ingress(pkt);
	if (unlikely(reason >= 0)) {
		drop_by_rule(pkt, pkt->in, reason);
		return RX_HANDLER_CONSUMED;
	}
	reason = learn(pkt, &pkt->in->fdb);
	if (unlikely(reason >= 0))
		goto drop;
	return forward(pkt, &pkt->in->fdb);

drop:
	cvs_drop(pkt, reason);
	return RX_HANDLER_CONSUMED;
}

/**
 * cvs_handle_tunnel() - the walk of a frame that came in by the tunnel
 * @pkt: the frame, counted by the tunnel's port
 * @from: the remote's, or NULL if it isn't one of ours
 * @vid: VLAN of the frame's VNI
 *
 * Context: RCU, BH off.
 * Return: RX_HANDLER_ANOTHER if the frame goes on as received by
 * pkt->skb->dev, else RX_HANDLER_CONSUMED.
 */
rx_handler_result_t cvs_handle_tunnel(struct cvs_packet *pkt, struct cvs_fdb_owner *from,
				      u16 vid)
{
	int reason;

	count_large(pkt);
	reason = admit(pkt);
	if (unlikely(reason >= 0))
		goto drop;
	reason = cvs_tag_ingress_vni(pkt, vid);
	if (unlikely(reason >= 0))
		goto drop;
	reason = likely(from) ? learn(pkt, from) : learn_nothing(pkt);
	if (unlikely(reason >= 0))
		goto drop;
	return forward(pkt, from);

drop:
	cvs_drop(pkt, reason);
	return RX_HANDLER_CONSUMED;
}

/* A frame that there was no memory for, before it could be read. */
static void drop_unread(struct cvs_packet *pkt)
{
	cvs_stats_add2(pkt->in->stats, CVS_RX_FRAMES, 1, CVS_RX_BYTES, 0);
	cvs_drop_gone(pkt, pkt->in, 0, CVSWITCH_DROP_REASON_NO_MEMORY);
}

/**
 * cvs_handle_frame() - a port's device received a frame
 * @pskb: the frame
 *
 * Context: RCU, BH off.
 * Return: see &enum rx_handler_result
 */
rx_handler_result_t cvs_handle_frame(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct cvs_packet pkt __uninitialized;
	rx_handler_result_t result;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;

	pkt.in = rcu_dereference(skb->dev->rx_handler_data);
	pkt.sw = pkt.in->sw;
	pkt.flow_state = CVS_PACKET_UNREAD;
	pkt.skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!pkt.skb)) {
		memset(&pkt.key, 0, sizeof(pkt.key));
		drop_unread(&pkt);
		return RX_HANDLER_CONSUMED;
	}
	result = walk(&pkt);
	*pskb = pkt.skb;
	return result;
}

/**
 * cvs_host_xmit() - the host sends a frame into the network
 * @skb: the frame
 * @dev: the switch's device
 *
 * Context: RCU, BH off.
 * Return: NETDEV_TX_OK; what is dropped is counted.
 */
netdev_tx_t cvs_host_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_packet pkt = {
		.skb = skb,
		.in = sw->host,
		.sw = sw,
	};

	rcu_read_lock();
	if (likely(pskb_may_pull(skb, ETH_HLEN))) {
		skb_reset_mac_header(skb);
		skb_pull(skb, ETH_HLEN);
		skb->mac_len = ETH_HLEN;
		/* Never back to the host, see cvs_egress_check(). */
		walk(&pkt);
	} else {
		cvs_stats_add2(pkt.in->stats, CVS_RX_FRAMES, 1, CVS_RX_BYTES, skb->len);
		cvs_drop(&pkt, CVSWITCH_DROP_REASON_MALFORMED);
	}
	rcu_read_unlock();
	return NETDEV_TX_OK;
}
