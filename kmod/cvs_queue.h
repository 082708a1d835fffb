/* SPDX-License-Identifier: GPL-2.0 */
/* Frames that wait to be replicated to more remotes than softirq has time for. */
#ifndef CVS_QUEUE_H
#define CVS_QUEUE_H

#include <linux/skbuff.h>
#include <linux/workqueue.h>

/*
 * Ports have lanes of their own, as far as there are lanes, and the lanes are
 * served in turn: a port whose lane is full takes nobody else's place.
 */
#define CVS_QUEUE_LANES		16
#define CVS_QUEUE_LANE_MAX	32

/**
 * struct cvs_queue - frames that wait
 * @work: serves them
 * @lanes: the frames, by the port that they came in by
 * @next: lane that is served next, by @work alone
 */
struct cvs_queue {
	struct work_struct work;
	struct sk_buff_head lanes[CVS_QUEUE_LANES];
	unsigned int next;
};

void cvs_queue_init(struct cvs_queue *queue, work_func_t func);
bool cvs_queue_put(struct cvs_queue *queue, struct sk_buff *skb, unsigned int whose);
struct sk_buff *cvs_queue_get(struct cvs_queue *queue);

#endif /* CVS_QUEUE_H */
