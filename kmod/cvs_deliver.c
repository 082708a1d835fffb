// SPDX-License-Identifier: GPL-2.0
#include "cvs_deliver.h"

#include <linux/if_vlan.h>
#include <linux/skbuff.h>

#include "cvs_drop.h"
#include "cvs_stats.h"

/* As the bridge does it: a tag in the data hides where the checksum starts. */
static bool fix_csum_offset(struct sk_buff *skb)
{
	int depth;

	if (likely(skb->ip_summed != CHECKSUM_PARTIAL || !eth_type_vlan(skb->protocol)))
		return true;
	if (!vlan_get_protocol_and_depth(skb, skb->protocol, &depth))
		return false;
	skb_set_network_header(skb, depth);
	return true;
}

/**
 * cvs_xmit() - transmit by a port's device
 * @pkt: the frame
 * @skb: its skb, or that of a copy; gone afterwards
 * @out: the port, not a host port
 *
 * Context: RCU, BH off.
 */
void cvs_xmit(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_port *out)
{
	enum cvswitch_drop_reason reason;
	unsigned int len;

	if (unlikely(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)))
		cvs_tag_egress(pkt, out, skb);

	reason = CVSWITCH_DROP_REASON_MALFORMED;
	if (unlikely(skb_warn_if_lro(skb)))
		goto drop;
	/* The header is there: the data begins behind it. */
	__skb_push(skb, ETH_HLEN);
	len = skb->len;
	if (unlikely(!fix_csum_offset(skb)))
		goto drop_pull;
	reason = CVSWITCH_DROP_REASON_TOO_BIG;
	if (unlikely(!__is_skb_forwardable(out->dev, skb, true)))
		goto drop_pull;

	skb->dev = out->dev;
	skb_forward_csum(skb);
	skb_clear_tstamp(skb);
	if (likely(dev_queue_xmit(skb) == NET_XMIT_SUCCESS))
		cvs_stats_add2(out->stats, CVS_TX_QUEUED_FRAMES, 1,
			       CVS_TX_QUEUED_BYTES, len);
	else
		cvs_drop_gone(pkt, out, len, CVSWITCH_DROP_REASON_TX_REFUSED);
	return;

drop_pull:
	__skb_pull(skb, ETH_HLEN);
drop:
	cvs_drop_at(pkt, skb, out, reason);
}

/**
 * cvs_copy() - copy a frame for one more receiver
 * @pkt: the frame
 * @out: the port that the copy is to leave by
 *
 * Context: RCU, BH off.
 * Return: the copy, or NULL, which is counted as a drop at @out.
 */
struct sk_buff *cvs_copy(const struct cvs_packet *pkt, struct cvs_port *out)
{
	struct sk_buff *skb = skb_clone(pkt->skb, GFP_ATOMIC);

	cvs_stats_inc(pkt->in->stats, CVS_COPIES);
	if (unlikely(!skb))
		cvs_drop_gone(pkt, out, pkt->skb->len + ETH_HLEN,
			      CVSWITCH_DROP_REASON_NO_MEMORY);
	return skb;
}

/**
 * cvs_xmit_copy() - transmit a copy by a port's device
 * @pkt: the frame, which stays
 * @out: the port, not a host port
 *
 * Context: RCU, BH off.
 */
void cvs_xmit_copy(const struct cvs_packet *pkt, struct cvs_port *out)
{
	struct sk_buff *skb = cvs_copy(pkt, out);

	if (skb)
		cvs_xmit(pkt, skb, out);
}

static u8 host_pkt_type(const struct cvs_packet *pkt)
{
	u64 dst = pkt->key.dst;

	if (cvs_is_host(pkt->sw, dst))
		return PACKET_HOST;
	if (dst == CVS_MAC_BROADCAST)
		return PACKET_BROADCAST;
	return cvs_mac_is_group(dst) ? PACKET_MULTICAST : PACKET_OTHERHOST;
}

/* Make the frame one that the switch's device received. */
static void prepare_for_host(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	struct cvs_port *host = pkt->sw->host;

	if (unlikely(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)))
		cvs_tag_egress(pkt, host, skb);
	skb->dev = pkt->sw->dev;
	skb->pkt_type = host_pkt_type(pkt);
	cvs_stats_add2(host->stats, CVS_TX_QUEUED_FRAMES, 1,
		       CVS_TX_QUEUED_BYTES, skb->len + ETH_HLEN);
}

/**
 * cvs_to_host() - hand a frame to the host
 * @pkt: the frame, for which cvs_egress_check() has nothing against it
 *
 * Context: RCU, BH off.
 * Return: RX_HANDLER_ANOTHER, which the caller has to see to
 */
rx_handler_result_t cvs_to_host(const struct cvs_packet *pkt)
{
	prepare_for_host(pkt, pkt->skb);
	return RX_HANDLER_ANOTHER;
}

static void answer(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	skb_reset_mac_len(skb);
	if (pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE))
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), pkt->key.vid);
	if (pkt->in != pkt->sw->host) {
		cvs_xmit(pkt, skb, pkt->in);
		return;
	}
	prepare_for_host(pkt, skb);
	skb->pkt_type = PACKET_HOST;
	/* The host is in the middle of sending. */
	netif_rx(skb);
}

/**
 * cvs_answer() - answer a frame by the port that it came in by
 * @pkt: the frame, which stays
 * @skb: the answer, its data behind the Ethernet header; gone afterwards
 *
 * Nothing that the port was told stands against it: the switch itself speaks.
 *
 * Context: RCU, BH off.
 */
void cvs_answer(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	/* One frame more than came in. */
	cvs_stats_inc(pkt->in->stats, CVS_COPIES);
	answer(pkt, skb);
}

/**
 * cvs_answer_instead() - as cvs_answer(), and the frame goes no further
 * @pkt: the frame, gone afterwards
 * @skb: the answer, its data behind the Ethernet header; gone afterwards
 *
 * The answer leaves the switch in the frame's place.
 *
 * Context: RCU, BH off.
 */
void cvs_answer_instead(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	answer(pkt, skb);
	consume_skb(pkt->skb);
}

/**
 * cvs_copy_to_host() - the host listens to all frames (tcpdump on the switch)
 * @pkt: a frame for somebody else, which stays
 *
 * Context: RCU, BH off.
 */
void cvs_copy_to_host(const struct cvs_packet *pkt)
{
	struct cvs_port *host = pkt->sw->host;
	struct sk_buff *skb;

	if (pkt->in == host || cvs_egress_check(pkt, host) >= 0)
		return;
	skb = cvs_copy(pkt, host);
	if (skb) {
		prepare_for_host(pkt, skb);
		netif_receive_skb(skb);
	}
}
