// SPDX-License-Identifier: GPL-2.0
/*
 * framecount: count what devices receive, until told to stop.
 *
 * framecount [-o] [-i IDLE_MS] [-t LIMIT_S] LABEL=[NETNS/]DEVICE...
 *
 * With -o it counts what they send, too. Prints "ready" when all its sockets are
 * open. On SIGTERM it goes on until nothing came for IDLE_MS, then prints one
 * line for each device: LABEL frames=N bytes=N tagged=N. Frames are counted by
 * the socket, whether or not there was room to queue them; the rest only if
 * there was: the program fails rather than report a sum that misses some. Bytes
 * include tags; tagged are the frames with one or more.
 */
#include "frame.h"
#include <poll.h>
#include <signal.h>

#define RX_MAX	1024

struct counter {
	struct endpoint ep;
	unsigned long bytes, tagged, read;
};

static struct counter counters[RX_MAX];
static unsigned int n_counters;
static volatile sig_atomic_t stop;

static void on_term(int sig)
{
	(void)sig;
	stop = 1;
}

/* Only the length counts: let the kernel copy the least it can. */
static void snap(int fd)
{
	struct sock_filter ret = BPF_STMT(BPF_RET | BPF_K, 14);
	struct sock_fprog prog = { 1, &ret };

	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)))
		err(2, "SO_ATTACH_FILTER");
}

static bool read_one(struct counter *c)
{
	struct tpacket_auxdata aux;
	char control[256];
	uint8_t buf[64];
	struct iovec iov = { buf, sizeof(buf) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *m;

	if (recvmsg(c->ep.fd, &msg, MSG_DONTWAIT) < 0)
		return false;
	c->read++;
	for (m = CMSG_FIRSTHDR(&msg); m; m = CMSG_NXTHDR(&msg, m)) {
		if (m->cmsg_level != SOL_PACKET || m->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(m), sizeof(aux));
		c->bytes += aux.tp_len;
		if (aux.tp_status & TP_STATUS_VLAN_VALID) {
			c->bytes += 4;
			c->tagged++;
		}
	}
	return true;
}

static void take_outgoing(int fd)
{
	int off = 0;

	if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &off, sizeof(off)))
		err(2, "PACKET_IGNORE_OUTGOING");
}

static void collect(int idle, uint64_t limit)
{
	struct pollfd pfd[RX_MAX];
	unsigned int i;
	int n;

	for (i = 0; i < n_counters; i++)
		pfd[i] = (struct pollfd){ .fd = counters[i].ep.fd, .events = POLLIN };
	do {
		n = poll(pfd, n_counters, idle);
		for (i = 0; n > 0 && i < n_counters; i++)
			while (pfd[i].revents && read_one(&counters[i]))
				;
	} while ((n > 0 || !stop) && now_ms() < limit);
}

static bool report(void)
{
	struct tpacket_stats st;
	socklen_t len = sizeof(st);
	bool complete = true;
	unsigned int i;

	for (i = 0; i < n_counters; i++) {
		struct counter *c = &counters[i];

		if (getsockopt(c->ep.fd, SOL_PACKET, PACKET_STATISTICS, &st, &len))
			err(2, "PACKET_STATISTICS");
		printf("%s frames=%u bytes=%lu tagged=%lu\n", c->ep.label, st.tp_packets,
		       c->bytes, c->tagged);
		if (st.tp_packets != c->read) {
			warnx("%s: read %lu of %u frames", c->ep.label, c->read, st.tp_packets);
			complete = false;
		}
	}
	return complete;
}

int main(int argc, char **argv)
{
	int opt, idle = 200, limit = 300;
	bool outgoing = false;

	while ((opt = getopt(argc, argv, "+oi:t:")) > 0) {
		if (opt == 'o')
			outgoing = true;
		else if (opt == 'i')
			idle = atoi(optarg);
		else if (opt == 't')
			limit = atoi(optarg);
		else
			errx(2, "usage: framecount [-o] [-i IDLE_MS] [-t LIMIT_S] LABEL=[NETNS/]DEVICE...");
	}
	signal(SIGTERM, on_term);
	for (; optind < argc && n_counters < RX_MAX; optind++) {
		counters[n_counters].ep = open_endpoint(argv[optind], true);
		if (outgoing)
			take_outgoing(counters[n_counters].ep.fd);
		snap(counters[n_counters++].ep.fd);
	}
	puts("ready");
	fflush(stdout);
	collect(idle, now_ms() + limit * 1000ull);
	return report() ? 0 : 1;
}
