// SPDX-License-Identifier: GPL-2.0
#include "cvs_fdb.h"

#include <kunit/test.h>

#include "fdb_bench.h"

#define KEY	0x0007000000000102ULL

static int add(struct fdb_bench *bench, unsigned int owner, u64 key, enum cvswitch_fdb_kind kind)
{
	return cvs_fdb_add(&bench->fdb, &bench->owners[owner], key, kind, false);
}

static void learns_an_address(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_change want = {
		.key = KEY,
		.event = CVSWITCH_FDB_EVENT_LEARNED,
		.kind = CVSWITCH_FDB_KIND_LEARNED,
		.owner = &bench->owners[1],
	};

	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
	fdb_bench_expect_change(test, &want);
	KUNIT_EXPECT_EQ(test, 1, fdb_bench_owner_of(bench, KEY));

	/* Once more is no news. */
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
	fdb_bench_expect_no_change(test);
	KUNIT_EXPECT_EQ(test, 1, bench->fdb.count);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[1].count);
}

static void follows_an_address(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_change want = {
		.key = KEY,
		.event = CVSWITCH_FDB_EVENT_MOVED,
		.kind = CVSWITCH_FDB_KIND_LEARNED,
		.moves = 1,
		.owner = &bench->owners[2],
		.old_owner = &bench->owners[1],
	};

	fdb_bench_learn(bench, 1, KEY);
	fdb_bench_forget(bench);
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 2, KEY));
	fdb_bench_expect_change(test, &want);
	KUNIT_EXPECT_EQ(test, 2, fdb_bench_owner_of(bench, KEY));
	KUNIT_EXPECT_EQ(test, 0, bench->owners[1].count);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[1].entries);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[2].count);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[2].entries);
	KUNIT_EXPECT_EQ(test, 1, bench->fdb.count);
}

/* Neither is moved by what anybody sends, and at its own owner either is as good as learned. */
static void leaves_what_was_requested(struct kunit *test)
{
	static const enum cvswitch_fdb_kind kinds[] = {
		CVSWITCH_FDB_KIND_STATIC, CVSWITCH_FDB_KIND_STICKY,
	};
	struct fdb_bench *bench = test->priv;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		u64 key = KEY + (i << 8);

		KUNIT_EXPECT_EQ(test, 0, add(bench, 0, key, kinds[i]));
		fdb_bench_forget(bench);
		KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 1, key));
		KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, key));
		fdb_bench_expect_no_change(test);
		KUNIT_EXPECT_EQ(test, 0, fdb_bench_owner_of(bench, key));
		KUNIT_EXPECT_EQ(test, kinds[i], fdb_bench_kind_of(bench, key));
	}
}

static unsigned long updated(struct fdb_bench *bench, u64 key)
{
	struct cvs_fdb_entry *entry;
	unsigned long updated = 0;

	rcu_read_lock();
	entry = cvs_fdb_find(&bench->fdb, key);
	if (entry)
		updated = entry->updated;
	rcu_read_unlock();
	return updated;
}

static void notes_when_it_was_seen(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	fdb_bench_learn(bench, 0, KEY);
	KUNIT_EXPECT_EQ(test, cvs_test_clock, updated(bench, KEY));
	cvs_test_clock += 3;
	fdb_bench_learn(bench, 0, KEY);
	KUNIT_EXPECT_EQ(test, cvs_test_clock, updated(bench, KEY));
	cvs_test_clock += 3;
	fdb_bench_learn(bench, 1, KEY);
	KUNIT_EXPECT_EQ(test, cvs_test_clock, updated(bench, KEY));

	/* Who may not have it is not where it was seen. */
	bench->owners[2].max = 1;
	fdb_bench_learn(bench, 2, KEY + 256);
	cvs_test_clock += 3;
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 2, KEY));
	KUNIT_EXPECT_EQ(test, cvs_test_clock - 3, updated(bench, KEY));
}

static void keeps_to_an_owners_limit(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	unsigned int i;

	bench->owners[0].max = 2;
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, i < 2, fdb_bench_learn(bench, 0, KEY + (i << 8)));
	KUNIT_EXPECT_EQ(test, 2, bench->owners[0].count);
	KUNIT_EXPECT_EQ(test, 2, bench->n);

	/* Nor may an address move there; others know no limit. */
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY + (2 << 8)));
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 0, KEY + (2 << 8)));
	KUNIT_EXPECT_EQ(test, 1, fdb_bench_owner_of(bench, KEY + (2 << 8)));

	/* Its own are still its own, and one that leaves makes room. */
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY + (2 << 8)));
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 0, KEY));

	/* Static entries take none of it, sticky ones do. */
	add(bench, 2, KEY + (8 << 8), CVSWITCH_FDB_KIND_STATIC);
	bench->owners[2].max = 1;
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 2, KEY + (9 << 8)));
	add(bench, 3, KEY + (10 << 8), CVSWITCH_FDB_KIND_STICKY);
	bench->owners[3].max = 1;
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 3, KEY + (11 << 8)));

	/* A limit below what is there takes nothing away. */
	bench->owners[0].max = 1;
	KUNIT_EXPECT_EQ(test, 2, bench->owners[0].count);
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 0, KEY));
	bench->owners[0].max = 0;
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY));
}

static void moves_while_the_fdb_is_full(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	bench->fdb.max = 1;
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY));
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 0, KEY + 256));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
	KUNIT_EXPECT_EQ(test, 1, bench->fdb.count);
}

struct moment {
	unsigned long after;	/* the moment before */
	bool moves;
	bool news;
};

/* Times between attempts to move, from when the address was learned. */
static const struct moment damping[] = {
	/* Five moves up to a second after are borne, */
	{ 0, true, true }, { 0, true, true }, { 0, true, true }, { 0, true, true },
	{ HZ, true, true },
	/* with the sixth it stays, which is told once, */
	{ 0, false, true }, { 0, false, false }, { HZ, false, false },
	/* and stays for five seconds. */
	{ 4 * HZ - 1, false, false }, { 1, true, true },
	/* Then it may move five times again. */
	{ 0, true, true }, { 1, true, true }, { 1, true, true }, { 1, true, true },
	{ HZ - 3, false, true }, { 5 * HZ - 1, false, false }, { 1000 * HZ, true, true },
	/* One a second, and a tick, may go on for ever. */
	{ HZ / 2, true, true }, { HZ / 2, true, true }, { 1, true, true },
	{ HZ / 3, true, true }, { HZ / 3, true, true }, { HZ / 3, true, true },
	{ 0, true, true }, { HZ, true, true }, { HZ + 1, true, true }, { HZ + 1, true, true },
	{ HZ + 1, true, true }, { HZ + 1, true, true }, { HZ + 1, true, true },
	{ HZ + 1, true, true }, { HZ + 1, true, true }, { HZ + 1, true, true },
};

static void damp_from(struct kunit *test, unsigned long start)
{
	struct fdb_bench *bench = test->priv;
	unsigned int at = 0, moves = 0;
	const struct moment *moment;

	cvs_test_clock = start;
	fdb_bench_learn(bench, at, KEY);
	fdb_bench_forget(bench);
	for (moment = damping; moment < damping + ARRAY_SIZE(damping); moment++) {
		struct cvs_fdb_change want = {
			.key = KEY,
			.kind = CVSWITCH_FDB_KIND_LEARNED,
			.owner = &bench->owners[!at],
			.old_owner = &bench->owners[at],
		};
		size_t i = moment - damping;

		cvs_test_clock += moment->after;
		KUNIT_EXPECT_EQ_MSG(test, moment->moves, fdb_bench_learn(bench, !at, KEY),
				    "moment %zu", i);
		want.event = moment->moves ? CVSWITCH_FDB_EVENT_MOVED : CVSWITCH_FDB_EVENT_DAMPED;
		at ^= moment->moves;
		moves += moment->moves;
		want.moves = moves;
		if (moment->news)
			fdb_bench_expect_change(test, &want);
		else
			fdb_bench_expect_no_change(test);
		KUNIT_EXPECT_EQ_MSG(test, at, fdb_bench_owner_of(bench, KEY), "moment %zu", i);
		KUNIT_EXPECT_EQ_MSG(test, !moment->moves, fdb_bench_is_damped(bench, KEY),
				    "moment %zu", i);
	}
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, KEY));
	fdb_bench_forget(bench);
}

static void damps_what_moves_too_often(struct kunit *test)
{
	damp_from(test, 1000 * HZ);
}

/* Jiffies do that five minutes after the boot where they have 32 bits. */
static void damps_while_jiffies_wrap(struct kunit *test)
{
	unsigned int second;

	for (second = 0; second < 20; second++)
		damp_from(test, 0UL - second * HZ - second);
}

/* An address that is held is still known where it is, and can be deleted. */
static void damped_address_is_like_others(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	unsigned int i;

	fdb_bench_learn(bench, 0, KEY);
	for (i = 1; i <= CVS_FDB_MOVES_MAX + 1; i++)
		fdb_bench_learn(bench, i % 2, KEY);
	KUNIT_EXPECT_TRUE(test, fdb_bench_is_damped(bench, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 0, KEY));

	/* By request it goes where it is wanted, and is held no more. */
	KUNIT_EXPECT_EQ(test, 0, add(bench, 2, KEY, CVSWITCH_FDB_KIND_STICKY));
	KUNIT_EXPECT_FALSE(test, fdb_bench_is_damped(bench, KEY));
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 0, KEY));
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, KEY));
}

/* Attempts of an owner that has no room don't make an address a restless one. */
static void counts_no_move_that_was_refused(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	unsigned int i;

	bench->owners[1].max = 1;
	fdb_bench_learn(bench, 1, KEY + 256);
	fdb_bench_learn(bench, 0, KEY);
	fdb_bench_forget(bench);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 1, KEY));
	fdb_bench_expect_no_change(test);
	KUNIT_EXPECT_FALSE(test, fdb_bench_is_damped(bench, KEY));
	for (i = 0; i < CVS_FDB_MOVES_MAX; i++)
		KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 2 + i % 2, KEY));
}

static void moves_stop_at_their_last_number(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_entry *entry;
	unsigned int i;

	fdb_bench_learn(bench, 0, KEY);
	rcu_read_lock();
	entry = cvs_fdb_find(&bench->fdb, KEY);
	if (entry)
		entry->moves = U16_MAX - 2;
	rcu_read_unlock();
	for (i = 1; i <= 4; i++) {
		fdb_bench_forget(bench);
		KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, i, KEY));
		KUNIT_EXPECT_EQ(test, min(U16_MAX - 2 + i, U16_MAX), bench->changes[0].moves);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(learns_an_address),
	KUNIT_CASE(follows_an_address),
	KUNIT_CASE(leaves_what_was_requested),
	KUNIT_CASE(notes_when_it_was_seen),
	KUNIT_CASE(keeps_to_an_owners_limit),
	KUNIT_CASE(moves_while_the_fdb_is_full),
	KUNIT_CASE(damps_what_moves_too_often),
	KUNIT_CASE(damps_while_jiffies_wrap),
	KUNIT_CASE(damped_address_is_like_others),
	KUNIT_CASE(counts_no_move_that_was_refused),
	KUNIT_CASE(moves_stop_at_their_last_number),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_fdb_learn",
	.suite_init = fdb_bench_suite_init,
	.suite_exit = fdb_bench_suite_exit,
	.init = fdb_bench_init,
	.exit = fdb_bench_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
