// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/cvswitch.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "cvs_genl_gen.h"

#include <linux/cvswitch.h>

/* Integer value ranges */
static const struct netlink_range_validation cvswitch_a_switch_ageing_time_range = {
	.max	= CVSWITCH_AGEING_TIME_MAX,
};

static const struct netlink_range_validation cvswitch_a_switch_fdb_max_range = {
	.min	= 1ULL,
	.max	= CVSWITCH_FDB_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_switch_neigh_ageing_time_range = {
	.max	= CVSWITCH_AGEING_TIME_MAX,
};

static const struct netlink_range_validation cvswitch_a_switch_neigh_max_range = {
	.min	= 1ULL,
	.max	= CVSWITCH_NEIGH_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_switch_neigh_port_max_range = {
	.min	= 1ULL,
	.max	= CVSWITCH_NEIGH_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_port_limit_unicast_range = {
	.max	= CVSWITCH_LIMIT_MAX,
};

static const struct netlink_range_validation cvswitch_a_port_limit_multicast_range = {
	.max	= CVSWITCH_LIMIT_MAX,
};

static const struct netlink_range_validation cvswitch_a_port_limit_broadcast_range = {
	.max	= CVSWITCH_LIMIT_MAX,
};

static const struct netlink_range_validation cvswitch_a_port_fdb_max_range = {
	.max	= CVSWITCH_FDB_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_tunnel_vni_range = {
	.max	= CVSWITCH_VNI_MAX,
};

static const struct netlink_range_validation cvswitch_a_tunnel_port_range = {
	.min	= 1ULL,
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_tunnel_source_port_min_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_tunnel_source_port_max_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_tunnel_remote_max_range = {
	.min	= 1ULL,
	.max	= CVSWITCH_REMOTE_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_remote_fdb_max_range = {
	.max	= CVSWITCH_FDB_MAX_MAX,
};

static const struct netlink_range_validation cvswitch_a_vni_vni_range = {
	.max	= CVSWITCH_VNI_MAX,
};

static const struct netlink_range_validation cvswitch_a_rule_ethertype_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_rule_sport_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_rule_sport_end_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_rule_dport_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_rule_dport_end_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_rule_arp_op_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_member_port_range = {
	.max	= 65535ULL,
};

static const struct netlink_range_validation cvswitch_a_member_port_end_range = {
	.max	= 65535ULL,
};

/* Common nested types */
const struct nla_policy cvswitch_member_nl_policy[CVSWITCH_A_MEMBER_PORT_END + 1] = {
	[CVSWITCH_A_MEMBER_IP] = { .type = NLA_BINARY, },
	[CVSWITCH_A_MEMBER_LEN] = NLA_POLICY_MAX(NLA_U32, 128),
	[CVSWITCH_A_MEMBER_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_MEMBER_PORT] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_member_port_range),
	[CVSWITCH_A_MEMBER_PORT_END] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_member_port_end_range),
};

const struct nla_policy cvswitch_rule_nl_policy[CVSWITCH_A_RULE_ND_TARGET_LEN + 1] = {
	[CVSWITCH_A_RULE_DIRECTION] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_RULE_VERDICT] = NLA_POLICY_MAX(NLA_U32, 4),
	[CVSWITCH_A_RULE_LOG] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_RULE_COMMENT] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_COMMENT_MAX, },
	[CVSWITCH_A_RULE_SRC_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_SRC_MAC_MASK] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_SRC_MAC_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_DST_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_DST_MAC_MASK] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_DST_MAC_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_ETHERTYPE] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_ethertype_range),
	[CVSWITCH_A_RULE_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_RULE_SRC] = { .type = NLA_BINARY, },
	[CVSWITCH_A_RULE_SRC_LEN] = NLA_POLICY_MAX(NLA_U32, 128),
	[CVSWITCH_A_RULE_SRC_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_DST] = { .type = NLA_BINARY, },
	[CVSWITCH_A_RULE_DST_LEN] = NLA_POLICY_MAX(NLA_U32, 128),
	[CVSWITCH_A_RULE_DST_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_PROTOCOL] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_RULE_SPORT] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_sport_range),
	[CVSWITCH_A_RULE_SPORT_END] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_sport_end_range),
	[CVSWITCH_A_RULE_SPORT_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_DPORT] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_dport_range),
	[CVSWITCH_A_RULE_DPORT_END] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_dport_end_range),
	[CVSWITCH_A_RULE_DPORT_GROUP] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_RULE_TCP_FLAGS] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_RULE_TCP_FLAGS_MASK] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_RULE_ICMP_TYPE] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_RULE_ICMP_CODE] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_RULE_FRAGMENT] = NLA_POLICY_MASK(NLA_U32, 0x7),
	[CVSWITCH_A_RULE_ARP_OP] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_rule_arp_op_range),
	[CVSWITCH_A_RULE_SENDER_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_TARGET_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_RULE_ND_TARGET] = NLA_POLICY_EXACT_LEN(16),
	[CVSWITCH_A_RULE_ND_TARGET_LEN] = NLA_POLICY_MAX(NLA_U32, 128),
};

/* CVSWITCH_CMD_SWITCH_GET - do */
const struct nla_policy cvswitch_switch_get_nl_policy[CVSWITCH_A_SWITCH_IFINDEX + 1] = {
	[CVSWITCH_A_SWITCH_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_SWITCH_ADD - do */
const struct nla_policy cvswitch_switch_add_nl_policy[CVSWITCH_A_SWITCH_ACL_BUDGET + 1] = {
	[CVSWITCH_A_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[CVSWITCH_A_SWITCH_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_SWITCH_AGEING_TIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_ageing_time_range),
	[CVSWITCH_A_SWITCH_VLAN_AWARE] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_SHORT_PATH] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_fdb_max_range),
	[CVSWITCH_A_SWITCH_NEIGH_SUPPRESS] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_NEIGH_LEARNING] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_ageing_time_range),
	[CVSWITCH_A_SWITCH_NEIGH_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_max_range),
	[CVSWITCH_A_SWITCH_NEIGH_PORT_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_port_max_range),
	[CVSWITCH_A_SWITCH_POLICY] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_ACL_BUDGET] = NLA_POLICY_RANGE(NLA_U32, 1, CVSWITCH_ACL_BUDGET_MAX),
};

/* CVSWITCH_CMD_SWITCH_SET - do */
const struct nla_policy cvswitch_switch_set_nl_policy[CVSWITCH_A_SWITCH_ACL_BUDGET + 1] = {
	[CVSWITCH_A_SWITCH_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_SWITCH_AGEING_TIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_ageing_time_range),
	[CVSWITCH_A_SWITCH_VLAN_AWARE] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_SHORT_PATH] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_fdb_max_range),
	[CVSWITCH_A_SWITCH_NEIGH_SUPPRESS] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_NEIGH_LEARNING] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_ageing_time_range),
	[CVSWITCH_A_SWITCH_NEIGH_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_max_range),
	[CVSWITCH_A_SWITCH_NEIGH_PORT_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_switch_neigh_port_max_range),
	[CVSWITCH_A_SWITCH_POLICY] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_SWITCH_ACL_BUDGET] = NLA_POLICY_RANGE(NLA_U32, 1, CVSWITCH_ACL_BUDGET_MAX),
};

/* CVSWITCH_CMD_SWITCH_DEL - do */
const struct nla_policy cvswitch_switch_del_nl_policy[CVSWITCH_A_SWITCH_IFINDEX + 1] = {
	[CVSWITCH_A_SWITCH_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_PORT_GET - do */
const struct nla_policy cvswitch_port_get_nl_policy[CVSWITCH_A_PORT_IFINDEX + 1] = {
	[CVSWITCH_A_PORT_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_PORT_ADD - do */
const struct nla_policy cvswitch_port_add_nl_policy[CVSWITCH_A_PORT_ROUTER + 1] = {
	[CVSWITCH_A_PORT_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_ISOLATED] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_HAIRPIN] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_BPDU_GUARD] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_LEARNING] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_UNICAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_MULTICAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_BROADCAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_LIMIT_UNICAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_unicast_range),
	[CVSWITCH_A_PORT_LIMIT_MULTICAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_multicast_range),
	[CVSWITCH_A_PORT_LIMIT_BROADCAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_broadcast_range),
	[CVSWITCH_A_PORT_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_fdb_max_range),
	[CVSWITCH_A_PORT_ADMIN_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_TENANT_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_DEFAULT_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_BINDING] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
	[CVSWITCH_A_PORT_IDENTITY] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_DHCP_SERVER] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_ROUTER] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_PORT_SET - do */
const struct nla_policy cvswitch_port_set_nl_policy[CVSWITCH_A_PORT_ROUTER + 1] = {
	[CVSWITCH_A_PORT_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_ISOLATED] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_HAIRPIN] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_BPDU_GUARD] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_LEARNING] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_UNICAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_MULTICAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_FLOOD_BROADCAST] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_LIMIT_UNICAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_unicast_range),
	[CVSWITCH_A_PORT_LIMIT_MULTICAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_multicast_range),
	[CVSWITCH_A_PORT_LIMIT_BROADCAST] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_limit_broadcast_range),
	[CVSWITCH_A_PORT_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_port_fdb_max_range),
	[CVSWITCH_A_PORT_ADMIN_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_TENANT_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_DEFAULT_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PORT_BINDING] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
	[CVSWITCH_A_PORT_IDENTITY] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_DHCP_SERVER] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_PORT_ROUTER] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_PORT_DEL - do */
const struct nla_policy cvswitch_port_del_nl_policy[CVSWITCH_A_PORT_IFINDEX + 1] = {
	[CVSWITCH_A_PORT_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PORT_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_VLAN_GET - do */
const struct nla_policy cvswitch_vlan_get_nl_policy[CVSWITCH_A_VLAN_VID + 1] = {
	[CVSWITCH_A_VLAN_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_VID] = NLA_POLICY_RANGE(NLA_U32, 1, 4094),
};

/* CVSWITCH_CMD_VLAN_ADD - do */
const struct nla_policy cvswitch_vlan_add_nl_policy[CVSWITCH_A_VLAN_UNTAGGED + 1] = {
	[CVSWITCH_A_VLAN_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_VID] = NLA_POLICY_RANGE(NLA_U32, 1, 4094),
	[CVSWITCH_A_VLAN_VID_END] = NLA_POLICY_RANGE(NLA_U32, 1, 4094),
	[CVSWITCH_A_VLAN_PVID] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_VLAN_UNTAGGED] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_VLAN_DEL - do */
const struct nla_policy cvswitch_vlan_del_nl_policy[CVSWITCH_A_VLAN_VID_END + 1] = {
	[CVSWITCH_A_VLAN_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VLAN_VID] = NLA_POLICY_RANGE(NLA_U32, 1, 4094),
	[CVSWITCH_A_VLAN_VID_END] = NLA_POLICY_RANGE(NLA_U32, 1, 4094),
};

/* CVSWITCH_CMD_FDB_GET - do */
const struct nla_policy cvswitch_fdb_get_nl_policy[CVSWITCH_A_FDB_REMOTE + 1] = {
	[CVSWITCH_A_FDB_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_FDB_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_FDB_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_REMOTE] = { .type = NLA_BINARY, },
	[CVSWITCH_A_FDB_KIND] = NLA_POLICY_MAX(NLA_U32, 3),
};

/* CVSWITCH_CMD_FDB_ADD - do */
const struct nla_policy cvswitch_fdb_add_nl_policy[CVSWITCH_A_FDB_REMOTE + 1] = {
	[CVSWITCH_A_FDB_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_FDB_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_FDB_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_REMOTE] = { .type = NLA_BINARY, },
	[CVSWITCH_A_FDB_KIND] = NLA_POLICY_MAX(NLA_U32, 3),
	[CVSWITCH_A_FDB_REPLACE] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_FDB_DEL - do */
const struct nla_policy cvswitch_fdb_del_nl_policy[CVSWITCH_A_FDB_VLAN + 1] = {
	[CVSWITCH_A_FDB_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_FDB_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
};

/* CVSWITCH_CMD_FDB_FLUSH - do */
const struct nla_policy cvswitch_fdb_flush_nl_policy[CVSWITCH_A_FDB_REMOTE + 1] = {
	[CVSWITCH_A_FDB_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_FDB_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_FDB_REMOTE] = { .type = NLA_BINARY, },
	[CVSWITCH_A_FDB_KIND] = NLA_POLICY_MAX(NLA_U32, 3),
};

/* CVSWITCH_CMD_STATS_GET - do */
const struct nla_policy cvswitch_stats_get_nl_policy[CVSWITCH_A_STATS_TUNNEL + 1] = {
	[CVSWITCH_A_STATS_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_STATS_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_STATS_TUNNEL] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_TUNNEL_GET - do */
const struct nla_policy cvswitch_tunnel_get_nl_policy[CVSWITCH_A_TUNNEL_SWITCH + 1] = {
	[CVSWITCH_A_TUNNEL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_TUNNEL_SET - do */
const struct nla_policy cvswitch_tunnel_set_nl_policy[CVSWITCH_A_TUNNEL_REMOTE_MAX + 1] = {
	[CVSWITCH_A_TUNNEL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_TUNNEL_VNI] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_tunnel_vni_range),
	[CVSWITCH_A_TUNNEL_LOCAL] = { .type = NLA_BINARY, },
	[CVSWITCH_A_TUNNEL_PORT] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_tunnel_port_range),
	[CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_tunnel_source_port_min_range),
	[CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_tunnel_source_port_max_range),
	[CVSWITCH_A_TUNNEL_TTL] = NLA_POLICY_MAX(NLA_U32, 255),
	[CVSWITCH_A_TUNNEL_DSCP] = NLA_POLICY_MAX(NLA_U32, CVSWITCH_DSCP_INHERIT),
	[CVSWITCH_A_TUNNEL_DF] = NLA_POLICY_MAX(NLA_U32, 2),
	[CVSWITCH_A_TUNNEL_CHECKSUM] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_TUNNEL_SOURCE] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_TUNNEL_LEARNING] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_TUNNEL_IGNORE_RESERVED] = { .type = NLA_U64, },
	[CVSWITCH_A_TUNNEL_DEVICE] = { .type = NLA_U32, },
	[CVSWITCH_A_TUNNEL_REMOTE_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_tunnel_remote_max_range),
};

/* CVSWITCH_CMD_TUNNEL_DEL - do */
const struct nla_policy cvswitch_tunnel_del_nl_policy[CVSWITCH_A_TUNNEL_SWITCH + 1] = {
	[CVSWITCH_A_TUNNEL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_REMOTE_GET - do */
const struct nla_policy cvswitch_remote_get_nl_policy[CVSWITCH_A_REMOTE_ADDRESS + 1] = {
	[CVSWITCH_A_REMOTE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_ADDRESS] = { .type = NLA_BINARY, },
};

/* CVSWITCH_CMD_REMOTE_ADD - do */
const struct nla_policy cvswitch_remote_add_nl_policy[CVSWITCH_A_REMOTE_FDB_MAX + 1] = {
	[CVSWITCH_A_REMOTE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_ADDRESS] = { .type = NLA_BINARY, },
	[CVSWITCH_A_REMOTE_FLOOD] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_remote_fdb_max_range),
};

/* CVSWITCH_CMD_REMOTE_SET - do */
const struct nla_policy cvswitch_remote_set_nl_policy[CVSWITCH_A_REMOTE_FDB_MAX + 1] = {
	[CVSWITCH_A_REMOTE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_ADDRESS] = { .type = NLA_BINARY, },
	[CVSWITCH_A_REMOTE_FLOOD] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_FDB_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_remote_fdb_max_range),
};

/* CVSWITCH_CMD_REMOTE_DEL - do */
const struct nla_policy cvswitch_remote_del_nl_policy[CVSWITCH_A_REMOTE_ADDRESS + 1] = {
	[CVSWITCH_A_REMOTE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_REMOTE_ADDRESS] = { .type = NLA_BINARY, },
};

/* CVSWITCH_CMD_REMOTE_FLUSH - do */
const struct nla_policy cvswitch_remote_flush_nl_policy[CVSWITCH_A_REMOTE_SWITCH + 1] = {
	[CVSWITCH_A_REMOTE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* CVSWITCH_CMD_VNI_GET - do */
const struct nla_policy cvswitch_vni_get_nl_policy[CVSWITCH_A_VNI_VNI + 1] = {
	[CVSWITCH_A_VNI_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VNI_VNI] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_vni_vni_range),
};

/* CVSWITCH_CMD_VNI_ADD - do */
const struct nla_policy cvswitch_vni_add_nl_policy[CVSWITCH_A_VNI_VLAN + 1] = {
	[CVSWITCH_A_VNI_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VNI_VNI] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_vni_vni_range),
	[CVSWITCH_A_VNI_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
};

/* CVSWITCH_CMD_VNI_DEL - do */
const struct nla_policy cvswitch_vni_del_nl_policy[CVSWITCH_A_VNI_VNI + 1] = {
	[CVSWITCH_A_VNI_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_VNI_VNI] = NLA_POLICY_FULL_RANGE(NLA_U32, &cvswitch_a_vni_vni_range),
};

/* CVSWITCH_CMD_NEIGH_GET - do */
const struct nla_policy cvswitch_neigh_get_nl_policy[CVSWITCH_A_NEIGH_REMOTE + 1] = {
	[CVSWITCH_A_NEIGH_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_IP] = { .type = NLA_BINARY, },
	[CVSWITCH_A_NEIGH_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_NEIGH_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_NEIGH_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_REMOTE] = { .type = NLA_BINARY, },
	[CVSWITCH_A_NEIGH_KIND] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_NEIGH_ADD - do */
const struct nla_policy cvswitch_neigh_add_nl_policy[CVSWITCH_A_NEIGH_REPLACE + 1] = {
	[CVSWITCH_A_NEIGH_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_IP] = { .type = NLA_BINARY, },
	[CVSWITCH_A_NEIGH_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_NEIGH_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_NEIGH_ROUTER] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_REPLACE] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_NEIGH_DEL - do */
const struct nla_policy cvswitch_neigh_del_nl_policy[CVSWITCH_A_NEIGH_VLAN + 1] = {
	[CVSWITCH_A_NEIGH_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_IP] = { .type = NLA_BINARY, },
	[CVSWITCH_A_NEIGH_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
};

/* CVSWITCH_CMD_NEIGH_FLUSH - do */
const struct nla_policy cvswitch_neigh_flush_nl_policy[CVSWITCH_A_NEIGH_REMOTE + 1] = {
	[CVSWITCH_A_NEIGH_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_VLAN] = NLA_POLICY_MAX(NLA_U32, 4094),
	[CVSWITCH_A_NEIGH_MAC] = NLA_POLICY_EXACT_LEN(6),
	[CVSWITCH_A_NEIGH_PORT] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_NEIGH_REMOTE] = { .type = NLA_BINARY, },
	[CVSWITCH_A_NEIGH_KIND] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* CVSWITCH_CMD_PROFILE_GET - do */
const struct nla_policy cvswitch_profile_get_nl_policy[CVSWITCH_A_PROFILE_NAME + 1] = {
	[CVSWITCH_A_PROFILE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PROFILE_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
};

/* CVSWITCH_CMD_PROFILE_ADD - do */
const struct nla_policy cvswitch_profile_add_nl_policy[CVSWITCH_A_PROFILE_EGRESS_DEFAULT + 1] = {
	[CVSWITCH_A_PROFILE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PROFILE_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PROFILE_TIER] = NLA_POLICY_MAX(NLA_U32, 2),
	[CVSWITCH_A_PROFILE_INGRESS_DEFAULT] = NLA_POLICY_MAX(NLA_U32, 4),
	[CVSWITCH_A_PROFILE_EGRESS_DEFAULT] = NLA_POLICY_MAX(NLA_U32, 4),
};

/* CVSWITCH_CMD_PROFILE_SET - do */
const struct nla_policy cvswitch_profile_set_nl_policy[CVSWITCH_A_PROFILE_EGRESS_DEFAULT + 1] = {
	[CVSWITCH_A_PROFILE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PROFILE_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PROFILE_INGRESS_DEFAULT] = NLA_POLICY_MAX(NLA_U32, 4),
	[CVSWITCH_A_PROFILE_EGRESS_DEFAULT] = NLA_POLICY_MAX(NLA_U32, 4),
};

/* CVSWITCH_CMD_PROFILE_DEL - do */
const struct nla_policy cvswitch_profile_del_nl_policy[CVSWITCH_A_PROFILE_NAME + 1] = {
	[CVSWITCH_A_PROFILE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PROFILE_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
};

/* CVSWITCH_CMD_PROFILE_LOAD - do */
const struct nla_policy cvswitch_profile_load_nl_policy[CVSWITCH_A_PROFILE_RULE + 1] = {
	[CVSWITCH_A_PROFILE_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_PROFILE_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_PROFILE_RULE] = NLA_POLICY_NESTED(cvswitch_rule_nl_policy),
};

/* CVSWITCH_CMD_RULE_GET - do */
const struct nla_policy cvswitch_rule_get_nl_policy[CVSWITCH_A_ACL_HANDLE + 1] = {
	[CVSWITCH_A_ACL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_ACL_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_ACL_HANDLE] = { .type = NLA_U32, },
};

/* CVSWITCH_CMD_RULE_ADD - do */
const struct nla_policy cvswitch_rule_add_nl_policy[CVSWITCH_A_ACL_RULE + 1] = {
	[CVSWITCH_A_ACL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_ACL_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_ACL_INDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_ACL_RULE] = NLA_POLICY_NESTED(cvswitch_rule_nl_policy),
};

/* CVSWITCH_CMD_RULE_DEL - do */
const struct nla_policy cvswitch_rule_del_nl_policy[CVSWITCH_A_ACL_HANDLE + 1] = {
	[CVSWITCH_A_ACL_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_ACL_PROFILE] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U32, 1),
	[CVSWITCH_A_ACL_INDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_ACL_HANDLE] = { .type = NLA_U32, },
};

/* CVSWITCH_CMD_GROUP_GET - do */
const struct nla_policy cvswitch_group_get_nl_policy[CVSWITCH_A_GROUP_NAME + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
};

/* CVSWITCH_CMD_GROUP_ADD - do */
const struct nla_policy cvswitch_group_add_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_GROUP_TYPE] = NLA_POLICY_MAX(NLA_U32, 2),
	[CVSWITCH_A_GROUP_MEMBER] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
};

/* CVSWITCH_CMD_GROUP_DEL - do */
const struct nla_policy cvswitch_group_del_nl_policy[CVSWITCH_A_GROUP_NAME + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
};

/* CVSWITCH_CMD_GROUP_FLUSH - do */
const struct nla_policy cvswitch_group_flush_nl_policy[CVSWITCH_A_GROUP_NAME + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
};

/* CVSWITCH_CMD_MEMBER_ADD - do */
const struct nla_policy cvswitch_member_add_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_GROUP_MEMBER] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
};

/* CVSWITCH_CMD_MEMBER_DEL - do */
const struct nla_policy cvswitch_member_del_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_GROUP_MEMBER] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
};

/* CVSWITCH_CMD_MEMBER_GET - do */
const struct nla_policy cvswitch_member_get_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1] = {
	[CVSWITCH_A_GROUP_SWITCH] = NLA_POLICY_MIN(NLA_U32, 1),
	[CVSWITCH_A_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = CVSWITCH_ACL_NAME_MAX, },
	[CVSWITCH_A_GROUP_MEMBER] = NLA_POLICY_NESTED(cvswitch_member_nl_policy),
};

/* Ops table for cvswitch */
const struct genl_ops cvswitch_nl_ops[46] = {
	{
		.cmd		= CVSWITCH_CMD_SWITCH_GET,
		.doit		= cvswitch_nl_switch_get_doit,
		.dumpit		= cvswitch_nl_switch_get_dumpit,
		.policy		= cvswitch_switch_get_nl_policy,
		.maxattr	= CVSWITCH_A_SWITCH_IFINDEX,
	},
	{
		.cmd		= CVSWITCH_CMD_SWITCH_ADD,
		.doit		= cvswitch_nl_switch_add_doit,
		.policy		= cvswitch_switch_add_nl_policy,
		.maxattr	= CVSWITCH_A_SWITCH_ACL_BUDGET,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_SWITCH_SET,
		.doit		= cvswitch_nl_switch_set_doit,
		.policy		= cvswitch_switch_set_nl_policy,
		.maxattr	= CVSWITCH_A_SWITCH_ACL_BUDGET,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_SWITCH_DEL,
		.doit		= cvswitch_nl_switch_del_doit,
		.policy		= cvswitch_switch_del_nl_policy,
		.maxattr	= CVSWITCH_A_SWITCH_IFINDEX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PORT_GET,
		.doit		= cvswitch_nl_port_get_doit,
		.dumpit		= cvswitch_nl_port_get_dumpit,
		.policy		= cvswitch_port_get_nl_policy,
		.maxattr	= CVSWITCH_A_PORT_IFINDEX,
	},
	{
		.cmd		= CVSWITCH_CMD_PORT_ADD,
		.doit		= cvswitch_nl_port_add_doit,
		.policy		= cvswitch_port_add_nl_policy,
		.maxattr	= CVSWITCH_A_PORT_ROUTER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PORT_SET,
		.doit		= cvswitch_nl_port_set_doit,
		.policy		= cvswitch_port_set_nl_policy,
		.maxattr	= CVSWITCH_A_PORT_ROUTER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PORT_DEL,
		.doit		= cvswitch_nl_port_del_doit,
		.policy		= cvswitch_port_del_nl_policy,
		.maxattr	= CVSWITCH_A_PORT_IFINDEX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_VLAN_GET,
		.doit		= cvswitch_nl_vlan_get_doit,
		.dumpit		= cvswitch_nl_vlan_get_dumpit,
		.policy		= cvswitch_vlan_get_nl_policy,
		.maxattr	= CVSWITCH_A_VLAN_VID,
	},
	{
		.cmd		= CVSWITCH_CMD_VLAN_ADD,
		.doit		= cvswitch_nl_vlan_add_doit,
		.policy		= cvswitch_vlan_add_nl_policy,
		.maxattr	= CVSWITCH_A_VLAN_UNTAGGED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_VLAN_DEL,
		.doit		= cvswitch_nl_vlan_del_doit,
		.policy		= cvswitch_vlan_del_nl_policy,
		.maxattr	= CVSWITCH_A_VLAN_VID_END,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_FDB_GET,
		.doit		= cvswitch_nl_fdb_get_doit,
		.dumpit		= cvswitch_nl_fdb_get_dumpit,
		.policy		= cvswitch_fdb_get_nl_policy,
		.maxattr	= CVSWITCH_A_FDB_REMOTE,
	},
	{
		.cmd		= CVSWITCH_CMD_FDB_ADD,
		.doit		= cvswitch_nl_fdb_add_doit,
		.policy		= cvswitch_fdb_add_nl_policy,
		.maxattr	= CVSWITCH_A_FDB_REMOTE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_FDB_DEL,
		.doit		= cvswitch_nl_fdb_del_doit,
		.policy		= cvswitch_fdb_del_nl_policy,
		.maxattr	= CVSWITCH_A_FDB_VLAN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_FDB_FLUSH,
		.doit		= cvswitch_nl_fdb_flush_doit,
		.policy		= cvswitch_fdb_flush_nl_policy,
		.maxattr	= CVSWITCH_A_FDB_REMOTE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_STATS_GET,
		.doit		= cvswitch_nl_stats_get_doit,
		.dumpit		= cvswitch_nl_stats_get_dumpit,
		.policy		= cvswitch_stats_get_nl_policy,
		.maxattr	= CVSWITCH_A_STATS_TUNNEL,
	},
	{
		.cmd		= CVSWITCH_CMD_TUNNEL_GET,
		.doit		= cvswitch_nl_tunnel_get_doit,
		.dumpit		= cvswitch_nl_tunnel_get_dumpit,
		.policy		= cvswitch_tunnel_get_nl_policy,
		.maxattr	= CVSWITCH_A_TUNNEL_SWITCH,
	},
	{
		.cmd		= CVSWITCH_CMD_TUNNEL_SET,
		.doit		= cvswitch_nl_tunnel_set_doit,
		.policy		= cvswitch_tunnel_set_nl_policy,
		.maxattr	= CVSWITCH_A_TUNNEL_REMOTE_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_TUNNEL_DEL,
		.doit		= cvswitch_nl_tunnel_del_doit,
		.policy		= cvswitch_tunnel_del_nl_policy,
		.maxattr	= CVSWITCH_A_TUNNEL_SWITCH,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_REMOTE_GET,
		.doit		= cvswitch_nl_remote_get_doit,
		.dumpit		= cvswitch_nl_remote_get_dumpit,
		.policy		= cvswitch_remote_get_nl_policy,
		.maxattr	= CVSWITCH_A_REMOTE_ADDRESS,
	},
	{
		.cmd		= CVSWITCH_CMD_REMOTE_ADD,
		.doit		= cvswitch_nl_remote_add_doit,
		.policy		= cvswitch_remote_add_nl_policy,
		.maxattr	= CVSWITCH_A_REMOTE_FDB_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_REMOTE_SET,
		.doit		= cvswitch_nl_remote_set_doit,
		.policy		= cvswitch_remote_set_nl_policy,
		.maxattr	= CVSWITCH_A_REMOTE_FDB_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_REMOTE_DEL,
		.doit		= cvswitch_nl_remote_del_doit,
		.policy		= cvswitch_remote_del_nl_policy,
		.maxattr	= CVSWITCH_A_REMOTE_ADDRESS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_REMOTE_FLUSH,
		.doit		= cvswitch_nl_remote_flush_doit,
		.policy		= cvswitch_remote_flush_nl_policy,
		.maxattr	= CVSWITCH_A_REMOTE_SWITCH,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_VNI_GET,
		.doit		= cvswitch_nl_vni_get_doit,
		.dumpit		= cvswitch_nl_vni_get_dumpit,
		.policy		= cvswitch_vni_get_nl_policy,
		.maxattr	= CVSWITCH_A_VNI_VNI,
	},
	{
		.cmd		= CVSWITCH_CMD_VNI_ADD,
		.doit		= cvswitch_nl_vni_add_doit,
		.policy		= cvswitch_vni_add_nl_policy,
		.maxattr	= CVSWITCH_A_VNI_VLAN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_VNI_DEL,
		.doit		= cvswitch_nl_vni_del_doit,
		.policy		= cvswitch_vni_del_nl_policy,
		.maxattr	= CVSWITCH_A_VNI_VNI,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_NEIGH_GET,
		.doit		= cvswitch_nl_neigh_get_doit,
		.dumpit		= cvswitch_nl_neigh_get_dumpit,
		.policy		= cvswitch_neigh_get_nl_policy,
		.maxattr	= CVSWITCH_A_NEIGH_REMOTE,
	},
	{
		.cmd		= CVSWITCH_CMD_NEIGH_ADD,
		.doit		= cvswitch_nl_neigh_add_doit,
		.policy		= cvswitch_neigh_add_nl_policy,
		.maxattr	= CVSWITCH_A_NEIGH_REPLACE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_NEIGH_DEL,
		.doit		= cvswitch_nl_neigh_del_doit,
		.policy		= cvswitch_neigh_del_nl_policy,
		.maxattr	= CVSWITCH_A_NEIGH_VLAN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_NEIGH_FLUSH,
		.doit		= cvswitch_nl_neigh_flush_doit,
		.policy		= cvswitch_neigh_flush_nl_policy,
		.maxattr	= CVSWITCH_A_NEIGH_REMOTE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PROFILE_GET,
		.doit		= cvswitch_nl_profile_get_doit,
		.dumpit		= cvswitch_nl_profile_get_dumpit,
		.policy		= cvswitch_profile_get_nl_policy,
		.maxattr	= CVSWITCH_A_PROFILE_NAME,
	},
	{
		.cmd		= CVSWITCH_CMD_PROFILE_ADD,
		.doit		= cvswitch_nl_profile_add_doit,
		.policy		= cvswitch_profile_add_nl_policy,
		.maxattr	= CVSWITCH_A_PROFILE_EGRESS_DEFAULT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PROFILE_SET,
		.doit		= cvswitch_nl_profile_set_doit,
		.policy		= cvswitch_profile_set_nl_policy,
		.maxattr	= CVSWITCH_A_PROFILE_EGRESS_DEFAULT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PROFILE_DEL,
		.doit		= cvswitch_nl_profile_del_doit,
		.policy		= cvswitch_profile_del_nl_policy,
		.maxattr	= CVSWITCH_A_PROFILE_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_PROFILE_LOAD,
		.doit		= cvswitch_nl_profile_load_doit,
		.policy		= cvswitch_profile_load_nl_policy,
		.maxattr	= CVSWITCH_A_PROFILE_RULE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_RULE_GET,
		.doit		= cvswitch_nl_rule_get_doit,
		.dumpit		= cvswitch_nl_rule_get_dumpit,
		.policy		= cvswitch_rule_get_nl_policy,
		.maxattr	= CVSWITCH_A_ACL_HANDLE,
	},
	{
		.cmd		= CVSWITCH_CMD_RULE_ADD,
		.doit		= cvswitch_nl_rule_add_doit,
		.policy		= cvswitch_rule_add_nl_policy,
		.maxattr	= CVSWITCH_A_ACL_RULE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_RULE_DEL,
		.doit		= cvswitch_nl_rule_del_doit,
		.policy		= cvswitch_rule_del_nl_policy,
		.maxattr	= CVSWITCH_A_ACL_HANDLE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_GROUP_GET,
		.doit		= cvswitch_nl_group_get_doit,
		.dumpit		= cvswitch_nl_group_get_dumpit,
		.policy		= cvswitch_group_get_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_NAME,
	},
	{
		.cmd		= CVSWITCH_CMD_GROUP_ADD,
		.doit		= cvswitch_nl_group_add_doit,
		.policy		= cvswitch_group_add_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_MEMBER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_GROUP_DEL,
		.doit		= cvswitch_nl_group_del_doit,
		.policy		= cvswitch_group_del_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_GROUP_FLUSH,
		.doit		= cvswitch_nl_group_flush_doit,
		.policy		= cvswitch_group_flush_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_MEMBER_ADD,
		.doit		= cvswitch_nl_member_add_doit,
		.policy		= cvswitch_member_add_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_MEMBER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_MEMBER_DEL,
		.doit		= cvswitch_nl_member_del_doit,
		.policy		= cvswitch_member_del_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_MEMBER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= CVSWITCH_CMD_MEMBER_GET,
		.doit		= cvswitch_nl_member_get_doit,
		.dumpit		= cvswitch_nl_member_get_dumpit,
		.policy		= cvswitch_member_get_nl_policy,
		.maxattr	= CVSWITCH_A_GROUP_MEMBER,
	},
};

