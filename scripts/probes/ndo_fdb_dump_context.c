// SPDX-License-Identifier: GPL-2.0
/* The state of an FDB dump has a type (6.13), before it is cb->args[2] */
#include <linux/rtnetlink.h>

unsigned long probe(struct netlink_callback *cb)
{
	return ((struct ndo_fdb_dump_context *)cb->ctx)->fdb_idx;
}
