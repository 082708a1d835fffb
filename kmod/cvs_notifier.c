// SPDX-License-Identifier: GPL-2.0
#include "cvs_notifier.h"

#include <linux/inetdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/if_inet6.h>

#include "cvs_event.h"
#include "cvs_fdb.h"
#include "cvs_mtu.h"
#include "cvs_port.h"
#include "cvs_stacking.h"
#include "cvs_switch.h"
#include "cvs_udp.h"

static void switch_address_changed(struct cvs_switch *sw)
{
	u64 mac = cvs_mac_from(sw->dev->dev_addr);
	unsigned int vid;

	/* Frames that met the old address may still learn the new one. */
	synchronize_net();
	/* The host's address is never in the FDB. */
	for (vid = 0; vid < VLAN_N_VID; vid++)
		cvs_fdb_del(&sw->fdb, cvs_fdb_key(mac, vid));
	cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
}

static int switch_event(struct cvs_switch *sw, unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
		cvs_switch_update_state(sw);
		cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
		break;
	case NETDEV_CHANGEADDR:
		switch_address_changed(sw);
		break;
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGENAME:
		cvs_mtu_offer(sw);
		cvs_switch_touch(sw);
		cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	}
	return NOTIFY_DONE;
}

static int port_event(struct cvs_port *port, unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		cvs_port_check_state(port);
		cvs_stacking_update_carrier(port->sw);
		break;
	case NETDEV_CHANGEMTU:
		cvs_mtu_update(port->sw);
		break;
	case NETDEV_CHANGEADDR:
		cvs_stacking_update_address(port->sw);
		break;
	case NETDEV_FEAT_CHANGE:
		netdev_update_features(port->sw->dev);
		break;
	case NETDEV_CHANGENAME:
		cvs_switch_touch(port->sw);
		cvs_event_port(port, CVSWITCH_CMD_PORT_SET_NTF, GFP_KERNEL);
		break;
	case NETDEV_UNREGISTER:
		/* Raised, too, when the device moves to another namespace. */
		cvs_port_del(port);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	}
	return NOTIFY_DONE;
}

/* Any device may be that by which a tunnel sends, even another switch. */
static void underlay_event(struct net_device *dev, unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGEMTU:
	case NETDEV_UNREGISTER:
		cvs_stacking_underlay_changed(dev_net(dev));
		break;
	case NETDEV_UDP_TUNNEL_PUSH_INFO:
	case NETDEV_UDP_TUNNEL_DROP_INFO:
		cvs_udp_offload(dev, event == NETDEV_UDP_TUNNEL_PUSH_INFO);
		break;
	}
}

static int device_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct cvs_port *port;

	ASSERT_RTNL();
	underlay_event(dev, event);
	if (cvs_switch_dev_is(dev)) {
		struct cvs_switch *sw = netdev_priv(dev);

		return test_bit(CVS_SWITCH_LIVE, &sw->flags) ?
		       switch_event(sw, event) : NOTIFY_DONE;
	}
	port = cvs_port_of(dev);
	return port ? port_event(port, event) : NOTIFY_DONE;
}

static struct notifier_block cvs_notifier = {
	.notifier_call = device_event,
};

static int ip4_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct in_ifaddr *addr = ptr;

	cvs_stacking_underlay_changed(dev_net(addr->ifa_dev->dev));
	return NOTIFY_DONE;
}

static struct notifier_block ip4_notifier = {
	.notifier_call = ip4_event,
};

static int ip6_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct inet6_ifaddr *addr = ptr;

	cvs_stacking_underlay_changed(dev_net(addr->idev->dev));
	return NOTIFY_DONE;
}

static struct notifier_block ip6_notifier = {
	.notifier_call = ip6_event,
};

/* Return: 0 or an error of the notifier chain. */
int cvs_notifier_init(void)
{
	int err;

	err = register_netdevice_notifier(&cvs_notifier);
	if (err)
		return err;
	/* These chains take anybody. */
	register_inetaddr_notifier(&ip4_notifier);
	register_inet6addr_notifier(&ip6_notifier);
	return 0;
}

/* Unregistering replays NETDEV_UNREGISTER for all devices: no port is left. */
void cvs_notifier_exit(void)
{
	unregister_inet6addr_notifier(&ip6_notifier);
	unregister_inetaddr_notifier(&ip4_notifier);
	unregister_netdevice_notifier(&cvs_notifier);
}
