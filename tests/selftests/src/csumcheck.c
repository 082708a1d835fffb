// SPDX-License-Identifier: GPL-2.0
/*
 * csumcheck: check the checksums of all IPv4, IPv6, TCP and UDP frames that a
 * device receives, as an independent judge of what a switch passed on.
 *
 * csumcheck [-t LIMIT_S] [NETNS/]DEVICE
 *
 * Prints "ready", runs until SIGTERM, prints one line of KEY=VALUE:
 *	frames	TCP and UDP frames		gso	several segments in one
 *	full	complete, right checksum	partial	left to the device, and its
 *	bad	wrong in any way			pseudo header's sum is right
 *	longest	length of the longest frame	big	longer than 65,536 bytes
 * Fails if bad isn't 0.
 */
#include "csum.h"
#include "frame.h"
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>

static unsigned long n_frames, n_gso, n_full, n_partial, n_bad, n_big, longest;
static volatile sig_atomic_t stop;

static void on_term(int sig)
{
	(void)sig;
	stop = 1;
}

static void bad(const char *what, const uint8_t *buf, size_t len)
{
	size_t i;

	if (n_bad++ >= 3)
		return;
	fprintf(stderr, "csumcheck: %s, %zu bytes:", what, len);
	for (i = 0; i < len && i < 80; i++)
		fprintf(stderr, "%s%02x", i % 4 ? "" : " ", buf[i]);
	fputc('\n', stderr);
}

/* l4 of l4len bytes, with the sum of its pseudo header's addresses. */
static void check_l4(const struct virtio_net_hdr *vh, const uint8_t *frame, size_t len,
		     const uint8_t *l4, size_t l4len, uint8_t proto, uint32_t pseudo)
{
	size_t at = proto == IPPROTO_TCP ? 16 : 6;
	uint16_t field;

	if (l4len < 8 || (proto == IPPROTO_TCP && l4len < 20))
		return bad("truncated", frame, len);
	n_frames++;
	n_gso += vh->gso_type != VIRTIO_NET_HDR_GSO_NONE;
	n_big += len > 65536;
	if (len > longest)
		longest = len;
	field = get16(l4 + at);
	pseudo += proto + (l4len >> 16) + (l4len & 0xffff);
	if (vh->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM) {
		if (vh->csum_start != l4 - frame || vh->csum_offset != at)
			return bad("checksum offset", frame, len);
		/*
		 * The field holds the pseudo header's sum; the length that a
		 * GSO frame puts into it is the stack's own business.
		 */
		if (vh->gso_type == VIRTIO_NET_HDR_GSO_NONE && field != fold(pseudo))
			return bad("partial checksum", frame, len);
		n_partial++;
		return;
	}
	if (vh->gso_type != VIRTIO_NET_HDR_GSO_NONE)
		return bad("segments without checksum offload", frame, len);
	if (proto == IPPROTO_UDP && !field)
		return;
	if (fold(sum(l4, l4len, pseudo)) != 0xffff)
		return bad("checksum", frame, len);
	n_full++;
}

static void check_ipv4(const struct virtio_net_hdr *vh, const uint8_t *frame, size_t len,
		       const uint8_t *ip)
{
	size_t room = frame + len - ip, hlen, total;

	if (room < 20)
		return bad("truncated", frame, len);
	hlen = (ip[0] & 15) * 4;
	total = get16(ip + 2);
	if (!total)
		total = room;	/* BIG TCP */
	if (hlen < 20 || total < hlen || total > room)
		return bad("IPv4 length", frame, len);
	if (fold(sum(ip, hlen, 0)) != 0xffff)
		return bad("IPv4 header checksum", frame, len);
	if (ip[9] != IPPROTO_TCP && ip[9] != IPPROTO_UDP)
		return;
	check_l4(vh, frame, len, ip + hlen, total - hlen, ip[9], sum(ip + 12, 8, 0));
}

static void check_ipv6(const struct virtio_net_hdr *vh, const uint8_t *frame, size_t len,
		       const uint8_t *ip)
{
	size_t room = frame + len - ip, total;
	const uint8_t *l4 = ip + 40;
	uint8_t proto;

	if (room < 48)
		return bad("truncated", frame, len);
	proto = ip[6];
	total = get16(ip + 4);
	if (!total)
		total = room - 40;	/* jumbogram */
	if (total > room - 40)
		return bad("IPv6 length", frame, len);
	if (proto == IPPROTO_HOPOPTS) {
		proto = l4[0];
		total -= l4[1] * 8 + 8;
		l4 += l4[1] * 8 + 8;
	}
	if (proto != IPPROTO_TCP && proto != IPPROTO_UDP)
		return;
	check_l4(vh, frame, len, l4, total, proto, sum(ip + 8, 32, 0));
}

static void check(const struct virtio_net_hdr *vh, const uint8_t *frame, size_t len)
{
	if (len < ETH_HLEN)
		return;
	if (get16(frame + 12) == ETH_P_IP)
		check_ipv4(vh, frame, len, frame + ETH_HLEN);
	else if (get16(frame + 12) == ETH_P_IPV6)
		check_ipv6(vh, frame, len, frame + ETH_HLEN);
}

int main(int argc, char **argv)
{
	static uint8_t buf[sizeof(struct virtio_net_hdr) + FRAME_MAX];
	int opt, one = 1, limit = 120;
	struct virtio_net_hdr vh;
	struct endpoint ep;
	struct pollfd pfd;
	uint64_t end;
	ssize_t len;

	while ((opt = getopt(argc, argv, "+t:")) > 0) {
		if (opt != 't')
			errx(2, "usage: csumcheck [-t LIMIT_S] [NETNS/]DEVICE");
		limit = atoi(optarg);
	}
	if (optind + 1 != argc)
		errx(2, "usage: csumcheck [-t LIMIT_S] [NETNS/]DEVICE");
	signal(SIGTERM, on_term);
	ep = open_endpoint(argv[optind], true);
	if (setsockopt(ep.fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		err(2, "PACKET_VNET_HDR");
	pfd = (struct pollfd){ .fd = ep.fd, .events = POLLIN };
	puts("ready");
	fflush(stdout);
	for (end = now_ms() + limit * 1000ull; !stop && now_ms() < end; ) {
		if (poll(&pfd, 1, 200) <= 0)
			continue;
		while ((len = recv(ep.fd, buf, sizeof(buf), MSG_DONTWAIT)) > (ssize_t)sizeof(vh)) {
			memcpy(&vh, buf, sizeof(vh));
			check(&vh, buf + sizeof(vh), len - sizeof(vh));
		}
	}
	printf("frames=%lu full=%lu partial=%lu bad=%lu gso=%lu big=%lu longest=%lu\n",
	       n_frames, n_full, n_partial, n_bad, n_gso, n_big, longest);
	return n_bad ? 1 : 0;
}
