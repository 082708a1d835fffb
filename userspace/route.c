// SPDX-License-Identifier: GPL-2.0
#include "route.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "rtnl.h"

static struct nla_policy route_policy[RTA_MAX + 1] = {
	[RTA_OIF] = { .type = NLA_U32 },
	[RTA_METRICS] = { .type = NLA_NESTED },
};

static struct nla_policy metric_policy[RTAX_MAX + 1] = {
	[RTAX_MTU] = { .type = NLA_U32 },
};

static int family(const struct ip *ip)
{
	return ip->len == 4 ? AF_INET : AF_INET6;
}

struct search {
	const struct ip *ip;
	uint32_t ifindex;
};

static bool is(const struct nlattr *attr, const struct ip *ip)
{
	return attr && nla_len(attr) == ip->len && !memcmp(nla_data(attr), ip->addr, ip->len);
}

static void see_address(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *attr[IFA_MAX + 1];
	const struct ifaddrmsg *info;
	struct search *search = arg;

	if (hdr->nlmsg_type != RTM_NEWADDR ||
	    nlmsg_parse((struct nlmsghdr *)hdr, sizeof(*info), attr, IFA_MAX, NULL))
		return;
	info = nlmsg_data(hdr);
	/* IFA_ADDRESS is the other end's where there is an IFA_LOCAL. */
	if (is(attr[IFA_LOCAL] ? attr[IFA_LOCAL] : attr[IFA_ADDRESS], search->ip))
		search->ifindex = info->ifa_index;
}

int address_device(const struct ip *ip, uint32_t *ifindex)
{
	const struct ifaddrmsg info = { .ifa_family = family(ip) };
	struct search search = { .ip = ip };
	int err;

	err = rtnl_ask(RTM_GETADDR, NLM_F_DUMP, &info, sizeof(info), see_address, &search);
	*ifindex = search.ifindex;
	return err;
}

struct answer {
	struct route *route;
	int err;
};

/* What the kernel answers senders whom a route of this type meets. */
static int refusal(uint8_t type)
{
	switch (type) {
	case RTN_UNREACHABLE:
		return -EHOSTUNREACH;
	case RTN_PROHIBIT:
		return -EACCES;
	case RTN_BLACKHOLE:
		return -EINVAL;
	default:
		return 0;
	}
}

static void see_route(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *attr[RTA_MAX + 1], *metric[RTAX_MAX + 1];
	struct answer *answer = arg;
	const struct rtmsg *info;

	if (hdr->nlmsg_type != RTM_NEWROUTE ||
	    nlmsg_parse((struct nlmsghdr *)hdr, sizeof(*info), attr, RTA_MAX, route_policy))
		return;
	info = nlmsg_data(hdr);
	answer->err = refusal(info->rtm_type);
	answer->route->here = info->rtm_type == RTN_LOCAL;
	if (attr[RTA_OIF])
		answer->route->ifindex = nla_get_u32(attr[RTA_OIF]);
	if (attr[RTA_METRICS] &&
	    !nla_parse_nested(metric, RTAX_MAX, attr[RTA_METRICS], metric_policy) &&
	    metric[RTAX_MTU])
		answer->route->mtu = nla_get_u32(metric[RTAX_MTU]);
}

/* Appends an attribute to a body that has room for it. Return: the body's new length. */
static size_t append(char *body, size_t at, uint16_t type, const void *data, size_t len)
{
	const struct nlattr attr = { .nla_len = NLA_HDRLEN + len, .nla_type = type };

	memcpy(body + at, &attr, sizeof(attr));
	memcpy(body + at + NLA_HDRLEN, data, len);
	return at + NLA_ALIGN(attr.nla_len);
}

int route_get(const struct ip *to, const struct ip *from, uint32_t ifindex, struct route *route)
{
	const struct rtmsg info = {
		.rtm_family = family(to),
		.rtm_dst_len = to->len * 8,
		.rtm_src_len = from->len * 8,
	};
	char body[sizeof(info) + 3 * NLA_ALIGN(NLA_HDRLEN + sizeof(to->addr))] = { 0 };
	struct answer answer = { .route = route };
	size_t len = sizeof(info);
	int err;

	*route = (struct route){ 0 };
	memcpy(body, &info, sizeof(info));
	len = append(body, len, RTA_DST, to->addr, to->len);
	len = append(body, len, RTA_SRC, from->addr, from->len);
	if (ifindex)
		len = append(body, len, RTA_OIF, &ifindex, sizeof(ifindex));
	err = rtnl_ask(RTM_GETROUTE, 0, body, len, see_route, &answer);
	return err ? err : answer.err;
}
