// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl_acl.h"

#include <linux/rtnetlink.h>

#include "cvs_event.h"
#include "cvs_genl_identity.h"
#include "cvs_identity.h"
#include "cvs_port.h"
#include "cvs_port_acl.h"
#include "cvs_profile.h"
#include "cvs_short.h"
#include "cvs_switch.h"

/* Settings that are one bit each. */
static const struct {
	int attrtype;
	enum cvs_port_flag flag;
} port_flags[] = {
	{ CVSWITCH_A_PORT_ISOLATED, CVS_PORT_ISOLATED },
	{ CVSWITCH_A_PORT_HAIRPIN, CVS_PORT_HAIRPIN },
	{ CVSWITCH_A_PORT_BPDU_GUARD, CVS_PORT_BPDU_GUARD },
	{ CVSWITCH_A_PORT_LEARNING, CVS_PORT_LEARNING },
	{ CVSWITCH_A_PORT_FLOOD_UNICAST, CVS_PORT_FLOOD + CVS_CLASS_UNICAST },
	{ CVSWITCH_A_PORT_FLOOD_MULTICAST, CVS_PORT_FLOOD + CVS_CLASS_MULTICAST },
	{ CVSWITCH_A_PORT_FLOOD_BROADCAST, CVS_PORT_FLOOD + CVS_CLASS_BROADCAST },
};

static const int limit_attrs[CVS_CLASSES] = {
	[CVS_CLASS_UNICAST] = CVSWITCH_A_PORT_LIMIT_UNICAST,
	[CVS_CLASS_MULTICAST] = CVSWITCH_A_PORT_LIMIT_MULTICAST,
	[CVS_CLASS_BROADCAST] = CVSWITCH_A_PORT_LIMIT_BROADCAST,
};

static const int profile_attrs[CVS_TIERS] = {
	[CVSWITCH_TIER_ADMIN] = CVSWITCH_A_PORT_ADMIN_PROFILE,
	[CVSWITCH_TIER_TENANT] = CVSWITCH_A_PORT_TENANT_PROFILE,
	[CVSWITCH_TIER_DEFAULT] = CVSWITCH_A_PORT_DEFAULT_PROFILE,
};

/* Return: whether there is any setting among the attributes. */
static bool parse(struct nlattr **attrs, struct cvs_port_config *config)
{
	bool any = false;
	int i;

	for (i = 0; i < ARRAY_SIZE(port_flags); i++) {
		const struct nlattr *attr = attrs[port_flags[i].attrtype];

		if (attr) {
			__assign_bit(port_flags[i].flag, &config->flags, nla_get_u32(attr));
			any = true;
		}
	}
	for (i = 0; i < CVS_CLASSES; i++) {
		if (attrs[limit_attrs[i]]) {
			config->limit[i] = nla_get_u32(attrs[limit_attrs[i]]);
			any = true;
		}
	}
	if (attrs[CVSWITCH_A_PORT_FDB_MAX]) {
		config->fdb_max = nla_get_u32(attrs[CVSWITCH_A_PORT_FDB_MAX]);
		any = true;
	}
	return any;
}

/* The profile that an attribute names, NULL for none, or an error. */
static struct cvs_profile *get_profile(struct cvs_switch *sw, const struct nlattr *attr,
				       enum cvswitch_tier tier, struct netlink_ext_ack *extack)
{
	const char *name = nla_data(attr);
	struct cvs_profile *profile;

	if (!*name)
		return NULL;
	profile = cvs_profile_find(sw, name);
	if (!profile) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "No such profile");
		return ERR_PTR(-ENOENT);
	}
	if (profile->tier != tier)
		return ERR_PTR(cvs_genl_refuse(extack, attr, "The profile is of another tier"));
	return profile;
}

/*
 * Change @profiles as a request asks. Return: whether it asks for any change,
 * or an error.
 */
static int parse_profiles(struct genl_info *info, struct cvs_switch *sw,
			  struct cvs_profile **profiles)
{
	const struct nlattr *attr;
	int tier, any = 0;

	for (tier = 0; tier < CVS_TIERS; tier++) {
		attr = info->attrs[profile_attrs[tier]];
		if (!attr)
			continue;
		profiles[tier] = get_profile(sw, attr, tier, info->extack);
		if (IS_ERR(profiles[tier]))
			return PTR_ERR(profiles[tier]);
		any = 1;
	}
	return any;
}

static int put_profiles(struct sk_buff *msg, const struct cvs_port *port)
{
	const struct cvs_profile *profile;
	int tier;

	for (tier = 0; tier < CVS_TIERS; tier++) {
		profile = cvs_port_profile(port, tier);
		if (profile && nla_put_string(msg, profile_attrs[tier], profile->name))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_config(struct sk_buff *msg, const struct cvs_port *port)
{
	struct cvs_port_config config;
	int i;

	cvs_port_get_config(port, &config);
	for (i = 0; i < ARRAY_SIZE(port_flags); i++)
		if (nla_put_u32(msg, port_flags[i].attrtype,
				!!(config.flags & BIT(port_flags[i].flag))))
			return -EMSGSIZE;
	for (i = 0; i < CVS_CLASSES; i++)
		if (nla_put_u32(msg, limit_attrs[i], config.limit[i]))
			return -EMSGSIZE;
	return nla_put_u32(msg, CVSWITCH_A_PORT_FDB_MAX, config.fdb_max);
}

static int fill_port(struct sk_buff *msg, const struct cvs_port *port,
		     const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;

	if (nla_put_u32(msg, CVSWITCH_A_PORT_SWITCH, port->sw->dev->ifindex) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_IFINDEX, port->dev->ifindex) ||
	    nla_put_string(msg, CVSWITCH_A_PORT_NAME, port->dev->name) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_STATE, cvs_port_state(port)) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_SHORT_STATE, cvs_short_state(port)) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_FDB_COUNT, READ_ONCE(port->fdb.count)) ||
	    put_config(msg, port) || put_profiles(msg, port) ||
	    cvs_genl_put_identity(msg, port)) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_port(const struct cvs_port *port, u8 cmd, gfp_t gfp)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(port->sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, gfp);
	if (msg)
		fill_port(msg, port, &hdr);
	cvs_genl_notify(port->sw, msg, CVSWITCH_NLGRP_CONFIG, gfp);
}

static int reply(struct sk_buff *msg, const struct cvs_port *port, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_port(msg, port, &hdr);
	return genlmsg_reply(msg, info);
}

int cvswitch_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port *port = cvs_genl_port(info, CVSWITCH_A_PORT_IFINDEX);
	struct sk_buff *msg;

	if (IS_ERR(port))
		return PTR_ERR(port);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, port, info) : -ENOMEM;
}

static int dump_port(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_port *port)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_PORT_GET);

	return fill_port(msg, port, &hdr);
}

int cvswitch_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_ports(skb, cb, CVSWITCH_A_PORT_IFINDEX, dump_port);
}

int cvswitch_nl_port_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port_config config = cvs_port_config_default;
	const struct nlattr *attr = info->attrs[CVSWITCH_A_PORT_IFINDEX];
	struct cvs_profile *profiles[CVS_TIERS] = {};
	struct cvs_switch *sw = cvs_genl_switch(info);
	struct cvs_identity *identity;
	struct cvs_port_acl *acl;
	struct net_device *dev;
	struct sk_buff *msg;
	int err;

	if (cvs_genl_need_switch(info))
		return -EINVAL;
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_PORT_IFINDEX)) {
		NL_SET_ERR_MSG(info->extack, "Port missing");
		return -EINVAL;
	}
	dev = __dev_get_by_index(genl_info_net(info), nla_get_u32(attr));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "No such device");
		return -ENODEV;
	}
	parse(info->attrs, &config);
	err = parse_profiles(info, sw, profiles);
	if (err < 0)
		return err;
	acl = cvs_port_acl_alloc(profiles);
	if (IS_ERR(acl))
		return PTR_ERR(acl);
	identity = cvs_genl_get_identity(info, NULL);
	if (IS_ERR(identity)) {
		cvs_port_acl_free(acl);
		return PTR_ERR(identity);
	}

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	err = msg ? cvs_port_add(sw, dev, &config, acl, identity, info->extack) : -ENOMEM;
	if (err) {
		NL_SET_BAD_ATTR(info->extack, attr);
		cvs_port_acl_free(acl);
		kfree(identity);
		nlmsg_free(msg);
		return err;
	}
	return reply(msg, cvs_port_of(dev), info);
}

/* The port's profiles as a request wants them. Return: as cvs_port_acl_alloc(). */
static struct cvs_port_acl *changed_acl(struct genl_info *info, const struct cvs_port *port,
					bool *any)
{
	struct cvs_profile *profiles[CVS_TIERS];
	int tier, err;

	for (tier = 0; tier < CVS_TIERS; tier++)
		profiles[tier] = cvs_port_profile(port, tier);
	err = parse_profiles(info, port->sw, profiles);
	*any = err > 0;
	return err > 0 ? cvs_port_acl_alloc(profiles) : ERR_PTR(err);
}

/**
 * struct change - what a request changes of a port
 * @config: settings
 * @acl: profiles, if @profiles
 * @identity: identity, if @identities
 * @settings: there are settings
 * @profiles: there are profiles
 * @identities: there is something of the identity
 */
struct change {
	struct cvs_port_config config;
	struct cvs_port_acl *acl;
	struct cvs_identity *identity;
	bool settings;
	bool profiles;
	bool identities;
};

static void change_free(const struct change *change)
{
	cvs_port_acl_free(change->acl);
	kfree(change->identity);
}

/* Return: 0, or an error and then there is nothing to free. */
static int change_parse(struct genl_info *info, struct cvs_port *port, struct change *change)
{
	cvs_port_get_config(port, &change->config);
	change->settings = parse(info->attrs, &change->config);
	if (port == port->sw->host && change->config.flags & BIT(CVS_PORT_HAIRPIN)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_PORT_HAIRPIN],
				    "The host port has no hairpin");
		return -EOPNOTSUPP;
	}
	change->acl = changed_acl(info, port, &change->profiles);
	if (IS_ERR(change->acl))
		return PTR_ERR(change->acl);
	change->identities = cvs_genl_has_identity(info);
	change->identity = change->identities ? cvs_genl_get_identity(info, port) : NULL;
	if (IS_ERR(change->identity)) {
		cvs_port_acl_free(change->acl);
		return PTR_ERR(change->identity);
	}
	if (change->settings || change->profiles || change->identities)
		return 0;
	NL_SET_ERR_MSG(info->extack, "No settings given");
	return -EINVAL;
}

static void change_apply(struct cvs_port *port, const struct change *change)
{
	if (change->profiles) {
		cvs_port_acl_set(port, change->acl);
		cvs_switch_touch_acl(port->sw);
	}
	if (change->identities)
		cvs_port_set_identity(port, change->identity);
	cvs_port_set_config(port, &change->config);
	cvs_switch_touch(port->sw);
	cvs_event_port(port, CVSWITCH_CMD_PORT_SET_NTF, GFP_KERNEL);
}

int cvswitch_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port *port = cvs_genl_port(info, CVSWITCH_A_PORT_IFINDEX);
	struct change change = {};
	struct sk_buff *msg;
	int err;

	if (IS_ERR(port))
		return PTR_ERR(port);
	err = change_parse(info, port, &change);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg) {
		change_free(&change);
		return -ENOMEM;
	}
	change_apply(port, &change);
	return reply(msg, port, info);
}

int cvswitch_nl_port_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_port *port = cvs_genl_port(info, CVSWITCH_A_PORT_IFINDEX);

	if (IS_ERR(port))
		return PTR_ERR(port);
	if (port == port->sw->host) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_PORT_IFINDEX],
				    "The host port goes with its switch");
		return -EINVAL;
	}
	cvs_port_del(port);
	return 0;
}
