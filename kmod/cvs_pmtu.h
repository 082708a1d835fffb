/* SPDX-License-Identifier: GPL-2.0 */
/* What a sender is told whose packet is too long for the tunnel. */
#ifndef CVS_PMTU_H
#define CVS_PMTU_H

#include <linux/types.h>

struct cvs_packet;
struct sk_buff;

void cvs_pmtu_answer(const struct cvs_packet *pkt, const struct sk_buff *skb, __be16 protocol,
		     unsigned int mtu);

#endif /* CVS_PMTU_H */
