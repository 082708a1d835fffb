/* SPDX-License-Identifier: GPL-2.0 */
/* What rules can ask of a frame: its headers from Ethernet to the ports. */
#ifndef CVS_FLOW_H
#define CVS_FLOW_H

#include <linux/bits.h>
#include <linux/cvswitch.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/types.h>
#include <linux/udp.h>

#include "cvs_addr.h"
#include "cvs_key.h"

/* What a frame has, and a rule may therefore ask for. */
enum cvs_flow_part {
	CVS_FLOW_IP,			/* IPv4 or IPv6: addresses, protocol, fragment */
	CVS_FLOW_PORTS,			/* TCP, UDP, UDP-Lite, SCTP, DCCP */
	CVS_FLOW_TCP,			/* flags */
	CVS_FLOW_ICMP,			/* ICMP in IPv4, ICMPv6 in IPv6: type and code */
	CVS_FLOW_ARP,			/* ARP for IPv4 by Ethernet */
	CVS_FLOW_ND_TARGET,		/* target of neighbour discovery */
	CVS_FLOW_SENDER_MAC,		/* of ARP, or the source link-layer address */
	CVS_FLOW_TARGET_MAC,		/* of ARP, or the target link-layer address */
};

/**
 * struct cvs_flow - a frame's headers
 * @src: source IP address, of an ARP packet its sender's; IPv4 is mapped
 *	(::ffff:0:0/96, RFC 4291 2.5.5.2). Zero if there is none, as all that a
 *	frame doesn't have.
 * @dst: destination IP address, of an ARP packet its target's
 * @sport: source port; type of ICMP; operation of ARP. Host byte order.
 * @dport: destination port; code of ICMP
 * @ports: both of them
 * @ethertype: behind all tags, host byte order; ETH_P_802_2 for what is a length
 * @vid: the frame's VLAN where the switch keeps them apart, else of its first tag
 * @protocol: of IPv4, or the last next header of IPv6
 * @fragment: one bit of &enum cvswitch_fragment, or 0
 * @tcp_flags: the 14th byte of TCP's header
 * @has: bits of &enum cvs_flow_part
 * @rest: all from @ethertype on
 * @src_mac: source MAC address, as cvs_mac_load() reads it
 * @dst_mac: destination MAC address
 * @sender_mac: MAC address that ARP's sender or a neighbour says to have
 * @target_mac: of ARP's target, or that neighbour discovery speaks of
 * @nd_target: of a neighbour solicitation, advertisement or redirect
 *
 * Numbers of 64 bits, one behind the other: &enum cvs_word counts them. All that is
 * needed for the common decisions lies in the first six.
 */
struct cvs_flow {
	struct cvs_addr src;
	struct cvs_addr dst;
	union {
		u64 ports;
		struct {
			u32 sport;
			u32 dport;
		};
	};
	union {
		u64 rest;
		struct {
			u16 ethertype;
			u16 vid;
			u8 protocol;
			u8 fragment;
			u8 tcp_flags;
			u8 has;
		};
	};
	u64 src_mac;
	u64 dst_mac;
	u64 sender_mac;
	u64 target_mac;
	struct cvs_addr nd_target;
};

/* The tags that are looked through, and the extension headers of IPv6. */
#define CVS_FLOW_TAGS_MAX	4
#define CVS_FLOW_HEADERS_MAX	8

bool cvs_flow_parse(struct cvs_flow *flow, const struct cvs_key *key, const struct sk_buff *skb,
		    bool vlan_aware);

/* Fields of IPv4's fragment word, host byte order (RFC 791, 3.1). */
#define CVS_FLOW_IP4_MORE	0x2000
#define CVS_FLOW_IP4_OFFSET	0x1fff

/* Where TCP has its flags, and IPv4's header together with TCP's to these. */
#define CVS_FLOW_TCP_FLAGS	13
#define CVS_FLOW_COMMON_LEN	(sizeof(struct iphdr) + CVS_FLOW_TCP_FLAGS + 1)

/* Is what somebody will write into the packet, if anything, its checksum? */
static __always_inline bool cvs_flow_has_checksum_at(const struct sk_buff *skb, u16 offset)
{
	return skb->ip_summed != CHECKSUM_PARTIAL ||
	       (skb->csum_offset == offset &&
		skb_checksum_start_offset(skb) == sizeof(struct iphdr));
}

/*
 * What most frames are: a whole packet of TCP or UDP by IPv4 without options or
 * tags in the data, which lies in one piece. It is read as cvs_flow_parse() would.
 * Return: false for all others, and nothing has been read.
 */
static __always_inline bool cvs_flow_parse_common(struct cvs_flow *flow,
						  const struct cvs_key *key,
						  const struct sk_buff *skb, bool vlan_aware)
{
	const struct iphdr *ip = (const struct iphdr *)skb->data;
	const u8 *transport = (const u8 *)(ip + 1);

	if (eth_hdr(skb)->h_proto != htons(ETH_P_IP) || skb_headlen(skb) < CVS_FLOW_COMMON_LEN ||
	    *(const u8 *)ip != 0x45 ||
	    ip->frag_off & htons(CVS_FLOW_IP4_MORE | CVS_FLOW_IP4_OFFSET) ||
	    ntohs(ip->tot_len) < CVS_FLOW_COMMON_LEN)
		return false;
	if (ip->protocol == IPPROTO_TCP &&
	    cvs_flow_has_checksum_at(skb, offsetof(struct tcphdr, check))) {
		flow->protocol = IPPROTO_TCP;
		flow->tcp_flags = transport[CVS_FLOW_TCP_FLAGS];
		flow->has = BIT(CVS_FLOW_IP) | BIT(CVS_FLOW_PORTS) | BIT(CVS_FLOW_TCP);
	} else if (ip->protocol == IPPROTO_UDP &&
		   cvs_flow_has_checksum_at(skb, offsetof(struct udphdr, check))) {
		flow->protocol = IPPROTO_UDP;
		flow->tcp_flags = 0;
		flow->has = BIT(CVS_FLOW_IP) | BIT(CVS_FLOW_PORTS);
	} else {
		return false;
	}
	flow->fragment = CVSWITCH_FRAGMENT_WHOLE;
	flow->ethertype = ETH_P_IP;
	flow->vid = vlan_aware ? key->vid : 0;
	if (!vlan_aware && skb_vlan_tag_present(skb))
		flow->vid = skb_vlan_tag_get_id(skb);
	flow->src = cvs_addr_from_v4(ip->saddr);
	flow->dst = cvs_addr_from_v4(ip->daddr);
	flow->sport = get_unaligned_be16(transport);
	flow->dport = get_unaligned_be16(transport + 2);
	flow->src_mac = key->src;
	flow->dst_mac = key->dst;
	flow->sender_mac = 0;
	flow->target_mac = 0;
	flow->nd_target = (struct cvs_addr){};
	return true;
}

/**
 * cvs_flow_extract() - read what rules can ask of a frame
 * @flow: where to
 * @key: what was read of the frame before
 * @skb: the frame, its data behind the Ethernet header; only read
 * @vlan_aware: the switch keeps VLANs apart, and @key says which the frame's is
 *
 * What a receiver could take for something else than it is taken for here has
 * no flow: headers that are cut short, fragments that lie over the ports of
 * others (RFC 3128, RFC 7112), more headers than are looked at, IP and ARP behind
 * LLC and SNAP, neighbours that say two addresses, checksums that are to be written
 * over something else.
 *
 * Context: any.
 * Return: false for such a frame; @flow is then incomplete.
 */
static __always_inline bool cvs_flow_extract(struct cvs_flow *flow, const struct cvs_key *key,
					     const struct sk_buff *skb, bool vlan_aware)
{
	return likely(cvs_flow_parse_common(flow, key, skb, vlan_aware)) ||
	       cvs_flow_parse(flow, key, skb, vlan_aware);
}

#endif /* CVS_FLOW_H */
