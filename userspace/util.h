/* SPDX-License-Identifier: GPL-2.0 */
/* The few words of the kernel's C that this tool uses as well. */
#ifndef CVS_UTIL_H
#define CVS_UTIL_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#define IS_ONE_BIT(bits)	((bits) && !((bits) & ((bits) - 1)))

/* What follows a word that is quoted as %.60s. */
#define WORD_REST(word)		(strlen(word) > 60 ? "..." : "")

#define __printf(fmt, first)	__attribute__((format(printf, fmt, first)))
#define __aligned(to)		__attribute__((aligned(to)))

#endif
