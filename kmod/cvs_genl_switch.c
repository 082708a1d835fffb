// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_rtnl.h"
#include "cvs_switch.h"

static u32 neigh_count(const struct cvs_neigh_table *table)
{
	return READ_ONCE(table->count[CVSWITCH_NEIGH_KIND_LEARNED]) +
	       READ_ONCE(table->count[CVSWITCH_NEIGH_KIND_STATIC]);
}

static int fill_switch(struct sk_buff *msg, const struct cvs_switch *sw,
		       const struct cvs_genl_hdr *hdr)
{
	struct cvs_switch_config config;
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;

	cvs_switch_get_config(sw, &config);
	if (nla_put_u32(msg, CVSWITCH_A_SWITCH_IFINDEX, sw->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_SWITCH_NAME, sw->dev->name) ||
	    nla_put(msg, CVSWITCH_A_SWITCH_ADDRESS, ETH_ALEN, sw->dev->dev_addr) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_AGEING_TIME, config.ageing_time) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_VLAN_AWARE, config.vlan_aware) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_SHORT_PATH,
			config.short_path ? CVSWITCH_SHORT_PATH_AUTO :
					    CVSWITCH_SHORT_PATH_OFF) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_FDB_MAX, config.fdb_max) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_FDB_COUNT, READ_ONCE(sw->fdb.count)) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_PORT_COUNT, sw->port_count) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_MTU, READ_ONCE(sw->dev->mtu)) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_UP, netif_running(sw->dev)) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_OFFERED_MTU, READ_ONCE(sw->offered_mtu)) ||
	    cvs_rtnl_put_rest(msg, &config) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_COUNT, neigh_count(&sw->neighs))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_switch(const struct cvs_switch *sw, u8 cmd)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_switch(msg, sw, &hdr);
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_switch *sw, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_switch(msg, sw, &hdr);
	return genlmsg_reply(msg, info);
}

int cvswitch_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *msg;

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, cvs_genl_switch(info), info) : -ENOMEM;
}

static int dump_switch(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		       const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_SWITCH_GET);

	return fill_switch(msg, sw, &hdr);
}

int cvswitch_nl_switch_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->config_seq,
				      dump_switch, NULL);
}

static int check_address(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_SWITCH_ADDRESS];

	if (attr && !is_valid_ether_addr(nla_data(attr))) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "Address is a group address or zero");
		return -EADDRNOTAVAIL;
	}
	return 0;
}

static int check_name(struct genl_info *info, const char *name)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_SWITCH_NAME];

	if (!dev_valid_name(name) || strchr(name, '%')) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "Not a name for a device");
		return -EINVAL;
	}
	if (netdev_name_in_use(genl_info_net(info), name)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "A device of this name exists");
		return -EEXIST;
	}
	return 0;
}

int cvswitch_nl_switch_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_switch_config config = cvs_switch_config_default;
	const struct nlattr *addr = info->attrs[CVSWITCH_A_SWITCH_ADDRESS];
	struct net_device *dev;
	char name[IFNAMSIZ];
	struct sk_buff *msg;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_SWITCH_NAME)) {
		NL_SET_ERR_MSG(info->extack, "Name missing");
		return -EINVAL;
	}
	nla_strscpy(name, info->attrs[CVSWITCH_A_SWITCH_NAME], sizeof(name));
	err = check_name(info, name) ?: check_address(info);
	if (err)
		return err;
	cvs_rtnl_parse(info->attrs, &config);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	dev = cvs_rtnl_create(genl_info_net(info), name, addr ? nla_data(addr) : NULL,
			      &config, info->extack);
	if (IS_ERR(dev)) {
		nlmsg_free(msg);
		return PTR_ERR(dev);
	}
	return reply(msg, netdev_priv(dev), info);
}

static bool has_settings(const struct genl_info *info)
{
	static const int settings[] = {
		CVSWITCH_A_SWITCH_ADDRESS,
		CVSWITCH_A_SWITCH_AGEING_TIME,
		CVSWITCH_A_SWITCH_VLAN_AWARE,
		CVSWITCH_A_SWITCH_SHORT_PATH,
		CVSWITCH_A_SWITCH_FDB_MAX,
		CVSWITCH_A_SWITCH_NEIGH_SUPPRESS,
		CVSWITCH_A_SWITCH_NEIGH_LEARNING,
		CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME,
		CVSWITCH_A_SWITCH_NEIGH_MAX,
		CVSWITCH_A_SWITCH_NEIGH_PORT_MAX,
		CVSWITCH_A_SWITCH_POLICY,
		CVSWITCH_A_SWITCH_ACL_BUDGET,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (info->attrs[settings[i]])
			return true;
	return false;
}

int cvswitch_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_switch_config config;
	struct sk_buff *msg;
	int err;

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	if (!has_settings(info)) {
		NL_SET_ERR_MSG(info->extack, "No settings given");
		return -EINVAL;
	}
	err = check_address(info);
	if (err)
		return err;
	cvs_switch_get_config(sw, &config);
	cvs_rtnl_parse(info->attrs, &config);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	/* What can fail comes first. */
	if (info->attrs[CVSWITCH_A_SWITCH_ADDRESS]) {
		err = cvs_switch_set_address(sw,
					     nla_data(info->attrs[CVSWITCH_A_SWITCH_ADDRESS]),
					     info->extack);
		if (err) {
			nlmsg_free(msg);
			return err;
		}
	}
	cvs_switch_set_config(sw, &config);
	cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
	return reply(msg, sw, info);
}

int cvswitch_nl_switch_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_switch *sw = cvs_genl_switch(info);
	LIST_HEAD(list);

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	cvs_rtnl_delete(sw->dev, &list);
	unregister_netdevice_many(&list);
	return 0;
}
