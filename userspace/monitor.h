/* SPDX-License-Identifier: GPL-2.0 */
/* Events as text, behind their time and type. */
#ifndef CVS_MONITOR_H
#define CVS_MONITOR_H

#include "obj.h"

void print_profile_event(const struct obj *obj);
void print_group_event(const struct obj *obj);
void print_acl_event(const struct obj *obj);

#endif
