// SPDX-License-Identifier: GPL-2.0
/*
 * replay DEV FRAMES FLOWS SOURCE DESTINATION
 *
 * Sends FRAMES frames from the MAC address SOURCE to DESTINATION on a packet socket that bypasses
 * the qdisc, each an skb of its own: of the flows that the file FLOWS lists, a line "ip|ip6 SOURCE
 * DESTINATION tcp|udp SPORT DPORT" each, one after the other and then from the first again. They
 * have 64 bytes, or what their headers need. Prints the nanoseconds it took. With BURST=N in the
 * environment, it sleeps after each N frames, and prints the CPU time that it took.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "window.h"

#define BYTES_MIN	64
#define BYTES_MAX	128
#define FLOWS_MAX	65536
#define PAUSE_US	10000

struct frame {
	int len;
	uint8_t data[BYTES_MAX];
};

static void parse_mac(uint8_t *to, const char *text)
{
	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", to, to + 1, to + 2, to + 3, to + 4,
		   to + 5) != 6)
		errx(2, "%s is not an address", text);
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

static int min_len(int headers)
{
	return headers > BYTES_MIN ? headers : BYTES_MIN;
}

static uint8_t *put_ip4(struct frame *frame, const char *src, const char *dst, int protocol)
{
	struct iphdr *ip = (struct iphdr *)(frame->data + ETHER_HDR_LEN);

	((struct ether_header *)frame->data)->ether_type = htons(ETHERTYPE_IP);
	frame->len = min_len(ETHER_HDR_LEN + sizeof(*ip) + sizeof(struct tcphdr));
	ip->version = 4;
	ip->ihl = 5;
	ip->ttl = 32;
	ip->protocol = protocol;
	ip->tot_len = htons(frame->len - ETHER_HDR_LEN);
	if (inet_pton(AF_INET, src, &ip->saddr) != 1 || inet_pton(AF_INET, dst, &ip->daddr) != 1)
		errx(2, "%s or %s is not an address", src, dst);
	ip->check = checksum(ip, sizeof(*ip));
	return (uint8_t *)(ip + 1);
}

static uint8_t *put_ip6(struct frame *frame, const char *src, const char *dst, int protocol)
{
	struct ip6_hdr *ip = (struct ip6_hdr *)(frame->data + ETHER_HDR_LEN);

	((struct ether_header *)frame->data)->ether_type = htons(ETHERTYPE_IPV6);
	frame->len = min_len(ETHER_HDR_LEN + sizeof(*ip) + sizeof(struct tcphdr));
	ip->ip6_vfc = 0x60;
	ip->ip6_nxt = protocol;
	ip->ip6_hlim = 32;
	ip->ip6_plen = htons(frame->len - ETHER_HDR_LEN - sizeof(*ip));
	if (inet_pton(AF_INET6, src, &ip->ip6_src) != 1 ||
	    inet_pton(AF_INET6, dst, &ip->ip6_dst) != 1)
		errx(2, "%s or %s is not an address", src, dst);
	return (uint8_t *)(ip + 1);
}

static void put_flow(struct frame *frame, const char *line)
{
	char family[16], src[64], dst[64], name[16];
	int protocol, sport, dport;
	uint16_t *ports;

	if (sscanf(line, "%15s %63s %63s %15s %d %d", family, src, dst, name, &sport,
		   &dport) != 6)
		errx(2, "not a flow: %s", line);
	protocol = strcmp(name, "tcp") ? IPPROTO_UDP : IPPROTO_TCP;
	ports = (uint16_t *)(strcmp(family, "ip") ? put_ip6(frame, src, dst, protocol) :
						    put_ip4(frame, src, dst, protocol));
	ports[0] = htons(sport);
	ports[1] = htons(dport);
	if (protocol == IPPROTO_TCP)
		((uint8_t *)ports)[12] = sizeof(struct tcphdr) / 4 << 4;
}

static int read_flows(struct frame *frames, const char *path, char **macs)
{
	FILE *file = fopen(path, "r");
	char line[256];
	int n = 0;

	if (!file)
		err(1, "%s", path);
	for (; n < FLOWS_MAX && fgets(line, sizeof(line), file); n++) {
		struct ether_header *eth = (struct ether_header *)frames[n].data;

		parse_mac(eth->ether_shost, macs[0]);
		parse_mac(eth->ether_dhost, macs[1]);
		put_flow(&frames[n], line);
	}
	fclose(file);
	if (!n)
		errx(2, "%s: no flows", path);
	return n;
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

static int64_t now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
	static struct frame frames[FLOWS_MAX];
	const char *words = getenv("BURST");
	const int burst = words ? atoi(words) : 0;
	const clockid_t clock = burst ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
	long total, i;
	int fd, flows, at = 0;
	int64_t start;

	if (argc != 6)
		errx(2, "usage: replay DEV FRAMES FLOWS SOURCE DESTINATION");
	total = atol(argv[2]);
	flows = read_flows(frames, argv[3], argv + 4);
	fd = open_device(argv[1]);

	start = now(clock);
	window_open();
	for (i = 0; i < total; i++) {
		if (send(fd, frames[at].data, frames[at].len, 0) != frames[at].len)
			err(1, "frame %ld", i);
		if (++at == flows)
			at = 0;
		if (burst && (i + 1) % burst == 0)
			usleep(PAUSE_US);
	}
	window_close();
	printf("%lld\n", (long long)(now(clock) - start));
	return 0;
}
