// SPDX-License-Identifier: GPL-2.0
/*
 * nsrace: containers that come and go as fast as they can.
 *
 * nsrace [-n ROUNDS] [-d SECONDS] [-t THREADS] [-s] SWITCH
 *
 * ROUNDS times, or until SECONDS are over, in THREADS threads: create a network
 * namespace with one end of a veth pair, enslave the other end to SWITCH here,
 * send frames by it from both sides, with -s also put it into a switch of the
 * container's own; then let go of the namespace, which kills all this at a
 * moment of the kernel's choosing. SWITCH may come and go too: only what never
 * worked is an error.
 * Prints "rounds=N joined=N".
 */
#include "frame.h"
#include "rtnl.h"
#include <linux/veth.h>
#include <pthread.h>

static const char *switch_name;
static int home_fd, rounds = 100, own_switch;
static int next_round, joined, done;
static uint64_t end_ms = UINT64_MAX;

/* veth: eth0 here, its peer of this name in the namespace the program began in. */
static int make_veth(int fd, const char *peer_name)
{
	struct rtattr *info, *data, *peer;
	struct ifinfomsg ifi = {};
	struct request r;

	begin(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	add(&r, IFLA_IFNAME, "eth0", 5);
	info = nest(&r, IFLA_LINKINFO);
	add(&r, IFLA_INFO_KIND, "veth", 5);
	data = nest(&r, IFLA_INFO_DATA);
	peer = add(&r, VETH_INFO_PEER, &ifi, sizeof(ifi));
	add(&r, IFLA_IFNAME, peer_name, strlen(peer_name) + 1);
	add(&r, IFLA_NET_NS_FD, &home_fd, sizeof(home_fd));
	end(&r, peer);
	end(&r, data);
	end(&r, info);
	return talk(fd, &r);
}

static int make_switch(int fd)
{
	struct rtattr *info;
	struct request r;

	begin(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	add(&r, IFLA_IFNAME, "own", 4);
	info = nest(&r, IFLA_LINKINFO);
	add(&r, IFLA_INFO_KIND, "cvswitch", 9);
	end(&r, info);
	return talk(fd, &r);
}

static int enslave(int fd, const char *name, uint32_t master)
{
	struct request r;

	begin(&r, RTM_SETLINK, 0, 0);
	r.ifi.ifi_flags = r.ifi.ifi_change = IFF_UP;
	add(&r, IFLA_IFNAME, name, strlen(name) + 1);
	add(&r, IFLA_MASTER, &master, sizeof(master));
	return talk(fd, &r);
}

/* The switch's number, which changes when it is made anew; 0 while it is gone. */
static uint32_t find_switch(int home_socket)
{
	struct ifreq ifr = {};

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", switch_name);
	return ioctl(home_socket, SIOCGIFINDEX, &ifr) ? 0 : ifr.ifr_ifindex;
}

static void send_some(int ifindex, unsigned int station)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET, .sll_ifindex = ifindex };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	uint8_t buf[64] = {};
	struct frame f;
	int i;

	frame_init(&f);
	mac_from_u64(f.src, STATION + station);
	for (i = 0; i < 8; i++) {
		if (i & 1)
			mac_from_u64(f.dst, STATION + station - i);
		frame_headers(&f, buf);
		sendto(fd, buf, sizeof(buf), 0, (struct sockaddr *)&sll, sizeof(sll));
	}
	close(fd);
}

static void one_round(int round, int home_rtnl, int home_socket)
{
	char name[IFNAMSIZ];
	int fd, error;

	if (unshare(CLONE_NEWNET))
		err(2, "unshare");
	fd = open_rtnl();
	snprintf(name, sizeof(name), "r%d", round);
	error = make_veth(fd, name);
	if (error)
		errx(1, "round %d: veth: %s", round, strerror(error));
	if (!enslave(home_rtnl, name, find_switch(home_socket)))
		__atomic_add_fetch(&joined, 1, __ATOMIC_RELAXED);
	send_some(if_nametoindex("eth0"), round + 16);
	if (own_switch && round % 4 == 0) {
		error = make_switch(fd);
		if (error)
			errx(1, "round %d: switch: %s", round, strerror(error));
		error = enslave(fd, "eth0", if_nametoindex("own"));
		if (error)
			errx(1, "round %d: port: %s", round, strerror(error));
		send_some(if_nametoindex("own"), round + 16);
	}
	close(fd);
}

static void *work(void *arg)
{
	int home_rtnl = open_rtnl();
	int home_socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int round;

	while (now_ms() < end_ms &&
	       (round = __atomic_fetch_add(&next_round, 1, __ATOMIC_RELAXED)) < rounds) {
		one_round(round, home_rtnl, home_socket);
		__atomic_add_fetch(&done, 1, __ATOMIC_RELAXED);
	}
	return arg;
}

int main(int argc, char **argv)
{
	int opt, i, threads = 4;
	pthread_t thread[64];

	while ((opt = getopt(argc, argv, "+n:d:t:s")) > 0) {
		switch (opt) {
		case 'n': rounds = atoi(optarg); break;
		case 'd': end_ms = now_ms() + atoi(optarg) * 1000ull; break;
		case 't': threads = atoi(optarg); break;
		case 's': own_switch = 1; break;
		default: optind = argc;
		}
	}
	if (optind + 1 != argc || threads < 1 || threads > 64)
		errx(2, "usage: nsrace [-n ROUNDS] [-d SECONDS] [-t THREADS] [-s] SWITCH");
	switch_name = argv[optind];
	home_fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	for (i = 0; i < threads; i++)
		if (pthread_create(&thread[i], NULL, work, NULL))
			errx(2, "pthread_create");
	for (i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("rounds=%d joined=%d\n", done, joined);
	return 0;
}
