// SPDX-License-Identifier: GPL-2.0
/* Requests of the family, from the specification. */
#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#include "subject.h"
#include "world.h"

/* A rule is where its handle says, or where its direction and its place say. */
static bool finds_rule(const struct spec_attr *attr, const struct subject *subject, uint64_t *rng)
{
	return (attr->role == ROLE_HANDLE) == subject->handle ? !one_in(rng, 24) : one_in(rng, 24);
}

/* Who is talked about is nearly always said, what is said about it comes and goes. */
static bool wanted(const struct spec_attr *attr, const struct kind *kind,
		   const struct subject *subject, uint64_t *rng)
{
	const struct spec_set *set = spec_command[kind->id].set;

	if (kind->dump)
		return one_in(rng, 4);
	if (kind->id == CVSWITCH_CMD_FDB_GET && attr->role != ROLE_SWITCH && attr->role != ROLE_MAC)
		return one_in(rng, 8);	/* that it has to be like */
	/* One of the two says where an address is. */
	if (set == &spec_fdb && (attr->role == ROLE_REMOTE || attr->role == ROLE_PORT) &&
	    subject->remote != (attr->role == ROLE_REMOTE))
		return one_in(rng, 24);
	if (set == &spec_neigh && kind->id != CVSWITCH_CMD_NEIGH_ADD && attr->role >= ROLE_PORT &&
	    attr->role != ROLE_IP)
		return one_in(rng, 8);	/* that it has to be like */
	if (kind->id == CVSWITCH_CMD_RULE_DEL && attr->role >= ROLE_NUMBER &&
	    attr->role <= ROLE_L4_PORT && attr->role != ROLE_SWITCH)
		return finds_rule(attr, subject, rng);
	if ((set == &spec_fdb || set == &spec_neigh) && attr->role == ROLE_VLAN)
		return one_in(rng, 8);	/* only VLAN-aware switches take one */
	switch (attr->role) {
	case ROLE_DEVICE:
		return one_in(rng, 12);
	case ROLE_NUMBER:
	case ROLE_VLAN_END:
	case ROLE_INDEX:
	case ROLE_ADMIN_PROFILE:
	case ROLE_TENANT_PROFILE:
	case ROLE_DEFAULT_PROFILE:
		return one_in(rng, 3);
	case ROLE_PORT:
		return !one_in(rng, 8);
	case ROLE_NEST:
		if (kind->id == CVSWITCH_CMD_PORT_ADD || kind->id == CVSWITCH_CMD_PORT_SET ||
		    kind->id == CVSWITCH_CMD_GROUP_ADD)
			return one_in(rng, 3);
		return !one_in(rng, 24);
	default:
		return !one_in(rng, 24);
	}
}

static struct subject any_subject(const struct kind *kind, uint64_t *rng)
{
	struct subject subject = {
		.home = value_home(rng), .vlan = 1, .remote = one_in(rng, 4),
		.local = kind->id == CVSWITCH_CMD_TUNNEL_SET,
		.joins = kind->id == CVSWITCH_CMD_PORT_ADD,
		.creates = kind->id == CVSWITCH_CMD_PROFILE_ADD ||
			   kind->id == CVSWITCH_CMD_GROUP_ADD,
		.handle = one_in(rng, 2), .tier = below(rng, 3), .type = below(rng, 3),
	};

	/* Only a switch that keeps VLANs apart has VNIs for them. */
	if (spec_command[kind->id].set == &spec_vni && one_in(rng, 2))
		subject.home = VLAN_SWITCH;
	/* A port is bound to addresses. */
	if (kind->id == CVSWITCH_CMD_PORT_ADD || kind->id == CVSWITCH_CMD_PORT_SET)
		subject.type = below(rng, 2);
	return subject;
}

void request_genl(struct message *m, const struct kind *kind, uint64_t *rng)
{
	const struct spec_command *command = &spec_command[kind->id];
	struct subject subject = any_subject(kind, rng);
	struct genlmsghdr *genl;
	uint16_t type;

	genl = message_begin(m, FAMILY_TYPE, kind->dump ? NLM_F_DUMP : 0, GENL_HDRLEN);
	genl->cmd = kind->id;
	genl->version = 1;
	for (type = 1; type < command->set->count; type++) {
		const struct spec_attr *attr = &command->set->attr[type];

		if (command->request & 1ull << type ? wanted(attr, kind, &subject, rng) :
						      one_in(rng, 400))
			subject_put(m, attr, type, &subject, rng);
	}
	message_end(m);
}
