// SPDX-License-Identifier: GPL-2.0
#include "cvs_drop.h"

#include <linux/skbuff.h>

#include "cvs_datapath.h"
#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_stats.h"
#include "cvs_tracepoint.h"

#define NAME(reason, name) [CVSWITCH_DROP_REASON_##reason] = name,

const char * const cvs_drop_names[] = {
	CVS_DROP_NAMES(NAME, NAME)
};

#undef NAME

static_assert(ARRAY_SIZE(cvs_drop_names) == CVS_DROP_REASONS);

/* A module can't have reasons of its own there: the core's nearest one. */
static enum skb_drop_reason core_reason(enum cvswitch_drop_reason reason)
{
	switch (reason) {
	case CVSWITCH_DROP_REASON_NO_MEMORY:
		return SKB_DROP_REASON_NOMEM;
	case CVSWITCH_DROP_REASON_TOO_BIG:
	case CVSWITCH_DROP_REASON_TUNNEL_TOO_BIG:
		return SKB_DROP_REASON_PKT_TOO_BIG;
	case CVSWITCH_DROP_REASON_ACL_INGRESS:
	case CVSWITCH_DROP_REASON_ACL_EGRESS:
	case CVSWITCH_DROP_REASON_ACL_REJECT:
	case CVSWITCH_DROP_REASON_ACL_DEFAULT:
	case CVSWITCH_DROP_REASON_ACL_CLOSED:
		return SKB_DROP_REASON_NETFILTER_DROP;
	case CVSWITCH_DROP_REASON_SWITCH_DOWN:
	case CVSWITCH_DROP_REASON_PORT_DOWN:
		return SKB_DROP_REASON_DEV_READY;
	default:
		return SKB_DROP_REASON_NOT_SPECIFIED;
	}
}

static void account(const struct cvs_packet *pkt, struct cvs_port *port,
		    unsigned int ethertype, unsigned int len,
		    enum cvswitch_drop_reason reason)
{
	cvs_stats_drop(port->stats, reason);
	trace_cvs_drop(port, &pkt->key, len, reason);
	cvs_event_drop(port, &pkt->key, ethertype, len, reason);
}

/**
 * cvs_drop() - drop a frame, and count that where it came in
 * @pkt: the frame; its skb is gone afterwards
 * @reason: why
 *
 * Context: RCU, BH off.
 */
void cvs_drop(const struct cvs_packet *pkt, enum cvswitch_drop_reason reason)
{
	cvs_drop_at(pkt, pkt->skb, pkt->in, reason);
}

/**
 * cvs_drop_at() - drop a frame, and count that at another port
 * @pkt: the frame
 * @skb: its skb, or that of a copy; gone afterwards
 * @port: the port it was to leave by
 * @reason: why
 *
 * Context: RCU, BH off.
 */
void cvs_drop_at(const struct cvs_packet *pkt, struct sk_buff *skb,
		 struct cvs_port *port, enum cvswitch_drop_reason reason)
{
	account(pkt, port, ntohs(skb->protocol), skb->len + ETH_HLEN, reason);
	kfree_skb_reason(skb, core_reason(reason));
}

/**
 * cvs_drop_gone() - count a drop of a frame that someone else has freed
 * @pkt: the frame, of which the key is left
 * @port: where to count
 * @len: its length with the Ethernet header, if known
 * @reason: why
 *
 * Context: RCU, BH off.
 */
void cvs_drop_gone(const struct cvs_packet *pkt, struct cvs_port *port,
		   unsigned int len, enum cvswitch_drop_reason reason)
{
	account(pkt, port, 0, len, reason);
}
