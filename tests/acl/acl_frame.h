/* SPDX-License-Identifier: GPL-2.0 */
/* Frames from what they are to say. */
#ifndef ACL_FRAME_H
#define ACL_FRAME_H

#include "acl_model.h"

#define ACL_TAGS_MAX		6
#define ACL_EXTENSIONS_MAX	10
#define ACL_OPTIONS_MAX		18
#define ACL_FRAME_MAX		1024

struct acl_tag {
	u16 type;
	u16 tci;
};

/* An option of neighbour discovery, in 8 bytes each. */
struct acl_option {
	u8 type;
	u8 len;
};

/**
 * struct acl_spec - what a frame is to say
 * @src_mac: source MAC address
 * @dst_mac: destination MAC address
 * @n_tags: its tags
 * @tags: the first one first
 * @ethertype: behind them
 * @src: source address, or the sender's
 * @dst: destination address, or the target's
 * @protocol: of IP
 * @fragment: &enum cvswitch_fragment
 * @offset: of a later fragment, in 8 bytes
 * @ip_options: of IPv4, in 4 bytes
 * @n_extensions: extension headers of IPv6
 * @extensions: their numbers, the first one first
 * @extension_len: what the second byte of each says
 * @sport: source port
 * @dport: destination port
 * @tcp_flags: flags of TCP
 * @icmp_type: type of ICMP
 * @icmp_code: code of ICMP
 * @nd_target: target of neighbour discovery
 * @n_options: options of neighbour discovery
 * @options: the first one first; they have sender_mac or target_mac
 * @arp_op: operation of ARP
 * @sender_mac: of ARP's sender, and of options of type 1
 * @target_mac: of ARP's target, and of options of type 2
 * @payload: bytes behind the headers
 * @padding: bytes behind the packet
 */
struct acl_spec {
	u8 src_mac[MODEL_MAC_LEN];
	u8 dst_mac[MODEL_MAC_LEN];
	u8 n_tags;
	struct acl_tag tags[ACL_TAGS_MAX];
	u16 ethertype;
	u8 src[16];
	u8 dst[16];
	u8 protocol;
	u8 fragment;
	u16 offset;
	u8 ip_options;
	u8 n_extensions;
	u8 extensions[ACL_EXTENSIONS_MAX];
	u8 extension_len;
	u16 sport;
	u16 dport;
	u8 tcp_flags;
	u8 icmp_type;
	u8 icmp_code;
	u8 nd_target[16];
	u8 n_options;
	struct acl_option options[ACL_OPTIONS_MAX];
	u16 arp_op;
	u8 sender_mac[MODEL_MAC_LEN];
	u8 target_mac[MODEL_MAC_LEN];
	u8 payload;
	u8 padding;
};

u32 acl_frame_write(const struct acl_spec *spec, u8 *data);

#endif /* ACL_FRAME_H */
