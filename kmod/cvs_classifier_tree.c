// SPDX-License-Identifier: GPL-2.0
/*
 * The making of one tree.
 *
 * A list of rules is cut into cells by some bits of one field; a rule is in each
 * cell that it can match a frame of; then each cell's list in turn, until lists
 * are short or nothing is gained. What a rule costs is bounded, whatever the
 * rules are:
 *
 * - Memory: each node has a share of the words that its tree may take. Its own
 *   cells and their lists, should all become leaves, take half of it at most;
 *   what is left goes to its children, the most to the longest lists. So a leaf
 *   always has room, and a list that has none to be cut becomes a leaf.
 * - Time: steps of the choice of cuts are shared in the same way, and a node
 *   takes no more than its one choice beyond its share.
 * - Depth: CVS_DEPTH_MAX.
 */
#include "cvs_classifier_tree.h"

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "cvs_classifier_build.h"

/* Steps that the choice of cuts may take for each rule. */
#define CVS_WORK_PER_RULE	1000

/* Room for so many more, by doubling. */
static int cvs_grow(void **array, u32 used, u32 more, u32 *max, size_t size)
{
	u64 want = max_t(u64, (u64)used + more, 2ULL * *max);
	void *bigger;

	if (used + more <= *max)
		return 0;
	if (want > S32_MAX)
		return -ENOSPC;
	bigger = kvmalloc(array_size(want, size), CVS_BUILD_GFP);
	if (!bigger)
		return -ENOMEM;
	if (used)
		memcpy(bigger, *array, used * size);
	kvfree(*array);
	*array = bigger;
	*max = want;
	return 0;
}

/**
 * cvs_build_reserve() - have room for more
 * @b: the builder
 * @nodes: nodes to come
 * @leaves: rules of leaves to come
 *
 * Return: 0, -ENOMEM or -ENOSPC.
 */
int cvs_build_reserve(struct cvs_builder *b, u32 nodes, u32 leaves)
{
	return cvs_grow((void **)&b->nodes, b->nodes_used, nodes, &b->nodes_max,
			sizeof(*b->nodes)) ?:
	       cvs_grow((void **)&b->leaves, b->leaves_used, leaves, &b->leaves_max,
			sizeof(*b->leaves));
}

/* Make a leaf of a list. */
static int cvs_build_leaf(struct cvs_builder *b, const u32 *list, u32 n, struct cvs_node *node)
{
	int err;

	*node = (struct cvs_node){ .word = CVS_NODE_LEAF };
	b->tree_depth = max(b->tree_depth, b->depth);
	b->tree_steps = max(b->tree_steps, b->depth + n);
	b->cost.leaf = max(b->cost.leaf, n);
	if (!n)				/* the first leaf of all is empty */
		return 0;

	err = cvs_build_reserve(b, 0, n + 1);
	if (err)
		return err;
	node->base = b->leaves_used;
	memcpy(&b->leaves[b->leaves_used], list, n * sizeof(*list));
	b->leaves[b->leaves_used + n] = CVS_RULE_NONE;
	b->leaves_used += n + 1;
	return 0;
}

/* Sort a list into the cells of a cut. False if the lists have no room. */
static bool cvs_build_cells(struct cvs_builder *b, const u32 *list, u32 n,
			    const struct cvs_box *box, const struct cvs_cut *cut, u64 room)
{
	u32 cells = BIT(cut->bits), first, last, count, i, cell;
	u32 *starts = &b->words[b->top];
	u64 total = 0;

	if (b->top + cells + 2 > b->words_max)
		return false;
	memset(starts, 0, (cells + 2) * sizeof(*starts));
	for (i = 0; i < n; i++) {
		if (!cvs_cut_covers(&b->cutter, cut, box, list[i], &first, &last))
			continue;
		starts[first + 1]++;
		starts[last + 2]--;
		if (last < first)
			starts[1]++;
		total += ((last - first) & (cells - 1)) + 1;
	}
	if (total + 3 * cells > room || b->top + cells + 2 + total > b->words_max)
		return false;

	/* From differences to counts to where each list starts, one cell on. */
	for (count = 0, last = 0, i = 1; i <= cells; i++) {
		count += starts[i];
		first = last;
		last += count;
		starts[i] = b->top + cells + 2 + first;
	}
	starts[0] = b->top + cells + 2;
	for (i = 0; i < n; i++) {
		if (!cvs_cut_covers(&b->cutter, cut, box, list[i], &first, &last))
			continue;
		for (cell = first;; cell = (cell + 1) & (cells - 1)) {
			b->words[starts[cell + 1]++] = list[i];
			if (cell == last)
				break;
		}
	}
	b->top += cells + 2 + total;
	return true;
}

/* Choose a cut and make it. The choice may be wrong about what has room. */
static bool cvs_build_cut(struct cvs_builder *b, const u32 *list, u32 n,
			  const struct cvs_box *box, u64 room, struct cvs_cut *cut)
{
	u64 less;

	for (less = room; cvs_cut_choose(&b->cutter, list, n, box, less, cut); less /= 2)
		if (cvs_build_cells(b, list, n, box, cut, room))
			return true;
	return false;
}

static u64 cvs_words_used(const struct cvs_builder *b)
{
	return 2ULL * b->nodes_used + b->leaves_used;
}

/* How many rules the lists of some cells have that are all the same. */
static u32 cvs_build_run(const struct cvs_builder *b, const struct cvs_frame *frame,
			 u32 first, u32 *end)
{
	const u32 *starts = &b->words[frame->starts];
	const u32 *list = &b->words[starts[first]];
	u32 n = starts[first + 1] - starts[first];
	u32 cell;

	for (cell = first + 1; cell < BIT(frame->cut.bits); cell++)
		if (starts[cell + 1] - starts[cell] != n ||
		    memcmp(&b->words[starts[cell]], list, n * sizeof(*list)))
			break;
	*end = cell;
	return n;
}

/* The more rules, the more often a frame comes here, and the longer it takes. */
static u64 cvs_build_weight(u32 n)
{
	return n > 2 ? (u64)n * n : 0;
}

/* Make a node of a list: an inner one with a frame for its children, or a leaf. */
static int cvs_build_node(struct cvs_builder *b, const u32 *list, u32 n,
			  const struct cvs_box *box, const struct cvs_share *share,
			  struct cvs_node *node)
{
	struct cvs_frame *frame = &b->frames[b->depth];
	u64 room = (share->words - cvs_words_used(b)) / 2;
	u32 top = b->top, cells, cell, run;
	int err;

	if (n < 2 || b->depth == CVS_DEPTH_MAX || b->cutter.work >= share->work ||
	    !cvs_build_cut(b, list, n, box, room, &frame->cut))
		return cvs_build_leaf(b, list, n, node);

	cells = BIT(frame->cut.bits);
	err = cvs_build_reserve(b, cells, 0);
	if (err)
		return err;
	frame->box = *box;
	frame->share = *share;
	frame->base = b->nodes_used;
	frame->next = 0;
	frame->starts = top;
	frame->top = top;
	frame->need = 0;
	frame->weight = 0;
	for (cell = 0; cell < cells;) {
		run = cvs_build_run(b, frame, cell, &cell);
		frame->need += run + 1;
		frame->weight += cvs_build_weight(run);
	}
	b->nodes_used += cells;
	b->depth++;

	node->base = frame->base;
	node->mask = cells - 1;
	cvs_axis_word(frame->cut.axis, b->cutter.family, &node->word, &node->shift);
	node->shift += frame->cut.shift;
	return 0;
}

/* What one child may use of what is left for all: not less than a leaf takes. */
static struct cvs_share cvs_build_share(struct cvs_builder *b, struct cvs_frame *frame, u32 n)
{
	u64 weight = cvs_build_weight(n);
	u64 words = cvs_words_used(b);
	u64 work = b->cutter.work;
	struct cvs_share share = { words + n + 1, work };

	if (weight) {
		u64 rest = frame->share.words - words - frame->need;

		share.words += div64_u64(rest * weight, frame->weight);
		rest = frame->share.work - min(work, frame->share.work);
		share.work += div64_u64(rest * weight, frame->weight);
	}
	frame->need -= n + 1;
	frame->weight -= weight;
	return share;
}

/* Make the next children of the innermost node: all that have the same list. */
static int cvs_build_next(struct cvs_builder *b)
{
	struct cvs_frame *frame = &b->frames[b->depth - 1];
	u32 first = frame->next, end, n;
	struct cvs_share share;
	struct cvs_node node;
	struct cvs_box box;
	int err;

	if (first == BIT(frame->cut.bits)) {
		b->top = frame->top;
		b->depth--;
		return 0;
	}
	n = cvs_build_run(b, frame, first, &end);
	frame->next = end;
	share = cvs_build_share(b, frame, n);
	box = frame->box;
	cvs_cut_narrow(&frame->cut, &box, first, end - 1);
	err = cvs_build_node(b, &b->words[b->words[frame->starts + first]], n, &box, &share, &node);
	if (err)
		return err;
	for (; first < end; first++)
		b->nodes[frame->base + first] = node;
	return 0;
}

/**
 * cvs_build_tree() - make a tree
 * @b: the builder; its words begin with the rules, in order
 * @n: how many
 * @tree: is filled in
 *
 * Depth first, with a frame for each node from the root to here: no recursion.
 *
 * Return: 0, -ENOMEM, -ENOSPC or -EINTR.
 */
int cvs_build_tree(struct cvs_builder *b, u32 n, struct cvs_tree *tree)
{
	struct cvs_share share = {
		.words = cvs_words_used(b) + CVS_WORDS_PER_RULE * n + CVS_WORDS_MIN,
		.work = b->cutter.work + CVS_WORK_PER_RULE * n,
	};
	struct cvs_box box;
	int err;

	cvs_box_fill(&box, b->cutter.family);
	b->cutter.axes = cvs_cutter_axes(&b->cutter, b->words, n, &box);
	b->top = n;
	b->tree_depth = 0;
	b->tree_steps = 0;
	tree->first = b->words[0];
	err = cvs_build_node(b, b->words, n, &box, &share, &tree->root);
	while (!err && b->depth) {
		err = fatal_signal_pending(current) ? -EINTR : cvs_build_next(b);
		cond_resched();
	}
	return err;
}
