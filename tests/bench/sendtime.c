// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into a program, this writes into the file $SENDTIME at its end how many nanoseconds it
 * spent on sending messages. On netlink's sockets, that is when the kernel does what they ask for.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int64_t spent;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	int64_t start = now();
	ssize_t done = syscall(SYS_sendmsg, fd, msg, flags);

	spent += now() - start;
	return done;
}

ssize_t sendto(int fd, const void *data, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addr_len)
{
	int64_t start = now();
	ssize_t done = syscall(SYS_sendto, fd, data, len, flags, addr, addr_len);

	spent += now() - start;
	return done;
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("SENDTIME");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%lld\n", (long long)spent);
	fclose(file);
}
