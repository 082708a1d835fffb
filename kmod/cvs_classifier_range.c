// SPDX-License-Identifier: GPL-2.0
/* What rules ask, as records and as ranges of fields. */
#include <linux/bitops.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "cvs_classifier_cut.h"
#include "cvs_match.h"
#include "cvs_rule.h"

#define CVS_MAC_BITS		(BIT_ULL(48) - 1)

static bool cvs_match_is_one_type(const struct cvs_match *match)
{
	return match->ethertype_first == match->ethertype_last;
}

/*
 * The near half of an address prefix. Return what flags the record may have: the
 * far half of a mapped address is 0 in all frames that come here.
 */
static u8 cvs_record_address(u64 *value, u64 *mask, const struct cvs_match *match,
			     const struct cvs_addr *addr, const struct cvs_addr *addr_mask)
{
	if (!cvs_match_is_one_type(match)) {
		*value = 0;
		*mask = 0;
		return addr_mask->hi | addr_mask->lo ? 0 : CVS_RECORD_FLAGS;
	}
	if (cvs_near(cvs_family_of(match->ethertype_first))) {
		*mask = addr_mask->lo;
		*value = addr->lo & *mask;
		return addr_mask->hi && addr->hi ? 0 : CVS_RECORD_FLAGS;
	}
	*mask = addr_mask->hi;
	*value = addr->hi & *mask;
	return addr_mask->lo ? CVS_RECORD_FAR : CVS_RECORD_FLAGS;
}

/**
 * cvs_record_fill() - make a rule's record
 * @record: is filled in
 * @match: what the rule asks
 */
void cvs_record_fill(struct cvs_record *record, const struct cvs_match *match)
{
	static const u32 beside = BIT(CVS_MATCH_SRC_MAC) | BIT(CVS_MATCH_DST_MAC) |
				  BIT(CVS_MATCH_SENDER_MAC) | BIT(CVS_MATCH_TARGET_MAC) |
				  BIT(CVS_MATCH_ND_TARGET);
	bool one_vid = match->vid_first == match->vid_last;
	bool one_protocol = match->protocol_first == match->protocol_last;
	u8 flags = match->refs || match->fields & beside ? 0 : CVS_RECORD_FLAGS;

	memset(record, 0, sizeof(*record));
	flags &= cvs_record_address(&record->src, &record->src_mask, match,
				    &match->src, &match->src_mask);
	flags &= cvs_record_address(&record->dst, &record->dst_mask, match,
				    &match->dst, &match->dst_mask);

	record->rest_mask.ethertype = cvs_match_is_one_type(match) ? U16_MAX : 0;
	record->rest_mask.vid = one_vid ? U16_MAX : 0;
	record->rest_mask.protocol = one_protocol ? U8_MAX : 0;
	/* A frame has one fragment bit at most, and not one that isn't asked. */
	record->rest_mask.fragment = ~match->fragment & ~CVS_RECORD_FLAGS;
	record->rest_mask.tcp_flags = match->tcp_mask;
	record->rest_mask.has = match->need;

	record->rest.ethertype = match->ethertype_first & record->rest_mask.ethertype;
	record->rest.vid = match->vid_first & record->rest_mask.vid;
	record->rest.protocol = match->protocol_first & record->rest_mask.protocol;
	record->rest.fragment = flags;
	record->rest.tcp_flags = match->tcp_flags;
	record->rest.has = match->need;

	record->ports_first.sport = match->sport_first;
	record->ports_first.dport = match->dport_first;
	record->ports_last.sport = match->sport_last;
	record->ports_last.dport = match->dport_last;
}

/**
 * cvs_axis_word() - where a field is
 * @axis: the field
 * @family: of the frames
 * @word: is set to the word
 * @shift: is set to the bits of the word below it
 */
void cvs_axis_word(enum cvs_axis axis, enum cvs_family family, u8 *word, u8 *shift)
{
	static const u8 words[CVS_AXES] = {
		[CVS_AXIS_SRC] = CVS_WORD_SRC_HI,
		[CVS_AXIS_DST] = CVS_WORD_DST_HI,
		[CVS_AXIS_SPORT] = CVS_WORD_PORTS,
		[CVS_AXIS_DPORT] = CVS_WORD_PORTS,
		[CVS_AXIS_PROTOCOL] = CVS_WORD_REST,
		[CVS_AXIS_ETHERTYPE] = CVS_WORD_REST,
		[CVS_AXIS_VID] = CVS_WORD_REST,
		[CVS_AXIS_SRC_FAR] = CVS_WORD_SRC_LO,
		[CVS_AXIS_DST_FAR] = CVS_WORD_DST_LO,
		[CVS_AXIS_SRC_MAC] = CVS_WORD_SRC_MAC,
		[CVS_AXIS_DST_MAC] = CVS_WORD_DST_MAC,
		[CVS_AXIS_SENDER_MAC] = CVS_WORD_SENDER_MAC,
		[CVS_AXIS_TARGET_MAC] = CVS_WORD_TARGET_MAC,
		[CVS_AXIS_ND_TARGET] = CVS_WORD_ND_TARGET_HI,
		[CVS_AXIS_ND_TARGET_FAR] = CVS_WORD_ND_TARGET_LO,
	};
	static const union cvs_ports one_port[CVS_AXES] = {
		[CVS_AXIS_SPORT] = { .sport = 1 },
		[CVS_AXIS_DPORT] = { .dport = 1 },
	};
	static const union cvs_rest one[CVS_AXES] = {
		[CVS_AXIS_PROTOCOL] = { .protocol = 1 },
		[CVS_AXIS_ETHERTYPE] = { .ethertype = 1 },
		[CVS_AXIS_VID] = { .vid = 1 },
	};
	u64 lowest = one_port[axis].word | one[axis].word;

	*word = words[axis];
	if (axis == CVS_AXIS_SRC || axis == CVS_AXIS_DST)
		*word += cvs_near(family);
	*shift = lowest ? __ffs64(lowest) : 0;
}

/**
 * cvs_box_fill() - the box of all frames of a family
 * @box: is filled in
 * @family: the family
 */
void cvs_box_fill(struct cvs_box *box, enum cvs_family family)
{
	const struct cvs_range ipv4 = { 0xffffULL << 32, 0xffffULL << 32 | U32_MAX };
	unsigned int i;

	memset(box->known, 0, sizeof(box->known));
	for (i = 0; i < CVS_AXES; i++)
		box->axis[i] = (struct cvs_range){ 0, U64_MAX };
	for (i = CVS_AXIS_SRC_MAC; i <= CVS_AXIS_TARGET_MAC; i++)
		box->axis[i].hi = CVS_MAC_BITS;
	box->axis[CVS_AXIS_SPORT].hi = U16_MAX;
	box->axis[CVS_AXIS_DPORT].hi = U16_MAX;
	box->axis[CVS_AXIS_ETHERTYPE].hi = U16_MAX;
	box->axis[CVS_AXIS_VID].hi = U16_MAX;
	box->axis[CVS_AXIS_PROTOCOL].hi = U8_MAX;
	if (family == CVS_FAMILY_IPV6)
		box->axis[CVS_AXIS_ETHERTYPE] = (struct cvs_range){ ETH_P_IPV6, ETH_P_IPV6 };
	if (family == CVS_FAMILY_IPV4) {
		box->axis[CVS_AXIS_ETHERTYPE] = (struct cvs_range){ ETH_P_IP, ETH_P_IP };
		box->axis[CVS_AXIS_SRC] = ipv4;
		box->axis[CVS_AXIS_DST] = ipv4;
	}
}

/* The range of a value under a mask, or one around it if the mask has holes. */
static struct cvs_range cvs_range_masked(u64 value, u64 mask)
{
	u64 open = ~mask ? U64_MAX >> (64 - fls64(~mask)) : 0;

	return (struct cvs_range){ value & ~open, value | open };
}

static struct cvs_range cvs_range_exact(u64 value, bool asked)
{
	return cvs_range_masked(value, asked ? U64_MAX : 0);
}

/* What a rule asks of fields that few do. */
static struct cvs_range cvs_range_far(const struct cvs_match *match, enum cvs_axis axis)
{
	switch (axis) {
	case CVS_AXIS_SRC_FAR:
		return cvs_range_masked(match->src.lo, match->src_mask.lo);
	case CVS_AXIS_DST_FAR:
		return cvs_range_masked(match->dst.lo, match->dst_mask.lo);
	case CVS_AXIS_SRC_MAC:
		return cvs_range_masked(match->src_mac, match->src_mac_mask | ~CVS_MAC_BITS);
	case CVS_AXIS_DST_MAC:
		return cvs_range_masked(match->dst_mac, match->dst_mac_mask | ~CVS_MAC_BITS);
	case CVS_AXIS_SENDER_MAC:
		return cvs_range_exact(match->sender_mac,
				       match->fields & BIT(CVS_MATCH_SENDER_MAC));
	case CVS_AXIS_TARGET_MAC:
		return cvs_range_exact(match->target_mac,
				       match->fields & BIT(CVS_MATCH_TARGET_MAC));
	case CVS_AXIS_ND_TARGET:
		return cvs_range_masked(match->nd_target.hi, match->nd_target_mask.hi);
	default:
		return cvs_range_masked(match->nd_target.lo, match->nd_target_mask.lo);
	}
}

/**
 * cvs_range_of() - what a rule asks of a field
 * @cutter: knows the rules
 * @rule: the rule
 * @axis: the field
 *
 * Return: the values, or more if they are no range.
 */
struct cvs_range cvs_range_of(const struct cvs_cutter *cutter, u32 rule, enum cvs_axis axis)
{
	const struct cvs_record *record = &cutter->records[rule];

	switch (axis) {
	case CVS_AXIS_SRC:
		return cvs_range_masked(record->src, record->src_mask);
	case CVS_AXIS_DST:
		return cvs_range_masked(record->dst, record->dst_mask);
	case CVS_AXIS_SPORT:
		return (struct cvs_range){ record->ports_first.sport,
					  record->ports_last.sport };
	case CVS_AXIS_DPORT:
		return (struct cvs_range){ record->ports_first.dport,
					  record->ports_last.dport };
	case CVS_AXIS_PROTOCOL:
		return cvs_range_exact(record->rest.protocol, record->rest_mask.protocol);
	case CVS_AXIS_ETHERTYPE:
		return cvs_range_exact(record->rest.ethertype, record->rest_mask.ethertype);
	case CVS_AXIS_VID:
		return cvs_range_exact(record->rest.vid, record->rest_mask.vid);
	default:
		return cvs_range_far(&cutter->rules[rule]->match, axis);
	}
}

/**
 * cvs_range_clipped() - what a rule asks of a field, as far as it is in a box
 * @cutter: knows the rules
 * @rule: the rule
 * @axis: the field
 * @box: the box
 *
 * Return: the values, or more if they are no range; empty if none is in the box.
 */
struct cvs_range cvs_range_clipped(const struct cvs_cutter *cutter, u32 rule,
				   enum cvs_axis axis, const struct cvs_box *box)
{
	struct cvs_range range = cvs_range_of(cutter, rule, axis);

	range.lo = max(range.lo, box->axis[axis].lo);
	range.hi = min(range.hi, box->axis[axis].hi);
	return range;
}
