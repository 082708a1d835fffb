// SPDX-License-Identifier: GPL-2.0
/*
 * Ways to spoil the last message of a datagram. Most leave the header as it is, so that the message
 * gets as far as possible.
 */

#include <linux/genetlink.h>

#include "message.h"
#include "world.h"

#define ATTRS_MAX 256

/* Where the attributes of the last message lie, outermost only. */
static unsigned int attributes(const struct message *m, uint32_t at[ATTRS_MAX])
{
	uint32_t pos = m->body;
	unsigned int n = 0;

	while (n < ATTRS_MAX && pos + NLA_HDRLEN <= m->len) {
		const struct nlattr *attr = (const struct nlattr *)(m->buf + pos);

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > m->len - pos)
			break;
		at[n++] = pos;
		pos += NLA_ALIGN(attr->nla_len);
	}
	return n;
}

static struct nlattr *any_attribute(struct message *m, uint64_t *rng)
{
	uint32_t at[ATTRS_MAX];
	unsigned int n = attributes(m, at);

	return n ? (struct nlattr *)(m->buf + at[below(rng, n)]) : NULL;
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
		attr->nla_type = one_in(rng, 3) ? rnd(rng) : below(rng, 24);
}

/* All that there is, some levels deeper than it belongs, in one nest or in many. */
static void bury(struct message *m, uint64_t *rng)
{
	const uint16_t type = below(rng, 20) | (one_in(rng, 2) ? NLA_F_NESTED : 0);
	uint32_t levels = one_in(rng, 4) ? 1 + below(rng, 8000) : 1 + below(rng, 4), i;
	const uint32_t body = m->body, len = m->len - body;

	if (m->len < body || len + levels * NLA_HDRLEN > UINT16_MAX)
		return;
	memmove(m->buf + body + levels * NLA_HDRLEN, m->buf + body, len);
	m->len += levels * NLA_HDRLEN;
	for (i = 0; i < levels; i++) {
		struct nlattr *attr = (struct nlattr *)(m->buf + body + i * NLA_HDRLEN);

		attr->nla_type = type;
		attr->nla_len = m->len - body - i * NLA_HDRLEN;
	}
	message_end(m);
}

/* One enormous attribute, or very many. */
static void inflate(struct message *m, uint64_t *rng)
{
	static const uint8_t filling[UINT16_MAX];
	const uint16_t type = below(rng, 24);
	size_t len = one_in(rng, 2) ? UINT16_MAX - NLA_HDRLEN - below(rng, 8) : below(rng, UINT16_MAX);
	uint32_t n, value = below(rng, 64);

	if (one_in(rng, 2)) {
		message_put(m, type, filling, len);
	} else {
		len = below(rng, 12);
		for (n = below(rng, 6000); n; n--)
			message_put(m, one_in(rng, 2) ? type : below(rng, 24),
				    &value, len < sizeof(value) ? len : sizeof(value));
	}
	message_end(m);
}

/* The same attribute again, with its value or another. */
static void repeat(struct message *m, uint64_t *rng)
{
	uint8_t copy[64];
	struct nlattr *attr = any_attribute(m, rng);
	uint16_t len;

	if (!attr || attr->nla_len > sizeof(copy))
		return;
	len = attr->nla_len - NLA_HDRLEN;
	memcpy(copy, attr, attr->nla_len);
	if (len && one_in(rng, 2))
		copy[NLA_HDRLEN + below(rng, len)] = rnd(rng);
	message_put(m, attr->nla_type, copy + NLA_HDRLEN, len);
	message_end(m);
}

/* Anything at all where attributes are expected. */
static void soup(struct message *m, uint64_t *rng)
{
	unsigned int n = 1 + below(rng, 12);
	uint8_t data[40];
	size_t i;

	if (one_in(rng, 2))
		m->len = m->body;
	for (; n; n--) {
		for (i = 0; i < sizeof(data); i++)
			data[i] = rnd(rng);
		message_put(m, below(rng, 24), data, one_in(rng, 2) ? 4 : below(rng, sizeof(data)));
	}
	message_end(m);
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
	case 3:	genl->cmd = one_in(rng, 2) ? rnd(rng) : below(rng, 48); break;
	case 4:	genl->version = rnd(rng); break;
	case 5:	genl->reserved = rnd(rng); break;
	}
}

void message_spoil(struct message *m, uint64_t *rng)
{
	static void (*const ways[])(struct message *m, uint64_t *rng) = {
		mutate, mutate, mutate, truncate_message, resize, retype, bury, inflate, repeat,
		soup, header,
	};
	unsigned int n = one_in(rng, 4) ? 2 : 1;

	for (; n; n--) {
		/* Not what the one before has cut to pieces. */
		if (m->len < m->body)
			return;
		ways[below(rng, ARRAY_LEN(ways))](m, rng);
	}
}
