/* SPDX-License-Identifier: GPL-2.0 */
/* Questions for neighbours that needn't be flooded: the switch knows the answer. */
#ifndef CVS_SUPPRESS_H
#define CVS_SUPPRESS_H

#include <linux/types.h>

struct cvs_fdb_owner;
struct cvs_packet;

bool cvs_suppress(const struct cvs_packet *pkt, struct cvs_fdb_owner *from);

#endif /* CVS_SUPPRESS_H */
