// SPDX-License-Identifier: GPL-2.0
/* The members of groups, shown. */
#include <stdio.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "member.h"
#include "out.h"
#include "say.h"

/* A group's members: the kernel sends them in as many messages as they need. */
static void print_json(const struct table *table)
{
	json_t *json = NULL, *list = NULL, *more;
	struct obj obj;
	size_t i;

	out_array_begin();
	for (i = 0; i < table->count; i++) {
		table_get(table, i, &obj);
		more = out_obj(&obj);
		if (!json) {
			json = more;
			list = json_object_get(json, "member");
			if (!list)
				json_object_set_new(json, "member", json_array());
			list = json_object_get(json, "member");
			continue;
		}
		json_array_extend(list, json_object_get(more, "member"));
		json_decref(more);
	}
	if (json)
		out_array_item(json);
	out_array_end();
}

void print_members(const struct table *table, size_t first, size_t end, const char *before,
		   const char *behind)
{
	struct obj obj, member;
	char text[64];
	size_t i;

	for (i = first; i < end && i < table->count; i++) {
		const struct nlattr *pos = NULL;

		table_get(table, i, &obj);
		while (obj_next_nest(&obj, CVSWITCH_A_GROUP_MEMBER, &pos, &member_attrs, &member))
			printf("%s%s%s", before, member_text(text, sizeof(text), &member), behind);
	}
}

static int put_one(struct args *args, struct req *req)
{
	const char *word = args_word(args, "MEMBER"), *wrong;
	struct req member;

	wrong = member_parse(word, -1, &member);
	if (wrong) {
		complain("%s: MEMBER: '%s' %s", args->about, word, wrong);
		args->wrong = true;
		return EXIT_USAGE;
	}
	req_put(req, CVSWITCH_A_GROUP_MEMBER | NLA_F_NESTED, member.buf, member.len);
	return EXIT_DONE;
}

static uint64_t no_key(const struct obj *obj)
{
	(void)obj;
	return 0;
}

int get_members(uint32_t switch_ifindex, const char *name, struct table *table)
{
	struct req req;

	req_init(&req, CVSWITCH_CMD_MEMBER_GET, &group_attrs, 0);
	req_u32(&req, CVSWITCH_A_GROUP_SWITCH, switch_ifindex);
	req_str(&req, CVSWITCH_A_GROUP_NAME, name);
	return get_table(&req, false, table, no_key, group_name(device_name(switch_ifindex), name));
}

int show_members(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_name(args, "GROUP");
	const bool one = args_peek(args);
	struct table table;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_MEMBER_GET, &group_attrs, 0);
	if (one && put_one(args, &req))
		return EXIT_USAGE;
	if (!args_end(args))
		return EXIT_USAGE;
	req_str(&req, CVSWITCH_A_GROUP_NAME, name);
	status = put_device(&req, CVSWITCH_A_GROUP_SWITCH, "switch", switch_name);
	if (!status)
		status = get_table(&req, one, &table, no_key, group_name(switch_name, name));
	if (status)
		return status;
	if (out_json)
		print_json(&table);
	else
		print_members(&table, 0, table.count, "", "\n");
	table_free(&table);
	return EXIT_DONE;
}
