// SPDX-License-Identifier: GPL-2.0
#include "cvs_stats.h"

/**
 * cvs_stats_alloc() - allocate a port's counters, all 0
 *
 * Context: may sleep.
 * Return: the counters, freed with free_percpu(); NULL without memory.
 */
struct cvs_stats __percpu *cvs_stats_alloc(void)
{
	struct cvs_stats __percpu *stats;
	int cpu;

	stats = alloc_percpu_gfp(struct cvs_stats, GFP_KERNEL_ACCOUNT);
	if (!stats)
		return NULL;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(stats, cpu)->syncp);
	return stats;
}

static void sum_add_cpu(struct cvs_stats_sum *sum, const struct cvs_stats *stats)
{
	struct cvs_stats_sum one;
	unsigned int start, i;

	do {
		start = u64_stats_fetch_begin(&stats->syncp);
		for (i = 0; i < CVS_COUNTERS; i++)
			one.n[i] = u64_stats_read(&stats->n[i]);
		for (i = 0; i < CVS_DROP_REASONS; i++)
			one.drops[i] = u64_stats_read(&stats->drops[i]);
	} while (u64_stats_fetch_retry(&stats->syncp, start));

	for (i = 0; i < CVS_COUNTERS; i++)
		sum->n[i] += one.n[i];
	for (i = 0; i < CVS_DROP_REASONS; i++)
		sum->drops[i] += one.drops[i];
}

/**
 * cvs_stats_sum_add() - add all CPUs' counters of a port to a sum
 * @sum: the sum, cleared by the caller before the first port
 * @stats: the port's counters
 *
 * Context: any.
 */
void cvs_stats_sum_add(struct cvs_stats_sum *sum, struct cvs_stats __percpu *stats)
{
	int cpu;

	for_each_possible_cpu(cpu)
		sum_add_cpu(sum, per_cpu_ptr(stats, cpu));
}

/**
 * cvs_stats_sum_drops() - dropped frames, whatever the reason
 * @sum: the sum
 *
 * Return: their number.
 */
u64 cvs_stats_sum_drops(const struct cvs_stats_sum *sum)
{
	u64 drops = 0;
	int i;

	for (i = 0; i < CVS_DROP_REASONS; i++)
		drops += sum->drops[i];
	return drops;
}
