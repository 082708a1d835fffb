// SPDX-License-Identifier: GPL-2.0
/* Whether the tunnel has what it needs on this host. */
#include "doctor.h"

#include <string.h>

#include <linux/cvswitch.h>

#include "device.h"
#include "out.h"
#include "route.h"

/* A VRF has no address, and is up with all of its devices. */
static void check_underlay(const struct patient *patient, uint32_t ifindex)
{
	const struct link *link = links_find(patient->links, ifindex);
	struct findings *findings = patient->findings;

	if (!link || (link->up && link->carrier))
		return;
	found(findings, patient->name, "underlay-down", link->name,
	      "%s, by which the tunnel sends, %s", link->name,
	      link->up ? "has no carrier" : "is down");
	if (link->up)
		advise(findings, "look for the cable, and for who is at its other end");
	else
		advise(findings, "ip link set %s up", link->name);
}

static void check_local(const struct patient *patient)
{
	const struct ip ip = obj_ip(&patient->tunnel.obj, CVSWITCH_A_TUNNEL_LOCAL);
	struct findings *findings = patient->findings;
	uint32_t ifindex;
	char addr[64];
	int err;

	out_ip(addr, sizeof(addr), &ip);
	err = address_device(&ip, &ifindex);
	if (err) {
		not_seen(patient, "addresses of this host: %s", strerror(-err));
	} else if (ifindex) {
		check_underlay(patient, ifindex);
	} else {
		found(findings, patient->name, "tunnel-local", addr,
		      "the tunnel sends from %s, which no device here has", addr);
		advise(findings,
		       "ip address add %s/LEN dev DEV; or cvswitch-ctl tunnel set %s local ADDR",
		       addr, patient->name);
	}
}

static void check_device(const struct patient *patient)
{
	const uint32_t ifindex = obj_u32(&patient->tunnel.obj, CVSWITCH_A_TUNNEL_DEVICE);
	struct findings *findings = patient->findings;

	if (!ifindex || links_find(patient->links, ifindex))
		return;
	found(findings, patient->name, "tunnel-device", device_name(ifindex),
	      "the device by which the tunnel sends, %s, is gone", device_name(ifindex));
	advise(findings, "cvswitch-ctl tunnel set %s device DEV|none", patient->name);
}

void doctor_tunnel(const struct patient *patient)
{
	const struct obj *tunnel = &patient->tunnel.obj;
	struct findings *findings = patient->findings;

	if (!patient->tunnel_there)
		return;
	check_local(patient);
	check_device(patient);
	if (!obj_has(tunnel, CVSWITCH_A_TUNNEL_VNI) && !patient->vnis.count) {
		found(findings, patient->name, "tunnel-vni", patient->name,
		      "the tunnel has no VNI, so nothing leaves by it");
		advise(findings, "cvswitch-ctl tunnel set %s vni VNI", patient->name);
	}
	if (!patient->remotes.count) {
		found(findings, patient->name, "tunnel-remotes", patient->name,
		      "the tunnel has no remotes");
		advise(findings, "cvswitch-ctl remote add %s ADDR", patient->name);
	}
}
