/* SPDX-License-Identifier: GPL-2.0 */
/* The members that a command names, by words or in a file. */
#ifndef CVS_MEMBERS_H
#define CVS_MEMBERS_H

#include "args.h"
#include "bulk.h"
#include "nl.h"
#include "source.h"

struct members {
	struct bulk bulk;	/* for a request of a group */
	struct source source;
	bool from_file;
	char **words;		/* of the command */
};

/*
 * Takes all that is left, members and "file FILE", and reads the file. `type` is that of the
 * group, or -1 if it isn't known. Return: an exit status; it has complained.
 */
int members_args(struct args *args, int type, struct members *members);
void members_free(struct members *members);

/* Sends a request with its members, and complains at the member that the kernel names. */
int members_send(const struct members *members, struct req *req, struct reply *reply,
		 const char *about);

#endif
