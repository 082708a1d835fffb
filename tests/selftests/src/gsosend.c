// SPDX-License-Identifier: GPL-2.0
/*
 * gsosend: send TCP over IPv4 as a virtual machine does, whose kernel nobody
 * trusts: one frame of many segments, its checksum left to the device, and the
 * host's kernel has to check the headers (SKB_GSO_DODGY).
 *
 * gsosend [-n FRAMES] [-s SEGMENTS] [NETNS/]DEVICE SRC_MAC DST_MAC SRC_IP DST_IP
 *
 * Segments have 1000 bytes.
 */
#include "csum.h"
#include "frame.h"
#include <linux/virtio_net.h>
#include <netinet/in.h>

#define SEGMENT	1000
#define HEADERS	(ETH_HLEN + 20 + 20)

int main(int argc, char **argv)
{
	static struct {
		struct virtio_net_hdr vh;
		uint8_t frame[FRAME_MAX];
	} __attribute__((packed)) out;
	unsigned int frames = 1, segments = 10, len;
	uint8_t *ip = out.frame + ETH_HLEN, *tcp = ip + 20;
	struct endpoint ep;
	int opt, one = 1;

	while ((opt = getopt(argc, argv, "+n:s:")) > 0) {
		if (opt == 'n')
			frames = atoi(optarg);
		else if (opt == 's')
			segments = atoi(optarg);
		else
			optind = argc;
	}
	if (optind + 5 != argc || !segments || segments > 60)
		errx(2, "usage: gsosend [-n FRAMES] [-s SEGMENTS] [NETNS/]DEVICE SRC_MAC DST_MAC SRC_IP DST_IP");
	argv += optind;
	ep = open_endpoint(argv[0], false);
	if (setsockopt(ep.fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		err(2, "PACKET_VNET_HDR");

	parse_mac(out.frame, argv[2]);
	parse_mac(out.frame + ETH_ALEN, argv[1]);
	put16(out.frame + 12, ETH_P_IP);
	len = 40 + segments * SEGMENT;
	ip[0] = 0x45;
	put16(ip + 2, len);
	ip[6] = 0x40;
	ip[8] = 64;
	ip[9] = IPPROTO_TCP;
	if (inet_pton(AF_INET, argv[3], ip + 12) != 1 || inet_pton(AF_INET, argv[4], ip + 16) != 1)
		errx(2, "not an IPv4 address: %s, %s", argv[3], argv[4]);
	put16(ip + 10, ~fold(sum(ip, 20, 0)));
	put16(tcp, 7070);
	put16(tcp + 2, 7071);
	tcp[12] = 5 << 4;
	tcp[13] = 0x10;
	put16(tcp + 14, 1000);
	put16(tcp + 16, fold(sum(ip + 12, 8, IPPROTO_TCP + len - 20)));
	out.vh = (struct virtio_net_hdr) {
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.gso_type = segments > 1 ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_NONE,
		.gso_size = segments > 1 ? SEGMENT : 0,
		.hdr_len = HEADERS,
		.csum_start = ETH_HLEN + 20,
		.csum_offset = 16,
	};
	while (frames--)
		if (send(ep.fd, &out, sizeof(out.vh) + ETH_HLEN + len, 0) < 0)
			err(1, "send");
	return 0;
}
