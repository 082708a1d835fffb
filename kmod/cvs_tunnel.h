/* SPDX-License-Identifier: GPL-2.0 */
/* A switch's tunnel: what connects it with its likes on other hosts. */
#ifndef CVS_TUNNEL_H
#define CVS_TUNNEL_H

#include <linux/cvswitch.h>
#include <linux/in6.h>
#include <linux/list.h>
#include <linux/rhashtable.h>
#include <linux/xarray.h>

#include "cvs_queue.h"
#include "cvs_vni.h"

struct cvs_port;
struct cvs_remote;
struct cvs_switch;
struct cvs_udp;
struct netlink_ext_ack;

/**
 * struct cvs_tunnel_config - settings of a tunnel, never changed once published
 * @local: address that it sends from
 * @ignore_reserved: bits of the VXLAN header that may be set, see cvs_vxlan.h
 * @vni: the switch's own VNI; -1 is none
 * @device: ifindex of the device or VRF to reach remotes by, or 0
 * @remote_max: most remotes
 * @port: UDP port, host byte order
 * @source_min: lowest UDP port to send from; 0 for the namespace's range
 * @source_max: highest one
 * @ttl: TTL or hop limit; 0 for the namespace's
 * @dscp: DSCP, or CVSWITCH_DSCP_INHERIT
 * @df: &enum cvswitch_tunnel_df
 * @source: &enum cvswitch_tunnel_source
 * @checksum: send with a UDP checksum
 * @zero_checksum_rx: accept IPv6 datagrams without a checksum
 * @learning: learn what is behind which remote
 * @rcu: for freeing
 */
struct cvs_tunnel_config {
	struct in6_addr local;
	u64 ignore_reserved;
	s32 vni;
	int device;
	u32 remote_max;
	u16 port;
	u16 source_min;
	u16 source_max;
	u8 ttl;
	u8 dscp;
	u8 df;
	u8 source;
	bool checksum;
	bool zero_checksum_rx;
	bool learning;
	struct rcu_head rcu;
};

extern const struct cvs_tunnel_config cvs_tunnel_config_default;

/**
 * struct cvs_tunnel - a switch's tunnel
 * @sw: the switch
 * @port: the port by which frames of remotes come in and leave
 * @udp: the socket; written under RTNL
 * @config: settings; written under RTNL
 * @vnis: VNIs by VLAN
 * @remotes: remotes by address, read under RCU
 * @flood: those that get what is flooded
 * @flood_count: length of @flood
 * @ids: remotes by number
 * @remote_count: all of them, under RTNL
 * @queue: frames that wait to be replicated to many remotes
 * @rcu: for freeing
 */
struct cvs_tunnel {
	struct cvs_switch *sw;
	struct cvs_port *port;
	struct cvs_udp *udp;
	const struct cvs_tunnel_config __rcu *config;
	struct cvs_vni_map vnis;
	struct rhashtable remotes;
	struct list_head flood;
	u32 flood_count;
	struct xarray ids;
	u32 remote_count;
	struct cvs_queue queue;
	struct rcu_head rcu;
};

struct cvs_tunnel *cvs_tunnel_get(const struct cvs_switch *sw, struct netlink_ext_ack *extack);
int cvs_tunnel_set(struct cvs_switch *sw, const struct cvs_tunnel_config *config,
		   struct netlink_ext_ack *extack);
void cvs_tunnel_del(struct cvs_switch *sw);
unsigned int cvs_tunnel_headroom(const struct cvs_switch *sw);
unsigned int cvs_tunnel_mtu(const struct cvs_switch *sw);

#endif /* CVS_TUNNEL_H */
