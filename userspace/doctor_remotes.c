// SPDX-License-Identifier: GPL-2.0
/* Whether the tunnel's remotes can be reached. */
#include "doctor.h"

#include <errno.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "out.h"
#include "route.h"

#define OVERHEAD_V4	50	/* of the underlay's MTU, as Documentation/vxlan.rst says */
#define OVERHEAD_V6	70

/* True for the switch's own device and those that lie on it: the way would be a loop. */
static bool lies_on(const struct links *links, uint32_t ifindex, uint32_t below)
{
	const struct link *link;
	size_t depth;

	for (depth = 0; depth <= links->count && ifindex != below; depth++) {
		link = links_find(links, ifindex);
		if (!link || link->pair || link->netns != LINK_HERE || !link->lower)
			return false;
		ifindex = link->lower;
	}
	return ifindex == below;
}

static uint32_t room(const struct patient *patient, const struct route *route, uint8_t len)
{
	const struct link *link = links_find(patient->links, route->ifindex);
	const uint32_t overhead = len == 4 ? OVERHEAD_V4 : OVERHEAD_V6;
	uint32_t mtu = link ? link->mtu : 0;

	if (route->mtu && (route->mtu < mtu || !mtu))
		mtu = route->mtu;
	return mtu > overhead ? mtu - overhead : 0;
}

static void check_way(const struct patient *patient, const char *addr,
		      const struct route *route, uint8_t len)
{
	const uint32_t offered = obj_u32(&patient->sw, CVSWITCH_A_SWITCH_OFFERED_MTU);
	const struct link *link = links_find(patient->links, route->ifindex);
	struct findings *findings = patient->findings;

	if (route->here) {
		found(findings, patient->name, "remote-self", addr,
		      "remote %s is this host itself", addr);
		advise(findings, "cvswitch-ctl remote del %s %s", patient->name, addr);
	} else if (lies_on(patient->links, route->ifindex, patient->ifindex)) {
		found(findings, patient->name, "remote-loop", addr,
		      "the way to remote %s leads by %s into the switch itself", addr,
		      link ? link->name : patient->name);
		advise(findings, "ip route add %s via GATEWAY dev DEV", addr);
	} else if (room(patient, route, len) < offered) {
		found(findings, patient->name, "mtu-path", addr,
		      "the switch takes %u bytes, but the way to remote %s only %u", offered, addr,
		      room(patient, route, len));
		advise(findings, "ip link set %s mtu %u, and so the containers' ends",
		       patient->name, room(patient, route, len));
	}
}

static void check_remote(const struct patient *patient, const struct obj *remote,
			 const struct ip *local)
{
	const struct ip ip = obj_ip(remote, CVSWITCH_A_REMOTE_ADDRESS);
	struct findings *findings = patient->findings;
	struct route route;
	char addr[64];
	int err;

	out_ip(addr, sizeof(addr), &ip);
	err = route_get(&ip, local, obj_u32(&patient->tunnel.obj, CVSWITCH_A_TUNNEL_DEVICE),
			&route);
	if (!err) {
		check_way(patient, addr, &route, ip.len);
		return;
	}
	found(findings, patient->name, "remote-route", addr, "there is no route to remote %s (%s)",
	      addr, strerror(-err));
	advise(findings, "ip route add %s via GATEWAY; what there is: ip route get %s", addr, addr);
}

void doctor_remotes(const struct patient *patient)
{
	struct ip local;
	struct obj remote;
	uint32_t ifindex;
	size_t i;

	if (!patient->tunnel_there)
		return;
	local = obj_ip(&patient->tunnel.obj, CVSWITCH_A_TUNNEL_LOCAL);
	/* Nothing can be sent from an address that is missing, which doctor_tunnel() has said. */
	if (address_device(&local, &ifindex) || !ifindex)
		return;
	for (i = 0; i < patient->remotes.count; i++) {
		table_get(&patient->remotes, i, &remote);
		check_remote(patient, &remote, &local);
	}
}
