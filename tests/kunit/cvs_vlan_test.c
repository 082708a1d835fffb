// SPDX-License-Identifier: GPL-2.0
#include "cvs_vlan.h"

#include <kunit/test.h>
#include <linux/slab.h>

#include "random.h"

#define VID_LAST	(VLAN_N_VID - 2)

/* The reference: a flag for each VLAN. */
struct vlans {
	u16 pvid;
	bool member[VLAN_N_VID];
	bool untagged[VLAN_N_VID];
};

static void vlans_add(struct vlans *vlans, u16 first, u16 last, bool pvid, bool untagged)
{
	unsigned int vid;

	for (vid = first; vid <= last; vid++) {
		vlans->member[vid] = true;
		vlans->untagged[vid] = untagged;
		if (vid == vlans->pvid)
			vlans->pvid = 0;
	}
	if (pvid)
		vlans->pvid = last;
}

static void vlans_del(struct vlans *vlans, u16 first, u16 last)
{
	unsigned int vid;

	for (vid = first; vid <= last; vid++) {
		vlans->member[vid] = false;
		vlans->untagged[vid] = false;
		if (vid == vlans->pvid)
			vlans->pvid = 0;
	}
}

static void expect_same(struct kunit *test, const struct vlans *want,
			const struct cvs_vlan_set *set)
{
	unsigned int vid;

	KUNIT_EXPECT_EQ(test, want->pvid, set->pvid);
	for (vid = 0; vid < VLAN_N_VID; vid++) {
		KUNIT_ASSERT_EQ_MSG(test, want->member[vid], cvs_vlan_is_member(set, vid),
				    "VLAN %u", vid);
		KUNIT_ASSERT_EQ_MSG(test, want->untagged[vid], test_bit(vid, set->untagged),
				    "VLAN %u", vid);
	}
}

KUNIT_DEFINE_ACTION_WRAPPER(free_set, kfree, const void *);

/* A copy of @set that goes with the test case. */
static struct cvs_vlan_set *copy_of(struct kunit *test, const struct cvs_vlan_set *set)
{
	struct cvs_vlan_set *copy = cvs_vlan_set_dup(set);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_set, copy));
	return copy;
}

static struct vlans *vlans_new(struct kunit *test)
{
	struct vlans *vlans = kunit_kzalloc(test, sizeof(*vlans), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vlans);
	vlans_add(vlans, 1, 1, true, true);
	return vlans;
}

static void begins_with_vlan_1(struct kunit *test)
{
	expect_same(test, vlans_new(test), &cvs_vlan_default);
	/* Every port that has changed nothing shares this one. */
	cvs_vlan_set_free_rcu(&cvs_vlan_default);
	expect_same(test, vlans_new(test), &cvs_vlan_default);
}

static void copies_what_it_is_given(struct kunit *test)
{
	struct cvs_vlan_set *first = copy_of(test, &cvs_vlan_default), *second;
	struct vlans *want = vlans_new(test);

	cvs_vlan_set_add(first, 5, 9, true, false);
	vlans_add(want, 5, 9, true, false);
	second = copy_of(test, first);
	expect_same(test, want, second);

	/* And leaves the original alone. */
	cvs_vlan_set_del(second, 1, VID_LAST);
	expect_same(test, want, first);
	expect_same(test, vlans_new(test), &cvs_vlan_default);
}

static void frees_what_was_copied(struct kunit *test)
{
	struct cvs_vlan_set *set = cvs_vlan_set_dup(&cvs_vlan_default);

	KUNIT_ASSERT_NOT_NULL(test, set);
	/* KASAN notices a second free, kmemleak that there was none. */
	cvs_vlan_set_free_rcu(set);
}

struct vlan_row {
	const char *what;
	bool add;
	u16 first;
	u16 last;
	bool pvid;
	bool untagged;
	u16 pvid_after;
};

/* One after the other, from a port that is in VLAN 1. */
static const struct vlan_row vlan_rows[] = {
	{ "tagged beside it", true, 10, 20, false, false, .pvid_after = 1 },
	{ "the PVID moves to the last one", true, 30, 40, true, true, .pvid_after = 40 },
	{ "the PVID of a single one", true, 1, 1, true, false, .pvid_after = 1 },
	{ "the PVID taken away", true, 1, 1, false, false, .pvid_after = 0 },
	{ "no PVID, none comes back", true, 1, 5, false, true, .pvid_after = 0 },
	{ "the last VLAN there is", true, VID_LAST, VID_LAST, true, true, .pvid_after = VID_LAST },
	{ "below the PVID", false, 1, VID_LAST - 1, .pvid_after = VID_LAST },
	{ "the PVID itself", false, VID_LAST, VID_LAST, .pvid_after = 0 },
	{ "all of them", true, 1, VID_LAST, true, true, .pvid_after = VID_LAST },
	{ "up to the PVID", true, 64, VID_LAST, false, false, .pvid_after = 0 },
	{ "from the PVID on, first", true, 63, 64, true, false, .pvid_after = 64 },
	{ "from the PVID on", false, 64, 127, .pvid_after = 0 },
	{ "none of them", false, 1, VID_LAST, .pvid_after = 0 },
	{ "none of them again", false, 1, VID_LAST, .pvid_after = 0 },
};

static void adds_and_deletes_ranges(struct kunit *test)
{
	struct cvs_vlan_set *set = copy_of(test, &cvs_vlan_default);
	struct vlans *want = vlans_new(test);
	const struct vlan_row *row;

	for (row = vlan_rows; row < vlan_rows + ARRAY_SIZE(vlan_rows); row++) {
		if (row->add) {
			cvs_vlan_set_add(set, row->first, row->last, row->pvid, row->untagged);
			vlans_add(want, row->first, row->last, row->pvid, row->untagged);
		} else {
			cvs_vlan_set_del(set, row->first, row->last);
			vlans_del(want, row->first, row->last);
		}
		KUNIT_EXPECT_EQ_MSG(test, row->pvid_after, set->pvid, "%s", row->what);
		expect_same(test, want, set);
	}
}

static void agrees_with_an_array(struct kunit *test)
{
	struct cvs_vlan_set *set = copy_of(test, &cvs_vlan_default);
	struct vlans *want = vlans_new(test);
	struct rnd_state random;
	unsigned int i;

	cvs_random_init(test, &random);
	for (i = 0; i < 1000; i++) {
		u16 first = 1 + cvs_random_below(&random, VID_LAST);
		u16 last = first + cvs_random_below(&random, VID_LAST + 1 - first);
		bool pvid = cvs_random_bool(&random), untagged = cvs_random_bool(&random);

		/* Mostly short ranges, so that something is left. */
		if (cvs_random_below(&random, 8))
			last = min(last, first + cvs_random_below(&random, 100));
		if (cvs_random_bool(&random)) {
			cvs_vlan_set_add(set, first, last, pvid, untagged);
			vlans_add(want, first, last, pvid, untagged);
		} else {
			cvs_vlan_set_del(set, first, last);
			vlans_del(want, first, last);
		}
		expect_same(test, want, set);
		cond_resched();
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(begins_with_vlan_1),
	KUNIT_CASE(copies_what_it_is_given),
	KUNIT_CASE(frees_what_was_copied),
	KUNIT_CASE(adds_and_deletes_ranges),
	KUNIT_CASE_SLOW(agrees_with_an_array),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_vlan",
	.test_cases = cases,
};

kunit_test_suite(suite);
