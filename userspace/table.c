// SPDX-License-Identifier: GPL-2.0
#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void table_init(struct table *table, const struct attr_set *set)
{
	memset(table, 0, sizeof(*table));
	table->set = set;
}

void table_clear(struct table *table)
{
	table->len = 0;
	table->count = 0;
}

void table_free(struct table *table)
{
	free(table->buf);
	free(table->start);
	table_init(table, table->set);
}

/* Makes room for at least `want` elements by doubling. */
static int grow(void **mem, size_t *room, size_t want, size_t size)
{
	size_t more = *room ? *room : 1024;
	void *new;

	if (want <= *room)
		return 0;
	while (more < want)
		more *= 2;
	new = reallocarray(*mem, more, size);
	if (!new)
		return -ENOMEM;
	*mem = new;
	*room = more;
	return 0;
}

int table_add(struct table *table, const void *attrs, size_t len)
{
	const uint32_t head = len;
	void *buf = table->buf, *start = table->start;
	int err;

	err = grow(&buf, &table->room, table->len + sizeof(head) + NLA_ALIGN(len), 1);
	table->buf = buf;
	if (!err)
		err = grow(&start, &table->slots, table->count + 1, sizeof(*table->start));
	table->start = start;
	if (err)
		return err;
	table->start[table->count++] = table->len;
	memcpy(table->buf + table->len, &head, sizeof(head));
	memcpy(table->buf + table->len + sizeof(head), attrs, len);
	table->len += sizeof(head) + NLA_ALIGN(len);
	return 0;
}

void table_get(const struct table *table, size_t i, struct obj *obj)
{
	const char *at = table->buf + table->start[i];
	uint32_t len;

	memcpy(&len, at, sizeof(len));
	obj_parse(obj, table->set, at + sizeof(len), len);
}

struct place {
	uint64_t key;
	size_t start;
	size_t i;		/* before it was sorted */
};

static int compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
	return left->i < right->i ? -1 : left->i > right->i;
}

int table_sort(struct table *table, uint64_t (*key)(const struct obj *obj))
{
	struct place *places;
	struct obj obj;
	size_t i;

	places = reallocarray(NULL, table->count + 1, sizeof(*places));
	if (!places)
		return -ENOMEM;
	for (i = 0; i < table->count; i++) {
		table_get(table, i, &obj);
		places[i] = (struct place){ key(&obj), table->start[i], i };
	}
	qsort(places, table->count, sizeof(*places), compare);
	for (i = 0; i < table->count; i++)
		table->start[i] = places[i].start;
	free(places);
	return 0;
}

bool table_find(const struct table *table, uint64_t (*key)(const struct obj *obj),
		uint64_t wanted, struct obj *obj)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t found;

		table_get(table, middle, obj);
		found = key(obj);
		if (found == wanted)
			return true;
		if (found < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
