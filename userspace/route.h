/* SPDX-License-Identifier: GPL-2.0 */
/* Addresses of this host, and the ways to others. */
#ifndef CVS_ROUTE_H
#define CVS_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "attrs.h"

struct route {
	uint32_t ifindex;	/* of the device to send by */
	uint32_t mtu;		/* of the route or the path; 0 is the device's */
	bool here;		/* it ends at this host */
};

/* The device that has an address, 0 if none has it. Return: 0 or -errno. */
int address_device(const struct ip *ip, uint32_t *ifindex);

/*
 * The way to an address from one of this host's, by a device or VRF, or 0. Return: 0 or -errno;
 * what a router would say of a route that is there to refuse (EHOSTUNREACH, EACCES, EINVAL) also.
 */
int route_get(const struct ip *to, const struct ip *from, uint32_t ifindex, struct route *route);

#endif
