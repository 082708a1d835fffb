/* SPDX-License-Identifier: GPL-2.0 */
/* Addresses of tunnels' ends, of either family. */
#ifndef CVS_VTEP_H
#define CVS_VTEP_H

#include <linux/in6.h>
#include <linux/types.h>

/* An IPv4 address is kept as the IPv6 address that maps it (RFC 4291, 2.5.5.2). */
static inline bool cvs_vtep_is_v4(const struct in6_addr *addr)
{
	return !(addr->s6_addr32[0] | addr->s6_addr32[1] |
		 (addr->s6_addr32[2] ^ htonl(0xffff)));
}

static inline void cvs_vtep_set_v4(struct in6_addr *addr, __be32 v4)
{
	*addr = (struct in6_addr) {
		.s6_addr32 = { 0, 0, htonl(0xffff), v4 },
	};
}

static inline __be32 cvs_vtep_v4(const struct in6_addr *addr)
{
	return addr->s6_addr32[3];
}

static inline bool cvs_vtep_equal(const struct in6_addr *a, const struct in6_addr *b)
{
	return a->s6_addr32[3] == b->s6_addr32[3] && a->s6_addr32[2] == b->s6_addr32[2] &&
	       a->s6_addr32[1] == b->s6_addr32[1] && a->s6_addr32[0] == b->s6_addr32[0];
}

bool cvs_vtep_is_unicast(const struct in6_addr *addr);
int cvs_vtep_load(struct in6_addr *addr, const void *data, int len);
int cvs_vtep_store(void *data, const struct in6_addr *addr);
unsigned int cvs_vtep_overhead(const struct in6_addr *addr);

#endif /* CVS_VTEP_H */
