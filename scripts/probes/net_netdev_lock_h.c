// SPDX-License-Identifier: GPL-2.0
/* What locks a device has a header of its own (6.15) */
#include <net/netdev_lock.h>

void probe(struct net_device *dev)
{
	netdev_lockdep_set_classes(dev);
}
