// SPDX-License-Identifier: GPL-2.0
/*
 * neighprobe: send one ARP or neighbour discovery packet, and say who received it
 * and what came back.
 *
 * neighprobe [-w MS] FROM WORD... -- LABEL=[NETNS/]DEVICE...
 *
 *	ask=IP tell=IP		an ARP request or a solicitation; tell=0.0.0.0 or :: is
 *				a probe
 *	is=IP			an ARP reply, or an advertisement, to all
 *	flags=[rso]		of the advertisement
 *	router			IP is= is a router: a router's advertisement
 *	mac=MAC			the address told, if it isn't the frame's source; "none"
 *	hops=N checksum=bad	of an IPv6 packet
 *	src= dst= vlan=		as in frame.h; dst is what the protocol says unless it
 *				is given, and a unicast one is for the target alone
 *
 * Prints the receivers' labels, or "-", and for each answer that FROM got "IP is
 * MAC", "from MAC" if the frame is from another address, "to DST" for an
 * advertisement that isn't for FROM alone, and its flags.
 */
#include "csum.h"
#include "frame.h"
#include <netinet/icmp6.h>
#include <netinet/ip6.h>
#include <poll.h>

#define RX_MAX	16

struct probe {
	struct frame frame;
	bool dst_given, v6, reply, router, bad_checksum, no_mac;
	uint8_t target[16], sender[16], mac[ETH_ALEN];
	bool mac_given;
	uint32_t flags;
	uint8_t hops;
};

static struct endpoint rxs[RX_MAX + 1];	/* the last is FROM */
static bool seen[RX_MAX];
static unsigned int n_rx;
static uint8_t packet[256];
static size_t packet_len;
static char answers[1024];

static void usage(void)
{
	errx(2, "usage: neighprobe [-w MS] FROM WORD... -- LABEL=[NETNS/]DEVICE...");
}

static void parse_ip(struct probe *p, uint8_t *ip, const char *s)
{
	p->v6 = strchr(s, ':');
	if (inet_pton(p->v6 ? AF_INET6 : AF_INET, s, ip) != 1)
		errx(2, "bad address '%s'", s);
}

static void parse_flags(struct probe *p, const char *s)
{
	for (; *s; s++)
		p->flags |= *s == 'r' ? ND_NA_FLAG_ROUTER : *s == 's' ? ND_NA_FLAG_SOLICITED :
			    ND_NA_FLAG_OVERRIDE;
}

static bool probe_word(struct probe *p, const char *w)
{
	if (!strncmp(w, "ask=", 4)) {
		parse_ip(p, p->target, w + 4);
	} else if (!strncmp(w, "tell=", 5)) {
		parse_ip(p, p->sender, w + 5);
	} else if (!strncmp(w, "is=", 3)) {
		parse_ip(p, p->target, w + 3);
		memcpy(p->sender, p->target, sizeof(p->sender));
		p->reply = true;
	} else if (!strncmp(w, "flags=", 6)) {
		parse_flags(p, w + 6);
	} else if (!strcmp(w, "router")) {
		p->router = true;
	} else if (!strcmp(w, "mac=none")) {
		p->no_mac = true;
	} else if (!strncmp(w, "mac=", 4)) {
		parse_mac(p->mac, w + 4);
		p->mac_given = true;
	} else if (!strncmp(w, "hops=", 5)) {
		p->hops = atoi(w + 5);
	} else if (!strcmp(w, "checksum=bad")) {
		p->bad_checksum = true;
	} else {
		p->dst_given |= !strncmp(w, "dst=", 4);
		return frame_word(&p->frame, w);
	}
	return true;
}

static size_t write_arp(const struct probe *p, uint8_t *at)
{
	static const uint8_t begin[] = { 0, 1, 8, 0, 6, 4, 0 };

	memcpy(at, begin, sizeof(begin));
	at[7] = p->reply ? 2 : 1;
	memcpy(at + 8, p->mac, ETH_ALEN);
	memcpy(at + 14, p->sender, 4);
	memset(at + 18, 0, ETH_ALEN);
	memcpy(at + 24, p->target, 4);
	return 28;
}

/* Of an IPv6 packet with @len bytes of ICMPv6: 0xffff if the checksum is right. */
static uint16_t icmp6_sum(const uint8_t *ip6, size_t len)
{
	return fold(sum(ip6 + 8, sizeof(struct ip6_hdr) - 8 + len, IPPROTO_ICMPV6 + len));
}

static size_t write_nd(const struct probe *p, uint8_t *at)
{
	uint8_t *message = at + sizeof(struct ip6_hdr);
	size_t len = p->router ? 16 : 24;

	memset(at, 0, 128);
	at[0] = 0x60;
	at[6] = IPPROTO_ICMPV6;
	at[7] = p->hops;
	memcpy(at + 8, p->sender, 16);
	if (!(p->frame.dst[0] & 1))
		memcpy(at + 24, p->target, 16);
	else if (p->reply)
		inet_pton(AF_INET6, "ff02::1", at + 24);
	else
		inet_pton(AF_INET6, "ff02::1:ff00:0", at + 24), memcpy(at + 37, p->target + 13, 3);
	message[0] = p->router ? ND_ROUTER_ADVERT :
		     p->reply ? ND_NEIGHBOR_ADVERT : ND_NEIGHBOR_SOLICIT;
	memcpy(message + 4, &p->flags, 4);
	if (!p->router)
		memcpy(message + 8, p->target, 16);
	if (!p->no_mac) {
		message[len] = p->reply && !p->router ? 2 : 1;
		message[len + 1] = 1;
		memcpy(message + len + 2, p->mac, ETH_ALEN);
		len += 8;
	}
	put16(at + 4, len);
	put16(message + 2, ~icmp6_sum(at, len) ^ (p->bad_checksum ? 1 : 0));
	return sizeof(struct ip6_hdr) + len;
}

static void choose_dst(struct probe *p)
{
	if (p->dst_given || !p->v6)
		return;
	mac_from_u64(p->frame.dst, p->reply ? 0x333300000001 : 0x3333ff000000);
	if (!p->reply)
		memcpy(p->frame.dst + 3, p->target + 13, 3);
}

static size_t write_probe(struct probe *p, uint8_t *buf)
{
	uint8_t *at;

	if (!p->mac_given)
		memcpy(p->mac, p->frame.src, ETH_ALEN);
	choose_dst(p);
	p->frame.type = p->v6 ? ETH_P_IPV6 : ETH_P_ARP;
	at = frame_headers(&p->frame, buf);
	packet_len = p->v6 ? write_nd(p, packet) : write_arp(p, packet);
	memcpy(at, packet, packet_len);
	return at + packet_len - buf;
}

static void note_answer(const uint8_t *frame, const uint8_t *mac, int family, const void *ip,
			const char *more)
{
	size_t at = strlen(answers);
	char text[INET6_ADDRSTRLEN];
	uint64_t n = mac_to_u64(mac);

	at += snprintf(answers + at, sizeof(answers) - at, " %s is %d",
		       inet_ntop(family, ip, text, sizeof(text)), (int)(n & 0xffff));
	if (memcmp(frame + ETH_ALEN, mac, ETH_ALEN))
		at += snprintf(answers + at, sizeof(answers) - at, " from %d",
			       (int)(mac_to_u64(frame + ETH_ALEN) & 0xffff));
	snprintf(answers + at, sizeof(answers) - at, "%s", more);
}

static void read_advert(const uint8_t *frame, const uint8_t *at, size_t len)
{
	const uint8_t *message = at + sizeof(struct ip6_hdr);
	char more[64] = "";

	if (len < 72 || at[6] != IPPROTO_ICMPV6 || message[0] != ND_NEIGHBOR_ADVERT)
		return;
	if (at[24] == 0xff)
		strcat(more, " to all");
	if (at[7] != 255 || get16(at + 4) != 32 || icmp6_sum(at, 32) != 0xffff || message[24] != 2)
		strcat(more, " malformed");
	snprintf(more + strlen(more), 16, " %s%s%s", message[4] & 0x80 ? "r" : "",
		 message[4] & 0x40 ? "s" : "", message[4] & 0x20 ? "o" : "");
	note_answer(frame, message + 26, AF_INET6, message + 8, more);
}

static void read_frame(unsigned int i, const uint8_t *frame, size_t len)
{
	const uint8_t *at = frame + ETH_HLEN;

	if (len < ETH_HLEN + 28)
		return;
	if (i < n_rx) {
		seen[i] |= len >= ETH_HLEN + packet_len && !memcmp(at, packet, packet_len);
		return;
	}
	if (get16(frame + 12) == ETH_P_ARP && at[7] == 2)
		note_answer(frame, at + 8, AF_INET, at + 14, "");
	else if (get16(frame + 12) == ETH_P_IPV6)
		read_advert(frame, at, len - ETH_HLEN);
}

/* Read until nothing came for wait ms. */
static void collect(int wait)
{
	static uint8_t buf[FRAME_MAX];
	struct pollfd pfd[RX_MAX + 1];
	unsigned int i;
	ssize_t len;

	for (i = 0; i <= n_rx; i++)
		pfd[i] = (struct pollfd){ .fd = rxs[i].fd, .events = POLLIN };
	while (poll(pfd, n_rx + 1, wait) > 0)
		for (i = 0; i <= n_rx; i++)
			while ((len = recv(rxs[i].fd, buf, sizeof(buf), MSG_DONTWAIT)) > 0)
				read_frame(i, buf, len);
}

int main(int argc, char **argv)
{
	struct probe probe = { .hops = 255 };
	static uint8_t buf[512];
	bool any = false;
	unsigned int i;
	int opt, wait = 60;
	const char *from;
	size_t len;

	while ((opt = getopt(argc, argv, "+w:")) > 0) {
		if (opt != 'w')
			usage();
		wait = atoi(optarg);
	}
	if (optind >= argc)
		usage();
	from = argv[optind++];
	frame_init(&probe.frame);
	for (; optind < argc && strcmp(argv[optind], "--"); optind++)
		if (!probe_word(&probe, argv[optind]))
			usage();
	for (optind++; optind < argc && n_rx < RX_MAX; optind++)
		if (!strstr(argv[optind], from))
			rxs[n_rx++] = open_endpoint(argv[optind], true);
	rxs[n_rx] = open_endpoint(from, true);

	len = write_probe(&probe, buf);
	if (send(rxs[n_rx].fd, buf, len, 0) != (ssize_t)len)
		err(1, "send");
	collect(wait);
	for (i = 0; i < n_rx; i++) {
		if (seen[i])
			printf("%s%s", any ? " " : "", rxs[i].label);
		any |= seen[i];
	}
	printf("%s%s%s\n", any ? "" : "-", *answers ? ":" : "", answers);
	return 0;
}
