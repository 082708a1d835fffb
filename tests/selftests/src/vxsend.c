// SPDX-License-Identifier: GPL-2.0
/*
 * vxsend: send a VXLAN datagram, a good one or one that is forged, and say who
 * received the frame in it.
 *
 * vxsend [-n COUNT] [-w MS] NETNS SOURCE DESTINATION [KEY=VALUE]...
 *	[-- LABEL=[NETNS/]DEVICE...]
 *
 * Addresses are IPv4 or IPv6. A VALUE may be a list, "1,3,5-8": one datagram is
 * sent for each value, and one for each combination if there are several lists.
 * Words:
 *	port= sport=		of UDP, 4789 and any
 *	vni=			24 bits, 100 unless said otherwise
 *	flags=			the header's first 32 bits, 0x08000000
 *	low=			its last 8 bits, 0
 *	flip=BIT		invert one of its 64 bits, 63 is the first
 *	cut=N			send N bytes of the UDP payload only
 *	tos=			TOS or traffic class outside
 *	csum=off		no UDP checksum
 *	inner4=TOS inner6=TC	the frame holds a packet of this protocol
 *	dst= src= type= len= vlan= svlan=	the frame, as in frame.h
 * Prints the labels of the receivers in the order given, "h1 h2*2", with the tag
 * of what came if it has one, "h1:5", and with its TOS or traffic class if that
 * isn't 0, "h1/3"; "-" if nobody got it. With lists, a line for each datagram;
 * several that are the same are one, "- x8".
 */
#include "frame.h"
#include <ctype.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>

#define VXLAN_HLEN	8
#define MAGIC_LEN	8
#define RX_MAX		16

struct receiver {
	struct endpoint ep;
	unsigned int seen;
	unsigned int tos;
	int vid;
};

static struct receiver rxs[RX_MAX];
static unsigned int n_rx;
static uint8_t magic[MAGIC_LEN];
static const char *netns, *source, *destination;
static const char *port, *sport;
static uint64_t flip;
static uint32_t vni, flags, low;
static int cut, tos, inner_tos, inner, no_checksum;
static unsigned int count = 1;
static int wait_ms = 60;

static void usage(void)
{
	errx(2, "usage: vxsend [-n COUNT] [-w MS] NETNS SOURCE DESTINATION [KEY=VALUE]... [-- LABEL=[NETNS/]DEVICE...]");
}

static void parse_word(struct frame *f, const char *w)
{
	const char *v = strchr(w, '=');

	if (!v)
		usage();
	v++;
	if (!strncmp(w, "port=", 5))
		port = v;
	else if (!strncmp(w, "sport=", 6))
		sport = v;
	else if (!strncmp(w, "vni=", 4))
		vni = strtoul(v, NULL, 0);
	else if (!strncmp(w, "flags=", 6))
		flags = strtoul(v, NULL, 0);
	else if (!strncmp(w, "low=", 4))
		low = strtoul(v, NULL, 0);
	else if (!strncmp(w, "flip=", 5))
		flip |= 1ull << strtoul(v, NULL, 0);
	else if (!strncmp(w, "cut=", 4))
		cut = atoi(v);
	else if (!strncmp(w, "tos=", 4))
		tos = strtoul(v, NULL, 0);
	else if (!strcmp(w, "csum=off"))
		no_checksum = 1;
	else if (!strncmp(w, "inner4=", 7) || !strncmp(w, "inner6=", 7)) {
		inner = w[5] - '0';
		inner_tos = strtoul(v, NULL, 0);
		f->type = inner == 4 ? ETH_P_IP : ETH_P_IPV6;
	} else if (!frame_word(f, w)) {
		usage();
	}
}

static struct addrinfo *address(const char *host, const char *service)
{
	struct addrinfo hints = {
		.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
	};
	struct addrinfo *ai;

	if (getaddrinfo(host, service, &hints, &ai))
		errx(2, "bad address '%s' or port '%s'", host, service);
	return ai;
}

static int open_socket(struct addrinfo *from, struct addrinfo *to)
{
	int fd, one = 1;

	enter_netns(netns);
	fd = socket(from->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	enter_netns("");
	if (fd < 0)
		err(2, "socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_NO_CHECK, &no_checksum, sizeof(no_checksum));
	setsockopt(fd, IPPROTO_UDP, UDP_NO_CHECK6_TX, &no_checksum, sizeof(no_checksum));
	if (from->ai_family == AF_INET)
		one = setsockopt(fd, IPPROTO_IP, IP_TOS, &tos, sizeof(tos));
	else
		one = setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, &tos, sizeof(tos));
	if (one)
		err(2, "TOS");
	if (bind(fd, from->ai_addr, from->ai_addrlen))
		err(2, "bind");
	if (connect(fd, to->ai_addr, to->ai_addrlen))
		err(2, "connect");
	return fd;
}

/* An empty packet of a protocol that nobody has (RFC 3692), before the magic. */
static uint8_t *packet_headers(uint8_t *p, size_t room)
{
	uint32_t acc = 0;
	unsigned int i;

	if (inner == 4 && room >= 20) {
		memcpy(p, "\x45\0\0\0\0\1\0\0\x40\xfd\0\0\xc0\0\2\3\xc0\0\2\1", 20);
		p[1] = inner_tos;
		put16(p + 2, room);
		for (i = 0; i < 20; i += 2)
			acc += get16(p + i);
		acc = (acc & 0xffff) + (acc >> 16);
		put16(p + 10, ~((acc & 0xffff) + (acc >> 16)));
		return p + 20;
	}
	if (inner == 6 && room >= 40) {
		memset(p, 0, 40);
		p[0] = 0x60 | inner_tos >> 4;
		p[1] = inner_tos << 4;
		put16(p + 4, room - 40);
		memcpy(p + 6, "\xfd\x40\x20\1\x0d\xb8", 6);
		p[23] = 3;
		memcpy(p + 24, "\x20\1\x0d\xb8", 4);
		p[39] = 1;
		return p + 40;
	}
	return p;
}

/* Returns the length of the UDP payload. */
static size_t make(const struct frame *f, uint8_t *buf)
{
	uint64_t header = (uint64_t)flags << 32 | (uint64_t)vni << 8 | low;
	uint8_t *frame = buf + VXLAN_HLEN, *p;
	int i;

	header ^= flip;
	for (i = 0; i < VXLAN_HLEN; i++)
		buf[i] = header >> (56 - 8 * i);
	p = frame_headers(f, frame);
	p = packet_headers(p, frame + f->len - p);
	if (p + MAGIC_LEN <= frame + f->len)
		memcpy(p, magic, MAGIC_LEN);
	return cut >= 0 && cut < (int)(VXLAN_HLEN + f->len) ? (size_t)cut : VXLAN_HLEN + f->len;
}

/* Is the checksum of an IPv4 packet still right? If not, the TOS is told with it. */
static unsigned int read_tos(const uint8_t *p, uint16_t type)
{
	uint32_t acc = 0;
	int i;

	if (type == ETH_P_IPV6)
		return (p[0] & 15) << 4 | p[1] >> 4;
	if (type != ETH_P_IP)
		return 0;
	for (i = 0; i < 20; i += 2)
		acc += get16(p + i);
	acc = (acc & 0xffff) + (acc >> 16);
	return p[1] | (acc == 0xffff ? 0 : 0x10000);
}

/* The VLAN of a tag that the device carries out of band, -1 for none. */
static int outer_vid(struct msghdr *msg)
{
	struct tpacket_auxdata aux;
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			return aux.tp_vlan_tci & 0xfff;
	}
	return -1;
}

static bool receive(struct receiver *rx)
{
	static uint8_t buf[FRAME_MAX];
	char control[256];
	struct iovec iov = { buf, sizeof(buf) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(rx->ep.fd, &msg, MSG_DONTWAIT);
	uint8_t *p = buf + 2 * ETH_ALEN;

	if (len < 0)
		return false;
	if (!memmem(buf, len, magic, MAGIC_LEN))
		return true;
	rx->seen++;
	rx->vid = outer_vid(&msg);
	for (; p + 4 < buf + len && (get16(p) == ETH_P_8021Q || get16(p) == ETH_P_8021AD); p += 4)
		rx->vid = get16(p + 2) & 0xfff;
	rx->tos = read_tos(p + 2, get16(p));
	return true;
}

/* Read until nothing came for wait ms. */
static void collect(int wait)
{
	struct pollfd pfd[RX_MAX];
	unsigned int i;

	for (i = 0; i < n_rx; i++)
		pfd[i] = (struct pollfd){ .fd = rxs[i].ep.fd, .events = POLLIN };
	while (poll(pfd, n_rx, wait) > 0)
		for (i = 0; i < n_rx; i++)
			while (receive(&rxs[i]))
				;
}

/* What became of a datagram; lines that are the same are counted. */
static void print_line(const char *line)
{
	static char last[256];
	static unsigned int times;

	if (times && (!line || strcmp(line, last))) {
		if (times > 1)
			printf("%s x%u\n", last, times);
		else
			puts(last);
		times = 0;
	}
	if (!line)
		return;
	snprintf(last, sizeof(last), "%s", line);
	times++;
}

static void report(void)
{
	char line[256] = "";
	unsigned int i;
	size_t at = 0;

	for (i = 0; i < n_rx && at < sizeof(line) - 64; i++) {
		if (!rxs[i].seen)
			continue;
		at += sprintf(line + at, "%s%.20s", at ? " " : "", rxs[i].ep.label);
		if (rxs[i].seen != count)
			at += sprintf(line + at, "*%u", rxs[i].seen);
		if (rxs[i].vid >= 0)
			at += sprintf(line + at, ":%d", rxs[i].vid);
		if (rxs[i].tos & 0xffff)
			at += sprintf(line + at, "/%u", rxs[i].tos & 0xffff);
		if (rxs[i].tos >> 16)
			at += sprintf(line + at, "/bad-checksum");
		rxs[i].seen = 0;
	}
	print_line(at ? line : "-");
}

static void send_one(char **words, int n)
{
	static uint8_t buf[VXLAN_HLEN + FRAME_MAX];
	struct frame f;
	unsigned int i;
	uint64_t id;
	size_t len;
	int fd;

	frame_init(&f);
	port = "4789";
	sport = "0";
	vni = 100;
	flags = 0x08000000;
	flip = low = 0;
	cut = -1;
	tos = inner_tos = inner = no_checksum = 0;
	while (n--)
		parse_word(&f, *words++);
	if (f.len < ETH_HLEN || f.len > FRAME_MAX)
		usage();
	id = rnd_seed(now_ms() ^ (uint64_t)getpid() << 32);
	memcpy(magic, &id, MAGIC_LEN);
	memset(buf, 0, VXLAN_HLEN + f.len);
	len = make(&f, buf);
	fd = open_socket(address(source, sport), address(destination, port));
	for (i = 0; i < count; i++)
		if (send(fd, buf, len, 0) != (ssize_t)len)
			err(1, "send");
	close(fd);
	if (n_rx) {
		collect(wait_ms);
		report();
	}
}

/* Send for each combination of what is in lists, from word at on. */
static void send_combinations(char **words, int n, int at)
{
	char *all = at < n ? words[at] : NULL, *eq, *p, *end;
	unsigned long first, last;
	char one[64];

	if (!all) {
		send_one(words, n);
		return;
	}
	eq = strchr(all, '=');
	if (!eq || (!strchr(eq, ',') && !(strchr(eq, '-') && isdigit(eq[1])))) {
		send_combinations(words, n, at + 1);
		return;
	}
	words[at] = one;
	for (p = eq + 1; *p; p = *end ? end + 1 : end) {
		first = last = strtoul(p, &end, 0);
		if (*end == '-')
			last = strtoul(end + 1, &end, 0);
		if (*end && *end != ',')
			errx(2, "bad list '%s'", all);
		for (; first <= last; first++) {
			snprintf(one, sizeof(one), "%.*s=%lu", (int)(eq - all), all, first);
			send_combinations(words, n, at + 1);
		}
	}
	words[at] = all;
}

int main(int argc, char **argv)
{
	int opt, first, n;

	while ((opt = getopt(argc, argv, "+w:n:")) > 0) {
		if (opt == 'w')
			wait_ms = atoi(optarg);
		else if (opt == 'n')
			count = atoi(optarg);
		else
			usage();
	}
	if (optind + 3 > argc)
		usage();
	netns = argv[optind++];
	source = argv[optind++];
	destination = argv[optind++];
	for (first = optind; optind < argc && strcmp(argv[optind], "--"); optind++)
		;
	n = optind - first;
	for (optind++; optind < argc && n_rx < RX_MAX; optind++)
		rxs[n_rx++].ep = open_endpoint(argv[optind], true);
	send_combinations(argv + first, n, 0);
	print_line(NULL);
	return 0;
}
