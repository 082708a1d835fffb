/* SPDX-License-Identifier: GPL-2.0 */
/* What rules can ask of a frame: its headers from Ethernet to the ports. */
#ifndef CVS_FLOW_H
#define CVS_FLOW_H

#include <linux/bits.h>
#include <linux/cvswitch.h>
#include <linux/in6.h>
#include <linux/types.h>

struct cvs_key;
struct sk_buff;

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
 * @ethertype: behind all tags, host byte order; ETH_P_802_2 for what is a length
 * @vid: the frame's VLAN where the switch keeps them apart, else of its first tag
 * @protocol: of IPv4, or the last next header of IPv6
 * @fragment: one bit of &enum cvswitch_fragment, or 0
 * @tcp_flags: the 14th byte of TCP's header
 * @has: bits of &enum cvs_flow_part
 * @src_mac: source MAC address, as cvs_mac_load() reads it
 * @dst_mac: destination MAC address
 * @sender_mac: MAC address that ARP's sender or a neighbour says to have
 * @target_mac: of ARP's target, or that neighbour discovery speaks of
 * @nd_target: of a neighbour solicitation, advertisement or redirect
 *
 * All that is needed for the common decisions lies in the first 40 bytes.
 */
struct cvs_flow {
	struct in6_addr src;
	struct in6_addr dst;
	u16 sport;
	u16 dport;
	u16 ethertype;
	u16 vid;
	u8 protocol;
	u8 fragment;
	u8 tcp_flags;
	u8 has;
	u64 src_mac;
	u64 dst_mac;
	u64 sender_mac;
	u64 target_mac;
	struct in6_addr nd_target;
};

/* The tags that are looked through, and the extension headers of IPv6. */
#define CVS_FLOW_TAGS_MAX	4
#define CVS_FLOW_HEADERS_MAX	8

bool cvs_flow_extract(struct cvs_flow *flow, const struct cvs_key *key,
		      const struct sk_buff *skb, bool vlan_aware);

#endif /* CVS_FLOW_H */
