/* SPDX-License-Identifier: GPL-2.0 */
/* What switches have at the beginning of a round: world.h. */
#ifndef FUZZ_OBJECTS_H
#define FUZZ_OBJECTS_H

#include "talk.h"

/* Puts back what is missing. */
void objects_mend(struct talker *t);

#endif
