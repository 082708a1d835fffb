/* SPDX-License-Identifier: GPL-2.0 */
/* Text that is put together piece by piece. */
#ifndef CVS_TEXT_H
#define CVS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "util.h"

/*
 * Writes behind the first `len` characters of a buffer. What doesn't fit is cut off.
 * Return: how many characters there are now, always less than `size`.
 */
size_t text_append(char *buf, size_t size, size_t len, const char *fmt, ...)
	__printf(4, 5);

/* Whether it can be a string of JSON. */
bool text_is_utf8(const char *text);

#endif
