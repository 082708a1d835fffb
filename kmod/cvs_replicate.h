/* SPDX-License-Identifier: GPL-2.0 */
/* Flooding to many remotes, each of which gets a copy (head-end replication). */
#ifndef CVS_REPLICATE_H
#define CVS_REPLICATE_H

#include <linux/types.h>

struct cvs_packet;
struct cvs_tunnel;
struct sk_buff;
struct work_struct;

/* To so many remotes a frame is sent at once; to more by a queue. */
#define CVS_REPLICATE_AT_ONCE	64

void cvs_replicate(const struct cvs_packet *pkt, struct sk_buff *skb,
		   struct cvs_tunnel *tunnel);
void cvs_replicate_work(struct work_struct *work);
void cvs_replicate_stop(struct cvs_tunnel *tunnel);

#endif /* CVS_REPLICATE_H */
