/* SPDX-License-Identifier: GPL-2.0 */
/* VLAN tags on the packet path, in a switch that keeps VLANs apart. */
#ifndef CVS_TAG_H
#define CVS_TAG_H

#include <linux/types.h>

struct cvs_packet;
struct cvs_port;
struct sk_buff;

bool cvs_tag_ingress(struct cvs_packet *pkt);
int cvs_tag_ingress_vni(struct cvs_packet *pkt, u16 vid);
bool cvs_tag_may_egress(const struct cvs_packet *pkt, const struct cvs_port *out);
void cvs_tag_egress(const struct cvs_packet *pkt, const struct cvs_port *out,
		    struct sk_buff *skb);

#endif /* CVS_TAG_H */
