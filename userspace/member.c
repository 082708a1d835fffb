// SPDX-License-Identifier: GPL-2.0
#include "member.h"

#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "out.h"
#include "parse.h"

static const char *parse_ip_member(const char *word, struct req *member)
{
	struct ip ip = { 0 };
	const char *wrong;
	uint32_t len;

	wrong = parse_prefix(word, &ip, &len);
	if (!wrong && !prefix_is_clean(&ip, len))
		wrong = "has bits behind the length of its prefix";
	if (!wrong && prefix_is_mapped(&ip, len))
		wrong = prefix_mapped;
	if (wrong)
		return wrong;
	req_ip(member, CVSWITCH_A_MEMBER_IP, &ip);
	if (len < 8u * ip.len)
		req_u32(member, CVSWITCH_A_MEMBER_LEN, len);
	return NULL;
}

static const char *parse_mac_member(const char *word, struct req *member)
{
	uint8_t mac[6];
	const char *wrong = parse_mac(word, mac);

	if (!wrong)
		req_mac(member, CVSWITCH_A_MEMBER_MAC, mac);
	return wrong;
}

static const char *parse_port_member(const char *word, struct req *member)
{
	uint32_t first, last;
	const char *wrong = parse_port_range(word, &first, &last);

	if (wrong)
		return wrong;
	req_u32(member, CVSWITCH_A_MEMBER_PORT, first);
	if (last > first)
		req_u32(member, CVSWITCH_A_MEMBER_PORT_END, last);
	return NULL;
}

/* What a word looks like. No IPv6 address has six groups, as a MAC address has. */
static int guess(const char *word)
{
	uint8_t mac[6];

	if (!parse_mac(word, mac))
		return CVSWITCH_GROUP_TYPE_MAC;
	return strpbrk(word, ".:") ? CVSWITCH_GROUP_TYPE_IP : CVSWITCH_GROUP_TYPE_PORT;
}

const char *member_parse(const char *word, int type, struct req *member)
{
	req_init(member, 0, &member_attrs, 0);
	switch (type < 0 ? guess(word) : type) {
	case CVSWITCH_GROUP_TYPE_IP:
		return parse_ip_member(word, member);
	case CVSWITCH_GROUP_TYPE_MAC:
		return parse_mac_member(word, member);
	default:
		return parse_port_member(word, member);
	}
}

char *member_text(char *buf, size_t size, const struct obj *member)
{
	const struct ip ip = obj_ip(member, CVSWITCH_A_MEMBER_IP);
	char addr[64];

	*buf = '\0';
	if (ip.len && obj_has(member, CVSWITCH_A_MEMBER_LEN) &&
	    obj_u32(member, CVSWITCH_A_MEMBER_LEN) != 8u * ip.len)
		snprintf(buf, size, "%s/%u", out_ip(addr, sizeof(addr), &ip),
			 obj_u32(member, CVSWITCH_A_MEMBER_LEN));
	else if (ip.len)
		out_ip(buf, size, &ip);
	else if (obj_has(member, CVSWITCH_A_MEMBER_MAC))
		out_mac(buf, size, obj_mac(member, CVSWITCH_A_MEMBER_MAC));
	else if (obj_u32(member, CVSWITCH_A_MEMBER_PORT_END) >
		 obj_u32(member, CVSWITCH_A_MEMBER_PORT))
		snprintf(buf, size, "%u-%u", obj_u32(member, CVSWITCH_A_MEMBER_PORT),
			 obj_u32(member, CVSWITCH_A_MEMBER_PORT_END));
	else if (obj_has(member, CVSWITCH_A_MEMBER_PORT))
		snprintf(buf, size, "%u", obj_u32(member, CVSWITCH_A_MEMBER_PORT));
	return buf;
}
