/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rules: in words as people write them, as attributes as the kernel has them, and as JSON. Every
 * rule has one normal form: its attributes in order, with what follows from what was said
 * (an IPv4 address means IPv4), and without what says nothing. Its text is that of this form:
 * reading it gives the same attributes again.
 */
#ifndef CVS_RULE_H
#define CVS_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <linux/cvswitch.h>

#include "obj.h"
#include "util.h"

#define RULE_TEXT_MAX	2048

struct rule {
	struct req nest;			/* of rule_attrs */
	int at[CVSWITCH_A_RULE_MAX + 1];	/* which word said it, from 0; or -1 */

	/* What is wrong with it, if something is. */
	char why[512];		/* a sentence */
	int word;		/* that it is about; as many as there are: behind the last */
	uint16_t attr;		/* that it is about, or 0 */
};

/* Each of these returns whether it is a rule. */
bool rule_parse(struct rule *rule, char **words, int count);
bool rule_from_json(struct rule *rule, const json_t *json);
bool rule_from_obj(struct rule *rule, const struct obj *obj);

/* The word that said what lies at an offset of the nest, or -1. */
int rule_word_at(const struct rule *rule, size_t offset);

/* Writes a rule's text; of attributes that contradict each other as much as there are words for. */
char *rule_text(char *buf, size_t size, const struct obj *obj);

/*
 * Whether a rule in normal form matches all that another one of its direction matches. That it
 * doesn't is no proof: what groups have in them isn't looked at.
 */
bool rule_covers(const struct obj *one, const struct obj *other);

/* ---- between the parts ----------------------------------------------------------------------- */

void rule_init(struct rule *rule);

/* Says what is wrong. Return: false. */
bool rule_fail(struct rule *rule, int word, const char *fmt, ...) __printf(3, 4);

/*
 * Complains about attributes that don't go together, or brings them into the normal form. What
 * is wrong is a phrase that follows a name of rule->attr.
 */
bool rule_finish(struct rule *rule);

#endif
