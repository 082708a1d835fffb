// SPDX-License-Identifier: GPL-2.0
/*
 * Profiles. A set of rules is built beside the one in force, and takes its
 * place by one pointer: a frame meets all rules of the one or all of the other.
 * The profile itself stays, so that its ports need not be told.
 */
#include "cvs_profile.h"

#include <linux/atomic.h>
#include <linux/lockdep.h>
#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_classifier.h"
#include "cvs_draft.h"
#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_switch.h"

/* Whoever changes rules has both locks. */
void cvs_profile_assert_changing(const struct cvs_profile *profile)
{
	ASSERT_RTNL();
	lockdep_assert_held(&cvs_net(dev_net(profile->sw->dev))->acl_lock);
}

static atomic64_t last_serial = ATOMIC64_INIT(0);

/**
 * cvs_profile_find() - look a profile up
 * @sw: the switch
 * @name: its name
 *
 * Context: RTNL.
 * Return: the profile or NULL.
 */
struct cvs_profile *cvs_profile_find(struct cvs_switch *sw, const char *name)
{
	struct cvs_profile *profile;

	ASSERT_RTNL();
	list_for_each_entry(profile, &sw->profiles, node)
		if (!strcmp(profile->name, name))
			return profile;
	return NULL;
}

/**
 * cvs_profile_add() - make a profile without rules
 * @sw: the switch
 * @name: its name
 * @tier: when it is asked
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: the profile, -EEXIST, -ENOSPC or -ENOMEM.
 */
struct cvs_profile *cvs_profile_add(struct cvs_switch *sw, const char *name,
				    enum cvswitch_tier tier, struct netlink_ext_ack *extack)
{
	u8 verdict = tier == CVSWITCH_TIER_ADMIN ? CVSWITCH_VERDICT_NEXT : CVSWITCH_VERDICT_DROP;
	struct cvs_profile *profile;
	struct cvs_ruleset *set;

	if (cvs_profile_find(sw, name)) {
		NL_SET_ERR_MSG(extack, "There is a profile of that name already");
		return ERR_PTR(-EEXIST);
	}
	if (sw->profile_count >= CVS_PROFILES_MAX) {
		NL_SET_ERR_MSG(extack, "Switch has its maximum of 4096 profiles");
		return ERR_PTR(-ENOSPC);
	}
	profile = kzalloc(sizeof(*profile), GFP_KERNEL_ACCOUNT);
	set = cvs_ruleset_alloc(0, 0);
	if (!profile || !set || cvs_ruleset_build(set)) {
		if (set)
			cvs_ruleset_free(set);
		kfree(profile);
		return ERR_PTR(-ENOMEM);
	}
	cvs_ruleset_get(set);
	RCU_INIT_POINTER(profile->rules, set);
	profile->sw = sw;
	profile->tier = tier;
	profile->defaults[CVSWITCH_DIRECTION_INGRESS] = verdict;
	profile->defaults[CVSWITCH_DIRECTION_EGRESS] = verdict;
	strscpy(profile->name, name, sizeof(profile->name));
	profile->id = sw->next_profile++;
	profile->serial = atomic64_inc_return(&last_serial);
	list_add_tail(&profile->node, &sw->profiles);
	sw->profile_count++;
	cvs_switch_touch_acl(sw);
	return profile;
}

static void remove(struct cvs_profile *profile)
{
	struct cvs_switch *sw = profile->sw;

	list_del(&profile->node);
	sw->profile_count--;
	cvs_ruleset_put(rtnl_dereference(profile->rules));
	kfree_rcu(profile, rcu);
	cvs_switch_touch_acl(sw);
}

/**
 * cvs_profile_del() - delete a profile
 * @profile: the profile; gone afterwards
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, or -EBUSY if a port has it.
 */
int cvs_profile_del(struct cvs_profile *profile, struct netlink_ext_ack *extack)
{
	ASSERT_RTNL();
	if (profile->ports) {
		CVS_ERR_MSG_FMT(extack, "The profile is in use at ports",
				"The profile is in use at %u of the ports", profile->ports);
		return -EBUSY;
	}
	cvs_event_profile(profile, CVSWITCH_CMD_PROFILE_DEL_NTF);
	remove(profile);
	return 0;
}

/* Of a switch that has no ports any more. Context: RTNL, may sleep. */
void cvs_profile_del_all(struct cvs_switch *sw)
{
	struct cvs_profile *profile, *next;

	list_for_each_entry_safe(profile, next, &sw->profiles, node)
		remove(profile);
}

/**
 * cvs_profile_rule() - find a rule by its handle
 * @profile: the profile
 * @handle: the handle
 * @direction: where it is, if it is
 * @index: and at which place of it, from 0
 *
 * Context: RTNL.
 * Return: the rule or NULL.
 */
struct cvs_rule *cvs_profile_rule(const struct cvs_profile *profile, u32 handle,
				  enum cvswitch_direction *direction, u32 *index)
{
	const struct cvs_ruleset *set = rtnl_dereference(profile->rules);
	const struct cvs_rule_list *list;

	for (*direction = 0; *direction < CVS_DIRECTIONS; (*direction)++) {
		list = set->lists[*direction];
		for (*index = 0; *index < list->count; (*index)++)
			if (list->rules[*index]->handle == handle)
				return list->rules[*index];
	}
	return NULL;
}

/* Have the rules that are new get their numbers, and all of them take effect. */
static void publish(struct cvs_profile *profile, struct cvs_ruleset *set)
{
	struct cvs_ruleset *old = rtnl_dereference(profile->rules);
	const struct cvs_rule_list *list;
	int d;
	u32 i;

	for (d = 0; d < CVS_DIRECTIONS; d++) {
		list = set->lists[d];
		for (i = 0; !list->users && i < list->count; i++)
			if (!list->rules[i]->handle)
				list->rules[i]->handle = ++profile->next_handle;
	}
	cvs_ruleset_get(set);
	rcu_assign_pointer(profile->rules, set);
	cvs_ruleset_put(old);
	profile->generation++;
	cvs_switch_touch_acl(profile->sw);
}

/* May frames be made to take so many steps? Return: 0 or -E2BIG. */
static int check_cost(const struct cvs_profile *profile, const struct cvs_ruleset *set,
		      struct netlink_ext_ack *extack)
{
	struct cvs_classifier_cost cost;
	int direction;

	for (direction = 0; direction < CVS_DIRECTIONS; direction++) {
		cvs_ruleset_cost(set, direction, &cost);
		if (cost.steps <= profile->sw->acl_budget)
			continue;
		CVS_ERR_MSG_FMT(extack, "A frame could take more steps than the switch allows",
				"A frame could take %u steps, the switch allows %u", cost.steps,
				profile->sw->acl_budget);
		return -E2BIG;
	}
	return 0;
}

/* Handles are never used again. Return: 0 or -ENOSPC. */
static int check_handles(const struct cvs_profile *profile, struct netlink_ext_ack *extack)
{
	if (profile->next_handle < U32_MAX - CVS_DIRECTIONS * CVS_RULES_MAX)
		return 0;
	NL_SET_ERR_MSG(extack, "Profile has used up its handles: make another one");
	return -ENOSPC;
}

/* Return: 0, or an error after which @set is gone. */
static int finish(struct cvs_profile *profile, struct cvs_ruleset *set,
		  struct netlink_ext_ack *extack)
{
	int err = check_cost(profile, set, extack) ?: check_handles(profile, extack) ?:
		  cvs_ruleset_finish(set);

	if (err) {
		cvs_ruleset_free(set);
		return err;
	}
	publish(profile, set);
	return 0;
}

/**
 * cvs_profile_load() - replace all rules
 * @profile: the profile
 * @set: the new ones, built, none of which is in use; gone in case of an error
 * @extack: says why not
 *
 * Rules that say what one did before are kept in its stead.
 *
 * Context: RTNL and &cvs_net.acl_lock, may sleep.
 * Return: 0, -E2BIG if frames could take too many steps, -ENOSPC or -ENOMEM; on
 * error the old ones stay.
 */
int cvs_profile_load(struct cvs_profile *profile, struct cvs_ruleset *set,
		     struct netlink_ext_ack *extack)
{
	int err;

	cvs_profile_assert_changing(profile);
	err = cvs_ruleset_adopt(set, rtnl_dereference(profile->rules));
	if (err) {
		cvs_ruleset_free(set);
		return err;
	}
	return finish(profile, set, extack);
}

/**
 * cvs_profile_change() - insert a rule, or remove one
 * @profile: the profile
 * @draft: the change, built; what it still has is to be freed, see cvs_draft_end()
 * @extack: says why not
 *
 * Context: RTNL and &cvs_net.acl_lock, may sleep.
 * Return: 0, -ENOENT if the draft is of a profile that is gone, -E2BIG if frames
 * could take too many steps, -ENOSPC or -ENOMEM; on error the old rules stay.
 */
int cvs_profile_change(struct cvs_profile *profile, struct cvs_draft *draft,
		       struct netlink_ext_ack *extack)
{
	struct cvs_ruleset *set;

	if (cvs_draft_check(draft, profile, extack))
		return -ENOENT;
	set = cvs_draft_finish(draft, rtnl_dereference(profile->rules));
	return set ? finish(profile, set, extack) : -ENOMEM;
}
