/* SPDX-License-Identifier: GPL-2.0 */
/* The netlink specification, as far as a fuzzer has to know it; spec.py writes the tables. */
#ifndef FUZZ_SPEC_H
#define FUZZ_SPEC_H

#include <stdbool.h>
#include <stdint.h>

/* What an attribute means, beyond its type. */
enum role {
	ROLE_NUMBER,	/* from here numbers of 32 bits, ... */
	ROLE_SWITCH,	/* ifindex of a switch */
	ROLE_PORT,	/* ifindex of a port */
	ROLE_DEVICE,	/* ifindex of any device */
	ROLE_VNI,
	ROLE_VLAN,
	ROLE_VLAN_END,	/* of a range; ... to here */
	ROLE_NAME,
	ROLE_MAC,
	ROLE_IP,	/* address of a tunnel's end, of 4 or 16 bytes */
	ROLE_NEST,
	ROLE_PAD,
};

struct spec_attr {
	const char *name;
	enum role role;
	uint16_t size;		/* of a number or a MAC address */
	uint32_t least, most;	/* that the kernel takes */
};

struct spec_set {
	const char *name;
	const struct spec_attr *attr;
	uint16_t count;		/* of attr[], whose first is unused */
};

struct spec_command {
	const char *name;	/* NULL: no command has this number */
	const struct spec_set *set;
	uint32_t request, reply;	/* attributes, as bits */
	bool dump;
	bool changes;		/* more than one's own view */
};

extern const struct spec_command spec_command[];
extern const unsigned int spec_commands;
extern const struct spec_set spec_switch, spec_fdb;
extern const struct spec_set spec_drop_count;	/* what the only nest there is contains */

#endif
