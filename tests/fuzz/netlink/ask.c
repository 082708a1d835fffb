// SPDX-License-Identifier: GPL-2.0
#include "ask.h"

#include <linux/cvswitch.h>
#include <linux/genetlink.h>

#include "judge.h"
#include "spec.h"
#include "world.h"

int ask(struct talker *t, uint16_t type, uint8_t command, uint16_t flags, const struct nlattr *attr,
	void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg)
{
	static char buf[256 * 1024] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		char attrs[64];
	} request = {
		.nlh = { .nlmsg_type = type, .nlmsg_seq = ++t->seq,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags },
		.genl = { .cmd = command, .version = 1 },
	};
	struct nlmsghdr *nlh;
	ssize_t len;
	int error;

	if (attr)
		memcpy(request.attrs, attr, attr->nla_len);
	request.nlh.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN) + (attr ? NLA_ALIGN(attr->nla_len) : 0);
	if (send(t->genl, &request, request.nlh.nlmsg_len, 0) < 0)
		return errno;
	for (;;) {
		len = recv(t->genl, buf, sizeof(buf), 0);
		if (len < 0)
			return errno;
		for (nlh = (void *)buf; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
			if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
				memcpy(&error, NLMSG_DATA(nlh), sizeof(error));
				return -error;
			}
			if (fn)
				fn(nlh, arg);
		}
	}
}

const void *ask_find(const struct nlmsghdr *nlh, uint16_t type)
{
	const char *at = (const char *)NLMSG_DATA(nlh) + GENL_HDRLEN;
	const char *end = (const char *)nlh + nlh->nlmsg_len;

	while (end - at >= NLA_HDRLEN) {
		const struct nlattr *attr = (const struct nlattr *)at;

		if (attr->nla_len < NLA_HDRLEN)
			break;
		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return at + NLA_HDRLEN;
		at += NLA_ALIGN(attr->nla_len);
	}
	return NULL;
}

static uint32_t find_u32(const struct nlmsghdr *nlh, uint16_t type)
{
	const void *data = ask_find(nlh, type);
	uint32_t value = 0;

	if (data)
		memcpy(&value, data, sizeof(value));
	return value;
}

static void got_u32(const struct nlmsghdr *nlh, void *arg)
{
	uint32_t *value = arg;

	*value = find_u32(nlh, CVSWITCH_A_SWITCH_IFINDEX);
}

void ask_alive(struct talker *t)
{
	struct {
		struct nlattr attr;
		char data[12];
	} name = { { NLA_HDRLEN + 6, CVSWITCH_A_SWITCH_NAME }, "alive" }, index = {
		{ NLA_HDRLEN + 4, CVSWITCH_A_SWITCH_IFINDEX }, "" };
	uint32_t ifindex = 0;
	int error;

	error = ask(t, t->family, CVSWITCH_CMD_SWITCH_GET, NLM_F_DUMP, NULL, NULL, NULL) ?:
		ask(t, t->family, CVSWITCH_CMD_SWITCH_ADD, 0, &name.attr, got_u32, &ifindex);
	memcpy(index.data, &ifindex, sizeof(ifindex));
	error = error ?: ask(t, t->family, CVSWITCH_CMD_SWITCH_DEL, 0, &index.attr, NULL, NULL);
	if (error)
		judge_wrong(t, "the family doesn't work any more: %s", strerror(error));
}

struct state {
	uint64_t hash;
	uint32_t skip;		/* attributes that change by themselves, as bits */
	uint16_t kind;		/* an attribute, or 0 */
	uint32_t ages;		/* kinds that come and go by themselves, as bits */
};

static void add_state(const struct nlmsghdr *nlh, void *arg)
{
	const char *at = (const char *)NLMSG_DATA(nlh) + GENL_HDRLEN;
	const char *end = (const char *)nlh + nlh->nlmsg_len;
	struct state *state = arg;
	uint16_t i;

	if (state->kind && state->ages & 1u << find_u32(nlh, state->kind))
		return;
	while (end - at >= NLA_HDRLEN) {
		const struct nlattr *attr = (const struct nlattr *)at;

		if (attr->nla_len < NLA_HDRLEN)
			break;
		for (i = 0; i < attr->nla_len && !(state->skip & 1u << attr->nla_type); i++)
			state->hash = (state->hash ^ (uint8_t)at[i]) * 0x100000001b3;
		at += NLA_ALIGN(attr->nla_len);
	}
}

uint64_t ask_state(struct talker *t)
{
	static const struct {
		uint8_t command;
		uint32_t skip;
		uint16_t kind;
		uint32_t ages;
	} parts[] = {
		{ .command = CVSWITCH_CMD_SWITCH_GET, .skip = 1u << CVSWITCH_A_SWITCH_FDB_COUNT |
			1u << CVSWITCH_A_SWITCH_NEIGH_COUNT },
		{ .command = CVSWITCH_CMD_PORT_GET, .skip = 1u << CVSWITCH_A_PORT_STATE |
			1u << CVSWITCH_A_PORT_SHORT_STATE | 1u << CVSWITCH_A_PORT_FDB_COUNT },
		{ .command = CVSWITCH_CMD_VLAN_GET },
		{ .command = CVSWITCH_CMD_FDB_GET, .skip = 1u << CVSWITCH_A_FDB_AGE,
			.kind = CVSWITCH_A_FDB_KIND,
			.ages = 1u << CVSWITCH_FDB_KIND_LEARNED | 1u << CVSWITCH_FDB_KIND_STICKY },
		{ .command = CVSWITCH_CMD_TUNNEL_GET, .skip = 1u << CVSWITCH_A_TUNNEL_RX_MALFORMED |
			1u << CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI },
		{ .command = CVSWITCH_CMD_REMOTE_GET, .skip = 1u << CVSWITCH_A_REMOTE_FDB_COUNT |
			1u << CVSWITCH_A_REMOTE_RX_FRAMES | 1u << CVSWITCH_A_REMOTE_RX_BYTES |
			1u << CVSWITCH_A_REMOTE_TX_FRAMES | 1u << CVSWITCH_A_REMOTE_TX_BYTES |
			1u << CVSWITCH_A_REMOTE_DROPS },
		{ .command = CVSWITCH_CMD_VNI_GET },
		{ .command = CVSWITCH_CMD_NEIGH_GET, .skip = 1u << CVSWITCH_A_NEIGH_AGE,
			.kind = CVSWITCH_A_NEIGH_KIND, .ages = 1u << CVSWITCH_NEIGH_KIND_LEARNED },
		{ .command = CVSWITCH_CMD_PROFILE_GET },
		{ .command = CVSWITCH_CMD_RULE_GET, .skip = 1u << CVSWITCH_A_ACL_FRAMES |
			1u << CVSWITCH_A_ACL_BYTES },
		{ .command = CVSWITCH_CMD_GROUP_GET },
		{ .command = CVSWITCH_CMD_MEMBER_GET },
	};
	struct state state = { .hash = 0xcbf29ce484222325 };
	unsigned int i;
	int error;

	for (i = 0; i < ARRAY_LEN(parts); i++) {
		state.skip = parts[i].skip;
		state.kind = parts[i].kind;
		state.ages = parts[i].ages;
		error = ask(t, t->family, parts[i].command, NLM_F_DUMP, NULL, add_state, &state);
		if (error)
			judge_wrong(t, "%s dump: %s", spec_command[parts[i].command].name,
				    strerror(error));
	}
	return state.hash;
}
