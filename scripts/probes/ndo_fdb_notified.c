// SPDX-License-Identifier: GPL-2.0
/* ndo_fdb_add() and ndo_fdb_del() say whether they sent the notification (6.15) */
#include <linux/netdevice.h>

static int fdb_del(struct ndmsg *ndm, struct nlattr *tb[], struct net_device *dev,
		   const unsigned char *addr, u16 vid, bool *notified,
		   struct netlink_ext_ack *extack)
{
	return 0;
}

struct net_device_ops probe = { .ndo_fdb_del = fdb_del };
