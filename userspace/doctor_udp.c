// SPDX-License-Identifier: GPL-2.0
/* Whether somebody else has the tunnel's UDP port, or wants it. */
#include "doctor.h"

#include <stdio.h>

#include <linux/cvswitch.h>

#define PORT_DEFAULT	4789

/* True if a socket of this namespace is bound to the port. */
static bool bound(const char *path, unsigned int port)
{
	FILE *file = fopen(path, "re");
	bool found = false;
	unsigned int local;
	char line[512];

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file))
		found = sscanf(line, " %*u: %*[0-9A-F]:%x", &local) == 1 && local == port;
	fclose(file);
	return found;
}

/* Tunnels of several switches share a port. */
static bool ours(const struct table *tunnels, unsigned int port)
{
	struct obj tunnel;
	size_t i;

	for (i = 0; i < tunnels->count; i++) {
		table_get(tunnels, i, &tunnel);
		if (obj_u32(&tunnel, CVSWITCH_A_TUNNEL_PORT) == port)
			return true;
	}
	return false;
}

/* A vxlan device has its port while it is up; that of a port of the switch is there on purpose. */
static const struct link *vxlan_device(const struct patient *patient, unsigned int port, bool up)
{
	size_t i;

	for (i = 0; i < patient->links->count; i++) {
		const struct link *link = &patient->links->link[i];

		if (link->vxlan_port == port && link->up == up &&
		    link->master != patient->ifindex)
			return link;
	}
	return NULL;
}

static void advise_other_port(const struct patient *patient)
{
	advise(patient->findings, "use another one: cvswitch-ctl tunnel set %s port PORT",
	       patient->name);
}

/* The switch has a tunnel, and with it the port. */
static void check_rival(const struct patient *patient, unsigned int port)
{
	const struct link *vxlan = vxlan_device(patient, port, false);

	if (!vxlan)
		return;
	found(patient->findings, patient->name, "udp-port", vxlan->name,
	      "%s is down and can't come up, because the tunnel has its UDP port %u",
	      vxlan->name, port);
	advise_other_port(patient);
}

void doctor_udp(const struct patient *patient)
{
	const struct link *vxlan;

	if (patient->tunnel_there) {
		check_rival(patient, obj_u32(&patient->tunnel.obj, CVSWITCH_A_TUNNEL_PORT));
		return;
	}
	vxlan = vxlan_device(patient, PORT_DEFAULT, true);
	if (!vxlan && (ours(patient->tunnels, PORT_DEFAULT) ||
		       (!bound("/proc/net/udp", PORT_DEFAULT) &&
			!bound("/proc/net/udp6", PORT_DEFAULT))))
		return;
	found(patient->findings, patient->name, "udp-port", vxlan ? vxlan->name : patient->name,
	      "UDP port %u is occupied by %s, so the switch can't have its tunnel there",
	      PORT_DEFAULT, vxlan ? vxlan->name : "a program");
	advise_other_port(patient);
}
