// SPDX-License-Identifier: GPL-2.0
#include "cvs_key.h"

#include <kunit/test.h>

#include "random.h"

#define ROUNDS	10000

struct mac_row {
	u8 addr[ETH_ALEN];
	enum cvs_class class;
	bool group;
	bool link_local;
	bool valid;
};

static const struct mac_row mac_rows[] = {
	{ { 0x02, 0x00, 0x00, 0x00, 0x00, 0x01 }, CVS_CLASS_UNICAST, .valid = true },
	{ { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff }, CVS_CLASS_UNICAST, .valid = true },
	{ { 0x00, 0x00, 0x00, 0x00, 0x00, 0x01 }, CVS_CLASS_UNICAST, .valid = true },
	{ { 0x00, 0x80, 0xc2, 0x00, 0x00, 0x00 }, CVS_CLASS_UNICAST, .valid = true },
	{ { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 }, CVS_CLASS_UNICAST },
	{ { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, CVS_CLASS_BROADCAST, .group = true },
	{ { 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x00, 0x00, 0x00, 0x00, 0x00 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x33, 0x33, 0x00, 0x00, 0x00, 0x01 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 }, CVS_CLASS_MULTICAST, .group = true,
	  .link_local = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e }, CVS_CLASS_MULTICAST, .group = true,
	  .link_local = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0f }, CVS_CLASS_MULTICAST, .group = true,
	  .link_local = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x10 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x80 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x01, 0x00 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x01, 0x80, 0xc3, 0x00, 0x00, 0x00 }, CVS_CLASS_MULTICAST, .group = true },
	{ { 0x03, 0x80, 0xc2, 0x00, 0x00, 0x00 }, CVS_CLASS_MULTICAST, .group = true },
};

/* Byte by byte, the first one lowest. */
static u64 number_of(const u8 *addr)
{
	u64 mac = 0;
	int i;

	for (i = ETH_ALEN - 1; i >= 0; i--)
		mac = mac << 8 | addr[i];
	return mac;
}

static void classifies(struct kunit *test)
{
	const struct mac_row *row;

	for (row = mac_rows; row < mac_rows + ARRAY_SIZE(mac_rows); row++) {
		u64 mac = cvs_mac_from(row->addr);

		KUNIT_EXPECT_EQ_MSG(test, row->class, cvs_mac_class(mac), "%pM", row->addr);
		KUNIT_EXPECT_EQ_MSG(test, row->group, cvs_mac_is_group(mac), "%pM", row->addr);
		KUNIT_EXPECT_EQ_MSG(test, row->link_local, cvs_mac_is_link_local(mac), "%pM",
				    row->addr);
		KUNIT_EXPECT_EQ_MSG(test, row->valid, cvs_mac_is_valid(mac), "%pM", row->addr);
	}
}

/* Every address that differs in one bit from one of IEEE 802.1's is another. */
static void knows_link_local_by_each_bit(struct kunit *test)
{
	static const u8 addr[] = { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 };
	unsigned int bit;

	for (bit = 0; bit < ETH_ALEN * 8; bit++) {
		u64 mac = number_of(addr) ^ BIT_ULL(bit);
		bool low_nibble = bit >= 40 && bit < 44;

		KUNIT_EXPECT_EQ_MSG(test, low_nibble, cvs_mac_is_link_local(mac), "bit %u", bit);
	}
}

/* At every alignment; KASAN watches that no more is read than may be. */
static void loads_and_stores_any_address(struct kunit *test)
{
	struct rnd_state random;
	u8 *exact = kunit_kmalloc(test, ETH_ALEN, GFP_KERNEL);
	u8 in[8 + 8], out[8 + ETH_ALEN + 2];
	unsigned int i, at;
	u64 mac;

	KUNIT_ASSERT_NOT_NULL(test, exact);
	cvs_random_init(test, &random);
	for (i = 0; i < ROUNDS; i++) {
		prandom_bytes_state(&random, in, sizeof(in));
		at = i % 8;
		mac = number_of(in + at);
		KUNIT_ASSERT_EQ(test, mac, cvs_mac_load(in + at));
		memcpy(exact, in + at, ETH_ALEN);
		KUNIT_ASSERT_EQ(test, mac, cvs_mac_from(exact));

		memset(out, 0xa5, sizeof(out));
		cvs_mac_store(out + at, mac | (u64)prandom_u32_state(&random) << 48);
		KUNIT_ASSERT_MEMEQ(test, in + at, out + at, ETH_ALEN);
		KUNIT_ASSERT_EQ(test, 0xa5, out[at + ETH_ALEN]);
		KUNIT_ASSERT_TRUE(test, !at || out[at - 1] == 0xa5);
		cvs_mac_store(exact, mac);
		KUNIT_ASSERT_MEMEQ(test, in + at, exact, ETH_ALEN);
	}
}

/* From a header that ends where its memory ends. */
static void extracts_the_key(struct kunit *test)
{
	struct ethhdr *eth = kunit_kmalloc(test, ETH_HLEN, GFP_KERNEL);
	struct rnd_state random;
	struct cvs_key key;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, eth);
	cvs_random_init(test, &random);
	for (i = 0; i < ROUNDS; i++) {
		prandom_bytes_state(&random, eth, ETH_HLEN);
		memset(&key, 0xff, sizeof(key));
		cvs_key_extract(&key, eth);
		KUNIT_ASSERT_EQ(test, number_of(eth->h_dest), key.dst);
		KUNIT_ASSERT_EQ(test, number_of(eth->h_source), key.src);
		KUNIT_ASSERT_EQ(test, 0, key.vid);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(classifies),
	KUNIT_CASE(knows_link_local_by_each_bit),
	KUNIT_CASE(loads_and_stores_any_address),
	KUNIT_CASE(extracts_the_key),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_key",
	.test_cases = cases,
};

kunit_test_suite(suite);
