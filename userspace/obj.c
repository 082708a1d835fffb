// SPDX-License-Identifier: GPL-2.0
#include "obj.h"

#include <assert.h>
#include <string.h>

static const void *payload(const struct nlattr *nla)
{
	return (const char *)nla + NLA_HDRLEN;
}

static size_t payload_len(const struct nlattr *nla)
{
	return nla->nla_len - NLA_HDRLEN;
}

/* The first attribute in a buffer that holds all of it, or NULL. */
static const struct nlattr *first(const void *buf, size_t len)
{
	const struct nlattr *nla = buf;

	if (len < NLA_HDRLEN || nla->nla_len < NLA_HDRLEN || nla->nla_len > len)
		return NULL;
	return nla;
}

static const struct nlattr *next(const struct nlattr *nla, const void *buf, size_t len)
{
	size_t end = (const char *)nla + NLA_ALIGN(nla->nla_len) - (const char *)buf;

	return end < len ? first((const char *)buf + end, len - end) : NULL;
}

static bool holds(const struct attr *attr, const struct nlattr *nla)
{
	size_t len = payload_len(nla);

	switch (attr->type) {
	case ATTR_UNUSED:
		return false;
	case ATTR_U64:
	case ATTR_HEX:
		return len >= sizeof(uint64_t);
	case ATTR_MAC:
		return len >= 6;
	case ATTR_IP:
		return len == 4 || len == 16;
	case ATTR_STRING:
		return memchr(payload(nla), '\0', len);
	case ATTR_DROPS:
	case ATTR_BINDINGS:
	case ATTR_NEST:
	case ATTR_NESTS:
	case ATTR_BYTES:
		return true;
	default:
		return len >= sizeof(uint32_t);
	}
}

void obj_parse(struct obj *obj, const struct attr_set *set, const void *buf, size_t len)
{
	const struct nlattr *nla;

	assert(set->count <= ATTRS_MAX);
	memset(obj, 0, sizeof(*obj));
	obj->set = set;
	obj->buf = buf;
	obj->len = len;
	for (nla = first(buf, len); nla; nla = next(nla, buf, len)) {
		uint16_t id = nla->nla_type & NLA_TYPE_MASK;

		if (id < set->count && !obj->attr[id] && holds(&set->attr[id], nla))
			obj->attr[id] = nla;
	}
}

bool obj_next_nest(const struct obj *obj, uint16_t id, const struct nlattr **pos,
		   const struct attr_set *set, struct obj *nest)
{
	const struct nlattr *nla;

	nla = *pos ? next(*pos, obj->buf, obj->len) : obj->attr[id];
	while (nla && (nla->nla_type & NLA_TYPE_MASK) != id)
		nla = next(nla, obj->buf, obj->len);
	*pos = nla;
	if (nla)
		obj_parse(nest, set, payload(nla), payload_len(nla));
	return nla;
}

uint32_t obj_u32(const struct obj *obj, uint16_t id)
{
	uint32_t val = 0;

	if (obj->attr[id])
		memcpy(&val, payload(obj->attr[id]), sizeof(val));
	return val;
}

uint64_t obj_u64(const struct obj *obj, uint16_t id)
{
	uint64_t val = 0;

	if (obj->attr[id])
		memcpy(&val, payload(obj->attr[id]), sizeof(val));
	return val;
}

const char *obj_str(const struct obj *obj, uint16_t id)
{
	return obj->attr[id] ? payload(obj->attr[id]) : "";
}

const uint8_t *obj_mac(const struct obj *obj, uint16_t id)
{
	static const uint8_t zero[6];

	return obj->attr[id] ? payload(obj->attr[id]) : zero;
}

struct ip obj_ip(const struct obj *obj, uint16_t id)
{
	struct ip ip = { 0 };

	if (obj->attr[id]) {
		ip.len = payload_len(obj->attr[id]);
		memcpy(ip.addr, payload(obj->attr[id]), ip.len);
	}
	return ip;
}

const uint8_t *obj_bytes(const struct obj *obj, uint16_t id, size_t *len)
{
	*len = obj->attr[id] ? payload_len(obj->attr[id]) : 0;
	return obj->attr[id] ? payload(obj->attr[id]) : NULL;
}

uint64_t obj_ip_half(const struct obj *obj, uint16_t id, int lower)
{
	const struct ip ip = obj_ip(obj, id);
	const size_t skip = sizeof(ip.addr) - ip.len, first = lower ? 8 : 0;
	uint64_t key = 0;
	size_t i;

	for (i = first; i < first + 8; i++)
		key = key << 8 | (i < skip ? 0 : ip.addr[i - skip]);
	return key;
}

const struct word *obj_word(const struct obj *obj, uint16_t id)
{
	return words_get(obj->set->attr[id].words, obj_u32(obj, id));
}

void req_init(struct req *req, uint8_t cmd, const struct attr_set *set, uint16_t flags)
{
	memset(req, 0, sizeof(*req));
	req->cmd = cmd;
	req->set = set;
	req->flags = flags;
}

void req_put(struct req *req, uint16_t id, const void *data, size_t len)
{
	struct nlattr nla = { .nla_len = NLA_HDRLEN + len, .nla_type = id };

	/* No request has more than all attributes of its set, once each. */
	assert(req->len + NLA_ALIGN(nla.nla_len) <= sizeof(req->buf));
	memcpy(req->buf + req->len, &nla, sizeof(nla));
	memcpy(req->buf + req->len + NLA_HDRLEN, data, len);
	req->len += NLA_ALIGN(nla.nla_len);
}

void req_u32(struct req *req, uint16_t id, uint32_t val)
{
	req_put(req, id, &val, sizeof(val));
}

void req_str(struct req *req, uint16_t id, const char *val)
{
	req_put(req, id, val, strlen(val) + 1);
}

void req_mac(struct req *req, uint16_t id, const uint8_t mac[6])
{
	req_put(req, id, mac, 6);
}

void req_u64(struct req *req, uint16_t id, uint64_t val)
{
	req_put(req, id, &val, sizeof(val));
}

void req_ip(struct req *req, uint16_t id, const struct ip *ip)
{
	req_put(req, id, ip->addr, ip->len);
}

bool req_has(const struct req *req, uint16_t id)
{
	struct obj obj;

	obj_parse(&obj, req->set, req->buf, req->len);
	return obj_has(&obj, id);
}

uint16_t req_attr_at(const struct req *req, size_t offset)
{
	const struct nlattr *nla;

	for (nla = first(req->buf, req->len); nla; nla = next(nla, req->buf, req->len)) {
		if ((size_t)((const char *)nla - req->buf) == offset)
			return nla->nla_type & NLA_TYPE_MASK;
	}
	return 0;
}

const char *req_attr_name(const struct req *req, size_t offset)
{
	const uint16_t id = req_attr_at(req, offset);

	return id ? req->set->attr[id].name : NULL;
}
