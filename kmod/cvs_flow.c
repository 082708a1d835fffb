// SPDX-License-Identifier: GPL-2.0
#include "cvs_flow.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/skbuff.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "cvs_arp.h"
#include "cvs_key.h"

/* Extension headers (RFC 8200, 4; RFC 4302), as their predecessors name them. */
#define HEADER_HOP	0
#define HEADER_ROUTING	43
#define HEADER_FRAGMENT	44
#define HEADER_AUTH	51
#define HEADER_DEST	60

/* Messages of neighbour discovery (RFC 4861, 4) and their options. */
#define ND_ROUTER_SOLICIT	133
#define ND_ROUTER_ADVERT	134
#define ND_NEIGH_SOLICIT	135
#define ND_NEIGH_ADVERT		136
#define ND_REDIRECT		137
#define ND_OPTION_SOURCE	1
#define ND_OPTION_TARGET	2
#define ND_OPTIONS_MAX		16

/**
 * struct reader - where the parse is
 * @skb: the frame
 * @at: offset of the next header in its data
 * @end: where what counts as the packet ends
 */
struct reader {
	const struct sk_buff *skb;
	unsigned int at;
	unsigned int end;
};

/* @len bytes at @at, if the packet has them. */
static __always_inline const void *header(const struct reader *reader, unsigned int at,
					  unsigned int len, void *buf)
{
	if (unlikely(at + len > reader->end))
		return NULL;
	return skb_header_pointer(reader->skb, at, len, buf);
}

/*
 * The address of the option of a type, if there is one: @part is then among what
 * the frame has. Options that are broken end it: nobody reads on there.
 * Return: false if there are more options than are looked at, or another one of
 * that type that says something else: who takes which of them, nobody knows.
 */
static bool nd_option(const struct reader *reader, struct cvs_flow *flow, unsigned int at,
		      u8 type, enum cvs_flow_part part)
{
	u8 buf[2 + ETH_ALEN], first[sizeof(buf)];
	const u8 *option;
	bool seen = false;
	int i;

	for (i = 0; i < ND_OPTIONS_MAX; i++, at += option[1] * 8) {
		option = header(reader, at, sizeof(buf), buf);
		if (!option || !option[1])
			return true;
		if (option[0] != type)
			continue;
		if (seen && memcmp(first, option, sizeof(first)))
			return false;
		seen = true;
		memcpy(first, option, sizeof(first));
		if (option[1] != 1)
			continue;
		flow->has |= BIT(part);
		if (part == CVS_FLOW_SENDER_MAC)
			flow->sender_mac = cvs_mac_from(option + 2);
		else
			flow->target_mac = cvs_mac_from(option + 2);
	}
	return !header(reader, at, sizeof(buf), buf);
}

/* What neighbour discovery says. Return: as nd_option(). */
static noinline bool read_nd(const struct reader *reader, struct cvs_flow *flow)
{
	static const struct { u8 options, wanted; } messages[] = {
		[ND_ROUTER_SOLICIT - ND_ROUTER_SOLICIT] = { 8, ND_OPTION_SOURCE },
		[ND_ROUTER_ADVERT - ND_ROUTER_SOLICIT] = { 16, ND_OPTION_SOURCE },
		[ND_NEIGH_SOLICIT - ND_ROUTER_SOLICIT] = { 24, ND_OPTION_SOURCE },
		[ND_NEIGH_ADVERT - ND_ROUTER_SOLICIT] = { 24, ND_OPTION_TARGET },
		[ND_REDIRECT - ND_ROUTER_SOLICIT] = { 40, ND_OPTION_TARGET },
	};
	unsigned int i = flow->sport - ND_ROUTER_SOLICIT;
	struct in6_addr buf;
	const void *target;

	if (i >= ARRAY_SIZE(messages) || flow->fragment != CVSWITCH_FRAGMENT_WHOLE)
		return true;
	if (flow->sport >= ND_NEIGH_SOLICIT) {
		target = header(reader, reader->at + 8, sizeof(buf), &buf);
		if (!target)
			return true;
		flow->nd_target = cvs_addr_from(target);
		flow->has |= BIT(CVS_FLOW_ND_TARGET);
	}
	return nd_option(reader, flow, reader->at + messages[i].options, messages[i].wanted,
			 messages[i].wanted == ND_OPTION_SOURCE ? CVS_FLOW_SENDER_MAC :
								  CVS_FLOW_TARGET_MAC);
}

static __always_inline bool read_ports(const struct reader *reader, struct cvs_flow *flow)
{
	const __be16 *ports;
	__be16 buf[2];

	ports = header(reader, reader->at, sizeof(buf), buf);
	if (unlikely(!ports))
		return false;
	flow->sport = ntohs(ports[0]);
	flow->dport = ntohs(ports[1]);
	flow->has |= BIT(CVS_FLOW_PORTS);
	return true;
}

static __always_inline bool read_tcp(const struct reader *reader, struct cvs_flow *flow)
{
	const u8 *tcp;
	u8 buf[CVS_FLOW_TCP_FLAGS + 1];

	tcp = header(reader, reader->at, sizeof(buf), buf);
	if (unlikely(!tcp))
		return false;
	flow->sport = get_unaligned_be16(tcp);
	flow->dport = get_unaligned_be16(tcp + 2);
	flow->tcp_flags = tcp[CVS_FLOW_TCP_FLAGS];
	flow->has |= BIT(CVS_FLOW_PORTS) | BIT(CVS_FLOW_TCP);
	return true;
}

static bool read_icmp(const struct reader *reader, struct cvs_flow *flow)
{
	const u8 *icmp;
	u8 buf[2];

	icmp = header(reader, reader->at, sizeof(buf), buf);
	if (!icmp)
		return false;
	flow->sport = icmp[0];
	flow->dport = icmp[1];
	flow->has |= BIT(CVS_FLOW_ICMP);
	return flow->protocol != IPPROTO_ICMPV6 || read_nd(reader, flow);
}

/* What is in the packet, unless it is a later fragment. */
static __always_inline bool read_transport(const struct reader *reader, struct cvs_flow *flow)
{
	switch (flow->protocol) {
	case IPPROTO_TCP:
		return read_tcp(reader, flow);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		return read_ports(reader, flow);
	case IPPROTO_ICMP:
		return flow->ethertype != ETH_P_IP || read_icmp(reader, flow);
	case IPPROTO_ICMPV6:
		return flow->ethertype != ETH_P_IPV6 || read_icmp(reader, flow);
	default:
		return true;
	}
}

/*
 * Note which fragment it is. @offset: in units of 8 bytes. Return: false for one
 * that could lie over TCP's flags (RFC 3128). Which protocol IPv6's is, only the
 * first one tells (RFC 8200, 4.5).
 */
static bool note_fragment(struct cvs_flow *flow, unsigned int offset, bool more)
{
	if (offset)
		flow->fragment = CVSWITCH_FRAGMENT_LATER;
	else
		flow->fragment = more ? CVSWITCH_FRAGMENT_FIRST : CVSWITCH_FRAGMENT_WHOLE;
	return offset != 1 ||
	       (flow->ethertype == ETH_P_IP && flow->protocol != IPPROTO_TCP);
}

static __always_inline bool read_ip4(struct reader *reader, struct cvs_flow *flow)
{
	const struct iphdr *ip;
	unsigned int len, total;
	struct iphdr buf;
	u16 fragment;

	ip = header(reader, reader->at, sizeof(buf), &buf);
	if (unlikely(!ip || ip->version != 4))
		return false;
	len = ip->ihl * 4;
	total = ntohs(ip->tot_len);
	if (unlikely(!total && skb_is_gso(reader->skb)))
		total = reader->end - reader->at;
	if (unlikely(len < sizeof(buf) || total < len || reader->at + len > reader->end))
		return false;

	flow->src = cvs_addr_from_v4(ip->saddr);
	flow->dst = cvs_addr_from_v4(ip->daddr);
	flow->protocol = ip->protocol;
	flow->has |= BIT(CVS_FLOW_IP);
	fragment = ntohs(ip->frag_off);
	flow->fragment = CVSWITCH_FRAGMENT_WHOLE;
	if (unlikely(fragment & (CVS_FLOW_IP4_MORE | CVS_FLOW_IP4_OFFSET)) &&
	    !note_fragment(flow, fragment & CVS_FLOW_IP4_OFFSET, fragment & CVS_FLOW_IP4_MORE))
		return false;
	reader->end = min(reader->end, reader->at + total);
	reader->at += len;
	return flow->fragment == CVSWITCH_FRAGMENT_LATER || read_transport(reader, flow);
}

/* Return: false for a second fragment header, or one that is cut short. */
static bool read_fragment_header(struct reader *reader, struct cvs_flow *flow, bool *seen)
{
	const u8 *frag;
	u16 word;
	u8 buf[8];

	frag = header(reader, reader->at, sizeof(buf), buf);
	if (!frag || *seen)
		return false;
	*seen = true;
	flow->protocol = frag[0];
	word = get_unaligned_be16(frag + 2);
	reader->at += sizeof(buf);
	return note_fragment(flow, (word & IP6_OFFSET) >> 3, word & IP6_MF);
}

/* Walk the extension headers to what the packet is about. Return: false if that can't be. */
static noinline bool walk_headers(struct reader *reader, struct cvs_flow *flow)
{
	bool fragment = false;
	const u8 *ext;
	u8 buf[2];
	int i;

	for (i = 0;; i++) {
		switch (flow->protocol) {
		case HEADER_HOP:
		case HEADER_ROUTING:
		case HEADER_DEST:
		case HEADER_AUTH:
		case HEADER_FRAGMENT:
			break;
		default:
			return true;
		}
		if (i == CVS_FLOW_HEADERS_MAX)
			return false;
		if (flow->protocol == HEADER_FRAGMENT) {
			if (!read_fragment_header(reader, flow, &fragment))
				return false;
			if (flow->fragment == CVSWITCH_FRAGMENT_LATER)
				return true;
			continue;
		}
		ext = header(reader, reader->at, sizeof(buf), buf);
		if (!ext)
			return false;
		reader->at += flow->protocol == HEADER_AUTH ? (ext[1] + 2) * 4 : (ext[1] + 1) * 8;
		if (reader->at > reader->end)
			return false;
		flow->protocol = ext[0];
	}
}

static bool is_extension(u8 protocol)
{
	return protocol == HEADER_HOP || protocol == HEADER_ROUTING ||
	       protocol == HEADER_FRAGMENT || protocol == HEADER_AUTH ||
	       protocol == HEADER_DEST;
}

static bool read_ip6(struct reader *reader, struct cvs_flow *flow)
{
	const struct ipv6hdr *ip;
	unsigned int payload;
	struct ipv6hdr buf;

	ip = header(reader, reader->at, sizeof(buf), &buf);
	if (unlikely(!ip || ip->version != 6))
		return false;
	flow->src = cvs_addr_from(&ip->saddr);
	flow->dst = cvs_addr_from(&ip->daddr);
	/* RFC 4942, 2.2: such an address says something else to each who reads it. */
	if (unlikely(cvs_addr_is_mapped(&flow->src) || cvs_addr_is_mapped(&flow->dst)))
		return false;
	flow->protocol = ip->nexthdr;
	flow->fragment = CVSWITCH_FRAGMENT_WHOLE;
	flow->has |= BIT(CVS_FLOW_IP);
	payload = ntohs(ip->payload_len);
	reader->at += sizeof(buf);
	/* 0 is a jumbogram, or one that was not cut yet. */
	if (payload)
		reader->end = min(reader->end, reader->at + payload);
	if (unlikely(is_extension(flow->protocol)) && !walk_headers(reader, flow))
		return false;
	return flow->fragment == CVSWITCH_FRAGMENT_LATER || read_transport(reader, flow);
}

/*
 * RFC 826; of ARP for anything but IPv4 by Ethernet, nothing is known. What says
 * to be for networks of IEEE 802 is taken for it by those who receive it
 * (RFC 1122, 2.3.3).
 */
static noinline bool read_arp(struct reader *reader, struct cvs_flow *flow)
{
	static const u8 ours[] = { ETH_P_IP >> 8, ETH_P_IP & 0xff, ETH_ALEN, 4 };
	u8 buf[CVS_ARP_LEN];
	u16 hardware;
	const u8 *arp;
	__be32 addr;

	arp = header(reader, reader->at, 8, buf);
	if (!arp)
		return false;
	hardware = get_unaligned_be16(arp);
	if ((hardware != ARPHRD_ETHER && hardware != ARPHRD_IEEE802) ||
	    memcmp(arp + 2, ours, sizeof(ours)))
		return true;
	arp = header(reader, reader->at, sizeof(buf), buf);
	if (!arp)
		return false;
	flow->sport = get_unaligned_be16(arp + 6);
	flow->sender_mac = cvs_mac_from(arp + 8);
	memcpy(&addr, arp + 14, sizeof(addr));
	flow->src = cvs_addr_from_v4(addr);
	flow->target_mac = cvs_mac_from(arp + 18);
	memcpy(&addr, arp + 24, sizeof(addr));
	flow->dst = cvs_addr_from_v4(addr);
	flow->has |= BIT(CVS_FLOW_ARP) | BIT(CVS_FLOW_SENDER_MAC) | BIT(CVS_FLOW_TARGET_MAC);
	return true;
}

/* Look through the tags in the data. Return: false if there are too many. */
static noinline bool walk_tags(struct reader *reader, struct cvs_flow *flow, int tags)
{
	const __be16 *tag;
	__be16 buf[2];

	while (eth_type_vlan(htons(flow->ethertype))) {
		tag = header(reader, reader->at, sizeof(buf), buf);
		if (!tag || tags == CVS_FLOW_TAGS_MAX)
			return false;
		if (!tags++)
			flow->vid = ntohs(tag[0]) & VLAN_VID_MASK;
		flow->ethertype = ntohs(tag[1]);
		reader->at += sizeof(buf);
	}
	return true;
}

/*
 * In a frame of IEEE 802.3, is there behind LLC and SNAP what has a type otherwise
 * (RFC 1042, IEEE 802.1H)? Some receivers take it for that, others don't take it at
 * all. What its length says, or LLC's bit for commands, is of no account to them.
 */
static noinline bool is_disguised(const struct reader *reader)
{
	const u8 *snap;
	u8 buf[8];

	snap = header(reader, reader->at, sizeof(buf), buf);
	if (!snap || (snap[0] | 1) != 0xab || (snap[1] | 1) != 0xab || snap[3] || snap[4] ||
	    (snap[5] && snap[5] != 0xf8))
		return false;
	switch (get_unaligned_be16(snap + 6)) {
	case ETH_P_IP:
	case ETH_P_IPV6:
	case ETH_P_ARP:
	case ETH_P_RARP:
	case ETH_P_8021Q:
	case ETH_P_8021AD:
		return true;
	}
	return false;
}

/* What is behind the tags. Return: as cvs_flow_extract(). */
static bool read_packet(struct reader *reader, struct cvs_flow *flow)
{
	switch (flow->ethertype) {
	case ETH_P_IP:
		return read_ip4(reader, flow);
	case ETH_P_IPV6:
		return read_ip6(reader, flow);
	case ETH_P_ARP:
		return read_arp(reader, flow);
	}
	if (flow->ethertype < ETH_P_802_3_MIN) {
		flow->ethertype = ETH_P_802_2;
		return !is_disguised(reader);
	}
	return true;
}

/*
 * A sender may leave a checksum to whoever can't (CHECKSUM_PARTIAL), and says
 * where to write it; a container can say so by AF_PACKET or tap. Is it where
 * a checksum is, or behind what was read, so that no rule was asked about what is
 * then written over? Of TCP, UDP and SCTP it may be in a packet that they carry.
 */
static bool is_harmless_checksum(const struct reader *reader, const struct cvs_flow *flow)
{
	const struct sk_buff *skb = reader->skb;
	int at = skb_checksum_start_offset(skb) + skb->csum_offset - (int)reader->at;

	if (flow->has & BIT(CVS_FLOW_TCP))
		return at == offsetof(struct tcphdr, check) || at >= (int)sizeof(struct tcphdr);
	if (flow->has & BIT(CVS_FLOW_PORTS) && flow->protocol == IPPROTO_SCTP)
		return at == offsetof(struct sctphdr, checksum) ||
		       at >= (int)sizeof(struct sctphdr);
	if (flow->has & BIT(CVS_FLOW_PORTS))	/* DCCP has it in the same place */
		return at == offsetof(struct udphdr, check) || at >= (int)sizeof(struct udphdr);
	if (flow->has & BIT(CVS_FLOW_ICMP))
		return at == offsetof(struct icmphdr, checksum);
	return !(flow->has & BIT(CVS_FLOW_ARP)) && at >= 0;
}

/* As cvs_flow_extract(), of any frame. */
bool cvs_flow_parse(struct cvs_flow *flow, const struct cvs_key *key, const struct sk_buff *skb,
		    bool vlan_aware)
{
	bool tagged = skb_vlan_tag_present(skb);
	struct reader reader = { .skb = skb, .end = skb->len };

	*flow = (struct cvs_flow) {
		.src_mac = key->src,
		.dst_mac = key->dst,
		.ethertype = ntohs(eth_hdr(skb)->h_proto),
	};
	if (vlan_aware)
		flow->vid = key->vid;
	else if (tagged)
		flow->vid = skb_vlan_tag_get_id(skb);
	if (eth_type_vlan(htons(flow->ethertype)) &&
	    !walk_tags(&reader, flow, tagged || vlan_aware))
		return false;
	return read_packet(&reader, flow) &&
	       (skb->ip_summed != CHECKSUM_PARTIAL || is_harmless_checksum(&reader, flow));
}
