// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "members.h"
#include "out.h"
#include "say.h"

/* Of a command that is dumped; of a request as large as anybody may send. */
#define MEMBERS_IN_LINE 8
#define MEMBERS_IN_BLOCK 4096

static int put_group(struct req *req, const char *switch_name, const char *name)
{
	req_str(req, CVSWITCH_A_GROUP_NAME, name);
	return put_device(req, CVSWITCH_A_GROUP_SWITCH, "switch", switch_name);
}

const char *group_name(const char *switch_name, const char *name)
{
	static char text[128];

	snprintf(text, sizeof(text), "group %s of %s", name, switch_name);
	return text;
}

static int print_reply(int status, const struct reply *reply)
{
	if (!status && out_json)
		out_document(out_obj(&reply->obj));
	return status;
}

/* The words "type TYPE". */
static int take_type(struct args *args)
{
	int type = -1;

	if (!args_if(args, "type")) {
		args_unexpected(args, "type");
		args_word(args, "type");
	} else {
		type = args_one_of(args, &group_types);
		if (type < 0) {
			args_unexpected(args, "ip, mac, port");
			args_word(args, "TYPE");
		}
	}
	return type;
}

static int add(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_new_name(args, "GROUP");
	const int type = take_type(args);
	struct members members;
	struct reply reply;
	struct req req;
	int status;

	if (args->wrong)
		return EXIT_USAGE;
	status = members_args(args, type, &members);
	if (status)
		return status;
	req_init(&req, CVSWITCH_CMD_GROUP_ADD, &group_attrs, 0);
	status = put_group(&req, switch_name, name);
	req_u32(&req, CVSWITCH_A_GROUP_TYPE, type);
	if (!status)
		status = members_send(&members, &req, &reply, group_name(switch_name, name));
	members_free(&members);
	return print_reply(status, &reply);
}

static int send_name(struct args *args, uint8_t cmd, struct reply *reply)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_name(args, "GROUP");
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, cmd, &group_attrs, 0);
	status = put_group(&req, switch_name, name);
	return status ? status : cvs_nl_do(&req, reply, "%s", group_name(switch_name, name));
}

static int del(struct args *args)
{
	return send_name(args, CVSWITCH_CMD_GROUP_DEL, NULL);
}

static int flush(struct args *args)
{
	struct reply reply;
	int status = send_name(args, CVSWITCH_CMD_GROUP_FLUSH, &reply);

	return print_reply(status, &reply);
}

/* "member add|del SWITCH GROUP MEMBER ...": all of it becomes one request. */
static int send_members(struct args *args, uint8_t cmd)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_name(args, "GROUP");
	struct members members;
	struct reply reply;
	struct req req;
	int status;

	if (!args->wrong && !args_peek(args))
		args_word(args, "MEMBER");
	if (args->wrong)
		return EXIT_USAGE;
	status = members_args(args, -1, &members);
	if (status)
		return status;
	req_init(&req, cmd, &group_attrs, 0);
	status = put_group(&req, switch_name, name);
	if (!status)
		status = members_send(&members, &req, &reply, group_name(switch_name, name));
	members_free(&members);
	return print_reply(status, &reply);
}

static int add_members(struct args *args)
{
	return send_members(args, CVSWITCH_CMD_MEMBER_ADD);
}

static int del_members(struct args *args)
{
	return send_members(args, CVSWITCH_CMD_MEMBER_DEL);
}

/* A command of commands. */
static int member(struct args *args)
{
	static const struct command commands[] = {
		{ "add", add_members, NULL },
		{ "del", del_members, NULL },
		{ "show", show_members, NULL },
	};
	char about[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (!args_if(args, commands[i].name))
			continue;
		snprintf(about, sizeof(about), "%s %s", args->about, commands[i].name);
		args->about = about;
		return commands[i].run(args);
	}
	args_unexpected(args, "add, del, show");
	args_word(args, "add, del or show");
	return EXIT_USAGE;
}

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_str(row, CVSWITCH_A_GROUP_NAME));
	return PAINT_PLAIN;
}

static enum paint cell_type(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_word(row, CVSWITCH_A_GROUP_TYPE)->name);
	return PAINT_PLAIN;
}

static enum paint cell_members(const void *row, char *cell, size_t size)
{
	out_count(cell, size, obj_u32(row, CVSWITCH_A_GROUP_MEMBER_COUNT));
	return PAINT_PLAIN;
}

static enum paint cell_rules(const void *row, char *cell, size_t size)
{
	out_count(cell, size, obj_u32(row, CVSWITCH_A_GROUP_RULE_COUNT));
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "group", .cell = cell_name },
	{ .title = "type", .cell = cell_type },
	{ .title = "members", .cell = cell_members, .right = true },
	{ .title = "rules", .cell = cell_rules, .right = true },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(columns, "");

static uint64_t switch_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_GROUP_SWITCH);
}

static int get_groups(const struct req *req, bool one, struct table *table, const char *about)
{
	int status = get_table(req, one, table, switch_key, about);

	if (status)
		return status;
	if (!sort_by_name(table, CVSWITCH_A_GROUP_NAME) && !table_sort(table, switch_key))
		return EXIT_DONE;
	complain("no memory to sort %zu groups", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

static void print_text(const struct table *table, const char *switch_name, bool one)
{
	if (one)
		out_record(&record_view, out_table_row(table, 0));
	else if (table->count)
		print_by_switch(table, &table_view, "group");
	else if (switch_name)
		out_heading("%s: 0 groups", switch_name);
	else
		puts("No switch here has a group; "
		     "make one: cvswitch-ctl group add SWITCH GROUP type TYPE");
}

static int show(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	const char *name = args_peek(args) ? args_name(args, "GROUP") : NULL;
	const char *about = "group show";
	int status = EXIT_DONE;
	struct table table;
	struct req req;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_GROUP_GET, &group_attrs, 0);
	if (switch_name)
		status = put_device(&req, CVSWITCH_A_GROUP_SWITCH, "switch", switch_name);
	if (switch_name)
		about = name ? group_name(switch_name, name) : switch_name;
	if (name)
		req_str(&req, CVSWITCH_A_GROUP_NAME, name);
	if (!status)
		status = get_groups(&req, name, &table, about);
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else
		print_text(&table, switch_name, name);
	table_free(&table);
	return EXIT_DONE;
}

static void dump_block(const struct table *members, size_t first)
{
	puts(" file {");
	print_members(members, first, first + MEMBERS_IN_BLOCK, "\t", "\n");
	puts("}");
}

static int dump_group(const struct obj *group, const char *switch_name)
{
	const char *name = obj_str(group, CVSWITCH_A_GROUP_NAME);
	struct table members;
	size_t first;
	int status;

	status = get_members(obj_u32(group, CVSWITCH_A_GROUP_SWITCH), name, &members);
	if (status)
		return status;
	printf("group add %s %s type %s", switch_name, name,
	       obj_word(group, CVSWITCH_A_GROUP_TYPE)->name);
	if (members.count <= MEMBERS_IN_LINE) {
		print_members(&members, 0, members.count, " ", "");
		putchar('\n');
	} else {
		dump_block(&members, 0);
	}
	for (first = MEMBERS_IN_BLOCK; first < members.count; first += MEMBERS_IN_BLOCK) {
		printf("group member add %s %s", switch_name, name);
		dump_block(&members, first);
	}
	table_free(&members);
	return EXIT_DONE;
}

static int dump(const struct obj *sw)
{
	const char *switch_name = device_word(switch_index(sw));
	struct table groups;
	struct obj group;
	struct req req;
	int status;
	size_t i;

	req_init(&req, CVSWITCH_CMD_GROUP_GET, &group_attrs, 0);
	req_u32(&req, CVSWITCH_A_GROUP_SWITCH, switch_index(sw));
	status = get_groups(&req, false, &groups, device_name(switch_index(sw)));
	if (status)
		return status;
	for (i = 0; i < groups.count && !status; i++) {
		table_get(&groups, i, &group);
		status = dump_group(&group, switch_name);
	}
	table_free(&groups);
	return status;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH GROUP type ip|mac|port [file FILE] [MEMBER ...]" },
	{ "del", del, "SWITCH GROUP" },
	{ "flush", flush, "SWITCH GROUP" },
	{ "show", show, "[SWITCH [GROUP]]" },
	{ "member", member, "add SWITCH GROUP [file FILE] [MEMBER ...]\n"
	  "\tgroup member del SWITCH GROUP [file FILE] [MEMBER ...]\n"
	  "\tgroup member show SWITCH GROUP [MEMBER]" },
	{ NULL, NULL, NULL },
};

const struct object group_object = {
	"group", "named sets of addresses or ports that rules refer to", commands, "show", dump,
};
