/* SPDX-License-Identifier: GPL-2.0 */
/* The switch's own network device: the host's port in the network. */
#ifndef CVS_NETDEV_H
#define CVS_NETDEV_H

#include <linux/netdevice.h>

extern const struct ethtool_ops cvs_ethtool_ops;

void cvs_netdev_setup(struct net_device *dev);

/* Forwarding database operations of rtnetlink, see cvs_netdev_fdb.c */
int CVS_NDO_FDB_ADD(cvs_netdev_fdb_add);
int CVS_NDO_FDB_DEL(cvs_netdev_fdb_del);
int cvs_netdev_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb,
			struct net_device *dev, struct net_device *filter_dev,
			int *idx);

#endif /* CVS_NETDEV_H */
