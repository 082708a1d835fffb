/* SPDX-License-Identifier: GPL-2.0 */
/* Containers that send frames of all sorts while messages are sent. */
#ifndef FUZZ_TRAFFIC_H
#define FUZZ_TRAFFIC_H

#include <stdint.h>

void traffic_start(int containers, uint64_t seed);

/* Return: how many frames were sent. */
uint64_t traffic_stop(void);

#endif
