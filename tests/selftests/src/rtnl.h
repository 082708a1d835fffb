/* SPDX-License-Identifier: GPL-2.0 */
/* rtnl.h: requests about links by rtnetlink, for what ip(8) can't do or does too slowly. */
#ifndef SELFTESTS_RTNL_H
#define SELFTESTS_RTNL_H

#include "frame.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

struct request {
	struct nlmsghdr nlh;
	struct ifinfomsg ifi;
	char attrs[2048];
};

static inline int open_rtnl(void)
{
	struct timeval limit = { .tv_sec = 60 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		err(2, "socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return fd;
}

static inline void begin(struct request *r, int type, int flags, int ifindex)
{
	memset(r, 0, sizeof(*r));
	r->nlh.nlmsg_len = NLMSG_LENGTH(sizeof(r->ifi));
	r->nlh.nlmsg_type = type;
	r->nlh.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	r->ifi.ifi_index = ifindex;
}

static inline struct rtattr *add(struct request *r, int type, const void *data, size_t len)
{
	struct rtattr *a = (struct rtattr *)((char *)r + NLMSG_ALIGN(r->nlh.nlmsg_len));

	if (NLMSG_ALIGN(r->nlh.nlmsg_len) + RTA_SPACE(len) > sizeof(*r))
		errx(2, "request too long");
	a->rta_type = type;
	a->rta_len = RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(a), data, len);
	r->nlh.nlmsg_len = NLMSG_ALIGN(r->nlh.nlmsg_len) + RTA_SPACE(len);
	return a;
}

static inline struct rtattr *nest(struct request *r, int type)
{
	return add(r, type, NULL, 0);
}

static inline void end(struct request *r, struct rtattr *a)
{
	a->rta_len = (char *)r + r->nlh.nlmsg_len - (char *)a;
}

/* Return: 0 or an errno. */
static inline int talk(int fd, struct request *r)
{
	char buf[4096];
	struct nlmsghdr *nlh = (void *)buf;

	if (send(fd, r, r->nlh.nlmsg_len, 0) < 0 || recv(fd, buf, sizeof(buf), 0) < 0)
		err(2, "rtnetlink");
	return -((struct nlmsgerr *)NLMSG_DATA(nlh))->error;
}

#endif
