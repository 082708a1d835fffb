// SPDX-License-Identifier: GPL-2.0
/* netdev_hold() was netdev_get_track() once (6.0) */
#include <linux/netdevice.h>

void probe(struct net_device *dev, netdevice_tracker *tracker)
{
	netdev_hold(dev, tracker, GFP_KERNEL);
}
