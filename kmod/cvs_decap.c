// SPDX-License-Identifier: GPL-2.0
#include "cvs_decap.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/inet_ecn.h>
#include <net/ip_tunnels.h>

#include "cvs_datapath.h"
#include "cvs_depth.h"
#include "cvs_drop.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tracepoint.h"
#include "cvs_tunnel.h"
#include "cvs_udp.h"
#include "cvs_vni.h"
#include "cvs_vxlan.h"

#define HEADERS		(sizeof(struct udphdr) + CVS_VXLAN_HLEN)

static void outer_source(const struct cvs_udp *udp, const struct sk_buff *skb,
			 struct in6_addr *addr)
{
	if (udp->key.family == AF_INET)
		cvs_vtep_set_v4(addr, ip_hdr(skb)->saddr);
	else
		*addr = ipv6_hdr(skb)->saddr;
}

/* Bytes of a packet's header that are read here. */
static unsigned int header_len(__be16 protocol)
{
	switch (protocol) {
	case htons(ETH_P_IP):
		return sizeof(struct iphdr);
	case htons(ETH_P_IPV6):
		return sizeof(struct ipv6hdr);
	default:
		return 0;
	}
}

/*
 * Find the packet in a frame, behind the tags in its data: @protocol is what it
 * is, or 0 if there are more tags than anybody looks behind. Its header is
 * linear, and the network header. Return: false if the frame ends before.
 */
static bool find_packet(struct sk_buff *skb, __be16 *protocol)
{
	unsigned int offset = 0, tags = 0;

	*protocol = skb->protocol;
	while (unlikely(eth_type_vlan(*protocol))) {
		if (!pskb_may_pull(skb, offset + VLAN_HLEN))
			return false;
		*protocol = ((struct vlan_hdr *)(skb->data + offset))->h_vlan_encapsulated_proto;
		offset += VLAN_HLEN;
		if (++tags == VLAN_MAX_DEPTH)
			*protocol = 0;
	}
	skb_set_network_header(skb, offset);
	return pskb_may_pull(skb, offset + header_len(*protocol));
}

static u8 outer_dsfield(const struct cvs_udp *udp, const void *outer)
{
	return udp->key.family == AF_INET ? ipv4_get_dsfield(outer) : ipv6_get_dsfield(outer);
}

/* Combine the ECN fields. Return: false for a drop. */
static bool combine(const struct cvs_udp *udp, const void *outer, struct sk_buff *skb)
{
	int verdict;

	if (udp->key.family == AF_INET)
		verdict = IP_ECN_decapsulate(outer, skb);
	else
		verdict = IP6_ECN_decapsulate(outer, skb);
	return verdict < 2;
}

/*
 * Take over what the underlay said about congestion. @outer: where its header
 * is, from skb->head on. Return: -1, or a reason to drop the frame.
 */
static int take_ecn(const struct cvs_udp *udp, unsigned int outer, struct sk_buff *skb)
{
	__be16 type = skb->protocol, protocol;
	bool passes;

	if (unlikely(!find_packet(skb, &protocol)))
		return CVSWITCH_DROP_REASON_MALFORMED;
	/* ECT(1) and CE, the odd ones, are written. */
	if (unlikely(outer_dsfield(udp, skb->head + outer) & INET_ECN_ECT_1) &&
	    skb_ensure_writable(skb, skb_network_offset(skb) + header_len(protocol)))
		return CVSWITCH_DROP_REASON_NO_MEMORY;
	/* The core would look for a tag where there is none. */
	skb->protocol = protocol;
	passes = combine(udp, skb->head + outer, skb);
	skb->protocol = type;
	skb_reset_network_header(skb);
	return likely(passes) ? -1 : CVSWITCH_DROP_REASON_TUNNEL_ECN;
}

/*
 * Take the tunnel's headers away: afterwards the frame is as one that a port
 * received. Return: -1, or a reason to drop it.
 */
static int strip(const struct cvs_udp *udp, struct cvs_packet *pkt)
{
	struct sk_buff *skb = pkt->skb;
	unsigned int outer;

	/* For iptunnel_pull_header() this were a lack of memory. */
	if (unlikely(skb->len < HEADERS + ETH_HLEN))
		return CVSWITCH_DROP_REASON_MALFORMED;
	/* The sender's namespace isn't ours, whatever the underlay marked. */
	if (iptunnel_pull_header(skb, HEADERS, htons(ETH_P_TEB), true))
		return CVSWITCH_DROP_REASON_NO_MEMORY;

	outer = skb_network_header(skb) - skb->head;
	/*
	 * It is the tunnel's. The core, which looks there for the headers of what
	 * has segments, finds them itself if it is unset: gro_cells_receive() does
	 * the same, by a helper that Linux 6.1 doesn't have.
	 */
	skb->transport_header = (typeof(skb->transport_header))~0U;
	skb_reset_mac_header(skb);
	skb->protocol = eth_type_trans(skb, pkt->sw->dev);
	skb_postpull_rcsum(skb, eth_hdr(skb), ETH_HLEN);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	return take_ecn(udp, outer, skb);
}

/* The frame goes on as received by its device. */
static void receive(struct sk_buff *skb)
{
	/* We are deep in the stack already: once more would be too deep. */
	if (likely(cvs_depth() == 1))
		netif_receive_skb(skb);
	else
		netif_rx(skb);
}

static void accept(const struct cvs_udp *udp, const struct cvs_vni *vni, struct sk_buff *skb,
		   u64 header)
{
	struct cvs_tunnel *tunnel = vni->tunnel;
	const struct cvs_tunnel_config *config = rcu_dereference(tunnel->config);
	struct cvs_packet pkt = {
		.skb = skb,
		.in = tunnel->port,
		.sw = tunnel->sw,
	};
	unsigned int len = skb->len - HEADERS;
	struct cvs_remote *remote;
	struct in6_addr source;
	int reason;

	cvs_stats_add2(pkt.in->stats, CVS_RX_FRAMES, 1, CVS_RX_BYTES, len);
	outer_source(udp, skb, &source);
	remote = cvs_remote_find(&tunnel->remotes, &source);
	reason = CVSWITCH_DROP_REASON_TUNNEL_UNKNOWN_VTEP;
	if (unlikely(!remote && config->source == CVSWITCH_TUNNEL_SOURCE_KNOWN))
		goto drop;
	reason = CVSWITCH_DROP_REASON_TUNNEL_RESERVED;
	if (unlikely(header & CVS_VXLAN_RESERVED & ~config->ignore_reserved))
		goto drop;
	reason = strip(udp, &pkt);
	if (unlikely(reason >= 0))
		goto drop;
	if (likely(remote))
		cvs_remote_count(remote, CVS_REMOTE_RX_FRAMES, len);
	if (trace_cvs_decap_enabled()) {
		cvs_key_extract(&pkt.key, eth_hdr(pkt.skb));
		trace_cvs_decap(pkt.sw, &source, vni->vni, &pkt.key, len);
	}
	if (cvs_handle_tunnel(&pkt, remote ? &remote->fdb : NULL, vni->vid) == RX_HANDLER_ANOTHER)
		receive(pkt.skb);
	return;

drop:
	if (remote)
		cvs_remote_count_drop(remote);
	cvs_drop(&pkt, reason);
}

/**
 * cvs_decap() - a datagram came in by a tunnel's UDP port
 * @sk: the socket
 * @skb: the datagram, with its UDP header in front
 *
 * Context: RCU, BH off.
 * Return: 0, and the datagram is gone.
 */
int cvs_decap(struct sock *sk, struct sk_buff *skb)
{
	struct cvs_udp *udp = rcu_dereference_sk_user_data(sk);
	struct cvs_vni *vni;
	u64 header;

	if (unlikely(!udp))
		goto drop;
	if (unlikely(!pskb_may_pull(skb, HEADERS)))
		goto malformed;
	header = cvs_vxlan_load(udp_hdr(skb) + 1);
	if (unlikely(!cvs_vxlan_has_vni(header)))
		goto malformed;
	vni = cvs_udp_find(udp, cvs_vxlan_vni(header));
	if (unlikely(!vni)) {
		atomic64_inc(&udp->unknown_vni);
		goto drop;
	}
	cvs_depth_enter();
	accept(udp, vni, skb, header);
	cvs_depth_leave();
	return 0;

malformed:
	atomic64_inc(&udp->malformed);
drop:
	kfree_skb(skb);
	return 0;
}

/**
 * cvs_decap_error() - is an ICMP error about something that a tunnel has sent?
 * @sk: the socket
 * @skb: the datagram that it is about, or its beginning, from the UDP header on
 *
 * If it is, the stack believes it, and the route learns of a smaller MTU.
 *
 * Context: RCU, BH off.
 * Return: 0 if it is, -ENOENT or -EINVAL.
 */
int cvs_decap_error(struct sock *sk, struct sk_buff *skb)
{
	struct cvs_udp *udp = rcu_dereference_sk_user_data(sk);
	u64 header;

	if (!udp || !pskb_may_pull(skb, skb_transport_offset(skb) + HEADERS))
		return -EINVAL;
	header = cvs_vxlan_load(udp_hdr(skb) + 1);
	if (!cvs_vxlan_has_vni(header))
		return -EINVAL;
	return cvs_udp_find(udp, cvs_vxlan_vni(header)) ? 0 : -ENOENT;
}
