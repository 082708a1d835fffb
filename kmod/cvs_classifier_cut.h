/* SPDX-License-Identifier: GPL-2.0 */
/* How to cut a list of rules into shorter ones: for the building of trees. */
#ifndef CVS_CLASSIFIER_CUT_H
#define CVS_CLASSIFIER_CUT_H

#include <linux/jhash.h>

#include "cvs_classifier_tree.h"

struct cvs_match;
struct cvs_rule;

/* Fields that can be cut: each is some bits of a word. */
enum cvs_axis {
	CVS_AXIS_SRC,
	CVS_AXIS_DST,
	CVS_AXIS_SPORT,
	CVS_AXIS_DPORT,
	CVS_AXIS_PROTOCOL,
	CVS_AXIS_ETHERTYPE,
	CVS_AXIS_VID,
	CVS_AXIS_SRC_FAR,
	CVS_AXIS_DST_FAR,
	CVS_AXIS_SRC_MAC,
	CVS_AXIS_DST_MAC,
	CVS_AXIS_SENDER_MAC,
	CVS_AXIS_TARGET_MAC,
	CVS_AXIS_ND_TARGET,
	CVS_AXIS_ND_TARGET_FAR,
	CVS_AXES,
};

/* Of a longer list only so many rules are looked at to choose a cut. */
#define CVS_CUT_SAMPLE		256

/*
 * The @i-th of a sample of one in @stride. Not each @stride-th: rules often come
 * in turns, and then a sample would have but some of their kinds.
 */
static inline u32 cvs_sample(u32 i, u32 stride)
{
	return i * stride + jhash_1word(i, stride) % stride;
}

/* Most bits of one cut. */
#define CVS_CUT_BITS_MAX	13

/**
 * struct cvs_range - values from @lo to @hi
 * @lo: the first
 * @hi: the last
 */
struct cvs_range {
	u64 lo;
	u64 hi;
};

/**
 * struct cvs_box - what values can come to a node, in each field
 * @axis: the ranges
 * @known: bits that were cut before and are the same in all of the values
 */
struct cvs_box {
	struct cvs_range axis[CVS_AXES];
	u64 known[CVS_AXES];
};

/**
 * struct cvs_cut - a way to cut
 * @score: of two cuts the one with less is better
 * @total: rules in all cells together, as estimated
 * @mean: rules that a frame meets in its cell, as estimated, times CVS_ONE
 * @axis: field
 * @shift: bits of the field below those that are cut
 * @bits: how many are
 */
struct cvs_cut {
	u64 score;
	u64 total;
	u64 mean;
	u8 axis;
	u8 shift;
	u8 bits;
};

/**
 * struct cvs_cutter - what is needed to choose cuts
 * @rules: all rules
 * @records: and their records
 * @family: which frames the rules are asked about
 * @axes: fields that are worth looking at, a bit for each
 * @work: cells and rules looked at so far
 * @ranges: what the rules of a list ask of one field
 * @firsts: the first cell of each of the rules
 * @lasts: their last cells
 * @cells: rules in each cell of a cut
 */
struct cvs_cutter {
	const struct cvs_rule *const *rules;
	const struct cvs_record *records;
	enum cvs_family family;
	u32 axes;
	u64 work;
	struct cvs_range ranges[CVS_CUT_SAMPLE];
	u16 firsts[CVS_CUT_SAMPLE];
	u16 lasts[CVS_CUT_SAMPLE];
	u32 cells[(1 << CVS_CUT_BITS_MAX) + 1];
};

void cvs_record_fill(struct cvs_record *record, const struct cvs_match *match);
void cvs_box_fill(struct cvs_box *box, enum cvs_family family);
struct cvs_range cvs_range_of(const struct cvs_cutter *cutter, u32 rule, enum cvs_axis axis);
struct cvs_range cvs_range_clipped(const struct cvs_cutter *cutter, u32 rule,
				   enum cvs_axis axis, const struct cvs_box *box);
void cvs_axis_word(enum cvs_axis axis, enum cvs_family family, u8 *word, u8 *shift);
u32 cvs_cutter_axes(const struct cvs_cutter *cutter, const u32 *list, u32 n,
		    const struct cvs_box *box);

bool cvs_cut_choose(struct cvs_cutter *cutter, const u32 *list, u32 n,
		    const struct cvs_box *box, u64 room, struct cvs_cut *cut);
bool cvs_cut_covers(const struct cvs_cutter *cutter, const struct cvs_cut *cut,
		    const struct cvs_box *box, u32 rule, u32 *first, u32 *last);
void cvs_cut_narrow(const struct cvs_cut *cut, struct cvs_box *box, u32 first, u32 last);

#endif /* CVS_CLASSIFIER_CUT_H */
