// SPDX-License-Identifier: GPL-2.0
#include "link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "rtnl.h"

static struct nla_policy link_policy[IFLA_MAX + 1] = {
	[IFLA_IFNAME] = { .type = NLA_STRING },
	[IFLA_MTU] = { .type = NLA_U32 },
	[IFLA_LINK] = { .type = NLA_U32 },
	[IFLA_MASTER] = { .type = NLA_U32 },
	[IFLA_LINK_NETNSID] = { .type = NLA_U32 },
	[IFLA_LINKINFO] = { .type = NLA_NESTED },
};

static struct nla_policy kind_policy[IFLA_INFO_MAX + 1] = {
	[IFLA_INFO_KIND] = { .type = NLA_STRING },
};

static struct nla_policy vxlan_policy[IFLA_VXLAN_MAX + 1] = {
	[IFLA_VXLAN_PORT] = { .type = NLA_U16 },
};

static void read_kind(struct link *link, struct nlattr *info)
{
	struct nlattr *kind[IFLA_INFO_MAX + 1], *vxlan[IFLA_VXLAN_MAX + 1];
	const char *name;

	if (nla_parse_nested(kind, IFLA_INFO_MAX, info, kind_policy) || !kind[IFLA_INFO_KIND])
		return;
	name = nla_get_string(kind[IFLA_INFO_KIND]);
	link->pair = !strcmp(name, "veth") || !strcmp(name, "netkit");
	if (!strcmp(name, "vxlan") && kind[IFLA_INFO_DATA] &&
	    !nla_parse_nested(vxlan, IFLA_VXLAN_MAX, kind[IFLA_INFO_DATA], vxlan_policy) &&
	    vxlan[IFLA_VXLAN_PORT])
		link->vxlan_port = ntohs(nla_get_u16(vxlan[IFLA_VXLAN_PORT]));
}

static bool read_link(struct link *link, const struct nlmsghdr *hdr)
{
	struct nlattr *attr[IFLA_MAX + 1];
	const struct ifinfomsg *info;

	if (hdr->nlmsg_type != RTM_NEWLINK ||
	    nlmsg_parse((struct nlmsghdr *)hdr, sizeof(*info), attr, IFLA_MAX, link_policy))
		return false;
	info = nlmsg_data(hdr);
	*link = (struct link){
		.ifindex = info->ifi_index,
		.up = info->ifi_flags & IFF_UP,
		.carrier = info->ifi_flags & IFF_RUNNING,
		.netns = LINK_HERE,
	};
	if (attr[IFLA_IFNAME])
		snprintf(link->name, sizeof(link->name), "%s", nla_get_string(attr[IFLA_IFNAME]));
	if (attr[IFLA_MTU])
		link->mtu = nla_get_u32(attr[IFLA_MTU]);
	if (attr[IFLA_LINK])
		link->lower = nla_get_u32(attr[IFLA_LINK]);
	if (attr[IFLA_MASTER])
		link->master = nla_get_u32(attr[IFLA_MASTER]);
	if (attr[IFLA_LINK_NETNSID])
		link->netns = nla_get_s32(attr[IFLA_LINK_NETNSID]);
	if (attr[IFLA_LINKINFO])
		read_kind(link, attr[IFLA_LINKINFO]);
	return true;
}

static void add_link(const struct nlmsghdr *hdr, void *arg)
{
	struct links *links = arg;
	struct link *more;

	more = reallocarray(links->link, links->count + 1, sizeof(*more));
	if (!more)
		abort();
	links->link = more;
	if (read_link(&more[links->count], hdr))
		links->count++;
}

static int compare(const void *a, const void *b)
{
	const struct link *left = a, *right = b;

	return left->ifindex < right->ifindex ? -1 : left->ifindex > right->ifindex;
}

int links_get(struct links *links)
{
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	int err;

	*links = (struct links){ 0 };
	err = rtnl_ask(RTM_GETLINK, NLM_F_DUMP, &info, sizeof(info), add_link, links);
	if (err)
		links_free(links);
	else if (links->count)
		qsort(links->link, links->count, sizeof(*links->link), compare);
	return err;
}

void links_free(struct links *links)
{
	free(links->link);
	*links = (struct links){ 0 };
}

const struct link *links_find(const struct links *links, uint32_t ifindex)
{
	const struct link key = { .ifindex = ifindex };

	return links->count ? bsearch(&key, links->link, links->count, sizeof(key), compare) : NULL;
}

static void copy_link(const struct nlmsghdr *hdr, void *arg)
{
	read_link(arg, hdr);
}

int link_get(uint32_t ifindex, int32_t netns, struct link *link)
{
	struct {
		struct ifinfomsg info;
		struct nlattr attr;
		int32_t netns;
	} body = {
		.info = { .ifi_family = AF_UNSPEC, .ifi_index = ifindex },
		.attr = { sizeof(body.attr) + sizeof(body.netns), IFLA_TARGET_NETNSID },
		.netns = netns,
	};
	size_t len = netns == LINK_HERE ? sizeof(body.info) : sizeof(body);
	int err;

	*link = (struct link){ 0 };
	err = rtnl_ask(RTM_GETLINK, 0, &body, len, copy_link, link);
	return err || link->ifindex ? err : -EPROTO;
}
