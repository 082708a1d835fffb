// SPDX-License-Identifier: GPL-2.0
/* Frames by lot meet rules by lot: the kernel finds what its model finds. */
#include <kunit/test.h>
#include <linux/moduleparam.h>

#include "acl_glue.h"
#include "random.h"

static uint acl_frames = 150000;
module_param(acl_frames, uint, 0444);
MODULE_PARM_DESC(acl_frames, "that meet rules; a million takes five minutes");

/* KUnit has no patience for cases that take minutes. */
#define PARTS		20

/* Frames that meet the same rules. */
#define ROUND		500
#define RULES_MAX	1000

/* Frames that may be judged otherwise before it is given up. */
#define PATIENCE	8

/**
 * struct contest - one run of rules and model
 * @random: what comes next
 * @set: the model's rules
 * @glue: the kernel's
 * @data: the frame
 * @max: frames that it takes
 * @frames: how many there were
 * @wrong: of these
 * @malformed: of these
 * @decided: by a rule
 * @continued: matches of rules that don't decide
 * @tenths: decided by which tenth of the rules
 */
struct contest {
	struct acl_random random;
	struct model_set set;
	struct acl_glue glue;
	u8 data[ACL_FRAME_MAX];
	u32 max;
	u32 frames;
	u32 wrong;
	u32 malformed;
	u32 decided;
	u32 continued;
	u32 tenths[10];
};

static u32 below(struct contest *contest, u32 n)
{
	return acl_random_below(&contest->random, n);
}

/* Mostly few rules; at times none, and rarely many. */
static u32 random_count(struct contest *contest)
{
	switch (below(contest, 24)) {
	case 0:
		return below(contest, 3);
	case 1:
		return 200 + below(contest, RULES_MAX - 200);
	default:
		return 1 + below(contest, 100);
	}
}

static bool walk(struct kunit *test, struct contest *contest, const struct cvs_flow *flow,
		 const struct model_headers *headers)
{
	const struct cvs_rule_list *list = contest->glue.set->lists[0];
	u32 n = contest->set.n, i, want, got;

	for (i = 0; i <= n; i = want + 1) {
		want = model_find(&contest->set, headers, i);
		rcu_read_lock();
		got = cvs_ruleset_find(list, flow, i);
		rcu_read_unlock();
		KUNIT_EXPECT_EQ_MSG(test, want, got, "of %u rules, from rule %u on", n, i);
		if (want != got)
			return false;
		if (want == n)
			break;
		KUNIT_EXPECT_EQ(test, contest->set.rules[want].verdict,
				list->rules[want]->verdict);
		if (contest->set.rules[want].verdict != CVSWITCH_VERDICT_CONTINUE) {
			contest->decided++;
			contest->tenths[want * 10 / n]++;
			break;
		}
		contest->continued++;
	}
	return true;
}

static void meet(struct kunit *test, struct contest *contest)
{
	bool vlan_aware = below(contest, 4) == 0, want_ok, got_ok;
	u16 vid = vlan_aware ? acl_pool_vid(&contest->random) : 0;
	struct cvs_flow want, got;
	struct model_headers headers;
	const char *what = NULL;
	struct model_frame frame;
	struct sk_buff *skb;
	bool ok = true;

	acl_random_frame(&contest->random, &contest->set, contest->data, &frame);
	skb = acl_glue_skb(test, &frame, below(contest, 8) ? frame.len :
			   below(contest, frame.len));
	want_ok = model_parse(&headers, &frame, vlan_aware, vid);
	got_ok = acl_glue_extract(&got, &frame, skb, vlan_aware, vid);
	kfree_skb(skb);
	contest->frames++;
	contest->malformed += !want_ok;
	KUNIT_EXPECT_EQ(test, want_ok, got_ok);
	if (want_ok && got_ok) {
		acl_glue_flow(&want, &headers);
		what = acl_glue_difference(&want, &got);
		KUNIT_EXPECT_NULL_MSG(test, what, "%s differs", what);
		ok = !what && walk(test, contest, &want, &headers);
	}
	if (want_ok == got_ok && ok)
		return;
	contest->wrong++;
	kunit_info(test, "frame %u of %u bytes, tag %d %04x, gso %d, VLAN %d %u: %*phN%*phN",
		   contest->frames, frame.len, frame.tagged, frame.tci, frame.gso, vlan_aware,
		   vid, min(frame.len, 64U), frame.data,
		   frame.len > 64 ? min(frame.len - 64, 64U) : 0, frame.data + 64);
}

static bool goes_on(const struct contest *contest)
{
	return contest->frames < contest->max && contest->wrong < PATIENCE;
}

static void play_round(struct kunit *test, struct contest *contest)
{
	bool distinct = below(contest, 2);
	u32 i;

	acl_random_groups(&contest->random, contest->set.groups);
	acl_random_rules(&contest->random, &contest->set, random_count(contest), distinct);
	acl_glue_open(test, &contest->glue, &contest->set);
	for (i = 0; goes_on(contest) && i < ROUND; i++) {
		meet(test, contest);
		cond_resched();
	}
	acl_glue_close(&contest->glue);
}

static struct contest *contest_init(struct kunit *test, unsigned int part)
{
	struct contest *contest = kunit_kzalloc(test, sizeof(*contest), GFP_KERNEL);
	struct model_set *set;
	struct rnd_state seed;

	KUNIT_ASSERT_NOT_NULL(test, contest);
	set = &contest->set;
	set->n_groups = ACL_GROUPS;
	set->groups = kunit_kcalloc(test, ACL_GROUPS, sizeof(*set->groups), GFP_KERNEL);
	set->rules = kunit_kcalloc(test, RULES_MAX + 1, sizeof(*set->rules), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, set->groups);
	KUNIT_ASSERT_NOT_NULL(test, set->rules);
	contest->max = acl_frames / PARTS;
	cvs_random_init(test, &seed);
	acl_random_init(&contest->random, cvs_random_u64(&seed) + part, ACL_USE_ENGINE);
	return contest;
}

static const unsigned int parts[PARTS] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
};

static void name_part(const unsigned int *part, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "part %u", *part);
}

KUNIT_ARRAY_PARAM(parts, parts, name_part);

static void finds_what_its_model_finds(struct kunit *test)
{
	struct contest *contest = contest_init(test, *(const unsigned int *)test->param_value);
	unsigned int i;

	while (goes_on(contest))
		play_round(test, contest);
	kunit_info(test, "frames %u, malformed %u, decided %u, continued %u\n", contest->frames,
		   contest->malformed, contest->decided, contest->continued);
	KUNIT_EXPECT_EQ(test, contest->frames, contest->max);
	if (contest->max < ROUND * 10)
		return;
	/* Were they worth it? */
	KUNIT_EXPECT_GT(test, contest->malformed, contest->frames / 50);
	KUNIT_EXPECT_GT(test, contest->decided, contest->frames / 4);
	KUNIT_EXPECT_LT(test, contest->decided, contest->frames / 10 * 9);
	KUNIT_EXPECT_GT(test, contest->continued, contest->frames / 20);
	for (i = 0; i < ARRAY_SIZE(contest->tenths); i++)
		KUNIT_EXPECT_GT_MSG(test, contest->tenths[i], contest->decided / 100, "tenth %u",
				    i);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM_ATTR(finds_what_its_model_finds, parts_gen_params,
			      ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_acl_model",
	.test_cases = cases,
};

kunit_test_suite(suite);
