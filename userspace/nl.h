/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The conversation with the kernel: one socket for requests, opened when the first one is made,
 * and one more for events. Functions return an exit status and have already complained.
 */
#ifndef CVS_NL_H
#define CVS_NL_H

#include <stdint.h>

#include "obj.h"
#include "table.h"
#include "util.h"

struct reply {
	struct obj obj;
	char buf[4096] __aligned(NLA_ALIGNTO);
};

/* Opens the socket if that was not done yet; complains about a module that can't be used. */
int cvs_nl_open(void);
void cvs_nl_close(void);

/* The same, but leaves it to the caller to say what is wrong with the module; "" is nothing. */
int cvs_nl_connect(char *why, size_t size);

/* Like cvs_nl_do(), but returns 0 or -errno and leaves complaining to the caller. */
int cvs_nl_try(const struct req *req, struct reply *reply);

/* One request. `fmt` names what it is about: "port veth0". `reply` may be NULL. */
int cvs_nl_do(const struct req *req, struct reply *reply, const char *fmt, ...)
	__printf(3, 4);

/* What the kernel said against a request. */
struct refusal {
	int err;		/* -errno, or 0 if it was not asked */
	char why[256];		/* its sentence, or "" */
	const char *at;		/* attribute that the sentence is about, or NULL */
	size_t offset;		/* of that attribute among the request's; SIZE_MAX is none */
};

/* Like cvs_nl_do(), but leaves it to the caller to say what the kernel said, if that has err. */
int cvs_nl_ask(const struct req *req, struct reply *reply, struct refusal *refusal);

/* The kernel's sentence with the error's name; `at` is whether to name the attribute. */
char *cvs_nl_sentence(char *buf, size_t size, const struct refusal *refusal, bool at);

/* Everything that the request's attributes select is added to the table. */
int cvs_nl_dump(const struct req *req, struct table *table, const char *fmt, ...)
	__printf(3, 4);

struct listener {
	void (*event)(uint8_t cmd, const void *attrs, size_t len);
	void (*lost)(void);	/* events came faster than they were read */
};

/* Joins a multicast group; cvs_nl_listen() returns only when it or printing fails. */
int cvs_nl_join(const char *group);
int cvs_nl_listen(const struct listener *listener);

#endif
