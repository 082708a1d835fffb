/* SPDX-License-Identifier: GPL-2.0 */
/* Who a port's container is: the addresses that it may have. */
#ifndef CVS_IDENTITY_H
#define CVS_IDENTITY_H

#include <linux/rcupdate.h>
#include <linux/types.h>

#include "cvs_addr.h"

struct cvs_flow;

#define CVS_IDENTITY_MACS_MAX	16
#define CVS_IDENTITY_IPS_MAX	64

/**
 * struct cvs_identity_ip - a prefix of addresses
 * @addr: the prefix, IPv4 mapped
 * @mask: its bits
 * @len: its length in 128 bits
 * @v4: it is one of IPv4 addresses; ::/0 has them in it, but is not
 */
struct cvs_identity_ip {
	struct cvs_addr addr;
	struct cvs_addr mask;
	u32 len;
	bool v4;
};

/**
 * struct cvs_identity - who a port's container is, never changed once published
 * @mac_count: length of @macs
 * @ip_count: length of @ips
 * @enforced: frames of others are dropped
 * @dhcp_server: it may send what DHCP servers send
 * @router: it may send router advertisements and redirects
 * @rcu: for freeing
 * @macs: source MAC addresses that it may have; none is any
 * @ips: IP addresses that it may have; none is any
 */
struct cvs_identity {
	u8 mac_count;
	u8 ip_count;
	bool enforced;
	bool dhcp_server;
	bool router;
	struct rcu_head rcu;
	u64 macs[CVS_IDENTITY_MACS_MAX];
	struct cvs_identity_ip ips[];
};

struct cvs_identity *cvs_identity_alloc(unsigned int ips);
int cvs_identity_check(const struct cvs_identity *identity, const struct cvs_flow *flow);

#endif /* CVS_IDENTITY_H */
