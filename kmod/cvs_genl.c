// SPDX-License-Identifier: GPL-2.0
/*
 * The family. RTNL is taken before a request's handler and released behind
 * it, so handlers neither lock nor look their switch up, but those few of
 * locks_itself(). Dumps take it for each of their parts.
 */
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"
#include "cvs_vtep.h"

/* Every attribute set has its switch's ifindex in the same place. */
#define SWITCH_ATTR	1
static_assert(CVSWITCH_A_SWITCH_IFINDEX == SWITCH_ATTR);
static_assert(CVSWITCH_A_PORT_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_VLAN_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_FDB_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_STATS_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_TUNNEL_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_REMOTE_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_VNI_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_NEIGH_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_PROFILE_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_ACL_SWITCH == SWITCH_ATTR);
static_assert(CVSWITCH_A_GROUP_SWITCH == SWITCH_ATTR);

/**
 * cvs_genl_lock() - take RTNL for a request, and find its switch
 * @info: the request
 *
 * Return: 0, and RTNL is held; or an error, and it isn't.
 */
int cvs_genl_lock(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[SWITCH_ATTR];
	struct cvs_switch *sw = NULL;

	rtnl_lock();
	if (attr) {
		sw = cvs_switch_get(genl_info_net(info), nla_get_u32(attr), info->extack);
		if (IS_ERR(sw)) {
			NL_SET_BAD_ATTR(info->extack, attr);
			rtnl_unlock();
			return PTR_ERR(sw);
		}
	}
	info->user_ptr[0] = sw;
	return 0;
}

/* A request that has much to prepare takes RTNL itself, and not while it does so. */
static bool locks_itself(const struct genl_info *info)
{
	switch (info->genlhdr->cmd) {
	case CVSWITCH_CMD_PROFILE_LOAD:
	case CVSWITCH_CMD_RULE_ADD:
	case CVSWITCH_CMD_RULE_DEL:
		return true;
	}
	return false;
}

static int pre_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		    struct genl_info *info)
{
	return locks_itself(info) ? 0 : cvs_genl_lock(info);
}

static void post_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		      struct genl_info *info)
{
	if (!locks_itself(info))
		rtnl_unlock();
}

static const struct genl_multicast_group groups[] = {
	[CVSWITCH_NLGRP_CONFIG] = { .name = CVSWITCH_MCGRP_CONFIG },
	[CVSWITCH_NLGRP_FDB] = { .name = CVSWITCH_MCGRP_FDB },
	[CVSWITCH_NLGRP_DROPS] = { .name = CVSWITCH_MCGRP_DROPS },
	/* It has what containers say to each other. */
	[CVSWITCH_NLGRP_ACL] = {
		.name = CVSWITCH_MCGRP_ACL,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

struct genl_family cvs_genl_family __ro_after_init = {
	.name = CVSWITCH_GENL_NAME,
	.version = CVSWITCH_GENL_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.pre_doit = pre_doit,
	.post_doit = post_doit,
	.ops = cvswitch_nl_ops,
	.n_ops = ARRAY_SIZE(cvswitch_nl_ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};

int __init cvs_genl_init(void)
{
	return genl_register_family(&cvs_genl_family);
}

void cvs_genl_exit(void)
{
	genl_unregister_family(&cvs_genl_family);
}

/* Return: the header, or NULL if it doesn't fit. */
void *cvs_genl_put_hdr(struct sk_buff *msg, const struct cvs_genl_hdr *hdr)
{
	void *head = genlmsg_put(msg, hdr->portid, hdr->seq, &cvs_genl_family,
				 hdr->flags, hdr->cmd);

	if (head && hdr->cb)
		genl_dump_check_consistent(hdr->cb, head);
	return head;
}

struct cvs_genl_hdr cvs_genl_reply_hdr(const struct genl_info *info, u8 cmd)
{
	return (struct cvs_genl_hdr) {
		.portid = info->snd_portid,
		.seq = info->snd_seq,
		.cmd = cmd,
	};
}

struct cvs_genl_hdr cvs_genl_dump_hdr(struct netlink_callback *cb, u8 cmd)
{
	return (struct cvs_genl_hdr) {
		.portid = NETLINK_CB(cb->skb).portid,
		.seq = cb->nlh->nlmsg_seq,
		.flags = NLM_F_MULTI,
		.cmd = cmd,
		.cb = cb,
	};
}

/* Return: 0, or -EINVAL if the request names no switch. */
int cvs_genl_need_switch(struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, SWITCH_ATTR)) {
		NL_SET_ERR_MSG(info->extack, "Switch missing");
		return -EINVAL;
	}
	return 0;
}

/**
 * cvs_genl_port() - the port that a request names
 * @info: the request
 * @attrtype: the attribute that names it
 *
 * A request that names a switch, too, has to name the port's.
 *
 * Context: RTNL.
 * Return: the port, -EINVAL or -ENODEV.
 */
struct cvs_port *cvs_genl_port(struct genl_info *info, int attrtype)
{
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct net_device *dev;
	struct cvs_port *port;

	if (GENL_REQ_ATTR_CHECK(info, attrtype)) {
		NL_SET_ERR_MSG(info->extack, "Port missing");
		return ERR_PTR(-EINVAL);
	}
	if (sw) {
		port = cvs_switch_port(sw, nla_get_u32(info->attrs[attrtype]), info->extack);
	} else {
		dev = __dev_get_by_index(genl_info_net(info),
					 nla_get_u32(info->attrs[attrtype]));
		port = dev ? cvs_port_of(dev) : ERR_PTR(-ENODEV);
		if (!dev)
			NL_SET_ERR_MSG(info->extack, "No such device");
		else if (!port)
			NL_SET_ERR_MSG(info->extack, "Device is not a port of a cvswitch");
		port = port ?: ERR_PTR(-EINVAL);
	}
	if (IS_ERR(port))
		NL_SET_BAD_ATTR(info->extack, info->attrs[attrtype]);
	return port;
}

/* Name a port in a message: by its device, or as the tunnel. */
int cvs_genl_put_port(struct sk_buff *msg, const struct cvs_port *port, int port_attr,
		      int tunnel_attr)
{
	if (test_bit(CVS_PORT_TUNNEL, &port->flags))
		return nla_put_u32(msg, tunnel_attr, 1);
	return nla_put_u32(msg, port_attr, port->dev->ifindex);
}

int cvs_genl_put_vtep(struct sk_buff *msg, int attrtype, const struct in6_addr *addr)
{
	u8 data[sizeof(*addr)];

	return nla_put(msg, attrtype, cvs_vtep_store(data, addr), data);
}

/* Return: 0 or -EINVAL for something that is no address. */
int cvs_genl_get_vtep(struct in6_addr *addr, const struct nlattr *attr,
		      struct netlink_ext_ack *extack)
{
	int err = cvs_vtep_load(addr, nla_data(attr), nla_len(attr));

	if (err)
		NL_SET_ERR_MSG_ATTR(extack, attr, "Not an IPv4 or IPv6 address");
	return err;
}

/**
 * cvs_genl_tunnel() - the tunnel of the switch that a request names
 * @info: the request
 *
 * Context: RTNL.
 * Return: the tunnel, -ENOENT or -EINVAL.
 */
struct cvs_tunnel *cvs_genl_tunnel(struct genl_info *info)
{
	struct cvs_tunnel *tunnel;

	if (cvs_genl_need_switch(info))
		return ERR_PTR(-EINVAL);
	tunnel = cvs_tunnel_get(cvs_genl_switch(info), info->extack);
	if (IS_ERR(tunnel))
		NL_SET_BAD_ATTR(info->extack, info->attrs[SWITCH_ATTR]);
	return tunnel;
}

/**
 * cvs_genl_remote() - the remote that a request names
 * @sw: its switch
 * @attr: its address
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: the remote, -ENOENT or -EINVAL.
 */
struct cvs_remote *cvs_genl_remote(struct cvs_switch *sw, const struct nlattr *attr,
				   struct netlink_ext_ack *extack)
{
	struct cvs_tunnel *tunnel;
	struct cvs_remote *remote;
	struct in6_addr addr;
	int err;

	err = cvs_genl_get_vtep(&addr, attr, extack);
	if (err)
		return ERR_PTR(err);
	tunnel = cvs_tunnel_get(sw, extack);
	remote = IS_ERR(tunnel) ? ERR_CAST(tunnel) : cvs_remote_get(tunnel, &addr, extack);
	if (IS_ERR(remote))
		NL_SET_BAD_ATTR(extack, attr);
	return remote;
}

/* Where something is: at a port, or behind a remote. */
int cvs_genl_put_owner(struct sk_buff *msg, struct cvs_fdb_owner *owner, int port_attr,
		       int remote_attr)
{
	const struct cvs_port *port = cvs_port_of_owner(owner);

	if (test_bit(CVS_PORT_TUNNEL, &port->flags))
		return cvs_genl_put_vtep(msg, remote_attr, &cvs_remote_of_owner(owner)->addr);
	return nla_put_u32(msg, port_attr, port->dev->ifindex);
}

/**
 * cvs_genl_owner() - the port or the remote that a request names; one of the two
 * @info: the request
 * @port_attr: the attribute that names a port
 * @remote_attr: and a remote
 *
 * Context: RTNL.
 * Return: what the FDB keeps of it; -EINVAL, -ENODEV or -ENOENT.
 */
struct cvs_fdb_owner *cvs_genl_owner(struct genl_info *info, int port_attr, int remote_attr)
{
	const struct nlattr *attr = info->attrs[remote_attr];
	struct cvs_remote *remote;
	struct cvs_port *port;

	if (!attr) {
		port = cvs_genl_port(info, port_attr);
		return IS_ERR(port) ? ERR_CAST(port) : &port->fdb;
	}
	if (info->attrs[port_attr]) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "An address is at a port or behind a remote, not both");
		return ERR_PTR(-EINVAL);
	}
	remote = cvs_genl_remote(cvs_genl_switch(info), attr, info->extack);
	return IS_ERR(remote) ? ERR_CAST(remote) : &remote->fdb;
}

/**
 * cvs_genl_dump_owner() - the port or the remote that a filter asks for
 * @attrs: of the filter
 * @sw: the switch
 * @port_attr: the attribute that names a port
 * @remote_attr: and a remote
 *
 * Context: RTNL.
 * Return: what the FDB keeps of it; NULL if the filter asks for none; -ENOENT
 * for one that this switch doesn't have.
 */
struct cvs_fdb_owner *cvs_genl_dump_owner(struct nlattr **attrs, struct cvs_switch *sw,
					  int port_attr, int remote_attr)
{
	struct cvs_fdb_owner *owner = NULL;
	struct cvs_remote *remote;
	struct cvs_port *port;

	if (attrs[port_attr]) {
		port = cvs_switch_port(sw, nla_get_u32(attrs[port_attr]), NULL);
		if (IS_ERR(port))
			return ERR_PTR(-ENOENT);
		owner = &port->fdb;
	}
	if (attrs[remote_attr]) {
		remote = cvs_genl_remote(sw, attrs[remote_attr], NULL);
		if (IS_ERR(remote))
			return ERR_PTR(-ENOENT);
		owner = &remote->fdb;
	}
	return owner;
}

/* Would anybody hear it? Context: any. */
bool cvs_genl_listening(const struct cvs_switch *sw, unsigned int group)
{
	return genl_has_listeners(&cvs_genl_family, dev_net(sw->dev), group);
}

/**
 * cvs_genl_notify() - send a notification
 * @sw: what it is about
 * @msg: the message, or NULL if there was no memory for it; gone
 * @group: CVSWITCH_NLGRP_*
 * @gfp: how to allocate
 *
 * What can't be sent shows as ENOBUFS at its listeners.
 */
void cvs_genl_notify(const struct cvs_switch *sw, struct sk_buff *msg,
		     unsigned int group, gfp_t gfp)
{
	struct net *net = dev_net(sw->dev);

	if (msg)
		genlmsg_multicast_netns(&cvs_genl_family, net, msg, 0, group, gfp);
	else
		genl_set_err(&cvs_genl_family, net, 0, group, -ENOBUFS);
}

/* Does a dump want this? Without a filter it wants everything. */
static bool wants(struct netlink_callback *cb, int attrtype, const struct net_device *dev)
{
	const struct nlattr *attr = cvs_dump_attrs(cb)[attrtype];

	return !attr || nla_get_u32(attr) == dev->ifindex;
}

static int dump_switches(struct sk_buff *msg, struct netlink_callback *cb,
			 cvs_dump_switch_t dump, const void *arg)
{
	struct cvs_net *cn = cvs_net(sock_net(msg->sk));
	struct cvs_dump *at = cvs_dump(cb);
	struct cvs_switch *sw;
	unsigned int idx = 0;
	int err;

	list_for_each_entry(sw, &cn->switches, node) {
		if (idx++ < at->switch_idx || !wants(cb, SWITCH_ATTR, sw->dev))
			continue;
		at->switch_idx = idx - 1;
		err = dump(msg, cb, sw, arg);
		if (err)
			return err;
		at->port_idx = 0;
		at->id = 0;
	}
	at->switch_idx = idx;
	return 0;
}

/* A dump of a switch that isn't there is an error, not an empty dump. */
static int check_filter(struct netlink_callback *cb, struct net *net)
{
	const struct nlattr *attr = cvs_dump_attrs(cb)[SWITCH_ATTR];
	struct cvs_switch *sw;

	if (!attr || cvs_dump(cb)->started)
		return 0;
	sw = cvs_switch_get(net, nla_get_u32(attr), cb->extack);
	if (IS_ERR(sw))
		NL_SET_BAD_ATTR(cb->extack, attr);
	return PTR_ERR_OR_ZERO(sw);
}

/**
 * cvs_genl_dump_switches() - one part of a dump
 * @msg: the message to fill
 * @cb: the dump
 * @seq: grows with each change of what is dumped
 * @dump: puts one switch in, or what it has; goes on where &struct cvs_dump
 *	says, and returns -EMSGSIZE when the message is full, or -EAGAIN to
 *	go on after others had RTNL
 * @arg: for @dump
 *
 * Context: process, takes RTNL.
 * Return: as netlink's dump().
 */
int cvs_genl_dump_switches(struct sk_buff *msg, struct netlink_callback *cb,
			   const atomic_t *seq, cvs_dump_switch_t dump, const void *arg)
{
	int err;

	do {
		rtnl_lock();
		cb->seq = atomic_read(seq);
		err = check_filter(cb, sock_net(msg->sk));
		if (!err)
			err = dump_switches(msg, cb, dump, arg);
		cvs_dump(cb)->started = true;
		rtnl_unlock();
		cond_resched();
	} while (err == -EAGAIN);

	/* A part that is full is no error, unless nothing at all fits. */
	if (err && (err != -EMSGSIZE || !msg->len))
		return err;
	return msg->len;
}

static int dump_port(struct sk_buff *msg, struct netlink_callback *cb, unsigned int idx,
		     struct cvs_port *port, const struct cvs_dump_ports *ports)
{
	struct cvs_dump *at = cvs_dump(cb);
	int err;

	if (idx < at->port_idx || !wants(cb, ports->attrtype, port->dev))
		return 0;
	at->port_idx = idx;
	err = ports->dump(msg, cb, port);
	if (!err)
		at->id = 0;
	return err;
}

/* A &cvs_dump_switch_t for one switch's ports; @arg: &struct cvs_dump_ports */
int cvs_genl_dump_ports_of(struct sk_buff *msg, struct netlink_callback *cb,
			   struct cvs_switch *sw, const void *arg)
{
	struct cvs_port *port;
	unsigned int idx = 0;
	int err;

	err = dump_port(msg, cb, idx++, sw->host, arg);
	if (err)
		return err;
	list_for_each_entry(port, &sw->ports, node) {
		err = dump_port(msg, cb, idx++, port, arg);
		if (err)
			return err;
	}
	return 0;
}

/**
 * cvs_genl_dump_ports() - one part of a dump of ports, or of what they have
 * @msg: the message to fill
 * @cb: the dump
 * @attrtype: attribute that asks for one port
 * @dump: puts one port in, the host port of a switch first; as in
 *	cvs_genl_dump_switches()
 *
 * Context: process, takes RTNL.
 * Return: as netlink's dump().
 */
int cvs_genl_dump_ports(struct sk_buff *msg, struct netlink_callback *cb, int attrtype,
			cvs_dump_port_t dump)
{
	const struct cvs_dump_ports ports = { attrtype, dump };

	return cvs_genl_dump_switches(msg, cb, &cvs_net(sock_net(msg->sk))->config_seq,
				      cvs_genl_dump_ports_of, &ports);
}
