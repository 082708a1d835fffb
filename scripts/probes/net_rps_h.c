// SPDX-License-Identifier: GPL-2.0
/* RPS has a header of its own (6.9) */
#include <net/rps.h>

int probe(void)
{
	return static_key_false(&rps_needed.key);
}
