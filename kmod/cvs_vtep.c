// SPDX-License-Identifier: GPL-2.0
#include "cvs_vtep.h"

#include <linux/errno.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/string.h>
#include <linux/udp.h>

#include "cvs_vxlan.h"

/**
 * cvs_vtep_is_unicast() - can this be the address of a tunnel's end?
 * @addr: the address
 *
 * Return: false for addresses of groups, of this host alone (loopback
 * excepted, where a test may live) and of nobody.
 */
bool cvs_vtep_is_unicast(const struct in6_addr *addr)
{
	u8 first = addr->s6_addr[12];

	if (cvs_vtep_is_v4(addr))
		return first && first < 224;
	return addr->s6_addr[0] != 0xff &&
	       (addr->s6_addr32[0] | addr->s6_addr32[1] | addr->s6_addr32[2] |
		addr->s6_addr32[3]);
}

/**
 * cvs_vtep_load() - read an address as it is in a message
 * @addr: where to
 * @data: the address in network byte order
 * @len: its length, 4 or 16
 *
 * Return: 0, or -EINVAL for another length and for an IPv4 address in the
 * form of an IPv6 one, which would be two names of the same thing.
 */
int cvs_vtep_load(struct in6_addr *addr, const void *data, int len)
{
	__be32 v4;

	switch (len) {
	case sizeof(v4):
		memcpy(&v4, data, sizeof(v4));
		cvs_vtep_set_v4(addr, v4);
		return 0;
	case sizeof(*addr):
		memcpy(addr, data, sizeof(*addr));
		return cvs_vtep_is_v4(addr) ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}

/**
 * cvs_vtep_store() - write an address as it is in a message
 * @data: where to, 16 bytes
 * @addr: the address
 *
 * Return: its length, 4 or 16.
 */
int cvs_vtep_store(void *data, const struct in6_addr *addr)
{
	if (cvs_vtep_is_v4(addr)) {
		memcpy(data, &addr->s6_addr32[3], sizeof(__be32));
		return sizeof(__be32);
	}
	memcpy(data, addr, sizeof(*addr));
	return sizeof(*addr);
}

/**
 * cvs_vtep_overhead() - length of a tunnel's headers
 * @addr: an address of its family
 *
 * Return: bytes from the outer IP header to the frame's Ethernet header.
 */
unsigned int cvs_vtep_overhead(const struct in6_addr *addr)
{
	return (cvs_vtep_is_v4(addr) ? sizeof(struct iphdr) : sizeof(struct ipv6hdr)) +
	       sizeof(struct udphdr) + CVS_VXLAN_HLEN;
}
