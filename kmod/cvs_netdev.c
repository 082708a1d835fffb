// SPDX-License-Identifier: GPL-2.0
#include "cvs_netdev.h"

#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/rtnetlink.h>

#include "cvs_datapath.h"
#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_stacking.h"
#include "cvs_stats.h"
#include "cvs_switch.h"

static int cvs_dev_init(struct net_device *dev)
{
	int err;

	netdev_lockdep_set_classes(dev);
	err = cvs_switch_init(dev);
	if (err)
		return err;
	/*
	 * Not before: a registration that fails runs the destructor, unless it
	 * failed here.
	 */
	dev->priv_destructor = cvs_switch_free;
	return 0;
}

static void cvs_dev_uninit(struct net_device *dev)
{
	/* Released by dellink or the notifier; nobody unregisters otherwise. */
	WARN_ON_ONCE(!list_empty(&((struct cvs_switch *)netdev_priv(dev))->ports));
}

static int cvs_dev_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int cvs_dev_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void cvs_dev_change_rx_flags(struct net_device *dev, int change)
{
	struct cvs_switch *sw = netdev_priv(dev);

	if (change & IFF_PROMISC)
		assign_bit(CVS_SWITCH_PROMISC, &sw->flags, dev->flags & IFF_PROMISC);
}

/* The host's stack takes every group address, so there is nothing to set up. */
static void cvs_dev_set_rx_mode(struct net_device *dev)
{
}

static int cvs_dev_change_mtu(struct net_device *dev, int mtu)
{
	struct cvs_switch *sw = netdev_priv(dev);

	set_bit(CVS_SWITCH_MTU_BY_HAND, &sw->flags);
	WRITE_ONCE(dev->mtu, mtu);
	return 0;
}

static netdev_features_t cvs_dev_fix_features(struct net_device *dev, netdev_features_t features)
{
	return cvs_stacking_features(netdev_priv(dev), features);
}

/* As the host sees it: it received what left the network by its port. */
static void cvs_dev_get_stats64(struct net_device *dev, struct rtnl_link_stats64 *stats)
{
	struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_stats_sum sum = {};

	cvs_stats_sum_add(&sum, sw->host->stats);
	stats->rx_packets = sum.n[CVS_TX_QUEUED_FRAMES];
	stats->rx_bytes = sum.n[CVS_TX_QUEUED_BYTES];
	stats->tx_packets = sum.n[CVS_RX_FRAMES];
	stats->tx_bytes = sum.n[CVS_RX_BYTES];
	stats->tx_dropped = cvs_stats_sum_drops(&sum);
}

static int cvs_dev_add_slave(struct net_device *dev, struct net_device *slave,
			     struct netlink_ext_ack *extack)
{
	return cvs_port_add(netdev_priv(dev), slave, &cvs_port_config_default, NULL, NULL,
			    extack);
}

static int cvs_dev_del_slave(struct net_device *dev, struct net_device *slave)
{
	struct cvs_port *port = cvs_port_of(slave);

	if (!port || port->dev != slave || port->sw->dev != dev)
		return -EINVAL;
	cvs_port_del(port);
	return 0;
}

const struct net_device_ops cvs_netdev_ops = {
	.ndo_init = cvs_dev_init,
	.ndo_uninit = cvs_dev_uninit,
	.ndo_open = cvs_dev_open,
	.ndo_stop = cvs_dev_stop,
	.ndo_start_xmit = cvs_host_xmit,
	.ndo_get_stats64 = cvs_dev_get_stats64,
	.ndo_change_rx_flags = cvs_dev_change_rx_flags,
	.ndo_set_rx_mode = cvs_dev_set_rx_mode,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_change_mtu = cvs_dev_change_mtu,
	.ndo_fix_features = cvs_dev_fix_features,
	.ndo_features_check = passthru_features_check,
	.ndo_add_slave = cvs_dev_add_slave,
	.ndo_del_slave = cvs_dev_del_slave,
	.ndo_fdb_add = cvs_netdev_fdb_add,
	.ndo_fdb_del = cvs_netdev_fdb_del,
	.ndo_fdb_dump = cvs_netdev_fdb_dump,
};

static const struct device_type dev_type = {
	.name = "cvswitch",
};

/**
 * cvs_netdev_setup() - prepare a switch's device
 * @dev: the device, just allocated
 */
void cvs_netdev_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &cvs_netdev_ops;
	dev->ethtool_ops = &cvs_ethtool_ops;
	dev->needs_free_netdev = true;
	SET_NETDEV_DEVTYPE(dev, &dev_type);

	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_MAX_MTU;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_DONT_BRIDGE | IFF_LIVE_ADDR_CHANGE;
	/* netpoll transmits with interrupts off, where ports can't follow. */
	dev->priv_flags |= IFF_DISABLE_NETPOLL;
	/* A frame is changed on its way, so the sender can't keep it. */
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;

	dev->features = CVS_FEATURES | NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX;
	dev->hw_features = dev->features;
	dev->vlan_features = CVS_FEATURES;
	cvs_netdev_set_lltx(dev);
	cvs_netdev_set_netns_immutable(dev);
	netif_set_tso_max_size(dev, TSO_MAX_SIZE);
	eth_hw_addr_random(dev);
	netif_carrier_off(dev);
}
