// SPDX-License-Identifier: GPL-2.0
/* An IPv4 flow has a DSCP of its own type (6.18) */
#include <net/flow.h>
#include <net/inet_dscp.h>

void probe(struct flowi4 *flow, dscp_t dscp)
{
	flow->flowi4_dscp = dscp;
}
