/* SPDX-License-Identifier: GPL-2.0 */
/* The netlink family: what its files share. */
#ifndef CVS_GENL_H
#define CVS_GENL_H

#include <net/genetlink.h>

#include "cvs_genl_gen.h"

struct cvs_fdb_owner;
struct cvs_port;
struct cvs_remote;
struct cvs_switch;
struct cvs_tunnel;
struct in6_addr;

extern struct genl_family cvs_genl_family;

int cvs_genl_init(void);
void cvs_genl_exit(void);

/**
 * struct cvs_dump - where a dump goes on, in &struct netlink_callback
 * @started: not the first part
 * @switch_idx: switch, by its place in the namespace
 * @port_idx: port, by its place in the switch; 0 is the host's
 * @id: what is below that: a VLAN, the number of an FDB entry
 */
struct cvs_dump {
	bool started;
	unsigned int switch_idx;
	unsigned int port_idx;
	unsigned long id;
};

static inline struct cvs_dump *cvs_dump(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct cvs_dump) > sizeof(cb->ctx));
	return (struct cvs_dump *)cb->ctx;
}

/**
 * struct cvs_genl_hdr - what begins a message
 * @portid: receiver, 0 for a notification
 * @seq: of the request
 * @flags: NLM_F_*
 * @cmd: CVSWITCH_CMD_*
 * @cb: the dump that the message belongs to, or NULL
 */
struct cvs_genl_hdr {
	u32 portid;
	u32 seq;
	int flags;
	u8 cmd;
	struct netlink_callback *cb;
};

void *cvs_genl_put_hdr(struct sk_buff *msg, const struct cvs_genl_hdr *hdr);
struct cvs_genl_hdr cvs_genl_reply_hdr(const struct genl_info *info, u8 cmd);
struct cvs_genl_hdr cvs_genl_dump_hdr(struct netlink_callback *cb, u8 cmd);

/* The switch that the request named, or NULL; see cvs_genl_pre_doit(). */
static inline struct cvs_switch *cvs_genl_switch(const struct genl_info *info)
{
	return info->user_ptr[0];
}

int cvs_genl_lock(struct genl_info *info);
int cvs_genl_need_switch(struct genl_info *info);
struct cvs_port *cvs_genl_port(struct genl_info *info, int attrtype);
struct cvs_tunnel *cvs_genl_tunnel(struct genl_info *info);
struct cvs_remote *cvs_genl_remote(struct cvs_switch *sw, const struct nlattr *attr,
				   struct netlink_ext_ack *extack);
int cvs_genl_get_vtep(struct in6_addr *addr, const struct nlattr *attr,
		      struct netlink_ext_ack *extack);
int cvs_genl_put_vtep(struct sk_buff *msg, int attrtype, const struct in6_addr *addr);
int cvs_genl_put_port(struct sk_buff *msg, const struct cvs_port *port, int port_attr,
		      int tunnel_attr);
int cvs_genl_put_owner(struct sk_buff *msg, struct cvs_fdb_owner *owner, int port_attr,
		       int remote_attr);
struct cvs_fdb_owner *cvs_genl_owner(struct genl_info *info, int port_attr, int remote_attr);
struct cvs_fdb_owner *cvs_genl_dump_owner(struct nlattr **attrs, struct cvs_switch *sw,
					  int port_attr, int remote_attr);
bool cvs_genl_listening(const struct cvs_switch *sw, unsigned int group);
void cvs_genl_notify(const struct cvs_switch *sw, struct sk_buff *msg,
		     unsigned int group, gfp_t gfp);

typedef int (*cvs_dump_switch_t)(struct sk_buff *msg, struct netlink_callback *cb,
				 struct cvs_switch *sw, const void *arg);
typedef int (*cvs_dump_port_t)(struct sk_buff *msg, struct netlink_callback *cb,
			       struct cvs_port *port);

/**
 * struct cvs_dump_ports - a dump of ports
 * @attrtype: attribute that asks for one port
 * @dump: puts one port in
 */
struct cvs_dump_ports {
	int attrtype;
	cvs_dump_port_t dump;
};

int cvs_genl_dump_ports_of(struct sk_buff *msg, struct netlink_callback *cb,
			   struct cvs_switch *sw, const void *arg);
int cvs_genl_dump_switches(struct sk_buff *msg, struct netlink_callback *cb,
			   const atomic_t *seq, cvs_dump_switch_t dump, const void *arg);
int cvs_genl_dump_ports(struct sk_buff *msg, struct netlink_callback *cb, int attrtype,
			cvs_dump_port_t dump);

#endif /* CVS_GENL_H */
