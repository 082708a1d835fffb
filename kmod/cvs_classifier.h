/* SPDX-License-Identifier: GPL-2.0 */
/* Finds the first rule that a frame matches without asking all of them. */
#ifndef CVS_CLASSIFIER_H
#define CVS_CLASSIFIER_H

#include <linux/types.h>

struct cvs_classifier;
struct cvs_flow;
struct cvs_rule;

/* Most rules that one classifier takes. */
#define CVS_CLASSIFIER_RULES_MAX	131072

/**
 * struct cvs_classifier_cost - what a lookup can cost at most, and the memory
 * @steps: nodes walked and rules looked at by the longest lookup from 0 there
 *	can be, whatever the frame; a property of the rules alone
 * @trees: trees that the longest lookup searches
 * @depth: nodes on the longest path in one tree
 * @leaf: rules of the longest leaf
 * @bytes: memory that the classifier takes, the rules not counted
 */
struct cvs_classifier_cost {
	u32 steps;
	u32 trees;
	u32 depth;
	u32 leaf;
	size_t bytes;
};

struct cvs_classifier *cvs_classifier_build(const struct cvs_rule *const *rules, u32 n,
					    u32 max_steps, size_t max_bytes);
void cvs_classifier_free(struct cvs_classifier *classifier);

u32 cvs_classifier_find(const struct cvs_classifier *classifier,
			const struct cvs_flow *flow, u32 from);
void cvs_classifier_cost(const struct cvs_classifier *classifier,
			 struct cvs_classifier_cost *cost);

#endif /* CVS_CLASSIFIER_H */
