// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl_identity.h"

#include <linux/err.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_genl_acl.h"
#include "cvs_identity.h"
#include "cvs_key.h"
#include "cvs_port.h"
#include "cvs_prefix.h"
#include "cvs_vtep.h"

/* Does a request say anything of a port's identity? */
bool cvs_genl_has_identity(const struct genl_info *info)
{
	return info->attrs[CVSWITCH_A_PORT_BINDING] || info->attrs[CVSWITCH_A_PORT_IDENTITY] ||
	       info->attrs[CVSWITCH_A_PORT_DHCP_SERVER] || info->attrs[CVSWITCH_A_PORT_ROUTER];
}

static const char *add_mac(struct cvs_identity *identity, const struct nlattr *attr)
{
	u64 mac = cvs_mac_from(nla_data(attr));

	if (!cvs_mac_is_valid(mac))
		return "Address is a group address or zero";
	if (identity->mac_count == CVS_IDENTITY_MACS_MAX)
		return "A port is bound to at most 16 MAC addresses";
	identity->macs[identity->mac_count++] = mac;
	return NULL;
}

static const char *add_ip(struct cvs_identity *identity, const struct nlattr *attr,
			  const struct nlattr *len)
{
	struct cvs_identity_ip *ip = &identity->ips[identity->ip_count];
	struct in6_addr in6;
	u32 all;

	if (cvs_vtep_load(&in6, nla_data(attr), nla_len(attr)))
		return "Not an IPv4 or IPv6 address";
	ip->addr = cvs_addr_from(&in6);
	ip->v4 = cvs_addr_is_mapped(&ip->addr);
	all = ip->v4 ? CVS_PREFIX_HOST - CVS_PREFIX_MAPPED : CVS_PREFIX_HOST;
	if (len && nla_get_u32(len) > all)
		return "The prefix is longer than its address";
	ip->len = len ? CVS_PREFIX_HOST - all + nla_get_u32(len) : CVS_PREFIX_HOST;
	if (!cvs_prefix_is_exact(&ip->addr, ip->len))
		return "The address has bits behind its prefix length";
	ip->mask = cvs_prefix_mask(ip->len);
	identity->ip_count++;
	return NULL;
}

/* Bind to what a nest says; an empty one says nothing. Return: 0 or an error. */
static int add_binding(struct cvs_identity *identity, const struct nlattr *nest,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[CVSWITCH_A_MEMBER_MAX + 1];
	const char *why = NULL;
	int err;

	err = nla_parse_nested(attrs, CVSWITCH_A_MEMBER_MAX, nest, cvswitch_member_nl_policy,
			       extack);
	if (err)
		return err;
	if (attrs[CVSWITCH_A_MEMBER_PORT] || attrs[CVSWITCH_A_MEMBER_PORT_END] ||
	    (attrs[CVSWITCH_A_MEMBER_MAC] && attrs[CVSWITCH_A_MEMBER_IP]) ||
	    (attrs[CVSWITCH_A_MEMBER_LEN] && !attrs[CVSWITCH_A_MEMBER_IP]))
		why = "A port is bound to a MAC address or an IP prefix";
	else if (attrs[CVSWITCH_A_MEMBER_MAC])
		why = add_mac(identity, attrs[CVSWITCH_A_MEMBER_MAC]);
	else if (attrs[CVSWITCH_A_MEMBER_IP])
		why = add_ip(identity, attrs[CVSWITCH_A_MEMBER_IP],
			     attrs[CVSWITCH_A_MEMBER_LEN]);
	return why ? cvs_genl_refuse(extack, nest, why) : 0;
}

static int get_bindings(struct genl_info *info, struct cvs_identity *identity)
{
	const struct nlattr *attr;
	int rem, err = 0;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != CVSWITCH_A_PORT_BINDING)
			continue;
		err = add_binding(identity, attr, info->extack);
		if (err)
			break;
	}
	return err;
}

/* How many of a request's bindings may be IP prefixes? Return: or an error. */
static int count_bindings(struct genl_info *info)
{
	const struct nlattr *attr;
	int rem, n = 0;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != CVSWITCH_A_PORT_BINDING ||
		    !nla_find_nested(attr, CVSWITCH_A_MEMBER_IP))
			continue;
		if (++n > CVS_IDENTITY_IPS_MAX)
			return cvs_genl_refuse(info->extack, attr,
					       "A port is bound to at most 64 IP prefixes");
	}
	return n;
}

static void copy_bindings(struct cvs_identity *identity, const struct cvs_identity *old)
{
	if (!old)
		return;
	identity->mac_count = old->mac_count;
	identity->ip_count = old->ip_count;
	memcpy(identity->macs, old->macs, sizeof(identity->macs));
	memcpy(identity->ips, old->ips, old->ip_count * sizeof(*old->ips));
}

static void get_flag(const struct genl_info *info, int attrtype, bool *flag)
{
	if (info->attrs[attrtype])
		*flag = nla_get_u32(info->attrs[attrtype]);
}

static bool is_bound(const struct cvs_identity *identity)
{
	return identity->mac_count || identity->ip_count;
}

/* Return: whether there is nothing that would have to be remembered. */
static bool is_empty(const struct cvs_identity *identity)
{
	return !is_bound(identity) && !identity->enforced && !identity->dhcp_server &&
	       !identity->router;
}

/**
 * cvs_genl_get_identity() - who a port's container is to be
 * @info: the request
 * @port: the port that has an identity now, or NULL for a new one
 *
 * What the request doesn't say stays as it is.
 *
 * Context: RTNL, may sleep.
 * Return: the identity, NULL for none, -EINVAL or -ENOMEM.
 */
struct cvs_identity *cvs_genl_get_identity(struct genl_info *info, const struct cvs_port *port)
{
	const struct cvs_identity *old = port ? rtnl_dereference(port->identity) : NULL;
	bool was_bound = old && is_bound(old);
	bool bind = info->attrs[CVSWITCH_A_PORT_BINDING];
	struct cvs_identity *identity;
	int n, err;

	n = bind ? count_bindings(info) : old ? old->ip_count : 0;
	if (n < 0)
		return ERR_PTR(n);
	identity = cvs_identity_alloc(n);
	if (!identity)
		return ERR_PTR(-ENOMEM);
	if (old) {
		identity->enforced = old->enforced;
		identity->dhcp_server = old->dhcp_server;
		identity->router = old->router;
	}
	err = 0;
	if (bind)
		err = get_bindings(info, identity);
	else
		copy_bindings(identity, old);
	/* Who is bound for the first time is held to it, and who no longer is, isn't. */
	if (bind && was_bound != is_bound(identity))
		identity->enforced = is_bound(identity);
	get_flag(info, CVSWITCH_A_PORT_IDENTITY, &identity->enforced);
	get_flag(info, CVSWITCH_A_PORT_DHCP_SERVER, &identity->dhcp_server);
	get_flag(info, CVSWITCH_A_PORT_ROUTER, &identity->router);
	if (err || is_empty(identity)) {
		kfree(identity);
		return err ? ERR_PTR(err) : NULL;
	}
	return identity;
}

static int put_binding(struct sk_buff *msg, int attrtype, const void *data, int len,
		       int prefix_len)
{
	struct nlattr *nest = nla_nest_start(msg, CVSWITCH_A_PORT_BINDING);

	if (!nest || nla_put(msg, attrtype, len, data) ||
	    (prefix_len >= 0 && nla_put_u32(msg, CVSWITCH_A_MEMBER_LEN, prefix_len)))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int put_ip(struct sk_buff *msg, const struct cvs_identity_ip *ip)
{
	unsigned int before = ip->v4 ? CVS_PREFIX_MAPPED : 0;
	struct in6_addr in6 = cvs_addr_to(&ip->addr);

	return put_binding(msg, CVSWITCH_A_MEMBER_IP, &in6.s6_addr[before / 8],
			   before ? 4 : 16, ip->len - before);
}

/* Context: RTNL or RCU. Return: 0 or -EMSGSIZE. */
int cvs_genl_put_identity(struct sk_buff *msg, const struct cvs_port *port)
{
	const struct cvs_identity *identity = rcu_dereference_rtnl(port->identity);
	u8 mac[ETH_ALEN];
	int i;

	if (nla_put_u32(msg, CVSWITCH_A_PORT_IDENTITY, identity && identity->enforced) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_DHCP_SERVER, identity && identity->dhcp_server) ||
	    nla_put_u32(msg, CVSWITCH_A_PORT_ROUTER, identity && identity->router))
		return -EMSGSIZE;
	for (i = 0; identity && i < identity->mac_count; i++) {
		cvs_mac_store(mac, identity->macs[i]);
		if (put_binding(msg, CVSWITCH_A_MEMBER_MAC, mac, sizeof(mac), -1))
			return -EMSGSIZE;
	}
	for (i = 0; identity && i < identity->ip_count; i++)
		if (put_ip(msg, &identity->ips[i]))
			return -EMSGSIZE;
	return 0;
}
