// SPDX-License-Identifier: GPL-2.0
/* Receive queues have a header of their own (6.6) */
#include <net/netdev_rx_queue.h>

int probe(const struct netdev_rx_queue *queue)
{
	return sizeof(*queue);
}
