/* SPDX-License-Identifier: GPL-2.0 */
/* Prefixes of IP addresses; those of IPv4 lie among those of IPv6. */
#ifndef CVS_PREFIX_H
#define CVS_PREFIX_H

#include <linux/limits.h>

#include "cvs_addr.h"

/* Prefix of the IPv4 addresses (RFC 4291, 2.5.5.2), and the length of all of one. */
#define CVS_PREFIX_MAPPED	96
#define CVS_PREFIX_HOST		128

/* Is it one of IPv4 addresses? ::/0 has them in it, but is one of IPv6. */
static inline bool cvs_prefix_is_v4(const struct cvs_addr *addr, unsigned int len)
{
	return len >= CVS_PREFIX_MAPPED && cvs_addr_is_mapped(addr);
}

/* The mask of a prefix of @len bits, at most CVS_PREFIX_HOST. */
static inline struct cvs_addr cvs_prefix_mask(unsigned int len)
{
	if (!len)
		return (struct cvs_addr){ 0, 0 };
	if (len <= 64)
		return (struct cvs_addr){ U64_MAX << (64 - len), 0 };
	return (struct cvs_addr){ U64_MAX, U64_MAX << (CVS_PREFIX_HOST - len) };
}

/* Are all bits behind the prefix 0? */
static inline bool cvs_prefix_is_exact(const struct cvs_addr *addr, unsigned int len)
{
	struct cvs_addr mask = cvs_prefix_mask(len);

	return !((addr->hi & ~mask.hi) | (addr->lo & ~mask.lo));
}

#endif /* CVS_PREFIX_H */
