// SPDX-License-Identifier: GPL-2.0
/* Words in a row: the settings of an object, then what else a command may take. */
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "args.h"
#include "bulk.h"
#include "fake.h"
#include "obj.h"

#define WORDS_MAX 64

static const struct attr_set *const sets[] = {
	&switch_attrs, &port_attrs, &vlan_attrs, &fdb_attrs, &tunnel_attrs, &remote_attrs,
	&profile_attrs,
};

/* Every attribute of a request is one that can be set, within its bounds, and there once. */
static void check_request(const struct req *req, int words)
{
	struct obj obj;
	size_t total = 0;
	uint16_t id;

	obj_parse(&obj, req->set, req->buf, req->len);
	for (id = 1; id < req->set->count; id++) {
		const struct attr *attr = &req->set->attr[id];

		if (!obj_has(&obj, id))
			continue;
		total += NLA_ALIGN(obj.attr[id]->nla_len);
		/* The highest port comes with the lowest. */
		if (id > 1 && req->set->attr[id - 1].type == ATTR_PORTS) {
			expect(obj_u32(&obj, id) >= obj_u32(&obj, id - 1));
			continue;
		}
		words -= 2;
		expect(attr->arg);
		if (attr->type == ATTR_PORTS)
			expect(obj_has(&obj, id + 1));
		if (attr->type == ATTR_DEVICE)
			expect(!obj_u32(&obj, id));
		if (attr->type == ATTR_DSCP)
			expect(obj_u32(&obj, id) <= CVSWITCH_DSCP_INHERIT);
		if (attr->type == ATTR_U32)
			expect((attr->zero && !obj_u32(&obj, id)) ||
			       (obj_u32(&obj, id) >= attr->min && obj_u32(&obj, id) <= attr->max));
		if (attr->type == ATTR_BOOL)
			expect(obj_u32(&obj, id) <= 1);
		if (attr->type == ATTR_WORD)
			expect(words_get(attr->words, obj_u32(&obj, id))->name);
		if (attr->type == ATTR_STRING)
			expect(strlen(obj_str(&obj, id)) <= CVSWITCH_ACL_NAME_MAX);
	}
	expect(total == req->len);
	expect(words >= 0);
}

/* Each binding is one address, or all of them are one that says nothing. */
static void check_bindings(struct bulk *bindings)
{
	struct obj obj;
	size_t i;

	for (i = 0; i < bindings->count; i++) {
		bulk_get(bindings, i, &member_attrs, &obj);
		expect(obj.len || bindings->count == 1);
		expect(!obj.len || obj_has(&obj, CVSWITCH_A_MEMBER_MAC) !=
				   obj_has(&obj, CVSWITCH_A_MEMBER_IP));
		expect(!obj_has(&obj, CVSWITCH_A_MEMBER_PORT));
	}
	bulk_free(bindings);
}

static void settings(char **words, int count)
{
	struct bulk bindings;
	bool flagged = false;
	struct req req;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sets); i++) {
		struct args args = { .about = "fuzz", .words = words, .count = count };

		bulk_init(&bindings, CVSWITCH_A_PORT_BINDING);
		if (sets[i] == &port_attrs)
			args.bindings = &bindings;
		req_init(&req, 1, sets[i], 0);
		args_settings(&args, &req, i & 1 ? NULL : "up", &flagged);
		expect(args.pos >= 0 && args.pos <= count);
		if (args_end(&args))
			expect(args.pos == count);
		check_request(&req, args.pos);
		check_bindings(&bindings);
	}
}

static void others(char **words, int count)
{
	struct args args = { .about = "fuzz", .words = words, .count = count };
	uint32_t first = 0, last = 0, vid;

	args_device(&args, "DEV");
	if (args_if(&args, "vlan")) {
		vid = args_vid(&args);
		expect(args.wrong || (vid >= 1 && vid <= 4094));
	} else if (args_if(&args, "remote")) {
		expect(args_ip(&args).len || args.wrong);
		expect(args_vni(&args) <= CVSWITCH_VNI_MAX);
	} else if (args_one_of(&args, &fdb_kinds) < 0) {
		args_mac(&args);
	}
	args_vids(&args, &first, &last);
	expect(args.wrong || (first >= 1 && first <= last && last <= 4094));
	args_unexpected(&args, "nothing");
	expect(!args_end(&args) || args.pos == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *line = malloc(len + 1), *rest, *word;
	char *words[WORDS_MAX];
	int count = 0;

	memcpy(line, data, len);
	line[len] = '\0';
	for (word = strtok_r(line, " \n", &rest); word && count < WORDS_MAX;
	     word = strtok_r(NULL, " \n", &rest))
		words[count++] = word;
	settings(words, count);
	others(words, count);
	free(line);
	return 0;
}
