// SPDX-License-Identifier: GPL-2.0
#include "cvs_flow.h"

#include <kunit/test.h>
#include <linux/if_ether.h>

#include "acl_glue.h"
#include "cvs_key.h"
#include "flow_rows.h"

#define LEN_MAX		1024

static const struct flow_row ip4_rows[] = {
	{ "TCP", HEX_IP4("0028", "0000", "06") HEX_TCP, 34,
	  .want = { FLOW4(6, TCP, WHOLE), TCP_PORTS } },
	{ "UDP", HEX_IP4("001c", "0000", "11") HEX_UDP, 24,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "UDP-Lite", HEX_IP4("001c", "0000", "88") HEX_UDP, 24,
	  .want = { FLOW4(136, PORTS, WHOLE), UDP_PORTS } },
	{ "SCTP", HEX_IP4("001c", "0000", "84") HEX_UDP, 24,
	  .want = { FLOW4(132, PORTS, WHOLE), UDP_PORTS } },
	{ "DCCP", HEX_IP4("001c", "0000", "21") HEX_UDP, 24,
	  .want = { FLOW4(33, PORTS, WHOLE), UDP_PORTS } },
	{ "ICMP", HEX_IP4("001c", "0000", "01") "0304000000000000", 22,
	  .want = { FLOW4(1, ICMP, WHOLE), .sport = 3, .dport = 4 } },
	{ "ICMPv6 in IPv4", HEX_IP4("001c", "0000", "3a") "8000000000000000", 20,
	  .want = { FLOW4(58, IP, WHOLE) } },
	{ "GRE", HEX_IP4("001c", "0000", "2f") HEX_UDP, 20, .want = { FLOW4(47, IP, WHOLE) } },
	{ "hop-by-hop in IPv4", HEX_IP4("001c", "0000", "00") HEX_UDP, 20,
	  .want = { FLOW4(0, IP, WHOLE) } },
	{ "one word of options", "0800 46000020 00010000 40110000" HEX_ADDRS4 "01010101" HEX_UDP,
	  28, .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "all options", "0800 4f000044 00010000 40110000" HEX_ADDRS4
	  TIMES5("01010101 01010101") HEX_UDP, 64,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "not to be fragmented", HEX_IP4("001c", "4000", "11") HEX_UDP, 24,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "reserved bit", HEX_IP4("001c", "8000", "11") HEX_UDP, 24,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "first fragment", HEX_IP4("001c", "2000", "11") HEX_UDP, 24,
	  .want = { FLOW4(17, PORTS, FIRST), UDP_PORTS } },
	{ "first fragment of TCP", HEX_IP4("0028", "2000", "06") HEX_TCP, 34,
	  .want = { FLOW4(6, TCP, FIRST), TCP_PORTS } },
	{ "first fragment of ICMP", HEX_IP4("001c", "2000", "01") "0304000000000000", 22,
	  .want = { FLOW4(1, ICMP, FIRST), .sport = 3, .dport = 4 } },
	{ "later fragment", HEX_IP4("001c", "2001", "11") HEX_UDP, 20,
	  .want = { FLOW4(17, IP, LATER) } },
	{ "last fragment", HEX_IP4("001c", "1fff", "01") HEX_UDP, 20,
	  .want = { FLOW4(1, IP, LATER) } },
	{ "later fragment of TCP", HEX_IP4("001c", "2002", "06") HEX_UDP, 20,
	  .want = { FLOW4(6, IP, LATER) } },
	{ "padding", HEX_IP4("001c", "0000", "11") HEX_UDP TIMES5("00000000"), 24,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "longer than the frame", HEX_IP4("ffff", "0000", "11") HEX_UDP, 24,
	  .want = { FLOW4(17, PORTS, WHOLE), UDP_PORTS } },
	{ "no length, but GSO", HEX_IP4("0000", "0000", "06") HEX_TCP, 34, .gso = true,
	  .want = { FLOW4(6, TCP, WHOLE), TCP_PORTS } },
	{ "TCP as long as needed", HEX_IP4("0022", "0000", "06") HEX_TCP, 34,
	  .want = { FLOW4(6, TCP, WHOLE), TCP_PORTS } },
};

static const struct flow_row ip6_rows[] = {
	{ "TCP", HEX_IP6("0014", "06") HEX_TCP, 54, .want = { FLOW6(6, TCP, WHOLE), TCP_PORTS } },
	{ "UDP", HEX_IP6("0008", "11") HEX_UDP, 44,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "SCTP", HEX_IP6("0008", "84") HEX_UDP, 44,
	  .want = { FLOW6(132, PORTS, WHOLE), UDP_PORTS } },
	{ "ICMPv6", HEX_IP6("0008", "3a") "8003000000000000", 42,
	  .want = { FLOW6(58, ICMP, WHOLE), .sport = 128, .dport = 3 } },
	{ "ICMP in IPv6", HEX_IP6("0008", "01") "0800000000000000", 40,
	  .want = { FLOW6(1, IP, WHOLE) } },
	{ "nothing", HEX_IP6("0000", "3b"), 40, .want = { FLOW6(59, IP, WHOLE) } },
	{ "ESP", HEX_IP6("0008", "32") HEX_UDP, 40, .want = { FLOW6(50, IP, WHOLE) } },
	{ "no length", HEX_IP6("0000", "11") HEX_UDP, 44,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "longer than the frame", HEX_IP6("ffff", "11") HEX_UDP, 44,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "hop-by-hop options", HEX_IP6("0010", "00") "1100010400000000" HEX_UDP, 52,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "routing, two units", HEX_IP6("0018", "2b") "1101000000000000 0000000000000000" HEX_UDP,
	  60, .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "destination options", HEX_IP6("0010", "3c") "1100010400000000" HEX_UDP, 52,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "AH of 24 bytes", HEX_IP6("0020", "33") "11040000" TIMES5("00000000") HEX_UDP, 68,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "AH of 8 bytes", HEX_IP6("0010", "33") "1100000000000000" HEX_UDP, 52,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "eight headers", HEX_IP6("0048", "00") TIMES5("3c00010400000000")
	  TIMES2("3c00010400000000") "1100010400000000" HEX_UDP, 108,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "a header and nothing", HEX_IP6("0008", "00") "3b00010400000000", 48,
	  .want = { FLOW6(59, IP, WHOLE) } },
	{ "first fragment", HEX_IP6("0010", "2c") "1100000100000001" HEX_UDP, 52,
	  .want = { FLOW6(17, PORTS, FIRST), UDP_PORTS } },
	{ "atomic fragment", HEX_IP6("0010", "2c") "1100000600000001" HEX_UDP, 52,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS } },
	{ "later fragment", HEX_IP6("0010", "2c") "1100001100000001" HEX_UDP, 48,
	  .want = { FLOW6(17, IP, LATER) } },
	{ "later fragment of TCP", HEX_IP6("0010", "2c") "0600001000000001" HEX_UDP, 48,
	  .want = { FLOW6(6, IP, LATER) } },
	{ "later fragment of options", HEX_IP6("0010", "2c") "3c00001000000001" HEX_UDP, 48,
	  .want = { FLOW6(60, IP, LATER) } },
	{ "later fragment of a fragment", HEX_IP6("0010", "2c") "2c00001000000001" HEX_UDP, 48,
	  .want = { FLOW6(44, IP, LATER) } },
	{ "options behind the fragment header",
	  HEX_IP6("0018", "2c") "3c00000100000001 1100010400000000" HEX_UDP, 60,
	  .want = { FLOW6(17, PORTS, FIRST), UDP_PORTS } },
	{ "options before the fragment header",
	  HEX_IP6("0018", "00") "2c00010400000000 1100001000000001" HEX_UDP, 56,
	  .want = { FLOW6(17, IP, LATER) } },
};

#define NS	FLOW6(58, ND, WHOLE), TARGET6, .sport = 135
#define NS_SLL	FLOW6(58, ND | SENDER, WHOLE), TARGET6, .sport = 135, .sender_mac = MAC_A

static const struct flow_row nd_rows[] = {
	{ "solicitation", HEX_IP6("0020", "3a") HEX_NS HEX_SLL, 42, .want = { NS_SLL } },
	{ "no option", HEX_IP6("0018", "3a") HEX_NS, 42, .want = { NS } },
	{ "another option first", HEX_IP6("0028", "3a") HEX_NS HEX_NONCE HEX_SLL, 42,
	  .want = { NS_SLL } },
	{ "the same one twice", HEX_IP6("0028", "3a") HEX_NS HEX_SLL HEX_SLL, 42,
	  .want = { NS_SLL } },
	{ "the target's", HEX_IP6("0020", "3a") HEX_NS HEX_TLL, 42, .want = { NS } },
	{ "an option of no length", HEX_IP6("0028", "3a") HEX_NS "0e00000000000000" HEX_SLL, 42,
	  .want = { NS } },
	{ "an option past the end", HEX_IP6("0020", "3a") HEX_NS "0102 02000000000a", 42,
	  .want = { NS } },
	{ "an option past the packet's end, but not the frame's",
	  HEX_IP6("001f", "3a") HEX_NS HEX_SLL, 42, .want = { NS } },
	{ "an address of another length",
	  HEX_IP6("0028", "3a") HEX_NS "0102 02000000000a 0000000000000000", 42,
	  .want = { NS } },
	{ "the 16th option", HEX_IP6("0098", "3a") HEX_NS TIMES15(HEX_NONCE) HEX_SLL, 42,
	  .want = { NS_SLL } },
	{ "half a target", HEX_IP6("0017", "3a") HEX_NS, 42,
	  .want = { FLOW6(58, ICMP, WHOLE), .sport = 135 } },
	{ "advertisement", HEX_IP6("0020", "3a") HEX_NA HEX_TLL, 42,
	  .want = { FLOW6(58, ND | TARGET, WHOLE), TARGET6, .sport = 136,
		    .target_mac = MAC_B } },
	{ "advertisement with the sender's", HEX_IP6("0020", "3a") HEX_NA HEX_SLL, 42,
	  .want = { FLOW6(58, ND, WHOLE), TARGET6, .sport = 136 } },
	{ "redirect", HEX_IP6("0030", "3a") "8900000000000000" HEX_TARGET6 HEX_DST6 HEX_TLL, 42,
	  .want = { FLOW6(58, ND | TARGET, WHOLE), TARGET6, .sport = 137,
		    .target_mac = MAC_B } },
	{ "redirect without a destination", HEX_IP6("0018", "3a") "8900000000000000" HEX_TARGET6,
	  42, .want = { FLOW6(58, ND, WHOLE), TARGET6, .sport = 137 } },
	{ "router solicitation", HEX_IP6("0010", "3a") "8500000000000000" HEX_SLL, 42,
	  .want = { FLOW6(58, ICMP | SENDER, WHOLE), .sport = 133, .sender_mac = MAC_A } },
	{ "router advertisement", HEX_IP6("0018", "3a") "8600000000000000 0000000000000000" HEX_SLL,
	  42, .want = { FLOW6(58, ICMP | SENDER, WHOLE), .sport = 134, .sender_mac = MAC_A } },
	{ "behind options", HEX_IP6("0028", "00") "3a00010400000000" HEX_NS HEX_SLL, 50,
	  .want = { NS_SLL } },
	{ "atomic fragment", HEX_IP6("0028", "2c") "3a00000000000001" HEX_NS HEX_SLL, 50,
	  .want = { NS_SLL } },
	{ "first fragment", HEX_IP6("0028", "2c") "3a00000100000001" HEX_NS HEX_SLL, 50,
	  .want = { FLOW6(58, ICMP, FIRST), .sport = 135 } },
	{ "echo request with what looks like it",
	  HEX_IP6("0020", "3a") "8000000000000000" HEX_TARGET6 HEX_SLL, 42,
	  .want = { FLOW6(58, ICMP, WHOLE), .sport = 128 } },
};

#define ARP_WANT(op)	SRC4, DST4, .ethertype = ETH_P_ARP, .sport = op, .has = ARP, \
			.sender_mac = MAC_A, .target_mac = MAC_B

static const struct flow_row ether_rows[] = {
	{ "ARP request", HEX_ARP("0001"), 28, .want = { ARP_WANT(1) } },
	{ "ARP reply", HEX_ARP("0002") TIMES5("00000000"), 28, .want = { ARP_WANT(2) } },
	{ "ARP of another kind", HEX_ARP("ffff"), 28, .want = { ARP_WANT(0xffff) } },
	{ "ARP for other hardware", "0806 0007 0800 06 04 0001", 8,
	  .want = { .ethertype = ETH_P_ARP } },
	{ "ARP for networks of IEEE 802", "0806 0006 0800 06 04 0001" HEX_ARP_ADDRS, 28,
	  .want = { ARP_WANT(1) } },
	{ "ARP for another protocol", "0806 0001 86dd 06 04 0001", 8,
	  .want = { .ethertype = ETH_P_ARP } },
	{ "ARP for other lengths", "0806 0001 0800 06 10 0001", 8,
	  .want = { .ethertype = ETH_P_ARP } },
	{ "ARP for hardware of 8 bytes", "0806 0001 0800 08 04 0001", 8,
	  .want = { .ethertype = ETH_P_ARP } },
	{ "SNAP of somebody else", "0026 aaaa03 00000c 0800 4500", 0,
	  .want = { .ethertype = ETH_P_802_2 } },
	{ "SNAP for another type", "0026 aaaa03 000000 88b5 4500", 0,
	  .want = { .ethertype = ETH_P_802_2 } },
	{ "LLC for another service", "0026 4242aa 000000 0800 4500", 0,
	  .want = { .ethertype = ETH_P_802_2 } },
	{ "a part of SNAP", "0026 aaaa03 000000 08", 0,
	  .want = { .ethertype = ETH_P_802_2 } },
	{ "a length", "0026 aaaa03", 0, .want = { .ethertype = ETH_P_802_2 } },
	{ "length 0", "0000", 0, .want = { .ethertype = ETH_P_802_2 } },
	{ "the greatest length", "05ff", 0, .want = { .ethertype = ETH_P_802_2 } },
	{ "the least type", "0600", 0, .want = { .ethertype = 0x0600 } },
	{ "unknown type", "88b5 0800 4500", 0, .want = { .ethertype = 0x88b5 } },
	{ "tag", "8100 2064" HEX_UDP4, 28, .want = { UDP_WANT, .vid = 100 } },
	{ "service tag", "88a8 2064" HEX_UDP4, 28, .want = { UDP_WANT, .vid = 100 } },
	{ "priority tag", "8100 e000" HEX_UDP4, 28, .want = { UDP_WANT } },
	{ "two tags", "88a8 0064 8100 0065" HEX_UDP4, 32, .want = { UDP_WANT, .vid = 100 } },
	{ "priority tag and tag", "8100 2000 8100 0065" HEX_UDP4, 32, .want = { UDP_WANT } },
	{ "four tags", "8100 0064 8100 0065 88a8 0066 8100 0067" HEX_UDP4, 40,
	  .want = { UDP_WANT, .vid = 100 } },
	{ "tag out of band", HEX_UDP4, 24, .tci = 0x3064, .tagged = true,
	  .want = { UDP_WANT, .vid = 100 } },
	{ "tag out of band and tag", "8100 0065" HEX_UDP4, 28, .tci = 0x3064, .tagged = true,
	  .want = { UDP_WANT, .vid = 100 } },
	{ "priority tag out of band and tag", "8100 0065" HEX_UDP4, 28, .tci = 0x3000,
	  .tagged = true, .want = { UDP_WANT } },
	{ "tag out of band and three", "8100 0065 88a8 0066 8100 0067" HEX_UDP4, 36,
	  .tci = 0x3064, .tagged = true, .want = { UDP_WANT, .vid = 100 } },
	{ "VLAN of the switch", HEX_UDP4, 24, .vlan_aware = true, .vid = 7,
	  .want = { UDP_WANT, .vid = 7 } },
	{ "VLAN of the switch and tag", "8100 0065" HEX_UDP4, 28, .vlan_aware = true, .vid = 7,
	  .want = { UDP_WANT, .vid = 7 } },
	{ "VLAN of the switch, tag out of band, and three",
	  "8100 0065 88a8 0066 8100 0067" HEX_UDP4, 36, .tci = 0x3007, .tagged = true,
	  .vlan_aware = true, .vid = 7, .want = { UDP_WANT, .vid = 7 } },
	{ "tag and a length", "8100 0064 0026 aaaa03", 4,
	  .want = { .ethertype = ETH_P_802_2, .vid = 100 } },
	{ "tag and ARP", "8100 0064" HEX_ARP("0001"), 32, .want = { ARP_WANT(1), .vid = 100 } },
	{ "tag and IPv6", "8100 0064" HEX_IP6("0008", "11") HEX_UDP, 48,
	  .want = { FLOW6(17, PORTS, WHOLE), UDP_PORTS, .vid = 100 } },
};

static const struct flow_row malformed_rows[] = {
	{ "IPv4 of another version", "0800 6500001c 00010000 40110000" HEX_ADDRS4 HEX_UDP },
	{ "IPv4 of no version", "0800 0500001c 00010000 40110000" HEX_ADDRS4 HEX_UDP },
	{ "short header", "0800 4400001c 00010000 40110000" HEX_ADDRS4 HEX_UDP },
	{ "no header", "0800 4000001c 00010000 40110000" HEX_ADDRS4 HEX_UDP },
	{ "header longer than the frame", "0800 4f000044 00010000 40110000" HEX_ADDRS4 HEX_UDP },
	{ "packet shorter than its header", HEX_IP4("0013", "0000", "2f") },
	{ "packet shorter than its options",
	  "0800 46000017 00010000 402f0000" HEX_ADDRS4 "01010101" },
	{ "no length", HEX_IP4("0000", "0000", "06") HEX_TCP },
	{ "length 1, and GSO", HEX_IP4("0001", "0000", "06") HEX_TCP, .gso = true },
	{ "TCP over its own ports", HEX_IP4("001c", "0001", "06") HEX_UDP },
	{ "TCP over its own ports, and more", HEX_IP4("001c", "2001", "06") HEX_UDP },
	{ "packet without flags", HEX_IP4("0021", "0000", "06") HEX_TCP },
	{ "packet without ports", HEX_IP4("0017", "0000", "11") HEX_UDP },
	{ "first fragment without flags", HEX_IP4("0021", "2000", "06") HEX_TCP },
	{ "first fragment without ports", HEX_IP4("0017", "2000", "84") HEX_UDP },
	{ "ICMP without a code", HEX_IP4("0015", "0000", "01") HEX_UDP },
	{ "IPv6 of another version", "86dd 40000000 0008 11 ff" HEX_SRC6 HEX_DST6 HEX_UDP },
	{ "mapped source",
	  "86dd 60000000 0008 11 ff 00000000000000000000ffff c0000201" HEX_DST6 HEX_UDP },
	{ "mapped destination",
	  "86dd 60000000 0008 11 ff" HEX_SRC6 "00000000000000000000ffff c6336402" HEX_UDP },
	{ "IPv6 without flags", HEX_IP6("000d", "06") HEX_TCP },
	{ "IPv6 without ports", HEX_IP6("0003", "11") HEX_UDP },
	{ "ICMPv6 without a code", HEX_IP6("0001", "3a") HEX_UDP },
	{ "nine headers", HEX_IP6("0050", "00") TIMES5("3c00010400000000")
	  TIMES2("3c00010400000000") "3c00010400000000 1100010400000000" HEX_UDP },
	{ "header longer than the frame", HEX_IP6("0010", "00") "1102010400000000" HEX_UDP },
	{ "header longer than the packet", HEX_IP6("0008", "00") "3b01010400000000" HEX_UDP },
	{ "AH longer than the frame", HEX_IP6("0010", "33") "3b03000000000000" HEX_UDP },
	{ "half a header", HEX_IP6("0004", "00") "3b000104" },
	{ "a byte of a header", HEX_IP6("0001", "00") "3b" },
	{ "half a fragment header", HEX_IP6("0007", "2c") "3b000008000000" },
	{ "two fragment headers",
	  HEX_IP6("0018", "2c") "2c00000100000001 1100000100000001" HEX_UDP },
	{ "two atomic fragment headers",
	  HEX_IP6("0018", "2c") "2c00000000000001 1100000000000001" HEX_UDP },
	{ "a fragment header and, later, another", HEX_IP6("0020", "2c")
	  "3c00000100000001 2c00010400000000 1100000800000001" HEX_UDP },
	{ "something that could be TCP over its own ports",
	  HEX_IP6("0010", "2c") "1100000900000001" HEX_UDP },
	{ "TCP over its own ports in IPv6", HEX_IP6("0010", "2c") "0600000800000001" HEX_UDP },
	{ "first fragment without ports in IPv6",
	  HEX_IP6("000b", "2c") "1100000100000001" HEX_UDP },
	{ "first fragment that is all options",
	  HEX_IP6("0010", "2c") "3c00000100000001 1100010400000000" },
	{ "17 options", HEX_IP6("00a0", "3a") HEX_NS TIMES15(HEX_NONCE) HEX_NONCE HEX_SLL },
	{ "two addresses", HEX_IP6("0028", "3a") HEX_NS HEX_SLL "0101 02000000000c" },
	{ "two addresses, not side by side",
	  HEX_IP6("0030", "3a") HEX_NS HEX_SLL HEX_NONCE "0101 02000000000c" },
	{ "two addresses of a target",
	  HEX_IP6("0028", "3a") HEX_NA HEX_TLL "0201 02000000000c" },
	{ "an address of another length, and one",
	  HEX_IP6("0030", "3a") HEX_NS "0102 02000000000c 0000000000000000" HEX_SLL },
	{ "an address, and one that ends behind the packet",
	  HEX_IP6("0028", "3a") HEX_NS HEX_SLL "0102 02000000000a" },
	{ "IPv4 in SNAP", "0026 aaaa03 000000" HEX_UDP4 },
	{ "IPv6 in SNAP", "0026 aaaa03 000000" HEX_IP6("0008", "11") HEX_UDP },
	{ "ARP in SNAP", "0026 aaaa03 000000" HEX_ARP("0001") },
	{ "RARP in SNAP", "0026 aaaa03 000000 8035 0001" },
	{ "a tag in SNAP", "0026 aaaa03 000000 8100 0064" HEX_UDP4 },
	{ "a service tag in SNAP", "0026 aaaa03 000000 88a8 0064" HEX_UDP4 },
	{ "ARP in SNAP of a bridge", "0026 aaaa03 0000f8" HEX_ARP("0001") },
	{ "ARP in SNAP for a group", "0026 abab13 000000" HEX_ARP("0001") },
	{ "ARP in SNAP of a wrong length", "05ff aaaa03 000000" HEX_ARP("0001") },
	{ "ARP in SNAP of no length", "0000 aaaa03 000000" HEX_ARP("0001") },
	{ "ARP in SNAP behind tags", "8100 0000 8100 0000 0026 aaaa03 000000" HEX_ARP("0001") },
	{ "five tags", "8100 0064 8100 0065 8100 0066 8100 0067 8100 0068" HEX_UDP4 },
	{ "tag out of band and four", "8100 0065 8100 0066 8100 0067 8100 0068" HEX_UDP4,
	  .tci = 100, .tagged = true },
	{ "VLAN of the switch and four", "8100 0065 8100 0066 8100 0067 8100 0068" HEX_UDP4,
	  .vlan_aware = true, .vid = 7 },
	{ "half a tag", "8100 0064" },
	{ "nothing of a tag", "88a8" },
	{ "tag and half a tag", "8100 0064 8100 0065" },
	{ "half an ARP", "0806 0001 0800 06 04 00" },
	{ "ARP without the target's address",
	  "0806 0001 0800 06 04 0001 02000000000a c0000201 02000000000b c63364" },
};

/* Return: the length. */
static unsigned int write_frame(struct kunit *test, u8 *data, const char *hex)
{
	static const u8 addrs[] = { 2, 0, 0, 0, 0, 0x0d, 2, 0, 0, 0, 0, 0x0c };
	unsigned int n = sizeof(addrs) * 2;

	memset(data, 0, LEN_MAX);
	memcpy(data, addrs, sizeof(addrs));
	for (; *hex; hex++) {
		if (*hex == ' ')
			continue;
		data[n / 2] |= hex_to_bin(*hex) << (n % 2 ? 0 : 4);
		n++;
	}
	KUNIT_ASSERT_EQ(test, 0, n % 2);
	return n / 2;
}

/* The first @len bytes of a frame, of which @linear can be read by a pointer. */
static bool extract(struct kunit *test, const struct flow_row *row, const u8 *data,
		    unsigned int len, unsigned int linear, struct cvs_flow *flow)
{
	struct model_frame frame = {
		.data = data, .len = len, .tagged = row->tagged, .tci = row->tci, .gso = row->gso,
	};
	struct sk_buff *skb = acl_glue_skb(test, &frame, linear);
	struct model_headers headers;
	bool ok = acl_glue_extract(flow, &frame, skb, row->vlan_aware, row->vid);

	kfree_skb(skb);
	/* The model knows what the rows know. */
	KUNIT_EXPECT_EQ_MSG(test, ok, model_parse(&headers, &frame, row->vlan_aware, row->vid),
			    "model: %s, %u bytes", row->what, len);
	return ok;
}

static void read_rows(struct kunit *test, const struct flow_row *rows, unsigned int n)
{
	u8 *data = kunit_kzalloc(test, LEN_MAX, GFP_KERNEL);
	const struct flow_row *row;
	struct cvs_flow want, got;
	unsigned int len, linear;
	const char *what;

	KUNIT_ASSERT_NOT_NULL(test, data);
	for (row = rows; row < rows + n; row++) {
		len = write_frame(test, data, row->hex);
		want = row->want;
		want.src_mac = cvs_mac_from(data + ETH_ALEN);
		want.dst_mac = cvs_mac_from(data);
		for (linear = 0; linear <= len - ETH_HLEN; linear++) {
			KUNIT_ASSERT_TRUE_MSG(test, extract(test, row, data, len, linear, &got),
					      "%s, %u bytes linear", row->what, linear);
			what = acl_glue_difference(&want, &got);
			KUNIT_ASSERT_NULL_MSG(test, what, "%s, %u bytes linear: %s differs",
					      row->what, linear, what);
		}
		for (linear = 0; linear <= row->least; linear++)
			KUNIT_EXPECT_EQ_MSG(test, linear == row->least,
					    extract(test, row, data, ETH_HLEN + linear, linear / 2,
						    &got),
					    "%s, cut after %u bytes", row->what, linear);
	}
}

static void reads_ipv4(struct kunit *test)
{
	read_rows(test, ip4_rows, ARRAY_SIZE(ip4_rows));
}

static void reads_ipv6(struct kunit *test)
{
	read_rows(test, ip6_rows, ARRAY_SIZE(ip6_rows));
}

static void reads_neighbour_discovery(struct kunit *test)
{
	read_rows(test, nd_rows, ARRAY_SIZE(nd_rows));
}

static void reads_ethernet_and_arp(struct kunit *test)
{
	read_rows(test, ether_rows, ARRAY_SIZE(ether_rows));
}

static void refuses_what_is_malformed(struct kunit *test)
{
	u8 *data = kunit_kzalloc(test, LEN_MAX, GFP_KERNEL);
	const struct flow_row *row = malformed_rows;
	unsigned int len, linear;
	struct cvs_flow flow;

	KUNIT_ASSERT_NOT_NULL(test, data);
	for (; row < malformed_rows + ARRAY_SIZE(malformed_rows); row++) {
		len = write_frame(test, data, row->hex);
		for (linear = 0; linear <= len - ETH_HLEN; linear++)
			KUNIT_EXPECT_FALSE_MSG(test,
					       extract(test, row, data, len, linear, &flow),
					       "%s, %u bytes linear", row->what, linear);
	}
}

/* Where somebody is to write a checksum, counted from the packet's transport header. */
static const struct checksum_row {
	const char *what;
	const char *hex;
	int header;		/* where the transport header is, behind the type */
	int start;		/* of what is summed, counted from there */
	u16 offset;
	bool good;
} checksum_rows[] = {
	{ "TCP", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, 0, 16, true },
	{ "TCP's ports", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, 0, 2, false },
	{ "TCP's flags", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, 0, 13, false },
	{ "TCP's urgent pointer", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, 0, 18, false },
	{ "IPv4's source", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, -20, 12, false },
	{ "IPv4's destination, from TCP on", HEX_IP4("0028", "0000", "06") HEX_TCP,
	  20, -6, 2, false },
	{ "TCP, summed from elsewhere", HEX_IP4("0028", "0000", "06") HEX_TCP, 20, 8, 8, true },
	{ "UDP", HEX_UDP4, 20, 0, 6, true },
	{ "UDP's length", HEX_UDP4, 20, 0, 4, false },
	{ "in what UDP carries", HEX_UDP4, 20, 8, 16, true },
	{ "where TCP has it, in UDP", HEX_UDP4, 20, 0, 16, true },
	{ "SCTP", HEX_IP4("0024", "0000", "84") HEX_UDP "00000000 00000000", 20, 0, 8, true },
	{ "SCTP's tag", HEX_IP4("0024", "0000", "84") HEX_UDP "00000000 00000000", 20, 0, 4,
	  false },
	{ "ICMP", HEX_IP4("001c", "0000", "01") "0800000000000000", 20, 0, 2, true },
	{ "ICMP's type", HEX_IP4("001c", "0000", "01") "0800000000000000", 20, 0, 0, false },
	{ "GRE", HEX_IP4("001c", "0000", "2f") "0000080000000000", 20, 4, 16, true },
	{ "before GRE", HEX_IP4("001c", "0000", "2f") "0000080000000000", 20, -4, 0, false },
	{ "TCP in IPv6", HEX_IP6("0014", "06") HEX_TCP, 40, 0, 16, true },
	{ "IPv6's destination", HEX_IP6("0014", "06") HEX_TCP, 40, -8, 0, false },
	{ "ICMPv6", HEX_IP6("0018", "3a") HEX_NS, 40, 0, 2, true },
	{ "a neighbour's target", HEX_IP6("0018", "3a") HEX_NS, 40, 0, 8, false },
	{ "UDP behind a tag", "8100 0064" HEX_UDP4, 24, 0, 6, true },
	{ "a tag", "8100 0064" HEX_UDP4, 24, -24, 0, false },
	{ "the source MAC address", HEX_UDP4, 20, -28, 0, false },
	{ "ARP", HEX_ARP("0001"), 0, 0, 14, false },
	{ "behind ARP", HEX_ARP("0001"), 0, 28, 0, false },
	{ "something else", "88b5 00000000", 0, 0, 2, true },
};

static void distrusts_checksums(struct kunit *test)
{
	u8 *data = kunit_kzalloc(test, LEN_MAX, GFP_KERNEL);
	const struct checksum_row *row = checksum_rows;
	struct model_frame frame = { .data = data };
	struct cvs_flow flow;
	struct sk_buff *skb;

	KUNIT_ASSERT_NOT_NULL(test, data);
	for (; row < checksum_rows + ARRAY_SIZE(checksum_rows); row++) {
		frame.len = write_frame(test, data, row->hex);
		skb = acl_glue_skb(test, &frame, LEN_MAX);
		KUNIT_EXPECT_TRUE_MSG(test, acl_glue_extract(&flow, &frame, skb, false, 0), "%s",
				      row->what);
		skb->ip_summed = CHECKSUM_PARTIAL;
		skb->csum_start = skb_headroom(skb) + row->header + row->start;
		skb->csum_offset = row->offset;
		KUNIT_EXPECT_EQ_MSG(test, row->good,
				    acl_glue_extract(&flow, &frame, skb, false, 0), "%s",
				    row->what);
		kfree_skb(skb);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(reads_ipv4),
	KUNIT_CASE(reads_ipv6),
	KUNIT_CASE(reads_neighbour_discovery),
	KUNIT_CASE(reads_ethernet_and_arp),
	KUNIT_CASE(refuses_what_is_malformed),
	KUNIT_CASE(distrusts_checksums),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_flow",
	.test_cases = cases,
};

kunit_test_suite(suite);
