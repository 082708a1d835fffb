// SPDX-License-Identifier: GPL-2.0
/*
 * jrow: pick values out of JSON, as a shell wants them.
 *
 * jrow [-c | -s | -S] [-e KEY] [KEY=VALUE | KEY!=VALUE]... [KEY]... < JSON
 *
 * Objects are rows, an array is as many rows as it has elements, and there may
 * be any number of either. Prints for each row that meets all conditions the
 * values of the KEYs, separated by spaces, "null" for one that isn't there. KEY
 * may be a path, "linkinfo.info_kind"; the elements of a nested array are
 * numbered. -e KEY makes a row of each element of the array KEY, with the
 * object's own values in it, too; an object without elements makes none.
 *
 * -c prints the number of rows instead, -s the sum of the first KEY, -S sorts.
 * (jq can do all this, but takes a second to start on an emulated machine.)
 */
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VALUES_MAX	512
#define ARGS_MAX	32

struct value {
	char path[300];
	char *text;
};

static struct value values[VALUES_MAX];
static unsigned int n_values;
static const char *conditions[ARGS_MAX], *keys[ARGS_MAX], *expand;
static unsigned int n_conditions, n_keys;
static bool counting, summing, sorting;
static unsigned long long n_rows, sum;
static char **lines;
static size_t n_lines;
static char *at;

static void skip_space(void)
{
	while (isspace((unsigned char)*at))
		at++;
}

static char next(void)
{
	skip_space();
	return *at;
}

static void want(char c)
{
	if (next() != c)
		errx(2, "bad JSON: no '%c' at '%.40s'", c, at);
	at++;
}

/* In place; escapes lose their backslash, which is enough for what we read. */
static char *string(void)
{
	char *out, *start;

	want('"');
	for (start = out = at; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
		*out++ = *at;
	}
	want('"');
	*out = 0;
	return start;
}

static void add(const char *path, char *text)
{
	if (n_values == VALUES_MAX)
		errx(2, "too many values in one object");
	snprintf(values[n_values].path, sizeof(values[n_values].path), "%s", path);
	values[n_values++].text = text;
}

static const char *get(const char *path)
{
	unsigned int i;

	for (i = n_values; i-- > 0; )
		if (!strcmp(values[i].path, path))
			return values[i].text;
	return "null";
}

static bool meets(const char *condition)
{
	const char *eq = strchr(condition, '=');
	bool negate = eq > condition && eq[-1] == '!';
	char path[300];

	snprintf(path, sizeof(path), "%.*s", (int)(eq - condition - negate), condition);
	return !strcmp(get(path), eq + 1) != negate;
}

static void row(void)
{
	char line[4096];
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < n_conditions; i++)
		if (!meets(conditions[i]))
			return;
	n_rows++;
	if (summing)
		sum += strtoull(get(keys[0]), NULL, 10);
	if (counting || summing)
		return;
	line[0] = 0;
	for (i = 0; i < n_keys; i++)
		len += snprintf(line + len, sizeof(line) - len, "%s%s", i ? " " : "", get(keys[i]));
	if (!sorting) {
		puts(line);
		return;
	}
	lines = realloc(lines, (n_lines + 1) * sizeof(*lines));
	lines[n_lines++] = strdup(line);
}

static void value(const char *path);

static void object(const char *prefix)
{
	char path[256];
	const char *key;

	want('{');
	while (next() != '}') {
		key = string();
		snprintf(path, sizeof(path), "%s%s%s", prefix, *prefix ? "." : "", key);
		want(':');
		value(path);
		if (next() == ',')
			at++;
	}
	at++;
}

static void array(const char *prefix)
{
	unsigned int i = 0;
	char path[256];

	want('[');
	while (next() != ']') {
		snprintf(path, sizeof(path), "%s.%u", prefix, i++);
		value(path);
		if (next() == ',')
			at++;
	}
	at++;
}

static char *word(void)
{
	char *start = at;
	size_t len = strcspn(at, ",]} \t\r\n");

	if (!len)
		errx(2, "bad JSON: '%.40s'", at);
	at += len;
	return strndup(start, len);
}

static void value(const char *path)
{
	switch (next()) {
	case '{':
		return object(path);
	case '[':
		return array(path);
	case '"':
		return add(path, string());
	default:
		return add(path, word());
	}
}

/* The elements of the array to expand are told by their numbered paths. */
static void rows_of_elements(void)
{
	unsigned int own = n_values, i, j;
	char prefix[160], path[300];
	size_t len;

	for (i = 0; ; i++) {
		bool any = false;

		len = snprintf(prefix, sizeof(prefix), "%s.%u.", expand, i);
		for (j = 0; j < own; j++) {
			if (strncmp(values[j].path, prefix, len))
				continue;
			snprintf(path, sizeof(path), "%s.%s", expand, values[j].path + len);
			add(path, values[j].text);
			any = true;
		}
		if (!any)
			return;
		row();
		n_values = own;
	}
}

static void document(void)
{
	if (next() == '[') {
		at++;
		while (next() != ']') {
			document();
			if (next() == ',')
				at++;
		}
		at++;
		return;
	}
	n_values = 0;
	object("");
	if (expand)
		rows_of_elements();
	else
		row();
}

static char *read_all(void)
{
	size_t size = 1 << 16, len = 0, n;
	char *buf = malloc(size);

	while ((n = fread(buf + len, 1, size - len - 1, stdin)) > 0) {
		len += n;
		if (size - len < 2)
			buf = realloc(buf, size *= 2);
	}
	buf[len] = 0;
	return buf;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char * const *)a, *(char * const *)b);
}

int main(int argc, char **argv)
{
	size_t i;
	int opt;

	while ((opt = getopt(argc, argv, "+csSe:")) > 0) {
		switch (opt) {
		case 'c': counting = true; break;
		case 's': summing = true; break;
		case 'S': sorting = true; break;
		case 'e': expand = optarg; break;
		default: errx(2, "usage: jrow [-c | -s | -S] [-e KEY] [KEY=VALUE | KEY!=VALUE]... [KEY]...");
		}
	}
	for (; optind < argc; optind++) {
		if (n_conditions == ARGS_MAX || n_keys == ARGS_MAX)
			errx(2, "too many words");
		if (strchr(argv[optind], '='))
			conditions[n_conditions++] = argv[optind];
		else
			keys[n_keys++] = argv[optind];
	}
	if (summing && !n_keys)
		errx(2, "the sum of what?");

	for (at = read_all(); next(); )
		document();
	if (sorting)
		qsort(lines, n_lines, sizeof(*lines), compare);
	for (i = 0; i < n_lines; i++)
		puts(lines[i]);
	if (counting)
		printf("%llu\n", n_rows);
	if (summing)
		printf("%llu\n", sum);
	return 0;
}
