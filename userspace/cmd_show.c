// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

#define DROPS_NAMED 3	/* as many fit into one line */

struct port_row {
	struct obj port, stats;
};

struct port_rows {
	const struct table *ports, *stats;
};

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	return port_cell_name(&((const struct port_row *)row)->port, cell, size);
}

static enum paint cell_state(const void *row, char *cell, size_t size)
{
	return port_cell_state(&((const struct port_row *)row)->port, cell, size);
}

static enum paint cell_short(const void *row, char *cell, size_t size)
{
	return port_cell_short(&((const struct port_row *)row)->port, cell, size);
}

static enum paint cell_fdb(const void *row, char *cell, size_t size)
{
	return port_cell_fdb(&((const struct port_row *)row)->port, cell, size);
}

static enum paint cell_rx(const void *row, char *cell, size_t size)
{
	const struct obj *stats = &((const struct port_row *)row)->stats;

	out_count(cell, size, obj_u64(stats, CVSWITCH_A_STATS_RX_FRAMES));
	return PAINT_PLAIN;
}

static enum paint cell_tx(const void *row, char *cell, size_t size)
{
	const struct obj *stats = &((const struct port_row *)row)->stats;

	out_count(cell, size, obj_u64(stats, CVSWITCH_A_STATS_TX_FRAMES));
	return PAINT_PLAIN;
}

static enum paint cell_drops(const void *row, char *cell, size_t size)
{
	const struct obj *stats = &((const struct port_row *)row)->stats;
	uint64_t drops = obj_u64(stats, CVSWITCH_A_STATS_DROPS);

	out_count(cell, size, drops);
	return drops ? PAINT_BAD : PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "port", .cell = cell_name },
	{ .title = "state", .cell = cell_state },
	{ .title = "short path", .cell = cell_short },
	{ .title = "rx frames", .cell = cell_rx, .right = true },
	{ .title = "tx frames", .cell = cell_tx, .right = true },
	{ .title = "drops", .cell = cell_drops, .right = true },
	{ .title = "addresses learned", .cell = cell_fdb, .right = true },
};

static const struct view port_view = VIEW(columns, "  ");

static const void *port_row(const void *arg, size_t i)
{
	const struct port_rows *rows = arg;
	static struct port_row row;

	table_get(rows->ports, i, &row.port);
	if (!find_stats(rows->stats, obj_u32(&row.port, CVSWITCH_A_PORT_SWITCH),
			obj_u32(&row.port, CVSWITCH_A_PORT_IFINDEX), &row.stats))
		obj_parse(&row.stats, &stats_attrs, NULL, 0);
	return &row;
}

static void print_heading(const struct obj *sw)
{
	uint32_t ports = obj_u32(sw, CVSWITCH_A_SWITCH_PORT_COUNT);
	uint32_t ageing = obj_u32(sw, CVSWITCH_A_SWITCH_AGEING_TIME);
	char mac[24], count[32], known[32], time[32];

	out_heading("%s is %s: %s port%s, %s address%s known",
		    obj_str(sw, CVSWITCH_A_SWITCH_NAME),
		    obj_u32(sw, CVSWITCH_A_SWITCH_UP) ? "up" : "down",
		    out_count(count, sizeof(count), ports), out_plural(ports),
		    out_count(known, sizeof(known), obj_u32(sw, CVSWITCH_A_SWITCH_FDB_COUNT)),
		    obj_u32(sw, CVSWITCH_A_SWITCH_FDB_COUNT) == 1 ? "" : "es");
	printf("  address %s, MTU %u, VLANs %s, ageing %s, short path %s\n",
	       out_mac(mac, sizeof(mac), obj_mac(sw, CVSWITCH_A_SWITCH_ADDRESS)),
	       obj_u32(sw, CVSWITCH_A_SWITCH_MTU),
	       obj_u32(sw, CVSWITCH_A_SWITCH_VLAN_AWARE) ? "kept apart" : "ignored",
	       ageing ? out_seconds(time, sizeof(time), ageing) : "off",
	       obj_word(sw, CVSWITCH_A_SWITCH_SHORT_PATH)->name);
}

/* One line: the drops that matter most, and where to read about them. */
static void print_drops(const struct drops *drops, const char *name)
{
	char text[32];
	size_t i;

	if (!drops->count) {
		puts("  no frame was dropped");
		return;
	}
	printf("  %s frame%s dropped:", out_count(text, sizeof(text), drops->frames),
	       out_plural(drops->frames));
	for (i = 0; i < drops->count && i < DROPS_NAMED; i++) {
		const struct drop *drop = &drops->drop[i];

		printf("%s %s %s at %s", i ? "," : "",
		       out_count(text, sizeof(text), drop->frames), drop->reason->name,
		       port_name(drop->switch_ifindex, drop->port_ifindex));
	}
	printf("%s; explained by 'cvswitch-ctl drops %s'\n",
	       drops->count > DROPS_NAMED ? ", ..." : "", name);
}

static void print_text(const struct obj *sw, const struct table *ports, const struct table *stats,
		       const struct obj *totals)
{
	const struct port_rows rows = { ports, stats };
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct drops drops;

	print_heading(sw);
	out_table(&port_view, port_row, &rows, ports->count);
	if (!obj_u32(sw, CVSWITCH_A_SWITCH_PORT_COUNT))
		printf("  no device joined yet: cvswitch-ctl port add %s DEV\n", name);
	if (!obj_u32(sw, CVSWITCH_A_SWITCH_UP))
		printf("  the switch is down: ip link set %s up\n", name);
	if (drops_collect(stats, totals, &drops)) {
		print_drops(&drops, name);
		drops_free(&drops);
	}
}

static void print_json(const struct obj *sw, const struct table *ports, const struct table *stats)
{
	const struct port_rows rows = { ports, stats };
	json_t *json = out_obj(sw), *list = json_array();
	size_t i;

	for (i = 0; i < ports->count; i++) {
		const struct port_row *row = port_row(&rows, i);
		json_t *port = out_obj(&row->port);

		json_object_set_new(port, "stats", out_obj(&row->stats));
		json_array_append_new(list, port);
	}
	json_object_set_new(json, "ports", list);
	out_array_item(json);
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const uint32_t ifindex = switch_index(sw);
	struct table ports, stats;
	struct reply totals;
	int status;

	(void)flag;
	status = get_totals(ifindex, &totals);
	if (!status)
		status = get_ports(target, ifindex, &ports);
	if (status)
		return status;
	status = get_stats(target, ifindex, &stats);
	if (!status) {
		if (out_json)
			print_json(sw, &ports, &stats);
		else
			print_text(sw, &ports, &stats,
				   target->port_ifindex ? NULL : &totals.obj);
		table_free(&stats);
	}
	table_free(&ports);
	return status;
}

static int show(struct args *args)
{
	struct target target = { 0 };

	if (args_peek(args))
		target.switch_word = args_device(args, "SWITCH");
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

static const struct command commands[] = {
	{ "", show, "[SWITCH]" },
	{ NULL, NULL, NULL },
};

const struct object show_object = {
	"show", "everything at a glance; the same as no words at all", commands, "",
};
