// SPDX-License-Identifier: GPL-2.0
/* Must compile on every kernel; if it doesn't, no probe's answer is worth anything. */
#include <linux/netdevice.h>

int probe(struct net_device *dev)
{
	return dev->ifindex;
}
