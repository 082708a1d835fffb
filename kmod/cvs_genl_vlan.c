// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/rtnetlink.h>

#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_vlan.h"

static int fill_vlan(struct sk_buff *msg, const struct cvs_port *port, u16 vid,
		     const struct cvs_genl_hdr *hdr)
{
	const struct cvs_vlan_set *set = rtnl_dereference(port->vlans);
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;

	if (nla_put_u32(msg, CVSWITCH_A_VLAN_SWITCH, port->sw->dev->ifindex) ||
	    nla_put_u32(msg, CVSWITCH_A_VLAN_PORT, port->dev->ifindex) ||
	    nla_put_u32(msg, CVSWITCH_A_VLAN_VID, vid) ||
	    nla_put_u32(msg, CVSWITCH_A_VLAN_PVID, vid == set->pvid) ||
	    nla_put_u32(msg, CVSWITCH_A_VLAN_UNTAGGED, test_bit(vid, set->untagged))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

static void fill_event(struct sk_buff *msg, const struct cvs_port *port, u8 cmd, u16 first,
		       u16 last, bool pvid, bool untagged)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	void *head;

	head = cvs_genl_put_hdr(msg, &hdr);
	/* A new message has room for this. */
	nla_put_u32(msg, CVSWITCH_A_VLAN_SWITCH, port->sw->dev->ifindex);
	nla_put_u32(msg, CVSWITCH_A_VLAN_PORT, port->dev->ifindex);
	nla_put_u32(msg, CVSWITCH_A_VLAN_VID, first);
	nla_put_u32(msg, CVSWITCH_A_VLAN_VID_END, last);
	if (cmd == CVSWITCH_CMD_VLAN_ADD_NTF) {
		nla_put_u32(msg, CVSWITCH_A_VLAN_PVID, pvid);
		nla_put_u32(msg, CVSWITCH_A_VLAN_UNTAGGED, untagged);
	}
	genlmsg_end(msg, head);
}

void cvs_event_vlan(const struct cvs_port *port, u8 cmd, u16 first, u16 last,
		    bool pvid, bool untagged)
{
	struct sk_buff *msg;

	if (!cvs_genl_listening(port->sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_event(msg, port, cmd, first, last, pvid, untagged);
	cvs_genl_notify(port->sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static u32 get_or(const struct nlattr *attr, u32 otherwise)
{
	return attr ? nla_get_u32(attr) : otherwise;
}

/* The port and the VLAN that a request is about. Return: the port or an error. */
static struct cvs_port *parse_member(struct genl_info *info, u16 *vid)
{
	struct cvs_port *port = cvs_genl_port(info, CVSWITCH_A_VLAN_PORT);

	if (IS_ERR(port))
		return port;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_VLAN_VID)) {
		NL_SET_ERR_MSG(info->extack, "VLAN missing");
		return ERR_PTR(-EINVAL);
	}
	*vid = nla_get_u32(info->attrs[CVSWITCH_A_VLAN_VID]);
	return port;
}

int cvswitch_nl_vlan_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_VLAN_GET);
	struct cvs_port *port;
	struct sk_buff *msg;
	u16 vid;

	port = parse_member(info, &vid);
	if (IS_ERR(port))
		return PTR_ERR(port);
	if (!cvs_vlan_is_member(rtnl_dereference(port->vlans), vid)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_VLAN_VID],
				    "Port is not a member of this VLAN");
		return -ENOENT;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	fill_vlan(msg, port, vid, &hdr);
	return genlmsg_reply(msg, info);
}

static int dump_vlan(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_port *port)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_VLAN_GET);
	const struct nlattr *attr = cvs_dump_attrs(cb)[CVSWITCH_A_VLAN_VID];
	const struct cvs_vlan_set *set = rtnl_dereference(port->vlans);
	struct cvs_dump *at = cvs_dump(cb);
	int err;

	for (at->id = find_next_bit(set->member, VLAN_N_VID, at->id);
	     at->id < VLAN_N_VID;
	     at->id = find_next_bit(set->member, VLAN_N_VID, at->id + 1)) {
		if (attr && nla_get_u32(attr) != at->id)
			continue;
		err = fill_vlan(msg, port, at->id, &hdr);
		if (err)
			return err;
	}
	return 0;
}

int cvswitch_nl_vlan_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_ports(skb, cb, CVSWITCH_A_VLAN_PORT, dump_vlan);
}

/* Point at what a refused request says wrong. Return: @err. */
static int blame(struct genl_info *info, int err)
{
	u32 first = nla_get_u32(info->attrs[CVSWITCH_A_VLAN_VID]);
	u32 last = get_or(info->attrs[CVSWITCH_A_VLAN_VID_END], first);
	int attrtype = CVSWITCH_A_VLAN_VID;

	if (last < first)
		attrtype = CVSWITCH_A_VLAN_VID_END;
	else if (last > first && err == -EINVAL)
		attrtype = CVSWITCH_A_VLAN_PVID;
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[attrtype]);
	return err;
}

int cvswitch_nl_vlan_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port *port;
	u16 first, last;

	port = parse_member(info, &first);
	if (IS_ERR(port))
		return PTR_ERR(port);
	last = get_or(info->attrs[CVSWITCH_A_VLAN_VID_END], first);
	return blame(info, cvs_port_vlan_add(port, first, last,
					     get_or(info->attrs[CVSWITCH_A_VLAN_PVID], 0),
					     get_or(info->attrs[CVSWITCH_A_VLAN_UNTAGGED], 0),
					     info->extack));
}

int cvswitch_nl_vlan_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port *port;
	u16 first, last;

	port = parse_member(info, &first);
	if (IS_ERR(port))
		return PTR_ERR(port);
	last = get_or(info->attrs[CVSWITCH_A_VLAN_VID_END], first);
	return blame(info, cvs_port_vlan_del(port, first, last, info->extack));
}
