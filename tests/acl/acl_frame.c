// SPDX-License-Identifier: GPL-2.0
#include "acl_frame.h"

struct writer {
	u8 *data;
	u32 len;
};

static void put8(struct writer *w, u8 value)
{
	if (w->len < ACL_FRAME_MAX)
		w->data[w->len++] = value;
}

static void put16(struct writer *w, u16 value)
{
	put8(w, value >> 8);
	put8(w, value);
}

static void put_bytes(struct writer *w, const u8 *bytes, u32 n)
{
	while (n--)
		put8(w, *bytes++);
}

/* Bytes that show where they come from, and are no zeros. */
static void put_fill(struct writer *w, u32 n)
{
	while (n--)
		put8(w, 0xa0 | (n & 0xf));
}

static void set16(struct writer *w, u32 at, u16 value)
{
	w->data[at] = value >> 8;
	w->data[at + 1] = value;
}

static void put_options(struct writer *w, const struct acl_spec *spec)
{
	unsigned int i;

	for (i = 0; i < spec->n_options; i++) {
		const struct acl_option *option = &spec->options[i];
		u32 len = option->len ? option->len * 8 : 8;

		put8(w, option->type);
		put8(w, option->len);
		put_bytes(w, option->type == 2 ? spec->target_mac : spec->sender_mac,
			  MODEL_MAC_LEN);
		put_fill(w, len - 8);
	}
}

static void put_icmp(struct writer *w, const struct acl_spec *spec)
{
	u8 type = spec->icmp_type;

	put8(w, type);
	put8(w, spec->icmp_code);
	put_fill(w, 6);
	if (spec->protocol != MODEL_ICMPV6 || type < 133 || type > 137)
		return;
	if (type == 134)
		put_fill(w, 8);
	if (type >= 135)
		put_bytes(w, spec->nd_target, 16);
	if (type == 137)
		put_bytes(w, spec->dst, 16);
	put_options(w, spec);
}

static void put_l4(struct writer *w, const struct acl_spec *spec)
{
	switch (spec->protocol) {
	case MODEL_ICMP:
	case MODEL_ICMPV6:
		put_icmp(w, spec);
		return;
	case MODEL_TCP:
	case MODEL_UDP:
	case MODEL_UDPLITE:
	case MODEL_SCTP:
	case MODEL_DCCP:
		put16(w, spec->sport);
		put16(w, spec->dport);
		break;
	default:
		return;
	}
	put_fill(w, 4);
	if (spec->protocol != MODEL_TCP)
		return;
	put_fill(w, 4);
	put8(w, 0x50);
	put8(w, spec->tcp_flags);
	put_fill(w, 6);
}

static void put_ip_payload(struct writer *w, const struct acl_spec *spec)
{
	if (spec->fragment != CVSWITCH_FRAGMENT_LATER)
		put_l4(w, spec);
	put_fill(w, spec->payload);
}

static bool has_more(const struct acl_spec *spec)
{
	return spec->fragment == CVSWITCH_FRAGMENT_FIRST;
}

static u16 offset_of(const struct acl_spec *spec)
{
	return spec->fragment == CVSWITCH_FRAGMENT_LATER ? spec->offset : 0;
}

static void put_ipv4(struct writer *w, const struct acl_spec *spec)
{
	u32 begin = w->len;

	put8(w, 0x45 + spec->ip_options);
	put8(w, 0);
	put16(w, 0);
	put16(w, 0x1234);
	put16(w, (has_more(spec) ? 0x2000 : 0) | offset_of(spec));
	put8(w, 64);
	put8(w, spec->protocol);
	put16(w, 0);
	put_bytes(w, spec->src, 4);
	put_bytes(w, spec->dst, 4);
	put_fill(w, spec->ip_options * 4);
	put_ip_payload(w, spec);
	set16(w, begin + 2, w->len - begin);
}

static void put_extension(struct writer *w, const struct acl_spec *spec, u8 protocol, u8 next)
{
	put8(w, next);
	switch (protocol) {
	case MODEL_FRAGMENT:
		put8(w, 0);
		put16(w, offset_of(spec) << 3 | has_more(spec));
		put_fill(w, 4);
		break;
	case MODEL_AH:
		put8(w, spec->extension_len);
		put_fill(w, 6 + spec->extension_len * 4);
		break;
	default:
		put8(w, spec->extension_len);
		put_fill(w, 6 + spec->extension_len * 8);
		break;
	}
}

static void put_ipv6(struct writer *w, const struct acl_spec *spec)
{
	unsigned int i, n = spec->n_extensions;
	u32 begin = w->len;

	put8(w, 0x60);
	put8(w, 0);
	put16(w, 0);
	put16(w, 0);
	put8(w, n ? spec->extensions[0] : spec->protocol);
	put8(w, 255);
	put_bytes(w, spec->src, 16);
	put_bytes(w, spec->dst, 16);
	for (i = 0; i < n; i++) {
		put_extension(w, spec, spec->extensions[i],
			      i + 1 < n ? spec->extensions[i + 1] : spec->protocol);
		/* What follows in a later fragment is no header. */
		if (spec->extensions[i] == MODEL_FRAGMENT && offset_of(spec))
			break;
	}
	put_ip_payload(w, spec);
	set16(w, begin + 4, w->len - begin - 40);
}

static void put_arp(struct writer *w, const struct acl_spec *spec)
{
	static const u8 ethernet_ipv4[6] = { 0, 1, 8, 0, 6, 4 };

	put_bytes(w, ethernet_ipv4, sizeof(ethernet_ipv4));
	put16(w, spec->arp_op);
	put_bytes(w, spec->sender_mac, MODEL_MAC_LEN);
	put_bytes(w, spec->src, 4);
	put_bytes(w, spec->target_mac, MODEL_MAC_LEN);
	put_bytes(w, spec->dst, 4);
}

/**
 * acl_frame_write() - a frame that says this
 * @spec: what it says
 * @data: where to, ACL_FRAME_MAX bytes
 *
 * Return: its length.
 */
u32 acl_frame_write(const struct acl_spec *spec, u8 *data)
{
	struct writer w = { data, 0 };
	unsigned int i;

	put_bytes(&w, spec->dst_mac, MODEL_MAC_LEN);
	put_bytes(&w, spec->src_mac, MODEL_MAC_LEN);
	for (i = 0; i < spec->n_tags; i++) {
		put16(&w, spec->tags[i].type);
		put16(&w, spec->tags[i].tci);
	}
	put16(&w, spec->ethertype);
	switch (spec->ethertype) {
	case MODEL_TYPE_IPV4:
		put_ipv4(&w, spec);
		break;
	case MODEL_TYPE_IPV6:
		put_ipv6(&w, spec);
		break;
	case MODEL_TYPE_ARP:
		put_arp(&w, spec);
		break;
	default:
		put_fill(&w, spec->payload);
		break;
	}
	put_fill(&w, spec->padding);
	return w.len;
}
