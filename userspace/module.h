/* SPDX-License-Identifier: GPL-2.0 */
/* Why there is no usable module, in one sentence that ends in the next command. */
#ifndef CVS_MODULE_H
#define CVS_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#define MODULE_WHY_MAX 512

/* Loads the module, or says why that can't be. */
bool module_load(char *why, size_t size);

/*
 * The rest is the parts of that, with every path below `root`, "" outside of tests.
 * True: the module that is loaded has this tool's version.
 */
bool module_fits(const char *root, char *why, size_t size);

/* The loaded module's version, or NULL; lives until the next call. */
const char *module_version(const char *root);

/* True if there is a module for kernel `release`. */
bool module_installed(const char *root, const char *release, char *why, size_t size);

/* What modprobe's complaint means. */
void module_refused(const char *root, const char *modprobe, char *why, size_t size);

#endif
