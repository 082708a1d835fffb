/* SPDX-License-Identifier: GPL-2.0 */
/* Members of groups: "10.0.0.0/8", "02:00:00:00:00:01", "80", "1024-2047". */
#ifndef CVS_MEMBER_H
#define CVS_MEMBER_H

#include "obj.h"

/*
 * Puts what a word says into attributes of a member. `type` is one of group_types, or -1 if it
 * isn't known: then the word tells. Return: NULL, or what is wrong with the word.
 */
const char *member_parse(const char *word, int type, struct req *member);

char *member_text(char *buf, size_t size, const struct obj *member);

#endif
