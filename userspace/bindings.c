// SPDX-License-Identifier: GPL-2.0
#include "bindings.h"

#include <stdio.h>

#include <linux/cvswitch.h>

#include "bulk.h"
#include "member.h"
#include "say.h"
#include "text.h"

#define BINDINGS_NAMED 4	/* as many fit into a line */

static void contradiction(struct args *args)
{
	complain("%s: unbound takes away what mac and ip would give", args->about);
	args->wrong = true;
}

/* An empty nest stands for none. */
static bool is_unbound(const struct bulk *bindings)
{
	return bindings->len == NLA_HDRLEN;
}

static void add(struct args *args, const struct req *binding)
{
	if (!args->wrong && bulk_add(args->bindings, binding, 0, args->pos - 1))
		args->wrong = true;
}

static void unbind(struct args *args)
{
	struct req none;

	if (args->bindings->count && !is_unbound(args->bindings)) {
		contradiction(args);
	} else if (!args->bindings->count) {
		req_init(&none, 0, &member_attrs, 0);
		add(args, &none);
	}
}

static void bind(struct args *args, const char *what, int type)
{
	const char *word = args_word(args, what), *wrong;
	struct req binding;

	if (args->wrong)
		return;
	wrong = member_parse(word, type, &binding);
	if (wrong) {
		complain("%s: %s: '%s' %s", args->about, what, word, wrong);
		args->wrong = true;
	} else if (is_unbound(args->bindings)) {
		contradiction(args);
	}
	add(args, &binding);
}

bool bindings_if(struct args *args)
{
	if (!args->bindings)
		return false;
	if (args_if(args, "unbound"))
		unbind(args);
	else if (args_if(args, "mac"))
		bind(args, "mac", CVSWITCH_GROUP_TYPE_MAC);
	else if (args_if(args, "ip"))
		bind(args, "ip", CVSWITCH_GROUP_TYPE_IP);
	else
		return false;
	return true;
}

/* Start with *pos = NULL. Return: "mac" or "ip" with the address as text, or NULL. */
static const char *next(const struct obj *port, const struct nlattr **pos, char *text,
			size_t size)
{
	struct obj binding;

	if (!obj_next_nest(port, CVSWITCH_A_PORT_BINDING, pos, &member_attrs, &binding))
		return NULL;
	member_text(text, size, &binding);
	return obj_has(&binding, CVSWITCH_A_MEMBER_MAC) ? "mac" : "ip";
}

size_t bindings_append(char *cell, size_t size, size_t len, const struct obj *port)
{
	const struct nlattr *pos = NULL;
	const char *what;
	unsigned int n;
	char text[64];

	for (n = 0; (what = next(port, &pos, text, sizeof(text))); n++) {
		if (n < BINDINGS_NAMED)
			len = text_append(cell, size, len, "%s%s %s", len ? ", " : "", what, text);
	}
	if (n > BINDINGS_NAMED)
		len = text_append(cell, size, len, " and %u more", n - BINDINGS_NAMED);
	return len;
}

size_t bindings_words(char *buf, size_t size, size_t len, const struct obj *port)
{
	const struct nlattr *pos = NULL;
	const char *what;
	char text[64];

	while ((what = next(port, &pos, text, sizeof(text))))
		len = text_append(buf, size, len, " %s %s", what, text);
	return len;
}

void bindings_print(const struct obj *port)
{
	const struct nlattr *pos = NULL;
	const char *what;
	char text[64];

	while ((what = next(port, &pos, text, sizeof(text))))
		printf("%-17s  %s\n", what, text);
}
