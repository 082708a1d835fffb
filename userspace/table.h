/* SPDX-License-Identifier: GPL-2.0 */
/* The objects of a dump, kept as they came: a million of them fit into memory. */
#ifndef CVS_TABLE_H
#define CVS_TABLE_H

#include "obj.h"

struct table {
	const struct attr_set *set;
	char *buf;
	size_t len, room;
	size_t *start;		/* of each object in buf, with its length before it */
	size_t count, slots;
};

void table_init(struct table *table, const struct attr_set *set);
void table_clear(struct table *table);
void table_free(struct table *table);

/* Return: 0 or -ENOMEM. */
int table_add(struct table *table, const void *attrs, size_t len);

void table_get(const struct table *table, size_t i, struct obj *obj);

/* An object of a table that was sorted by this key. Return: false if there is none. */
bool table_find(const struct table *table, uint64_t (*key)(const struct obj *obj),
		uint64_t wanted, struct obj *obj);

/* Ascending; equal keys stay in their order. Return: 0 or -ENOMEM. */
int table_sort(struct table *table, uint64_t (*key)(const struct obj *obj));

#endif
