/* SPDX-License-Identifier: GPL-2.0 */
/* All rules of a profile, as frames meet them. */
#ifndef CVS_RULESET_H
#define CVS_RULESET_H

#include <linux/rcupdate.h>
#include <linux/types.h>

#include "cvs_classifier.h"
#include "cvs_rule.h"

#define CVS_RULES_MAX		131072
#define CVS_DIRECTIONS		(CVSWITCH_DIRECTION_EGRESS + 1)

/**
 * struct cvs_rule_list - rules of one direction, in order
 * @count: how many
 * @steps: most that a frame takes until they have decided; once they were built
 * @rules: the rules
 * @classifier: finds the first that matches
 * @users: published sets that have the list, under RTNL
 * @rcu: for freeing
 */
struct cvs_rule_list {
	u32 count;
	u32 steps;
	struct cvs_rule **rules;
	struct cvs_classifier *classifier;
	u32 users;
	struct rcu_head rcu;
};

/**
 * struct cvs_ruleset - rules, never changed once published
 * @lists: by &enum cvswitch_direction
 * @rcu: for freeing
 */
struct cvs_ruleset {
	struct cvs_rule_list *lists[CVS_DIRECTIONS];
	struct rcu_head rcu;
};

struct cvs_rule_list *cvs_rule_list_alloc(u32 count);
void cvs_rule_list_free(struct cvs_rule_list *list);
int cvs_rule_list_build(struct cvs_rule_list *list);

struct cvs_ruleset *cvs_ruleset_alloc(u32 ingress, u32 egress);
struct cvs_ruleset *cvs_ruleset_alloc_beside(const struct cvs_ruleset *old,
					     enum cvswitch_direction direction,
					     struct cvs_rule_list *list);
void cvs_ruleset_free(struct cvs_ruleset *set);
int cvs_ruleset_adopt(struct cvs_ruleset *set, const struct cvs_ruleset *old);
int cvs_ruleset_build(struct cvs_ruleset *set);
void cvs_ruleset_cost(const struct cvs_ruleset *set, enum cvswitch_direction direction,
		      struct cvs_classifier_cost *cost);
int cvs_ruleset_finish(struct cvs_ruleset *set);
void cvs_ruleset_get(struct cvs_ruleset *set);
void cvs_ruleset_put(struct cvs_ruleset *set);

/**
 * cvs_ruleset_find() - the first rule that matches
 * @list: the rules
 * @flow: the frame
 * @from: rules before this one are not asked
 *
 * Context: RCU.
 * Return: its place in @list, or how many there are if none matches.
 */
static inline u32 cvs_ruleset_find(const struct cvs_rule_list *list, const struct cvs_flow *flow,
				   u32 from)
{
	return cvs_classifier_find(list->classifier, flow, from);
}

#endif /* CVS_RULESET_H */
