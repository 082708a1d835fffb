// SPDX-License-Identifier: GPL-2.0
/* The unit tests' module: its clock and its seed. The suites are in *_test.c. */
#include <linux/module.h>

#include "random.h"

static uint seed;
module_param(seed, uint, 0444);
MODULE_PARM_DESC(seed, "of the random numbers; 0 or nothing is any");

unsigned long cvs_test_clock;

void cvs_random_init(struct kunit *test, struct rnd_state *random)
{
	unsigned int i;

	kunit_info(test, "seed=%u\n", seed);
	prandom_seed_state(random, seed);
	/* The first numbers of seeds that differ little do so too. */
	for (i = 0; i < 16; i++)
		prandom_u32_state(random);
}

/* The suites run after this. */
static int __init cvs_kunit_init(void)
{
	while (!seed)
		seed = get_random_u32();
	return 0;
}
module_init(cvs_kunit_init);

static void __exit cvs_kunit_exit(void)
{
}
module_exit(cvs_kunit_exit);

MODULE_DESCRIPTION("Unit tests of cvswitch");
MODULE_LICENSE("GPL");
