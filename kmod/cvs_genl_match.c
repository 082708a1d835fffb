// SPDX-License-Identifier: GPL-2.0
/* What a rule says, as it is in a message. */
#include "cvs_genl_acl.h"

#include <linux/err.h>

#include "cvs_group.h"
#include "cvs_key.h"
#include "cvs_prefix.h"
#include "cvs_rule.h"
#include "cvs_switch.h"
#include "cvs_vtep.h"

/**
 * struct parse - a rule on its way out of a message
 * @attrs: of the nest
 * @nest: it
 * @match: where to
 * @extack: says why not
 */
struct parse {
	struct nlattr *attrs[CVSWITCH_A_RULE_MAX + 1];
	const struct nlattr *nest;
	struct cvs_match *match;
	struct netlink_ext_ack *extack;
};

/* Refuse a request for a reason that lives for ever. Return: -EINVAL. */
int cvs_genl_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why)
{
	NL_SET_BAD_ATTR(extack, attr);
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/* An attribute that makes no sense without another one. */
static int check_alone(const struct parse *parse, int attrtype, int needed, const char *why)
{
	if (!parse->attrs[attrtype] || parse->attrs[needed])
		return 0;
	return cvs_genl_refuse(parse->extack, parse->attrs[attrtype], why);
}

static int check_companions(const struct parse *parse)
{
	static const struct {
		int attrtype;
		int needed;
		const char *why;
	} companions[] = {
		{ CVSWITCH_A_RULE_SRC_MAC_MASK, CVSWITCH_A_RULE_SRC_MAC,
		  "A mask without its MAC address" },
		{ CVSWITCH_A_RULE_DST_MAC_MASK, CVSWITCH_A_RULE_DST_MAC,
		  "A mask without its MAC address" },
		{ CVSWITCH_A_RULE_SRC_LEN, CVSWITCH_A_RULE_SRC,
		  "A prefix length without its address" },
		{ CVSWITCH_A_RULE_DST_LEN, CVSWITCH_A_RULE_DST,
		  "A prefix length without its address" },
		{ CVSWITCH_A_RULE_SPORT_END, CVSWITCH_A_RULE_SPORT,
		  "The end of a range without its beginning" },
		{ CVSWITCH_A_RULE_DPORT_END, CVSWITCH_A_RULE_DPORT,
		  "The end of a range without its beginning" },
		{ CVSWITCH_A_RULE_TCP_FLAGS_MASK, CVSWITCH_A_RULE_TCP_FLAGS,
		  "A mask without its flags" },
		{ CVSWITCH_A_RULE_ND_TARGET_LEN, CVSWITCH_A_RULE_ND_TARGET,
		  "A prefix length without its address" },
	};
	int i, err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(companions); i++)
		err = check_alone(parse, companions[i].attrtype, companions[i].needed,
				  companions[i].why);
	return err;
}

static bool asks(const struct parse *parse, int attrtype, enum cvs_match_field field)
{
	if (!parse->attrs[attrtype])
		return false;
	parse->match->fields |= BIT(field);
	return true;
}

static u32 value(const struct parse *parse, int attrtype)
{
	return nla_get_u32(parse->attrs[attrtype]);
}

static u64 mac(const struct parse *parse, int attrtype)
{
	return cvs_mac_from(nla_data(parse->attrs[attrtype]));
}

static u64 mac_mask(const struct parse *parse, int attrtype)
{
	return parse->attrs[attrtype] ? mac(parse, attrtype) : CVS_MAC_MASK;
}

static void parse_ethernet(struct parse *parse)
{
	struct cvs_match *match = parse->match;

	if (asks(parse, CVSWITCH_A_RULE_SRC_MAC, CVS_MATCH_SRC_MAC)) {
		match->src_mac = mac(parse, CVSWITCH_A_RULE_SRC_MAC);
		match->src_mac_mask = mac_mask(parse, CVSWITCH_A_RULE_SRC_MAC_MASK);
	}
	if (asks(parse, CVSWITCH_A_RULE_DST_MAC, CVS_MATCH_DST_MAC)) {
		match->dst_mac = mac(parse, CVSWITCH_A_RULE_DST_MAC);
		match->dst_mac_mask = mac_mask(parse, CVSWITCH_A_RULE_DST_MAC_MASK);
	}
	if (asks(parse, CVSWITCH_A_RULE_ETHERTYPE, CVS_MATCH_ETHERTYPE)) {
		match->ethertype_first = value(parse, CVSWITCH_A_RULE_ETHERTYPE);
		match->ethertype_last = match->ethertype_first;
	}
	if (asks(parse, CVSWITCH_A_RULE_VLAN, CVS_MATCH_VLAN)) {
		match->vid_first = value(parse, CVSWITCH_A_RULE_VLAN);
		match->vid_last = match->vid_first;
	}
	if (asks(parse, CVSWITCH_A_RULE_SENDER_MAC, CVS_MATCH_SENDER_MAC))
		match->sender_mac = mac(parse, CVSWITCH_A_RULE_SENDER_MAC);
	if (asks(parse, CVSWITCH_A_RULE_TARGET_MAC, CVS_MATCH_TARGET_MAC))
		match->target_mac = mac(parse, CVSWITCH_A_RULE_TARGET_MAC);
}

/* A prefix; its length is in the bits of its own family. */
static int parse_prefix(struct parse *parse, int attrtype, int len_attrtype,
			struct cvs_addr *addr, u8 *len)
{
	const struct nlattr *attr = parse->attrs[attrtype];
	const struct nlattr *len_attr = parse->attrs[len_attrtype];
	struct in6_addr in6;
	u32 bits, all;

	if (cvs_genl_get_vtep(&in6, attr, parse->extack))
		return -EINVAL;
	*addr = cvs_addr_from(&in6);
	all = cvs_addr_is_mapped(addr) ? CVS_PREFIX_HOST - CVS_PREFIX_MAPPED : CVS_PREFIX_HOST;
	bits = len_attr ? nla_get_u32(len_attr) : all;
	if (bits > all)
		return cvs_genl_refuse(parse->extack, len_attr,
				       "The prefix is longer than its address");
	*len = CVS_PREFIX_HOST - all + bits;
	if (!cvs_prefix_is_exact(addr, *len))
		return cvs_genl_refuse(parse->extack, attr,
				       "The address has bits behind its prefix length");
	return 0;
}

static int parse_addresses(struct parse *parse)
{
	struct cvs_match *match = parse->match;
	int err = 0;

	if (asks(parse, CVSWITCH_A_RULE_SRC, CVS_MATCH_SRC))
		err = parse_prefix(parse, CVSWITCH_A_RULE_SRC, CVSWITCH_A_RULE_SRC_LEN,
				   &match->src, &match->src_len);
	if (!err && asks(parse, CVSWITCH_A_RULE_DST, CVS_MATCH_DST))
		err = parse_prefix(parse, CVSWITCH_A_RULE_DST, CVSWITCH_A_RULE_DST_LEN,
				   &match->dst, &match->dst_len);
	if (!err && asks(parse, CVSWITCH_A_RULE_ND_TARGET, CVS_MATCH_ND_TARGET))
		err = parse_prefix(parse, CVSWITCH_A_RULE_ND_TARGET,
				   CVSWITCH_A_RULE_ND_TARGET_LEN, &match->nd_target,
				   &match->nd_target_len);
	return err;
}

static void parse_range(const struct parse *parse, int attrtype, int end_attrtype,
			u16 *first, u16 *last)
{
	*first = value(parse, attrtype);
	*last = parse->attrs[end_attrtype] ? value(parse, end_attrtype) : *first;
}

static void parse_transport(struct parse *parse)
{
	struct cvs_match *match = parse->match;

	if (asks(parse, CVSWITCH_A_RULE_PROTOCOL, CVS_MATCH_PROTOCOL)) {
		match->protocol_first = value(parse, CVSWITCH_A_RULE_PROTOCOL);
		match->protocol_last = match->protocol_first;
	}
	if (asks(parse, CVSWITCH_A_RULE_FRAGMENT, CVS_MATCH_FRAGMENT))
		match->fragment = value(parse, CVSWITCH_A_RULE_FRAGMENT);
	if (asks(parse, CVSWITCH_A_RULE_SPORT, CVS_MATCH_SPORT))
		parse_range(parse, CVSWITCH_A_RULE_SPORT, CVSWITCH_A_RULE_SPORT_END,
			    &match->sport_first, &match->sport_last);
	if (asks(parse, CVSWITCH_A_RULE_DPORT, CVS_MATCH_DPORT))
		parse_range(parse, CVSWITCH_A_RULE_DPORT, CVSWITCH_A_RULE_DPORT_END,
			    &match->dport_first, &match->dport_last);
	if (asks(parse, CVSWITCH_A_RULE_TCP_FLAGS, CVS_MATCH_TCP_FLAGS)) {
		match->tcp_flags = value(parse, CVSWITCH_A_RULE_TCP_FLAGS);
		match->tcp_mask = parse->attrs[CVSWITCH_A_RULE_TCP_FLAGS_MASK] ?
				  value(parse, CVSWITCH_A_RULE_TCP_FLAGS_MASK) : U8_MAX;
	}
}

/* What shares the place of ports, which then can't be asked about. */
static int parse_types(struct parse *parse)
{
	struct cvs_match *match = parse->match;
	u32 ports = BIT(CVS_MATCH_SPORT) | BIT(CVS_MATCH_DPORT);

	if (!parse->attrs[CVSWITCH_A_RULE_ICMP_TYPE] &&
	    !parse->attrs[CVSWITCH_A_RULE_ICMP_CODE] && !parse->attrs[CVSWITCH_A_RULE_ARP_OP])
		return 0;
	if (match->fields & ports || (parse->attrs[CVSWITCH_A_RULE_ARP_OP] &&
				      (parse->attrs[CVSWITCH_A_RULE_ICMP_TYPE] ||
				       parse->attrs[CVSWITCH_A_RULE_ICMP_CODE])))
		return cvs_genl_refuse(parse->extack, parse->nest,
				       "Only one of ports, ICMP and ARP can be asked about");
	if (asks(parse, CVSWITCH_A_RULE_ICMP_TYPE, CVS_MATCH_ICMP_TYPE))
		parse_range(parse, CVSWITCH_A_RULE_ICMP_TYPE, CVSWITCH_A_RULE_ICMP_TYPE,
			    &match->sport_first, &match->sport_last);
	if (asks(parse, CVSWITCH_A_RULE_ICMP_CODE, CVS_MATCH_ICMP_CODE))
		parse_range(parse, CVSWITCH_A_RULE_ICMP_CODE, CVSWITCH_A_RULE_ICMP_CODE,
			    &match->dport_first, &match->dport_last);
	if (asks(parse, CVSWITCH_A_RULE_ARP_OP, CVS_MATCH_ARP_OP))
		parse_range(parse, CVSWITCH_A_RULE_ARP_OP, CVSWITCH_A_RULE_ARP_OP,
			    &match->sport_first, &match->sport_last);
	return 0;
}

/* References to groups, by &enum cvs_match_ref. */
static const struct {
	int attrtype;
	enum cvswitch_group_type type;
} refs[CVS_REFS] = {
	[CVS_REF_SRC] = { CVSWITCH_A_RULE_SRC_GROUP, CVSWITCH_GROUP_TYPE_IP },
	[CVS_REF_DST] = { CVSWITCH_A_RULE_DST_GROUP, CVSWITCH_GROUP_TYPE_IP },
	[CVS_REF_SPORT] = { CVSWITCH_A_RULE_SPORT_GROUP, CVSWITCH_GROUP_TYPE_PORT },
	[CVS_REF_DPORT] = { CVSWITCH_A_RULE_DPORT_GROUP, CVSWITCH_GROUP_TYPE_PORT },
	[CVS_REF_SRC_MAC] = { CVSWITCH_A_RULE_SRC_MAC_GROUP, CVSWITCH_GROUP_TYPE_MAC },
	[CVS_REF_DST_MAC] = { CVSWITCH_A_RULE_DST_MAC_GROUP, CVSWITCH_GROUP_TYPE_MAC },
};

static void parse_groups(struct parse *parse)
{
	int i;

	for (i = 0; i < CVS_REFS; i++)
		if (parse->attrs[refs[i].attrtype])
			parse->match->refs |= BIT(i);
}

static int parse_rule(struct parse *parse, struct cvs_rule *rule)
{
	struct nlattr **attrs = parse->attrs;
	const char *why;
	int err;

	if (!attrs[CVSWITCH_A_RULE_DIRECTION] || !attrs[CVSWITCH_A_RULE_VERDICT])
		return cvs_genl_refuse(parse->extack, parse->nest,
				       "A rule has a direction and a verdict");
	rule->direction = value(parse, CVSWITCH_A_RULE_DIRECTION);
	rule->verdict = value(parse, CVSWITCH_A_RULE_VERDICT);
	rule->log = attrs[CVSWITCH_A_RULE_LOG] && value(parse, CVSWITCH_A_RULE_LOG);
	if (attrs[CVSWITCH_A_RULE_COMMENT])
		nla_strscpy(rule->comment, attrs[CVSWITCH_A_RULE_COMMENT],
			    sizeof(rule->comment));
	parse_ethernet(parse);
	parse_transport(parse);
	parse_groups(parse);
	err = check_companions(parse) ?: parse_addresses(parse) ?: parse_types(parse);
	if (err)
		return err;
	why = cvs_match_finish(&rule->match);
	return why ? cvs_genl_refuse(parse->extack, parse->nest, why) : 0;
}

/**
 * cvs_genl_get_rule() - read a rule
 * @nest: the attribute
 * @extack: says why not
 *
 * Context: may sleep.
 * Return: the rule, without the groups that it refers to; -EINVAL or -ENOMEM.
 */
struct cvs_rule *cvs_genl_get_rule(const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct parse parse = { .nest = nest, .extack = extack };
	struct cvs_rule *rule;
	int err;

	err = nla_parse_nested(parse.attrs, CVSWITCH_A_RULE_MAX, nest, cvswitch_rule_nl_policy,
			       extack);
	if (err)
		return ERR_PTR(err);
	rule = cvs_rule_alloc();
	if (!rule)
		return ERR_PTR(-ENOMEM);
	parse.match = &rule->match;
	err = parse_rule(&parse, rule);
	if (err) {
		cvs_rule_free(rule);
		return ERR_PTR(err);
	}
	return rule;
}

/**
 * cvs_genl_resolve_rule() - find the groups that a rule refers to
 * @rule: the rule
 * @sw: the switch, whose groups they are
 * @nest: the attribute that the rule was read from
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, -ENOENT for a group that isn't there, or -EINVAL for one with members
 * of another type.
 */
int cvs_genl_resolve_rule(struct cvs_rule *rule, struct cvs_switch *sw,
			  const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	struct cvs_group *group;
	int i;

	for (i = 0; rule->match.refs >> i; i++) {
		if (!(rule->match.refs & BIT(i)))
			continue;
		attr = nla_find_nested(nest, refs[i].attrtype);
		group = cvs_group_find(&sw->groups, nla_data(attr));
		if (!group) {
			NL_SET_ERR_MSG_ATTR(extack, attr, "No such group");
			return -ENOENT;
		}
		if (group->type != refs[i].type)
			return cvs_genl_refuse(extack, attr,
					       "The group has members of another type");
		rule->groups[i] = group;
	}
	return 0;
}

/* What of a rule is a number, and where it is. */
static const struct {
	enum cvs_match_field field;
	int attrtype;
	int end_attrtype;
	size_t first;
	size_t last;
} ranges[] = {
	{ CVS_MATCH_ETHERTYPE, CVSWITCH_A_RULE_ETHERTYPE, 0,
	  offsetof(struct cvs_match, ethertype_first), 0 },
	{ CVS_MATCH_VLAN, CVSWITCH_A_RULE_VLAN, 0, offsetof(struct cvs_match, vid_first), 0 },
	{ CVS_MATCH_SPORT, CVSWITCH_A_RULE_SPORT, CVSWITCH_A_RULE_SPORT_END,
	  offsetof(struct cvs_match, sport_first), offsetof(struct cvs_match, sport_last) },
	{ CVS_MATCH_DPORT, CVSWITCH_A_RULE_DPORT, CVSWITCH_A_RULE_DPORT_END,
	  offsetof(struct cvs_match, dport_first), offsetof(struct cvs_match, dport_last) },
	{ CVS_MATCH_ICMP_TYPE, CVSWITCH_A_RULE_ICMP_TYPE, 0,
	  offsetof(struct cvs_match, sport_first), 0 },
	{ CVS_MATCH_ICMP_CODE, CVSWITCH_A_RULE_ICMP_CODE, 0,
	  offsetof(struct cvs_match, dport_first), 0 },
	{ CVS_MATCH_ARP_OP, CVSWITCH_A_RULE_ARP_OP, 0,
	  offsetof(struct cvs_match, sport_first), 0 },
};

static int put_numbers(struct sk_buff *msg, const struct cvs_match *match)
{
	u16 first, last;
	int i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		if (!(match->fields & BIT(ranges[i].field)))
			continue;
		first = *(const u16 *)((const void *)match + ranges[i].first);
		if (nla_put_u32(msg, ranges[i].attrtype, first))
			return -EMSGSIZE;
		if (!ranges[i].end_attrtype)
			continue;
		last = *(const u16 *)((const void *)match + ranges[i].last);
		if (last != first && nla_put_u32(msg, ranges[i].end_attrtype, last))
			return -EMSGSIZE;
	}
	if ((match->fields & BIT(CVS_MATCH_PROTOCOL) &&
	     nla_put_u32(msg, CVSWITCH_A_RULE_PROTOCOL, match->protocol_first)) ||
	    (match->fields & BIT(CVS_MATCH_FRAGMENT) &&
	     nla_put_u32(msg, CVSWITCH_A_RULE_FRAGMENT, match->fragment)))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_TCP_FLAGS) &&
	    (nla_put_u32(msg, CVSWITCH_A_RULE_TCP_FLAGS, match->tcp_flags) ||
	     nla_put_u32(msg, CVSWITCH_A_RULE_TCP_FLAGS_MASK, match->tcp_mask)))
		return -EMSGSIZE;
	return 0;
}

static int put_mac(struct sk_buff *msg, int attrtype, u64 mac)
{
	u8 addr[ETH_ALEN];

	cvs_mac_store(addr, mac);
	return nla_put(msg, attrtype, sizeof(addr), addr);
}

static int put_macs(struct sk_buff *msg, const struct cvs_match *match)
{
	if (match->fields & BIT(CVS_MATCH_SRC_MAC) &&
	    (put_mac(msg, CVSWITCH_A_RULE_SRC_MAC, match->src_mac) ||
	     put_mac(msg, CVSWITCH_A_RULE_SRC_MAC_MASK, match->src_mac_mask)))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_DST_MAC) &&
	    (put_mac(msg, CVSWITCH_A_RULE_DST_MAC, match->dst_mac) ||
	     put_mac(msg, CVSWITCH_A_RULE_DST_MAC_MASK, match->dst_mac_mask)))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_SENDER_MAC) &&
	    put_mac(msg, CVSWITCH_A_RULE_SENDER_MAC, match->sender_mac))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_TARGET_MAC) &&
	    put_mac(msg, CVSWITCH_A_RULE_TARGET_MAC, match->target_mac))
		return -EMSGSIZE;
	return 0;
}

static int put_prefix(struct sk_buff *msg, int attrtype, int len_attrtype,
		      const struct cvs_addr *addr, u8 len)
{
	unsigned int before = cvs_prefix_is_v4(addr, len) ? CVS_PREFIX_MAPPED : 0;
	struct in6_addr in6 = cvs_addr_to(addr);

	if (nla_put(msg, attrtype, before ? 4 : 16, &in6.s6_addr[before / 8]))
		return -EMSGSIZE;
	return nla_put_u32(msg, len_attrtype, len - before);
}

static int put_prefixes(struct sk_buff *msg, const struct cvs_match *match)
{
	if (match->fields & BIT(CVS_MATCH_SRC) &&
	    put_prefix(msg, CVSWITCH_A_RULE_SRC, CVSWITCH_A_RULE_SRC_LEN, &match->src,
		       match->src_len))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_DST) &&
	    put_prefix(msg, CVSWITCH_A_RULE_DST, CVSWITCH_A_RULE_DST_LEN, &match->dst,
		       match->dst_len))
		return -EMSGSIZE;
	if (match->fields & BIT(CVS_MATCH_ND_TARGET) &&
	    put_prefix(msg, CVSWITCH_A_RULE_ND_TARGET, CVSWITCH_A_RULE_ND_TARGET_LEN,
		       &match->nd_target, match->nd_target_len))
		return -EMSGSIZE;
	return 0;
}

/* Context: RTNL. Return: 0 or -EMSGSIZE. */
int cvs_genl_put_rule(struct sk_buff *msg, int attrtype, const struct cvs_rule *rule)
{
	struct nlattr *nest = nla_nest_start(msg, attrtype);
	int i;

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_RULE_DIRECTION, rule->direction) ||
	    nla_put_u32(msg, CVSWITCH_A_RULE_VERDICT, rule->verdict) ||
	    nla_put_u32(msg, CVSWITCH_A_RULE_LOG, rule->log) ||
	    (*rule->comment && nla_put_string(msg, CVSWITCH_A_RULE_COMMENT, rule->comment)) ||
	    put_macs(msg, &rule->match) || put_prefixes(msg, &rule->match) ||
	    put_numbers(msg, &rule->match))
		return -EMSGSIZE;
	for (i = 0; i < CVS_REFS; i++)
		if (rule->groups[i] &&
		    nla_put_string(msg, refs[i].attrtype, rule->groups[i]->name))
			return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}
