// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_fdb.h"
#include "cvs_neigh.h"
#include "cvs_neigh_request.h"
#include "cvs_switch.h"

static int put_mac(struct sk_buff *msg, int attrtype, u64 mac)
{
	u8 addr[ETH_ALEN];

	cvs_mac_store(addr, mac);
	return nla_put(msg, attrtype, ETH_ALEN, addr);
}

/* What a message about a neighbour begins with. @owner: may be NULL. */
static int put_neigh(struct sk_buff *msg, const struct cvs_switch *sw,
		     const struct cvs_neigh_key *key, u64 mac, enum cvswitch_neigh_kind kind,
		     bool router, struct cvs_fdb_owner *owner)
{
	if (nla_put_u32(msg, CVSWITCH_A_NEIGH_SWITCH, sw->dev->ifindex) ||
	    cvs_genl_put_vtep(msg, CVSWITCH_A_NEIGH_IP, &key->ip) ||
	    nla_put_u32(msg, CVSWITCH_A_NEIGH_VLAN, key->vid) ||
	    put_mac(msg, CVSWITCH_A_NEIGH_MAC, mac) ||
	    nla_put_u32(msg, CVSWITCH_A_NEIGH_KIND, kind) ||
	    nla_put_u32(msg, CVSWITCH_A_NEIGH_ROUTER, router))
		return -EMSGSIZE;
	return owner ? cvs_genl_put_owner(msg, owner, CVSWITCH_A_NEIGH_PORT,
					  CVSWITCH_A_NEIGH_REMOTE) : 0;
}

static int fill_neigh(struct sk_buff *msg, const struct cvs_switch *sw,
		      const struct cvs_neigh *neigh, const struct cvs_genl_hdr *hdr)
{
	unsigned long age = jiffies - READ_ONCE(neigh->updated);
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (put_neigh(msg, sw, &neigh->key, neigh->mac, neigh->kind, neigh->router,
		      neigh->owner) ||
	    nla_put_u32(msg, CVSWITCH_A_NEIGH_AGE, jiffies_to_msecs(age))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_neigh(struct cvs_switch *sw, const struct cvs_neigh_change *change)
{
	const struct cvs_genl_hdr hdr = { .cmd = CVSWITCH_CMD_NEIGH_NTF };
	struct sk_buff *msg;
	void *head;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_FDB))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (msg) {
		/* A new message has room for this. */
		head = cvs_genl_put_hdr(msg, &hdr);
		put_neigh(msg, sw, &change->key, change->mac, change->kind, change->router,
			  change->owner);
		nla_put_u32(msg, CVSWITCH_A_NEIGH_EVENT, change->event);
		if (change->old_mac)
			put_mac(msg, CVSWITCH_A_NEIGH_OLD_MAC, change->old_mac);
		genlmsg_end(msg, head);
	}
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_FDB, GFP_ATOMIC);
}

/* The neighbour that a request is about. */
static int get_key(struct genl_info *info, struct cvs_neigh_key *key)
{
	const struct nlattr *vlan = info->attrs[CVSWITCH_A_NEIGH_VLAN];

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_NEIGH_IP)) {
		NL_SET_ERR_MSG(info->extack, "IP address missing");
		return -EINVAL;
	}
	key->vid = vlan ? nla_get_u32(vlan) : 0;
	return cvs_genl_get_vtep(&key->ip, info->attrs[CVSWITCH_A_NEIGH_IP], info->extack);
}

static void parse_filter(struct nlattr **attrs, struct cvs_neigh_filter *filter)
{
	if (attrs[CVSWITCH_A_NEIGH_MAC])
		filter->mac = cvs_mac_from(nla_data(attrs[CVSWITCH_A_NEIGH_MAC]));
	if (attrs[CVSWITCH_A_NEIGH_KIND])
		filter->kinds = BIT(nla_get_u32(attrs[CVSWITCH_A_NEIGH_KIND]));
	if (attrs[CVSWITCH_A_NEIGH_VLAN]) {
		filter->vid_first = nla_get_u32(attrs[CVSWITCH_A_NEIGH_VLAN]);
		filter->vid_last = filter->vid_first;
	}
}

/* The filter of a request; the port or the remote that it asks for has to be there. */
static int get_filter(struct genl_info *info, struct cvs_neigh_filter *filter)
{
	parse_filter(info->attrs, filter);
	if (!info->attrs[CVSWITCH_A_NEIGH_PORT] && !info->attrs[CVSWITCH_A_NEIGH_REMOTE])
		return 0;
	filter->owner = cvs_genl_owner(info, CVSWITCH_A_NEIGH_PORT, CVSWITCH_A_NEIGH_REMOTE);
	return PTR_ERR_OR_ZERO(filter->owner);
}

static const struct cvs_neigh_filter everything = {
	.vid_last = VLAN_N_VID - 1,
	.kinds = CVS_NEIGH_KINDS_ALL,
};

/* Context: RTNL. @msg is gone afterwards. */
static int reply_neigh(struct sk_buff *msg, struct genl_info *info,
		       const struct cvs_neigh_key *key, const struct cvs_neigh_filter *filter)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);
	struct cvs_switch *sw = cvs_genl_switch(info);
	const struct cvs_neigh *neigh;
	int err = -ENOENT;

	rcu_read_lock();
	neigh = cvs_neigh_find(&sw->neighs, key);
	if (neigh && cvs_neigh_match(filter, neigh))
		err = fill_neigh(msg, sw, neigh, &hdr);
	rcu_read_unlock();

	if (err) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_NEIGH_IP],
				    "No such neighbour");
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

int cvswitch_nl_neigh_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_neigh_filter filter = everything;
	struct cvs_neigh_key key;
	struct sk_buff *msg;
	int err;

	err = get_key(info, &key) ?: get_filter(info, &filter);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply_neigh(msg, info, &key, &filter) : -ENOMEM;
}

static int dump_neighs(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		       const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_NEIGH_GET);
	struct nlattr **attrs = cvs_dump_attrs(cb);
	struct cvs_neigh_filter filter = everything;
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_neigh *neigh;
	int err = 0;

	parse_filter(attrs, &filter);
	filter.owner = cvs_genl_dump_owner(attrs, sw, CVSWITCH_A_NEIGH_PORT,
					   CVSWITCH_A_NEIGH_REMOTE);
	if (IS_ERR(filter.owner))
		return 0;
	rcu_read_lock();
	while (!err && (neigh = cvs_neigh_walk(&sw->neighs, &at->id, &filter))) {
		err = IS_ERR(neigh) ? PTR_ERR(neigh) : fill_neigh(msg, sw, neigh, &hdr);
		if (!err)
			at->id++;
	}
	rcu_read_unlock();
	return err;
}

int cvswitch_nl_neigh_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->neigh_seq,
				      dump_neighs, NULL);
}

/* What a static neighbour needs: an address of one host each, of either kind. */
static int check_addresses(struct genl_info *info, const struct cvs_neigh_key *key)
{
	const struct nlattr *mac = info->attrs[CVSWITCH_A_NEIGH_MAC];

	if (!cvs_neigh_is_address(&key->ip)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_NEIGH_IP],
				    "A neighbour's IP address is that of one host");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_NEIGH_MAC)) {
		NL_SET_ERR_MSG(info->extack, "MAC address missing");
		return -EINVAL;
	}
	if (!is_valid_ether_addr(nla_data(mac))) {
		NL_SET_ERR_MSG_ATTR(info->extack, mac, "Address is a group address or zero");
		return -EINVAL;
	}
	return 0;
}

static bool flag(const struct genl_info *info, int attrtype)
{
	return info->attrs[attrtype] && nla_get_u32(info->attrs[attrtype]);
}

int cvswitch_nl_neigh_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *vlan = info->attrs[CVSWITCH_A_NEIGH_VLAN];
	struct cvs_neigh_key key;
	struct sk_buff *msg;
	int err;

	err = get_key(info, &key) ?: check_addresses(info, &key);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = cvs_neigh_request_add(cvs_genl_switch(info), &key,
				    cvs_mac_from(nla_data(info->attrs[CVSWITCH_A_NEIGH_MAC])),
				    flag(info, CVSWITCH_A_NEIGH_ROUTER),
				    flag(info, CVSWITCH_A_NEIGH_REPLACE), info->extack);
	if (err) {
		NL_SET_BAD_ATTR(info->extack, err == -EINVAL && vlan ?
				vlan : info->attrs[CVSWITCH_A_NEIGH_IP]);
		nlmsg_free(msg);
		return err;
	}
	return reply_neigh(msg, info, &key, &everything);
}

int cvswitch_nl_neigh_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_neigh_key key;
	int err;

	err = get_key(info, &key);
	if (err)
		return err;
	err = cvs_neigh_request_del(cvs_genl_switch(info), &key, info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_NEIGH_IP]);
	return err;
}

int cvswitch_nl_neigh_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_NEIGH_FLUSH);
	struct cvs_neigh_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED),
	};
	struct sk_buff *msg;
	void *head;
	int err;

	err = cvs_genl_need_switch(info) ?: get_filter(info, &filter);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	head = cvs_genl_put_hdr(msg, &hdr);
	nla_put_u32(msg, CVSWITCH_A_NEIGH_COUNT,
		    cvs_neigh_flush(&cvs_genl_switch(info)->neighs, &filter));
	genlmsg_end(msg, head);
	return genlmsg_reply(msg, info);
}
