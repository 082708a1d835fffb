// SPDX-License-Identifier: GPL-2.0
#include "settings.h"

#include <string.h>

#include "bindings.h"
#include "out.h"
#include "split.h"
#include "text.h"

/* Writes the value of a setting. Return: false if it is as by default, or not there. */
static bool value_of(char *buf, size_t size, const struct settings *settings,
		     const struct setting *setting, const struct obj *obj)
{
	const char *dflt = settings->dflt ? settings->dflt(obj, setting) : setting->dflt;

	return obj_has(obj, setting->id) &&
	       strcmp(out_setting(buf, size, obj, setting->id), dflt);
}

static bool is_bindings(const struct obj *obj, const struct setting *setting)
{
	return obj->set->attr[setting->id].type == ATTR_BINDINGS;
}

size_t settings_list(char *buf, size_t size, const struct settings *settings,
		     const struct obj *obj)
{
	const struct setting *setting;
	size_t len = 0, i;
	char text[64];

	for (i = 0; i < settings->count; i++) {
		setting = &settings->setting[i];
		if (is_bindings(obj, setting))
			len = bindings_append(buf, size, len, obj);
		else if (value_of(text, sizeof(text), settings, setting, obj))
			len = text_append(buf, size, len, "%s%s %s", len ? ", " : "",
					  obj->set->attr[setting->id].arg, text);
	}
	return len;
}

size_t settings_words(char *buf, size_t size, size_t len, const struct settings *settings,
		      const struct obj *obj)
{
	const struct setting *setting;
	char text[64];
	size_t i;

	buf[len] = '\0';
	for (i = 0; i < settings->count; i++) {
		setting = &settings->setting[i];
		if (is_bindings(obj, setting)) {
			len = bindings_words(buf, size, len, obj);
		} else if (value_of(text, sizeof(text), settings, setting, obj)) {
			len = text_append(buf, size, len, " %s ",
					  obj->set->attr[setting->id].arg);
			len = split_quote(buf, size, len, text, false);
		}
	}
	return len;
}
