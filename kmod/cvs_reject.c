// SPDX-License-Identifier: GPL-2.0
#include "cvs_reject.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/in.h>
#include <linux/skbuff.h>
#include <linux/timekeeping.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/netfilter/ipv4/nf_reject.h>
#include <net/netfilter/ipv6/nf_reject.h>

#include "cvs_datapath.h"
#include "cvs_deliver.h"
#include "cvs_port.h"
#include "cvs_prefix.h"
#include "cvs_switch.h"

/* Errors of ICMP (RFC 792, RFC 1122 3.2.2), which are never answered. */
static bool is_icmp_error(const struct cvs_flow *flow)
{
	static const u32 errors = BIT(ICMP_DEST_UNREACH) | BIT(ICMP_SOURCE_QUENCH) |
				  BIT(ICMP_REDIRECT) | BIT(ICMP_TIME_EXCEEDED) |
				  BIT(ICMP_PARAMETERPROB);

	if (!(flow->has & BIT(CVS_FLOW_ICMP)))
		return false;
	if (flow->protocol == IPPROTO_ICMPV6)
		return !(flow->sport & ICMPV6_INFOMSG_MASK) || flow->sport == NDISC_REDIRECT;
	return flow->sport < 32 && errors & BIT(flow->sport);
}

static bool is_of_one(const struct cvs_addr *addr)
{
	u8 first = addr->lo >> 24;

	if (cvs_addr_is_mapped(addr))
		return first && first < 224;
	return addr->hi >> 56 != 0xff && (addr->hi || addr->lo);
}

/* RFC 1122, 3.2.2 and RFC 4443, 2.4: what an error may be sent about. */
static bool may_answer(const struct cvs_packet *pkt)
{
	const struct cvs_flow *flow = &pkt->flow;

	return flow->has & BIT(CVS_FLOW_IP) &&
	       flow->fragment == CVSWITCH_FRAGMENT_WHOLE && !is_icmp_error(flow) &&
	       !cvs_mac_is_group(pkt->key.dst) && is_of_one(&flow->src) &&
	       is_of_one(&flow->dst) &&
	       /* Behind tags in the data, the packet is not where it is looked for. */
	       ntohs(eth_hdr(pkt->skb)->h_proto) == flow->ethertype;
}

/* Take the padding off: what is answered to is the packet. Return: false without memory. */
static bool trim(struct sk_buff *skb, u16 ethertype)
{
	unsigned int len;

	if (ethertype == ETH_P_IP)
		len = ntohs(ip_hdr(skb)->tot_len);
	else
		len = ntohs(ipv6_hdr(skb)->payload_len) ?
		      ntohs(ipv6_hdr(skb)->payload_len) + sizeof(struct ipv6hdr) : 0;
	return !len || len >= skb->len || !pskb_trim_rcsum(skb, len);
}

static struct sk_buff *packet(const struct cvs_packet *pkt)
{
	struct net *net = dev_net(pkt->sw->dev);
	const struct cvs_flow *flow = &pkt->flow;
	bool tcp = flow->protocol == IPPROTO_TCP;

	if (!pskb_may_pull(pkt->skb, flow->ethertype == ETH_P_IP ? sizeof(struct iphdr) :
							     sizeof(struct ipv6hdr)) ||
	    !trim(pkt->skb, flow->ethertype))
		return NULL;
	if (flow->ethertype == ETH_P_IP)
		return tcp ? nf_reject_skb_v4_tcp_reset(net, pkt->skb, pkt->sw->dev,
							NF_INET_PRE_ROUTING) :
			     nf_reject_skb_v4_unreach(net, pkt->skb, pkt->sw->dev,
						      NF_INET_PRE_ROUTING, ICMP_PKT_FILTERED);
	if (!ipv6_mod_enabled())
		return NULL;
	return tcp ? nf_reject_skb_v6_tcp_reset(net, pkt->skb, pkt->sw->dev,
						NF_INET_PRE_ROUTING) :
		     nf_reject_skb_v6_unreach(net, pkt->skb, pkt->sw->dev, NF_INET_PRE_ROUTING,
					      ICMPV6_ADM_PROHIBITED);
}

/* The frame's addresses the other way round, and its tag. */
static void put_ethernet(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	struct ethhdr *eth = skb_push(skb, ETH_HLEN);

	skb_reset_mac_header(skb);
	cvs_mac_store(eth->h_dest, pkt->key.src);
	cvs_mac_store(eth->h_source, pkt->key.dst);
	eth->h_proto = skb->protocol;
	__skb_pull(skb, ETH_HLEN);
	if (skb_vlan_tag_present(pkt->skb))
		__vlan_hwaccel_put_tag(skb, pkt->skb->vlan_proto, skb_vlan_tag_get(pkt->skb));
}

/**
 * cvs_reject() - tell a frame's sender that it was rejected
 * @pkt: the frame, whose headers were read; it stays
 *
 * By a reset of TCP, or an ICMP error that says that it is prohibited
 * administratively, from the one to whom the frame was. A frame is not answered
 * that has no one sender or receiver, or is a fragment or an error itself; nor
 * if the port has had its share of answers, nor if it came from another host.
 *
 * Context: RCU, BH off.
 */
void cvs_reject(const struct cvs_packet *pkt)
{
	struct sk_buff *skb;

	if (test_bit(CVS_PORT_TUNNEL, &pkt->in->flags) || !may_answer(pkt) ||
	    !cvs_limit_pass(&pkt->in->answers, ktime_get_mono_fast_ns()))
		return;
	/* The frame goes no further, so its skb may be changed. */
	skb_reset_network_header(pkt->skb);
	skb = packet(pkt);
	if (!skb)
		return;
	put_ethernet(pkt, skb);
	cvs_answer(pkt, skb);
}
