/* SPDX-License-Identifier: GPL-2.0 */
/* A file that says what a command can't: read at once, so that complaints can show its lines. */
#ifndef CVS_SOURCE_H
#define CVS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "util.h"

struct source {
	const char *name;	/* in complaints */
	char *text;
	size_t len;
	unsigned long before;	/* lines of the file that are not in the text */
	bool block;		/* lines of a file of commands, see batch_block() */
};

struct line {
	const char *text;	/* not terminated */
	size_t len;
	unsigned long number;	/* from 1, in the text; start with 0 */
};

/*
 * Reads a file, "-" is standard input and "{" the lines that follow in a file of commands;
 * complains if that fails.
 */
int source_read(struct source *source, const char *name);
void source_free(struct source *source);

bool source_next(const struct source *source, struct line *line);
bool source_find(const struct source *source, unsigned long number, struct line *line);

/* Complains about a place in a line, from column 0 on, and shows it. */
void source_complain(const struct source *source, const struct line *line, size_t column,
		     const char *fmt, ...) __printf(4, 5);

#endif
