// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_fdb.h"
#include "cvs_fdb_request.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_switch.h"

static int put_key(struct sk_buff *msg, const struct cvs_switch *sw, u64 key)
{
	u8 addr[ETH_ALEN];

	cvs_mac_store(addr, key);
	return nla_put_u32(msg, CVSWITCH_A_FDB_SWITCH, sw->dev->ifindex) ?:
	       nla_put(msg, CVSWITCH_A_FDB_MAC, ETH_ALEN, addr) ?:
	       nla_put_u32(msg, CVSWITCH_A_FDB_VLAN, cvs_fdb_key_vid(key));
}

static int fill_entry(struct sk_buff *msg, const struct cvs_switch *sw,
		      const struct cvs_fdb_entry *entry, const struct cvs_genl_hdr *hdr)
{
	unsigned long age = jiffies - READ_ONCE(entry->updated);
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;

	if (put_key(msg, sw, entry->key) ||
	    cvs_genl_put_owner(msg, READ_ONCE(entry->owner), CVSWITCH_A_FDB_PORT,
			       CVSWITCH_A_FDB_REMOTE) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_KIND, READ_ONCE(entry->kind)) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_AGE, jiffies_to_msecs(age)) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_MOVES, READ_ONCE(entry->moves)) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_DAMPED, cvs_fdb_is_damped(entry))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

/* The switch's own address, which isn't in the FDB but belongs there. */
static int fill_local(struct sk_buff *msg, const struct cvs_switch *sw,
		      const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;

	if (put_key(msg, sw, cvs_mac_from(sw->dev->dev_addr)) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_PORT, sw->dev->ifindex) ||
	    nla_put_u32(msg, CVSWITCH_A_FDB_KIND, CVSWITCH_FDB_KIND_LOCAL)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_fdb(struct cvs_switch *sw, const struct cvs_fdb_change *change)
{
	const struct cvs_genl_hdr hdr = { .cmd = CVSWITCH_CMD_FDB_NTF };
	struct sk_buff *msg;
	void *head;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_FDB))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (msg) {
		/* A new message has room for this. */
		head = cvs_genl_put_hdr(msg, &hdr);
		put_key(msg, sw, change->key);
		cvs_genl_put_owner(msg, change->owner, CVSWITCH_A_FDB_PORT,
				   CVSWITCH_A_FDB_REMOTE);
		nla_put_u32(msg, CVSWITCH_A_FDB_KIND, change->kind);
		nla_put_u32(msg, CVSWITCH_A_FDB_EVENT, change->event);
		nla_put_u32(msg, CVSWITCH_A_FDB_MOVES, change->moves);
		if (change->old_owner)
			cvs_genl_put_owner(msg, change->old_owner, CVSWITCH_A_FDB_OLD_PORT,
					   CVSWITCH_A_FDB_OLD_REMOTE);
		genlmsg_end(msg, head);
	}
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_FDB, GFP_ATOMIC);
}

static int need_key(struct genl_info *info)
{
	if (cvs_genl_need_switch(info))
		return -EINVAL;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_FDB_MAC)) {
		NL_SET_ERR_MSG(info->extack, "MAC address missing");
		return -EINVAL;
	}
	return 0;
}

static const u8 *get_mac(const struct genl_info *info)
{
	return nla_data(info->attrs[CVSWITCH_A_FDB_MAC]);
}

static u16 get_vid(const struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_FDB_VLAN];

	return attr ? nla_get_u32(attr) : 0;
}

/*
 * Return: 0; -ENOENT if the filter asks for a port or a remote that this
 * switch doesn't have.
 */
static int parse_filter(struct nlattr **attrs, struct cvs_switch *sw,
			struct cvs_fdb_filter *filter)
{
	if (attrs[CVSWITCH_A_FDB_MAC])
		filter->mac = cvs_mac_from(nla_data(attrs[CVSWITCH_A_FDB_MAC]));
	if (attrs[CVSWITCH_A_FDB_KIND])
		filter->kinds = BIT(nla_get_u32(attrs[CVSWITCH_A_FDB_KIND]));
	if (attrs[CVSWITCH_A_FDB_VLAN]) {
		filter->vid_first = nla_get_u32(attrs[CVSWITCH_A_FDB_VLAN]);
		filter->vid_last = filter->vid_first;
	}
	filter->owner = cvs_genl_dump_owner(attrs, sw, CVSWITCH_A_FDB_PORT, CVSWITCH_A_FDB_REMOTE);
	return PTR_ERR_OR_ZERO(filter->owner);
}

/* The switch's own address is in every VLAN, and no entry of the FDB. */
static bool local_matches(const struct cvs_fdb_filter *filter, const struct cvs_switch *sw)
{
	return filter->kinds & BIT(CVSWITCH_FDB_KIND_LOCAL) && !filter->vid_first &&
	       (!filter->owner || filter->owner == &sw->host->fdb) &&
	       (!filter->mac || filter->mac == cvs_mac_from(sw->dev->dev_addr));
}

static struct cvs_fdb_owner *get_owner(struct genl_info *info)
{
	return cvs_genl_owner(info, CVSWITCH_A_FDB_PORT, CVSWITCH_A_FDB_REMOTE);
}

/* What a filter asks for has to be there. */
static int check_owner(struct genl_info *info)
{
	if (!info->attrs[CVSWITCH_A_FDB_PORT] && !info->attrs[CVSWITCH_A_FDB_REMOTE])
		return 0;
	return PTR_ERR_OR_ZERO(get_owner(info));
}

static const struct cvs_fdb_filter everything = {
	.vid_last = VLAN_N_VID - 1,
	.kinds = CVS_FDB_KINDS_ALL | BIT(CVSWITCH_FDB_KIND_LOCAL),
};

/* Context: RTNL. @msg is gone afterwards. */
static int reply_entry(struct sk_buff *msg, struct genl_info *info,
		       const struct cvs_fdb_filter *filter)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_fdb_entry *entry;
	int err = 0;

	rcu_read_lock();
	entry = cvs_fdb_find(&sw->fdb, cvs_fdb_key(cvs_mac_from(get_mac(info)),
						   get_vid(info)));
	if (entry && cvs_fdb_match(filter, entry))
		fill_entry(msg, sw, entry, &hdr);
	else if (!entry && local_matches(filter, sw) && filter->mac)
		fill_local(msg, sw, &hdr);
	else
		err = -ENOENT;
	rcu_read_unlock();

	if (err) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_FDB_MAC],
				    "No such entry");
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

int cvswitch_nl_fdb_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_fdb_filter filter = everything;
	struct sk_buff *msg;
	int err;

	err = need_key(info) ?: check_owner(info);
	if (err)
		return err;
	parse_filter(info->attrs, cvs_genl_switch(info), &filter);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply_entry(msg, info, &filter) : -ENOMEM;
}

/* In a dump, number 0 is the switch's own address and n the entry n - 1. */
static int dump_fdb(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		    const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_FDB_GET);
	struct cvs_fdb_filter filter = everything;
	struct cvs_dump *at = cvs_dump(cb);
	struct cvs_fdb_entry *entry;
	unsigned long id;
	int err = 0;

	if (parse_filter(cvs_dump_attrs(cb), sw, &filter))
		return 0;
	if (!at->id) {
		if (local_matches(&filter, sw))
			err = fill_local(msg, sw, &hdr);
		if (err)
			return err;
		at->id = 1;
	}

	id = at->id - 1;
	rcu_read_lock();
	while ((entry = cvs_fdb_walk(&sw->fdb, &id, &filter))) {
		if (IS_ERR(entry)) {
			err = PTR_ERR(entry);
			break;
		}
		err = fill_entry(msg, sw, entry, &hdr);
		if (err)
			break;
		id++;
	}
	rcu_read_unlock();
	at->id = id + 1;
	return err;
}

int cvswitch_nl_fdb_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->fdb_seq,
				      dump_fdb, NULL);
}

static int get_kind(struct genl_info *info, enum cvswitch_fdb_kind *kind)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_FDB_KIND];

	*kind = attr ? nla_get_u32(attr) : CVSWITCH_FDB_KIND_STATIC;
	if (*kind == CVSWITCH_FDB_KIND_STATIC || *kind == CVSWITCH_FDB_KIND_STICKY)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "Only static and sticky entries can be added");
	return -EINVAL;
}

/* Point at what a refused request says wrong: a valid address's VLAN. */
static void blame(struct genl_info *info, int err)
{
	const struct nlattr *vlan = info->attrs[CVSWITCH_A_FDB_VLAN];

	if (err == -EINVAL && vlan && is_valid_ether_addr(get_mac(info)))
		NL_SET_BAD_ATTR(info->extack, vlan);
	else
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_FDB_MAC]);
}

int cvswitch_nl_fdb_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *replace = info->attrs[CVSWITCH_A_FDB_REPLACE];
	enum cvswitch_fdb_kind kind;
	struct cvs_fdb_owner *owner;
	struct sk_buff *msg;
	int err;

	err = need_key(info) ?: get_kind(info, &kind);
	if (err)
		return err;
	owner = get_owner(info);
	if (IS_ERR(owner))
		return PTR_ERR(owner);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = cvs_fdb_request_add(cvs_genl_switch(info), owner, get_mac(info), get_vid(info), kind,
				  replace && nla_get_u32(replace), info->extack);
	if (err) {
		blame(info, err);
		nlmsg_free(msg);
		return err;
	}
	return reply_entry(msg, info, &everything);
}

int cvswitch_nl_fdb_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	err = need_key(info);
	if (err)
		return err;
	err = cvs_fdb_request_del(cvs_genl_switch(info), get_mac(info), get_vid(info),
				  info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_FDB_MAC]);
	return err;
}

int cvswitch_nl_fdb_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_FDB_FLUSH);
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_fdb_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_AGEING,
	};
	struct sk_buff *msg;
	void *head;
	int err;

	err = cvs_genl_need_switch(info) ?: check_owner(info);
	if (err)
		return err;
	parse_filter(info->attrs, sw, &filter);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	head = cvs_genl_put_hdr(msg, &hdr);
	nla_put_u32(msg, CVSWITCH_A_FDB_COUNT, cvs_fdb_flush(&sw->fdb, &filter));
	genlmsg_end(msg, head);
	return genlmsg_reply(msg, info);
}
