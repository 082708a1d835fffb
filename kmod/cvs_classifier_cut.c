// SPDX-License-Identifier: GPL-2.0
#include "cvs_classifier_cut.h"

#include <linux/bitops.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* What counts as one rule where means of rules are reckoned. */
#define CVS_ONE			16U

/* Rules fewer to look at that make up for one more node. */
#define CVS_CUT_GAIN		(CVS_ONE * 9 / 8)

/* And of each rule so much may be left. */
#define CVS_CUT_LEFT		(CVS_ONE * 3 / 4)

/**
 * struct cvs_search - for the best cut of a list
 * @cutter: knows the rules, and has a sample's ranges
 * @best: the best cut so far
 * @room: words of 32 bits that the cells may take
 * @enough: rules that a frame may meet after the cut, as a mean
 * @n: rules of the sample
 * @stride: rules of the list that each stands for
 * @most: bits that the cut may have
 */
struct cvs_search {
	struct cvs_cutter *cutter;
	struct cvs_cut *best;
	u64 room;
	u64 enough;
	u32 n;
	u32 stride;
	int most;
};

/* Cells that a range covers: round the end if @last is below @first. */
static inline void cvs_range_cells(struct cvs_range range, u8 shift, u32 mask,
				   u32 *first, u32 *last)
{
	u64 lo = range.lo >> shift;
	u64 hi = range.hi >> shift;

	if (hi - lo >= mask) {
		*first = 0;
		*last = mask;
		return;
	}
	*first = lo & mask;
	*last = hi & mask;
}

/**
 * cvs_cut_covers() - which cells of a cut a rule is in
 * @cutter: knows the rules
 * @cut: the cut
 * @box: of the node that is cut
 * @rule: the rule
 * @first: is set to the first cell
 * @last: is set to the last one; below @first if they go round the end
 *
 * Return: false if in none.
 */
bool cvs_cut_covers(const struct cvs_cutter *cutter, const struct cvs_cut *cut,
		    const struct cvs_box *box, u32 rule, u32 *first, u32 *last)
{
	struct cvs_range range = cvs_range_clipped(cutter, rule, cut->axis, box);

	if (range.lo > range.hi)
		return false;
	cvs_range_cells(range, cut->shift, BIT(cut->bits) - 1, first, last);
	return true;
}

/**
 * cvs_cut_narrow() - make the box of a node that of some of its cells
 * @cut: how the node is cut
 * @box: its box
 * @first: the first of the cells
 * @last: the last one
 *
 * Only if the cut takes the topmost bits in which the box's values differ,
 * cells are ranges of values; else the box stays as it is.
 */
void cvs_cut_narrow(const struct cvs_cut *cut, struct cvs_box *box, u32 first, u32 last)
{
	struct cvs_range *range = &box->axis[cut->axis];
	unsigned int top = cut->shift + cut->bits;
	u64 base = 0;

	box->known[cut->axis] |= (BIT_ULL(cut->bits) - BIT_ULL(fls64(first ^ last))) << cut->shift;
	if (top < 64) {
		if (range->lo >> top != range->hi >> top)
			return;
		base = range->lo >> top << top;
	}
	range->lo = max(range->lo, base | (u64)first << cut->shift);
	range->hi = min(range->hi, base | (u64)last << cut->shift | (BIT_ULL(cut->shift) - 1));
}

/**
 * cvs_cutter_axes() - which fields the rules of a list ask about
 * @cutter: knows the rules
 * @list: the rules
 * @n: how many
 * @box: of the node
 *
 * Return: a bit for each field.
 */
u32 cvs_cutter_axes(const struct cvs_cutter *cutter, const u32 *list, u32 n,
		    const struct cvs_box *box)
{
	unsigned int axis;
	u32 axes = 0;
	u32 i;

	for (axis = 0; axis < CVS_AXES; axis++) {
		const struct cvs_range *all = &box->axis[axis];

		if (cutter->family != CVS_FAMILY_IPV6 &&
		    (axis == CVS_AXIS_SRC_FAR || axis == CVS_AXIS_DST_FAR))
			continue;
		for (i = 0; i < n; i++) {
			struct cvs_range range = cvs_range_of(cutter, list[i], axis);

			if (range.lo > all->lo || range.hi < all->hi) {
				axes |= BIT(axis);
				break;
			}
		}
	}
	return axes;
}

/* Count the rules of each cell, and those of all before it; return all. */
static u64 cvs_cut_count(struct cvs_cutter *cutter, u32 n, const struct cvs_cut *cut)
{
	u32 mask = BIT(cut->bits) - 1;
	u32 first, last, count, i;
	u64 total = 0;

	memset(cutter->cells, 0, (mask + 2) * sizeof(*cutter->cells));
	for (i = 0; i < n; i++) {
		cvs_range_cells(cutter->ranges[i], cut->shift, mask, &first, &last);
		cutter->firsts[i] = first;
		cutter->lasts[i] = last;
		cutter->cells[first]++;
		cutter->cells[last + 1]--;
		if (last < first)
			cutter->cells[0]++;
	}
	for (count = 0, i = 0; i <= mask; i++) {
		count += cutter->cells[i];
		cutter->cells[i] = total;
		total += count;
	}
	cutter->cells[i] = total;
	cutter->work += n + mask + 1;
	return total;
}

/*
 * How good a cut is: by the rules that a frame which matches one of them meets
 * in its cell, as the mean over all rules, and by the memory that it takes.
 */
static void cvs_cut_rate(const struct cvs_search *search, struct cvs_cut *cut)
{
	struct cvs_cutter *cutter = search->cutter;
	u64 total = cvs_cut_count(cutter, search->n, cut), met = 0, sum;
	u32 mask = BIT(cut->bits) - 1;
	u32 first, last, i;

	cut->total = total * search->stride;
	cut->score = U64_MAX;
	if (cut->total + 3 * (mask + 1) > search->room)
		return;
	for (i = 0; i < search->n; i++) {
		first = cutter->firsts[i];
		last = cutter->lasts[i];
		sum = cutter->cells[last + 1] - cutter->cells[first];
		if (last < first)
			sum += total;
		met += first == last ? sum * CVS_ONE :
		       div_u64(sum * CVS_ONE, ((last - first) & mask) + 1);
	}
	met -= min(met, (u64)CVS_ONE * search->n);
	cut->mean = CVS_ONE + div_u64(search->stride * met, search->n);
	if (cut->mean <= search->enough)
		cut->score = cut->mean * cut->mean * (search->room + cut->total + 3 * (mask + 1));
}

/* Take off bits that are known. False if none are left. */
static bool cvs_cut_trim(struct cvs_cut *cut, u64 known)
{
	while (cut->bits && known >> (cut->shift + cut->bits - 1) & 1)
		cut->bits--;
	while (cut->bits && known >> cut->shift & 1) {
		cut->shift++;
		cut->bits--;
	}
	return cut->bits && !(known >> cut->shift & (BIT(cut->bits) - 1));
}

/* Every rule has a cell for its own. */
static bool cvs_cut_is_perfect(const struct cvs_cut *cut, u32 n)
{
	return cut->mean == CVS_ONE && cut->total == n;
}

/* Try cuts of some bits from @bottom to below @top. */
static void cvs_cut_try(const struct cvs_search *search, u8 axis, u64 known, int top, int bottom)
{
	struct cvs_cut cut = { .axis = axis };
	int bits, shift, step;

	for (bits = min(search->most, top - bottom); bits > 0; bits -= 2) {
		if (bits == 1 && search->best->score != U64_MAX)
			break;
		step = search->n > 8 ? (bits + 2) / 2 : bits;
		for (shift = top - bits;; shift = max(shift - step, bottom)) {
			cut.bits = bits;
			cut.shift = shift;
			if (cvs_cut_trim(&cut, known)) {
				cvs_cut_rate(search, &cut);
				if (cut.score < search->best->score)
					*search->best = cut;
				if (cvs_cut_is_perfect(search->best, search->n))
					return;
			}
			if (shift == bottom)
				break;
		}
	}
}

/* Try cuts of one field, from the highest bit in which the rules differ on. */
static void cvs_cut_try_axis(const struct cvs_search *search, u8 axis, const struct cvs_box *box)
{
	const struct cvs_range *all = &box->axis[axis];
	u64 differ = 0, ends = 0, first = 0, least;
	u32 n = search->n, open = 0, i;
	int top;

	for (i = 0; i < n; i++) {
		const struct cvs_range *range = &search->cutter->ranges[i];

		if (range->lo == all->lo && range->hi == all->hi) {
			open++;
			continue;
		}
		if (open == i)
			first = range->lo;
		differ |= (range->lo ^ first) | (range->hi ^ first);
		ends |= range->lo | (range->hi + 1);
	}
	if (open == n)
		return;
	/* Every rule meets all that are in all cells, whatever the cut. */
	least = CVS_ONE + div_u64((u64)CVS_ONE * search->stride * open * (n - 1), n);
	if (least > search->enough || least * least * search->room >= search->best->score)
		return;
	top = fls64(differ ?: all->lo ^ all->hi);
	if (top)
		cvs_cut_try(search, axis, box->known[axis], top,
			    ends ? min_t(int, __ffs64(ends), top - 1) : 0);
}

/**
 * cvs_cut_choose() - choose how to cut a list of rules
 * @cutter: knows the rules
 * @list: the rules
 * @n: how many
 * @box: of the node
 * @room: words of 32 bits that the cells may take
 * @cut: is set to the best cut
 *
 * Return: false if none is worth a node.
 */
bool cvs_cut_choose(struct cvs_cutter *cutter, const u32 *list, u32 n,
		    const struct cvs_box *box, u64 room, struct cvs_cut *cut)
{
	u32 stride = DIV_ROUND_UP(n, CVS_CUT_SAMPLE);
	struct cvs_search search = {
		.cutter = cutter,
		.n = n / stride,
		.stride = stride,
		.room = room,
		.best = cut,
	};
	unsigned int axis;
	u32 i;

	*cut = (struct cvs_cut){ .score = U64_MAX, .mean = U64_MAX };
	if (n < 3 || room < n + 6)
		return false;
	search.enough = min(CVS_ONE * n - CVS_CUT_GAIN, CVS_CUT_LEFT * n);
	search.most = min(ilog2((room - n) / 3), min(ilog2(n) + 2, CVS_CUT_BITS_MAX));
	for (axis = 0; axis < CVS_AXES; axis++) {
		if (!(cutter->axes & BIT(axis)) || cvs_cut_is_perfect(cut, search.n))
			continue;
		for (i = 0; i < search.n; i++)
			cutter->ranges[i] = cvs_range_clipped(cutter, list[cvs_sample(i, stride)],
							      axis, box);
		cvs_cut_try_axis(&search, axis, box);
	}
	return cut->score != U64_MAX;
}
