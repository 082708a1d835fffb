// SPDX-License-Identifier: GPL-2.0
/* A dump's attributes come with its genl_info (6.6) */
#include <net/genetlink.h>

struct nlattr **probe(struct netlink_callback *cb)
{
	return genl_info_dump(cb)->attrs;
}
