/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Errors planted on purpose, in a build of their own (make CVS_PLANT=...), so
 * that a test can show that the conservation test notices them.
 */
#ifndef CVS_PLANT_H
#define CVS_PLANT_H

#if defined(CVS_PLANT_UNCOUNTED)
#define CVS_PLANT_DROP_WEIGHT(reason) \
	((reason) == CVSWITCH_DROP_REASON_SAME_PORT ? 0 : 1)
#elif defined(CVS_PLANT_DOUBLE)
#define CVS_PLANT_DROP_WEIGHT(reason) \
	((reason) == CVSWITCH_DROP_REASON_SAME_PORT ? 2 : 1)
#else
#define CVS_PLANT_DROP_WEIGHT(reason)	1
#endif

#endif /* CVS_PLANT_H */
