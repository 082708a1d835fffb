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
	bool tunnel;		/* has counters only */
};

struct port_rows {
	const struct table *ports, *stats;
	uint32_t switch_ifindex;
};

static const struct obj *port_of(const void *row)
{
	return &((const struct port_row *)row)->port;
}

static bool is_tunnel(const void *row)
{
	return ((const struct port_row *)row)->tunnel;
}

static enum paint cell_name(const void *row, char *cell, size_t size)
{
	if (!is_tunnel(row))
		return port_cell_name(port_of(row), cell, size);
	snprintf(cell, size, "tunnel");
	return PAINT_PLAIN;
}

static enum paint cell_state(const void *row, char *cell, size_t size)
{
	return is_tunnel(row) ? PAINT_PLAIN : port_cell_state(port_of(row), cell, size);
}

static enum paint cell_short(const void *row, char *cell, size_t size)
{
	return is_tunnel(row) ? PAINT_PLAIN : port_cell_short(port_of(row), cell, size);
}

static enum paint cell_fdb(const void *row, char *cell, size_t size)
{
	return is_tunnel(row) ? PAINT_PLAIN : port_cell_fdb(port_of(row), cell, size);
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

	row.tunnel = i == rows->ports->count;
	if (!row.tunnel)
		table_get(rows->ports, i, &row.port);
	if (!find_stats(rows->stats, rows->switch_ifindex,
			row.tunnel ? PORT_TUNNEL : obj_u32(&row.port, CVSWITCH_A_PORT_IFINDEX),
			&row.stats))
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
	printf("  address %s, MTU %u, VLANs %s, ageing %s, short path %s%s\n",
	       out_mac(mac, sizeof(mac), obj_mac(sw, CVSWITCH_A_SWITCH_ADDRESS)),
	       obj_u32(sw, CVSWITCH_A_SWITCH_MTU),
	       obj_u32(sw, CVSWITCH_A_SWITCH_VLAN_AWARE) ? "kept apart" : "ignored",
	       ageing ? out_seconds(time, sizeof(time), ageing) : "off",
	       obj_word(sw, CVSWITCH_A_SWITCH_SHORT_PATH)->name,
	       obj_u32(sw, CVSWITCH_A_SWITCH_POLICY) == CVSWITCH_POLICY_CLOSED ?
	       ", policy closed" : "");
}

static void print_tunnel(const struct obj *tunnel)
{
	uint32_t remotes = obj_u32(tunnel, CVSWITCH_A_TUNNEL_REMOTE_COUNT);
	char text[64];

	printf("  tunnel ");
	if (obj_has(tunnel, CVSWITCH_A_TUNNEL_VNI))
		printf("with VNI %u ", obj_u32(tunnel, CVSWITCH_A_TUNNEL_VNI));
	printf("from %s ", out_setting(text, sizeof(text), tunnel, CVSWITCH_A_TUNNEL_LOCAL));
	printf("to %s remote%s\n", out_count(text, sizeof(text), remotes), out_plural(remotes));
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

/* What is known of a switch; without a tunnel, that is NULL. */
struct overview {
	const struct obj *sw, *totals, *tunnel;
	struct table ports, stats;
};

static void print_text(const struct overview *view)
{
	const struct obj *sw = view->sw;
	const struct port_rows rows = { &view->ports, &view->stats, switch_index(sw) };
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct drops drops;

	print_heading(sw);
	if (view->tunnel)
		print_tunnel(view->tunnel);
	out_table(&port_view, port_row, &rows, view->ports.count + !!view->tunnel);
	if (!obj_u32(sw, CVSWITCH_A_SWITCH_PORT_COUNT))
		printf("  no device joined yet: cvswitch-ctl port add %s DEV\n", name);
	if (!obj_u32(sw, CVSWITCH_A_SWITCH_UP))
		printf("  the switch is down: ip link set %s up\n", name);
	if (drops_collect(&view->stats, view->totals, &drops)) {
		print_drops(&drops, name);
		drops_free(&drops);
	}
}

static void print_json(const struct overview *view)
{
	const struct port_rows rows = { &view->ports, &view->stats, switch_index(view->sw) };
	json_t *json = out_obj(view->sw), *list = json_array(), *tunnel;
	const struct port_row *row;
	size_t i;

	for (i = 0; i < view->ports.count; i++) {
		json_t *port;

		row = port_row(&rows, i);
		port = out_obj(&row->port);
		json_object_set_new(port, "stats", out_obj(&row->stats));
		json_array_append_new(list, port);
	}
	json_object_set_new(json, "ports", list);
	if (view->tunnel) {
		row = port_row(&rows, view->ports.count);
		tunnel = out_obj(view->tunnel);
		json_object_set_new(tunnel, "stats", out_obj(&row->stats));
		json_object_set_new(json, "tunnel", tunnel);
	}
	out_array_item(json);
}

static int get_overview(const struct target *target, uint32_t ifindex, struct overview *view)
{
	int status;

	status = get_ports(target, ifindex, &view->ports);
	if (status)
		return status;
	status = get_stats(target, ifindex, &view->stats);
	if (status)
		table_free(&view->ports);
	return status;
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const uint32_t ifindex = switch_index(sw);
	struct overview view = { .sw = sw };
	struct reply totals, tunnel;
	bool tunnel_there;
	int status;

	(void)flag;
	status = get_totals(ifindex, &totals);
	if (!status)
		status = get_tunnel(ifindex, &tunnel, &tunnel_there);
	if (!status)
		status = get_overview(target, ifindex, &view);
	if (status)
		return status;
	view.totals = target->port_ifindex ? NULL : &totals.obj;
	view.tunnel = tunnel_there && !target->port_ifindex ? &tunnel.obj : NULL;
	if (out_json)
		print_json(&view);
	else
		print_text(&view);
	table_free(&view.stats);
	table_free(&view.ports);
	return EXIT_DONE;
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
	"show", "everything at a glance; the same as no words at all", commands, "", NULL,
};
