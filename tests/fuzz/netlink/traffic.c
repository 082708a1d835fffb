// SPDX-License-Identifier: GPL-2.0
#include "traffic.h"

#include <pthread.h>

#include "../../selftests/src/frame.h"
#include "world.h"

#define BURST	32

static struct {
	pthread_t thread;
	int containers;
	uint64_t rng, sent;
	bool stop;
} traffic;

static void one_frame(int fd, uint64_t *rng)
{
	static const uint64_t elsewhere[] = {
		0xffffffffffff, 0x01005e000001, 0x0180c2000000, 0x02eeeeeeeeee,
	};
	const uint32_t port = rnd(rng) % PORTS;
	struct sockaddr_ll sll = {
		.sll_family = AF_PACKET, .sll_ifindex = PORT_FIRST + port,
	};
	uint8_t buf[256] = {};
	struct frame f;

	frame_init(&f);
	mac_from_u64(f.src, STATION + 1 + (rnd(rng) % 4 ? port : rnd(rng) % 8));
	mac_from_u64(f.dst, rnd(rng) % 4 ? STATION + 1 + rnd(rng) % 8 :
		     elsewhere[rnd(rng) % ARRAY_LEN(elsewhere)]);
	if (rnd(rng) % 3 == 0)
		f.tag[f.tags++] = (struct tag){ ETH_P_8021Q, 1 + rnd(rng) % 12 };
	frame_headers(&f, buf);
	if (sendto(fd, buf, 60 + rnd(rng) % 196, MSG_DONTWAIT, (struct sockaddr *)&sll,
		   sizeof(sll)) > 0)
		traffic.sent++;
}

static void *send_frames(void *arg)
{
	unsigned int i;
	int fd;

	if (setns(traffic.containers, CLONE_NEWNET))
		err(2, "setns");
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0)
		err(2, "packet socket");
	while (!__atomic_load_n(&traffic.stop, __ATOMIC_RELAXED)) {
		for (i = 0; i < BURST; i++)
			one_frame(fd, &traffic.rng);
		usleep(500);	/* messages are to be sent as well, by the same CPU perhaps */
	}
	close(fd);
	return arg;
}

void traffic_start(int containers, uint64_t seed)
{
	traffic.containers = containers;
	traffic.rng = rnd_seed(seed);
	traffic.sent = 0;
	traffic.stop = false;
	if (pthread_create(&traffic.thread, NULL, send_frames, NULL))
		errx(2, "pthread_create");
}

uint64_t traffic_stop(void)
{
	__atomic_store_n(&traffic.stop, true, __ATOMIC_RELAXED);
	pthread_join(traffic.thread, NULL);
	return traffic.sent;
}
