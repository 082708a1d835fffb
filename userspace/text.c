// SPDX-License-Identifier: GPL-2.0
#include "text.h"

#include <stdarg.h>
#include <stdio.h>

#include <jansson.h>

size_t text_append(char *buf, size_t size, size_t len, const char *fmt, ...)
{
	va_list ap;
	int more;

	va_start(ap, fmt);
	more = vsnprintf(buf + len, size - len, fmt, ap);
	va_end(ap);
	if (more < 0)
		return len;
	return (size_t)more < size - len ? len + more : size - 1;
}

bool text_is_utf8(const char *text)
{
	json_t *json = json_string(text);	/* NULL if it isn't */
	const bool is = json;

	json_decref(json);
	return is;
}
