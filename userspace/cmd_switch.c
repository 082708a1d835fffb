// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"
#include "settings.h"

#define SETTINGS "[address MAC] [ageing SECONDS|off] [vlan-aware on|off]\n" \
	"\t\t[fdb-max N] [short-path auto|off]\n" \
	"\t\t[neigh-suppress on|off] [neigh-learning on|off] [neigh-ageing SECONDS|off]\n" \
	"\t\t[neigh-max N] [neigh-port-max N] [policy open|closed] [acl-budget N]"

#define ACL_BUDGET_DEFAULT 2048

/* udev leaves an address alone that was chosen by whoever made the device. */
static int choose_address(struct req *req)
{
	uint8_t mac[6];

	if (getrandom(mac, sizeof(mac), 0) != sizeof(mac)) {
		complain_errno(errno, "can't choose an address");
		return EXIT_REFUSED;
	}
	mac[0] = (mac[0] & 0xfe) | 0x02;
	req_mac(req, CVSWITCH_A_SWITCH_ADDRESS, mac);
	return EXIT_DONE;
}

static int print_switch(uint32_t ifindex)
{
	struct table table;
	int status;

	status = get_switches(ifindex, &table);
	if (status)
		return status;
	out_document(out_obj(out_table_row(&table, 0)));
	table_free(&table);
	return EXIT_DONE;
}

static int add(struct args *args)
{
	const char *name = args_device(args, "NAME");
	int status = EXIT_DONE, err;
	struct reply reply;
	bool up = false;
	struct req req;

	req_init(&req, CVSWITCH_CMD_SWITCH_ADD, &switch_attrs, 0);
	req_str(&req, CVSWITCH_A_SWITCH_NAME, name);
	args_settings(args, &req, "up", &up);
	if (!args_end(args))
		return EXIT_USAGE;
	if (!req_has(&req, CVSWITCH_A_SWITCH_ADDRESS))
		status = choose_address(&req);
	if (!status)
		status = cvs_nl_do(&req, &reply, "switch %s", name);
	if (status)
		return status;
	err = up ? device_set_up(name) : 0;
	if (err) {
		complain_errno(-err, "switch %s: created, but can't be set up", name);
		return EXIT_REFUSED;
	}
	return out_json ? print_switch(obj_u32(&reply.obj, CVSWITCH_A_SWITCH_IFINDEX)) : EXIT_DONE;
}

/* Complains about a device that is none. */
static int check_switch(uint32_t ifindex)
{
	struct table table;
	int status = get_switches(ifindex, &table);

	if (!status)
		table_free(&table);
	return status;
}

static int set(struct args *args)
{
	const char *name = args_device(args, "NAME");
	uint32_t ifindex = 0;
	bool up = false;
	struct req req;
	int status, err;

	req_init(&req, CVSWITCH_CMD_SWITCH_SET, &switch_attrs, 0);
	args_settings(args, &req, "up", &up);
	if (!args_end(args))
		return EXIT_USAGE;
	if (!req.len && !up) {
		complain("%s: no setting is given", args->about);
		return EXIT_USAGE;
	}
	status = get_index("switch", name, &ifindex);
	if (!status && req.len) {
		req_u32(&req, CVSWITCH_A_SWITCH_IFINDEX, ifindex);
		status = cvs_nl_do(&req, NULL, "switch %s", name);
	} else if (!status) {
		status = check_switch(ifindex);
	}
	if (status)
		return status;
	err = up ? device_set_up(name) : 0;
	if (err) {
		complain_errno(-err, "switch %s: can't be set up", name);
		return EXIT_REFUSED;
	}
	return out_json ? print_switch(ifindex) : EXIT_DONE;
}

static int del(struct args *args)
{
	const char *name = args_device(args, "NAME");
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_SWITCH_DEL, &switch_attrs, 0);
	status = put_device(&req, CVSWITCH_A_SWITCH_IFINDEX, "switch", name);
	return status ? status : cvs_nl_do(&req, NULL, "switch %s", name);
}

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_str(row, CVSWITCH_A_SWITCH_NAME));
	return PAINT_PLAIN;
}

static enum paint cell_state(const void *row, char *cell, size_t size)
{
	bool up = obj_u32(row, CVSWITCH_A_SWITCH_UP);

	snprintf(cell, size, "%s", up ? "up" : "down");
	return up ? PAINT_GOOD : PAINT_BAD;
}

static enum paint cell_ports(const void *row, char *cell, size_t size)
{
	out_count(cell, size, obj_u32(row, CVSWITCH_A_SWITCH_PORT_COUNT));
	return PAINT_PLAIN;
}

static enum paint cell_address(const void *row, char *cell, size_t size)
{
	out_mac(cell, size, obj_mac(row, CVSWITCH_A_SWITCH_ADDRESS));
	return PAINT_PLAIN;
}

static enum paint cell_mtu(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_SWITCH_MTU));
	return PAINT_PLAIN;
}

/* They differ if the device's was set by hand. */
static enum paint cell_offered(const void *row, char *cell, size_t size)
{
	uint32_t offered = obj_u32(row, CVSWITCH_A_SWITCH_OFFERED_MTU);

	if (obj_has(row, CVSWITCH_A_SWITCH_OFFERED_MTU) &&
	    offered != obj_u32(row, CVSWITCH_A_SWITCH_MTU))
		snprintf(cell, size, "%u", offered);
	return PAINT_PLAIN;
}

static enum paint cell_fdb(const void *row, char *cell, size_t size)
{
	uint32_t count = obj_u32(row, CVSWITCH_A_SWITCH_FDB_COUNT);
	uint32_t max = obj_u32(row, CVSWITCH_A_SWITCH_FDB_MAX);
	char left[32], right[32];

	snprintf(cell, size, "%s of %s", out_count(left, sizeof(left), count),
		 out_count(right, sizeof(right), max));
	return count >= max ? PAINT_BAD : PAINT_PLAIN;
}

static enum paint cell_ageing(const void *row, char *cell, size_t size)
{
	uint32_t seconds = obj_u32(row, CVSWITCH_A_SWITCH_AGEING_TIME);

	if (seconds)
		out_seconds(cell, size, seconds);
	else
		snprintf(cell, size, "off");
	return PAINT_PLAIN;
}

static enum paint cell_vlans(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s",
		 obj_u32(row, CVSWITCH_A_SWITCH_VLAN_AWARE) ? "kept apart" : "ignored");
	return PAINT_PLAIN;
}

static enum paint cell_short_path(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_word(row, CVSWITCH_A_SWITCH_SHORT_PATH)->name);
	return PAINT_PLAIN;
}

/* Where frames pass unless somebody says otherwise there is nothing to tell. */
static enum paint cell_policy(const void *row, char *cell, size_t size)
{
	if (obj_u32(row, CVSWITCH_A_SWITCH_POLICY) == CVSWITCH_POLICY_CLOSED)
		snprintf(cell, size, "closed");
	return PAINT_PLAIN;
}

static enum paint cell_budget(const void *row, char *cell, size_t size)
{
	uint32_t budget = obj_u32(row, CVSWITCH_A_SWITCH_ACL_BUDGET);

	if (obj_has(row, CVSWITCH_A_SWITCH_ACL_BUDGET) && budget != ACL_BUDGET_DEFAULT)
		out_count(cell, size, budget);
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "switch", .cell = cell_name },
	{ .title = "state", .cell = cell_state },
	{ .title = "ports", .cell = cell_ports, .right = true },
	{ .title = "address", .cell = cell_address },
	{ .title = "MTU", .cell = cell_mtu, .right = true },
	{ .title = "offered MTU", .cell = cell_offered, .right = true },
	{ .title = "VLANs", .cell = cell_vlans },
	{ .title = "short path", .cell = cell_short_path },
	{ .title = "ageing", .cell = cell_ageing, .right = true },
	{ .title = "addresses known", .cell = cell_fdb, .right = true },
	{ .title = "policy", .cell = cell_policy },
	{ .title = "acl budget", .cell = cell_budget, .right = true },
};

static const struct view switch_view = VIEW(columns, "");

static int show_json(const struct table *table, bool with_stats)
{
	struct reply totals;
	int status = EXIT_DONE;
	struct obj obj;
	size_t i;

	out_array_begin();
	for (i = 0; i < table->count && !status; i++) {
		json_t *json;

		table_get(table, i, &obj);
		json = out_obj(&obj);
		if (with_stats) {
			status = get_totals(obj_u32(&obj, CVSWITCH_A_SWITCH_IFINDEX), &totals);
			if (!status)
				json_object_set_new(json, "stats", out_obj(&totals.obj));
		}
		out_array_item(json);
	}
	out_array_end();
	return status;
}

static int show_stats(const struct table *table)
{
	const struct target all = { 0 };
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < table->count && !status; i++) {
		struct reply totals;
		struct table stats;
		uint32_t ifindex;
		struct obj obj;

		table_get(table, i, &obj);
		ifindex = obj_u32(&obj, CVSWITCH_A_SWITCH_IFINDEX);
		status = get_totals(ifindex, &totals);
		if (!status)
			status = get_stats(&all, ifindex, &stats);
		if (status)
			break;
		out_heading("\n%s", obj_str(&obj, CVSWITCH_A_SWITCH_NAME));
		print_stats(&stats, &totals.obj);
		table_free(&stats);
	}
	return status;
}

static int show(struct args *args)
{
	const char *name = NULL, *word = args_peek(args);
	uint32_t ifindex = 0;
	struct table table;
	bool with_stats;
	int status;

	if (word && strcmp(word, "stats"))
		name = args_device(args, "NAME");
	with_stats = args_if(args, "stats");
	if (!args_end(args))
		return EXIT_USAGE;
	status = name ? get_index("switch", name, &ifindex) : cvs_nl_open();
	if (!status)
		status = get_switches(ifindex, &table);
	if (status)
		return status;
	if (out_json) {
		status = show_json(&table, with_stats);
	} else {
		if (!table.count)
			puts("There is no switch here; make one: cvswitch-ctl switch add NAME up");
		if (name)
			out_record(&switch_view, out_table_row(&table, 0));
		else
			out_table(&switch_view, out_table_row, &table, table.count);
		if (with_stats)
			status = show_stats(&table);
	}
	table_free(&table);
	return status;
}

/* Limits come last: not all of these need be within them. */
static const struct setting setting[] = {
	{ CVSWITCH_A_SWITCH_AGEING_TIME, "300" },
	{ CVSWITCH_A_SWITCH_VLAN_AWARE, "off" },
	{ CVSWITCH_A_SWITCH_SHORT_PATH, "auto" },
	{ CVSWITCH_A_SWITCH_NEIGH_SUPPRESS, "off" },
	{ CVSWITCH_A_SWITCH_NEIGH_LEARNING, "on" },
	{ CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME, "300" },
	{ CVSWITCH_A_SWITCH_NEIGH_PORT_MAX, "1024" },
	{ CVSWITCH_A_SWITCH_POLICY, "open" },
	{ CVSWITCH_A_SWITCH_FDB_MAX, "131072" },
	{ CVSWITCH_A_SWITCH_NEIGH_MAX, "8192" },
	{ CVSWITCH_A_SWITCH_ACL_BUDGET, "2048" },
};

#define LIMITS 3

/* What was there before a limit was lowered has stayed, so that is done last. */
static const char *dflt_at_first(const struct obj *sw, const struct setting *of)
{
	static char lowered[16];

	if (of < &setting[ARRAY_SIZE(setting) - LIMITS] ||
	    obj_u32(sw, of->id) > strtoul(of->dflt, NULL, 10))
		return of->dflt;
	return out_setting(lowered, sizeof(lowered), sw, of->id);
}

static const char *dflt_at_last(const struct obj *sw, const struct setting *of)
{
	static char raised[16];

	if (obj_u32(sw, of->id) < strtoul(of->dflt, NULL, 10))
		return of->dflt;
	return out_setting(raised, sizeof(raised), sw, of->id);
}

static int dump(const struct obj *sw)
{
	static const struct settings settings = SETTINGS_OF(setting, dflt_at_first);
	char words[512], mac[24];

	settings_words(words, sizeof(words), 0, &settings, sw);
	printf("switch add %s address %s%s\n", device_word(switch_index(sw)),
	       out_mac(mac, sizeof(mac), obj_mac(sw, CVSWITCH_A_SWITCH_ADDRESS)), words);
	return EXIT_DONE;
}

void dump_switch_end(const struct obj *sw)
{
	static const struct settings settings = {
		&setting[ARRAY_SIZE(setting) - LIMITS], LIMITS, dflt_at_last,
	};
	const bool up = obj_u32(sw, CVSWITCH_A_SWITCH_UP);
	char words[128];

	if (settings_words(words, sizeof(words), 0, &settings, sw) || up)
		printf("switch set %s%s%s\n", device_word(switch_index(sw)), words,
		       up ? " up" : "");
}

static const struct command commands[] = {
	{ "add", add, "NAME " SETTINGS " [up]" },
	{ "set", set, "NAME " SETTINGS " [up]" },
	{ "del", del, "NAME" },
	{ "show", show, "[NAME] [stats]" },
	{ NULL, NULL, NULL },
};

const struct object switch_object = {
	"switch", "networks: one switch is one layer 2 network", commands, "show", dump,
};
