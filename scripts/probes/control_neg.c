// SPDX-License-Identifier: GPL-2.0
/* Must compile on no kernel. */
#include <linux/netdevice.h>

int probe(struct net_device *dev)
{
	return cvs_no_such_function(dev);
}
