// SPDX-License-Identifier: GPL-2.0
/* Requests of the family, from the specification. */
#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#include "message.h"
#include "spec.h"
#include "world.h"

/* What a request is about. */
struct subject {
	uint32_t home, vlan;
	bool remote;		/* an address behind one, not at a port */
};

/* One value of an attribute. Sometimes it is odd, and sometimes even its size is. */
static void put(struct message *m, const struct kind *kind, uint16_t type,
		struct subject *subject, uint64_t *rng)
{
	const struct spec_attr *attr = &spec_command[kind->id].set->attr[type];
	const bool joins = kind->id == CVSWITCH_CMD_PORT_ADD;
	const bool odd = one_in(rng, attr->role == ROLE_MAC ? 8 : 30);
	uint8_t buf[64] = {};
	size_t len = attr->size;
	uint32_t value = 0;

	switch (attr->role) {
	case ROLE_SWITCH:	value = value_switch(rng, subject->home, odd); break;
	case ROLE_PORT:		value = value_port(rng, subject->home, joins, odd); break;
	case ROLE_VLAN:		value = subject->vlan = value_vlan(rng, odd); break;
	case ROLE_VLAN_END:
		value = one_in(rng, 6) ? value_vlan(rng, odd) : subject->vlan + below(rng, 12);
		break;
	case ROLE_DEVICE:	value = value_device(rng, odd); break;
	case ROLE_VNI:		value = value_vni(rng, subject->home, odd); break;
	case ROLE_NUMBER:	value = value_number(rng, attr->least, attr->most, odd); break;
	case ROLE_NAME:		len = value_name(rng, (char *)buf, odd); break;
	case ROLE_MAC:		value_mac(rng, buf, odd); break;
	case ROLE_IP:
		len = value_ip(rng, buf, kind->id == CVSWITCH_CMD_TUNNEL_SET, odd);
		break;
	case ROLE_NEST:
	case ROLE_PAD:		break;
	}
	if (attr->role <= ROLE_VLAN_END)
		memcpy(buf, &value, sizeof(value));
	if (one_in(rng, 100))
		len = below(rng, 24);
	message_put(m, type, buf, len);
}

/* Who is talked about is nearly always said, what is said about it comes and goes. */
static bool wanted(const struct spec_attr *attr, const struct kind *kind,
		   const struct subject *subject, uint64_t *rng)
{
	const bool in_fdb = spec_command[kind->id].set == &spec_fdb;

	if (kind->dump)
		return one_in(rng, 4);
	/* One of the two says where an address is. */
	if (in_fdb && subject->remote != (attr->role == ROLE_IP) &&
	    (attr->role == ROLE_IP || attr->role == ROLE_PORT))
		return one_in(rng, 24);
	if (attr->role == ROLE_DEVICE)
		return one_in(rng, 12);
	if (attr->role == ROLE_NUMBER || attr->role == ROLE_VLAN_END)
		return one_in(rng, 3);
	if (in_fdb && attr->role == ROLE_VLAN)
		return one_in(rng, 8);	/* only VLAN-aware switches take one */
	if (attr->role == ROLE_PORT)
		return !one_in(rng, 8);
	return !one_in(rng, 24);
}

void request_genl(struct message *m, const struct kind *kind, uint64_t *rng)
{
	const struct spec_command *command = &spec_command[kind->id];
	struct subject subject = {
		.home = value_home(rng), .vlan = 1, .remote = one_in(rng, 4)
	};
	struct genlmsghdr *genl;
	uint16_t type;

	genl = message_begin(m, FAMILY_TYPE, kind->dump ? NLM_F_DUMP : 0, GENL_HDRLEN);
	genl->cmd = kind->id;
	genl->version = 1;
	for (type = 1; type < command->set->count; type++) {
		const struct spec_attr *attr = &command->set->attr[type];

		if (command->request & 1u << type ? wanted(attr, kind, &subject, rng) : one_in(rng, 400))
			put(m, kind, type, &subject, rng);
	}
	message_end(m);
}
