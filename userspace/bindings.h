/* SPDX-License-Identifier: GPL-2.0 */
/* The addresses that a port is bound to: "mac 02:00:00:00:00:01", "ip 192.0.2.0/28", "unbound". */
#ifndef CVS_BINDINGS_H
#define CVS_BINDINGS_H

#include "args.h"
#include "obj.h"

/* Takes the next word, and what it says, if it is one of these. Return: whether it was. */
bool bindings_if(struct args *args);

/* As cell of a table: the first few, and how many more there are. Return: as text_append(). */
size_t bindings_append(char *cell, size_t size, size_t len, const struct obj *port);

/* All of them, as words behind a command. Return: as text_append(). */
size_t bindings_words(char *buf, size_t size, size_t len, const struct obj *port);

/* All of them, each in a line of a record. */
void bindings_print(const struct obj *port);

#endif
