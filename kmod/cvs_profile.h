/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles: named sets of rules that ports are given. */
#ifndef CVS_PROFILE_H
#define CVS_PROFILE_H

#include <linux/cvswitch.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#include "cvs_ruleset.h"

struct cvs_draft;
struct cvs_switch;
struct netlink_ext_ack;

#define CVS_PROFILES_MAX	4096

/**
 * struct cvs_profile - a profile
 * @rules: its rules; written under RTNL and &cvs_net.acl_lock
 * @defaults: what becomes of frames that no rule decides about, by direction;
 *	each read at any time, written under RTNL
 * @tier: &enum cvswitch_tier
 * @name: of it
 * @sw: the switch
 * @id: its number in the switch, for life
 * @serial: its number among all profiles that there ever were
 * @ports: how many ports have it, under RTNL
 * @next_handle: of the next new rule, under RTNL
 * @generation: grows with each change of rules, under RTNL
 * @node: in the switch's list, in the order of @id, under RTNL
 * @rcu: for freeing
 */
struct cvs_profile {
	struct cvs_ruleset __rcu *rules;
	u8 defaults[CVS_DIRECTIONS];
	u8 tier;
	char name[CVSWITCH_ACL_NAME_MAX + 1];

	struct cvs_switch *sw;
	u32 id;
	u64 serial;
	u32 ports;
	u32 next_handle;
	u32 generation;
	struct list_head node;
	struct rcu_head rcu;
};

struct cvs_profile *cvs_profile_find(struct cvs_switch *sw, const char *name);
struct cvs_profile *cvs_profile_add(struct cvs_switch *sw, const char *name,
				    enum cvswitch_tier tier, struct netlink_ext_ack *extack);
int cvs_profile_del(struct cvs_profile *profile, struct netlink_ext_ack *extack);
void cvs_profile_del_all(struct cvs_switch *sw);

void cvs_profile_assert_changing(const struct cvs_profile *profile);
struct cvs_rule *cvs_profile_rule(const struct cvs_profile *profile, u32 handle,
				  enum cvswitch_direction *direction, u32 *index);
int cvs_profile_load(struct cvs_profile *profile, struct cvs_ruleset *set,
		     struct netlink_ext_ack *extack);
int cvs_profile_change(struct cvs_profile *profile, struct cvs_draft *draft,
		       struct netlink_ext_ack *extack);

#endif /* CVS_PROFILE_H */
