// SPDX-License-Identifier: GPL-2.0
/* The next datagram: a request that makes sense, which is then spoiled more often than not. */
#include <linux/cvswitch.h>

#include "message.h"
#include "spec.h"
#include "world.h"

struct kind kinds[128];
unsigned int kind_count;

static unsigned int weights;

static void add_kind(struct kind kind)
{
	if (kind_count == ARRAY_LEN(kinds))
		errx(2, "too many kinds of requests");
	kinds[kind_count++] = kind;
	weights += kind.weight;
}

/* What takes a whole switch or tunnel away comes less often, what makes one more often. */
static unsigned int weight(unsigned int command)
{
	switch (command) {
	case CVSWITCH_CMD_SWITCH_DEL:
	case CVSWITCH_CMD_TUNNEL_DEL:
	case CVSWITCH_CMD_REMOTE_FLUSH:	return 1;
	case CVSWITCH_CMD_TUNNEL_SET:
	case CVSWITCH_CMD_REMOTE_ADD:
	case CVSWITCH_CMD_VNI_ADD:	return 8;
	default:			return 4;
	}
}

void kinds_init(void)
{
	unsigned int i;

	for (i = 1; i < spec_commands; i++) {
		const struct spec_command *command = &spec_command[i];
		char *dump;

		if (!command->request)
			continue;
		add_kind((struct kind){ command->name, weight(i), .genl = true, .id = i,
					.changes = command->changes });
		if (!command->dump)
			continue;
		if (asprintf(&dump, "%s dump", command->name) < 0)
			err(2, "asprintf");
		add_kind((struct kind){ dump, 2, .genl = true, .id = i, .dump = true });
	}
	for (i = 0; i < rtnl_kinds; i++)
		add_kind(rtnl_kind[i]);
}

static unsigned int pick_kind(uint64_t *rng)
{
	unsigned int n = below(rng, weights), i;

	for (i = 0; n >= kinds[i].weight; i++)
		n -= kinds[i].weight;
	return i;
}

static void append(struct message *m, const struct kind *kind, uint64_t *rng)
{
	if (kind->genl)
		request_genl(m, kind, rng);
	else
		request_rtnl(m, kind, rng);
}

void message_make(struct message *m, uint64_t *rng)
{
	const unsigned int kind = pick_kind(rng);
	unsigned int more;

	message_clear(m, kinds[kind].genl);
	m->kind = kind;
	append(m, &kinds[kind], rng);
	if (one_in(rng, 2))
		return;
	if (!one_in(rng, 8)) {
		message_spoil(m, rng);
		return;
	}
	/* Several in one datagram, and only the last one is spoiled. */
	for (more = 1 + below(rng, 6); more; more--) {
		const struct kind *other = &kinds[pick_kind(rng)];

		if (other->genl == m->genl)
			append(m, other, rng);
	}
	if (one_in(rng, 3))
		message_spoil(m, rng);
}
