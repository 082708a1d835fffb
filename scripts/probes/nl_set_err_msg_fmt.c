// SPDX-License-Identifier: GPL-2.0
/* Extended ACK messages take a format (6.2) */
#include <linux/netlink.h>

void probe(struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_FMT(extack, "%d", 1);
}
