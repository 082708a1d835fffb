// SPDX-License-Identifier: GPL-2.0
/*
 * The looking up of a frame.
 *
 * A frame belongs to one family, and each family has a few trees, each rule of
 * the family being in one of them. From each tree's root the frame's bits lead to
 * one leaf, which has the rules of the tree that are left, in order.
 *
 * Why the answer is exact: a cell of a cut has every rule whose range of values
 * meets the cell's bits, where a rule that asks for what is no range is taken for
 * one around it; so on its way to the leaf a frame leaves no rule behind that it
 * matches. (Bits that a frame can't have any more may be taken into account, see
 * struct cvs_box, and only those.) In the leaf the first rule that matches is
 * taken: by its record where that asks all that the rule does, else by
 * cvs_rule_matches(). A tree, or the rest of a leaf, is left out only if all its
 * rules come after one that was found.
 *
 * Why its cost is bounded by the rules alone: no step depends on frames that came
 * before, and nothing is written. A lookup takes one path of each tree of a
 * family and one leaf each, so it takes no more steps than the longest path of
 * each tree together with that path's leaf. That sum, of the worst family, is
 * &cvs_classifier_cost.steps. It is twice as much if rules have to be asked
 * themselves, since then a search may begin anew, once.
 */
#include "cvs_classifier.h"

#include <linux/compiler.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "cvs_classifier_tree.h"
#include "cvs_match.h"
#include "cvs_rule.h"

/*
 * A port below the first or above the last one makes the difference negative; one
 * half then borrows of the other, but the answer is no already.
 */
static __always_inline bool cvs_record_matches(const struct cvs_record *record,
					       const u64 *near, const struct cvs_flow *flow)
{
	u64 differ = (near[CVS_WORD_DST_HI - CVS_WORD_SRC_HI] ^ record->dst) & record->dst_mask;
	u64 ports;

	differ |= (near[0] ^ record->src) & record->src_mask;
	differ |= (flow->rest ^ record->rest.word) & record->rest_mask.word;
	if (differ)
		return false;
	ports = flow->ports;
	return !(((ports - record->ports_first.word) | (record->ports_last.word - ports)) &
		 CVS_PORTS_SIGNS);
}

/* Compare the halves of addresses that a record of IPv6 has no room for. */
static __always_inline bool cvs_match_far(const struct cvs_match *match,
					  const struct cvs_flow *flow)
{
	return !(((flow->src.lo ^ match->src.lo) & match->src_mask.lo) |
		 ((flow->dst.lo ^ match->dst.lo) & match->dst_mask.lo));
}

static noinline u32 cvs_find_asking(const struct cvs_classifier *classifier,
				    const struct cvs_flow *flow, u32 from);

/*
 * Without @ask nothing is called in the loop, so that it has all registers: at
 * the first rule that must be asked itself, the search begins anew with @ask.
 */
static __always_inline u32 cvs_find(const struct cvs_classifier *classifier,
				    const struct cvs_flow *flow, u32 from,
				    enum cvs_family family, bool ask)
{
	const struct cvs_tree *tree = classifier->forests[family].trees;
	const u64 *words = (const u64 *)flow;
	const u64 *near = words + cvs_near(family);
	u32 best = classifier->n;

	for (; tree->first < best; tree++) {
		const struct cvs_node *node = &tree->root;
		const u32 *rule;

		while (!(node->word & CVS_NODE_LEAF))
			node = cvs_node_at(classifier,
					   ((u32)(words[node->word] >> node->shift) &
					    node->mask) + node->base);

		for (rule = cvs_leaf_at(classifier, node->base); *rule < best; rule++) {
			const struct cvs_record *record = &classifier->records[*rule];

			if (!cvs_record_matches(record, near, flow) || *rule < from)
				continue;
			if (!(record->rest.fragment & CVS_RECORD_EXACT)) {
				if (record->rest.fragment & CVS_RECORD_FAR) {
					if (!cvs_match_far(&classifier->rules[*rule]->match, flow))
						continue;
				} else if (!ask) {
					return cvs_find_asking(classifier, flow, from);
				} else if (!cvs_rule_matches(classifier->rules[*rule], flow)) {
					continue;
				}
			}
			best = *rule;
			break;
		}
	}
	return best;
}

static noinline u32 cvs_find_asking(const struct cvs_classifier *classifier,
				    const struct cvs_flow *flow, u32 from)
{
	return cvs_find(classifier, flow, from, cvs_family_of(flow->ethertype), true);
}

/**
 * cvs_classifier_find() - find the first rule that a frame matches
 * @classifier: the classifier
 * @flow: the frame's headers
 * @from: rules before this one don't count
 *
 * Context: RCU.
 * Return: its index, or the number of rules if none matches.
 */
u32 cvs_classifier_find(const struct cvs_classifier *classifier,
			const struct cvs_flow *flow, u32 from)
{
	return cvs_find(classifier, flow, from, cvs_family_of(flow->ethertype), false);
}

/**
 * cvs_classifier_cost() - what a classifier costs
 * @classifier: the classifier
 * @cost: is filled in
 */
void cvs_classifier_cost(const struct cvs_classifier *classifier,
			 struct cvs_classifier_cost *cost)
{
	*cost = classifier->cost;
}

/**
 * cvs_classifier_free() - free a classifier
 * @classifier: nobody looks anything up in it any more; may be NULL
 *
 * Context: any but NMI.
 */
void cvs_classifier_free(struct cvs_classifier *classifier)
{
	kvfree(classifier);
}
