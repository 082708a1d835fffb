// SPDX-License-Identifier: GPL-2.0
/* Who may send what: frames as bytes, by a container that is bound to a few addresses. */
#include <kunit/test.h>

#include "acl_glue.h"
#include "cvs_identity.h"
#include "cvs_key.h"
#include "cvs_prefix.h"
#include "flow_rows.h"

#define LEN_MAX		256
#define GOOD		(-1)
#define REASON(name)	CVSWITCH_DROP_REASON_##name

/* Bytes: its own addresses, those of its network, another one's, nobody's. */
#define OWN4		"c0000201 "
#define NET4		"c6336477 "
#define OTHER4		"c0000202 "
#define NOBODY4		"00000000 "
#define OWN6		"20010db8 00000000 00000000 00000001 "
#define OTHER6		"20010db8 00000000 00000000 00000003 "
#define NOBODY6		"00000000 00000000 00000000 00000000 "
#define LINK6		"fe800000 00000000 000000ff fe00000a "
#define OTHER_LINK6	"fe800000 00000000 000000ff fe00000b "
#define ALL6		"ff020000 00000000 00000000 00000001 "
#define OTHER_SLL	"0101 02000000000b "
#define OTHER_TLL	"0201 02000000000b "
#define OWN_TLL		"0201 02000000000a "

#define IP4(src, frag, protocol, payload) \
	"0800 45000024 0001" frag "40" protocol "0000" src "c6336402 " payload
#define UDP(sport, dport)	sport dport "00100000 0000000000000000 "
#define IP6(src, next, payload)	"86dd 60000000 0000" next "ff" src ALL6 payload
#define NS(src, target, option)	IP6(src, "3a", "87000000 00000000 " target option)
#define NA(src, target, option)	IP6(src, "3a", "88000000 60000000 " target option)
#define ARP_ABOUT(op, mac, ip, target) \
	"0806 0001 0800 06 04" op mac ip "000000000000" target
#define ARP_OF(op, mac, ip)	ARP_ABOUT(op, mac, ip, "c0000209 ")
#define OWN_MAC		"02000000000a "
#define OTHER_MAC	"02000000000b "
#define DHCP_ASK	UDP("0044", "0043")
#define DHCP_OFFER	UDP("0043", "0044")
#define DHCP6_OFFER	UDP("0223", "0222")

static const struct row {
	const char *what;
	const char *hex;
	int want;
	u8 src;			/* last byte of the source address, if not its own */
} rows[] = {
	{ "own IPv4", IP4(OWN4, "0000", "11", UDP("0035", "c000")), GOOD },
	{ "IPv4 of its network", IP4(NET4, "0000", "11", UDP("0035", "c000")), GOOD },
	{ "later fragment", IP4(OWN4, "0010", "11", UDP("0035", "c000")), GOOD },
	{ "other MAC", IP4(OWN4, "0000", "11", UDP("0035", "c000")), REASON(SPOOFED_MAC), 0xb },
	{ "other IPv4", IP4(OTHER4, "0000", "11", UDP("0035", "c000")), REASON(SPOOFED_IP4) },
	{ "other IPv4 in a later fragment", IP4(OTHER4, "0010", "11", UDP("0035", "c000")),
	  REASON(SPOOFED_IP4) },
	{ "other IPv4 behind a tag", "8100 0064 " IP4(OTHER4, "0000", "06", HEX_TCP),
	  REASON(SPOOFED_IP4) },
	{ "other IPv4 behind two tags", "88a8 0001 8100 0064 " IP4(OTHER4, "0000", "06", HEX_TCP),
	  REASON(SPOOFED_IP4) },
	{ "ICMP", IP4(OWN4, "0000", "01", "08000000 00000000 0000000000000000"), GOOD },
	{ "ICMP redirect", IP4(OWN4, "0000", "01", "05010000 c0000209 0000000000000000"),
	  REASON(ROUTER_ADVERT) },
	{ "ICMP redirect in fragments",
	  IP4(OWN4, "2000", "01", "05010000 c0000209 0000000000000000"),
	  REASON(ROUTER_ADVERT) },
	{ "router advertisement of ICMP",
	  IP4(OWN4, "0000", "01", "09000000 0102000a 0000000000000000"),
	  REASON(ROUTER_ADVERT) },
	{ "asks for an IPv4", IP4(NOBODY4, "0000", "11", DHCP_ASK), GOOD },
	{ "nobody asks for something else", IP4(NOBODY4, "0000", "11", UDP("0044", "0044")),
	  REASON(SPOOFED_IP4) },
	{ "nobody's TCP", IP4(NOBODY4, "0000", "06", HEX_TCP), REASON(SPOOFED_IP4) },
	{ "nobody's later fragment", IP4(NOBODY4, "0010", "11", DHCP_ASK), REASON(SPOOFED_IP4) },
	{ "DHCP server", IP4(OWN4, "0000", "11", DHCP_OFFER), REASON(DHCP_SERVER) },
	{ "DHCP server by another port", IP4(OWN4, "0000", "11", UDP("1111", "0044")),
	  REASON(DHCP_SERVER) },
	{ "DHCP server in a first fragment", IP4(OWN4, "2000", "11", DHCP_OFFER),
	  REASON(DHCP_SERVER) },
	{ "DHCP server behind a tag", "8100 0064 " IP4(OWN4, "0000", "11", DHCP_OFFER),
	  REASON(DHCP_SERVER) },

	{ "own IPv6", IP6(OWN6, "11", UDP("0035", "c000")), GOOD },
	{ "own link-local", IP6(LINK6, "11", UDP("0035", "c000")), GOOD },
	{ "another one's link-local", IP6(OTHER_LINK6, "11", UDP("0035", "c000")),
	  REASON(SPOOFED_IP6) },
	{ "other IPv6", IP6(OTHER6, "06", HEX_TCP), REASON(SPOOFED_IP6) },
	{ "other IPv6 behind options", IP6(OTHER6, "3c", "0600010400000000" HEX_TCP),
	  REASON(SPOOFED_IP6) },
	{ "nobody's TCP in IPv6", IP6(NOBODY6, "06", HEX_TCP), REASON(SPOOFED_IP6) },
	{ "nobody's echo request", IP6(NOBODY6, "3a", "80000000 00000000"), REASON(SPOOFED_IP6) },
	{ "nobody looks for routers", IP6(NOBODY6, "3a", "85000000 00000000"), GOOD },
	{ "nobody reports groups",
	  IP6(NOBODY6, "00", "3a00050200000000 8f000000 00000000"), GOOD },
	{ "DHCPv6 server", IP6(LINK6, "11", DHCP6_OFFER), REASON(DHCP_SERVER) },
	{ "DHCPv6 server behind options", IP6(LINK6, "3c", "1100010400000000" DHCP6_OFFER),
	  REASON(DHCP_SERVER) },
	{ "DHCPv6 server in a first fragment", IP6(LINK6, "2c", "1100000100000001" DHCP6_OFFER),
	  REASON(DHCP_SERVER) },

	{ "asks for a neighbour", NS(OWN6, OTHER6, HEX_SLL), GOOD },
	{ "asks without saying who", NS(OWN6, OTHER6, ""), GOOD },
	{ "asks for another", NS(OWN6, OTHER6, OTHER_SLL), REASON(SPOOFED_ND) },
	{ "looks for duplicates", NS(NOBODY6, OWN6, ""), GOOD },
	{ "looks for duplicates of its link-local", NS(NOBODY6, LINK6, ""), GOOD },
	{ "looks for duplicates of another's", NS(NOBODY6, OTHER6, ""), REASON(SPOOFED_ND) },
	{ "says who it is", NA(OWN6, OWN6, OWN_TLL), GOOD },
	{ "says to be another", NA(OWN6, OTHER6, OWN_TLL), REASON(SPOOFED_ND) },
	{ "says another's MAC", NA(OWN6, OWN6, OTHER_TLL), REASON(SPOOFED_ND) },
	{ "says to be nobody", IP6(OWN6, "3a", "88000000 60000000"), REASON(SPOOFED_ND) },
	{ "says to be another, behind options",
	  IP6(OWN6, "00", "3a00010400000000 88000000 60000000 " OTHER6 OWN_TLL),
	  REASON(SPOOFED_ND) },
	{ "says who it is in a fragment",
	  IP6(OWN6, "2c", "3a00000100000001 88000000 60000000 " OWN6 OWN_TLL),
	  REASON(SPOOFED_ND) },
	{ "router", IP6(LINK6, "3a", "86000000 00000000 00000000 00000000"),
	  REASON(ROUTER_ADVERT) },
	{ "router behind options",
	  IP6(LINK6, "3c", "3a00010400000000 86000000 00000000 00000000 00000000"),
	  REASON(ROUTER_ADVERT) },
	{ "router in a first fragment",
	  IP6(LINK6, "2c", "3a00000100000001 86000000 00000000 00000000 00000000"),
	  REASON(ROUTER_ADVERT) },
	{ "router behind tags",
	  "8100 0001 8100 0002 " IP6(LINK6, "3a", "86000000 00000000 00000000 00000000"),
	  REASON(ROUTER_ADVERT) },
	{ "redirect", IP6(LINK6, "3a", "89000000 00000000 " OTHER6 OTHER6), REASON(ROUTER_ADVERT) },

	{ "ARP request", ARP_OF("0001", OWN_MAC, OWN4), GOOD },
	{ "ARP reply", ARP_OF("0002", OWN_MAC, OWN4), GOOD },
	{ "ARP probe", ARP_ABOUT("0001", OWN_MAC, NOBODY4, OWN4), GOOD },
	{ "ARP probe of its network", ARP_ABOUT("0001", OWN_MAC, NOBODY4, NET4), GOOD },
	{ "ARP probe for another", ARP_ABOUT("0001", OWN_MAC, NOBODY4, OTHER4),
	  REASON(SPOOFED_ARP) },
	{ "ARP reply of nobody for its own", ARP_ABOUT("0002", OWN_MAC, NOBODY4, OWN4),
	  REASON(SPOOFED_ARP) },
	{ "ARP reply of nobody", ARP_OF("0002", OWN_MAC, NOBODY4), REASON(SPOOFED_ARP) },
	{ "ARP for another", ARP_OF("0002", OWN_MAC, OTHER4), REASON(SPOOFED_ARP) },
	{ "ARP by another MAC", ARP_OF("0002", OTHER_MAC, OWN4), REASON(SPOOFED_ARP) },
	{ "ARP for another, for networks of IEEE 802",
	  "0806 0006 0800 06 04 0002" OWN_MAC OTHER4 "000000000000 c0000209", REASON(SPOOFED_ARP) },
	{ "ARP for another, behind a tag", "8100 0064 " ARP_OF("0002", OWN_MAC, OTHER4),
	  REASON(SPOOFED_ARP) },
	{ "ARP of another kind", "0806 0001 86dd 06 10 0001", REASON(SPOOFED_ARP) },
	{ "RARP", "8035 0001 0800 06 04 0003" OWN_MAC OWN4 OWN_MAC NOBODY4, REASON(SPOOFED_ARP) },
	{ "something else", "88cc 0000", GOOD },
};

/* Return: what is said of the frame of @row. */
static int check(struct kunit *test, const struct cvs_identity *identity, const struct row *row)
{
	u8 data[LEN_MAX] = { 0x33, 0x33, [6] = 2, [11] = row->src ?: 0xa };
	struct model_frame frame = { .data = data };
	struct cvs_flow flow;
	struct sk_buff *skb;
	unsigned int n = 24;
	const char *hex;
	bool ok;

	for (hex = row->hex; *hex; hex++) {
		if (*hex == ' ')
			continue;
		data[n / 2] |= hex_to_bin(*hex) << (n % 2 ? 0 : 4);
		n++;
	}
	frame.len = n / 2;
	skb = acl_glue_skb(test, &frame, 0);
	ok = acl_glue_extract(&flow, &frame, skb, false, 0);
	kfree_skb(skb);
	KUNIT_ASSERT_TRUE_MSG(test, ok, "%s", row->what);
	return cvs_identity_check(identity, &flow);
}

static void bind_ip(struct cvs_identity *identity, const void *addr, int size, unsigned int len)
{
	struct cvs_identity_ip *ip = &identity->ips[identity->ip_count++];

	ip->addr = size == 4 ? cvs_addr_from_v4(get_unaligned((const __be32 *)addr)) :
			       cvs_addr_from(addr);
	ip->len = len;
	ip->v4 = size == 4;
	ip->mask = cvs_prefix_mask(len);
}

/* 02:00:00:00:00:0a with 192.0.2.1, 198.51.100.0/24 and 2001:db8::1 */
static struct cvs_identity *bound(struct kunit *test)
{
	static const u8 own4[] = { 192, 0, 2, 1 }, net4[] = { 198, 51, 100, 0 };
	static const u8 own6[] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
	struct cvs_identity *identity = cvs_identity_alloc(3);

	KUNIT_ASSERT_NOT_NULL(test, identity);
	identity->macs[identity->mac_count++] = MAC_A;
	bind_ip(identity, own4, sizeof(own4), 128);
	bind_ip(identity, net4, sizeof(net4), 120);
	bind_ip(identity, own6, sizeof(own6), 128);
	return identity;
}

static void knows_who_sends(struct kunit *test)
{
	struct cvs_identity *identity = bound(test);
	const struct row *row;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++)
		KUNIT_EXPECT_EQ_MSG(test, row->want, check(test, identity, row), "%s", row->what);
	kfree(identity);
}

/* Who is bound to nothing may be anybody, but no server and no router. */
static void binds_to_what_was_said(struct kunit *test)
{
	struct cvs_identity *identity = bound(test);
	const struct row *row;
	int want;

	identity->mac_count = 0;
	identity->ip_count = 0;
	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		want = row->want;
		if (want == REASON(SPOOFED_MAC) || want == REASON(SPOOFED_IP4))
			want = strcmp(row->what, "nobody asks for something else") ?
			       GOOD : REASON(DHCP_SERVER);
		if (want == REASON(SPOOFED_IP6))
			want = GOOD;
		if (want != REASON(SPOOFED_ND) && want != REASON(SPOOFED_ARP))
			KUNIT_EXPECT_EQ_MSG(test, want, check(test, identity, row), "%s",
					    row->what);
	}
	kfree(identity);
}

/* All of IPv6 has the mapped addresses in it, but none of IPv4. */
static void tells_families_apart(struct kunit *test)
{
	static const struct row row = { "other IPv4", IP4(OTHER4, "0000", "06", HEX_TCP) };
	static const struct row row6 = { "other IPv6", IP6(OTHER6, "06", HEX_TCP) };
	struct cvs_identity *identity = cvs_identity_alloc(1);
	static const u8 all[16];

	KUNIT_ASSERT_NOT_NULL(test, identity);
	bind_ip(identity, all, sizeof(all), 0);
	KUNIT_EXPECT_EQ(test, REASON(SPOOFED_IP4), check(test, identity, &row));
	KUNIT_EXPECT_EQ(test, GOOD, check(test, identity, &row6));
	kfree(identity);
}

static void trusts_servers_and_routers(struct kunit *test)
{
	struct cvs_identity *identity = bound(test);
	const struct row *row;
	int want;

	identity->dhcp_server = true;
	identity->router = true;
	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		want = row->want;
		if (want == REASON(DHCP_SERVER) || want == REASON(ROUTER_ADVERT))
			want = GOOD;
		KUNIT_EXPECT_EQ_MSG(test, want, check(test, identity, row), "%s", row->what);
	}
	kfree(identity);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(knows_who_sends),
	KUNIT_CASE(binds_to_what_was_said),
	KUNIT_CASE(tells_families_apart),
	KUNIT_CASE(trusts_servers_and_routers),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_identity",
	.test_cases = cases,
};

kunit_test_suite(suite);
