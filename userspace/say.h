/* SPDX-License-Identifier: GPL-2.0 */
/* Complaints and warnings, on stderr, in one form. */
#ifndef CVS_SAY_H
#define CVS_SAY_H

#include <stdbool.h>
#include <stddef.h>

#include "util.h"

enum {
	EXIT_DONE,
	EXIT_REFUSED,		/* by the kernel or the system */
	EXIT_USAGE,
};

/* Names the line of a batch file that complaints are about; NULL is none. */
void say_place(const char *file, unsigned long line);

/* Flushes what was printed. Return: false if it, or some before, can't be written. */
bool say_flush(void);

/* Closes standard output. Return: 0, or the first error in writing to it. */
int say_close(void);

void complain(const char *fmt, ...) __printf(1, 2);

/* As complain(), about a place in another line of the batch file. */
void complain_at(unsigned long line, size_t column, const char *sentence);

/* Shows a line that was complained about, and a caret below a column of it, from 0 on. */
void say_line(const char *text, size_t len, size_t column);

/* Appends the error's text and name, as in "…: No such device (ENODEV)". */
void complain_errno(int error, const char *fmt, ...) __printf(2, 3);

#endif
