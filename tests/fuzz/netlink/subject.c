// SPDX-License-Identifier: GPL-2.0
#include "subject.h"

#include <linux/cvswitch.h>
#include <linux/if_ether.h>

#include "world.h"

#define DEPTH_MAX	4

static uint32_t put_number(const struct spec_attr *attr, struct subject *subject, bool odd,
			   uint64_t *rng)
{
	static const uint32_t protocols[] = { 1, 6, 17, 33, 58, 132, 136 };
	static const uint32_t ethertypes[] = { ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, ETH_P_LLDP };
	const struct topic *topic = subject->topic;

	if (odd && attr->role > ROLE_VLAN_END)
		return value_number(rng, attr->least, attr->most, true);
	switch (attr->role) {
	case ROLE_SWITCH:
		return value_switch(rng, subject->home, odd);
	case ROLE_PORT:
		return value_port(rng, subject->home, subject->joins, odd);
	case ROLE_VLAN:
		return subject->vlan = value_vlan(rng, odd);
	case ROLE_VLAN_END:
		return one_in(rng, 6) ? value_vlan(rng, odd) : subject->vlan + below(rng, 12);
	case ROLE_DEVICE:
		return value_device(rng, odd);
	case ROLE_VNI:
		return value_vni(rng, subject->home, odd);
	case ROLE_L4_PORT:
		return value_l4_port(rng);
	case ROLE_END:
		return one_in(rng, 24) ? value_l4_port(rng) : subject->number + below(rng, 12);
	case ROLE_MASK:
		return subject->number | below(rng, attr->most + 1);
	case ROLE_BITS:
		return one_in(rng, 24) ? below(rng, 129) : subject->bits;
	case ROLE_TIER:
		return subject->tier;
	case ROLE_GROUP_TYPE:
		return subject->type;
	case ROLE_HANDLE:
		return 1 + below(rng, one_in(rng, 4) ? 24 : HANDLES);
	case ROLE_INDEX:
		return 1 + below(rng, one_in(rng, 4) ? 24 : 2);
	case ROLE_PROTOCOL:
		return topic && topic->protocol ? topic->protocol :
			protocols[below(rng, ARRAY_LEN(protocols))];
	case ROLE_ETHERTYPE:
		if (topic && topic->ethertype)
			return topic->ethertype;
		return topic && topic->asks & 1ull << CVSWITCH_A_RULE_SRC ?
			ethertypes[subject->v6] : ethertypes[below(rng, ARRAY_LEN(ethertypes))];
	default:
		return value_number(rng, attr->least, attr->most, odd);
	}
}

/* Return: its length. */
static size_t put_string(const struct spec_attr *attr, const struct subject *subject, char *string,
			 bool odd, uint64_t *rng)
{
	static const char *const tiers[] = { "admin", "tenant", "default" };
	static const char *const types[] = { "ip", "mac", "port" };
	const bool creates = subject->creates;

	switch (attr->role) {
	case ROLE_PROFILE:
		return value_object(rng, string, tiers[subject->tier], creates, odd);
	case ROLE_GROUP:
		return value_object(rng, string, types[subject->type], creates, odd);
	case ROLE_COMMENT:
		return value_comment(rng, string, odd);
	case ROLE_ADMIN_PROFILE:
	case ROLE_TENANT_PROFILE:
	case ROLE_DEFAULT_PROFILE:
		if (one_in(rng, 6)) {	/* none */
			*string = '\0';
			return 1;
		}
		return value_object(rng, string, tiers[attr->role - ROLE_ADMIN_PROFILE], false,
				    odd);
	case ROLE_IP_GROUP:
	case ROLE_MAC_GROUP:
	case ROLE_PORT_GROUP:
		return value_object(rng, string, types[attr->role - ROLE_IP_GROUP], false,
				    odd);
	default:
		return value_name(rng, string, odd);
	}
}

static void put_mac_mask(const struct subject *subject, uint8_t mask[6], bool odd, uint64_t *rng)
{
	int i;

	for (i = 0; i < 6; i++)
		mask[i] = odd ? rnd(rng) : one_in(rng, 2) ? 0xff : subject->mac[i];
}

/* Belongs an attribute in a member of the group's type? */
static bool member_has(const struct subject *subject, const struct spec_attr *attr, uint64_t *rng)
{
	static const enum role roles[] = { ROLE_PREFIX, ROLE_MAC, ROLE_L4_PORT };
	const enum role role = attr->needs ? spec_member.attr[attr->needs].role : attr->role;

	if (role != roles[subject->type])
		return one_in(rng, 100);
	return attr->needs ? !one_in(rng, 3) : !one_in(rng, 60);
}

static void put_nest(struct message *m, const struct spec_attr *attr, uint16_t type,
		     const struct subject *outer, uint64_t *rng)
{
	const uint32_t nest = message_nest(m, type | (one_in(rng, 100) ? 0 : NLA_F_NESTED));
	const struct spec_set *set = attr->nested;
	struct subject subject = *outer;
	uint64_t done = 0;
	uint16_t i;

	subject.depth++;
	subject.topic = set == &spec_rule ? topic_any(rng) : NULL;
	subject.v6 = subject.topic && subject.topic->v4 ? false :
		     subject.topic && subject.topic->v6 ? true : one_in(rng, 3);
	for (i = 1; i < set->count && subject.depth < DEPTH_MAX; i++) {
		const struct spec_attr *inner = &set->attr[i];

		if (inner->needs && !(done & 1ull << inner->needs) ? !one_in(rng, 200) :
		    set == &spec_rule ? !topic_asks(&subject, i, rng) :
		    set == &spec_member ? !member_has(&subject, inner, rng) : one_in(rng, 2))
			continue;
		subject_put(m, inner, i, &subject, rng);
		done |= 1ull << i;
	}
	message_nest_end(m, nest);
}

/* Usually few, sometimes many. */
static void put_nests(struct message *m, const struct spec_attr *attr, uint16_t type,
		      struct subject *subject, uint64_t *rng)
{
	unsigned int n = !attr->many ? 1 : one_in(rng, 24) ? below(rng, 90) : 1 + below(rng, 3);

	for (; n; n--)
		put_nest(m, attr, type, subject, rng);
}

void subject_put(struct message *m, const struct spec_attr *attr, uint16_t type,
		 struct subject *subject, uint64_t *rng)
{
	const bool odd = one_in(rng, attr->role == ROLE_MAC ? 8 : subject->depth ? 60 : 30);
	uint8_t buf[STRING_MAX] = {};
	size_t len = attr->size;

	if (attr->role == ROLE_NEST && !one_in(rng, 100)) {
		put_nests(m, attr, type, subject, rng);
		return;
	}
	if (attr->role <= ROLE_L4_PORT) {
		subject->number = put_number(attr, subject, odd, rng);
		memcpy(buf, &subject->number, sizeof(subject->number));
	} else if (is_string(attr->role)) {
		len = put_string(attr, subject, (char *)buf, odd, rng);
	} else if (attr->role == ROLE_MAC) {
		value_mac(rng, buf, odd && (!subject->depth || one_in(rng, 4)));
		memcpy(subject->mac, buf, sizeof(subject->mac));
	} else if (attr->role == ROLE_MAC_MASK) {
		put_mac_mask(subject, buf, odd, rng);
	} else if (attr->role == ROLE_IP || attr->role == ROLE_REMOTE) {
		len = value_ip(rng, buf, subject->local, odd);
	} else if (attr->role == ROLE_PREFIX) {
		len = value_prefix(rng, buf, subject->v6 || attr->size == 16, &subject->bits, odd);
	}
	if (one_in(rng, subject->depth ? 200 : 100))
		len = below(rng, 24);
	message_put(m, type, buf, len);
}
