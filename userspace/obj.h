/* SPDX-License-Identifier: GPL-2.0 */
/* Requests as they go to the kernel and objects as they come from it: attributes in a row. */
#ifndef CVS_OBJ_H
#define CVS_OBJ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

#include "attrs.h"
#include "util.h"

struct bulk;

/* A view of received attributes; points into memory that somebody else owns. */
struct obj {
	const struct attr_set *set;
	const struct nlattr *attr[ATTRS_MAX];
	const void *buf;
	size_t len;
};

struct req {
	const struct attr_set *set;
	uint8_t cmd;
	uint16_t flags;
	size_t len;
	char buf[1024] __aligned(NLA_ALIGNTO);
	const struct bulk *bulk;	/* what follows; may be NULL, and is somebody else's */
};

/* Ignores attributes that are unknown, or too short for what they are said to hold. */
void obj_parse(struct obj *obj, const struct attr_set *set, const void *buf, size_t len);

/* Visits each of several nests of one kind. Start with *pos = NULL. */
bool obj_next_nest(const struct obj *obj, uint16_t id, const struct nlattr **pos,
		   const struct attr_set *set, struct obj *nest);

/* Absent attributes read as 0, "", 00:00:00:00:00:00 and no address. */
static inline bool obj_has(const struct obj *obj, uint16_t id)
{
	return obj->attr[id];
}

uint32_t obj_u32(const struct obj *obj, uint16_t id);
uint64_t obj_u64(const struct obj *obj, uint16_t id);
const char *obj_str(const struct obj *obj, uint16_t id);
const uint8_t *obj_mac(const struct obj *obj, uint16_t id);
struct ip obj_ip(const struct obj *obj, uint16_t id);
const uint8_t *obj_bytes(const struct obj *obj, uint16_t id, size_t *len);

/* The upper (0) or lower (1) half of an address, to sort by; IPv4 comes before all of IPv6. */
uint64_t obj_ip_half(const struct obj *obj, uint16_t id, int lower);
const struct word *obj_word(const struct obj *obj, uint16_t id);

void req_init(struct req *req, uint8_t cmd, const struct attr_set *set, uint16_t flags);
void req_put(struct req *req, uint16_t id, const void *data, size_t len);
void req_u32(struct req *req, uint16_t id, uint32_t val);
void req_str(struct req *req, uint16_t id, const char *val);
void req_mac(struct req *req, uint16_t id, const uint8_t mac[6]);
void req_u64(struct req *req, uint16_t id, uint64_t val);
void req_ip(struct req *req, uint16_t id, const struct ip *ip);
bool req_has(const struct req *req, uint16_t id);

/* The attribute that lies at an offset of the request's attributes: its number, or 0. */
uint16_t req_attr_at(const struct req *req, size_t offset);

/* Its name, or NULL. */
const char *req_attr_name(const struct req *req, size_t offset);

#endif
