// SPDX-License-Identifier: GPL-2.0
#include "cvs_tag.h"

#include <linux/if_vlan.h>

#include "cvs_datapath.h"
#include "cvs_drop.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_vlan.h"
#include "cvs_vni.h"

/*
 * Have the frame's VLAN tag, if it has one, out of band. The stack has done
 * that to what it received, the host's own frames may still have theirs in the
 * data. A tag of another kind (IEEE 802.1ad) is payload and goes there.
 * Return: -1, or why the frame is gone.
 */
static int tag_normalize(struct cvs_packet *pkt)
{
	struct sk_buff *skb = pkt->skb;
	int reason;

	if (!skb_vlan_tag_present(skb)) {
		if (eth_hdr(skb)->h_proto != htons(ETH_P_8021Q))
			return -1;
		/* What skb_vlan_untag() looks at: the tag and the type behind it. */
		reason = skb->len < VLAN_HLEN + sizeof(__be16) ?
			 CVSWITCH_DROP_REASON_MALFORMED : CVSWITCH_DROP_REASON_NO_MEMORY;
		skb->protocol = htons(ETH_P_8021Q);
		pkt->skb = skb_vlan_untag(skb);
		return pkt->skb ? -1 : reason;
	}
	if (likely(skb->vlan_proto == htons(ETH_P_8021Q)))
		return -1;

	skb_push(skb, ETH_HLEN);
	skb = vlan_insert_tag_set_proto(skb, skb->vlan_proto, skb_vlan_tag_get(skb));
	pkt->skb = skb;
	if (!skb)
		return CVSWITCH_DROP_REASON_NO_MEMORY;
	__vlan_hwaccel_clear_tag(skb);
	skb_pull(skb, ETH_HLEN);
	/* The sum of the whole payload doesn't cover the tag. */
	skb_forward_csum(skb);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	return -1;
}

/**
 * cvs_tag_ingress() - find out a frame's VLAN, and whether its port is in it
 * @pkt: the frame; afterwards it has its tag out of band
 *
 * Context: RCU, BH off.
 * Return: false if the frame was dropped.
 */
bool cvs_tag_ingress(struct cvs_packet *pkt)
{
	const struct cvs_vlan_set *vlans = rcu_dereference(pkt->in->vlans);
	int reason = tag_normalize(pkt);
	struct sk_buff *skb;
	u16 vid = 0;

	if (unlikely(reason >= 0)) {
		cvs_drop_gone(pkt, pkt->in, 0, reason);
		return false;
	}

	skb = pkt->skb;
	if (skb_vlan_tag_present(skb))
		vid = skb_vlan_tag_get_id(skb);
	if (!vid) {
		vid = vlans->pvid;
		if (skb_vlan_tag_present(skb))
			/* Priority-tagged: keep the priority. */
			skb->vlan_tci |= vid;
		else
			__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), vid);
	}
	pkt->key.vid = vid;
	if (unlikely(!vid || !cvs_vlan_is_member(vlans, vid))) {
		cvs_drop(pkt, CVSWITCH_DROP_REASON_VLAN_INGRESS);
		return false;
	}
	return true;
}

/**
 * cvs_tag_ingress_vni() - a frame's VLAN is that of the VNI it came by
 * @pkt: the frame, from the tunnel
 * @vid: the VLAN
 *
 * A tag inside would be a second opinion (RFC 7348, 6.1).
 *
 * Context: RCU, BH off.
 * Return: -1, or &enum cvswitch_drop_reason for a frame that may not come in.
 */
int cvs_tag_ingress_vni(struct cvs_packet *pkt, u16 vid)
{
	if (likely(!(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE))))
		/* All VLANs are one network here, and its VNI is the only one. */
		return vid == CVS_VNI_OWN_VLAN ? -1 : CVSWITCH_DROP_REASON_TUNNEL_NO_VNI;
	if (unlikely(pkt->skb->protocol == htons(ETH_P_8021Q)))
		return CVSWITCH_DROP_REASON_VLAN_INGRESS;
	__vlan_hwaccel_put_tag(pkt->skb, htons(ETH_P_8021Q), vid);
	pkt->key.vid = vid;
	return -1;
}

/**
 * cvs_tag_may_egress() - is a port in the frame's VLAN?
 * @pkt: the frame
 * @out: the port
 *
 * Context: RCU.
 * Return: true if it is.
 */
bool cvs_tag_may_egress(const struct cvs_packet *pkt, const struct cvs_port *out)
{
	return cvs_vlan_is_member(rcu_dereference(out->vlans), pkt->key.vid);
}

/**
 * cvs_tag_egress() - give a frame the tag that a port wants
 * @pkt: the frame
 * @out: the port
 * @skb: the frame, or a copy of it
 *
 * Only the tag out of band changes, so a copy's data may be shared.
 *
 * Context: RCU.
 */
void cvs_tag_egress(const struct cvs_packet *pkt, const struct cvs_port *out,
		    struct sk_buff *skb)
{
	const struct cvs_vlan_set *vlans = rcu_dereference(out->vlans);

	if (test_bit(pkt->key.vid, vlans->untagged))
		__vlan_hwaccel_clear_tag(skb);
}
