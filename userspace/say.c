// SPDX-License-Identifier: GPL-2.0
#include "say.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WINDOW 100	/* bytes of a line that are shown on either side of a place */

static const char *place_file;
static unsigned long place_line;
static int flush_error;

void say_place(const char *file, unsigned long line)
{
	place_file = file;
	place_line = line;
}

/* A terminal doesn't obey what a file or a word holds: control characters, C1's in UTF-8 too. */
static void put_text(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		const bool c1 = text[i] == '\xc2' && i + 1 < len && (text[i + 1] & 0xe0) == 0x80;

		i += c1;
		fputc(c1 || (iscntrl((unsigned char)text[i]) && text[i] != '\t') ? '?' : text[i],
		      stderr);
	}
}

bool say_flush(void)
{
	if (fflush(stdout) && !flush_error)
		flush_error = errno;
	return !flush_error && !ferror(stdout);
}

/* Not the stream: complaints are still to come. */
int say_close(void)
{
	if (!say_flush() && !flush_error)
		flush_error = EIO;
	if (close(STDOUT_FILENO) && !flush_error)
		flush_error = errno;
	return flush_error;
}

static void begin_at(unsigned long line)
{
	/* What was printed before comes first where both streams end in one place. */
	say_flush();
	fputs("cvswitch-ctl: ", stderr);
	if (place_file) {
		put_text(place_file, strlen(place_file));
		fprintf(stderr, ":%lu:", line);
	}
}

static void begin(void)
{
	begin_at(place_line);
	if (place_file)
		fputc(' ', stderr);
}

static void put_sentence(const char *fmt, va_list ap)
{
	static char text[8192];

	vsnprintf(text, sizeof(text), fmt, ap);
	put_text(text, strlen(text));
}

void complain(const char *fmt, ...)
{
	va_list ap;

	begin();
	va_start(ap, fmt);
	put_sentence(fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void complain_at(unsigned long line, size_t column, const char *sentence)
{
	begin_at(line);
	fprintf(stderr, "%zu: ", column);
	put_text(sentence, strlen(sentence));
	fputc('\n', stderr);
}

/* A byte with which a character of UTF-8 goes on. */
static bool is_inside(char byte)
{
	return (byte & 0xc0) == 0x80;
}

void say_line(const char *text, size_t len, size_t column)
{
	size_t first, end, i;

	/* Of a long line what is around the place. */
	first = column > WINDOW ? column - WINDOW : 0;
	end = len > column + WINDOW ? column + WINDOW : len;
	while (first && is_inside(text[first]))
		first--;
	while (end < len && is_inside(text[end]))
		end++;
	fprintf(stderr, "  %s", first ? "..." : "");
	put_text(text + first, end - first);
	fprintf(stderr, "%s\n  %s", end < len ? "..." : "", first ? "   " : "");
	for (i = first; i < column; i++) {
		if (i < len && text[i] == '\t')
			fputc('\t', stderr);
		else if (i >= len || !is_inside(text[i]))
			fputc(' ', stderr);
	}
	fputs("^\n", stderr);
}

void complain_errno(int error, const char *fmt, ...)
{
	const char *name = strerrorname_np(error);
	va_list ap;

	begin();
	va_start(ap, fmt);
	put_sentence(fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s (%s)\n", strerror(error), name ? name : "unknown error");
}
