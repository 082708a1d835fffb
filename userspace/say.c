// SPDX-License-Identifier: GPL-2.0
#include "say.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *place_file;
static unsigned long place_line;

void say_place(const char *file, unsigned long line)
{
	place_file = file;
	place_line = line;
}

static void begin(void)
{
	/* What was printed before comes first where both streams end in one place. */
	fflush(stdout);
	fputs("cvswitch-ctl: ", stderr);
	if (place_file)
		fprintf(stderr, "%s:%lu: ", place_file, place_line);
}

void complain(const char *fmt, ...)
{
	va_list ap;

	begin();
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void say_line(const char *text, size_t len, size_t column)
{
	size_t i;

	/* Neither does a terminal obey what a file holds, nor is the caret moved by it. */
	fputs("  ", stderr);
	for (i = 0; i < len; i++)
		fputc(text[i] == '\t' || !iscntrl((unsigned char)text[i]) ? text[i] : '?', stderr);
	fputs("\n  ", stderr);
	for (i = 0; i < column; i++) {
		if (i < len && text[i] == '\t')
			fputc('\t', stderr);
		else if (i >= len || (text[i] & 0xc0) != 0x80)	/* UTF-8 goes on */
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
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s (%s)\n", strerror(error), name ? name : "unknown error");
}
