/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What rules are to do, in the simplest form: a frame is read byte by byte, and
 * rules, members and bits are looked at one after the other. Written after the
 * documentation, not after the code; the kernel's tests and programs share it.
 */
#ifndef ACL_MODEL_H
#define ACL_MODEL_H

#include "env.h"

#define MODEL_MAC_LEN		6
#define MODEL_MEMBERS_MAX	32

/* Types and protocols as the standards number them. */
enum {
	MODEL_TYPE_802_2 = 0x0004,
	MODEL_TYPE_IPV4 = 0x0800,
	MODEL_TYPE_ARP = 0x0806,
	MODEL_TYPE_RARP = 0x8035,
	MODEL_TYPE_VLAN = 0x8100,
	MODEL_TYPE_IPV6 = 0x86dd,
	MODEL_TYPE_SVLAN = 0x88a8,
};

enum {
	MODEL_HOPOPTS = 0,
	MODEL_ICMP = 1,
	MODEL_TCP = 6,
	MODEL_UDP = 17,
	MODEL_DCCP = 33,
	MODEL_ROUTING = 43,
	MODEL_FRAGMENT = 44,
	MODEL_AH = 51,
	MODEL_ICMPV6 = 58,
	MODEL_NONE = 59,
	MODEL_DSTOPTS = 60,
	MODEL_SCTP = 132,
	MODEL_UDPLITE = 136,
};

/* What a rule asks for: bits of model_rule.asked. */
enum {
	MODEL_ASK_SRC_MAC = 1 << 0,
	MODEL_ASK_DST_MAC = 1 << 1,
	MODEL_ASK_ETHERTYPE = 1 << 2,
	MODEL_ASK_VLAN = 1 << 3,
	MODEL_ASK_SRC = 1 << 4,
	MODEL_ASK_DST = 1 << 5,
	MODEL_ASK_PROTOCOL = 1 << 6,
	MODEL_ASK_SPORT = 1 << 7,
	MODEL_ASK_DPORT = 1 << 8,
	MODEL_ASK_TCP_FLAGS = 1 << 9,
	MODEL_ASK_ICMP_TYPE = 1 << 10,
	MODEL_ASK_ICMP_CODE = 1 << 11,
	MODEL_ASK_FRAGMENT = 1 << 12,
	MODEL_ASK_ARP_OP = 1 << 13,
	MODEL_ASK_SENDER_MAC = 1 << 14,
	MODEL_ASK_TARGET_MAC = 1 << 15,
	MODEL_ASK_ND_TARGET = 1 << 16,
	MODEL_ASK_SRC_GROUP = 1 << 17,
	MODEL_ASK_DST_GROUP = 1 << 18,
	MODEL_ASK_SPORT_GROUP = 1 << 19,
	MODEL_ASK_DPORT_GROUP = 1 << 20,
	MODEL_ASK_SRC_MAC_GROUP = 1 << 21,
	MODEL_ASK_DST_MAC_GROUP = 1 << 22,
};

/**
 * struct model_prefix - addresses that begin alike
 * @addr: the first of them; of IPv4, in the first four bytes
 * @len: bits that count, up to 32 or 128
 * @v6: IPv6
 */
struct model_prefix {
	u8 addr[16];
	u8 len;
	bool v6;
};

struct model_ports {
	u16 first;
	u16 last;
};

/**
 * struct model_rule - a rule
 * @asked: which of these it asks for; the others are 0
 * @src_mac: source MAC address
 * @src_mac_mask: the bits of it that count
 * @dst_mac: destination MAC address
 * @dst_mac_mask: the bits of it that count
 * @ethertype: behind all tags
 * @vlan: VLAN
 * @src: source address
 * @dst: destination address
 * @protocol: protocol of IP
 * @sport: source ports
 * @dport: destination ports
 * @tcp_flags: flags of TCP
 * @tcp_mask: those that count
 * @icmp_type: type of ICMP or ICMPv6, as @protocol says
 * @icmp_code: code
 * @fragment: any of these
 * @arp_op: operation of ARP
 * @sender_mac: of ARP's sender, or the source link-layer address
 * @target_mac: of ARP's target, or the target link-layer address
 * @nd_target: target of neighbour discovery
 * @src_group: index of the group that has the source address
 * @dst_group: of that which has the destination address
 * @sport_group: of that which has the source port
 * @dport_group: of that which has the destination port
 * @src_mac_group: of that which has the source MAC address
 * @dst_mac_group: of that which has the destination MAC address
 * @verdict: &enum cvswitch_verdict
 */
struct model_rule {
	u32 asked;
	u8 src_mac[MODEL_MAC_LEN];
	u8 src_mac_mask[MODEL_MAC_LEN];
	u8 dst_mac[MODEL_MAC_LEN];
	u8 dst_mac_mask[MODEL_MAC_LEN];
	u16 ethertype;
	u16 vlan;
	struct model_prefix src;
	struct model_prefix dst;
	u8 protocol;
	struct model_ports sport;
	struct model_ports dport;
	u8 tcp_flags;
	u8 tcp_mask;
	u8 icmp_type;
	u8 icmp_code;
	u8 fragment;
	u16 arp_op;
	u8 sender_mac[MODEL_MAC_LEN];
	u8 target_mac[MODEL_MAC_LEN];
	struct model_prefix nd_target;
	u8 src_group;
	u8 dst_group;
	u8 sport_group;
	u8 dport_group;
	u8 src_mac_group;
	u8 dst_mac_group;
	u8 verdict;
};

union model_member {
	struct model_prefix ip;
	u8 mac[MODEL_MAC_LEN];
	struct model_ports port;
};

struct model_group {
	enum cvswitch_group_type type;
	u32 n;
	union model_member members[MODEL_MEMBERS_MAX];
};

/**
 * struct model_set - the rules of one direction
 * @rules: in order
 * @n: how many
 * @verdict: if none of them decides
 * @groups: that rules name by index
 * @n_groups: how many
 */
struct model_set {
	struct model_rule *rules;
	u32 n;
	u8 verdict;
	struct model_group *groups;
	u32 n_groups;
};

/**
 * struct model_frame - a frame
 * @data: from its destination MAC address on
 * @len: bytes
 * @tagged: its first tag is not among them
 * @tci: but this is its content
 * @gso: more than one packet, of which IPv4 may leave out the length
 */
struct model_frame {
	const u8 *data;
	u32 len;
	bool tagged;
	u16 tci;
	bool gso;
};

/**
 * struct model_headers - what a frame says
 * @src_mac: source MAC address
 * @dst_mac: destination MAC address
 * @ethertype: behind all tags
 * @vid: its VLAN
 * @has_ip: it is IPv4 or IPv6: addresses, protocol, fragment
 * @has_ports: it has ports
 * @has_tcp: flags of TCP
 * @has_icmp: type and code
 * @has_arp: operation and addresses of ARP
 * @has_nd_target: a target of neighbour discovery
 * @has_sender_mac: MAC address of a sender
 * @has_target_mac: MAC address of a target
 * @v6: the addresses are of IPv6
 * @src: source address, or the sender's
 * @dst: destination address, or the target's
 * @protocol: of IPv4, or the last next header
 * @fragment: &enum cvswitch_fragment
 * @sport: source port
 * @dport: destination port
 * @tcp_flags: 14th byte of TCP's header
 * @icmp_type: type of ICMP
 * @icmp_code: code of ICMP
 * @arp_op: operation of ARP
 * @sender_mac: MAC address of a sender
 * @target_mac: MAC address of a target
 * @nd_target: target of neighbour discovery
 */
struct model_headers {
	u8 src_mac[MODEL_MAC_LEN];
	u8 dst_mac[MODEL_MAC_LEN];
	u16 ethertype;
	u16 vid;
	bool has_ip;
	bool has_ports;
	bool has_tcp;
	bool has_icmp;
	bool has_arp;
	bool has_nd_target;
	bool has_sender_mac;
	bool has_target_mac;
	bool v6;
	u8 src[16];
	u8 dst[16];
	u8 protocol;
	u8 fragment;
	u16 sport;
	u16 dport;
	u8 tcp_flags;
	u8 icmp_type;
	u8 icmp_code;
	u16 arp_op;
	u8 sender_mac[MODEL_MAC_LEN];
	u8 target_mac[MODEL_MAC_LEN];
	u8 nd_target[16];
};

#define MODEL_DEFAULT	(-1)
#define MODEL_MALFORMED	(-2)

/**
 * struct model_outcome - what becomes of a frame
 * @verdict: &enum cvswitch_verdict; of a malformed frame, that it is dropped
 * @rule: index of the rule that decided, or MODEL_DEFAULT or MODEL_MALFORMED
 */
struct model_outcome {
	u8 verdict;
	int rule;
};

bool model_parse(struct model_headers *headers, const struct model_frame *frame, bool vlan_aware,
		 u16 vid);
u16 model_ethertype(const struct model_rule *rule);
u32 model_find(const struct model_set *set, const struct model_headers *headers, u32 from);
void model_judge(const struct model_set *set, const struct model_frame *frame, bool vlan_aware,
		 u16 vid, struct model_outcome *outcome, u8 *counted);
void model_normalise(struct model_rule *rule);
bool model_same(const struct model_rule *a, const struct model_rule *b);

#endif /* ACL_MODEL_H */
