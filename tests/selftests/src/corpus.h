/* SPDX-License-Identifier: GPL-2.0 */
/*
 * corpus.h: frames to fuzz a switch with. A sample is a frame of a protocol that
 * a switch may look into, whole and well-formed, with any VLAN tags; mutate()
 * spoils it. Offsets that a virtio_net_hdr wants are those of the whole frame.
 */
#ifndef SELFTESTS_CORPUS_H
#define SELFTESTS_CORPUS_H

#include "frame.h"

#define SAMPLE_MAX	(68 * 1024)
#define TAG_LEN		4u
#define STATIONS	8		/* those who might be there, by number from 1 */

enum protocol {
	P_UNKNOWN, P_ARP, P_IP4_UDP, P_IP4_TCP, P_IP4_ICMP, P_IP4_IGMP, P_IP4_OPTIONS,
	P_IP4_FRAG_FIRST, P_IP4_FRAG_LATER, P_IP6_UDP, P_IP6_TCP, P_IP6_ND, P_IP6_MLD,
	P_IP6_EXT, P_IP6_FRAG_FIRST, P_IP6_FRAG_LATER, P_DHCP, P_DHCP6, P_VXLAN, P_LLC, P_SNAP,
	P_STP, P_LLDP, P_LACP, P_PAUSE, PROTOCOLS
};

static const char * const protocol_names[PROTOCOLS] = {
	"unknown", "arp", "ip4-udp", "ip4-tcp", "ip4-icmp", "ip4-igmp", "ip4-options",
	"ip4-frag-first", "ip4-frag-later", "ip6-udp", "ip6-tcp", "ip6-nd", "ip6-mld",
	"ip6-ext", "ip6-frag-first", "ip6-frag-later", "dhcp", "dhcp6", "vxlan", "llc", "snap",
	"stp", "lldp", "lacp", "pause",
};

enum tagging {
	T_NONE, T_PRIORITY, T_SINGLE, T_DOUBLE, T_QINQ, T_SERVICE, T_TRIPLE, T_CUT, TAGGINGS
};

static const char * const tagging_names[TAGGINGS] = {
	"untagged", "priority", "single", "double", "qinq", "service", "triple", "cut",
};

enum addressing {
	A_STATION, A_UNKNOWN, A_BROADCAST, A_MULTICAST, A_LINK_LOCAL, A_HOST, A_SAME, A_ZERO,
	ADDRESSINGS
};

static const char * const addressing_names[ADDRESSINGS] = {
	"to-station", "to-unknown", "to-broadcast", "to-multicast", "to-link-local", "to-host",
	"to-own-port", "to-zero",
};

enum sourcing {
	S_OWN, S_NEW, S_ANOTHER, S_ZERO, S_MULTICAST, S_SWITCH, SOURCINGS
};

static const char * const sourcing_names[SOURCINGS] = {
	"from-own", "from-new", "from-another", "from-zero", "from-multicast", "from-switch",
};

struct sample {
	uint8_t *buf;
	unsigned int len;
	unsigned int l4;	/* where the transport header begins, 0 if there is none */
	uint8_t l4_proto;
	bool ip6;
	enum protocol protocol;
	enum tagging tagging;
	enum addressing dst;
	enum sourcing src;
};

static inline unsigned int below(uint64_t *random, unsigned int n)
{
	return rnd(random) % n;
}

static inline bool one_in(uint64_t *random, unsigned int n)
{
	return !below(random, n);
}

static inline void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

static inline uint16_t fold(const uint8_t *p, unsigned int len, uint32_t sum)
{
	unsigned int i;

	for (i = 0; i + 1 < len; i += 2)
		sum += get16(p + i);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* ---- who to whom -------------------------------------------------------------------------- */

static inline void choose_dst(struct sample *s, uint64_t *random, unsigned int me, uint64_t host)
{
	static const enum addressing weighted[] = {
		A_STATION, A_STATION, A_STATION, A_STATION, A_STATION, A_STATION, A_UNKNOWN,
		A_UNKNOWN, A_BROADCAST, A_MULTICAST, A_LINK_LOCAL, A_HOST, A_HOST, A_SAME, A_ZERO,
	};
	uint64_t mac = 0, r = rnd(random);

	s->dst = weighted[below(random, sizeof(weighted) / sizeof(*weighted))];
	if (s->dst == A_STATION)
		mac = STATION + 1 + r % STATIONS;
	else if (s->dst == A_UNKNOWN)
		mac = 0x02eeee000000 + r % 4096;
	else if (s->dst == A_BROADCAST)
		mac = 0xffffffffffff;
	else if (s->dst == A_MULTICAST)
		mac = r & 1 ? 0x01005e000000 + r % 256 : 0x333300000000 + r % 256;
	else if (s->dst == A_LINK_LOCAL)
		mac = 0x0180c2000000 + r % 16;
	else if (s->dst == A_HOST)
		mac = host;
	else if (s->dst == A_SAME)
		mac = STATION + me;
	mac_from_u64(s->buf, mac);
}

static inline void choose_src(struct sample *s, uint64_t *random, unsigned int me, uint64_t host)
{
	uint64_t mac = STATION + me, r = rnd(random);

	s->src = S_OWN;
	if (one_in(random, 4))
		s->src = below(random, SOURCINGS);
	if (s->src == S_NEW)
		mac = 0x02aaaa000000 + r % 65536;
	else if (s->src == S_ANOTHER)
		mac = STATION + 1 + r % STATIONS;
	else if (s->src == S_ZERO)
		mac = 0;
	else if (s->src == S_MULTICAST)
		mac = r & 1 ? 0xffffffffffff : 0x01005e000000 + r % 256;
	else if (s->src == S_SWITCH)
		mac = host;
	mac_from_u64(s->buf + ETH_ALEN, mac);
}

/* ---- tags --------------------------------------------------------------------------------- */

static inline unsigned int put_tag(struct sample *s, unsigned int at, uint16_t tpid, uint16_t tci)
{
	put16(s->buf + at, tpid);
	put16(s->buf + at + 2, tci);
	return at + TAG_LEN;
}

/* Returns where the type is to go. T_CUT is a single tag, until the frame is cut in it. */
static inline unsigned int choose_tags(struct sample *s, uint64_t *random)
{
	uint16_t vid = one_in(random, 8) ? 4095 : 1 + below(random, 8);
	uint16_t tci = below(random, 8) << 13 | one_in(random, 8) << 12 | vid;
	unsigned int at = 2 * ETH_ALEN;

	s->tagging = one_in(random, 2) ? T_NONE : below(random, TAGGINGS);
	switch (s->tagging) {
	case T_PRIORITY:
		return put_tag(s, at, ETH_P_8021Q, tci & 0xf000);
	case T_TRIPLE:
		at = put_tag(s, at, ETH_P_8021AD, 100);
		at = put_tag(s, at, ETH_P_8021AD, 101);
		return put_tag(s, at, ETH_P_8021Q, tci);
	case T_QINQ:
		at = put_tag(s, at, ETH_P_8021AD, 100 + below(random, 3));
		return put_tag(s, at, ETH_P_8021Q, tci);
	case T_SERVICE:
		return put_tag(s, at, ETH_P_8021AD, tci);
	case T_DOUBLE:
		at = put_tag(s, at, ETH_P_8021Q, tci);
		return put_tag(s, at, ETH_P_8021Q, 1 + below(random, 8));
	case T_SINGLE:
	case T_CUT:
		return put_tag(s, at, ETH_P_8021Q, tci);
	default:
		return at;
	}
}

static inline bool is_tag(const uint8_t *type)
{
	return get16(type) == ETH_P_8021Q || get16(type) == ETH_P_8021AD;
}

/*
 * The stack needs the two bytes behind a tag, and drops a frame that it receives
 * without them. Returns how long the frame must be for all of its tags.
 */
static inline unsigned int tags_need(const uint8_t *frame, unsigned int len)
{
	unsigned int at = 2 * ETH_ALEN, need = ETH_HLEN;

	for (; at + 2 <= len && is_tag(frame + at); at += TAG_LEN)
		need = at + 2 + TAG_LEN + 2;
	return need;
}

/* ---- headers: each returns where the next one begins --------------------------------------- */

static inline unsigned int put_transport(struct sample *s, unsigned int at, uint8_t proto,
					 unsigned int payload, uint16_t port)
{
	uint8_t *p = s->buf + at;

	s->l4 = at;
	s->l4_proto = proto;
	if (proto == IPPROTO_TCP) {
		put16(p, 40000);
		put16(p + 2, port);
		put32(p + 4, 1000);
		put32(p + 8, 2000);
		put16(p + 12, 0x5018);
		put16(p + 14, 65535);
		put32(p + 16, 0);
		return at + 20;
	}
	put16(p, port == 67 ? 68 : port == 547 ? 546 : 40000);
	put16(p + 2, port);
	put16(p + 4, 8 + payload);
	put16(p + 6, 0);
	return at + 8;
}

static inline unsigned int put_ip4(struct sample *s, unsigned int at, uint8_t proto,
				   unsigned int options, unsigned int payload, uint16_t frag)
{
	uint8_t *p = s->buf + at;

	memset(p, 0, 20 + options);
	p[0] = 0x40 | (20 + options) / 4;
	put16(p + 2, 20 + options + payload);
	put16(p + 4, 1);
	put16(p + 6, frag);
	p[8] = 64;
	p[9] = proto;
	put32(p + 12, 0xc0000201);		/* 192.0.2.1 to 192.0.2.2 */
	put32(p + 16, 0xc0000202);
	memset(p + 20, 1, options);		/* no operation */
	put16(p + 10, fold(p, 20 + options, 0));
	return at + 20 + options;
}

static inline unsigned int put_ip6(struct sample *s, unsigned int at, uint8_t next,
				   unsigned int payload)
{
	static const uint8_t prefix[] = { 0x20, 0x01, 0x0d, 0xb8 };
	uint8_t *p = s->buf + at;

	memset(p, 0, 40);
	p[0] = 0x60;
	put16(p + 4, payload);
	p[6] = next;
	p[7] = 255;
	memcpy(p + 8, prefix, sizeof(prefix));
	memcpy(p + 24, prefix, sizeof(prefix));
	p[23] = 1;
	p[39] = 2;
	s->ip6 = true;
	return at + 40;
}

/* One to four extension headers of 8 bytes each: hop-by-hop, routing, destination options, AH. */
static inline unsigned int put_extensions(struct sample *s, unsigned int at, unsigned int n,
					  uint64_t *random, uint8_t last)
{
	static const uint8_t kinds[] = { 0, 43, 60, 51 };
	unsigned int i;

	for (i = 0; i < n; i++, at += 8) {
		memset(s->buf + at, 0, 8);
		s->buf[at] = i + 1 < n ? kinds[1 + below(random, 3)] : last;
		s->buf[at + 2] = 1;		/* PadN */
		s->buf[at + 3] = 4;
	}
	return at;
}

static inline unsigned int put_arp(struct sample *s, unsigned int at, uint64_t *random)
{
	uint8_t *p = s->buf + at;

	memset(p, 0, 28);
	memcpy(p, "\x00\x01\x08\x00\x06\x04", 6);
	put16(p + 6, 1 + below(random, 2));
	memcpy(p + 8, s->buf + ETH_ALEN, ETH_ALEN);
	put32(p + 14, 0xc0000201);
	put32(p + 24, 0xc0000202);
	return at + 28;
}

/* Router and neighbour messages with an option that holds an address, or an MLD report. */
static inline unsigned int put_icmp6(struct sample *s, unsigned int at, uint8_t type)
{
	uint8_t *p = s->buf + at;

	memset(p, 0, 32);
	p[0] = type;
	p[24] = 1;
	p[25] = 1;
	memcpy(p + 26, s->buf + ETH_ALEN, ETH_ALEN);
	s->l4 = at;
	s->l4_proto = IPPROTO_ICMPV6;
	return at + 32;
}

static inline unsigned int put_dhcp(struct sample *s, unsigned int at)
{
	uint8_t *p = s->buf + at;

	memset(p, 0, 244);
	memcpy(p, "\x01\x01\x06\x00", 4);
	memcpy(p + 28, s->buf + ETH_ALEN, ETH_ALEN);
	memcpy(p + 236, "\x63\x82\x53\x63\x35\x01\x01\xff", 8);
	return at + 244;
}

static inline unsigned int put_bytes(struct sample *s, unsigned int at, const char *bytes,
				     unsigned int n)
{
	memcpy(s->buf + at, bytes, n);
	return at + n;
}

static inline void put_type(struct sample *s, unsigned int at, uint16_t type)
{
	put16(s->buf + at - 2, type);
}

static inline unsigned int build_ip4(struct sample *s, unsigned int at, uint64_t *random,
				     unsigned int payload)
{
	uint16_t frag = s->protocol == P_IP4_FRAG_FIRST ? 0x2000 :
			s->protocol == P_IP4_FRAG_LATER ? 0x2000 + 1 + below(random, 100) : 0x4000;
	unsigned int options = s->protocol == P_IP4_OPTIONS ? 4 + 4 * below(random, 10) : 0;
	bool tcp = s->protocol == P_IP4_TCP || (options && one_in(random, 2));

	put_type(s, at, ETH_P_IP);
	if (s->protocol == P_IP4_ICMP || s->protocol == P_IP4_IGMP) {
		bool icmp = s->protocol == P_IP4_ICMP;

		at = put_ip4(s, at, icmp ? IPPROTO_ICMP : IPPROTO_IGMP, icmp ? 0 : 4, 8 + payload,
			     0);
		return put_bytes(s, at, icmp ? "\x08\x00\xf7\xff\0\0\0\0" :
				 "\x16\x00\x09\xfd\xe0\0\0\1", 8);
	}
	if (s->protocol == P_IP4_FRAG_LATER)
		return put_ip4(s, at, IPPROTO_UDP, 0, payload, frag);
	at = put_ip4(s, at, tcp ? IPPROTO_TCP : IPPROTO_UDP, options, (tcp ? 20 : 8) + payload,
		     frag);
	return put_transport(s, at, tcp ? IPPROTO_TCP : IPPROTO_UDP, payload, 443);
}

static inline unsigned int build_ip6(struct sample *s, unsigned int at, uint64_t *random,
				     unsigned int payload)
{
	static const uint8_t nd[] = { 133, 134, 135, 136, 137 };
	static const uint8_t mld[] = { 130, 131, 132, 143 };
	bool tcp = s->protocol == P_IP6_TCP || one_in(random, 2);
	unsigned int l4_len = (tcp ? 20 : 8) + payload, n;
	uint8_t l4 = tcp ? IPPROTO_TCP : IPPROTO_UDP;

	put_type(s, at, ETH_P_IPV6);
	switch (s->protocol) {
	case P_IP6_ND:
		at = put_ip6(s, at, IPPROTO_ICMPV6, 32);
		return put_icmp6(s, at, nd[below(random, 5)]);
	case P_IP6_MLD:
		at = put_ip6(s, at, IPPROTO_HOPOPTS, 40);
		at = put_extensions(s, at, 1, random, IPPROTO_ICMPV6);
		return put_icmp6(s, at, mld[below(random, 4)]);
	case P_IP6_EXT:
		n = 1 + below(random, 4);
		at = put_ip6(s, at, IPPROTO_HOPOPTS, 8 * n + l4_len);
		at = put_extensions(s, at, n, random, l4);
		break;
	case P_IP6_FRAG_FIRST:
	case P_IP6_FRAG_LATER:
		at = put_ip6(s, at, IPPROTO_FRAGMENT, 8 + l4_len);
		memset(s->buf + at, 0, 8);
		s->buf[at] = l4;
		put16(s->buf + at + 2, (s->protocol == P_IP6_FRAG_LATER ? 8 : 0) | 1);
		at += 8;
		if (s->protocol == P_IP6_FRAG_LATER)
			return at;
		break;
	case P_IP6_UDP:
		l4 = IPPROTO_UDP;
		l4_len = 8 + payload;
		/* fall through */
	default:
		at = put_ip6(s, at, l4, l4_len);
	}
	return put_transport(s, at, l4, payload, 443);
}

/* What begins behind the type, which this puts, too; returns where the payload begins. */
static inline unsigned int build_protocol(struct sample *s, unsigned int at, uint64_t *random,
					  unsigned int payload)
{
	switch (s->protocol) {
	case P_ARP:
		put_type(s, at, ETH_P_ARP);
		return put_arp(s, at, random);
	case P_DHCP:
		put_type(s, at, ETH_P_IP);
		at = put_ip4(s, at, IPPROTO_UDP, 0, 8 + 244 + payload, 0);
		at = put_transport(s, at, IPPROTO_UDP, 244 + payload, 67);
		return put_dhcp(s, at);
	case P_DHCP6:
		put_type(s, at, ETH_P_IPV6);
		at = put_ip6(s, at, IPPROTO_UDP, 8 + 4 + payload);
		at = put_transport(s, at, IPPROTO_UDP, 4 + payload, 547);
		return put_bytes(s, at, "\x01\0\0\1", 4);
	case P_VXLAN:
		put_type(s, at, ETH_P_IP);
		at = put_ip4(s, at, IPPROTO_UDP, 0, 8 + 8 + payload, 0);
		at = put_transport(s, at, IPPROTO_UDP, 8 + payload, 4789);
		return put_bytes(s, at, "\x08\0\0\0\0\0\x2a\0", 8);
	case P_LLC:
		put_type(s, at, 3 + payload);
		return put_bytes(s, at, "\xf0\xf0\x03", 3);
	case P_SNAP:
		put_type(s, at, 8 + payload);
		return put_bytes(s, at, "\xaa\xaa\x03\0\0\0\x08\0", 8);
	case P_STP:
		put_type(s, at, 38);
		return put_bytes(s, at, "\x42\x42\x03\0\0\0\0\0\x80\0\2\0\0\0\0\1", 16);
	case P_LLDP:
		put_type(s, at, ETH_P_LLDP);
		return put_bytes(s, at, "\x02\x07\x04\2\0\0\0\0\1\x04\2\7\1\6\2\0\x78\0\0", 19);
	case P_LACP:
		put_type(s, at, ETH_P_SLOW);
		return put_bytes(s, at, "\x01\x01\x01\x14", 4);
	case P_PAUSE:
		put_type(s, at, ETH_P_PAUSE);
		return put_bytes(s, at, "\x00\x01\xff\xff", 4);
	case P_UNKNOWN:
		put_type(s, at, 0x88b5);
		return at;
	case P_IP4_UDP ... P_IP4_ICMP:
	case P_IP4_IGMP ... P_IP4_FRAG_LATER:
		return build_ip4(s, at, random, payload);
	default:
		return build_ip6(s, at, random, payload);
	}
}

/* The addresses that a control protocol has by nature. */
static inline void address_control(struct sample *s)
{
	static const uint8_t last[] = { 0x00, 0x0e, 0x02, 0x01 };

	if (s->protocol < P_STP)
		return;
	mac_from_u64(s->buf, 0x0180c2000000 + last[s->protocol - P_STP]);
	s->dst = A_LINK_LOCAL;
}

/*
 * A sample as station number me would send it in a network whose switch has the
 * address host. The payload is at most this long, and never shorter than zero.
 */
static inline void make_sample(struct sample *s, uint64_t *random, unsigned int me, uint64_t host,
			       enum protocol protocol, unsigned int payload)
{
	unsigned int at, i;

	s->l4 = 0;
	s->l4_proto = 0;
	s->ip6 = false;
	s->protocol = protocol;
	choose_dst(s, random, me, host);
	choose_src(s, random, me, host);
	address_control(s);
	at = build_protocol(s, choose_tags(s, random) + 2, random, payload);
	for (i = 0; i < payload; i++)
		s->buf[at + i] = i;
	s->len = at + payload;
}

/* ---- spoiled ------------------------------------------------------------------------------ */

/* Lengths at which something begins or ends. */
static inline unsigned int edge_length(uint64_t *random, unsigned int mtu)
{
	static const unsigned int edges[] = {
		0, 1, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 26, 33, 34, 35, 41, 42, 54, 59, 60,
		61, 63, 64, 65, 127, 128, 255, 256,
	};
	const unsigned int n = sizeof(edges) / sizeof(*edges);
	unsigned int i = below(random, n + 12);

	return i < n ? edges[i] : mtu + ETH_HLEN - 4 + (i - n);
}

static inline void set_length(struct sample *s, unsigned int len)
{
	unsigned int i;

	for (i = s->len; i < len; i++)
		s->buf[i] = i;
	s->len = len;
}

/* Change a byte among the headers behind the addresses. */
static inline void spoil_byte(struct sample *s, uint64_t *random)
{
	static const uint8_t values[] = { 0, 1, 4, 5, 6, 15, 17, 58, 0x45, 0x4f, 0x60, 0x81, 0xff };
	unsigned int end = s->len < 100 ? s->len : 100, at;

	if (end <= 2 * ETH_ALEN)
		return;
	at = 2 * ETH_ALEN + below(random, end - 2 * ETH_ALEN);
	if (one_in(random, 2))
		s->buf[at] ^= 1 << below(random, 8);
	else
		s->buf[at] = values[below(random, sizeof(values))];
}

static inline void mutate(struct sample *s, uint64_t *random, unsigned int mtu)
{
	unsigned int n;

	if (s->tagging == T_CUT)
		return set_length(s, 14 + below(random, 6));
	for (n = below(random, 4); n; n--)
		spoil_byte(s, random);
	switch (below(random, 6)) {
	case 0:
		set_length(s, edge_length(random, mtu));
		break;
	case 1:
		set_length(s, below(random, s->len + 1));
		break;
	case 2:
		set_length(s, s->len + 1 + below(random, 64));
		break;
	}
}

#endif
