// SPDX-License-Identifier: GPL-2.0
/*
 * modreload: load and unload the switch's module again and again, with a switch
 * in use each time. To be run in the switch's namespace, the module not loaded.
 *
 * modreload [-n RELOADS] [-t SECONDS] MODULE.ko DEVICE...
 *
 * Each time: load, make the switch sw0 with the DEVICEs as ports, wait until it
 * has flooded frames to the host, unload. Others may do something to the switch
 * meanwhile. The kernel refuses to unload while it answers a request; that is
 * tried again. Goes on for SECONDS, and longer, three times as long at most,
 * until it has made so many RELOADS. Ends with the module loaded, and prints
 *	reloads=N with-traffic=N refused=N longest-ms=N
 * with-traffic says how often frames had come, longest-ms how long it took to
 * unload at most, once the kernel was willing. Unloading that is refused for a
 * minute is an error.
 */
#include "frame.h"
#include "rtnl.h"
#include <sys/syscall.h>

#define PATIENCE_MS	60000

static unsigned long reloads, with_traffic, refused;
static uint64_t longest;

static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		err(1, "%s", path);
	close(fd);
}

static void unload(void)
{
	uint64_t limit = now_ms() + PATIENCE_MS, start;

	for (;;) {
		start = now_ms();
		if (!syscall(SYS_delete_module, "cvswitch", O_NONBLOCK))
			break;
		if (errno != EAGAIN || start > limit)
			err(1, "delete_module");
		refused++;
		usleep(1000);
	}
	if (now_ms() - start > longest)
		longest = now_ms() - start;
	if (!access("/sys/module/cvswitch", F_OK))
		errx(1, "the module is still there");
}

/* What goes wrong here others may have caused, who were faster. */
static void make_switch(int fd, char **devices)
{
	struct rtattr *info;
	struct request r;
	uint32_t master;

	begin(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	add(&r, IFLA_IFNAME, "sw0", 4);
	info = nest(&r, IFLA_LINKINFO);
	add(&r, IFLA_INFO_KIND, "cvswitch", 8);
	end(&r, info);
	talk(fd, &r);
	master = if_nametoindex("sw0");
	for (; *devices; devices++) {
		begin(&r, RTM_NEWLINK, 0, if_nametoindex(*devices));
		r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
		add(&r, IFLA_MASTER, &master, sizeof(master));
		if (master)
			talk(fd, &r);
	}
}

/* Frames that the host has received, as sysfs of this namespace isn't mounted: by rtnetlink. */
static uint64_t host_received(int fd)
{
	struct rtnl_link_stats64 stats;
	char buf[16384];
	struct nlmsghdr *nlh = (void *)buf;
	struct request r;
	struct rtattr *a;
	ssize_t len;

	begin(&r, RTM_GETLINK, 0, if_nametoindex("sw0"));
	r.nlh.nlmsg_flags &= ~NLM_F_ACK;
	if (!r.ifi.ifi_index || send(fd, &r, r.nlh.nlmsg_len, 0) < 0)
		return 0;
	len = recv(fd, buf, sizeof(buf), 0);
	if (len < 0 || !NLMSG_OK(nlh, len) || nlh->nlmsg_type != RTM_NEWLINK)
		return 0;
	a = IFLA_RTA(NLMSG_DATA(nlh));
	for (len = IFLA_PAYLOAD(nlh); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type != IFLA_STATS64)
			continue;
		memcpy(&stats, RTA_DATA(a), sizeof(stats));
		return stats.rx_packets;
	}
	return 0;
}

static void reload(int fd, const char *path, char **devices)
{
	uint64_t limit;

	load(path);
	make_switch(fd, devices);
	for (limit = now_ms() + 2000; now_ms() < limit; usleep(5000)) {
		if (host_received(fd)) {
			with_traffic++;
			break;
		}
	}
	unload();
	reloads++;
}

int main(int argc, char **argv)
{
	unsigned long n = 10, seconds = 60;
	uint64_t start;
	char *path;
	int opt, fd;

	while ((opt = getopt(argc, argv, "+n:t:")) > 0) {
		if (opt == 'n')
			n = strtoul(optarg, NULL, 0);
		else if (opt == 't')
			seconds = strtoul(optarg, NULL, 0);
		else
			optind = argc;
	}
	if (optind + 1 >= argc)
		errx(2, "usage: modreload [-n RELOADS] [-t SECONDS] MODULE.ko DEVICE...");
	path = argv[optind++];
	fd = open_rtnl();
	start = now_ms();
	while (now_ms() < start + seconds * 1000 ||
	       (reloads < n && now_ms() < start + seconds * 3000))
		reload(fd, path, argv + optind);
	load(path);
	printf("reloads=%lu with-traffic=%lu refused=%lu longest-ms=%llu\n", reloads, with_traffic,
	       refused, (unsigned long long)longest);
	return 0;
}
