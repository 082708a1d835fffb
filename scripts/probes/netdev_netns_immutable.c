// SPDX-License-Identifier: GPL-2.0
/* Being bound to a namespace is a bit of the device, no longer a feature (6.14) */
#include <linux/netdevice.h>

void probe(struct net_device *dev)
{
	dev->netns_immutable = true;
}
