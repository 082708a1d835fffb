/* SPDX-License-Identifier: GPL-2.0 */
/* What goes to stdout: tables for people, or JSON for programs. */
#ifndef CVS_OUT_H
#define CVS_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "obj.h"
#include "table.h"
#include "util.h"

#define CELL_MAX 2048	/* a rule is that long */

enum paint {
	PAINT_PLAIN,
	PAINT_GOOD,
	PAINT_BAD,
	PAINT_DIM,
};

/* Writes one cell of a row; an empty cell in every row hides its column. */
typedef enum paint (*cell_fn)(const void *row, char *cell, size_t size);

struct column {
	const char *title;
	cell_fn cell;
	bool right;
};

struct view {
	const struct column *column;
	size_t count;
	const char *indent;
};

#define VIEW(columns, indent) { columns, ARRAY_SIZE(columns), indent }

extern bool out_json, out_pretty, out_colour;

/* Rows are asked for twice: row(rows, i) points to row i until it is asked for another. */
void out_table(const struct view *view, const void *(*row)(const void *rows, size_t i),
	       const void *rows, size_t count);

/* One row, standing upright: title and cell in each line. */
void out_record(const struct view *view, const void *row);

/* For out_table(): rows are the objects of a struct table. */
const void *out_table_row(const void *table, size_t i);

void out_heading(const char *fmt, ...) __printf(1, 2);

/* Objects as documented in cvswitch-ctl(8). */
json_t *out_obj(const struct obj *obj);

/* A device's name may be any bytes, JSON is UTF-8: what isn't reads as ASCII and "?". */
json_t *out_text(const char *text);

/* Prints a document, and frees it. */
void out_document(json_t *json);

/* A document that is one long array. */
void out_array_begin(void);
void out_array_item(json_t *json);
void out_array_items(const struct table *table);
void out_array_end(void);
void out_objects(const struct table *table);	/* begin, items, end */

/* Text for cells; each returns `buf`. */
char *out_count(char *buf, size_t size, uint64_t count);	/* 12,345 */
char *out_seconds(char *buf, size_t size, uint32_t seconds);	/* 3m20s */
char *out_ip(char *buf, size_t size, const struct ip *ip);
char *out_mac(char *buf, size_t size, const uint8_t mac[6]);
/* A setting's value as one types it. */
char *out_setting(char *buf, size_t size, const struct obj *obj, uint16_t id);
const char *out_plural(uint64_t count);				/* "s", or "" for one */

#endif
