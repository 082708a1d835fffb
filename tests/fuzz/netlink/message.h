/* SPDX-License-Identifier: GPL-2.0 */
/* One datagram for the kernel, under construction. It may hold more than one message. */
#ifndef FUZZ_MESSAGE_H
#define FUZZ_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

#include "../../selftests/src/frame.h"

#define MESSAGE_MAX	(128 * 1024)
/* Stands for the family's number, which differs from boot to boot. */
#define FAMILY_TYPE	0x7afa
/* Indices that the world gives to its devices, and what comes after them by itself. */
#define IFINDEX_MAX	64
/* Room for an attribute's value, a nest's excepted. */
#define STRING_MAX	192

struct message {
	bool genl;		/* or rtnetlink */
	unsigned int kind;	/* whose statistics it counts in */
	uint32_t start;		/* of the message being built, or the last one */
	uint32_t body;		/* where its attributes begin */
	uint32_t len;
	uint8_t buf[MESSAGE_MAX] __attribute__((aligned(NLMSG_ALIGNTO)));
};

static inline uint32_t below(uint64_t *rng, uint32_t n)
{
	return rnd(rng) % n;
}

static inline bool one_in(uint64_t *rng, uint32_t n)
{
	return !below(rng, n);
}

/* The header of the message that was begun last. */
static inline struct nlmsghdr *message_header(struct message *m)
{
	return (struct nlmsghdr *)(m->buf + m->start);
}

void message_clear(struct message *m, bool genl);

/* Begins a message with `len` bytes of the protocol's own header, which it returns. */
void *message_begin(struct message *m, uint16_t type, uint16_t flags, size_t len);
void message_end(struct message *m);

/* Appends an attribute, or nothing when the datagram is full. */
void message_put(struct message *m, uint16_t type, const void *data, size_t len);
void message_put_u32(struct message *m, uint16_t type, uint32_t value);
/* Between them, attributes are appended to the nest. */
uint32_t message_nest(struct message *m, uint16_t type);
void message_nest_end(struct message *m, uint32_t nest);

/*
 * Values that make sense, or with `odd` such as don't. Requests are about one switch, `home`, and
 * its ports; a port that joins should be free.
 */
uint32_t value_home(uint64_t *rng);
uint32_t value_switch(uint64_t *rng, uint32_t home, bool odd);
uint32_t value_port(uint64_t *rng, uint32_t home, bool joins, bool odd);
uint32_t value_vlan(uint64_t *rng, bool odd);
uint32_t value_device(uint64_t *rng, bool odd);
uint32_t value_vni(uint64_t *rng, uint32_t home, bool odd);
uint32_t value_number(uint64_t *rng, uint32_t least, uint32_t most, bool odd);
uint32_t value_l4_port(uint64_t *rng);
size_t value_name(uint64_t *rng, char name[STRING_MAX], bool odd);
/* Name of a profile or a group: what it is and a number, mostly of one that is there. */
size_t value_object(uint64_t *rng, char name[STRING_MAX], const char *what, bool creates, bool odd);
size_t value_comment(uint64_t *rng, char comment[STRING_MAX], bool odd);
void value_mac(uint64_t *rng, uint8_t mac[6], bool odd);
size_t value_ip(uint64_t *rng, uint8_t ip[16], bool local, bool odd);
/* An address and the length of its prefix. */
size_t value_prefix(uint64_t *rng, uint8_t ip[16], bool v6, uint32_t *bits, bool odd);

/* Requests of either protocol, by a number below the count. */
struct kind {
	const char *name;
	unsigned int weight;
	bool genl, dump, changes;
	uint16_t id;
};

extern struct kind kinds[128];
extern unsigned int kind_count;
void kinds_init(void);

/* Appends a request of this kind. */
void request_genl(struct message *m, const struct kind *kind, uint64_t *rng);
void request_rtnl(struct message *m, const struct kind *kind, uint64_t *rng);
extern const struct kind rtnl_kind[];
extern const unsigned int rtnl_kinds;

/* Makes the next datagram of a run: the random state is all that it depends on. */
void message_make(struct message *m, uint64_t *rng);

/* Spoils a datagram in one of several ways. */
void message_spoil(struct message *m, uint64_t *rng);

/* "genl HEX\n", with FAMILY_TYPE where the family's number goes; and back. */
void message_print(const struct message *m, FILE *file);
bool message_parse(struct message *m, const char *line);

#endif
