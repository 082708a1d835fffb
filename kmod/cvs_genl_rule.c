// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl_acl.h"

#include <linux/mutex.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_draft.h"
#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_profile.h"
#include "cvs_switch.h"

/* Bytes of a frame that are reported. */
#define HEADER_MAX	128

static int fill_rule(struct sk_buff *msg, const struct cvs_profile *profile,
		     const struct cvs_rule *rule, u32 index, const struct cvs_genl_hdr *hdr)
{
	u64 frames, bytes;
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	cvs_rule_read_stats(rule, &frames, &bytes);
	if (nla_put_u32(msg, CVSWITCH_A_ACL_SWITCH, profile->sw->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_ACL_PROFILE, profile->name) ||
	    nla_put_u32(msg, CVSWITCH_A_ACL_DIRECTION, rule->direction) ||
	    nla_put_u32(msg, CVSWITCH_A_ACL_INDEX, index + 1) ||
	    nla_put_u32(msg, CVSWITCH_A_ACL_HANDLE, rule->handle) ||
	    cvs_genl_put_rule(msg, CVSWITCH_A_ACL_RULE, rule) ||
	    nla_put_u64_64bit(msg, CVSWITCH_A_ACL_FRAMES, frames, CVSWITCH_A_ACL_PAD) ||
	    nla_put_u64_64bit(msg, CVSWITCH_A_ACL_BYTES, bytes, CVSWITCH_A_ACL_PAD)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

static int reply(struct sk_buff *msg, const struct cvs_profile *profile,
		 const struct cvs_rule *rule, u32 index, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_rule(msg, profile, rule, index, &hdr);
	return genlmsg_reply(msg, info);
}

/* The rule that a request names by its handle. */
static struct cvs_rule *get_by_handle(struct genl_info *info, const struct cvs_profile *profile,
				      enum cvswitch_direction *direction, u32 *index)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_ACL_HANDLE];
	struct cvs_rule *rule;

	rule = cvs_profile_rule(profile, nla_get_u32(attr), direction, index);
	if (rule)
		return rule;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "No rule of the profile has this handle");
	return ERR_PTR(-ENOENT);
}

int cvswitch_nl_rule_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_profile *profile = cvs_genl_profile(info, CVSWITCH_A_ACL_PROFILE);
	enum cvswitch_direction direction;
	struct cvs_rule *rule;
	struct sk_buff *msg;
	u32 index;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_ACL_HANDLE)) {
		NL_SET_ERR_MSG(info->extack, "Handle missing");
		return -EINVAL;
	}
	if (info->attrs[CVSWITCH_A_ACL_DIRECTION])
		return cvs_genl_refuse(info->extack, info->attrs[CVSWITCH_A_ACL_DIRECTION],
				       "A handle says enough: no direction beside it");
	rule = get_by_handle(info, profile, &direction, &index);
	if (IS_ERR(rule))
		return PTR_ERR(rule);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, profile, rule, index, info) : -ENOMEM;
}

/* Rules that are passed over before others may have RTNL. */
#define CVS_DUMP_STRIDE	4096

/* The rules of a profile from where the dump is, direction by direction. */
static int dump_profile(struct sk_buff *msg, struct netlink_callback *cb,
			const struct cvs_profile *profile)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_RULE_GET);
	const struct cvs_ruleset *set = rtnl_dereference(profile->rules);
	const struct nlattr *direction = cvs_dump_attrs(cb)[CVSWITCH_A_ACL_DIRECTION];
	const struct nlattr *handle = cvs_dump_attrs(cb)[CVSWITCH_A_ACL_HANDLE];
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_rule_list *list;
	unsigned long id = 0;
	u32 looked_at = 0;
	u32 d, i;
	int err;

	for (d = 0; d < CVS_DIRECTIONS; id += set->lists[d++]->count) {
		list = set->lists[d];
		if (direction && nla_get_u32(direction) != d)
			continue;
		for (i = at->id > id ? at->id - id : 0; i < list->count; i++) {
			at->id = id + i;
			if (handle && nla_get_u32(handle) != list->rules[i]->handle) {
				if (++looked_at < CVS_DUMP_STRIDE)
					continue;
				at->id++;
				return -EAGAIN;
			}
			err = fill_rule(msg, profile, list->rules[i], i, &hdr);
			if (err)
				return err;
		}
	}
	return 0;
}

static int dump_rules(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		      const void *arg)
{
	const struct nlattr *name = cvs_dump_attrs(cb)[CVSWITCH_A_ACL_PROFILE];
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_profile *profile;
	int err;

	list_for_each_entry(profile, &sw->profiles, node) {
		if (profile->id < at->port_idx ||
		    (name && strcmp(profile->name, nla_data(name))))
			continue;
		if (profile->id > at->port_idx) {
			at->port_idx = profile->id;
			at->id = 0;
		}
		err = dump_profile(msg, cb, profile);
		if (err)
			return err;
		at->port_idx = profile->id + 1;
		at->id = 0;
	}
	return 0;
}

int cvswitch_nl_rule_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct cvs_dump_named named = {
		CVSWITCH_A_ACL_PROFILE, cvs_genl_profile_exists, "No such profile", dump_rules,
	};

	return cvs_genl_dump_named(skb, cb, &named);
}

/* Where is a rule to be? Behind the last one if the request doesn't say. Return: 0 or -ENOENT. */
static int get_new_place(struct genl_info *info, const struct cvs_profile *profile,
			 struct cvs_draft *draft)
{
	const struct cvs_ruleset *set = rtnl_dereference(profile->rules);
	const struct nlattr *attr = info->attrs[CVSWITCH_A_ACL_INDEX];

	draft->direction = draft->rule->direction;
	draft->index = attr ? nla_get_u32(attr) - 1 : set->lists[draft->direction]->count;
	if (draft->index <= set->lists[draft->direction]->count)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "There are not so many rules");
	return -ENOENT;
}

/* Where is the rule that a request wants to delete? Return: 0 or an error. */
static int get_place(struct genl_info *info, const struct cvs_profile *profile,
		     struct cvs_draft *draft)
{
	const struct nlattr *index_attr = info->attrs[CVSWITCH_A_ACL_INDEX];
	const struct cvs_ruleset *set = rtnl_dereference(profile->rules);

	if (info->attrs[CVSWITCH_A_ACL_HANDLE] &&
	    (index_attr || info->attrs[CVSWITCH_A_ACL_DIRECTION]))
		return cvs_genl_refuse(info->extack, info->attrs[CVSWITCH_A_ACL_HANDLE],
				       "A handle says enough: no direction and no place beside it");
	if (info->attrs[CVSWITCH_A_ACL_HANDLE])
		return PTR_ERR_OR_ZERO(get_by_handle(info, profile, &draft->direction,
						     &draft->index));
	if (!index_attr || !info->attrs[CVSWITCH_A_ACL_DIRECTION]) {
		NL_SET_ERR_MSG(info->extack,
			       "Neither a handle nor a direction and a place given");
		return -EINVAL;
	}
	draft->direction = nla_get_u32(info->attrs[CVSWITCH_A_ACL_DIRECTION]);
	draft->index = nla_get_u32(index_attr) - 1;
	if (draft->index < set->lists[draft->direction]->count)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, index_attr, "There are not so many rules");
	return -ENOENT;
}

/* Find the groups of the rule that a request brings, if it does. Context: RTNL. */
static int resolve(struct genl_info *info, struct cvs_draft *draft)
{
	if (!draft->rule)
		return 0;
	return cvs_genl_resolve_rule(draft->rule, cvs_genl_switch(info),
				     info->attrs[CVSWITCH_A_ACL_RULE], info->extack);
}

/* The profile of a request, and RTNL; or an error, and not. */
static struct cvs_profile *lock_profile(struct genl_info *info)
{
	struct cvs_profile *profile;
	int err;

	err = cvs_genl_lock(info);
	if (err)
		return ERR_PTR(err);
	profile = cvs_genl_profile(info, CVSWITCH_A_ACL_PROFILE);
	if (IS_ERR(profile))
		rtnl_unlock();
	return profile;
}

/* What can be wrong with a request is found here, but for what its rules would cost. */
static int begin_change(struct genl_info *info, struct cvs_draft *draft)
{
	struct cvs_profile *profile = lock_profile(info);
	int err;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = resolve(info, draft);
	if (!err)
		err = draft->rule ? get_new_place(info, profile, draft) :
				    get_place(info, profile, draft);
	if (!err)
		err = cvs_draft_begin(draft, profile, info->extack);
	rtnl_unlock();
	return err;
}

static int copy_rules(struct genl_info *info, struct cvs_draft *draft)
{
	struct cvs_profile *profile = lock_profile(info);
	int err;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = cvs_draft_copy(draft, profile, info->extack);
	rtnl_unlock();
	return err;
}

/*
 * The switch, the profile and groups may be others by now. @msg: for the reply, or
 * NULL. That it can't be sent is no error: the rules have changed.
 */
static int end_change(struct genl_info *info, struct cvs_draft *draft, struct sk_buff *msg)
{
	struct cvs_profile *profile = lock_profile(info);
	enum cvswitch_direction direction;
	struct cvs_rule *rule = draft->rule;
	u32 index;
	int err;

	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = resolve(info, draft) ?: cvs_profile_change(profile, draft, info->extack);
	if (!err) {
		cvs_event_profile(profile, CVSWITCH_CMD_PROFILE_SET_NTF);
		if (rule) {
			cvs_profile_rule(profile, rule->handle, &direction, &index);
			reply(msg, profile, rule, index, info);
		}
	}
	rtnl_unlock();
	return err;
}

static int change_rules(struct genl_info *info, struct cvs_draft *draft, struct sk_buff *msg)
{
	struct mutex *lock = &cvs_net(genl_info_net(info))->acl_lock;
	int err;

	if (mutex_lock_killable(lock))
		return -EINTR;
	err = begin_change(info, draft) ?: cvs_draft_alloc(draft) ?: copy_rules(info, draft) ?:
	      cvs_draft_build(draft) ?: end_change(info, draft, msg);
	mutex_unlock(lock);
	return err;
}

int cvswitch_nl_rule_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_draft draft = {};
	struct sk_buff *msg;
	int err = -ENOMEM;

	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_ACL_RULE)) {
		NL_SET_ERR_MSG(info->extack, "Rule missing");
		return -EINVAL;
	}
	draft.rule = cvs_genl_get_rule(info->attrs[CVSWITCH_A_ACL_RULE], info->extack);
	if (IS_ERR(draft.rule))
		return PTR_ERR(draft.rule);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		err = change_rules(info, &draft, msg);
	if (err)
		nlmsg_free(msg);
	cvs_draft_end(&draft);
	return err;
}

int cvswitch_nl_rule_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_draft draft = {};
	int err;

	err = change_rules(info, &draft, NULL);
	cvs_draft_end(&draft);
	return err;
}

/* The beginning of a frame, whose data is behind its Ethernet header. */
static int put_header(struct sk_buff *msg, const struct sk_buff *skb)
{
	unsigned int len = min_t(unsigned int, skb->len + ETH_HLEN, HEADER_MAX);
	struct nlattr *attr = nla_reserve(msg, CVSWITCH_A_ACL_LOG_HEADER, len);

	if (!attr)
		return -EMSGSIZE;
	return skb_copy_bits(skb, -ETH_HLEN, nla_data(attr), len);
}

static void fill_log(struct sk_buff *msg, const struct cvs_port *port,
		     const struct cvs_port *in, const struct cvs_profile *profile,
		     const struct cvs_rule *rule, const struct sk_buff *skb, u16 vid)
{
	const struct cvs_genl_hdr hdr = { .cmd = CVSWITCH_CMD_ACL_LOG_NTF };
	void *head = cvs_genl_put_hdr(msg, &hdr);

	/* A new message has room for this. */
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_SWITCH, port->sw->dev->ifindex);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_PORT, port->dev->ifindex);
	if (cvs_port_ifindex(in))
		nla_put_u32(msg, CVSWITCH_A_ACL_LOG_IN_PORT, cvs_port_ifindex(in));
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_DIRECTION, rule->direction);
	nla_put_string(msg, CVSWITCH_A_ACL_LOG_PROFILE, profile->name);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_HANDLE, rule->handle);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_VERDICT, rule->verdict);
	if (*rule->comment)
		nla_put_string(msg, CVSWITCH_A_ACL_LOG_COMMENT, rule->comment);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_VLAN, vid);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_LENGTH, skb->len + ETH_HLEN);
	put_header(msg, skb);
	nla_put_u32(msg, CVSWITCH_A_ACL_LOG_LOST, atomic_xchg(&port->sw->acl_lost, 0));
	genlmsg_end(msg, head);
}

void cvs_event_acl(const struct cvs_port *port, const struct cvs_port *in,
		   const struct cvs_profile *profile, const struct cvs_rule *rule,
		   const struct sk_buff *skb, u16 vid)
{
	struct cvs_switch *sw = port->sw;
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_ACL))
		return;
	if (!cvs_limit_pass(&sw->acl_limit, ktime_get_mono_fast_ns())) {
		atomic_inc(&sw->acl_lost);
		return;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (msg)
		fill_log(msg, port, in, profile, rule, skb, vid);
	else
		atomic_inc(&sw->acl_lost);
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_ACL, GFP_ATOMIC);
}
