// SPDX-License-Identifier: GPL-2.0
#include "cvs_flood.h"

#include <linux/timekeeping.h>

#include "cvs_acl.h"
#include "cvs_deliver.h"
#include "cvs_drop.h"
#include "cvs_replicate.h"
#include "cvs_stats.h"
#include "cvs_suppress.h"
#include "cvs_tunnel.h"

/*
 * Do the rules of a port let the frame leave by it? If not, it is as if it had
 * got a copy, which was dropped there. A flooded frame's sender isn't told.
 */
static bool may_leave(struct cvs_packet *pkt, struct cvs_port *out)
{
	int reason = cvs_acl_egress(pkt, out);

	if (likely(reason < 0))
		return true;
	cvs_stats_inc(pkt->in->stats, CVS_COPIES);
	cvs_drop_gone(pkt, out, pkt->skb->len + ETH_HLEN, reason);
	return false;
}

/* Does the host get flooded frames of this class? */
static bool host_wants(struct cvs_packet *pkt, enum cvs_class class)
{
	struct cvs_port *host = pkt->sw->host;

	if (pkt->in == host || !test_bit(CVS_PORT_FLOOD + class, &host->flags) ||
	    cvs_egress_check(pkt, host) >= 0)
		return false;
	return (class != CVS_CLASS_UNICAST || pkt->flags & BIT(CVS_SWITCH_PROMISC)) &&
	       may_leave(pkt, host);
}

/*
 * Where a flooded frame goes, but for the host: to ports, and to remotes as if
 * they were one port more. All receivers but the last get a copy.
 */
static void give_copy(const struct cvs_packet *pkt, struct cvs_port *out,
		      struct cvs_tunnel *tunnel)
{
	struct sk_buff *copy;

	if (!test_bit(CVS_PORT_TUNNEL, &out->flags)) {
		cvs_xmit_copy(pkt, out);
		return;
	}
	copy = cvs_copy(pkt, out);
	if (copy)
		cvs_replicate(pkt, copy, tunnel);
}

static void give(const struct cvs_packet *pkt, struct cvs_port *out,
		 struct cvs_tunnel *tunnel)
{
	if (test_bit(CVS_PORT_TUNNEL, &out->flags))
		cvs_replicate(pkt, pkt->skb, tunnel);
	else
		cvs_xmit(pkt, pkt->skb, out);
}

/* Does anybody behind the tunnel get flooded frames of this class? */
static bool tunnel_wants(const struct cvs_packet *pkt, const struct cvs_tunnel *tunnel,
			 enum cvs_class class)
{
	return READ_ONCE(tunnel->flood_count) &&
	       test_bit(CVS_PORT_FLOOD + class, &tunnel->port->flags) &&
	       cvs_egress_check(pkt, tunnel->port) < 0;
}

/**
 * cvs_flood() - a frame goes to every port that takes it
 * @pkt: the frame; gone, unless the result says otherwise
 * @from: the port or the remote it came from, or NULL for one we don't know
 *
 * Each receiver but the last gets a copy.
 *
 * Context: RCU, BH off.
 * Return: RX_HANDLER_ANOTHER if the frame goes on as received by
 * pkt->skb->dev, else RX_HANDLER_CONSUMED.
 */
rx_handler_result_t cvs_flood(struct cvs_packet *pkt, struct cvs_fdb_owner *from)
{
	enum cvs_class class = cvs_mac_class(pkt->key.dst);
	struct cvs_tunnel *tunnel = rcu_dereference(pkt->sw->tunnel);
	struct cvs_port *out, *last = NULL;

	if (!cvs_limit_pass(&pkt->in->limits[class], ktime_get_mono_fast_ns())) {
		cvs_drop(pkt, CVSWITCH_DROP_REASON_STORM_UNICAST + class);
		return RX_HANDLER_CONSUMED;
	}
	if (pkt->flags & BIT(CVS_SWITCH_NEIGH_SUPPRESS) && cvs_suppress(pkt, from))
		return RX_HANDLER_CONSUMED;
	cvs_stats_inc(pkt->in->stats, CVS_RX_FLOODED);

	if (tunnel && tunnel_wants(pkt, tunnel, class))
		last = tunnel->port;
	list_for_each_entry_rcu(out, &pkt->sw->ports, node) {
		if (!test_bit(CVS_PORT_FLOOD + class, &out->flags) ||
		    cvs_egress_check(pkt, out) >= 0 || !may_leave(pkt, out))
			continue;
		if (last)
			give_copy(pkt, last, tunnel);
		last = out;
	}

	if (host_wants(pkt, class)) {
		if (last)
			give_copy(pkt, last, tunnel);
		return cvs_to_host(pkt);
	}
	if (last)
		give(pkt, last, tunnel);
	else
		cvs_drop(pkt, CVSWITCH_DROP_REASON_NO_RECEIVER);
	return RX_HANDLER_CONSUMED;
}
