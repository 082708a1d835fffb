// SPDX-License-Identifier: GPL-2.0
/*
 * tcpbulk: send bytes by TCP from one network namespace to another and check
 * every one of them.
 *
 * tcpbulk [-c] [-m MEGABYTES] [-t LIMIT_S] FROM_NETNS TO_NETNS TO_ADDRESS
 *
 * The address is the receiver's, IPv4 or IPv6. Prints "received N bytes" and
 * succeeds if all of them came, in order and unaltered, within the limit. With
 * -c they are only counted, for those who measure what it costs to carry them,
 * and a line "took N us of CPU time" says what the two ends were charged for.
 */
#include "frame.h"
#include <netdb.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define PORT	"7070"
#define CHUNK	(1 << 20)

static uint8_t buf[CHUNK];
static bool only_count;

/* The byte at each place is known to both sides and doesn't repeat every 2^n. */
static void pattern(uint8_t *p, size_t len, uint64_t at)
{
	size_t i;

	for (i = 0; i < len; i++, at++)
		p[i] = at % 251 ^ at >> 16;
}

static int open_socket(const char *netns, struct addrinfo *ai)
{
	int fd;

	enter_netns(netns);
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		err(2, "socket");
	return fd;
}

static void send_all(const char *netns, struct addrinfo *ai, uint64_t total)
{
	int fd = open_socket(netns, ai);
	uint64_t at = 0;
	ssize_t n;

	if (connect(fd, ai->ai_addr, ai->ai_addrlen))
		err(1, "connect");
	while (at < total) {
		size_t len = total - at < CHUNK ? total - at : CHUNK;

		if (!only_count)
			pattern(buf, len, at);
		n = send(fd, buf, len, 0);
		if (n <= 0)
			err(1, "send");
		at += n;
	}
	shutdown(fd, SHUT_WR);
	while (recv(fd, buf, 1, 0) > 0)	/* until the receiver has read it all */
		;
	exit(0);
}

static unsigned long long cpu_us(int who)
{
	struct rusage used;

	getrusage(who, &used);
	return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000ULL + used.ru_utime.tv_usec +
	       used.ru_stime.tv_usec;
}

static int receive_all(int listener, uint64_t total)
{
	static uint8_t want[CHUNK];
	uint64_t at = 0;
	ssize_t n;
	int fd = accept(listener, NULL, NULL);

	if (fd < 0)
		err(1, "accept");
	while ((n = recv(fd, buf, CHUNK, 0)) > 0) {
		if (!only_count)
			pattern(want, n, at);
		if (!only_count && memcmp(buf, want, n))
			errx(1, "wrong bytes between %llu and %llu", (unsigned long long)at,
			     (unsigned long long)(at + n));
		at += n;
	}
	printf("received %llu bytes\n", (unsigned long long)at);
	if (only_count) {
		close(fd);
		wait(NULL);
		printf("took %llu us of CPU time\n",
		       cpu_us(RUSAGE_SELF) + cpu_us(RUSAGE_CHILDREN));
	}
	return at == total ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct addrinfo hints = {
		.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
	};
	int opt, one = 1, listener, megabytes = 8, limit = 60;
	struct addrinfo *ai;

	while ((opt = getopt(argc, argv, "+cm:t:")) > 0) {
		if (opt == 'c')
			only_count = true;
		else if (opt == 'm')
			megabytes = atoi(optarg);
		else if (opt == 't')
			limit = atoi(optarg);
		else
			errx(2, "usage: tcpbulk [-c] [-m MB] [-t LIMIT_S] FROM TO ADDRESS");
	}
	if (optind + 3 != argc || getaddrinfo(argv[optind + 2], PORT, &hints, &ai))
		errx(2, "usage: tcpbulk [-c] [-m MB] [-t LIMIT_S] FROM TO ADDRESS");
	alarm(limit);
	listener = open_socket(argv[optind + 1], ai);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(listener, ai->ai_addr, ai->ai_addrlen) || listen(listener, 1))
		err(2, "bind");
	if (!fork()) {
		alarm(limit);
		send_all(argv[optind], ai, (uint64_t)megabytes << 20);
	}
	return receive_all(listener, (uint64_t)megabytes << 20);
}
