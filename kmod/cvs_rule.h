/* SPDX-License-Identifier: GPL-2.0 */
/* A rule: what it asks of a frame, and what becomes of one that has it. */
#ifndef CVS_RULE_H
#define CVS_RULE_H

#include <linux/cvswitch.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>

#include "cvs_match.h"

struct cvs_group;

/**
 * struct cvs_rule_stats - what a rule matched, on one CPU
 * @syncp: for readers on 32-bit machines
 * @frames: how many frames
 * @bytes: their length with the Ethernet header
 */
struct cvs_rule_stats {
	struct u64_stats_sync syncp;
	u64_stats_t frames;
	u64_stats_t bytes;
};

/**
 * struct cvs_rule - a rule, never changed once frames meet it
 * @match: what it asks
 * @groups: groups that it refers to, or NULL, by &enum cvs_match_ref
 * @stats: what it matched
 * @verdict: &enum cvswitch_verdict
 * @direction: &enum cvswitch_direction
 * @log: report what it matches
 * @handle: its number in its profile, for life; 0 as long as it is in none
 * @users: sets that it is in, under RTNL
 * @rcu: for freeing
 * @comment: what its owner calls it
 */
struct cvs_rule {
	struct cvs_match match;
	struct cvs_group *groups[CVS_REFS];
	struct cvs_rule_stats __percpu *stats;
	u8 verdict;
	u8 direction;
	bool log;

	u32 handle;
	u32 users;
	struct rcu_head rcu;
	char comment[CVSWITCH_ACL_COMMENT_MAX + 1];
};

struct cvs_rule *cvs_rule_alloc(void);
void cvs_rule_free(struct cvs_rule *rule);
void cvs_rule_get(struct cvs_rule *rule);
void cvs_rule_put(struct cvs_rule *rule);
u32 cvs_rule_hash(const struct cvs_rule *rule, u32 seed);
bool cvs_rule_equal(const struct cvs_rule *a, const struct cvs_rule *b);
bool cvs_rule_matches(const struct cvs_rule *rule, const struct cvs_flow *flow);
void cvs_rule_read_stats(const struct cvs_rule *rule, u64 *frames, u64 *bytes);

/* Context: BH off. */
static inline void cvs_rule_count(const struct cvs_rule *rule, unsigned int bytes)
{
	struct cvs_rule_stats *stats = this_cpu_ptr(rule->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->frames);
	u64_stats_add(&stats->bytes, bytes);
	u64_stats_update_end(&stats->syncp);
}

#endif /* CVS_RULE_H */
