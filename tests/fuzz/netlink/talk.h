/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sending a datagram and judging the answers. What is judged:
 *
 *  - every message in it that asks for an answer gets one;
 *  - an error names its request: sequence number, length and type, and an errno that there is;
 *  - what the extended ACK points at lies within the request, and its sentence has an end;
 *  - replies and notifications of the family hold what the specification says, and nothing else.
 */
#ifndef FUZZ_TALK_H
#define FUZZ_TALK_H

#include "message.h"

enum outcome {
	ACCEPTED,
	REFUSED,
	UNANSWERED,	/* since it didn't ask for an answer, or was no message */
};

struct talker {
	int genl, rtnl;
	int events;		/* -1: this one doesn't listen */
	uint32_t seq;
	uint16_t family;
	uint32_t answers, notifications;
	char why[256];		/* what was wrong with an answer, or "" */
	uint8_t out[MESSAGE_MAX] __attribute__((aligned(NLMSG_ALIGNTO)));
};

/* In the current namespace. */
void talker_open(struct talker *t, bool listen);
void talker_close(struct talker *t);

/* `error` is the errno of the first message, 0 if there was none. */
enum outcome talker_send(struct talker *t, const struct message *m, int *error);

/* Reads what notifications there are. */
void talker_listen(struct talker *t);

#endif
