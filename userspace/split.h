/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of a line. Space separates them; a word in double quotes may have space in it, and \",
 * \\, and \xHH for a byte. A # where a word would begin starts a comment.
 */
#ifndef CVS_SPLIT_H
#define CVS_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#define SPLIT_MAX	1024	/* words of a line */

struct split {
	char *words[SPLIT_MAX];
	size_t column[SPLIT_MAX + 1];	/* from 0; the last is where the line ends */
	int count;
	const char *wrong;	/* a sentence about the place at column[count]; or NULL */
	char *buf;
	size_t room;
};

/* Return: false if there is something wrong. The words live until the next line is split. */
bool split_line(struct split *split, const char *text, size_t len);
void split_free(struct split *split);

/* Writes a word as split_line() reads it: in quotes where it needs them, or always. */
size_t split_quote(char *buf, size_t size, size_t len, const char *word, bool always);

#endif
