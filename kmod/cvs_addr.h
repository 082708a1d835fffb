/* SPDX-License-Identifier: GPL-2.0 */
/* IP addresses as rules see them: numbers. */
#ifndef CVS_ADDR_H
#define CVS_ADDR_H

#include <linux/etherdevice.h>	/* and with it the unaligned.h of this kernel */
#include <linux/in6.h>
#include <linux/types.h>

/**
 * struct cvs_addr - an IP address, or a mask of one, host byte order
 * @hi: its first 64 bits
 * @lo: its last; of an IPv4 address, which is mapped (RFC 4291, 2.5.5.2),
 *	the last 32 are it
 */
struct cvs_addr {
	u64 hi;
	u64 lo;
};

/* What an IPv4 address has before it. */
#define CVS_ADDR_MAPPED		0xffff00000000ULL

static inline struct cvs_addr cvs_addr_from_v4(__be32 v4)
{
	return (struct cvs_addr){ .lo = CVS_ADDR_MAPPED | ntohl(v4) };
}

/* The 16 bytes of an address as they are sent. */
static inline struct cvs_addr cvs_addr_from(const void *bytes)
{
	return (struct cvs_addr){ get_unaligned_be64(bytes), get_unaligned_be64(bytes + 8) };
}

static inline struct in6_addr cvs_addr_to(const struct cvs_addr *addr)
{
	struct in6_addr in6;

	put_unaligned_be64(addr->hi, &in6.s6_addr[0]);
	put_unaligned_be64(addr->lo, &in6.s6_addr[8]);
	return in6;
}

static inline bool cvs_addr_is_mapped(const struct cvs_addr *addr)
{
	return !(addr->hi | (addr->lo ^ CVS_ADDR_MAPPED) >> 32);
}

/* Are the bits under a mask those of @prefix, which has no others? */
static __always_inline bool cvs_addr_is_within(const struct cvs_addr *addr,
					       const struct cvs_addr *prefix,
					       const struct cvs_addr *mask)
{
	return !(((addr->hi ^ prefix->hi) & mask->hi) | ((addr->lo ^ prefix->lo) & mask->lo));
}

#endif /* CVS_ADDR_H */
