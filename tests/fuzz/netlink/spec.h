/* SPDX-License-Identifier: GPL-2.0 */
/* The netlink specification, as far as a fuzzer has to know it; spec.py writes the tables. */
#ifndef FUZZ_SPEC_H
#define FUZZ_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an attribute means, beyond its type. */
enum role {
	ROLE_NUMBER,	/* from here numbers of 32 bits, ... */
	ROLE_SWITCH,	/* ifindex of a switch */
	ROLE_PORT,	/* ifindex of a port */
	ROLE_DEVICE,	/* ifindex of any device */
	ROLE_VNI,
	ROLE_VLAN,
	ROLE_VLAN_END,	/* of a range */
	ROLE_END,	/* of a range of something else */
	ROLE_MASK,	/* of a number */
	ROLE_BITS,	/* length of a prefix */
	ROLE_TIER,
	ROLE_GROUP_TYPE,
	ROLE_HANDLE,	/* of a rule */
	ROLE_INDEX,	/* its place */
	ROLE_ETHERTYPE,
	ROLE_PROTOCOL,
	ROLE_L4_PORT,	/* ... to here */
	ROLE_NAME,	/* of a device; from here strings, ... */
	ROLE_PROFILE,
	ROLE_ADMIN_PROFILE, ROLE_TENANT_PROFILE, ROLE_DEFAULT_PROFILE,	/* of this tier */
	ROLE_GROUP,
	ROLE_IP_GROUP, ROLE_MAC_GROUP, ROLE_PORT_GROUP,			/* of this type */
	ROLE_COMMENT,	/* ... to here */
	ROLE_MAC,
	ROLE_MAC_MASK,
	ROLE_IP,	/* address of a neighbour or a tunnel's end, of 4 or 16 bytes */
	ROLE_REMOTE,	/* that of a tunnel's end which something is behind */
	ROLE_PREFIX,	/* address of one */
	ROLE_DATA,	/* that only comes from the kernel */
	ROLE_NEST,
	ROLE_PAD,
};

struct spec_set;

struct spec_attr {
	const char *name;
	enum role role;
	uint16_t size;		/* of a number or an address */
	uint32_t least, most;	/* that the kernel takes */
	uint16_t needs;		/* the attribute that it says more of, or 0 */
	bool many;		/* it may be there more than once */
	const struct spec_set *nested;
};

struct spec_set {
	const char *name;
	const struct spec_attr *attr;
	uint16_t count;		/* of attr[], whose first is unused */
};

struct spec_command {
	const char *name;	/* NULL: no command has this number */
	const struct spec_set *set;
	uint64_t request, reply;	/* attributes, as bits */
	bool dump;
	bool changes;		/* more than one's own view */
};

extern const struct spec_command spec_command[];
extern const unsigned int spec_commands;
extern const struct spec_set spec_switch, spec_fdb, spec_neigh, spec_vni, spec_rule, spec_member;

static inline bool is_address(enum role role)
{
	return role >= ROLE_IP && role <= ROLE_PREFIX;
}

static inline bool is_string(enum role role)
{
	return role >= ROLE_NAME && role <= ROLE_COMMENT;
}

#endif
