// SPDX-License-Identifier: GPL-2.0
/*
 * Ways to spoil the last message of a datagram. Most leave the header as it is, so that the message
 * gets as far as possible.
 */

#include <linux/genetlink.h>

#include "message.h"
#include "spec.h"
#include "world.h"

#define ATTRS_MAX 256
#define TYPES	40	/* that attributes have: no set has more */

/* An attribute, and the nest that it is in: another one, or -1. */
struct place {
	uint32_t at;
	int nest;
};

/* Where the attributes of the last message lie. */
struct places {
	unsigned int count;
	struct place place[ATTRS_MAX];
};

static struct nlattr *at_place(struct message *m, const struct places *places, int i)
{
	return (struct nlattr *)(m->buf + places->place[i].at);
}

static void find(struct message *m, uint32_t pos, uint32_t end, int nest, struct places *places)
{
	while (places->count < ATTRS_MAX && pos + NLA_HDRLEN <= end) {
		const struct nlattr *attr = (const struct nlattr *)(m->buf + pos);
		const int i = places->count;

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > end - pos)
			break;
		places->place[places->count++] = (struct place){ pos, nest };
		if (attr->nla_type & NLA_F_NESTED)
			find(m, pos + NLA_HDRLEN, pos + attr->nla_len, i, places);
		pos += NLA_ALIGN(attr->nla_len);
	}
}

/* Return: one of them, outermost or in a nest; or -1. */
static int any_place(struct message *m, struct places *places, uint64_t *rng)
{
	places->count = 0;
	find(m, m->body, m->len, -1, places);
	return places->count ? (int)below(rng, places->count) : -1;
}

static struct nlattr *any_attribute(struct message *m, uint64_t *rng)
{
	struct places places;
	const int i = any_place(m, &places, rng);

	return i < 0 ? NULL : at_place(m, &places, i);
}

/* Return: a nest, or -1 for the message itself. */
static int any_nest(struct message *m, struct places *places, uint64_t *rng)
{
	int i = any_place(m, places, rng);

	while (i >= 0 && !(at_place(m, places, i)->nla_type & NLA_F_NESTED))
		i = places->place[i].nest;
	return i;
}

/* Where what is in a nest begins and ends. */
static uint32_t nest_begin(struct message *m, const struct places *places, int nest)
{
	return nest < 0 ? m->body : places->place[nest].at + NLA_HDRLEN;
}

static uint32_t nest_end(struct message *m, const struct places *places, int nest)
{
	const uint32_t end = nest < 0 ? m->len :
			     places->place[nest].at + NLA_ALIGN(at_place(m, places, nest)->nla_len);

	return end < m->len ? end : m->len;
}

/*
 * Makes room, of zeroes, in a nest; those that it is in grow with it. Return: where, or NULL if one
 * would get too long.
 */
static uint8_t *insert(struct message *m, const struct places *places, int nest, uint32_t at,
		       uint32_t len)
{
	int i;

	len = NLA_ALIGN(len);
	if (m->len + len > MESSAGE_MAX)
		return NULL;
	for (i = nest; i >= 0; i = places->place[i].nest)
		if (NLA_ALIGN(at_place(m, places, i)->nla_len) + len > UINT16_MAX)
			return NULL;
	for (i = nest; i >= 0; i = places->place[i].nest)
		at_place(m, places, i)->nla_len = NLA_ALIGN(at_place(m, places, i)->nla_len) + len;
	memmove(m->buf + at + len, m->buf + at, m->len - at);
	memset(m->buf + at, 0, len);
	m->len += len;
	message_end(m);
	return m->buf + at;
}

/* One more attribute at the end of a nest, or nothing if it is full. */
static void append(struct message *m, struct places *places, int nest, uint16_t type,
		   const void *data, size_t len)
{
	struct nlattr *attr;

	if (nest < 0) {
		message_put(m, type, data, len);
		message_end(m);
		return;
	}
	attr = (struct nlattr *)insert(m, places, nest, nest_end(m, places, nest),
				       NLA_HDRLEN + len);
	if (!attr)
		return;
	attr->nla_type = type;
	attr->nla_len = NLA_HDRLEN + len;
	memcpy(attr + 1, data, len);
}

/* Bytes and bits, of the attributes or of everything. */
static void mutate(struct message *m, uint64_t *rng)
{
	const uint32_t from = one_in(rng, 8) || m->body >= m->len ? m->start : m->body;
	unsigned int n = 1 + below(rng, 8);

	for (; n; n--) {
		uint8_t *byte = m->buf + from + below(rng, m->len - from);

		*byte = one_in(rng, 2) ? rnd(rng) : *byte ^ 1u << below(rng, 8);
	}
}

/* The message ends earlier than it should: with or without its header's knowledge. */
static void truncate_message(struct message *m, uint64_t *rng)
{
	uint32_t len = below(rng, m->len - m->start + 1);

	if (one_in(rng, 2) && len >= sizeof(struct nlmsghdr))
		message_header(m)->nlmsg_len = len;
	else if (one_in(rng, 4))
		message_header(m)->nlmsg_len += below(rng, 64);
	m->len = m->start + len;
	if (!m->len)
		m->len = 1;
}

/* An attribute that is longer or shorter than it says. */
static void resize(struct message *m, uint64_t *rng)
{
	struct nlattr *attr = any_attribute(m, rng);

	if (attr)
		attr->nla_len = one_in(rng, 3) ? rnd(rng) :
				one_in(rng, 2) ? below(rng, NLA_HDRLEN + 1) :
						 attr->nla_len + below(rng, 9) - 4;
}

/* An attribute's type: of nobody, or with flags. */
static void retype(struct message *m, uint64_t *rng)
{
	static const uint16_t flags[] = {
		NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_F_NESTED | NLA_F_NET_BYTEORDER,
	};
	struct nlattr *attr = any_attribute(m, rng);

	if (!attr)
		return;
	if (one_in(rng, 2))
		attr->nla_type |= flags[below(rng, ARRAY_LEN(flags))];
	else
		attr->nla_type = one_in(rng, 3) ? rnd(rng) : below(rng, TYPES);
}

/* All that there is, or that is in one nest, some levels deeper than it belongs. */
static void bury(struct message *m, uint64_t *rng)
{
	const uint16_t type = below(rng, TYPES / 2) | (one_in(rng, 2) ? NLA_F_NESTED : 0);
	const uint32_t levels = one_in(rng, 4) ? 1 + below(rng, 8000) : 1 + below(rng, 4);
	struct places places;
	const int nest = any_nest(m, &places, rng);
	const uint32_t begin = nest_begin(m, &places, nest), end = nest_end(m, &places, nest);
	struct nlattr *attr;
	uint32_t i;

	if (end < begin || end - begin + levels * NLA_HDRLEN > UINT16_MAX)
		return;
	attr = (struct nlattr *)insert(m, &places, nest, begin, levels * NLA_HDRLEN);
	for (i = 0; attr && i < levels; i++) {
		attr[i].nla_type = type;
		attr[i].nla_len = end - begin + (levels - i) * NLA_HDRLEN;
	}
}

/* Attributes that are in a nest come out of it: its header is one of an attribute with nothing. */
static void unnest(struct message *m, uint64_t *rng)
{
	struct places places;
	const int nest = any_nest(m, &places, rng);

	if (nest >= 0)
		at_place(m, &places, nest)->nla_len = NLA_HDRLEN;
}

/* One enormous attribute, or very many. */
static void inflate(struct message *m, uint64_t *rng)
{
	static const uint8_t filling[UINT16_MAX];
	const uint16_t type = below(rng, TYPES);
	size_t len = one_in(rng, 2) ? UINT16_MAX - NLA_HDRLEN - below(rng, 8) :
				      below(rng, UINT16_MAX);
	uint32_t n, value = below(rng, 64);
	struct places places;
	const int nest = any_nest(m, &places, rng);

	if (one_in(rng, 2)) {
		append(m, &places, nest, type, filling, nest < 0 ? len : len / 2);
		return;
	}
	len = below(rng, 12);
	for (n = below(rng, nest < 0 ? 6000 : 1500); n; n--)
		append(m, &places, nest, one_in(rng, 2) ? type : below(rng, TYPES),
		       &value, len < sizeof(value) ? len : sizeof(value));
}

/* The same attribute again, with its value or another; a nest, sometimes many times. */
static void repeat(struct message *m, uint64_t *rng)
{
	static __thread uint8_t copy[UINT16_MAX];
	struct places places;
	const int i = any_place(m, &places, rng);
	const int nest = i < 0 ? -1 : places.place[i].nest;
	unsigned int n = one_in(rng, 12) ? below(rng, 300) : 1;
	struct nlattr *attr;
	uint16_t len;

	if (i < 0)
		return;
	attr = at_place(m, &places, i);
	len = attr->nla_len - NLA_HDRLEN;
	memcpy(copy, attr, attr->nla_len);
	if (len && one_in(rng, 2))
		copy[NLA_HDRLEN + below(rng, len)] = rnd(rng);
	for (; n; n--)
		append(m, &places, nest, ((struct nlattr *)copy)->nla_type, copy + NLA_HDRLEN, len);
}

/* Anything at all where attributes are expected. */
static void soup(struct message *m, uint64_t *rng)
{
	unsigned int n = 1 + below(rng, 12);
	struct places places;
	int nest = any_nest(m, &places, rng);
	uint8_t data[40];
	size_t i;

	if (one_in(rng, 2)) {
		m->len = m->body;
		nest = -1;
	}
	for (; n; n--) {
		for (i = 0; i < sizeof(data); i++)
			data[i] = rnd(rng);
		append(m, &places, nest, below(rng, TYPES), data,
		       one_in(rng, 2) ? 4 : below(rng, sizeof(data)));
	}
}

/* What stands before the attributes. */
static void header(struct message *m, uint64_t *rng)
{
	struct nlmsghdr *nlh = message_header(m);
	struct genlmsghdr *genl = NLMSG_DATA(nlh);

	switch (below(rng, m->genl ? 6 : 3)) {
	case 0:	nlh->nlmsg_flags = rnd(rng); break;
	case 1:	nlh->nlmsg_flags ^= 1u << below(rng, 12); break;
	case 2:	nlh->nlmsg_type = one_in(rng, 2) ? below(rng, 128) : nlh->nlmsg_type + below(rng, 9) - 4;
		break;
	case 3:	genl->cmd = one_in(rng, 2) ? rnd(rng) : below(rng, spec_commands + 4); break;
	case 4:	genl->version = rnd(rng); break;
	case 5:	genl->reserved = rnd(rng); break;
	}
}

void message_spoil(struct message *m, uint64_t *rng)
{
	static void (*const ways[])(struct message *m, uint64_t *rng) = {
		mutate, mutate, mutate, truncate_message, resize, resize, retype, bury, unnest,
		inflate, repeat, soup, header,
	};
	unsigned int n = one_in(rng, 4) ? 2 : 1;

	for (; n; n--) {
		/* Not what the one before has cut to pieces. */
		if (m->len < m->body)
			return;
		ways[below(rng, ARRAY_LEN(ways))](m, rng);
	}
}
