/* SPDX-License-Identifier: GPL-2.0 */
/* How deep a tunnel's frame is inside of another one's handling, on this CPU. */
#ifndef CVS_DEPTH_H
#define CVS_DEPTH_H

#include <linux/percpu.h>

/*
 * The way to a remote may lead through a switch with a tunnel of its own. More
 * levels than this are an underlay that leads back to where it began.
 */
#define CVS_DEPTH_MAX	3

DECLARE_PER_CPU(unsigned int, cvs_depth_now);

/* Context: BH off, for all three. */
static inline unsigned int cvs_depth(void)
{
	return __this_cpu_read(cvs_depth_now);
}

static inline void cvs_depth_enter(void)
{
	__this_cpu_inc(cvs_depth_now);
}

static inline void cvs_depth_leave(void)
{
	__this_cpu_dec(cvs_depth_now);
}

#endif /* CVS_DEPTH_H */
