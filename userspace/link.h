/* SPDX-License-Identifier: GPL-2.0 */
/* Network devices as rtnetlink describes them. */
#ifndef CVS_LINK_H
#define CVS_LINK_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINK_HERE	-1	/* the namespace of this process */

struct link {
	uint32_t ifindex, mtu;
	uint32_t lower;		/* another device that it is an end of or lies on; or 0 */
	uint32_t master;	/* or 0 */
	int32_t netns;		/* number of the namespace of `lower`, or LINK_HERE */
	bool up;		/* administratively */
	bool carrier;
	bool pair;		/* `lower` is the other end of a pair */
	uint16_t vxlan_port;	/* UDP port of a vxlan device, host byte order; else 0 */
	char name[IF_NAMESIZE];
};

struct links {
	struct link *link;
	size_t count;
};

/* All devices, by ascending ifindex. Return: 0 or -errno. */
int links_get(struct links *links);
void links_free(struct links *links);

/* Return: the device, or NULL. */
const struct link *links_find(const struct links *links, uint32_t ifindex);

/* One device of a namespace, by its number here. Return: 0 or -errno. */
int link_get(uint32_t ifindex, int32_t netns, struct link *link);

#endif
