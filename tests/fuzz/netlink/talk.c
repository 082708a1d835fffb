// SPDX-License-Identifier: GPL-2.0
#include "talk.h"

#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#include "ask.h"
#include "judge.h"

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif
#define ECHO_MAX	16384	/* a longer request is not echoed with its error */

static void set_option(int fd, int level, int option, int value)
{
	if (setsockopt(fd, level, option, &value, sizeof(value)))
		err(2, "setsockopt");
}

static int open_netlink(int protocol)
{
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	struct timeval limit = { .tv_sec = 60 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

	if (fd < 0 || bind(fd, (const struct sockaddr *)&any, sizeof(any)))
		err(2, "netlink socket");
	set_option(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
	set_option(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
	set_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20);
	set_option(fd, SOL_SOCKET, SO_SNDBUFFORCE, 1 << 20);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)))
		err(2, "setsockopt");
	return fd;
}

static void join_groups(struct talker *t, const char *at, const char *end)
{
	const struct nlattr *group, *attr;
	const char *inner;
	uint32_t id;

	while ((group = judge_attr(t, &at, end))) {
		inner = (const char *)group + NLA_HDRLEN;
		while ((attr = judge_attr(t, &inner, (const char *)group + group->nla_len))) {
			if (attr->nla_type != CTRL_ATTR_MCAST_GRP_ID)
				continue;
			memcpy(&id, attr + 1, sizeof(id));
			set_option(t->events, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, id);
		}
	}
}

static void got_family(const struct nlmsghdr *nlh, void *arg)
{
	const char *groups = ask_find(nlh, CTRL_ATTR_MCAST_GROUPS);
	struct talker *t = arg;

	memcpy(&t->family, ask_find(nlh, CTRL_ATTR_FAMILY_ID), sizeof(t->family));
	if (t->events >= 0 && groups)
		join_groups(t, groups, groups - NLA_HDRLEN +
			    ((const struct nlattr *)(groups - NLA_HDRLEN))->nla_len);
}

void talker_open(struct talker *t, bool listen)
{
	struct {
		struct nlattr attr;
		char name[12];
	} name = { { NLA_HDRLEN + sizeof(CVSWITCH_GENL_NAME), CTRL_ATTR_FAMILY_NAME },
		   CVSWITCH_GENL_NAME };

	memset(t, 0, sizeof(*t));
	t->genl = open_netlink(NETLINK_GENERIC);
	t->rtnl = open_netlink(NETLINK_ROUTE);
	t->events = listen ? open_netlink(NETLINK_GENERIC) : -1;
	if (ask(t, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0, &name.attr, got_family, t) || !t->family)
		errx(2, "no family %s", CVSWITCH_GENL_NAME);
}

void talker_close(struct talker *t)
{
	close(t->genl);
	close(t->rtnl);
	if (t->events >= 0)
		close(t->events);
}

/* Gives each message in the datagram a sequence number, and FAMILY_TYPE its meaning. */
static void address(struct talker *t, const struct message *m, struct exchange *ex)
{
	uint32_t pos = 0;

	memset(ex, 0, sizeof(*ex));
	ex->genl = m->genl;
	memcpy(t->out, m->buf, m->len);
	while (m->len - pos >= NLMSG_HDRLEN) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)(t->out + pos);

		if (nlh->nlmsg_type == FAMILY_TYPE)
			nlh->nlmsg_type = t->family;
		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > m->len - pos)
			break;	/* the kernel reads no further, either */
		nlh->nlmsg_seq = ++t->seq;
		if (ex->count < PENDING_MAX)
			ex->pending[ex->count++].nlh = *nlh;
		else
			ex->more = true;
		if (NLMSG_ALIGN(nlh->nlmsg_len) >= m->len - pos)
			break;
		pos += NLMSG_ALIGN(nlh->nlmsg_len);
	}
}

/* What has to be answered and isn't yet. */
static const struct pending *owed(const struct exchange *ex)
{
	unsigned int i;

	for (i = 0; i < ex->count; i++)
		if (!ex->pending[i].done && ex->pending[i].nlh.nlmsg_flags & NLM_F_ACK)
			return &ex->pending[i];
	return NULL;
}

/* Reads once. Return: false if there is nothing. */
static bool receive(struct talker *t, int fd, int flags, struct exchange *ex)
{
	static __thread char buf[256 * 1024] __attribute__((aligned(NLMSG_ALIGNTO)));
	ssize_t len = recv(fd, buf, sizeof(buf), flags | MSG_TRUNC);
	struct nlmsghdr *nlh;

	if (len < 0 && errno == EAGAIN)
		return false;
	if (len < 0) {
		/* Notifications may get lost, answers may not. */
		if (ex || errno != ENOBUFS)
			judge_wrong(t, "recv: %s", strerror(errno));
		return !ex && errno == ENOBUFS;
	}
	if ((size_t)len > sizeof(buf)) {
		judge_wrong(t, "an answer of %zd bytes", len);
		return false;
	}
	for (nlh = (void *)buf; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
		if (ex) {
			judge_answer(t, ex, nlh);
		} else {
			t->notifications++;
			judge_content(t, nlh);
		}
	}
	return true;
}

enum outcome talker_send(struct talker *t, const struct message *m, int *error)
{
	const int fd = m->genl ? t->genl : t->rtnl;
	static __thread struct exchange ex;
	const struct pending *pending;

	address(t, m, &ex);
	set_option(fd, SOL_NETLINK, NETLINK_CAP_ACK, m->len > ECHO_MAX);
	if (send(fd, t->out, m->len, 0) < 0)
		judge_wrong(t, "send: %s", strerror(errno));
	while (!*t->why && (pending = owed(&ex)))
		if (!receive(t, fd, 0, &ex))
			judge_wrong(t, "no answer to a message of type %u and flags %#x",
			      pending->nlh.nlmsg_type, pending->nlh.nlmsg_flags);
	while (!*t->why && receive(t, fd, MSG_DONTWAIT, &ex))
		;
	*error = ex.first_error;
	return !ex.answered ? UNANSWERED : ex.refused ? REFUSED : ACCEPTED;
}

void talker_listen(struct talker *t)
{
	while (t->events >= 0 && !*t->why && receive(t, t->events, MSG_DONTWAIT, NULL))
		;
}
