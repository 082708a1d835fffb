// SPDX-License-Identifier: GPL-2.0
#include "bulk.h"

#include <stdlib.h>
#include <string.h>

#include "say.h"

void bulk_init(struct bulk *bulk, uint16_t id)
{
	*bulk = (struct bulk){ .id = id };
}

void bulk_free(struct bulk *bulk)
{
	free(bulk->buf);
	free(bulk->item);
	bulk_init(bulk, bulk->id);
}

static bool make_room(struct bulk *bulk, size_t more)
{
	void *mem;

	if (bulk->len + more > bulk->room) {
		mem = realloc(bulk->buf, 2 * bulk->room + more);
		if (!mem)
			return false;
		bulk->buf = mem;
		bulk->room = 2 * bulk->room + more;
	}
	if (bulk->count == bulk->slots) {
		mem = reallocarray(bulk->item, 2 * bulk->slots + 1, sizeof(*bulk->item));
		if (!mem)
			return false;
		bulk->item = mem;
		bulk->slots = 2 * bulk->slots + 1;
	}
	return true;
}

int bulk_add(struct bulk *bulk, const struct req *nest, unsigned long line, size_t word)
{
	const struct nlattr nla = {
		.nla_len = NLA_HDRLEN + nest->len,
		.nla_type = bulk->id | NLA_F_NESTED,
	};

	/* A request's attributes are aligned, and so is their sum. */
	if (!make_room(bulk, nla.nla_len)) {
		complain("no memory for a request of %zu parts", bulk->count + 1);
		return EXIT_REFUSED;
	}
	bulk->item[bulk->count++] = (struct bulk_item){ bulk->len, line, word };
	memcpy(bulk->buf + bulk->len, &nla, sizeof(nla));
	memcpy(bulk->buf + bulk->len + NLA_HDRLEN, nest->buf, nest->len);
	bulk->len += nla.nla_len;
	return EXIT_DONE;
}

static size_t item_end(const struct bulk *bulk, size_t i)
{
	return i + 1 < bulk->count ? bulk->item[i + 1].start : bulk->len;
}

void bulk_get(const struct bulk *bulk, size_t i, const struct attr_set *set, struct obj *obj)
{
	const size_t start = bulk->item[i].start + NLA_HDRLEN;

	obj_parse(obj, set, bulk->buf + start, item_end(bulk, i) - start);
}

long bulk_find(const struct bulk *bulk, size_t offset, size_t *inside)
{
	size_t low = 0, high = bulk->count;

	if (offset >= bulk->len)
		return -1;
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (bulk->item[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	*inside = offset < bulk->item[low].start + NLA_HDRLEN ? SIZE_MAX :
		  offset - bulk->item[low].start - NLA_HDRLEN;
	return low;
}
