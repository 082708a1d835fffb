/* SPDX-License-Identifier: GPL-2.0 */
/* How a classifier is built: for the files of the classifier alone. */
#ifndef CVS_CLASSIFIER_BUILD_H
#define CVS_CLASSIFIER_BUILD_H

#include <linux/gfp.h>

#include "cvs_classifier_cut.h"

#define CVS_BUILD_GFP		(GFP_KERNEL_ACCOUNT | __GFP_NOWARN)

/* Most nodes on a path. */
#define CVS_DEPTH_MAX		12

/* Words of 32 bits that the nodes and leaves of a tree may take for each rule. */
#define CVS_WORDS_PER_RULE	24
#define CVS_WORDS_MIN		256

/**
 * struct cvs_share - up to where the builder may go for a node and all below it
 * @words: words of 32 bits used, see cvs_words_used()
 * @work: steps of the choice of cuts
 */
struct cvs_share {
	u64 words;
	u64 work;
};

/**
 * struct cvs_frame - an inner node whose children are being made
 * @box: of the node
 * @cut: how it is cut
 * @share: for all children together
 * @need: words that the children not yet made take if all become leaves
 * @weight: of the children not yet made together, by which they share the rest
 * @base: its children among the nodes
 * @next: the first child not made
 * @starts: where the cells' lists start among the builder's words, with the end
 *	behind the last one
 * @top: words of the builder that were in use before
 */
struct cvs_frame {
	struct cvs_box box;
	struct cvs_cut cut;
	struct cvs_share share;
	u64 need;
	u64 weight;
	u32 base;
	u32 next;
	u32 starts;
	u32 top;
};

/**
 * struct cvs_builder - a classifier in the making
 * @n: rules
 * @records: of the rules
 * @nodes: of all trees; their numbers are not yet what they are in the end
 * @leaves: rules of all leaves
 * @forests: of each family
 * @cost: of all
 * @cutter: chooses cuts
 * @words: lists of rules
 * @words_max: room there
 * @top: words in use
 * @nodes_used: nodes in use
 * @nodes_max: room for nodes
 * @leaves_used: rules of leaves in use
 * @leaves_max: room for them
 * @depth: frames in use
 * @tree_depth: nodes on the longest path of this tree
 * @tree_steps: nodes and rules on the longest path of this tree
 * @frames: inner nodes from the root to where the builder is
 */
struct cvs_builder {
	u32 n;
	struct cvs_record *records;
	struct cvs_node *nodes;
	u32 *leaves;
	struct cvs_forest forests[CVS_FAMILIES];
	struct cvs_classifier_cost cost;
	struct cvs_cutter cutter;
	u32 *words;
	u32 words_max;
	u32 top;
	u32 nodes_used;
	u32 nodes_max;
	u32 leaves_used;
	u32 leaves_max;
	u32 depth;
	u32 tree_depth;
	u32 tree_steps;
	struct cvs_frame frames[CVS_DEPTH_MAX];
};

int cvs_build_tree(struct cvs_builder *b, u32 n, struct cvs_tree *tree);
int cvs_build_reserve(struct cvs_builder *b, u32 nodes, u32 leaves);

#endif /* CVS_CLASSIFIER_BUILD_H */
