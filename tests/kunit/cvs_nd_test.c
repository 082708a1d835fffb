// SPDX-License-Identifier: GPL-2.0
#include "cvs_nd.h"

#include <kunit/test.h>

#include "cvs_key.h"
#include "random.h"
#include "skb.h"

#define ROUNDS		20000
#define IP6		40
#define LEN_MAX		256
#define MAC_1		0x010000000002ULL	/* 02:00:00:00:00:01 */

#define HOST(n)		{ { { 0x20, 0x01, 0x0d, 0xb8, [15] = n } } }
#define LOCAL(n)	{ { { 0xfe, 0x80, [15] = n } } }
#define GROUP(n)	{ { { 0xff, 0x02, [11] = 1, 0xff, [15] = n } } }
#define ALL_NODES	{ { { 0xff, 0x02, [15] = 1 } } }
#define NOBODY		{ { { 0 } } }

/**
 * struct message - a packet as a case describes it
 * @source: of the packet
 * @destination: of the packet
 * @type: of the message
 * @code: of the message
 * @flags: the fifth byte of the message
 * @target: of the message
 * @option: type of its option; 0 is none
 * @option_len: what the option says of its length
 * @hop_limit: of the packet, 0 for 255
 * @nexthdr: of the packet, 0 for ICMPv6
 * @cut: bytes that are missing at the end, and in the packet's length
 * @lost: bytes that are missing at the end
 * @spoil: spoil the checksum
 */
struct message {
	struct in6_addr source;
	struct in6_addr destination;
	u8 type;
	u8 code;
	u8 flags;
	struct in6_addr target;
	u8 option;
	u8 option_len;
	u8 hop_limit;
	u8 nexthdr;
	u8 cut;
	u8 lost;
	bool spoil;
};

/* The sum of RFC 1071 as it is explained there. */
static u16 naive_sum(const u8 *data, unsigned int len)
{
	u32 sum = len + 58;
	unsigned int i;

	/* The addresses of the pseudo header are in the packet, the rest isn't. */
	for (i = 8; i < IP6 + len; i += 2)
		sum += data[i] << 8 | (i + 1 < IP6 + len ? data[i + 1] : 0);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static void put_checksum(u8 *data, unsigned int len)
{
	put_unaligned_be16(0, data + IP6 + 2);
	put_unaligned_be16(~naive_sum(data, len), data + IP6 + 2);
}

/* Return: its length. */
static unsigned int write_message(u8 *data, const struct message *message)
{
	unsigned int len = message->type == CVS_ND_ROUTER_ADVERT ? 16 : 24;

	memset(data, 0, LEN_MAX);
	data[0] = 0x60;
	data[6] = message->nexthdr ?: 58;
	data[7] = message->hop_limit ?: 255;
	memcpy(data + 8, &message->source, 16);
	memcpy(data + 24, &message->destination, 16);
	data[IP6] = message->type;
	data[IP6 + 1] = message->code;
	data[IP6 + 4] = message->flags;
	if (len == 24)
		memcpy(data + IP6 + 8, &message->target, 16);
	if (message->option) {
		data[IP6 + len] = message->option;
		data[IP6 + len + 1] = message->option_len;
		cvs_mac_store(data + IP6 + len + 2, MAC_1);
		len += 8;
	}
	len -= message->cut;
	put_unaligned_be16(len, data + 4);
	put_checksum(data, len);
	data[IP6 + 3] ^= message->spoil;
	return IP6 + len - message->lost;
}

static bool parse(struct kunit *test, const u8 *data, unsigned int len, unsigned int linear,
		  struct cvs_nd *nd)
{
	struct sk_buff *skb = cvs_test_skb(test, data, len, linear);
	bool ok = cvs_nd_parse(skb, nd);

	kfree_skb(skb);
	return ok;
}

static const struct valid_row {
	const char *what;
	struct message message;
	struct cvs_nd want;
} valid_rows[] = {
	{ "solicitation",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .option = 1, .option_len = 1 },
	  { HOST(1), GROUP(2), HOST(2), MAC_1, CVS_ND_SOLICIT } },
	{ "solicitation without an option",
	  { HOST(1), GROUP(2), 135, .target = HOST(2) },
	  { HOST(1), GROUP(2), HOST(2), 0, CVS_ND_SOLICIT } },
	{ "probe that detects duplicates",
	  { NOBODY, GROUP(2), 135, .target = HOST(2) },
	  { NOBODY, GROUP(2), HOST(2), 0, CVS_ND_SOLICIT } },
	{ "probe with a nonce (RFC 7527)",
	  { NOBODY, GROUP(2), 135, .target = HOST(2), .option = 14, .option_len = 1 },
	  { NOBODY, GROUP(2), HOST(2), 0, CVS_ND_SOLICIT } },
	{ "unicast probe",
	  { HOST(1), HOST(2), 135, .target = HOST(2), .option = 1, .option_len = 1 },
	  { HOST(1), HOST(2), HOST(2), MAC_1, CVS_ND_SOLICIT } },
	{ "answer",
	  { HOST(2), HOST(1), 136, .flags = 0x60, .target = HOST(2), .option = 2, .option_len = 1 },
	  { HOST(2), HOST(1), HOST(2), MAC_1, CVS_ND_ADVERT, false, true, true } },
	{ "announcement of a router",
	  { HOST(2), ALL_NODES, 136, .flags = 0xa0, .target = HOST(2), .option = 2,
	    .option_len = 1 },
	  { HOST(2), ALL_NODES, HOST(2), MAC_1, CVS_ND_ADVERT, true, false, true } },
	{ "announcement with the other option",
	  { HOST(2), ALL_NODES, 136, .target = HOST(2), .option = 1, .option_len = 1 },
	  { HOST(2), ALL_NODES, HOST(2), 0, CVS_ND_ADVERT } },
	{ "advertisement of a router",
	  { LOCAL(1), ALL_NODES, 134, .option = 1, .option_len = 1 },
	  { LOCAL(1), ALL_NODES, LOCAL(1), MAC_1, CVS_ND_ROUTER_ADVERT, true, false, true } },
	{ "advertisement of a router without an option",
	  { LOCAL(1), ALL_NODES, 134 },
	  { LOCAL(1), ALL_NODES, LOCAL(1), 0, CVS_ND_ROUTER_ADVERT, true, false, true } },
};

static void expect_same(struct kunit *test, const struct cvs_nd *want, const struct cvs_nd *got,
			const char *what)
{
	KUNIT_EXPECT_EQ_MSG(test, 0, memcmp(&want->source, &got->source, 16), "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, 0, memcmp(&want->destination, &got->destination, 16), "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, 0, memcmp(&want->target, &got->target, 16), "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, want->mac, got->mac, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, want->type, got->type, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, want->router, got->router, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, want->solicited, got->solicited, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, want->override, got->override, "%s", what);
}

static void reads_each_message(struct kunit *test)
{
	const struct valid_row *row;
	unsigned int len, linear;
	struct cvs_nd nd;
	u8 data[LEN_MAX];

	for (row = valid_rows; row < valid_rows + ARRAY_SIZE(valid_rows); row++) {
		len = write_message(data, &row->message);
		for (linear = 0; linear <= len; linear += 8) {
			KUNIT_ASSERT_TRUE_MSG(test, parse(test, data, len, linear, &nd), "%s",
					      row->what);
			expect_same(test, &row->want, &nd, row->what);
		}
		/* Behind the packet is what fills the frame up. */
		KUNIT_ASSERT_TRUE_MSG(test, parse(test, data, len + 10, 0, &nd), "%s, padded",
				      row->what);
	}
}

static const struct invalid_row {
	const char *what;
	struct message message;
} invalid_rows[] = {
	{ "from a router away",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .hop_limit = 254 } },
	{ "wrong checksum", { HOST(1), GROUP(2), 135, .target = HOST(2), .spoil = true } },
	{ "code", { HOST(1), GROUP(2), 135, 1, .target = HOST(2) } },
	{ "another protocol", { HOST(1), GROUP(2), 135, .target = HOST(2), .nexthdr = 17 } },
	{ "a fragment", { HOST(1), GROUP(2), 135, .target = HOST(2), .nexthdr = 44 } },
	{ "hop-by-hop options", { HOST(1), GROUP(2), 135, .target = HOST(2), .nexthdr = 255 } },
	{ "question for a group", { HOST(1), GROUP(2), 135, .target = ALL_NODES } },
	{ "probe that tells an address",
	  { NOBODY, GROUP(2), 135, .target = HOST(2), .option = 1, .option_len = 1 } },
	{ "probe to all", { NOBODY, ALL_NODES, 135, .target = HOST(2) } },
	{ "probe to another's group", { NOBODY, GROUP(3), 135, .target = HOST(2) } },
	{ "option of no length",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .option = 1, .option_len = 0 } },
	{ "option past the end",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .option = 1, .option_len = 2 } },
	{ "another option past the end",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .option = 99, .option_len = 255 } },
	{ "half an option",
	  { HOST(1), GROUP(2), 135, .target = HOST(2), .option = 1, .option_len = 1, .cut = 4 } },
	{ "no target", { HOST(1), GROUP(2), 135, .target = HOST(2), .cut = 16 } },
	{ "part of a target", { HOST(1), GROUP(2), 135, .target = HOST(2), .cut = 1 } },
	{ "frame that ends too soon", { HOST(1), GROUP(2), 135, .target = HOST(2), .lost = 1 } },
	{ "answer to all",
	  { HOST(2), ALL_NODES, 136, .flags = 0x60, .target = HOST(2), .option = 2,
	    .option_len = 1 } },
	{ "announcement of a group", { HOST(2), ALL_NODES, 136, .target = GROUP(2) } },
	{ "router that isn't here", { HOST(1), ALL_NODES, 134 } },
	{ "echo request", { HOST(1), HOST(2), 128 } },
	{ "redirect", { LOCAL(1), HOST(2), 137, .target = HOST(3) } },
	{ "router solicitation", { LOCAL(1), ALL_NODES, 133 } },
};

static void refuses_what_is_invalid(struct kunit *test)
{
	const struct invalid_row *row;
	unsigned int len, linear;
	struct cvs_nd nd;
	u8 data[LEN_MAX];

	for (row = invalid_rows; row < invalid_rows + ARRAY_SIZE(invalid_rows); row++) {
		len = write_message(data, &row->message);
		for (linear = 0; linear <= len; linear += 8)
			KUNIT_EXPECT_FALSE_MSG(test, parse(test, data, len, linear, &nd), "%s",
					       row->what);
	}
}

static void refuses_what_is_cut_off(struct kunit *test)
{
	unsigned int len, n;
	struct cvs_nd nd;
	u8 data[LEN_MAX];

	len = write_message(data, &valid_rows[0].message);
	for (n = 0; n < len; n++)
		KUNIT_EXPECT_FALSE_MSG(test, parse(test, data, n, n / 2, &nd), "%u bytes", n);
}

static void knows_the_group_of_an_address(struct kunit *test)
{
	struct in6_addr group = { { { 0xff, 2, [11] = 1, 0xff, 0x12, 0x34, 0x56 } } };
	struct in6_addr addr = { { { 0x20, 1, [8] = 9, [12] = 0x77, 0x12, 0x34, 0x56 } } };
	struct in6_addr other;
	int bit;

	KUNIT_EXPECT_TRUE(test, cvs_nd_is_to_group_of(&group, &addr));
	for (bit = 0; bit < 128; bit++) {
		other = group;
		other.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
		KUNIT_EXPECT_FALSE_MSG(test, cvs_nd_is_to_group_of(&other, &addr), "bit %d", bit);
		other = addr;
		other.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
		KUNIT_EXPECT_EQ_MSG(test, bit < 104, cvs_nd_is_to_group_of(&group, &other),
				    "bit %d", bit);
	}
}

/* What is written is read again, and is what RFC 4861, 4.4, draws. */
static void writes_advertisements(struct kunit *test)
{
	struct cvs_nd nd = { HOST(2), HOST(1), HOST(2), MAC_1, CVS_ND_ADVERT, false, true, true };
	static const struct message message = {
		HOST(2), HOST(1), 136, .flags = 0x60, .target = HOST(2), .option = 2,
		.option_len = 1,
	};
	u8 data[CVS_ND_ADVERT_LEN], want[LEN_MAX];
	struct cvs_nd back;
	int flags;

	KUNIT_ASSERT_EQ(test, (unsigned int)CVS_ND_ADVERT_LEN, write_message(want, &message));
	cvs_nd_put_advert(data, &nd);
	KUNIT_EXPECT_EQ(test, 0, memcmp(data, want, sizeof(data)));

	for (flags = 0; flags < 8; flags++) {
		nd.router = flags & 1;
		nd.solicited = flags & 2;
		nd.override = flags & 4;
		cvs_nd_put_advert(data, &nd);
		KUNIT_ASSERT_TRUE(test, parse(test, data, sizeof(data), 0, &back));
		expect_same(test, &nd, &back, "flags");
	}
}

/* RFC 4861 again, byte by byte. */
static bool naive_options(const u8 *data, unsigned int len, u8 wanted, u64 *mac)
{
	unsigned int i, at, option;
	bool found = false;

	*mac = 0;
	for (at = 0; at < len; at += option) {
		if (at + 8 > len)
			return false;
		option = data[at + 1] * 8;
		if (!option || at + option > len)
			return false;
		if (data[at] == wanted && !found) {
			if (option != 8)
				return false;
			for (i = 0; i < 6; i++)
				*mac |= (u64)data[at + 2 + i] << 8 * i;
			found = *mac;
		}
	}
	return true;
}

static bool naive(const u8 *data, unsigned int have, struct cvs_nd *nd)
{
	static const u8 group[13] = { 0xff, 2, [11] = 1, 0xff };
	const u8 *message = data + IP6;
	unsigned int len, fixed;
	bool nobody;

	if (have < IP6 || data[0] >> 4 != 6 || data[6] != 58 || data[7] != 255)
		return false;
	len = data[4] << 8 | data[5];
	if (len > have - IP6 || len < 16 || message[1] || naive_sum(data, len) != 0xffff)
		return false;
	memset(nd, 0, sizeof(*nd));
	memcpy(&nd->source, data + 8, 16);
	memcpy(&nd->destination, data + 24, 16);
	nd->type = message[0];
	fixed = message[0] == 134 ? 16 : 24;
	if (message[0] < 134 || message[0] > 136 || len < fixed)
		return false;
	if (!naive_options(message + fixed, len - fixed, message[0] == 136 ? 2 : 1, &nd->mac))
		return false;
	if (message[0] == 134) {
		nd->target = nd->source;
		nd->router = true;
		nd->override = true;
		return data[8] == 0xfe && (data[9] & 0xc0) == 0x80;
	}
	memcpy(&nd->target, message + 8, 16);
	if (message[8] == 0xff)
		return false;
	if (message[0] == 136) {
		nd->router = message[4] & 0x80;
		nd->solicited = message[4] & 0x40;
		nd->override = message[4] & 0x20;
		return !(nd->solicited && data[24] == 0xff);
	}
	nobody = !memchr_inv(data + 8, 0, 16);
	return !nobody || (!nd->mac && !memcmp(data + 24, group, 13) &&
			   !memcmp(data + 37, message + 21, 3));
}

/* A message with something else in one place or two, often with the checksum put right. */
static unsigned int distort(struct rnd_state *random, u8 *data)
{
	unsigned int len, n, more;

	n = cvs_random_below(random, ARRAY_SIZE(valid_rows));
	len = write_message(data, &valid_rows[n].message);
	for (more = cvs_random_below(random, 4); more; more--, len += 8) {
		prandom_bytes_state(random, data + len, 8);
		data[len] = cvs_random_below(random, 4);
		data[len + 1] = cvs_random_below(random, 8) ? 1 : cvs_random_below(random, 4);
	}
	put_unaligned_be16(len - IP6, data + 4);
	for (n = cvs_random_below(random, 3); n; n--)
		data[cvs_random_below(random, len)] = prandom_u32_state(random);
	if (!cvs_random_below(random, 4))
		len = cvs_random_below(random, len + 1);
	n = get_unaligned_be16(data + 4);
	if (cvs_random_below(random, 8) && n <= LEN_MAX - IP6)
		put_checksum(data, n);
	return len;
}

static void agrees_with_a_naive_reader(struct kunit *test)
{
	unsigned int i, len, valid = 0;
	struct cvs_nd got, want;
	struct rnd_state random;
	u8 data[LEN_MAX];
	bool ok;

	cvs_random_init(test, &random);
	for (i = 0; i < ROUNDS; i++) {
		len = distort(&random, data);
		ok = naive(data, len, &want);
		valid += ok;
		KUNIT_ASSERT_EQ_MSG(test, ok,
				    parse(test, data, len, cvs_random_below(&random, len + 1),
					  &got), "round %u", i);
		if (ok)
			expect_same(test, &want, &got, "random");
	}
	KUNIT_EXPECT_GT(test, valid, ROUNDS / 10U);
	KUNIT_EXPECT_LT(test, valid, ROUNDS * 9U / 10);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(reads_each_message),
	KUNIT_CASE(refuses_what_is_invalid),
	KUNIT_CASE(refuses_what_is_cut_off),
	KUNIT_CASE(knows_the_group_of_an_address),
	KUNIT_CASE(writes_advertisements),
	KUNIT_CASE(agrees_with_a_naive_reader),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_nd",
	.test_cases = cases,
};

kunit_test_suite(suite);
