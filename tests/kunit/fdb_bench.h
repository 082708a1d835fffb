/* SPDX-License-Identifier: GPL-2.0 */
/* An FDB for a test case, with owners, and a record of what it told of. */
#ifndef CVS_TEST_FDB_BENCH_H
#define CVS_TEST_FDB_BENCH_H

#include <kunit/test.h>

#include "cvs_fdb.h"

#define FDB_OWNERS	5
#define FDB_CHANGES_MAX	256

/**
 * struct fdb_bench - what a test case of the FDB has
 * @fdb: the FDB: room for 4096, no ageing
 * @owners: its ports
 * @changes: what it told of since fdb_bench_forget()
 * @n: how many; the first FDB_CHANGES_MAX are kept
 * @badly_told: of these, those told under the FDB's lock or outside RCU
 * @existed: the FDB was initialized
 */
struct fdb_bench {
	struct cvs_fdb fdb;
	struct cvs_fdb_owner owners[FDB_OWNERS];
	struct cvs_fdb_change changes[FDB_CHANGES_MAX];
	u32 n;
	u32 badly_told;
	bool existed;
};

/* For &struct kunit_suite: of a suite whose cases find a bench in test->priv. */
int fdb_bench_suite_init(struct kunit_suite *suite);
void fdb_bench_suite_exit(struct kunit_suite *suite);
int fdb_bench_init(struct kunit *test);
void fdb_bench_exit(struct kunit *test);

void fdb_bench_forget(struct fdb_bench *bench);

/* As the data path does it. */
bool fdb_bench_learn(struct fdb_bench *bench, unsigned int owner, u64 key);

/* Of the entry of @key; UINT_MAX if there is none. */
unsigned int fdb_bench_owner_of(struct fdb_bench *bench, u64 key);
unsigned int fdb_bench_kind_of(struct fdb_bench *bench, u64 key);
bool fdb_bench_is_damped(struct fdb_bench *bench, u64 key);

/* Do the one change told of since the last call and @want agree? */
void fdb_bench_expect_change(struct kunit *test, const struct cvs_fdb_change *want);
void fdb_bench_expect_no_change(struct kunit *test);

#endif /* CVS_TEST_FDB_BENCH_H */
