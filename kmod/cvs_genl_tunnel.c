// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"
#include "cvs_udp.h"
#include "cvs_vtep.h"
#include "cvs_vxlan.h"

static int put_u64(struct sk_buff *msg, int attrtype, u64 value)
{
	return nla_put_u64_64bit(msg, attrtype, value, CVSWITCH_A_TUNNEL_PAD);
}

static int put_config(struct sk_buff *msg, const struct cvs_tunnel_config *config)
{
	if ((config->vni >= 0 && nla_put_u32(msg, CVSWITCH_A_TUNNEL_VNI, config->vni)) ||
	    cvs_genl_put_vtep(msg, CVSWITCH_A_TUNNEL_LOCAL, &config->local) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_PORT, config->port) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN, config->source_min) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX, config->source_max) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_TTL, config->ttl) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_DSCP, config->dscp) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_DF, config->df) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_CHECKSUM, config->checksum) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX, config->zero_checksum_rx) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_SOURCE, config->source) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_LEARNING, config->learning) ||
	    put_u64(msg, CVSWITCH_A_TUNNEL_IGNORE_RESERVED, config->ignore_reserved) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_DEVICE, config->device) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_REMOTE_MAX, config->remote_max))
		return -EMSGSIZE;
	return 0;
}

static int fill_tunnel(struct sk_buff *msg, const struct cvs_tunnel *tunnel,
		       const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_TUNNEL_SWITCH, tunnel->sw->dev->ifindex) ||
	    put_config(msg, rtnl_dereference(tunnel->config)) ||
	    nla_put_u32(msg, CVSWITCH_A_TUNNEL_REMOTE_COUNT, tunnel->remote_count) ||
	    put_u64(msg, CVSWITCH_A_TUNNEL_RX_MALFORMED,
		    atomic64_read(&tunnel->udp->malformed)) ||
	    put_u64(msg, CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI,
		    atomic64_read(&tunnel->udp->unknown_vni))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_tunnel(const struct cvs_switch *sw, u8 cmd)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_tunnel(msg, rtnl_dereference(sw->tunnel), &hdr);
	cvs_genl_notify(sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_tunnel *tunnel, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_tunnel(msg, tunnel, &hdr);
	return genlmsg_reply(msg, info);
}

int cvswitch_nl_tunnel_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_tunnel *tunnel = cvs_genl_tunnel(info);
	struct sk_buff *msg;

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, tunnel, info) : -ENOMEM;
}

static int dump_tunnel(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		       const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_TUNNEL_GET);
	const struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);

	return tunnel ? fill_tunnel(msg, tunnel, &hdr) : 0;
}

int cvswitch_nl_tunnel_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->config_seq,
				      dump_tunnel, NULL);
}

/* Return: 0, or -EINVAL for a local address that is none. */
static int parse(struct nlattr **attrs, struct cvs_tunnel_config *config,
		 struct netlink_ext_ack *extack)
{
	if (attrs[CVSWITCH_A_TUNNEL_VNI])
		config->vni = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_VNI]);
	if (attrs[CVSWITCH_A_TUNNEL_PORT])
		config->port = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_PORT]);
	if (attrs[CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN])
		config->source_min = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN]);
	if (attrs[CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX])
		config->source_max = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX]);
	if (attrs[CVSWITCH_A_TUNNEL_TTL])
		config->ttl = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_TTL]);
	if (attrs[CVSWITCH_A_TUNNEL_DSCP])
		config->dscp = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_DSCP]);
	if (attrs[CVSWITCH_A_TUNNEL_DF])
		config->df = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_DF]);
	if (attrs[CVSWITCH_A_TUNNEL_CHECKSUM])
		config->checksum = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_CHECKSUM]);
	if (attrs[CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX])
		config->zero_checksum_rx =
			nla_get_u32(attrs[CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX]);
	if (attrs[CVSWITCH_A_TUNNEL_SOURCE])
		config->source = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_SOURCE]);
	if (attrs[CVSWITCH_A_TUNNEL_LEARNING])
		config->learning = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_LEARNING]);
	if (attrs[CVSWITCH_A_TUNNEL_IGNORE_RESERVED])
		config->ignore_reserved =
			nla_get_u64(attrs[CVSWITCH_A_TUNNEL_IGNORE_RESERVED]);
	if (attrs[CVSWITCH_A_TUNNEL_DEVICE])
		config->device = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_DEVICE]);
	if (attrs[CVSWITCH_A_TUNNEL_REMOTE_MAX])
		config->remote_max = nla_get_u32(attrs[CVSWITCH_A_TUNNEL_REMOTE_MAX]);
	return attrs[CVSWITCH_A_TUNNEL_LOCAL] ?
	       cvs_genl_get_vtep(&config->local, attrs[CVSWITCH_A_TUNNEL_LOCAL], extack) : 0;
}

/* Settings that contradict themselves. */
static int check(struct genl_info *info, const struct cvs_tunnel_config *config)
{
	if (!config->source_min != !config->source_max ||
	    config->source_min > config->source_max) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX],
				    "Range of source ports ends before it begins");
		return -EINVAL;
	}
	if (config->ignore_reserved & ~CVS_VXLAN_RESERVED) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_TUNNEL_IGNORE_RESERVED],
				    "The I flag and the VNI are not reserved bits");
		return -EINVAL;
	}
	return 0;
}

/* Point at what cvs_tunnel_set() refused. */
static void blame(struct genl_info *info, int err)
{
	int attrtype;

	switch (err) {
	case -EADDRINUSE:
		attrtype = CVSWITCH_A_TUNNEL_PORT;
		break;
	case -EBUSY:
		attrtype = CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX;
		break;
	case -EEXIST:
		attrtype = CVSWITCH_A_TUNNEL_VNI;
		break;
	case -ENODEV:
		attrtype = CVSWITCH_A_TUNNEL_DEVICE;
		break;
	case -EINVAL:
	case -EAFNOSUPPORT:
	case -EPFNOSUPPORT:
		attrtype = CVSWITCH_A_TUNNEL_LOCAL;
		break;
	default:
		return;
	}
	NL_SET_BAD_ATTR(info->extack, info->attrs[attrtype]);
}

static bool has_settings(const struct genl_info *info)
{
	int attrtype;

	for (attrtype = CVSWITCH_A_TUNNEL_VNI; attrtype <= CVSWITCH_A_TUNNEL_REMOTE_MAX; attrtype++)
		if (info->attrs[attrtype])
			return true;
	return false;
}

int cvswitch_nl_tunnel_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_tunnel_config config;
	struct cvs_tunnel *tunnel;
	struct sk_buff *msg;
	int err;

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	tunnel = rtnl_dereference(sw->tunnel);
	config = tunnel ? *rtnl_dereference(tunnel->config) : cvs_tunnel_config_default;
	if (!tunnel && GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_TUNNEL_LOCAL)) {
		NL_SET_ERR_MSG(info->extack, "Switch has no tunnel yet: local address missing");
		return -EINVAL;
	}
	if (!has_settings(info)) {
		NL_SET_ERR_MSG(info->extack, "No settings given");
		return -EINVAL;
	}
	err = parse(info->attrs, &config, info->extack) ?: check(info, &config);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = cvs_tunnel_set(sw, &config, info->extack);
	if (err) {
		blame(info, err);
		nlmsg_free(msg);
		return err;
	}
	return reply(msg, rtnl_dereference(sw->tunnel), info);
}

int cvswitch_nl_tunnel_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_tunnel *tunnel = cvs_genl_tunnel(info);

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	cvs_tunnel_del(cvs_genl_switch(info));
	return 0;
}
