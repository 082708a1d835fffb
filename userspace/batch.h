/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files of commands: one in each line. What a command would read from a file may follow it,
 * between a { in the file's place and a line of }.
 */
#ifndef CVS_BATCH_H
#define CVS_BATCH_H

#include <stdbool.h>

struct source;

/* Stands in the place of a file. */
#define BATCH_BLOCK "{"

/*
 * Does the commands of a file, "-" is standard input, until one fails: `run` does what the words
 * of a line say, and returns an exit status.
 */
int batch_run(const char *name, int (*run)(int count, char **words));

/* Reads the lines that follow the command that is being done; complains if that fails. */
int batch_block(struct source *source);

#endif
