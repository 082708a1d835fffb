// SPDX-License-Identifier: GPL-2.0
/* Counters, and drops as they happen. */
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <linux/timekeeping.h>
#include <net/sock.h>

#include "cvs_drop.h"
#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

static int put_u64(struct sk_buff *msg, int attrtype, u64 value)
{
	return nla_put_u64_64bit(msg, attrtype, value, CVSWITCH_A_STATS_PAD);
}

static int put_drop(struct sk_buff *msg, enum cvswitch_drop_reason reason, u64 frames)
{
	struct nlattr *nest = nla_nest_start(msg, CVSWITCH_A_STATS_DROP);

	if (!nest ||
	    nla_put_u32(msg, CVSWITCH_A_DROP_COUNT_REASON, reason) ||
	    nla_put_u64_64bit(msg, CVSWITCH_A_DROP_COUNT_FRAMES, frames,
			      CVSWITCH_A_DROP_COUNT_PAD))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int put_counters(struct sk_buff *msg, const struct cvs_stats_sum *sum)
{
	static const struct {
		int attrtype;
		enum cvs_counter counter;
	} map[] = {
		{ CVSWITCH_A_STATS_RX_FRAMES, CVS_RX_FRAMES },
		{ CVSWITCH_A_STATS_RX_BYTES, CVS_RX_BYTES },
		{ CVSWITCH_A_STATS_TX_SHORT_FRAMES, CVS_TX_SHORT_FRAMES },
		{ CVSWITCH_A_STATS_RX_FLOODED, CVS_RX_FLOODED },
		{ CVSWITCH_A_STATS_COPIES, CVS_COPIES },
		{ CVSWITCH_A_STATS_RX_GSO_FRAMES, CVS_RX_GSO_FRAMES },
		{ CVSWITCH_A_STATS_RX_BIG_FRAMES, CVS_RX_BIG_FRAMES },
		{ CVSWITCH_A_STATS_LEARN_REFUSED, CVS_LEARN_REFUSED },
		{ CVSWITCH_A_STATS_NEIGH_ANSWERED, CVS_NEIGH_ANSWERED },
		{ CVSWITCH_A_STATS_NEIGH_REFUSED, CVS_NEIGH_REFUSED },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (put_u64(msg, map[i].attrtype, sum->n[map[i].counter]))
			return -EMSGSIZE;
	if (put_u64(msg, CVSWITCH_A_STATS_TX_FRAMES,
		    sum->n[CVS_TX_QUEUED_FRAMES] + sum->n[CVS_TX_SHORT_FRAMES]) ||
	    put_u64(msg, CVSWITCH_A_STATS_TX_BYTES,
		    sum->n[CVS_TX_QUEUED_BYTES] + sum->n[CVS_TX_SHORT_BYTES]) ||
	    put_u64(msg, CVSWITCH_A_STATS_DROPS, cvs_stats_sum_drops(sum)))
		return -EMSGSIZE;
	for (i = 0; i < CVS_DROP_REASONS; i++)
		if (sum->drops[i] && put_drop(msg, i, sum->drops[i]))
			return -EMSGSIZE;
	return 0;
}

/* @port: NULL for the totals */
static int fill_stats(struct sk_buff *msg, const struct cvs_switch *sw, const struct cvs_port *port,
		      const struct cvs_stats_sum *sum, const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_STATS_SWITCH, sw->dev->ifindex) ||
	    (port && cvs_genl_put_port(msg, port, CVSWITCH_A_STATS_PORT,
				       CVSWITCH_A_STATS_TUNNEL)) ||
	    put_counters(msg, sum)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

static bool wants_tunnel(struct nlattr **attrs)
{
	return attrs[CVSWITCH_A_STATS_TUNNEL] && nla_get_u32(attrs[CVSWITCH_A_STATS_TUNNEL]);
}

int cvswitch_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, CVSWITCH_CMD_STATS_GET);
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_stats_sum sum = {};
	struct cvs_port *port = NULL;
	struct sk_buff *msg;

	if (wants_tunnel(info->attrs)) {
		struct cvs_tunnel *tunnel = cvs_genl_tunnel(info);

		if (IS_ERR(tunnel))
			return PTR_ERR(tunnel);
		port = tunnel->port;
		cvs_stats_sum_add(&sum, port->stats);
	} else if (info->attrs[CVSWITCH_A_STATS_PORT]) {
		port = cvs_genl_port(info, CVSWITCH_A_STATS_PORT);
		if (IS_ERR(port))
			return PTR_ERR(port);
		sw = port->sw;
		cvs_stats_sum_add(&sum, port->stats);
	} else {
		if (cvs_genl_need_switch(info))
			return -EINVAL;
		cvs_switch_sum(sw, &sum);
	}

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	fill_stats(msg, sw, port, &sum, &hdr);
	return genlmsg_reply(msg, info);
}

static int dump_stats(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_port *port)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_STATS_GET);
	struct cvs_stats_sum sum = {};

	cvs_stats_sum_add(&sum, port->stats);
	return fill_stats(msg, port->sw, port, &sum, &hdr);
}

/* Ports, and behind them the tunnel. */
static int dump_switch_stats(struct sk_buff *msg, struct netlink_callback *cb,
			     struct cvs_switch *sw, const void *arg)
{
	static const struct cvs_dump_ports ports = { CVSWITCH_A_STATS_PORT, dump_stats };
	struct nlattr **attrs = cvs_dump_attrs(cb);
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	int err;

	if (!wants_tunnel(attrs)) {
		err = cvs_genl_dump_ports_of(msg, cb, sw, &ports);
		if (err || attrs[CVSWITCH_A_STATS_PORT])
			return err;
	}
	if (!tunnel)
		return 0;
	cvs_dump(cb)->port_idx = UINT_MAX;
	return dump_stats(msg, cb, tunnel->port);
}

int cvswitch_nl_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->config_seq,
				      dump_switch_stats, NULL);
}

static void fill_drop(struct sk_buff *msg, const struct cvs_port *port,
		      const struct cvs_key *key, unsigned int ethertype, unsigned int len,
		      enum cvswitch_drop_reason reason, u32 lost)
{
	const struct cvs_genl_hdr hdr = { .cmd = CVSWITCH_CMD_DROP_NTF };
	u8 addr[ETH_ALEN];
	void *head;

	head = cvs_genl_put_hdr(msg, &hdr);
	/* A new message has room for this. */
	nla_put_u32(msg, CVSWITCH_A_DROP_SWITCH, port->sw->dev->ifindex);
	cvs_genl_put_port(msg, port, CVSWITCH_A_DROP_PORT, CVSWITCH_A_DROP_TUNNEL);
	nla_put_u32(msg, CVSWITCH_A_DROP_REASON, reason);
	cvs_mac_store(addr, key->src);
	nla_put(msg, CVSWITCH_A_DROP_SOURCE, ETH_ALEN, addr);
	cvs_mac_store(addr, key->dst);
	nla_put(msg, CVSWITCH_A_DROP_DESTINATION, ETH_ALEN, addr);
	nla_put_u32(msg, CVSWITCH_A_DROP_ETHERTYPE, ethertype);
	nla_put_u32(msg, CVSWITCH_A_DROP_VLAN, key->vid);
	nla_put_u32(msg, CVSWITCH_A_DROP_LENGTH, len);
	nla_put_u32(msg, CVSWITCH_A_DROP_LOST, lost);
	genlmsg_end(msg, head);
}

void cvs_event_drop(struct cvs_port *port, const struct cvs_key *key,
		    unsigned int ethertype, unsigned int len,
		    enum cvswitch_drop_reason reason)
{
	struct cvs_switch *sw = port->sw;
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_DROPS))
		return;
	if (!cvs_limit_pass(&sw->drop_limit, ktime_get_mono_fast_ns())) {
		atomic_inc(&sw->drops_lost);
		return;
	}
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (msg)
		fill_drop(msg, port, key, ethertype, len, reason,
			  atomic_xchg(&sw->drops_lost, 0));
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_DROPS, GFP_ATOMIC);
}
