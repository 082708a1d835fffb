/* SPDX-License-Identifier: GPL-2.0 */
/* Prefixes of IP addresses; those of IPv4 lie among those of IPv6. */
#ifndef CVS_PREFIX_H
#define CVS_PREFIX_H

#include <linux/in6.h>
#include <linux/minmax.h>
#include <linux/types.h>

/* Prefix of the IPv4 addresses (RFC 4291, 2.5.5.2), and the length of all of one. */
#define CVS_PREFIX_MAPPED	96
#define CVS_PREFIX_HOST		128

static inline bool cvs_prefix_is_mapped(const struct in6_addr *addr)
{
	return !(addr->s6_addr32[0] | addr->s6_addr32[1] |
		 (addr->s6_addr32[2] ^ htonl(0xffff)));
}

/* Is it one of IPv4 addresses? ::/0 has them in it, but is one of IPv6. */
static inline bool cvs_prefix_is_v4(const struct in6_addr *addr, unsigned int len)
{
	return len >= CVS_PREFIX_MAPPED && cvs_prefix_is_mapped(addr);
}

/* The @i-th 32 bits of the mask of a prefix of @len bits. */
static inline __be32 cvs_prefix_mask32(unsigned int len, unsigned int i)
{
	int bits = clamp((int)len - (int)i * 32, 0, 32);

	return bits ? htonl(~0U << (32 - bits)) : 0;
}

static inline void cvs_prefix_mask(struct in6_addr *mask, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		mask->s6_addr32[i] = cvs_prefix_mask32(len, i);
}

/* Are all bits behind the prefix 0? */
static inline bool cvs_prefix_is_exact(const struct in6_addr *addr, unsigned int len)
{
	__be32 rest = 0;
	unsigned int i;

	for (i = 0; i < 4; i++)
		rest |= addr->s6_addr32[i] & ~cvs_prefix_mask32(len, i);
	return !rest;
}

#endif /* CVS_PREFIX_H */
