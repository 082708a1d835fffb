// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"
#include "settings.h"

#define SETTINGS "[flood on|off] [fdb-max N|off]"

static int put_remote(struct req *req, const char *switch_name, const struct ip *ip)
{
	req_ip(req, CVSWITCH_A_REMOTE_ADDRESS, ip);
	return put_device(req, CVSWITCH_A_REMOTE_SWITCH, "switch", switch_name);
}

/* What a complaint about one remote is about. */
static const char *remote_name(const char *switch_name, const struct ip *ip)
{
	static char text[96];
	char address[64];

	snprintf(text, sizeof(text), "remote %s of %s", out_ip(address, sizeof(address), ip),
		 switch_name);
	return text;
}

int check_remote(const char *switch_name, const struct ip *ip)
{
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_REMOTE_GET, &remote_attrs, 0);
	status = put_remote(&req, switch_name, ip);
	return status ? status : cvs_nl_do(&req, NULL, "%s", remote_name(switch_name, ip));
}

static int send_settings(struct args *args, uint8_t cmd, bool needed)
{
	const char *switch_name = args_device(args, "SWITCH");
	const struct ip ip = args_ip(args);
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, cmd, &remote_attrs, 0);
	args_settings(args, &req, NULL, NULL);
	if (!args_end(args))
		return EXIT_USAGE;
	if (needed && !req.len) {
		complain("%s: no setting is given", args->about);
		return EXIT_USAGE;
	}
	status = put_remote(&req, switch_name, &ip);
	if (!status)
		status = cvs_nl_do(&req, &reply, "%s", remote_name(switch_name, &ip));
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int add(struct args *args)
{
	return send_settings(args, CVSWITCH_CMD_REMOTE_ADD, false);
}

static int set(struct args *args)
{
	return send_settings(args, CVSWITCH_CMD_REMOTE_SET, true);
}

static int del(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const struct ip ip = args_ip(args);
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_REMOTE_DEL, &remote_attrs, 0);
	status = put_remote(&req, switch_name, &ip);
	return status ? status : cvs_nl_do(&req, NULL, "%s", remote_name(switch_name, &ip));
}

static int flush(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	struct reply reply;
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_REMOTE_FLUSH, &remote_attrs, 0);
	status = put_device(&req, CVSWITCH_A_REMOTE_SWITCH, "switch", switch_name);
	if (!status)
		status = cvs_nl_do(&req, &reply, "switch %s", switch_name);
	if (!status)
		print_removed(switch_name, obj_u32(&reply.obj, CVSWITCH_A_REMOTE_COUNT), "remote",
			      "remotes");
	return status;
}

static enum paint cell_switch(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", device_name(obj_u32(row, CVSWITCH_A_REMOTE_SWITCH)));
	return PAINT_PLAIN;
}

static enum paint cell_address(const void *row, char *cell, size_t size)
{
	out_setting(cell, size, row, CVSWITCH_A_REMOTE_ADDRESS);
	return PAINT_PLAIN;
}

static enum paint cell_flood(const void *row, char *cell, size_t size)
{
	out_setting(cell, size, row, CVSWITCH_A_REMOTE_FLOOD);
	return PAINT_PLAIN;
}

static enum paint cell_fdb(const void *row, char *cell, size_t size)
{
	uint32_t count = obj_u32(row, CVSWITCH_A_REMOTE_FDB_COUNT);
	uint32_t max = obj_u32(row, CVSWITCH_A_REMOTE_FDB_MAX);
	char left[32], right[32];

	if (max)
		snprintf(cell, size, "%s of %s", out_count(left, sizeof(left), count),
			 out_count(right, sizeof(right), max));
	else
		out_count(cell, size, count);
	return max && count >= max ? PAINT_BAD : PAINT_PLAIN;
}

#define COUNTER(name, id)							\
static enum paint cell_##name(const void *row, char *cell, size_t size)	\
{										\
	out_count(cell, size, obj_u64(row, id));				\
	return PAINT_PLAIN;							\
}

COUNTER(rx_frames, CVSWITCH_A_REMOTE_RX_FRAMES)
COUNTER(rx_bytes, CVSWITCH_A_REMOTE_RX_BYTES)
COUNTER(tx_frames, CVSWITCH_A_REMOTE_TX_FRAMES)
COUNTER(tx_bytes, CVSWITCH_A_REMOTE_TX_BYTES)

static enum paint cell_drops(const void *row, char *cell, size_t size)
{
	uint64_t drops = obj_u64(row, CVSWITCH_A_REMOTE_DROPS);

	out_count(cell, size, drops);
	return drops ? PAINT_BAD : PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "address", .cell = cell_address },
	{ .title = "flood", .cell = cell_flood },
	{ .title = "addresses learned", .cell = cell_fdb, .right = true },
	{ .title = "rx frames", .cell = cell_rx_frames, .right = true },
	{ .title = "tx frames", .cell = cell_tx_frames, .right = true },
	{ .title = "drops", .cell = cell_drops, .right = true },
};

static const struct column everything[] = {
	{ .title = "address", .cell = cell_address },
	{ .title = "switch", .cell = cell_switch },
	{ .title = "flood", .cell = cell_flood },
	{ .title = "addresses learned", .cell = cell_fdb },
	{ .title = "frames received", .cell = cell_rx_frames },
	{ .title = "  bytes", .cell = cell_rx_bytes },
	{ .title = "frames sent", .cell = cell_tx_frames },
	{ .title = "  bytes", .cell = cell_tx_bytes },
	{ .title = "frames dropped", .cell = cell_drops },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(everything, "");

static uint64_t switch_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_REMOTE_SWITCH);
}

static uint64_t upper_key(const struct obj *obj)
{
	return obj_ip_half(obj, CVSWITCH_A_REMOTE_ADDRESS, 0);
}

static uint64_t lower_key(const struct obj *obj)
{
	return obj_ip_half(obj, CVSWITCH_A_REMOTE_ADDRESS, 1);
}

static int get_remotes(const struct req *req, bool one, struct table *table, const char *about)
{
	int status;

	status = get_table(req, one, table, lower_key, about);
	if (status)
		return status;
	if (!table_sort(table, upper_key) && !table_sort(table, switch_key))
		return EXIT_DONE;
	complain("no memory to sort %zu remotes", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

static void print_text(const struct table *table, const char *switch_name, bool one)
{
	if (one)
		out_record(&record_view, out_table_row(table, 0));
	else if (table->count)
		print_by_switch(table, &table_view, "remote");
	else if (switch_name)
		out_heading("%s: 0 remotes", switch_name);
	else
		puts("No switch here has a remote; "
		     "add one: cvswitch-ctl remote add SWITCH ADDR");
}

static int show(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	const bool one = args_peek(args);
	const char *about = "remote show";
	int status = EXIT_DONE;
	struct table table;
	struct req req;
	struct ip ip;

	req_init(&req, CVSWITCH_CMD_REMOTE_GET, &remote_attrs, 0);
	if (one) {
		ip = args_ip(args);
		req_ip(&req, CVSWITCH_A_REMOTE_ADDRESS, &ip);
		about = remote_name(switch_name, &ip);
	} else if (switch_name) {
		about = switch_name;
	}
	if (!args_end(args))
		return EXIT_USAGE;
	if (switch_name)
		status = put_device(&req, CVSWITCH_A_REMOTE_SWITCH, "switch", switch_name);
	if (!status)
		status = get_remotes(&req, one, &table, about);
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else
		print_text(&table, switch_name, one);
	table_free(&table);
	return EXIT_DONE;
}

static int dump(const struct obj *sw)
{
	static const struct setting setting[] = {
		{ CVSWITCH_A_REMOTE_FLOOD, "on" },
		{ CVSWITCH_A_REMOTE_FDB_MAX, "off" },
	};
	static const struct settings settings = SETTINGS_OF(setting, NULL);
	char words[128], address[64];
	struct table remotes;
	struct obj remote;
	struct req req;
	int status;
	size_t i;

	req_init(&req, CVSWITCH_CMD_REMOTE_GET, &remote_attrs, 0);
	req_u32(&req, CVSWITCH_A_REMOTE_SWITCH, switch_index(sw));
	status = get_remotes(&req, false, &remotes, device_name(switch_index(sw)));
	if (status)
		return status;
	for (i = 0; i < remotes.count; i++) {
		table_get(&remotes, i, &remote);
		settings_words(words, sizeof(words), 0, &settings, &remote);
		printf("remote add %s %s%s\n", device_word(switch_index(sw)),
		       out_setting(address, sizeof(address), &remote, CVSWITCH_A_REMOTE_ADDRESS),
		       words);
	}
	table_free(&remotes);
	return dump_remote_max(sw);
}

static const struct command commands[] = {
	{ "add", add, "SWITCH ADDR " SETTINGS },
	{ "set", set, "SWITCH ADDR " SETTINGS },
	{ "del", del, "SWITCH ADDR" },
	{ "flush", flush, "SWITCH" },
	{ "show", show, "[SWITCH [ADDR]]" },
	{ NULL, NULL, NULL },
};

const struct object remote_object = {
	"remote", "other hosts that a switch's tunnel leads to", commands, "show", dump,
};
