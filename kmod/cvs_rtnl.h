/* SPDX-License-Identifier: GPL-2.0 */
/* Link kind "cvswitch": switches made, changed and deleted by rtnetlink. */
#ifndef CVS_RTNL_H
#define CVS_RTNL_H

#include <linux/types.h>

struct cvs_switch_config;
struct list_head;
struct net;
struct net_device;
struct netlink_ext_ack;
struct nlattr;
struct sk_buff;

extern struct rtnl_link_ops cvs_link_ops;

void cvs_rtnl_parse(struct nlattr **attrs, struct cvs_switch_config *config);
int cvs_rtnl_put_rest(struct sk_buff *msg, const struct cvs_switch_config *config);
struct net_device *cvs_rtnl_create(struct net *net, const char *name, const u8 *addr,
				   const struct cvs_switch_config *config,
				   struct netlink_ext_ack *extack);
void cvs_rtnl_delete(struct net_device *dev, struct list_head *head);

#endif /* CVS_RTNL_H */
