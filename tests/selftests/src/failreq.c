// SPDX-License-Identifier: GPL-2.0
/*
 * failreq: send the requests of a command again and again, with the 1st, 2nd, ...
 * allocation that they need failing, until none of them is left to fail.
 *
 * failreq [-f FROM] [-t TO] NETNS REQUESTS [UNDO | del:DEVICE]
 *
 * REQUESTS and UNDO are files that failnth -r has written; what the family of
 * families is asked is left out, and so are questions beside a change. Without
 * UNDO the requests change nothing. del:DEVICE deletes a device by its name.
 *
 * An attempt is one of
 *	done	the state is what it is after an attempt without a failure, and so
 *		are the answers and the commands of the events
 *	refused	the state is what it was before, and there was no event
 *	lost	the kernel had no memory to answer: the state is one of the two
 * where the state is all that the family and rtnetlink say of the namespace's
 * switches and links, but counters and ages, with devices by name. Listeners
 * may be told that an event was lost instead of the event. Prints
 * "failed=N attempts=N done=N refused=N lost=N".
 */
#include "fault.h"
#include "netstate.h"

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif
#define REQUESTS_MAX	64
#define EVENTS_MAX	64
#define PATIENCE_MS	5000

enum outcome { DONE, REFUSED, LOST };

/* A message as the kernel gets it. */
struct message {
	int protocol;
	struct nlmsghdr *nlh;
};

struct command {
	struct message message[REQUESTS_MAX];
	unsigned int count;
	const char *del;		/* the device that it deletes, instead */
};

/* What listeners were told: commands of the family, and whether some got lost. */
struct events {
	uint8_t cmd[EVENTS_MAX];
	unsigned int count;
	bool lost;
};

static int fail_nth, look[2], listener;
static unsigned int seq, complaints;
static int refusal;			/* why the last request was refused */

static void complain(unsigned int n, const char *what)
{
	printf("allocation %u: %s\n", n, what);
	complaints++;
}

/* Where two states part, in hexadecimal. */
static void show_difference(const struct bytes *want, const struct bytes *got)
{
	size_t at = 0, i;

	while (at < want->len && at < got->len && want->at[at] == got->at[at])
		at++;
	printf("  %zu and %zu bytes, different from byte %zu on:", want->len, got->len, at);
	at = at > 16 ? at - 16 : 0;
	for (i = at; i < at + 48 && i < want->len; i++)
		printf(" %02x", want->at[i]);
	printf("\n  instead:");
	for (i = at; i < at + 48 && i < got->len; i++)
		printf(" %02x", got->at[i]);
	putchar('\n');
}

/* ---- sockets ---- */

static int open_socket(int protocol)
{
	struct timeval limit = { .tv_sec = 20 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	int on = 1, room = 1 << 20;

	if (fd < 0)
		err(2, "socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	if (protocol == NETLINK_ROUTE)
		setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	return fd;
}

static int socket_of(int protocol, const int *fds)
{
	return fds[protocol == NETLINK_GENERIC];
}

static void join(int fd, unsigned int group)
{
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		err(2, "NETLINK_ADD_MEMBERSHIP");
}

/* A group of the family: its name and number, in any order. */
static void join_group(int fd, const struct rtattr *group)
{
	const struct rtattr *a = RTA_DATA(group);
	int len = RTA_PAYLOAD(group);
	const char *name = "";
	uint32_t id = 0;

	for (; RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type == CTRL_ATTR_MCAST_GRP_NAME)
			name = RTA_DATA(a);
		else if (a->rta_type == CTRL_ATTR_MCAST_GRP_ID)
			memcpy(&id, RTA_DATA(a), sizeof(id));
	}
	if (strcmp(name, CVSWITCH_MCGRP_DROPS) && strcmp(name, CVSWITCH_MCGRP_ACL))
		join(fd, id);
}

/* Find the family, and listen to it. */
static void find_family(void)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct rtattr a;
		char name[16];
	} r = {
		.nlh = { sizeof(r), GENL_ID_CTRL, NLM_F_REQUEST, 0, 0 },
		.genl = { .cmd = CTRL_CMD_GETFAMILY },
		.a = { RTA_LENGTH(sizeof(r.name)), CTRL_ATTR_FAMILY_NAME },
		.name = CVSWITCH_GENL_NAME,
	};
	char buf[8192];
	struct nlmsghdr *nlh = (void *)buf;
	struct rtattr *a, *group;
	int fd = open_socket(NETLINK_GENERIC), len, left;

	listener = open_socket(NETLINK_GENERIC);
	if (send(fd, &r, sizeof(r), 0) < 0 || recv(fd, buf, sizeof(buf), 0) < 0 ||
	    nlh->nlmsg_type == NLMSG_ERROR)
		errx(2, "the family cvswitch isn't there");
	len = nlh->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN);
	a = (void *)((char *)NLMSG_DATA(nlh) + GENL_HDRLEN);
	for (; RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type == CTRL_ATTR_FAMILY_ID)
			family = *(uint16_t *)RTA_DATA(a);
		if (a->rta_type != CTRL_ATTR_MCAST_GROUPS)
			continue;
		left = RTA_PAYLOAD(a);
		for (group = RTA_DATA(a); RTA_OK(group, left); group = RTA_NEXT(group, left))
			join_group(listener, group);
	}
	close(fd);
}

/* Take what listeners were told since the last time. */
static void read_events(struct events *events)
{
	char buf[16384];
	ssize_t len;

	for (;;) {
		const struct nlmsghdr *nlh = (void *)buf;

		len = recv(listener, buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0 && errno == ENOBUFS) {
			events->lost = true;
			continue;
		}
		if (len < 0)
			return;
		for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len))
			if (events->count < EVENTS_MAX)
				events->cmd[events->count++] = *(uint8_t *)NLMSG_DATA(nlh);
	}
}

/* ---- requests ---- */

/* Return: whether the answer ends here; *outcome is changed if it isn't a good end. */
static bool ends(const struct nlmsghdr *nlh, const struct nlmsghdr *request, enum outcome *outcome)
{
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		refusal = -*(int *)NLMSG_DATA(nlh);
		if (refusal)
			*outcome = REFUSED;
		return true;
	}
	return !(request->nlmsg_flags & (NLM_F_ACK | NLM_F_DUMP));
}

/*
 * Send one request and read its answer. The *n-th allocation fails (0: none);
 * *n is what is left to it afterwards.
 */
static enum outcome ask(int fd, struct nlmsghdr *request, unsigned int *n, struct bytes *answer,
			void (*take)(struct bytes *to, const struct nlmsghdr *nlh))
{
	static char buf[65536];
	enum outcome outcome = DONE;
	bool end = false;
	ssize_t len;

	request->nlmsg_seq = ++seq;
	request->nlmsg_pid = 0;
	if (*n)
		arm(fail_nth, *n);
	len = send(fd, request, request->nlmsg_len, 0);
	if (*n)
		*n = disarm(fail_nth);
	if (len < 0)
		return REFUSED;
	while (!end) {
		const struct nlmsghdr *nlh = (void *)buf;
		int error;

		if (*n)
			arm(fail_nth, *n);
		len = recv(fd, buf, sizeof(buf), 0);
		error = errno;
		if (*n)
			*n = disarm(fail_nth);
		if (len < 0 && error == ENOBUFS)
			return LOST;
		if (len <= 0)
			return REFUSED;
		for (; NLMSG_OK(nlh, len) && !end; nlh = NLMSG_NEXT(nlh, len)) {
			if (answer && nlh->nlmsg_type >= NLMSG_MIN_TYPE)
				take(answer, nlh);
			end = ends(nlh, request, &outcome);
		}
	}
	return outcome;
}

static enum outcome delete_device(const char *name)
{
	unsigned int none = 0;
	struct request r;

	begin(&r, RTM_DELLINK, 0, 0);
	add(&r, IFLA_IFNAME, name, strlen(name) + 1);
	return ask(look[0], &r.nlh, &none, NULL, NULL);
}

/* All requests of a command, up to the first that isn't done. */
static enum outcome carry_out(const struct command *command, unsigned int *n, struct bytes *answer)
{
	int fds[2] = { open_socket(NETLINK_ROUTE), open_socket(NETLINK_GENERIC) };
	enum outcome outcome = DONE;
	unsigned int i;

	answer->len = 0;
	for (i = 0; i < command->count && outcome == DONE; i++) {
		const struct message *m = &command->message[i];

		outcome = ask(socket_of(m->protocol, fds), m->nlh, n, answer, put_message);
	}
	close(fds[0]);
	close(fds[1]);
	return command->del ? delete_device(command->del) : outcome;
}

/* ---- the state ---- */

static void put_raw(struct bytes *to, const struct nlmsghdr *nlh)
{
	put(to, nlh, NLMSG_ALIGN(nlh->nlmsg_len));
}

static void dump(int protocol, struct nlmsghdr *request, struct bytes *to,
		 void (*take)(struct bytes *to, const struct nlmsghdr *nlh))
{
	unsigned int none = 0;

	if (ask(socket_of(protocol, look), request, &none, to, take) != DONE)
		errx(2, "the state can't be read");
}

/* All devices have to be known before the first message that names one. */
static void look_at_links(struct bytes *state)
{
	struct bytes links = {};
	struct nlmsghdr *nlh;
	struct request r;
	size_t at;

	begin(&r, RTM_GETLINK, NLM_F_DUMP, 0);
	dump(NETLINK_ROUTE, &r.nlh, &links, put_raw);
	n_devices = 0;
	for (at = 0; at < links.len; at += NLMSG_ALIGN(nlh->nlmsg_len)) {
		nlh = (void *)(links.at + at);
		note_device(nlh);
	}
	for (at = 0; at < links.len; at += NLMSG_ALIGN(nlh->nlmsg_len)) {
		nlh = (void *)(links.at + at);
		put_link(state, nlh);
	}
	free(links.at);
}

static void look_at(struct bytes *state)
{
	static const uint8_t cmds[] = { CVSWITCH_CMD_SWITCH_GET, CVSWITCH_CMD_PORT_GET,
					CVSWITCH_CMD_VLAN_GET, CVSWITCH_CMD_FDB_GET,
					CVSWITCH_CMD_TUNNEL_GET, CVSWITCH_CMD_REMOTE_GET,
					CVSWITCH_CMD_VNI_GET, CVSWITCH_CMD_PROFILE_GET,
					CVSWITCH_CMD_RULE_GET, CVSWITCH_CMD_GROUP_GET,
					CVSWITCH_CMD_MEMBER_GET };
	unsigned int i;

	state->len = 0;
	look_at_links(state);
	for (i = 0; i < sizeof(cmds); i++) {
		struct {
			struct nlmsghdr nlh;
			struct genlmsghdr genl;
		} r = {
			.nlh = { sizeof(r), family, NLM_F_REQUEST | NLM_F_DUMP, 0, 0 },
			.genl = { .cmd = cmds[i], .version = CVSWITCH_GENL_VERSION },
		};

		dump(NETLINK_GENERIC, &r.nlh, state, put_message);
	}
}

/* Operational states follow a change later. */
static bool becomes(const struct bytes *want)
{
	uint64_t end = now_ms() + PATIENCE_MS;
	static struct bytes now;

	for (;;) {
		look_at(&now);
		if (same(&now, want))
			return true;
		if (now_ms() > end) {
			show_difference(want, &now);
			return false;
		}
		usleep(10000);
	}
}

static void settle(struct bytes *state)
{
	static struct bytes later;
	int quiet = 0;

	look_at(state);
	while (quiet < 4) {
		usleep(50000);
		look_at(&later);
		quiet = same(&later, state) ? quiet + 1 : 0;
		state->len = 0;
		put(state, later.at, later.len);
	}
}

/* ---- commands ---- */

static bool is_question(const struct message *m)
{
	uint8_t cmd = *(uint8_t *)NLMSG_DATA(m->nlh);

	if (m->protocol == NETLINK_ROUTE)
		return (m->nlh->nlmsg_type & 3) == 2;
	return cmd == CVSWITCH_CMD_SWITCH_GET || cmd == CVSWITCH_CMD_PORT_GET ||
	       cmd == CVSWITCH_CMD_VLAN_GET || cmd == CVSWITCH_CMD_FDB_GET ||
	       cmd == CVSWITCH_CMD_STATS_GET || cmd == CVSWITCH_CMD_TUNNEL_GET ||
	       cmd == CVSWITCH_CMD_REMOTE_GET || cmd == CVSWITCH_CMD_VNI_GET ||
	       cmd == CVSWITCH_CMD_PROFILE_GET || cmd == CVSWITCH_CMD_RULE_GET ||
	       cmd == CVSWITCH_CMD_GROUP_GET || cmd == CVSWITCH_CMD_MEMBER_GET;
}

/* ip(8) begins with an empty RTM_NEWLINK, to hear whether the kernel knows it. */
static bool is_for_us(const struct message *m)
{
	if (m->protocol == NETLINK_GENERIC)
		return m->nlh->nlmsg_type == family;
	return m->nlh->nlmsg_type != RTM_NEWLINK ||
	       m->nlh->nlmsg_len > NLMSG_LENGTH(sizeof(struct ifinfomsg)) ||
	       ((struct ifinfomsg *)NLMSG_DATA(m->nlh))->ifi_index;
}

static struct nlmsghdr *read_message(FILE *in, uint32_t len)
{
	struct nlmsghdr *nlh = malloc(len);

	if (!nlh || len < sizeof(*nlh) || fread(nlh, len, 1, in) != 1 || nlh->nlmsg_len > len)
		errx(2, "bad request");
	return nlh;
}

static void read_command(struct command *command, const char *path)
{
	bool changes = false;
	uint32_t head[2];
	unsigned int i, n;
	FILE *in;

	if (!strncmp(path, "del:", 4)) {
		command->del = path + 4;
		return;
	}
	in = fopen(path, "r");
	if (!in)
		err(2, "%s", path);
	while (fread(head, sizeof(head), 1, in) == 1) {
		struct message m = { head[0], read_message(in, head[1]) };

		if (command->count == REQUESTS_MAX)
			errx(2, "%s: too many requests", path);
		if (is_for_us(&m)) {
			command->message[command->count++] = m;
			changes |= !is_question(&m);
		}
	}
	fclose(in);
	for (i = n = 0; i < command->count; i++)
		if (!changes || !is_question(&command->message[i]))
			command->message[n++] = command->message[i];
	command->count = n;
	if (!n)
		errx(2, "%s: no request", path);
}

/* ---- attempts ---- */

struct trial {
	struct command command, undo;
	bool changes;
	struct bytes before, after, answer;	/* without a failure */
	struct events events;
	unsigned int outcomes[3], failed, attempts;
};

static void undo(const struct trial *t, unsigned int n)
{
	struct events events = {};
	struct bytes answer = {};
	unsigned int none = 0;

	if (carry_out(&t->undo, &none, &answer) != DONE)
		errx(1, "allocation %u: cannot be undone: %s", n, strerror(refusal));
	if (!becomes(&t->before))
		complain(n, "isn't as before when undone");
	read_events(&events);
	free(answer.at);
}

/* Without a failure: this is how it has to be. */
static void learn(struct trial *t)
{
	unsigned int none = 0;

	settle(&t->before);
	read_events(&t->events);
	t->events = (struct events){};
	if (carry_out(&t->command, &none, &t->answer) != DONE)
		errx(2, "refused without a failure: %s", strerror(refusal));
	settle(&t->after);
	read_events(&t->events);
	if (t->changes == same(&t->before, &t->after))
		errx(2, t->changes ? "changes nothing" : "changes something");
	if (t->changes)
		undo(t, 0);
}

static void check_events(const struct trial *t, unsigned int n)
{
	uint64_t end = now_ms() + PATIENCE_MS;
	struct events events = {};

	for (;;) {
		read_events(&events);
		if (events.lost || (events.count == t->events.count &&
				    !memcmp(events.cmd, t->events.cmd, events.count)))
			return;
		if (now_ms() > end)
			break;
		usleep(10000);
	}
	complain(n, "done, but listeners were told something else");
}

static void check_silence(unsigned int n)
{
	struct events events = {};

	read_events(&events);
	if (events.count)
		complain(n, "not done, but listeners were told something");
}

static void judge(const struct trial *t, unsigned int n, enum outcome outcome,
		  const struct bytes *answer)
{
	struct bytes now = {};

	look_at(&now);
	if (outcome != DONE && same(&now, &t->before)) {
		check_silence(n);
	} else if (outcome == REFUSED) {
		complain(n, "refused, but it changed something");
		show_difference(&t->before, &now);
	} else if (!becomes(&t->after)) {
		complain(n, outcome == DONE ? "done, but not all of it" :
			 "without an answer, and half done");
	} else {
		if (outcome == DONE && !same(answer, &t->answer))
			complain(n, "done, but with another answer");
		check_events(t, n);
		if (t->changes)
			undo(t, n);
	}
	free(now.at);
}

static bool attempt(struct trial *t, unsigned int n)
{
	struct bytes answer = {};
	enum outcome outcome;
	unsigned int left = n;

	outcome = carry_out(&t->command, &left, &answer);
	t->attempts++;
	t->failed += !left;
	t->outcomes[outcome]++;
	judge(t, n, outcome, &answer);
	if (left && outcome != DONE)
		complain(n, "refused without a failure");
	free(answer.at);
	return !left;
}

static void usage(void)
{
	errx(2, "usage: failreq [-f FROM] [-t TO] NETNS REQUESTS [UNDO | del:DEVICE]");
}

int main(int argc, char **argv)
{
	unsigned int n, from = 1, to = 2000;
	static struct trial t;
	bool fired = true;
	int opt;

	while ((opt = getopt(argc, argv, "+f:t:")) > 0) {
		if (opt == 'f')
			from = strtoul(optarg, NULL, 0);
		else if (opt == 't')
			to = strtoul(optarg, NULL, 0);
		else
			usage();
	}
	if (argc - optind < 2)
		usage();
	fail_nth = open_fail_nth(0);
	enter_netns(argv[optind]);
	look[0] = open_socket(NETLINK_ROUTE);
	look[1] = open_socket(NETLINK_GENERIC);
	find_family();
	read_command(&t.command, argv[optind + 1]);
	t.changes = argc - optind > 2;
	if (t.changes)
		read_command(&t.undo, argv[optind + 2]);

	learn(&t);
	for (n = from; n <= to && fired && !complaints; n++)
		fired = attempt(&t, n);
	if (fired && !complaints && to == 2000)
		complain(n, "no end of allocations");
	printf("failed=%u attempts=%u done=%u refused=%u lost=%u\n", t.failed, t.attempts,
	       t.outcomes[DONE], t.outcomes[REFUSED], t.outcomes[LOST]);
	return complaints ? 1 : 0;
}
