// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "filter.h"
#include "out.h"
#include "say.h"

static const struct filter_table neigh_table = {
	.set = &neigh_attrs,
	.sw = CVSWITCH_A_NEIGH_SWITCH,
	.port = CVSWITCH_A_NEIGH_PORT,
	.remote = CVSWITCH_A_NEIGH_REMOTE,
	.vlan = CVSWITCH_A_NEIGH_VLAN,
	.kind = CVSWITCH_A_NEIGH_KIND,
	.count = CVSWITCH_A_NEIGH_COUNT,
	.kinds = &neigh_kinds,
	.fixed = CVSWITCH_NEIGH_KIND_STATIC,
	.flush = CVSWITCH_CMD_NEIGH_FLUSH,
	.one = "neighbour",
	.many = "neighbours",
};

/* What a complaint about one neighbour is about. */
static const char *neigh_name(const char *switch_name, const struct ip *ip)
{
	static char text[96];
	char address[64];

	snprintf(text, sizeof(text), "%s of %s", out_ip(address, sizeof(address), ip),
		 switch_name);
	return text;
}

static int put_neigh(struct args *args, bool replace)
{
	const char *switch_name = args_device(args, "SWITCH");
	const struct ip ip = args_ip(args);
	const uint8_t *mac = args_mac(args);
	uint32_t vid = 0;
	struct reply reply;
	struct req req;
	bool router = false;
	int status;

	while (args_peek(args)) {
		if (!vid && args_if(args, "vlan"))
			vid = args_vid(args);
		else if (!router && args_if(args, "router"))
			router = true;
		else
			args_unexpected(args, "vlan, router");
	}
	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_NEIGH_ADD, &neigh_attrs, 0);
	status = put_device(&req, CVSWITCH_A_NEIGH_SWITCH, "switch", switch_name);
	if (status)
		return status;
	req_ip(&req, CVSWITCH_A_NEIGH_IP, &ip);
	req_mac(&req, CVSWITCH_A_NEIGH_MAC, mac);
	if (vid)
		req_u32(&req, CVSWITCH_A_NEIGH_VLAN, vid);
	if (router)
		req_u32(&req, CVSWITCH_A_NEIGH_ROUTER, 1);
	if (replace)
		req_u32(&req, CVSWITCH_A_NEIGH_REPLACE, 1);
	status = cvs_nl_do(&req, &reply, "%s", neigh_name(switch_name, &ip));
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int add(struct args *args)
{
	return put_neigh(args, false);
}

static int replace(struct args *args)
{
	return put_neigh(args, true);
}

/* Sends "SWITCH IP [vlan VID]" as a request. */
static int one_neigh(struct args *args, uint8_t cmd, struct reply *reply)
{
	const char *switch_name = args_device(args, "SWITCH");
	const struct ip ip = args_ip(args);
	struct filter filter;
	struct req req;
	int status;

	filter_args(args, &filter, &neigh_table, FILTER_VLAN, "vlan");
	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, cmd, &neigh_attrs, 0);
	req_ip(&req, CVSWITCH_A_NEIGH_IP, &ip);
	status = filter_put(&filter, &neigh_table, &req, switch_name);
	return status ? status : cvs_nl_do(&req, reply, "%s", neigh_name(switch_name, &ip));
}

static int del(struct args *args)
{
	return one_neigh(args, CVSWITCH_CMD_NEIGH_DEL, NULL);
}

static enum paint cell_ip(const void *row, char *cell, size_t size)
{
	out_setting(cell, size, row, CVSWITCH_A_NEIGH_IP);
	return PAINT_PLAIN;
}

static enum paint cell_vlan(const void *row, char *cell, size_t size)
{
	if (obj_u32(row, CVSWITCH_A_NEIGH_VLAN))
		snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_NEIGH_VLAN));
	return PAINT_PLAIN;
}

static enum paint cell_mac(const void *row, char *cell, size_t size)
{
	out_mac(cell, size, obj_mac(row, CVSWITCH_A_NEIGH_MAC));
	return PAINT_PLAIN;
}

static enum paint cell_kind(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s%s", obj_word(row, CVSWITCH_A_NEIGH_KIND)->name,
		 obj_u32(row, CVSWITCH_A_NEIGH_ROUTER) ? ", router" : "");
	return PAINT_PLAIN;
}

static enum paint cell_place(const void *row, char *cell, size_t size)
{
	if (obj_has(row, CVSWITCH_A_NEIGH_REMOTE))
		out_setting(cell, size, row, CVSWITCH_A_NEIGH_REMOTE);
	else if (obj_has(row, CVSWITCH_A_NEIGH_PORT))
		snprintf(cell, size, "%s", port_name(obj_u32(row, CVSWITCH_A_NEIGH_SWITCH),
						     obj_u32(row, CVSWITCH_A_NEIGH_PORT)));
	return PAINT_PLAIN;
}

static enum paint cell_seen(const void *row, char *cell, size_t size)
{
	char text[32];

	if (obj_u32(row, CVSWITCH_A_NEIGH_KIND) == CVSWITCH_NEIGH_KIND_LEARNED)
		snprintf(cell, size, "%s ago",
			 out_seconds(text, sizeof(text),
				     obj_u32(row, CVSWITCH_A_NEIGH_AGE) / 1000));
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "neighbour", .cell = cell_ip },
	{ .title = "vlan", .cell = cell_vlan, .right = true },
	{ .title = "address", .cell = cell_mac },
	{ .title = "kind", .cell = cell_kind },
	{ .title = "learned from", .cell = cell_place },
	{ .title = "last seen", .cell = cell_seen },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(columns, "");

static int get(struct args *args)
{
	struct reply reply;
	int status;

	status = one_neigh(args, CVSWITCH_CMD_NEIGH_GET, &reply);
	if (status)
		return status;
	if (out_json)
		out_document(out_obj(&reply.obj));
	else
		out_record(&record_view, &reply.obj);
	return EXIT_DONE;
}

static uint64_t upper_key(const struct obj *obj)
{
	return obj_ip_half(obj, CVSWITCH_A_NEIGH_IP, 0);
}

static uint64_t lower_key(const struct obj *obj)
{
	return obj_ip_half(obj, CVSWITCH_A_NEIGH_IP, 1);
}

static uint64_t vlan_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_NEIGH_VLAN);
}

/* By VLAN, and in it by address: each sorting keeps the order of the one before. */
static int get_neighs(const struct req *req, struct table *table, const char *name)
{
	int status = get_table(req, false, table, lower_key, name);

	if (status)
		return status;
	if (!table_sort(table, upper_key) && !table_sort(table, vlan_key))
		return EXIT_DONE;
	complain("no memory to sort %zu neighbours", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

static struct filter show_filter;

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct table table;
	struct req req;
	char text[32];
	int status;

	(void)target;
	(void)flag;
	req_init(&req, CVSWITCH_CMD_NEIGH_GET, &neigh_attrs, 0);
	status = filter_put(&show_filter, &neigh_table, &req, name);
	if (!status)
		status = filter_check(&show_filter, &neigh_table, &req, sw);
	if (!status)
		status = get_neighs(&req, &table, name);
	if (status)
		return status;
	if (!out_json) {
		out_heading("%s: %s neighbour%s", name,
			    out_count(text, sizeof(text), table.count), out_plural(table.count));
		out_table(&table_view, out_table_row, &table, table.count);
	} else {
		out_array_items(&table);
	}
	table_free(&table);
	return EXIT_DONE;
}

static int show(struct args *args)
{
	struct target target = { 0 };

	if (args_peek(args))
		target.switch_word = args_device(args, "SWITCH");
	filter_args(args, &show_filter, &neigh_table, FILTER_ANY,
		    "port, remote, vlan, learned, static");
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

static int flush(struct args *args)
{
	return filter_flush(args, &neigh_table, "port, remote, vlan, learned, static, all");
}

static bool dump_neigh(const struct obj *neigh, bool print)
{
	char ip[64], mac[24];

	if (!print)
		return true;
	printf("neigh add %s %s %s", device_word(obj_u32(neigh, CVSWITCH_A_NEIGH_SWITCH)),
	       out_setting(ip, sizeof(ip), neigh, CVSWITCH_A_NEIGH_IP),
	       out_mac(mac, sizeof(mac), obj_mac(neigh, CVSWITCH_A_NEIGH_MAC)));
	if (obj_u32(neigh, CVSWITCH_A_NEIGH_VLAN))
		printf(" vlan %u", obj_u32(neigh, CVSWITCH_A_NEIGH_VLAN));
	puts(obj_u32(neigh, CVSWITCH_A_NEIGH_ROUTER) ? " router" : "");
	return true;
}

static int dump(const struct obj *sw)
{
	struct table table;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_NEIGH_GET, &neigh_attrs, 0);
	req_u32(&req, CVSWITCH_A_NEIGH_SWITCH, switch_index(sw));
	req_u32(&req, CVSWITCH_A_NEIGH_KIND, CVSWITCH_NEIGH_KIND_STATIC);
	status = get_neighs(&req, &table, device_name(switch_index(sw)));
	if (status)
		return status;
	dump_entries(sw, &table, CVSWITCH_A_NEIGH_VLAN, dump_neigh);
	table_free(&table);
	return EXIT_DONE;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH ADDR MAC [vlan VID] [router]" },
	{ "replace", replace, "SWITCH ADDR MAC [vlan VID] [router]" },
	{ "del", del, "SWITCH ADDR [vlan VID]" },
	{ "get", get, "SWITCH ADDR [vlan VID]" },
	{ "show", show, "[SWITCH [port DEV|host | remote ADDR] [vlan VID]\n"
	  "\t\t[learned|static]]" },
	{ "flush", flush,
	  "SWITCH [port DEV|host | remote ADDR] [vlan VID]\n"
	  "\t\t[learned|static|all]" },
	{ NULL, NULL, NULL },
};

const struct object neigh_object = {
	"neigh", "neighbours that a switch answers for", commands, "show", dump,
};
