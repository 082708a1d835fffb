// SPDX-License-Identifier: GPL-2.0
/* dev_set_mac_address() takes an address of any length (6.16) */
#include <linux/netdevice.h>

int probe(struct net_device *dev, struct sockaddr_storage *ss)
{
	return dev_set_mac_address(dev, ss, NULL);
}
