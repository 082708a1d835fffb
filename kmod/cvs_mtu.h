/* SPDX-License-Identifier: GPL-2.0 */
/* The length of packets that a switch offers to its containers. */
#ifndef CVS_MTU_H
#define CVS_MTU_H

#include <linux/types.h>

struct cvs_switch;

bool cvs_mtu_offer(struct cvs_switch *sw);
void cvs_mtu_update(struct cvs_switch *sw);

#endif /* CVS_MTU_H */
