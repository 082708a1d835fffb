/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers that have names in the language of rules: those of nft. */
#ifndef CVS_RULE_NAMES_H
#define CVS_RULE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number {
	const char *name;
	uint32_t number;
};

struct numbers {
	const struct number *number;
	size_t count;
};

extern const struct numbers ip_protocols, port_protocols, icmp_types, icmpv6_types, arp_ops,
	ether_types, tcp_flags;

bool number_of(const struct numbers *numbers, const char *name, uint32_t *number);

/* The first name of a number, or NULL. */
const char *name_of_number(const struct numbers *numbers, uint32_t number);

#endif
