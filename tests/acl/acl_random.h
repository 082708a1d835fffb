/* SPDX-License-Identifier: GPL-2.0 */
/* Rules and frames by lot, the same in the kernel and in programs. */
#ifndef ACL_RANDOM_H
#define ACL_RANDOM_H

#include "acl_frame.h"

#define ACL_GROUPS	9	/* three of each type, in the order of their types */

/* What rules and frames are for. */
enum acl_use {
	ACL_USE_ENGINE,		/* a test that hands them over */
	ACL_USE_SWITCH,		/* a switch: frames pass devices, rules are written down */
};

/**
 * struct acl_random - numbers by lot
 * @state: where they are
 * @use: what they are for
 * @wide: many addresses, for long lists of rules; else few, which meet more often
 */
struct acl_random {
	u64 state;
	enum acl_use use;
	bool wide;
};

void acl_random_init(struct acl_random *random, u64 seed, enum acl_use use);
u32 acl_random_u32(struct acl_random *random);

/* Return: a number from 0 to @n - 1. */
static inline u32 acl_random_below(struct acl_random *random, u32 n)
{
	return acl_random_u32(random) % n;
}

/* Return: true once in @n times. */
static inline bool acl_random_one_in(struct acl_random *random, u32 n)
{
	return acl_random_below(random, n) == 0;
}

/* What rules and frames are made of: few values, so that they meet. */
bool acl_pool_station(u8 *mac, u8 n);
void acl_pool_src_mac(struct acl_random *random, u8 *mac);
void acl_pool_dst_mac(struct acl_random *random, u8 *mac);
void acl_pool_ip(struct acl_random *random, u8 *addr, bool v6);
u16 acl_pool_port(struct acl_random *random);
u8 acl_pool_protocol(struct acl_random *random);
u8 acl_pool_icmp_type(struct acl_random *random, bool v6);
u16 acl_pool_vid(struct acl_random *random);
u16 acl_pool_ethertype(struct acl_random *random);
u16 acl_pool_arp_op(struct acl_random *random);
void acl_pool_prefix(struct acl_random *random, struct model_prefix *prefix, bool v6);
void acl_pool_ports(struct acl_random *random, struct model_ports *ports);

extern const enum cvswitch_group_type acl_group_types[ACL_GROUPS / 3];

u8 acl_random_verdict(struct acl_random *random);
void acl_random_rule(struct acl_random *random, struct model_rule *rule);
bool acl_rule_is_uneven(const struct model_rule *rule);
void acl_random_groups(struct acl_random *random, struct model_group *groups);
void acl_random_rules(struct acl_random *random, struct model_set *set, u32 n, bool distinct);

void acl_spec_plain(struct acl_random *random, struct acl_spec *spec);
void acl_spec_aim(struct acl_random *random, struct acl_spec *spec, const struct model_rule *rule,
		  const struct model_group *groups, u32 miss);
void acl_random_frame(struct acl_random *random, const struct model_set *set, u8 *data,
		      struct model_frame *frame);

#endif /* ACL_RANDOM_H */
