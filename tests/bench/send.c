// SPDX-License-Identifier: GPL-2.0
/*
 * send DEV FRAMES BYTES SOURCE DESTINATION ADDRESSES
 *
 * Sends FRAMES UDP frames of BYTES bytes on a packet socket that bypasses the qdisc, each an skb
 * of its own, to ADDRESSES consecutive addresses from DESTINATION on: all of them in random order,
 * then all of them in another. Prints the nanoseconds it took. Stands in for pktgen on kernels
 * whose pktgen can't send unshared skbs, and lets a container say its address.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

struct frame {
	struct ether_header eth;
	struct iphdr ip;
	struct udphdr udp;
	uint8_t payload[1500];
} __attribute__((packed));

static uint64_t parse_mac(const char *text)
{
	unsigned int o[6];
	uint64_t mac = 0;
	int i;

	if (sscanf(text, "%x:%x:%x:%x:%x:%x", o, o + 1, o + 2, o + 3, o + 4, o + 5) != 6)
		errx(2, "%s is not an address", text);
	for (i = 0; i < 6; i++)
		mac = mac << 8 | (o[i] & 0xff);
	return mac;
}

static void store_mac(uint8_t *to, uint64_t mac)
{
	int i;

	for (i = 5; i >= 0; i--, mac >>= 8)
		to[i] = mac;
}

static uint16_t checksum(const void *header, int len)
{
	const uint16_t *word = header;
	uint32_t sum = 0;

	for (; len > 0; len -= 2)
		sum += *word++;
	sum = (sum >> 16) + (sum & 0xffff);
	return ~(sum + (sum >> 16));
}

static void fill(struct frame *frame, int bytes, uint64_t source)
{
	memset(frame, 0, sizeof(*frame));
	store_mac(frame->eth.ether_shost, source);
	frame->eth.ether_type = htons(ETHERTYPE_IP);
	frame->ip.version = 4;
	frame->ip.ihl = 5;
	frame->ip.ttl = 32;
	frame->ip.protocol = IPPROTO_UDP;
	frame->ip.tot_len = htons(bytes - sizeof(frame->eth));
	frame->ip.saddr = inet_addr("192.0.2.1");
	frame->ip.daddr = inet_addr("192.0.2.2");
	frame->ip.check = checksum(&frame->ip, sizeof(frame->ip));
	frame->udp.source = frame->udp.dest = htons(9);
	frame->udp.len = htons(bytes - sizeof(frame->eth) - sizeof(frame->ip));
}

static int open_device(const char *name)
{
	struct sockaddr_ll addr = { .sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(name) };
	int bypass = 1, fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		err(1, "%s", name);
	if (setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &bypass, sizeof(bypass)))
		err(1, "qdisc bypass");
	return fd;
}

/* The whole order is made beforehand: only sending is measured. */
static uint64_t *random_order(uint64_t first, long addresses, long frames)
{
	uint64_t *order, swap;
	long i, j, pass;

	order = malloc((frames + addresses) * sizeof(*order));
	if (!order)
		err(1, "order");
	srandom(1);
	for (pass = 0; pass < frames; pass += addresses) {
		for (i = 0; i < addresses; i++) {
			j = random() % (i + 1);
			swap = i == j ? first + i : order[pass + j];
			order[pass + j] = first + i;
			order[pass + i] = swap;
		}
	}
	return order;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
	struct frame frame;
	uint64_t *order;
	long frames, i;
	int64_t start;
	int fd, bytes;

	if (argc != 7)
		errx(2, "usage: send DEV FRAMES BYTES SOURCE DESTINATION ADDRESSES");
	frames = atol(argv[2]);
	bytes = atoi(argv[3]);
	if (bytes < 60 || bytes > 1514)
		errx(2, "%d bytes are no frame", bytes);
	fill(&frame, bytes, parse_mac(argv[4]));
	order = random_order(parse_mac(argv[5]), atol(argv[6]), frames);
	fd = open_device(argv[1]);

	start = now();
	for (i = 0; i < frames; i++) {
		store_mac(frame.eth.ether_dhost, order[i]);
		if (send(fd, &frame, bytes, 0) != bytes)
			err(1, "frame %ld", i);
	}
	printf("%lld\n", (long long)(now() - start));
	return 0;
}
