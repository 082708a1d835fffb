/* SPDX-License-Identifier: GPL-2.0 */
/* How a classifier is laid out: for the files of the classifier alone. */
#ifndef CVS_CLASSIFIER_TREE_H
#define CVS_CLASSIFIER_TREE_H

#include <linux/build_bug.h>
#include <linux/if_ether.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "cvs_classifier.h"
#include "cvs_flow.h"

/* Frames are told apart by what they carry before anything else. */
enum cvs_family {
	CVS_FAMILY_IPV4,
	CVS_FAMILY_IPV6,
	CVS_FAMILY_OTHER,		/* ARP among them */
	CVS_FAMILIES,
};

/* A flow as words of 64 bits, of which nodes take some bits each: struct cvs_flow itself. */
enum cvs_word {
	CVS_WORD_SRC_HI,
	CVS_WORD_SRC_LO,
	CVS_WORD_DST_HI,
	CVS_WORD_DST_LO,
	CVS_WORD_PORTS,
	CVS_WORD_REST,
	CVS_WORD_SRC_MAC,
	CVS_WORD_DST_MAC,
	CVS_WORD_SENDER_MAC,
	CVS_WORD_TARGET_MAC,
	CVS_WORD_ND_TARGET_HI,
	CVS_WORD_ND_TARGET_LO,
	CVS_WORDS,
};

static_assert(sizeof(struct cvs_flow) == CVS_WORDS * sizeof(u64));
static_assert(offsetof(struct cvs_flow, dst) == CVS_WORD_DST_HI * sizeof(u64));
static_assert(offsetof(struct cvs_flow, rest) == CVS_WORD_REST * sizeof(u64));
static_assert(offsetof(struct cvs_flow, target_mac) == CVS_WORD_TARGET_MAC * sizeof(u64));

/* As @ports and @rest of a flow: in a record they are values, masks and limits. */
union cvs_ports {
	u64 word;
	struct {
		u32 sport;
		u32 dport;
	};
};

union cvs_rest {
	u64 word;
	struct {
		u16 ethertype;
		u16 vid;
		u8 protocol;
		u8 fragment;
		u8 tcp_flags;
		u8 has;
	};
};

/* They are read as the flow's own. */
static_assert(offsetof(union cvs_ports, dport) ==
	      offsetof(struct cvs_flow, dport) - offsetof(struct cvs_flow, ports));
static_assert(offsetof(union cvs_rest, vid) ==
	      offsetof(struct cvs_flow, vid) - offsetof(struct cvs_flow, rest));
static_assert(offsetof(union cvs_rest, protocol) ==
	      offsetof(struct cvs_flow, protocol) - offsetof(struct cvs_flow, rest));
static_assert(offsetof(union cvs_rest, fragment) ==
	      offsetof(struct cvs_flow, fragment) - offsetof(struct cvs_flow, rest));
static_assert(offsetof(union cvs_rest, tcp_flags) ==
	      offsetof(struct cvs_flow, tcp_flags) - offsetof(struct cvs_flow, rest));
static_assert(offsetof(union cvs_rest, has) ==
	      offsetof(struct cvs_flow, has) - offsetof(struct cvs_flow, rest));

/*
 * In @fragment of a record's @rest: the record asks all that its rule does; all
 * but the far halves of the addresses; or there is more to ask. No frame's and no
 * mask's @fragment has these bits.
 */
#define CVS_RECORD_EXACT	0x80
#define CVS_RECORD_FAR		0x40
#define CVS_RECORD_FLAGS	(CVS_RECORD_EXACT | CVS_RECORD_FAR)

/**
 * struct cvs_record - what most rules ask, in a form that is quick to compare
 * @src: near half of the source address, see cvs_near(); 0 outside of its mask
 * @src_mask: its bits that count
 * @dst: near half of the destination address
 * @dst_mask: its bits that count
 * @rest: what is compared under a mask, and CVS_RECORD_FLAGS
 * @rest_mask: its bits that count
 * @ports_first: first ports
 * @ports_last: last ports
 *
 * One cache line. A frame that it turns down does not match the rule.
 */
struct cvs_record {
	u64 src;
	u64 src_mask;
	u64 dst;
	u64 dst_mask;
	union cvs_rest rest;
	union cvs_rest rest_mask;
	union cvs_ports ports_first;
	union cvs_ports ports_last;
};

/* Highest bits of the two halves of union cvs_ports. */
#define CVS_PORTS_SIGNS		(BIT_ULL(63) | BIT_ULL(31))

/* Instead of a word: the node is a leaf. */
#define CVS_NODE_LEAF		0x80

/**
 * struct cvs_node - of a tree
 * @base: the first of its children, see cvs_node_at(); of a leaf the first of its
 *	rules, see cvs_leaf_at()
 * @mask: bits of the word that choose a child, shifted down
 * @shift: by how much
 * @word: &enum cvs_word, or CVS_NODE_LEAF
 */
struct cvs_node {
	u32 base;
	u16 mask;
	u8 shift;
	u8 word;
};

/* Ends the rules of a leaf, and the trees of a family: behind any rule. */
#define CVS_RULE_NONE		U32_MAX

/**
 * struct cvs_tree - some of a family's rules
 * @first: the first of its rules
 * @root: where the search begins
 */
struct cvs_tree {
	u32 first;
	struct cvs_node root;
};

/* Most trees of a family. */
#define CVS_TREES_MAX		8

/**
 * struct cvs_forest - all rules of a family
 * @trees: in order of their first rule, with CVS_RULE_NONE behind
 */
struct cvs_forest {
	struct cvs_tree trees[CVS_TREES_MAX + 1];
};

/**
 * struct cvs_classifier - trees over an array of rules
 * @n: rules
 * @forests: of each family
 * @cost: see there
 * @rules: as given to cvs_classifier_build()
 * @records: one for each rule; behind them all nodes, and then the rules of all
 *	leaves, each leaf's in order, with CVS_RULE_NONE behind
 *
 * In one piece, so that a search needs one pointer.
 */
struct cvs_classifier {
	u32 n;
	struct cvs_forest forests[CVS_FAMILIES];
	struct cvs_classifier_cost cost;
	const struct cvs_rule *const *rules;
	struct cvs_record records[] __aligned(64);
};

/* A node by its number, counted from the classifier's first byte. */
static __always_inline const struct cvs_node *
cvs_node_at(const struct cvs_classifier *classifier, u32 at)
{
	return (const struct cvs_node *)classifier + at;
}

/* The rules of a leaf by the first one's number, counted likewise. */
static __always_inline const u32 *
cvs_leaf_at(const struct cvs_classifier *classifier, u32 at)
{
	return (const u32 *)classifier + at;
}

/*
 * The half of an address that tells more, and is in records: the upper one (0) of
 * IPv6, the lower one of a mapped one.
 */
static __always_inline unsigned int cvs_near(enum cvs_family family)
{
	return family != CVS_FAMILY_IPV6;
}

static inline enum cvs_family cvs_family_of(u16 ethertype)
{
	if (ethertype == ETH_P_IP)
		return CVS_FAMILY_IPV4;
	return ethertype == ETH_P_IPV6 ? CVS_FAMILY_IPV6 : CVS_FAMILY_OTHER;
}

#endif /* CVS_CLASSIFIER_TREE_H */
