// SPDX-License-Identifier: GPL-2.0
#include "cvs_switch.h"

#include <linux/rtnetlink.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "cvs_event.h"
#include "cvs_mtu.h"
#include "cvs_port.h"
#include "cvs_port_acl.h"
#include "cvs_profile.h"
#include "cvs_stacking.h"
#include "cvs_tracepoint.h"
#include "cvs_tunnel.h"

/* Drops reported one by one, per switch and second; the rest is counted. */
#define DROP_REPORTS	100

/* And frames that rules log. */
#define ACL_REPORTS	1000

const struct cvs_switch_config cvs_switch_config_default = {
	.ageing_time = 300,
	.acl_budget = 2048,
	.fdb_max = 131072,
	.short_path = true,
	.neigh_learning = true,
	.neigh = {
		.ageing_time = 300,
		.max = 8192,
		.owner_max = 1024,
	},
};

static unsigned int cvs_net_id;

/**
 * cvs_net() - a namespace's switches
 * @net: the namespace
 *
 * Return: them.
 */
struct cvs_net *cvs_net(const struct net *net)
{
	return net_generic(net, cvs_net_id);
}

static int __net_init net_init(struct net *net)
{
	struct cvs_net *cn = cvs_net(net);

	INIT_LIST_HEAD(&cn->switches);
	INIT_LIST_HEAD(&cn->udps);
	INIT_WORK(&cn->underlay_work, cvs_stacking_underlay_work);
	/* 0 would say that the dump can't tell. */
	atomic_set(&cn->config_seq, 1);
	atomic_set(&cn->fdb_seq, 1);
	atomic_set(&cn->neigh_seq, 1);
	atomic_set(&cn->acl_seq, 1);
	mutex_init(&cn->acl_lock);
	return 0;
}

/* A namespace's switches have gone with its devices, see cvs_link_ops. */
static void __net_exit net_exit(struct net *net)
{
	cancel_work_sync(&cvs_net(net)->underlay_work);
	mutex_destroy(&cvs_net(net)->acl_lock);
}

static struct pernet_operations cvs_net_ops = {
	.init = net_init,
	.exit = net_exit,
	.id = &cvs_net_id,
	.size = sizeof(struct cvs_net),
};

int cvs_net_init(void)
{
	return register_pernet_subsys(&cvs_net_ops);
}

void cvs_net_exit(void)
{
	unregister_pernet_subsys(&cvs_net_ops);
}

/* Note that switches, ports or VLANs changed, for dumps that are under way. */
void cvs_switch_touch(const struct cvs_switch *sw)
{
	struct cvs_net *cn = cvs_net(dev_net(sw->dev));

	atomic_inc(&cn->config_seq);
	atomic_inc(&cn->fdb_seq);
	atomic_inc(&cn->neigh_seq);
	atomic_inc(&cn->acl_seq);
}

/* Note that profiles, their rules or groups changed. */
void cvs_switch_touch_acl(const struct cvs_switch *sw)
{
	atomic_inc(&cvs_net(dev_net(sw->dev))->acl_seq);
}

static void fdb_changed(struct cvs_fdb *fdb, const struct cvs_fdb_change *change)
{
	struct cvs_switch *sw = container_of(fdb, struct cvs_switch, fdb);

	atomic_inc(&cvs_net(dev_net(sw->dev))->fdb_seq);
	if (change->event == CVSWITCH_FDB_EVENT_LEARNED)
		trace_cvs_learn(sw, change);
	else if (change->event == CVSWITCH_FDB_EVENT_MOVED)
		trace_cvs_move(sw, change);
	cvs_event_fdb(sw, change);
}

static void neigh_changed(struct cvs_neigh_table *table, const struct cvs_neigh_change *change)
{
	struct cvs_switch *sw = container_of(table, struct cvs_switch, neighs);

	atomic_inc(&cvs_net(dev_net(sw->dev))->neigh_seq);
	cvs_event_neigh(sw, change);
}

/**
 * cvs_switch_init() - build what a switch's device carries
 * @dev: the device, not registered yet
 *
 * Context: RTNL, may sleep.
 * Return: 0 or -ENOMEM, after which there is nothing to free.
 */
int cvs_switch_init(struct net_device *dev)
{
	const struct cvs_switch_config *config = &cvs_switch_config_default;
	struct cvs_switch *sw = netdev_priv(dev);
	int err;

	sw->dev = dev;
	INIT_LIST_HEAD(&sw->ports);
	INIT_LIST_HEAD(&sw->profiles);
	sw->acl_budget = config->acl_budget;
	INIT_LIST_HEAD(&sw->node);
	spin_lock_init(&sw->gone_lock);
	cvs_limit_set(&sw->drop_limit, DROP_REPORTS);
	atomic_set(&sw->drops_lost, 0);
	cvs_limit_set(&sw->acl_limit, ACL_REPORTS);
	atomic_set(&sw->acl_lost, 0);
	assign_bit(CVS_SWITCH_SHORT_PATH, &sw->flags, config->short_path);
	assign_bit(CVS_SWITCH_NEIGH_LEARNING, &sw->flags, config->neigh_learning);

	sw->host = cvs_port_alloc(sw, dev, &cvs_port_config_default);
	if (!sw->host)
		return -ENOMEM;
	/* The host's address is known, and what else it sends is its affair. */
	clear_bit(CVS_PORT_LEARNING, &sw->host->flags);

	err = cvs_fdb_init(&sw->fdb, config->fdb_max, config->ageing_time * HZ,
			   fdb_changed);
	if (err)
		goto err_host;
	err = cvs_neigh_init(&sw->neighs, &config->neigh, neigh_changed);
	if (err)
		goto err_fdb;
	err = cvs_group_table_init(&sw->groups);
	if (err)
		goto err_neighs;
	return 0;

err_neighs:
	cvs_neigh_destroy(&sw->neighs);
err_fdb:
	cvs_fdb_destroy(&sw->fdb);
err_host:
	cvs_port_free(sw->host);
	sw->host = NULL;
	return err;
}

/**
 * cvs_switch_free() - free what a switch's device carries
 * @dev: the device, which nobody can reach any more
 *
 * Context: may sleep.
 */
void cvs_switch_free(struct net_device *dev)
{
	struct cvs_switch *sw = netdev_priv(dev);

	cvs_group_table_destroy(&sw->groups);
	cvs_neigh_destroy(&sw->neighs);
	cvs_fdb_destroy(&sw->fdb);
	cvs_port_free(sw->host);
}

/* The switch's device is registered. Context: RTNL. */
void cvs_switch_publish(struct cvs_switch *sw)
{
	ASSERT_RTNL();
	set_bit(CVS_SWITCH_LIVE, &sw->flags);
	list_add_tail(&sw->node, &cvs_net(dev_net(sw->dev))->switches);
	cvs_mtu_offer(sw);
	cvs_switch_touch(sw);
	cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_ADD_NTF);
}

/* The switch's device goes. Context: RTNL, a grace period before its end. */
void cvs_switch_withdraw(struct cvs_switch *sw)
{
	ASSERT_RTNL();
	if (!test_and_clear_bit(CVS_SWITCH_LIVE, &sw->flags))
		return;
	cvs_tunnel_del(sw);
	cvs_port_del_all(sw);
	/* The host may send until the device is closed. */
	cvs_port_acl_set(sw->host, NULL);
	cvs_profile_del_all(sw);
	list_del(&sw->node);
	cvs_switch_touch(sw);
	cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_DEL_NTF);
}

/**
 * cvs_switch_get() - find a switch
 * @net: its namespace
 * @ifindex: its device
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: the switch, -ENODEV or -EOPNOTSUPP if the device isn't a switch.
 */
struct cvs_switch *cvs_switch_get(struct net *net, u32 ifindex,
				  struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(net, ifindex);

	ASSERT_RTNL();
	if (!dev) {
		NL_SET_ERR_MSG(extack, "No such switch");
		return ERR_PTR(-ENODEV);
	}
	if (!cvs_switch_dev_is(dev)) {
		NL_SET_ERR_MSG(extack, "Not a cvswitch device");
		return ERR_PTR(-EOPNOTSUPP);
	}
	return netdev_priv(dev);
}

/**
 * cvs_switch_port() - find a port of a switch
 * @sw: the switch
 * @ifindex: its device; the switch's own for the host port
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: the port, -ENODEV or -EINVAL.
 */
struct cvs_port *cvs_switch_port(struct cvs_switch *sw, u32 ifindex,
				 struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(dev_net(sw->dev), ifindex);
	struct cvs_port *port;

	ASSERT_RTNL();
	if (!dev) {
		NL_SET_ERR_MSG(extack, "No such device");
		return ERR_PTR(-ENODEV);
	}
	port = cvs_port_of(dev);
	if (!port || port->sw != sw) {
		NL_SET_ERR_MSG(extack, "Device is not a port of this switch");
		return ERR_PTR(-EINVAL);
	}
	return port;
}

/**
 * cvs_switch_sum() - the counters of a whole switch
 * @sw: the switch
 * @sum: where to, cleared before
 *
 * Ports that have left are in it from a grace period after they left on.
 *
 * Context: RTNL.
 */
void cvs_switch_sum(struct cvs_switch *sw, struct cvs_stats_sum *sum)
{
	const struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	const struct cvs_port *port;

	ASSERT_RTNL();
	spin_lock_bh(&sw->gone_lock);
	*sum = sw->gone;
	spin_unlock_bh(&sw->gone_lock);
	cvs_stats_sum_add(sum, sw->host->stats);
	if (tunnel)
		cvs_stats_sum_add(sum, tunnel->port->stats);
	list_for_each_entry(port, &sw->ports, node)
		cvs_stats_sum_add(sum, port->stats);
}

/* Context: RTNL. */
void cvs_switch_get_config(const struct cvs_switch *sw, struct cvs_switch_config *config)
{
	config->ageing_time = sw->fdb.ageing / HZ;
	config->fdb_max = sw->fdb.max;
	config->vlan_aware = test_bit(CVS_SWITCH_VLAN_AWARE, &sw->flags);
	config->short_path = test_bit(CVS_SWITCH_SHORT_PATH, &sw->flags);
	config->neigh_suppress = test_bit(CVS_SWITCH_NEIGH_SUPPRESS, &sw->flags);
	config->neigh_learning = test_bit(CVS_SWITCH_NEIGH_LEARNING, &sw->flags);
	config->neigh = sw->neighs.config;
	config->closed = test_bit(CVS_SWITCH_CLOSED, &sw->flags);
	config->acl_budget = sw->acl_budget;
}

static void forget_neighs(struct cvs_switch *sw)
{
	const struct cvs_neigh_filter learned = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED),
	};

	cvs_neigh_flush(&sw->neighs, &learned);
}

/* Keys mean something else from now on: forget what was learned. */
static void set_vlan_aware(struct cvs_switch *sw, bool vlan_aware)
{
	const struct cvs_fdb_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_AGEING,
	};

	assign_bit(CVS_SWITCH_VLAN_AWARE, &sw->flags, vlan_aware);
	/* Frames that saw the old setting may still learn. */
	synchronize_net();
	cvs_fdb_flush(&sw->fdb, &filter);
	forget_neighs(sw);
}

static void set_neigh(struct cvs_switch *sw, const struct cvs_switch_config *old,
		      const struct cvs_switch_config *config)
{
	cvs_neigh_set_config(&sw->neighs, &config->neigh);
	assign_bit(CVS_SWITCH_NEIGH_SUPPRESS, &sw->flags, config->neigh_suppress);
	assign_bit(CVS_SWITCH_NEIGH_LEARNING, &sw->flags, config->neigh_learning);
	if (old->neigh_suppress && old->neigh_learning &&
	    !(config->neigh_suppress && config->neigh_learning)) {
		/* As above: nobody sees to it any more that it stays true. */
		synchronize_net();
		forget_neighs(sw);
	}
}

/**
 * cvs_switch_set_config() - change a switch's settings
 * @sw: the switch
 * @config: all of its settings
 *
 * An FDB that holds more than the new maximum keeps what it has and takes no
 * more.
 *
 * Context: RTNL, may sleep.
 */
void cvs_switch_set_config(struct cvs_switch *sw, const struct cvs_switch_config *config)
{
	struct cvs_switch_config old;
	struct cvs_port *port;

	ASSERT_RTNL();
	cvs_switch_get_config(sw, &old);
	WRITE_ONCE(sw->fdb.max, config->fdb_max);
	if (config->ageing_time != old.ageing_time)
		cvs_fdb_set_ageing(&sw->fdb, config->ageing_time * HZ);
	if (config->vlan_aware != old.vlan_aware)
		set_vlan_aware(sw, config->vlan_aware);
	set_neigh(sw, &old, config);
	sw->acl_budget = config->acl_budget;
	if (config->closed != old.closed) {
		assign_bit(CVS_SWITCH_CLOSED, &sw->flags, config->closed);
		list_for_each_entry(port, &sw->ports, node)
			cvs_port_acl_update(port);
	}
	if (config->short_path != old.short_path) {
		assign_bit(CVS_SWITCH_SHORT_PATH, &sw->flags, config->short_path);
		list_for_each_entry(port, &sw->ports, node)
			cvs_port_update_state(port);
	}
	cvs_switch_touch(sw);
}

/**
 * cvs_switch_set_address() - change the host's address in the network
 * @sw: the switch
 * @addr: the new address
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, or what a notifier said against it.
 */
int cvs_switch_set_address(struct cvs_switch *sw, const u8 *addr,
			   struct netlink_ext_ack *extack)
{
	struct sockaddr_storage ss = { .ss_family = sw->dev->type };

	ASSERT_RTNL();
	memcpy(ss.__data, addr, ETH_ALEN);
	return dev_set_mac_address(sw->dev, &ss, extack);
}

/**
 * cvs_switch_update_state() - the switch came up or went down
 * @sw: the switch
 *
 * Context: RTNL.
 */
void cvs_switch_update_state(struct cvs_switch *sw)
{
	const struct cvs_fdb_filter learned = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_FDB_KIND_LEARNED),
	};
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	struct cvs_port *port;

	ASSERT_RTNL();
	/* All ports go down: forget in one walk, so that they find nothing left. */
	if (!netif_running(sw->dev)) {
		cvs_fdb_flush(&sw->fdb, &learned);
		forget_neighs(sw);
	}
	cvs_port_check_state(sw->host);
	if (tunnel)
		cvs_port_update_state(tunnel->port);
	list_for_each_entry(port, &sw->ports, node)
		cvs_port_check_state(port);
}
