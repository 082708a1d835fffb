// SPDX-License-Identifier: GPL-2.0
/* What keeps frames from going through the switch and its ports at all. */
#include "doctor.h"

#include <linux/cvswitch.h>

#include "device.h"

static void check_link(const struct patient *patient, const struct link *link)
{
	struct findings *findings = patient->findings;

	if (!link->up) {
		found(findings, patient->name, "port-down", link->name, "port %s is down",
		      link->name);
		advise(findings, "ip link set %s up", link->name);
	} else if (!link->carrier) {
		found(findings, patient->name, "port-carrier", link->name,
		      "port %s has no carrier", link->name);
		advise(findings, "%s", link->pair ?
		       "set the container's end up: ip link set DEV up" :
		       "look for the cable, and for who is at its other end");
	}
}

static void check_port(const struct patient *patient, const struct obj *port)
{
	const uint32_t ifindex = obj_u32(port, CVSWITCH_A_PORT_IFINDEX);
	const uint32_t max = obj_u32(port, CVSWITCH_A_PORT_FDB_MAX);
	const struct link *link = links_find(patient->links, ifindex);
	struct findings *findings = patient->findings;
	const char *name = device_name(ifindex);

	if (link)
		check_link(patient, link);
	if (obj_u32(port, CVSWITCH_A_PORT_STATE) == CVSWITCH_PORT_STATE_BPDU_BLOCKED) {
		found(findings, patient->name, "bpdu-guard", name,
		      "port %s is blocked, because it received a BPDU", name);
		advise(findings,
		       "find the bridge behind it, then ip link set %s down; ip link set %s up",
		       name, name);
	}
	if (max && obj_u32(port, CVSWITCH_A_PORT_FDB_COUNT) >= max) {
		found(findings, patient->name, "port-fdb-full", name,
		      "port %s has as many addresses as it may, %u", name, max);
		advise(findings,
		       "look for who makes up addresses; or cvswitch-ctl port set %s fdb-max N",
		       name);
	}
}

void doctor_ports(const struct patient *patient)
{
	const uint32_t max = obj_u32(&patient->sw, CVSWITCH_A_SWITCH_FDB_MAX);
	struct findings *findings = patient->findings;
	struct obj port;
	size_t i;

	if (!obj_u32(&patient->sw, CVSWITCH_A_SWITCH_UP)) {
		found(findings, patient->name, "switch-down", patient->name, "the switch is down");
		advise(findings, "ip link set %s up", patient->name);
	}
	if (obj_u32(&patient->sw, CVSWITCH_A_SWITCH_FDB_COUNT) >= max) {
		found(findings, patient->name, "fdb-full", patient->name,
		      "the forwarding database is full, with %u addresses", max);
		advise(findings,
		       "look for who makes up addresses; or cvswitch-ctl switch set %s fdb-max N",
		       patient->name);
	}
	for (i = 0; i < patient->ports.count; i++) {
		table_get(&patient->ports, i, &port);
		if (obj_u32(&port, CVSWITCH_A_PORT_IFINDEX) != patient->ifindex)
			check_port(patient, &port);
	}
}
