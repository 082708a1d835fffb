/* SPDX-License-Identifier: GPL-2.0 */
/* What a rule asks of a frame. */
#ifndef CVS_MATCH_H
#define CVS_MATCH_H

#include <linux/bits.h>
#include <linux/types.h>

#include "cvs_flow.h"

/* What a rule may ask about, beside groups. */
enum cvs_match_field {
	CVS_MATCH_SRC_MAC,
	CVS_MATCH_DST_MAC,
	CVS_MATCH_ETHERTYPE,
	CVS_MATCH_VLAN,
	CVS_MATCH_SRC,
	CVS_MATCH_DST,
	CVS_MATCH_PROTOCOL,
	CVS_MATCH_SPORT,
	CVS_MATCH_DPORT,
	CVS_MATCH_TCP_FLAGS,
	CVS_MATCH_ICMP_TYPE,
	CVS_MATCH_ICMP_CODE,
	CVS_MATCH_FRAGMENT,
	CVS_MATCH_ARP_OP,
	CVS_MATCH_SENDER_MAC,
	CVS_MATCH_TARGET_MAC,
	CVS_MATCH_ND_TARGET,
};

/* References that a rule may have to groups, each by what has to be a member. */
enum cvs_match_ref {
	CVS_REF_SRC,
	CVS_REF_DST,
	CVS_REF_SPORT,
	CVS_REF_DPORT,
	CVS_REF_SRC_MAC,
	CVS_REF_DST_MAC,
	CVS_REFS,
};

/**
 * struct cvs_match - what a rule asks of a frame, in its one normal form
 * @src: source IP prefix, zero behind its length; IPv4 is mapped
 * @dst: destination IP prefix
 * @src_mask: its bits that count; none if the rule doesn't ask
 * @dst_mask: its bits that count
 * @sport_first: first source port, type of ICMP, or operation of ARP
 * @sport_last: last one; 0 to 65535 if the rule doesn't ask
 * @dport_first: first destination port, or code of ICMP
 * @dport_last: last one
 * @ethertype_first: as for ports, of one value or of all
 * @ethertype_last: last one
 * @vid_first: as for ports, of one value or of all
 * @vid_last: last one
 * @protocol_first: as for ports, of one value or of all
 * @protocol_last: last one
 * @fragment: bits of &enum cvswitch_fragment, any of which will do; all of a
 *	byte if the rule doesn't ask
 * @need: parts that the frame has to have, bits of &enum cvs_flow_part
 * @tcp_flags: flags of TCP, none outside of @tcp_mask
 * @tcp_mask: those that count
 * @src_len: length of @src's prefix in 128 bits
 * @dst_len: length of @dst's prefix
 * @nd_target_len: length of @nd_target's prefix
 * @refs: groups that a member is asked of, bits of &enum cvs_match_ref
 * @reserved: 0, so that there is no padding
 * @fields: what the rule asks about, bits of &enum cvs_match_field
 * @src_mac: source MAC address, 0 outside of its mask
 * @src_mac_mask: its bits that count
 * @dst_mac: destination MAC address
 * @dst_mac_mask: its bits that count
 * @sender_mac: exactly, if @fields says so
 * @target_mac: exactly, if @fields says so
 * @nd_target: prefix of the target
 * @nd_target_mask: its bits that count
 *
 * Two rules ask for the same if and only if their matches and their groups are
 * equal byte for byte: there is no padding, and cvs_match_finish() has put in
 * what follows from what was asked.
 */
struct cvs_match {
	struct cvs_addr src;
	struct cvs_addr dst;
	struct cvs_addr src_mask;
	struct cvs_addr dst_mask;
	u16 sport_first;
	u16 sport_last;
	u16 dport_first;
	u16 dport_last;
	u16 ethertype_first;
	u16 ethertype_last;
	u16 vid_first;
	u16 vid_last;
	u8 protocol_first;
	u8 protocol_last;
	u8 fragment;
	u8 need;
	u8 tcp_flags;
	u8 tcp_mask;
	u8 src_len;
	u8 dst_len;
	u8 nd_target_len;
	u8 refs;
	u8 reserved[2];
	u32 fields;
	u64 src_mac;
	u64 src_mac_mask;
	u64 dst_mac;
	u64 dst_mac_mask;
	u64 sender_mac;
	u64 target_mac;
	struct cvs_addr nd_target;
	struct cvs_addr nd_target_mask;
};

extern const struct cvs_match cvs_match_all;

const char *cvs_match_finish(struct cvs_match *match);
bool cvs_match_flow(const struct cvs_match *match, const struct cvs_flow *flow);

#endif /* CVS_MATCH_H */
