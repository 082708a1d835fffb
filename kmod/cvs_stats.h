/* SPDX-License-Identifier: GPL-2.0 */
/* What a port counts. */
#ifndef CVS_STATS_H
#define CVS_STATS_H

#include <linux/cvswitch.h>
#include <linux/percpu.h>
#include <linux/u64_stats_sync.h>

#include "cvs_plant.h"

#define CVS_DROP_REASONS	(CVSWITCH_DROP_REASON_ACL_MALFORMED + 1)

/* Each field is written by the CPU that handles the frame, BH off. */
enum cvs_counter {
	CVS_RX_FRAMES,
	CVS_RX_BYTES,
	CVS_TX_QUEUED_FRAMES,
	CVS_TX_QUEUED_BYTES,
	CVS_TX_SHORT_FRAMES,
	CVS_TX_SHORT_BYTES,
	CVS_RX_FLOODED,
	CVS_COPIES,
	CVS_RX_GSO_FRAMES,
	CVS_RX_BIG_FRAMES,
	CVS_LEARN_REFUSED,
	CVS_NEIGH_ANSWERED,
	CVS_NEIGH_REFUSED,
	CVS_COUNTERS,
};

/**
 * struct cvs_stats - one port's counters on one CPU
 * @n: the counters
 * @drops: dropped frames by reason
 * @syncp: for readers on 32 bits
 */
struct cvs_stats {
	u64_stats_t n[CVS_COUNTERS];
	u64_stats_t drops[CVS_DROP_REASONS];
	struct u64_stats_sync syncp;
};

/**
 * struct cvs_stats_sum - a port's or a switch's counters, added up
 * @n: the counters
 * @drops: dropped frames by reason
 */
struct cvs_stats_sum {
	u64 n[CVS_COUNTERS];
	u64 drops[CVS_DROP_REASONS];
};

static inline void cvs_stats_add2(struct cvs_stats __percpu *stats,
				  enum cvs_counter a, unsigned int a_inc,
				  enum cvs_counter b, unsigned int b_inc)
{
	struct cvs_stats *mine = this_cpu_ptr(stats);

	u64_stats_update_begin(&mine->syncp);
	u64_stats_add(&mine->n[a], a_inc);
	u64_stats_add(&mine->n[b], b_inc);
	u64_stats_update_end(&mine->syncp);
}

static inline void cvs_stats_inc(struct cvs_stats __percpu *stats,
				 enum cvs_counter counter)
{
	struct cvs_stats *mine = this_cpu_ptr(stats);

	u64_stats_update_begin(&mine->syncp);
	u64_stats_inc(&mine->n[counter]);
	u64_stats_update_end(&mine->syncp);
}

static inline void cvs_stats_drop(struct cvs_stats __percpu *stats,
				  enum cvswitch_drop_reason reason)
{
	struct cvs_stats *mine = this_cpu_ptr(stats);

	u64_stats_update_begin(&mine->syncp);
	u64_stats_add(&mine->drops[reason], CVS_PLANT_DROP_WEIGHT(reason));
	u64_stats_update_end(&mine->syncp);
}

struct cvs_stats __percpu *cvs_stats_alloc(void);
void cvs_stats_sum_add(struct cvs_stats_sum *sum, struct cvs_stats __percpu *stats);
u64 cvs_stats_sum_drops(const struct cvs_stats_sum *sum);

#endif /* CVS_STATS_H */
