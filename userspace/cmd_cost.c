// SPDX-License-Identifier: GPL-2.0
/* What the rules of profiles can cost a frame at most, whatever the frame. */
#include <stdio.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_str(row, CVSWITCH_A_PROFILE_NAME));
	return PAINT_PLAIN;
}

#define COUNT(field, id, type)							\
static enum paint cell_##field(const void *row, char *cell, size_t size)	\
{										\
	out_count(cell, size, obj_##type(row, id));				\
	return PAINT_PLAIN;							\
}

COUNT(ingress, CVSWITCH_A_PROFILE_INGRESS_COUNT, u32)
COUNT(ingress_steps, CVSWITCH_A_PROFILE_INGRESS_STEPS, u32)
COUNT(egress, CVSWITCH_A_PROFILE_EGRESS_COUNT, u32)
COUNT(egress_steps, CVSWITCH_A_PROFILE_EGRESS_STEPS, u32)
COUNT(memory, CVSWITCH_A_PROFILE_MEMORY, u64)

static const struct column columns[] = {
	{ .title = "profile", .cell = cell_name },
	{ .title = "ingress rules", .cell = cell_ingress, .right = true },
	{ .title = "steps", .cell = cell_ingress_steps, .right = true },
	{ .title = "egress rules", .cell = cell_egress, .right = true },
	{ .title = "steps", .cell = cell_egress_steps, .right = true },
	{ .title = "bytes", .cell = cell_memory, .right = true },
};

static const struct view table_view = VIEW(columns, "  ");

static json_t *json_direction(const struct obj *obj, uint16_t rules, uint16_t steps)
{
	return json_pack("{s:I, s:I}", "rules", (json_int_t)obj_u32(obj, rules),
			 "steps", (json_int_t)obj_u32(obj, steps));
}

static json_t *json_cost(const struct obj *obj, uint32_t budget)
{
	json_t *ingress = json_direction(obj, CVSWITCH_A_PROFILE_INGRESS_COUNT,
					 CVSWITCH_A_PROFILE_INGRESS_STEPS);
	json_t *egress = json_direction(obj, CVSWITCH_A_PROFILE_EGRESS_COUNT,
					CVSWITCH_A_PROFILE_EGRESS_STEPS);

	return json_pack("{s:o, s:o, s:I, s:o, s:o, s:I}", "switch",
			 out_text(device_name(obj_u32(obj, CVSWITCH_A_PROFILE_SWITCH))),
			 "profile", out_text(obj_str(obj, CVSWITCH_A_PROFILE_NAME)),
			 "budget", (json_int_t)budget, "ingress", ingress, "egress", egress,
			 "memory", (json_int_t)obj_u64(obj, CVSWITCH_A_PROFILE_MEMORY));
}

static void print_json(const struct table *table, uint32_t budget)
{
	struct obj obj;
	size_t i;

	out_array_begin();
	for (i = 0; i < table->count; i++) {
		table_get(table, i, &obj);
		out_array_item(json_cost(&obj, budget));
	}
	out_array_end();
}

static void print_text(const struct table *table, const char *switch_name, uint32_t budget)
{
	char profiles[32], steps[32];

	out_heading("%s: %s profile%s, a frame may take %s steps in each direction of one",
		    switch_name, out_count(profiles, sizeof(profiles), table->count),
		    out_plural(table->count), out_count(steps, sizeof(steps), budget));
	if (table->count)
		out_table(&table_view, out_table_row, table, table->count);
}

/* The steps that the rules of a profile of this switch may have. */
static int get_budget(uint32_t switch_ifindex, uint32_t *budget)
{
	struct table switches;
	struct obj obj;
	int status = get_switches(switch_ifindex, &switches);

	if (status)
		return status;
	table_get(&switches, 0, &obj);
	*budget = obj_u32(&obj, CVSWITCH_A_SWITCH_ACL_BUDGET);
	table_free(&switches);
	return EXIT_DONE;
}

static uint64_t switch_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_PROFILE_SWITCH);
}

static int get_profiles(uint32_t switch_ifindex, const char *profile, struct table *table,
			const char *about)
{
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_PROFILE_GET, &profile_attrs, 0);
	req_u32(&req, CVSWITCH_A_PROFILE_SWITCH, switch_ifindex);
	if (profile)
		req_str(&req, CVSWITCH_A_PROFILE_NAME, profile);
	status = get_table(&req, profile, table, switch_key, about);
	if (status || !sort_by_name(table, CVSWITCH_A_PROFILE_NAME))
		return status;
	complain("no memory to sort %zu profiles", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

int show_cost(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *profile = args_peek(args) ? args_name(args, "PROFILE") : NULL;
	uint32_t switch_ifindex, budget;
	char about[128];
	struct table table;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	if (profile)
		snprintf(about, sizeof(about), "profile %s of %s", profile, switch_name);
	else
		snprintf(about, sizeof(about), "%s", switch_name);
	status = get_index("switch", switch_name, &switch_ifindex);
	if (!status)
		status = get_budget(switch_ifindex, &budget);
	if (!status)
		status = get_profiles(switch_ifindex, profile, &table, about);
	if (status)
		return status;
	if (out_json)
		print_json(&table, budget);
	else
		print_text(&table, switch_name, budget);
	table_free(&table);
	return EXIT_DONE;
}
