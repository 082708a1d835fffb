// SPDX-License-Identifier: GPL-2.0
#include "cvs_arp.h"

#include <kunit/test.h>

#include "cvs_key.h"
#include "random.h"
#include "skb.h"

#define ROUNDS	20000
#define MAC_1	0x010000000002ULL	/* 02:00:00:00:00:01 */
#define MAC_2	0x020000000002ULL

/* Who has 192.0.2.2? Tell 192.0.2.1 */
static const u8 request[CVS_ARP_LEN] = {
	0, 1, 8, 0, 6, 4, 0, 1,
	2, 0, 0, 0, 0, 1, 192, 0, 2, 1,
	0, 0, 0, 0, 0, 0, 192, 0, 2, 2,
};

/* 192.0.2.2 is at 02:00:00:00:00:02 */
static const u8 reply[CVS_ARP_LEN] = {
	0, 1, 8, 0, 6, 4, 0, 2,
	2, 0, 0, 0, 0, 2, 192, 0, 2, 2,
	2, 0, 0, 0, 0, 1, 192, 0, 2, 1,
};

static bool parse(struct kunit *test, const u8 *data, unsigned int len, unsigned int linear,
		  struct cvs_arp *arp)
{
	struct sk_buff *skb = cvs_test_skb(test, data, len, linear);
	bool ok = cvs_arp_parse(skb, arp);

	kfree_skb(skb);
	return ok;
}

static void reads_what_is_asked(struct kunit *test)
{
	struct cvs_arp arp;
	unsigned int linear;

	for (linear = 0; linear <= CVS_ARP_LEN; linear++) {
		KUNIT_ASSERT_TRUE(test, parse(test, request, CVS_ARP_LEN, linear, &arp));
		KUNIT_EXPECT_EQ(test, CVS_ARP_REQUEST, arp.op);
		KUNIT_EXPECT_EQ(test, MAC_1, arp.sender_mac);
		KUNIT_EXPECT_EQ(test, htonl(0xc0000201), arp.sender);
		KUNIT_EXPECT_EQ(test, htonl(0xc0000202), arp.target);
		KUNIT_EXPECT_FALSE(test, cvs_arp_is_gratuitous(&arp));
	}
}

static void refuses_what_is_too_short(struct kunit *test)
{
	struct cvs_arp arp;
	unsigned int len;

	for (len = 0; len < CVS_ARP_LEN; len++)
		KUNIT_EXPECT_FALSE(test, parse(test, request, len, len / 2, &arp));
}

static const struct refused_row {
	const char *what;
	u8 at;
	u8 value;
} refused_rows[] = {
	{ "another hardware", 1, 6 },
	{ "another hardware, high byte", 0, 1 },
	{ "another protocol", 2, 0x86 },
	{ "another protocol, low byte", 3, 1 },
	{ "longer hardware addresses", 4, 8 },
	{ "no hardware addresses", 4, 0 },
	{ "longer addresses", 5, 16 },
	{ "no operation", 7, 0 },
	{ "RARP request", 7, 3 },
	{ "InARP reply", 7, 9 },
	{ "operation with a high byte", 6, 1 },
};

static void refuses_other_kinds(struct kunit *test)
{
	const struct refused_row *row;
	struct cvs_arp arp;
	u8 data[CVS_ARP_LEN];

	for (row = refused_rows; row < refused_rows + ARRAY_SIZE(refused_rows); row++) {
		memcpy(data, request, sizeof(data));
		data[row->at] = row->value;
		KUNIT_EXPECT_FALSE_MSG(test, parse(test, data, sizeof(data), 10, &arp), "%s",
				       row->what);
	}
}

static void knows_announcements(struct kunit *test)
{
	struct cvs_arp arp;
	u8 data[CVS_ARP_LEN];

	memcpy(data, request, sizeof(data));
	data[27] = 1;
	KUNIT_ASSERT_TRUE(test, parse(test, data, sizeof(data), 0, &arp));
	KUNIT_EXPECT_TRUE(test, cvs_arp_is_gratuitous(&arp));
}

static void replies_by_the_book(struct kunit *test)
{
	struct cvs_arp arp;
	u8 data[CVS_ARP_LEN];

	KUNIT_ASSERT_TRUE(test, parse(test, request, sizeof(request), 0, &arp));
	cvs_arp_put_reply(data, &arp, MAC_2);
	KUNIT_EXPECT_EQ(test, 0, memcmp(data, reply, sizeof(data)));
}

/* RFC 5227: who probes has no address yet, and is answered at none. */
static void replies_to_a_probe(struct kunit *test)
{
	struct cvs_arp arp;
	u8 data[CVS_ARP_LEN];

	memcpy(data, request, sizeof(data));
	memset(data + 14, 0, 4);
	KUNIT_ASSERT_TRUE(test, parse(test, data, sizeof(data), 0, &arp));
	cvs_arp_put_reply(data, &arp, MAC_2);
	KUNIT_EXPECT_EQ(test, 0, memcmp(data, reply, 24));
	KUNIT_EXPECT_EQ(test, 0U, get_unaligned_be32(data + 24));
}

/* As RFC 826 says it, byte by byte. */
static bool naive(const u8 *data, unsigned int len, struct cvs_arp *arp)
{
	static const u8 begin[] = { 0, 1, 8, 0, 6, 4, 0 };
	unsigned int i;

	if (len < 28)
		return false;
	for (i = 0; i < sizeof(begin); i++)
		if (data[i] != begin[i])
			return false;
	if (data[7] != 1 && data[7] != 2)
		return false;
	arp->op = data[7];
	arp->sender_mac = 0;
	for (i = 0; i < 6; i++)
		arp->sender_mac |= (u64)data[8 + i] << 8 * i;
	arp->sender = htonl(get_unaligned_be32(data + 14));
	arp->target = htonl(get_unaligned_be32(data + 24));
	return true;
}

/* Anything, of any length, but not too seldom an ARP packet. */
static void agrees_with_a_naive_reader(struct kunit *test)
{
	unsigned int i, len, valid = 0;
	struct cvs_arp got, want;
	struct rnd_state random;
	u8 data[64];
	bool ok;

	cvs_random_init(test, &random);
	for (i = 0; i < ROUNDS; i++) {
		prandom_bytes_state(&random, data, sizeof(data));
		memcpy(data, request, cvs_random_below(&random, 9));
		if (cvs_random_bool(&random))
			data[cvs_random_below(&random, 28)] = cvs_random_below(&random, 4);
		len = cvs_random_below(&random, sizeof(data) + 1);
		ok = naive(data, len, &want);
		valid += ok;
		KUNIT_ASSERT_EQ(test, ok, parse(test, data, len, cvs_random_below(&random, len + 1),
						&got));
		if (!ok)
			continue;
		KUNIT_ASSERT_EQ(test, want.op, got.op);
		KUNIT_ASSERT_EQ(test, want.sender_mac, got.sender_mac);
		KUNIT_ASSERT_EQ(test, want.sender, got.sender);
		KUNIT_ASSERT_EQ(test, want.target, got.target);
	}
	KUNIT_EXPECT_GT(test, valid, 100U);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(reads_what_is_asked),
	KUNIT_CASE(refuses_what_is_too_short),
	KUNIT_CASE(refuses_other_kinds),
	KUNIT_CASE(knows_announcements),
	KUNIT_CASE(replies_by_the_book),
	KUNIT_CASE(replies_to_a_probe),
	KUNIT_CASE(agrees_with_a_naive_reader),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_arp",
	.test_cases = cases,
};

kunit_test_suite(suite);
