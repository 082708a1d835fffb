// SPDX-License-Identifier: GPL-2.0
#include "objects.h"

#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#include "judge.h"
#include "world.h"

static void begin(struct message *m, uint8_t command, uint32_t ifindex)
{
	struct genlmsghdr *genl = message_begin(m, FAMILY_TYPE, 0, GENL_HDRLEN);

	genl->cmd = command;
	genl->version = 1;
	/* Every attribute set has its switch in the same place. */
	message_put_u32(m, CVSWITCH_A_GROUP_SWITCH, ifindex);
}

static void put_name(struct message *m, uint16_t type, const char *name)
{
	message_put(m, type, name, strlen(name) + 1);
}

static uint32_t begin_nest(struct message *m, uint16_t type)
{
	return message_nest(m, type | NLA_F_NESTED);
}

static void add_profile(struct message *m, uint32_t ifindex, uint32_t tier)
{
	static const char *const names[] = { "admin0", "tenant0", "default0" };
	uint32_t nest, i;

	begin(m, CVSWITCH_CMD_PROFILE_ADD, ifindex);
	put_name(m, CVSWITCH_A_PROFILE_NAME, names[tier]);
	message_put_u32(m, CVSWITCH_A_PROFILE_TIER, tier);
	message_end(m);
	begin(m, CVSWITCH_CMD_PROFILE_LOAD, ifindex);
	put_name(m, CVSWITCH_A_PROFILE_NAME, names[tier]);
	for (i = 0; i < HANDLES; i++) {
		nest = begin_nest(m, CVSWITCH_A_PROFILE_RULE);
		message_put_u32(m, CVSWITCH_A_RULE_DIRECTION, i % 2);
		message_put_u32(m, CVSWITCH_A_RULE_VERDICT, CVSWITCH_VERDICT_ACCEPT);
		message_put_u32(m, CVSWITCH_A_RULE_ETHERTYPE, i);
		message_nest_end(m, nest);
	}
	message_end(m);
}

static void put_member(struct message *m, uint32_t type, unsigned int i)
{
	static const struct {
		uint8_t bits, ip[4];
	} prefix = WORLD_PREFIX;
	static const uint32_t ports[] = { WORLD_PORTS };
	const uint32_t nest = begin_nest(m, CVSWITCH_A_GROUP_MEMBER);
	uint8_t mac[6];

	switch (type) {
	case CVSWITCH_GROUP_TYPE_IP:
		message_put(m, CVSWITCH_A_MEMBER_IP, prefix.ip, sizeof(prefix.ip));
		message_put_u32(m, CVSWITCH_A_MEMBER_LEN, prefix.bits);
		break;
	case CVSWITCH_GROUP_TYPE_MAC:
		mac_from_u64(mac, STATION + 1 + i);
		message_put(m, CVSWITCH_A_MEMBER_MAC, mac, sizeof(mac));
		break;
	case CVSWITCH_GROUP_TYPE_PORT:
		message_put_u32(m, CVSWITCH_A_MEMBER_PORT, ports[i]);
		break;
	}
	message_nest_end(m, nest);
}

static void add_group(struct message *m, uint32_t ifindex, uint32_t type)
{
	static const char *const names[] = { "ip0", "mac0", "port0" };
	unsigned int i;

	begin(m, CVSWITCH_CMD_GROUP_ADD, ifindex);
	put_name(m, CVSWITCH_A_GROUP_NAME, names[type]);
	message_put_u32(m, CVSWITCH_A_GROUP_TYPE, type);
	message_end(m);
	begin(m, CVSWITCH_CMD_MEMBER_ADD, ifindex);
	put_name(m, CVSWITCH_A_GROUP_NAME, names[type]);
	for (i = 0; i < 3; i++)
		put_member(m, type, i);
	message_end(m);
}

static void add_neighbour(struct message *m, uint32_t ifindex, uint8_t last)
{
	const uint8_t ip[] = { 198, 51, 100, last };
	uint8_t mac[6];

	begin(m, CVSWITCH_CMD_NEIGH_ADD, ifindex);
	message_put(m, CVSWITCH_A_NEIGH_IP, ip, sizeof(ip));
	mac_from_u64(mac, STATION + 1);
	message_put(m, CVSWITCH_A_NEIGH_MAC, mac, sizeof(mac));
	message_end(m);
}

static void add_entry(struct message *m, uint32_t ifindex)
{
	uint8_t mac[6];

	begin(m, CVSWITCH_CMD_FDB_ADD, ifindex);
	mac_from_u64(mac, STATION + 1);
	message_put(m, CVSWITCH_A_FDB_MAC, mac, sizeof(mac));
	message_put_u32(m, CVSWITCH_A_FDB_PORT,
			PORT_FIRST + PORTS_EACH * (ifindex - SWITCH_FIRST));
	message_end(m);
}

static void add_tunnel(struct message *m, uint32_t ifindex)
{
	const uint8_t local[] = { 198, 51, 100, 1 };
	uint8_t remote[] = { 198, 51, 100, 3 };

	begin(m, CVSWITCH_CMD_TUNNEL_SET, ifindex);
	message_put_u32(m, CVSWITCH_A_TUNNEL_VNI, 100 * (1 + ifindex - SWITCH_FIRST));
	message_put(m, CVSWITCH_A_TUNNEL_LOCAL, local, sizeof(local));
	message_end(m);
	for (; remote[3] < 6; remote[3]++) {
		begin(m, CVSWITCH_CMD_REMOTE_ADD, ifindex);
		message_put(m, CVSWITCH_A_REMOTE_ADDRESS, remote, sizeof(remote));
		message_end(m);
	}
}

/* VLAN 2 has a VNI. */
static void add_vni(struct message *m, uint32_t ifindex)
{
	begin(m, CVSWITCH_CMD_SWITCH_SET, ifindex);
	message_put_u32(m, CVSWITCH_A_SWITCH_VLAN_AWARE, 1);
	message_end(m);
	begin(m, CVSWITCH_CMD_VNI_ADD, ifindex);
	message_put_u32(m, CVSWITCH_A_VNI_VNI, 100 * (1 + ifindex - SWITCH_FIRST) + 1);
	message_put_u32(m, CVSWITCH_A_VNI_VLAN, 2);
	message_end(m);
}

void objects_mend(struct talker *t)
{
	static struct message m;
	uint32_t ifindex, i;
	int error;

	message_clear(&m, true);
	for (ifindex = SWITCH_FIRST; ifindex < SWITCH_FIRST + SWITCHES; ifindex++) {
		/* So that rules are not refused because of what they cost. */
		begin(&m, CVSWITCH_CMD_SWITCH_SET, ifindex);
		message_put_u32(&m, CVSWITCH_A_SWITCH_ACL_BUDGET, 2048);
		message_end(&m);
		for (i = 0; i < 3; i++) {
			add_profile(&m, ifindex, i);
			add_group(&m, ifindex, i);
			add_neighbour(&m, ifindex, 3 + i);
		}
		if (ifindex >= SWITCH_FIRST + 2)
			continue;
		add_entry(&m, ifindex);
		add_tunnel(&m, ifindex);
		if (ifindex == SWITCH_FIRST + VLAN_SWITCH)
			add_vni(&m, ifindex);
	}
	/* What is there already is refused. */
	talker_send(t, &m, &error);
	talker_listen(t);
}
