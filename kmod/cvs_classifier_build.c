// SPDX-License-Identifier: GPL-2.0
/*
 * Which rules are in which tree, and the building of it all.
 *
 * A rule that doesn't ask for what a tree is cut by would be in many leaves.
 * So rules that ask for the same kind of thing share a tree, and kinds of few
 * rules go with others.
 */
#include "cvs_classifier_build.h"

#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "cvs_classifier.h"
#include "cvs_match.h"
#include "cvs_rule.h"

static bool cvs_rule_is_in(const struct cvs_record *record, enum cvs_family family)
{
	return !record->rest_mask.ethertype || cvs_family_of(record->rest.ethertype) == family;
}

/* Addresses that are tried to see how many prefixes cover them. */
#define CVS_SHORT_SAMPLE	64

/* Prefixes that may cover an address each in one tree, as a mean. */
#define CVS_SHORT_COVER		28

/* Bits of the near half that are always too few, and that may be. */
#define CVS_SHORT_IPV4		(32 + 6)
#define CVS_SHORT_IPV4_MAX	(32 + 16)
#define CVS_SHORT_IPV6		11
#define CVS_SHORT_IPV6_MAX	40

/* Rules of a kind that are too few for a tree: one of so many, within limits. */
#define CVS_FEW_SHARE		32
#define CVS_FEW_MIN		12U
#define CVS_FEW_MAX		64U

/* What a rule asks for that a tree can be cut by, the first of these that it does. */
enum cvs_kind {
	CVS_KIND_DST,
	CVS_KIND_SRC,
	CVS_KIND_SHORT_DST,
	CVS_KIND_SHORT_SRC,
	CVS_KIND_SRC_MAC,
	CVS_KIND_DST_MAC,
	CVS_KIND_VLAN,
	CVS_KIND_REST,
	CVS_KINDS,
};

#define CVS_KINDS_ALL		(BIT(CVS_KINDS) - 1)

/**
 * struct cvs_shorts - prefixes so short that rules don't count as asking for them
 * @src: bits of the near half of a source address that are too few
 * @dst: of a destination address
 * @least: of either, if nothing else tells more
 */
struct cvs_shorts {
	u8 src;
	u8 dst;
	u8 least;
};

/* So wide that a cut by ports would not help. */
static bool cvs_ports_are_wide(const struct cvs_match *match)
{
	return match->sport_last - match->sport_first > S16_MAX &&
	       match->dport_last - match->dport_first > S16_MAX;
}

static enum cvs_kind cvs_kind_of(const struct cvs_builder *b, u32 rule, struct cvs_shorts shorts)
{
	const struct cvs_match *match = &b->cutter.rules[rule]->match;
	const struct cvs_record *record = &b->records[rule];

	if (hweight64(record->dst_mask) > shorts.dst)
		return CVS_KIND_DST;
	if (hweight64(record->src_mask) > shorts.src)
		return CVS_KIND_SRC;
	if (cvs_ports_are_wide(match) && hweight64(record->dst_mask) > shorts.least)
		return CVS_KIND_SHORT_DST;
	if (cvs_ports_are_wide(match) && hweight64(record->src_mask) > shorts.least)
		return CVS_KIND_SHORT_SRC;
	if (match->src_mac_mask)
		return CVS_KIND_SRC_MAC;
	if (match->dst_mac_mask)
		return CVS_KIND_DST_MAC;
	if (match->fields & BIT(CVS_MATCH_VLAN))
		return CVS_KIND_VLAN;
	return CVS_KIND_REST;
}

/*
 * In a tree that is cut by addresses, prefixes that cover many others would be
 * in all their leaves. From a sample of addresses see how long the prefixes must
 * be for few of them to cover the same address. The builder's words begin with
 * the rules.
 */
static u8 cvs_build_short(struct cvs_builder *b, u32 n, bool dst, u8 least, u8 most)
{
	u32 stride = max(n / CVS_SHORT_SAMPLE, 1U);
	u32 hist[65] = {}, samples = 0, sum = 0, i, j;
	u8 bits;

	for (i = 0; i < n / stride; i++) {
		const struct cvs_record *one = &b->records[b->words[cvs_sample(i, stride)]];
		u64 addr = dst ? one->dst : one->src;

		if (!addr)
			continue;
		samples++;
		for (j = 0; j < n; j++) {
			const struct cvs_record *other = &b->records[b->words[j]];
			u64 mask = dst ? other->dst_mask : other->src_mask;

			if (!((addr ^ (dst ? other->dst : other->src)) & mask))
				hist[hweight64(mask)]++;
		}
		cond_resched();
	}
	for (bits = 64; bits > least; bits--) {
		sum += hist[bits];
		if (sum > CVS_SHORT_COVER * samples)
			break;
	}
	return min(bits, most);
}

/* Put the rules of some kinds in front of the builder's words. */
static u32 cvs_build_list(struct cvs_builder *b, u32 kinds, struct cvs_shorts shorts)
{
	u32 n = 0, i;

	for (i = 0; i < b->n; i++)
		if (cvs_rule_is_in(&b->records[i], b->cutter.family) &&
		    kinds & BIT(cvs_kind_of(b, i, shorts)))
			b->words[n++] = i;
	return n;
}

/* Make a tree of the rules of some kinds, if there are any. */
static int cvs_build_kinds(struct cvs_builder *b, u32 kinds, struct cvs_shorts shorts,
			   struct cvs_tree *trees, unsigned int *used)
{
	u32 n = cvs_build_list(b, kinds, shorts);
	struct cvs_tree tree;
	unsigned int i;
	int err;

	if (!n)
		return 0;
	err = cvs_build_tree(b, n, &tree);
	if (err)
		return err;
	for (i = (*used)++; i && trees[i - 1].first > tree.first; i--)
		trees[i] = trees[i - 1];
	trees[i] = tree;
	b->cost.depth = max(b->cost.depth, b->tree_depth);
	return 0;
}

/* Make the trees of a family. */
static int cvs_build_family(struct cvs_builder *b, enum cvs_family family)
{
	u8 most = family == CVS_FAMILY_IPV6 ? CVS_SHORT_IPV6_MAX : CVS_SHORT_IPV4_MAX;
	u8 least = family == CVS_FAMILY_IPV6 ? CVS_SHORT_IPV6 : CVS_SHORT_IPV4;
	struct cvs_tree *trees = b->forests[family].trees;
	u32 few, n, small = 0, done = 0, steps = 0;
	struct cvs_shorts shorts = { .least = least };
	unsigned int used = 0, kind;
	int err;

	b->cutter.family = family;
	n = cvs_build_list(b, CVS_KINDS_ALL, shorts);
	few = clamp(n / CVS_FEW_SHARE, CVS_FEW_MIN, CVS_FEW_MAX);
	shorts.dst = cvs_build_short(b, n, true, least, most);
	n = cvs_build_list(b, CVS_KINDS_ALL & ~BIT(CVS_KIND_DST), shorts);
	shorts.src = cvs_build_short(b, n, false, least, most);

	for (kind = 0; kind < CVS_KINDS; kind++)
		if (cvs_build_list(b, BIT(kind), shorts) <= few)
			small |= BIT(kind);
	/* Small kinds go with the first that is not. */
	for (kind = 0; kind < CVS_KINDS; kind++) {
		u32 kinds = BIT(kind) | small;

		if (done & BIT(kind) || (small & BIT(kind) && small != CVS_KINDS_ALL))
			continue;
		done |= kinds;
		small = 0;
		b->tree_steps = 0;
		err = cvs_build_kinds(b, kinds, shorts, trees, &used);
		if (err)
			return err;
		steps += b->tree_steps;
	}
	trees[used].first = CVS_RULE_NONE;
	b->cost.trees = max(b->cost.trees, used);
	b->cost.steps = max(b->cost.steps, steps);
	return 0;
}

/* Put it all into one piece of memory. */
static struct cvs_classifier *cvs_build_piece(const struct cvs_builder *b)
{
	u32 nodes_at = sizeof(struct cvs_classifier) / sizeof(struct cvs_node) +
		       b->n * (sizeof(struct cvs_record) / sizeof(struct cvs_node));
	u32 leaves_at = (nodes_at + b->nodes_used) * (sizeof(struct cvs_node) / sizeof(u32));
	struct cvs_classifier *c;
	struct cvs_node *node;
	u32 i, tree;

	c = kvzalloc(b->cost.bytes, CVS_BUILD_GFP);
	if (!c)
		return ERR_PTR(-ENOMEM);
	c->n = b->n;
	c->cost = b->cost;
	c->rules = b->cutter.rules;
	memcpy(c->forests, b->forests, sizeof(c->forests));
	memcpy(c->records, b->records, b->n * sizeof(*b->records));
	node = (struct cvs_node *)c + nodes_at;
	memcpy(node, b->nodes, b->nodes_used * sizeof(*node));
	memcpy((u32 *)c + leaves_at, b->leaves, b->leaves_used * sizeof(*b->leaves));

	for (i = 0; i < b->nodes_used; i++, node++)
		node->base += node->word & CVS_NODE_LEAF ? leaves_at : nodes_at;
	for (i = 0; i < CVS_FAMILIES; i++) {
		for (tree = 0; c->forests[i].trees[tree].first != CVS_RULE_NONE; tree++) {
			node = &c->forests[i].trees[tree].root;
			node->base += node->word & CVS_NODE_LEAF ? leaves_at : nodes_at;
		}
	}
	return c;
}

static int cvs_build_all(struct cvs_builder *b)
{
	unsigned int family;
	bool asks = false;
	u32 i;
	int err;

	b->records = kvmalloc_array(b->n + 1, sizeof(*b->records), CVS_BUILD_GFP);
	b->words_max = 2 * CVS_WORDS_PER_RULE * b->n + 2 * CVS_WORDS_MIN;
	b->words = kvmalloc_array(b->words_max, sizeof(*b->words), CVS_BUILD_GFP);
	if (!b->records || !b->words)
		return -ENOMEM;
	for (i = 0; i < b->n; i++) {
		cvs_record_fill(&b->records[i], &b->cutter.rules[i]->match);
		asks |= !(b->records[i].rest.fragment & CVS_RECORD_FLAGS);
	}
	b->cutter.records = b->records;

	err = cvs_build_reserve(b, 1, 64);
	if (err)
		return err;
	b->leaves[b->leaves_used++] = CVS_RULE_NONE;
	for (family = 0; family < CVS_FAMILIES && !err; family++)
		err = cvs_build_family(b, family);
	/* A search that has to ask a rule begins anew, once. */
	if (asks)
		b->cost.steps *= 2;
	b->cost.bytes = sizeof(struct cvs_classifier) + b->n * sizeof(*b->records) +
			b->nodes_used * sizeof(*b->nodes) + b->leaves_used * sizeof(*b->leaves);
	return err;
}

/**
 * cvs_classifier_build() - make a classifier of rules
 * @rules: the rules, in order; stay where they are as long as the classifier
 * @n: how many
 * @max_steps: most steps that a lookup may take
 * @max_bytes: most memory that the classifier may take
 *
 * Context: process; sleeps.
 * Return: the classifier; or -E2BIG if there are too many rules or a lookup could
 * take too many steps, -ENOSPC if it took too much memory, -ENOMEM.
 */
struct cvs_classifier *cvs_classifier_build(const struct cvs_rule *const *rules, u32 n,
					    u32 max_steps, size_t max_bytes)
{
	struct cvs_classifier *c;
	struct cvs_builder *b;
	int err;

	if (n > CVS_CLASSIFIER_RULES_MAX)
		return ERR_PTR(-E2BIG);
	b = kvzalloc(sizeof(*b), CVS_BUILD_GFP);
	if (!b)
		return ERR_PTR(-ENOMEM);
	b->n = n;
	b->cutter.rules = rules;
	err = cvs_build_all(b);
	if (!err && b->cost.steps > max_steps)
		err = -E2BIG;
	if (!err && b->cost.bytes > max_bytes)
		err = -ENOSPC;
	c = err ? ERR_PTR(err) : cvs_build_piece(b);
	kvfree(b->records);
	kvfree(b->nodes);
	kvfree(b->leaves);
	kvfree(b->words);
	kvfree(b);
	return c;
}
