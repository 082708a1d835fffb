// SPDX-License-Identifier: GPL-2.0
#include "acl_random.h"

/* Once in so many times, a field is beside what the rule asks for that a frame is aimed at. */
#define MISS	20

static u32 below(struct acl_random *random, u32 n)
{
	return acl_random_below(random, n);
}

static void plain_tags(struct acl_random *random, struct acl_spec *spec)
{
	u32 which = below(random, 32), i;

	if (which < 8)
		spec->n_tags = 1;
	else if (which < 10)
		spec->n_tags = 2;
	else if (which < 12)
		spec->n_tags = below(random, ACL_TAGS_MAX + 1);
	for (i = 0; i < ACL_TAGS_MAX; i++) {
		spec->tags[i].type = below(random, 4) ? MODEL_TYPE_VLAN : MODEL_TYPE_SVLAN;
		spec->tags[i].tci = (acl_random_u32(random) & 0xf000) | acl_pool_vid(random);
	}
}

static void plain_fragment(struct acl_random *random, struct acl_spec *spec)
{
	spec->fragment = CVSWITCH_FRAGMENT_WHOLE;
	if (below(random, 10) == 0)
		spec->fragment = 1 << below(random, 3);
	spec->offset = below(random, 2) ? 1 + below(random, 3) : 1 + below(random, 0x1fff);
}

/* Mostly none; else some, and at times more than may be. */
static void plain_extensions(struct acl_random *random, struct acl_spec *spec)
{
	static const u8 headers[] = {
		MODEL_HOPOPTS, MODEL_ROUTING, MODEL_DSTOPTS, MODEL_AH, MODEL_DSTOPTS,
	};
	u32 which = below(random, 16), i;

	if (which < 3)
		spec->n_extensions = 1 + below(random, 3);
	else if (which == 3)
		spec->n_extensions = below(random, ACL_EXTENSIONS_MAX + 1);
	for (i = 0; i < spec->n_extensions; i++)
		spec->extensions[i] = headers[below(random, sizeof(headers))];
	if (below(random, 4) == 0)
		spec->extension_len = below(random, 4);
	if (spec->n_extensions && below(random, 32) == 0)
		spec->extensions[below(random, spec->n_extensions)] = MODEL_FRAGMENT;
}

static void plain_options(struct acl_random *random, struct acl_spec *spec)
{
	u32 i;

	if (below(random, 2))
		spec->n_options = 1;
	else if (below(random, 4) == 0)
		spec->n_options = below(random, ACL_OPTIONS_MAX + 1);
	for (i = 0; i < ACL_OPTIONS_MAX; i++) {
		spec->options[i].type = 1 + below(random, spec->n_options > 3 ? 5 : 2);
		spec->options[i].len = below(random, 12) ? 1 : below(random, 4);
	}
	/* At times, what is asked for is the last of many. */
	if (spec->n_options > 8 && below(random, 2)) {
		for (i = 0; i + 1 < spec->n_options; i++)
			spec->options[i] = (struct acl_option) { 5, 1 };
	}
}

/**
 * acl_spec_plain() - any frame, of which nothing is wrong by intention
 * @random: where it comes from
 * @spec: what it says
 */
void acl_spec_plain(struct acl_random *random, struct acl_spec *spec)
{
	bool v6 = below(random, 9) < 4;

	memset(spec, 0, sizeof(*spec));
	spec->ethertype = below(random, 8) ? (v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_IPV4) :
			  acl_pool_ethertype(random);
	v6 = spec->ethertype == MODEL_TYPE_IPV6;
	acl_pool_src_mac(random, spec->src_mac);
	acl_pool_dst_mac(random, spec->dst_mac);
	plain_tags(random, spec);
	acl_pool_ip(random, spec->src, v6);
	acl_pool_ip(random, spec->dst, v6);
	spec->protocol = acl_pool_protocol(random);
	plain_fragment(random, spec);
	if (below(random, 8) == 0)
		spec->ip_options = below(random, 11);
	plain_extensions(random, spec);
	spec->sport = acl_pool_port(random);
	spec->dport = acl_pool_port(random);
	spec->tcp_flags = acl_random_u32(random);
	spec->icmp_type = acl_pool_icmp_type(random, v6);
	spec->icmp_code = below(random, 3);
	acl_pool_ip(random, spec->nd_target, true);
	plain_options(random, spec);
	spec->arp_op = acl_pool_arp_op(random);
	acl_pool_src_mac(random, spec->sender_mac);
	acl_pool_src_mac(random, spec->target_mac);
	spec->payload = below(random, 4) ? below(random, 64) : 0;
	spec->padding = below(random, 3) ? 0 : below(random, 40);
}

/* Fragments of IPv6 have a header that says so; whole packets may have it. */
static void place_fragment_header(struct acl_random *random, struct acl_spec *spec)
{
	u32 i, at;

	if (spec->ethertype != MODEL_TYPE_IPV6 ||
	    (spec->fragment == CVSWITCH_FRAGMENT_WHOLE && below(random, 40)))
		return;
	for (i = 0; i < spec->n_extensions; i++)
		if (spec->extensions[i] == MODEL_FRAGMENT)
			return;
	at = below(random, spec->n_extensions + 1);
	if (spec->n_extensions < ACL_EXTENSIONS_MAX)
		spec->n_extensions++;
	else if (at == ACL_EXTENSIONS_MAX)
		at--;
	for (i = spec->n_extensions - 1; i > at; i--)
		spec->extensions[i] = spec->extensions[i - 1];
	spec->extensions[at] = MODEL_FRAGMENT;
}

/* What an attacker would try: something is cut off, or not what it says. */
static u32 damage(struct acl_random *random, const struct acl_spec *spec, u8 *data, u32 len)
{
	u32 l3 = 14 + 4 * spec->n_tags, at = 0;

	switch (below(random, 6)) {
	case 0:
		return 14 + below(random, len - 14 + 1);
	case 1:
		/* Just around where headers end. */
		at = l3 + (spec->ethertype == MODEL_TYPE_IPV6 ? 40 : 20) + below(random, 30);
		return at < len ? at : len;
	case 2:
		at = l3 + (spec->ethertype == MODEL_TYPE_IPV6 ? 4 : 2);
		if (at + 1 < len) {
			data[at] = 0;
			data[at + 1] = below(random, 4) ? below(random, 80) : 0;
		}
		break;
	case 3:
		at = l3;
		if (at < len)
			data[at] = acl_random_u32(random);
		break;
	default:
		at = 12 + below(random, len - 12);
		if (below(random, 2))
			data[at] = acl_random_u32(random);
		else
			data[at] ^= 1 << below(random, 8);
		break;
	}
	return len;
}

/* Devices take the first tag out of a frame. */
static void take_tag(struct model_frame *frame, u8 *data)
{
	u16 type = data[12] << 8 | data[13];

	if (frame->len < 18 || (type != MODEL_TYPE_VLAN && type != MODEL_TYPE_SVLAN))
		return;
	frame->tagged = true;
	frame->tci = data[14] << 8 | data[15];
	frame->len -= 4;
	memmove(data + 12, data + 16, frame->len - 12);
}

/**
 * acl_random_frame() - a frame, mostly aimed at one of the rules
 * @random: where it comes from
 * @set: the rules
 * @data: where to, ACL_FRAME_MAX bytes
 * @frame: what it is
 */
void acl_random_frame(struct acl_random *random, const struct model_set *set, u8 *data,
		      struct model_frame *frame)
{
	struct acl_spec spec;
	u32 len, i;

	acl_spec_plain(random, &spec);
	if (set->n && below(random, 8))
		acl_spec_aim(random, &spec, &set->rules[below(random, set->n)], set->groups, MISS);
	place_fragment_header(random, &spec);
	len = acl_frame_write(&spec, data);
	if (below(random, 10) == 0)
		len = damage(random, &spec, data, len);
	if (below(random, 128) == 0)
		for (i = 14; i < len; i++)
			data[i] = acl_random_u32(random);
	*frame = (struct model_frame) { .data = data, .len = len };
	if (random->use == ACL_USE_SWITCH)
		return;
	frame->gso = below(random, 8) == 0;
	if (below(random, 2))
		take_tag(frame, data);
}
