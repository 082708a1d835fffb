/* SPDX-License-Identifier: GPL-2.0 */
/* What is right and what is wrong with an answer. */
#ifndef FUZZ_JUDGE_H
#define FUZZ_JUDGE_H

#include "talk.h"

#define PENDING_MAX	512

/* A message that was sent, as the kernel sees it. */
struct pending {
	struct nlmsghdr nlh;
	bool done;
};

struct exchange {
	struct pending pending[PENDING_MAX];
	unsigned int count;
	bool more;		/* than fit */
	bool genl;
	int first_error;
	bool answered, refused;
};

/* Notes what is wrong, unless something was before. */
void judge_wrong(struct talker *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* An answer to one of the messages. */
void judge_answer(struct talker *t, struct exchange *ex, const struct nlmsghdr *nlh);

/* What a reply or a notification of the family holds. */
void judge_content(struct talker *t, const struct nlmsghdr *nlh);

/* The next attribute, or NULL at the end; it is wrong if there is something else. */
const struct nlattr *judge_attr(struct talker *t, const char **at, const char *end);

#endif
