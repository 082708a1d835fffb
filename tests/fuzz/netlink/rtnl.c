// SPDX-License-Identifier: GPL-2.0
/* Requests of rtnetlink that end in the module. */
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "message.h"
#include "spec.h"
#include "world.h"

enum { LINK_ADD, LINK_CHANGE, LINK_SET, LINK_ENSLAVE, LINK_RELEASE, LINK_DEL, LINK_GET, LINK_DUMP,
       NEIGH_ADD, NEIGH_DEL, NEIGH_DUMP };

const struct kind rtnl_kind[] = {
	{ "RTM_NEWLINK create", 4, .id = LINK_ADD },
	{ "RTM_NEWLINK change", 4, .id = LINK_CHANGE },
	{ "RTM_SETLINK", 4, .id = LINK_SET },
	{ "RTM_SETLINK master", 6, .id = LINK_ENSLAVE },
	{ "RTM_SETLINK nomaster", 2, .id = LINK_RELEASE },
	{ "RTM_DELLINK", 1, .id = LINK_DEL },
	{ "RTM_GETLINK", 2, .id = LINK_GET },
	{ "RTM_GETLINK dump", 1, .id = LINK_DUMP, .dump = true },
	{ "RTM_NEWNEIGH", 4, .id = NEIGH_ADD },
	{ "RTM_DELNEIGH", 4, .id = NEIGH_DEL },
	{ "RTM_GETNEIGH dump", 2, .id = NEIGH_DUMP, .dump = true },
};

const unsigned int rtnl_kinds = ARRAY_LEN(rtnl_kind);

static void put_u16(struct message *m, uint16_t type, uint16_t value)
{
	message_put(m, type, &value, sizeof(value));
}

static void put_name(struct message *m, uint16_t type, uint64_t *rng)
{
	char name[STRING_MAX];
	size_t len = value_name(rng, name, one_in(rng, 12));

	message_put(m, type, name, len);
}

static void put_mac(struct message *m, uint16_t type, uint64_t *rng)
{
	uint8_t mac[ETH_ALEN];

	value_mac(rng, mac, one_in(rng, 24));
	message_put(m, type, mac, one_in(rng, 48) ? below(rng, 7) : sizeof(mac));
}

/* A switch's settings as IFLA_INFO_DATA; the identity, which doesn't belong there, now and then. */
static void put_info(struct message *m, uint64_t *rng)
{
	const uint32_t info = message_nest(m, IFLA_LINKINFO | (one_in(rng, 2) ? NLA_F_NESTED : 0));
	uint32_t data;
	uint16_t type;

	if (!one_in(rng, 24))
		message_put(m, IFLA_INFO_KIND, "cvswitch", one_in(rng, 2) ? 8 : 9);
	if (one_in(rng, 24))
		message_put(m, IFLA_INFO_SLAVE_KIND, "cvswitch", 9);
	data = message_nest(m, one_in(rng, 48) ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA);
	for (type = 1; type < spec_switch.count; type++) {
		const struct spec_attr *attr = &spec_switch.attr[type];

		if (!one_in(rng, attr->role == ROLE_NUMBER && type < 8 ? 3 : 64))
			continue;
		message_put_u32(m, type, value_number(rng, attr->least, attr->most,
						      one_in(rng, 12)));
	}
	message_nest_end(m, data);
	message_nest_end(m, info);
}

static void link_settings(struct message *m, struct ifinfomsg *ifi, uint64_t *rng)
{
	static const unsigned int flags[] = {
		IFF_UP, IFF_UP, IFF_PROMISC, IFF_ALLMULTI, IFF_UP | IFF_PROMISC,
	};

	if (one_in(rng, 2)) {
		ifi->ifi_change = flags[below(rng, ARRAY_LEN(flags))];
		ifi->ifi_flags = one_in(rng, 4) ? 0 : ifi->ifi_change;
	}
	if (one_in(rng, 4))
		message_put_u32(m, IFLA_MTU, value_number(rng, 68, 9000, one_in(rng, 6)));
	if (one_in(rng, 4))
		put_mac(m, IFLA_ADDRESS, rng);
	if (one_in(rng, 12))
		put_name(m, IFLA_IFNAME, rng);
}

static void link_request(struct message *m, const struct kind *kind, uint64_t *rng)
{
	static const uint16_t types[] = {
		[LINK_ADD] = RTM_NEWLINK, [LINK_CHANGE] = RTM_NEWLINK, [LINK_SET] = RTM_SETLINK,
		[LINK_ENSLAVE] = RTM_SETLINK, [LINK_RELEASE] = RTM_SETLINK,
		[LINK_DEL] = RTM_DELLINK, [LINK_GET] = RTM_GETLINK, [LINK_DUMP] = RTM_GETLINK,
	};
	const uint32_t home = value_home(rng);
	const bool port = kind->id == LINK_ENSLAVE || kind->id == LINK_RELEASE ||
			  (kind->id == LINK_SET && one_in(rng, 2)) ||
			  (kind->id == LINK_DEL && one_in(rng, 8));
	struct ifinfomsg *ifi;

	ifi = message_begin(m, types[kind->id], kind->dump ? NLM_F_DUMP : 0, sizeof(*ifi));
	if (!kind->dump)
		ifi->ifi_index = port ? value_port(rng, home, kind->id == LINK_ENSLAVE, one_in(rng, 12)) :
					value_switch(rng, home, one_in(rng, 12));
	switch (kind->id) {
	case LINK_ADD:
		message_header(m)->nlmsg_flags |= NLM_F_CREATE | (one_in(rng, 4) ? 0 : NLM_F_EXCL);
		if (one_in(rng, 2))
			ifi->ifi_index = 0;
		put_name(m, IFLA_IFNAME, rng);
		if (one_in(rng, 4))
			link_settings(m, ifi, rng);
		put_info(m, rng);
		break;
	case LINK_CHANGE:
		if (one_in(rng, 4))
			link_settings(m, ifi, rng);
		put_info(m, rng);
		break;
	case LINK_SET:
		link_settings(m, ifi, rng);
		break;
	case LINK_ENSLAVE:
		message_put_u32(m, IFLA_MASTER, one_in(rng, 12) ? BRIDGE :
				value_switch(rng, home, one_in(rng, 12)));
		if (one_in(rng, 4))
			link_settings(m, ifi, rng);
		break;
	case LINK_RELEASE:
		message_put_u32(m, IFLA_MASTER, 0);
		break;
	case LINK_GET:
		message_put_u32(m, IFLA_EXT_MASK, RTEXT_FILTER_VF | RTEXT_FILTER_BRVLAN);
		break;
	}
	message_end(m);
}

static void neigh_request(struct message *m, const struct kind *kind, uint64_t *rng)
{
	static const uint16_t types[] = {
		[NEIGH_ADD] = RTM_NEWNEIGH, [NEIGH_DEL] = RTM_DELNEIGH, [NEIGH_DUMP] = RTM_GETNEIGH,
	};
	const uint32_t home = value_home(rng);
	struct ndmsg *ndm;

	ndm = message_begin(m, types[kind->id], kind->dump ? NLM_F_DUMP : 0, sizeof(*ndm));
	ndm->ndm_family = one_in(rng, 24) ? rnd(rng) : PF_BRIDGE;
	if (kind->dump) {
		if (one_in(rng, 2))
			ndm->ndm_ifindex = value_switch(rng, home, false);
		if (one_in(rng, 4))
			message_put_u32(m, NDA_MASTER, value_switch(rng, home, one_in(rng, 6)));
		message_end(m);
		return;
	}
	message_header(m)->nlmsg_flags |= NLM_F_CREATE | (one_in(rng, 3) ? NLM_F_REPLACE : 0);
	ndm->ndm_ifindex = one_in(rng, 12) ? value_port(rng, home, false, one_in(rng, 3)) :
					    value_switch(rng, home, one_in(rng, 12));
	ndm->ndm_flags = one_in(rng, 20) ? rnd(rng) : NTF_SELF | (one_in(rng, 3) ? NTF_STICKY : 0);
	ndm->ndm_state = one_in(rng, 20) ? rnd(rng) : NUD_NOARP;
	if (!one_in(rng, 24))
		put_mac(m, NDA_LLADDR, rng);
	if (one_in(rng, 8))
		put_u16(m, NDA_VLAN, value_vlan(rng, one_in(rng, 12)));
	if (one_in(rng, 4)) {
		uint8_t ip[16] = {};
		size_t len = value_ip(rng, ip, false, one_in(rng, 12));

		message_put(m, NDA_DST, ip, len);
	} else if (!one_in(rng, 20)) {
		message_put(m, NDA_IFINDEX, (uint32_t []){ value_port(rng, home, false, one_in(rng, 12)) },
			    one_in(rng, 48) ? below(rng, 4) : 4);
	}
	if (one_in(rng, 24))
		message_put_u32(m, NDA_DST + below(rng, 12), rnd(rng));
	message_end(m);
}

void request_rtnl(struct message *m, const struct kind *kind, uint64_t *rng)
{
	if (kind->id < NEIGH_ADD)
		link_request(m, kind, rng);
	else
		neigh_request(m, kind, rng);
}
