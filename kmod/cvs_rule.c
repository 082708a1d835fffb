// SPDX-License-Identifier: GPL-2.0
#include "cvs_rule.h"

#include <linux/jhash.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "cvs_group.h"

/**
 * cvs_rule_alloc() - make a rule that asks nothing
 *
 * Context: may sleep.
 * Return: the rule, or NULL without memory.
 */
struct cvs_rule *cvs_rule_alloc(void)
{
	struct cvs_rule *rule = kzalloc(sizeof(*rule), GFP_KERNEL_ACCOUNT);

	if (rule)
		rule->match = cvs_match_all;
	return rule;
}

/* Free a rule that nobody can reach. */
void cvs_rule_free(struct cvs_rule *rule)
{
	free_percpu(rule->stats);
	kfree(rule);
}

static void free_rcu_rule(struct rcu_head *rcu)
{
	cvs_rule_free(container_of(rcu, struct cvs_rule, rcu));
}

/* Once in each, however often the rule refers to it. */
static void count_in_groups(const struct cvs_rule *rule, int n)
{
	int i, j;

	for (i = 0; i < CVS_REFS; i++) {
		for (j = 0; j < i && rule->groups[j] != rule->groups[i]; j++)
			;
		if (rule->groups[i] && j == i)
			rule->groups[i]->rules += n;
	}
}

/* A set more has the rule. Context: RTNL. */
void cvs_rule_get(struct cvs_rule *rule)
{
	ASSERT_RTNL();
	if (!rule->users++)
		count_in_groups(rule, 1);
}

/**
 * cvs_rule_put() - a set less has the rule
 * @rule: the rule; freed after a grace period if it was the last one
 *
 * From now on its groups may be deleted, which takes a grace period as well.
 *
 * Context: RTNL; the set can't be reached any more by frames that are to come.
 */
void cvs_rule_put(struct cvs_rule *rule)
{
	ASSERT_RTNL();
	if (--rule->users)
		return;
	count_in_groups(rule, -1);
	call_rcu(&rule->rcu, free_rcu_rule);
}

/* What equal rules have in common. */
u32 cvs_rule_hash(const struct cvs_rule *rule, u32 seed)
{
	return jhash(&rule->match, sizeof(rule->match),
		     jhash(rule->groups, sizeof(rule->groups),
			   jhash(rule->comment, strlen(rule->comment),
				 seed ^ (rule->verdict | rule->log << 8))));
}

/* Do two rules say the same? Where they are, and their numbers, don't count. */
bool cvs_rule_equal(const struct cvs_rule *a, const struct cvs_rule *b)
{
	return a->verdict == b->verdict && a->direction == b->direction && a->log == b->log &&
	       !memcmp(&a->match, &b->match, sizeof(a->match)) &&
	       !memcmp(a->groups, b->groups, sizeof(a->groups)) &&
	       !strcmp(a->comment, b->comment);
}

/* Is there a member in each group? That the frame has what is asked for is known. */
static noinline bool match_groups(const struct cvs_rule *rule, const struct cvs_flow *flow)
{
	struct cvs_group *const *groups = rule->groups;

	return (!groups[CVS_REF_DPORT] || cvs_group_has_port(groups[CVS_REF_DPORT], flow->dport)) &&
	       (!groups[CVS_REF_SPORT] || cvs_group_has_port(groups[CVS_REF_SPORT], flow->sport)) &&
	       (!groups[CVS_REF_SRC] || cvs_group_has_ip(groups[CVS_REF_SRC], &flow->src)) &&
	       (!groups[CVS_REF_DST] || cvs_group_has_ip(groups[CVS_REF_DST], &flow->dst)) &&
	       (!groups[CVS_REF_SRC_MAC] ||
		cvs_group_has_mac(groups[CVS_REF_SRC_MAC], flow->src_mac)) &&
	       (!groups[CVS_REF_DST_MAC] ||
		cvs_group_has_mac(groups[CVS_REF_DST_MAC], flow->dst_mac));
}

/**
 * cvs_rule_matches() - has a frame what a rule asks?
 * @rule: the rule
 * @flow: the frame
 *
 * Context: RCU.
 * Return: true if it has.
 */
bool cvs_rule_matches(const struct cvs_rule *rule, const struct cvs_flow *flow)
{
	return cvs_match_flow(&rule->match, flow) &&
	       (likely(!rule->match.refs) || match_groups(rule, flow));
}

/**
 * cvs_rule_read_stats() - what a rule matched
 * @rule: the rule
 * @frames: how many frames
 * @bytes: their length with the Ethernet header
 *
 * Context: any.
 */
void cvs_rule_read_stats(const struct cvs_rule *rule, u64 *frames, u64 *bytes)
{
	const struct cvs_rule_stats *stats;
	unsigned int start;
	u64 f, b;
	int cpu;

	*frames = 0;
	*bytes = 0;
	for_each_possible_cpu(cpu) {
		stats = per_cpu_ptr(rule->stats, cpu);
		do {
			start = u64_stats_fetch_begin(&stats->syncp);
			f = u64_stats_read(&stats->frames);
			b = u64_stats_read(&stats->bytes);
		} while (u64_stats_fetch_retry(&stats->syncp, start));
		*frames += f;
		*bytes += b;
	}
}
