// SPDX-License-Identifier: GPL-2.0
#include "fake.h"

#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/cvswitch.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "device.h"
#include "module.h"
#include "nl.h"
#include "rtnl.h"

#define FAMILY		0x20
#define LOST		0xffff
#define DATAGRAM_MAX	(64 * 1024)

static const uint8_t *answers;
static size_t answers_len;
static bool accepts;

static struct nlmsghdr request;		/* the last one */
static char queue[4][4096];		/* of answers that are not the fuzzer's */
static size_t queue_len[4];
static unsigned int queued;

static char *text;
static size_t text_len;
static FILE *real_stdout;

void fake_broken(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: not true: %s\n", file, line, what);
	abort();
}

void fake_answers(const uint8_t *data, size_t len)
{
	answers = data;
	answers_len = len;
	accepts = false;
}

void fake_accepts(void)
{
	answers_len = 0;
	accepts = true;
}

void fake_begin(void)
{
	real_stdout = stdout;
	stdout = open_memstream(&text, &text_len);
	if (!stdout)
		abort();
}

char *fake_end(void)
{
	cvs_nl_close();
	rtnl_close();
	device_forget();
	fclose(stdout);
	stdout = real_stdout;
	queued = 0;
	return text;
}

/* ---- what the kernel says --------------------------------------------------------------------- */

struct answer {
	struct nlmsghdr nlh;
	char data[1024];
};

static void push(struct answer *a)
{
	a->nlh.nlmsg_seq = request.nlmsg_seq;
	a->nlh.nlmsg_pid = request.nlmsg_pid;
	if (queued == 4)
		abort();
	memcpy(queue[queued], a, a->nlh.nlmsg_len);
	queue_len[queued++] = a->nlh.nlmsg_len;
}

static void put(struct answer *a, uint16_t type, const void *data, size_t len)
{
	struct nlattr attr = { .nla_len = NLA_HDRLEN + len, .nla_type = type };
	char *at = (char *)a + a->nlh.nlmsg_len;

	memcpy(at, &attr, sizeof(attr));
	memcpy(at + NLA_HDRLEN, data, len);
	a->nlh.nlmsg_len += NLA_ALIGN(attr.nla_len);
}

static void nest_end(struct answer *a, uint32_t nest)
{
	((struct nlattr *)((char *)a + nest))->nla_len = a->nlh.nlmsg_len - nest;
}

static void say_done(bool dump)
{
	struct answer a = { .nlh = { .nlmsg_type = dump ? NLMSG_DONE : NLMSG_ERROR } };
	struct nlmsgerr error = { .msg = request };

	a.nlh.nlmsg_flags = dump ? NLM_F_MULTI : NLM_F_CAPPED;
	a.nlh.nlmsg_len = NLMSG_LENGTH(dump ? sizeof(int) : sizeof(error));
	memcpy(a.data, &error, sizeof(error));
	push(&a);
}

static void say_family(void)
{
	static const char *const groups[] = {
		CVSWITCH_MCGRP_CONFIG, CVSWITCH_MCGRP_FDB, CVSWITCH_MCGRP_DROPS,
		CVSWITCH_MCGRP_ACL };
	struct answer a = { .nlh = { .nlmsg_type = GENL_ID_CTRL,
				     .nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN) } };
	const struct genlmsghdr genl = { .cmd = CTRL_CMD_NEWFAMILY, .version = 2 };
	const uint32_t zero = 0, version = CVSWITCH_GENL_VERSION;
	const uint16_t family = FAMILY;
	uint32_t nest, inner, i;

	memcpy(a.data, &genl, sizeof(genl));
	put(&a, CTRL_ATTR_FAMILY_NAME, CVSWITCH_GENL_NAME, sizeof(CVSWITCH_GENL_NAME));
	put(&a, CTRL_ATTR_FAMILY_ID, &family, sizeof(family));
	put(&a, CTRL_ATTR_VERSION, &version, sizeof(version));
	put(&a, CTRL_ATTR_HDRSIZE, &zero, sizeof(zero));
	put(&a, CTRL_ATTR_MAXATTR, &zero, sizeof(zero));
	nest = a.nlh.nlmsg_len;
	put(&a, CTRL_ATTR_MCAST_GROUPS, "", 0);
	for (i = 0; i < ARRAY_SIZE(groups); i++) {
		const uint32_t id = 5 + i;

		inner = a.nlh.nlmsg_len;
		put(&a, i + 1, "", 0);
		put(&a, CTRL_ATTR_MCAST_GRP_NAME, groups[i], strlen(groups[i]) + 1);
		put(&a, CTRL_ATTR_MCAST_GRP_ID, &id, sizeof(id));
		nest_end(&a, inner);
	}
	nest_end(&a, nest);
	push(&a);
}

/* The request comes back as the object, unless it is one of many members or rules. */
static void say_object(const char *msg, bool dump)
{
	struct answer a;

	if (request.nlmsg_len > sizeof(a))
		return;
	memcpy(&a, msg, request.nlmsg_len);
	a.nlh.nlmsg_flags = dump ? NLM_F_MULTI : 0;
	push(&a);
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	const char *data = msg->msg_iov->iov_base;
	bool dump;

	(void)fd;
	(void)flags;
	memcpy(&request, data, sizeof(request));
	dump = (request.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	expect(request.nlmsg_len == msg->msg_iov->iov_len);
	queued = 0;
	if (request.nlmsg_type == GENL_ID_CTRL)
		say_family();
	else if (accepts)
		say_object(data, dump);
	if (request.nlmsg_type == GENL_ID_CTRL || accepts)
		say_done(dump);
	return request.nlmsg_len;
}

static ssize_t deliver(struct msghdr *msg, const void *data, size_t len)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	size_t room = msg->msg_iov->iov_len;

	memcpy(msg->msg_name, &kernel, sizeof(kernel));
	msg->msg_namelen = sizeof(kernel);
	msg->msg_controllen = 0;
	msg->msg_flags = len > room ? MSG_TRUNC : 0;
	memcpy(msg->msg_iov->iov_base, data, len < room ? len : room);
	return len;
}

/* The next datagram of the fuzzer's. Return: its length, 0 if there is none. */
static size_t next_answer(char *buf)
{
	uint16_t len;
	size_t pos;

	if (answers_len < sizeof(len))
		return 0;
	memcpy(&len, answers, sizeof(len));
	answers += sizeof(len);
	answers_len -= sizeof(len);
	if (len == LOST)
		return LOST;
	if (len > answers_len)
		len = answers_len;
	memcpy(buf, answers, len);
	answers += len;
	answers_len -= len;
	for (pos = 0; pos + NLMSG_HDRLEN <= len; ) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)(buf + pos);

		if (nlh->nlmsg_seq != UINT32_MAX)
			nlh->nlmsg_seq = request.nlmsg_seq;
		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > len - pos)
			break;
		pos += NLMSG_ALIGN(nlh->nlmsg_len);
	}
	return len;
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	static char buf[DATAGRAM_MAX] __aligned(NLMSG_ALIGNTO);
	ssize_t len;

	(void)fd;
	expect(!(flags & MSG_PEEK));
	if (queued) {
		len = deliver(msg, queue[0], queue_len[0]);
		queued--;
		memmove(queue[0], queue[1], queued * sizeof(queue[0]));
		memmove(&queue_len[0], &queue_len[1], queued * sizeof(queue_len[0]));
		return len;
	}
	len = next_answer(buf);
	if (len && len != LOST)
		return deliver(msg, buf, len);
	errno = len ? ENOBUFS : EAGAIN;
	return -1;
}

/* ---- devices: those whose names begin with x aren't there; some names are no UTF-8 ------------- */

unsigned int if_nametoindex(const char *name)
{
	unsigned int hash = 0;

	if (*name == 'x') {
		errno = ENODEV;
		return 0;
	}
	while (*name)
		hash = hash * 31 + (unsigned char)*name++;
	return hash % 100 + 1;
}

char *if_indextoname(unsigned int ifindex, char *name)
{
	if (ifindex > 100) {
		errno = ENXIO;
		return NULL;
	}
	snprintf(name, IF_NAMESIZE, "%s%u", ifindex % 4 ? "dev" : "d\xe9v", ifindex);
	return name;
}

int ioctl(int fd, unsigned long request, ...)
{
	(void)fd;
	(void)request;
	return 0;
}

unsigned int sleep(unsigned int seconds)
{
	(void)seconds;
	return 0;
}

/* ---- the module: fits, whatever the host has -------------------------------------------------- */

bool module_load(char *why, size_t size)
{
	snprintf(why, size, "there is no module");
	return false;
}

bool module_fits(const char *root, char *why, size_t size)
{
	(void)root;
	(void)why;
	(void)size;
	return true;
}

const char *module_version(const char *root)
{
	(void)root;
	return CVS_VERSION;
}
