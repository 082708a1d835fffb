/* SPDX-License-Identifier: GPL-2.0 */
/* Settings of an object as one types them, as far as they are not as by default. */
#ifndef CVS_SETTINGS_H
#define CVS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "obj.h"

struct setting {
	uint16_t id;
	const char *dflt;	/* as one types it */
};

struct settings {
	const struct setting *setting;
	size_t count;
	/* The default of a setting in an object; NULL if it is the same in all of them. */
	const char *(*dflt)(const struct obj *obj, const struct setting *setting);
};

#define SETTINGS_OF(array, dflt) { array, ARRAY_SIZE(array), dflt }

/* "ttl 3, df set". Return: as text_append(). */
size_t settings_list(char *buf, size_t size, const struct settings *settings,
		     const struct obj *obj);

/* The same as words behind a command: each has space in front. */
size_t settings_words(char *buf, size_t size, size_t len, const struct settings *settings,
		      const struct obj *obj);

#endif
