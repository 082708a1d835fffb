/* SPDX-License-Identifier: GPL-2.0 */
/* Changes of a switch's neighbours by request. */
#ifndef CVS_NEIGH_REQUEST_H
#define CVS_NEIGH_REQUEST_H

#include <linux/types.h>

struct cvs_neigh_key;
struct cvs_switch;
struct netlink_ext_ack;

int cvs_neigh_request_add(struct cvs_switch *sw, const struct cvs_neigh_key *key, u64 mac,
			  bool router, bool replace, struct netlink_ext_ack *extack);
int cvs_neigh_request_del(struct cvs_switch *sw, const struct cvs_neigh_key *key,
			  struct netlink_ext_ack *extack);

#endif /* CVS_NEIGH_REQUEST_H */
