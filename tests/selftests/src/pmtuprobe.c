// SPDX-License-Identifier: GPL-2.0
/*
 * pmtuprobe: send a packet of each size and say what became of every one.
 *
 * pmtuprobe [-w MS] FROM TO [KEY=VALUE]...
 *
 * FROM and TO are [NETNS/]DEVICE. The packets are UDP, or TCP segments, between
 * addresses that neither end has. Words:
 *	sizes=MIN-MAX step=	lengths of the packets, tags and Ethernet excluded
 *	proto=udp4|tcp4|udp6|tcp6|other		other is no packet of IP
 *	df=0|1			for IPv4
 *	tos=			TOS or traffic class
 *	ports=			that many flows
 *	mtu=			what the answers have to say
 *	carries=		longest packet that has to arrive; none longer may
 *	answers=yes|no		whether there may be any
 *	dst= src= vlan= svlan=	as in frame.h
 * A packet either arrives at TO as it was sent, or not; then FROM may receive an
 * ICMP error for it: from the right addresses, with the right tag, MTU, quote and
 * checksum. Sizes are sent in no order. Prints one line of KEY=VALUE:
 *	sent delivered answered silent wrong ms
 * where silent are those of which nothing was heard. Fails if wrong isn't 0.
 */
#include "csum.h"
#include "frame.h"
#include <netinet/in.h>
#include <poll.h>

#define SIZE_MAX_	9100
#define MAGIC		0x43565355
#define BATCH		16
#define QUOTE_V4	(576 - 28)
#define QUOTE_V6	(1280 - 48)

enum { DELIVERED = 1, ANSWERED = 2 };

static struct frame base;
static bool is_v6, is_tcp, is_other, may_answer = true;
static unsigned int size_min = 1200, size_max = 9000, step = 1, mtu = 1450, carries = 1450, ports = 1;
static int df = 1, tos;
static uint8_t fate[SIZE_MAX_ + 1];
static unsigned long n_sent, n_wrong;
static struct endpoint from, to;

static void usage(void)
{
	errx(2, "usage: pmtuprobe [-w MS] FROM TO [KEY=VALUE]...");
}

static void parse_word(const char *w)
{
	const char *v = strchr(w, '=');

	if (!v)
		usage();
	v++;
	if (!strncmp(w, "sizes=", 6) && sscanf(v, "%u-%u", &size_min, &size_max) == 2)
		return;
	if (!strncmp(w, "step=", 5))
		step = atoi(v);
	else if (!strncmp(w, "proto=", 6)) {
		is_v6 = strchr(v, '6');
		is_tcp = !strncmp(v, "tcp", 3);
		is_other = !strcmp(v, "other");
		if (!is_other)
			base.type = is_v6 ? ETH_P_IPV6 : ETH_P_IP;
	} else if (!strncmp(w, "df=", 3))
		df = atoi(v);
	else if (!strncmp(w, "tos=", 4))
		tos = strtoul(v, NULL, 0);
	else if (!strncmp(w, "ports=", 6))
		ports = atoi(v);
	else if (!strncmp(w, "mtu=", 4))
		mtu = atoi(v);
	else if (!strncmp(w, "carries=", 8))
		carries = atoi(v);
	else if (!strncmp(w, "answers=", 8))
		may_answer = !strcmp(v, "yes");
	else if (!frame_word(&base, w))
		usage();
}

static unsigned int ip_len(void)
{
	return is_other ? 0 : is_v6 ? 40 : 20;
}

static unsigned int l4_len(void)
{
	return is_other ? 0 : is_tcp ? 20 : 8;
}

static void make_ip(uint8_t *ip, unsigned int size)
{
	uint8_t proto = is_tcp ? IPPROTO_TCP : IPPROTO_UDP;

	if (is_v6) {
		ip[0] = 0x60 | tos >> 4;
		ip[1] = tos << 4;
		put16(ip + 4, size - 40);
		ip[6] = proto;
		ip[7] = 64;
		memcpy(ip + 8, "\x20\1\x0d\xb8\0\0\0\1", 8);
		ip[23] = 1;
		memcpy(ip + 24, "\x20\1\x0d\xb8\0\0\0\1", 8);
		ip[39] = 3;
		return;
	}
	ip[0] = 0x45;
	ip[1] = tos;
	put16(ip + 2, size);
	put16(ip + 4, size);
	ip[6] = df ? 0x40 : 0;
	ip[8] = 64;
	ip[9] = proto;
	memcpy(ip + 12, "\xcb\0\x71\1\xcb\0\x71\3", 8);
	put16(ip + 10, ~fold(sum(ip, 20, 0)));
}

static void make_l4(uint8_t *ip, unsigned int size)
{
	uint8_t *l4 = ip + ip_len();
	unsigned int len = size - ip_len();
	uint32_t pseudo = (is_tcp ? IPPROTO_TCP : IPPROTO_UDP) + len;
	uint16_t check;

	put16(l4, 7073 + size % ports);
	put16(l4 + 2, 7072);
	if (is_tcp) {
		l4[12] = 5 << 4;
		l4[13] = 0x10;
		put16(l4 + 14, 1000);
	} else {
		put16(l4 + 4, len);
	}
	pseudo += is_v6 ? sum(ip + 8, 32, 0) : sum(ip + 12, 8, 0);
	check = ~fold(sum(l4, len, pseudo));
	put16(l4 + (is_tcp ? 16 : 6), check || is_tcp ? check : 0xffff);
}

/* The packet of a size, always the same. */
static void make_packet(uint8_t *ip, unsigned int size)
{
	unsigned int at = ip_len() + l4_len(), i;

	memset(ip, 0, at);
	for (i = at; i < size; i++)
		ip[i] = i * 7 + size;
	put16(ip + at, MAGIC >> 16);
	put16(ip + at + 2, MAGIC & 0xffff);
	put16(ip + at + 4, size);
	if (!is_other) {
		make_ip(ip, size);
		make_l4(ip, size);
	}
}

static void wrong(const char *what, long got, long wanted)
{
	if (n_wrong++ < 10)
		fprintf(stderr, "pmtuprobe: %s is %ld, not %ld\n", what, got, wanted);
}

static bool want(const char *what, long got, long wanted)
{
	if (got == wanted)
		return true;
	wrong(what, got, wanted);
	return false;
}

static void note_fate(unsigned int size, uint8_t what)
{
	if (size < size_min || size > size_max)
		wrong("size of what came", size, 0);
	else if (fate[size])
		wrong("what came twice or was answered, too: size", size, 0);
	else
		fate[size] = what;
}

/* A received frame: its packet, with all tags, those out of band first. */
struct seen {
	uint8_t *frame, *packet;
	unsigned int len;
	uint16_t type;
	uint16_t vids[FRAME_TAGS + 1];
	unsigned int tags;
};

static bool receive(int fd, struct seen *s)
{
	static uint8_t buf[FRAME_MAX];
	char control[256];
	struct iovec iov = { buf, sizeof(buf) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(fd, &msg, MSG_DONTWAIT);
	struct tpacket_auxdata aux;
	struct cmsghdr *c;
	uint8_t *p = buf + 2 * ETH_ALEN;

	if (len < ETH_HLEN)
		return false;
	memset(s, 0, sizeof(*s));
	for (c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			s->vids[s->tags++] = aux.tp_vlan_tci & 0xfff;
	}
	while (p + 6 <= buf + len && s->tags < FRAME_TAGS &&
	       (get16(p) == ETH_P_8021Q || get16(p) == ETH_P_8021AD)) {
		s->vids[s->tags++] = get16(p + 2) & 0xfff;
		p += 4;
	}
	s->frame = buf;
	s->type = get16(p);
	s->packet = p + 2;
	s->len = buf + len - s->packet;
	return true;
}

static void check_tags(const struct seen *s)
{
	unsigned int i;

	want("tags", s->tags, base.tags);
	for (i = 0; i < s->tags && i < base.tags; i++)
		want("VLAN", s->vids[i], base.tag[i].tci & 0xfff);
}

/* Return: whether it is one of ours. */
static bool arrived(const struct seen *s)
{
	static uint8_t expected[SIZE_MAX_];
	unsigned int at = ip_len() + l4_len(), size;

	if (s->type != base.type || s->len < at + 6 ||
	    get16(s->packet + at) != MAGIC >> 16 || get16(s->packet + at + 2) != (MAGIC & 0xffff))
		return false;
	size = get16(s->packet + at + 4);
	if (!want("length of what arrived", s->len, size) || size > SIZE_MAX_)
		return true;
	make_packet(expected, size);
	if (memcmp(expected, s->packet, size))
		wrong("content of size", size, 0);
	check_tags(s);
	if (size > carries)
		wrong("what should not have arrived: size", size, carries);
	note_fate(size, DELIVERED);
	return true;
}

static void check_quote(const uint8_t *quote, unsigned int len, unsigned int max)
{
	static uint8_t expected[SIZE_MAX_];
	unsigned int size;

	size = is_v6 ? get16(quote + 4) + 40 : get16(quote + 2);
	if (size > SIZE_MAX_ || size < size_min) {
		wrong("size of the quoted packet", size, 0);
		return;
	}
	make_packet(expected, size);
	want("length of the quote", len, size < max ? size : max);
	if (memcmp(expected, quote, len))
		wrong("quote of size", size, 0);
	if (size <= mtu)
		wrong("what was answered and fits: size", size, mtu);
	note_fate(size, ANSWERED);
}

static void answered_v4(const struct seen *s)
{
	const uint8_t *ip = s->packet, *icmp = ip + 20;
	unsigned int total = get16(ip + 2);

	want("IPv4 version and header's length", ip[0], 0x45);
	want("sum of the answer's header", fold(sum(ip, 20, 0)), 0xffff);
	if (memcmp(ip + 12, "\xcb\0\x71\3\xcb\0\x71\1", 8))
		wrong("addresses of the answer", ip[15], 3);
	if (total > s->len || total < 28 || total > 576) {
		wrong("length of the answer", total, s->len);
		return;
	}
	want("ICMP type", icmp[0], 3);
	want("ICMP code", icmp[1], 4);
	want("unused field", get16(icmp + 4), 0);
	want("MTU", get16(icmp + 6), mtu);
	want("sum of ICMP", fold(sum(icmp, total - 20, 0)), 0xffff);
	check_quote(icmp + 8, total - 28, QUOTE_V4);
}

static void answered_v6(const struct seen *s)
{
	const uint8_t *ip = s->packet, *icmp = ip + 40;
	unsigned int len = get16(ip + 4);
	uint8_t addrs[32] = {};

	memcpy(addrs, "\x20\1\x0d\xb8\0\0\0\1", 8);
	memcpy(addrs + 16, "\x20\1\x0d\xb8\0\0\0\1", 8);
	addrs[15] = 3;
	addrs[31] = 1;
	if (memcmp(ip + 8, addrs, 32))
		wrong("addresses of the answer", ip[23], 3);
	if (len + 40 > s->len || len < 8 || len + 40 > 1280) {
		wrong("length of the answer", len, s->len);
		return;
	}
	want("ICMP type", icmp[0], 2);
	want("ICMP code", icmp[1], 0);
	want("MTU", (long)get16(icmp + 4) << 16 | get16(icmp + 6), mtu);
	want("sum of ICMP", fold(sum(icmp, len, sum(ip + 8, 32, IPPROTO_ICMPV6 + len))), 0xffff);
	check_quote(icmp + 8, len - 8, QUOTE_V6);
}

static void answered(const struct seen *s)
{
	bool v4 = s->type == ETH_P_IP && s->len >= 28 && s->packet[9] == IPPROTO_ICMP;
	bool v6 = s->type == ETH_P_IPV6 && s->len >= 48 && s->packet[6] == IPPROTO_ICMPV6 &&
		  s->packet[40] < 128;

	if (!v4 && !v6)
		return;
	if (!may_answer)
		wrong("answers", 1, 0);
	want("family of the answer", v6, is_v6);
	if (memcmp(s->frame, base.src, ETH_ALEN))
		wrong("receiver's MAC address", s->frame[5], base.src[5]);
	if (memcmp(s->frame + ETH_ALEN, base.dst, ETH_ALEN))
		wrong("sender's MAC address", s->frame[11], base.dst[5]);
	check_tags(s);
	if (v4)
		answered_v4(s);
	else
		answered_v6(s);
}

/* Read until nothing came for wait ms. */
static void collect(int wait)
{
	struct pollfd pfd[2] = {
		{ .fd = from.fd, .events = POLLIN }, { .fd = to.fd, .events = POLLIN }
	};
	struct seen s;

	while (poll(pfd, 2, wait) > 0) {
		while (receive(to.fd, &s))
			arrived(&s);
		while (receive(from.fd, &s))
			answered(&s);
	}
}

static void send_size(unsigned int size)
{
	static uint8_t buf[ETH_HLEN + 4 * FRAME_TAGS + SIZE_MAX_];
	uint8_t *p = frame_headers(&base, buf);
	ssize_t len = p - buf + size;

	make_packet(p, size);
	if (send(from.fd, buf, len, 0) != len)
		err(1, "send of %u bytes", size);
	n_sent++;
}

/* Sizes are spread by a prime stride, so that what is answered is of all kinds. */
static void send_all(void)
{
	unsigned int n = (size_max - size_min) / step + 1, i;

	for (i = 0; i < n; i++) {
		send_size(size_min + (uint64_t)i * 2741 % n * step);
		if (i % BATCH == BATCH - 1)
			collect(0);
	}
}

int main(int argc, char **argv)
{
	unsigned long count[3] = {};
	int opt, wait = 300;
	unsigned int size;
	uint64_t start;

	while ((opt = getopt(argc, argv, "+w:")) > 0) {
		if (opt != 'w')
			usage();
		wait = atoi(optarg);
	}
	if (optind + 2 > argc)
		usage();
	from = open_endpoint(argv[optind], true);
	to = open_endpoint(argv[optind + 1], true);
	frame_init(&base);
	base.type = ETH_P_IP;
	for (optind += 2; optind < argc; optind++)
		parse_word(argv[optind]);
	if (is_other)
		base.type = 0x88b5;
	if (size_max > SIZE_MAX_ || size_min > size_max || !step || !ports ||
	    ((size_max - size_min) / step + 1) % 2741 == 0)
		usage();

	start = now_ms();
	send_all();
	start = now_ms() - start;
	collect(wait);
	for (size = size_min; size <= size_max; size += step) {
		count[fate[size]]++;
		if (size <= carries && fate[size] != DELIVERED)
			wrong("what should have arrived: size", size, carries);
	}
	printf("sent=%lu delivered=%lu answered=%lu silent=%lu wrong=%lu ms=%llu\n", n_sent,
	       count[DELIVERED], count[ANSWERED], count[0], n_wrong, (unsigned long long)start);
	return n_wrong ? 1 : 0;
}
