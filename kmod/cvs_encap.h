/* SPDX-License-Identifier: GPL-2.0 */
/* Frames that leave by a tunnel. */
#ifndef CVS_ENCAP_H
#define CVS_ENCAP_H

#include <linux/types.h>

struct cvs_packet;
struct cvs_remote;
struct sk_buff;

void cvs_encap(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_remote *remote,
	       bool flooded);

#endif /* CVS_ENCAP_H */
