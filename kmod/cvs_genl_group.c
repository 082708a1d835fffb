// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl_acl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_group.h"
#include "cvs_key.h"
#include "cvs_switch.h"
#include "cvs_vtep.h"

static int fill_group(struct sk_buff *msg, const struct cvs_switch *sw,
		      const struct cvs_group *group, const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_GROUP_SWITCH, sw->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_GROUP_NAME, group->name) ||
	    nla_put_u32(msg, CVSWITCH_A_GROUP_TYPE, group->type) ||
	    nla_put_u32(msg, CVSWITCH_A_GROUP_MEMBER_COUNT, group->count) ||
	    nla_put_u32(msg, CVSWITCH_A_GROUP_RULE_COUNT, group->rules)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_group(const struct cvs_switch *sw, const struct cvs_group *group, u8 cmd)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_group(msg, sw, group, &hdr);
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_group *group, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_group(msg, cvs_genl_switch(info), group, &hdr);
	return genlmsg_reply(msg, info);
}

/* The group that a request names. */
static struct cvs_group *get_group(struct genl_info *info)
{
	const struct nlattr *name = info->attrs[CVSWITCH_A_GROUP_NAME];
	struct cvs_group *group;
	int err;

	err = cvs_genl_need_name(info, CVSWITCH_A_GROUP_NAME, "Group missing");
	if (err)
		return ERR_PTR(err);
	group = cvs_group_find(&cvs_genl_switch(info)->groups, nla_data(name));
	if (group)
		return group;
	NL_SET_ERR_MSG_ATTR(info->extack, name, "No such group");
	return ERR_PTR(-ENOENT);
}

int cvswitch_nl_group_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_group *group = get_group(info);
	struct sk_buff *msg;

	if (IS_ERR(group))
		return PTR_ERR(group);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, group, info) : -ENOMEM;
}

static bool wants(struct netlink_callback *cb, const struct cvs_group *group)
{
	const struct nlattr *name = cvs_dump_attrs(cb)[CVSWITCH_A_GROUP_NAME];

	return !name || !strcmp(group->name, nla_data(name));
}

static bool exists(struct cvs_switch *sw, const char *name)
{
	return cvs_group_find(&sw->groups, name);
}

static int dump_groups(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		       const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_GROUP_GET);
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_group *group;
	int err;

	for (; (group = cvs_group_next(&sw->groups, &at->id)); at->id++) {
		if (!wants(cb, group))
			continue;
		err = fill_group(msg, sw, group, &hdr);
		if (err)
			return err;
	}
	return 0;
}

int cvswitch_nl_group_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct cvs_dump_named named = {
		CVSWITCH_A_GROUP_NAME, exists, "No such group", dump_groups,
	};

	return cvs_genl_dump_named(skb, cb, &named);
}

static const char *parse_ip(struct nlattr **attrs, struct cvs_member *member)
{
	const struct nlattr *ip = attrs[CVSWITCH_A_MEMBER_IP];
	const struct nlattr *len = attrs[CVSWITCH_A_MEMBER_LEN];
	struct in6_addr in6;
	u32 all;

	if (!ip || cvs_vtep_load(&in6, nla_data(ip), nla_len(ip)))
		return "A member of this group is an IPv4 or IPv6 prefix";
	member->key.addr = cvs_addr_from(&in6);
	all = cvs_vtep_is_v4(&in6) ? CVS_PREFIX_HOST - CVS_PREFIX_MAPPED : CVS_PREFIX_HOST;
	if (len && nla_get_u32(len) > all)
		return "The prefix is longer than its address";
	member->key.len = len ? CVS_PREFIX_HOST - all + nla_get_u32(len) : CVS_PREFIX_HOST;
	return NULL;
}

static const char *parse_mac(struct nlattr **attrs, struct cvs_member *member)
{
	if (!attrs[CVSWITCH_A_MEMBER_MAC])
		return "A member of this group is a MAC address";
	member->key.addr.hi = cvs_mac_from(nla_data(attrs[CVSWITCH_A_MEMBER_MAC]));
	return NULL;
}

static const char *parse_ports(struct nlattr **attrs, struct cvs_member *member)
{
	const struct nlattr *end = attrs[CVSWITCH_A_MEMBER_PORT_END];

	if (!attrs[CVSWITCH_A_MEMBER_PORT])
		return "A member of this group is a port or a range of ports";
	member->first = nla_get_u32(attrs[CVSWITCH_A_MEMBER_PORT]);
	member->last = end ? nla_get_u32(end) : member->first;
	return NULL;
}

/* Is there anything that members of this type don't have? */
static bool has_foreign(struct nlattr **attrs, enum cvswitch_group_type type)
{
	return (type != CVSWITCH_GROUP_TYPE_IP &&
		(attrs[CVSWITCH_A_MEMBER_IP] || attrs[CVSWITCH_A_MEMBER_LEN])) ||
	       (type != CVSWITCH_GROUP_TYPE_MAC && attrs[CVSWITCH_A_MEMBER_MAC]) ||
	       (type != CVSWITCH_GROUP_TYPE_PORT &&
		(attrs[CVSWITCH_A_MEMBER_PORT] || attrs[CVSWITCH_A_MEMBER_PORT_END]));
}

static const char *parse_member(struct nlattr **attrs, enum cvswitch_group_type type,
				struct cvs_member *member)
{
	const char *why = NULL;

	if (has_foreign(attrs, type))
		return "The group has members of another type";
	switch (type) {
	case CVSWITCH_GROUP_TYPE_IP:
		why = parse_ip(attrs, member);
		break;
	case CVSWITCH_GROUP_TYPE_MAC:
		why = parse_mac(attrs, member);
		break;
	case CVSWITCH_GROUP_TYPE_PORT:
		why = parse_ports(attrs, member);
		break;
	}
	return why ?: cvs_member_check(type, member);
}

static struct cvs_member *get_member(const struct nlattr *nest, enum cvswitch_group_type type,
				     struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[CVSWITCH_A_MEMBER_MAX + 1];
	struct cvs_member *member;
	const char *why;
	int err;

	err = nla_parse_nested(attrs, CVSWITCH_A_MEMBER_MAX, nest, cvswitch_member_nl_policy,
			       extack);
	if (err)
		return ERR_PTR(err);
	member = cvs_member_alloc();
	if (!member)
		return ERR_PTR(-ENOMEM);
	why = parse_member(attrs, type, member);
	if (why) {
		kfree(member);
		return ERR_PTR(cvs_genl_refuse(extack, nest, why));
	}
	return member;
}

/* The members of a request. Return: 0, or an error and then @batch is empty. */
static int get_members(struct genl_info *info, enum cvswitch_group_type type,
		       struct list_head *batch)
{
	const struct nlattr *attr;
	struct cvs_member *member;
	int rem;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != CVSWITCH_A_GROUP_MEMBER)
			continue;
		member = get_member(attr, type, info->extack);
		if (IS_ERR(member)) {
			cvs_member_free_batch(batch);
			return PTR_ERR(member);
		}
		list_add_tail(&member->batch, batch);
		cond_resched();
	}
	return 0;
}

static void changed(const struct cvs_switch *sw, const struct cvs_group *group, u8 cmd)
{
	cvs_switch_touch_acl(sw);
	cvs_event_group(sw, group, cmd);
}

/* A new group with members. Return: it or an error. */
static struct cvs_group *add_group(struct genl_info *info, enum cvswitch_group_type type,
				   struct list_head *batch)
{
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_group *group;
	int err;

	group = cvs_group_add(&sw->groups, nla_data(info->attrs[CVSWITCH_A_GROUP_NAME]), type,
			      info->extack);
	if (IS_ERR(group)) {
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_GROUP_NAME]);
		return group;
	}
	err = cvs_member_add(group, batch, info->extack);
	if (err) {
		cvs_group_del(group);
		return ERR_PTR(err);
	}
	return group;
}

int cvswitch_nl_group_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *type = info->attrs[CVSWITCH_A_GROUP_TYPE];
	struct cvs_group *group;
	struct sk_buff *msg;
	LIST_HEAD(batch);
	int err;

	err = cvs_genl_need_name(info, CVSWITCH_A_GROUP_NAME, "Name of the group missing");
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_GROUP_TYPE)) {
		NL_SET_ERR_MSG(info->extack, "Type of the group missing");
		return -EINVAL;
	}
	err = get_members(info, nla_get_u32(type), &batch);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	group = msg ? add_group(info, nla_get_u32(type), &batch) : ERR_PTR(-ENOMEM);
	cvs_member_free_batch(&batch);
	if (IS_ERR(group)) {
		nlmsg_free(msg);
		return PTR_ERR(group);
	}
	changed(cvs_genl_switch(info), group, CVSWITCH_CMD_GROUP_ADD_NTF);
	return reply(msg, group, info);
}

int cvswitch_nl_group_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_group *group = get_group(info);

	if (IS_ERR(group))
		return PTR_ERR(group);
	if (group->rules) {
		CVS_ERR_MSG_FMT(info->extack, "Rules refer to the group",
				"%u rules refer to the group", group->rules);
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_GROUP_NAME]);
		return -EBUSY;
	}
	changed(cvs_genl_switch(info), group, CVSWITCH_CMD_GROUP_DEL_NTF);
	cvs_group_del(group);
	return 0;
}

int cvswitch_nl_group_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_group *group = get_group(info);
	struct sk_buff *msg;

	if (IS_ERR(group))
		return PTR_ERR(group);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	cvs_member_flush(group);
	changed(cvs_genl_switch(info), group, CVSWITCH_CMD_GROUP_SET_NTF);
	return reply(msg, group, info);
}

/* The group of a request and its members, of which there has to be one. */
static struct cvs_group *get_batch(struct genl_info *info, struct list_head *batch)
{
	struct cvs_group *group = get_group(info);
	int err;

	if (IS_ERR(group))
		return group;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_GROUP_MEMBER)) {
		NL_SET_ERR_MSG(info->extack, "Members missing");
		return ERR_PTR(-EINVAL);
	}
	err = get_members(info, group->type, batch);
	return err ? ERR_PTR(err) : group;
}

int cvswitch_nl_member_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_group *group;
	struct sk_buff *msg;
	LIST_HEAD(batch);
	int err = -ENOMEM;

	group = get_batch(info, &batch);
	if (IS_ERR(group))
		return PTR_ERR(group);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		err = cvs_member_add(group, &batch, info->extack);
	cvs_member_free_batch(&batch);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	changed(cvs_genl_switch(info), group, CVSWITCH_CMD_GROUP_SET_NTF);
	return reply(msg, group, info);
}

/* Are all of these in the group? Return: 0, or -ENOENT for the first that isn't. */
static int check_members(struct genl_info *info, struct cvs_group *group,
			 const struct list_head *batch)
{
	const struct cvs_member *like = list_first_entry(batch, struct cvs_member, batch);
	const struct nlattr *attr;
	int rem;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != CVSWITCH_A_GROUP_MEMBER)
			continue;
		if (!cvs_member_find(group, like)) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr, "Not a member of the group");
			return -ENOENT;
		}
		like = list_next_entry(like, batch);
		cond_resched();
	}
	return 0;
}

int cvswitch_nl_member_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_group *group;
	struct sk_buff *msg;
	LIST_HEAD(batch);
	int err;

	group = get_batch(info, &batch);
	if (IS_ERR(group))
		return PTR_ERR(group);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	err = msg ? check_members(info, group, &batch) : -ENOMEM;
	if (!err)
		cvs_member_del(group, &batch);
	cvs_member_free_batch(&batch);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	changed(cvs_genl_switch(info), group, CVSWITCH_CMD_GROUP_SET_NTF);
	return reply(msg, group, info);
}

static int put_member(struct sk_buff *msg, const struct cvs_group *group,
		      const struct cvs_member *member)
{
	unsigned int before = cvs_prefix_is_v4(&member->key.addr, member->key.len) ?
			      CVS_PREFIX_MAPPED : 0;
	struct in6_addr in6;
	u8 mac[ETH_ALEN];

	switch (group->type) {
	case CVSWITCH_GROUP_TYPE_MAC:
		cvs_mac_store(mac, member->key.addr.hi);
		return nla_put(msg, CVSWITCH_A_MEMBER_MAC, sizeof(mac), mac);
	case CVSWITCH_GROUP_TYPE_PORT:
		return nla_put_u32(msg, CVSWITCH_A_MEMBER_PORT, member->first) ?:
		       nla_put_u32(msg, CVSWITCH_A_MEMBER_PORT_END, member->last);
	case CVSWITCH_GROUP_TYPE_IP:
		break;
	}
	in6 = cvs_addr_to(&member->key.addr);
	return nla_put(msg, CVSWITCH_A_MEMBER_IP, before ? 4 : 16, &in6.s6_addr[before / 8]) ?:
	       nla_put_u32(msg, CVSWITCH_A_MEMBER_LEN, member->key.len - before);
}

static int fill_member(struct sk_buff *msg, const struct cvs_switch *sw,
		       const struct cvs_group *group, const struct cvs_member *member,
		       const struct cvs_genl_hdr *hdr)
{
	struct nlattr *nest;
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_GROUP_SWITCH, sw->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_GROUP_NAME, group->name) ||
	    nla_put_u32(msg, CVSWITCH_A_GROUP_TYPE, group->type))
		goto cancel;
	nest = nla_nest_start(msg, CVSWITCH_A_GROUP_MEMBER);
	if (!nest || put_member(msg, group, member))
		goto cancel;
	nla_nest_end(msg, nest);
	genlmsg_end(msg, head);
	return 0;

cancel:
	genlmsg_cancel(msg, head);
	return -EMSGSIZE;
}

int cvswitch_nl_member_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_MEMBER_GET);
	struct cvs_member *like, *member;
	struct cvs_group *group;
	struct sk_buff *msg;
	LIST_HEAD(batch);

	group = get_batch(info, &batch);
	if (IS_ERR(group))
		return PTR_ERR(group);
	if (!list_is_singular(&batch)) {
		cvs_member_free_batch(&batch);
		return cvs_genl_refuse(info->extack, info->attrs[CVSWITCH_A_GROUP_MEMBER],
				       "One member is asked for at a time");
	}
	like = list_first_entry(&batch, struct cvs_member, batch);
	member = cvs_member_find(group, like);
	cvs_member_free_batch(&batch);
	if (!member) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_GROUP_MEMBER],
				    "Not a member of the group");
		return -ENOENT;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	fill_member(msg, cvs_genl_switch(info), group, member, &hdr);
	return genlmsg_reply(msg, info);
}

/* Groups by number, and in each its members by number. */
static int dump_members(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
			const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_MEMBER_GET);
	struct cvs_dump *at = cvs_dump(cb);
	struct cvs_member *member;
	struct cvs_group *group;
	unsigned long id;
	int err;

	for (id = at->port_idx; (group = cvs_group_next(&sw->groups, &id)); id++) {
		if (!wants(cb, group))
			continue;
		if (id != at->port_idx) {
			at->port_idx = id;
			at->id = 0;
		}
		xa_for_each_start(&group->members, at->id, member, at->id) {
			err = fill_member(msg, sw, group, member, &hdr);
			if (err)
				return err;
		}
		at->port_idx = id + 1;
		at->id = 0;
	}
	return 0;
}

int cvswitch_nl_member_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	static const struct cvs_dump_named named = {
		CVSWITCH_A_GROUP_NAME, exists, "No such group", dump_members,
	};

	return cvs_genl_dump_named(skb, cb, &named);
}
