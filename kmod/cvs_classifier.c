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

/* The words that few sets of rules have nodes for. */
static noinline void cvs_words_beside(u64 *words, const struct cvs_flow *flow)
{
	words[CVS_WORD_SRC_MAC] = flow->src_mac;
	words[CVS_WORD_DST_MAC] = flow->dst_mac;
	words[CVS_WORD_SENDER_MAC] = flow->sender_mac;
	words[CVS_WORD_TARGET_MAC] = flow->target_mac;
	words[CVS_WORD_ND_TARGET] = cvs_address_half(&flow->nd_target, 0);
	words[CVS_WORD_ND_TARGET_FAR] = cvs_address_half(&flow->nd_target, 1);
}

static __always_inline void cvs_words_near(u64 *words, const struct cvs_flow *flow,
					   unsigned int near)
{
	words[CVS_WORD_SRC] = cvs_address_half(&flow->src, near);
	words[CVS_WORD_DST] = cvs_address_half(&flow->dst, near);
	words[CVS_WORD_PORTS] = flow->sport | (u64)flow->dport << 32;
	words[CVS_WORD_REST] = cvs_rest_of(flow);
}

/*
 * A port below the first or above the last one makes the difference negative;
 * the lower half then borrows of the upper one, but the answer is no already.
 */
static __always_inline bool cvs_record_matches(const struct cvs_record *record,
					       const u64 *words)
{
	u64 differ = (READ_ONCE(words[CVS_WORD_DST]) ^ record->dst) & record->dst_mask;
	u64 ports;

	differ |= (READ_ONCE(words[CVS_WORD_SRC]) ^ record->src) & record->src_mask;
	differ |= (READ_ONCE(words[CVS_WORD_REST]) ^ record->rest.word) & record->rest_mask.word;
	if (differ)
		return false;
	ports = READ_ONCE(words[CVS_WORD_PORTS]);
	return !(((ports - record->ports_first) | (record->ports_last - ports)) &
		 CVS_PORTS_SIGNS);
}

/* Compare the halves of addresses that a record of IPv6 has no room for. */
static __always_inline bool cvs_match_far(const struct cvs_match *match,
					  const struct cvs_flow *flow)
{
	const struct in6_addr *mask = &match->src_mask;
	__be32 differ;

	differ = (flow->src.s6_addr32[2] ^ match->src.s6_addr32[2]) & mask->s6_addr32[2];
	differ |= (flow->src.s6_addr32[3] ^ match->src.s6_addr32[3]) & mask->s6_addr32[3];
	mask = &match->dst_mask;
	differ |= (flow->dst.s6_addr32[2] ^ match->dst.s6_addr32[2]) & mask->s6_addr32[2];
	differ |= (flow->dst.s6_addr32[3] ^ match->dst.s6_addr32[3]) & mask->s6_addr32[3];
	return !differ;
}

static noinline u32 cvs_find_asking(const struct cvs_classifier *classifier,
				    const struct cvs_flow *flow, u32 from,
				    const struct cvs_forest *forest);

/*
 * Without @ask nothing is called in the loop, so that it has all registers: at
 * the first rule that must be asked itself, the search begins anew with @ask.
 */
static __always_inline u32 cvs_find(const struct cvs_classifier *classifier,
				    const struct cvs_flow *flow, u32 from,
				    const struct cvs_forest *forest, unsigned int near, bool ask)
{
	/* In memory: the loop has better use for registers. */
	const struct cvs_forest *begin = forest;
	const struct cvs_flow *kept = flow;
	const struct cvs_tree *tree;
	u32 best = classifier->n;
	u64 words[CVS_WORDS];

	cvs_words_near(words, flow, near);
	if (forest->far) {
		words[CVS_WORD_SRC_FAR] = cvs_address_half(&flow->src, !near);
		words[CVS_WORD_DST_FAR] = cvs_address_half(&flow->dst, !near);
		if (forest->far & CVS_WORDS_BESIDE)
			cvs_words_beside(words, flow);
	}

	for (tree = forest->trees; tree->first < best; tree++) {
		const struct cvs_node *node = &tree->root;
		const u32 *rule;

		while (!(node->word & CVS_NODE_LEAF))
			node = cvs_node_at(classifier,
					   ((u32)(words[node->word] >> node->shift) &
					    node->mask) + node->base);

		for (rule = cvs_leaf_at(classifier, node->base); *rule < best; rule++) {
			const struct cvs_record *record = &classifier->records[*rule];

			if (!cvs_record_matches(record, words) || *rule < from)
				continue;
			if (!(record->rest.fragment & CVS_RECORD_EXACT)) {
				if (record->rest.fragment & CVS_RECORD_FAR) {
					if (!cvs_match_far(&classifier->rules[*rule]->match,
							   READ_ONCE(kept)))
						continue;
				} else if (!ask) {
					return cvs_find_asking(classifier, READ_ONCE(kept), from,
							       READ_ONCE(begin));
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
				    const struct cvs_flow *flow, u32 from,
				    const struct cvs_forest *forest)
{
	return cvs_find(classifier, flow, from, forest, !cvs_near_is_upper(flow->ethertype),
			true);
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
	const struct cvs_forest *forest = &classifier->forests[CVS_FAMILY_OTHER];
	unsigned int near = 1;

	if (likely(flow->ethertype == ETH_P_IP)) {
		forest = &classifier->forests[CVS_FAMILY_IPV4];
	} else if (flow->ethertype == ETH_P_IPV6) {
		forest = &classifier->forests[CVS_FAMILY_IPV6];
		near = 0;
	}
	return cvs_find(classifier, flow, from, forest, near, false);
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
