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

static const struct cvs_rule_list *old_list(const struct cvs_draft *draft,
					    const struct cvs_profile *profile)
{
	return rtnl_dereference(profile->rules)->lists[draft->direction];
}

/**
 * cvs_draft_begin() - note which profile it is about, and how many rules it will have
 * @draft: what is to change: its rule, or none, direction and index, which is
 *	where a rule is, or behind the last one if one is inserted
 * @profile: the profile
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or -ENOSPC.
 */
int cvs_draft_begin(struct cvs_draft *draft, const struct cvs_profile *profile,
		    struct netlink_ext_ack *extack)
{
	const u32 count = old_list(draft, profile)->count;

	cvs_profile_assert_changing(profile);
	if (draft->rule && count >= CVS_RULES_MAX) {
		NL_SET_ERR_MSG(extack, "Profile has its maximum of 131072 rules");
		return -ENOSPC;
	}
	draft->serial = profile->serial;
	draft->count = draft->rule ? count + 1 : count - 1;
	return 0;
}

/**
 * cvs_draft_alloc() - get the memory for a draft
 * @draft: the draft, begun
 *
 * It is charged to whoever asks, who may have to wait until it is there.
 *
 * Context: may sleep; not under RTNL.
 * Return: 0 or -ENOMEM.
 */
int cvs_draft_alloc(struct cvs_draft *draft)
{
	draft->list = cvs_rule_list_alloc(draft->count);
	draft->copies = kvcalloc(max(draft->count, 1U), sizeof(*draft->copies),
				 GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	return draft->list && draft->copies ? 0 : -ENOMEM;
}

/**
 * cvs_draft_copy() - note what the rules are going to be
 * @draft: the draft, with its memory
 * @profile: what has its profile's name
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, or -ENOENT if that is another profile by now.
 */
int cvs_draft_copy(struct cvs_draft *draft, const struct cvs_profile *profile,
		   struct netlink_ext_ack *extack)
{
	const struct cvs_rule_list *old = old_list(draft, profile);
	const struct cvs_rule *rule;
	u32 i;

	if (cvs_draft_check(draft, profile, extack))
		return -ENOENT;
	for (i = 0; i < draft->count; i++) {
		rule = rule_at(draft, old, i) ?: draft->rule;
		draft->copies[i].match = rule->match;
		draft->copies[i].verdict = rule->verdict;
		draft->list->rules[i] = &draft->copies[i];
		cond_resched();
	}
	return 0;
}

/**
 * cvs_draft_check() - is a draft about a profile?
 * @draft: the draft, begun
 * @profile: what has its profile's name
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, or -ENOENT if that is another profile by now.
 */
int cvs_draft_check(const struct cvs_draft *draft, const struct cvs_profile *profile,
		    struct netlink_ext_ack *extack)
{
	cvs_profile_assert_changing(profile);
	if (profile->serial == draft->serial)
		return 0;
	NL_SET_ERR_MSG(extack, "The profile was deleted meanwhile");
	return -ENOENT;
}

/**
 * cvs_draft_build() - make what finds the rules
 * @draft: the draft, with what its rules are going to be
 *
 * Context: may sleep, and takes long with many rules; not under RTNL.
 * Return: as cvs_rule_list_build().
 */
int cvs_draft_build(struct cvs_draft *draft)
{
	return cvs_rule_list_build(draft->list);
}

/**
 * cvs_draft_finish() - put the rules themselves in the place of their copies
 * @draft: the draft, built
 * @old: the rules of which it was begun
 *
 * Context: RTNL, may sleep.
 * Return: a set with the change, ready to be published, which the draft's rule and
 * list belong to from now on; or NULL without memory, and they are still the draft's.
 */
struct cvs_ruleset *cvs_draft_finish(struct cvs_draft *draft, const struct cvs_ruleset *old)
{
	const struct cvs_rule_list *from = old->lists[draft->direction];
	struct cvs_rule_list *list = draft->list;
	struct cvs_ruleset *set;
	u32 i;

	if (WARN_ON_ONCE(list->count != from->count + (draft->rule ? 1 : -1)))
		return NULL;
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
