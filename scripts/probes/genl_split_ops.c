// SPDX-License-Identifier: GPL-2.0
/* pre_doit() takes a const struct genl_split_ops (6.2) */
#include <net/genetlink.h>

int probe(const struct genl_split_ops *ops)
{
	return ops->cmd;
}
