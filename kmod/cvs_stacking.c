// SPDX-License-Identifier: GPL-2.0
#include "cvs_stacking.h"

#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "cvs_mtu.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

/**
 * cvs_stacking_features() - what the host may hand to the switch unfinished
 * @sw: the switch
 * @features: what it would like
 *
 * Context: RTNL.
 * Return: what all ports can do.
 */
netdev_features_t cvs_stacking_features(const struct cvs_switch *sw,
					netdev_features_t features)
{
	netdev_features_t mask = features;
	const struct cvs_port *port;

	ASSERT_RTNL();
	if (list_empty(&sw->ports))
		return features;

	features &= ~NETIF_F_ONE_FOR_ALL;
	list_for_each_entry(port, &sw->ports, node)
		features = netdev_increment_features(features, port->dev->features, mask);
	return netdev_add_tso_features(features, mask);
}

/**
 * cvs_stacking_update_carrier() - the switch has carrier while a port is up, or
 *	it has a tunnel
 * @sw: the switch
 *
 * Context: RTNL.
 */
void cvs_stacking_update_carrier(struct cvs_switch *sw)
{
	const struct cvs_port *port;

	ASSERT_RTNL();
	if (rtnl_dereference(sw->tunnel)) {
		netif_carrier_on(sw->dev);
		return;
	}
	list_for_each_entry(port, &sw->ports, node) {
		if (netif_running(port->dev) && netif_carrier_ok(port->dev)) {
			netif_carrier_on(sw->dev);
			return;
		}
	}
	netif_carrier_off(sw->dev);
}

/* The lowest hardware address among the ports', or NULL. */
static const u8 *hardware_address(const struct cvs_switch *sw)
{
	const struct cvs_port *port;
	const u8 *lowest = NULL;

	list_for_each_entry(port, &sw->ports, node) {
		const struct net_device *dev = port->dev;

		if (dev->addr_assign_type == NET_ADDR_PERM &&
		    (!lowest || memcmp(dev->dev_addr, lowest, ETH_ALEN) < 0))
			lowest = dev->dev_addr;
	}
	return lowest;
}

/**
 * cvs_stacking_update_address() - a switch without an address of its own takes
 *	that of its hardware
 * @sw: the switch; one whose address was chosen by hand is left alone
 *
 * So a host that moves its network card into a switch stays who it was. A
 * container's port never changes the address, which the other containers have
 * in their neighbour tables. When the last hardware leaves, it takes its address
 * along, and the switch gets one at random again.
 *
 * Context: RTNL.
 */
void cvs_stacking_update_address(struct cvs_switch *sw)
{
	struct net_device *dev = sw->dev;
	const u8 *addr;

	ASSERT_RTNL();
	if (dev->addr_assign_type != NET_ADDR_RANDOM &&
	    dev->addr_assign_type != NET_ADDR_STOLEN)
		return;
	addr = hardware_address(sw);
	if (addr && !ether_addr_equal(addr, dev->dev_addr)) {
		eth_hw_addr_set(dev, addr);
		dev->addr_assign_type = NET_ADDR_STOLEN;
	} else if (!addr && dev->addr_assign_type == NET_ADDR_STOLEN) {
		eth_hw_addr_random(dev);
	} else {
		return;
	}
	call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
}

static void update_gso(struct cvs_switch *sw)
{
	unsigned int size = TSO_MAX_SIZE;
	const struct cvs_port *port;
	u16 segs = TSO_MAX_SEGS;

	list_for_each_entry(port, &sw->ports, node) {
		size = min(size, port->dev->tso_max_size);
		segs = min(segs, port->dev->tso_max_segs);
	}
	netif_set_tso_max_size(sw->dev, size);
	netif_set_tso_max_segs(sw->dev, segs);
}

/* Whatever port a frame comes in by, it may leave by the greediest one. */
static void update_headroom(struct cvs_switch *sw)
{
	unsigned int headroom = 0;
	struct cvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		headroom = max(headroom, netdev_get_fwd_headroom(port->dev));
	headroom = max(headroom, cvs_tunnel_headroom(sw));
	sw->dev->needed_headroom = headroom;
	list_for_each_entry(port, &sw->ports, node)
		netdev_set_rx_headroom(port->dev, headroom);
}

/**
 * cvs_stacking_update() - a port came, went or changed
 * @sw: the switch
 *
 * Context: RTNL.
 */
void cvs_stacking_update(struct cvs_switch *sw)
{
	ASSERT_RTNL();
	netdev_update_features(sw->dev);
	update_gso(sw);
	update_headroom(sw);
	cvs_mtu_update(sw);
	cvs_stacking_update_address(sw);
	cvs_stacking_update_carrier(sw);
}

/**
 * cvs_stacking_underlay_changed() - a device or an address of a namespace changed,
 *	by which tunnels may send
 * @net: the namespace
 *
 * Its switches that have a tunnel are updated soon. Not at once: the chain of
 * IPv6 addresses is atomic, and switches may be each other's underlay.
 *
 * Context: any but hard interrupts.
 */
void cvs_stacking_underlay_changed(const struct net *net)
{
	struct cvs_net *cn = cvs_net(net);

	/* Who is about to have the first tunnel looks at its underlay afterwards. */
	if (!list_empty(&cn->udps))
		schedule_work(&cn->underlay_work);
}

/* Of struct cvs_net, see cvs_stacking_underlay_changed(). */
void cvs_stacking_underlay_work(struct work_struct *work)
{
	struct cvs_net *cn = container_of(work, struct cvs_net, underlay_work);
	struct cvs_switch *sw;

	rtnl_lock();
	list_for_each_entry(sw, &cn->switches, node) {
		if (!rtnl_dereference(sw->tunnel))
			continue;
		update_headroom(sw);
		cvs_mtu_update(sw);
	}
	rtnl_unlock();
}
