// SPDX-License-Identifier: GPL-2.0
#include "out.h"

#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "device.h"

#define COLUMNS_MAX	24
#define BOLD		"\033[1m"
#define RESET		"\033[0m"

bool out_json, out_pretty, out_colour;

static const char *const paints[] = {
	[PAINT_PLAIN] = "",
	[PAINT_GOOD] = "\033[32m",
	[PAINT_BAD] = "\033[31m",
	[PAINT_DIM] = "\033[2m",
};

static bool array_open;		/* and its first item is still to come */

static void put_painted(const char *text, const char *paint)
{
	bool painted = out_colour && *paint;

	printf("%s%s%s", painted ? paint : "", text, painted ? RESET : "");
}

static void measure(const struct view *view, const void *row, size_t *width)
{
	char cell[CELL_MAX];
	size_t c;

	for (c = 0; c < view->count; c++) {
		*cell = '\0';
		view->column[c].cell(row, cell, sizeof(cell));
		if (strlen(cell) > width[c])
			width[c] = strlen(cell);
	}
}

static void capitals(char *buf, size_t size, const char *text)
{
	size_t i;

	for (i = 0; i < size - 1 && text[i]; i++)
		buf[i] = toupper((unsigned char)text[i]);
	buf[i] = '\0';
}

/* Prints a row, or the titles if it is NULL; columns of width 0 are hidden. */
static void put_row(const struct view *view, const void *row, const size_t *width)
{
	const char *gap = view->indent;
	char cell[CELL_MAX];
	int owed = 0;		/* spaces that only come if something follows them */
	size_t c;

	for (c = 0; c < view->count; c++) {
		const struct column *column = &view->column[c];
		const char *paint = BOLD;
		int pad;

		if (!width[c])
			continue;
		*cell = '\0';
		if (row)
			paint = paints[column->cell(row, cell, sizeof(cell))];
		else
			capitals(cell, sizeof(cell), column->title);
		pad = width[c] - strlen(cell);
		if (*cell) {
			printf("%*s%s%*s", owed, "", gap, column->right ? pad : 0, "");
			put_painted(cell, paint);
			owed = column->right ? 0 : pad;
		} else {
			owed += strlen(gap) + pad;
		}
		gap = "  ";
	}
	fputc('\n', stdout);
}

void out_table(const struct view *view, const void *(*row)(const void *rows, size_t i),
	       const void *rows, size_t count)
{
	size_t width[COLUMNS_MAX] = { 0 }, i, c;

	assert(view->count <= COLUMNS_MAX);
	if (!count)
		return;
	for (i = 0; i < count; i++)
		measure(view, row(rows, i), width);
	for (c = 0; c < view->count; c++) {
		if (width[c] && strlen(view->column[c].title) > width[c])
			width[c] = strlen(view->column[c].title);
	}
	put_row(view, NULL, width);
	for (i = 0; i < count; i++)
		put_row(view, row(rows, i), width);
}

void out_record(const struct view *view, const void *row)
{
	char cell[CELL_MAX];
	size_t width = 0, c;

	for (c = 0; c < view->count; c++) {
		if (strlen(view->column[c].title) > width)
			width = strlen(view->column[c].title);
	}
	for (c = 0; c < view->count; c++) {
		enum paint paint;

		*cell = '\0';
		paint = view->column[c].cell(row, cell, sizeof(cell));
		if (!*cell)
			continue;
		printf("%s%-*s  ", view->indent, (int)width, view->column[c].title);
		put_painted(cell, paints[paint]);
		fputc('\n', stdout);
	}
}

const void *out_table_row(const void *table, size_t i)
{
	static struct obj obj;

	table_get(table, i, &obj);
	return &obj;
}

void out_heading(const char *fmt, ...)
{
	va_list ap;

	fputs(out_colour ? BOLD : "", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	fputs(out_colour ? RESET "\n" : "\n", stdout);
}

json_t *out_text(const char *text)
{
	json_t *json = json_string(text);
	char *plain = json ? NULL : strdup(text);
	char *pos;

	for (pos = plain; pos && *pos; pos++) {
		if (!isascii(*pos))
			*pos = '?';
	}
	if (plain)
		json = json_string(plain);
	free(plain);
	return json;
}

static json_t *json_nests(const struct obj *obj, uint16_t id, const struct attr_set *set)
{
	const struct nlattr *pos = NULL;
	json_t *list = json_array();
	struct obj nest;

	while (obj_next_nest(obj, id, &pos, set, &nest))
		json_array_append_new(list, out_obj(&nest));
	return list;
}

static json_t *json_nest(const struct obj *obj, uint16_t id)
{
	const struct nlattr *pos = NULL;
	struct obj nest;

	obj_next_nest(obj, id, &pos, obj->set->attr[id].nested, &nest);
	return out_obj(&nest);
}

static json_t *json_flags(const struct obj *obj, uint16_t id)
{
	const struct words *words = obj->set->attr[id].words;
	json_t *list = json_array();
	uint32_t i;

	for (i = 0; i < words->count; i++) {
		if (obj_u32(obj, id) & 1u << i)
			json_array_append_new(list, json_string(words->word[i].name));
	}
	return list;
}

static json_t *json_bytes(const struct obj *obj, uint16_t id)
{
	size_t len, i;
	const uint8_t *bytes = obj_bytes(obj, id, &len);
	char *text = malloc(2 * len + 1);
	json_t *json;

	if (!text)
		return NULL;
	for (i = 0; i < len; i++)
		sprintf(text + 2 * i, "%02x", bytes[i]);
	text[2 * len] = '\0';
	json = json_string(text);
	free(text);
	return json;
}

static json_t *json_attr(const struct obj *obj, uint16_t id)
{
	char text[INET6_ADDRSTRLEN];
	struct ip ip;

	switch (obj->set->attr[id].type) {
	case ATTR_BOOL:
		return json_boolean(obj_u32(obj, id));
	case ATTR_WORD:
		return json_string(obj_word(obj, id)->name);
	case ATTR_DEVICE:
		return obj_u32(obj, id) ? out_text(device_name(obj_u32(obj, id))) : json_null();
	case ATTR_ETHERTYPE:
		snprintf(text, sizeof(text), "0x%04x", obj_u32(obj, id));
		return json_string(text);
	case ATTR_MAC:
		return json_string(out_mac(text, sizeof(text), obj_mac(obj, id)));
	case ATTR_IP:
		ip = obj_ip(obj, id);
		return json_string(out_ip(text, sizeof(text), &ip));
	case ATTR_HEX:		/* JSON's integers end at 2^63, and with many readers earlier */
		return json_string(out_setting(text, sizeof(text), obj, id));
	case ATTR_DSCP:
		if (obj_u32(obj, id) == CVSWITCH_DSCP_INHERIT)
			return json_string("inherit");
		return json_integer(obj_u32(obj, id));
	case ATTR_STRING:
		return out_text(obj_str(obj, id));
	case ATTR_DROPS:
		return json_nests(obj, id, &drop_count_attrs);
	case ATTR_BINDINGS:
	case ATTR_NESTS:
		return json_nests(obj, id, obj->set->attr[id].nested);
	case ATTR_NEST:
		return json_nest(obj, id);
	case ATTR_FLAGS:
		return json_flags(obj, id);
	case ATTR_BYTES:
		return json_bytes(obj, id);
	case ATTR_U64:
		return json_integer(obj_u64(obj, id));
	default:
		return json_integer(obj_u32(obj, id));
	}
}

json_t *out_obj(const struct obj *obj)
{
	json_t *json = json_object();
	uint16_t id;

	for (id = 1; id < obj->set->count; id++) {
		const struct attr *attr = &obj->set->attr[id];
		char key[64];

		if (!obj_has(obj, id)) {
			/* No reason is no drop, which is an empty list; so is no binding. */
			if (attr->type == ATTR_DROPS || attr->type == ATTR_BINDINGS)
				json_object_set_new(json, attr->name, json_array());
			continue;
		}
		json_object_set_new(json, attr->name, json_attr(obj, id));
		if (attr->type != ATTR_DEVICE)
			continue;
		snprintf(key, sizeof(key), "%s-ifindex", attr->name);
		json_object_set_new(json, key, json_integer(obj_u32(obj, id)));
	}
	return json;
}

static void dump(json_t *json)
{
	json_dumpf(json, stdout, out_pretty ? JSON_INDENT(2) : JSON_COMPACT);
	json_decref(json);
}

void out_document(json_t *json)
{
	dump(json);
	fputc('\n', stdout);
}

void out_array_begin(void)
{
	array_open = true;
	fputs("[", stdout);
}

void out_array_item(json_t *json)
{
	fputs(array_open ? "\n" : ",\n", stdout);
	array_open = false;
	dump(json);
}

void out_array_end(void)
{
	fputs(array_open ? "]\n" : "\n]\n", stdout);
}

void out_array_items(const struct table *table)
{
	size_t i;

	for (i = 0; i < table->count; i++)
		out_array_item(out_obj(out_table_row(table, i)));
}

void out_objects(const struct table *table)
{
	out_array_begin();
	out_array_items(table);
	out_array_end();
}

char *out_count(char *buf, size_t size, uint64_t count)
{
	char digits[24];
	size_t len, i, at = 0;

	len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)count);
	for (i = 0; i < len && at + 2 < size; i++) {
		if (i && (len - i) % 3 == 0)
			buf[at++] = ',';
		buf[at++] = digits[i];
	}
	buf[at] = '\0';
	return buf;
}

char *out_seconds(char *buf, size_t size, uint32_t seconds)
{
	static const struct {
		uint32_t seconds;
		char name;
	} units[] = { { 86400, 'd' }, { 3600, 'h' }, { 60, 'm' }, { 1, 's' } };
	uint32_t rest;
	size_t i;

	/* The largest unit that there is one of, and the rest in the next one. */
	for (i = 0; i < ARRAY_SIZE(units) - 1 && seconds < units[i].seconds; i++)
		;
	rest = i < ARRAY_SIZE(units) - 1 ? seconds % units[i].seconds / units[i + 1].seconds : 0;
	if (rest)
		snprintf(buf, size, "%u%c%02u%c", seconds / units[i].seconds, units[i].name, rest,
			 units[i + 1].name);
	else
		snprintf(buf, size, "%u%c", seconds / units[i].seconds, units[i].name);
	return buf;
}

char *out_ip(char *buf, size_t size, const struct ip *ip)
{
	*buf = '\0';
	if (ip->len)
		inet_ntop(ip->len == 4 ? AF_INET : AF_INET6, ip->addr, buf, size);
	return buf;
}

static char *ip_setting(char *buf, size_t size, const struct obj *obj, uint16_t id)
{
	const struct ip ip = obj_ip(obj, id);

	return out_ip(buf, size, &ip);
}

char *out_setting(char *buf, size_t size, const struct obj *obj, uint16_t id)
{
	const struct attr *attr = &obj->set->attr[id];
	uint32_t val;

	if (attr->type == ATTR_IP)
		return ip_setting(buf, size, obj, id);
	if (attr->type == ATTR_STRING) {
		snprintf(buf, size, "%s", *obj_str(obj, id) || !attr->zero ? obj_str(obj, id) :
			 attr->zero);
		return buf;
	}
	val = obj_u32(obj, id);
	if (attr->type == ATTR_HEX)
		snprintf(buf, size, "0x%llx", (unsigned long long)obj_u64(obj, id));
	else if (attr->zero && !val)
		snprintf(buf, size, "%s", attr->zero);
	else if (attr->type == ATTR_BOOL)
		snprintf(buf, size, "%s", val ? "on" : "off");
	else if (attr->type == ATTR_WORD)
		snprintf(buf, size, "%s", obj_word(obj, id)->name);
	else if (attr->type == ATTR_DEVICE)
		snprintf(buf, size, "%s", device_name(val));
	else if (attr->type == ATTR_PORTS)
		snprintf(buf, size, "%u-%u", val, obj_u32(obj, id + 1));
	else if (attr->type == ATTR_DSCP && val == CVSWITCH_DSCP_INHERIT)
		snprintf(buf, size, "inherit");
	else
		snprintf(buf, size, "%u", val);
	return buf;
}

char *out_mac(char *buf, size_t size, const uint8_t mac[6])
{
	snprintf(buf, size, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
		 mac[4], mac[5]);
	return buf;
}

const char *out_plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}
