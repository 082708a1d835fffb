// SPDX-License-Identifier: GPL-2.0
#include "cvs_fdb.h"

#include <kunit/test.h>

#include "fdb_bench.h"
#include "random.h"

#define MAC(n)		(0x02ULL | (u64)(n) << 8)
#define STATIC		CVSWITCH_FDB_KIND_STATIC
#define STICKY		CVSWITCH_FDB_KIND_STICKY
#define LEARNED		CVSWITCH_FDB_KIND_LEARNED

static const struct cvs_fdb_filter everything = {
	.vid_last = VLAN_N_VID - 1,
	.kinds = CVS_FDB_KINDS_ALL,
};

static int add(struct fdb_bench *bench, unsigned int owner, u64 key,
	       enum cvswitch_fdb_kind kind, bool replace)
{
	return cvs_fdb_add(&bench->fdb, &bench->owners[owner], key, kind, replace);
}

/* By the shortest way that makes an entry of any kind. */
static void put(struct kunit *test, unsigned int owner, u64 key, enum cvswitch_fdb_kind kind)
{
	if (kind == LEARNED)
		KUNIT_ASSERT_TRUE(test, fdb_bench_learn(test->priv, owner, key));
	else
		KUNIT_ASSERT_EQ(test, 0, add(test->priv, owner, key, kind, false));
}

static void makes_a_key_of_address_and_vlan(struct kunit *test)
{
	u64 key = cvs_fdb_key(CVS_MAC_MASK, 4094);

	KUNIT_EXPECT_EQ(test, 0x0ffeffffffffffffULL, key);
	KUNIT_EXPECT_EQ(test, 4094, cvs_fdb_key_vid(key));
	KUNIT_EXPECT_EQ(test, MAC(1), cvs_fdb_key(MAC(1), 0));
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_key_vid(cvs_fdb_key(CVS_MAC_MASK, 0)));
}

static void finds_address_and_vlan_together(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	put(test, 0, cvs_fdb_key(MAC(1), 0), STATIC);
	put(test, 1, cvs_fdb_key(MAC(1), 1), STICKY);
	put(test, 2, cvs_fdb_key(MAC(2), 1), LEARNED);
	KUNIT_EXPECT_EQ(test, 0, fdb_bench_owner_of(bench, cvs_fdb_key(MAC(1), 0)));
	KUNIT_EXPECT_EQ(test, 1, fdb_bench_owner_of(bench, cvs_fdb_key(MAC(1), 1)));
	KUNIT_EXPECT_EQ(test, 2, fdb_bench_owner_of(bench, cvs_fdb_key(MAC(2), 1)));
	KUNIT_EXPECT_EQ(test, UINT_MAX, fdb_bench_owner_of(bench, cvs_fdb_key(MAC(2), 0)));
	KUNIT_EXPECT_EQ(test, UINT_MAX, fdb_bench_owner_of(bench, cvs_fdb_key(MAC(1), 2)));
	KUNIT_EXPECT_EQ(test, STATIC, fdb_bench_kind_of(bench, cvs_fdb_key(MAC(1), 0)));
	KUNIT_EXPECT_EQ(test, STICKY, fdb_bench_kind_of(bench, cvs_fdb_key(MAC(1), 1)));
	KUNIT_EXPECT_EQ(test, LEARNED, fdb_bench_kind_of(bench, cvs_fdb_key(MAC(2), 1)));
}

struct add_row {
	enum cvswitch_fdb_kind before;
	enum cvswitch_fdb_kind kind;
	bool replace;
	int err;
};

static const struct add_row add_rows[] = {
	{ LEARNED, STATIC, false, 0 },		{ LEARNED, STATIC, true, 0 },
	{ LEARNED, STICKY, false, 0 },		{ LEARNED, STICKY, true, 0 },
	{ STATIC, STATIC, false, -EEXIST },	{ STATIC, STATIC, true, 0 },
	{ STATIC, STICKY, false, -EEXIST },	{ STATIC, STICKY, true, 0 },
	{ STICKY, STATIC, false, -EEXIST },	{ STICKY, STATIC, true, 0 },
	{ STICKY, STICKY, false, -EEXIST },	{ STICKY, STICKY, true, 0 },
};

static void replaces_what_it_may(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	const struct add_row *row;

	for (row = add_rows; row < add_rows + ARRAY_SIZE(add_rows); row++) {
		u64 key = MAC(row - add_rows);
		bool done = !row->err;

		put(test, 0, key, row->before);
		fdb_bench_forget(bench);
		KUNIT_EXPECT_EQ_MSG(test, row->err, add(bench, 1, key, row->kind, row->replace),
				    "row %zu", row - add_rows);
		KUNIT_EXPECT_EQ(test, done, fdb_bench_owner_of(bench, key));
		KUNIT_EXPECT_EQ(test, done ? row->kind : row->before,
				fdb_bench_kind_of(bench, key));
		KUNIT_EXPECT_EQ(test, done, bench->n);
	}
	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(add_rows), bench->fdb.count);
}

static void is_full_at_its_maximum(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	bench->fdb.max = 3;
	put(test, 0, MAC(0), STATIC);
	put(test, 0, MAC(1), STICKY);
	put(test, 0, MAC(2), LEARNED);
	fdb_bench_forget(bench);
	KUNIT_EXPECT_EQ(test, -ENOSPC, add(bench, 1, MAC(3), STATIC, false));
	KUNIT_EXPECT_EQ(test, -ENOSPC, add(bench, 1, MAC(3), STICKY, true));
	KUNIT_EXPECT_FALSE(test, fdb_bench_learn(bench, 1, MAC(3)));
	KUNIT_EXPECT_EQ(test, UINT_MAX, fdb_bench_owner_of(bench, MAC(3)));
	KUNIT_EXPECT_EQ(test, 3, bench->fdb.count);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[1].entries);
	fdb_bench_expect_no_change(test);

	/* In place of another there is always room. */
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(2), STATIC, false));
	KUNIT_EXPECT_EQ(test, 3, bench->fdb.count);
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(0)));
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(3), STATIC, false));
	KUNIT_EXPECT_EQ(test, 3, bench->fdb.count);
}

static void deletes_what_is_there(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	put(test, 0, MAC(1), STATIC);
	fdb_bench_forget(bench);
	KUNIT_EXPECT_EQ(test, -ENOENT, cvs_fdb_del(&bench->fdb, MAC(2)));
	KUNIT_EXPECT_EQ(test, -ENOENT, cvs_fdb_del(&bench->fdb, cvs_fdb_key(MAC(1), 1)));
	fdb_bench_expect_no_change(test);
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(1)));
	KUNIT_EXPECT_EQ(test, UINT_MAX, fdb_bench_owner_of(bench, MAC(1)));
	KUNIT_EXPECT_EQ(test, -ENOENT, cvs_fdb_del(&bench->fdb, MAC(1)));
	KUNIT_EXPECT_EQ(test, 0, bench->fdb.count);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[0].entries);
}

static void expect_counts(struct kunit *test, unsigned int owner, u32 entries, u32 count)
{
	struct fdb_bench *bench = test->priv;

	KUNIT_EXPECT_EQ_MSG(test, entries, bench->owners[owner].entries, "owner %u", owner);
	KUNIT_EXPECT_EQ_MSG(test, count, bench->owners[owner].count, "owner %u", owner);
}

/* Static entries are no burden on what a port may learn. */
static void counts_by_owner(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	put(test, 0, MAC(1), STATIC);
	expect_counts(test, 0, 1, 0);
	put(test, 0, MAC(2), STICKY);
	expect_counts(test, 0, 2, 1);
	put(test, 0, MAC(3), LEARNED);
	expect_counts(test, 0, 3, 2);

	/* Another kind, and another owner. */
	KUNIT_EXPECT_EQ(test, 0, add(bench, 0, MAC(3), STATIC, false));
	expect_counts(test, 0, 3, 1);
	KUNIT_EXPECT_EQ(test, 0, add(bench, 0, MAC(1), STICKY, true));
	expect_counts(test, 0, 3, 2);
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(1), STICKY, true));
	expect_counts(test, 0, 2, 1);
	expect_counts(test, 1, 1, 1);
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(2), STATIC, true));
	expect_counts(test, 0, 1, 0);
	expect_counts(test, 1, 2, 1);

	KUNIT_EXPECT_EQ(test, 3, cvs_fdb_flush(&bench->fdb, &everything));
	expect_counts(test, 0, 0, 0);
	expect_counts(test, 1, 0, 0);
	KUNIT_EXPECT_EQ(test, 0, bench->fdb.count);
}

static u64 last_key(struct fdb_bench *bench, unsigned int owner)
{
	struct cvs_fdb_entry *entry;
	u64 key = 0;

	rcu_read_lock();
	entry = rcu_dereference(bench->owners[owner].last);
	if (entry)
		key = entry->key;
	rcu_read_unlock();
	return key;
}

/* An owner's shortcut never leads to an entry that is somewhere else, or gone. */
static void remembers_an_owners_last(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;

	KUNIT_EXPECT_EQ(test, 0, last_key(bench, 0));
	put(test, 0, MAC(1), LEARNED);
	KUNIT_EXPECT_EQ(test, MAC(1), last_key(bench, 0));
	put(test, 0, MAC(2), LEARNED);
	KUNIT_EXPECT_EQ(test, MAC(2), last_key(bench, 0));

	/* Another one goes, then the last one itself. */
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(1)));
	KUNIT_EXPECT_EQ(test, MAC(2), last_key(bench, 0));
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(2)));
	KUNIT_EXPECT_EQ(test, 0, last_key(bench, 0));

	put(test, 0, MAC(3), LEARNED);
	KUNIT_EXPECT_TRUE(test, fdb_bench_learn(bench, 1, MAC(3)));
	KUNIT_EXPECT_EQ(test, 0, last_key(bench, 0));
	KUNIT_EXPECT_EQ(test, MAC(3), last_key(bench, 1));
	KUNIT_EXPECT_EQ(test, 0, add(bench, 2, MAC(3), STATIC, false));
	KUNIT_EXPECT_EQ(test, 0, last_key(bench, 1));
	KUNIT_EXPECT_EQ(test, MAC(3), last_key(bench, 2));
	KUNIT_EXPECT_EQ(test, 1, cvs_fdb_flush(&bench->fdb, &everything));
	KUNIT_EXPECT_EQ(test, 0, last_key(bench, 2));
}

static void tells_of_requests(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_change want = {
		.key = cvs_fdb_key(MAC(1), 7),
		.event = CVSWITCH_FDB_EVENT_ADDED,
		.kind = STATIC,
		.owner = &bench->owners[2],
	};

	KUNIT_EXPECT_EQ(test, 0, add(bench, 2, want.key, STATIC, false));
	fdb_bench_expect_change(test, &want);
	want.kind = STICKY;
	want.owner = &bench->owners[3];
	KUNIT_EXPECT_EQ(test, 0, add(bench, 3, want.key, STICKY, true));
	fdb_bench_expect_change(test, &want);
	want.event = CVSWITCH_FDB_EVENT_DELETED;
	KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, want.key));
	fdb_bench_expect_change(test, &want);

	want.kind = LEARNED;
	put(test, 3, want.key, LEARNED);
	fdb_bench_forget(bench);
	KUNIT_EXPECT_EQ(test, 1, cvs_fdb_flush(&bench->fdb, &everything));
	fdb_bench_expect_change(test, &want);
}

/* Three kinds, VLANs 0, 1, 2 and 4094, owners 0 and 1, each with addresses 1 and 2 of its own. */
static const u16 vids[] = { 0, 1, 2, 4094 };

static u64 address(unsigned int owner, unsigned int kind, unsigned int i)
{
	return MAC(owner << 4 | kind << 2 | i);
}

static void populate(struct kunit *test)
{
	unsigned int owner, vid, kind, i;

	for (owner = 0; owner < 2; owner++)
		for (vid = 0; vid < ARRAY_SIZE(vids); vid++)
			for (kind = LEARNED; kind <= STICKY; kind++)
				for (i = 1; i <= 2; i++)
					put(test, owner,
					    cvs_fdb_key(address(owner, kind, i), vids[vid]), kind);
	fdb_bench_forget(test->priv);
}

#define POPULATION	(2 * 4 * 3 * 2)
#define ANY		(-1)

struct filter_row {
	const char *what;
	int owner;
	u64 mac;
	u16 vid_first;
	u16 vid_last;
	unsigned long kinds;
	u32 match;
};

static const struct filter_row filter_rows[] = {
	{ "all", ANY, 0, 0, 4095, CVS_FDB_KINDS_ALL, POPULATION },
	{ "no kind", ANY, 0, 0, 4095, 0, 0 },
	{ "learned", ANY, 0, 0, 4095, BIT(LEARNED), 16 },
	{ "static", ANY, 0, 0, 4095, BIT(STATIC), 16 },
	{ "ageing", ANY, 0, 0, 4095, CVS_FDB_KINDS_AGEING, 32 },
	{ "an owner", 1, 0, 0, 4095, CVS_FDB_KINDS_ALL, 24 },
	{ "an owner that has none", 2, 0, 0, 4095, CVS_FDB_KINDS_ALL, 0 },
	{ "an owner's sticky ones", 0, 0, 0, 4095, BIT(STICKY), 8 },
	{ "VLAN 0", ANY, 0, 0, 0, CVS_FDB_KINDS_ALL, 12 },
	{ "VLAN 1", ANY, 0, 1, 1, CVS_FDB_KINDS_ALL, 12 },
	{ "VLANs 1 and 2", ANY, 0, 1, 2, CVS_FDB_KINDS_ALL, 24 },
	{ "VLANs from 2 on", ANY, 0, 2, 4095, CVS_FDB_KINDS_ALL, 24 },
	{ "the last VLAN", ANY, 0, 4094, 4094, CVS_FDB_KINDS_ALL, 12 },
	{ "VLANs between", ANY, 0, 3, 4093, CVS_FDB_KINDS_ALL, 0 },
	{ "an address", ANY, MAC(1 << 4 | STICKY << 2 | 1), 0, 4095, CVS_FDB_KINDS_ALL, 4 },
	{ "an address of one VLAN", ANY, MAC(STATIC << 2 | 2), 2, 2, CVS_FDB_KINDS_ALL, 1 },
	{ "an address elsewhere", 1, MAC(STATIC << 2 | 2), 0, 4095, CVS_FDB_KINDS_ALL, 0 },
	{ "an address of another kind", ANY, MAC(STATIC << 2 | 2), 0, 4095, BIT(LEARNED), 0 },
	{ "no such address", ANY, MAC(0xffff), 0, 4095, CVS_FDB_KINDS_ALL, 0 },
	{ "all at once", 1, MAC(1 << 4 | LEARNED << 2 | 2), 1, 2, BIT(LEARNED), 2 },
};

static struct cvs_fdb_filter filter_of(struct fdb_bench *bench, const struct filter_row *row)
{
	return (struct cvs_fdb_filter) {
		.owner = row->owner == ANY ? NULL : &bench->owners[row->owner],
		.mac = row->mac,
		.vid_first = row->vid_first,
		.vid_last = row->vid_last,
		.kinds = row->kinds,
	};
}

/* A step in an RCU section of its own; what it returns is only to be compared. */
static struct cvs_fdb_entry *walk(struct fdb_bench *bench, unsigned long *id,
				  const struct cvs_fdb_filter *filter)
{
	struct cvs_fdb_entry *entry;

	rcu_read_lock();
	entry = cvs_fdb_walk(&bench->fdb, id, filter);
	rcu_read_unlock();
	return entry;
}

static u32 count_walk(struct fdb_bench *bench, const struct cvs_fdb_filter *filter)
{
	struct cvs_fdb_entry *entry;
	unsigned long id = 0;
	u32 n = 0;

	for (; (entry = walk(bench, &id, filter)); id++)
		n++;
	return n;
}

/* Does the row's filter, taken word by word, let the change's entry through? */
static bool row_wants(struct fdb_bench *bench, const struct filter_row *row,
		      const struct cvs_fdb_change *change)
{
	return (row->owner == ANY || change->owner == &bench->owners[row->owner]) &&
	       (!row->mac || change->key << 16 == row->mac << 16) &&
	       change->key >> 48 >= row->vid_first && change->key >> 48 <= row->vid_last &&
	       row->kinds >> change->kind & 1;
}

static void walks_and_flushes_what_matches(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	const struct filter_row *row;
	u32 i;

	for (row = filter_rows; row < filter_rows + ARRAY_SIZE(filter_rows); row++) {
		struct cvs_fdb_filter filter = filter_of(bench, row);

		populate(test);
		KUNIT_EXPECT_EQ_MSG(test, row->match, count_walk(bench, &filter), "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->match, cvs_fdb_flush(&bench->fdb, &filter), "%s",
				    row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->match, bench->n, "%s", row->what);
		for (i = 0; i < bench->n; i++)
			KUNIT_EXPECT_TRUE_MSG(test, row_wants(bench, row, &bench->changes[i]),
					      "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, POPULATION - row->match, bench->fdb.count, "%s",
				    row->what);
		KUNIT_EXPECT_EQ(test, 0, count_walk(bench, &filter));
		KUNIT_EXPECT_EQ(test, POPULATION - row->match,
				cvs_fdb_flush(&bench->fdb, &everything));
	}
}

/*
 * Those that stay have even numbers, those that come and go odd ones, each
 * only once.
 */
#define STAYING		200
#define PASSING		2000

static void walk_meets_each_once(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	u32 born = 0, dead = 0, i, missed = 0;
	struct cvs_fdb_entry *entry;
	struct rnd_state random;
	unsigned long id = 0;
	u8 *met;

	met = kunit_kzalloc(test, 2 * (STAYING + PASSING), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, met);
	cvs_random_init(test, &random);
	/* Mixed, and with gaps among the numbers. */
	for (i = 0; i < STAYING; i++) {
		put(test, 0, MAC(2 * i), LEARNED);
		if (cvs_random_bool(&random))
			put(test, 1, MAC(2 * born++ + 1), LEARNED);
	}
	for (;;) {
		rcu_read_lock();
		entry = cvs_fdb_walk(&bench->fdb, &id, &everything);
		if (entry)
			met[entry->key >> 8]++;
		rcu_read_unlock();
		if (!entry)
			break;
		id++;
		for (i = cvs_random_below(&random, 4); i && born < PASSING; i--)
			put(test, 1, MAC(2 * born++ + 1), LEARNED);
		for (i = cvs_random_below(&random, 5); i && dead < born; i--)
			KUNIT_EXPECT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(2 * dead++ + 1)));
	}
	for (i = 0; i < STAYING; i++)
		KUNIT_EXPECT_EQ_MSG(test, 1, met[2 * i], "entry %u", i);
	for (i = 0; i < born; i++) {
		KUNIT_EXPECT_LE_MSG(test, met[2 * i + 1], 1, "passing entry %u", i);
		missed += !met[2 * i + 1];
	}
	/* Was there any coming and going? */
	KUNIT_EXPECT_GT(test, dead, 20);
	KUNIT_EXPECT_GT(test, missed, 0);
	KUNIT_EXPECT_LT(test, missed, born);
}

/* Among many that it isn't about, a walk lets others go first. */
static void walk_has_patience(struct kunit *test)
{
	struct cvs_fdb_filter filter = { .vid_last = VLAN_N_VID - 1, .kinds = BIT(STATIC) };
	struct fdb_bench *bench = test->priv;
	struct cvs_fdb_entry *entry;
	unsigned int i, again = 0;
	unsigned long id = 0;

	bench->fdb.max = U32_MAX;
	for (i = 0; i < 20000; i++) {
		put(test, 0, MAC(i), LEARNED);
		cond_resched();
	}
	put(test, 1, MAC(i), STATIC);
	put(test, 0, MAC(i + 1), LEARNED);

	do {
		entry = walk(bench, &id, &filter);
		again += entry == ERR_PTR(-EAGAIN);
	} while (IS_ERR(entry) && again < 100);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, entry);
	KUNIT_EXPECT_EQ(test, 20000, id);
	KUNIT_EXPECT_EQ(test, 2, again);

	/* An owner with no entry is known to have none. */
	filter.owner = &bench->owners[2];
	id = 0;
	KUNIT_EXPECT_NULL(test, walk(bench, &id, &filter));
	KUNIT_EXPECT_EQ(test, 20002, bench->fdb.count);
}

/* While the hash table grows and shrinks, nothing is lost or doubled. */
static void grows_and_shrinks(struct kunit *test)
{
	struct fdb_bench *bench = test->priv;
	unsigned int i, found = 0;
	struct rnd_state random;
	u64 salt;

	cvs_random_init(test, &random);
	salt = (u64)(prandom_u32_state(&random) & 0xfffff) << 16;
	for (i = 0; i < 4000; i++) {
		put(test, i % FDB_OWNERS, MAC(salt | i), LEARNED);
		cond_resched();
	}
	for (i = 0; i < 4000; i++)
		found += fdb_bench_owner_of(bench, MAC(salt | i)) == i % FDB_OWNERS;
	KUNIT_EXPECT_EQ(test, 4000, found);
	KUNIT_EXPECT_EQ(test, 4000, count_walk(bench, &everything));
	for (i = 0; i < 4000; i += 2) {
		KUNIT_ASSERT_EQ(test, 0, cvs_fdb_del(&bench->fdb, MAC(salt | i)));
		cond_resched();
	}
	for (i = 0, found = 0; i < 4000; i++)
		found += fdb_bench_owner_of(bench, MAC(salt | i)) ==
			 (i % 2 ? i % FDB_OWNERS : UINT_MAX);
	KUNIT_EXPECT_EQ(test, 4000, found);
	KUNIT_EXPECT_EQ(test, 2000, count_walk(bench, &everything));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(makes_a_key_of_address_and_vlan),
	KUNIT_CASE(finds_address_and_vlan_together),
	KUNIT_CASE(replaces_what_it_may),
	KUNIT_CASE(is_full_at_its_maximum),
	KUNIT_CASE(deletes_what_is_there),
	KUNIT_CASE(counts_by_owner),
	KUNIT_CASE(remembers_an_owners_last),
	KUNIT_CASE(tells_of_requests),
	KUNIT_CASE(walks_and_flushes_what_matches),
	KUNIT_CASE(walk_meets_each_once),
	KUNIT_CASE_SLOW(walk_has_patience),
	KUNIT_CASE_SLOW(grows_and_shrinks),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_fdb",
	.suite_init = fdb_bench_suite_init,
	.suite_exit = fdb_bench_suite_exit,
	.init = fdb_bench_init,
	.exit = fdb_bench_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
