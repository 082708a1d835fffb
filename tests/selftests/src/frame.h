/* SPDX-License-Identifier: GPL-2.0 */
/*
 * frame.h: what the helper programs share: packet sockets in other network
 * namespaces, MAC addresses and frames made from words, random numbers.
 */
#ifndef SELFTESTS_FRAME_H
#define SELFTESTS_FRAME_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FRAME_MAX	(256 * 1024)
#define FRAME_TAGS	3

struct tag {
	uint16_t tpid;
	uint16_t tci;
};

/* One frame as a test describes it. Lengths include header and tags. */
struct frame {
	uint8_t dst[ETH_ALEN];
	uint8_t src[ETH_ALEN];
	struct tag tag[FRAME_TAGS];
	unsigned int tags;
	uint16_t type;
	unsigned int len;
};

/* A place where frames are sent or received: a device in a namespace. */
struct endpoint {
	const char *label;
	int fd;
	int ifindex;
};

static inline uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ull + ts.tv_nsec / 1000000;
}

/* Go to the named network namespace; "" is the one the program began in. */
static inline void enter_netns(const char *name)
{
	static int home = -1;
	char path[300];
	int fd;

	if (home < 0) {
		home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
		if (home < 0)
			err(2, "/proc/self/ns/net");
	}
	if (!*name) {
		if (setns(home, CLONE_NEWNET))
			err(2, "setns");
		return;
	}
	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		err(2, "netns %s", name);
	close(fd);
}

/*
 * Open a packet socket at "[LABEL=][NETNS/]DEVICE". With rx it gets what the
 * device receives, without it gets nothing and only sends.
 */
static inline struct endpoint open_endpoint(const char *spec, bool rx)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET };
	int one = 1, rcvbuf = 64 << 20;
	struct endpoint ep;
	char *copy, *eq, *slash;

	copy = strdup(spec);
	eq = strchr(copy, '=');
	if (eq)
		*eq++ = 0;
	else
		eq = copy;
	ep.label = eq == copy ? spec : copy;
	slash = strchr(eq, '/');
	if (slash)
		*slash++ = 0;
	enter_netns(slash ? eq : "");
	sll.sll_ifindex = if_nametoindex(slash ? slash : eq);
	if (!sll.sll_ifindex)
		err(2, "%s", spec);
	sll.sll_protocol = rx ? htons(ETH_P_ALL) : 0;
	ep.ifindex = sll.sll_ifindex;
	ep.fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (ep.fd < 0)
		err(2, "%s: socket", spec);
	if (rx) {
		setsockopt(ep.fd, SOL_SOCKET, SO_RCVBUFFORCE, &rcvbuf, sizeof(rcvbuf));
		setsockopt(ep.fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one));
		if (setsockopt(ep.fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one)))
			err(2, "PACKET_IGNORE_OUTGOING");
	}
	if (bind(ep.fd, (struct sockaddr *)&sll, sizeof(sll)))
		err(2, "%s: bind", spec);
	enter_netns("");
	return ep;
}

static inline void mac_from_u64(uint8_t *mac, uint64_t v)
{
	int i;

	for (i = ETH_ALEN - 1; i >= 0; i--, v >>= 8)
		mac[i] = v;
}

static inline uint64_t mac_to_u64(const uint8_t *mac)
{
	uint64_t v = 0;
	int i;

	for (i = 0; i < ETH_ALEN; i++)
		v = v << 8 | mac[i];
	return v;
}

#define STATION	0x020000000000ull	/* station N of a test is 02:00:00:00:00:00 + N */

/* A MAC address: in full, a station's number, or a word. */
static inline void parse_mac(uint8_t *mac, const char *s)
{
	unsigned int b[ETH_ALEN];
	char *end;
	int i;

	if (sscanf(s, "%x:%x:%x:%x:%x:%x", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5]) == 6) {
		for (i = 0; i < ETH_ALEN; i++)
			mac[i] = b[i];
	} else if (!strcmp(s, "bcast")) {
		memset(mac, 0xff, ETH_ALEN);
	} else if (!strcmp(s, "mcast")) {
		mac_from_u64(mac, 0x01005e000001);
	} else if (!strcmp(s, "unknown")) {
		mac_from_u64(mac, 0x02eeeeeeeeee);
	} else if (!strcmp(s, "bpdu")) {
		mac_from_u64(mac, 0x0180c2000000);
	} else {
		mac_from_u64(mac, STATION + strtoull(s, &end, 0));
		if (*end || !*s)
			errx(2, "bad MAC address '%s'", s);
	}
}

static inline void frame_init(struct frame *f)
{
	memset(f, 0, sizeof(*f));
	memset(f->dst, 0xff, ETH_ALEN);
	mac_from_u64(f->src, STATION + 1);
	f->type = 0x88b5;	/* IEEE 802 local experimental */
	f->len = 64;
}

static inline void add_tag(struct frame *f, uint16_t tpid, const char *s)
{
	unsigned int vid = 0, prio = 0;

	if (f->tags == FRAME_TAGS || sscanf(s, "%u.%u", &vid, &prio) < 1)
		errx(2, "bad tag '%s'", s);
	f->tag[f->tags].tpid = tpid;
	f->tag[f->tags++].tci = prio << 13 | vid;
}

/* Apply one KEY=VALUE: dst= src= type= len= vlan=VID[.PRIO] svlan=VID[.PRIO]. */
static inline bool frame_word(struct frame *f, const char *w)
{
	const char *v = strchr(w, '=');

	if (!v)
		return false;
	v++;
	if (!strncmp(w, "dst=", 4))
		parse_mac(f->dst, v);
	else if (!strncmp(w, "src=", 4))
		parse_mac(f->src, v);
	else if (!strncmp(w, "type=", 5))
		f->type = strtoul(v, NULL, 0);
	else if (!strncmp(w, "len=", 4))
		f->len = strtoul(v, NULL, 0);
	else if (!strncmp(w, "vlan=", 5))
		add_tag(f, ETH_P_8021Q, v);
	else if (!strncmp(w, "svlan=", 6))
		add_tag(f, ETH_P_8021AD, v);
	else
		return false;
	return true;
}

static inline void put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static inline uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

/* Write the headers; returns where the payload begins. */
static inline uint8_t *frame_headers(const struct frame *f, uint8_t *buf)
{
	uint8_t *p = buf + 2 * ETH_ALEN;
	unsigned int i;

	memcpy(buf, f->dst, ETH_ALEN);
	memcpy(buf + ETH_ALEN, f->src, ETH_ALEN);
	for (i = 0; i < f->tags; i++, p += 4) {
		put16(p, f->tag[i].tpid);
		put16(p + 2, f->tag[i].tci);
	}
	put16(p, f->type);
	return p + 2;
}

/* Small, fast and the same everywhere: a run is repeated by its seed. */
static inline uint32_t rnd(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state >> 32;
}

static inline uint64_t rnd_seed(uint64_t seed)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15ull + 0x2545f4914f6cdd1dull;
	int i;

	for (i = 0; i < 8; i++)
		rnd(&state);
	return state;
}

#endif
