// SPDX-License-Identifier: GPL-2.0
/* The vocabulary of profiles, rules and groups. */
#include "attrs.h"

#include <linux/cvswitch.h>

static const struct word tier_words[] = {
	[CVSWITCH_TIER_ADMIN] = { .name = "admin" },
	[CVSWITCH_TIER_TENANT] = { .name = "tenant" },
	[CVSWITCH_TIER_DEFAULT] = { .name = "default" },
};

static const struct word direction_words[] = {
	[CVSWITCH_DIRECTION_INGRESS] = { .name = "ingress" },
	[CVSWITCH_DIRECTION_EGRESS] = { .name = "egress" },
};

static const struct word verdict_words[] = {
	[CVSWITCH_VERDICT_CONTINUE] = { .name = "continue" },
	[CVSWITCH_VERDICT_ACCEPT] = { .name = "accept" },
	[CVSWITCH_VERDICT_DROP] = { .name = "drop" },
	[CVSWITCH_VERDICT_REJECT] = { .name = "reject" },
	[CVSWITCH_VERDICT_NEXT] = { .name = "next" },
};

/* A default decides. */
static const struct word default_words[] = {
	[CVSWITCH_VERDICT_ACCEPT] = { .name = "accept" },
	[CVSWITCH_VERDICT_DROP] = { .name = "drop" },
	[CVSWITCH_VERDICT_REJECT] = { .name = "reject" },
	[CVSWITCH_VERDICT_NEXT] = { .name = "next" },
};

static const struct word policy_words[] = {
	[CVSWITCH_POLICY_OPEN] = { .name = "open" },
	[CVSWITCH_POLICY_CLOSED] = { .name = "closed" },
};

static const struct word group_type_words[] = {
	[CVSWITCH_GROUP_TYPE_IP] = { .name = "ip" },
	[CVSWITCH_GROUP_TYPE_MAC] = { .name = "mac" },
	[CVSWITCH_GROUP_TYPE_PORT] = { .name = "port" },
};

/* By the number of the bit. */
static const struct word fragment_words[] = {
	{ .name = "whole" },
	{ .name = "first" },
	{ .name = "later" },
};

WORDS(tiers, tier_words);
WORDS(directions, direction_words);
WORDS(verdicts, verdict_words);
static WORDS(defaults, default_words);
WORDS(policies, policy_words);
WORDS(group_types, group_type_words);
WORDS(fragments, fragment_words);

static const struct attr profile_attr[] = {
	[CVSWITCH_A_PROFILE_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_PROFILE_NAME] = { .name = "name", .type = ATTR_STRING },
	[CVSWITCH_A_PROFILE_TIER] = { .name = "tier", .arg = "tier", .type = ATTR_WORD,
		.words = &tiers },
	[CVSWITCH_A_PROFILE_INGRESS_DEFAULT] = { .name = "ingress-default",
		.arg = "ingress-default", .type = ATTR_WORD, .words = &defaults },
	[CVSWITCH_A_PROFILE_EGRESS_DEFAULT] = { .name = "egress-default",
		.arg = "egress-default", .type = ATTR_WORD, .words = &defaults },
	[CVSWITCH_A_PROFILE_RULE] = { .name = "rule", .type = ATTR_NESTS, .nested = &rule_attrs },
	[CVSWITCH_A_PROFILE_INGRESS_COUNT] = { .name = "ingress-count", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_EGRESS_COUNT] = { .name = "egress-count", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_PORT_COUNT] = { .name = "port-count", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_GENERATION] = { .name = "generation", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_INGRESS_STEPS] = { .name = "ingress-steps", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_EGRESS_STEPS] = { .name = "egress-steps", .type = ATTR_U32 },
	[CVSWITCH_A_PROFILE_MEMORY] = { .name = "memory", .type = ATTR_U64 },
};

static const struct attr acl_attr[] = {
	[CVSWITCH_A_ACL_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_ACL_PROFILE] = { .name = "profile", .type = ATTR_STRING },
	[CVSWITCH_A_ACL_DIRECTION] = { .name = "direction", .type = ATTR_WORD,
		.words = &directions },
	[CVSWITCH_A_ACL_INDEX] = { .name = "index", .type = ATTR_U32 },
	[CVSWITCH_A_ACL_HANDLE] = { .name = "handle", .type = ATTR_U32 },
	[CVSWITCH_A_ACL_RULE] = { .name = "rule", .type = ATTR_NEST, .nested = &rule_attrs },
	[CVSWITCH_A_ACL_FRAMES] = { .name = "frames", .type = ATTR_U64 },
	[CVSWITCH_A_ACL_BYTES] = { .name = "bytes", .type = ATTR_U64 },
};

/* The limits are those of what JSON may say. */
static const struct attr rule_attr[] = {
	[CVSWITCH_A_RULE_DIRECTION] = { .name = "direction", .type = ATTR_WORD,
		.words = &directions },
	[CVSWITCH_A_RULE_VERDICT] = { .name = "verdict", .type = ATTR_WORD, .words = &verdicts },
	[CVSWITCH_A_RULE_LOG] = { .name = "log", .type = ATTR_BOOL },
	[CVSWITCH_A_RULE_COMMENT] = { .name = "comment", .type = ATTR_STRING,
		.max = CVSWITCH_ACL_COMMENT_MAX },
	[CVSWITCH_A_RULE_SRC_MAC] = { .name = "src-mac", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_SRC_MAC_MASK] = { .name = "src-mac-mask", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_SRC_MAC_GROUP] = { .name = "src-mac-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_DST_MAC] = { .name = "dst-mac", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_DST_MAC_MASK] = { .name = "dst-mac-mask", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_DST_MAC_GROUP] = { .name = "dst-mac-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_ETHERTYPE] = { .name = "ethertype", .type = ATTR_ETHERTYPE,
		.max = UINT16_MAX },
	[CVSWITCH_A_RULE_VLAN] = { .name = "vlan", .type = ATTR_U32, .max = 4094 },
	[CVSWITCH_A_RULE_SRC] = { .name = "src", .type = ATTR_IP },
	[CVSWITCH_A_RULE_SRC_LEN] = { .name = "src-len", .type = ATTR_U32, .max = 128 },
	[CVSWITCH_A_RULE_SRC_GROUP] = { .name = "src-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_DST] = { .name = "dst", .type = ATTR_IP },
	[CVSWITCH_A_RULE_DST_LEN] = { .name = "dst-len", .type = ATTR_U32, .max = 128 },
	[CVSWITCH_A_RULE_DST_GROUP] = { .name = "dst-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_PROTOCOL] = { .name = "protocol", .type = ATTR_U32, .max = UINT8_MAX },
	[CVSWITCH_A_RULE_SPORT] = { .name = "sport", .type = ATTR_U32, .max = UINT16_MAX },
	[CVSWITCH_A_RULE_SPORT_END] = { .name = "sport-end", .type = ATTR_U32,
		.max = UINT16_MAX },
	[CVSWITCH_A_RULE_SPORT_GROUP] = { .name = "sport-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_DPORT] = { .name = "dport", .type = ATTR_U32, .max = UINT16_MAX },
	[CVSWITCH_A_RULE_DPORT_END] = { .name = "dport-end", .type = ATTR_U32,
		.max = UINT16_MAX },
	[CVSWITCH_A_RULE_DPORT_GROUP] = { .name = "dport-group", .type = ATTR_STRING },
	[CVSWITCH_A_RULE_TCP_FLAGS] = { .name = "tcp-flags", .type = ATTR_U32, .max = UINT8_MAX },
	[CVSWITCH_A_RULE_TCP_FLAGS_MASK] = { .name = "tcp-flags-mask", .type = ATTR_U32,
		.max = UINT8_MAX },
	[CVSWITCH_A_RULE_ICMP_TYPE] = { .name = "icmp-type", .type = ATTR_U32, .max = UINT8_MAX },
	[CVSWITCH_A_RULE_ICMP_CODE] = { .name = "icmp-code", .type = ATTR_U32, .max = UINT8_MAX },
	[CVSWITCH_A_RULE_FRAGMENT] = { .name = "fragment", .type = ATTR_FLAGS,
		.words = &fragments },
	[CVSWITCH_A_RULE_ARP_OP] = { .name = "arp-op", .type = ATTR_U32, .max = UINT16_MAX },
	[CVSWITCH_A_RULE_SENDER_MAC] = { .name = "sender-mac", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_TARGET_MAC] = { .name = "target-mac", .type = ATTR_MAC },
	[CVSWITCH_A_RULE_ND_TARGET] = { .name = "nd-target", .type = ATTR_IP },
	[CVSWITCH_A_RULE_ND_TARGET_LEN] = { .name = "nd-target-len", .type = ATTR_U32,
		.max = 128 },
};

static const struct attr group_attr[] = {
	[CVSWITCH_A_GROUP_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_GROUP_NAME] = { .name = "name", .type = ATTR_STRING },
	[CVSWITCH_A_GROUP_TYPE] = { .name = "type", .type = ATTR_WORD, .words = &group_types },
	[CVSWITCH_A_GROUP_MEMBER] = { .name = "member", .type = ATTR_NESTS,
		.nested = &member_attrs },
	[CVSWITCH_A_GROUP_MEMBER_COUNT] = { .name = "member-count", .type = ATTR_U32 },
	[CVSWITCH_A_GROUP_RULE_COUNT] = { .name = "rule-count", .type = ATTR_U32 },
};

static const struct attr member_attr[] = {
	[CVSWITCH_A_MEMBER_IP] = { .name = "ip", .type = ATTR_IP },
	[CVSWITCH_A_MEMBER_LEN] = { .name = "len", .type = ATTR_U32 },
	[CVSWITCH_A_MEMBER_MAC] = { .name = "mac", .type = ATTR_MAC },
	[CVSWITCH_A_MEMBER_PORT] = { .name = "port", .type = ATTR_U32 },
	[CVSWITCH_A_MEMBER_PORT_END] = { .name = "port-end", .type = ATTR_U32 },
};

static const struct attr acl_log_attr[] = {
	[CVSWITCH_A_ACL_LOG_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_ACL_LOG_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_ACL_LOG_IN_PORT] = { .name = "in-port", .type = ATTR_DEVICE },
	[CVSWITCH_A_ACL_LOG_DIRECTION] = { .name = "direction", .type = ATTR_WORD,
		.words = &directions },
	[CVSWITCH_A_ACL_LOG_PROFILE] = { .name = "profile", .type = ATTR_STRING },
	[CVSWITCH_A_ACL_LOG_HANDLE] = { .name = "handle", .type = ATTR_U32 },
	[CVSWITCH_A_ACL_LOG_VERDICT] = { .name = "verdict", .type = ATTR_WORD,
		.words = &verdicts },
	[CVSWITCH_A_ACL_LOG_COMMENT] = { .name = "comment", .type = ATTR_STRING },
	[CVSWITCH_A_ACL_LOG_VLAN] = { .name = "vlan", .type = ATTR_U32 },
	[CVSWITCH_A_ACL_LOG_LENGTH] = { .name = "length", .type = ATTR_U32 },
	[CVSWITCH_A_ACL_LOG_HEADER] = { .name = "header", .type = ATTR_BYTES },
	[CVSWITCH_A_ACL_LOG_LOST] = { .name = "lost", .type = ATTR_U32 },
};

ATTR_SET(profile, profile_attr);
ATTR_SET(acl, acl_attr);
ATTR_SET(rule, rule_attr);
ATTR_SET(group, group_attr);
ATTR_SET(member, member_attr);
ATTR_SET(acl_log, acl_log_attr);
