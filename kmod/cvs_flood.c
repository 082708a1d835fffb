// SPDX-License-Identifier: GPL-2.0
#include "cvs_flood.h"

#include <linux/timekeeping.h>

#include "cvs_deliver.h"
#include "cvs_drop.h"
#include "cvs_stats.h"

/* Does the host get flooded frames of this class? */
static bool host_wants(const struct cvs_packet *pkt, enum cvs_class class)
{
	const struct cvs_port *host = pkt->sw->host;

	if (pkt->in == host || !test_bit(CVS_PORT_FLOOD + class, &host->flags) ||
	    cvs_egress_check(pkt, host) >= 0)
		return false;
	return class != CVS_CLASS_UNICAST || pkt->flags & BIT(CVS_SWITCH_PROMISC);
}

/**
 * cvs_flood() - a frame goes to every port that takes it
 * @pkt: the frame; gone, unless the result says otherwise
 *
 * Each receiver but the last gets a copy.
 *
 * Context: RCU, BH off.
 * Return: RX_HANDLER_ANOTHER if the frame goes on as received by
 * pkt->skb->dev, else RX_HANDLER_CONSUMED.
 */
rx_handler_result_t cvs_flood(const struct cvs_packet *pkt)
{
	enum cvs_class class = cvs_mac_class(pkt->key.dst);
	struct cvs_port *out, *last = NULL;

	if (!cvs_limit_pass(&pkt->in->limits[class], ktime_get_mono_fast_ns())) {
		cvs_drop(pkt, CVSWITCH_DROP_REASON_STORM_UNICAST + class);
		return RX_HANDLER_CONSUMED;
	}
	cvs_stats_inc(pkt->in->stats, CVS_RX_FLOODED);

	list_for_each_entry_rcu(out, &pkt->sw->ports, node) {
		if (!test_bit(CVS_PORT_FLOOD + class, &out->flags) ||
		    cvs_egress_check(pkt, out) >= 0)
			continue;
		if (last)
			cvs_xmit_copy(pkt, last);
		last = out;
	}

	if (host_wants(pkt, class)) {
		if (last)
			cvs_xmit_copy(pkt, last);
		return cvs_to_host(pkt);
	}
	if (last)
		cvs_xmit(pkt, pkt->skb, last);
	else
		cvs_drop(pkt, CVSWITCH_DROP_REASON_NO_RECEIVER);
	return RX_HANDLER_CONSUMED;
}
