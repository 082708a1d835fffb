// SPDX-License-Identifier: GPL-2.0
#include "cvs_replicate.h"

#include <linux/sched.h>

#include "cvs_datapath.h"
#include "cvs_drop.h"
#include "cvs_encap.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

/**
 * struct waiting - what a frame in the queue takes along, in its skb
 * @vid: its VLAN
 * @flags: the switch's flags
 */
struct waiting {
	u16 vid;
	unsigned long flags;
};

static struct waiting *waiting(struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct waiting) > sizeof(skb->cb));
	return (struct waiting *)skb->cb;
}

/* A copy for a remote. */
static void send_copy(const struct cvs_packet *pkt, struct cvs_remote *remote)
{
	struct sk_buff *copy = skb_clone(pkt->skb, GFP_ATOMIC);

	if (likely(copy)) {
		cvs_encap(pkt, copy, remote, true);
	} else {
		cvs_remote_count_drop(remote);
		cvs_drop_gone(pkt, remote->tunnel->port, pkt->skb->len + ETH_HLEN,
			      CVSWITCH_DROP_REASON_NO_MEMORY);
	}
}

/* Each remote but the last gets a copy. The packet's skb is gone. */
static void send_to_all(struct cvs_packet *pkt, struct cvs_tunnel *tunnel)
{
	struct cvs_remote *remote, *last = NULL;

	list_for_each_entry_rcu(remote, &tunnel->flood, flood_node) {
		if (last) {
			cvs_stats_inc(pkt->in->stats, CVS_COPIES);
			send_copy(pkt, last);
		}
		last = remote;
	}
	if (last)
		cvs_encap(pkt, pkt->skb, last, true);
	else
		cvs_drop_at(pkt, pkt->skb, tunnel->port, CVSWITCH_DROP_REASON_NO_RECEIVER);
}

/**
 * cvs_replicate() - transmit to all remotes that get what is flooded
 * @pkt: the frame
 * @skb: its skb, or that of a copy; gone afterwards
 * @tunnel: the tunnel
 *
 * Context: RCU, BH off.
 */
void cvs_replicate(const struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_tunnel *tunnel)
{
	struct cvs_packet mine = *pkt;

	mine.skb = skb;
	if (READ_ONCE(tunnel->flood_count) <= CVS_REPLICATE_AT_ONCE) {
		send_to_all(&mine, tunnel);
		return;
	}
	waiting(skb)->vid = pkt->key.vid;
	waiting(skb)->flags = pkt->flags;
	/* What the frame holds of its sender would have to wait with it. */
	skb_orphan(skb);
	skb_scrub_packet(skb, true);
	skb->dev = pkt->sw->dev;
	if (!cvs_queue_put(&tunnel->queue, skb, pkt->in->dev->ifindex))
		cvs_drop_at(pkt, skb, tunnel->port, CVSWITCH_DROP_REASON_TUNNEL_QUEUE_FULL);
}

/* The frame as it was when it came to the queue; the copies count at the tunnel. */
static void restore(struct cvs_packet *pkt, struct sk_buff *skb, struct cvs_tunnel *tunnel)
{
	*pkt = (struct cvs_packet) {
		.skb = skb,
		.in = tunnel->port,
		.sw = tunnel->sw,
		.flags = waiting(skb)->flags,
	};
	cvs_key_extract(&pkt->key, eth_hdr(skb));
	pkt->key.vid = waiting(skb)->vid;
}

/*
 * Send copies to the next remotes. The frame itself waits for its end in
 * serve(), so the first copy counts as the frame. Return: whether there are more.
 */
static bool send_some(const struct cvs_packet *pkt, struct cvs_tunnel *tunnel,
		      unsigned long *id, bool *sent)
{
	struct cvs_remote *remote;
	int count = 0;

	local_bh_disable();
	rcu_read_lock();
	xa_for_each_start(&tunnel->ids, *id, remote, *id) {
		if (count++ == CVS_REPLICATE_AT_ONCE)
			break;
		if (!READ_ONCE(remote->flooded))
			continue;
		if (*sent)
			cvs_stats_inc(tunnel->port->stats, CVS_COPIES);
		*sent = true;
		send_copy(pkt, remote);
	}
	rcu_read_unlock();
	local_bh_enable();
	return remote;
}

/* What the data path does with RCU and without BH is done here from a process. */
static void drop(const struct cvs_packet *pkt, struct cvs_tunnel *tunnel,
		 enum cvswitch_drop_reason reason)
{
	local_bh_disable();
	rcu_read_lock();
	cvs_drop_at(pkt, pkt->skb, tunnel->port, reason);
	rcu_read_unlock();
	local_bh_enable();
}

static void serve(struct cvs_tunnel *tunnel, struct sk_buff *skb)
{
	struct cvs_packet pkt;
	unsigned long id = 0;
	bool sent = false;

	restore(&pkt, skb, tunnel);
	while (send_some(&pkt, tunnel, &id, &sent))
		cond_resched();
	if (sent) {
		consume_skb(skb);
		return;
	}
	drop(&pkt, tunnel, CVSWITCH_DROP_REASON_NO_RECEIVER);
}

/**
 * cvs_replicate_work() - serve a tunnel's queue until it is empty
 * @work: in &struct cvs_queue
 */
void cvs_replicate_work(struct work_struct *work)
{
	struct cvs_queue *queue = container_of(work, struct cvs_queue, work);
	struct cvs_tunnel *tunnel = container_of(queue, struct cvs_tunnel, queue);
	struct sk_buff *skb;

	while ((skb = cvs_queue_get(queue))) {
		serve(tunnel, skb);
		cond_resched();
	}
}

/**
 * cvs_replicate_stop() - end a tunnel's queue
 * @tunnel: the tunnel, by which nothing more is flooded
 *
 * Context: may sleep.
 */
void cvs_replicate_stop(struct cvs_tunnel *tunnel)
{
	struct cvs_packet pkt;
	struct sk_buff *skb;

	cancel_work_sync(&tunnel->queue.work);
	while ((skb = cvs_queue_get(&tunnel->queue))) {
		restore(&pkt, skb, tunnel);
		drop(&pkt, tunnel, CVSWITCH_DROP_REASON_PORT_DOWN);
	}
}
