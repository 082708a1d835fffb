/* SPDX-License-Identifier: GPL-2.0 */
/* A switch: one network device, one layer 2 network. */
#ifndef CVS_SWITCH_H
#define CVS_SWITCH_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cvswitch.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/workqueue.h>

#include "cvs_fdb.h"
#include "cvs_group.h"
#include "cvs_limit.h"
#include "cvs_neigh.h"
#include "cvs_stats.h"

struct cvs_port;
struct cvs_tunnel;
struct netlink_ext_ack;

enum cvs_switch_flag {
	CVS_SWITCH_LIVE,		/* registered, and not on its way out */
	CVS_SWITCH_VLAN_AWARE,
	CVS_SWITCH_SHORT_PATH,
	CVS_SWITCH_NEIGH_SUPPRESS,	/* answer in neighbours' place */
	CVS_SWITCH_NEIGH_LEARNING,	/* and learn them */
	CVS_SWITCH_PROMISC,		/* the host wants every frame */
	CVS_SWITCH_MTU_BY_HAND,		/* and no longer what the others take */
	CVS_SWITCH_CLOSED,		/* what no profile decides about doesn't pass */
};

/**
 * struct cvs_switch_config - settings of a switch
 * @ageing_time: seconds, 0 is never
 * @fdb_max: most entries of the FDB
 * @vlan_aware: keep VLANs apart
 * @short_path: skip the second half of veth pairs where that is possible
 * @neigh_suppress: answer ARP and neighbour solicitations in neighbours' place
 * @neigh_learning: and learn who they are
 * @neigh: limits of what is known of them
 * @closed: drop frames of ports that no profile decides about
 * @acl_budget: most steps that a profile may make a frame take
 */
struct cvs_switch_config {
	u32 ageing_time;
	u32 fdb_max;
	bool vlan_aware;
	bool short_path;
	bool neigh_suppress;
	bool neigh_learning;
	struct cvs_neigh_config neigh;
	bool closed;
	u32 acl_budget;
};

extern const struct cvs_switch_config cvs_switch_config_default;

/**
 * struct cvs_switch - private data of a switch's device
 * @flags: bits of &enum cvs_switch_flag; written under RTNL
 * @dev: the device
 * @host: the host's own port, which has the same device
 * @ports: the other ports; written under RTNL, read under RCU
 * @tunnel: what connects it with other hosts, or NULL; written under RTNL
 * @fdb: where addresses are
 * @neighs: whose IP addresses they are
 * @groups: sets that rules refer to
 * @profiles: sets of rules that ports have, under RTNL
 * @profile_count: how many, under RTNL
 * @next_profile: number of the next one, under RTNL
 * @acl_budget: most steps that a profile may make a frame take, under RTNL
 * @port_count: length of @ports, under RTNL
 * @offered_mtu: longest packet that every way out takes, see cvs_mtu.c
 * @gone_lock: for @gone; taken in softirq
 * @gone: what ports that have left had counted, so that totals stay true
 * @drop_limit: how many drops a second are reported one by one
 * @drops_lost: drops since the last report that were only counted
 * @acl_limit: how many frames a second that rules log are reported
 * @acl_lost: such frames since the last report that were only counted
 * @node: in the namespace's list of switches, under RTNL
 */
struct cvs_switch {
	unsigned long flags;
	struct net_device *dev;
	struct cvs_port *host;
	struct list_head ports;
	struct cvs_tunnel __rcu *tunnel;
	struct cvs_fdb fdb;
	struct cvs_neigh_table neighs;
	struct cvs_group_table groups;
	struct list_head profiles;
	u32 profile_count;
	u32 next_profile;
	u32 acl_budget;

	u32 port_count;
	u32 offered_mtu;
	spinlock_t gone_lock;	/* for gone, BH off */
	struct cvs_stats_sum gone;
	struct cvs_limit drop_limit;
	atomic_t drops_lost;
	struct cvs_limit acl_limit;
	atomic_t acl_lost;
	struct list_head node;
};

/**
 * struct cvs_net - what a network namespace has of switches
 * @switches: all of them, under RTNL
 * @udps: UDP ports that their tunnels receive at, under RTNL
 * @underlay_work: updates those with a tunnel when their underlay has changed
 * @config_seq: grows with every change of switches, ports and VLANs
 * @fdb_seq: grows with every change of any FDB
 * @neigh_seq: grows with every change of any switch's neighbours
 * @acl_seq: grows with every change of any profile or group
 * @acl_lock: held while any profile's rules are changed, which goes on without
 *	RTNL between; taken before it
 */
struct cvs_net {
	struct list_head switches;
	struct list_head udps;
	struct work_struct underlay_work;
	atomic_t config_seq;
	atomic_t fdb_seq;
	atomic_t neigh_seq;
	atomic_t acl_seq;
	struct mutex acl_lock;		/* before RTNL */
};

extern const struct net_device_ops cvs_netdev_ops;

struct cvs_net *cvs_net(const struct net *net);
int cvs_net_init(void);
void cvs_net_exit(void);

static inline bool cvs_switch_dev_is(const struct net_device *dev)
{
	return dev->netdev_ops == &cvs_netdev_ops;
}

int cvs_switch_init(struct net_device *dev);
void cvs_switch_free(struct net_device *dev);
void cvs_switch_publish(struct cvs_switch *sw);
void cvs_switch_withdraw(struct cvs_switch *sw);
struct cvs_switch *cvs_switch_get(struct net *net, u32 ifindex,
				  struct netlink_ext_ack *extack);

void cvs_switch_get_config(const struct cvs_switch *sw, struct cvs_switch_config *config);
void cvs_switch_set_config(struct cvs_switch *sw, const struct cvs_switch_config *config);
int cvs_switch_set_address(struct cvs_switch *sw, const u8 *addr,
			   struct netlink_ext_ack *extack);
void cvs_switch_update_state(struct cvs_switch *sw);
struct cvs_port *cvs_switch_port(struct cvs_switch *sw, u32 ifindex,
				 struct netlink_ext_ack *extack);
void cvs_switch_sum(struct cvs_switch *sw, struct cvs_stats_sum *sum);
void cvs_switch_touch(const struct cvs_switch *sw);
void cvs_switch_touch_acl(const struct cvs_switch *sw);

#endif /* CVS_SWITCH_H */
