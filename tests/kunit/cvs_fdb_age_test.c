// SPDX-License-Identifier: GPL-2.0
#include "cvs_fdb.h"

#include <kunit/test.h>
#include <linux/delay.h>

#include "fdb_bench.h"

#define KEY		0x0102ULL
#define AGEING		(300 * HZ)

/* One round, without what it has planned next. */
static void age(struct fdb_bench *bench, unsigned long ageing)
{
	bench->fdb.ageing = ageing;
	cvs_fdb_age_work(&bench->fdb.age_work.work);
	cancel_delayed_work_sync(&bench->fdb.age_work);
	bench->fdb.ageing = 0;
}

static bool is_known(struct fdb_bench *bench, u64 key)
{
	return fdb_bench_owner_of(bench, key) != UINT_MAX;
}

static void add(struct fdb_bench *bench, u64 key, enum cvswitch_fdb_kind kind)
{
	cvs_fdb_add(&bench->fdb, &bench->owners[0], key, kind, true);
}

static void forgets_at_the_ageing_time(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_change want = {
		.key = KEY,
		.event = CVSWITCH_FDB_EVENT_AGED,
		.kind = CVSWITCH_FDB_KIND_LEARNED,
		.owner = &bench->owners[1],
	};

	fdb_bench_learn(bench, 1, KEY);
	fdb_bench_forget(bench);
	cvs_test_clock += AGEING - 1;
	age(bench, AGEING);
	fdb_bench_expect_no_change(test);
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY));
	cvs_test_clock++;
	age(bench, AGEING);
	fdb_bench_expect_change(test, &want);
	KUNIT_EXPECT_FALSE(test, is_known(bench, KEY));
	KUNIT_EXPECT_EQ(test, 0, bench->fdb.count);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[1].count);
}

static void forgets_by_kind(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	add(bench, KEY, CVSWITCH_FDB_KIND_STATIC);
	add(bench, KEY + 256, CVSWITCH_FDB_KIND_STICKY);
	fdb_bench_learn(bench, 0, KEY + 512);
	cvs_test_clock += 1000 * AGEING;
	age(bench, AGEING);
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY));
	KUNIT_EXPECT_FALSE(test, is_known(bench, KEY + 256));
	KUNIT_EXPECT_FALSE(test, is_known(bench, KEY + 512));
}

/* Being seen, moving and being added all make it young again. */
static void counts_from_when_it_was_seen(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	fdb_bench_learn(bench, 0, KEY);
	fdb_bench_learn(bench, 0, KEY + 256);
	fdb_bench_learn(bench, 0, KEY + 512);
	fdb_bench_learn(bench, 0, KEY + 768);
	cvs_test_clock += AGEING - 1;
	fdb_bench_learn(bench, 0, KEY);
	fdb_bench_learn(bench, 1, KEY + 256);
	add(bench, KEY + 512, CVSWITCH_FDB_KIND_STICKY);
	cvs_test_clock += AGEING - 1;
	age(bench, AGEING);
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY));
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY + 256));
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY + 512));
	KUNIT_EXPECT_FALSE(test, is_known(bench, KEY + 768));
	cvs_test_clock++;
	age(bench, AGEING);
	KUNIT_EXPECT_EQ(test, 0, bench->fdb.count);
}

static void forgets_while_jiffies_wrap(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	cvs_test_clock = 0UL - AGEING / 2;
	fdb_bench_learn(bench, 0, KEY);
	cvs_test_clock += AGEING - 1;
	age(bench, AGEING);
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY));
	cvs_test_clock++;
	age(bench, AGEING);
	KUNIT_EXPECT_FALSE(test, is_known(bench, KEY));
}

static void forgets_nothing_without_an_ageing_time(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	fdb_bench_learn(bench, 0, KEY);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&bench->fdb.age_work));
	cvs_test_clock += 1000 * AGEING;
	age(bench, 0);
	KUNIT_EXPECT_TRUE(test, is_known(bench, KEY));
}

/* With no entry that ages there is no work. */
static void works_as_long_as_there_is_something(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct delayed_work *work = &bench->fdb.age_work;

	/* So long that it doesn't come between. */
	bench->fdb.ageing = 3600 * HZ;
	add(bench, KEY, CVSWITCH_FDB_KIND_STATIC);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(work));
	cvs_fdb_age_work(&work->work);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(work));

	fdb_bench_learn(bench, 0, KEY + 256);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(work));
	cvs_fdb_age_work(&work->work);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(work));
	add(bench, KEY + 512, CVSWITCH_FDB_KIND_STICKY);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(work));

	/* The round in which the last one goes is the last but one. */
	cvs_test_clock += 3600 * HZ;
	cvs_fdb_age_work(&work->work);
	KUNIT_EXPECT_EQ(test, 1, bench->fdb.count);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(work));
	cvs_fdb_age_work(&work->work);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(work));
}

struct period_row {
	unsigned long ageing;
	unsigned long period;
};

/* An eighth of the ageing time, from a quarter of a second to ten seconds. */
static const struct period_row period_rows[] = {
	{ 1, HZ / 4 }, { 2 * HZ - 8, HZ / 4 }, { 2 * HZ + 8, HZ / 4 + 1 }, { 16 * HZ, 2 * HZ },
	{ 80 * HZ, 10 * HZ }, { 81 * HZ, 10 * HZ }, { ULONG_MAX, 10 * HZ },
};

static void looks_often_enough(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct delayed_work *work = &bench->fdb.age_work;
	const struct period_row *row;

	for (row = period_rows; row < period_rows + ARRAY_SIZE(period_rows); row++) {
		u64 before = get_jiffies_64(), after;

		cvs_fdb_set_ageing(&bench->fdb, row->ageing);
		after = get_jiffies_64();
		KUNIT_EXPECT_EQ(test, row->ageing, bench->fdb.ageing);
		KUNIT_EXPECT_GE_MSG(test, work->timer.expires, before + row->period,
				    "ageing %lu", row->ageing);
		KUNIT_EXPECT_LE_MSG(test, work->timer.expires, after + row->period,
				    "ageing %lu", row->ageing);
		cancel_delayed_work_sync(work);
	}

	/* A shorter time doesn't wait for the end of a longer one's period. */
	cvs_fdb_set_ageing(&bench->fdb, 80 * HZ);
	cvs_fdb_set_ageing(&bench->fdb, 16 * HZ);
	KUNIT_EXPECT_LE(test, work->timer.expires, get_jiffies_64() + 2 * HZ);
	cancel_delayed_work_sync(work);
	cvs_fdb_set_ageing(&bench->fdb, 0);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(work));
}

/* The whole of it, in real time but for what the entries are told. */
static void forgets_by_itself(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	unsigned int i;

	for (i = 0; i < 50; i++)
		fdb_bench_learn(bench, i % 2, KEY + (i << 8));
	add(bench, KEY + (i << 8), CVSWITCH_FDB_KIND_STATIC);
	fdb_bench_forget(bench);
	cvs_fdb_set_ageing(&bench->fdb, HZ);
	cvs_test_clock += HZ;
	for (i = 0; i < 600 && READ_ONCE(bench->n) < 50; i++)
		msleep(50);
	cancel_delayed_work_sync(&bench->fdb.age_work);
	KUNIT_EXPECT_EQ(test, 50, bench->n);
	KUNIT_EXPECT_EQ(test, 1, bench->fdb.count);
	for (i = 0; i < min(bench->n, 50); i++)
		KUNIT_EXPECT_EQ(test, CVSWITCH_FDB_EVENT_AGED, bench->changes[i].event);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(forgets_at_the_ageing_time),
	KUNIT_CASE(forgets_by_kind),
	KUNIT_CASE(counts_from_when_it_was_seen),
	KUNIT_CASE(forgets_while_jiffies_wrap),
	KUNIT_CASE(forgets_nothing_without_an_ageing_time),
	KUNIT_CASE(works_as_long_as_there_is_something),
	KUNIT_CASE(looks_often_enough),
	KUNIT_CASE_SLOW(forgets_by_itself),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_fdb_age",
	.suite_init = fdb_bench_suite_init,
	.suite_exit = fdb_bench_suite_exit,
	.init = fdb_bench_init,
	.exit = fdb_bench_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
