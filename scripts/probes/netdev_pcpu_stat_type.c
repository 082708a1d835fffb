// SPDX-License-Identifier: GPL-2.0
/* The device says which per-CPU counters it has (6.7); veth then has tstats, before it lstats */
#include <linux/netdevice.h>

int probe(struct net_device *dev)
{
	return dev->pcpu_stat_type == NETDEV_PCPU_STAT_TSTATS;
}
