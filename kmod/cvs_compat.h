/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only file that knows kernels differ. It offers each function under its
 * modern name, or one of ours where the modern name can't be had, and goes by
 * what scripts/probe.sh found out, never by a version number. Force-included.
 */
#ifndef CVS_COMPAT_H
#define CVS_COMPAT_H

#include <linux/etherdevice.h>	/* and with it the unaligned.h of this kernel */
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <net/genetlink.h>
#include <net/netlink.h>
#include <net/inet_dscp.h>
#include <net/route.h>
#include <net/rtnetlink.h>
#include <net/udp_tunnel.h>

#include "cvs_config.h"

#if !CVS_HAVE_NETDEV_HOLD
#error "cvswitch needs Linux 6.1 or later"
#endif

#if CVS_HAVE_NET_GSO_H
#include <net/gso.h>
#endif
#if CVS_HAVE_NET_NETDEV_LOCK_H
#include <net/netdev_lock.h>
#endif
#if CVS_HAVE_NET_NETDEV_RX_QUEUE_H
#include <net/netdev_rx_queue.h>
#endif
#if CVS_HAVE_NET_RPS_H
#include <net/rps.h>
#endif

#if !CVS_HAVE_GENL_SPLIT_OPS
#define genl_split_ops genl_ops
#endif

#if !CVS_HAVE_SYSTEM_DFL_WQ
#define system_dfl_wq	system_unbound_wq
#endif

#if CVS_HAVE_UDP_TUNNEL_SK
#define CVS_TUNNEL_SOCK(sock)	((sock)->sk)
#else
#define CVS_TUNNEL_SOCK(sock)	(sock)
#endif

#if CVS_HAVE_UDP_TUNNEL_CB_FLAGS
#define cvs_udp_tunnel_xmit(rt, sk, skb, src, dst, tos, ttl, df, sport, dport, nocheck) \
	udp_tunnel_xmit_skb(rt, sk, skb, src, dst, tos, ttl, df, sport, dport, true, nocheck, 0)
#define cvs_udp_tunnel6_xmit(d, sk, skb, src, dst, prio, ttl, sport, dport, nocheck) \
	udp_tunnel6_xmit_skb(d, sk, skb, NULL, src, dst, prio, ttl, 0, sport, dport, nocheck, 0)
#else
#define cvs_udp_tunnel_xmit(rt, sk, skb, src, dst, tos, ttl, df, sport, dport, nocheck) \
	udp_tunnel_xmit_skb(rt, sk, skb, src, dst, tos, ttl, df, sport, dport, true, nocheck)
#define cvs_udp_tunnel6_xmit(d, sk, skb, src, dst, prio, ttl, sport, dport, nocheck) \
	udp_tunnel6_xmit_skb(d, sk, skb, NULL, (struct in6_addr *)(src),	\
			     (struct in6_addr *)(dst), prio, ttl, 0, sport, dport, nocheck)
#endif

#if !CVS_HAVE_MAC_SOCKADDR_STORAGE
#define dev_set_mac_address(dev, ss, extack) \
	dev_set_mac_address(dev, (struct sockaddr *)(ss), extack)
#endif

#if !CVS_HAVE_NETLINK_RANGE_CONST
#undef NLA_POLICY_FULL_RANGE
#define NLA_POLICY_FULL_RANGE(tp, _range) {				\
	.type = NLA_ENSURE_UINT_OR_BINARY_TYPE(tp),			\
	.validation_type = NLA_VALIDATE_RANGE_PTR,			\
	.range = (struct netlink_range_validation *)(_range),		\
}
#endif

#if !CVS_HAVE_NL_SET_ERR_MSG_FMT
/* Without formats, say the sentence that holds for any argument. */
#define CVS_ERR_MSG_FMT(extack, plain, fmt, args...) \
	NL_SET_ERR_MSG(extack, plain)
#else
#define CVS_ERR_MSG_FMT(extack, plain, fmt, args...) \
	NL_SET_ERR_MSG_FMT(extack, fmt, ##args)
#endif

/* The parsed attributes of the request that a dump answers. */
static inline struct nlattr **cvs_dump_attrs(struct netlink_callback *cb)
{
#if CVS_HAVE_GENL_INFO_DUMP
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/* Where ndo_fdb_dump() has to go on. */
static inline unsigned long cvs_fdb_dump_idx(const struct netlink_callback *cb)
{
#if CVS_HAVE_NDO_FDB_DUMP_CONTEXT
	return ((const struct ndo_fdb_dump_context *)cb->ctx)->fdb_idx;
#else
	return cb->args[2];
#endif
}

static inline void cvs_netdev_set_lltx(struct net_device *dev)
{
#if CVS_HAVE_NETDEV_LLTX
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

static inline void cvs_netdev_set_netns_immutable(struct net_device *dev)
{
#if CVS_HAVE_NETDEV_NETNS_IMMUTABLE
	dev->netns_immutable = true;
#else
	dev->features |= NETIF_F_NETNS_LOCAL;
#endif
}

/* May a frame be counted as transmitted by veth device @dev from outside? */
static inline bool cvs_veth_countable(const struct net_device *dev)
{
#if CVS_HAVE_NETDEV_PCPU_STAT_TYPE
	return dev->pcpu_stat_type == NETDEV_PCPU_STAT_TSTATS;
#else
	return true;
#endif
}

/* Count a frame as transmitted by veth device @dev. Context: BH off. */
static inline void cvs_veth_count_tx(struct net_device *dev, unsigned int len)
{
#if CVS_HAVE_NETDEV_PCPU_STAT_TYPE
	dev_sw_netstats_tx_add(dev, 1, len);
#else
	dev_lstats_add(dev, len);
#endif
}

/* The tc and netfilter hooks at @dev's egress, ORed: 0 is none. */
static inline unsigned long cvs_netdev_egress_hooks(const struct net_device *dev)
{
	unsigned long hooks = 0;

#ifdef CONFIG_NETFILTER_EGRESS
	hooks |= (unsigned long)rcu_access_pointer(dev->nf_hooks_egress);
#endif
#if CVS_HAVE_NETDEV_TCX_EGRESS
	hooks |= (unsigned long)rcu_access_pointer(dev->tcx_egress);
#elif defined(CONFIG_NET_EGRESS) && defined(CONFIG_NET_CLS_ACT)
	hooks |= (unsigned long)rcu_access_pointer(dev->miniq_egress);
#endif
	return hooks;
}

/* Does @dev have VLAN devices above it, which see frames before rx_handlers? */
static inline bool cvs_netdev_has_vlans(const struct net_device *dev)
{
#if IS_ENABLED(CONFIG_VLAN_8021Q)
	return rcu_access_pointer(dev->vlan_info);
#else
	return false;
#endif
}

/* Does VLAN device @dev leave its tag between the addresses and the type? */
static inline bool cvs_vlan_dev_leaves_tag(const struct net_device *dev)
{
#if IS_ENABLED(CONFIG_VLAN_8021Q)
	return is_vlan_dev(dev) && !(vlan_dev_priv(dev)->flags & VLAN_FLAG_REORDER_HDR);
#else
	return false;
#endif
}

/* Does any device steer its receive packets? Usually none does, for free. */
static inline bool cvs_rps_needed(void)
{
#ifdef CONFIG_RPS
	return static_branch_unlikely(&rps_needed);
#else
	return false;
#endif
}

/* Does receive queue @queue steer its packets to other CPUs? */
static inline bool cvs_netdev_queue_rps(const struct netdev_rx_queue *queue)
{
#ifdef CONFIG_RPS
	/* The flow table is a pointer, or a word that holds one and its size. */
	return rcu_access_pointer(queue->rps_map) ||
	       READ_ONCE(queue->rps_flow_table);
#else
	return false;
#endif
}

/* What the DSCP of a flow is called differs. */
static inline void cvs_flow_set_dsfield(struct flowi4 *flow, u8 dsfield)
{
#if CVS_HAVE_FLOWI4_DSCP
	flow->flowi4_dscp = inet_dsfield_to_dscp(dsfield);
#else
	flow->flowi4_tos = dsfield & INET_DSCP_MASK;
#endif
}

/* Link operations whose prototypes changed: the head of the definition. */
#if CVS_HAVE_NEWLINK_PARAMS
#define CVS_NEWLINK(name)						\
	name(struct net_device *dev, struct rtnl_newlink_params *params, \
	     struct netlink_ext_ack *extack)
#define CVS_NEWLINK_TB		(params->tb)
#define CVS_NEWLINK_DATA	(params->data)
#else
#define CVS_NEWLINK(name)						\
	name(struct net *src_net, struct net_device *dev,		\
	     struct nlattr **tb, struct nlattr **data,			\
	     struct netlink_ext_ack *extack)
#define CVS_NEWLINK_TB		(tb)
#define CVS_NEWLINK_DATA	(data)
#endif

#if CVS_HAVE_NDO_FDB_NOTIFIED
#define CVS_NDO_FDB_ADD(name)						\
	name(struct ndmsg *ndm, struct nlattr *tb[],			\
	     struct net_device *dev, const unsigned char *addr, u16 vid, \
	     u16 flags, bool *notified, struct netlink_ext_ack *extack)
#define CVS_NDO_FDB_DEL(name)						\
	name(struct ndmsg *ndm, struct nlattr *tb[],			\
	     struct net_device *dev, const unsigned char *addr, u16 vid, \
	     bool *notified, struct netlink_ext_ack *extack)
#else
#define CVS_NDO_FDB_ADD(name)						\
	name(struct ndmsg *ndm, struct nlattr *tb[],			\
	     struct net_device *dev, const unsigned char *addr, u16 vid, \
	     u16 flags, struct netlink_ext_ack *extack)
#define CVS_NDO_FDB_DEL(name)						\
	name(struct ndmsg *ndm, struct nlattr *tb[],			\
	     struct net_device *dev, const unsigned char *addr, u16 vid, \
	     struct netlink_ext_ack *extack)
#endif

#endif /* CVS_COMPAT_H */
