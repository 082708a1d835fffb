// SPDX-License-Identifier: GPL-2.0
/*
 * A classifier of many rules takes long to build, and RTNL is the whole host's: so
 * it is built of copies of the rules, which need nobody to hold still.
 */
#include "cvs_draft.h"

#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/overflow.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "cvs_profile.h"
#include "cvs_rule.h"
#include "cvs_ruleset.h"

/* The rule that is at a place of the draft; NULL for its own, which no list has yet. */
static struct cvs_rule *rule_at(const struct cvs_draft *draft, const struct cvs_rule_list *old,
				u32 i)
{
	if (i < draft->index)
		return old->rules[i];
	if (!draft->rule)
		return old->rules[i + 1];
	return i == draft->index ? NULL : old->rules[i - 1];
}

static u32 count_after(const struct cvs_draft *draft, const struct cvs_rule_list *old)
{
	return draft->rule ? old->count + 1 : old->count - 1;
}

/**
 * cvs_draft_begin() - note what a profile's rules are going to be
 * @draft: what is to change: its rule, or none, direction and index, which is
 *	where a rule is, or behind the last one if one is inserted
 * @profile: the profile
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, -ENOSPC or -ENOMEM.
 */
int cvs_draft_begin(struct cvs_draft *draft, const struct cvs_profile *profile,
		    struct netlink_ext_ack *extack)
{
	const struct cvs_rule_list *old;
	const struct cvs_rule *rule;
	u32 i;

	ASSERT_RTNL();
	old = rtnl_dereference(profile->rules)->lists[draft->direction];
	if (draft->rule && old->count >= CVS_RULES_MAX) {
		NL_SET_ERR_MSG(extack, "Profile has its maximum of 131072 rules");
		return -ENOSPC;
	}
	draft->serial = profile->serial;
	draft->list = cvs_rule_list_alloc(count_after(draft, old));
	draft->copies = kvmalloc_array(max(count_after(draft, old), 1U), sizeof(*draft->copies),
				       GFP_KERNEL_ACCOUNT);
	if (!draft->list || !draft->copies)
		return -ENOMEM;
	for (i = 0; i < draft->list->count; i++) {
		rule = rule_at(draft, old, i) ?: draft->rule;
		draft->copies[i] = *rule;
		draft->list->rules[i] = &draft->copies[i];
		cond_resched();
	}
	return 0;
}

/**
 * cvs_draft_build() - make what finds the rules
 * @draft: the draft, begun
 *
 * Context: may sleep, and takes long with many rules; no lock that others wait for.
 * Return: as cvs_rule_list_build().
 */
int cvs_draft_build(struct cvs_draft *draft)
{
	return cvs_rule_list_build(draft->list);
}

/**
 * cvs_draft_finish() - put the rules themselves in the place of their copies
 * @draft: the draft, built; its rule and its list are the set's afterwards
 * @old: the rules of which it was begun
 *
 * Context: RTNL, may sleep.
 * Return: a set with the change, ready to be published; or NULL without memory.
 */
struct cvs_ruleset *cvs_draft_finish(struct cvs_draft *draft, const struct cvs_ruleset *old)
{
	const struct cvs_rule_list *from = old->lists[draft->direction];
	struct cvs_rule_list *list = draft->list;
	struct cvs_ruleset *set;
	u32 i;

	set = cvs_ruleset_alloc_beside(old, draft->direction, list);
	if (!set)
		return NULL;
	for (i = 0; i < list->count; i++)
		list->rules[i] = rule_at(draft, from, i) ?: draft->rule;
	draft->list = NULL;
	draft->rule = NULL;
	return set;
}

/* Free what a draft still has. Context: may sleep. */
void cvs_draft_end(struct cvs_draft *draft)
{
	if (draft->rule)
		cvs_rule_free(draft->rule);
	if (draft->list)
		cvs_rule_list_free(draft->list);
	kvfree(draft->copies);
}
