// SPDX-License-Identifier: GPL-2.0
/* tc's egress programs hang on tcx_egress (6.6), before on miniq_egress */
#include <linux/netdevice.h>

void *probe(struct net_device *dev)
{
	return rcu_access_pointer(dev->tcx_egress);
}
