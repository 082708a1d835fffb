// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "rules.h"
#include "say.h"

#define DEFAULTS "[ingress-default accept|drop|reject|next]\n" \
	"\t\t[egress-default accept|drop|reject|next]"

static int put_profile(struct req *req, const char *switch_name, const char *name)
{
	req_str(req, CVSWITCH_A_PROFILE_NAME, name);
	return put_device(req, CVSWITCH_A_PROFILE_SWITCH, "switch", switch_name);
}

static const char *profile_name(const char *switch_name, const char *name)
{
	static char text[128];

	snprintf(text, sizeof(text), "profile %s of %s", name, switch_name);
	return text;
}

static int print_reply(int status, const struct reply *reply)
{
	if (!status && out_json)
		out_document(out_obj(&reply->obj));
	return status;
}

static int send_settings(struct args *args, uint8_t cmd)
{
	const bool is_new = cmd == CVSWITCH_CMD_PROFILE_ADD;
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = is_new ? args_new_name(args, "PROFILE") : args_name(args, "PROFILE");
	struct reply reply;
	struct req req;
	int status;

	if (!args->wrong && is_new && !strcmp(name, "none")) {
		complain("%s: PROFILE: 'none' stands for no profile", args->about);
		return EXIT_USAGE;
	}
	req_init(&req, cmd, &profile_attrs, 0);
	args_settings(args, &req, NULL, NULL);
	if (!args_end(args))
		return EXIT_USAGE;
	if (!is_new && req_has(&req, CVSWITCH_A_PROFILE_TIER)) {
		complain("%s: a profile keeps its tier; make another one", args->about);
		return EXIT_USAGE;
	}
	if (!is_new && !req.len) {
		complain("%s: no setting is given", args->about);
		return EXIT_USAGE;
	}
	status = put_profile(&req, switch_name, name);
	if (!status)
		status = cvs_nl_do(&req, &reply, "%s", profile_name(switch_name, name));
	return print_reply(status, &reply);
}

static int add(struct args *args)
{
	return send_settings(args, CVSWITCH_CMD_PROFILE_ADD);
}

static int set(struct args *args)
{
	return send_settings(args, CVSWITCH_CMD_PROFILE_SET);
}

static int del(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_name(args, "PROFILE");
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_PROFILE_DEL, &profile_attrs, 0);
	status = put_profile(&req, switch_name, name);
	return status ? status : cvs_nl_do(&req, NULL, "%s", profile_name(switch_name, name));
}

/* Says what the kernel has against the rules: at their place in the file, if it named one. */
static void refused(const struct rules *rules, const struct req *req, const char *about,
		    const struct refusal *refusal)
{
	char sentence[512];

	cvs_nl_sentence(sentence, sizeof(sentence), refusal, false);
	if (refusal->offset != SIZE_MAX && refusal->offset >= req->len &&
	    rules_complain(rules, refusal->offset - req->len, sentence))
		return;
	complain("%s: %s", about, cvs_nl_sentence(sentence, sizeof(sentence), refusal, true));
}

static int send_rules(const struct rules *rules, const char *switch_name, const char *name)
{
	struct refusal refusal;
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_PROFILE_LOAD, &profile_attrs, 0);
	status = put_profile(&req, switch_name, name);
	if (status)
		return status;
	req.bulk = &rules->bulk;
	status = cvs_nl_ask(&req, &reply, &refusal);
	if (status && refusal.err)
		refused(rules, &req, profile_name(switch_name, name), &refusal);
	return print_reply(status, &reply);
}

static int load(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *name = args_name(args, "PROFILE");
	const char *file = args_word(args, "FILE");
	struct rules rules;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	status = rules_read(&rules, file);
	if (status)
		return status;
	status = send_rules(&rules, switch_name, name);
	rules_free(&rules);
	return status;
}

static enum paint cell_switch(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", device_name(obj_u32(row, CVSWITCH_A_PROFILE_SWITCH)));
	return PAINT_PLAIN;
}

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_str(row, CVSWITCH_A_PROFILE_NAME));
	return PAINT_PLAIN;
}

#define WORD(field, id)								\
static enum paint cell_##field(const void *row, char *cell, size_t size)	\
{										\
	snprintf(cell, size, "%s", obj_word(row, id)->name);			\
	return PAINT_PLAIN;							\
}

#define COUNT(field, id)								\
static enum paint cell_##field(const void *row, char *cell, size_t size)	\
{										\
	out_count(cell, size, obj_u32(row, id));				\
	return PAINT_PLAIN;							\
}

WORD(tier, CVSWITCH_A_PROFILE_TIER)
WORD(ingress_default, CVSWITCH_A_PROFILE_INGRESS_DEFAULT)
WORD(egress_default, CVSWITCH_A_PROFILE_EGRESS_DEFAULT)
COUNT(ingress, CVSWITCH_A_PROFILE_INGRESS_COUNT)
COUNT(egress, CVSWITCH_A_PROFILE_EGRESS_COUNT)
COUNT(ports, CVSWITCH_A_PROFILE_PORT_COUNT)
COUNT(generation, CVSWITCH_A_PROFILE_GENERATION)
COUNT(ingress_steps, CVSWITCH_A_PROFILE_INGRESS_STEPS)
COUNT(egress_steps, CVSWITCH_A_PROFILE_EGRESS_STEPS)

static enum paint cell_memory(const void *row, char *cell, size_t size)
{
	char text[32];

	snprintf(cell, size, "%s bytes",
		 out_count(text, sizeof(text), obj_u64(row, CVSWITCH_A_PROFILE_MEMORY)));
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "profile", .cell = cell_name },
	{ .title = "tier", .cell = cell_tier },
	{ .title = "ingress rules", .cell = cell_ingress, .right = true },
	{ .title = "default", .cell = cell_ingress_default },
	{ .title = "egress rules", .cell = cell_egress, .right = true },
	{ .title = "default", .cell = cell_egress_default },
	{ .title = "ports", .cell = cell_ports, .right = true },
};

static const struct column everything[] = {
	{ .title = "profile", .cell = cell_name },
	{ .title = "switch", .cell = cell_switch },
	{ .title = "tier", .cell = cell_tier },
	{ .title = "ingress rules", .cell = cell_ingress },
	{ .title = "ingress steps", .cell = cell_ingress_steps },
	{ .title = "ingress-default", .cell = cell_ingress_default },
	{ .title = "egress rules", .cell = cell_egress },
	{ .title = "egress steps", .cell = cell_egress_steps },
	{ .title = "egress-default", .cell = cell_egress_default },
	{ .title = "ports", .cell = cell_ports },
	{ .title = "generation", .cell = cell_generation },
	{ .title = "memory", .cell = cell_memory },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(everything, "");

static uint64_t switch_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_PROFILE_SWITCH);
}

static int get_profiles(const struct req *req, bool one, struct table *table, const char *about)
{
	int status = get_table(req, one, table, switch_key, about);

	if (status)
		return status;
	if (!sort_by_name(table, CVSWITCH_A_PROFILE_NAME) && !table_sort(table, switch_key))
		return EXIT_DONE;
	complain("no memory to sort %zu profiles", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

static void print_text(const struct table *table, const char *switch_name, bool one)
{
	if (one)
		out_record(&record_view, out_table_row(table, 0));
	else if (table->count)
		print_by_switch(table, &table_view, "profile");
	else if (switch_name)
		out_heading("%s: 0 profiles", switch_name);
	else
		puts("No switch here has a profile; "
		     "make one: cvswitch-ctl profile add SWITCH PROFILE");
}

static int show(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	const char *name = args_peek(args) ? args_name(args, "PROFILE") : NULL;
	const char *about = "profile show";
	int status = EXIT_DONE;
	struct table table;
	struct req req;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_PROFILE_GET, &profile_attrs, 0);
	if (switch_name)
		status = put_device(&req, CVSWITCH_A_PROFILE_SWITCH, "switch", switch_name);
	if (switch_name)
		about = name ? profile_name(switch_name, name) : switch_name;
	if (name)
		req_str(&req, CVSWITCH_A_PROFILE_NAME, name);
	if (!status)
		status = get_profiles(&req, name, &table, about);
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else
		print_text(&table, switch_name, name);
	table_free(&table);
	return EXIT_DONE;
}

static int dump_profile(const struct obj *profile, const char *switch_name)
{
	const char *name = obj_str(profile, CVSWITCH_A_PROFILE_NAME);
	int status;

	printf("profile add %s %s tier %s ingress-default %s egress-default %s\n", switch_name,
	       name, obj_word(profile, CVSWITCH_A_PROFILE_TIER)->name,
	       obj_word(profile, CVSWITCH_A_PROFILE_INGRESS_DEFAULT)->name,
	       obj_word(profile, CVSWITCH_A_PROFILE_EGRESS_DEFAULT)->name);
	if (!obj_u32(profile, CVSWITCH_A_PROFILE_INGRESS_COUNT) &&
	    !obj_u32(profile, CVSWITCH_A_PROFILE_EGRESS_COUNT))
		return EXIT_DONE;
	printf("profile load %s %s {\n", switch_name, name);
	status = print_rules(obj_u32(profile, CVSWITCH_A_PROFILE_SWITCH), name, "\t");
	puts("}");
	return status;
}

static int dump(const struct obj *sw)
{
	const char *switch_name = device_word(switch_index(sw));
	struct table profiles;
	struct obj profile;
	struct req req;
	int status;
	size_t i;

	req_init(&req, CVSWITCH_CMD_PROFILE_GET, &profile_attrs, 0);
	req_u32(&req, CVSWITCH_A_PROFILE_SWITCH, switch_index(sw));
	status = get_profiles(&req, false, &profiles, device_name(switch_index(sw)));
	if (status)
		return status;
	for (i = 0; i < profiles.count && !status; i++) {
		table_get(&profiles, i, &profile);
		status = dump_profile(&profile, switch_name);
	}
	table_free(&profiles);
	return status;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH PROFILE [tier admin|tenant|default] " DEFAULTS },
	{ "set", set, "SWITCH PROFILE " DEFAULTS },
	{ "load", load, "SWITCH PROFILE FILE" },
	{ "del", del, "SWITCH PROFILE" },
	{ "show", show, "[SWITCH [PROFILE]]" },
	{ NULL, NULL, NULL },
};

const struct object profile_object = {
	"profile", "named sets of rules that ports are given", commands, "show", dump,
};
