// SPDX-License-Identifier: GPL-2.0
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <linux/cvswitch.h>

#include "rule.h"
#include "say.h"
#include "split.h"

static int read_line(struct rules *rules, const struct line *line, struct split *split,
		     struct rule *rule)
{
	if (!split_line(split, line->text, line->len)) {
		source_complain(&rules->source, line, split->column[split->count], "%s",
				split->wrong);
		return EXIT_USAGE;
	}
	if (!split->count)
		return EXIT_DONE;
	if (!rule_parse(rule, split->words, split->count)) {
		source_complain(&rules->source, line, split->column[rule->word], "%s", rule->why);
		return EXIT_USAGE;
	}
	return bulk_add(&rules->bulk, &rule->nest, line->number, 0);
}

static int read_text(struct rules *rules)
{
	struct split *split = calloc(1, sizeof(*split));
	struct line line = { 0 };
	int status = EXIT_DONE;
	struct rule rule;

	if (!split) {
		complain("no memory to read %s", rules->source.name);
		return EXIT_REFUSED;
	}
	while (!status && source_next(&rules->source, &line))
		status = read_line(rules, &line, split, &rule);
	split_free(split);
	free(split);
	return status;
}

/* What is printed of a rule has its place, and the rule in it. */
static json_t *rule_of(json_t *item)
{
	json_t *json = json_object_get(item, "rule"), *direction;

	if (!json)
		return json_incref(item);
	direction = json_object_get(item, "direction");
	if (!direction || !json_is_object(json) || json_object_get(json, "direction"))
		return json_incref(json);
	json = json_copy(json);
	json_object_set(json, "direction", direction);
	return json;
}

static bool same_profile(const json_t *list, size_t i)
{
	const json_t *profile = json_object_get(json_array_get(list, i), "profile");
	const json_t *first = json_object_get(json_array_get(list, 0), "profile");

	return profile == first || (profile && first && json_equal(profile, first));
}

static int read_item(struct rules *rules, const json_t *list, size_t i)
{
	json_t *json = rule_of(json_array_get(list, i));
	const bool same = same_profile(list, i);
	struct rule rule;
	bool good;

	good = rule_from_json(&rule, json);
	json_decref(json);
	if (good && same)
		return bulk_add(&rules->bulk, &rule.nest, i + 1, 0);
	if (!same)
		complain("%s: rule %zu: It is of another profile than the first one",
			 rules->source.name, i + 1);
	else
		complain("%s: rule %zu: %s%s%s", rules->source.name, i + 1,
			 rule.attr ? rule_attrs.attr[rule.attr].name : "", rule.attr ? " " : "",
			 rule.why);
	return EXIT_USAGE;
}

/* Where a character of a line begins. */
static size_t byte_of(const struct line *line, int character)
{
	size_t at = 0;

	while (at < line->len && (character > 0 || (line->text[at] & 0xc0) == 0x80)) {
		if ((line->text[at] & 0xc0) != 0x80)
			character--;
		at++;
	}
	return at;
}

/* Says where it is none. A file that was cut off ends behind its last line. */
static int no_json(const struct rules *rules, const json_error_t *error)
{
	struct line line, last = { 0 };
	bool found;

	found = source_find(&rules->source, error->line, &line);
	if (found) {
		source_complain(&rules->source, &line,
				byte_of(&line, error->column > 0 ? error->column - 1 : 0), "%s",
				error->text);
		return EXIT_USAGE;
	}
	line = (struct line){ 0 };
	while (source_next(&rules->source, &line))
		last = line;
	if (last.number)
		source_complain(&rules->source, &last, last.len, "%s", error->text);
	else
		complain("%s: %s", rules->source.name, error->text);
	return EXIT_USAGE;
}

static int read_json(struct rules *rules)
{
	json_error_t error;
	json_t *list = json_loadb(rules->source.text, rules->source.len, JSON_REJECT_DUPLICATES,
				  &error);
	int status = EXIT_DONE;
	size_t i;

	if (!list)
		return no_json(rules, &error);
	if (!json_is_array(list)) {
		complain("%s: JSON has to be an array, in [ ]", rules->source.name);
		json_decref(list);
		return EXIT_USAGE;
	}
	for (i = 0; i < json_array_size(list) && !status; i++)
		status = read_item(rules, list, i);
	json_decref(list);
	return status;
}

static bool is_json(const struct source *source)
{
	size_t i;

	for (i = 0; i < source->len; i++) {
		if (!strchr(" \t\r\n", source->text[i]) || !source->text[i])
			return source->text[i] == '[' || source->text[i] == '{';
	}
	return false;
}

int rules_read(struct rules *rules, const char *file)
{
	int status;

	bulk_init(&rules->bulk, CVSWITCH_A_PROFILE_RULE);
	status = source_read(&rules->source, file);
	if (status)
		return status;
	rules->json = is_json(&rules->source);
	/* Its own } may stand alone in a line. */
	if (rules->json && rules->source.block) {
		complain("JSON has to be in a file of its own");
		rules_free(rules);
		return EXIT_USAGE;
	}
	status = rules->json ? read_json(rules) : read_text(rules);
	/* Whoever should have written it may have failed. */
	if (!status && !rules->json && !rules->bulk.count) {
		if (rules->source.block)
			complain("there is no rule between { and }");
		else
			complain("%s: There is no rule in it; [] removes all",
				 rules->source.name);
		status = EXIT_USAGE;
	}
	if (status)
		rules_free(rules);
	return status;
}

void rules_free(struct rules *rules)
{
	bulk_free(&rules->bulk);
	source_free(&rules->source);
}

/* The column of what lies at an offset of a rule's attributes: SIZE_MAX is all of it. */
static size_t column_of(const char *text, size_t len, size_t inside)
{
	struct split *split = calloc(1, sizeof(*split));
	struct rule rule;
	size_t column = 0;
	int word = 0;

	if (split && split_line(split, text, len) &&
	    rule_parse(&rule, split->words, split->count)) {
		if (inside != SIZE_MAX)
			word = rule_word_at(&rule, inside);
		column = split->column[word < 0 ? 0 : word];
	}
	if (split)
		split_free(split);
	free(split);
	return column;
}

bool rules_complain(const struct rules *rules, size_t offset, const char *sentence)
{
	char text[RULE_TEXT_MAX];
	struct line line;
	struct obj obj;
	size_t inside;
	long i;

	i = bulk_find(&rules->bulk, offset, &inside);
	if (i < 0)
		return false;
	if (!rules->json) {
		if (!source_find(&rules->source, rules->bulk.item[i].line, &line))
			return false;
		source_complain(&rules->source, &line, column_of(line.text, line.len, inside),
				"%s", sentence);
		return true;
	}
	bulk_get(&rules->bulk, i, &rule_attrs, &obj);
	rule_text(text, sizeof(text), &obj);
	complain("%s: rule %lu: %s", rules->source.name, rules->bulk.item[i].line, sentence);
	say_line(text, strlen(text), column_of(text, strlen(text), inside));
	return true;
}
