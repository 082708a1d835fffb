// SPDX-License-Identifier: GPL-2.0
/*
 * nsadd: create named network namespaces in which the kernel is silent.
 *
 * nsadd NAME...
 *
 * As "ip netns add", but for many at once; the loopback device is up, and there
 * is no IPv6 until somebody asks for it.
 */
#include "frame.h"
#include <sys/mount.h>
#include <sys/stat.h>

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err(2, "%s", path);
	close(fd);
}

static void loopback_up(void)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr))
		err(2, "lo");
	close(fd);
}

/* ip(8) finds namespaces where their files are mounted. */
static void prepare_directory(void)
{
	mkdir("/run/netns", 0755);
	if (!mount("", "/run/netns", "none", MS_SHARED | MS_REC, NULL))
		return;
	if (mount("/run/netns", "/run/netns", "none", MS_BIND | MS_REC, NULL) ||
	    mount("", "/run/netns", "none", MS_SHARED | MS_REC, NULL))
		err(2, "/run/netns");
}

static void add(const char *name)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CREAT | O_EXCL, 0);
	if (fd < 0 || unshare(CLONE_NEWNET) ||
	    mount("/proc/self/ns/net", path, "none", MS_BIND, NULL))
		err(2, "%s", name);
	close(fd);
	loopback_up();
	write_file("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
}

int main(int argc, char **argv)
{
	int i;

	prepare_directory();
	for (i = 1; i < argc; i++)
		add(argv[i]);
	return 0;
}
