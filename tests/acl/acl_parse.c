// SPDX-License-Identifier: GPL-2.0
#include "acl_model.h"

#define TAGS_MAX	4
#define EXTENSIONS_MAX	8
#define OPTIONS_MAX	16

/* What is still to be read. */
struct rest {
	const u8 *data;
	u32 len;
};

static void skip(struct rest *rest, u32 n)
{
	rest->data += n;
	rest->len -= n;
}

static u16 get16(const u8 *data)
{
	return data[0] << 8 | data[1];
}

static bool is_tag(u16 type)
{
	return type == MODEL_TYPE_VLAN || type == MODEL_TYPE_SVLAN;
}

/* The VLAN that a switch has put a frame into is its first tag, there or not. */
static bool parse_tags(struct model_headers *headers, const struct model_frame *frame,
		       struct rest *rest, bool vlan_aware)
{
	u16 type = get16(frame->data + 12);
	unsigned int n = frame->tagged || vlan_aware;

	if (frame->tagged)
		headers->vid = frame->tci & 0xfff;
	while (is_tag(type)) {
		if (n == TAGS_MAX || rest->len < 4)
			return false;
		if (n == 0)
			headers->vid = get16(rest->data) & 0xfff;
		type = get16(rest->data + 2);
		skip(rest, 4);
		n++;
	}
	headers->ethertype = type < 0x600 ? MODEL_TYPE_802_2 : type;
	return true;
}

/*
 * The option of this type, which has to be 8 bytes long. Return: false if there are
 * too many to find it, or several that differ.
 */
static bool parse_option(struct rest rest, u8 type, u8 *mac, bool *found)
{
	const u8 *first = NULL;
	unsigned int n;

	for (n = 0; n < OPTIONS_MAX; n++) {
		u32 len;

		if (rest.len < 8 || rest.data[1] == 0)
			return true;
		len = rest.data[1] * 8;
		if (rest.data[0] == type) {
			if (first && memcmp(first, rest.data, 8))
				return false;
			first = rest.data;
			*found = len == 8;
			if (*found)
				memcpy(mac, rest.data + 2, MODEL_MAC_LEN);
		}
		if (len > rest.len)
			return true;
		skip(&rest, len);
	}
	return rest.len < 8;
}

static bool parse_nd(struct model_headers *headers, struct rest rest)
{
	u32 fixed = 0;

	switch (headers->icmp_type) {
	case 133:
		fixed = 8;
		break;
	case 134:
		fixed = 16;
		break;
	case 135:
	case 136:
		fixed = 24;
		break;
	case 137:
		fixed = 40;
		break;
	default:
		return true;
	}
	if (headers->icmp_type >= 135 && rest.len >= 24) {
		headers->has_nd_target = true;
		memcpy(headers->nd_target, rest.data + 8, 16);
	}
	/* Without a target there is nothing behind it. */
	if (rest.len < fixed)
		return true;
	skip(&rest, fixed);
	if (headers->icmp_type <= 135)
		return parse_option(rest, 1, headers->sender_mac, &headers->has_sender_mac);
	return parse_option(rest, 2, headers->target_mac, &headers->has_target_mac);
}

static bool parse_icmp(struct model_headers *headers, struct rest rest)
{
	if (rest.len < 2)
		return false;
	headers->has_icmp = true;
	headers->icmp_type = rest.data[0];
	headers->icmp_code = rest.data[1];
	if (headers->v6 && headers->fragment == CVSWITCH_FRAGMENT_WHOLE)
		return parse_nd(headers, rest);
	return true;
}

static bool parse_l4(struct model_headers *headers, struct rest rest)
{
	switch (headers->protocol) {
	case MODEL_TCP:
		if (rest.len < 14)
			return false;
		headers->has_tcp = true;
		headers->tcp_flags = rest.data[13];
		break;
	case MODEL_UDP:
	case MODEL_UDPLITE:
	case MODEL_SCTP:
	case MODEL_DCCP:
		if (rest.len < 4)
			return false;
		break;
	case MODEL_ICMP:
		return headers->v6 || parse_icmp(headers, rest);
	case MODEL_ICMPV6:
		return !headers->v6 || parse_icmp(headers, rest);
	default:
		return true;
	}
	headers->has_ports = true;
	headers->sport = get16(rest.data);
	headers->dport = get16(rest.data + 2);
	return true;
}

static u8 fragment_of(u16 offset, bool more)
{
	if (offset)
		return CVSWITCH_FRAGMENT_LATER;
	return more ? CVSWITCH_FRAGMENT_FIRST : CVSWITCH_FRAGMENT_WHOLE;
}

static bool parse_ipv4(struct model_headers *headers, struct rest rest, bool gso)
{
	const u8 *ip = rest.data;
	u32 header, total;
	u16 offset;

	if (rest.len < 20 || ip[0] >> 4 != 4)
		return false;
	header = (ip[0] & 0xf) * 4;
	total = get16(ip + 2);
	if (header < 20 || header > rest.len)
		return false;
	if (total < header && !(total == 0 && gso))
		return false;
	if (total && total < rest.len)
		rest.len = total;

	headers->has_ip = true;
	memcpy(headers->src, ip + 12, 4);
	memcpy(headers->dst, ip + 16, 4);
	headers->protocol = ip[9];
	offset = get16(ip + 6) & 0x1fff;
	headers->fragment = fragment_of(offset, ip[6] & 0x20);
	if (headers->fragment == CVSWITCH_FRAGMENT_LATER)
		return !(headers->protocol == MODEL_TCP && offset == 1);
	skip(&rest, header);
	return parse_l4(headers, rest);
}

static bool is_mapped(const u8 *addr)
{
	static const u8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

	return memcmp(addr, mapped, sizeof(mapped)) == 0;
}

static bool is_extension(u8 protocol)
{
	return protocol == MODEL_HOPOPTS || protocol == MODEL_ROUTING ||
	       protocol == MODEL_FRAGMENT || protocol == MODEL_AH || protocol == MODEL_DSTOPTS;
}

/* All of them are at least 8 bytes long. */
static u32 extension_len(u8 protocol, const u8 *data)
{
	if (protocol == MODEL_FRAGMENT)
		return 8;
	if (protocol == MODEL_AH)
		return (data[1] + 2) * 4;
	return (data[1] + 1) * 8;
}

static bool parse_extensions(struct model_headers *headers, struct rest rest)
{
	bool fragmented = false;
	unsigned int n;

	for (n = 0; is_extension(headers->protocol); n++) {
		u8 protocol = headers->protocol;
		u16 field;
		u32 len;

		if (n == EXTENSIONS_MAX || rest.len < 8)
			return false;
		len = extension_len(protocol, rest.data);
		if (len > rest.len)
			return false;
		headers->protocol = rest.data[0];
		if (protocol == MODEL_FRAGMENT) {
			if (fragmented)
				return false;
			fragmented = true;
			field = get16(rest.data + 2);
			headers->fragment = fragment_of(field >> 3, field & 1);
			if (headers->fragment == CVSWITCH_FRAGMENT_LATER)
				return field >> 3 != 1;
		}
		skip(&rest, len);
	}
	return parse_l4(headers, rest);
}

static bool parse_ipv6(struct model_headers *headers, struct rest rest)
{
	const u8 *ip = rest.data;
	u32 payload;

	if (rest.len < 40 || ip[0] >> 4 != 6 || is_mapped(ip + 8) || is_mapped(ip + 24))
		return false;
	headers->has_ip = true;
	headers->v6 = true;
	memcpy(headers->src, ip + 8, 16);
	memcpy(headers->dst, ip + 24, 16);
	headers->protocol = ip[6];
	headers->fragment = CVSWITCH_FRAGMENT_WHOLE;
	payload = get16(ip + 4);
	skip(&rest, 40);
	if (payload && payload < rest.len)
		rest.len = payload;
	return parse_extensions(headers, rest);
}

static bool parse_arp(struct model_headers *headers, struct rest rest)
{
	static const u8 ethernet_ipv4[6] = { 0, 1, 8, 0, 6, 4 };
	static const u8 ieee802_ipv4[6] = { 0, 6, 8, 0, 6, 4 };
	const u8 *arp = rest.data;

	if (rest.len < 8)
		return false;
	if (memcmp(arp, ethernet_ipv4, sizeof(ethernet_ipv4)) &&
	    memcmp(arp, ieee802_ipv4, sizeof(ieee802_ipv4)))
		return true;
	if (rest.len < 28)
		return false;
	headers->has_arp = true;
	headers->has_sender_mac = true;
	headers->has_target_mac = true;
	headers->arp_op = get16(arp + 6);
	memcpy(headers->sender_mac, arp + 8, MODEL_MAC_LEN);
	memcpy(headers->src, arp + 14, 4);
	memcpy(headers->target_mac, arp + 18, MODEL_MAC_LEN);
	memcpy(headers->dst, arp + 24, 4);
	return true;
}

/* IP, ARP or a tag that has a length where others have their type, and no other for it. */
static bool is_disguised(struct rest rest)
{
	static const u8 rfc1042[3] = { 0, 0, 0 }, bridge_tunnel[3] = { 0, 0, 0xf8 };

	if (rest.len < 8 || rest.data[0] / 2 != 0x55 || rest.data[1] / 2 != 0x55 ||
	    (memcmp(rest.data + 3, rfc1042, 3) && memcmp(rest.data + 3, bridge_tunnel, 3)))
		return false;
	switch (get16(rest.data + 6)) {
	case MODEL_TYPE_IPV4:
	case MODEL_TYPE_IPV6:
	case MODEL_TYPE_ARP:
	case MODEL_TYPE_RARP:
	case MODEL_TYPE_VLAN:
	case MODEL_TYPE_SVLAN:
		return true;
	}
	return false;
}

/**
 * model_parse() - read a frame
 * @headers: where to
 * @frame: the frame
 * @vlan_aware: the switch keeps VLANs apart
 * @vid: the VLAN that the switch has put it into, if so
 *
 * Return: false if it is malformed.
 */
bool model_parse(struct model_headers *headers, const struct model_frame *frame, bool vlan_aware,
		 u16 vid)
{
	struct rest rest = { frame->data, frame->len };

	memset(headers, 0, sizeof(*headers));
	if (rest.len < 14)
		return false;
	memcpy(headers->dst_mac, frame->data, MODEL_MAC_LEN);
	memcpy(headers->src_mac, frame->data + 6, MODEL_MAC_LEN);
	skip(&rest, 14);
	if (!parse_tags(headers, frame, &rest, vlan_aware))
		return false;
	if (vlan_aware)
		headers->vid = vid;
	switch (headers->ethertype) {
	case MODEL_TYPE_IPV4:
		return parse_ipv4(headers, rest, frame->gso);
	case MODEL_TYPE_IPV6:
		return parse_ipv6(headers, rest);
	case MODEL_TYPE_ARP:
		return parse_arp(headers, rest);
	case MODEL_TYPE_802_2:
		return !is_disguised(rest);
	}
	return true;
}
