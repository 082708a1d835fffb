// SPDX-License-Identifier: GPL-2.0
/* Rules as -j prints them, read again. */
#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "rule.h"

static bool wrong(struct rule *rule, uint16_t id, const char *phrase)
{
	rule->attr = id;
	return rule_fail(rule, -1, "%s", phrase);
}

static bool put_string(struct rule *rule, uint16_t id, const char *text)
{
	const struct attr *attr = &rule_attrs.attr[id];
	const char *phrase = NULL;

	if (!attr->max)
		phrase = parse_name(text);
	else if (!*text)
		phrase = "is empty";
	else if (strlen(text) > attr->max)
		phrase = "is longer than 127 bytes";
	if (phrase)
		return wrong(rule, id, phrase);
	req_str(&rule->nest, id, text);
	return true;
}

/* Numbers that JSON has strings for. */
static bool put_word(struct rule *rule, uint16_t id, const char *text)
{
	const struct attr *attr = &rule_attrs.attr[id];
	const char *phrase;
	uint64_t bits = 0;
	uint32_t val = 0;

	if (attr->type == ATTR_WORD) {
		phrase = parse_word(text, attr->words, &val);
	} else {
		phrase = parse_hex(text, &bits);
		val = bits;
		if (!phrase && bits > attr->max)
			phrase = "has more than 16 bits";
	}
	if (phrase)
		return wrong(rule, id, phrase);
	req_u32(&rule->nest, id, val);
	return true;
}

static bool put_address(struct rule *rule, uint16_t id, const char *text)
{
	const bool is_mac = rule_attrs.attr[id].type == ATTR_MAC;
	const char *phrase;
	struct ip ip = { 0 };
	uint8_t mac[6];

	phrase = is_mac ? parse_mac(text, mac) : parse_ip(text, &ip);
	if (phrase)
		return wrong(rule, id, phrase);
	req_put(&rule->nest, id, is_mac ? mac : ip.addr, is_mac ? sizeof(mac) : ip.len);
	return true;
}

static bool put_flags(struct rule *rule, uint16_t id, const json_t *value)
{
	const struct words *words = rule_attrs.attr[id].words;
	uint32_t bits = 0;
	size_t i;

	if (!json_is_array(value))
		return wrong(rule, id, "is not an array of words");
	for (i = 0; i < json_array_size(value); i++) {
		const char *word = json_string_value(json_array_get(value, i));
		const int found = word ? words_find(words, word) : -1;

		if (found < 0)
			return wrong(rule, id, "is not an array of whole, first, later");
		bits |= 1u << found;
	}
	req_u32(&rule->nest, id, bits);
	return true;
}

static bool put_number(struct rule *rule, uint16_t id, const json_t *value)
{
	const json_int_t number = json_integer_value(value);

	if (!json_is_integer(value))
		return wrong(rule, id, "is not a number");
	if (number < 0 || number > rule_attrs.attr[id].max)
		return wrong(rule, id, "is a number out of range");
	req_u32(&rule->nest, id, number);
	return true;
}

static bool put_value(struct rule *rule, uint16_t id, const json_t *value)
{
	const enum attr_type type = rule_attrs.attr[id].type;
	const char *text = json_string_value(value);

	if (type == ATTR_FLAGS)
		return put_flags(rule, id, value);
	if (type == ATTR_U32)
		return put_number(rule, id, value);
	if (type == ATTR_BOOL) {
		if (!json_is_boolean(value))
			return wrong(rule, id, "is neither true nor false");
		req_u32(&rule->nest, id, json_is_true(value));
		return true;
	}
	if (!text || strlen(text) != json_string_length(value))
		return wrong(rule, id, "is not a string");
	if (type == ATTR_STRING)
		return put_string(rule, id, text);
	if (type == ATTR_MAC || type == ATTR_IP)
		return put_address(rule, id, text);
	return put_word(rule, id, text);
}

/* An attribute's number, or 0. */
static uint16_t find_attr(const char *name)
{
	uint16_t id;

	for (id = 1; id < rule_attrs.count; id++) {
		if (!strcmp(rule_attrs.attr[id].name, name))
			return id;
	}
	return 0;
}

bool rule_from_json(struct rule *rule, const json_t *json)
{
	const json_t *value;
	const char *key;

	rule_init(rule);
	if (!json_is_object(json))
		return rule_fail(rule, -1, "It is not an object");
	json_object_foreach((json_t *)json, key, value) {
		const uint16_t id = find_attr(key);

		if (!id)
			return rule_fail(rule, -1, "It has an unknown member '%.40s'", key);
		if (!put_value(rule, id, value))
			return false;
	}
	if (!json_object_get(json, "direction"))
		return rule_fail(rule, -1, "Its direction is missing");
	if (!json_object_get(json, "verdict"))
		return rule_fail(rule, -1, "Its verdict is missing");
	return rule_finish(rule);
}
