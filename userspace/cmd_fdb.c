// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "filter.h"
#include "out.h"
#include "say.h"

static const struct filter_table fdb_table = {
	.set = &fdb_attrs,
	.sw = CVSWITCH_A_FDB_SWITCH,
	.port = CVSWITCH_A_FDB_PORT,
	.remote = CVSWITCH_A_FDB_REMOTE,
	.vlan = CVSWITCH_A_FDB_VLAN,
	.kind = CVSWITCH_A_FDB_KIND,
	.count = CVSWITCH_A_FDB_COUNT,
	.kinds = &fdb_kinds,
	.fixed = CVSWITCH_FDB_KIND_STATIC,
	.flush = CVSWITCH_CMD_FDB_FLUSH,
	.one = "entry",
	.many = "entries",
};

/* What a complaint about one entry is about. */
static const char *entry_name(const char *switch_name, const uint8_t *mac)
{
	static char text[64];
	char address[24];

	snprintf(text, sizeof(text), "%s of %s", out_mac(address, sizeof(address), mac),
		 switch_name);
	return text;
}

static int put_entry(struct args *args, bool replace)
{
	const char *switch_name = args_device(args, "SWITCH");
	const uint8_t *mac = args_mac(args);
	struct filter filter;
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_FDB_ADD, &fdb_attrs, 0);
	req_mac(&req, CVSWITCH_A_FDB_MAC, mac);
	if (replace)
		req_u32(&req, CVSWITCH_A_FDB_REPLACE, 1);
	filter_args(args, &filter, &fdb_table, FILTER_PORT | FILTER_VLAN | FILTER_STICKY,
		    "port, remote, vlan, sticky");
	if (!args_end(args))
		return EXIT_USAGE;
	if (!filter.port && !filter.remote.len) {
		complain("%s: port or remote is missing", args->about);
		return EXIT_USAGE;
	}
	filter.kind = filter.sticky ? CVSWITCH_FDB_KIND_STICKY : CVSWITCH_FDB_KIND_STATIC;
	status = filter_put(&filter, &fdb_table, &req, switch_name);
	if (!status)
		status = cvs_nl_do(&req, &reply, "%s", entry_name(switch_name, mac));
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int add(struct args *args)
{
	return put_entry(args, false);
}

static int replace(struct args *args)
{
	return put_entry(args, true);
}

/* Sends "SWITCH MAC [vlan VID]" as a request. */
static int one_entry(struct args *args, uint8_t cmd, struct reply *reply)
{
	const char *switch_name = args_device(args, "SWITCH");
	const uint8_t *mac = args_mac(args);
	struct filter filter;
	struct req req;
	int status;

	req_init(&req, cmd, &fdb_attrs, 0);
	req_mac(&req, CVSWITCH_A_FDB_MAC, mac);
	filter_args(args, &filter, &fdb_table, FILTER_VLAN, "vlan");
	if (!args_end(args))
		return EXIT_USAGE;
	status = filter_put(&filter, &fdb_table, &req, switch_name);
	if (!status)
		status = cvs_nl_do(&req, reply, "%s", entry_name(switch_name, mac));
	return status;
}

static int del(struct args *args)
{
	return one_entry(args, CVSWITCH_CMD_FDB_DEL, NULL);
}

static enum paint cell_mac(const void *row, char *cell, size_t size)
{
	out_mac(cell, size, obj_mac(row, CVSWITCH_A_FDB_MAC));
	return PAINT_PLAIN;
}

static enum paint cell_vlan(const void *row, char *cell, size_t size)
{
	if (obj_u32(row, CVSWITCH_A_FDB_VLAN))
		snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_FDB_VLAN));
	return PAINT_PLAIN;
}

static enum paint cell_port(const void *row, char *cell, size_t size)
{
	if (obj_has(row, CVSWITCH_A_FDB_REMOTE))
		out_setting(cell, size, row, CVSWITCH_A_FDB_REMOTE);
	else
		snprintf(cell, size, "%s", port_name(obj_u32(row, CVSWITCH_A_FDB_SWITCH),
						     obj_u32(row, CVSWITCH_A_FDB_PORT)));
	return PAINT_PLAIN;
}

static enum paint cell_kind(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", obj_word(row, CVSWITCH_A_FDB_KIND)->name);
	return PAINT_PLAIN;
}

static enum paint cell_seen(const void *row, char *cell, size_t size)
{
	uint32_t kind = obj_u32(row, CVSWITCH_A_FDB_KIND);
	char text[32];

	if (kind != CVSWITCH_FDB_KIND_LEARNED && kind != CVSWITCH_FDB_KIND_STICKY)
		return PAINT_PLAIN;
	snprintf(cell, size, "%s ago",
		 out_seconds(text, sizeof(text), obj_u32(row, CVSWITCH_A_FDB_AGE) / 1000));
	return PAINT_PLAIN;
}

static enum paint cell_moves(const void *row, char *cell, size_t size)
{
	uint32_t moves = obj_u32(row, CVSWITCH_A_FDB_MOVES);
	bool damped = obj_u32(row, CVSWITCH_A_FDB_DAMPED);

	if (moves || damped)
		snprintf(cell, size, "%u%s", moves, damped ? ", held where it is" : "");
	return damped ? PAINT_BAD : PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "address", .cell = cell_mac },
	{ .title = "vlan", .cell = cell_vlan, .right = true },
	{ .title = "port", .cell = cell_port },
	{ .title = "kind", .cell = cell_kind },
	{ .title = "last seen", .cell = cell_seen },
	{ .title = "moves", .cell = cell_moves },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(columns, "");

static int get(struct args *args)
{
	struct reply reply;
	int status;

	status = one_entry(args, CVSWITCH_CMD_FDB_GET, &reply);
	if (status)
		return status;
	if (out_json)
		out_document(out_obj(&reply.obj));
	else
		out_record(&record_view, &reply.obj);
	return EXIT_DONE;
}

static uint64_t fdb_key(const struct obj *obj)
{
	const uint8_t *mac = obj_mac(obj, CVSWITCH_A_FDB_MAC);
	uint64_t key = obj_u32(obj, CVSWITCH_A_FDB_VLAN);
	int i;

	for (i = 0; i < 6; i++)
		key = key << 8 | mac[i];
	return key;
}

static void print_text(const struct table *table, const char *name)
{
	char text[32];

	out_heading("%s: %s entr%s", name,
		    out_count(text, sizeof(text), table->count), table->count == 1 ? "y" : "ies");
	out_table(&table_view, out_table_row, table, table->count);
}

static struct filter show_filter;

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct table table;
	struct req req;
	int status;

	(void)target;
	(void)flag;
	req_init(&req, CVSWITCH_CMD_FDB_GET, &fdb_attrs, 0);
	status = filter_put(&show_filter, &fdb_table, &req, name);
	if (!status)
		status = filter_check(&show_filter, &fdb_table, &req, sw);
	if (status)
		return status;
	table_init(&table, &fdb_attrs);
	status = cvs_nl_dump(&req, &table, "switch %s", name);
	if (!status && table_sort(&table, fdb_key)) {
		complain("no memory to sort %zu entries", table.count);
		status = EXIT_REFUSED;
	}
	if (!status && !out_json)
		print_text(&table, name);
	else if (!status)
		out_array_items(&table);
	table_free(&table);
	return status;
}

static int show(struct args *args)
{
	struct target target = { 0 };

	if (args_peek(args))
		target.switch_word = args_device(args, "SWITCH");
	filter_args(args, &show_filter, &fdb_table, FILTER_ANY,
		    "port, remote, vlan, learned, static, sticky, local");
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

static int flush(struct args *args)
{
	return filter_flush(args, &fdb_table,
			    "port, remote, vlan, learned, static, sticky, all");
}

/* Who belongs to which VLAN, and which of them the tunnel has: in others nothing can be added. */
static struct table members, vnis;

static uint64_t member_key(const struct obj *obj)
{
	return (uint64_t)obj_u32(obj, CVSWITCH_A_VLAN_PORT) << 16 |
	       obj_u32(obj, CVSWITCH_A_VLAN_VID);
}

/* The tunnel's own VNI is that of VLAN 1, also while VLANs are ignored. */
static uint64_t vni_vlan(const struct obj *obj)
{
	const uint32_t vlan = obj_u32(obj, CVSWITCH_A_VNI_VLAN);

	return vlan ? vlan : 1;
}

static bool is_member(const struct obj *entry)
{
	const uint32_t vlan = obj_u32(entry, CVSWITCH_A_FDB_VLAN);
	struct obj obj;

	if (!vlan)
		return true;
	if (obj_has(entry, CVSWITCH_A_FDB_REMOTE))
		return table_find(&vnis, vni_vlan, vlan, &obj);
	return table_find(&members, member_key,
			  (uint64_t)obj_u32(entry, CVSWITCH_A_FDB_PORT) << 16 | vlan, &obj);
}

/* Why it can't be added again, as the beginning of a comment; or "". */
static const char *remark(const struct obj *entry)
{
	const uint32_t port = obj_u32(entry, CVSWITCH_A_FDB_PORT);

	if (!is_member(entry))
		return "# not in this VLAN any more: ";
	if (port != obj_u32(entry, CVSWITCH_A_FDB_SWITCH) && !strcmp(device_name(port), "host"))
		return "# not the host's port, but a device of that name: ";
	return "";
}

static bool dump_entry(const struct obj *entry, bool print)
{
	const uint32_t ifindex = obj_u32(entry, CVSWITCH_A_FDB_SWITCH);
	const char *before = remark(entry);
	char mac[24], remote[64];

	if (!print)
		return !*before;
	printf("%sfdb add %s %s ", before, device_word(ifindex),
	       out_mac(mac, sizeof(mac), obj_mac(entry, CVSWITCH_A_FDB_MAC)));
	if (obj_has(entry, CVSWITCH_A_FDB_REMOTE))
		printf("remote %s",
		       out_setting(remote, sizeof(remote), entry, CVSWITCH_A_FDB_REMOTE));
	else
		printf("port %s", port_word(ifindex, obj_u32(entry, CVSWITCH_A_FDB_PORT)));
	if (obj_u32(entry, CVSWITCH_A_FDB_VLAN))
		printf(" vlan %u", obj_u32(entry, CVSWITCH_A_FDB_VLAN));
	puts(obj_u32(entry, CVSWITCH_A_FDB_KIND) == CVSWITCH_FDB_KIND_STICKY ? " sticky" : "");
	return !*before;
}

static int get_members_of_vlans(const struct obj *sw)
{
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_VLAN_GET, &vlan_attrs, 0);
	req_u32(&req, CVSWITCH_A_VLAN_SWITCH, switch_index(sw));
	status = get_table(&req, false, &members, member_key, device_name(switch_index(sw)));
	if (status)
		return status;
	req_init(&req, CVSWITCH_CMD_VNI_GET, &vni_attrs, 0);
	req_u32(&req, CVSWITCH_A_VNI_SWITCH, switch_index(sw));
	status = get_table(&req, false, &vnis, vni_vlan, device_name(switch_index(sw)));
	if (status)
		table_free(&members);
	return status;
}

static int dump_kind(const struct obj *sw, uint32_t kind)
{
	struct table table;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_FDB_GET, &fdb_attrs, 0);
	req_u32(&req, CVSWITCH_A_FDB_SWITCH, switch_index(sw));
	req_u32(&req, CVSWITCH_A_FDB_KIND, kind);
	status = get_table(&req, false, &table, fdb_key, device_name(switch_index(sw)));
	if (status)
		return status;
	dump_entries(sw, &table, CVSWITCH_A_FDB_VLAN, dump_entry);
	table_free(&table);
	return EXIT_DONE;
}

/* What was learned isn't configured. */
static int dump(const struct obj *sw)
{
	int status;

	status = get_members_of_vlans(sw);
	if (status)
		return status;
	status = dump_kind(sw, CVSWITCH_FDB_KIND_STATIC);
	if (!status)
		status = dump_kind(sw, CVSWITCH_FDB_KIND_STICKY);
	table_free(&members);
	table_free(&vnis);
	return status;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH MAC {port DEV|host | remote ADDR} [vlan VID] [sticky]" },
	{ "replace", replace,
	  "SWITCH MAC {port DEV|host | remote ADDR} [vlan VID] [sticky]" },
	{ "del", del, "SWITCH MAC [vlan VID]" },
	{ "get", get, "SWITCH MAC [vlan VID]" },
	{ "show", show, "[SWITCH [port DEV|host | remote ADDR] [vlan VID]\n"
	  "\t\t[learned|static|sticky|local]]" },
	{ "flush", flush,
	  "SWITCH [port DEV|host | remote ADDR] [vlan VID]\n"
	  "\t\t[learned|static|sticky|all]" },
	{ NULL, NULL, NULL },
};

const struct object fdb_object = {
	"fdb", "the forwarding database: which address is where", commands, "show", dump,
};
