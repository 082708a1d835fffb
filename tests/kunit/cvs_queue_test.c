// SPDX-License-Identifier: GPL-2.0
#include "cvs_queue.h"

#include <kunit/test.h>

#include "random.h"

static void no_work(struct work_struct *work)
{
}

static struct cvs_queue *new_queue(struct kunit *test)
{
	struct cvs_queue *queue = kunit_kzalloc(test, sizeof(*queue), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, queue);
	cvs_queue_init(queue, no_work);
	return queue;
}

/* Return: whether it found room. Each frame tells whose it is. */
static bool put(struct kunit *test, struct cvs_queue *queue, unsigned int who)
{
	struct sk_buff *skb = alloc_skb(0, GFP_KERNEL);
	bool room;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb->mark = who;
	local_bh_disable();
	room = cvs_queue_put(queue, skb, who);
	local_bh_enable();
	if (!room)
		kfree_skb(skb);
	return room;
}

/* Return: whose frame is next, or -1. */
static int get(struct cvs_queue *queue)
{
	struct sk_buff *skb = cvs_queue_get(queue);
	int who = skb ? (int)skb->mark : -1;

	kfree_skb(skb);
	return who;
}

static void is_empty(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, -1, get(new_queue(test)));
}

static void takes_no_more_than_a_lane_holds(struct kunit *test)
{
	struct cvs_queue *queue = new_queue(test);
	int i;

	for (i = 0; i < CVS_QUEUE_LANE_MAX; i++)
		KUNIT_EXPECT_TRUE(test, put(test, queue, 3));
	KUNIT_EXPECT_FALSE(test, put(test, queue, 3));
	KUNIT_EXPECT_TRUE(test, put(test, queue, 4));
	KUNIT_EXPECT_TRUE(test, get(queue) >= 0);
	KUNIT_EXPECT_TRUE(test, get(queue) >= 0);
	KUNIT_EXPECT_TRUE(test, put(test, queue, 3));
	while (get(queue) >= 0)
		;
	cancel_work_sync(&queue->work);
}

/* Whoever has one frame waiting has it served within one round, whatever others have. */
static void serves_everybody_in_turn(struct kunit *test)
{
	struct cvs_queue *queue = new_queue(test);
	int i, who, seen = 0;

	for (i = 0; i < CVS_QUEUE_LANE_MAX; i++)
		put(test, queue, 0);
	for (i = 1; i < CVS_QUEUE_LANES; i++)
		put(test, queue, i);
	for (i = 0; i < CVS_QUEUE_LANES; i++) {
		who = get(queue);
		KUNIT_ASSERT_TRUE(test, who >= 0 && who < CVS_QUEUE_LANES);
		seen |= 1 << who;
	}
	KUNIT_EXPECT_EQ(test, (1 << CVS_QUEUE_LANES) - 1, seen);
	for (i = 1; i < CVS_QUEUE_LANE_MAX; i++)
		KUNIT_EXPECT_EQ(test, 0, get(queue));
	KUNIT_EXPECT_EQ(test, -1, get(queue));
	cancel_work_sync(&queue->work);
}

/* Against counters: what goes in comes out, in the order of each lane. */
static void loses_nothing(struct kunit *test)
{
	unsigned int held[CVS_QUEUE_LANES] = {}, i;
	struct cvs_queue *queue = new_queue(test);
	struct rnd_state random;
	int who, total = 0;

	cvs_random_init(test, &random);
	for (i = 0; i < 5000; i++) {
		if (cvs_random_below(&random, 3)) {
			who = cvs_random_below(&random, CVS_QUEUE_LANES);
			KUNIT_ASSERT_EQ(test, held[who] < CVS_QUEUE_LANE_MAX,
					put(test, queue, who));
			if (held[who] < CVS_QUEUE_LANE_MAX) {
				held[who]++;
				total++;
			}
		} else {
			who = get(queue);
			KUNIT_ASSERT_EQ(test, total > 0, who >= 0);
			if (who >= 0) {
				KUNIT_ASSERT_GT(test, held[who], 0U);
				held[who]--;
				total--;
			}
		}
	}
	while (get(queue) >= 0)
		total--;
	KUNIT_EXPECT_EQ(test, 0, total);
	cancel_work_sync(&queue->work);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(is_empty),
	KUNIT_CASE(takes_no_more_than_a_lane_holds),
	KUNIT_CASE(serves_everybody_in_turn),
	KUNIT_CASE(loses_nothing),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_queue",
	.test_cases = cases,
};

kunit_test_suite(suite);
