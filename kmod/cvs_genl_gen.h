/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/cvswitch.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_CVSWITCH_GEN_H
#define _LINUX_CVSWITCH_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <linux/cvswitch.h>

/* Common nested types */
extern const struct nla_policy cvswitch_member_nl_policy[CVSWITCH_A_MEMBER_PORT_END + 1];
extern const struct nla_policy cvswitch_rule_nl_policy[CVSWITCH_A_RULE_ND_TARGET_LEN + 1];

extern const struct nla_policy cvswitch_switch_get_nl_policy[CVSWITCH_A_SWITCH_IFINDEX + 1];

extern const struct nla_policy cvswitch_switch_add_nl_policy[CVSWITCH_A_SWITCH_ACL_BUDGET + 1];

extern const struct nla_policy cvswitch_switch_set_nl_policy[CVSWITCH_A_SWITCH_ACL_BUDGET + 1];

extern const struct nla_policy cvswitch_switch_del_nl_policy[CVSWITCH_A_SWITCH_IFINDEX + 1];

extern const struct nla_policy cvswitch_port_get_nl_policy[CVSWITCH_A_PORT_IFINDEX + 1];

extern const struct nla_policy cvswitch_port_add_nl_policy[CVSWITCH_A_PORT_ROUTER + 1];

extern const struct nla_policy cvswitch_port_set_nl_policy[CVSWITCH_A_PORT_ROUTER + 1];

extern const struct nla_policy cvswitch_port_del_nl_policy[CVSWITCH_A_PORT_IFINDEX + 1];

extern const struct nla_policy cvswitch_vlan_get_nl_policy[CVSWITCH_A_VLAN_VID + 1];

extern const struct nla_policy cvswitch_vlan_add_nl_policy[CVSWITCH_A_VLAN_UNTAGGED + 1];

extern const struct nla_policy cvswitch_vlan_del_nl_policy[CVSWITCH_A_VLAN_VID_END + 1];

extern const struct nla_policy cvswitch_fdb_get_nl_policy[CVSWITCH_A_FDB_REMOTE + 1];

extern const struct nla_policy cvswitch_fdb_add_nl_policy[CVSWITCH_A_FDB_REMOTE + 1];

extern const struct nla_policy cvswitch_fdb_del_nl_policy[CVSWITCH_A_FDB_VLAN + 1];

extern const struct nla_policy cvswitch_fdb_flush_nl_policy[CVSWITCH_A_FDB_REMOTE + 1];

extern const struct nla_policy cvswitch_stats_get_nl_policy[CVSWITCH_A_STATS_TUNNEL + 1];

extern const struct nla_policy cvswitch_tunnel_get_nl_policy[CVSWITCH_A_TUNNEL_SWITCH + 1];

extern const struct nla_policy cvswitch_tunnel_set_nl_policy[CVSWITCH_A_TUNNEL_REMOTE_MAX + 1];

extern const struct nla_policy cvswitch_tunnel_del_nl_policy[CVSWITCH_A_TUNNEL_SWITCH + 1];

extern const struct nla_policy cvswitch_remote_get_nl_policy[CVSWITCH_A_REMOTE_ADDRESS + 1];

extern const struct nla_policy cvswitch_remote_add_nl_policy[CVSWITCH_A_REMOTE_FDB_MAX + 1];

extern const struct nla_policy cvswitch_remote_set_nl_policy[CVSWITCH_A_REMOTE_FDB_MAX + 1];

extern const struct nla_policy cvswitch_remote_del_nl_policy[CVSWITCH_A_REMOTE_ADDRESS + 1];

extern const struct nla_policy cvswitch_remote_flush_nl_policy[CVSWITCH_A_REMOTE_SWITCH + 1];

extern const struct nla_policy cvswitch_vni_get_nl_policy[CVSWITCH_A_VNI_VNI + 1];

extern const struct nla_policy cvswitch_vni_add_nl_policy[CVSWITCH_A_VNI_VLAN + 1];

extern const struct nla_policy cvswitch_vni_del_nl_policy[CVSWITCH_A_VNI_VNI + 1];

extern const struct nla_policy cvswitch_neigh_get_nl_policy[CVSWITCH_A_NEIGH_REMOTE + 1];

extern const struct nla_policy cvswitch_neigh_add_nl_policy[CVSWITCH_A_NEIGH_REPLACE + 1];

extern const struct nla_policy cvswitch_neigh_del_nl_policy[CVSWITCH_A_NEIGH_VLAN + 1];

extern const struct nla_policy cvswitch_neigh_flush_nl_policy[CVSWITCH_A_NEIGH_REMOTE + 1];

extern const struct nla_policy cvswitch_profile_get_nl_policy[CVSWITCH_A_PROFILE_NAME + 1];

extern const struct nla_policy cvswitch_profile_add_nl_policy[CVSWITCH_A_PROFILE_EGRESS_DEFAULT + 1];

extern const struct nla_policy cvswitch_profile_set_nl_policy[CVSWITCH_A_PROFILE_EGRESS_DEFAULT + 1];

extern const struct nla_policy cvswitch_profile_del_nl_policy[CVSWITCH_A_PROFILE_NAME + 1];

extern const struct nla_policy cvswitch_profile_load_nl_policy[CVSWITCH_A_PROFILE_RULE + 1];

extern const struct nla_policy cvswitch_rule_get_nl_policy[CVSWITCH_A_ACL_HANDLE + 1];

extern const struct nla_policy cvswitch_rule_add_nl_policy[CVSWITCH_A_ACL_RULE + 1];

extern const struct nla_policy cvswitch_rule_del_nl_policy[CVSWITCH_A_ACL_HANDLE + 1];

extern const struct nla_policy cvswitch_group_get_nl_policy[CVSWITCH_A_GROUP_NAME + 1];

extern const struct nla_policy cvswitch_group_add_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1];

extern const struct nla_policy cvswitch_group_del_nl_policy[CVSWITCH_A_GROUP_NAME + 1];

extern const struct nla_policy cvswitch_group_flush_nl_policy[CVSWITCH_A_GROUP_NAME + 1];

extern const struct nla_policy cvswitch_member_add_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1];

extern const struct nla_policy cvswitch_member_del_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1];

extern const struct nla_policy cvswitch_member_get_nl_policy[CVSWITCH_A_GROUP_MEMBER + 1];

/* Ops table for cvswitch */
extern const struct genl_ops cvswitch_nl_ops[46];

int cvswitch_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_switch_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int cvswitch_nl_switch_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_switch_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_port_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int cvswitch_nl_port_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_port_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vlan_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vlan_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int cvswitch_nl_vlan_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vlan_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_fdb_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_fdb_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int cvswitch_nl_fdb_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_fdb_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_fdb_flush_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_stats_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int cvswitch_nl_tunnel_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_tunnel_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int cvswitch_nl_tunnel_set_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_tunnel_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_remote_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_remote_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int cvswitch_nl_remote_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_remote_set_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_remote_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_remote_flush_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vni_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vni_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int cvswitch_nl_vni_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_vni_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_neigh_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_neigh_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int cvswitch_nl_neigh_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_neigh_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_neigh_flush_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_profile_get_dumpit(struct sk_buff *skb,
				   struct netlink_callback *cb);
int cvswitch_nl_profile_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_profile_load_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_rule_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_rule_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int cvswitch_nl_rule_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_rule_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_group_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_group_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int cvswitch_nl_group_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_group_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_group_flush_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_member_add_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_member_del_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_member_get_doit(struct sk_buff *skb, struct genl_info *info);
int cvswitch_nl_member_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);

enum {
	CVSWITCH_NLGRP_CONFIG,
	CVSWITCH_NLGRP_FDB,
	CVSWITCH_NLGRP_DROPS,
	CVSWITCH_NLGRP_ACL,
};

#endif /* _LINUX_CVSWITCH_GEN_H */
