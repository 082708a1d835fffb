// SPDX-License-Identifier: GPL-2.0
/* struct nla_policy points at a const range (6.6) */
#include <net/netlink.h>

static const struct netlink_range_validation range = { .max = 70000 };
const struct nla_policy probe[] = { NLA_POLICY_FULL_RANGE(NLA_U32, &range) };
