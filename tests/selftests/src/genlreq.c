// SPDX-License-Identifier: GPL-2.0
/*
 * genlreq: send one request of the cvswitch family just as it is told, however
 * wrong, and print the kernel's answer: what a well-behaved client can't do.
 *
 * genlreq [-n NETNS] [-r] COMMAND [ATTRIBUTE:TYPE:VALUE]...
 * genlreq [-n NETNS] -d CHANGES SWITCH_IFINDEX [KIND]
 * genlreq [-n NETNS] -g CHANGES SWITCH_IFINDEX GROUP
 *
 * The first form sends command number COMMAND with these attributes (numbers as
 * in linux/cvswitch.h; TYPE u8 u16 u32 u64 str mac ip; -r adds NLM_F_REPLACE) and
 * prints "errno=N attribute=N replies=N message=TEXT", where attribute is the
 * one that the extended ACK points at, 0 if none, and missing=N if one is said
 * to be missing. It fails if the request is refused. What is between the words
 * "ATTRIBUTE:nest" and "end" is nested in this attribute.
 *
 * The second form dumps the forwarding database through a small buffer, adds and
 * deletes CHANGES static entries between the first two reads, and prints the
 * entries (MAC VLAN PORT KIND) and, on stderr, "interrupted=0" or "=1". The third
 * does the same with the MAC addresses in a group.
 */
#include "frame.h"
#include <linux/cvswitch.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

struct request {
	struct nlmsghdr nlh;
	struct genlmsghdr genl;
	uint8_t attrs[4096];
};

struct answer {
	int error;
	unsigned int attribute, missing, replies;
	char message[256];
};

static int family;
static uint32_t seq = 1;

static int open_genl(void)
{
	struct timeval limit = { .tv_sec = 60 };
	int fd, one = 1;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (fd < 0)
		err(2, "socket");
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return fd;
}

static void begin(struct request *r, int type, int command, int flags)
{
	memset(r, 0, sizeof(*r));
	r->nlh.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	r->nlh.nlmsg_type = type;
	r->nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	r->genl.cmd = command;
	r->genl.version = 1;
}

static void add(struct request *r, int type, const void *value, size_t len)
{
	struct nlattr *a = (struct nlattr *)((char *)r + r->nlh.nlmsg_len);

	if (r->nlh.nlmsg_len + NLA_HDRLEN + NLA_ALIGN(len) > sizeof(*r))
		errx(2, "request too long");
	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + len;
	memcpy((char *)a + NLA_HDRLEN, value, len);
	r->nlh.nlmsg_len += NLA_ALIGN(a->nla_len);
}

static void add_u32(struct request *r, int type, uint32_t value)
{
	add(r, type, &value, sizeof(value));
}

static void add_ip(struct request *r, int type, const char *text)
{
	const bool v6 = strchr(text, ':');
	struct in6_addr addr;

	if (inet_pton(v6 ? AF_INET6 : AF_INET, text, &addr) != 1)
		errx(2, "bad address '%s'", text);
	add(r, type, &addr, v6 ? sizeof(addr) : sizeof(struct in_addr));
}

/* "6:nest" begins an attribute with what follows in it, until "end". Return: whether it was that. */
static bool add_nest(struct request *r, const char *word)
{
	static size_t begun;
	const char *kind = strchr(word, ':');

	if (!strcmp(word, "end")) {
		((struct nlattr *)((char *)r + begun))->nla_len = r->nlh.nlmsg_len - begun;
		return true;
	}
	if (!kind || strcmp(kind, ":nest"))
		return false;
	begun = r->nlh.nlmsg_len;
	add(r, atoi(word) | NLA_F_NESTED, NULL, 0);
	return true;
}

static void add_word(struct request *r, const char *word)
{
	int type, at = 0;
	char kind[8];
	uint64_t v;
	uint8_t mac[ETH_ALEN];

	if (add_nest(r, word))
		return;
	if (sscanf(word, "%d:%7[a-z0-9]:%n", &type, kind, &at) != 2 || !at)
		errx(2, "bad attribute '%s'", word);
	v = strtoull(word + at, NULL, 0);
	if (!strcmp(kind, "str"))
		return add(r, type, word + at, strlen(word + at) + 1);
	if (!strcmp(kind, "mac")) {
		parse_mac(mac, word + at);
		return add(r, type, mac, sizeof(mac));
	}
	if (!strcmp(kind, "ip"))
		return add_ip(r, type, word + at);
	if (kind[0] != 'u')
		errx(2, "bad attribute '%s'", word);
	add(r, type, &v, atoi(kind + 1) / 8);	/* little endian, as are all our guests */
}

/* Which attribute lies at this offset of the request? */
static unsigned int attribute_at(const struct request *r, uint32_t offset)
{
	if (offset < NLMSG_LENGTH(GENL_HDRLEN) || offset + sizeof(struct nlattr) > r->nlh.nlmsg_len)
		return 0;
	return ((const struct nlattr *)((const char *)r + offset))->nla_type & NLA_TYPE_MASK;
}

static void read_ack(const struct nlmsghdr *nlh, const struct request *r, struct answer *answer)
{
	const struct nlmsgerr *e = NLMSG_DATA(nlh);
	size_t at = NLMSG_HDRLEN + sizeof(*e);

	answer->error = -e->error;
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		at += e->msg.nlmsg_len - sizeof(e->msg);
	while (at + NLA_HDRLEN <= nlh->nlmsg_len) {
		const struct nlattr *a = (const void *)((const char *)nlh + at);
		const char *data = (const char *)a + NLA_HDRLEN;
		uint32_t v = 0;

		if (a->nla_len < NLA_HDRLEN)
			break;
		if (a->nla_len == NLA_HDRLEN + sizeof(v))
			memcpy(&v, data, sizeof(v));
		if (a->nla_type == NLMSGERR_ATTR_MSG)
			snprintf(answer->message, sizeof(answer->message), "%s", data);
		else if (a->nla_type == NLMSGERR_ATTR_OFFS)
			answer->attribute = attribute_at(r, v);
		else if (a->nla_type == NLMSGERR_ATTR_MISS_TYPE)
			answer->missing = v;
		at += NLA_ALIGN(a->nla_len);
	}
}

/* Send and read until the ACK. Each reply goes to fn. */
static struct answer transact(int fd, struct request *r,
			      void (*fn)(const struct nlmsghdr *nlh))
{
	static char buf[65536];
	struct answer answer = {};
	struct nlmsghdr *nlh;
	ssize_t len;

	r->nlh.nlmsg_seq = ++seq;
	r->nlh.nlmsg_flags |= NLM_F_ACK;
	if (send(fd, r, r->nlh.nlmsg_len, 0) < 0)
		err(2, "send");
	for (;;) {
		len = recv(fd, buf, sizeof(buf), 0);
		if (len < 0)
			err(2, "recv");
		for (nlh = (void *)buf; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
			if (nlh->nlmsg_seq != seq)
				continue;
			if (nlh->nlmsg_type == NLMSG_ERROR) {
				read_ack(nlh, r, &answer);
				return answer;
			}
			answer.replies++;
			if (fn)
				fn(nlh);
		}
	}
}

static const struct nlattr *find(const struct nlmsghdr *nlh, int type)
{
	size_t at = NLMSG_LENGTH(GENL_HDRLEN);

	while (at + NLA_HDRLEN <= nlh->nlmsg_len) {
		const struct nlattr *a = (const void *)((const char *)nlh + at);

		if (a->nla_len < NLA_HDRLEN)
			break;
		if ((a->nla_type & NLA_TYPE_MASK) == type)
			return a;
		at += NLA_ALIGN(a->nla_len);
	}
	return NULL;
}

static uint32_t get_u32(const struct nlmsghdr *nlh, int type)
{
	const struct nlattr *a = find(nlh, type);
	uint32_t v = 0;

	if (a)
		memcpy(&v, a + 1, a->nla_len == NLA_HDRLEN + 2 ? 2 : 4);
	return v;
}

static void got_family(const struct nlmsghdr *nlh)
{
	family = get_u32(nlh, CTRL_ATTR_FAMILY_ID);
}

static void resolve(int fd)
{
	struct request r;

	begin(&r, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	add(&r, CTRL_ATTR_FAMILY_NAME, CVSWITCH_GENL_NAME, sizeof(CVSWITCH_GENL_NAME));
	if (transact(fd, &r, got_family).error || !family)
		errx(2, "no family %s", CVSWITCH_GENL_NAME);
}

/* What is dumped, and how it is changed meanwhile. */
struct table {
	uint32_t ifindex;
	const char *kind;		/* of addresses, if not all */
	const char *group;		/* whose members it is about, or NULL */
};

static void begin_change(struct request *r, const struct table *table, bool del, const uint8_t *mac)
{
	uint8_t member[12] = { 10, 0, CVSWITCH_A_MEMBER_MAC };	/* length, type, address */

	if (table->group) {
		memcpy(member + 4, mac, ETH_ALEN);
		begin(r, family, del ? CVSWITCH_CMD_MEMBER_DEL : CVSWITCH_CMD_MEMBER_ADD, 0);
		add_u32(r, CVSWITCH_A_GROUP_SWITCH, table->ifindex);
		add(r, CVSWITCH_A_GROUP_NAME, table->group, strlen(table->group) + 1);
		add(r, CVSWITCH_A_GROUP_MEMBER | NLA_F_NESTED, member, sizeof(member));
		return;
	}
	begin(r, family, del ? CVSWITCH_CMD_FDB_DEL : CVSWITCH_CMD_FDB_ADD, 0);
	add_u32(r, CVSWITCH_A_FDB_SWITCH, table->ifindex);
	add(r, CVSWITCH_A_FDB_MAC, mac, ETH_ALEN);
	if (!del)
		add_u32(r, CVSWITCH_A_FDB_PORT, table->ifindex);
}

static void change(const struct table *table, unsigned int changes)
{
	uint8_t mac[ETH_ALEN];
	int fd = open_genl();
	struct answer answer;
	struct request r;
	unsigned int i;

	for (i = 0; i < 2 * changes; i++) {
		mac_from_u64(mac, 0x02dd00000000 + i / 2);
		begin_change(&r, table, i % 2, mac);
		answer = transact(fd, &r, NULL);
		if (answer.error)
			errx(2, "change: %s (%s)", strerror(answer.error), answer.message);
	}
	close(fd);
}

static void print_entry(const struct nlmsghdr *nlh)
{
	const struct nlattr *mac = find(nlh, CVSWITCH_A_FDB_MAC);

	if (!mac)
		errx(1, "entry without address");
	printf("%012llx %u %u %u\n", (unsigned long long)mac_to_u64((const uint8_t *)(mac + 1)),
	       get_u32(nlh, CVSWITCH_A_FDB_VLAN), get_u32(nlh, CVSWITCH_A_FDB_PORT),
	       get_u32(nlh, CVSWITCH_A_FDB_KIND));
}

static void print_member(const struct nlmsghdr *nlh)
{
	const struct nlattr *member = find(nlh, CVSWITCH_A_GROUP_MEMBER);
	const struct nlattr *mac = member + 1;

	if (!member || member->nla_len < 2 * NLA_HDRLEN + ETH_ALEN ||
	    mac->nla_type != CVSWITCH_A_MEMBER_MAC)
		errx(1, "member without address");
	printf("%012llx\n", (unsigned long long)mac_to_u64((const uint8_t *)(mac + 1)));
}

static void begin_dump(struct request *r, const struct table *table)
{
	if (table->group) {
		begin(r, family, CVSWITCH_CMD_MEMBER_GET, NLM_F_DUMP);
		add_u32(r, CVSWITCH_A_GROUP_SWITCH, table->ifindex);
		add(r, CVSWITCH_A_GROUP_NAME, table->group, strlen(table->group) + 1);
		return;
	}
	begin(r, family, CVSWITCH_CMD_FDB_GET, NLM_F_DUMP);
	add_u32(r, CVSWITCH_A_FDB_SWITCH, table->ifindex);
	if (table->kind)
		add_u32(r, CVSWITCH_A_FDB_KIND, atoi(table->kind));
}

static int dump(int fd, const struct table *table, unsigned int changes)
{
	static char buf[65536];
	bool interrupted = false;
	struct nlmsghdr *nlh;
	struct request r;
	ssize_t len;

	begin_dump(&r, table);
	r.nlh.nlmsg_seq = ++seq;
	if (send(fd, &r, r.nlh.nlmsg_len, 0) < 0)
		err(2, "send");
	for (;;) {
		/* What fits into this buffer is what the kernel reads at a time. */
		len = recv(fd, buf, 8192, MSG_TRUNC);
		if (len < 0 || len > 8192)
			err(2, "recv: %zd bytes", len);
		for (nlh = (void *)buf; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
			if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
				interrupted = true;
			if (nlh->nlmsg_type == NLMSG_ERROR)
				errx(1, "dump refused");
			if (nlh->nlmsg_type == NLMSG_DONE) {
				fprintf(stderr, "interrupted=%d\n", interrupted);
				return 0;
			}
			if (table->group)
				print_member(nlh);
			else
				print_entry(nlh);
		}
		if (changes)
			change(table, changes);
		changes = 0;
	}
}

int main(int argc, char **argv)
{
	int opt, fd, flags = 0, changes = -1;
	struct table table = {};
	bool members = false;
	struct answer answer;
	struct request r;

	while ((opt = getopt(argc, argv, "+n:rd:g:")) > 0) {
		if (opt == 'n')
			enter_netns(optarg);
		else if (opt == 'r')
			flags = NLM_F_REPLACE;
		else if (opt == 'd' || opt == 'g')
			changes = atoi(optarg), members = opt == 'g';
		else
			optind = argc;
	}
	if (optind + members >= argc)
		errx(2, "usage: genlreq [-n NETNS] [-r] COMMAND [ATTRIBUTE:TYPE:VALUE]...");
	fd = open_genl();
	resolve(fd);
	if (changes >= 0) {
		table.ifindex = atoi(argv[optind]);
		*(members ? &table.group : &table.kind) = argv[optind + 1];
		return dump(open_genl(), &table, changes);	/* it never offered more room */
	}

	begin(&r, family, atoi(argv[optind++]), flags);
	while (optind < argc)
		add_word(&r, argv[optind++]);
	answer = transact(fd, &r, NULL);
	printf("errno=%d attribute=%u missing=%u replies=%u message=%s\n", answer.error,
	       answer.attribute, answer.missing, answer.replies, answer.message);
	return answer.error ? 1 : 0;
}
