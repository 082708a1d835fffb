// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

/* What narrows a request, in any order. */
struct filter {
	const char *port;
	struct ip remote;
	uint32_t vid;		/* 0 is not given */
	int kind;		/* -1 is not given */
	bool all;
};

enum { TAKE_PLACE = 1, TAKE_KIND = 2, TAKE_ALL = 4 };

/* Takes a kind: false if the next word is none. */
static bool take_kind(struct args *args, struct filter *filter)
{
	filter->kind = args_one_of(args, &neigh_kinds);
	return filter->kind >= 0;
}

static void filter_args(struct args *args, struct filter *filter, int take, const char *expected)
{
	*filter = (struct filter){ .kind = -1 };
	while (args_peek(args)) {
		const bool place = (take & TAKE_PLACE) && !filter->port && !filter->remote.len;
		const bool kind = filter->kind < 0 && !filter->all;

		if (place && args_if(args, "port"))
			filter->port = args_device(args, "DEV");
		else if (place && args_if(args, "remote"))
			filter->remote = args_ip(args);
		else if (!filter->vid && args_if(args, "vlan"))
			filter->vid = args_vid(args);
		else if ((take & TAKE_ALL) && kind && args_if(args, "all"))
			filter->all = true;
		else if (!(take & TAKE_KIND) || !kind || !take_kind(args, filter))
			args_unexpected(args, expected);
	}
}

static int filter_put(const struct filter *filter, struct req *req, const char *switch_name)
{
	int status;

	status = put_device(req, CVSWITCH_A_NEIGH_SWITCH, "switch", switch_name);
	if (!status && filter->port)
		status = put_port(req, CVSWITCH_A_NEIGH_PORT, switch_name, filter->port);
	if (filter->remote.len)
		req_ip(req, CVSWITCH_A_NEIGH_REMOTE, &filter->remote);
	if (filter->vid)
		req_u32(req, CVSWITCH_A_NEIGH_VLAN, filter->vid);
	if (filter->kind >= 0)
		req_u32(req, CVSWITCH_A_NEIGH_KIND, filter->kind);
	return status;
}

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

	filter_args(args, &filter, 0, "vlan");
	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, cmd, &neigh_attrs, 0);
	req_ip(&req, CVSWITCH_A_NEIGH_IP, &ip);
	status = filter_put(&filter, &req, switch_name);
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

/* The upper and the lower half of an address; IPv4 addresses come before all IPv6 ones. */
static uint64_t half(const struct obj *obj, size_t first)
{
	const struct ip ip = obj_ip(obj, CVSWITCH_A_NEIGH_IP);
	size_t skip = sizeof(ip.addr) - ip.len, i;
	uint64_t key = 0;

	for (i = first; i < first + 8; i++)
		key = key << 8 | (i < skip ? 0 : ip.addr[i - skip]);
	return key;
}

static uint64_t upper_key(const struct obj *obj)
{
	return half(obj, 0);
}

static uint64_t lower_key(const struct obj *obj)
{
	return half(obj, 8);
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

static int check_filter(const struct req *req, const struct obj *sw, const char *name)
{
	struct obj obj;
	int status = EXIT_DONE;

	if (show_filter.port) {
		obj_parse(&obj, &neigh_attrs, req->buf, req->len);
		status = check_port(switch_index(sw), obj_u32(&obj, CVSWITCH_A_NEIGH_PORT));
	}
	if (!status && show_filter.remote.len)
		status = check_remote(name, &show_filter.remote);
	return status;
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct table table;
	struct req req;
	struct obj obj;
	char text[32];
	int status;
	size_t i;

	(void)target;
	(void)flag;
	req_init(&req, CVSWITCH_CMD_NEIGH_GET, &neigh_attrs, 0);
	status = filter_put(&show_filter, &req, name);
	if (!status)
		status = check_filter(&req, sw, name);
	if (!status)
		status = get_neighs(&req, &table, name);
	if (status)
		return status;
	if (!out_json) {
		out_heading("%s: %s neighbour%s", name,
			    out_count(text, sizeof(text), table.count), out_plural(table.count));
		out_table(&table_view, out_table_row, &table, table.count);
	}
	for (i = 0; i < table.count && out_json; i++) {
		table_get(&table, i, &obj);
		out_array_item(out_obj(&obj));
	}
	table_free(&table);
	return EXIT_DONE;
}

static int show(struct args *args)
{
	struct target target = { 0 };

	if (args_peek(args))
		target.switch_word = args_device(args, "SWITCH");
	filter_args(args, &show_filter, TAKE_PLACE | TAKE_KIND,
		    "port, remote, vlan, learned, static");
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

static int flush_kind(const struct filter *filter, const char *switch_name, uint64_t *count)
{
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_NEIGH_FLUSH, &neigh_attrs, 0);
	status = filter_put(filter, &req, switch_name);
	if (!status)
		status = cvs_nl_do(&req, &reply, "switch %s", switch_name);
	if (!status)
		*count += obj_u32(&reply.obj, CVSWITCH_A_NEIGH_COUNT);
	return status;
}

static int flush(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	struct filter filter;
	uint64_t count = 0;
	char text[32];
	int status;

	filter_args(args, &filter, TAKE_PLACE | TAKE_KIND | TAKE_ALL,
		    "port, remote, vlan, learned, static, all");
	if (!args_end(args))
		return EXIT_USAGE;
	/* Without a kind the kernel removes what was learned; all is that and what was set. */
	status = flush_kind(&filter, switch_name, &count);
	if (!status && filter.all) {
		filter.kind = CVSWITCH_NEIGH_KIND_STATIC;
		status = flush_kind(&filter, switch_name, &count);
	}
	if (status)
		return status;
	if (out_json)
		out_document(json_pack("{s:I}", "count", (json_int_t)count));
	else
		printf("%s: %s neighbour%s removed\n", switch_name,
		       out_count(text, sizeof(text), count), out_plural(count));
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
	"neigh", "neighbours that a switch answers for", commands, "show",
};
