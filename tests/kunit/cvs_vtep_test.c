// SPDX-License-Identifier: GPL-2.0
#include "cvs_vtep.h"

#include <kunit/test.h>

#include "cvs_vxlan.h"
#include "random.h"

#define ROUNDS	10000

#define V4(a, b, c, d)	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d } } }

static const struct address_row {
	struct in6_addr addr;
	bool v4;
	bool unicast;
} address_rows[] = {
	{ V4(192, 0, 2, 1), true, true },
	{ V4(127, 0, 0, 1), true, true },
	{ V4(223, 255, 255, 255), true, true },
	{ V4(1, 0, 0, 0), true, true },
	{ V4(0, 0, 0, 0), true, false },
	{ V4(0, 0, 0, 1), true, false },
	{ V4(224, 0, 0, 1), true, false },
	{ V4(239, 1, 1, 1), true, false },
	{ V4(255, 255, 255, 255), true, false },
	{ { { { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 } } }, false, true },
	{ { { { 0xfe, 0x80, [15] = 1 } } }, false, true },
	{ { { { [15] = 1 } } }, false, true },
	{ { { { [10] = 0xff, [11] = 0xfe, 192, 0, 2, 1 } } }, false, true },
	{ { { { [9] = 1, 0xff, 0xff, 192, 0, 2, 1 } } }, false, true },
	{ { { { 0xff, 0x02, [15] = 1 } } }, false, false },
	{ { { { 0xff, [15] = 1 } } }, false, false },
	{ { { { 0 } } }, false, false },
};

static void tells_families_and_hosts_apart(struct kunit *test)
{
	const struct address_row *row;

	for (row = address_rows; row < address_rows + ARRAY_SIZE(address_rows); row++) {
		KUNIT_EXPECT_EQ_MSG(test, row->v4, cvs_vtep_is_v4(&row->addr), "%pI6", &row->addr);
		KUNIT_EXPECT_EQ_MSG(test, row->unicast, cvs_vtep_is_unicast(&row->addr), "%pI6",
				    &row->addr);
	}
}

/* Headers' lengths by RFC 791, 8200, 768 and 7348. */
static void knows_the_headers(struct kunit *test)
{
	static const struct in6_addr v4 = V4(192, 0, 2, 1), v6 = { { { 0x20 } } };

	KUNIT_EXPECT_EQ(test, 20U + 8U + 8U, cvs_vtep_overhead(&v4));
	KUNIT_EXPECT_EQ(test, 40U + 8U + 8U, cvs_vtep_overhead(&v6));
}

static void loads_and_stores_any_address(struct kunit *test)
{
	struct rnd_state random;
	struct in6_addr addr;
	u8 data[16], back[16];
	int i, len;

	cvs_random_init(test, &random);
	for (i = 0; i < ROUNDS; i++) {
		prandom_bytes_state(&random, data, sizeof(data));
		len = cvs_random_bool(&random) ? 4 : 16;
		KUNIT_ASSERT_EQ(test, 0, cvs_vtep_load(&addr, data, len));
		KUNIT_ASSERT_EQ(test, len == 4, cvs_vtep_is_v4(&addr));
		KUNIT_ASSERT_EQ(test, len, cvs_vtep_store(back, &addr));
		KUNIT_ASSERT_EQ(test, 0, memcmp(data, back, len));
		KUNIT_ASSERT_TRUE(test, cvs_vtep_equal(&addr, &addr));
	}
}

static void refuses_other_lengths_and_second_names(struct kunit *test)
{
	static const u8 mapped[16] = { [10] = 0xff, 0xff, 192, 0, 2, 1 };
	struct in6_addr addr;
	int len;

	for (len = 0; len < 16; len++)
		if (len != 4)
			KUNIT_EXPECT_EQ(test, -EINVAL, cvs_vtep_load(&addr, mapped, len));
	KUNIT_EXPECT_EQ(test, -EINVAL, cvs_vtep_load(&addr, mapped, 17));
	KUNIT_EXPECT_EQ(test, -EINVAL, cvs_vtep_load(&addr, mapped, 16));
}

/* Each bit makes another address. */
static void compares_every_bit(struct kunit *test)
{
	struct rnd_state random;
	struct in6_addr a, b;
	int bit;

	cvs_random_init(test, &random);
	prandom_bytes_state(&random, &a, sizeof(a));
	for (bit = 0; bit < 128; bit++) {
		b = a;
		b.s6_addr[bit / 8] ^= 1 << bit % 8;
		KUNIT_EXPECT_FALSE_MSG(test, cvs_vtep_equal(&a, &b), "bit %d", bit);
	}
}

/* RFC 7348, section 5: RRRRIRRR, 24 reserved bits, 24 bits of VNI, 8 reserved. */
static void writes_vxlan_headers(struct kunit *test)
{
	static const u8 expected[8] = { 0x08, 0, 0, 0, 0xab, 0xcd, 0xef, 0 };
	u8 header[8];
	u32 vni;

	cvs_vxlan_store(header, 0xabcdef);
	KUNIT_EXPECT_EQ(test, 0, memcmp(header, expected, sizeof(header)));
	for (vni = 1; vni <= 0xffffff; vni = vni << 1 | 1) {
		cvs_vxlan_store(header, vni);
		KUNIT_EXPECT_EQ(test, vni, cvs_vxlan_vni(cvs_vxlan_load(header)));
		KUNIT_EXPECT_TRUE(test, cvs_vxlan_has_vni(cvs_vxlan_load(header)));
		KUNIT_EXPECT_EQ(test, 0ULL, cvs_vxlan_load(header) & CVS_VXLAN_RESERVED);
	}
}

/* Every bit of the header is the I flag, of the VNI, or reserved; and only one of them. */
static void reads_each_bit_as_what_it_is(struct kunit *test)
{
	u8 header[8];
	u64 number;
	int bit;

	for (bit = 0; bit < 64; bit++) {
		bool flag = bit == 4, vni = bit >= 32 && bit < 56;

		memset(header, 0, sizeof(header));
		header[bit / 8] = 0x80 >> bit % 8;
		number = cvs_vxlan_load(header);
		KUNIT_EXPECT_EQ_MSG(test, flag, cvs_vxlan_has_vni(number), "bit %d", bit);
		KUNIT_EXPECT_EQ_MSG(test, vni, cvs_vxlan_vni(number) != 0, "bit %d", bit);
		KUNIT_EXPECT_EQ_MSG(test, !flag && !vni, (number & CVS_VXLAN_RESERVED) != 0,
				    "bit %d", bit);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(tells_families_and_hosts_apart),
	KUNIT_CASE(knows_the_headers),
	KUNIT_CASE(loads_and_stores_any_address),
	KUNIT_CASE(refuses_other_lengths_and_second_names),
	KUNIT_CASE(compares_every_bit),
	KUNIT_CASE(writes_vxlan_headers),
	KUNIT_CASE(reads_each_bit_as_what_it_is),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_vtep",
	.test_cases = cases,
};

kunit_test_suite(suite);
