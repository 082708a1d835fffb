/* SPDX-License-Identifier: GPL-2.0 */
/* What may be wrong with a switch: who looks, at what, and what he finds. */
#ifndef CVS_DOCTOR_H
#define CVS_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link.h"
#include "nl.h"
#include "obj.h"
#include "table.h"
#include "util.h"

struct finding {
	const char *switch_name;	/* NULL if it is about no switch */
	const char *check;		/* a word for programs */
	char *object;			/* device or address that it is about */
	char *finding, *advice;
};

struct findings {
	struct finding *finding;
	size_t count;
};

/* A switch, and what its namespace has beside it. */
struct patient {
	const char *name;
	uint32_t ifindex;
	struct obj sw;
	struct table ports, stats, profiles, groups, rules, remotes, vnis;
	struct reply tunnel;
	bool tunnel_there;
	const struct links *links;
	const struct table *tunnels;	/* of all switches */
	struct findings *findings;
};

/* Notes that something is wrong; what to do about it comes next, by advise(). */
void found(struct findings *findings, const char *switch_name, const char *check,
	   const char *object, const char *fmt, ...) __printf(5, 6);
void advise(struct findings *findings, const char *fmt, ...) __printf(2, 3);

/* Says what could not be looked at, which is no finding. */
void not_seen(const struct patient *patient, const char *fmt, ...) __printf(2, 3);

void findings_print(const struct findings *findings);
void findings_free(struct findings *findings);

/* The checks. */
void doctor_ports(const struct patient *patient);
void doctor_acl(const struct patient *patient);
void doctor_rules(const struct patient *patient);
void doctor_mtu(const struct patient *patient);
void doctor_tunnel(const struct patient *patient);
void doctor_remotes(const struct patient *patient);
void doctor_udp(const struct patient *patient);

/* Drops only tell of now if there are more than before: is it worth to look twice? */
bool doctor_drops_before(const struct patient *patient);
void doctor_drops(const struct patient *before, const struct patient *after);

#endif
