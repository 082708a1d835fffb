// SPDX-License-Identifier: GPL-2.0
/*
 * linkstat: the kernel's own counters of devices in many network namespaces.
 *
 * linkstat [LABEL=][NETNS/]DEVICE...
 *
 * Prints one line for each: LABEL rx=FRAMES tx=FRAMES tx-dropped=FRAMES.
 */
#include "rtnl.h"

static struct rtnl_link_stats64 get_stats(int fd, int ifindex)
{
	struct rtnl_link_stats64 stats;
	static char buf[65536];
	struct nlmsghdr *nlh = (void *)buf;
	struct request r;
	struct rtattr *a;
	ssize_t len;

	begin(&r, RTM_GETLINK, 0, ifindex);
	r.nlh.nlmsg_flags &= ~NLM_F_ACK;
	if (send(fd, &r, r.nlh.nlmsg_len, 0) < 0)
		err(2, "send");
	len = recv(fd, buf, sizeof(buf), 0);
	if (len < 0 || !NLMSG_OK(nlh, len) || nlh->nlmsg_type != RTM_NEWLINK)
		errx(2, "no answer to RTM_GETLINK");
	a = IFLA_RTA(NLMSG_DATA(nlh));
	for (len = IFLA_PAYLOAD(nlh); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type != IFLA_STATS64)
			continue;
		memset(&stats, 0, sizeof(stats));
		memcpy(&stats, RTA_DATA(a), RTA_PAYLOAD(a) < sizeof(stats) ?
		       RTA_PAYLOAD(a) : sizeof(stats));
		return stats;
	}
	errx(2, "a device without statistics");
}

static void print(char *spec)
{
	struct rtnl_link_stats64 stats;
	char *eq = strchr(spec, '=');
	const char *label = spec;
	char *slash;
	int fd;

	if (eq) {
		*eq = 0;
		spec = eq + 1;
	}
	slash = strchr(spec, '/');
	if (slash)
		*slash = 0;
	enter_netns(slash ? spec : "");
	fd = open_rtnl();
	stats = get_stats(fd, if_nametoindex(slash ? slash + 1 : spec));
	close(fd);
	printf("%s rx=%llu tx=%llu tx-dropped=%llu\n", label, (unsigned long long)stats.rx_packets,
	       (unsigned long long)stats.tx_packets, (unsigned long long)stats.tx_dropped);
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		print(argv[i]);
	return 0;
}
