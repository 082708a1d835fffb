// SPDX-License-Identifier: GPL-2.0
#include "cvs_port.h"

#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_datapath.h"
#include "cvs_event.h"
#include "cvs_identity.h"
#include "cvs_port_acl.h"
#include "cvs_stacking.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_vlan.h"

/* Times a second that the switch itself speaks to a port. */
#define CVS_PORT_ANSWERS	100

const struct cvs_port_config cvs_port_config_default = {
	.flags = BIT(CVS_PORT_LEARNING) |
		 GENMASK(CVS_PORT_FLOOD_LAST, CVS_PORT_FLOOD),
	.limit = {
		[CVS_CLASS_UNICAST] = 10000,
		[CVS_CLASS_MULTICAST] = 10000,
		[CVS_CLASS_BROADCAST] = 1000,
	},
	.fdb_max = 1024,
};

/* Context: RTNL or RCU. */
bool cvs_port_dev_is(const struct net_device *dev)
{
	return rcu_access_pointer(dev->rx_handler) == cvs_handle_frame;
}

/**
 * cvs_port_of() - the port that a device is
 * @dev: any device
 *
 * Context: RTNL.
 * Return: the port, or NULL if it is none; the host port for a switch's own
 * device.
 */
struct cvs_port *cvs_port_of(const struct net_device *dev)
{
	ASSERT_RTNL();
	if (cvs_switch_dev_is(dev))
		return ((struct cvs_switch *)netdev_priv(dev))->host;
	if (cvs_port_dev_is(dev))
		return rtnl_dereference(dev->rx_handler_data);
	return NULL;
}

/**
 * cvs_port_alloc() - make a port that isn't connected to anything yet
 * @sw: its switch
 * @dev: its device, which the caller holds a reference to
 * @config: its settings
 *
 * Context: RTNL, may sleep.
 * Return: the port, or NULL without memory.
 */
struct cvs_port *cvs_port_alloc(struct cvs_switch *sw, struct net_device *dev,
				const struct cvs_port_config *config)
{
	struct cvs_port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return NULL;
	port->stats = cvs_stats_alloc();
	if (!port->stats) {
		kfree(port);
		return NULL;
	}
	port->sw = sw;
	port->dev = dev;
	port->fdb.port = port;
	cvs_limit_set(&port->answers, CVS_PORT_ANSWERS);
	INIT_LIST_HEAD(&port->node);
	RCU_INIT_POINTER(port->vlans, &cvs_vlan_default);
	cvs_port_set_config(port, config);
	return port;
}

/**
 * cvs_port_free() - free a port
 * @port: a port that nobody can reach any more
 */
void cvs_port_free(struct cvs_port *port)
{
	cvs_vlan_set_free_rcu(rcu_dereference_raw(port->vlans));
	cvs_port_acl_free(rcu_dereference_raw(port->acl));
	kfree(rcu_dereference_raw(port->identity));
	free_percpu(port->stats);
	kfree(port);
}

static void free_rcu_port(struct rcu_head *rcu)
{
	struct cvs_port *port = container_of(rcu, struct cvs_port, rcu);
	struct cvs_switch *sw = port->sw;

	/* Nobody counts here any more, and the switch outlives its ports. */
	spin_lock_bh(&sw->gone_lock);
	cvs_stats_sum_add(&sw->gone, port->stats);
	spin_unlock_bh(&sw->gone_lock);
	netdev_put(port->dev, &port->tracker);
	cvs_port_free(port);
}

/* May @dev become a port of @sw? */
static int port_check(const struct cvs_switch *sw, struct net_device *dev,
		      struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "Loopback device can't be a port");
		return -EINVAL;
	}
	if (dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN) {
		NL_SET_ERR_MSG(extack, "Only Ethernet devices can be ports");
		return -EINVAL;
	}
	if (cvs_vlan_dev_leaves_tag(dev)) {
		NL_SET_ERR_MSG(extack, "A VLAN device needs reorder_hdr on to be a port");
		return -EINVAL;
	}
	if (cvs_switch_dev_is(dev)) {
		NL_SET_ERR_MSG(extack, "A cvswitch can't be a port of a cvswitch");
		return -ELOOP;
	}
	if (netif_is_bridge_master(dev)) {
		NL_SET_ERR_MSG(extack, "A bridge can't be a port of a cvswitch");
		return -ELOOP;
	}
	if (cvs_port_dev_is(dev)) {
		CVS_ERR_MSG_FMT(extack, "Device is already a port of a cvswitch",
				"Device is already a port of %s",
				cvs_port_of(dev)->sw->dev->name);
		return -EBUSY;
	}
	if (netdev_master_upper_dev_get(dev)) {
		NL_SET_ERR_MSG(extack, "Device already has a master");
		return -EBUSY;
	}
	if (netdev_has_upper_dev(sw->dev, dev)) {
		NL_SET_ERR_MSG(extack, "A device above the switch can't be its port");
		return -ELOOP;
	}
	if (dev->priv_flags & (IFF_DONT_BRIDGE | IFF_NO_RX_HANDLER)) {
		NL_SET_ERR_MSG(extack, "Device doesn't allow being a port");
		return -EOPNOTSUPP;
	}
	if (netdev_is_rx_handler_busy(dev)) {
		NL_SET_ERR_MSG(extack, "Device's frames are already taken by another driver");
		return -EBUSY;
	}
	if (sw->port_count >= CVS_PORTS_MAX) {
		NL_SET_ERR_MSG(extack, "Switch has its maximum of 4096 ports");
		return -ENOSPC;
	}
	return 0;
}

/**
 * cvs_port_add() - enslave a device
 * @sw: the switch
 * @dev: a device in the switch's namespace
 * @config: settings, in force from the first frame
 * @acl: and so its profiles; the port's, unless there is an error
 * @identity: who its container is, or NULL; the port's, unless there is an error
 * @extack: says why not
 *
 * The port passes nothing before all of it is there: it comes up last.
 *
 * Context: RTNL, may sleep.
 * Return: 0 or an error; on error nothing has changed.
 */
int cvs_port_add(struct cvs_switch *sw, struct net_device *dev,
		 const struct cvs_port_config *config, struct cvs_port_acl *acl,
		 struct cvs_identity *identity, struct netlink_ext_ack *extack)
{
	struct cvs_port *port;
	int err;

	ASSERT_RTNL();
	err = port_check(sw, dev, extack);
	if (err)
		return err;

	port = cvs_port_alloc(sw, dev, config);
	if (!port)
		return -ENOMEM;
	cvs_port_acl_init(port, acl);
	RCU_INIT_POINTER(port->identity, identity);

	err = dev_set_promiscuity(dev, 1);
	if (err)
		goto err_free;
	err = netdev_rx_handler_register(dev, cvs_handle_frame, port);
	if (err)
		goto err_promisc;
	err = netdev_master_upper_dev_link(dev, sw->dev, NULL, NULL, extack);
	if (err)
		goto err_handler;

	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	dev_disable_lro(dev);
	list_add_tail_rcu(&port->node, &sw->ports);
	sw->port_count++;
	cvs_stacking_update(sw);
	cvs_port_update_state(port);
	cvs_switch_touch(sw);
	cvs_event_port(port, CVSWITCH_CMD_PORT_ADD_NTF, GFP_KERNEL);
	return 0;

err_handler:
	netdev_rx_handler_unregister(dev);
err_promisc:
	dev_set_promiscuity(dev, -1);
err_free:
	cvs_port_acl_detach(port);
	RCU_INIT_POINTER(port->acl, NULL);
	RCU_INIT_POINTER(port->identity, NULL);
	cvs_port_free(port);
	return err;
}

/*
 * Releasing a port has two halves, with its addresses' end between them.
 *
 * Frames of the port still learn until netdev_rx_handler_unregister() has
 * waited for them, so its addresses go after that. Frames to the port may hold
 * it until a grace period after that, so it is freed last.
 */
static void port_detach(struct cvs_port *port)
{
	struct net_device *dev = port->dev;

	clear_bit(CVS_PORT_UP, &port->flags);
	cvs_port_acl_detach(port);
	list_del_rcu(&port->node);
	port->sw->port_count--;
	netdev_upper_dev_unlink(dev, port->sw->dev);
	netdev_rx_handler_unregister(dev);
	netdev_reset_rx_headroom(dev);
	dev_set_promiscuity(dev, -1);
}

static void port_dismiss(struct cvs_port *port)
{
	cvs_event_port(port, CVSWITCH_CMD_PORT_DEL_NTF, GFP_KERNEL);
	call_rcu(&port->rcu, free_rcu_port);
}

/* Neighbours that were learned from @owner, or from any port if it is NULL. */
static void forget_neighs(struct cvs_switch *sw, const struct cvs_fdb_owner *owner)
{
	const struct cvs_neigh_filter learned = {
		.owner = owner,
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED),
	};

	cvs_neigh_flush(&sw->neighs, &learned);
}

/**
 * cvs_port_del() - release a port
 * @port: the port, not a host port; gone afterwards
 *
 * Context: RTNL, may sleep.
 */
void cvs_port_del(struct cvs_port *port)
{
	const struct cvs_fdb_filter mine = {
		.owner = &port->fdb,
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_switch *sw = port->sw;

	ASSERT_RTNL();
	port_detach(port);
	cvs_fdb_flush(&sw->fdb, &mine);
	forget_neighs(sw, &port->fdb);
	port_dismiss(port);
	cvs_stacking_update(sw);
	cvs_switch_touch(sw);
}

/**
 * cvs_port_del_all() - release all ports of a switch
 * @sw: the switch
 *
 * What a port needs once, the switch does once: all addresses go in one walk.
 *
 * Context: RTNL, may sleep.
 */
void cvs_port_del_all(struct cvs_switch *sw)
{
	static const struct cvs_fdb_filter everything = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_port *port, *next;
	LIST_HEAD(gone);

	ASSERT_RTNL();
	list_for_each_entry(port, &sw->ports, node)
		list_add_tail(&port->gone, &gone);
	list_for_each_entry(port, &gone, gone)
		port_detach(port);
	cvs_fdb_flush(&sw->fdb, &everything);
	forget_neighs(sw, NULL);
	list_for_each_entry_safe(port, next, &gone, gone)
		port_dismiss(port);
	cvs_stacking_update(sw);
	cvs_switch_touch(sw);
}

/* Context: RTNL or RCU. */
void cvs_port_get_config(const struct cvs_port *port, struct cvs_port_config *config)
{
	int i;

	config->flags = READ_ONCE(port->flags) & CVS_PORT_SETTINGS_MASK;
	for (i = 0; i < CVS_CLASSES; i++)
		config->limit[i] = READ_ONCE(port->limits[i].per_second);
	config->fdb_max = READ_ONCE(port->fdb.max);
}

/**
 * cvs_port_set_config() - change a port's settings
 * @port: the port
 * @config: all of its settings
 *
 * Context: RTNL.
 */
void cvs_port_set_config(struct cvs_port *port, const struct cvs_port_config *config)
{
	bool guarded = test_bit(CVS_PORT_BPDU_GUARD, &port->flags);
	int i;

	for (i = 0; i < CVS_PORT_SETTINGS; i++)
		assign_bit(i, &port->flags, config->flags & BIT(i));
	if (guarded && !test_bit(CVS_PORT_BPDU_GUARD, &port->flags)) {
		/* A BPDU that saw the guard on may still block the port. */
		synchronize_net();
		clear_bit(CVS_PORT_BPDU_BLOCKED, &port->flags);
	}
	for (i = 0; i < CVS_CLASSES; i++)
		if (port->limits[i].per_second != config->limit[i])
			cvs_limit_set(&port->limits[i], config->limit[i]);
	WRITE_ONCE(port->fdb.max, config->fdb_max);
}

/**
 * cvs_port_set_identity() - say who a port's container is
 * @port: the port
 * @identity: who, or NULL to say nothing; the port's
 *
 * Context: RTNL.
 */
void cvs_port_set_identity(struct cvs_port *port, const struct cvs_identity *identity)
{
	const struct cvs_identity *old = rtnl_dereference(port->identity);

	ASSERT_RTNL();
	rcu_assign_pointer(port->identity, identity);
	if (old)
		kfree_rcu((struct cvs_identity *)old, rcu);
}

static bool dev_is_veth(const struct net_device *dev)
{
	return dev->rtnl_link_ops && !strcmp(dev->rtnl_link_ops->kind, "veth") &&
	       dev->netdev_ops->ndo_get_peer_dev;
}

/**
 * cvs_port_update_state() - the port's device or the switch came up or went down
 * @port: the port
 *
 * Context: RTNL.
 */
void cvs_port_update_state(struct cvs_port *port)
{
	const struct cvs_switch *sw = port->sw;
	struct net_device *dev = port->dev;
	bool running = netif_running(dev);

	ASSERT_RTNL();
	if (!running)
		clear_bit(CVS_PORT_BPDU_BLOCKED, &port->flags);
	if (dev == sw->dev) {
		assign_bit(CVS_PORT_UP, &port->flags, running);
		return;
	}
	assign_bit(CVS_PORT_SHORT, &port->flags,
		   test_bit(CVS_SWITCH_SHORT_PATH, &sw->flags) &&
		   dev_is_veth(dev) && cvs_veth_countable(dev));
	assign_bit(CVS_PORT_UP, &port->flags,
		   running && netif_carrier_ok(dev) && netif_running(sw->dev));
}

/* Who was behind the port may turn up behind another one. */
static void forget(struct cvs_port *port)
{
	const struct cvs_fdb_filter learned = {
		.owner = &port->fdb,
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_FDB_KIND_LEARNED),
	};

	cvs_fdb_flush(&port->sw->fdb, &learned);
	forget_neighs(port->sw, &port->fdb);
}

/**
 * cvs_port_check_state() - as cvs_port_update_state(), and see to a change
 * @port: the port
 *
 * What was learned from a port that went down is forgotten.
 *
 * Context: RTNL, may sleep.
 */
void cvs_port_check_state(struct cvs_port *port)
{
	enum cvswitch_port_state old = cvs_port_state(port);
	enum cvswitch_port_state new;

	cvs_port_update_state(port);
	new = cvs_port_state(port);
	if (new == old)
		return;
	if (new == CVSWITCH_PORT_STATE_DOWN)
		forget(port);
	cvs_event_port(port, CVSWITCH_CMD_PORT_SET_NTF, GFP_KERNEL);
}

/* Context: RTNL or RCU. */
enum cvswitch_port_state cvs_port_state(const struct cvs_port *port)
{
	unsigned long flags = READ_ONCE(port->flags);

	if (flags & BIT(CVS_PORT_BPDU_BLOCKED))
		return CVSWITCH_PORT_STATE_BPDU_BLOCKED;
	if (flags & BIT(CVS_PORT_UP))
		return CVSWITCH_PORT_STATE_FORWARDING;
	return CVSWITCH_PORT_STATE_DOWN;
}
