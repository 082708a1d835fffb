/* SPDX-License-Identifier: GPL-2.0 */
/* A file of rules: one per line, or an array of JSON as "-j acl show" prints it. */
#ifndef CVS_RULES_H
#define CVS_RULES_H

#include "bulk.h"
#include "source.h"

struct rules {
	struct source source;
	struct bulk bulk;	/* what the file says, for a request of a profile */
	bool json;
};

/* Reads a file, "-" is standard input; complains about the first thing that is wrong. */
int rules_read(struct rules *rules, const char *file);
void rules_free(struct rules *rules);

/*
 * Complains about the place in the file that said what lies at an offset of the bulk.
 * Return: false if there is none.
 */
bool rules_complain(const struct rules *rules, size_t offset, const char *sentence);

#endif
