/* SPDX-License-Identifier: GPL-2.0 */
/* Frames whose receivers are many, or unknown. */
#ifndef CVS_FLOOD_H
#define CVS_FLOOD_H

#include <linux/netdevice.h>

struct cvs_fdb_owner;
struct cvs_packet;

rx_handler_result_t cvs_flood(struct cvs_packet *pkt, struct cvs_fdb_owner *from);

#endif /* CVS_FLOOD_H */
