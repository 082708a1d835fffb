/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A port: a network device enslaved to a switch, the switch's host port, or its
 * tunnel.
 */
#ifndef CVS_PORT_H
#define CVS_PORT_H

#include <linux/bitops.h>
#include <linux/cvswitch.h>
#include <linux/netdevice.h>

#include "cvs_fdb.h"
#include "cvs_key.h"
#include "cvs_limit.h"

struct cvs_identity;
struct cvs_port_acl;
struct cvs_stats;
struct cvs_switch;
struct cvs_vlan_set;
struct netlink_ext_ack;

#define CVS_PORTS_MAX		4096

enum cvs_port_flag {
	/* Settings, changed under RTNL. */
	CVS_PORT_LEARNING,
	CVS_PORT_FLOOD,				/* one for each class */
	CVS_PORT_FLOOD_LAST = CVS_PORT_FLOOD + CVS_CLASSES - 1,
	CVS_PORT_ISOLATED,
	CVS_PORT_HAIRPIN,
	CVS_PORT_BPDU_GUARD,
	CVS_PORT_SETTINGS,
	/* State. */
	CVS_PORT_UP = CVS_PORT_SETTINGS,	/* it and the switch, RTNL */
	CVS_PORT_BPDU_BLOCKED,			/* set by the data path */
	CVS_PORT_SHORT,				/* veth, and wanted, RTNL */
	CVS_PORT_TUNNEL,			/* the tunnel's port, for life */
};

#define CVS_PORT_SETTINGS_MASK	GENMASK(CVS_PORT_SETTINGS - 1, 0)

/**
 * struct cvs_port_config - settings of a port
 * @flags: bits of &enum cvs_port_flag, below CVS_PORT_SETTINGS
 * @limit: frames per second that may be flooded, by class; 0 is no limit
 * @fdb_max: most addresses learned from the port; 0 is no limit of its own
 */
struct cvs_port_config {
	unsigned long flags;
	u32 limit[CVS_CLASSES];
	u32 fdb_max;
};

extern const struct cvs_port_config cvs_port_config_default;

/**
 * struct cvs_port - a port of a switch
 * @flags: bits of &enum cvs_port_flag
 * @dev: the device; for the host port and the tunnel's, the switch's own
 * @sw: the switch
 * @fdb: what the FDB keeps of the port
 * @stats: counters
 * @vlans: VLANs; written under RTNL
 * @acl: profiles, or NULL if all frames pass; written under RTNL
 * @identity: who its container is, or NULL if nobody has said; written under RTNL
 * @limits: how much the port may flood, by class
 * @answers: how often the switch itself speaks to the port
 * @node: in the switch's list of ports; written under RTNL. Not for the host
 *	port and the tunnel's.
 * @gone: in the list of ports that are released together, under RTNL
 * @tracker: of the reference to @dev, which is held past the grace period
 * @rcu: for freeing
 */
struct cvs_port {
	unsigned long flags;
	struct net_device *dev;
	struct cvs_switch *sw;
	struct cvs_fdb_owner fdb;
	struct cvs_stats __percpu *stats;
	const struct cvs_vlan_set __rcu *vlans;
	const struct cvs_port_acl __rcu *acl;
	const struct cvs_identity __rcu *identity;

	struct cvs_limit limits[CVS_CLASSES];
	struct cvs_limit answers;
	struct list_head node;
	struct list_head gone;
	netdevice_tracker tracker;
	struct rcu_head rcu;
};

/* Does a port with these flags send and receive? */
static inline bool cvs_port_flags_open(unsigned long flags)
{
	return (flags & (BIT(CVS_PORT_UP) | BIT(CVS_PORT_BPDU_BLOCKED))) == BIT(CVS_PORT_UP);
}

/* The port by which what the FDB has at @owner is reached. */
static inline struct cvs_port *cvs_port_of_owner(const struct cvs_fdb_owner *owner)
{
	return owner->port;
}

/* What people call a port: its device, unless it is the tunnel's. */
static inline const char *cvs_port_name(const struct cvs_port *port)
{
	return test_bit(CVS_PORT_TUNNEL, &port->flags) ? "tunnel" : port->dev->name;
}

static inline int cvs_port_ifindex(const struct cvs_port *port)
{
	return test_bit(CVS_PORT_TUNNEL, &port->flags) ? 0 : port->dev->ifindex;
}

bool cvs_port_dev_is(const struct net_device *dev);
struct cvs_port *cvs_port_of(const struct net_device *dev);

struct cvs_port *cvs_port_alloc(struct cvs_switch *sw, struct net_device *dev,
				const struct cvs_port_config *config);
void cvs_port_free(struct cvs_port *port);
int cvs_port_add(struct cvs_switch *sw, struct net_device *dev,
		 const struct cvs_port_config *config, struct cvs_port_acl *acl,
		 struct cvs_identity *identity, struct netlink_ext_ack *extack);
void cvs_port_del(struct cvs_port *port);
void cvs_port_del_all(struct cvs_switch *sw);

void cvs_port_get_config(const struct cvs_port *port, struct cvs_port_config *config);
void cvs_port_set_config(struct cvs_port *port, const struct cvs_port_config *config);
void cvs_port_set_identity(struct cvs_port *port, const struct cvs_identity *identity);
void cvs_port_update_state(struct cvs_port *port);
void cvs_port_check_state(struct cvs_port *port);
enum cvswitch_port_state cvs_port_state(const struct cvs_port *port);

int cvs_port_vlan_add(struct cvs_port *port, u16 first, u16 last, bool pvid,
		      bool untagged, struct netlink_ext_ack *extack);
int cvs_port_vlan_del(struct cvs_port *port, u16 first, u16 last,
		      struct netlink_ext_ack *extack);

#endif /* CVS_PORT_H */
