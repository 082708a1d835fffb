/* SPDX-License-Identifier: GPL-2.0 */
/*
 * netstate.h: what netlink says of a namespace's switches and links, as bytes
 * that are the same as long as it says the same: devices by name, no ages, no
 * counters of links, tunnels and remotes.
 */
#ifndef SELFTESTS_NETSTATE_H
#define SELFTESTS_NETSTATE_H

#include "rtnl.h"
#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#define DEVICES_MAX	256

/* Bytes that grow. */
struct bytes {
	uint8_t *at;
	size_t len, room;
};

/* The devices that were there when the links were last read. */
static struct {
	int ifindex;
	uint32_t name;			/* in short */
} devices[DEVICES_MAX];
static unsigned int n_devices;
static int family;

static inline void put(struct bytes *bytes, const void *data, size_t len)
{
	if (bytes->len + len > bytes->room) {
		bytes->room = 2 * (bytes->len + len);
		bytes->at = realloc(bytes->at, bytes->room);
		if (!bytes->at)
			err(2, "memory");
	}
	memcpy(bytes->at + bytes->len, data, len);
	bytes->len += len;
}

static inline void put_u32(struct bytes *bytes, uint32_t value)
{
	put(bytes, &value, sizeof(value));
}

static inline bool same(const struct bytes *a, const struct bytes *b)
{
	return a->len == b->len && !memcmp(a->at, b->at, a->len);
}

static inline uint32_t short_name(const char *name)
{
	uint32_t hash = 5381;

	while (*name)
		hash = hash * 33 + (uint8_t)*name++;
	return hash;
}

static inline uint32_t device_name(int ifindex)
{
	unsigned int i;

	for (i = 0; i < n_devices; i++)
		if (devices[i].ifindex == ifindex)
			return devices[i].name;
	return ifindex ? 1 : 0;
}

/* The command that stands for all those of the family with the same attributes. */
static inline uint8_t object_of(uint8_t cmd)
{
	static const uint8_t first[] = { CVSWITCH_CMD_ACL_LOG_NTF, CVSWITCH_CMD_GROUP_GET,
		CVSWITCH_CMD_RULE_GET, CVSWITCH_CMD_PROFILE_GET, CVSWITCH_CMD_NEIGH_GET,
		CVSWITCH_CMD_VNI_GET, CVSWITCH_CMD_REMOTE_GET,
		CVSWITCH_CMD_TUNNEL_GET, CVSWITCH_CMD_DROP_NTF, CVSWITCH_CMD_STATS_GET,
		CVSWITCH_CMD_FDB_GET, CVSWITCH_CMD_VLAN_GET, CVSWITCH_CMD_PORT_GET };
	unsigned int i;

	for (i = 0; i < sizeof(first); i++)
		if (cmd >= first[i])
			return first[i];
	return CVSWITCH_CMD_SWITCH_GET;
}

static inline bool is_device(uint8_t object, int type)
{
	switch (object) {
	case CVSWITCH_CMD_SWITCH_GET:
		return type == CVSWITCH_A_SWITCH_IFINDEX;
	case CVSWITCH_CMD_PORT_GET:
		return type == CVSWITCH_A_PORT_SWITCH || type == CVSWITCH_A_PORT_IFINDEX;
	case CVSWITCH_CMD_VLAN_GET:
		return type == CVSWITCH_A_VLAN_SWITCH || type == CVSWITCH_A_VLAN_PORT;
	case CVSWITCH_CMD_FDB_GET:
		return type == CVSWITCH_A_FDB_SWITCH || type == CVSWITCH_A_FDB_PORT;
	case CVSWITCH_CMD_STATS_GET:
		return type == CVSWITCH_A_STATS_SWITCH || type == CVSWITCH_A_STATS_PORT;
	case CVSWITCH_CMD_TUNNEL_GET:
		return type == CVSWITCH_A_TUNNEL_SWITCH || type == CVSWITCH_A_TUNNEL_DEVICE;
	case CVSWITCH_CMD_REMOTE_GET:
		return type == CVSWITCH_A_REMOTE_SWITCH;
	case CVSWITCH_CMD_VNI_GET:
		return type == CVSWITCH_A_VNI_SWITCH;
	case CVSWITCH_CMD_PROFILE_GET:
		return type == CVSWITCH_A_PROFILE_SWITCH;
	case CVSWITCH_CMD_RULE_GET:
		return type == CVSWITCH_A_ACL_SWITCH;
	case CVSWITCH_CMD_GROUP_GET:
		return type == CVSWITCH_A_GROUP_SWITCH;
	default:
		return false;
	}
}

/*
 * An age, or a counter of a tunnel, a remote or a rule: it changes by itself. A rule
 * that comes again has another handle, and every change of a profile is one more.
 */
static inline bool is_restless(uint8_t object, int type)
{
	switch (object) {
	case CVSWITCH_CMD_FDB_GET:
		return type == CVSWITCH_A_FDB_AGE;
	case CVSWITCH_CMD_TUNNEL_GET:
		return type == CVSWITCH_A_TUNNEL_RX_MALFORMED ||
		       type == CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI;
	case CVSWITCH_CMD_REMOTE_GET:
		return type >= CVSWITCH_A_REMOTE_RX_FRAMES && type <= CVSWITCH_A_REMOTE_DROPS;
	case CVSWITCH_CMD_PROFILE_GET:
		return type == CVSWITCH_A_PROFILE_GENERATION;
	case CVSWITCH_CMD_RULE_GET:
		return type == CVSWITCH_A_ACL_HANDLE || type == CVSWITCH_A_ACL_FRAMES ||
		       type == CVSWITCH_A_ACL_BYTES;
	default:
		return false;
	}
}

/* Numbers of devices in the family's messages, and what changes by itself, can't be compared. */
static inline void put_genl(struct bytes *to, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	int len = nlh->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN);
	uint8_t object = object_of(genl->cmd);
	const struct rtattr *a;

	put_u32(to, genl->cmd);
	for (a = (void *)((char *)genl + GENL_HDRLEN); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (is_restless(object, a->rta_type))
			continue;
		put(to, a, sizeof(*a));
		if (is_device(object, a->rta_type))
			put_u32(to, device_name(*(int *)RTA_DATA(a)));
		else
			put(to, RTA_DATA(a), RTA_PAYLOAD(a));
	}
}

static inline void put_link(struct bytes *to, const struct nlmsghdr *nlh)
{
	static const int mine[] = { IFLA_ADDRESS, IFLA_MTU, IFLA_OPERSTATE, IFLA_CARRIER,
		IFLA_PROMISCUITY, IFLA_LINKINFO, IFLA_ALT_IFNAME, IFLA_TXQLEN };
	const struct ifinfomsg *ifi = NLMSG_DATA(nlh);
	int len = IFLA_PAYLOAD(nlh);
	const struct rtattr *a;
	unsigned int i;

	put_u32(to, device_name(ifi->ifi_index));
	put_u32(to, ifi->ifi_flags);
	for (a = IFLA_RTA(ifi); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type == IFLA_MASTER)
			put_u32(to, device_name(*(int *)RTA_DATA(a)));
		for (i = 0; i < sizeof(mine) / sizeof(*mine); i++)
			if (a->rta_type == mine[i])
				put(to, a, RTA_LENGTH(RTA_PAYLOAD(a)));
	}
}

static inline void note_device(const struct nlmsghdr *nlh)
{
	const struct ifinfomsg *ifi = NLMSG_DATA(nlh);
	int len = IFLA_PAYLOAD(nlh);
	const struct rtattr *a;

	for (a = IFLA_RTA(ifi); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type != IFLA_IFNAME || n_devices == DEVICES_MAX)
			continue;
		devices[n_devices].ifindex = ifi->ifi_index;
		devices[n_devices++].name = short_name(RTA_DATA(a));
	}
}

static inline void put_message(struct bytes *to, const struct nlmsghdr *nlh)
{
	if (nlh->nlmsg_type == family)
		put_genl(to, nlh);
	else if (nlh->nlmsg_type == RTM_NEWLINK)
		put_link(to, nlh);
	else
		put(to, NLMSG_DATA(nlh), NLMSG_PAYLOAD(nlh, 0));
}

#endif
