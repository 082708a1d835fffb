// SPDX-License-Identifier: GPL-2.0
#include "acl_random.h"

#define V4_BITS	32
#define V6_BITS	128

/* What is aimed at which rule, and how seldom beside it. */
struct aim {
	struct acl_random *random;
	const struct model_rule *rule;
	const struct model_group *groups;
	u32 miss;
};

static u32 below(struct aim *aim, u32 n)
{
	return acl_random_below(aim->random, n);
}

static bool asks(const struct aim *aim, u32 what)
{
	return aim->rule->asked & what;
}

static bool misses(struct aim *aim)
{
	return aim->miss && below(aim, aim->miss) == 0;
}

static void flip(u8 *bytes, unsigned int bit)
{
	bytes[bit / 8] ^= 0x80 >> bit % 8;
}

/* The first of a prefix, the last, any, or one whose last bit that counts differs. */
static void hit_prefix(struct aim *aim, u8 *addr, const struct model_prefix *prefix)
{
	unsigned int bits = prefix->v6 ? V6_BITS : V4_BITS, bit;
	u32 how = below(aim, 3);

	memcpy(addr, prefix->addr, 16);
	for (bit = prefix->len; bit < bits; bit++)
		if (how == 1 || (how == 2 && below(aim, 2)))
			flip(addr, bit);
	if (prefix->len && misses(aim))
		flip(addr, prefix->len - 1 - (below(aim, 4) ? 0 : below(aim, prefix->len)));
}

static u16 hit_ports(struct aim *aim, const struct model_ports *ports)
{
	if (misses(aim)) {
		if (ports->first > 0 && below(aim, 2))
			return ports->first - 1;
		if (ports->last < 0xffff)
			return ports->last + 1;
	}
	switch (below(aim, 3)) {
	case 0:
		return ports->first;
	case 1:
		return ports->last;
	}
	return ports->first + below(aim, ports->last - ports->first + 1);
}

static void hit_mac(struct aim *aim, u8 *mac, const u8 *want, const u8 *mask)
{
	unsigned int i;

	for (i = 0; i < MODEL_MAC_LEN; i++)
		mac[i] = (mac[i] & ~mask[i]) | want[i];
	if (!misses(aim))
		return;
	/* A station stays one, or a device won't send what it sends. */
	if (below(aim, 2))
		mac[5] ^= 1;
	else
		mac[4] ^= 0x10;
}

/* A member of this family, if there is one. */
static const struct model_prefix *address_of(struct aim *aim, u8 group, bool v6)
{
	const struct model_group *g = &aim->groups[group];
	u32 i, at = g->n ? below(aim, g->n) : 0;

	for (i = 0; i < g->n; i++)
		if (g->members[(at + i) % g->n].ip.v6 == v6)
			return &g->members[(at + i) % g->n].ip;
	return NULL;
}

static const union model_member *member_of(struct aim *aim, u8 group)
{
	const struct model_group *g = &aim->groups[group];

	return g->n ? &g->members[below(aim, g->n)] : NULL;
}

static void aim_ethertype(struct aim *aim, struct acl_spec *spec)
{
	bool v6 = below(aim, 2), was_v6 = spec->ethertype == MODEL_TYPE_IPV6;
	u16 ethertype = model_ethertype(aim->rule);

	if (!ethertype && asks(aim, MODEL_ASK_PROTOCOL) &&
	    aim->rule->protocol == MODEL_ICMPV6)
		v6 = true;
	/* Whatever else it asks for is IP's. */
	if (!ethertype && asks(aim, MODEL_ASK_PROTOCOL | MODEL_ASK_FRAGMENT | MODEL_ASK_SPORT |
			       MODEL_ASK_DPORT | MODEL_ASK_TCP_FLAGS | MODEL_ASK_SRC_GROUP |
			       MODEL_ASK_DST_GROUP | MODEL_ASK_SPORT_GROUP |
			       MODEL_ASK_DPORT_GROUP))
		ethertype = v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_IPV4;
	else if (!ethertype && asks(aim, MODEL_ASK_SENDER_MAC | MODEL_ASK_TARGET_MAC))
		ethertype = v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_ARP;
	if (!ethertype || misses(aim))
		return;
	/* Addresses of the pool, unless they are of the right family already. */
	v6 = ethertype == MODEL_TYPE_IPV6;
	if (v6 != was_v6) {
		acl_pool_ip(aim->random, spec->src, v6);
		acl_pool_ip(aim->random, spec->dst, v6);
	}
	spec->ethertype = ethertype;
}

static void aim_ether(struct aim *aim, struct acl_spec *spec)
{
	const union model_member *member;

	if (asks(aim, MODEL_ASK_SRC_MAC))
		hit_mac(aim, spec->src_mac, aim->rule->src_mac, aim->rule->src_mac_mask);
	if (asks(aim, MODEL_ASK_DST_MAC))
		hit_mac(aim, spec->dst_mac, aim->rule->dst_mac, aim->rule->dst_mac_mask);
	if (asks(aim, MODEL_ASK_SRC_MAC_GROUP)) {
		member = member_of(aim, aim->rule->src_mac_group);
		/* Only stations send. */
		if (member && member->mac[4] == 1)
			memcpy(spec->src_mac, member->mac, MODEL_MAC_LEN);
	}
	if (asks(aim, MODEL_ASK_DST_MAC_GROUP)) {
		member = member_of(aim, aim->rule->dst_mac_group);
		if (member && member->mac[4] != 1)
			memcpy(spec->dst_mac, member->mac, MODEL_MAC_LEN);
	}
	if (asks(aim, MODEL_ASK_VLAN) && !misses(aim)) {
		if (aim->rule->vlan && !spec->n_tags) {
			spec->n_tags = 1;
			spec->tags[0].type = MODEL_TYPE_VLAN;
		}
		spec->tags[0].tci = (spec->tags[0].tci & 0xf000) | aim->rule->vlan;
	}
}

static void aim_address_group(struct aim *aim, u8 *addr, u8 group, bool v6)
{
	const struct model_prefix *prefix = address_of(aim, group, v6);

	if (prefix)
		hit_prefix(aim, addr, prefix);
}

static void aim_addresses(struct aim *aim, struct acl_spec *spec)
{
	const struct model_rule *rule = aim->rule;
	bool v6 = spec->ethertype == MODEL_TYPE_IPV6;

	if (asks(aim, MODEL_ASK_SRC) && rule->src.v6 == v6)
		hit_prefix(aim, spec->src, &rule->src);
	if (asks(aim, MODEL_ASK_DST) && rule->dst.v6 == v6)
		hit_prefix(aim, spec->dst, &rule->dst);
	if (asks(aim, MODEL_ASK_SRC_GROUP))
		aim_address_group(aim, spec->src, rule->src_group, v6);
	if (asks(aim, MODEL_ASK_DST_GROUP))
		aim_address_group(aim, spec->dst, rule->dst_group, v6);
}

static void aim_protocol(struct aim *aim, struct acl_spec *spec)
{
	static const u8 protocols[] = {
		MODEL_TCP, MODEL_UDP, MODEL_UDPLITE, MODEL_SCTP, MODEL_DCCP,
	};

	if (misses(aim))
		return;
	if (asks(aim, MODEL_ASK_PROTOCOL))
		spec->protocol = aim->rule->protocol;
	else if (asks(aim, MODEL_ASK_TCP_FLAGS))
		spec->protocol = MODEL_TCP;
	else if (asks(aim, MODEL_ASK_SPORT | MODEL_ASK_DPORT | MODEL_ASK_SPORT_GROUP |
		      MODEL_ASK_DPORT_GROUP))
		spec->protocol = protocols[below(aim, sizeof(protocols))];
	else if (asks(aim, MODEL_ASK_ND_TARGET | MODEL_ASK_SENDER_MAC | MODEL_ASK_TARGET_MAC))
		spec->protocol = MODEL_ICMPV6;
}

static void aim_ports(struct aim *aim, struct acl_spec *spec)
{
	const struct model_rule *rule = aim->rule;
	const union model_member *member;

	if (asks(aim, MODEL_ASK_SPORT))
		spec->sport = hit_ports(aim, &rule->sport);
	if (asks(aim, MODEL_ASK_DPORT))
		spec->dport = hit_ports(aim, &rule->dport);
	if (asks(aim, MODEL_ASK_SPORT_GROUP)) {
		member = member_of(aim, rule->sport_group);
		if (member)
			spec->sport = hit_ports(aim, &member->port);
	}
	if (asks(aim, MODEL_ASK_DPORT_GROUP)) {
		member = member_of(aim, rule->dport_group);
		if (member)
			spec->dport = hit_ports(aim, &member->port);
	}
	if (asks(aim, MODEL_ASK_TCP_FLAGS)) {
		spec->tcp_flags = (spec->tcp_flags & ~rule->tcp_mask) | rule->tcp_flags;
		if (misses(aim))
			spec->tcp_flags ^= 1 << below(aim, 8);
	}
}

/* A type that has what the rule asks for, if it doesn't say which. */
static void aim_icmp(struct aim *aim, struct acl_spec *spec)
{
	const struct model_rule *rule = aim->rule;

	if (asks(aim, MODEL_ASK_ICMP_TYPE) && !misses(aim))
		spec->icmp_type = rule->icmp_type;
	else if (asks(aim, MODEL_ASK_ND_TARGET | MODEL_ASK_TARGET_MAC))
		spec->icmp_type = 136 + below(aim, 2);
	else if (asks(aim, MODEL_ASK_SENDER_MAC))
		spec->icmp_type = 133 + below(aim, 3);
	if (asks(aim, MODEL_ASK_ICMP_CODE) && !misses(aim))
		spec->icmp_code = rule->icmp_code;
	if (asks(aim, MODEL_ASK_ND_TARGET))
		hit_prefix(aim, spec->nd_target, &rule->nd_target);
}

static void aim_neighbour(struct aim *aim, struct acl_spec *spec)
{
	const struct model_rule *rule = aim->rule;

	if (asks(aim, MODEL_ASK_ARP_OP) && !misses(aim))
		spec->arp_op = rule->arp_op;
	if (asks(aim, MODEL_ASK_SENDER_MAC)) {
		memcpy(spec->sender_mac, rule->sender_mac, MODEL_MAC_LEN);
		if (misses(aim))
			flip(spec->sender_mac, below(aim, 48));
	}
	if (asks(aim, MODEL_ASK_TARGET_MAC)) {
		memcpy(spec->target_mac, rule->target_mac, MODEL_MAC_LEN);
		if (misses(aim))
			flip(spec->target_mac, below(aim, 48));
	}
	if (asks(aim, MODEL_ASK_SENDER_MAC | MODEL_ASK_TARGET_MAC) && !misses(aim)) {
		spec->options[0].type = asks(aim, MODEL_ASK_TARGET_MAC) ? 2 : 1;
		spec->options[0].len = 1;
		if (!spec->n_options)
			spec->n_options = 1;
	}
}

static void aim_fragment(struct aim *aim, struct acl_spec *spec)
{
	if (asks(aim, MODEL_ASK_FRAGMENT) && !misses(aim)) {
		do {
			spec->fragment = 1 << below(aim, 3);
		} while (!(spec->fragment & aim->rule->fragment));
	} else if (!asks(aim, MODEL_ASK_FRAGMENT) && below(aim, 4)) {
		/* Most of what a rule asks for is in whole packets. */
		spec->fragment = CVSWITCH_FRAGMENT_WHOLE;
	}
}

/**
 * acl_spec_aim() - have a frame say what a rule asks for
 * @random: where the rest comes from
 * @spec: what it says
 * @rule: the rule
 * @groups: those that it names
 * @miss: once in so many times, a field is beside what is asked for; 0 is never
 */
void acl_spec_aim(struct acl_random *random, struct acl_spec *spec, const struct model_rule *rule,
		  const struct model_group *groups, u32 miss)
{
	struct aim aim = { random, rule, groups, miss };

	aim_ethertype(&aim, spec);
	aim_ether(&aim, spec);
	aim_addresses(&aim, spec);
	aim_protocol(&aim, spec);
	aim_ports(&aim, spec);
	aim_icmp(&aim, spec);
	aim_neighbour(&aim, spec);
	aim_fragment(&aim, spec);
}
