/* SPDX-License-Identifier: GPL-2.0 */
/* Many nests that make one request: as many as a file has lines. */
#ifndef CVS_BULK_H
#define CVS_BULK_H

#include "obj.h"

struct bulk {
	uint16_t id;		/* of each nest */
	char *buf;
	size_t len, room;
	struct bulk_item *item;
	size_t count, slots;
};

struct bulk_item {
	size_t start;		/* in buf */
	unsigned long line;	/* of a file, or a number as there; 0 is none */
	size_t word;		/* where in it: of a line the column, from 0 */
};

void bulk_init(struct bulk *bulk, uint16_t id);
void bulk_free(struct bulk *bulk);

/* Adds a request's attributes as a nest; complains if there is no memory. */
int bulk_add(struct bulk *bulk, const struct req *nest, unsigned long line, size_t word);

/* The attributes of a nest. */
void bulk_get(const struct bulk *bulk, size_t i, const struct attr_set *set, struct obj *obj);

/*
 * The nest that an offset lies in. What of it: `inside` is the offset in its attributes, or
 * SIZE_MAX if the nest itself is meant. Return: its number, or -1.
 */
long bulk_find(const struct bulk *bulk, size_t offset, size_t *inside);

#endif
