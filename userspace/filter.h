/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What narrows a request about the entries of a table that a switch has, whose places are ports
 * and remotes: "[port DEV|host | remote ADDR] [vlan VID] [KIND|all]", in any order of words.
 */
#ifndef CVS_FILTER_H
#define CVS_FILTER_H

#include "cmd.h"

struct filter {
	const char *port;
	struct ip remote;
	uint32_t vid;		/* 0 is not given */
	int kind;		/* -1 is not given */
	bool all, sticky;
};

/* A table: what its attributes are, and what its entries are called. */
struct filter_table {
	const struct attr_set *set;
	uint16_t sw, port, remote, vlan, kind, count;
	const struct words *kinds;
	int fixed;		/* the kind of what was set and not learned */
	uint8_t flush;		/* command */
	const char *one, *many;	/* "entry", "entries" */
};

enum {
	FILTER_PORT = 1, FILTER_VLAN = 2, FILTER_KIND = 4, FILTER_ALL = 8, FILTER_STICKY = 16,
	FILTER_ANY = FILTER_PORT | FILTER_VLAN | FILTER_KIND,
};

/* Takes these parts of a filter, and complains about any other word. */
void filter_args(struct args *args, struct filter *filter, const struct filter_table *table,
		 int take, const char *expected);

/* Puts a filter and its switch into a request; complains about a device that isn't there. */
int filter_put(const struct filter *filter, const struct filter_table *table, struct req *req,
	       const char *switch_name);

/* Complains if what a request is narrowed to is no port, or no remote, of this switch. */
int filter_check(const struct filter *filter, const struct filter_table *table,
		 const struct req *req, const struct obj *sw);

/* The command "flush": removes what was learned, or with "all" everything, and prints how many. */
int filter_flush(struct args *args, const struct filter_table *table, const char *expected);

#endif
