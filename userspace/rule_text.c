// SPDX-License-Identifier: GPL-2.0
/* Rules as people read them. */
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>

#include <linux/if_ether.h>

#include "out.h"
#include "rule.h"
#include "rule_names.h"
#include "split.h"
#include "text.h"

struct writer {
	char *buf;
	size_t size, len;
	const struct obj *obj;
	uint32_t ethertype, protocol;	/* UINT32_MAX if the rule doesn't ask */
};

__printf(2, 3)
static void put(struct writer *writer, const char *fmt, ...)
{
	char text[128];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	writer->len = text_append(writer->buf, writer->size, writer->len, "%s%s",
				  writer->len ? " " : "", text);
}

static bool has(const struct writer *writer, uint16_t id)
{
	return obj_has(writer->obj, id);
}

/* "@web", quoted if it has to be. */
static void put_group(struct writer *writer, uint16_t id)
{
	char name[CELL_MAX];

	snprintf(name, sizeof(name), "@%s", obj_str(writer->obj, id));
	writer->len = text_append(writer->buf, writer->size, writer->len, " ");
	writer->len = split_quote(writer->buf, writer->size, writer->len, name, false);
}

static void put_mac(struct writer *writer, const char *term, uint16_t id)
{
	char mac[24], mask[24];

	if (has(writer, id)) {
		out_mac(mac, sizeof(mac), obj_mac(writer->obj, id));
		out_mac(mask, sizeof(mask), obj_mac(writer->obj, id + 1));
		put(writer, "%s %s%s%s", term, mac, has(writer, id + 1) ? "/" : "",
		    has(writer, id + 1) ? mask : "");
	} else if (has(writer, id + 2)) {
		put(writer, "%s", term);
		put_group(writer, id + 2);
	}
}

static void put_one_mac(struct writer *writer, const char *term, uint16_t id)
{
	char mac[24];

	if (has(writer, id))
		put(writer, "%s %s", term, out_mac(mac, sizeof(mac), obj_mac(writer->obj, id)));
}

static void put_plain_prefix(struct writer *writer, const char *term, uint16_t id)
{
	const struct ip ip = obj_ip(writer->obj, id);
	char addr[64], len[16] = "";

	if (has(writer, id + 1))
		snprintf(len, sizeof(len), "/%u", obj_u32(writer->obj, id + 1));
	put(writer, "%s %s%s", term, out_ip(addr, sizeof(addr), &ip), len);
}

static void put_prefix(struct writer *writer, const char *term, uint16_t id)
{
	if (has(writer, id)) {
		put_plain_prefix(writer, term, id);
	} else if (has(writer, id + 2)) {
		put(writer, "%s", term);
		put_group(writer, id + 2);
	}
}

static void put_port(struct writer *writer, const char *term, uint16_t id)
{
	if (has(writer, id + 1)) {
		put(writer, "%s %u-%u", term, obj_u32(writer->obj, id),
		    obj_u32(writer->obj, id + 1));
	} else if (has(writer, id)) {
		put(writer, "%s %u", term, obj_u32(writer->obj, id));
	} else if (has(writer, id + 2)) {
		put(writer, "%s", term);
		put_group(writer, id + 2);
	}
}

static void put_number(struct writer *writer, const char *term, const struct numbers *names,
		       uint32_t number)
{
	const char *name = name_of_number(names, number);

	if (name)
		put(writer, "%s %s", term, name);
	else
		put(writer, "%s %u", term, number);
}

/* "syn,ack" */
static char *list_flags(char *buf, size_t size, uint32_t flags)
{
	size_t len = 0, i;

	snprintf(buf, size, "none");
	for (i = 0; i < 8; i++) {
		if (flags & 1u << i)
			len = text_append(buf, size, len, "%s%s", len ? "," : "",
					  name_of_number(&tcp_flags, 1u << i));
	}
	return buf;
}

static void put_tcp_flags(struct writer *writer)
{
	const uint32_t flags = obj_u32(writer->obj, CVSWITCH_A_RULE_TCP_FLAGS);
	const uint32_t mask = obj_u32(writer->obj, CVSWITCH_A_RULE_TCP_FLAGS_MASK);
	char text[48], counting[48];

	if (!has(writer, CVSWITCH_A_RULE_TCP_FLAGS))
		return;
	list_flags(text, sizeof(text), flags);
	if (flags == mask && IS_ONE_BIT(flags))
		put(writer, "flags %s", text);
	else
		put(writer, "flags %s / %s", text, list_flags(counting, sizeof(counting), mask));
}

static void put_ether(struct writer *writer)
{
	const bool macs = has(writer, CVSWITCH_A_RULE_SRC_MAC) ||
			  has(writer, CVSWITCH_A_RULE_SRC_MAC_GROUP) ||
			  has(writer, CVSWITCH_A_RULE_DST_MAC) ||
			  has(writer, CVSWITCH_A_RULE_DST_MAC_GROUP);
	const bool type = writer->ethertype != UINT32_MAX &&
			  !name_of_number(&ether_types, writer->ethertype);

	if (macs || type)
		put(writer, "ether");
	put_mac(writer, "saddr", CVSWITCH_A_RULE_SRC_MAC);
	put_mac(writer, "daddr", CVSWITCH_A_RULE_DST_MAC);
	if (type)
		put(writer, "type 0x%04x", writer->ethertype);
}

static void put_addresses(struct writer *writer)
{
	put_prefix(writer, "saddr", CVSWITCH_A_RULE_SRC);
	put_prefix(writer, "daddr", CVSWITCH_A_RULE_DST);
}

static bool is_icmp(const struct writer *writer)
{
	return (writer->ethertype == ETH_P_IP && writer->protocol == IPPROTO_ICMP) ||
	       (writer->ethertype == ETH_P_IPV6 && writer->protocol == IPPROTO_ICMPV6);
}

/* Neighbour discovery, as far as it has fields of its own. */
static bool is_nd(const struct writer *writer)
{
	return writer->ethertype == ETH_P_IPV6 && writer->protocol == IPPROTO_ICMPV6 &&
	       (has(writer, CVSWITCH_A_RULE_ND_TARGET) ||
		has(writer, CVSWITCH_A_RULE_SENDER_MAC) ||
		has(writer, CVSWITCH_A_RULE_TARGET_MAC));
}

static bool has_ports(const struct writer *writer)
{
	return has(writer, CVSWITCH_A_RULE_SPORT) || has(writer, CVSWITCH_A_RULE_SPORT_GROUP) ||
	       has(writer, CVSWITCH_A_RULE_DPORT) || has(writer, CVSWITCH_A_RULE_DPORT_GROUP);
}

/* A protocol that has no words of its own. */
static bool is_plain_protocol(const struct writer *writer)
{
	return writer->protocol != UINT32_MAX && !is_icmp(writer) &&
	       !name_of_number(&port_protocols, writer->protocol);
}

static void put_ip(struct writer *writer)
{
	const bool ip6 = writer->ethertype == ETH_P_IPV6;
	const size_t before = writer->len;
	size_t word;

	put(writer, ip6 ? "ip6" : "ip");
	word = writer->len;
	put_addresses(writer);
	if (is_plain_protocol(writer))
		put_number(writer, ip6 ? "nexthdr" : "protocol", &ip_protocols, writer->protocol);
	/* What follows says which IP it is. */
	if (writer->len == word && is_icmp(writer)) {
		writer->len = before;
		writer->buf[before] = '\0';
	}
}

static void put_arp(struct writer *writer)
{
	put(writer, "arp");
	if (has(writer, CVSWITCH_A_RULE_ARP_OP))
		put_number(writer, "operation", &arp_ops,
			   obj_u32(writer->obj, CVSWITCH_A_RULE_ARP_OP));
	put_prefix(writer, "saddr ip", CVSWITCH_A_RULE_SRC);
	put_one_mac(writer, "saddr ether", CVSWITCH_A_RULE_SENDER_MAC);
	put_prefix(writer, "daddr ip", CVSWITCH_A_RULE_DST);
	put_one_mac(writer, "daddr ether", CVSWITCH_A_RULE_TARGET_MAC);
}

static void put_icmp(struct writer *writer)
{
	const bool ip6 = writer->ethertype == ETH_P_IPV6;
	const bool typed = has(writer, CVSWITCH_A_RULE_ICMP_TYPE);

	if (!is_icmp(writer) || (is_nd(writer) && !typed))
		return;
	put(writer, ip6 ? "icmpv6" : "icmp");
	if (typed)
		put_number(writer, "type", ip6 ? &icmpv6_types : &icmp_types,
			   obj_u32(writer->obj, CVSWITCH_A_RULE_ICMP_TYPE));
	if (has(writer, CVSWITCH_A_RULE_ICMP_CODE))
		put(writer, "code %u", obj_u32(writer->obj, CVSWITCH_A_RULE_ICMP_CODE));
}

static void put_ports(struct writer *writer)
{
	const char *name = name_of_number(&port_protocols, writer->protocol);

	if (name)
		put(writer, "%s", name);
	else if (has_ports(writer))
		put(writer, "th");
	put_port(writer, "sport", CVSWITCH_A_RULE_SPORT);
	put_port(writer, "dport", CVSWITCH_A_RULE_DPORT);
	if (writer->protocol == IPPROTO_TCP)
		put_tcp_flags(writer);
}

static void put_nd(struct writer *writer)
{
	if (is_nd(writer)) {
		put(writer, "nd");
		if (has(writer, CVSWITCH_A_RULE_ND_TARGET))
			put_plain_prefix(writer, "target", CVSWITCH_A_RULE_ND_TARGET);
		put_one_mac(writer, "sll", CVSWITCH_A_RULE_SENDER_MAC);
		put_one_mac(writer, "tll", CVSWITCH_A_RULE_TARGET_MAC);
	} else if (writer->ethertype != ETH_P_ARP) {
		put_one_mac(writer, "sender-mac", CVSWITCH_A_RULE_SENDER_MAC);
		put_one_mac(writer, "target-mac", CVSWITCH_A_RULE_TARGET_MAC);
	}
}

static void put_fragments(struct writer *writer)
{
	const uint32_t bits = obj_u32(writer->obj, CVSWITCH_A_RULE_FRAGMENT);
	char list[32] = "";
	size_t len = 0;
	uint32_t i;

	for (i = 0; i < fragments.count; i++) {
		if (bits & 1u << i)
			len = text_append(list, sizeof(list), len, "%s%s", len ? "," : "",
					  fragments.word[i].name);
	}
	if (len)
		put(writer, "frag %s", list);
}

static void put_matches(struct writer *writer)
{
	const bool ip = writer->ethertype == ETH_P_IP || writer->ethertype == ETH_P_IPV6;

	/* First: behind "ether" they would be MAC addresses. */
	if (!ip && writer->ethertype != ETH_P_ARP)
		put_addresses(writer);
	put_ether(writer);
	if (has(writer, CVSWITCH_A_RULE_VLAN))
		put(writer, "vlan id %u", obj_u32(writer->obj, CVSWITCH_A_RULE_VLAN));
	if (ip)
		put_ip(writer);
	else if (writer->ethertype == ETH_P_ARP)
		put_arp(writer);
	else if (is_plain_protocol(writer))
		put_number(writer, "meta l4proto", &ip_protocols, writer->protocol);
	put_icmp(writer);
	put_ports(writer);
	put_nd(writer);
	put_fragments(writer);
}

static uint32_t value(const struct obj *obj, uint16_t id)
{
	return obj_has(obj, id) ? obj_u32(obj, id) : UINT32_MAX;
}

char *rule_text(char *buf, size_t size, const struct obj *obj)
{
	struct writer writer = { .buf = buf, .size = size };
	struct rule rule;
	struct obj normal;

	*buf = '\0';
	writer.obj = obj;
	if (rule_from_obj(&rule, obj)) {
		obj_parse(&normal, &rule_attrs, rule.nest.buf, rule.nest.len);
		writer.obj = &normal;
	}
	writer.ethertype = value(writer.obj, CVSWITCH_A_RULE_ETHERTYPE);
	writer.protocol = value(writer.obj, CVSWITCH_A_RULE_PROTOCOL);
	put(&writer, "%s", obj_word(writer.obj, CVSWITCH_A_RULE_DIRECTION)->name);
	put_matches(&writer);
	if (obj_u32(writer.obj, CVSWITCH_A_RULE_LOG))
		put(&writer, "log");
	put(&writer, "%s", obj_word(writer.obj, CVSWITCH_A_RULE_VERDICT)->name);
	if (has(&writer, CVSWITCH_A_RULE_COMMENT)) {
		put(&writer, "comment ");
		split_quote(buf, size, writer.len, obj_str(writer.obj, CVSWITCH_A_RULE_COMMENT),
			    true);
	}
	return buf;
}
