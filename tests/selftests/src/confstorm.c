// SPDX-License-Identifier: GPL-2.0
/*
 * confstorm: configure switches at random, by several threads at once, as fast
 * as the kernel answers. To be run in the switches' namespace.
 *
 * confstorm [-k] [-s SEED] [-t SECONDS] [-j THREADS] DEVICE...
 *
 * The DEVICEs are there to become ports; sw0, which is to be there at the begin,
 * sw1 and sw2 come and go (with -k they don't), and so do the dummy devices
 * cd0 to cd3, tunnels from 198.51.100.1 or 2001:db8:ff::1, at device u0, to the
 * next eight addresses, profiles pr0 and pr1, and groups g0 to g2. Every request
 * of the cvswitch family and every one of rtnetlink that concerns a switch is sent
 * with random attributes; many are refused, as they should be. A thread more
 * listens to all notifications. The module may come and go meanwhile.
 *
 * Ends after SECONDS, if each operation has succeeded by then, after four times as
 * many at the latest, or on SIGTERM; in the time beyond SECONDS one thread does what
 * hasn't succeeded yet, each with what has to be there for it. Prints a line for each operation, "NAME ok=N
 * refused=N", and "events ok=N refused=0" for what was notified. A request that
 * isn't answered within five minutes is an error.
 */
#include "frame.h"
#include "rtnl.h"
#include <linux/cvswitch.h>
#include <linux/genetlink.h>
#include <linux/neighbour.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

#define THREADS_MAX	16
#define DEVICES_MAX	64
#define DUMMIES		4
#define ATTRS_MAX	20
#define PATIENCE_S	300

/* What an attribute's value is chosen from. */
enum value {
	V_END, V_SWITCH, V_PORT, V_NAME, V_MAC, V_VLAN, V_VLAN_LAST, V_BOOL, V_CHOICE, V_KIND, V_RATE,
	V_TIME, V_COUNT, V_VNI, V_LOCAL, V_REMOTE, V_UDP_PORT, V_UNDERLAY, V_IP,
	V_PROFILE, V_PROFILE_OR_NONE, V_VERDICT, V_PLACE, V_GROUP, V_GROUP_TYPE, V_MEMBER, V_MEMBERS,
	V_RULE, V_RULES, V_DIRECTION, V_VLAN_VNI, V_ON,
};

struct attr {
	int type;
	enum value value;
	bool always;
};

struct worker {
	pthread_t thread;
	int rtnl, genl, packet;
	uint64_t random;
	uint32_t seq;
	uint32_t group;			/* the last one named, which is its type, too */
	bool steady;			/* name the first of what there is, each time */
};

/* An operation: a request of the family with these attributes, or a function. Heavy ones are rare. */
struct op {
	const char *name;
	unsigned int weight;
	int command;
	bool dump;
	struct attr attrs[ATTRS_MAX];
	int (*fn)(struct worker *w);
	unsigned long ok, refused;
};

static const char *devices[DEVICES_MAX + DUMMIES];
static unsigned int n_devices, weights;
static int family;
static volatile sig_atomic_t stop, overtime;
static unsigned long events;

static unsigned int below(struct worker *w, unsigned int n)
{
	return rnd(&w->random) % n;
}

/* Which one of what requests name, so that they meet. */
static unsigned int pick(struct worker *w, unsigned int n)
{
	return w->steady ? 0 : below(w, n);
}

/* One in @n is to be refused, or unusual. */
static bool rarely(struct worker *w, unsigned int n)
{
	return !w->steady && !below(w, n);
}

static uint32_t ifindex_of(struct worker *w, const char *name)
{
	struct ifreq ifr = {};

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	return ioctl(w->packet, SIOCGIFINDEX, &ifr) ? 0 : ifr.ifr_ifindex;
}

static const char *switch_name(struct worker *w)
{
	static const char * const names[] = { "sw0", "sw0", "sw0", "sw0", "sw0", "sw0", "sw1", "sw2" };

	return names[pick(w, 8)];
}

/* One in 16 is a number at random: of a device that is gone, or of none at all. */
static uint32_t some_switch(struct worker *w)
{
	return rarely(w, 16) ? 1 + below(w, 200) : ifindex_of(w, switch_name(w));
}

/* Addresses are 4 bytes or 16, and end in what is chosen. */
static void add_address(struct worker *w, struct request *r, int type, const char *v4, const char *v6,
			unsigned int last)
{
	uint8_t address[16];
	bool is_v6 = rarely(w, 4);
	size_t len = is_v6 ? 16 : 4;

	if (inet_pton(is_v6 ? AF_INET6 : AF_INET, is_v6 ? v6 : v4, address) != 1)
		errx(2, "not an address: %s", is_v6 ? v6 : v4);
	address[len - 1] = last;
	add(r, type, address, len);
}

static uint32_t some_port(struct worker *w)
{
	if (rarely(w, 16))
		return some_switch(w);
	return ifindex_of(w, devices[pick(w, rarely(w, 4) ? n_devices : n_devices - DUMMIES)]);
}

static void some_mac(struct worker *w, uint8_t *mac)
{
	mac_from_u64(mac, STATION + (rarely(w, 8) ? 0x1000 + below(w, 2000) : 1 + pick(w, 6)));
}

/* ---- requests ----------------------------------------------------------------------------- */

static int open_netlink(int protocol)
{
	struct timeval limit = { .tv_sec = PATIENCE_S };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

	if (fd < 0)
		err(2, "socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return fd;
}

static void send_request(struct worker *w, int fd, struct request *r)
{
	r->nlh.nlmsg_seq = ++w->seq;
	if (send(fd, r, r->nlh.nlmsg_len, 0) < 0)
		err(2, "send");
}

/* Read what comes to the end of an answer, giving up after this many reads. Return: an errno. */
static int read_answer(struct worker *w, int fd, unsigned int reads,
		       void (*fn)(const struct nlmsghdr *nlh))
{
	char buf[32768];
	struct nlmsghdr *nlh;
	ssize_t len;

	while (reads--) {
		len = recv(fd, buf, sizeof(buf), 0);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			err(2, "no answer");
		for (nlh = (void *)buf; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
			if (nlh->nlmsg_seq != w->seq)
				continue;
			if (nlh->nlmsg_type == NLMSG_DONE)
				return 0;
			if (nlh->nlmsg_type == NLMSG_ERROR)
				return -((struct nlmsgerr *)NLMSG_DATA(nlh))->error;
			if (fn)
				fn(nlh);
		}
	}
	return 0;
}

static int ask(struct worker *w, int fd, struct request *r)
{
	send_request(w, fd, r);
	return read_answer(w, fd, -1, NULL);
}

static void begin_genl(struct request *r, int type, int command, bool dump)
{
	struct genlmsghdr genl = { .cmd = command, .version = 1 };

	begin(r, type, dump ? NLM_F_DUMP : 0, 0);
	if (dump)
		r->nlh.nlmsg_flags &= ~NLM_F_ACK;
	memcpy(&r->ifi, &genl, sizeof(genl));
	r->nlh.nlmsg_len = NLMSG_LENGTH(sizeof(genl));
}

static void got_family(const struct nlmsghdr *nlh)
{
	const char *p = (const char *)nlh + NLMSG_LENGTH(GENL_HDRLEN);
	const char *end = (const char *)nlh + nlh->nlmsg_len;
	uint16_t id;

	while (p + 4 <= end) {
		const struct rtattr *a = (const void *)p;

		if (a->rta_len < 4)
			return;
		if (a->rta_type == CTRL_ATTR_FAMILY_ID) {
			memcpy(&id, a + 1, sizeof(id));
			__atomic_store_n(&family, id, __ATOMIC_RELAXED);
		}
		p += RTA_ALIGN(a->rta_len);
	}
}

/* The family has another number after each loading of the module. */
static int resolve(struct worker *w)
{
	struct request r;

	begin_genl(&r, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, false);
	add(&r, CTRL_ATTR_FAMILY_NAME, CVSWITCH_GENL_NAME, sizeof(CVSWITCH_GENL_NAME));
	send_request(w, w->genl, &r);
	return read_answer(w, w->genl, -1, got_family);
}

/* Return: false while there is no module. */
static bool have_family(struct worker *w)
{
	if (!__atomic_load_n(&family, __ATOMIC_RELAXED))
		resolve(w);
	return __atomic_load_n(&family, __ATOMIC_RELAXED);
}

static void add_u32(struct request *r, int type, uint32_t v)
{
	add(r, type, &v, sizeof(v));
}

static void add_name(struct request *r, int type, const char *prefix, unsigned int number)
{
	char name[16];

	snprintf(name, sizeof(name), "%s%u", prefix, number);
	add(r, type, name, strlen(name) + 1);
}

/* Of the group that the request names; one in 16 is of another type. */
static void add_member(struct worker *w, struct request *r, int type)
{
	struct rtattr *member = nest(r, type | NLA_F_NESTED);
	uint8_t mac[ETH_ALEN];

	switch (rarely(w, 16) ? below(w, 3) : w->group) {
	case CVSWITCH_GROUP_TYPE_IP:
		add_address(w, r, CVSWITCH_A_MEMBER_IP, "192.0.2.0", "2001:db8::", 1 + pick(w, 4));
		break;
	case CVSWITCH_GROUP_TYPE_MAC:
		some_mac(w, mac);
		add(r, CVSWITCH_A_MEMBER_MAC, mac, sizeof(mac));
		break;
	case CVSWITCH_GROUP_TYPE_PORT:
		add_u32(r, CVSWITCH_A_MEMBER_PORT, 1 + below(w, 4));
		add_u32(r, CVSWITCH_A_MEMBER_PORT_END, 3 + below(w, 3));
		break;
	}
	end(r, member);
}

/* One that a frame of the storm may match, by its addresses or its type; or one that refers to a group. */
static void add_rule(struct worker *w, struct request *r, int type)
{
	static const uint32_t types[] = { ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, 0x88b5 };
	static const int refs[] = {
		CVSWITCH_A_RULE_SRC_GROUP, CVSWITCH_A_RULE_DST_GROUP, CVSWITCH_A_RULE_SRC_MAC_GROUP,
		CVSWITCH_A_RULE_DST_MAC_GROUP, CVSWITCH_A_RULE_SPORT_GROUP, CVSWITCH_A_RULE_DPORT_GROUP,
	};
	struct rtattr *rule = nest(r, type | NLA_F_NESTED);
	unsigned int ref = below(w, 6);
	uint8_t mac[ETH_ALEN];

	add_u32(r, CVSWITCH_A_RULE_DIRECTION, pick(w, 2));
	add_u32(r, CVSWITCH_A_RULE_VERDICT, below(w, 5));
	add_u32(r, CVSWITCH_A_RULE_LOG, !below(w, 4));
	some_mac(w, mac);
	switch (below(w, 6)) {
	case 0:
		add(r, CVSWITCH_A_RULE_SRC_MAC, mac, sizeof(mac));
		break;
	case 1:
		add(r, CVSWITCH_A_RULE_DST_MAC, mac, sizeof(mac));
		break;
	case 2:
		add_u32(r, CVSWITCH_A_RULE_ETHERTYPE, types[below(w, 4)]);
		break;
	case 3:
		add_name(r, refs[ref], "g", ref / 2);
		break;
	case 4:
		add_u32(r, CVSWITCH_A_RULE_DPORT, below(w, 300));
		add_address(w, r, CVSWITCH_A_RULE_SRC, "192.0.2.0", "2001:db8::", below(w, 8));
		break;
	}
	end(r, rule);
}

static void add_value(struct worker *w, struct request *r, const struct attr *a, uint32_t *vlan)
{
	uint8_t mac[ETH_ALEN];
	unsigned int n;
	const char *name;
	uint32_t v = 0;

	switch (a->value) {
	case V_NAME:
		name = switch_name(w);
		add(r, a->type, name, strlen(name) + 1);
		return;
	case V_MAC:
		some_mac(w, mac);
		add(r, a->type, mac, sizeof(mac));
		return;
	case V_SWITCH:
		v = some_switch(w);
		break;
	case V_PORT:
		v = some_port(w);
		break;
	case V_VLAN:
		v = *vlan = 1 + pick(w, rarely(w, 4) ? 4094 : 8);
		break;
	case V_VLAN_LAST:
		v = *vlan + pick(w, 4095 - *vlan);
		break;
	case V_ON:
		v = 1;
		break;
	case V_BOOL:
		v = below(w, 2);
		break;
	case V_DIRECTION:
		v = pick(w, 2);
		break;
	case V_LOCAL:
		add_address(w, r, a->type, "198.51.100.0", "2001:db8:ff::", rarely(w, 16) ? 99 : 1);
		return;
	case V_REMOTE:
		add_address(w, r, a->type, "198.51.100.0", "2001:db8:ff::", 2 + pick(w, 8));
		return;
	case V_IP:
		add_address(w, r, a->type, "192.0.2.0", "2001:db8::", 1 + pick(w, 20));
		return;
	case V_PROFILE_OR_NONE:
		if (!below(w, 3)) {
			add(r, a->type, "", 1);
			return;
		}
		/* fall through */
	case V_PROFILE:
		add_name(r, a->type, "pr", pick(w, 2));
		return;
	case V_GROUP:
		w->group = pick(w, 3);
		add_name(r, a->type, "g", w->group);
		return;
	case V_GROUP_TYPE:
		v = w->group;
		break;
	case V_MEMBERS:
		for (n = pick(w, 4); n; n--)
			add_member(w, r, a->type);
		/* fall through */
	case V_MEMBER:
		add_member(w, r, a->type);
		return;
	case V_RULES:
		for (n = below(w, 8); n; n--)
			add_rule(w, r, a->type);
		return;
	case V_RULE:
		add_rule(w, r, a->type);
		return;
	case V_VERDICT:
		v = below(w, 5);
		break;
	case V_PLACE:
		v = 1 + pick(w, rarely(w, 4) ? 40 : 4);
		break;
	case V_VNI:
		v = 100 + pick(w, 4);
		break;
	case V_VLAN_VNI:
		v = 101 + pick(w, 3);
		break;
	case V_UDP_PORT:
		v = below(w, 4) ? 4789 : 4789 + below(w, 3);
		break;
	case V_UNDERLAY:
		v = below(w, 4) ? ifindex_of(w, "u0") : 0;
		break;
	case V_CHOICE:
		v = below(w, 3);
		break;
	case V_KIND:
		v = below(w, 8) ? 1 + below(w, 2) : below(w, 4);
		break;
	case V_RATE:
		v = below(w, 4) ? 1000 + below(w, 100000) : below(w, 3);
		break;
	case V_TIME:
		v = below(w, 4) ? 30000 : 10 + below(w, 200);
		break;
	case V_COUNT:
		v = below(w, 4) ? 131072 : 1 + below(w, 50);
		break;
	case V_END:
		return;
	}
	add(r, a->type, &v, sizeof(v));
}

static int do_genl(struct worker *w, const struct op *op)
{
	const struct attr *a;
	struct request r;
	uint32_t vlan = 1;
	int error;

	if (!have_family(w))
		return ENOENT;
	begin_genl(&r, __atomic_load_n(&family, __ATOMIC_RELAXED), op->command, op->dump);
	for (a = op->attrs; a->value; a++)
		if (a->always || !below(w, 3))
			add_value(w, &r, a, &vlan);
	error = ask(w, w->genl, &r);
	if (error == ENOENT || error == EOPNOTSUPP)
		resolve(w);
	return error;
}

/* A reader that asks for everything and goes away in the middle, or dawdles. */
static int do_half_dump(struct worker *w)
{
	static const int commands[] = {
		CVSWITCH_CMD_SWITCH_GET, CVSWITCH_CMD_PORT_GET, CVSWITCH_CMD_VLAN_GET,
		CVSWITCH_CMD_FDB_GET, CVSWITCH_CMD_STATS_GET, CVSWITCH_CMD_TUNNEL_GET,
		CVSWITCH_CMD_REMOTE_GET, CVSWITCH_CMD_VNI_GET, CVSWITCH_CMD_NEIGH_GET,
		CVSWITCH_CMD_PROFILE_GET, CVSWITCH_CMD_RULE_GET, CVSWITCH_CMD_GROUP_GET,
		CVSWITCH_CMD_MEMBER_GET,
	};
	struct request r;
	int fd, error;

	if (!have_family(w))
		return ENOENT;
	fd = open_netlink(NETLINK_GENERIC);
	begin_genl(&r, __atomic_load_n(&family, __ATOMIC_RELAXED), commands[below(w, sizeof(commands) / sizeof(*commands))], true);
	send_request(w, fd, &r);
	error = read_answer(w, fd, 1, NULL);
	if (!below(w, 4))
		usleep(below(w, 20000));
	close(fd);
	return error;
}

/* ---- rtnetlink ---------------------------------------------------------------------------- */

static int add_link(struct worker *w, const char *name, const char *kind)
{
	struct rtattr *info;
	struct request r;

	begin(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	add(&r, IFLA_IFNAME, name, strlen(name) + 1);
	info = nest(&r, IFLA_LINKINFO);
	add(&r, IFLA_INFO_KIND, kind, strlen(kind));
	end(&r, info);
	return ask(w, w->rtnl, &r);
}

static int del_link(struct worker *w, uint32_t ifindex)
{
	struct request r;

	begin(&r, RTM_DELLINK, 0, ifindex);
	return ifindex ? ask(w, w->rtnl, &r) : ENODEV;
}

static int set_link(struct worker *w, uint32_t ifindex, unsigned int flags, unsigned int change,
		    int type, const void *data, size_t len)
{
	struct request r;

	begin(&r, RTM_NEWLINK, 0, ifindex);
	r.ifi.ifi_flags = flags;
	r.ifi.ifi_change = change;
	if (len)
		add(&r, type, data, len);
	return ifindex ? ask(w, w->rtnl, &r) : ENODEV;
}

static int do_link_add(struct worker *w)
{
	return add_link(w, switch_name(w), "cvswitch");
}

static int do_link_del(struct worker *w)
{
	return del_link(w, ifindex_of(w, switch_name(w)));
}

static int do_device_add(struct worker *w)
{
	return add_link(w, devices[n_devices - 1 - pick(w, DUMMIES)], "dummy");
}

static int do_device_del(struct worker *w)
{
	return del_link(w, ifindex_of(w, devices[n_devices - 1 - pick(w, DUMMIES)]));
}

static int do_master(struct worker *w)
{
	uint32_t master = some_switch(w);

	return set_link(w, some_port(w), IFF_UP, IFF_UP, IFLA_MASTER, &master, sizeof(master));
}

static int do_nomaster(struct worker *w)
{
	uint32_t master = 0;

	return set_link(w, some_port(w), 0, 0, IFLA_MASTER, &master, sizeof(master));
}

static int do_port_updown(struct worker *w)
{
	return set_link(w, some_port(w), below(w, 4) ? IFF_UP : 0, IFF_UP, 0, NULL, 0);
}

static int do_switch_updown(struct worker *w)
{
	return set_link(w, ifindex_of(w, switch_name(w)), below(w, 4) ? IFF_UP : 0, IFF_UP, 0, NULL, 0);
}

static int do_promisc(struct worker *w)
{
	return set_link(w, ifindex_of(w, switch_name(w)), below(w, 2) ? IFF_PROMISC : 0, IFF_PROMISC, 0,
			NULL, 0);
}

static int do_mtu(struct worker *w)
{
	uint32_t mtu = below(w, 2) ? 1500 : 1000 + below(w, 1000);

	return set_link(w, below(w, 2) ? ifindex_of(w, switch_name(w)) : some_port(w), 0, 0,
			IFLA_MTU, &mtu, sizeof(mtu));
}

static int do_address(struct worker *w)
{
	uint8_t mac[ETH_ALEN];

	some_mac(w, mac);
	return set_link(w, ifindex_of(w, switch_name(w)), 0, 0, IFLA_ADDRESS, mac, sizeof(mac));
}

/* As "bridge fdb ... dev SWITCH self via PORT". */
static int neigh(struct worker *w, int type, int flags)
{
	struct ndmsg ndm = {
		.ndm_family = AF_BRIDGE, .ndm_state = NUD_NOARP,
		.ndm_flags = rarely(w, 8) ? NTF_MASTER : NTF_SELF, .ndm_ifindex = some_switch(w),
	};
	uint32_t port = some_port(w);
	uint8_t mac[ETH_ALEN];
	struct request r;

	begin(&r, type, flags, 0);
	memcpy(&r.ifi, &ndm, sizeof(ndm));
	r.nlh.nlmsg_len = NLMSG_LENGTH(sizeof(ndm));
	some_mac(w, mac);
	add(&r, NDA_LLADDR, mac, sizeof(mac));
	add(&r, NDA_IFINDEX, &port, sizeof(port));
	return ask(w, w->rtnl, &r);
}

static int do_neigh_add(struct worker *w)
{
	return neigh(w, RTM_NEWNEIGH, NLM_F_CREATE | (below(w, 2) ? NLM_F_REPLACE : NLM_F_EXCL));
}

static int do_neigh_del(struct worker *w)
{
	return neigh(w, RTM_DELNEIGH, 0);
}

static int rtnl_dump(struct worker *w, int type, int family_of)
{
	struct request r;

	begin(&r, type, NLM_F_DUMP, 0);
	r.nlh.nlmsg_flags &= ~NLM_F_ACK;
	r.ifi.ifi_family = family_of;
	return ask(w, w->rtnl, &r);
}

static int do_neigh_dump(struct worker *w)
{
	return rtnl_dump(w, RTM_GETNEIGH, AF_BRIDGE);
}

static int do_link_dump(struct worker *w)
{
	return rtnl_dump(w, RTM_GETLINK, AF_UNSPEC);
}

/* The host sends by a switch that may be gone before it is done. */
static int do_host_send(struct worker *w)
{
	struct sockaddr_ll sll = {
		.sll_family = AF_PACKET, .sll_ifindex = ifindex_of(w, switch_name(w)),
	};
	uint8_t buf[64] = {};
	struct frame f;
	int i;

	frame_init(&f);
	for (i = 0; i < 16; i++) {
		some_mac(w, f.src);
		if (i & 1)
			some_mac(w, f.dst);
		frame_headers(&f, buf);
		if (sendto(w->packet, buf, sizeof(buf), 0, (struct sockaddr *)&sll, sizeof(sll)) < 0)
			return errno;
	}
	return 0;
}

/* ---- the operations ----------------------------------------------------------------------- */

#define MUST(a, v)	{ CVSWITCH_A_##a, V_##v, true }
#define MAY(a, v)	{ CVSWITCH_A_##a, V_##v, false }
#define PORT_SETTINGS							\
	MUST(PORT_SWITCH, SWITCH), MUST(PORT_IFINDEX, PORT),		\
	MAY(PORT_ISOLATED, BOOL), MAY(PORT_HAIRPIN, BOOL), MAY(PORT_BPDU_GUARD, BOOL), \
	MAY(PORT_LEARNING, BOOL), MAY(PORT_FLOOD_UNICAST, BOOL),	\
	MAY(PORT_FLOOD_MULTICAST, BOOL), MAY(PORT_FLOOD_BROADCAST, BOOL), \
	MAY(PORT_LIMIT_UNICAST, RATE), MAY(PORT_LIMIT_MULTICAST, RATE), \
	MAY(PORT_LIMIT_BROADCAST, RATE), MAY(PORT_FDB_MAX, COUNT)
#define PORT_PROFILES							\
	MAY(PORT_ADMIN_PROFILE, PROFILE_OR_NONE), MAY(PORT_TENANT_PROFILE, PROFILE_OR_NONE), \
	MAY(PORT_DEFAULT_PROFILE, PROFILE_OR_NONE)
#define SWITCH_SETTINGS							\
	MAY(SWITCH_ADDRESS, MAC), MAY(SWITCH_AGEING_TIME, TIME), MAY(SWITCH_VLAN_AWARE, BOOL), \
	MAY(SWITCH_SHORT_PATH, BOOL), MAY(SWITCH_FDB_MAX, COUNT),	\
	MAY(SWITCH_NEIGH_SUPPRESS, BOOL), MAY(SWITCH_NEIGH_LEARNING, BOOL), \
	MAY(SWITCH_NEIGH_MAX, COUNT), MAY(SWITCH_POLICY, BOOL)
#define TUNNEL_SETTINGS							\
	MAY(TUNNEL_PORT, UDP_PORT), MAY(TUNNEL_TTL, BOOL), MAY(TUNNEL_DSCP, CHOICE), \
	MAY(TUNNEL_DF, CHOICE), MAY(TUNNEL_CHECKSUM, BOOL), MAY(TUNNEL_ZERO_CHECKSUM_RX, BOOL), \
	MAY(TUNNEL_SOURCE, BOOL), MAY(TUNNEL_LEARNING, BOOL), MAY(TUNNEL_DEVICE, UNDERLAY), \
	MAY(TUNNEL_REMOTE_MAX, COUNT)
#define GENL(n, w, c, d, ...)						\
	{ .name = n, .weight = w, .command = CVSWITCH_CMD_##c, .dump = d, .attrs = { __VA_ARGS__ } }
#define FUNCTION(n, w, f)	{ .name = n, .weight = w, .fn = f }

static struct op ops[] = {
	GENL("switch-add", 4, SWITCH_ADD, false, MUST(SWITCH_NAME, NAME), SWITCH_SETTINGS),
	GENL("switch-set", 8, SWITCH_SET, false, MUST(SWITCH_IFINDEX, SWITCH), SWITCH_SETTINGS),
	GENL("switch-set-vlan-aware", 2, SWITCH_SET, false, MUST(SWITCH_IFINDEX, SWITCH),
	     MUST(SWITCH_VLAN_AWARE, ON)),
	GENL("switch-del", 1, SWITCH_DEL, false, MUST(SWITCH_IFINDEX, SWITCH)),
	GENL("switch-get", 3, SWITCH_GET, false, MUST(SWITCH_IFINDEX, SWITCH)),
	GENL("switch-dump", 3, SWITCH_GET, true, { 0 }),
	GENL("port-add", 12, PORT_ADD, false, PORT_SETTINGS),
	GENL("port-set", 10, PORT_SET, false, PORT_SETTINGS),
	GENL("port-del", 3, PORT_DEL, false, MUST(PORT_SWITCH, SWITCH), MUST(PORT_IFINDEX, PORT)),
	GENL("port-get", 3, PORT_GET, false, MUST(PORT_SWITCH, SWITCH), MUST(PORT_IFINDEX, PORT)),
	GENL("port-dump", 3, PORT_GET, true, MAY(PORT_SWITCH, SWITCH)),
	GENL("port-add-profiles", 6, PORT_ADD, false, MUST(PORT_SWITCH, SWITCH), MUST(PORT_IFINDEX, PORT),
	     PORT_PROFILES),
	GENL("port-set-profiles", 10, PORT_SET, false, MUST(PORT_SWITCH, SWITCH),
	     MUST(PORT_IFINDEX, PORT), PORT_PROFILES),
	GENL("vlan-add", 10, VLAN_ADD, false, MUST(VLAN_SWITCH, SWITCH), MUST(VLAN_PORT, PORT),
	     MUST(VLAN_VID, VLAN), MAY(VLAN_VID_END, VLAN_LAST), MAY(VLAN_PVID, BOOL),
	     MAY(VLAN_UNTAGGED, BOOL)),
	GENL("vlan-del", 6, VLAN_DEL, false, MUST(VLAN_SWITCH, SWITCH), MUST(VLAN_PORT, PORT),
	     MUST(VLAN_VID, VLAN), MAY(VLAN_VID_END, VLAN_LAST)),
	GENL("vlan-dump", 3, VLAN_GET, true, MAY(VLAN_SWITCH, SWITCH)),
	GENL("fdb-add", 16, FDB_ADD, false, MUST(FDB_SWITCH, SWITCH), MUST(FDB_MAC, MAC),
	     MAY(FDB_VLAN, VLAN), MUST(FDB_PORT, PORT), MAY(FDB_KIND, KIND), MAY(FDB_REPLACE, BOOL)),
	GENL("fdb-del", 12, FDB_DEL, false, MUST(FDB_SWITCH, SWITCH), MUST(FDB_MAC, MAC),
	     MAY(FDB_VLAN, VLAN)),
	GENL("fdb-flush", 2, FDB_FLUSH, false, MUST(FDB_SWITCH, SWITCH), MAY(FDB_PORT, PORT),
	     MAY(FDB_VLAN, VLAN), MAY(FDB_KIND, KIND)),
	GENL("fdb-get", 3, FDB_GET, false, MUST(FDB_SWITCH, SWITCH), MUST(FDB_MAC, MAC)),
	GENL("fdb-dump", 5, FDB_GET, true, MAY(FDB_SWITCH, SWITCH)),
	GENL("fdb-add-remote", 8, FDB_ADD, false, MUST(FDB_SWITCH, SWITCH), MUST(FDB_MAC, MAC),
	     MAY(FDB_VLAN, VLAN), MUST(FDB_REMOTE, REMOTE), MAY(FDB_REPLACE, BOOL)),
	GENL("fdb-flush-remote", 2, FDB_FLUSH, false, MUST(FDB_SWITCH, SWITCH),
	     MUST(FDB_REMOTE, REMOTE)),
	GENL("tunnel-add", 8, TUNNEL_SET, false, MUST(TUNNEL_SWITCH, SWITCH), MUST(TUNNEL_VNI, VNI),
	     MUST(TUNNEL_LOCAL, LOCAL), TUNNEL_SETTINGS),
	GENL("tunnel-set", 8, TUNNEL_SET, false, MUST(TUNNEL_SWITCH, SWITCH), TUNNEL_SETTINGS),
	GENL("tunnel-del", 2, TUNNEL_DEL, false, MUST(TUNNEL_SWITCH, SWITCH)),
	GENL("tunnel-get", 2, TUNNEL_GET, false, MUST(TUNNEL_SWITCH, SWITCH)),
	GENL("tunnel-dump", 2, TUNNEL_GET, true, { 0 }),
	GENL("remote-add", 16, REMOTE_ADD, false, MUST(REMOTE_SWITCH, SWITCH),
	     MUST(REMOTE_ADDRESS, REMOTE), MAY(REMOTE_FLOOD, BOOL), MAY(REMOTE_FDB_MAX, COUNT)),
	GENL("remote-set", 6, REMOTE_SET, false, MUST(REMOTE_SWITCH, SWITCH),
	     MUST(REMOTE_ADDRESS, REMOTE), MAY(REMOTE_FLOOD, BOOL), MAY(REMOTE_FDB_MAX, COUNT)),
	GENL("remote-del", 6, REMOTE_DEL, false, MUST(REMOTE_SWITCH, SWITCH),
	     MUST(REMOTE_ADDRESS, REMOTE)),
	GENL("remote-flush", 1, REMOTE_FLUSH, false, MUST(REMOTE_SWITCH, SWITCH)),
	GENL("remote-get", 3, REMOTE_GET, false, MUST(REMOTE_SWITCH, SWITCH),
	     MUST(REMOTE_ADDRESS, REMOTE)),
	GENL("remote-dump", 3, REMOTE_GET, true, MAY(REMOTE_SWITCH, SWITCH)),
	GENL("vni-add", 8, VNI_ADD, false, MUST(VNI_SWITCH, SWITCH), MUST(VNI_VNI, VLAN_VNI),
	     MUST(VNI_VLAN, VLAN)),
	GENL("vni-del", 3, VNI_DEL, false, MUST(VNI_SWITCH, SWITCH), MUST(VNI_VNI, VLAN_VNI)),
	GENL("vni-dump", 2, VNI_GET, true, MAY(VNI_SWITCH, SWITCH)),
	GENL("neighbour-add", 8, NEIGH_ADD, false, MUST(NEIGH_SWITCH, SWITCH), MUST(NEIGH_IP, IP),
	     MAY(NEIGH_VLAN, VLAN), MUST(NEIGH_MAC, MAC), MAY(NEIGH_ROUTER, BOOL),
	     MAY(NEIGH_REPLACE, BOOL)),
	GENL("neighbour-del", 6, NEIGH_DEL, false, MUST(NEIGH_SWITCH, SWITCH), MUST(NEIGH_IP, IP),
	     MAY(NEIGH_VLAN, VLAN)),
	GENL("neighbour-flush", 2, NEIGH_FLUSH, false, MUST(NEIGH_SWITCH, SWITCH),
	     MAY(NEIGH_PORT, PORT), MAY(NEIGH_KIND, BOOL)),
	GENL("neighbour-dump", 3, NEIGH_GET, true, MAY(NEIGH_SWITCH, SWITCH)),
	GENL("profile-add", 14, PROFILE_ADD, false, MUST(PROFILE_SWITCH, SWITCH),
	     MUST(PROFILE_NAME, PROFILE), MAY(PROFILE_TIER, CHOICE),
	     MAY(PROFILE_INGRESS_DEFAULT, VERDICT), MAY(PROFILE_EGRESS_DEFAULT, VERDICT)),
	GENL("profile-set", 6, PROFILE_SET, false, MUST(PROFILE_SWITCH, SWITCH),
	     MUST(PROFILE_NAME, PROFILE), MAY(PROFILE_INGRESS_DEFAULT, VERDICT),
	     MAY(PROFILE_EGRESS_DEFAULT, VERDICT)),
	GENL("profile-load", 10, PROFILE_LOAD, false, MUST(PROFILE_SWITCH, SWITCH),
	     MUST(PROFILE_NAME, PROFILE), MUST(PROFILE_RULE, RULES)),
	GENL("profile-del", 1, PROFILE_DEL, false, MUST(PROFILE_SWITCH, SWITCH),
	     MUST(PROFILE_NAME, PROFILE)),
	GENL("profile-dump", 3, PROFILE_GET, true, MAY(PROFILE_SWITCH, SWITCH)),
	GENL("rule-add", 12, RULE_ADD, false, MUST(ACL_SWITCH, SWITCH), MUST(ACL_PROFILE, PROFILE),
	     MAY(ACL_INDEX, PLACE), MUST(ACL_RULE, RULE)),
	GENL("rule-del", 6, RULE_DEL, false, MUST(ACL_SWITCH, SWITCH), MUST(ACL_PROFILE, PROFILE),
	     MUST(ACL_DIRECTION, DIRECTION), MUST(ACL_INDEX, PLACE)),
	GENL("rule-del-handle", 3, RULE_DEL, false, MUST(ACL_SWITCH, SWITCH),
	     MUST(ACL_PROFILE, PROFILE), MUST(ACL_HANDLE, PLACE)),
	GENL("rule-dump", 3, RULE_GET, true, MAY(ACL_SWITCH, SWITCH)),
	GENL("group-add", 16, GROUP_ADD, false, MUST(GROUP_SWITCH, SWITCH), MUST(GROUP_NAME, GROUP),
	     MUST(GROUP_TYPE, GROUP_TYPE), MAY(GROUP_MEMBER, MEMBER)),
	GENL("group-del", 2, GROUP_DEL, false, MUST(GROUP_SWITCH, SWITCH), MUST(GROUP_NAME, GROUP)),
	GENL("group-flush", 2, GROUP_FLUSH, false, MUST(GROUP_SWITCH, SWITCH), MUST(GROUP_NAME, GROUP)),
	GENL("group-dump", 3, GROUP_GET, true, MAY(GROUP_SWITCH, SWITCH)),
	GENL("member-add", 16, MEMBER_ADD, false, MUST(GROUP_SWITCH, SWITCH), MUST(GROUP_NAME, GROUP),
	     MUST(GROUP_MEMBER, MEMBERS)),
	GENL("member-del", 12, MEMBER_DEL, false, MUST(GROUP_SWITCH, SWITCH), MUST(GROUP_NAME, GROUP),
	     MUST(GROUP_MEMBER, MEMBER)),
	GENL("member-dump", 3, MEMBER_GET, true, MAY(GROUP_SWITCH, SWITCH)),
	GENL("stats-get", 3, STATS_GET, false, MUST(STATS_SWITCH, SWITCH), MAY(STATS_PORT, PORT)),
	GENL("stats-dump", 4, STATS_GET, true, MAY(STATS_SWITCH, SWITCH)),
	FUNCTION("half-dump", 6, do_half_dump),
	FUNCTION("link-add", 3, do_link_add),
	FUNCTION("link-del", 1, do_link_del),
	FUNCTION("master", 10, do_master),
	FUNCTION("nomaster", 3, do_nomaster),
	FUNCTION("device-add", 4, do_device_add),
	FUNCTION("device-del", 2, do_device_del),
	FUNCTION("port-updown", 5, do_port_updown),
	FUNCTION("switch-updown", 2, do_switch_updown),
	FUNCTION("promisc", 3, do_promisc),
	FUNCTION("mtu", 4, do_mtu),
	FUNCTION("address", 3, do_address),
	FUNCTION("neigh-add", 5, do_neigh_add),
	FUNCTION("neigh-del", 5, do_neigh_del),
	FUNCTION("neigh-dump", 2, do_neigh_dump),
	FUNCTION("link-dump", 2, do_link_dump),
	FUNCTION("host-send", 8, do_host_send),
};

#define N_OPS	(sizeof(ops) / sizeof(*ops))

static void keep_switches(void)
{
	unsigned int i;

	for (i = 0; i < N_OPS; i++)
		if (ops[i].command == CVSWITCH_CMD_SWITCH_DEL || ops[i].fn == do_link_del ||
		    ops[i].command == CVSWITCH_CMD_SWITCH_ADD || ops[i].fn == do_link_add)
			ops[i].weight = 0;
}

/* The first operation from number @from on, round and round, that never succeeded; or NULL. */
static struct op *never_done(unsigned int from)
{
	unsigned int i;

	for (i = from; i < from + N_OPS; i++) {
		struct op *op = &ops[i % N_OPS];

		if (op->weight && !__atomic_load_n(&op->ok, __ATOMIC_RELAXED))
			return op;
	}
	return NULL;
}

static struct op *choose(struct worker *w)
{
	unsigned int i, r = below(w, weights);

	for (i = 0; r >= ops[i].weight; i++)
		r -= ops[i].weight;
	return &ops[i];
}

static void perform(struct worker *w, struct op *op)
{
	int error = op->fn ? op->fn(w) : do_genl(w, op);

	__atomic_add_fetch(error ? &op->refused : &op->ok, 1, __ATOMIC_RELAXED);
}

/* In a new switch, what has to be there for an operation. */
static const struct need {
	const char *name;
	const char *before[4];
} needs[] = {
	{ "port-add", { "nomaster" } },
	{ "master", { "nomaster" } },
	{ "port-set", { "master" } },
	{ "port-del", { "master" } },
	{ "port-get", { "master" } },
	{ "port-add-profiles", { "nomaster", "profile-add" } },
	{ "port-set-profiles", { "profile-add", "master" } },
	{ "nomaster", { "master" } },
	{ "vlan-add", { "master" } },
	{ "vlan-del", { "master", "vlan-add" } },
	{ "fdb-add", { "master" } },
	{ "fdb-del", { "master", "fdb-add" } },
	{ "fdb-get", { "master", "fdb-add" } },
	{ "fdb-add-remote", { "tunnel-add", "remote-add" } },
	{ "fdb-flush-remote", { "tunnel-add", "remote-add" } },
	{ "tunnel-set", { "tunnel-add" } },
	{ "tunnel-del", { "tunnel-add" } },
	{ "tunnel-get", { "tunnel-add" } },
	{ "remote-add", { "tunnel-add" } },
	{ "remote-set", { "tunnel-add", "remote-add" } },
	{ "remote-del", { "tunnel-add", "remote-add" } },
	{ "remote-flush", { "tunnel-add", "remote-add" } },
	{ "remote-get", { "tunnel-add", "remote-add" } },
	{ "vni-add", { "switch-set-vlan-aware", "tunnel-add" } },
	{ "vni-del", { "switch-set-vlan-aware", "tunnel-add", "vni-add" } },
	{ "neighbour-del", { "neighbour-add" } },
	{ "profile-set", { "profile-add" } },
	{ "profile-load", { "profile-add" } },
	{ "profile-del", { "profile-add" } },
	{ "rule-add", { "profile-add" } },
	{ "rule-del", { "profile-add", "rule-add" } },
	{ "rule-del-handle", { "profile-del", "profile-add", "rule-add" } },
	{ "group-del", { "group-add" } },
	{ "group-flush", { "group-add" } },
	{ "member-add", { "group-add" } },
	{ "member-del", { "group-add", "member-add" } },
	{ "device-del", { "device-add" } },
	{ "neigh-add", { "master" } },
	{ "neigh-del", { "master", "neigh-add" } },
};

static void perform_named(struct worker *w, const char *name)
{
	unsigned int i;

	for (i = 0; i < N_OPS; i++)
		if (!strcmp(ops[i].name, name) && ops[i].weight)
			perform(w, &ops[i]);
}

/* Others may still come between. */
static void perform_prepared(struct worker *w, struct op *op)
{
	unsigned int i, j;

	w->steady = true;
	perform_named(w, op->fn == do_device_add ? "device-del" : "link-del");
	if (op->fn != do_link_add && op->command != CVSWITCH_CMD_SWITCH_ADD)
		perform_named(w, "link-add");
	for (i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		for (j = 0; !strcmp(needs[i].name, op->name) && j < 4 && needs[i].before[j]; j++)
			perform_named(w, needs[i].before[j]);
	perform(w, op);
	w->steady = false;
}

static void open_worker(struct worker *w)
{
	w->rtnl = open_netlink(NETLINK_ROUTE);
	w->genl = open_netlink(NETLINK_GENERIC);
	w->packet = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (w->packet < 0)
		err(2, "packet socket");
	resolve(w);
}

static void *work(void *arg)
{
	static pthread_mutex_t preparing = PTHREAD_MUTEX_INITIALIZER;
	struct worker *w = arg;
	struct op *op = NULL;
	bool late = false;

	open_worker(w);
	while (!stop && (!late || op)) {
		if (op && !pthread_mutex_trylock(&preparing)) {
			perform_prepared(w, op);
			pthread_mutex_unlock(&preparing);
		} else {
			perform(w, choose(w));
		}
		late = overtime;
		op = late ? never_done(below(w, N_OPS)) : NULL;
	}
	return NULL;
}

/* A socket in every multicast group that there may be, for a while. */
static void *listen_to_all(void *arg)
{
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	char buf[65536];
	int fd, group;

	while (!stop) {
		struct pollfd pfd = { .events = POLLIN };
		uint64_t until = now_ms() + 500;

		fd = open_netlink(NETLINK_GENERIC);
		if (bind(fd, (struct sockaddr *)&any, sizeof(any)))
			err(2, "bind");
		for (group = 1; group < 64; group++)	/* those of other families are silent */
			setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
		pfd.fd = fd;
		while (!stop && now_ms() < until)
			if (poll(&pfd, 1, 100) > 0 && recv(fd, buf, sizeof(buf), MSG_DONTWAIT) > 0)
				events++;
		close(fd);
	}
	return arg;
}

static unsigned int seconds = 10;

static void on_signal(int sig)
{
	if (sig == SIGTERM || overtime)
		stop = 1;
	overtime = 1;
	alarm(3 * seconds);
}

int main(int argc, char **argv)
{
	static const char * const dummies[DUMMIES] = { "cd0", "cd1", "cd2", "cd3" };
	static struct worker workers[THREADS_MAX];
	unsigned long seed = 1;
	unsigned int i, threads = 4;
	pthread_t listener;
	int opt;

	while ((opt = getopt(argc, argv, "+ks:t:j:")) > 0) {
		switch (opt) {
		case 'k': keep_switches(); break;
		case 's': seed = strtoul(optarg, NULL, 0); break;
		case 't': seconds = strtoul(optarg, NULL, 0); break;
		case 'j': threads = strtoul(optarg, NULL, 0); break;
		default: optind = argc;
		}
	}
	if (optind >= argc || argc - optind > DEVICES_MAX || !threads || threads > THREADS_MAX)
		errx(2, "usage: confstorm [-k] [-s SEED] [-t SECONDS] [-j THREADS] DEVICE...");
	while (optind < argc)
		devices[n_devices++] = argv[optind++];
	for (i = 0; i < DUMMIES; i++)
		devices[n_devices++] = dummies[i];
	for (i = 0; i < N_OPS; i++)
		weights += ops[i].weight;
	signal(SIGTERM, on_signal);
	signal(SIGALRM, on_signal);
	alarm(seconds);

	for (i = 0; i < threads; i++) {
		workers[i].random = rnd_seed(seed * 100 + i);
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
			errx(2, "pthread_create");
	}
	if (pthread_create(&listener, NULL, listen_to_all, NULL))
		errx(2, "pthread_create");
	for (i = 0; i < threads; i++)
		pthread_join(workers[i].thread, NULL);
	stop = 1;
	pthread_join(listener, NULL);

	for (i = 0; i < N_OPS; i++)
		printf("%s ok=%lu refused=%lu\n", ops[i].name, ops[i].ok, ops[i].refused);
	printf("events ok=%lu refused=0\n", events);
	return 0;
}
