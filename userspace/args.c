// SPDX-License-Identifier: GPL-2.0
#include "args.h"

#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "bindings.h"
#include "parse.h"
#include "say.h"
#include "text.h"

const char *args_peek(const struct args *args)
{
	return args->pos < args->count && !args->wrong ? args->words[args->pos] : NULL;
}

bool args_if(struct args *args, const char *word)
{
	const char *next = args_peek(args);

	if (!next || strcmp(next, word))
		return false;
	args->pos++;
	return true;
}

const char *args_word(struct args *args, const char *what)
{
	const char *word = args_peek(args);

	if (word) {
		args->pos++;
		return word;
	}
	if (!args->wrong)
		complain("%s: %s is missing", args->about, what);
	args->wrong = true;
	return "";
}

/* Complains about a word that parse_*() has found wrong. */
static void check(struct args *args, const char *what, const char *word, const char *wrong)
{
	if (!wrong || args->wrong)
		return;
	complain("%s: %s: '%s' %s", args->about, what, word, wrong);
	args->wrong = true;
}

const char *args_device(struct args *args, const char *what)
{
	const char *word = args_word(args, what);

	check(args, what, word, parse_device(word));
	return word;
}

const char *args_name(struct args *args, const char *what)
{
	const char *word = args_word(args, what);

	check(args, what, word, parse_name(word));
	return word;
}

const char *args_new_name(struct args *args, const char *what)
{
	const char *word = args_name(args, what);

	check(args, what, word, strcmp(word, "help") ? NULL : "stands for a question");
	return word;
}

uint32_t args_number(struct args *args, const char *what)
{
	const char *word = args_word(args, what);
	uint32_t val = 0;

	check(args, what, word, parse_u32(word, 1, UINT32_MAX, &val));
	return val;
}

const uint8_t *args_mac(struct args *args)
{
	const char *word = args_word(args, "MAC");
	static uint8_t mac[6];

	check(args, "MAC", word, parse_mac(word, mac));
	return mac;
}

struct ip args_ip(struct args *args)
{
	const char *word = args_word(args, "ADDR");
	struct ip ip = { 0 };

	check(args, "ADDR", word, parse_ip(word, &ip));
	return ip;
}

uint32_t args_vni(struct args *args)
{
	const char *word = args_word(args, "VNI");
	uint32_t vni = 0;

	check(args, "VNI", word, parse_u32(word, 0, CVSWITCH_VNI_MAX, &vni));
	return vni;
}

uint32_t args_vid(struct args *args)
{
	const char *word = args_word(args, "VID");
	uint32_t vid = 0;

	check(args, "VID", word, parse_vid(word, &vid));
	return vid;
}

void args_vids(struct args *args, uint32_t *first, uint32_t *last)
{
	const char *word = args_word(args, "VID");

	check(args, "VID", word, parse_vids(word, first, last));
}

int args_one_of(struct args *args, const struct words *words)
{
	const char *word = args_peek(args);
	int found = word ? words_find(words, word) : -1;

	if (found >= 0)
		args->pos++;
	return found;
}

void args_unexpected(struct args *args, const char *expected)
{
	const char *word = args_peek(args);

	if (!word)
		return;
	complain("%s: '%s' is not understood; expected %s", args->about, word, expected);
	args->wrong = true;
}

/* What a setting's word says. */
struct value {
	uint32_t val, last;
	uint64_t bits;
	uint8_t mac[6];
	struct ip ip;
	const char *device;
	const char *text;
};

static const char *parse_value(const char *word, const struct attr *attr, struct value *value)
{
	value->text = "";
	if (attr->zero && !strcmp(word, attr->zero))
		return NULL;
	switch (attr->type) {
	case ATTR_MAC:
		return parse_mac(word, value->mac);
	case ATTR_IP:
		return parse_ip(word, &value->ip);
	case ATTR_BOOL:
		return parse_bool(word, &value->val);
	case ATTR_WORD:
		return parse_word(word, attr->words, &value->val);
	case ATTR_DSCP:
		return parse_dscp(word, &value->val);
	case ATTR_PORTS:
		return parse_ports(word, &value->val, &value->last);
	case ATTR_HEX:
		return parse_hex(word, &value->bits);
	case ATTR_DEVICE:
		value->device = word;
		return parse_device(word);
	case ATTR_STRING:
		value->text = word;
		return parse_name(word);
	default:
		return parse_u32(word, attr->min, attr->max, &value->val);
	}
}

static void put_value(struct req *req, uint16_t id, const struct value *value)
{
	switch (req->set->attr[id].type) {
	case ATTR_MAC:
		req_mac(req, id, value->mac);
		break;
	case ATTR_IP:
		req_ip(req, id, &value->ip);
		break;
	case ATTR_HEX:
		req_u64(req, id, value->bits);
		break;
	case ATTR_PORTS:
		req_u32(req, id, value->val);
		req_u32(req, id + 1, value->last);
		break;
	case ATTR_STRING:
		req_str(req, id, value->text);
		break;
	default:
		req_u32(req, id, value->val);
	}
}

static void put_setting(struct args *args, struct req *req, uint16_t id)
{
	const struct attr *attr = &req->set->attr[id];
	const char *word = args_word(args, attr->arg), *wrong;
	struct value value = { 0 };

	if (args->wrong)
		return;
	wrong = parse_value(word, attr, &value);
	if (!wrong && (req_has(req, id) || (attr->type == ATTR_DEVICE && args->device)))
		wrong = "is given twice";
	check(args, attr->arg, word, wrong);
	if (args->wrong)
		return;
	if (value.device)
		args->device = value.device;
	else
		put_value(req, id, &value);
}

/* Complains about a word that should name a setting, with a list of those that do. */
static void no_setting(struct args *args, const struct attr_set *set, const char *flag)
{
	char list[640];
	size_t len = 0;
	uint16_t id;

	for (id = 1; id < set->count; id++) {
		if (set->attr[id].arg)
			len = text_append(list, sizeof(list), len, "%s%s", len ? ", " : "",
					  set->attr[id].arg);
	}
	if (args->bindings)
		len = text_append(list, sizeof(list), len, ", mac, ip, unbound");
	if (flag)
		text_append(list, sizeof(list), len, ", %s", flag);
	args_unexpected(args, list);
}

static bool is_setting(const struct attr *attr, const char *word)
{
	return (attr->arg && !strcmp(attr->arg, word)) ||
	       (attr->alias && !strcmp(attr->alias, word));
}

void args_settings(struct args *args, struct req *req, const char *flag, bool *flagged)
{
	const char *word;

	while ((word = args_peek(args))) {
		uint16_t id;

		if (flag && !strcmp(word, flag)) {
			*flagged = true;
			args->pos++;
			continue;
		}
		if (bindings_if(args))
			continue;
		for (id = 1; id < req->set->count; id++) {
			if (is_setting(&req->set->attr[id], word))
				break;
		}
		if (id == req->set->count) {
			no_setting(args, req->set, flag);
			return;
		}
		args->pos++;
		put_setting(args, req, id);
	}
}

bool args_end(struct args *args)
{
	const char *word = args_peek(args);

	if (word) {
		complain("%s: '%s' is one word too many", args->about, word);
		args->wrong = true;
	}
	return !args->wrong;
}
