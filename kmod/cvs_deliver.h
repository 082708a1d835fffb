/* SPDX-License-Identifier: GPL-2.0 */
/* The last steps of a frame's walk: may it leave by a port, and how. */
#ifndef CVS_DELIVER_H
#define CVS_DELIVER_H

#include <linux/netdevice.h>

#include "cvs_datapath.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_tag.h"

/**
 * cvs_egress_check() - may a frame leave by this port?
 * @pkt: the frame
 * @out: the port, which may be the host's
 *
 * The one place that knows.
 *
 * Context: RCU.
 * Return: &enum cvswitch_drop_reason, or -1 if it may.
 */
static __always_inline int cvs_egress_check(const struct cvs_packet *pkt,
					    const struct cvs_port *out)
{
	unsigned long flags = READ_ONCE(out->flags);

	if (unlikely(!cvs_port_flags_open(flags)))
		return CVSWITCH_DROP_REASON_PORT_DOWN;
	if (unlikely(out == pkt->in) &&
	    (!(flags & BIT(CVS_PORT_HAIRPIN)) || out == pkt->sw->host))
		return CVSWITCH_DROP_REASON_SAME_PORT;
	if (unlikely(flags & BIT(CVS_PORT_ISOLATED)) &&
	    test_bit(CVS_PORT_ISOLATED, &pkt->in->flags))
		return CVSWITCH_DROP_REASON_ISOLATED;
	if (unlikely(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)) &&
	    !cvs_tag_may_egress(pkt, out))
		return CVSWITCH_DROP_REASON_VLAN_EGRESS;
	return -1;
}

/* The host's own address. It is never in the FDB. */
static inline bool cvs_is_host(const struct cvs_switch *sw, u64 mac)
{
	return mac == cvs_mac_load(sw->dev->dev_addr);
}

void cvs_xmit(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_port *out);
struct sk_buff *cvs_copy(const struct cvs_packet *pkt, struct cvs_port *out);
void cvs_xmit_copy(const struct cvs_packet *pkt, struct cvs_port *out);
rx_handler_result_t cvs_to_host(const struct cvs_packet *pkt);
void cvs_answer(const struct cvs_packet *pkt, struct sk_buff *skb);
void cvs_answer_instead(const struct cvs_packet *pkt, struct sk_buff *skb);
void cvs_copy_to_host(const struct cvs_packet *pkt);

#endif /* CVS_DELIVER_H */
