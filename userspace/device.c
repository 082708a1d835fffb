// SPDX-License-Identifier: GPL-2.0
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct known {
	uint32_t ifindex;
	int stale;
	char name[IF_NAMESIZE];
};

static void *known_devices;

int netns_enter(const char *netns)
{
	char path[4096];
	int fd, err = 0;

	snprintf(path, sizeof(path), "%s%s", strchr(netns, '/') ? "" : "/run/netns/", netns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (setns(fd, CLONE_NEWNET))
		err = -errno;
	close(fd);
	return err;
}

static int compare(const void *a, const void *b)
{
	const struct known *left = a, *right = b;

	return left->ifindex < right->ifindex ? -1 : left->ifindex > right->ifindex;
}

static struct known *know(uint32_t ifindex)
{
	struct known *known = malloc(sizeof(*known));
	struct known **slot;

	if (!known)
		abort();
	*known = (struct known){ .ifindex = ifindex, .stale = 1 };
	slot = tsearch(known, &known_devices, compare);
	if (!slot)
		abort();
	if (*slot != known)
		free(known);
	return *slot;
}

const char *device_name(uint32_t ifindex)
{
	const struct known key = { .ifindex = ifindex };
	struct known **slot = tfind(&key, &known_devices, compare);
	struct known *known = slot ? *slot : know(ifindex);
	char name[IF_NAMESIZE];

	if (known->stale) {
		if (if_indextoname(ifindex, name))
			memcpy(known->name, name, sizeof(name));
		else if (!*known->name)
			snprintf(known->name, sizeof(known->name), "#%u", ifindex);
		known->stale = 0;
	}
	return known->name;
}

void device_forget(void)
{
	tdestroy(known_devices, free);
	known_devices = NULL;
}

void device_renamed(uint32_t ifindex, const char *name)
{
	struct known *known = know(ifindex);

	known->stale = 1;
	if (name)
		snprintf(known->name, sizeof(known->name), "%s", name);
}

int device_set_up(const char *name)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq ifr = { 0 };
	int err = 0;

	if (fd < 0)
		return -errno;
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFFLAGS, &ifr)) {
		err = -errno;
	} else {
		ifr.ifr_flags |= IFF_UP;
		if (ioctl(fd, SIOCSIFFLAGS, &ifr))
			err = -errno;
	}
	close(fd);
	return err;
}
