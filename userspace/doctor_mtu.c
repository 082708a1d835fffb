// SPDX-License-Identifier: GPL-2.0
/* Whether containers send what the switch can take to everybody. */
#include "doctor.h"

#include <errno.h>
#include <string.h>

#include <linux/cvswitch.h>

#define IPV6_MTU	1280	/* the least that IPv6 works with */

/* Containers' ends that could not be looked at, and why for the last of them. */
struct unseen {
	unsigned int count;
	int err;
};

/* The other end of a pair, which may be in another namespace. Return: 0 or -errno. */
static int other_end(const struct patient *patient, const struct link *link, struct link *peer)
{
	const struct link *here;

	if (link->netns != LINK_HERE)
		return link_get(link->lower, link->netns, peer);
	here = links_find(patient->links, link->lower);
	if (here)
		*peer = *here;
	return here ? 0 : -ENODEV;
}

static void check_pair(const struct patient *patient, const struct link *link,
		       const struct link *peer, uint32_t offered)
{
	struct findings *findings = patient->findings;

	if (peer->mtu > offered) {
		found(findings, patient->name, "mtu-container", link->name,
		      "the container's end of %s, %s, has an MTU of %u, but the switch takes %u",
		      link->name, peer->name, peer->mtu, offered);
		advise(findings, "in the container: ip link set %s mtu %u", peer->name, offered);
	}
	if (link->mtu < peer->mtu) {
		found(findings, patient->name, "mtu-port", link->name,
		      "the MTU of %s, %u, is less than that of its container's end, %u, so longer frames are lost before the switch sees them",
		      link->name, link->mtu, peer->mtu);
		advise(findings, "ip link set %s mtu %u", link->name, peer->mtu);
	}
}

static void check_ports(const struct patient *patient, uint32_t offered)
{
	struct unseen unseen = { 0 };
	struct obj port;
	size_t i;

	for (i = 0; i < patient->ports.count; i++) {
		const struct link *link;
		struct link peer;
		int err;

		table_get(&patient->ports, i, &port);
		link = links_find(patient->links, obj_u32(&port, CVSWITCH_A_PORT_IFINDEX));
		if (!link || !link->pair)
			continue;
		err = other_end(patient, link, &peer);
		if (!err)
			check_pair(patient, link, &peer, offered);
		else
			unseen = (struct unseen){ unseen.count + 1, err };
	}
	if (unseen.count)
		not_seen(patient, "MTU of the containers' ends of %u port(s): %s", unseen.count,
			 strerror(-unseen.err));
}

void doctor_mtu(const struct patient *patient)
{
	const uint32_t mtu = obj_u32(&patient->sw, CVSWITCH_A_SWITCH_MTU);
	uint32_t offered = obj_u32(&patient->sw, CVSWITCH_A_SWITCH_OFFERED_MTU);
	struct findings *findings = patient->findings;

	if (!offered) {
		not_seen(patient, "the MTU that is offered, which this module doesn't know");
		offered = mtu;
	}
	if (mtu > offered) {
		found(findings, patient->name, "mtu-host", patient->name,
		      "the host's MTU was set to %u, but the switch takes %u", mtu, offered);
		advise(findings, "ip link set %s mtu %u", patient->name, offered);
	}
	if (offered < IPV6_MTU) {
		found(findings, patient->name, "mtu-ipv6", patient->name,
		      "the switch takes %u bytes, but IPv6 needs %u", offered, IPV6_MTU);
		advise(findings,
		       "raise the least MTU among the ports', the underlay's and the host's");
	}
	check_ports(patient, offered);
}
