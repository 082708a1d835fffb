// SPDX-License-Identifier: GPL-2.0
#include "message.h"

void message_clear(struct message *m, bool genl)
{
	m->genl = genl;
	m->kind = 0;
	m->start = 0;
	m->body = 0;
	m->len = 0;
}

/* Appends zeroes, aligned. Return: where they begin, or NULL if the datagram is full. */
static void *room(struct message *m, size_t len)
{
	const uint32_t at = NLMSG_ALIGN(m->len), end = at + NLMSG_ALIGN(len);

	if (end > MESSAGE_MAX)
		return NULL;
	memset(m->buf + m->len, 0, end - m->len);
	m->len = end;
	return m->buf + at;
}

void *message_begin(struct message *m, uint16_t type, uint16_t flags, size_t len)
{
	struct nlmsghdr *nlh;

	nlh = room(m, NLMSG_LENGTH(len));
	if (!nlh)
		errx(2, "datagram too long");
	m->start = (uint8_t *)nlh - m->buf;
	m->body = m->len;
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	return NLMSG_DATA(nlh);
}

void message_end(struct message *m)
{
	message_header(m)->nlmsg_len = m->len - m->start;
}

void message_put(struct message *m, uint16_t type, const void *data, size_t len)
{
	struct nlattr *attr = len + NLA_HDRLEN > UINT16_MAX ? NULL : room(m, NLA_HDRLEN + len);

	if (!attr)
		return;
	attr->nla_type = type;
	attr->nla_len = NLA_HDRLEN + len;
	memcpy((uint8_t *)attr + NLA_HDRLEN, data, len);
}

void message_put_u32(struct message *m, uint16_t type, uint32_t value)
{
	message_put(m, type, &value, sizeof(value));
}

uint32_t message_nest(struct message *m, uint16_t type)
{
	uint32_t nest = m->len;

	message_put(m, type, "", 0);
	return nest;
}

void message_nest_end(struct message *m, uint32_t nest)
{
	struct nlattr *attr = (struct nlattr *)(m->buf + nest);

	if (nest < m->len)
		attr->nla_len = m->len - nest;
}

void message_print(const struct message *m, FILE *file)
{
	static const char digits[] = "0123456789abcdef";
	char *line = malloc(2 * m->len + 8), *at = line;
	uint32_t i;

	if (!line)
		err(2, "malloc");
	at += sprintf(at, "%s ", m->genl ? "genl" : "rtnl");
	for (i = 0; i < m->len; i++) {
		*at++ = digits[m->buf[i] >> 4];
		*at++ = digits[m->buf[i] & 15];
	}
	*at++ = '\n';
	/* At once, so that the last line is there when the machine is not. */
	if (fwrite(line, at - line, 1, file) != 1 || fflush(file))
		err(2, "log");
	free(line);
}

bool message_parse(struct message *m, const char *line)
{
	unsigned int byte;

	if (strncmp(line, "genl ", 5) && strncmp(line, "rtnl ", 5))
		return false;
	message_clear(m, *line == 'g');
	for (line += 5; m->len < MESSAGE_MAX && sscanf(line, "%2x", &byte) == 1; line += 2)
		m->buf[m->len++] = byte;
	return m->len && (!*line || *line == '\n');
}
