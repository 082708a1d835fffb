// SPDX-License-Identifier: GPL-2.0
#include "acl_model.h"

static bool bit_of(const u8 *addr, unsigned int bit)
{
	return addr[bit / 8] & 0x80 >> bit % 8;
}

static bool begins_with(const u8 *addr, const struct model_prefix *prefix)
{
	unsigned int bit;

	for (bit = 0; bit < prefix->len; bit++)
		if (bit_of(addr, bit) != bit_of(prefix->addr, bit))
			return false;
	return true;
}

static bool same_mac(const u8 *a, const u8 *b)
{
	return memcmp(a, b, MODEL_MAC_LEN) == 0;
}

static bool same_masked(const u8 *a, const u8 *b, const u8 *mask)
{
	unsigned int i;

	for (i = 0; i < MODEL_MAC_LEN; i++)
		if ((a[i] & mask[i]) != (b[i] & mask[i]))
			return false;
	return true;
}

static bool is_among(u16 port, const struct model_ports *ports)
{
	return ports->first <= port && port <= ports->last;
}

/* An IPv6 prefix has no IPv4 addresses, however short it is. */
static bool group_has_ip(const struct model_group *group, const u8 *addr, bool v6)
{
	u32 i;

	for (i = 0; i < group->n; i++)
		if (group->members[i].ip.v6 == v6 && begins_with(addr, &group->members[i].ip))
			return true;
	return false;
}

static bool group_has_mac(const struct model_group *group, const u8 *mac)
{
	u32 i;

	for (i = 0; i < group->n; i++)
		if (same_mac(group->members[i].mac, mac))
			return true;
	return false;
}

static bool group_has_port(const struct model_group *group, u16 port)
{
	u32 i;

	for (i = 0; i < group->n; i++)
		if (is_among(port, &group->members[i].port))
			return true;
	return false;
}

static bool asks_v4(const struct model_rule *rule)
{
	return (rule->asked & MODEL_ASK_SRC && !rule->src.v6) ||
	       (rule->asked & MODEL_ASK_DST && !rule->dst.v6);
}

static bool asks_v6(const struct model_rule *rule)
{
	return (rule->asked & MODEL_ASK_SRC && rule->src.v6) ||
	       (rule->asked & MODEL_ASK_DST && rule->dst.v6) || rule->asked & MODEL_ASK_ND_TARGET;
}

/**
 * model_ethertype() - the type of frame that a rule asks for
 * @rule: the rule
 *
 * Return: what it says or what follows from that, 0 if it is any.
 */
u16 model_ethertype(const struct model_rule *rule)
{
	if (rule->asked & MODEL_ASK_ETHERTYPE)
		return rule->ethertype;
	if (rule->asked & MODEL_ASK_ARP_OP)
		return MODEL_TYPE_ARP;
	if (asks_v4(rule))
		return MODEL_TYPE_IPV4;
	if (asks_v6(rule))
		return MODEL_TYPE_IPV6;
	if (rule->asked & MODEL_ASK_ICMP_TYPE)
		return rule->protocol == MODEL_ICMP ? MODEL_TYPE_IPV4 : MODEL_TYPE_IPV6;
	return 0;
}

static bool ether_agrees(const struct model_rule *rule, const struct model_headers *headers)
{
	u16 ethertype = model_ethertype(rule);

	if (rule->asked & MODEL_ASK_SRC_MAC &&
	    !same_masked(rule->src_mac, headers->src_mac, rule->src_mac_mask))
		return false;
	if (rule->asked & MODEL_ASK_DST_MAC &&
	    !same_masked(rule->dst_mac, headers->dst_mac, rule->dst_mac_mask))
		return false;
	/* It may ask for type 0, which no frame has. */
	if ((ethertype || rule->asked & MODEL_ASK_ETHERTYPE) && headers->ethertype != ethertype)
		return false;
	return !(rule->asked & MODEL_ASK_VLAN) || headers->vid == rule->vlan;
}

/* The addresses of ARP only count where ARP is asked for. */
static bool has_addresses(const struct model_rule *rule, const struct model_headers *headers)
{
	return model_ethertype(rule) == MODEL_TYPE_ARP ? headers->has_arp : headers->has_ip;
}

static bool ip_agrees(const struct model_rule *rule, const struct model_headers *headers)
{
	if (rule->asked & (MODEL_ASK_SRC | MODEL_ASK_DST) && !has_addresses(rule, headers))
		return false;
	if (rule->asked & MODEL_ASK_SRC &&
	    (rule->src.v6 != headers->v6 || !begins_with(headers->src, &rule->src)))
		return false;
	if (rule->asked & MODEL_ASK_DST &&
	    (rule->dst.v6 != headers->v6 || !begins_with(headers->dst, &rule->dst)))
		return false;
	if (rule->asked & MODEL_ASK_PROTOCOL &&
	    !(headers->has_ip && headers->protocol == rule->protocol))
		return false;
	return !(rule->asked & MODEL_ASK_FRAGMENT) ||
	       (headers->has_ip && headers->fragment & rule->fragment);
}

static bool l4_agrees(const struct model_rule *rule, const struct model_headers *headers)
{
	if (rule->asked & MODEL_ASK_SPORT &&
	    !(headers->has_ports && is_among(headers->sport, &rule->sport)))
		return false;
	if (rule->asked & MODEL_ASK_DPORT &&
	    !(headers->has_ports && is_among(headers->dport, &rule->dport)))
		return false;
	if (rule->asked & MODEL_ASK_TCP_FLAGS &&
	    !(headers->has_tcp &&
	      (headers->tcp_flags & rule->tcp_mask) == (rule->tcp_flags & rule->tcp_mask)))
		return false;
	if (rule->asked & MODEL_ASK_ICMP_TYPE &&
	    !(headers->has_icmp && headers->icmp_type == rule->icmp_type))
		return false;
	return !(rule->asked & MODEL_ASK_ICMP_CODE) ||
	       (headers->has_icmp && headers->icmp_code == rule->icmp_code);
}

static bool neighbour_agrees(const struct model_rule *rule, const struct model_headers *headers)
{
	if (rule->asked & MODEL_ASK_ARP_OP &&
	    !(headers->has_arp && headers->arp_op == rule->arp_op))
		return false;
	if (rule->asked & MODEL_ASK_SENDER_MAC &&
	    !(headers->has_sender_mac && same_mac(headers->sender_mac, rule->sender_mac)))
		return false;
	if (rule->asked & MODEL_ASK_TARGET_MAC &&
	    !(headers->has_target_mac && same_mac(headers->target_mac, rule->target_mac)))
		return false;
	return !(rule->asked & MODEL_ASK_ND_TARGET) ||
	       (headers->has_nd_target && begins_with(headers->nd_target, &rule->nd_target));
}

static bool groups_agree(const struct model_rule *rule, const struct model_headers *headers,
			 const struct model_group *groups)
{
	if (rule->asked & (MODEL_ASK_SRC_GROUP | MODEL_ASK_DST_GROUP) &&
	    !has_addresses(rule, headers))
		return false;
	if (rule->asked & MODEL_ASK_SRC_GROUP &&
	    !group_has_ip(&groups[rule->src_group], headers->src, headers->v6))
		return false;
	if (rule->asked & MODEL_ASK_DST_GROUP &&
	    !group_has_ip(&groups[rule->dst_group], headers->dst, headers->v6))
		return false;
	if (rule->asked & MODEL_ASK_SPORT_GROUP &&
	    !(headers->has_ports && group_has_port(&groups[rule->sport_group], headers->sport)))
		return false;
	if (rule->asked & MODEL_ASK_DPORT_GROUP &&
	    !(headers->has_ports && group_has_port(&groups[rule->dport_group], headers->dport)))
		return false;
	if (rule->asked & MODEL_ASK_SRC_MAC_GROUP &&
	    !group_has_mac(&groups[rule->src_mac_group], headers->src_mac))
		return false;
	return !(rule->asked & MODEL_ASK_DST_MAC_GROUP) ||
	       group_has_mac(&groups[rule->dst_mac_group], headers->dst_mac);
}

/**
 * model_find() - the first rule that matches
 * @set: the rules
 * @headers: of the frame
 * @from: index of the first rule that is asked
 *
 * Return: its index, or the number of rules.
 */
u32 model_find(const struct model_set *set, const struct model_headers *headers, u32 from)
{
	const struct model_rule *rule;
	u32 i;

	for (i = from; i < set->n; i++) {
		rule = &set->rules[i];
		if (ether_agrees(rule, headers) && ip_agrees(rule, headers) &&
		    l4_agrees(rule, headers) && neighbour_agrees(rule, headers) &&
		    groups_agree(rule, headers, set->groups))
			return i;
	}
	return set->n;
}

/**
 * model_judge() - what becomes of a frame
 * @set: the rules
 * @frame: the frame
 * @vlan_aware: the switch keeps VLANs apart
 * @vid: the VLAN that the switch has put it into, if so
 * @outcome: what becomes of it
 * @counted: of each rule, if the frame was counted there; or NULL
 */
void model_judge(const struct model_set *set, const struct model_frame *frame, bool vlan_aware,
		 u16 vid, struct model_outcome *outcome, u8 *counted)
{
	struct model_headers headers;
	u32 i;

	if (counted)
		memset(counted, 0, set->n);
	if (!model_parse(&headers, frame, vlan_aware, vid)) {
		outcome->rule = MODEL_MALFORMED;
		outcome->verdict = CVSWITCH_VERDICT_DROP;
		return;
	}
	for (i = 0; (i = model_find(set, &headers, i)) < set->n; i++) {
		if (counted)
			counted[i] = 1;
		if (set->rules[i].verdict != CVSWITCH_VERDICT_CONTINUE) {
			outcome->rule = i;
			outcome->verdict = set->rules[i].verdict;
			return;
		}
	}
	outcome->rule = MODEL_DEFAULT;
	outcome->verdict = set->verdict;
}

/**
 * model_normalise() - put in what follows from what a rule asks
 * @rule: the rule
 */
void model_normalise(struct model_rule *rule)
{
	u16 ethertype = model_ethertype(rule);

	if (ethertype) {
		rule->asked |= MODEL_ASK_ETHERTYPE;
		rule->ethertype = ethertype;
	}
	if (rule->asked & MODEL_ASK_TCP_FLAGS) {
		rule->asked |= MODEL_ASK_PROTOCOL;
		rule->protocol = MODEL_TCP;
		rule->tcp_flags &= rule->tcp_mask;
	}
	if (rule->asked & MODEL_ASK_ND_TARGET) {
		rule->asked |= MODEL_ASK_PROTOCOL;
		rule->protocol = MODEL_ICMPV6;
	}
}

static bool same_prefix(const struct model_prefix *a, const struct model_prefix *b)
{
	return a->len == b->len && a->v6 == b->v6 && memcmp(a->addr, b->addr, 16) == 0;
}

static bool same_ports(const struct model_ports *a, const struct model_ports *b)
{
	return a->first == b->first && a->last == b->last;
}

static bool same_groups(const struct model_rule *a, const struct model_rule *b)
{
	return a->src_group == b->src_group && a->dst_group == b->dst_group &&
	       a->sport_group == b->sport_group && a->dport_group == b->dport_group &&
	       a->src_mac_group == b->src_mac_group && a->dst_mac_group == b->dst_mac_group;
}

/**
 * model_same() - do two rules ask for the same?
 * @a: one of them, whose fields that it doesn't ask for are 0
 * @b: the other, likewise
 *
 * Return: true if so, whatever they do then.
 */
bool model_same(const struct model_rule *a, const struct model_rule *b)
{
	struct model_rule x = *a, y = *b;

	model_normalise(&x);
	model_normalise(&y);
	return x.asked == y.asked && same_mac(x.src_mac, y.src_mac) &&
	       same_mac(x.src_mac_mask, y.src_mac_mask) && same_mac(x.dst_mac, y.dst_mac) &&
	       same_mac(x.dst_mac_mask, y.dst_mac_mask) && x.ethertype == y.ethertype &&
	       x.vlan == y.vlan && same_prefix(&x.src, &y.src) && same_prefix(&x.dst, &y.dst) &&
	       x.protocol == y.protocol && same_ports(&x.sport, &y.sport) &&
	       same_ports(&x.dport, &y.dport) && x.tcp_flags == y.tcp_flags &&
	       x.tcp_mask == y.tcp_mask && x.icmp_type == y.icmp_type &&
	       x.icmp_code == y.icmp_code && x.fragment == y.fragment && x.arp_op == y.arp_op &&
	       same_mac(x.sender_mac, y.sender_mac) && same_mac(x.target_mac, y.target_mac) &&
	       same_prefix(&x.nd_target, &y.nd_target) && same_groups(&x, &y);
}
