/* SPDX-License-Identifier: GPL-2.0 */
/* What happens to ports' devices, and to switches' own. */
#ifndef CVS_NOTIFIER_H
#define CVS_NOTIFIER_H

int cvs_notifier_init(void);
void cvs_notifier_exit(void);

#endif /* CVS_NOTIFIER_H */
