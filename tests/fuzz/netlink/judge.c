// SPDX-License-Identifier: GPL-2.0
#include "judge.h"

#include <stdarg.h>

#include <linux/genetlink.h>

#include "spec.h"

#define ERRNO_MAX	4095

void judge_wrong(struct talker *t, const char *fmt, ...)
{
	va_list ap;

	if (*t->why)
		return;
	va_start(ap, fmt);
	vsnprintf(t->why, sizeof(t->why), fmt, ap);
	va_end(ap);
}

const struct nlattr *judge_attr(struct talker *t, const char **at, const char *end)
{
	const struct nlattr *attr = (const struct nlattr *)*at;

	if (*at == end)
		return NULL;
	if (end - *at < NLA_HDRLEN || attr->nla_len < NLA_HDRLEN || attr->nla_len > end - *at) {
		judge_wrong(t, "attributes that don't end where their message does");
		return NULL;
	}
	*at += NLA_ALIGN(attr->nla_len) < end - *at ? NLA_ALIGN(attr->nla_len) : end - *at;
	return attr;
}

static void check_attrs(struct talker *t, const char *name, const struct spec_set *set,
			uint64_t allowed, const char *at, const char *end)
{
	const struct nlattr *attr;

	while ((attr = judge_attr(t, &at, end))) {
		const uint16_t type = attr->nla_type & NLA_TYPE_MASK, len = attr->nla_len - NLA_HDRLEN;
		const char *data = (const char *)attr + NLA_HDRLEN;
		const struct spec_attr *spec = &set->attr[type];

		if (type && type < set->count && spec->role == ROLE_PAD)
			continue;
		if (!type || type >= set->count || !(allowed & 1ull << type))
			judge_wrong(t, "%s with attribute %u, which it doesn't have", name, type);
		else if (spec->size && len != spec->size)
			judge_wrong(t, "%s with %s of %u bytes", name, spec->name, len);
		else if (is_string(spec->role) && (!len || data[len - 1]))
			judge_wrong(t, "%s with a %s that has no end", name, spec->name);
		else if (is_address(spec->role) && len != 4 && len != 16)
			judge_wrong(t, "%s with %s of %u bytes", name, spec->name, len);
		else if (spec->role == ROLE_NEST)
			check_attrs(t, spec->name, spec->nested, ~0ull, data, data + len);
	}
}

void judge_content(struct talker *t, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	const struct spec_command *command;

	if (nlh->nlmsg_len < NLMSG_LENGTH(GENL_HDRLEN) || !genl->cmd || genl->cmd >= spec_commands) {
		judge_wrong(t, "a reply that is no message of the family");
		return;
	}
	command = &spec_command[genl->cmd];
	check_attrs(t, command->name, command->set, command->reply,
		    (const char *)genl + GENL_HDRLEN, (const char *)nlh + nlh->nlmsg_len);
}

static void check_extended_ack(struct talker *t, const struct nlmsghdr *nlh, size_t skip,
			       uint32_t request_len)
{
	const char *at = (const char *)nlh + skip, *end = (const char *)nlh + nlh->nlmsg_len;
	const struct nlattr *attr;
	uint32_t value;

	while ((attr = judge_attr(t, &at, end))) {
		const uint16_t len = attr->nla_len - NLA_HDRLEN;
		const char *data = (const char *)attr + NLA_HDRLEN;

		if (attr->nla_type == NLMSGERR_ATTR_MSG && (!len || data[len - 1]))
			judge_wrong(t, "a sentence with no end");
		if (attr->nla_type != NLMSGERR_ATTR_OFFS)
			continue;
		memcpy(&value, data, sizeof(value));
		if (value < NLMSG_HDRLEN || value + NLA_HDRLEN > request_len)
			judge_wrong(t, "an error that points at byte %u of %u", value, request_len);
	}
}

static struct pending *find_pending(struct exchange *ex, uint32_t seq)
{
	unsigned int i;

	for (i = 0; i < ex->count; i++)
		if (!ex->pending[i].done && ex->pending[i].nlh.nlmsg_seq == seq)
			return &ex->pending[i];
	return NULL;
}

static void settle(struct exchange *ex, struct pending *pending, int error)
{
	pending->done = true;
	ex->answered = true;
	ex->refused |= error;
	if (error && !ex->first_error)
		ex->first_error = error;
}

static void check_error(struct talker *t, struct exchange *ex, struct pending *pending,
			const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = NLMSG_DATA(nlh);
	const uint32_t len = pending->nlh.nlmsg_len;
	size_t head = NLMSG_LENGTH(sizeof(*e));

	if (nlh->nlmsg_len < head) {
		judge_wrong(t, "an error of %u bytes", nlh->nlmsg_len);
		return;
	}
	if (e->error > 0 || e->error < -ERRNO_MAX)
		judge_wrong(t, "error %d, which is no errno", e->error);
	if (memcmp(&e->msg, &pending->nlh, sizeof(e->msg)))
		judge_wrong(t, "an error about a message that was not sent");
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		head += len - sizeof(e->msg);
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS)
		check_extended_ack(t, nlh, NLMSG_ALIGN(head), len);
	settle(ex, pending, -e->error);
}

static void check_done(struct talker *t, struct exchange *ex, struct pending *pending,
		       const struct nlmsghdr *nlh)
{
	int error = 0;

	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(error)))
		judge_wrong(t, "an end of a dump of %u bytes", nlh->nlmsg_len);
	else
		memcpy(&error, NLMSG_DATA(nlh), sizeof(error));
	if (error > 0 || error < -ERRNO_MAX)
		judge_wrong(t, "a dump that ends with %d, which is no errno", error);
	settle(ex, pending, -error);
}

void judge_answer(struct talker *t, struct exchange *ex, const struct nlmsghdr *nlh)
{
	struct pending *pending = find_pending(ex, nlh->nlmsg_seq);

	t->answers++;
	if (!pending) {
		if (!ex->more)
			judge_wrong(t, "an answer (type %u) to sequence number %u, which was not asked",
			      nlh->nlmsg_type, nlh->nlmsg_seq);
	} else if (nlh->nlmsg_type == NLMSG_ERROR) {
		check_error(t, ex, pending, nlh);
	} else if (nlh->nlmsg_type == NLMSG_DONE) {
		check_done(t, ex, pending, nlh);
	} else if (ex->genl && nlh->nlmsg_type == t->family) {
		judge_content(t, nlh);
	}
}

