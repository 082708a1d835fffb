/* SPDX-License-Identifier: GPL-2.0 */
/* Questions of the fuzzer's own, in plain words, between its messages. */
#ifndef FUZZ_ASK_H
#define FUZZ_ASK_H

#include "talk.h"

/*
 * One request with at most one attribute: each object that comes is given to fn, which may be NULL.
 * Return: 0, or an errno.
 */
int ask(struct talker *t, uint16_t type, uint8_t command, uint16_t flags, const struct nlattr *attr,
	void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg);

/* The content of an attribute of an object that came, or NULL. */
const void *ask_find(const struct nlmsghdr *nlh, uint16_t type);

/* A valid request is still answered, and a switch is still made and deleted. */
void ask_alive(struct talker *t);

/*
 * A number that is the same as long as nothing has changed: all that can be asked of the family,
 * but what changes by itself (counters, states, entries that age).
 */
uint64_t ask_state(struct talker *t);

#endif
