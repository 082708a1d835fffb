// SPDX-License-Identifier: GPL-2.0
#include "source.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "say.h"

static bool read_all(struct source *source, FILE *file)
{
	size_t room = 0, got;
	char *more;

	do {
		if (source->len == room) {
			room = room ? 2 * room : 65536;
			more = realloc(source->text, room);
			if (!more)
				return false;
			source->text = more;
		}
		got = fread(source->text + source->len, 1, room - source->len, file);
		source->len += got;
	} while (got);
	return !ferror(file);
}

/* Some editors put a byte order mark in front. */
static void skip_mark(struct source *source)
{
	if (source->len < 3 || memcmp(source->text, "\xef\xbb\xbf", 3))
		return;
	source->len -= 3;
	memmove(source->text, source->text + 3, source->len);
}

int source_read(struct source *source, const char *name)
{
	const bool from_stdin = !strcmp(name, "-");
	int status = EXIT_DONE;
	FILE *file;

	if (!strcmp(name, BATCH_BLOCK))
		return batch_block(source);
	file = from_stdin ? stdin : fopen(name, "re");
	*source = (struct source){ .name = from_stdin ? "standard input" : name };
	if (!file || !read_all(source, file)) {
		complain_errno(errno, "%s", source->name);
		source_free(source);
		status = EXIT_REFUSED;
	}
	if (file && !from_stdin)
		fclose(file);
	skip_mark(source);
	return status;
}

void source_free(struct source *source)
{
	free(source->text);
	source->text = NULL;
	source->len = 0;
}

bool source_next(const struct source *source, struct line *line)
{
	const char *begin = source->text, *end, *newline;

	if (!source->len)
		return false;
	end = source->text + source->len;
	if (line->number) {
		begin = memchr(line->text + line->len, '\n', end - line->text - line->len);
		if (!begin || ++begin == end)
			return false;
	}
	line->text = begin;
	newline = memchr(line->text, '\n', end - line->text);
	line->len = (newline ? newline : end) - line->text;
	/* As Windows ends lines. */
	if (newline && line->len && newline[-1] == '\r')
		line->len--;
	line->number++;
	return true;
}

bool source_find(const struct source *source, unsigned long number, struct line *line)
{
	line->number = 0;
	while (source_next(source, line)) {
		if (line->number == number)
			return true;
	}
	return false;
}

void source_complain(const struct source *source, const struct line *line, size_t column,
		     const char *fmt, ...)
{
	char sentence[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	/* Of lines in a file of commands, the place is that of the complaint. */
	if (source->block)
		complain_at(source->before + line->number, column + 1, sentence);
	else
		complain("%s:%lu:%zu: %s", source->name, line->number, column + 1, sentence);
	say_line(line->text, line->len, column);
}
