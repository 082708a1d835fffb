// SPDX-License-Identifier: GPL-2.0
#include "cvs_limit.h"

#include <kunit/test.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "random.h"

#define SECOND	((u64)NSEC_PER_SEC)

/*
 * The reference: a bucket that time fills up to one second, and from which an
 * event takes its share.
 */
struct bucket {
	u64 share;
	u64 level;
	u64 then;
};

static void bucket_set(struct bucket *bucket, u32 per_second, u64 now)
{
	bucket->share = per_second ? (SECOND + per_second - 1) / per_second : 0;
	bucket->level = SECOND;
	bucket->then = now;
}

static bool bucket_pass(struct bucket *bucket, u64 now)
{
	bucket->level = min(bucket->level + (now - bucket->then), SECOND);
	bucket->then = now;
	if (bucket->level < bucket->share)
		return false;
	bucket->level -= bucket->share;
	return true;
}

/* How many of at most @tries events at one moment pass. */
static u32 pass_many(struct cvs_limit *limit, u64 now, u32 tries)
{
	u32 passed = 0;

	while (tries--)
		passed += cvs_limit_pass(limit, now);
	return passed;
}

static void zero_is_no_limit(struct kunit *test)
{
	static const u64 times[] = { 0, 1, SECOND, S64_MAX };
	struct cvs_limit limit = {};
	unsigned int i;

	cvs_limit_set(&limit, 0);
	KUNIT_EXPECT_EQ(test, 0, limit.per_second);
	for (i = 0; i < ARRAY_SIZE(times); i++)
		KUNIT_EXPECT_EQ(test, 10000, pass_many(&limit, times[i], 10000));
}

struct burst_row {
	u32 per_second;
	u32 burst;
};

/* One second's worth at once, a share rounded up to a nanosecond each. */
static const struct burst_row burst_rows[] = {
	{ 1, 1 }, { 2, 2 }, { 3, 2 }, { 4, 4 }, { 7, 6 }, { 10, 10 }, { 50, 50 },
	{ 999, 998 }, { 1000, 1000 }, { 1001, 1000 }, { 1024, 1023 }, { 4000, 4000 },
	{ 10000, 10000 }, { 62500, 62500 }, { 100000, 100000 },
};

static void passes_one_second_at_once(struct kunit *test)
{
	/* From the boot to (almost) the end of time. */
	static const u64 times[] = { 0, 1, SECOND - 1, SECOND, 1ULL << 40, 1ULL << 62,
				     S64_MAX - 2 * SECOND };
	const struct burst_row *row;
	struct cvs_limit limit = {};
	unsigned int i;

	for (row = burst_rows; row < burst_rows + ARRAY_SIZE(burst_rows); row++) {
		u64 now = times[(row - burst_rows) % ARRAY_SIZE(times)];

		cvs_limit_set(&limit, row->per_second);
		KUNIT_EXPECT_EQ(test, row->per_second, limit.per_second);
		KUNIT_EXPECT_EQ_MSG(test, row->burst,
				    pass_many(&limit, now, row->burst + 100),
				    "%u per second at %llu", row->per_second, now);
	}
	for (i = 0; i < ARRAY_SIZE(times); i++) {
		cvs_limit_set(&limit, 100);
		KUNIT_EXPECT_EQ_MSG(test, 100, pass_many(&limit, times[i], 200), "at %llu",
				    times[i]);
	}
}

static void refills_at_its_rate(struct kunit *test)
{
	struct cvs_limit limit = {};
	u64 now = 5 * SECOND;

	cvs_limit_set(&limit, 1000);
	KUNIT_EXPECT_EQ(test, 1000, pass_many(&limit, now, 2000));
	KUNIT_EXPECT_FALSE(test, cvs_limit_pass(&limit, now + NSEC_PER_MSEC - 1));
	KUNIT_EXPECT_TRUE(test, cvs_limit_pass(&limit, now + NSEC_PER_MSEC));
	KUNIT_EXPECT_FALSE(test, cvs_limit_pass(&limit, now + NSEC_PER_MSEC));
	KUNIT_EXPECT_EQ(test, 250, pass_many(&limit, now + 251 * NSEC_PER_MSEC, 1000));
}

/* What was refused has not been paid for. */
static void charges_no_refusal(struct kunit *test)
{
	struct cvs_limit limit = {};

	cvs_limit_set(&limit, 10);
	KUNIT_EXPECT_EQ(test, 10, pass_many(&limit, SECOND, 100000));
	KUNIT_EXPECT_EQ(test, 1, pass_many(&limit, SECOND + SECOND / 10, 100000));
	KUNIT_EXPECT_EQ(test, 10, pass_many(&limit, 3 * SECOND, 100000));
}

static void saves_no_more_than_a_second(struct kunit *test)
{
	static const u64 pauses[] = { SECOND, 2 * SECOND, 3600 * SECOND, 1ULL << 60 };
	struct cvs_limit limit = {};
	u64 now = 0;
	unsigned int i;

	cvs_limit_set(&limit, 500);
	pass_many(&limit, now, 1000);
	for (i = 0; i < ARRAY_SIZE(pauses); i++) {
		now += pauses[i];
		KUNIT_EXPECT_EQ_MSG(test, 500, pass_many(&limit, now, 1000), "after %llu",
				    pauses[i]);
	}
}

static void begins_anew_when_set(struct kunit *test)
{
	struct cvs_limit limit = {};

	cvs_limit_set(&limit, 100);
	KUNIT_EXPECT_EQ(test, 100, pass_many(&limit, SECOND, 200));
	cvs_limit_set(&limit, 20);
	KUNIT_EXPECT_EQ(test, 20, pass_many(&limit, SECOND, 200));
	cvs_limit_set(&limit, 0);
	KUNIT_EXPECT_EQ(test, 200, pass_many(&limit, SECOND, 200));
	cvs_limit_set(&limit, 40);
	KUNIT_EXPECT_EQ(test, 40, pass_many(&limit, SECOND, 200));
}

static u32 random_rate(struct rnd_state *random)
{
	/* Every order of magnitude as likely as the others. */
	return prandom_u32_state(random) >> cvs_random_below(random, 32);
}

static u64 random_step(struct rnd_state *random, u64 share)
{
	switch (cvs_random_below(random, 16)) {
	case 0:
		return cvs_random_u64(random) >> 24;
	case 1:
		return cvs_random_below(random, 3 * NSEC_PER_SEC);
	case 2:
		return SECOND - 1 + cvs_random_below(random, 3);
	case 3 ... 5:
		return share - !!share + cvs_random_below(random, 3);
	case 6 ... 8:
		return share ? cvs_random_u64(random) % (2 * share) : 0;
	default:
		return 0;
	}
}

static void agrees_with_a_bucket(struct kunit *test)
{
	unsigned int round, i, passed = 0, refused = 0;
	struct cvs_limit limit = {};
	struct rnd_state random;
	struct bucket bucket;

	cvs_random_init(test, &random);
	for (round = 0; round < 200; round++) {
		u32 per_second = random_rate(&random);
		u64 now = cvs_random_u64(&random) >> 2;

		cvs_limit_set(&limit, per_second);
		bucket_set(&bucket, per_second, now);
		for (i = 0; i < 500; i++) {
			bool want = bucket_pass(&bucket, now);

			KUNIT_ASSERT_EQ_MSG(test, want, cvs_limit_pass(&limit, now),
					    "%u per second, round %u, event %u, at %llu",
					    per_second, round, i, now);
			passed += want;
			refused += !want;
			now += random_step(&random, bucket.share);
		}
	}
	KUNIT_EXPECT_GT(test, passed, 1000);
	KUNIT_EXPECT_GT(test, refused, 1000);
}

/* Whoever asks all the time gets the rate, whatever the moments. */
static void keeps_the_rate_in_the_long_run(struct kunit *test)
{
	static const u32 rates[] = { 1, 3, 7, 100, 999, 1000, 1024, 3333 };
	const u64 seconds = 10;
	struct cvs_limit limit = {};
	struct rnd_state random;
	unsigned int i;

	cvs_random_init(test, &random);
	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		/* A bucket of one event overflows while nobody asks. */
		u32 rate = rates[i], passed = 0, step = NSEC_PER_SEC / max(rate, 64U);
		u64 start = cvs_random_u64(&random) >> 2, now;

		cvs_limit_set(&limit, rate);
		pass_many(&limit, start, rate + 1);
		for (now = start; now < start + seconds * SECOND;
		     now += cvs_random_below(&random, step))
			passed += cvs_limit_pass(&limit, now);
		KUNIT_EXPECT_LE_MSG(test, passed, rate * seconds, "%u per second", rate);
		KUNIT_EXPECT_GE_MSG(test, passed, rate * seconds - 2, "%u per second", rate);
	}
}

/* CPUs' clocks differ: one that is behind gains nobody anything. */
static void bears_a_clock_that_jitters(struct kunit *test)
{
	const u32 rate = 1000, seconds = 10;
	struct cvs_limit limit = {};
	struct rnd_state random;
	u64 now, passed = 0;

	cvs_random_init(test, &random);
	cvs_limit_set(&limit, rate);
	for (now = SECOND; now < (1 + seconds) * SECOND;
	     now += cvs_random_below(&random, NSEC_PER_SEC / rate))
		passed += cvs_limit_pass(&limit, now - cvs_random_below(&random, NSEC_PER_MSEC));
	KUNIT_EXPECT_LE(test, passed, rate * (seconds + 1) + 1);
	KUNIT_EXPECT_GE(test, passed, rate * seconds);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(zero_is_no_limit),
	KUNIT_CASE(passes_one_second_at_once),
	KUNIT_CASE(refills_at_its_rate),
	KUNIT_CASE(charges_no_refusal),
	KUNIT_CASE(saves_no_more_than_a_second),
	KUNIT_CASE(begins_anew_when_set),
	KUNIT_CASE(agrees_with_a_bucket),
	KUNIT_CASE(keeps_the_rate_in_the_long_run),
	KUNIT_CASE(bears_a_clock_that_jitters),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_limit",
	.test_cases = cases,
};

kunit_test_suite(suite);
