// SPDX-License-Identifier: GPL-2.0
/* What goes together in a rule, and its normal form. */
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <linux/if_ether.h>

#include "parse.h"
#include "rule.h"
#include "rule_names.h"
#include "text.h"

/* What a frame may be. */
enum {
	IP4 = 1, IP6 = 2, ARP = 4, OTHER = 8,
	IP = IP4 | IP6,
	ANY = IP | ARP | OTHER,
};

static const uint8_t all_ones[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

void rule_init(struct rule *rule)
{
	size_t i;

	memset(rule, 0, sizeof(*rule));
	req_init(&rule->nest, 0, &rule_attrs, 0);
	for (i = 0; i <= CVSWITCH_A_RULE_MAX; i++)
		rule->at[i] = -1;
}

bool rule_fail(struct rule *rule, int word, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(rule->why, sizeof(rule->why), fmt, ap);
	va_end(ap);
	rule->word = word;
	return false;
}

/* A phrase about an attribute. */
static bool wrong(struct rule *rule, uint16_t attr, const char *phrase)
{
	rule->attr = attr;
	return rule_fail(rule, rule->at[attr], "%s", phrase);
}

int rule_word_at(const struct rule *rule, size_t offset)
{
	const uint16_t id = req_attr_at(&rule->nest, offset);

	return id ? rule->at[id] : -1;
}

static uint8_t family_of(uint32_t ethertype)
{
	switch (ethertype) {
	case ETH_P_IP:
		return IP4;
	case ETH_P_IPV6:
		return IP6;
	case ETH_P_ARP:
		return ARP;
	default:
		return OTHER;
	}
}

static const char *family_name(uint8_t families)
{
	switch (families) {
	case IP4:
		return "IPv4";
	case IP6:
		return "IPv6";
	case IP:
		return "IP";
	case ARP:
		return "ARP";
	case IP4 | ARP:
		return "IPv4 or ARP";
	case IP6 | ARP:
		return "IPv6 or ARP";
	case IP | ARP:
		return "IP or ARP";
	default:
		return "another type";
	}
}

/* The protocol that a rule asks for, by itself or by what only that one has; or UINT32_MAX. */
static uint32_t protocol_of(const struct obj *obj)
{
	if (obj_has(obj, CVSWITCH_A_RULE_PROTOCOL))
		return obj_u32(obj, CVSWITCH_A_RULE_PROTOCOL);
	if (obj_has(obj, CVSWITCH_A_RULE_ND_TARGET))
		return IPPROTO_ICMPV6;
	return obj_has(obj, CVSWITCH_A_RULE_TCP_FLAGS) ? IPPROTO_TCP : UINT32_MAX;
}

/* What a frame has to be for an attribute to be asked of it. */
static uint8_t families_of(const struct obj *obj, uint16_t id)
{
	switch (id) {
	case CVSWITCH_A_RULE_ETHERTYPE:
		return family_of(obj_u32(obj, id));
	case CVSWITCH_A_RULE_SRC:
	case CVSWITCH_A_RULE_DST:
		return obj_ip(obj, id).len == 4 ? IP4 | ARP : IP6;
	case CVSWITCH_A_RULE_SRC_GROUP:
	case CVSWITCH_A_RULE_DST_GROUP:
		return IP | ARP;
	case CVSWITCH_A_RULE_PROTOCOL:
	case CVSWITCH_A_RULE_SPORT:
	case CVSWITCH_A_RULE_SPORT_GROUP:
	case CVSWITCH_A_RULE_DPORT:
	case CVSWITCH_A_RULE_DPORT_GROUP:
	case CVSWITCH_A_RULE_TCP_FLAGS:
	case CVSWITCH_A_RULE_FRAGMENT:
		return IP;
	case CVSWITCH_A_RULE_ICMP_TYPE:
		return protocol_of(obj) == IPPROTO_ICMP ? IP4 : IP6;
	case CVSWITCH_A_RULE_ARP_OP:
		return ARP;
	case CVSWITCH_A_RULE_SENDER_MAC:
	case CVSWITCH_A_RULE_TARGET_MAC:
		return IP6 | ARP;
	case CVSWITCH_A_RULE_ND_TARGET:
		return IP6;
	default:
		return ANY;
	}
}

/* What the frames can be that a rule asks for; 0 if they can't be anything. */
static uint8_t check_families(struct rule *rule, const struct obj *obj)
{
	static const uint16_t first = CVSWITCH_A_RULE_ETHERTYPE;
	uint8_t families = obj_has(obj, first) ? families_of(obj, first) : ANY;
	uint16_t id;

	for (id = 1; id <= CVSWITCH_A_RULE_MAX; id++) {
		const uint8_t asks = obj_has(obj, id) ? families_of(obj, id) : ANY;

		if (!(families & asks)) {
			rule->attr = id;
			rule_fail(rule, rule->at[id], "can't be asked of %s",
				  family_name(families));
			return 0;
		}
		families &= asks;
	}
	return families;
}

/* What only has a meaning with something else, and what has none with it. */
static bool check_pairs(struct rule *rule, const struct obj *obj)
{
	static const struct {
		uint16_t id, other;
		bool together;
		const char *phrase;
	} pairs[] = {
#define WITH(id, other) { CVSWITCH_A_RULE_##id, CVSWITCH_A_RULE_##other, true, NULL }
#define ALONE(id) { CVSWITCH_A_RULE_##id##_GROUP, CVSWITCH_A_RULE_##id, false, NULL }
		WITH(SRC_MAC_MASK, SRC_MAC), WITH(DST_MAC_MASK, DST_MAC), WITH(SRC_LEN, SRC),
		WITH(DST_LEN, DST), WITH(SPORT_END, SPORT), WITH(DPORT_END, DPORT),
		WITH(TCP_FLAGS_MASK, TCP_FLAGS), WITH(ICMP_CODE, ICMP_TYPE),
		WITH(ND_TARGET_LEN, ND_TARGET),
		ALONE(SRC_MAC), ALONE(DST_MAC), ALONE(SRC), ALONE(DST), ALONE(SPORT),
		ALONE(DPORT),
#undef WITH
#undef ALONE
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		const char *name = rule_attrs.attr[pairs[i].other].name;

		if (!obj_has(obj, pairs[i].id) ||
		    obj_has(obj, pairs[i].other) == pairs[i].together)
			continue;
		rule->attr = pairs[i].id;
		return rule_fail(rule, rule->at[pairs[i].id], pairs[i].together ?
				 "has no meaning without %s" : "can't be asked together with %s",
				 name);
	}
	return true;
}

static bool check_prefix(struct rule *rule, const struct obj *obj, uint16_t id)
{
	const struct ip ip = obj_ip(obj, id);
	const uint32_t len = obj_has(obj, id + 1) ? obj_u32(obj, id + 1) : 8u * ip.len;

	if (!obj_has(obj, id))
		return true;
	if (len > 8u * ip.len)
		return wrong(rule, id, "has a longer prefix than an IPv4 address");
	if (!prefix_is_clean(&ip, len))
		return wrong(rule, id, "has bits behind the length of its prefix");
	if (prefix_is_mapped(&ip, len))
		return wrong(rule, id, prefix_mapped);
	if (id == CVSWITCH_A_RULE_ND_TARGET && ip.len == 4)
		return wrong(rule, id, "is not an IPv6 address");
	return true;
}

static bool check_values(struct rule *rule, const struct obj *obj)
{
	static const uint16_t macs[] = { CVSWITCH_A_RULE_SRC_MAC, CVSWITCH_A_RULE_DST_MAC };
	static const uint16_t ports[] = { CVSWITCH_A_RULE_SPORT, CVSWITCH_A_RULE_DPORT };
	const uint32_t type = obj_u32(obj, CVSWITCH_A_RULE_ETHERTYPE);
	size_t i, byte;

	for (i = 0; i < 2; i++) {
		for (byte = 0; obj_has(obj, macs[i] + 1) && byte < 6; byte++) {
			if (obj_mac(obj, macs[i])[byte] & ~obj_mac(obj, macs[i] + 1)[byte])
				return wrong(rule, macs[i], "has bits that its mask doesn't have");
		}
		if (obj_has(obj, ports[i] + 1) &&
		    obj_u32(obj, ports[i] + 1) < obj_u32(obj, ports[i]))
			return wrong(rule, ports[i], "ends before it begins");
	}
	if (obj_has(obj, CVSWITCH_A_RULE_ETHERTYPE) && type < ETH_P_802_3_MIN &&
	    type != ETH_P_802_2)
		return wrong(rule, CVSWITCH_A_RULE_ETHERTYPE,
			     "is a length and no type; 0x0004 stands for all of them");
	if (obj_has(obj, CVSWITCH_A_RULE_FRAGMENT) && !obj_u32(obj, CVSWITCH_A_RULE_FRAGMENT))
		return wrong(rule, CVSWITCH_A_RULE_FRAGMENT, "names no fragment");
	return check_prefix(rule, obj, CVSWITCH_A_RULE_SRC) &&
	       check_prefix(rule, obj, CVSWITCH_A_RULE_DST) &&
	       check_prefix(rule, obj, CVSWITCH_A_RULE_ND_TARGET);
}

static bool in_range(const struct obj *obj, uint16_t id)
{
	const struct attr *attr = &rule_attrs.attr[id];

	switch (attr->type) {
	case ATTR_U32:
	case ATTR_ETHERTYPE:
		return obj_u32(obj, id) <= attr->max;
	case ATTR_BOOL:
		return obj_u32(obj, id) <= 1;
	case ATTR_WORD:
		return obj_u32(obj, id) < attr->words->count;
	case ATTR_FLAGS:
		return obj_u32(obj, id) < 1u << attr->words->count;
	case ATTR_STRING:
		return attr->max ? *obj_str(obj, id) && strlen(obj_str(obj, id)) <= attr->max &&
		       text_is_utf8(obj_str(obj, id)) : !parse_name(obj_str(obj, id));
	default:
		return true;
	}
}

static bool check_ranges(struct rule *rule, const struct obj *obj)
{
	uint16_t id;

	for (id = 1; id <= CVSWITCH_A_RULE_MAX; id++) {
		if (obj_has(obj, id) && !in_range(obj, id))
			return wrong(rule, id, "is out of range");
	}
	return true;
}

static bool check_flags(struct rule *rule, const struct obj *obj)
{
	const uint32_t flags = obj_u32(obj, CVSWITCH_A_RULE_TCP_FLAGS);
	const uint32_t mask = obj_u32(obj, CVSWITCH_A_RULE_TCP_FLAGS_MASK);

	if (!obj_has(obj, CVSWITCH_A_RULE_TCP_FLAGS_MASK))
		return true;
	if (!mask)
		return wrong(rule, CVSWITCH_A_RULE_TCP_FLAGS_MASK, "has no flag that counts");
	if (flags & ~mask)
		return wrong(rule, CVSWITCH_A_RULE_TCP_FLAGS,
			     "has flags that its mask doesn't have");
	return true;
}

static const char no_ports[] =
	"needs a protocol that has ports: tcp, udp, udplite, sctp or dccp";

static bool check_protocol(struct rule *rule, const struct obj *obj)
{
	static const uint16_t ports[] = {
		CVSWITCH_A_RULE_SPORT, CVSWITCH_A_RULE_SPORT_GROUP, CVSWITCH_A_RULE_DPORT,
		CVSWITCH_A_RULE_DPORT_GROUP,
	};
	const uint32_t protocol = protocol_of(obj);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		if (obj_has(obj, ports[i]) && protocol != UINT32_MAX &&
		    !name_of_number(&port_protocols, protocol))
			return wrong(rule, ports[i], no_ports);
	}
	if (obj_has(obj, CVSWITCH_A_RULE_TCP_FLAGS) && protocol != IPPROTO_TCP)
		return wrong(rule, CVSWITCH_A_RULE_TCP_FLAGS, "needs the protocol tcp");
	if (obj_has(obj, CVSWITCH_A_RULE_ICMP_TYPE) && protocol != IPPROTO_ICMP &&
	    protocol != IPPROTO_ICMPV6)
		return wrong(rule, CVSWITCH_A_RULE_ICMP_TYPE, "needs the protocol icmp or icmpv6");
	if (obj_has(obj, CVSWITCH_A_RULE_ND_TARGET) && protocol != IPPROTO_ICMPV6)
		return wrong(rule, CVSWITCH_A_RULE_ND_TARGET, "needs the protocol icmpv6");
	return true;
}

/* ---- what no frame has, see what the kernel reads of one (kmod/cvs_flow.c) -------------- */

static const uint16_t only_in_first[] = {
	CVSWITCH_A_RULE_SPORT, CVSWITCH_A_RULE_SPORT_GROUP, CVSWITCH_A_RULE_DPORT,
	CVSWITCH_A_RULE_DPORT_GROUP, CVSWITCH_A_RULE_TCP_FLAGS, CVSWITCH_A_RULE_ICMP_TYPE,
};

/* Messages of neighbour discovery are read in whole packets only. */
static const uint16_t only_in_whole[] = {
	CVSWITCH_A_RULE_ND_TARGET, CVSWITCH_A_RULE_SENDER_MAC, CVSWITCH_A_RULE_TARGET_MAC,
};

static bool check_fragments(struct rule *rule, const struct obj *obj)
{
	const uint32_t bits = obj_u32(obj, CVSWITCH_A_RULE_FRAGMENT);
	size_t i;

	if (!obj_has(obj, CVSWITCH_A_RULE_FRAGMENT))
		return true;
	for (i = 0; i < ARRAY_SIZE(only_in_first); i++) {
		if (obj_has(obj, only_in_first[i]) && bits == CVSWITCH_FRAGMENT_LATER)
			return wrong(rule, only_in_first[i],
				     "can't be asked of later fragments: the first one has it");
	}
	for (i = 0; i < ARRAY_SIZE(only_in_whole); i++) {
		if (obj_has(obj, only_in_whole[i]) && !(bits & CVSWITCH_FRAGMENT_WHOLE))
			return wrong(rule, only_in_whole[i], "can't be asked of fragments");
	}
	return true;
}

static bool is_extension(const struct obj *obj)
{
	if (!obj_has(obj, CVSWITCH_A_RULE_PROTOCOL))
		return false;
	switch (obj_u32(obj, CVSWITCH_A_RULE_PROTOCOL)) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_FRAGMENT:
	case IPPROTO_AH:
	case IPPROTO_DSTOPTS:
		return true;
	default:
		return false;
	}
}

static bool check_headers(struct rule *rule, const struct obj *obj, uint8_t families)
{
	const uint32_t type = obj_u32(obj, CVSWITCH_A_RULE_ETHERTYPE);
	const uint32_t bits = obj_u32(obj, CVSWITCH_A_RULE_FRAGMENT);

	if (type == ETH_P_8021Q || type == ETH_P_8021AD)
		return wrong(rule, CVSWITCH_A_RULE_ETHERTYPE,
			     "is a tag, which is looked through; use vlan id");
	/* Only a later fragment may say any, and nothing else is known of it: who means it asks. */
	if (families != IP6 || !is_extension(obj) || bits & CVSWITCH_FRAGMENT_LATER)
		return true;
	return wrong(rule, CVSWITCH_A_RULE_PROTOCOL,
		     "is an extension header, looked through; for fragments ask frag first,later");
}

/* Which types of ICMPv6 have what neighbour discovery says; none has both MAC addresses. */
static bool check_nd(struct rule *rule, const struct obj *obj, uint8_t families)
{
	static const struct {
		uint16_t id;
		uint32_t first, last;
		const char *phrase;
	} parts[] = {
		{ CVSWITCH_A_RULE_ND_TARGET, 135, 137,
		  "is only in the types nd-neighbor-solicit, nd-neighbor-advert and nd-redirect" },
		{ CVSWITCH_A_RULE_SENDER_MAC, 133, 135,
		  "is only in nd-router-solicit, nd-router-advert and nd-neighbor-solicit" },
		{ CVSWITCH_A_RULE_TARGET_MAC, 136, 137,
		  "is only in the types nd-neighbor-advert and nd-redirect" },
	};
	const uint32_t type = obj_u32(obj, CVSWITCH_A_RULE_ICMP_TYPE);
	const bool typed = obj_has(obj, CVSWITCH_A_RULE_ICMP_TYPE);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		if (obj_has(obj, parts[i].id) && typed &&
		    (type < parts[i].first || type > parts[i].last))
			return wrong(rule, parts[i].id, parts[i].phrase);
	}
	if (families == IP6 && obj_has(obj, CVSWITCH_A_RULE_SENDER_MAC) &&
	    obj_has(obj, CVSWITCH_A_RULE_TARGET_MAC))
		return wrong(rule, CVSWITCH_A_RULE_TARGET_MAC,
			     "can't be asked together with sll: no message has both");
	return true;
}

/* MAC addresses of neighbours are ARP's, or ICMPv6's; ARP has no protocol. */
static bool check_neighbours(struct rule *rule, const struct obj *obj)
{
	static const uint16_t macs[] = { CVSWITCH_A_RULE_SENDER_MAC, CVSWITCH_A_RULE_TARGET_MAC };
	const uint32_t protocol = protocol_of(obj);
	bool ports = false;
	size_t i;

	for (i = 0; i < 4; i++)
		ports |= obj_has(obj, only_in_first[i]);
	for (i = 0; i < ARRAY_SIZE(macs); i++) {
		if (obj_has(obj, macs[i]) &&
		    (ports || (protocol != UINT32_MAX && protocol != IPPROTO_ICMPV6)))
			return wrong(rule, macs[i], "is only in ARP and ICMPv6");
	}
	return true;
}

/* ---- the normal form ------------------------------------------------------------------------- */

/* Whether an attribute says nothing beyond the one before it. */
static bool is_idle(const struct obj *obj, uint16_t id)
{
	switch (id) {
	case CVSWITCH_A_RULE_LOG:
		return !obj_u32(obj, id);
	case CVSWITCH_A_RULE_SRC_MAC_MASK:
	case CVSWITCH_A_RULE_DST_MAC_MASK:
		return !memcmp(obj_mac(obj, id), all_ones, sizeof(all_ones));
	case CVSWITCH_A_RULE_SRC_LEN:
	case CVSWITCH_A_RULE_DST_LEN:
	case CVSWITCH_A_RULE_ND_TARGET_LEN:
		return obj_u32(obj, id) == 8u * obj_ip(obj, id - 1).len;
	case CVSWITCH_A_RULE_SPORT_END:
	case CVSWITCH_A_RULE_DPORT_END:
		return obj_u32(obj, id) == obj_u32(obj, id - 1);
	default:
		return false;
	}
}

/* What follows for an attribute that is absent. Return: false if nothing does. */
static bool implied(const struct obj *obj, uint16_t id, uint8_t families, uint32_t *val)
{
	const bool ip4 = families == IP4 || families == (IP4 | ARP);

	switch (id) {
	case CVSWITCH_A_RULE_ETHERTYPE:
		*val = ip4 ? ETH_P_IP : families == IP6 ? ETH_P_IPV6 : ETH_P_ARP;
		return ip4 || families == IP6 || families == ARP;
	case CVSWITCH_A_RULE_PROTOCOL:
		*val = protocol_of(obj);
		return *val != UINT32_MAX;
	case CVSWITCH_A_RULE_TCP_FLAGS_MASK:
		*val = UINT8_MAX;
		return obj_has(obj, CVSWITCH_A_RULE_TCP_FLAGS);
	default:
		return false;
	}
}

static void normalize(struct rule *rule, const struct obj *obj, uint8_t families)
{
	struct req nest;
	uint32_t val;
	uint16_t id;
	size_t len;

	req_init(&nest, 0, &rule_attrs, 0);
	for (id = 1; id <= CVSWITCH_A_RULE_MAX; id++) {
		const uint8_t *bytes = obj_bytes(obj, id, &len);

		if (obj_has(obj, id) && !is_idle(obj, id))
			req_put(&nest, id, bytes, len);
		else if (!obj_has(obj, id) && implied(obj, id, families, &val))
			req_u32(&nest, id, val);
	}
	rule->nest = nest;
}

bool rule_finish(struct rule *rule)
{
	const struct req nest = rule->nest;
	uint8_t families;
	struct obj obj;

	obj_parse(&obj, &rule_attrs, nest.buf, nest.len);
	if (!check_ranges(rule, &obj) || !check_pairs(rule, &obj) || !check_values(rule, &obj) ||
	    !check_flags(rule, &obj) || !check_protocol(rule, &obj))
		return false;
	families = check_families(rule, &obj);
	if (!families || !check_fragments(rule, &obj) || !check_headers(rule, &obj, families) ||
	    !check_neighbours(rule, &obj) || !check_nd(rule, &obj, families))
		return false;
	normalize(rule, &obj, families);
	return true;
}

/* Copies an attribute as what it is said to hold: in a message it may be longer. */
static void copy(struct req *nest, const struct obj *obj, uint16_t id)
{
	struct ip ip;

	switch (rule_attrs.attr[id].type) {
	case ATTR_STRING:
		req_str(nest, id, obj_str(obj, id));
		break;
	case ATTR_MAC:
		req_mac(nest, id, obj_mac(obj, id));
		break;
	case ATTR_IP:
		ip = obj_ip(obj, id);
		req_ip(nest, id, &ip);
		break;
	default:
		req_u32(nest, id, obj_u32(obj, id));
	}
}

bool rule_from_obj(struct rule *rule, const struct obj *obj)
{
	uint16_t id;

	rule_init(rule);
	for (id = 1; id <= CVSWITCH_A_RULE_MAX; id++) {
		if (!obj_has(obj, id))
			continue;
		if (!in_range(obj, id))
			return wrong(rule, id, "is out of range");
		copy(&rule->nest, obj, id);
	}
	return rule_finish(rule);
}
