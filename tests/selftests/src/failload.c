// SPDX-License-Identifier: GPL-2.0
/*
 * failload: load a module again and again, with the 1st, 2nd, ... allocation that
 * the kernel needs for it failing, until none of them is left to fail.
 *
 * failload [-f FROM] [-t TO] FILE.ko
 *
 * A module that was loaded is unloaded again. Of one that could not be loaded
 * there may be nothing left, nor of its family, its kind of link and its cache.
 * Prints "failed=N attempts=N done=N refused=N allocations=N", where allocations
 * is how many the last attempt made. Writes "failload begins" and "failload ends"
 * into the kernel's trace around each.
 */
#include "fault.h"
#include "rtnl.h"
#include <linux/genetlink.h>
#include <sys/syscall.h>

#define MODULE	"cvswitch"

static int route;

static bool kind_is_known(void)
{
	struct rtattr *info;
	struct request r;

	begin(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	add(&r, IFLA_IFNAME, "fault", 6);
	info = nest(&r, IFLA_LINKINFO);
	add(&r, IFLA_INFO_KIND, MODULE, strlen(MODULE));
	end(&r, info);
	return talk(route, &r) != EOPNOTSUPP;
}

static bool family_is_known(void)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct rtattr a;
		char name[12];
	} r = {
		.nlh = { sizeof(r), GENL_ID_CTRL, NLM_F_REQUEST, 0, 0 },
		.genl = { .cmd = CTRL_CMD_GETFAMILY },
		.a = { RTA_LENGTH(sizeof(r.name)), CTRL_ATTR_FAMILY_NAME },
		.name = MODULE,
	};
	char buf[8192];
	struct nlmsghdr *nlh = (void *)buf;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);

	if (fd < 0 || send(fd, &r, sizeof(r), 0) < 0 || recv(fd, buf, sizeof(buf), 0) < 0)
		err(2, "CTRL_CMD_GETFAMILY");
	close(fd);
	return nlh->nlmsg_type != NLMSG_ERROR;
}

/* Return: what is left of a module that isn't loaded, or NULL. */
static const char *remains(void)
{
	if (!access("/sys/module/" MODULE, F_OK))
		return "the module is still there";
	if (!access("/sys/kernel/slab/" MODULE "_fdb", F_OK))
		return "its cache is still there";
	if (family_is_known())
		return "its family is still there";
	return kind_is_known() ? "its kind of link is still there" : NULL;
}

static void mark(const char *text)
{
	int fd = open("/sys/kernel/tracing/trace_marker", O_WRONLY | O_CLOEXEC);

	/* It's for the reader of a trace; where there is none, there is no harm. */
	if (fd >= 0 && write(fd, text, strlen(text)) > 0)
		close(fd);
}

int main(int argc, char **argv)
{
	unsigned int n, from = 1, to = 5000, left = 0, failed = 0, done = 0;
	const char *wrong = NULL;
	int opt, fail_nth, file;

	while ((opt = getopt(argc, argv, "+f:t:")) > 0) {
		if (opt == 'f')
			from = strtoul(optarg, NULL, 0);
		else if (opt == 't')
			to = strtoul(optarg, NULL, 0);
		else
			errx(2, "usage: failload [-f FROM] [-t TO] FILE.ko");
	}
	if (argc - optind != 1)
		errx(2, "usage: failload [-f FROM] [-t TO] FILE.ko");
	file = open(argv[optind], O_RDONLY | O_CLOEXEC);
	if (file < 0)
		err(2, "%s", argv[optind]);
	fail_nth = open_fail_nth(0);
	route = open_rtnl();

	for (n = from; n <= to && !left && !wrong; n++) {
		bool loaded;

		mark("failload begins");
		arm(fail_nth, n);
		loaded = !syscall(SYS_finit_module, file, "", 0);
		left = disarm(fail_nth);
		mark("failload ends");
		failed += !left;
		done += loaded;
		if (!loaded && left)
			wrong = "it can't be loaded";
		else if (!loaded)
			wrong = remains();
		else if (syscall(SYS_delete_module, MODULE, O_NONBLOCK))
			wrong = "it can't be unloaded";
	}
	if (!left && !wrong && to == 5000)
		wrong = "no end of allocations";
	if (wrong)
		printf("allocation %u: %s\n", n - 1, wrong);
	printf("failed=%u attempts=%u done=%u refused=%u allocations=%u\n", failed, n - from,
	       done, n - from - done, n - 1 - left);
	return wrong ? 1 : 0;
}
