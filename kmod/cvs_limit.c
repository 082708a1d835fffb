// SPDX-License-Identifier: GPL-2.0
#include "cvs_limit.h"

#include <linux/math64.h>
#include <linux/time64.h>

/**
 * cvs_limit_set() - change the rate
 * @limit: the limit
 * @per_second: events per second, at most one per nanosecond; 0 is no limit
 *
 * Context: any; who asks at the same time sees the old rate or the new one.
 */
void cvs_limit_set(struct cvs_limit *limit, u32 per_second)
{
	u64 interval = per_second ? DIV_ROUND_UP(NSEC_PER_SEC, per_second) : 0;

	WRITE_ONCE(limit->per_second, per_second);
	WRITE_ONCE(limit->interval, interval);
	atomic64_set(&limit->next, 0);
}

/**
 * cvs_limit_pass() - may this event happen?
 * @limit: the limit
 * @now: time that doesn't go backwards, in nanoseconds
 *
 * Context: any.
 * Return: true, and the event is charged; or false, and nothing is.
 */
bool cvs_limit_pass(struct cvs_limit *limit, u64 now)
{
	u64 interval = READ_ONCE(limit->interval);
	s64 next, start;

	if (!interval)
		return true;

	next = atomic64_read(&limit->next);
	do {
		start = max_t(s64, next, now);
		if (start + (s64)interval > (s64)now + (s64)NSEC_PER_SEC)
			return false;
	} while (!atomic64_try_cmpxchg(&limit->next, &next, start + interval));

	return true;
}
