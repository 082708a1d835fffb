// SPDX-License-Identifier: GPL-2.0
/*
 * Rules, as text, as JSON and as attributes: what is one in any of these is the same one in all
 * others. Members of groups as well. Frames that rules report, for which any bytes will do.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "fake.h"
#include "frame.h"
#include "member.h"
#include "out.h"
#include "rule.h"
#include "source.h"
#include "split.h"

static bool same_nest(const struct req *one, const struct req *other)
{
	return one->len == other->len && !memcmp(one->buf, other->buf, one->len);
}

/* A rule in its normal form. */
static void check_rule(const struct rule *rule)
{
	char text[RULE_TEXT_MAX];
	struct split *split = calloc(1, sizeof(*split));
	struct rule again;
	struct obj obj;
	json_t *json;

	obj_parse(&obj, &rule_attrs, rule->nest.buf, rule->nest.len);
	expect(split_line(split, rule_text(text, sizeof(text), &obj), strlen(text)));
	expect(rule_parse(&again, split->words, split->count));
	expect(same_nest(&rule->nest, &again.nest));
	json = out_obj(&obj);
	/* JSON is UTF-8; what isn't is printed as something else. */
	if (rule_from_json(&again, json) && !obj_has(&obj, CVSWITCH_A_RULE_COMMENT))
		expect(again.nest.len == rule->nest.len);
	json_decref(json);
	split_free(split);
	free(split);
}

static void check_members(const struct split *split)
{
	struct req member, again;
	char text[64];
	struct obj obj;
	int i, type;

	for (i = 0; i < split->count; i++) {
		for (type = -1; type < (int)group_types.count; type++) {
			if (member_parse(split->words[i], type, &member))
				continue;
			obj_parse(&obj, &member_attrs, member.buf, member.len);
			expect(!member_parse(member_text(text, sizeof(text), &obj), type, &again));
			expect(same_nest(&member, &again));
		}
	}
}

static void as_text(const uint8_t *data, size_t len)
{
	struct split *split = calloc(1, sizeof(*split));
	struct source source = { .name = "fuzz", .text = malloc(len + 1), .len = len };
	struct line line = { 0 };
	struct rule rule;

	memcpy(source.text, data, len);
	while (source_next(&source, &line)) {
		expect(line.text >= source.text && line.text + line.len <= source.text + len);
		if (!split_line(split, line.text, line.len)) {
			expect(split->column[split->count] <= line.len);
			continue;
		}
		if (rule_parse(&rule, split->words, split->count))
			check_rule(&rule);
		else
			expect(*rule.why && rule.word >= 0 && rule.word <= split->count);
		check_members(split);
	}
	split_free(split);
	free(split);
	free(source.text);
}

static void as_json(const uint8_t *data, size_t len)
{
	json_t *json = json_loadb((const char *)data, len, JSON_REJECT_DUPLICATES, NULL);
	struct rule rule;

	if (!json)
		return;
	if (rule_from_json(&rule, json))
		check_rule(&rule);
	else
		expect(*rule.why);
	json_decref(json);
}

static void as_attributes(const uint8_t *data, size_t len)
{
	char text[RULE_TEXT_MAX];
	void *copy = malloc(len + 1);
	struct rule rule;
	struct obj obj;

	memcpy(copy, data, len);
	obj_parse(&obj, &rule_attrs, copy, len);
	expect(strlen(rule_text(text, sizeof(text), &obj)) < sizeof(text));
	if (rule_from_obj(&rule, &obj) && obj_has(&obj, CVSWITCH_A_RULE_VERDICT) &&
	    obj_has(&obj, CVSWITCH_A_RULE_DIRECTION))
		check_rule(&rule);
	frame_text(text, FRAME_TEXT_MAX, copy, len);
	expect(strlen(text) < FRAME_TEXT_MAX);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	as_text(data, len);
	as_json(data, len);
	as_attributes(data, len);
	return 0;
}
