// SPDX-License-Identifier: GPL-2.0
#include "cvs_stats.h"

#include <kunit/test.h>

#include "random.h"

KUNIT_DEFINE_ACTION_WRAPPER(free_stats, free_percpu, void __percpu *);

static struct cvs_stats __percpu *stats_new(struct kunit *test)
{
	struct cvs_stats __percpu *stats = cvs_stats_alloc();

	KUNIT_ASSERT_NOT_NULL(test, (__force void *)stats);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_stats,
							   (__force void *)stats));
	return stats;
}

static void expect_sum(struct kunit *test, const struct cvs_stats_sum *want,
		       const struct cvs_stats_sum *got)
{
	unsigned int i;

	for (i = 0; i < CVS_COUNTERS; i++)
		KUNIT_EXPECT_EQ_MSG(test, want->n[i], got->n[i], "counter %u", i);
	for (i = 0; i < CVS_DROP_REASONS; i++)
		KUNIT_EXPECT_EQ_MSG(test, want->drops[i], got->drops[i], "reason %u", i);
}

static void begins_with_zero(struct kunit *test)
{
	struct cvs_stats_sum want = {}, sum = {};

	cvs_stats_sum_add(&sum, stats_new(test));
	expect_sum(test, &want, &sum);
	KUNIT_EXPECT_EQ(test, 0, cvs_stats_sum_drops(&sum));
}

/* Each counter and each reason is its own, and a drop is one drop. */
static void counts_each_by_itself(struct kunit *test)
{
	struct cvs_stats __percpu *stats = stats_new(test);
	struct cvs_stats_sum want = {};
	unsigned int i;

	for (i = 0; i < CVS_COUNTERS; i++) {
		struct cvs_stats_sum sum = {};

		local_bh_disable();
		cvs_stats_inc(stats, i);
		local_bh_enable();
		want.n[i] = 1;
		cvs_stats_sum_add(&sum, stats);
		expect_sum(test, &want, &sum);
		KUNIT_EXPECT_EQ(test, 0, cvs_stats_sum_drops(&sum));
	}
	for (i = 0; i < CVS_DROP_REASONS; i++) {
		struct cvs_stats_sum sum = {};

		local_bh_disable();
		cvs_stats_drop(stats, i);
		local_bh_enable();
		want.drops[i] = 1;
		cvs_stats_sum_add(&sum, stats);
		expect_sum(test, &want, &sum);
		KUNIT_EXPECT_EQ(test, i + 1, cvs_stats_sum_drops(&sum));
	}
}

static void counts_beyond_32_bits(struct kunit *test)
{
	struct cvs_stats __percpu *stats = stats_new(test);
	struct cvs_stats_sum sum = {};
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < 3; i++)
		cvs_stats_add2(stats, CVS_RX_FRAMES, 1, CVS_RX_BYTES, S32_MAX);
	local_bh_enable();
	cvs_stats_sum_add(&sum, stats);
	KUNIT_EXPECT_EQ(test, 3, sum.n[CVS_RX_FRAMES]);
	KUNIT_EXPECT_EQ(test, 3ULL * S32_MAX, sum.n[CVS_RX_BYTES]);
}

/* What every CPU has counted, whether it is there today or not. */
static void adds_up_all_cpus(struct kunit *test)
{
	struct cvs_stats __percpu *stats = stats_new(test);
	struct cvs_stats_sum want = {}, sum = {};
	struct rnd_state random;
	unsigned int i;
	int cpu;

	cvs_random_init(test, &random);
	for_each_possible_cpu(cpu) {
		struct cvs_stats *mine = per_cpu_ptr(stats, cpu);

		for (i = 0; i < CVS_COUNTERS; i++) {
			u64 n = cvs_random_u64(&random) >> 16;

			u64_stats_add(&mine->n[i], n);
			want.n[i] += n;
		}
		for (i = 0; i < CVS_DROP_REASONS; i++) {
			u64 n = cvs_random_u64(&random) >> 16;

			u64_stats_add(&mine->drops[i], n);
			want.drops[i] += n;
		}
	}
	cvs_stats_sum_add(&sum, stats);
	expect_sum(test, &want, &sum);
	/* A sum goes on from where it is. */
	cvs_stats_sum_add(&sum, stats);
	for (i = 0; i < CVS_COUNTERS; i++)
		want.n[i] *= 2;
	for (i = 0; i < CVS_DROP_REASONS; i++)
		want.drops[i] *= 2;
	expect_sum(test, &want, &sum);
}

static void agrees_with_an_array(struct kunit *test)
{
	struct cvs_stats __percpu *stats[4];
	struct cvs_stats_sum want = {}, sum = {};
	struct rnd_state random;
	unsigned int i, a, b;
	u64 drops = 0;

	for (i = 0; i < ARRAY_SIZE(stats); i++)
		stats[i] = stats_new(test);
	cvs_random_init(test, &random);
	for (i = 0; i < 20000; i++) {
		struct cvs_stats __percpu *port = stats[cvs_random_below(&random, 4)];
		u32 n = prandom_u32_state(&random), m = prandom_u32_state(&random);

		a = cvs_random_below(&random, CVS_COUNTERS);
		b = cvs_random_below(&random, CVS_COUNTERS);
		local_bh_disable();
		switch (cvs_random_below(&random, 3)) {
		case 0:
			cvs_stats_add2(port, a, n, b, m);
			want.n[a] += n;
			want.n[b] += m;
			break;
		case 1:
			cvs_stats_inc(port, a);
			want.n[a]++;
			break;
		case 2:
			a = cvs_random_below(&random, CVS_DROP_REASONS);
			cvs_stats_drop(port, a);
			want.drops[a]++;
			drops++;
			break;
		}
		local_bh_enable();
	}
	for (i = 0; i < ARRAY_SIZE(stats); i++)
		cvs_stats_sum_add(&sum, stats[i]);
	expect_sum(test, &want, &sum);
	KUNIT_EXPECT_EQ(test, drops, cvs_stats_sum_drops(&sum));
	KUNIT_EXPECT_GT(test, drops, 1000);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(begins_with_zero),
	KUNIT_CASE(counts_each_by_itself),
	KUNIT_CASE(counts_beyond_32_bits),
	KUNIT_CASE(adds_up_all_cpus),
	KUNIT_CASE(agrees_with_an_array),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_stats",
	.test_cases = cases,
};

kunit_test_suite(suite);
