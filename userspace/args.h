/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of one command, taken one after the other. The first thing that is wrong is
 * complained about; after that every function quietly does nothing, so that a command reads its
 * words first and asks once, with args_end(), whether they were right.
 */
#ifndef CVS_ARGS_H
#define CVS_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "obj.h"

struct bulk;

struct args {
	const char *about;	/* "port add": begins complaints */
	char **words;
	int count, pos;
	bool wrong;
	const char *device;	/* the value of a setting, see args_settings(); or NULL */
	struct bulk *bindings;	/* where settings of a port leave its addresses; or NULL */
};

/* The next word without taking it, or NULL. */
const char *args_peek(const struct args *args);

/* Takes the next word if it is this one. */
bool args_if(struct args *args, const char *word);

/* Takes a word that must be there: "" if it isn't. */
const char *args_word(struct args *args, const char *what);
const char *args_device(struct args *args, const char *what);
const char *args_name(struct args *args, const char *what);
const char *args_new_name(struct args *args, const char *what);
uint32_t args_number(struct args *args, const char *what);	/* from 1 */
const uint8_t *args_mac(struct args *args);
struct ip args_ip(struct args *args);
uint32_t args_vni(struct args *args);
uint32_t args_vid(struct args *args);
void args_vids(struct args *args, uint32_t *first, uint32_t *last);

/* Takes a word if it is one of these: its number, or -1. */
int args_one_of(struct args *args, const struct words *words);

/* Complains that a word was not understood, naming those that would be. */
void args_unexpected(struct args *args, const char *expected);

/*
 * Takes all that is left as names and values of settings, and puts them into the request.
 * `flag`, if not NULL, is one more word that may stand among them, without a value.
 * Which device a name means is a question to the system: it is left in args->device.
 */
void args_settings(struct args *args, struct req *req, const char *flag, bool *flagged);

/* Return: true if all words were understood and none is left. */
bool args_end(struct args *args);

#endif
