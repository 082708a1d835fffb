// SPDX-License-Identifier: GPL-2.0
#include "fdb_bench.h"

static void record(struct cvs_fdb *fdb, const struct cvs_fdb_change *change)
{
	struct fdb_bench *bench = container_of(fdb, struct fdb_bench, fdb);
	u32 n = bench->n;

	if (lockdep_is_held(&fdb->lock) || !rcu_read_lock_held())
		bench->badly_told++;
	if (n < FDB_CHANGES_MAX)
		bench->changes[n] = *change;
	WRITE_ONCE(bench->n, n + 1);
}

int fdb_bench_suite_init(struct kunit_suite *suite)
{
	return cvs_fdb_cache_init();
}

/* Complains of entries that were not freed. */
void fdb_bench_suite_exit(struct kunit_suite *suite)
{
	cvs_fdb_cache_exit();
}

int fdb_bench_init(struct kunit *test)
{
	struct fdb_bench *bench = kunit_kzalloc(test, sizeof(*bench), GFP_KERNEL);
	int err;

	if (!bench)
		return -ENOMEM;
	test->priv = bench;
	cvs_test_clock = 1000 * HZ;
	err = cvs_fdb_init(&bench->fdb, 4096, 0, record);
	bench->existed = !err;
	return err;
}

void fdb_bench_exit(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	if (!bench || !bench->existed)
		return;
	KUNIT_EXPECT_EQ(test, 0, bench->badly_told);
	cvs_fdb_destroy(&bench->fdb);
	/* The bench goes next, and callbacks may still be under way. */
	rcu_barrier();
}

void fdb_bench_forget(struct fdb_bench *bench)
{
	bench->n = 0;
}

bool fdb_bench_learn(struct fdb_bench *bench, unsigned int owner, u64 key)
{
	bool learned;

	rcu_read_lock();
	local_bh_disable();
	learned = cvs_fdb_learn(&bench->fdb, &bench->owners[owner], key);
	local_bh_enable();
	rcu_read_unlock();
	return learned;
}

unsigned int fdb_bench_owner_of(struct fdb_bench *bench, u64 key)
{
	struct cvs_fdb_entry *entry;
	unsigned int owner = UINT_MAX;

	rcu_read_lock();
	entry = cvs_fdb_find(&bench->fdb, key);
	if (entry)
		owner = entry->owner - bench->owners;
	rcu_read_unlock();
	return owner;
}

unsigned int fdb_bench_kind_of(struct fdb_bench *bench, u64 key)
{
	struct cvs_fdb_entry *entry;
	unsigned int kind = UINT_MAX;

	rcu_read_lock();
	entry = cvs_fdb_find(&bench->fdb, key);
	if (entry)
		kind = entry->kind;
	rcu_read_unlock();
	return kind;
}

bool fdb_bench_is_damped(struct fdb_bench *bench, u64 key)
{
	struct cvs_fdb_entry *entry;
	bool damped;

	rcu_read_lock();
	entry = cvs_fdb_find(&bench->fdb, key);
	damped = entry && cvs_fdb_is_damped(entry);
	rcu_read_unlock();
	return damped;
}

void fdb_bench_expect_change(struct kunit *test, const struct cvs_fdb_change *want)
{
	struct fdb_bench *bench = test->priv;
	const struct cvs_fdb_change *got = &bench->changes[0];

	KUNIT_EXPECT_EQ(test, 1, bench->n);
	KUNIT_EXPECT_EQ(test, want->key, got->key);
	KUNIT_EXPECT_EQ(test, want->event, got->event);
	KUNIT_EXPECT_EQ(test, want->kind, got->kind);
	KUNIT_EXPECT_EQ(test, want->moves, got->moves);
	KUNIT_EXPECT_PTR_EQ(test, want->owner, got->owner);
	KUNIT_EXPECT_PTR_EQ(test, want->old_owner, got->old_owner);
	fdb_bench_forget(bench);
}

void fdb_bench_expect_no_change(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	KUNIT_EXPECT_EQ(test, 0, bench->n);
	fdb_bench_forget(bench);
}
