// SPDX-License-Identifier: GPL-2.0
#include "cvs_tag.h"

#include <kunit/test.h>
#include <linux/if_vlan.h>
#include <linux/skbuff.h>

#include "cvs_datapath.h"
#include "cvs_drop.h"
#include "cvs_port.h"
#include "cvs_vlan.h"
#include "random.h"

#define PAYLOAD		46
#define PVID		5

/* What the stand-ins of cvs_drop.c were told. */
static unsigned int drops;
static enum cvswitch_drop_reason drop_reason;

void cvs_drop(const struct cvs_packet *pkt, enum cvswitch_drop_reason reason)
{
	drops++;
	drop_reason = reason;
	kfree_skb(pkt->skb);
}

void cvs_drop_gone(const struct cvs_packet *pkt, struct cvs_port *port, unsigned int len,
		   enum cvswitch_drop_reason reason)
{
	drops++;
	drop_reason = reason;
}

/**
 * struct tag_row - a frame, and what becomes of it
 * @what: says so
 * @in_band: kind of the tag in the data; 0 is none
 * @in_band_tci: and what it says
 * @out_of_band: kind of the tag beside the data; 0 is none
 * @out_of_band_tci: and what it says
 * @vid: the VLAN it belongs to; 0 if it is dropped
 * @tci: the tag it has beside the data afterwards
 * @len: bytes behind the Ethernet header afterwards, more than before
 */
struct tag_row {
	const char *what;
	u16 in_band;
	u16 in_band_tci;
	u16 out_of_band;
	u16 out_of_band_tci;
	u16 vid;
	u16 tci;
	int len;
};

/* At a port with PVID 5 that is a member of VLANs 5, 7 (untagged), 6 and 4094 (tagged). */
static const struct tag_row tag_rows[] = {
	{ "untagged", 0, 0, 0, 0, PVID, PVID, 0 },
	{ "tagged", 0, 0, ETH_P_8021Q, 6, 6, 6, 0 },
	{ "tagged, in the data", ETH_P_8021Q, 6, 0, 0, 6, 6, -VLAN_HLEN },
	{ "with priority", 0, 0, ETH_P_8021Q, 0xeffe, 4094, 0xeffe, 0 },
	{ "with priority, in the data", ETH_P_8021Q, 0xeffe, 0, 0, 4094, 0xeffe, -VLAN_HLEN },
	{ "with the PVID's tag", 0, 0, ETH_P_8021Q, PVID, PVID, PVID, 0 },
	{ "only a priority", 0, 0, ETH_P_8021Q, 0x6000, PVID, 0x6000 | PVID, 0 },
	{ "only a priority, in the data", ETH_P_8021Q, 0xa000, 0, 0, PVID, 0xa000 | PVID,
	  -VLAN_HLEN },
	{ "another VLAN", 0, 0, ETH_P_8021Q, 8, 0, 0, 0 },
	{ "another VLAN, in the data", ETH_P_8021Q, 8, 0, 0, 0, 0, 0 },
	{ "VLAN 4095, which nobody is in", 0, 0, ETH_P_8021Q, 4095, 0, 0, 0 },
	{ "two tags", ETH_P_8021Q, 9, ETH_P_8021Q, 6, 6, 6, 0 },
	{ "a service tag", 0, 0, ETH_P_8021AD, 6, PVID, PVID, VLAN_HLEN },
	{ "a service tag in the data", ETH_P_8021AD, 6, 0, 0, PVID, PVID, 0 },
	{ "a tag within a service tag", ETH_P_8021Q, 9, ETH_P_8021AD, 6, PVID, PVID, VLAN_HLEN },
};

/* The bench of a case: one port. */
static struct cvs_port *port_of(struct kunit *test)
{
	return test->priv;
}

static int tag_init(struct kunit *test)
{
	struct cvs_port *port = kunit_kzalloc(test, sizeof(*port), GFP_KERNEL);
	struct cvs_vlan_set *set = kunit_kzalloc(test, sizeof(*set), GFP_KERNEL);

	if (!port || !set)
		return -ENOMEM;
	cvs_vlan_set_add(set, 5, 5, true, true);
	cvs_vlan_set_add(set, 6, 6, false, false);
	cvs_vlan_set_add(set, 7, 7, false, true);
	cvs_vlan_set_add(set, 4094, 4094, false, false);
	rcu_assign_pointer(port->vlans, set);
	test->priv = port;
	drops = 0;
	return 0;
}

static const u8 addrs[2 * ETH_ALEN] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2 };

static void put_u16(u8 **at, u16 value)
{
	put_unaligned_be16(value, *at);
	*at += 2;
}

/*
 * The frame of @row as it is on the wire without the tag that is out of band,
 * into @at. Return: its length.
 */
static unsigned int write_frame(u8 *at, const struct tag_row *row)
{
	u8 *start = at;
	unsigned int i;

	memcpy(at, addrs, sizeof(addrs));
	at += sizeof(addrs);
	if (row->in_band) {
		put_u16(&at, row->in_band);
		put_u16(&at, row->in_band_tci);
	}
	put_u16(&at, ETH_P_IP);
	for (i = 0; i < PAYLOAD; i++)
		*at++ = i;
	return at - start;
}

/* As the stack hands it to a switch; NULL without memory. */
static struct sk_buff *receive(const u8 *frame, unsigned int len, const struct tag_row *row)
{
	struct sk_buff *skb = alloc_skb(NET_IP_ALIGN + len, GFP_KERNEL);

	if (!skb)
		return NULL;
	skb_reserve(skb, NET_IP_ALIGN);
	skb_put_data(skb, frame, len);
	skb_reset_mac_header(skb);
	skb->protocol = eth_hdr(skb)->h_proto;
	skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	if (row->out_of_band)
		__vlan_hwaccel_put_tag(skb, htons(row->out_of_band), row->out_of_band_tci);
	return skb;
}

static bool ingress(struct cvs_packet *pkt)
{
	bool ok;

	rcu_read_lock();
	local_bh_disable();
	ok = cvs_tag_ingress(pkt);
	local_bh_enable();
	rcu_read_unlock();
	return ok;
}

/* The bytes that a frame of @row has in its data afterwards. Return: how many. */
static unsigned int write_result(u8 *at, const struct tag_row *row)
{
	struct tag_row after = *row;
	unsigned int len;

	if (row->len < 0)
		after.in_band = 0;
	len = write_frame(at, &after);
	if (row->len > 0) {
		u8 *tag = at + sizeof(addrs);

		memmove(tag + VLAN_HLEN, tag, len - sizeof(addrs));
		put_u16(&tag, row->out_of_band);
		put_u16(&tag, row->out_of_band_tci);
		len += VLAN_HLEN;
	}
	return len;
}

static void expect_result(struct kunit *test, const struct tag_row *row, struct cvs_packet *pkt)
{
	struct sk_buff *skb = pkt->skb;
	u8 want[ETH_HLEN + 2 * VLAN_HLEN + PAYLOAD], got[sizeof(want)];
	unsigned int len = write_result(want, row);

	KUNIT_EXPECT_EQ_MSG(test, row->vid, pkt->key.vid, "%s", row->what);
	KUNIT_EXPECT_TRUE_MSG(test, skb_vlan_tag_present(skb), "%s", row->what);
	KUNIT_EXPECT_EQ_MSG(test, ETH_P_8021Q, ntohs(skb->vlan_proto), "%s", row->what);
	KUNIT_EXPECT_EQ_MSG(test, row->tci, skb_vlan_tag_get(skb), "%s", row->what);
	KUNIT_EXPECT_EQ_MSG(test, len, skb->len + ETH_HLEN, "%s", row->what);
	KUNIT_EXPECT_EQ_MSG(test, ETH_HLEN, skb->data - skb_mac_header(skb), "%s", row->what);
	KUNIT_EXPECT_PTR_EQ_MSG(test, skb->data, skb_network_header(skb), "%s", row->what);
	KUNIT_EXPECT_TRUE_MSG(test, eth_hdr(skb)->h_proto == skb->protocol, "%s", row->what);
	KUNIT_ASSERT_LE(test, len, sizeof(got));
	KUNIT_ASSERT_EQ(test, 0, skb_copy_bits(skb, -ETH_HLEN, got, len));
	KUNIT_EXPECT_MEMEQ_MSG(test, want, got, len, "%s", row->what);
}

static void brings_each_frame_into_its_vlan(struct kunit *test)
{
	u8 frame[ETH_HLEN + VLAN_HLEN + PAYLOAD];
	const struct tag_row *row;

	for (row = tag_rows; row < tag_rows + ARRAY_SIZE(tag_rows); row++) {
		unsigned int len = write_frame(frame, row);
		struct cvs_packet pkt = {
			.skb = receive(frame, len, row),
			.in = port_of(test),
		};

		KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
		drops = 0;
		KUNIT_EXPECT_EQ_MSG(test, !!row->vid, ingress(&pkt), "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, !row->vid, drops, "%s", row->what);
		if (drops) {
			KUNIT_EXPECT_EQ(test, CVSWITCH_DROP_REASON_VLAN_INGRESS, drop_reason);
		} else {
			expect_result(test, row, &pkt);
			kfree_skb(pkt.skb);
		}
	}
}

/* Whoever has a clone of it, a packet socket for one, sees the frame as it was. */
static void leaves_clones_alone(struct kunit *test)
{
	u8 frame[ETH_HLEN + VLAN_HLEN + PAYLOAD], seen[sizeof(frame)];
	const struct tag_row *row;

	for (row = tag_rows; row < tag_rows + ARRAY_SIZE(tag_rows); row++) {
		unsigned int len = write_frame(frame, row);
		struct cvs_packet pkt = {
			.skb = receive(frame, len, row),
			.in = port_of(test),
		};
		struct sk_buff *clone;

		KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
		clone = skb_clone(pkt.skb, GFP_KERNEL);
		KUNIT_EXPECT_NOT_NULL(test, clone);
		if (ingress(&pkt)) {
			expect_result(test, row, &pkt);
			kfree_skb(pkt.skb);
		}
		if (!clone)
			continue;
		KUNIT_EXPECT_EQ(test, len, clone->len + ETH_HLEN);
		KUNIT_EXPECT_EQ(test, 0, skb_copy_bits(clone, -ETH_HLEN, seen, len));
		KUNIT_EXPECT_MEMEQ_MSG(test, frame, seen, len, "%s", row->what);
		kfree_skb(clone);
	}
}

static void drops_untagged_without_a_pvid(struct kunit *test)
{
	const struct tag_row row = { "no PVID" }, tagged = { .out_of_band = ETH_P_8021Q,
		.out_of_band_tci = 6 };
	u8 frame[ETH_HLEN + VLAN_HLEN + PAYLOAD];
	unsigned int len = write_frame(frame, &row);
	struct cvs_packet pkt = { .skb = receive(frame, len, &row), .in = port_of(test) };

	KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
	((struct cvs_vlan_set *)rcu_dereference_raw(pkt.in->vlans))->pvid = 0;
	KUNIT_EXPECT_FALSE(test, ingress(&pkt));
	KUNIT_EXPECT_EQ(test, 1, drops);
	KUNIT_EXPECT_EQ(test, CVSWITCH_DROP_REASON_VLAN_INGRESS, drop_reason);

	pkt.skb = receive(frame, len, &tagged);
	KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
	KUNIT_EXPECT_TRUE(test, ingress(&pkt));
	KUNIT_EXPECT_EQ(test, 6, pkt.key.vid);
	kfree_skb(pkt.skb);
}

/* A frame that ends within its tag; KASAN watches that nobody reads on. */
static void drops_what_ends_in_its_tag(struct kunit *test)
{
	const struct tag_row row = { .in_band = ETH_P_8021Q, .in_band_tci = 6 };
	u8 frame[ETH_HLEN + VLAN_HLEN + PAYLOAD];
	unsigned int len, full = write_frame(frame, &row);

	for (len = ETH_HLEN; len <= full; len++) {
		struct cvs_packet pkt = { .skb = receive(frame, len, &row), .in = port_of(test) };
		bool ok;

		KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
		drops = 0;
		ok = ingress(&pkt);
		KUNIT_EXPECT_EQ_MSG(test, !ok, drops, "%u bytes", len);
		/* The stack wants two bytes of what follows the tag. */
		KUNIT_EXPECT_EQ_MSG(test, len >= ETH_HLEN + VLAN_HLEN + 2, ok, "%u bytes", len);
		if (ok)
			kfree_skb(pkt.skb);
		else
			KUNIT_EXPECT_EQ(test, CVSWITCH_DROP_REASON_MALFORMED, drop_reason);
	}
}

struct egress_row {
	u16 vid;
	bool member;
	bool tagged;
};

static const struct egress_row egress_rows[] = {
	{ 1, false }, { 4, false }, { 5, true, false }, { 6, true, true }, { 7, true, false },
	{ 8, false }, { 4093, false }, { 4094, true, true },
};

static void leaves_with_the_tag_the_port_wants(struct kunit *test)
{
	const struct egress_row *row;
	u8 frame[ETH_HLEN + VLAN_HLEN + PAYLOAD];

	for (row = egress_rows; row < egress_rows + ARRAY_SIZE(egress_rows); row++) {
		const struct tag_row tag = {
			.out_of_band = ETH_P_8021Q,
			.out_of_band_tci = 0x6000 | row->vid,
		};
		unsigned int len = write_frame(frame, &tag);
		struct cvs_packet pkt = {
			.skb = receive(frame, len, &tag),
			.key.vid = row->vid,
		};
		bool may;

		KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
		rcu_read_lock();
		may = cvs_tag_may_egress(&pkt, port_of(test));
		if (may)
			cvs_tag_egress(&pkt, port_of(test), pkt.skb);
		rcu_read_unlock();
		KUNIT_EXPECT_EQ_MSG(test, row->member, may, "VLAN %u", row->vid);
		if (row->member) {
			KUNIT_EXPECT_EQ_MSG(test, row->tagged, skb_vlan_tag_present(pkt.skb),
					    "VLAN %u", row->vid);
			KUNIT_EXPECT_TRUE(test, !row->tagged ||
					  skb_vlan_tag_get(pkt.skb) == (0x6000 | row->vid));
		}
		KUNIT_EXPECT_EQ(test, len, pkt.skb->len + ETH_HLEN);
		kfree_skb(pkt.skb);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(brings_each_frame_into_its_vlan),
	KUNIT_CASE(leaves_clones_alone),
	KUNIT_CASE(drops_untagged_without_a_pvid),
	KUNIT_CASE(drops_what_ends_in_its_tag),
	KUNIT_CASE(leaves_with_the_tag_the_port_wants),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_tag",
	.init = tag_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
