// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_remote.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

static int put_counters(struct sk_buff *msg, const struct cvs_remote *remote)
{
	static const int map[] = {
		[CVS_REMOTE_RX_FRAMES] = CVSWITCH_A_REMOTE_RX_FRAMES,
		[CVS_REMOTE_RX_BYTES] = CVSWITCH_A_REMOTE_RX_BYTES,
		[CVS_REMOTE_TX_FRAMES] = CVSWITCH_A_REMOTE_TX_FRAMES,
		[CVS_REMOTE_TX_BYTES] = CVSWITCH_A_REMOTE_TX_BYTES,
		[CVS_REMOTE_DROPS] = CVSWITCH_A_REMOTE_DROPS,
	};
	u64 sum[CVS_REMOTE_COUNTERS];
	int i;

	static_assert(ARRAY_SIZE(map) == CVS_REMOTE_COUNTERS);
	cvs_remote_sum(remote, sum);
	for (i = 0; i < CVS_REMOTE_COUNTERS; i++)
		if (nla_put_u64_64bit(msg, map[i], sum[i], CVSWITCH_A_REMOTE_PAD))
			return -EMSGSIZE;
	return 0;
}

static int fill_remote(struct sk_buff *msg, const struct cvs_remote *remote,
		       const struct cvs_genl_hdr *hdr)
{
	struct cvs_remote_config config;
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	cvs_remote_get_config(remote, &config);
	if (nla_put_u32(msg, CVSWITCH_A_REMOTE_SWITCH, remote->tunnel->sw->dev->ifindex) ||
	    cvs_genl_put_vtep(msg, CVSWITCH_A_REMOTE_ADDRESS, &remote->addr) ||
	    nla_put_u32(msg, CVSWITCH_A_REMOTE_FLOOD, config.flood) ||
	    nla_put_u32(msg, CVSWITCH_A_REMOTE_FDB_MAX, config.fdb_max) ||
	    nla_put_u32(msg, CVSWITCH_A_REMOTE_FDB_COUNT, READ_ONCE(remote->fdb.count)) ||
	    put_counters(msg, remote)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_remote(const struct cvs_remote *remote, u8 cmd)
{
	const struct cvs_switch *sw = remote->tunnel->sw;
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_remote(msg, remote, &hdr);
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_remote *remote, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_remote(msg, remote, &hdr);
	return genlmsg_reply(msg, info);
}

/* The address that a request names. */
static const struct nlattr *need_address(struct genl_info *info)
{
	if (cvs_genl_need_switch(info))
		return NULL;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_REMOTE_ADDRESS)) {
		NL_SET_ERR_MSG(info->extack, "Remote's address missing");
		return NULL;
	}
	return info->attrs[CVSWITCH_A_REMOTE_ADDRESS];
}

static struct cvs_remote *get_remote(struct genl_info *info)
{
	const struct nlattr *attr = need_address(info);

	return attr ? cvs_genl_remote(cvs_genl_switch(info), attr, info->extack) :
		      ERR_PTR(-EINVAL);
}

int cvswitch_nl_remote_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_remote *remote = get_remote(info);
	struct sk_buff *msg;

	if (IS_ERR(remote))
		return PTR_ERR(remote);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, remote, info) : -ENOMEM;
}

static int dump_remotes(struct sk_buff *msg, struct netlink_callback *cb,
			struct cvs_switch *sw, const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_REMOTE_GET);
	struct nlattr *attr = cvs_dump_attrs(cb)[CVSWITCH_A_REMOTE_ADDRESS];
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	struct cvs_dump *at = cvs_dump(cb);
	struct cvs_remote *remote, *only;
	int err;

	if (!tunnel)
		return 0;
	only = attr ? cvs_genl_remote(sw, attr, NULL) : NULL;
	if (IS_ERR(only))
		return 0;
	xa_for_each_start(&tunnel->ids, at->id, remote, at->id) {
		if (only && remote != only)
			continue;
		err = fill_remote(msg, remote, &hdr);
		if (err)
			return err;
	}
	return 0;
}

int cvswitch_nl_remote_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->config_seq,
				      dump_remotes, NULL);
}

/* Return: whether there was a setting. */
static bool parse(struct nlattr **attrs, struct cvs_remote_config *config)
{
	if (attrs[CVSWITCH_A_REMOTE_FLOOD])
		config->flood = nla_get_u32(attrs[CVSWITCH_A_REMOTE_FLOOD]);
	if (attrs[CVSWITCH_A_REMOTE_FDB_MAX])
		config->fdb_max = nla_get_u32(attrs[CVSWITCH_A_REMOTE_FDB_MAX]);
	return attrs[CVSWITCH_A_REMOTE_FLOOD] || attrs[CVSWITCH_A_REMOTE_FDB_MAX];
}

int cvswitch_nl_remote_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_remote_config config = { .flood = true };
	const struct nlattr *attr = need_address(info);
	struct cvs_tunnel *tunnel;
	struct cvs_remote *remote;
	struct in6_addr addr;
	struct sk_buff *msg;

	if (!attr || cvs_genl_get_vtep(&addr, attr, info->extack))
		return -EINVAL;
	tunnel = cvs_genl_tunnel(info);
	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	parse(info->attrs, &config);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	remote = cvs_remote_add(tunnel, &addr, &config, info->extack);
	if (IS_ERR(remote)) {
		NL_SET_BAD_ATTR(info->extack, attr);
		nlmsg_free(msg);
		return PTR_ERR(remote);
	}
	return reply(msg, remote, info);
}

int cvswitch_nl_remote_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_remote *remote = get_remote(info);
	struct cvs_remote_config config;
	struct sk_buff *msg;

	if (IS_ERR(remote))
		return PTR_ERR(remote);
	cvs_remote_get_config(remote, &config);
	if (!parse(info->attrs, &config)) {
		NL_SET_ERR_MSG(info->extack, "No settings given");
		return -EINVAL;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	cvs_remote_set_config(remote, &config);
	return reply(msg, remote, info);
}

int cvswitch_nl_remote_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_remote *remote = get_remote(info);

	if (IS_ERR(remote))
		return PTR_ERR(remote);
	cvs_remote_del(remote);
	return 0;
}

int cvswitch_nl_remote_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_REMOTE_FLUSH);
	struct cvs_tunnel *tunnel = cvs_genl_tunnel(info);
	struct sk_buff *msg;
	void *head;

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	head = cvs_genl_put_hdr(msg, &hdr);
	nla_put_u32(msg, CVSWITCH_A_REMOTE_COUNT, cvs_remote_del_all(tunnel));
	genlmsg_end(msg, head);
	return genlmsg_reply(msg, info);
}
