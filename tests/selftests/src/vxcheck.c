// SPDX-License-Identifier: GPL-2.0
/*
 * vxcheck: check VXLAN datagrams on the underlay field by field, and all
 * checksums outside and inside, as an independent judge of what a tunnel sends.
 *
 * vxcheck [-t LIMIT_S] [NETNS/]DEVICE KEY=VALUE...
 *
 * Judges what the device receives. What is expected:
 *	from= to=		VTEPs, IPv4 or IPv6: other senders' are not judged
 *	vni= port=		100 and 4789
 *	sport=MIN-MAX		UDP source ports
 *	ttl= dscp=		exactly this
 *	df=0|1			IPv4 outside
 *	csum=on|off		the UDP checksum outside is there and right, or 0
 *	offload=off|on		whether checksums and segments may be left to a device
 *	mtu=			longest packet outside
 * The ECN field outside has to be that of the packet inside. Fragments of IPv4
 * and IPv6 are counted and put aside.
 *
 * Prints "ready", runs until SIGTERM, prints one line of KEY=VALUE:
 *	frames	datagrams judged		bad	wrong in any way
 *	inner	right TCP, UDP and ICMP checksums inside	sports	source ports
 *	tagged	frames with a tag inside	arp	ARP inside
 *	longest shortest	lengths of frames inside	fragments
 *	gso	several segments in one
 * Fails if bad isn't 0.
 */
#include "csum.h"
#include "frame.h"
#include <linux/virtio_net.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>

static unsigned long n_frames, n_bad, n_inner, n_sports, n_tagged, n_arp, n_fragments, n_gso;
static unsigned long longest, shortest = ~0ul;
static uint8_t port_seen[65536 / 8];
static volatile sig_atomic_t stop;

/* What is expected; -1 where anything goes. */
static uint8_t from[16], to[16];
static int family, vni = 100, port = 4789, sport_min = 1, sport_max = 65535, ttl = -1, dscp = -1;
static int df = -1, csum = 1, offload, mtu = 65535;

/* The frame being judged. */
static const uint8_t *frame;
static size_t frame_len;
static struct virtio_net_hdr vh;

static void on_term(int sig)
{
	(void)sig;
	stop = 1;
}

static bool bad(const char *what, long got, long want)
{
	size_t i;

	if (n_bad++ >= 5)
		return false;
	fprintf(stderr, "vxcheck: %s is %ld, not %ld; %zu bytes:", what, got, want, frame_len);
	for (i = 0; i < frame_len && i < 160; i++)
		fprintf(stderr, "%s%02x", i % 4 ? "" : " ", frame[i]);
	fputc('\n', stderr);
	return false;
}

static bool want(const char *what, long got, long wanted)
{
	return wanted < 0 || got == wanted || bad(what, got, wanted);
}

/* A packet: where its payload is, of which protocol, its pseudo header's sum. */
struct packet {
	const uint8_t *l4;
	size_t len;
	uint8_t proto, dsfield, ttl;
	bool df, fragment;
	uint32_t pseudo;
};

/* What was padded to the shortest Ethernet frame is longer than its packet says. */
static bool read_ipv4(const uint8_t *ip, size_t room, struct packet *p)
{
	size_t hlen, total;

	if (room < 20 || ip[0] >> 4 != 4)
		return bad("IPv4 version", room, 4);
	hlen = (ip[0] & 15) * 4;
	total = get16(ip + 2);
	if (hlen < 20 || total < hlen || total > room)
		return bad("IPv4 length", total, room);
	if (fold(sum(ip, hlen, 0)) != 0xffff)
		return bad("IPv4 header's sum", fold(sum(ip, hlen, 0)), 0xffff);
	*p = (struct packet) {
		.l4 = ip + hlen, .len = total - hlen, .proto = ip[9], .dsfield = ip[1],
		.ttl = ip[8], .df = ip[6] & 0x40, .fragment = get16(ip + 6) & 0x3fff,
		.pseudo = sum(ip + 12, 8, 0),
	};
	return true;
}

static bool read_ipv6(const uint8_t *ip, size_t room, struct packet *p)
{
	size_t total;

	if (room < 40 || ip[0] >> 4 != 6)
		return bad("IPv6 version", room, 6);
	total = get16(ip + 4);
	if (total > room - 40)
		return bad("IPv6 length", total, room - 40);
	*p = (struct packet) {
		.l4 = ip + 40, .len = total, .proto = ip[6],
		.dsfield = (ip[0] & 15) << 4 | ip[1] >> 4, .ttl = ip[7],
		.pseudo = sum(ip + 8, 32, 0),
	};
	if (p->proto == IPPROTO_HOPOPTS && total >= 8) {
		p->proto = p->l4[0];
		p->len -= p->l4[1] * 8 + 8;
		p->l4 += p->l4[1] * 8 + 8;
	}
	p->fragment = p->proto == IPPROTO_FRAGMENT;
	return true;
}

/* The checksum of TCP, UDP or ICMP. Return: whether it is right. */
static bool right_sum(const char *what, const struct packet *p)
{
	size_t at = p->proto == IPPROTO_TCP ? 16 : p->proto == IPPROTO_UDP ? 6 : 2;
	uint32_t acc = p->proto == IPPROTO_ICMP ? 0 : p->pseudo + p->proto + p->len;
	uint16_t got;

	if (p->len < at + 2)
		return bad(what, p->len, at + 2);
	if (offload && vh.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		return true;
	if (vh.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		return bad("checksum left to a device", 1, 0);
	if (p->proto == IPPROTO_UDP && !get16(p->l4 + 6))
		return p->pseudo != 0;
	got = fold(sum(p->l4, p->len, acc));
	return got == 0xffff || bad(what, got, 0xffff);
}

/* Return: the DS field of the packet inside, 0 if there is none, or -1 if it is wrong. */
static int judge_inner(const uint8_t *inner, size_t len)
{
	const uint8_t *p = inner + 2 * ETH_ALEN;
	struct packet packet;
	uint16_t type;

	if (len < ETH_HLEN)
		return bad("frame inside", len, ETH_HLEN) - 1;
	if (len > longest)
		longest = len;
	if (len < shortest)
		shortest = len;
	type = get16(p);
	if (type == ETH_P_8021Q || type == ETH_P_8021AD)
		n_tagged++;
	while ((type == ETH_P_8021Q || type == ETH_P_8021AD) && p + 6 <= inner + len) {
		p += 4;
		type = get16(p);
	}
	p += 2;
	n_arp += type == ETH_P_ARP;
	if (type == ETH_P_IP && !read_ipv4(p, inner + len - p, &packet))
		return -1;
	if (type == ETH_P_IPV6 && !read_ipv6(p, inner + len - p, &packet))
		return -1;
	if (type != ETH_P_IP && type != ETH_P_IPV6)
		return 0;
	if (!packet.fragment &&
	    (packet.proto == IPPROTO_TCP || packet.proto == IPPROTO_UDP ||
	     packet.proto == IPPROTO_ICMP || packet.proto == IPPROTO_ICMPV6)) {
		if (!right_sum("sum inside", &packet))
			return -1;
		n_inner++;
	}
	return packet.dsfield;
}

static void judge_udp(const struct packet *ip)
{
	const uint8_t *udp = ip->l4, *vxlan = udp + 8;
	int inner_dsfield;
	uint16_t source;

	if (ip->len < 8 + 8 || get16(udp + 2) != port)
		return;
	n_frames++;
	n_gso += vh.gso_type != VIRTIO_NET_HDR_GSO_NONE;
	if (vh.gso_type != VIRTIO_NET_HDR_GSO_NONE && !offload)
		bad("segments in one", vh.gso_type, 0);
	source = get16(udp);
	if (source < sport_min || source > sport_max)
		bad("source port", source, sport_min);
	if (!(port_seen[source / 8] & 1 << source % 8))
		n_sports++;
	port_seen[source / 8] |= 1 << source % 8;
	want("UDP length", get16(udp + 4), ip->len);
	want("VXLAN flags and reserved bits", (long)get16(vxlan) << 16 | get16(vxlan + 2), 0x08000000);
	want("VNI", vxlan[4] << 16 | get16(vxlan + 5), vni);
	want("last reserved byte", vxlan[7], 0);
	want("TTL", ip->ttl, ttl);
	want("DSCP", ip->dsfield >> 2, dscp);
	if (family == AF_INET)
		want("DF", ip->df, df);
	if (!csum)
		want("outer checksum", get16(udp + 6), 0);
	else if (!get16(udp + 6))
		bad("outer checksum", 0, 1);
	else
		right_sum("sum of UDP outside", ip);
	inner_dsfield = judge_inner(vxlan + 8, ip->len - 16);
	if (inner_dsfield >= 0)
		want("ECN field", ip->dsfield & 3, inner_dsfield & 3);
}

static void judge(size_t len)
{
	const uint8_t *ip = frame + ETH_HLEN;
	size_t room = len - ETH_HLEN;
	struct packet packet;

	if (len < ETH_HLEN)
		return;
	if (get16(frame + 12) == ETH_P_IP && family == AF_INET) {
		if (room < 20 || memcmp(ip + 12, from, 4) || memcmp(ip + 16, to, 4) ||
		    !read_ipv4(ip, room, &packet))
			return;
	} else if (get16(frame + 12) == ETH_P_IPV6 && family == AF_INET6) {
		if (room < 40 || memcmp(ip + 8, from, 16) || memcmp(ip + 24, to, 16) ||
		    !read_ipv6(ip, room, &packet))
			return;
	} else {
		return;
	}
	if (room > (size_t)mtu && vh.gso_type == VIRTIO_NET_HDR_GSO_NONE)
		bad("packet's length", room, mtu);
	if (packet.fragment) {
		n_fragments++;
		return;
	}
	if (packet.proto == IPPROTO_UDP)
		judge_udp(&packet);
}

static void parse_address(uint8_t *p, const char *s)
{
	family = strchr(s, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, s, p) != 1)
		errx(2, "bad address '%s'", s);
}

static void usage(void)
{
	errx(2, "usage: vxcheck [-t LIMIT_S] [NETNS/]DEVICE KEY=VALUE...");
}

static void parse_word(const char *w)
{
	const char *v = strchr(w, '=');

	if (!v)
		usage();
	v++;
	if (!strncmp(w, "from=", 5))
		parse_address(from, v);
	else if (!strncmp(w, "to=", 3))
		parse_address(to, v);
	else if (!strncmp(w, "vni=", 4))
		vni = atoi(v);
	else if (!strncmp(w, "port=", 5))
		port = atoi(v);
	else if (!strncmp(w, "sport=", 6) && sscanf(v, "%d-%d", &sport_min, &sport_max) == 2)
		return;
	else if (!strncmp(w, "ttl=", 4))
		ttl = atoi(v);
	else if (!strncmp(w, "dscp=", 5))
		dscp = atoi(v);
	else if (!strncmp(w, "df=", 3))
		df = atoi(v);
	else if (!strncmp(w, "mtu=", 4))
		mtu = atoi(v);
	else if (!strncmp(w, "csum=", 5))
		csum = !strcmp(v, "on");
	else if (!strncmp(w, "offload=", 8))
		offload = !strcmp(v, "on");
	else
		usage();
}

int main(int argc, char **argv)
{
	static uint8_t buf[sizeof(struct virtio_net_hdr) + FRAME_MAX];
	int opt, i, one = 1, limit = 120;
	struct endpoint ep;
	struct pollfd pfd;
	uint64_t end;
	ssize_t len;

	while ((opt = getopt(argc, argv, "+t:")) > 0) {
		if (opt != 't')
			usage();
		limit = atoi(optarg);
	}
	if (optind >= argc)
		usage();
	for (i = optind + 1; i < argc; i++)
		parse_word(argv[i]);
	if (!family)
		usage();
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
			frame = buf + sizeof(vh);
			frame_len = len - sizeof(vh);
			judge(frame_len);
		}
	}
	printf("frames=%lu bad=%lu inner=%lu sports=%lu tagged=%lu arp=%lu fragments=%lu gso=%lu longest=%lu shortest=%lu\n",
	       n_frames, n_bad, n_inner, n_sports, n_tagged, n_arp, n_fragments, n_gso, longest,
	       n_frames ? shortest : 0);
	return n_bad ? 1 : 0;
}
