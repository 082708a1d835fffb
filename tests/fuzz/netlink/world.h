/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the messages go: a network namespace with switches sw0, sw1, ... and one end of each
 * cable, and another one, of the containers, with the other ends. Devices have fixed numbers, so
 * that requests can name them without asking:
 *
 *	10 ... 13	switches
 *	20 ... 39	cables p0 ... p19, five for each switch, of which the last is no port yet
 *	40, 41		a dummy and a bridge
 *
 * Each switch has profiles admin0, tenant0 and default0 with some rules, groups ip0, mac0 and
 * port0 with some members, and some neighbours; the first two have an address in the FDB and a
 * tunnel with some remotes, the second one keeps VLANs apart and has a VNI for one (objects.h).
 *
 * The dummy, where there is one, is the tunnels' underlay: 198.51.100.1 and .2 are there, and
 * frames to other remotes end there.
 */
#ifndef FUZZ_WORLD_H
#define FUZZ_WORLD_H

#include <stdbool.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#define SWITCH_FIRST	10
#define SWITCHES	4
#define VLAN_SWITCH	1	/* of them */
#define PORT_FIRST	20
#define PORTS_EACH	5
#define PORTS		(SWITCHES * PORTS_EACH)
#define DUMMY		40
#define BRIDGE		41
#define HANDLES		4	/* of rules in a new profile */
/* What the groups have, besides the MAC addresses of the first stations. */
#define WORLD_PREFIX	{ 24, { 198, 51, 100 } }
#define WORLD_PORTS	22, 53, 80, 443

struct world {
	int containers;		/* their namespace */
	int rtnl;		/* a socket there */
};

/* Takes this thread to new namespaces, with all devices. */
void world_enter(struct world *world);

/*
 * Puts back what messages have taken away, as far as that can be. Return: 0, or the errno of
 * something that was there or couldn't be made.
 */
int world_mend(const struct world *world);

/* Takes this thread back home. With the last thread there, the world ends. */
void world_leave(const struct world *world);

#endif
