/* SPDX-License-Identifier: GPL-2.0 */
/* The way through the underlay to a remote. */
#ifndef CVS_UNDERLAY_H
#define CVS_UNDERLAY_H

#include <linux/in6.h>
#include <net/dst.h>

struct cvs_remote;
struct cvs_tunnel_config;
struct sk_buff;

/**
 * struct cvs_way - how a frame gets to a remote
 * @dst: the route; holds a reference
 * @source: address to send from
 * @port: UDP port to send from
 * @dsfield: DSCP and ECN
 * @dont_fragment: set that bit, or don't fragment
 */
struct cvs_way {
	struct dst_entry *dst;
	struct in6_addr source;
	__be16 port;
	u8 dsfield;
	bool dont_fragment;
};

int cvs_underlay_route(struct cvs_remote *remote, const struct cvs_tunnel_config *config,
		       struct cvs_way *way);
void cvs_underlay_send(struct sk_buff *skb, const struct cvs_remote *remote,
		       const struct cvs_tunnel_config *config, const struct cvs_way *way);

#endif /* CVS_UNDERLAY_H */
