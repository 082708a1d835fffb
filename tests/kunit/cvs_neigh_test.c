// SPDX-License-Identifier: GPL-2.0
#include "cvs_neigh.h"

#include <kunit/test.h>

#include "clock.h"
#include "cvs_fdb.h"
#include "cvs_vtep.h"
#include "random.h"

#define MAX		6
#define OWNER_MAX	4
#define AGEING		300
#define OWNERS		3
#define MAC(n)		(0x2ULL | (u64)(n) << 40)

/**
 * struct bench - what a case has
 * @table: the table
 * @owners: its ports
 * @last: the change that it told of last
 * @n: how many
 * @badly_told: of these, those told under the table's lock or outside RCU
 */
struct bench {
	struct cvs_neigh_table table;
	struct cvs_fdb_owner owners[OWNERS];
	struct cvs_neigh_change last;
	u32 n;
	u32 badly_told;
};

static void record(struct cvs_neigh_table *table, const struct cvs_neigh_change *change)
{
	struct bench *bench = container_of(table, struct bench, table);

	if (lockdep_is_held(&table->lock) || !rcu_read_lock_held())
		bench->badly_told++;
	bench->last = *change;
	bench->n++;
}

static int bench_init(struct kunit *test)
{
	static const struct cvs_neigh_config config = {
		.ageing_time = AGEING,
		.max = MAX,
		.owner_max = OWNER_MAX,
	};
	struct bench *bench = kunit_kzalloc(test, sizeof(*bench), GFP_KERNEL);

	if (!bench)
		return -ENOMEM;
	test->priv = bench;
	cvs_test_clock = 1000 * HZ;
	return cvs_neigh_init(&bench->table, &config, record);
}

static void bench_exit(struct kunit *test)
{
	struct bench *bench = test->priv;

	KUNIT_EXPECT_EQ(test, 0, bench->badly_told);
	cvs_neigh_destroy(&bench->table);
}

static struct cvs_neigh_key key(u32 n, u32 vid)
{
	struct cvs_neigh_key key = { .vid = vid };

	cvs_vtep_set_v4(&key.ip, htonl(0xc0000200 + n));
	return key;
}

static bool learn_as(struct bench *bench, unsigned int owner, u32 n, u64 mac,
		     enum cvs_neigh_router router, bool override)
{
	const struct cvs_neigh_sighting sighting = {
		.key = key(n, 0),
		.mac = mac,
		.router = router,
		.override = override,
	};
	bool learned;

	rcu_read_lock();
	local_bh_disable();
	learned = cvs_neigh_learn(&bench->table, &bench->owners[owner], &sighting);
	local_bh_enable();
	rcu_read_unlock();
	return learned;
}

static bool learn(struct bench *bench, unsigned int owner, u32 n, u64 mac)
{
	return learn_as(bench, owner, n, mac, CVS_NEIGH_ROUTER_UNSAID, true);
}

static int add(struct bench *bench, u32 n, u64 mac, bool replace)
{
	const struct cvs_neigh_key which = key(n, 0);

	return cvs_neigh_add(&bench->table, &which, mac, false, replace);
}

/* Of the neighbour; 0 if it isn't known. */
static u64 mac_of(struct bench *bench, u32 n)
{
	const struct cvs_neigh_key which = key(n, 0);
	struct cvs_neigh *neigh;
	u64 mac;

	rcu_read_lock();
	neigh = cvs_neigh_find(&bench->table, &which);
	mac = neigh ? neigh->mac : 0;
	rcu_read_unlock();
	return mac;
}

static bool is_router(struct bench *bench, u32 n)
{
	const struct cvs_neigh_key which = key(n, 0);
	struct cvs_neigh *neigh;
	bool router;

	rcu_read_lock();
	neigh = cvs_neigh_find(&bench->table, &which);
	router = neigh && neigh->router;
	rcu_read_unlock();
	return router;
}

static u32 learned(const struct bench *bench)
{
	return bench->table.count[CVSWITCH_NEIGH_KIND_LEARNED];
}

static void age(struct bench *bench)
{
	cvs_neigh_age_work(&bench->table.age_work.work);
	cancel_delayed_work_sync(&bench->table.age_work);
}

static void learns_and_tells(struct kunit *test)
{
	struct bench *bench = test->priv;

	KUNIT_EXPECT_TRUE(test, learn(bench, 0, 1, MAC(1)));
	KUNIT_EXPECT_EQ(test, MAC(1), mac_of(bench, 1));
	KUNIT_EXPECT_EQ(test, 1, bench->n);
	KUNIT_EXPECT_EQ(test, CVSWITCH_NEIGH_EVENT_LEARNED, bench->last.event);
	KUNIT_EXPECT_EQ(test, MAC(1), bench->last.mac);
	KUNIT_EXPECT_EQ(test, 0ULL, bench->last.old_mac);
	KUNIT_EXPECT_PTR_EQ(test, &bench->owners[0], bench->last.owner);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[0].neighs);

	/* Once more is no news. */
	KUNIT_EXPECT_TRUE(test, learn(bench, 0, 1, MAC(1)));
	KUNIT_EXPECT_EQ(test, 1, bench->n);
}

static void keeps_vlans_apart(struct kunit *test)
{
	const struct cvs_neigh_key a = key(1, 10), b = key(1, 20);
	struct bench *bench = test->priv;

	KUNIT_EXPECT_EQ(test, 0, cvs_neigh_add(&bench->table, &a, MAC(1), false, false));
	KUNIT_EXPECT_EQ(test, 0, cvs_neigh_add(&bench->table, &b, MAC(2), false, false));
	KUNIT_EXPECT_EQ(test, 0, cvs_neigh_del(&bench->table, &a));
	KUNIT_EXPECT_EQ(test, -ENOENT, cvs_neigh_del(&bench->table, &a));
	KUNIT_EXPECT_EQ(test, 0, cvs_neigh_del(&bench->table, &b));
}

static void yields_to_who_speaks_last(struct kunit *test)
{
	struct bench *bench = test->priv;

	learn(bench, 0, 1, MAC(1));
	KUNIT_EXPECT_TRUE(test, learn(bench, 1, 1, MAC(2)));
	KUNIT_EXPECT_EQ(test, MAC(2), mac_of(bench, 1));
	KUNIT_EXPECT_EQ(test, CVSWITCH_NEIGH_EVENT_CHANGED, bench->last.event);
	KUNIT_EXPECT_EQ(test, MAC(1), bench->last.old_mac);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[0].neighs);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[1].neighs);
	KUNIT_EXPECT_EQ(test, 1, learned(bench));
}

/* RFC 4861, 7.2.5: without the override flag it is a second opinion. */
static void heeds_the_override_flag(struct kunit *test)
{
	struct bench *bench = test->priv;

	KUNIT_EXPECT_TRUE(test, learn_as(bench, 0, 1, MAC(1), CVS_NEIGH_ROUTER_NO, false));
	KUNIT_EXPECT_FALSE(test, learn_as(bench, 1, 1, MAC(2), CVS_NEIGH_ROUTER_NO, false));
	KUNIT_EXPECT_EQ(test, MAC(1), mac_of(bench, 1));
}

static void remembers_routers(struct kunit *test)
{
	struct bench *bench = test->priv;

	learn(bench, 0, 1, MAC(1));
	KUNIT_EXPECT_FALSE(test, is_router(bench, 1));
	learn_as(bench, 0, 1, MAC(1), CVS_NEIGH_ROUTER_YES, true);
	KUNIT_EXPECT_TRUE(test, is_router(bench, 1));
	learn(bench, 0, 1, MAC(1));
	KUNIT_EXPECT_TRUE(test, is_router(bench, 1));
	/* It moves to another port, and stays one; but another host isn't one. */
	learn(bench, 1, 1, MAC(1));
	KUNIT_EXPECT_TRUE(test, is_router(bench, 1));
	learn(bench, 1, 1, MAC(2));
	KUNIT_EXPECT_FALSE(test, is_router(bench, 1));
	learn_as(bench, 1, 1, MAC(2), CVS_NEIGH_ROUTER_YES, true);
	learn_as(bench, 1, 1, MAC(2), CVS_NEIGH_ROUTER_NO, true);
	KUNIT_EXPECT_FALSE(test, is_router(bench, 1));
}

static void static_ones_stay(struct kunit *test)
{
	struct bench *bench = test->priv;

	learn(bench, 0, 1, MAC(1));
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(2), false));
	KUNIT_EXPECT_EQ(test, CVSWITCH_NEIGH_EVENT_ADDED, bench->last.event);
	KUNIT_EXPECT_EQ(test, MAC(1), bench->last.old_mac);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[0].neighs);
	KUNIT_EXPECT_FALSE(test, learn(bench, 0, 1, MAC(1)));
	KUNIT_EXPECT_TRUE(test, learn(bench, 0, 1, MAC(2)));
	KUNIT_EXPECT_EQ(test, MAC(2), mac_of(bench, 1));
	KUNIT_EXPECT_EQ(test, -EEXIST, add(bench, 1, MAC(3), false));
	KUNIT_EXPECT_EQ(test, 0, add(bench, 1, MAC(3), true));
	KUNIT_EXPECT_EQ(test, MAC(3), mac_of(bench, 1));
	cvs_test_clock += 1000 * AGEING * HZ;
	age(bench);
	KUNIT_EXPECT_EQ(test, MAC(3), mac_of(bench, 1));
}

static void limits_the_owner(struct kunit *test)
{
	struct bench *bench = test->priv;
	u32 n;

	for (n = 0; n < OWNER_MAX; n++)
		KUNIT_EXPECT_TRUE(test, learn(bench, 0, n, MAC(1)));
	KUNIT_EXPECT_FALSE(test, learn(bench, 0, n, MAC(1)));
	KUNIT_EXPECT_EQ(test, OWNER_MAX, bench->owners[0].neighs);
	/* What it has may change, and others aren't hindered. */
	KUNIT_EXPECT_TRUE(test, learn(bench, 0, 0, MAC(2)));
	KUNIT_EXPECT_TRUE(test, learn(bench, 1, n, MAC(1)));
	/* It can't have another one's; but what that one has isn't true any more. */
	KUNIT_EXPECT_FALSE(test, learn(bench, 0, n, MAC(2)));
	KUNIT_EXPECT_EQ(test, 0ULL, mac_of(bench, n));
	KUNIT_EXPECT_EQ(test, CVSWITCH_NEIGH_EVENT_DELETED, bench->last.event);
	KUNIT_EXPECT_EQ(test, 0, bench->owners[1].neighs);
}

/* Containers can't take the administrator's room. */
static void limits_the_table(struct kunit *test)
{
	struct bench *bench = test->priv;
	u32 n;

	for (n = 0; n < MAX; n++)
		KUNIT_EXPECT_TRUE(test, learn(bench, n / 3, n, MAC(n)));
	KUNIT_EXPECT_FALSE(test, learn(bench, 2, n, MAC(n)));
	for (n = 0; n < MAX; n++)
		KUNIT_EXPECT_EQ(test, 0, add(bench, 100 + n, MAC(n), false));
	KUNIT_EXPECT_EQ(test, -ENOSPC, add(bench, 100 + n, MAC(n), false));
	KUNIT_EXPECT_EQ(test, -ENOSPC, add(bench, 0, MAC(n), false));
	KUNIT_EXPECT_EQ(test, MAC(0), mac_of(bench, 0));
	KUNIT_EXPECT_EQ(test, MAX, learned(bench));
}

static void forgets_at_the_ageing_time(struct kunit *test)
{
	struct bench *bench = test->priv;

	learn(bench, 0, 1, MAC(1));
	learn(bench, 0, 2, MAC(2));
	cvs_test_clock += AGEING * HZ - 1;
	learn(bench, 0, 2, MAC(2));
	age(bench);
	KUNIT_EXPECT_EQ(test, MAC(1), mac_of(bench, 1));
	cvs_test_clock++;
	age(bench);
	KUNIT_EXPECT_EQ(test, 0ULL, mac_of(bench, 1));
	KUNIT_EXPECT_EQ(test, MAC(2), mac_of(bench, 2));
	KUNIT_EXPECT_EQ(test, CVSWITCH_NEIGH_EVENT_AGED, bench->last.event);
	KUNIT_EXPECT_EQ(test, 1, bench->owners[0].neighs);
}

static void flushes_what_matches(struct kunit *test)
{
	struct cvs_neigh_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_NEIGH_KINDS_ALL,
	};
	struct bench *bench = test->priv;

	learn(bench, 0, 1, MAC(1));
	learn(bench, 1, 2, MAC(2));
	learn(bench, 1, 3, MAC(3));
	add(bench, 4, MAC(3), false);
	filter.owner = &bench->owners[2];
	KUNIT_EXPECT_EQ(test, 0, cvs_neigh_flush(&bench->table, &filter));
	filter.owner = &bench->owners[0];
	KUNIT_EXPECT_EQ(test, 1, cvs_neigh_flush(&bench->table, &filter));
	filter.owner = NULL;
	filter.mac = MAC(3);
	filter.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED);
	KUNIT_EXPECT_EQ(test, 1, cvs_neigh_flush(&bench->table, &filter));
	KUNIT_EXPECT_EQ(test, MAC(2), mac_of(bench, 2));
	KUNIT_EXPECT_EQ(test, MAC(3), mac_of(bench, 4));
}

static const struct address_row {
	struct in6_addr ip;
	bool ok;
} address_rows[] = {
	{ { { { [10] = 0xff, 0xff, 192, 0, 2, 1 } } }, true },
	{ { { { [10] = 0xff, 0xff, 169, 254, 2, 1 } } }, true },
	{ { { { [10] = 0xff, 0xff, 127, 0, 0, 1 } } }, false },
	{ { { { [10] = 0xff, 0xff, 0, 0, 0, 0 } } }, false },
	{ { { { [10] = 0xff, 0xff, 224, 0, 0, 1 } } }, false },
	{ { { { [10] = 0xff, 0xff, 255, 255, 255, 255 } } }, false },
	{ { { { 0x20, 0x01, [15] = 1 } } }, true },
	{ { { { 0xfe, 0x80, [15] = 1 } } }, true },
	{ { { { [15] = 1 } } }, false },
	{ { { { 0 } } }, false },
	{ { { { 0xff, 0x02, [15] = 1 } } }, false },
};

static void tells_addresses_of_one_host(struct kunit *test)
{
	const struct address_row *row;

	for (row = address_rows; row < address_rows + ARRAY_SIZE(address_rows); row++)
		KUNIT_EXPECT_EQ_MSG(test, row->ok, cvs_neigh_is_address(&row->ip), "%pI6",
				    &row->ip);
}

/* Whatever happens, the counts are those of what is there, and no limit is passed. */
static void counts_what_is_there(struct kunit *test)
{
	static const struct cvs_neigh_filter all = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_NEIGH_KINDS_ALL,
	};
	u32 round, owner, n, owned[OWNERS], kinds[CVS_NEIGH_KINDS];
	struct bench *bench = test->priv;
	struct cvs_neigh *neigh;
	struct cvs_neigh_key which;
	struct rnd_state random;
	unsigned long id;

	cvs_random_init(test, &random);
	for (round = 0; round < 5000; round++) {
		n = cvs_random_below(&random, 12);
		which = key(n, 0);
		owner = cvs_random_below(&random, OWNERS);
		switch (cvs_random_below(&random, 8)) {
		case 0:
			add(bench, n, MAC(owner), cvs_random_bool(&random));
			break;
		case 1:
			cvs_neigh_del(&bench->table, &which);
			break;
		case 2:
			cvs_test_clock += cvs_random_below(&random, AGEING * HZ / 4);
			age(bench);
			break;
		default:
			learn_as(bench, owner, n, MAC(cvs_random_below(&random, 3)),
				 cvs_random_below(&random, 3), cvs_random_bool(&random));
		}
		memset(owned, 0, sizeof(owned));
		memset(kinds, 0, sizeof(kinds));
		rcu_read_lock();
		for (id = 0; (neigh = cvs_neigh_walk(&bench->table, &id, &all)); id++) {
			kinds[neigh->kind]++;
			if (neigh->owner)
				owned[neigh->owner - bench->owners]++;
			KUNIT_ASSERT_EQ(test, neigh->mac, mac_of(bench, neigh->key.ip.s6_addr[15]));
		}
		rcu_read_unlock();
		for (n = 0; n < CVS_NEIGH_KINDS; n++) {
			KUNIT_ASSERT_EQ(test, kinds[n], bench->table.count[n]);
			KUNIT_ASSERT_LE(test, kinds[n], MAX);
		}
		for (n = 0; n < OWNERS; n++) {
			KUNIT_ASSERT_EQ(test, owned[n], bench->owners[n].neighs);
			KUNIT_ASSERT_LE(test, owned[n], OWNER_MAX);
		}
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(learns_and_tells),
	KUNIT_CASE(keeps_vlans_apart),
	KUNIT_CASE(yields_to_who_speaks_last),
	KUNIT_CASE(heeds_the_override_flag),
	KUNIT_CASE(remembers_routers),
	KUNIT_CASE(static_ones_stay),
	KUNIT_CASE(limits_the_owner),
	KUNIT_CASE(limits_the_table),
	KUNIT_CASE(forgets_at_the_ageing_time),
	KUNIT_CASE(flushes_what_matches),
	KUNIT_CASE(tells_addresses_of_one_host),
	KUNIT_CASE(counts_what_is_there),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_neigh",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
