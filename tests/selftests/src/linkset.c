// SPDX-License-Identifier: GPL-2.0
/*
 * linkset: settings of a switch by rtnetlink, which ip(8) has no words for.
 *
 * linkset [-a MAC] [NETNS/]DEVICE ATTRIBUTE=VALUE...
 *
 * Changes the settings of a device of kind cvswitch, or adds one with them and
 * this address (-a). ATTRIBUTE is a number, CVSWITCH_A_SWITCH_* in
 * linux/cvswitch.h. Prints what the kernel has against it.
 */
#include "rtnl.h"

static void add_setting(struct request *r, const char *text)
{
	const char *value = strchr(text, '=');
	uint32_t number;

	if (!value)
		errx(2, "no value: %s", text);
	number = strtoul(value + 1, NULL, 0);
	add(r, strtoul(text, NULL, 0), &number, sizeof(number));
}

static void add_info(struct request *r, char **settings)
{
	struct rtattr *info, *data;

	info = nest(r, IFLA_LINKINFO);
	add(r, IFLA_INFO_KIND, "cvswitch", strlen("cvswitch"));
	data = nest(r, IFLA_INFO_DATA);
	for (; *settings; settings++)
		add_setting(r, *settings);
	end(r, data);
	end(r, info);
}

int main(int argc, char **argv)
{
	bool adds = argc > 1 && !strcmp(argv[1], "-a");
	uint8_t mac[ETH_ALEN];
	char *device, *slash;
	struct request r;
	int fd, error;

	if (argc < (adds ? 5 : 3))
		errx(2, "usage: linkset [-a MAC] [NETNS/]DEVICE ATTRIBUTE=VALUE...");
	if (adds)
		parse_mac(mac, argv[2]);
	argv += adds ? 3 : 1;
	device = *argv++;
	slash = strchr(device, '/');
	if (slash) {
		*slash = 0;
		enter_netns(device);
		device = slash + 1;
	}
	fd = open_rtnl();
	begin(&r, RTM_NEWLINK, adds ? NLM_F_CREATE | NLM_F_EXCL : 0, 0);
	add(&r, IFLA_IFNAME, device, strlen(device) + 1);
	if (adds)
		add(&r, IFLA_ADDRESS, mac, sizeof(mac));
	add_info(&r, argv);
	error = talk(fd, &r);
	if (error)
		errx(1, "%s: %s", device, strerror(error));
	return 0;
}
