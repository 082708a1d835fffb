// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl_acl.h"

#include <linux/mutex.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_classifier.h"
#include "cvs_event.h"
#include "cvs_profile.h"
#include "cvs_switch.h"

static const int default_attrs[CVS_DIRECTIONS] = {
	[CVSWITCH_DIRECTION_INGRESS] = CVSWITCH_A_PROFILE_INGRESS_DEFAULT,
	[CVSWITCH_DIRECTION_EGRESS] = CVSWITCH_A_PROFILE_EGRESS_DEFAULT,
};

static int fill_profile(struct sk_buff *msg, const struct cvs_profile *profile,
			const struct cvs_genl_hdr *hdr)
{
	const struct cvs_ruleset *set = rtnl_dereference(profile->rules);
	struct cvs_classifier_cost in, out;
	void *head;

	cvs_ruleset_cost(set, CVSWITCH_DIRECTION_INGRESS, &in);
	cvs_ruleset_cost(set, CVSWITCH_DIRECTION_EGRESS, &out);
	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_PROFILE_SWITCH, profile->sw->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_PROFILE_NAME, profile->name) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_TIER, profile->tier) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_INGRESS_DEFAULT,
			profile->defaults[CVSWITCH_DIRECTION_INGRESS]) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_EGRESS_DEFAULT,
			profile->defaults[CVSWITCH_DIRECTION_EGRESS]) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_INGRESS_COUNT,
			set->lists[CVSWITCH_DIRECTION_INGRESS]->count) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_EGRESS_COUNT,
			set->lists[CVSWITCH_DIRECTION_EGRESS]->count) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_PORT_COUNT, profile->ports) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_GENERATION, profile->generation) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_INGRESS_STEPS, in.steps) ||
	    nla_put_u32(msg, CVSWITCH_A_PROFILE_EGRESS_STEPS, out.steps) ||
	    nla_put_u64_64bit(msg, CVSWITCH_A_PROFILE_MEMORY, in.bytes + out.bytes,
			      CVSWITCH_A_PROFILE_PAD)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_profile(const struct cvs_profile *profile, u8 cmd)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(profile->sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_profile(msg, profile, &hdr);
	cvs_genl_notify(profile->sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_profile *profile, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_profile(msg, profile, &hdr);
	return genlmsg_reply(msg, info);
}

/* What can be typed, printed and read again. */
static bool is_name(const char *name)
{
	if (*name == '#' || *name == '@')
		return false;
	for (; *name; name++)
		if (*name <= ' ' || *name > '~' || *name == '"')
			return false;
	return true;
}

/**
 * cvs_genl_need_name() - a request has to name something of a switch
 * @info: the request
 * @attrtype: the attribute that names it
 * @what: what to say if it isn't there; lives for ever
 *
 * Return: 0, or -EINVAL if there is no name, or one that nothing can have.
 */
int cvs_genl_need_name(struct genl_info *info, int attrtype, const char *what)
{
	if (cvs_genl_need_switch(info))
		return -EINVAL;
	if (GENL_REQ_ATTR_CHECK(info, attrtype))
		return cvs_genl_refuse(info->extack, NULL, what);
	if (!*(const char *)nla_data(info->attrs[attrtype]))
		return cvs_genl_refuse(info->extack, info->attrs[attrtype], "A name is empty");
	if (!is_name(nla_data(info->attrs[attrtype])))
		return cvs_genl_refuse(info->extack, info->attrs[attrtype],
				       "Names are of printable ASCII, without quotes, spaces, # or @ in front");
	return 0;
}

/**
 * cvs_genl_profile() - the profile that a request names
 * @info: the request
 * @attrtype: the attribute that names it
 *
 * Context: RTNL.
 * Return: the profile, -EINVAL or -ENOENT.
 */
struct cvs_profile *cvs_genl_profile(struct genl_info *info, int attrtype)
{
	struct cvs_profile *profile;
	int err;

	err = cvs_genl_need_name(info, attrtype, "Profile missing");
	if (err)
		return ERR_PTR(err);
	profile = cvs_profile_find(cvs_genl_switch(info), nla_data(info->attrs[attrtype]));
	if (profile)
		return profile;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[attrtype], "No such profile");
	return ERR_PTR(-ENOENT);
}

int cvswitch_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_profile *profile = cvs_genl_profile(info, CVSWITCH_A_PROFILE_NAME);
	struct sk_buff *msg;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, profile, info) : -ENOMEM;
}

static int dump_profiles(struct sk_buff *msg, struct netlink_callback *cb,
			 struct cvs_switch *sw, const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_PROFILE_GET);
	const struct nlattr *name = cvs_dump_attrs(cb)[CVSWITCH_A_PROFILE_NAME];
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_profile *profile;
	int err;

	list_for_each_entry(profile, &sw->profiles, node) {
		if (profile->id < at->id || (name && strcmp(profile->name, nla_data(name))))
			continue;
		at->id = profile->id;
		err = fill_profile(msg, profile, &hdr);
		if (err)
			return err;
		at->id++;
	}
	return 0;
}

/* Is there what a dump is to be of? */
static int check_named(struct netlink_callback *cb, struct net *net,
		       const struct cvs_dump_named *named)
{
	struct nlattr **attrs = cvs_dump_attrs(cb);
	const struct nlattr *name = attrs[named->name_attr];
	struct cvs_switch *sw;
	int err = 0;

	/* Every attribute set has its switch in the same place. */
	if (!name || !attrs[CVSWITCH_A_PROFILE_SWITCH] || cvs_dump(cb)->started)
		return 0;
	rtnl_lock();
	sw = cvs_switch_get(net, nla_get_u32(attrs[CVSWITCH_A_PROFILE_SWITCH]), cb->extack);
	if (!IS_ERR(sw) && !named->exists(sw, nla_data(name))) {
		cvs_genl_refuse(cb->extack, name, named->why);
		err = -ENOENT;
	}
	rtnl_unlock();
	return err;
}

/* One part of a dump that may be of one thing: if there is none, that is an error. */
int cvs_genl_dump_named(struct sk_buff *msg, struct netlink_callback *cb,
			const struct cvs_dump_named *named)
{
	struct net *net = sock_net(msg->sk);

	return check_named(cb, net, named) ?:
	       cvs_genl_dump_switches(msg, cb, &cvs_net(net)->acl_seq, named->dump, NULL);
}

bool cvs_genl_profile_exists(struct cvs_switch *sw, const char *name)
{
	return cvs_profile_find(sw, name);
}

int cvswitch_nl_profile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct cvs_dump_named named = {
		CVSWITCH_A_PROFILE_NAME, cvs_genl_profile_exists, "No such profile", dump_profiles,
	};

	return cvs_genl_dump_named(skb, cb, &named);
}

/* Take defaults from a request. Return: how many, or -EINVAL. */
static int parse_defaults(struct genl_info *info, u8 *defaults)
{
	const struct nlattr *attr;
	int i, n = 0;

	for (i = 0; i < CVS_DIRECTIONS; i++) {
		attr = info->attrs[default_attrs[i]];
		if (!attr)
			continue;
		if (nla_get_u32(attr) == CVSWITCH_VERDICT_CONTINUE)
			return cvs_genl_refuse(info->extack, attr,
					       "Behind the last rule there is none to go on with");
		defaults[i] = nla_get_u32(attr);
		n++;
	}
	return n;
}

static void set_defaults(struct cvs_profile *profile, const u8 *defaults)
{
	int i;

	for (i = 0; i < CVS_DIRECTIONS; i++)
		WRITE_ONCE(profile->defaults[i], defaults[i]);
}

int cvswitch_nl_profile_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *name = info->attrs[CVSWITCH_A_PROFILE_NAME];
	const struct nlattr *tier = info->attrs[CVSWITCH_A_PROFILE_TIER];
	struct cvs_profile *profile;
	u8 defaults[CVS_DIRECTIONS];
	struct sk_buff *msg;
	int err;

	err = cvs_genl_need_name(info, CVSWITCH_A_PROFILE_NAME, "Name of the profile missing");
	if (err)
		return err;
	if (!strcmp(nla_data(name), "none"))
		return cvs_genl_refuse(info->extack, name, "none is what a port has no profile by");
	err = parse_defaults(info, defaults);
	if (err < 0)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	profile = cvs_profile_add(cvs_genl_switch(info), nla_data(name),
				  tier ? nla_get_u32(tier) : CVSWITCH_TIER_TENANT, info->extack);
	if (IS_ERR(profile)) {
		NL_SET_BAD_ATTR(info->extack, name);
		nlmsg_free(msg);
		return PTR_ERR(profile);
	}
	memcpy(defaults, profile->defaults, sizeof(defaults));
	parse_defaults(info, defaults);
	set_defaults(profile, defaults);
	cvs_event_profile(profile, CVSWITCH_CMD_PROFILE_ADD_NTF);
	return reply(msg, profile, info);
}

int cvswitch_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_profile *profile = cvs_genl_profile(info, CVSWITCH_A_PROFILE_NAME);
	u8 defaults[CVS_DIRECTIONS];
	struct sk_buff *msg;
	int n;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	memcpy(defaults, profile->defaults, sizeof(defaults));
	n = parse_defaults(info, defaults);
	if (n < 0)
		return n;
	if (!n) {
		NL_SET_ERR_MSG(info->extack, "No settings given");
		return -EINVAL;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	set_defaults(profile, defaults);
	cvs_switch_touch_acl(profile->sw);
	cvs_event_profile(profile, CVSWITCH_CMD_PROFILE_SET_NTF);
	return reply(msg, profile, info);
}

int cvswitch_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_profile *profile = cvs_genl_profile(info, CVSWITCH_A_PROFILE_NAME);
	int err;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = cvs_profile_del(profile, info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_PROFILE_NAME]);
	return err;
}

/* How many rules of each direction does the request have? Return: 0 or -EINVAL. */
static int count_rules(struct genl_info *info, u32 *counts)
{
	const struct nlattr *attr, *direction;
	int rem;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != CVSWITCH_A_PROFILE_RULE)
			continue;
		direction = nla_find_nested(attr, CVSWITCH_A_RULE_DIRECTION);
		if (!direction || nla_len(direction) != sizeof(u32) ||
		    nla_get_u32(direction) >= CVS_DIRECTIONS)
			return cvs_genl_refuse(info->extack, attr,
					       "A rule has a direction and a verdict");
		if (++counts[nla_get_u32(direction)] <= CVS_RULES_MAX)
			continue;
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "Profile has its maximum of 131072 rules");
		return -ENOSPC;
	}
	return 0;
}

/* What is done with a rule of a request, and its place in the set. */
typedef int (*each_rule_t)(struct genl_info *info, const struct nlattr *nest,
			   struct cvs_rule **place);

static int with_rules(struct genl_info *info, struct cvs_ruleset *set, each_rule_t each)
{
	u32 at[CVS_DIRECTIONS] = {};
	const struct nlattr *nest;
	u32 direction;
	int rem, err;

	nlmsg_for_each_attr(nest, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(nest) != CVSWITCH_A_PROFILE_RULE)
			continue;
		/* count_rules() has found it there. */
		direction = nla_get_u32(nla_find_nested(nest, CVSWITCH_A_RULE_DIRECTION));
		err = each(info, nest, &set->lists[direction]->rules[at[direction]++]);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static int get_rule(struct genl_info *info, const struct nlattr *nest, struct cvs_rule **place)
{
	const struct nlattr *direction = nla_find_nested(nest, CVSWITCH_A_RULE_DIRECTION);
	struct cvs_rule *rule = cvs_genl_get_rule(nest, info->extack);

	if (IS_ERR(rule))
		return PTR_ERR(rule);
	/* Of an attribute that is there twice, the parser takes the last. */
	if (rule->direction != nla_get_u32(direction)) {
		cvs_rule_free(rule);
		return cvs_genl_refuse(info->extack, nest, "A rule has one direction");
	}
	*place = rule;
	return 0;
}

static int resolve_rule(struct genl_info *info, const struct nlattr *nest,
			struct cvs_rule **place)
{
	return cvs_genl_resolve_rule(*place, cvs_genl_switch(info), nest, info->extack);
}

/* The rules of a request, ready but for the groups that they refer to. Context: no RTNL. */
static struct cvs_ruleset *get_rules(struct genl_info *info)
{
	u32 counts[CVS_DIRECTIONS] = {};
	struct cvs_ruleset *set;
	int err;

	err = count_rules(info, counts);
	if (err)
		return ERR_PTR(err);
	set = cvs_ruleset_alloc(counts[CVSWITCH_DIRECTION_INGRESS],
				counts[CVSWITCH_DIRECTION_EGRESS]);
	if (!set)
		return ERR_PTR(-ENOMEM);
	err = with_rules(info, set, get_rule) ?: cvs_ruleset_build(set) ?:
	      cvs_ruleset_finish(set);
	if (err) {
		cvs_ruleset_free(set);
		return ERR_PTR(err);
	}
	return set;
}

/* Context: RTNL. @set is gone afterwards. */
static int load_rules(struct genl_info *info, struct cvs_ruleset *set)
{
	struct cvs_profile *profile = cvs_genl_profile(info, CVSWITCH_A_PROFILE_NAME);
	struct sk_buff *msg = NULL;
	int err;

	err = PTR_ERR_OR_ZERO(profile) ?: with_rules(info, set, resolve_rule);
	if (!err) {
		msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
		err = msg ? 0 : -ENOMEM;
	}
	if (err) {
		cvs_ruleset_free(set);
		return err;
	}
	err = cvs_profile_load(profile, set, info->extack);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	cvs_event_profile(profile, CVSWITCH_CMD_PROFILE_SET_NTF);
	return reply(msg, profile, info);
}

/* Is there the profile of a request? Context: no RTNL. */
static int need_profile(struct genl_info *info)
{
	int err = cvs_genl_lock(info);

	if (err)
		return err;
	err = PTR_ERR_OR_ZERO(cvs_genl_profile(info, CVSWITCH_A_PROFILE_NAME));
	rtnl_unlock();
	return err;
}

/* Context: no RTNL. @set is gone afterwards. */
static int lock_and_load(struct genl_info *info, struct cvs_ruleset *set)
{
	struct mutex *lock = &cvs_net(genl_info_net(info))->acl_lock;
	int err = mutex_lock_killable(lock);

	if (err) {
		cvs_ruleset_free(set);
		return err;
	}
	err = cvs_genl_lock(info);
	if (err) {
		cvs_ruleset_free(set);
	} else {
		err = load_rules(info, set);
		rtnl_unlock();
	}
	mutex_unlock(lock);
	return err;
}

/* What takes long is done without any lock: see locks_itself() in cvs_genl.c. */
int cvswitch_nl_profile_load_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_ruleset *set;
	int err;

	err = need_profile(info);
	if (err)
		return err;
	set = get_rules(info);
	return IS_ERR(set) ? PTR_ERR(set) : lock_and_load(info, set);
}
