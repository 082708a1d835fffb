// SPDX-License-Identifier: GPL-2.0
#include "cvs_match.h"

#include <kunit/test.h>
#include <linux/if_ether.h>

#include "acl_glue.h"
#include "flow_rows.h"
#include "random.h"

#define ROUNDS	3000

/* Fields of rules. */
#define V4(len, ...)	{ { __VA_ARGS__ }, len, false }
#define V6(len, ...)	{ { __VA_ARGS__ }, len, true }
#define MAC_MASK	{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }
#define TYPE(type)	.ethertype = type
#define PROTOCOL(p)	.protocol = p

static const struct finish_row {
	const char *what;
	struct model_rule rule;
	u16 ethertype;		/* 0 is any */
	u8 protocol;		/* 0 is any */
	u8 need;
} finish_rows[] = {
	{ "nothing", {} },
	{ "a type", { MODEL_ASK_ETHERTYPE, TYPE(0x88b5) }, 0x88b5 },
	{ "a MAC address", { MODEL_ASK_SRC_MAC, .src_mac = { 2 }, .src_mac_mask = { 3 } } },
	{ "a VLAN", { MODEL_ASK_VLAN, .vlan = 4094 } },
	{ "IPv4", { MODEL_ASK_SRC, .src = V4(8, 10) }, ETH_P_IP, 0, IP },
	{ "all of IPv4", { MODEL_ASK_DST, .dst = V4(0) }, ETH_P_IP, 0, IP },
	{ "IPv4, told twice",
	  { MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_IP), .src = V4(8, 10) },
	  ETH_P_IP, 0, IP },
	{ "IPv6", { MODEL_ASK_DST, .dst = V6(16, 0x20, 0x01) }, ETH_P_IPV6, 0, IP },
	{ "all of IPv6", { MODEL_ASK_SRC, .src = V6(0) }, ETH_P_IPV6, 0, IP },
	{ "addresses of ARP",
	  { MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_ARP), .src = V4(8, 10) },
	  ETH_P_ARP, 0, BIT(CVS_FLOW_ARP) },
	{ "addresses of an operation",
	  { MODEL_ASK_DST | MODEL_ASK_ARP_OP, .arp_op = 1, .dst = V4(8, 10) },
	  ETH_P_ARP, 0, BIT(CVS_FLOW_ARP) },
	{ "an operation", { MODEL_ASK_ARP_OP, .arp_op = 2 }, ETH_P_ARP, 0, BIT(CVS_FLOW_ARP) },
	{ "a group of addresses", { MODEL_ASK_SRC_GROUP }, 0, 0, IP },
	{ "a group of ARP's addresses", { MODEL_ASK_DST_GROUP | MODEL_ASK_ETHERTYPE,
	  TYPE(ETH_P_ARP) }, ETH_P_ARP, 0, BIT(CVS_FLOW_ARP) },
	{ "a group of an operation's addresses", { MODEL_ASK_SRC_GROUP | MODEL_ASK_ARP_OP },
	  ETH_P_ARP, 0, BIT(CVS_FLOW_ARP) },
	{ "a group of MAC addresses", { MODEL_ASK_SRC_MAC_GROUP | MODEL_ASK_DST_MAC_GROUP } },
	{ "a protocol", { MODEL_ASK_PROTOCOL, PROTOCOL(47) }, 0, 47, IP },
	{ "a fragment", { MODEL_ASK_FRAGMENT, .fragment = 6 }, 0, 0, IP },
	{ "source ports", { MODEL_ASK_SPORT, .sport = { 1, 2 } }, 0, 0, PORTS },
	{ "destination ports of SCTP",
	  { MODEL_ASK_DPORT | MODEL_ASK_PROTOCOL, PROTOCOL(132), .dport = { 1, 1 } },
	  0, 132, PORTS },
	{ "a group of ports", { MODEL_ASK_SPORT_GROUP }, 0, 0, PORTS },
	{ "another", { MODEL_ASK_DPORT_GROUP | MODEL_ASK_PROTOCOL, PROTOCOL(17) }, 0, 17, PORTS },
	{ "flags", { MODEL_ASK_TCP_FLAGS, .tcp_flags = 2, .tcp_mask = 0x12 }, 0, 6, TCP },
	{ "no flags", { MODEL_ASK_TCP_FLAGS, .tcp_mask = 0xff }, 0, 6, TCP },
	{ "flags, told twice", { MODEL_ASK_TCP_FLAGS | MODEL_ASK_PROTOCOL, PROTOCOL(6),
	  .tcp_flags = 2, .tcp_mask = 2 }, 0, 6, TCP },
	{ "ICMP", { MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL, PROTOCOL(1), .icmp_type = 8 },
	  ETH_P_IP, 1, ICMP },
	{ "ICMPv6", { MODEL_ASK_ICMP_TYPE | MODEL_ASK_ICMP_CODE | MODEL_ASK_PROTOCOL,
	  PROTOCOL(58), .icmp_type = 128 }, ETH_P_IPV6, 58, ICMP },
	{ "the protocol ICMP", { MODEL_ASK_PROTOCOL, PROTOCOL(1) }, 0, 1, IP },
	{ "a sender", { MODEL_ASK_SENDER_MAC }, 0, 0, SENDER },
	{ "a target", { MODEL_ASK_TARGET_MAC }, 0, 0, TARGET },
	{ "a target of ND", { MODEL_ASK_ND_TARGET, .nd_target = V6(16, 0x20, 1) },
	  ETH_P_IPV6, 58, BIT(CVS_FLOW_ND_TARGET) },
	{ "a target of ND and its type", { MODEL_ASK_ND_TARGET | MODEL_ASK_PROTOCOL |
	  MODEL_ASK_ICMP_TYPE, PROTOCOL(58), .icmp_type = 135, .nd_target = V6(0) },
	  ETH_P_IPV6, 58, ND },
};

/* What follows from other parts that are needed may be among them, or not. */
static u8 with_what_follows(u8 need)
{
	if (need & (BIT(CVS_FLOW_TCP)))
		need |= PORTS;
	if (need & BIT(CVS_FLOW_ND_TARGET))
		need |= ICMP;
	if (need & (BIT(CVS_FLOW_PORTS) | BIT(CVS_FLOW_ICMP)))
		need |= IP;
	return need;
}

static void puts_in_what_follows(struct kunit *test)
{
	const struct finish_row *row;
	struct cvs_match match;
	const char *wrong;

	for (row = finish_rows; row < finish_rows + ARRAY_SIZE(finish_rows); row++) {
		wrong = acl_glue_match(&row->rule, &match);
		KUNIT_ASSERT_NULL_MSG(test, wrong, "%s: %s", row->what, wrong);
		KUNIT_EXPECT_EQ_MSG(test, row->ethertype, match.ethertype_first, "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->ethertype ?: 0xffff, match.ethertype_last, "%s",
				    row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->protocol, match.protocol_first, "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->protocol ?: 0xff, match.protocol_last, "%s",
				    row->what);
		KUNIT_EXPECT_EQ_MSG(test, with_what_follows(row->need),
				    with_what_follows(match.need), "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->ethertype != 0,
				    !!(match.fields & BIT(CVS_MATCH_ETHERTYPE)), "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->protocol != 0,
				    !!(match.fields & BIT(CVS_MATCH_PROTOCOL)), "%s", row->what);
	}
}

static const struct wrong_row {
	const char *what;
	struct model_rule rule;
} wrong_rows[] = {
	{ "bits behind a source prefix", { MODEL_ASK_SRC, .src = V4(8, 10, 1) } },
	{ "one bit behind it", { MODEL_ASK_DST, .dst = V4(31, 10, 0, 0, 1) } },
	{ "one bit behind none", { MODEL_ASK_SRC, .src = V4(0, 0, 0, 0, 1) } },
	{ "bits behind an IPv6 prefix", { MODEL_ASK_DST, .dst = V6(127, 0x20, [15] = 1) } },
	{ "bits behind a target", { MODEL_ASK_ND_TARGET, .nd_target = V6(16, 0x20, 1, 1) } },
	{ "both families",
	  { MODEL_ASK_SRC | MODEL_ASK_DST, .src = V4(8, 10), .dst = V6(16, 0x20, 1) } },
	{ "both families, all of each",
	  { MODEL_ASK_SRC | MODEL_ASK_DST, .src = V6(0), .dst = V4(0) } },
	{ "IPv4 in IPv6",
	  { MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_IPV6), .src = V4(8, 10) } },
	{ "IPv6 in IPv4", { MODEL_ASK_DST | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_IP), .dst = V6(0) } },
	{ "IPv6 in ARP", { MODEL_ASK_DST | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_ARP), .dst = V6(0) } },
	{ "IPv6 and an operation", { MODEL_ASK_SRC | MODEL_ASK_ARP_OP, .src = V6(0) } },
	{ "IPv4 in something else",
	  { MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(0x88b5), .src = V4(8, 10) } },
	{ "IPv4 and a target of ND",
	  { MODEL_ASK_SRC | MODEL_ASK_ND_TARGET, .src = V4(8, 10), .nd_target = V6(0) } },
	{ "a target of ND in IPv4", { MODEL_ASK_ND_TARGET | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_IP),
	  .nd_target = V6(0) } },
	{ "a target of ND and TCP", { MODEL_ASK_ND_TARGET | MODEL_ASK_PROTOCOL, PROTOCOL(6),
	  .nd_target = V6(0) } },
	{ "an operation in IPv4", { MODEL_ASK_ARP_OP | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_IP) } },
	{ "source and group", { MODEL_ASK_SRC | MODEL_ASK_SRC_GROUP, .src = V4(8, 10) } },
	{ "destination and group", { MODEL_ASK_DST | MODEL_ASK_DST_GROUP, .dst = V6(0) } },
	{ "source port and group", { MODEL_ASK_SPORT | MODEL_ASK_SPORT_GROUP, .sport = { 1, 1 } } },
	{ "destination port and group",
	  { MODEL_ASK_DPORT | MODEL_ASK_DPORT_GROUP, .dport = { 0, 0xffff } } },
	{ "source MAC address and group",
	  { MODEL_ASK_SRC_MAC | MODEL_ASK_SRC_MAC_GROUP, .src_mac_mask = MAC_MASK } },
	{ "destination MAC address and group",
	  { MODEL_ASK_DST_MAC | MODEL_ASK_DST_MAC_GROUP, .dst_mac_mask = MAC_MASK } },
	{ "a range that ends before it begins", { MODEL_ASK_SPORT, .sport = { 2, 1 } } },
	{ "another", { MODEL_ASK_DPORT, .dport = { 0xffff, 0 } } },
	{ "ports of GRE",
	  { MODEL_ASK_SPORT | MODEL_ASK_PROTOCOL, PROTOCOL(47), .sport = { 1, 1 } } },
	{ "a group of ports of ICMP", { MODEL_ASK_DPORT_GROUP | MODEL_ASK_PROTOCOL, PROTOCOL(1) } },
	{ "flags of UDP", { MODEL_ASK_TCP_FLAGS | MODEL_ASK_PROTOCOL, PROTOCOL(17),
	  .tcp_flags = 2, .tcp_mask = 2 } },
	{ "flags outside of their mask", { MODEL_ASK_TCP_FLAGS, .tcp_flags = 3, .tcp_mask = 2 } },
	{ "bits outside of a mask",
	  { MODEL_ASK_SRC_MAC, .src_mac = { 3 }, .src_mac_mask = { 2 } } },
	{ "bits outside of another mask",
	  { MODEL_ASK_DST_MAC, .dst_mac = { [5] = 1 }, .dst_mac_mask = { 2 } } },
	{ "a protocol of ARP", { MODEL_ASK_PROTOCOL | MODEL_ASK_ARP_OP, PROTOCOL(6) } },
	{ "a fragment of something else",
	  { MODEL_ASK_FRAGMENT | MODEL_ASK_ETHERTYPE, TYPE(0x88b5), .fragment = 1 } },
	{ "ports and a type", { MODEL_ASK_DPORT | MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL,
	  PROTOCOL(1), .dport = { 1, 1 } } },
	{ "a type of no protocol", { MODEL_ASK_ICMP_TYPE, .icmp_type = 8 } },
	{ "a type of TCP", { MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL, PROTOCOL(6) } },
	{ "a code without a type", { MODEL_ASK_ICMP_CODE | MODEL_ASK_PROTOCOL, PROTOCOL(1) } },
	{ "ICMP in IPv6", { MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL | MODEL_ASK_ETHERTYPE,
	  PROTOCOL(1), TYPE(ETH_P_IPV6) } },
	{ "ICMPv6 in IPv4", { MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL | MODEL_ASK_SRC,
	  PROTOCOL(58), .src = V4(8, 10) } },
};

static void refuses_what_is_wrong(struct kunit *test)
{
	const struct wrong_row *row;
	struct cvs_match match;

	for (row = wrong_rows; row < wrong_rows + ARRAY_SIZE(wrong_rows); row++)
		KUNIT_EXPECT_NOT_NULL_MSG(test, acl_glue_match(&row->rule, &match), "%s",
					  row->what);
}

/* Frames: TCP in IPv4 and in IPv6, ICMP, ARP, and a neighbour solicitation. */
#define TCP4(...)	{ FLOW4(6, TCP, WHOLE), TCP_PORTS, .vid = 100, __VA_ARGS__ }
#define TCP6(...)	{ FLOW6(6, TCP, WHOLE), TCP_PORTS, __VA_ARGS__ }
#define ICMP4(t, c)	{ FLOW4(1, ICMP, WHOLE), .sport = t, .dport = c }
#define ARP4(...)	{ SRC4, DST4, .ethertype = ETH_P_ARP, .has = ARP, .sport = 1, \
			  .sender_mac = MAC_A, .target_mac = MAC_B, __VA_ARGS__ }
#define ND6(...)	{ FLOW6(58, ND | SENDER, WHOLE), TARGET6, .sport = 135, \
			  .sender_mac = MAC_A, __VA_ARGS__ }
#define OTHER		{ .ethertype = 0x88b5 }
#define RULE(a, ...)	{ .asked = a, __VA_ARGS__ }
#define SRC_4		V4(32, 192, 0, 2, 1)
#define MAC_OF_A	{ 2, 0, 0, 0, 0, 0x0a }
#define MAC_OF_B	{ 2, 0, 0, 0, 0, 0x0b }

static const struct flow_match_row {
	const char *what;
	struct model_rule rule;
	struct cvs_flow flow;
	bool want;
} match_rows[] = {
	{ "all", {}, OTHER, true },
	{ "type", RULE(MODEL_ASK_ETHERTYPE, TYPE(0x88b5)), OTHER, true },
	{ "type above", RULE(MODEL_ASK_ETHERTYPE, TYPE(0x88b4)), OTHER, false },
	{ "type below", RULE(MODEL_ASK_ETHERTYPE, TYPE(0x88b6)), OTHER, false },
	{ "VLAN", RULE(MODEL_ASK_VLAN, .vlan = 100), TCP4(), true },
	{ "VLAN above", RULE(MODEL_ASK_VLAN, .vlan = 99), TCP4(), false },
	{ "no VLAN", RULE(MODEL_ASK_VLAN), TCP4(), false },
	{ "no VLAN, indeed", RULE(MODEL_ASK_VLAN), TCP6(), true },
	{ "source", RULE(MODEL_ASK_SRC, .src = SRC_4), TCP4(), true },
	{ "another source", RULE(MODEL_ASK_SRC, .src = V4(32, 192, 0, 2, 2)), TCP4(), false },
	{ "source of ARP where IPv4 is asked for", RULE(MODEL_ASK_SRC, .src = SRC_4), ARP4(),
	  false },
	{ "source of ARP", RULE(MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_ARP),
	  .src = SRC_4), ARP4(), true },
	{ "all of ARP's", RULE(MODEL_ASK_SRC | MODEL_ASK_ETHERTYPE, TYPE(ETH_P_ARP),
	  .src = V4(0)), { .ethertype = ETH_P_ARP }, false },
	{ "all of IPv4", RULE(MODEL_ASK_SRC, .src = V4(0)), TCP4(), true },
	{ "all of IPv4, in IPv6", RULE(MODEL_ASK_SRC, .src = V4(0)), TCP6(), false },
	{ "all of IPv6", RULE(MODEL_ASK_DST, .dst = V6(0)), TCP6(), true },
	{ "all of IPv6, in IPv4", RULE(MODEL_ASK_DST, .dst = V6(0)), TCP4(), false },
	{ "source as destination", RULE(MODEL_ASK_DST, .dst = SRC_4), TCP4(), false },
	{ "protocol", RULE(MODEL_ASK_PROTOCOL, PROTOCOL(6)), TCP6(), true },
	{ "protocol above", RULE(MODEL_ASK_PROTOCOL, PROTOCOL(5)), TCP6(), false },
	{ "protocol 0 of what has none", RULE(MODEL_ASK_PROTOCOL), OTHER, false },
	{ "protocol 0", RULE(MODEL_ASK_PROTOCOL), { FLOW4(0, IP, WHOLE) }, true },
	{ "first port", RULE(MODEL_ASK_SPORT, .sport = { 8080, 8090 }), TCP4(), true },
	{ "last port", RULE(MODEL_ASK_SPORT, .sport = { 8000, 8080 }), TCP4(), true },
	{ "port below", RULE(MODEL_ASK_SPORT, .sport = { 8081, 8090 }), TCP4(), false },
	{ "port above", RULE(MODEL_ASK_SPORT, .sport = { 0, 8079 }), TCP4(), false },
	{ "destination port", RULE(MODEL_ASK_DPORT, .dport = { 443, 443 }), TCP6(), true },
	{ "source port as destination", RULE(MODEL_ASK_DPORT, .dport = { 8080, 8080 }), TCP6(),
	  false },
	{ "all ports", RULE(MODEL_ASK_DPORT, .dport = { 0, 0xffff }), TCP6(), true },
	{ "all ports, without any", RULE(MODEL_ASK_DPORT, .dport = { 0, 0xffff }),
	  { FLOW4(6, IP, LATER) }, false },
	{ "ports of ICMP", RULE(MODEL_ASK_SPORT, .sport = { 8, 8 }), ICMP4(8, 0), false },
	{ "ports of ARP", RULE(MODEL_ASK_SPORT, .sport = { 1, 1 }), ARP4(), false },
	{ "flags", RULE(MODEL_ASK_TCP_FLAGS, .tcp_flags = 2, .tcp_mask = 2), TCP4(), true },
	{ "flags and others not", RULE(MODEL_ASK_TCP_FLAGS, .tcp_flags = 2, .tcp_mask = 0x12),
	  TCP4(), false },
	{ "no flags, of what has none", RULE(MODEL_ASK_TCP_FLAGS, .tcp_mask = 2),
	  { FLOW4(6, IP, LATER) }, false },
	{ "type of ICMP", RULE(MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL, PROTOCOL(1),
	  .icmp_type = 8), ICMP4(8, 3), true },
	{ "another type", RULE(MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL, PROTOCOL(1),
	  .icmp_type = 7), ICMP4(8, 3), false },
	{ "code", RULE(MODEL_ASK_ICMP_TYPE | MODEL_ASK_ICMP_CODE | MODEL_ASK_PROTOCOL, PROTOCOL(1),
	  .icmp_type = 8, .icmp_code = 3), ICMP4(8, 3), true },
	{ "another code", RULE(MODEL_ASK_ICMP_TYPE | MODEL_ASK_ICMP_CODE | MODEL_ASK_PROTOCOL,
	  PROTOCOL(1), .icmp_type = 8, .icmp_code = 4), ICMP4(8, 3), false },
	{ "type 0 of a later fragment", RULE(MODEL_ASK_ICMP_TYPE | MODEL_ASK_PROTOCOL, PROTOCOL(1)),
	  { FLOW4(1, IP, LATER) }, false },
	{ "fragment", RULE(MODEL_ASK_FRAGMENT, .fragment = 3), TCP4(), true },
	{ "another fragment", RULE(MODEL_ASK_FRAGMENT, .fragment = 6), TCP4(), false },
	{ "any fragment", RULE(MODEL_ASK_FRAGMENT, .fragment = 7), OTHER, false },
	{ "operation", RULE(MODEL_ASK_ARP_OP, .arp_op = 1), ARP4(), true },
	{ "another operation", RULE(MODEL_ASK_ARP_OP, .arp_op = 2), ARP4(), false },
	{ "operation 0 of another ARP", RULE(MODEL_ASK_ARP_OP), { .ethertype = ETH_P_ARP }, false },
	{ "sender", RULE(MODEL_ASK_SENDER_MAC, .sender_mac = MAC_OF_A), ARP4(), true },
	{ "sender of ND", RULE(MODEL_ASK_SENDER_MAC, .sender_mac = MAC_OF_A), ND6(), true },
	{ "another sender", RULE(MODEL_ASK_SENDER_MAC, .sender_mac = MAC_OF_B), ARP4(), false },
	{ "target", RULE(MODEL_ASK_TARGET_MAC, .target_mac = MAC_OF_B), ARP4(), true },
	{ "another target", RULE(MODEL_ASK_TARGET_MAC, .target_mac = MAC_OF_A), ARP4(), false },
	{ "target of zeroes, without any", RULE(MODEL_ASK_TARGET_MAC), ND6(), false },
	{ "target of ND", RULE(MODEL_ASK_ND_TARGET,
	  .nd_target = V6(32, 0x20, 0x01, 0x0d, 0xb8)), ND6(), true },
	{ "another target of ND", RULE(MODEL_ASK_ND_TARGET, .nd_target = V6(16, 0x20, 0x02)),
	  ND6(), false },
	{ "all targets of ND, without any", RULE(MODEL_ASK_ND_TARGET, .nd_target = V6(0)),
	  { FLOW6(58, ICMP, WHOLE), .sport = 135 }, false },
};

static void compares_every_field(struct kunit *test)
{
	const struct flow_match_row *row;
	struct cvs_match match;

	for (row = match_rows; row < match_rows + ARRAY_SIZE(match_rows); row++) {
		KUNIT_ASSERT_NULL_MSG(test, acl_glue_match(&row->rule, &match), "%s", row->what);
		KUNIT_EXPECT_EQ_MSG(test, row->want, cvs_match_flow(&match, &row->flow), "%s",
				    row->what);
	}
}

static bool asks(struct kunit *test, const struct model_rule *rule, const struct cvs_flow *flow)
{
	struct cvs_match match;

	KUNIT_ASSERT_NULL(test, acl_glue_match(rule, &match));
	return cvs_match_flow(&match, flow);
}

/* Of each prefix, every bit counts that is in its length, and no other. */
static void compares_every_bit_of_addresses(struct kunit *test)
{
	static const struct cvs_flow base = ND6();
	struct model_rule rules[3] = {
		{ .asked = MODEL_ASK_SRC }, { .asked = MODEL_ASK_DST },
		{ .asked = MODEL_ASK_ND_TARGET },
	};
	struct model_prefix *prefixes[] = { &rules[0].src, &rules[1].dst, &rules[2].nd_target };
	struct cvs_flow flow = base;
	struct cvs_addr *addrs[] = { &flow.src, &flow.dst, &flow.nd_target };
	unsigned int i, len, bit;
	struct in6_addr in6;

	for (i = 0; i < 3; i++) {
		for (len = 0; len <= 128; len++) {
			*prefixes[i] = (struct model_prefix) { .len = len, .v6 = true };
			in6 = cvs_addr_to(addrs[i]);
			for (bit = 0; bit < len; bit++)
				prefixes[i]->addr[bit / 8] |= in6.s6_addr[bit / 8] &
							      0x80 >> bit % 8;
			KUNIT_EXPECT_TRUE(test, asks(test, &rules[i], &flow));
			for (bit = 0; bit < 128; bit++) {
				in6.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
				*addrs[i] = cvs_addr_from(&in6);
				KUNIT_EXPECT_EQ_MSG(test, bit >= len, asks(test, &rules[i], &flow),
						    "address %u, length %u, bit %u", i, len, bit);
				in6.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
			}
			*addrs[i] = cvs_addr_from(&in6);
		}
	}
}

static void compares_every_bit_of_macs(struct kunit *test)
{
	struct model_rule src = { MODEL_ASK_SRC_MAC }, dst = { MODEL_ASK_DST_MAC };
	struct cvs_flow flow = OTHER;
	unsigned int bit, flip;

	for (bit = 0; bit < 48; bit++) {
		memset(src.src_mac_mask, 0, ETH_ALEN);
		src.src_mac_mask[bit / 8] = 1 << bit % 8;
		memcpy(dst.dst_mac_mask, src.src_mac_mask, ETH_ALEN);
		for (flip = 0; flip < 48; flip++) {
			/* A MAC address as a number has its first byte lowest. */
			flow.src_mac = BIT_ULL(flip);
			flow.dst_mac = 0;
			KUNIT_EXPECT_EQ(test, bit != flip, asks(test, &src, &flow));
			KUNIT_EXPECT_TRUE(test, asks(test, &dst, &flow));
			flow.dst_mac = BIT_ULL(flip);
			KUNIT_EXPECT_EQ(test, bit != flip, asks(test, &dst, &flow));
		}
	}
}

static void compares_every_flag(struct kunit *test)
{
	struct model_rule rule = { MODEL_ASK_TCP_FLAGS };
	struct cvs_flow flow = TCP4();
	unsigned int bit, flags;

	for (bit = 0; bit < 8; bit++) {
		for (flags = 0; flags < 256; flags++) {
			flow.tcp_flags = flags;
			rule.tcp_mask = 1 << bit;
			rule.tcp_flags = 1 << bit;
			KUNIT_EXPECT_EQ(test, flags >> bit & 1, asks(test, &rule, &flow));
			rule.tcp_flags = 0;
			KUNIT_EXPECT_NE(test, flags >> bit & 1, asks(test, &rule, &flow));
			rule.tcp_mask = 0xff;
			rule.tcp_flags = flags;
			KUNIT_EXPECT_TRUE(test, asks(test, &rule, &flow));
		}
	}
}

/* A match says that there is a group, and not which. */
static void forget_groups(struct model_rule *rule)
{
	rule->src_group = 0;
	rule->dst_group = 0;
	rule->sport_group = 0;
	rule->dport_group = 0;
	rule->src_mac_group = 0;
	rule->dst_mac_group = 0;
}

/* Rules that ask for the same are the same, byte for byte, and others aren't. */
static void has_one_form(struct kunit *test)
{
	struct model_rule *rules = kunit_kcalloc(test, 3, sizeof(*rules), GFP_KERNEL);
	struct model_rule *rule = &rules[0], *normal = &rules[1], *before = &rules[2];
	struct cvs_match match, other;
	struct acl_random random;
	struct rnd_state seed;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, rules);
	cvs_random_init(test, &seed);
	acl_random_init(&random, cvs_random_u64(&seed), ACL_USE_ENGINE);
	for (i = 0; i < ROUNDS; i++) {
		*before = *rule;
		acl_random_rule(&random, rule);
		forget_groups(rule);
		*normal = *rule;
		model_normalise(normal);
		KUNIT_ASSERT_NULL(test, acl_glue_match(rule, &match));
		KUNIT_ASSERT_NULL(test, acl_glue_match(normal, &other));
		KUNIT_EXPECT_EQ(test, 0, memcmp(&match, &other, sizeof(match)));
		KUNIT_ASSERT_NULL(test, acl_glue_match(before, &other));
		KUNIT_EXPECT_EQ(test, model_same(rule, before),
				memcmp(&match, &other, sizeof(match)) == 0);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(puts_in_what_follows),
	KUNIT_CASE(refuses_what_is_wrong),
	KUNIT_CASE(compares_every_field),
	KUNIT_CASE(compares_every_bit_of_addresses),
	KUNIT_CASE(compares_every_bit_of_macs),
	KUNIT_CASE(compares_every_flag),
	KUNIT_CASE(has_one_form),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_match",
	.test_cases = cases,
};

kunit_test_suite(suite);
