// SPDX-License-Identifier: GPL-2.0
/*
 * linkup: set devices in other network namespaces up, many at once.
 *
 * linkup NETNS/DEVICE...
 */
#include "frame.h"

static void up(const char *spec)
{
	struct ifreq ifr = { .ifr_flags = IFF_UP };
	const char *slash = strchr(spec, '/');
	char netns[256];
	int fd;

	if (!slash)
		errx(2, "usage: linkup NETNS/DEVICE...");
	snprintf(netns, sizeof(netns), "%.*s", (int)(slash - spec), spec);
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", slash + 1);
	enter_netns(netns);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr))
		err(2, "%s", spec);
	close(fd);
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		up(argv[i]);
	return 0;
}
