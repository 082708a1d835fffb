/* SPDX-License-Identifier: GPL-2.0 */
/* Frames as bytes: from the type on, which stands behind the addresses of Ethernet. */
#ifndef CVS_TEST_FLOW_ROWS_H
#define CVS_TEST_FLOW_ROWS_H

#include "cvs_flow.h"

/**
 * struct flow_row - a frame, and what is in it
 * @what: in words
 * @hex: its bytes from the type on, in any grouping
 * @least: bytes behind the type, of which it can do with no less
 * @tci: its tag that is not among them
 * @tagged: it has one
 * @gso: it is more than one packet
 * @vlan_aware: for a switch that has put it into VLAN @vid
 * @vid: that
 * @want: what is in it, without addresses of Ethernet
 */
struct flow_row {
	const char *what;
	const char *hex;
	unsigned int least;
	u16 tci;
	bool tagged;
	bool gso;
	bool vlan_aware;
	u16 vid;
	struct cvs_flow want;
};

#define SRC4	.src = { 0, CVS_ADDR_MAPPED | 0xc0000201 }
#define DST4	.dst = { 0, CVS_ADDR_MAPPED | 0xc6336402 }
#define SRC6	.src = { 0x20010db8ULL << 32, 1 }
#define DST6	.dst = { 0x20010db8ULL << 32, 2 }
#define TARGET6	.nd_target = { 0x20010db8ULL << 32, 9 }
#define MAC_A	0x0a0000000002ULL	/* 02:00:00:00:00:0a */
#define MAC_B	0x0b0000000002ULL	/* 02:00:00:00:00:0b */

/* Bytes. IPv4: length, fragment, protocol; IPv6: length, next header. */
#define HEX_ADDRS4	"c0000201 c6336402 "
#define HEX_IP4(len, frag, protocol) \
	"0800 4500" len "0001" frag "40" protocol "0000" HEX_ADDRS4
#define HEX_SRC6	"20010db8 00000000 00000000 00000001 "
#define HEX_DST6	"20010db8 00000000 00000000 00000002 "
#define HEX_TARGET6	"20010db8 00000000 00000000 00000009 "
#define HEX_IP6(len, next)	"86dd 60000000" len next "ff" HEX_SRC6 HEX_DST6
#define HEX_TCP		"1f9001bb 00000000 00000000 5012ffff 00000000 "
#define HEX_UDP		"0035c000 00080000 "
#define HEX_UDP4	HEX_IP4("001c", "0000", "11") HEX_UDP
#define HEX_NS		"87000000 00000000 " HEX_TARGET6
#define HEX_NA		"88000000 60000000 " HEX_TARGET6
#define HEX_SLL		"0101 02000000000a "
#define HEX_TLL		"0201 02000000000b "
#define HEX_NONCE	"0e01 1234567890ab "
#define HEX_ARP_ADDRS	"02000000000a c0000201 02000000000b c6336402 "
#define HEX_ARP(op)	"0806 0001 0800 06 04" op HEX_ARP_ADDRS

#define TIMES2(x)	x x
#define TIMES5(x)	x x x x x
#define TIMES15(x)	TIMES5(x) TIMES5(x) TIMES5(x)

/* What a frame has. */
#define IP	BIT(CVS_FLOW_IP)
#define PORTS	(IP | BIT(CVS_FLOW_PORTS))
#define TCP	(PORTS | BIT(CVS_FLOW_TCP))
#define ICMP	(IP | BIT(CVS_FLOW_ICMP))
#define ND	(ICMP | BIT(CVS_FLOW_ND_TARGET))
#define SENDER	BIT(CVS_FLOW_SENDER_MAC)
#define TARGET	BIT(CVS_FLOW_TARGET_MAC)
#define ARP	(BIT(CVS_FLOW_ARP) | SENDER | TARGET)

#define WHOLE	.fragment = CVSWITCH_FRAGMENT_WHOLE
#define FIRST	.fragment = CVSWITCH_FRAGMENT_FIRST
#define LATER	.fragment = CVSWITCH_FRAGMENT_LATER

/* What rows say of their packets. */
#define FLOW4(p, h, f)	SRC4, DST4, .ethertype = ETH_P_IP, .protocol = p, .has = h, f
#define FLOW6(p, h, f)	SRC6, DST6, .ethertype = ETH_P_IPV6, .protocol = p, .has = h, f
#define TCP_PORTS	.sport = 8080, .dport = 443, .tcp_flags = 0x12
#define UDP_WANT	FLOW4(17, PORTS, WHOLE), UDP_PORTS
#define UDP_PORTS	.sport = 53, .dport = 0xc000

#endif /* CVS_TEST_FLOW_ROWS_H */
