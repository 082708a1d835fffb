// SPDX-License-Identifier: GPL-2.0
#include "members.h"

#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "member.h"
#include "say.h"
#include "split.h"

static int read_line(struct members *members, const struct line *line, struct split *split,
		     int type)
{
	const bool split_well = split_line(split, line->text, line->len);
	struct req member;
	int i, status = EXIT_DONE;

	if (!split_well) {
		source_complain(&members->source, line, split->column[split->count], "%s",
				split->wrong);
		return EXIT_USAGE;
	}
	for (i = 0; i < split->count && !status; i++) {
		const char *wrong = member_parse(split->words[i], type, &member);

		if (wrong) {
			source_complain(&members->source, line, split->column[i], "'%.60s%s' %s",
					split->words[i], WORD_REST(split->words[i]), wrong);
			return EXIT_USAGE;
		}
		status = bulk_add(&members->bulk, &member, line->number, split->column[i]);
	}
	return status;
}

static int read_file(struct members *members, const char *file, int type)
{
	struct split *split = calloc(1, sizeof(*split));
	struct line line = { 0 };
	int status;

	if (!split) {
		complain("no memory to read %s", file);
		return EXIT_REFUSED;
	}
	status = source_read(&members->source, file);
	while (!status && source_next(&members->source, &line))
		status = read_line(members, &line, split, type);
	split_free(split);
	free(split);
	return status;
}

static int take_word(struct args *args, int type, struct members *members)
{
	const size_t place = args->pos;
	const char *word = args_word(args, "MEMBER");
	struct req member;
	const char *wrong;

	wrong = member_parse(word, type, &member);
	if (wrong) {
		complain("%s: MEMBER: '%s' %s", args->about, word, wrong);
		return EXIT_USAGE;
	}
	return bulk_add(&members->bulk, &member, 0, place);
}

int members_args(struct args *args, int type, struct members *members)
{
	int status = EXIT_DONE;

	*members = (struct members){ .words = args->words };
	bulk_init(&members->bulk, CVSWITCH_A_GROUP_MEMBER);
	while (!status && args_peek(args)) {
		if (members->from_file || !args_if(args, "file")) {
			status = take_word(args, type, members);
			continue;
		}
		members->from_file = true;
		args_word(args, "FILE");
		status = args->wrong ? EXIT_USAGE :
			 read_file(members, args->words[args->pos - 1], type);
	}
	if (args->wrong)
		status = EXIT_USAGE;
	if (status)
		members_free(members);
	return status;
}

void members_free(struct members *members)
{
	bulk_free(&members->bulk);
	source_free(&members->source);
}

static void refused(const struct members *members, const struct req *req, const char *about,
		    const struct refusal *refusal)
{
	const struct bulk_item *item;
	char sentence[512];
	struct line line;
	size_t inside;
	long i = -1;

	if (refusal->offset != SIZE_MAX && refusal->offset >= req->len)
		i = bulk_find(&members->bulk, refusal->offset - req->len, &inside);
	cvs_nl_sentence(sentence, sizeof(sentence), refusal, i < 0);
	item = i < 0 ? NULL : &members->bulk.item[i];
	if (!item)
		complain("%s: %s", about, sentence);
	else if (!item->line)
		complain("%s: '%s': %s", about, members->words[item->word], sentence);
	else if (source_find(&members->source, item->line, &line))
		source_complain(&members->source, &line, item->word, "%s", sentence);
}

int members_send(const struct members *members, struct req *req, struct reply *reply,
		 const char *about)
{
	struct refusal refusal;
	int status;

	req->bulk = &members->bulk;
	status = cvs_nl_ask(req, reply, &refusal);
	if (status && refusal.err)
		refused(members, req, about, &refusal);
	return status;
}
