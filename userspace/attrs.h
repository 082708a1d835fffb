/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The vocabulary: what every attribute of the netlink contract is called, in JSON and on the
 * command line, and what the words that it may hold mean. An attribute that is described here is
 * parsed, sent, received and printed as JSON without a further line of code.
 */
#ifndef CVS_ATTRS_H
#define CVS_ATTRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util.h"

#define ATTRS_MAX	40	/* more than the largest attribute set has */

enum attr_type {
	ATTR_UNUSED,
	ATTR_U32,
	ATTR_U64,
	ATTR_BOOL,		/* u32; on|off */
	ATTR_WORD,		/* u32; one of a list of words */
	ATTR_DEVICE,		/* u32; an ifindex that people know by its name */
	ATTR_ETHERTYPE,		/* u32 */
	ATTR_MAC,
	ATTR_IP,		/* 4 or 16 bytes */
	ATTR_STRING,
	ATTR_DSCP,		/* u32; CVSWITCH_DSCP_INHERIT is a word of its own */
	ATTR_PORTS,		/* u32; the lowest of a range whose highest is the next attribute */
	ATTR_HEX,		/* u64; bits */
	ATTR_DROPS,		/* a nest of drop_attrs, several times */
	ATTR_BINDINGS,		/* a nest of member_attrs, several times */
	ATTR_FLAGS,		/* u32; bits whose numbers are those of words */
	ATTR_NEST,
	ATTR_NESTS,		/* several times */
	ATTR_BYTES,
};

/* At which port a drop is counted: the one that the frame came in by, or was to leave by. */
enum way {
	WAY_IN,
	WAY_OUT,
	WAY_EITHER,
};

struct word {
	const char *name;
	const char *means;	/* a sentence */
	const char *next;	/* what to look at next */
	enum way way;		/* of a drop */
};

struct words {
	const struct word *word;
	uint32_t count;
};

struct attr {
	const char *name;	/* in the netlink specification, and so in JSON */
	const char *arg;	/* on the command line, where it can be set */
	const char *alias;	/* a shorter word for it */
	enum attr_type type;
	uint32_t min, max;	/* of an ATTR_U32 on the command line */
	const char *zero;	/* another way to write 0: "off" */
	const struct words *words;
	const struct attr_set *nested;
};

struct attr_set {
	const char *name;
	const struct attr *attr;
	uint16_t count;		/* of attr[], whose first is unused */
};

/* An IPv4 or IPv6 address, in network byte order as in its attribute. */
struct ip {
	uint8_t len;		/* 4 or 16; 0 is none */
	uint8_t addr[16];
};

extern const struct attr_set switch_attrs, port_attrs, vlan_attrs, fdb_attrs, stats_attrs,
	drop_count_attrs, drop_attrs, tunnel_attrs, remote_attrs, vni_attrs, neigh_attrs,
	profile_attrs, acl_attrs, rule_attrs, group_attrs, member_attrs, acl_log_attrs;
extern const struct words short_paths, port_states, short_states, fdb_kinds, fdb_events,
	drop_reasons, neigh_kinds, neigh_events, tunnel_dfs, tunnel_sources,
	tiers, directions, verdicts, policies, group_types, fragments;

/* For those who define them. */
#define WORDS(name, array) const struct words name = { array, ARRAY_SIZE(array) }
#define ATTR_SET(noun, array) \
	const struct attr_set noun##_attrs = { #noun, array, ARRAY_SIZE(array) }

/* The entry of a number that came from the kernel; a newer one may know more than this tool. */
const struct word *words_get(const struct words *words, uint32_t number);

/* The number of a word that somebody typed, or -1. */
int words_find(const struct words *words, const char *name);

#endif
