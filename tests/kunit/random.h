/* SPDX-License-Identifier: GPL-2.0 */
/* A test case's random numbers, which its seed brings back. */
#ifndef CVS_TEST_RANDOM_H
#define CVS_TEST_RANDOM_H

#include <kunit/test.h>
#include <linux/prandom.h>

/* Begin anew with the module's seed, and print it. */
void cvs_random_init(struct kunit *test, struct rnd_state *random);

/* Return: a number from 0 to @n - 1. */
static inline u32 cvs_random_below(struct rnd_state *random, u32 n)
{
	return prandom_u32_state(random) % n;
}

static inline bool cvs_random_bool(struct rnd_state *random)
{
	return cvs_random_below(random, 2);
}

static inline u64 cvs_random_u64(struct rnd_state *random)
{
	return (u64)prandom_u32_state(random) << 32 | prandom_u32_state(random);
}

#endif /* CVS_TEST_RANDOM_H */
