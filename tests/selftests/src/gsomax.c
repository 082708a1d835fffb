// SPDX-License-Identifier: GPL-2.0
/*
 * gsomax: how large frames may be that a device takes in one piece.
 *
 * gsomax [NETNS/]DEVICE BYTES
 *
 * Both IPv6 (as "ip link set DEVICE gso_max_size BYTES") and IPv4, which ip(8)
 * of Debian 12 doesn't know yet. A kernel that knows no BIG TCP for IPv4
 * ignores the latter.
 */
#include "rtnl.h"

#define GSO_IPV4_MAX_SIZE 63	/* IFLA_GSO_IPV4_MAX_SIZE, in headers since Linux 6.3 */

int main(int argc, char **argv)
{
	char *slash, *device;
	struct request r;
	uint32_t bytes;
	int error;

	if (argc != 3)
		errx(2, "usage: gsomax [NETNS/]DEVICE BYTES");
	device = argv[1];
	slash = strchr(device, '/');
	if (slash) {
		*slash = 0;
		enter_netns(device);
		device = slash + 1;
	}
	bytes = strtoul(argv[2], NULL, 0);
	begin(&r, RTM_SETLINK, 0, if_nametoindex(device));
	add(&r, IFLA_GSO_MAX_SIZE, &bytes, sizeof(bytes));
	add(&r, GSO_IPV4_MAX_SIZE, &bytes, sizeof(bytes));
	error = talk(open_rtnl(), &r);
	if (error)
		errx(1, "%s: %s", device, strerror(error));
	return 0;
}
