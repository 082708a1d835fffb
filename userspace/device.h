/* SPDX-License-Identifier: GPL-2.0 */
/* Network devices and namespaces, as far as a switch's administrator meets them. */
#ifndef CVS_DEVICE_H
#define CVS_DEVICE_H

#include <stdint.h>

/* Enters a namespace of "ip netns" by its name, or any by a path. Return: 0 or -errno. */
int netns_enter(const char *netns);

/*
 * The name of an ifindex. It is read once, so that a long table stays cheap; a device that is
 * gone keeps the last name it was seen with, else it is "#N". Lives until device_forget().
 */
const char *device_name(uint32_t ifindex);
void device_forget(void);

/* Reads the name again when it is next asked for, and falls back to this one if it isn't NULL. */
void device_renamed(uint32_t ifindex, const char *name);

/* Return: 0 or -errno. */
int device_set_up(const char *name);

#endif
