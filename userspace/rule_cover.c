// SPDX-License-Identifier: GPL-2.0
/* Which rules leave nothing to others. */
#include <string.h>

#include <linux/if_ether.h>

#include "rule.h"

static bool same_u32(const struct obj *one, const struct obj *other, uint16_t id)
{
	return !obj_has(one, id) ||
	       (obj_has(other, id) && obj_u32(one, id) == obj_u32(other, id));
}

static bool same_name(const struct obj *one, const struct obj *other, uint16_t id)
{
	return !obj_has(one, id) ||
	       (obj_has(other, id) && !strcmp(obj_str(one, id), obj_str(other, id)));
}

/* An address in a group is IP's, unless the rule is about ARP: then it is ARP's. */
static bool means_arp(const struct obj *rule)
{
	return obj_u32(rule, CVSWITCH_A_RULE_ETHERTYPE) == ETH_P_ARP;
}

static bool covers_group(const struct obj *one, const struct obj *other, uint16_t id)
{
	return same_name(one, other, id) &&
	       (!obj_has(one, id) || means_arp(one) == means_arp(other));
}

/* An address, and its mask in the attribute behind it, or none. */
static bool covers_mac(const struct obj *one, const struct obj *other, uint16_t id, bool masked)
{
	static const uint8_t all_ones[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
	const uint8_t *mask = all_ones, *other_mask = all_ones;
	int i;

	if (!obj_has(one, id))
		return true;
	if (!obj_has(other, id))
		return false;
	if (masked && obj_has(one, id + 1))
		mask = obj_mac(one, id + 1);
	if (masked && obj_has(other, id + 1))
		other_mask = obj_mac(other, id + 1);
	for (i = 0; i < 6; i++) {
		const uint8_t differs = obj_mac(one, id)[i] ^ obj_mac(other, id)[i];

		if (mask[i] & (~other_mask[i] | differs))
			return false;
	}
	return true;
}

/* A prefix, and its length in the attribute behind it, or an address. */
static bool covers_prefix(const struct obj *one, const struct obj *other, uint16_t id)
{
	const struct ip ip = obj_ip(one, id), other_ip = obj_ip(other, id);
	unsigned int len = ip.len * 8, other_len = other_ip.len * 8;

	if (!obj_has(one, id))
		return true;
	if (!obj_has(other, id) || ip.len != other_ip.len)
		return false;
	if (obj_has(one, id + 1))
		len = obj_u32(one, id + 1);
	if (obj_has(other, id + 1))
		other_len = obj_u32(other, id + 1);
	if (len > other_len || memcmp(ip.addr, other_ip.addr, len / 8))
		return false;
	return !(len % 8) || !((ip.addr[len / 8] ^ other_ip.addr[len / 8]) >> (8 - len % 8));
}

/* A number, and in the attribute behind it the last one of a range, or none. */
static bool covers_range(const struct obj *one, const struct obj *other, uint16_t id)
{
	const uint32_t last = obj_u32(one, obj_has(one, id + 1) ? id + 1 : id);
	const uint32_t other_last = obj_u32(other, obj_has(other, id + 1) ? id + 1 : id);

	return !obj_has(one, id) ||
	       (obj_has(other, id) && obj_u32(one, id) <= obj_u32(other, id) && other_last <= last);
}

static uint32_t flags_mask(const struct obj *rule)
{
	return obj_has(rule, CVSWITCH_A_RULE_TCP_FLAGS_MASK) ?
	       obj_u32(rule, CVSWITCH_A_RULE_TCP_FLAGS_MASK) : 0xff;
}

static bool covers_flags(const struct obj *one, const struct obj *other)
{
	const uint32_t differs = obj_u32(one, CVSWITCH_A_RULE_TCP_FLAGS) ^
				 obj_u32(other, CVSWITCH_A_RULE_TCP_FLAGS);

	return !obj_has(one, CVSWITCH_A_RULE_TCP_FLAGS) ||
	       (obj_has(other, CVSWITCH_A_RULE_TCP_FLAGS) &&
		!(flags_mask(one) & (~flags_mask(other) | differs)));
}

static bool covers_fragments(const struct obj *one, const struct obj *other)
{
	return !obj_has(one, CVSWITCH_A_RULE_FRAGMENT) ||
	       (obj_has(other, CVSWITCH_A_RULE_FRAGMENT) &&
		!(obj_u32(other, CVSWITCH_A_RULE_FRAGMENT) &
		  ~obj_u32(one, CVSWITCH_A_RULE_FRAGMENT)));
}

bool rule_covers(const struct obj *one, const struct obj *other)
{
	static const uint16_t numbers[] = {
		CVSWITCH_A_RULE_DIRECTION, CVSWITCH_A_RULE_ETHERTYPE, CVSWITCH_A_RULE_VLAN,
		CVSWITCH_A_RULE_PROTOCOL, CVSWITCH_A_RULE_ICMP_TYPE, CVSWITCH_A_RULE_ICMP_CODE,
		CVSWITCH_A_RULE_ARP_OP,
	};
	static const uint16_t names[] = {
		CVSWITCH_A_RULE_SRC_MAC_GROUP, CVSWITCH_A_RULE_DST_MAC_GROUP,
		CVSWITCH_A_RULE_SPORT_GROUP, CVSWITCH_A_RULE_DPORT_GROUP,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!same_u32(one, other, numbers[i]))
			return false;
	}
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!same_name(one, other, names[i]))
			return false;
	}
	return covers_group(one, other, CVSWITCH_A_RULE_SRC_GROUP) &&
	       covers_group(one, other, CVSWITCH_A_RULE_DST_GROUP) &&
	       covers_prefix(one, other, CVSWITCH_A_RULE_SRC) &&
	       covers_prefix(one, other, CVSWITCH_A_RULE_DST) &&
	       covers_range(one, other, CVSWITCH_A_RULE_DPORT) &&
	       covers_range(one, other, CVSWITCH_A_RULE_SPORT) &&
	       covers_mac(one, other, CVSWITCH_A_RULE_SRC_MAC, true) &&
	       covers_mac(one, other, CVSWITCH_A_RULE_DST_MAC, true) &&
	       covers_mac(one, other, CVSWITCH_A_RULE_SENDER_MAC, false) &&
	       covers_mac(one, other, CVSWITCH_A_RULE_TARGET_MAC, false) &&
	       covers_prefix(one, other, CVSWITCH_A_RULE_ND_TARGET) &&
	       covers_flags(one, other) && covers_fragments(one, other);
}
