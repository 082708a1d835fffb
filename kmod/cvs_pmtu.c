// SPDX-License-Identifier: GPL-2.0
#include "cvs_pmtu.h"

#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/timekeeping.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>

#include "cvs_datapath.h"
#include "cvs_deliver.h"
#include "cvs_port.h"
#include "cvs_stats.h"
#include "cvs_switch.h"

/*
 * The answer quotes the packet: all of it that lets the answer have 576 bytes
 * (RFC 1812, 4.3.2.3) or 1280 bytes (RFC 4443, 2.4 c).
 */
#define QUOTE_V4	(576 - sizeof(struct iphdr) - sizeof(struct icmphdr))
#define QUOTE_V6	(IPV6_MIN_MTU - sizeof(struct ipv6hdr) - sizeof(struct icmp6hdr))
#define TTL		64

/* Is a packet one that may be answered by an ICMP error (RFC 1122, 3.2.2)? */
static bool may_answer_v4(const struct sk_buff *skb, const struct iphdr *ip)
{
	struct icmphdr buf;
	const struct icmphdr *icmp;

	if (ip->version != 4 || ip->ihl < 5 || ip->frag_off & htons(IP_OFFSET) ||
	    ipv4_is_zeronet(ip->saddr) || ipv4_is_loopback(ip->saddr) ||
	    ipv4_is_multicast(ip->saddr) || ipv4_is_lbcast(ip->saddr) ||
	    ipv4_is_multicast(ip->daddr) || ipv4_is_lbcast(ip->daddr))
		return false;
	if (ip->protocol != IPPROTO_ICMP)
		return true;
	icmp = skb_header_pointer(skb, skb_network_offset(skb) + ip->ihl * 4,
				  sizeof(buf), &buf);
	return icmp && !icmp_is_err(icmp->type);
}

/* As above, by RFC 4443, 2.4 e. */
static bool may_answer_v6(const struct sk_buff *skb, const struct ipv6hdr *ip6)
{
	__be16 frag_off;
	u8 type, *icmp_type, nexthdr = ip6->nexthdr;
	int offset;

	if (ip6->version != 6 || ipv6_addr_any(&ip6->saddr) ||
	    ipv6_addr_is_multicast(&ip6->saddr) || ipv6_addr_loopback(&ip6->saddr) ||
	    ipv6_addr_is_multicast(&ip6->daddr))
		return false;
	offset = ipv6_skip_exthdr(skb, skb_network_offset(skb) + sizeof(*ip6), &nexthdr,
				  &frag_off);
	if (offset < 0)
		return false;
	if (nexthdr != IPPROTO_ICMPV6)
		return true;
	icmp_type = skb_header_pointer(skb, offset, sizeof(type), &type);
	return icmp_type && !icmpv6_is_err(*icmp_type);
}

/* An empty packet with room for headers in front and for a quote behind. */
static struct sk_buff *packet_alloc(const struct sk_buff *skb, unsigned int headers,
				    unsigned int quote_max, unsigned int *quote)
{
	unsigned int room = LL_MAX_HEADER + ETH_HLEN + VLAN_HLEN + headers;
	struct sk_buff *answer;

	*quote = min(skb->len - skb_network_offset(skb), quote_max);
	answer = alloc_skb(room + *quote, GFP_ATOMIC | __GFP_NOWARN);
	if (!answer)
		return NULL;
	skb_reserve(answer, room);
	if (skb_copy_bits(skb, skb_network_offset(skb), skb_put(answer, *quote), *quote)) {
		kfree_skb(answer);
		return NULL;
	}
	return answer;
}

/* From the one to whom the packet was: a switch has no address of its own. */
static struct sk_buff *packet_v4(const struct sk_buff *skb, const struct iphdr *to,
				 unsigned int mtu)
{
	struct sk_buff *answer;
	struct icmphdr *icmp;
	unsigned int quote;
	struct iphdr *ip;

	answer = packet_alloc(skb, sizeof(*ip) + sizeof(*icmp), QUOTE_V4, &quote);
	if (!answer)
		return NULL;
	icmp = skb_push(answer, sizeof(*icmp));
	*icmp = (struct icmphdr) {
		.type = ICMP_DEST_UNREACH,
		.code = ICMP_FRAG_NEEDED,
		.un.frag.mtu = htons(min(mtu, 0xffffU)),
	};
	icmp->checksum = csum_fold(csum_partial(icmp, answer->len, 0));
	skb_reset_transport_header(answer);

	ip = skb_push(answer, sizeof(*ip));
	*ip = (struct iphdr) {
		.version = 4,
		.ihl = sizeof(*ip) / 4,
		.tos = (to->tos & IPTOS_TOS_MASK) | IPTOS_PREC_INTERNETCONTROL,
		.tot_len = htons(answer->len),
		.frag_off = htons(IP_DF),
		.ttl = TTL,
		.protocol = IPPROTO_ICMP,
		.saddr = to->daddr,
		.daddr = to->saddr,
	};
	ip_send_check(ip);
	skb_reset_network_header(answer);
	answer->protocol = htons(ETH_P_IP);
	return answer;
}

static struct sk_buff *packet_v6(const struct sk_buff *skb, const struct ipv6hdr *to,
				 unsigned int mtu)
{
	struct icmp6hdr *icmp;
	struct sk_buff *answer;
	struct ipv6hdr *ip6;
	unsigned int quote;

	answer = packet_alloc(skb, sizeof(*ip6) + sizeof(*icmp), QUOTE_V6, &quote);
	if (!answer)
		return NULL;
	icmp = skb_push(answer, sizeof(*icmp));
	*icmp = (struct icmp6hdr) {
		.icmp6_type = ICMPV6_PKT_TOOBIG,
		.icmp6_mtu = htonl(mtu),
	};
	icmp->icmp6_cksum = csum_ipv6_magic(&to->daddr, &to->saddr, answer->len,
					    IPPROTO_ICMPV6,
					    csum_partial(icmp, answer->len, 0));
	skb_reset_transport_header(answer);

	ip6 = skb_push(answer, sizeof(*ip6));
	*ip6 = (struct ipv6hdr) {
		.version = 6,
		.payload_len = htons(answer->len - sizeof(*ip6)),
		.nexthdr = IPPROTO_ICMPV6,
		.hop_limit = TTL,
		.saddr = to->daddr,
		.daddr = to->saddr,
	};
	skb_reset_network_header(answer);
	answer->protocol = htons(ETH_P_IPV6);
	return answer;
}

static struct sk_buff *packet(const struct sk_buff *skb, __be16 protocol, unsigned int mtu)
{
	struct iphdr ip_buf;
	struct ipv6hdr ip6_buf;
	const struct ipv6hdr *ip6;
	const struct iphdr *ip;

	switch (protocol) {
	case htons(ETH_P_IP):
		ip = skb_header_pointer(skb, skb_network_offset(skb), sizeof(ip_buf), &ip_buf);
		return ip && may_answer_v4(skb, ip) ? packet_v4(skb, ip, mtu) : NULL;
	case htons(ETH_P_IPV6):
		ip6 = skb_header_pointer(skb, skb_network_offset(skb), sizeof(ip6_buf), &ip6_buf);
		/* IPv6 knows no smaller MTU: the answer would be of no use. */
		return ip6 && mtu >= IPV6_MIN_MTU && may_answer_v6(skb, ip6) ?
		       packet_v6(skb, ip6, mtu) : NULL;
	default:
		return NULL;
	}
}

/* Put the frame's addresses the other way round, and its tags, if it has any. */
static bool put_ethernet(const struct sk_buff *skb, struct sk_buff *answer)
{
	unsigned int tags = skb_network_offset(skb) - ETH_HLEN;
	const u8 *from = skb_mac_header(skb);
	u8 *to;

	if (tags > VLAN_HLEN)
		return false;
	to = skb_push(answer, ETH_HLEN + tags);
	skb_reset_mac_header(answer);
	ether_addr_copy(to, from + ETH_ALEN);
	ether_addr_copy(to + ETH_ALEN, from);
	/* From the type on it is as in the frame: the tag is between them. */
	to += 2 * ETH_ALEN;
	memcpy(to, from + 2 * ETH_ALEN, tags);
	memcpy(to + tags, &answer->protocol, sizeof(answer->protocol));
	answer->protocol = eth_hdr(answer)->h_proto;
	skb_pull(answer, ETH_HLEN);
	return true;
}

/**
 * cvs_pmtu_answer() - tell a sender what the tunnel carries
 * @pkt: the frame, to one receiver
 * @skb: its skb, its data at the Ethernet header and its network header set
 * @protocol: of the packet inside
 * @mtu: longest packet that the tunnel carries
 *
 * What can't be answered isn't, nor is what would be more than the port's
 * share of answers.
 *
 * Context: RCU, BH off.
 */
void cvs_pmtu_answer(const struct cvs_packet *pkt, const struct sk_buff *skb, __be16 protocol,
		     unsigned int mtu)
{
	struct sk_buff *answer;

	if (!cvs_limit_pass(&pkt->in->answers, ktime_get_mono_fast_ns()))
		return;
	answer = packet(skb, protocol, mtu);
	if (!answer)
		return;
	if (!put_ethernet(skb, answer)) {
		kfree_skb(answer);
		return;
	}
	cvs_answer(pkt, answer);
}
