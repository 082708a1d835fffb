// SPDX-License-Identifier: GPL-2.0
#include "frame.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <linux/if_ether.h>

#include "out.h"
#include "rule_names.h"
#include "text.h"

#define TAGS_MAX	4
#define HEADERS_MAX	8

/* Bytes that are left. Reading behind the end is 0. */
struct bytes {
	const uint8_t *at;
	size_t len;
};

struct packet {
	struct ip src, dst;
	uint8_t protocol;
	bool fragment, later;
};

static uint8_t byte_at(const struct bytes *bytes, size_t offset)
{
	return offset < bytes->len ? bytes->at[offset] : 0;
}

static uint16_t word_at(const struct bytes *bytes, size_t offset)
{
	return byte_at(bytes, offset) << 8 | byte_at(bytes, offset + 1);
}

static void skip(struct bytes *bytes, size_t len)
{
	if (len > bytes->len)
		len = bytes->len;
	bytes->at += len;
	bytes->len -= len;
}

static bool ip_at(const struct bytes *bytes, size_t offset, uint8_t len, struct ip *ip)
{
	if (offset + len > bytes->len)
		return false;
	ip->len = len;
	memcpy(ip->addr, bytes->at + offset, len);
	return true;
}

static bool read_ip4(struct bytes *bytes, struct packet *packet)
{
	const uint16_t fragment = word_at(bytes, 6);

	if (!ip_at(bytes, 12, 4, &packet->src) || !ip_at(bytes, 16, 4, &packet->dst))
		return false;
	packet->protocol = byte_at(bytes, 9);
	packet->later = fragment & 0x1fff;
	packet->fragment = packet->later || fragment & 0x2000;
	skip(bytes, (byte_at(bytes, 0) & 0xf) * 4);
	return true;
}

/* Skips one extension header. Return: false if the next one is none. */
static bool skip_header(struct bytes *bytes, struct packet *packet)
{
	const uint8_t next = byte_at(bytes, 0);

	switch (packet->protocol) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
		skip(bytes, (byte_at(bytes, 1) + 1) * 8);
		break;
	case IPPROTO_AH:
		skip(bytes, (byte_at(bytes, 1) + 2) * 4);
		break;
	case IPPROTO_FRAGMENT:
		packet->later = word_at(bytes, 2) & 0xfff8;
		packet->fragment = packet->later || word_at(bytes, 2) & 1;
		skip(bytes, 8);
		break;
	default:
		return false;
	}
	packet->protocol = next;
	return !packet->later;
}

static bool read_ip6(struct bytes *bytes, struct packet *packet)
{
	int i;

	if (!ip_at(bytes, 8, 16, &packet->src) || !ip_at(bytes, 24, 16, &packet->dst))
		return false;
	packet->protocol = byte_at(bytes, 6);
	skip(bytes, 40);
	for (i = 0; i < HEADERS_MAX && skip_header(bytes, packet); i++)
		;
	return true;
}

static size_t put_address(char *buf, size_t size, size_t len, const struct ip *ip, int port)
{
	const bool brackets = port >= 0 && ip->len == 16;
	char addr[64];

	len = text_append(buf, size, len, "%s%s%s", brackets ? "[" : "",
			  out_ip(addr, sizeof(addr), ip), brackets ? "]" : "");
	return port < 0 ? len : text_append(buf, size, len, ":%d", port);
}

static size_t put_type(char *buf, size_t size, size_t len, const struct numbers *types,
		       const struct bytes *bytes)
{
	const char *name = name_of_number(types, byte_at(bytes, 0));

	if (name)
		return text_append(buf, size, len, " %s", name);
	return text_append(buf, size, len, " type %u code %u", byte_at(bytes, 0),
			   byte_at(bytes, 1));
}

static size_t put_flags(char *buf, size_t size, size_t len, uint8_t flags)
{
	const char *gap = " ";
	size_t i;

	for (i = 0; i < 8; i++) {
		if (!(flags & 1u << i))
			continue;
		len = text_append(buf, size, len, "%s%s", gap, name_of_number(&tcp_flags, 1u << i));
		gap = ",";
	}
	return len;
}

static void put_packet(char *buf, size_t size, const struct packet *packet,
		       const struct bytes *bytes)
{
	const char *name = name_of_number(&ip_protocols, packet->protocol);
	const bool ports = name_of_number(&port_protocols, packet->protocol) &&
			   !packet->later && bytes->len >= 4;
	const bool whole = !packet->later && bytes->len >= 2;
	char number[24];
	size_t len;

	snprintf(number, sizeof(number), "protocol %u", packet->protocol);
	len = text_append(buf, size, 0, "%s ", name ? name : number);
	len = put_address(buf, size, len, &packet->src, ports ? word_at(bytes, 0) : -1);
	len = text_append(buf, size, len, " > ");
	len = put_address(buf, size, len, &packet->dst, ports ? word_at(bytes, 2) : -1);
	if (packet->protocol == IPPROTO_TCP && ports && bytes->len >= 14)
		len = put_flags(buf, size, len, byte_at(bytes, 13));
	if (packet->protocol == IPPROTO_ICMP && packet->src.len == 4 && whole)
		len = put_type(buf, size, len, &icmp_types, bytes);
	if (packet->protocol == IPPROTO_ICMPV6 && packet->src.len == 16 && whole)
		len = put_type(buf, size, len, &icmpv6_types, bytes);
	if (packet->fragment)
		text_append(buf, size, len, " (fragment)");
}

static bool put_arp(char *buf, size_t size, const struct bytes *bytes)
{
	const char *name = name_of_number(&arp_ops, word_at(bytes, 6));
	char number[24];
	struct ip ip;
	size_t len;

	if (word_at(bytes, 2) != ETH_P_IP || !ip_at(bytes, 24, 4, &ip))
		return false;
	snprintf(number, sizeof(number), "operation %u", word_at(bytes, 6));
	len = text_append(buf, size, 0, "arp %s for ", name ? name : number);
	len = put_address(buf, size, len, &ip, -1);
	ip_at(bytes, 14, 4, &ip);
	len = text_append(buf, size, len, " from ");
	put_address(buf, size, len, &ip, -1);
	return true;
}

/* The type behind all tags. */
static uint16_t read_ethertype(struct bytes *bytes)
{
	uint16_t type = word_at(bytes, 12);
	int tags;

	skip(bytes, 14);
	for (tags = 0; tags < TAGS_MAX && (type == ETH_P_8021Q || type == ETH_P_8021AD); tags++) {
		type = word_at(bytes, 2);
		skip(bytes, 4);
	}
	return type;
}

char *frame_text(char *buf, size_t size, const uint8_t *bytes, size_t len)
{
	struct bytes left = { bytes, len };
	struct packet packet = { 0 };
	char src[24], dst[24];
	uint16_t type;

	*buf = '\0';
	if (len < ETH_HLEN)
		return buf;
	out_mac(dst, sizeof(dst), bytes);
	out_mac(src, sizeof(src), bytes + 6);
	type = read_ethertype(&left);
	if ((type == ETH_P_IP && read_ip4(&left, &packet)) ||
	    (type == ETH_P_IPV6 && read_ip6(&left, &packet)))
		put_packet(buf, size, &packet, &left);
	else if (type != ETH_P_ARP || !put_arp(buf, size, &left))
		text_append(buf, size, 0, "type 0x%04x %s > %s", type, src, dst);
	return buf;
}
