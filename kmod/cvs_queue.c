// SPDX-License-Identifier: GPL-2.0
#include "cvs_queue.h"

/**
 * cvs_queue_init() - make an empty queue
 * @queue: where
 * @func: serves it, as often as there is something in it
 */
void cvs_queue_init(struct cvs_queue *queue, work_func_t func)
{
	int i;

	INIT_WORK(&queue->work, func);
	for (i = 0; i < CVS_QUEUE_LANES; i++)
		skb_queue_head_init(&queue->lanes[i]);
}

/**
 * cvs_queue_put() - have a frame wait
 * @queue: the queue
 * @skb: the frame
 * @whose: a number for whose frame it is: those of neighbouring numbers don't
 *	share a lane
 *
 * Context: BH off.
 * Return: false if the frame's lane is full, and @skb stays the caller's.
 */
bool cvs_queue_put(struct cvs_queue *queue, struct sk_buff *skb, unsigned int whose)
{
	struct sk_buff_head *lane = &queue->lanes[whose % CVS_QUEUE_LANES];
	bool room;

	spin_lock(&lane->lock);
	room = skb_queue_len(lane) < CVS_QUEUE_LANE_MAX;
	if (room)
		__skb_queue_tail(lane, skb);
	spin_unlock(&lane->lock);
	if (room)
		queue_work(system_dfl_wq, &queue->work);
	return room;
}

/**
 * cvs_queue_get() - the frame that is next
 * @queue: the queue
 *
 * Context: the queue's work, BH on; or after its end.
 * Return: the frame, the caller's now; or NULL.
 */
struct sk_buff *cvs_queue_get(struct cvs_queue *queue)
{
	struct sk_buff *skb = NULL;
	int i;

	for (i = 0; i < CVS_QUEUE_LANES && !skb; i++) {
		struct sk_buff_head *lane = &queue->lanes[queue->next++ % CVS_QUEUE_LANES];

		spin_lock_bh(&lane->lock);
		skb = __skb_dequeue(lane);
		spin_unlock_bh(&lane->lock);
	}
	return skb;
}
