// SPDX-License-Identifier: GPL-2.0
#include "rule_reader.h"

#include <string.h>

const char *reader_peek(const struct reader *reader)
{
	return reader->pos < reader->count ? reader->words[reader->pos] : NULL;
}

bool reader_if(struct reader *reader, const char *word)
{
	const char *next = reader_peek(reader);

	if (!next || strcmp(next, word))
		return false;
	reader->pos++;
	return true;
}

const char *reader_word(struct reader *reader, const char *what)
{
	const char *word = reader_peek(reader);

	if (word)
		reader->pos++;
	else
		rule_fail(reader->rule, reader->count, "%s is missing behind '%s'", what,
			  reader->term);
	return word;
}

bool reader_wrong(struct reader *reader, const char *phrase)
{
	const int word = reader->pos - 1;

	return rule_fail(reader->rule, word, "%s: '%.60s%s' %s", reader->term,
			 reader->words[word], WORD_REST(reader->words[word]), phrase);
}

bool reader_unexpected(struct reader *reader, const char *expected)
{
	const char *word = reader_peek(reader);

	if (!word)
		return rule_fail(reader->rule, reader->count, "%s is missing", expected);
	return rule_fail(reader->rule, reader->pos, "'%.60s%s' is not understood; expected %s",
			 word, WORD_REST(word), expected);
}

/* A value and a group are two ways to say the same: the attribute of the other one, or 0. */
static uint16_t other_way(uint16_t id)
{
	switch (id) {
	case CVSWITCH_A_RULE_SRC_MAC:
	case CVSWITCH_A_RULE_DST_MAC:
	case CVSWITCH_A_RULE_SRC:
	case CVSWITCH_A_RULE_DST:
	case CVSWITCH_A_RULE_SPORT:
	case CVSWITCH_A_RULE_DPORT:
		return id + 2;
	case CVSWITCH_A_RULE_SRC_MAC_GROUP:
	case CVSWITCH_A_RULE_DST_MAC_GROUP:
	case CVSWITCH_A_RULE_SRC_GROUP:
	case CVSWITCH_A_RULE_DST_GROUP:
	case CVSWITCH_A_RULE_SPORT_GROUP:
	case CVSWITCH_A_RULE_DPORT_GROUP:
		return id - 2;
	default:
		return 0;
	}
}

bool reader_put(struct reader *reader, uint16_t id, const void *data, size_t len)
{
	const uint16_t other = other_way(id);

	if (reader->rule->at[id] >= 0 || (other && reader->rule->at[other] >= 0))
		return rule_fail(reader->rule, reader->pos - 1, "%s is given twice",
				 reader->term);
	req_put(&reader->rule->nest, id, data, len);
	reader->rule->at[id] = reader->pos - 1;
	return true;
}

bool reader_u32(struct reader *reader, uint16_t id, uint32_t val)
{
	return reader_put(reader, id, &val, sizeof(val));
}

bool reader_imply(struct reader *reader, uint16_t id, uint32_t val)
{
	const struct req *nest = &reader->rule->nest;
	const int word = reader->pos - 1, before = reader->rule->at[id];
	const char *hint = "";
	struct obj obj;

	if (before < 0)
		return reader_u32(reader, id, val);
	obj_parse(&obj, &rule_attrs, nest->buf, nest->len);
	if (obj_u32(&obj, id) == val)
		return true;
	if (!strcmp(reader->words[before], "arp") && !strcmp(reader->words[word], "ip"))
		hint = "; ARP's addresses are arp saddr ip PREFIX";
	return rule_fail(reader->rule, word, "'%s' can't be where '%s' is%s", reader->words[word],
			 reader->words[before], hint);
}
