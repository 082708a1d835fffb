// SPDX-License-Identifier: GPL-2.0
#include "acl_random.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* Of a group of this type, the index. */
static u8 group_of(struct acl_random *random, enum cvswitch_group_type type)
{
	u8 first = 0;

	while (acl_group_types[first / 3] != type)
		first += 3;
	return first + acl_random_below(random, 3);
}

static void ask_ports(struct acl_random *random, struct model_rule *rule)
{
	u32 which = 1 + acl_random_below(random, 3);

	if (which & 1) {
		if (acl_random_one_in(random, 4)) {
			rule->asked |= MODEL_ASK_SPORT_GROUP;
			rule->sport_group = group_of(random, CVSWITCH_GROUP_TYPE_PORT);
		} else {
			rule->asked |= MODEL_ASK_SPORT;
			acl_pool_ports(random, &rule->sport);
		}
	}
	if (which & 2) {
		if (acl_random_one_in(random, 4)) {
			rule->asked |= MODEL_ASK_DPORT_GROUP;
			rule->dport_group = group_of(random, CVSWITCH_GROUP_TYPE_PORT);
		} else {
			rule->asked |= MODEL_ASK_DPORT;
			acl_pool_ports(random, &rule->dport);
		}
	}
}

static void ask_protocol(struct model_rule *rule, u8 protocol)
{
	rule->asked |= MODEL_ASK_PROTOCOL;
	rule->protocol = protocol;
}

static void ask_port_protocol(struct acl_random *random, struct model_rule *rule)
{
	static const u8 protocols[] = {
		MODEL_TCP, MODEL_UDP, MODEL_TCP, MODEL_UDP, MODEL_UDPLITE, MODEL_SCTP, MODEL_DCCP,
	};

	ask_protocol(rule, protocols[acl_random_below(random, sizeof(protocols))]);
}

static void ask_flags(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_TCP_FLAGS;
	rule->tcp_mask = 1 + acl_random_below(random, 255);
	if (random->use == ACL_USE_SWITCH)
		rule->tcp_mask |= 0x12;
	rule->tcp_flags = acl_random_u32(random) & rule->tcp_mask;
	if (random->use == ACL_USE_SWITCH)
		rule->tcp_flags |= 0x02;
}

static void ask_icmp(struct acl_random *random, struct model_rule *rule, bool v6)
{
	ask_protocol(rule, v6 ? MODEL_ICMPV6 : MODEL_ICMP);
	rule->asked |= MODEL_ASK_ICMP_TYPE;
	rule->icmp_type = acl_pool_icmp_type(random, v6);
	if (acl_random_one_in(random, 4)) {
		rule->asked |= MODEL_ASK_ICMP_CODE;
		rule->icmp_code = acl_random_below(random, 3);
	}
}

/* What is above addresses of one family, or of any. */
static void ask_l4(struct acl_random *random, struct model_rule *rule, bool either, bool v6)
{
	switch (acl_random_below(random, 8)) {
	case 0:
		break;
	case 1:
		ask_protocol(rule, acl_pool_protocol(random));
		break;
	case 2:
		ask_flags(random, rule);
		if (acl_random_below(random, 2))
			ask_ports(random, rule);
		if (acl_random_below(random, 2))
			ask_protocol(rule, MODEL_TCP);
		break;
	case 3:
		if (!either)
			ask_icmp(random, rule, v6);
		break;
	case 4:
		ask_ports(random, rule);
		break;
	default:
		ask_port_protocol(random, rule);
		ask_ports(random, rule);
		break;
	}
	if (acl_random_one_in(random, 6)) {
		rule->asked |= MODEL_ASK_FRAGMENT;
		rule->fragment = 1 + acl_random_below(random, 7);
	}
}

/* Addresses as prefixes, so that the rule has one family. */
static void ask_addresses(struct acl_random *random, struct model_rule *rule, bool v6)
{
	u32 which = 1 + acl_random_below(random, 3);

	if (which & 1) {
		rule->asked |= MODEL_ASK_SRC;
		acl_pool_prefix(random, &rule->src, v6);
	}
	if (which & 2) {
		rule->asked |= MODEL_ASK_DST;
		acl_pool_prefix(random, &rule->dst, v6);
	}
}

/* Or one or both by a group. */
static void ask_address_groups(struct acl_random *random, struct model_rule *rule)
{
	u32 which = 1 + acl_random_below(random, 3);

	if (which & 1 && !(rule->asked & MODEL_ASK_SRC)) {
		rule->asked |= MODEL_ASK_SRC_GROUP;
		rule->src_group = group_of(random, CVSWITCH_GROUP_TYPE_IP);
	}
	if (which & 2 && !(rule->asked & MODEL_ASK_DST)) {
		rule->asked |= MODEL_ASK_DST_GROUP;
		rule->dst_group = group_of(random, CVSWITCH_GROUP_TYPE_IP);
	}
}

static void ask_ethertype(struct model_rule *rule, u16 ethertype)
{
	rule->asked |= MODEL_ASK_ETHERTYPE;
	rule->ethertype = ethertype;
}

static void shape_ip(struct acl_random *random, struct model_rule *rule)
{
	bool v6 = acl_random_below(random, 5) < 2;

	ask_addresses(random, rule, v6);
	if (acl_random_one_in(random, 5))
		ask_address_groups(random, rule);
	if (acl_random_one_in(random, 8))
		ask_ethertype(rule, v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_IPV4);
	ask_l4(random, rule, false, v6);
}

static void shape_groups(struct acl_random *random, struct model_rule *rule)
{
	bool v6 = acl_random_below(random, 2), either = acl_random_below(random, 2);

	ask_address_groups(random, rule);
	if (!either)
		ask_ethertype(rule, v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_IPV4);
	ask_l4(random, rule, either, v6);
}

static void shape_ports(struct acl_random *random, struct model_rule *rule)
{
	if (acl_random_below(random, 4))
		ask_port_protocol(random, rule);
	ask_ports(random, rule);
	if (acl_random_one_in(random, 4))
		ask_flags(random, rule);
	/* Flags are those of TCP alone. */
	if (rule->asked & MODEL_ASK_TCP_FLAGS && rule->asked & MODEL_ASK_PROTOCOL)
		rule->protocol = MODEL_TCP;
}

static void shape_icmp(struct acl_random *random, struct model_rule *rule)
{
	bool v6 = acl_random_below(random, 2);

	ask_icmp(random, rule, v6);
	if (acl_random_below(random, 2))
		ask_addresses(random, rule, v6);
}

/* Its type, too, may be left to follow from the operation. */
static void shape_arp(struct acl_random *random, struct model_rule *rule)
{
	bool implied = acl_random_one_in(random, 4);

	if (implied || acl_random_below(random, 2)) {
		rule->asked |= MODEL_ASK_ARP_OP;
		rule->arp_op = acl_pool_arp_op(random);
	}
	if (!implied) {
		ask_ethertype(rule, MODEL_TYPE_ARP);
		if (acl_random_below(random, 2))
			ask_addresses(random, rule, false);
	}
	if (acl_random_one_in(random, 4))
		ask_address_groups(random, rule);
	if (acl_random_one_in(random, 4)) {
		rule->asked |= MODEL_ASK_SENDER_MAC;
		acl_pool_src_mac(random, rule->sender_mac);
	}
	if (acl_random_one_in(random, 4)) {
		rule->asked |= MODEL_ASK_TARGET_MAC;
		acl_pool_src_mac(random, rule->target_mac);
	}
}

static void shape_nd(struct acl_random *random, struct model_rule *rule)
{
	u32 which = 1 + acl_random_below(random, 7);

	if (which & 1) {
		rule->asked |= MODEL_ASK_ND_TARGET;
		acl_pool_prefix(random, &rule->nd_target, true);
	}
	if (which & 2) {
		ask_icmp(random, rule, true);
		rule->icmp_type = 133 + acl_random_below(random, 5);
	} else if (which & 4 && random->use == ACL_USE_SWITCH) {
		ask_protocol(rule, MODEL_ICMPV6);
		ask_ethertype(rule, MODEL_TYPE_IPV6);
	}
	if (which & 4) {
		bool sender = acl_random_below(random, 2);

		rule->asked |= sender ? MODEL_ASK_SENDER_MAC : MODEL_ASK_TARGET_MAC;
		acl_pool_src_mac(random, sender ? rule->sender_mac : rule->target_mac);
	}
}

static void ask_mac(struct acl_random *random, u8 *mac, u8 *mask)
{
	static const u8 masks[][MODEL_MAC_LEN] = {
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe },
		{ 0x01 },
		{ 0xff, 0xff, 0xff, 0, 0, 0x01 },
		{ 0, 0, 0, 0, 0, 0x03 },
	};
	u32 which = acl_random_below(random, 10);
	int i;

	memcpy(mask, masks[which < 5 ? which : 0], MODEL_MAC_LEN);
	for (i = 0; i < MODEL_MAC_LEN; i++)
		mac[i] &= mask[i];
}

static void ask_macs(struct acl_random *random, struct model_rule *rule)
{
	u32 which = 1 + acl_random_below(random, 15);

	if (which & 1) {
		rule->asked |= MODEL_ASK_SRC_MAC;
		acl_pool_src_mac(random, rule->src_mac);
		ask_mac(random, rule->src_mac, rule->src_mac_mask);
	} else if (which & 4) {
		rule->asked |= MODEL_ASK_SRC_MAC_GROUP;
		rule->src_mac_group = group_of(random, CVSWITCH_GROUP_TYPE_MAC);
	}
	if (which & 2) {
		rule->asked |= MODEL_ASK_DST_MAC;
		acl_pool_dst_mac(random, rule->dst_mac);
		ask_mac(random, rule->dst_mac, rule->dst_mac_mask);
	} else if (which & 8) {
		rule->asked |= MODEL_ASK_DST_MAC_GROUP;
		rule->dst_mac_group = group_of(random, CVSWITCH_GROUP_TYPE_MAC);
	}
}

static void ask_vlan(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_VLAN;
	rule->vlan = acl_pool_vid(random);
}

/* Two or three of what the Ethernet header has. */
static void shape_ether(struct acl_random *random, struct model_rule *rule)
{
	ask_macs(random, rule);
	if (acl_random_below(random, 2))
		ask_vlan(random, rule);
	else
		ask_ethertype(rule, acl_pool_ethertype(random));
}

/* One thing alone: it matches much. */
static void shape_broad(struct acl_random *random, struct model_rule *rule)
{
	switch (acl_random_below(random, 6)) {
	case 0:
		ask_protocol(rule, acl_pool_protocol(random));
		break;
	case 1:
		ask_ethertype(rule, acl_pool_ethertype(random));
		break;
	case 2:
		ask_vlan(random, rule);
		break;
	case 3:
		rule->asked |= MODEL_ASK_FRAGMENT;
		rule->fragment = CVSWITCH_FRAGMENT_FIRST | CVSWITCH_FRAGMENT_LATER;
		break;
	case 4:
		ask_macs(random, rule);
		break;
	case 5:
		/* All frames, which only the last rule and those that continue should. */
		rule->verdict = CVSWITCH_VERDICT_CONTINUE;
		break;
	}
}

/*
 * What no frame has is refused by who reads rules that are written down: later
 * fragments with ports, and types of ICMPv6 that don't have what is asked.
 */
static void keep_possible(struct model_rule *rule)
{
	if (rule->fragment == CVSWITCH_FRAGMENT_LATER &&
	    rule->asked & (MODEL_ASK_SPORT | MODEL_ASK_DPORT | MODEL_ASK_SPORT_GROUP |
			   MODEL_ASK_DPORT_GROUP | MODEL_ASK_TCP_FLAGS | MODEL_ASK_ICMP_TYPE))
		rule->fragment |= CVSWITCH_FRAGMENT_FIRST;
	if (!(rule->asked & MODEL_ASK_ICMP_TYPE))
		return;
	if (rule->asked & MODEL_ASK_ND_TARGET && rule->icmp_type < 135)
		rule->icmp_type += 2;
	if (rule->asked & MODEL_ASK_TARGET_MAC && rule->icmp_type < 136)
		rule->icmp_type = 136;
	if (rule->asked & MODEL_ASK_SENDER_MAC && rule->icmp_type > 135)
		rule->icmp_type = 135;
}

/**
 * acl_random_verdict() - what a rule may say
 * @random: where it comes from
 *
 * Return: a verdict.
 */
u8 acl_random_verdict(struct acl_random *random)
{
	static const u8 verdicts[] = {
		CVSWITCH_VERDICT_CONTINUE, CVSWITCH_VERDICT_CONTINUE, CVSWITCH_VERDICT_CONTINUE,
		CVSWITCH_VERDICT_ACCEPT, CVSWITCH_VERDICT_ACCEPT, CVSWITCH_VERDICT_ACCEPT,
		CVSWITCH_VERDICT_ACCEPT, CVSWITCH_VERDICT_ACCEPT, CVSWITCH_VERDICT_DROP,
		CVSWITCH_VERDICT_DROP, CVSWITCH_VERDICT_DROP, CVSWITCH_VERDICT_DROP,
		CVSWITCH_VERDICT_NEXT, CVSWITCH_VERDICT_REJECT,
	};
	u32 n = sizeof(verdicts);

	/* Whoever is told of a rejected frame answers into the test. */
	if (random->use == ACL_USE_SWITCH)
		n--;
	return verdicts[acl_random_below(random, n)];
}

/**
 * acl_random_rule() - a rule
 * @random: where it comes from
 * @rule: where to; what it doesn't ask for is 0
 */
void acl_random_rule(struct acl_random *random, struct model_rule *rule)
{
	static void (*const shapes[])(struct acl_random *random, struct model_rule *rule) = {
		shape_ip, shape_ip, shape_ip, shape_ip, shape_ip, shape_ip, shape_ip, shape_ip,
		shape_groups, shape_groups, shape_ports, shape_ports, shape_icmp, shape_arp,
		shape_nd, shape_ether,
	};
	bool broad = acl_random_one_in(random, random->wide ? 1000 : 40);

	memset(rule, 0, sizeof(*rule));
	rule->verdict = acl_random_verdict(random);
	if (broad) {
		shape_broad(random, rule);
		return;
	}
	/* Those that don't ask for addresses are few. */
	if (random->wide && !acl_random_one_in(random, 24))
		shape_ip(random, rule);
	else
		shapes[acl_random_below(random, COUNT(shapes))](random, rule);
	if (acl_random_one_in(random, 10) &&
	    !(rule->asked & (MODEL_ASK_SRC_MAC | MODEL_ASK_DST_MAC | MODEL_ASK_SRC_MAC_GROUP |
			     MODEL_ASK_DST_MAC_GROUP)))
		ask_macs(random, rule);
	if (acl_random_one_in(random, 12))
		ask_vlan(random, rule);
	if (random->use == ACL_USE_SWITCH)
		keep_possible(rule);
}
