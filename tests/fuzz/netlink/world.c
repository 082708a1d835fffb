// SPDX-License-Identifier: GPL-2.0
#include "world.h"

#include "../../selftests/src/rtnl.h"
#include <linux/veth.h>

static int home = -1;

/* No frames but ours. */
static void quiet_namespace(void)
{
	static const char *const files[] = {
		"/proc/sys/net/ipv6/conf/all/disable_ipv6",
		"/proc/sys/net/ipv6/conf/default/disable_ipv6",
	};
	size_t i;
	int fd;

	if (unshare(CLONE_NEWNET))
		err(2, "unshare");
	for (i = 0; i < ARRAY_LEN(files); i++) {
		fd = open(files[i], O_WRONLY | O_CLOEXEC);
		if (fd >= 0 && write(fd, "1", 1) != 1)
			err(2, "%s", files[i]);
		close(fd);
	}
}

/* Begins a request for a device with this number and name; ends up in its data. */
static struct rtattr *begin_link(struct request *r, int ifindex, const char *name, const char *kind)
{
	struct rtattr *info;

	begin(r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, ifindex);
	r->ifi.ifi_flags = r->ifi.ifi_change = IFF_UP;
	add(r, IFLA_IFNAME, name, strlen(name) + 1);
	info = nest(r, IFLA_LINKINFO);
	add(r, IFLA_INFO_KIND, kind, strlen(kind) + 1);
	return info;
}

/* Return: 0 or an errno, as from the others here. */
static int make_link(int fd, int ifindex, const char *name, const char *kind)
{
	struct request r;

	end(&r, begin_link(&r, ifindex, name, kind));
	return talk(fd, &r);
}

/* And makes it a port of a switch, if there is one. */
static int set_up(int fd, int ifindex, const uint32_t *master)
{
	struct request r;

	begin(&r, RTM_SETLINK, 0, ifindex);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	if (master)
		add(&r, IFLA_MASTER, master, sizeof(*master));
	return talk(fd, &r);
}

static int make_cable(int fd, unsigned int number, const struct world *world)
{
	struct ifinfomsg ifi = { .ifi_index = PORT_FIRST + number };
	struct rtattr *info, *data, *peer;
	struct request r;
	char name[IFNAMSIZ];

	snprintf(name, sizeof(name), "p%u", number);
	info = begin_link(&r, PORT_FIRST + number, name, "veth");
	data = nest(&r, IFLA_INFO_DATA);
	peer = add(&r, VETH_INFO_PEER, &ifi, sizeof(ifi));
	name[0] = 'e';
	add(&r, IFLA_IFNAME, name, strlen(name) + 1);
	add(&r, IFLA_NET_NS_FD, &world->containers, sizeof(world->containers));
	end(&r, peer);
	end(&r, data);
	end(&r, info);
	return talk(fd, &r) ?: set_up(world->rtnl, PORT_FIRST + number, NULL);
}

/* What it refuses, because there is no such device, is no matter. */
static void add_address(int fd, int ifindex, uint8_t last)
{
	struct {
		struct nlmsghdr nlh;
		struct ifaddrmsg ifa;
		struct rtattr a;
		uint8_t address[4];
	} r = {
		{ sizeof(r), RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE, 0, 0 },
		{ .ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = ifindex },
		{ RTA_LENGTH(4), IFA_LOCAL }, { 198, 51, 100, last },
	};
	char buf[512];

	if (send(fd, &r, sizeof(r), 0) < 0 || recv(fd, buf, sizeof(buf), 0) < 0)
		err(2, "rtnetlink");
}

int world_mend(const struct world *world)
{
	char name[IFNAMSIZ];
	unsigned int i;
	int fd = open_rtnl(), error = 0;

	for (i = 0; i < SWITCHES; i++) {
		snprintf(name, sizeof(name), "sw%u", i);
		error = make_link(fd, SWITCH_FIRST + i, name, "cvswitch") ?: error;
	}
	for (i = 0; i < PORTS; i++)
		error = make_cable(fd, i, world) ?: error;
	for (i = 0; i < PORTS; i++) {
		const uint32_t master = SWITCH_FIRST + i / PORTS_EACH;
		const bool member = i % PORTS_EACH < PORTS_EACH - 1;

		error = set_up(fd, PORT_FIRST + i, member ? &master : NULL) ?: error;
	}
	close(fd);
	return error;
}

void world_enter(struct world *world)
{
	int fd, error;

	if (home < 0) {
		home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
		if (home < 0)
			err(2, "/proc/self/ns/net");
	}
	quiet_namespace();
	world->containers = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (world->containers < 0)
		err(2, "/proc/thread-self/ns/net");
	world->rtnl = open_rtnl();
	quiet_namespace();
	fd = open_rtnl();
	/* Not every kernel has them. */
	make_link(fd, DUMMY, "dummy", "dummy");
	make_link(fd, BRIDGE, "bridge", "bridge");
	add_address(fd, DUMMY, 1);
	add_address(fd, DUMMY, 2);
	close(fd);
	error = world_mend(world);
	if (error)
		errx(2, "the devices can't be made: %s", strerror(error));
}

void world_leave(const struct world *world)
{
	close(world->rtnl);
	close(world->containers);
	if (setns(home, CLONE_NEWNET))
		err(2, "setns");
}
