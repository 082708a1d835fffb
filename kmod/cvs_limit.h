/* SPDX-License-Identifier: GPL-2.0 */
/* A token bucket of events per second, without a lock. */
#ifndef CVS_LIMIT_H
#define CVS_LIMIT_H

#include <linux/atomic.h>
#include <linux/types.h>

/**
 * struct cvs_limit - generic cell rate algorithm (ITU-T I.371, annex A)
 * @per_second: the rate as it was set
 * @interval: nanoseconds per event; 0 is no limit
 * @next: when the next event would come if all came evenly, in nanoseconds
 *
 * The bucket holds one second's worth of events. The virtual scheduling form
 * of the algorithm needs one word of state, so any number of CPUs may ask at
 * once.
 */
struct cvs_limit {
	u32 per_second;
	u64 interval;
	atomic64_t next;
};

void cvs_limit_set(struct cvs_limit *limit, u32 per_second);
bool cvs_limit_pass(struct cvs_limit *limit, u64 now);

#endif /* CVS_LIMIT_H */
