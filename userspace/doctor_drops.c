// SPDX-License-Identifier: GPL-2.0
/* Drops that tell of something wrong, and that happen now. */
#include "doctor.h"

#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"

/* Others are what was asked for (isolated, vlan-egress), or have a check of their own. */
static const uint16_t reasons[] = {
	CVSWITCH_DROP_REASON_OWN_SOURCE,
	CVSWITCH_DROP_REASON_TOO_BIG,
	CVSWITCH_DROP_REASON_TX_REFUSED,
	CVSWITCH_DROP_REASON_NO_MEMORY,
	CVSWITCH_DROP_REASON_TUNNEL_UNKNOWN_VTEP,
	CVSWITCH_DROP_REASON_TUNNEL_WRONG_VTEP,
	CVSWITCH_DROP_REASON_TUNNEL_RESERVED,
	CVSWITCH_DROP_REASON_TUNNEL_ECN,
	CVSWITCH_DROP_REASON_TUNNEL_NO_VNI,
	CVSWITCH_DROP_REASON_TUNNEL_LOOP,
	CVSWITCH_DROP_REASON_TUNNEL_TOO_BIG,
	CVSWITCH_DROP_REASON_TUNNEL_QUEUE_FULL,
};

static const struct {
	uint16_t id;
	const char *check, *what, *next;
} sockets[] = {
	{ CVSWITCH_A_TUNNEL_RX_MALFORMED, "udp-malformed", "datagrams without a VXLAN header",
	  "find who sends to this UDP port by mistake: tcpdump -ni any udp port" },
	{ CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI, "udp-unknown-vni",
	  "frames of a VNI that nobody here has",
	  "compare the VNIs of both hosts (cvswitch-ctl vni show), or tcpdump -ni any udp port" },
};

static bool tells(const struct drop *drop)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++) {
		if (drop->reason == words_get(&drop_reasons, reasons[i]))
			return true;
	}
	return false;
}

bool doctor_drops_before(const struct patient *patient)
{
	struct drops drops;
	bool any = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sockets); i++)
		any |= obj_u64(&patient->tunnel.obj, sockets[i].id) > 0;
	if (!drops_collect(&patient->stats, NULL, &drops))
		return any;
	for (i = 0; i < drops.count; i++)
		any |= tells(&drops.drop[i]);
	drops_free(&drops);
	return any;
}

static uint64_t frames_before(const struct drops *before, const struct drop *drop)
{
	size_t i;

	for (i = 0; i < before->count; i++) {
		if (before->drop[i].port_ifindex == drop->port_ifindex &&
		    before->drop[i].reason == drop->reason)
			return before->drop[i].frames;
	}
	return 0;
}

static void compare(const struct patient *patient, const struct drops *before,
		    const struct drops *after)
{
	size_t i;

	for (i = 0; i < after->count; i++) {
		const struct drop *drop = &after->drop[i];
		const char *port = port_name(drop->switch_ifindex, drop->port_ifindex);
		uint64_t more = drop->frames - frames_before(before, drop);

		if (!more || !tells(drop))
			continue;
		found(patient->findings, patient->name, drop->reason->name, port,
		      "%llu frame%s dropped within a second at %s: %s", (unsigned long long)more,
		      more == 1 ? " was" : "s were", port, drop->reason->name);
		advise(patient->findings, "%s", drop->reason->next);
	}
}

static void compare_sockets(const struct patient *before, const struct patient *after)
{
	const unsigned int port = obj_u32(&after->tunnel.obj, CVSWITCH_A_TUNNEL_PORT);
	size_t i;

	if (!before->tunnel_there || !after->tunnel_there)
		return;
	for (i = 0; i < ARRAY_SIZE(sockets); i++) {
		uint64_t more = obj_u64(&after->tunnel.obj, sockets[i].id) -
				obj_u64(&before->tunnel.obj, sockets[i].id);

		if (!more)
			continue;
		found(after->findings, after->name, sockets[i].check, "tunnel",
		      "%llu %s came within a second to UDP port %u", (unsigned long long)more,
		      sockets[i].what, port);
		advise(after->findings, "%s %u", sockets[i].next, port);
	}
}

void doctor_drops(const struct patient *before, const struct patient *after)
{
	struct drops old, new;

	compare_sockets(before, after);
	if (!drops_collect(&before->stats, NULL, &old))
		return;
	if (drops_collect(&after->stats, NULL, &new)) {
		compare(after, &old, &new);
		drops_free(&new);
	}
	drops_free(&old);
}
