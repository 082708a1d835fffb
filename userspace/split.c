// SPDX-License-Identifier: GPL-2.0
#include "split.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* One line being read and its words being written. */
struct reading {
	const char *begin, *pos, *end;
	char *out;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static int digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* What follows a backslash. */
static const char *read_escape(struct reading *reading)
{
	const char *pos = reading->pos;
	const size_t left = reading->end - pos;

	if (left >= 1 && (*pos == '"' || *pos == '\\')) {
		*reading->out++ = *pos;
		reading->pos++;
		return NULL;
	}
	if (left < 3 || *pos != 'x' || !isxdigit((unsigned char)pos[1]) ||
	    !isxdigit((unsigned char)pos[2]))
		return "A backslash in quotes stands before \", \\ or xHH";
	*reading->out = digit(pos[1]) << 4 | digit(pos[2]);
	if (!*reading->out)
		return "A word can't hold a zero byte";
	reading->out++;
	reading->pos += 3;
	return NULL;
}

/* What is wrong is at its place afterwards: of quotes that are not closed, where they open. */
static const char *read_quoted(struct reading *reading)
{
	const char *begin = reading->pos, *wrong = NULL;

	for (reading->pos++; reading->pos < reading->end && *reading->pos != '"' && !wrong;) {
		const char c = *reading->pos++;

		if (c == '\\')
			wrong = read_escape(reading);
		else
			*reading->out++ = c;
	}
	if (wrong) {
		reading->pos--;
		return wrong;
	}
	if (reading->pos == reading->end) {
		reading->pos = begin;
		return "The quotes are not closed";
	}
	reading->pos++;
	if (reading->pos < reading->end && !is_space(*reading->pos))
		return "There has to be space behind the quotes";
	return NULL;
}

static const char *read_word(struct reading *reading)
{
	const char *wrong = NULL;

	if (*reading->pos == '"') {
		wrong = read_quoted(reading);
	} else {
		while (reading->pos < reading->end && !is_space(*reading->pos))
			*reading->out++ = *reading->pos++;
	}
	*reading->out++ = '\0';
	return wrong;
}

static bool make_room(struct split *split, size_t len)
{
	char *buf;

	/* Each word has a zero byte behind it where there was space, the last one has its own. */
	if (len + 2 <= split->room)
		return true;
	buf = realloc(split->buf, len + 2);
	if (!buf)
		return false;
	split->buf = buf;
	split->room = len + 2;
	return true;
}

static void read_words(struct split *split, struct reading *reading)
{
	for (;;) {
		while (reading->pos < reading->end && is_space(*reading->pos))
			reading->pos++;
		split->column[split->count] = reading->pos - reading->begin;
		if (reading->pos == reading->end || *reading->pos == '#')
			return;
		if (split->count == SPLIT_MAX) {
			split->wrong = "There are too many words";
			return;
		}
		split->words[split->count] = reading->out;
		split->wrong = read_word(reading);
		if (split->wrong) {
			split->column[split->count] = reading->pos - reading->begin;
			return;
		}
		split->count++;
	}
}

bool split_line(struct split *split, const char *text, size_t len)
{
	struct reading reading = { .begin = text, .pos = text, .end = text + len };

	split->count = 0;
	split->column[0] = 0;
	split->wrong = NULL;
	if (!make_room(split, len)) {
		split->wrong = "There is no memory for the line";
	} else if (memchr(text, '\0', len)) {
		split->wrong = "The line has a zero byte in it: this is no text";
	} else {
		reading.out = split->buf;
		read_words(split, &reading);
	}
	return !split->wrong;
}

void split_free(struct split *split)
{
	free(split->buf);
	split->buf = NULL;
	split->room = 0;
}

/* What a terminal would obey, of C1 in UTF-8 the second byte; or anything that isn't ASCII. */
static bool is_control(const char *word, const char *pos, bool ascii)
{
	const bool c1 = pos > word && pos[-1] == '\xc2' && (*pos & 0xe0) == 0x80;

	return iscntrl((unsigned char)*pos) || c1 || (ascii && *pos & 0x80);
}

static bool is_plain(const char *word, bool ascii)
{
	const char *pos;

	if (!*word || *word == '#' || *word == '"')
		return false;
	for (pos = word; *pos; pos++) {
		if (is_space(*pos) || is_control(word, pos, ascii))
			return false;
	}
	return true;
}

size_t split_quote(char *buf, size_t size, size_t len, const char *word, bool always)
{
	const bool ascii = !text_is_utf8(word);
	const char *pos;

	if (!always && is_plain(word, ascii))
		return text_append(buf, size, len, "%s", word);
	len = text_append(buf, size, len, "\"");
	for (pos = word; *pos; pos++) {
		if (*pos == '"' || *pos == '\\')
			len = text_append(buf, size, len, "\\%c", *pos);
		else if (is_control(word, pos, ascii))
			len = text_append(buf, size, len, "\\x%02x", (unsigned char)*pos);
		else
			len = text_append(buf, size, len, "%c", *pos);
	}
	return text_append(buf, size, len, "\"");
}
