/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Time as the sources under test see it: it stands still until a test moves it.
 * Force-included behind the kernel's own headers, which keep the real jiffies.
 */
#ifndef CVS_TEST_CLOCK_H
#define CVS_TEST_CLOCK_H

#include <linux/jiffies.h>

extern unsigned long cvs_test_clock;

#define jiffies cvs_test_clock

#endif /* CVS_TEST_CLOCK_H */
