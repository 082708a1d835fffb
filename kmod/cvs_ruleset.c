// SPDX-License-Identifier: GPL-2.0
#include "cvs_ruleset.h"

#include <linux/err.h>
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/overflow.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "cvs_classifier.h"

/* Free a list that nobody can reach, without its rules. Context: any. */
void cvs_rule_list_free(struct cvs_rule_list *list)
{
	cvs_classifier_free(list->classifier);
	kvfree(list->rules);
	kfree(list);
}

static void free_rcu_list(struct rcu_head *rcu)
{
	cvs_rule_list_free(container_of(rcu, struct cvs_rule_list, rcu));
}

/**
 * cvs_rule_list_alloc() - make a list with room for rules
 * @count: how many
 *
 * Context: may sleep.
 * Return: the list, all of its places empty, or NULL without memory.
 */
struct cvs_rule_list *cvs_rule_list_alloc(u32 count)
{
	struct cvs_rule_list *list = kzalloc(sizeof(*list), GFP_KERNEL_ACCOUNT);

	if (!list)
		return NULL;
	list->count = count;
	list->rules = kvcalloc(max(count, 1U), sizeof(struct cvs_rule *), GFP_KERNEL_ACCOUNT);
	if (!list->rules) {
		kfree(list);
		return NULL;
	}
	return list;
}

/**
 * cvs_ruleset_alloc() - make a set with room for rules
 * @ingress: how many for frames from the container
 * @egress: and to it
 *
 * Context: may sleep.
 * Return: the set, all of its places empty, or NULL without memory.
 */
struct cvs_ruleset *cvs_ruleset_alloc(u32 ingress, u32 egress)
{
	struct cvs_ruleset *set = kzalloc(sizeof(*set), GFP_KERNEL_ACCOUNT);

	if (!set)
		return NULL;
	set->lists[CVSWITCH_DIRECTION_INGRESS] = cvs_rule_list_alloc(ingress);
	set->lists[CVSWITCH_DIRECTION_EGRESS] = cvs_rule_list_alloc(egress);
	if (!set->lists[CVSWITCH_DIRECTION_INGRESS] || !set->lists[CVSWITCH_DIRECTION_EGRESS]) {
		cvs_ruleset_free(set);
		return NULL;
	}
	return set;
}

/**
 * cvs_ruleset_alloc_beside() - make a set that differs in one direction
 * @old: the set that it is to replace, published; the other direction's rules are
 *	in both
 * @direction: the one
 * @list: its rules; the set's own from now on
 *
 * Context: RTNL, may sleep.
 * Return: the set, or NULL without memory.
 */
struct cvs_ruleset *cvs_ruleset_alloc_beside(const struct cvs_ruleset *old,
					     enum cvswitch_direction direction,
					     struct cvs_rule_list *list)
{
	struct cvs_ruleset *set = kmemdup(old, sizeof(*old), GFP_KERNEL_ACCOUNT);

	if (set)
		set->lists[direction] = list;
	return set;
}

/**
 * cvs_ruleset_free() - free a set that was never published
 * @set: the set; of its rules, those go with it that are in no other
 *
 * Context: may sleep; RTNL if another set has rules of it.
 */
void cvs_ruleset_free(struct cvs_ruleset *set)
{
	struct cvs_rule_list *list;
	int d;
	u32 i;

	for (d = 0; d < CVS_DIRECTIONS; d++) {
		list = set->lists[d];
		if (!list || list->users)
			continue;
		for (i = 0; i < list->count; i++) {
			if (list->rules[i] && !list->rules[i]->users)
				cvs_rule_free(list->rules[i]);
			cond_resched();
		}
		cvs_rule_list_free(list);
	}
	kfree(set);
}

/* The set is about to be published. Context: RTNL. */
void cvs_ruleset_get(struct cvs_ruleset *set)
{
	struct cvs_rule_list *list;
	int d;
	u32 i;

	for (d = 0; d < CVS_DIRECTIONS; d++) {
		list = set->lists[d];
		for (i = 0; !list->users && i < list->count; i++)
			cvs_rule_get(list->rules[i]);
		list->users++;
	}
}

static void list_put(struct cvs_rule_list *list)
{
	u32 i;

	if (--list->users)
		return;
	for (i = 0; i < list->count; i++) {
		cvs_rule_put(list->rules[i]);
		cond_resched();
	}
	call_rcu(&list->rcu, free_rcu_list);
}

/**
 * cvs_ruleset_put() - let go of a set
 * @set: the set, which no frame that is to come can reach; freed after a grace
 *	period
 *
 * Context: RTNL, may sleep.
 */
void cvs_ruleset_put(struct cvs_ruleset *set)
{
	int d;

	for (d = 0; d < CVS_DIRECTIONS; d++)
		list_put(set->lists[d]);
	kfree_rcu(set, rcu);
}

/**
 * struct shelf - the rules of a list, to be found by what they say
 * @list: the list
 * @seed: of the hash, so that nobody can choose rules that are hard to find
 * @bits: of the hash
 * @heads: by hash, the first rule of a chain, counted from 1; or 0
 * @next: by rule, the one behind it in its chain
 */
struct shelf {
	const struct cvs_rule_list *list;
	u32 seed;
	unsigned int bits;
	u32 *heads;
	u32 *next;
};

static u32 *shelf_chain(const struct shelf *shelf, const struct cvs_rule *rule)
{
	return &shelf->heads[hash_32(cvs_rule_hash(rule, shelf->seed), shelf->bits)];
}

static void shelf_free(struct shelf *shelf)
{
	kvfree(shelf->heads);
	kvfree(shelf->next);
}

static int shelf_init(struct shelf *shelf, const struct cvs_rule_list *list)
{
	u32 i, *head;

	shelf->list = list;
	shelf->seed = get_random_u32();
	shelf->bits = order_base_2(list->count + 2);
	shelf->heads = kvcalloc(BIT(shelf->bits), sizeof(u32), GFP_KERNEL);
	shelf->next = kvcalloc(list->count + 1, sizeof(u32), GFP_KERNEL);
	if (!shelf->heads || !shelf->next)
		return -ENOMEM;
	/* From the last one on, so that of equal ones the first is in front. */
	for (i = list->count; i; i--) {
		head = shelf_chain(shelf, list->rules[i - 1]);
		shelf->next[i] = *head;
		*head = i;
		cond_resched();
	}
	return 0;
}

/* Take a rule out that says the same as @like; NULL if there is none. */
static struct cvs_rule *shelf_take(struct shelf *shelf, const struct cvs_rule *like)
{
	u32 *at;

	for (at = shelf_chain(shelf, like); *at; at = &shelf->next[*at]) {
		struct cvs_rule *rule = shelf->list->rules[*at - 1];

		if (cvs_rule_equal(rule, like)) {
			*at = shelf->next[*at];
			return rule;
		}
	}
	return NULL;
}

static int adopt_list(struct cvs_rule_list *list, const struct cvs_rule_list *old)
{
	struct cvs_rule *rule;
	struct shelf shelf;
	int err;
	u32 i;

	err = shelf_init(&shelf, old);
	for (i = 0; !err && i < list->count; i++) {
		rule = shelf_take(&shelf, list->rules[i]);
		if (rule) {
			cvs_rule_free(list->rules[i]);
			list->rules[i] = rule;
		}
		cond_resched();
	}
	shelf_free(&shelf);
	return err;
}

/**
 * cvs_ruleset_adopt() - keep those rules that were there before
 * @set: a set of new rules, all of them in no other
 * @old: the set that it is to replace
 *
 * A rule of @old takes the place of one of @set that says the same, with its
 * handle and its counters.
 *
 * Context: RTNL, may sleep.
 * Return: 0 or -ENOMEM; @set is good in either case.
 */
int cvs_ruleset_adopt(struct cvs_ruleset *set, const struct cvs_ruleset *old)
{
	int i, err = 0;

	for (i = 0; !err && i < CVS_DIRECTIONS; i++)
		err = adopt_list(set->lists[i], old->lists[i]);
	return err;
}

/* A frame that matches rules that go on is looked up once more for each of them. */
static u32 list_steps(const struct cvs_rule_list *list)
{
	struct cvs_classifier_cost cost;
	u32 lookups = 1, steps, i;

	cvs_classifier_cost(list->classifier, &cost);
	for (i = 0; i < list->count; i++)
		lookups += list->rules[i]->verdict == CVSWITCH_VERDICT_CONTINUE;
	return check_mul_overflow(cost.steps, lookups, &steps) ? U32_MAX : steps;
}

/**
 * cvs_rule_list_build() - make what finds rules in a list
 * @list: the list, with all of its rules
 *
 * Rules may be replaced afterwards by others that say the same. What was built
 * before is kept.
 *
 * Context: may sleep, and takes long with many rules.
 * Return: 0, -ENOMEM, -EINTR or an error of the classifier.
 */
int cvs_rule_list_build(struct cvs_rule_list *list)
{
	struct cvs_classifier *classifier;

	if (list->classifier)
		return 0;
	classifier = cvs_classifier_build((const struct cvs_rule *const *)list->rules,
					  list->count, U32_MAX, SIZE_MAX);
	if (IS_ERR(classifier))
		return PTR_ERR(classifier);
	list->classifier = classifier;
	list->steps = list_steps(list);
	return 0;
}

/* As cvs_rule_list_build(), for both directions. */
int cvs_ruleset_build(struct cvs_ruleset *set)
{
	int d, err = 0;

	for (d = 0; !err && d < CVS_DIRECTIONS; d++)
		err = cvs_rule_list_build(set->lists[d]);
	return err;
}

/**
 * cvs_ruleset_cost() - what it costs at most to find a rule
 * @set: a set that was built
 * @direction: of the rules
 * @cost: where to
 */
void cvs_ruleset_cost(const struct cvs_ruleset *set, enum cvswitch_direction direction,
		      struct cvs_classifier_cost *cost)
{
	cvs_classifier_cost(set->lists[direction]->classifier, cost);
	cost->steps = set->lists[direction]->steps;
}

/**
 * cvs_ruleset_finish() - have each rule count
 * @set: the set, with all of its rules
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int cvs_ruleset_finish(struct cvs_ruleset *set)
{
	struct cvs_rule_stats __percpu *stats;
	const struct cvs_rule_list *list;
	int d;
	u32 i;

	for (d = 0; d < CVS_DIRECTIONS; d++) {
		list = set->lists[d];
		for (i = 0; !list->users && i < list->count; i++) {
			if (list->rules[i]->stats)
				continue;
			stats = __netdev_alloc_pcpu_stats(struct cvs_rule_stats,
							  GFP_KERNEL_ACCOUNT);
			if (!stats)
				return -ENOMEM;
			list->rules[i]->stats = stats;
			cond_resched();
		}
	}
	return 0;
}
