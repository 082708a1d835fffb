// SPDX-License-Identifier: GPL-2.0
#include "cvs_encap.h"

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/dsfield.h>
#include <net/inet_ecn.h>
#include <net/udp_tunnel.h>

#include "cvs_datapath.h"
#include "cvs_depth.h"
#include "cvs_drop.h"
#include "cvs_pmtu.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tag.h"
#include "cvs_tracepoint.h"
#include "cvs_tunnel.h"
#include "cvs_underlay.h"
#include "cvs_vni.h"
#include "cvs_vtep.h"
#include "cvs_vxlan.h"

DEFINE_PER_CPU(unsigned int, cvs_depth_now);

/*
 * What the stack can do for a frame inside of a tunnel, once. A frame that is
 * already a tunnel's has to be finished before, and so has a list of frames
 * (SKB_GSO_FRAGLIST), each of which needs headers of its own.
 */
#define OFFLOADS	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | NETIF_F_HW_CSUM | \
			 (NETIF_F_GSO_SOFTWARE & ~NETIF_F_GSO_FRAGLIST))
#define OFFLOADS_TUNNEL	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA)

/* What is read of the packet inside of the frame. */
struct inner {
	__be16 protocol;
	u8 dsfield;
	bool dont_fragment;
};

/*
 * Have the frame's tag in its data, and the network header where the packet
 * begins. @skb: its data begins at the Ethernet header; NULL afterwards, if
 * there was no memory. Return: false for a frame that is too short.
 */
static bool settle_tag(struct sk_buff **pskb, struct inner *inner)
{
	struct sk_buff *skb = *pskb;
	int depth;

	if (unlikely(skb_vlan_tag_present(skb))) {
		skb = __vlan_hwaccel_push_inside(skb);
		*pskb = skb;
		if (!skb)
			return false;
		skb_reset_mac_header(skb);
	}
	inner->protocol = skb->protocol;
	if (likely(!eth_type_vlan(skb->protocol))) {
		skb_set_network_header(skb, ETH_HLEN);
		return true;
	}
	inner->protocol = vlan_get_protocol_and_depth(skb, skb->protocol, &depth);
	if (!inner->protocol)
		return false;
	skb_set_network_header(skb, depth);
	return true;
}

/* A packet whose header can't be read is as one of another protocol. */
static void read_packet(struct sk_buff *skb, struct inner *inner)
{
	unsigned int offset = skb_network_offset(skb);

	inner->dsfield = 0;
	inner->dont_fragment = true;
	if (inner->protocol == htons(ETH_P_IP) &&
	    pskb_may_pull(skb, offset + sizeof(struct iphdr))) {
		inner->dsfield = ipv4_get_dsfield(ip_hdr(skb));
		inner->dont_fragment = ip_hdr(skb)->frag_off & htons(IP_DF);
	} else if (inner->protocol == htons(ETH_P_IPV6) &&
		   pskb_may_pull(skb, offset + sizeof(struct ipv6hdr))) {
		inner->dsfield = ipv6_get_dsfield(ipv6_hdr(skb));
	}
}

/* RFC 6040, 4.1, normal mode: the outer ECN field is a copy of the inner one. */
static u8 outer_dsfield(const struct cvs_tunnel_config *config, const struct inner *inner)
{
	if (config->dscp == CVSWITCH_DSCP_INHERIT)
		return inner->dsfield;
	return config->dscp << 2 | (inner->dsfield & INET_ECN_MASK);
}

static bool outer_df(const struct cvs_tunnel_config *config, const struct inner *inner)
{
	switch (config->df) {
	case CVSWITCH_TUNNEL_DF_SET:
		return true;
	case CVSWITCH_TUNNEL_DF_INHERIT:
		return inner->dont_fragment;
	default:
		return false;
	}
}

/* The source port is that of the flow inside, which may be behind a tag. */
static __be16 source_port(struct sk_buff *skb, const struct inner *inner,
			  const struct cvs_tunnel_config *config, struct net *net)
{
	__be16 type = skb->protocol, port;

	/* For the core this were no range. */
	if (unlikely(config->source_min && config->source_min == config->source_max))
		return htons(config->source_min);
	/* It looks for what skb->protocol says at the network header. */
	skb->protocol = inner->protocol;
	port = udp_flow_src_port(net, skb, config->source_min, config->source_max, true);
	skb->protocol = type;
	return port;
}

/* Longest packet that fits: the frame's own headers take of the tunnel's MTU. */
static unsigned int inner_mtu(const struct sk_buff *skb, const struct cvs_way *way,
			      const struct cvs_tunnel_config *config)
{
	unsigned int taken = cvs_vtep_overhead(&config->local) + skb_network_offset(skb);
	unsigned int mtu = dst_mtu(way->dst);

	return mtu > taken ? mtu - taken : 0;
}

static bool fits(const struct sk_buff *skb, unsigned int mtu)
{
	if (skb_is_gso(skb))
		return skb_gso_validate_network_len(skb, mtu);
	return skb->len - skb_network_offset(skb) <= mtu;
}

/* Return: 0 or an error, and the skb is still there. */
static int encapsulate(struct sk_buff *skb, const struct cvs_way *way,
		       const struct cvs_tunnel_config *config, u32 vni)
{
	int err;

	err = skb_cow_head(skb, LL_RESERVED_SPACE(way->dst->dev) + way->dst->header_len +
				cvs_vtep_overhead(&config->local)) ?:
	      udp_tunnel_handle_offloads(skb, config->checksum);
	if (unlikely(err))
		return err;
	cvs_vxlan_store(__skb_push(skb, CVS_VXLAN_HLEN), vni);
	skb_set_inner_protocol(skb, htons(ETH_P_TEB));
	return 0;
}

/*
 * Finish a frame in software that the stack can't finish inside of a tunnel.
 * Return: the frame, its segments, or an error and the frame is still there.
 */
static struct sk_buff *finish(struct sk_buff *skb)
{
	netdev_features_t features = skb->encapsulation ? OFFLOADS_TUNNEL : OFFLOADS;
	struct sk_buff *segments;
	int err;

	if (unlikely(netif_needs_gso(skb, features))) {
		segments = skb_gso_segment(skb, features);
		if (IS_ERR(segments))
			return segments;
		/* Of a virtual machine: its headers were checked, it goes as it is. */
		if (!segments)
			return skb;
		consume_skb(skb);
		skb = segments;
	} else if (skb->ip_summed == CHECKSUM_PARTIAL) {
		/* Also SCTP's CRC, which the checksum outside can't anticipate. */
		err = skb_csum_hwoffload_help(skb, features);
		if (err)
			return ERR_PTR(err);
	}
	return skb;
}

/* The frame and one reference to the route are gone. Return: whether it was sent. */
static bool send(struct sk_buff *skb, struct cvs_remote *remote,
		 const struct cvs_tunnel_config *config, const struct cvs_way *way, u32 vni)
{
	skb->encapsulation = 0;
	if (unlikely(encapsulate(skb, way, config, vni))) {
		kfree_skb(skb);
		dst_release(way->dst);
		return false;
	}
	/* Whose device it was counts nothing of what comes now. */
	skb->dev = NULL;
	cvs_underlay_send(skb, remote, config, way);
	return true;
}

/* Send a frame, or its segments, which are gone, as is the reference to the route. */
static bool send_all(struct sk_buff *skb, struct cvs_remote *remote,
		     const struct cvs_tunnel_config *config, const struct cvs_way *way, u32 vni)
{
	struct sk_buff *next;
	bool sent = false;

	skb_list_walk_safe(skb, skb, next) {
		skb_mark_not_on_list(skb);
		if (unlikely(next))
			dst_hold(way->dst);
		sent |= send(skb, remote, config, way, vni);
	}
	return sent;
}

/*
 * Find the way, and whether the frame fits. Return: -1, or a reason to drop
 * the frame; @way holds a route unless there is none.
 */
static int prepare(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_remote *remote,
		   const struct cvs_tunnel_config *config, struct inner *inner,
		   struct cvs_way *way, bool flooded)
{
	unsigned int mtu;

	way->dst = NULL;
	if (unlikely(cvs_depth() >= CVS_DEPTH_MAX))
		return CVSWITCH_DROP_REASON_TUNNEL_LOOP;
	if (unlikely(cvs_underlay_route(remote, config, way))) {
		way->dst = NULL;
		return CVSWITCH_DROP_REASON_TUNNEL_NO_ROUTE;
	}
	if (unlikely(way->dst->dev == pkt->sw->dev))
		return CVSWITCH_DROP_REASON_TUNNEL_LOOP;

	read_packet(skb, inner);
	way->dsfield = outer_dsfield(config, inner);
	way->dont_fragment = outer_df(config, inner);
	way->port = source_port(skb, inner, config, dev_net(pkt->sw->dev));
	mtu = inner_mtu(skb, way, config);
	if (likely(fits(skb, mtu)))
		return -1;
	/* A link that carries less than 1280 bytes fragments below IPv6 (RFC 8200, 5). */
	if (inner->protocol == htons(ETH_P_IPV6) && mtu < IPV6_MIN_MTU && !way->dont_fragment) {
		mtu = IPV6_MIN_MTU;
		if (fits(skb, mtu))
			return -1;
	}
	/* What may be fragmented inside may be so outside, too. */
	if (!inner->dont_fragment && !way->dont_fragment)
		return -1;
	/* Only who asked not to be fragmented is told (RFC 1191, 4). */
	if (inner->dont_fragment && !flooded && !cvs_mac_is_group(pkt->key.dst))
		cvs_pmtu_answer(pkt, skb, inner->protocol, mtu);
	return CVSWITCH_DROP_REASON_TUNNEL_TOO_BIG;
}

/* As cvs_drop_at(), for a frame whose data begins at the Ethernet header. */
static void drop(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_remote *remote,
		 enum cvswitch_drop_reason reason)
{
	cvs_remote_count_drop(remote);
	__skb_pull(skb, ETH_HLEN);
	cvs_drop_at(pkt, skb, remote->tunnel->port, reason);
}

/**
 * cvs_encap() - transmit to a remote
 * @pkt: the frame
 * @skb: its skb, or that of a copy; gone afterwards
 * @remote: the remote
 * @flooded: the frame was not for this remote alone
 *
 * Context: RCU, BH off.
 */
void cvs_encap(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_remote *remote,
	       bool flooded)
{
	struct cvs_tunnel *tunnel = remote->tunnel;
	const struct cvs_tunnel_config *config = rcu_dereference(tunnel->config);
	const struct cvs_vni *vni = cvs_vni_of(&tunnel->vnis, pkt->key.vid);
	struct cvs_port *out = tunnel->port;
	struct sk_buff *frame;
	struct inner inner;
	struct cvs_way way;
	unsigned int len;
	int reason;

	if (unlikely(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)))
		cvs_tag_egress(pkt, out, skb);
	__skb_push(skb, ETH_HLEN);
	len = skb->len;

	reason = CVSWITCH_DROP_REASON_TUNNEL_NO_VNI;
	if (unlikely(!vni))
		goto drop;
	reason = CVSWITCH_DROP_REASON_MALFORMED;
	if (unlikely(skb_warn_if_lro(skb)))
		goto drop;
	if (unlikely(!settle_tag(&skb, &inner))) {
		if (skb)
			goto drop;
		goto gone;
	}
	reason = prepare(pkt, skb, remote, config, &inner, &way, flooded);
	if (unlikely(reason >= 0))
		goto drop_way;

	frame = finish(skb);
	if (IS_ERR(frame)) {
		reason = PTR_ERR(frame) == -ENOMEM ? CVSWITCH_DROP_REASON_NO_MEMORY :
						     CVSWITCH_DROP_REASON_MALFORMED;
		goto drop_way;
	}
	cvs_depth_enter();
	if (likely(send_all(frame, remote, config, &way, vni->vni))) {
		trace_cvs_encap(pkt->sw, &remote->addr, vni->vni, &pkt->key, len);
		cvs_stats_add2(out->stats, CVS_TX_QUEUED_FRAMES, 1, CVS_TX_QUEUED_BYTES, len);
		cvs_remote_count(remote, CVS_REMOTE_TX_FRAMES, len);
	} else {
		cvs_remote_count_drop(remote);
		cvs_drop_gone(pkt, out, len, CVSWITCH_DROP_REASON_NO_MEMORY);
	}
	cvs_depth_leave();
	return;

drop_way:
	dst_release(way.dst);
drop:
	drop(pkt, skb, remote, reason);
	return;
gone:
	cvs_remote_count_drop(remote);
	cvs_drop_gone(pkt, out, len, CVSWITCH_DROP_REASON_NO_MEMORY);
}
