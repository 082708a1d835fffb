// SPDX-License-Identifier: GPL-2.0
/* The workqueue that is bound to no CPU is the default one (6.18, 6.12.y) */
#include <linux/workqueue.h>

bool probe(struct work_struct *work)
{
	return queue_work(system_dfl_wq, work);
}
