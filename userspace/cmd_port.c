// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "bindings.h"
#include "cmd.h"
#include "device.h"
#include "members.h"
#include "out.h"
#include "say.h"
#include "settings.h"
#include "util.h"

#define SETTINGS "[isolated on|off] [hairpin on|off] [bpdu-guard on|off]\n" \
	"\t\t[learning on|off] [flood-unicast on|off] [flood-multicast on|off]\n" \
	"\t\t[flood-broadcast on|off] [limit-unicast N|off] [limit-multicast N|off]\n" \
	"\t\t[limit-broadcast N|off] [fdb-max N|off] [admin-profile PROFILE|none]\n" \
	"\t\t[tenant-profile PROFILE|none] [profile PROFILE|none]\n" \
	"\t\t[default-profile PROFILE|none] [mac MAC ...] [ip PREFIX ...] [unbound]\n" \
	"\t\t[identity on|off] [dhcp-server on|off] [router on|off]"

static int print_reply(int status, const struct reply *reply)
{
	if (!status && out_json)
		out_document(out_obj(&reply->obj));
	return status;
}

/* Sends what the words say of a port: of a new one, if there is a switch. */
static int send(struct args *args, uint8_t cmd, const char *switch_name)
{
	const char *dev = args_device(args, "DEV");
	struct members bindings = { .words = args->words };
	int status = EXIT_USAGE;
	struct reply reply;
	struct req req;
	char about[64];

	bulk_init(&bindings.bulk, CVSWITCH_A_PORT_BINDING);
	args->bindings = &bindings.bulk;
	req_init(&req, cmd, &port_attrs, 0);
	args_settings(args, &req, NULL, NULL);
	if (args_end(args) && !switch_name && !req.len && !bindings.bulk.count)
		complain("%s: no setting is given", args->about);
	else if (!args->wrong)
		status = EXIT_DONE;
	if (!status && switch_name)
		status = put_device(&req, CVSWITCH_A_PORT_SWITCH, "switch", switch_name);
	if (!status)
		status = put_device(&req, CVSWITCH_A_PORT_IFINDEX, "port", dev);
	snprintf(about, sizeof(about), "port %s", dev);
	if (!status)
		status = members_send(&bindings, &req, &reply, about);
	members_free(&bindings);
	return print_reply(status, &reply);
}

static int add(struct args *args)
{
	return send(args, CVSWITCH_CMD_PORT_ADD, args_device(args, "SWITCH"));
}

static int set(struct args *args)
{
	return send(args, CVSWITCH_CMD_PORT_SET, NULL);
}

static int del(struct args *args)
{
	const char *dev = args_device(args, "DEV");
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_PORT_DEL, &port_attrs, 0);
	status = put_device(&req, CVSWITCH_A_PORT_IFINDEX, "port", dev);
	return status ? status : cvs_nl_do(&req, NULL, "port %s", dev);
}

static bool is_host(const struct obj *port)
{
	return obj_u32(port, CVSWITCH_A_PORT_SWITCH) == obj_u32(port, CVSWITCH_A_PORT_IFINDEX);
}

enum paint port_cell_name(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", is_host(row) ? "host" : obj_str(row, CVSWITCH_A_PORT_NAME));
	return PAINT_PLAIN;
}

static enum paint cell_switch(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", device_name(obj_u32(row, CVSWITCH_A_PORT_SWITCH)));
	return PAINT_PLAIN;
}

enum paint port_cell_state(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_word(row, CVSWITCH_A_PORT_STATE)->name);
	return obj_u32(row, CVSWITCH_A_PORT_STATE) == CVSWITCH_PORT_STATE_FORWARDING ?
		PAINT_GOOD : PAINT_BAD;
}

enum paint port_cell_short(const void *row, char *cell, size_t size)
{
	/* Frames to the host are delivered, not transmitted: there is no path to shorten. */
	if (is_host(row))
		return PAINT_PLAIN;
	snprintf(cell, size, "%s", obj_word(row, CVSWITCH_A_PORT_SHORT_STATE)->means);
	return obj_u32(row, CVSWITCH_A_PORT_SHORT_STATE) == CVSWITCH_SHORT_STATE_ELIGIBLE ?
		PAINT_GOOD : PAINT_PLAIN;
}

enum paint port_cell_fdb(const void *row, char *cell, size_t size)
{
	uint32_t count = obj_u32(row, CVSWITCH_A_PORT_FDB_COUNT);
	uint32_t max = obj_u32(row, CVSWITCH_A_PORT_FDB_MAX);
	char left[32], right[32];

	/* The host has one address, which is the switch's. */
	if (is_host(row) && !count)
		return PAINT_PLAIN;
	if (max)
		snprintf(cell, size, "%s of %s", out_count(left, sizeof(left), count),
			 out_count(right, sizeof(right), max));
	else
		out_count(cell, size, count);
	return max && count >= max ? PAINT_BAD : PAINT_PLAIN;
}

/* What an operator must know about a port. */
static const struct setting setting[] = {
	{ CVSWITCH_A_PORT_ISOLATED, "off" },
	{ CVSWITCH_A_PORT_HAIRPIN, "off" },
	{ CVSWITCH_A_PORT_BPDU_GUARD, "off" },
	{ CVSWITCH_A_PORT_LEARNING, "on" },
	{ CVSWITCH_A_PORT_FLOOD_UNICAST, "on" },
	{ CVSWITCH_A_PORT_FLOOD_MULTICAST, "on" },
	{ CVSWITCH_A_PORT_FLOOD_BROADCAST, "on" },
	{ CVSWITCH_A_PORT_LIMIT_UNICAST, "10000" },
	{ CVSWITCH_A_PORT_LIMIT_MULTICAST, "10000" },
	{ CVSWITCH_A_PORT_LIMIT_BROADCAST, "1000" },
	{ CVSWITCH_A_PORT_FDB_MAX, "1024" },
	{ CVSWITCH_A_PORT_ADMIN_PROFILE, "none" },
	{ CVSWITCH_A_PORT_TENANT_PROFILE, "none" },
	{ CVSWITCH_A_PORT_DEFAULT_PROFILE, "none" },
	{ CVSWITCH_A_PORT_BINDING, "" },
	{ CVSWITCH_A_PORT_IDENTITY, "off" },
	{ CVSWITCH_A_PORT_DHCP_SERVER, "off" },
	{ CVSWITCH_A_PORT_ROUTER, "off" },
};

/*
 * The host's own address is all there is to learn from its port. Who is bound to addresses is held
 * to them.
 */
static const char *dflt(const struct obj *port, const struct setting *of)
{
	if (of->id == CVSWITCH_A_PORT_IDENTITY)
		return obj_has(port, CVSWITCH_A_PORT_BINDING) ? "on" : "off";
	return is_host(port) && of->id == CVSWITCH_A_PORT_LEARNING ? "off" : of->dflt;
}

static const struct settings settings = SETTINGS_OF(setting, dflt);

enum paint port_cell_settings(const void *row, char *cell, size_t size)
{
	if (settings_list(cell, size, &settings, row))
		return PAINT_PLAIN;
	snprintf(cell, size, "default");
	return PAINT_DIM;
}

static const struct column columns[] = {
	{ .title = "port", .cell = port_cell_name },
	{ .title = "state", .cell = port_cell_state },
	{ .title = "short path", .cell = port_cell_short },
	{ .title = "addresses learned", .cell = port_cell_fdb, .right = true },
	{ .title = "settings", .cell = port_cell_settings },
};

static const struct column summary[] = {
	{ .title = "port", .cell = port_cell_name },
	{ .title = "switch", .cell = cell_switch },
	{ .title = "state", .cell = port_cell_state },
	{ .title = "short path", .cell = port_cell_short },
	{ .title = "addresses learned", .cell = port_cell_fdb },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(summary, "");

/* One port upright, with every setting under the name that changes it. */
static void print_record(const struct obj *port)
{
	size_t i;

	out_record(&record_view, port);
	for (i = 0; i < ARRAY_SIZE(setting); i++) {
		uint16_t id = setting[i].id;
		char text[32];

		if (id == CVSWITCH_A_PORT_BINDING) {
			bindings_print(port);
			continue;
		}
		out_setting(text, sizeof(text), port, id);
		if (id != CVSWITCH_A_PORT_FDB_MAX)
			printf("%-17s  %s%s\n", port_attrs.attr[id].arg, text,
			       port_attrs.attr[id].type == ATTR_U32 && obj_u32(port, id) ?
			       " frames per second" : "");
	}
}

static void print_json(const struct table *ports, const struct table *stats)
{
	struct obj port, counters;
	size_t i;

	for (i = 0; i < ports->count; i++) {
		json_t *json;

		table_get(ports, i, &port);
		json = out_obj(&port);
		if (stats && find_stats(stats, obj_u32(&port, CVSWITCH_A_PORT_SWITCH),
					obj_u32(&port, CVSWITCH_A_PORT_IFINDEX), &counters))
			json_object_set_new(json, "stats", out_obj(&counters));
		out_array_item(json);
	}
}

static int show_switch(const struct target *target, const struct obj *sw, bool with_stats)
{
	const uint32_t ifindex = switch_index(sw);
	struct table ports, stats;
	int status;

	status = get_ports(target, ifindex, &ports);
	if (status)
		return status;
	table_init(&stats, &stats_attrs);
	if (with_stats)
		status = get_stats(target, ifindex, &stats);
	if (status) {
		table_free(&ports);
		return status;
	}
	if (out_json) {
		print_json(&ports, with_stats ? &stats : NULL);
	} else if (target->port_ifindex) {
		print_record(out_table_row(&ports, 0));
	} else {
		out_heading("%s", device_name(ifindex));
		out_table(&table_view, out_table_row, &ports, ports.count);
	}
	if (with_stats && !out_json) {
		putchar('\n');
		print_stats(&stats, NULL);
	}
	table_free(&stats);
	table_free(&ports);
	return EXIT_DONE;
}

static int show(struct args *args)
{
	struct target target;
	bool with_stats;

	target_args(args, &target, false);
	with_stats = args_if(args, "stats");
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, with_stats);
}

/* The host's port is there with its switch. */
static void dump_port(const struct obj *port)
{
	char words[CELL_MAX + 64 * 64];

	settings_words(words, sizeof(words), 0, &settings, port);
	if (!is_host(port))
		printf("port add %s %s%s\n", device_word(obj_u32(port, CVSWITCH_A_PORT_SWITCH)),
		       device_word(obj_u32(port, CVSWITCH_A_PORT_IFINDEX)), words);
	else if (*words)
		printf("port set %s%s\n", device_word(obj_u32(port, CVSWITCH_A_PORT_IFINDEX)),
		       words);
}

static int dump(const struct obj *sw)
{
	const struct target all = { 0 };
	struct table ports;
	struct obj port;
	int status;
	size_t i;

	status = get_ports(&all, switch_index(sw), &ports);
	if (status)
		return status;
	for (i = 0; i < ports.count; i++) {
		table_get(&ports, i, &port);
		dump_port(&port);
	}
	table_free(&ports);
	return EXIT_DONE;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH DEV " SETTINGS },
	{ "set", set, "DEV " SETTINGS },
	{ "del", del, "DEV" },
	{ "show", show, "[SWITCH [DEV|host]] [stats]\n\tport show DEV [stats]" },
	{ NULL, NULL, NULL },
};

const struct object port_object = {
	"port", "the devices that are joined by a switch, and its own: the host's",
	commands, "show", dump,
};
