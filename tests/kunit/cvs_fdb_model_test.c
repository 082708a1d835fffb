// SPDX-License-Identifier: GPL-2.0
/* Thousands of requests, frames and ageing rounds: the FDB does what its model does. */
#include <kunit/test.h>

#include "fdb_bench.h"
#include "fdb_model.h"
#include "random.h"

#define OPERATIONS	20000
#define COMPARE_EVERY	16

/* Few enough that most operations meet an entry. */
#define MACS		40
#define VIDS		3

/**
 * struct duel - one run of FDB and model
 * @bench: the FDB
 * @model: the model
 * @random: what comes next
 * @epoch: the FDB's clock when the model's was 0
 * @events: how often each event was told of, by both
 * @refused: how often which operation was refused
 */
struct duel {
	struct fdb_bench *bench;
	struct fdb_model *model;
	struct rnd_state random;
	unsigned long epoch;
	u32 events[CVSWITCH_FDB_EVENT_DELETED + 1];
	struct {
		u32 full, exists, absent, learning;
	} refused;
};

static u32 below(struct duel *duel, u32 n)
{
	return cvs_random_below(&duel->random, n);
}

static u64 random_mac(struct duel *duel)
{
	u32 n = below(duel, MACS);

	/* The last byte differs, or the first. */
	return n % 2 ? 0x02 | (u64)n << 40 : 0x02 | (u64)n << 2;
}

static u64 random_key(struct duel *duel)
{
	static const u16 vids[VIDS] = { 0, 1, 4094 };

	return cvs_fdb_key(random_mac(duel), vids[below(duel, VIDS)]);
}

static void advance(struct duel *duel, u32 ticks)
{
	duel->model->now += ticks;
	cvs_test_clock += ticks;
}

/* Mostly little, at times about as much as matters, and rarely very much. */
static void pass_time(struct kunit *test, struct duel *duel)
{
	switch (below(duel, 16)) {
	case 0:
		advance(duel, below(duel, 1000 * HZ));
		break;
	case 1:
		advance(duel, 5 * HZ - 1 + below(duel, 3));
		break;
	case 2 ... 3:
		advance(duel, HZ - 1 + below(duel, 3));
		break;
	case 4 ... 7:
		advance(duel, below(duel, HZ));
		break;
	default:
		advance(duel, below(duel, 3));
		break;
	}
}

static void learn_at(struct kunit *test, struct duel *duel, unsigned int owner, u64 key)
{
	bool want = fdb_model_learn(duel->model, owner, key);

	KUNIT_EXPECT_EQ(test, want, fdb_bench_learn(duel->bench, owner, key));
	duel->refused.learning += !want;
}

static void learn(struct kunit *test, struct duel *duel)
{
	learn_at(test, duel, below(duel, FDB_OWNERS), random_key(duel));
}

/* An address turns up here and there for a while. */
static void quarrel(struct kunit *test, struct duel *duel)
{
	u64 key = random_key(duel);
	unsigned int i;

	for (i = 0; i < 16; i++) {
		learn_at(test, duel, below(duel, FDB_OWNERS), key);
		advance(duel, below(duel, 8) ? below(duel, HZ / 4) : 5 * HZ - 1 + below(duel, 3));
	}
}

static void add(struct kunit *test, struct duel *duel)
{
	unsigned int owner = below(duel, FDB_OWNERS);
	enum cvswitch_fdb_kind kind = below(duel, 2) ? CVSWITCH_FDB_KIND_STATIC :
						       CVSWITCH_FDB_KIND_STICKY;
	u64 key = random_key(duel);
	bool replace = below(duel, 2);
	int want = fdb_model_add(duel->model, owner, key, kind, replace);

	KUNIT_EXPECT_EQ(test, want, cvs_fdb_add(&duel->bench->fdb, &duel->bench->owners[owner],
						key, kind, replace));
	duel->refused.full += want == -ENOSPC;
	duel->refused.exists += want == -EEXIST;
}

static void del(struct kunit *test, struct duel *duel)
{
	u64 key = random_key(duel);
	int want = fdb_model_del(duel->model, key);

	KUNIT_EXPECT_EQ(test, want, cvs_fdb_del(&duel->bench->fdb, key));
	duel->refused.absent += want == -ENOENT;
}

static void flush(struct kunit *test, struct duel *duel)
{
	struct cvs_fdb_filter filter = { .vid_last = VLAN_N_VID - 1, .kinds = below(duel, 8) };

	/* All that a filter can have, each every other time. */
	if (below(duel, 2))
		filter.owner = &duel->bench->owners[below(duel, FDB_OWNERS)];
	if (below(duel, 2))
		filter.mac = random_mac(duel);
	if (below(duel, 2))
		filter.vid_first = 1;
	if (below(duel, 2))
		filter.vid_last = 1;
	KUNIT_EXPECT_EQ(test, fdb_model_flush(duel->model, &filter),
			cvs_fdb_flush(&duel->bench->fdb, &filter));
}

static void age(struct kunit *test, struct duel *duel)
{
	struct cvs_fdb *fdb = &duel->bench->fdb;
	unsigned long ageing = 1 + below(duel, 400 * HZ);

	fdb_model_age(duel->model, ageing);
	fdb->ageing = ageing;
	cvs_fdb_age_work(&fdb->age_work.work);
	/* A round that was faster than this finds nothing more. */
	cancel_delayed_work_sync(&fdb->age_work);
	fdb->ageing = 0;
}

static void set_limits(struct kunit *test, struct duel *duel)
{
	unsigned int owner = below(duel, FDB_OWNERS);
	u32 max = below(duel, 2) ? below(duel, 40) : 0;

	duel->model->owner_max[owner] = max;
	duel->bench->owners[owner].max = max;
	max = 20 + below(duel, 100);
	duel->model->max = max;
	duel->bench->fdb.max = max;
}

struct operation {
	void (*run)(struct kunit *test, struct duel *duel);
	u32 percent;
};

static const struct operation operations[] = {
	{ learn, 60 }, { pass_time, 16 }, { del, 10 }, { add, 8 }, { quarrel, 2 },
	{ set_limits, 2 }, { flush, 1 }, { age, 1 },
};

static void operate(struct kunit *test, struct duel *duel)
{
	const struct operation *operation = operations;
	u32 n = below(duel, 100);

	for (; n >= operation->percent; operation++)
		n -= operation->percent;
	operation->run(test, duel);
}

static bool same_change(const struct cvs_fdb_change *a, const struct cvs_fdb_change *b)
{
	return a->key == b->key && a->event == b->event && a->kind == b->kind &&
	       a->moves == b->moves && a->owner == b->owner && a->old_owner == b->old_owner;
}

/* In any order: flushes and rounds don't promise one. */
static void compare_changes(struct kunit *test, struct duel *duel)
{
	struct fdb_model *model = duel->model;
	struct fdb_bench *bench = duel->bench;
	u32 i, j;

	KUNIT_EXPECT_EQ(test, model->n_changes, bench->n);
	for (i = 0; i < model->n_changes; i++) {
		for (j = 0; j < bench->n; j++)
			if (same_change(&model->changes[i], &bench->changes[j]))
				break;
		KUNIT_EXPECT_LT_MSG(test, j, bench->n, "event %u of key %llx was not told of",
				    model->changes[i].event, model->changes[i].key);
		duel->events[model->changes[i].event]++;
	}
	fdb_bench_forget(bench);
	fdb_model_forget(model);
}

/* What of @entry is not as the model has it? Context: RCU. */
static const char *difference(struct duel *duel, const struct cvs_fdb_entry *entry)
{
	struct fdb_model_entry *want = fdb_model_find(duel->model, entry->key);

	if (!want)
		return "being there";
	if (entry->owner != &duel->bench->owners[want->owner])
		return "owner";
	if (entry->kind != want->kind)
		return "kind";
	if (entry->moves != want->moves)
		return "moves";
	if (entry->updated != duel->epoch + want->seen)
		return "time";
	if (cvs_fdb_is_damped(entry) != fdb_model_is_held(duel->model, want))
		return "damping";
	if (cvs_fdb_find(&duel->bench->fdb, entry->key) != entry)
		return "place in the hash table";
	return NULL;
}

static void compare_entries(struct kunit *test, struct duel *duel)
{
	struct cvs_fdb_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_fdb_entry *entry;
	const char *what = NULL;
	unsigned long id;
	u64 key = 0;
	u32 n = 0;

	rcu_read_lock();
	for (id = 0; (entry = cvs_fdb_walk(&duel->bench->fdb, &id, &filter)); id++) {
		n++;
		key = entry->key;
		what = difference(duel, entry);
		if (what)
			break;
	}
	rcu_read_unlock();
	KUNIT_EXPECT_NULL_MSG(test, what, "key %llx differs: %s", key, what);
	if (!what)
		KUNIT_EXPECT_EQ(test, duel->model->n, n);
}

/* An owner's last entry is one that it has. Return: if so. */
static bool last_is_own(struct fdb_bench *bench, const struct cvs_fdb_owner *owner)
{
	struct cvs_fdb_entry *last;
	bool own;

	rcu_read_lock();
	last = rcu_dereference(owner->last);
	own = !last || (last->owner == owner && cvs_fdb_find(&bench->fdb, last->key) == last);
	rcu_read_unlock();
	return own;
}

static void compare(struct kunit *test, struct duel *duel)
{
	unsigned int i;

	compare_entries(test, duel);
	KUNIT_EXPECT_EQ(test, duel->model->n, duel->bench->fdb.count);
	for (i = 0; i < FDB_OWNERS; i++) {
		const struct cvs_fdb_owner *owner = &duel->bench->owners[i];

		KUNIT_EXPECT_EQ(test, owner->entries,
				fdb_model_entries(duel->model, i, CVS_FDB_KINDS_ALL));
		KUNIT_EXPECT_EQ(test, owner->count,
				fdb_model_entries(duel->model, i, CVS_FDB_KINDS_AGEING));
		KUNIT_EXPECT_TRUE(test, last_is_own(duel->bench, owner));
	}
}

static void duel_init(struct kunit *test, struct duel *duel)
{
	duel->bench = test->priv;
	duel->model = kunit_kzalloc(test, sizeof(*duel->model), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, duel->model);
	cvs_random_init(test, &duel->random);
	duel->model->owners = duel->bench->owners;
	duel->model->now = 1;
	/* Jiffies are to wrap in the middle of it. */
	duel->epoch = 0UL - OPERATIONS * 2UL * HZ;
	cvs_test_clock = duel->epoch + 1;
	set_limits(test, duel);
}

static void agrees_with_its_model(struct kunit *test)
{
	struct duel duel = {};
	unsigned int i, event;

	duel_init(test, &duel);
	for (i = 0; i < OPERATIONS && READ_ONCE(test->status) != KUNIT_FAILURE; i++) {
		operate(test, &duel);
		compare_changes(test, &duel);
		if (i % COMPARE_EVERY == 0)
			compare(test, &duel);
		cond_resched();
	}
	KUNIT_EXPECT_EQ_MSG(test, OPERATIONS, i, "the last operation was number %u", i - 1);

	/* Has it been through everything? */
	for (event = 0; event < ARRAY_SIZE(duel.events); event++)
		KUNIT_EXPECT_GT_MSG(test, duel.events[event], 20, "event %u", event);
	KUNIT_EXPECT_GT(test, duel.refused.full, 0);
	KUNIT_EXPECT_GT(test, duel.refused.exists, 20);
	KUNIT_EXPECT_GT(test, duel.refused.absent, 20);
	KUNIT_EXPECT_GT(test, duel.refused.learning, 20);
	KUNIT_EXPECT_LT(test, cvs_test_clock, duel.epoch);
	kunit_info(test, "learned %u, moved %u, damped %u, aged %u, added %u, deleted %u\n",
		   duel.events[CVSWITCH_FDB_EVENT_LEARNED], duel.events[CVSWITCH_FDB_EVENT_MOVED],
		   duel.events[CVSWITCH_FDB_EVENT_DAMPED], duel.events[CVSWITCH_FDB_EVENT_AGED],
		   duel.events[CVSWITCH_FDB_EVENT_ADDED], duel.events[CVSWITCH_FDB_EVENT_DELETED]);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(agrees_with_its_model),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_fdb_model",
	.suite_init = fdb_bench_suite_init,
	.suite_exit = fdb_bench_suite_exit,
	.init = fdb_bench_init,
	.exit = fdb_bench_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
