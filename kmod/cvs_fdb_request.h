/* SPDX-License-Identifier: GPL-2.0 */
/* Changes of a switch's FDB by request, the same for every front. */
#ifndef CVS_FDB_REQUEST_H
#define CVS_FDB_REQUEST_H

#include <linux/cvswitch.h>
#include <linux/types.h>

struct cvs_fdb_owner;
struct cvs_switch;
struct netlink_ext_ack;

int cvs_fdb_request_add(struct cvs_switch *sw, struct cvs_fdb_owner *owner, const u8 *addr,
			u16 vid, enum cvswitch_fdb_kind kind, bool replace,
			struct netlink_ext_ack *extack);
int cvs_fdb_request_del(struct cvs_switch *sw, const u8 *addr, u16 vid,
			struct netlink_ext_ack *extack);

#endif /* CVS_FDB_REQUEST_H */
