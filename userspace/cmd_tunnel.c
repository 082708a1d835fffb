// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"
#include "settings.h"
#include "util.h"

#define SETTINGS "[vni VNI] [local ADDR] [port PORT] [source-port MIN-MAX|auto]\n" \
	"\t\t[ttl N|auto] [dscp N|inherit] [df unset|set|inherit] [checksum on|off]\n" \
	"\t\t[zero-checksum-rx on|off] [source known|any] [learning on|off]\n" \
	"\t\t[ignore-reserved 0xHEX] [device DEV|none] [remote-max N]"

static int set(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_TUNNEL_SET, &tunnel_attrs, 0);
	args_settings(args, &req, NULL, NULL);
	if (!args_end(args))
		return EXIT_USAGE;
	if (!req.len && !args->device) {
		complain("%s: no setting is given", args->about);
		return EXIT_USAGE;
	}
	status = put_device(&req, CVSWITCH_A_TUNNEL_SWITCH, "switch", switch_name);
	if (!status && args->device)
		status = put_device(&req, CVSWITCH_A_TUNNEL_DEVICE, "device", args->device);
	if (!status)
		status = cvs_nl_do(&req, &reply, "switch %s", switch_name);
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int del(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	struct req req;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_TUNNEL_DEL, &tunnel_attrs, 0);
	status = put_device(&req, CVSWITCH_A_TUNNEL_SWITCH, "switch", switch_name);
	return status ? status : cvs_nl_do(&req, NULL, "switch %s", switch_name);
}

int get_tunnel(uint32_t switch_ifindex, struct reply *reply, bool *there)
{
	struct req req;
	int err;

	req_init(&req, CVSWITCH_CMD_TUNNEL_GET, &tunnel_attrs, 0);
	req_u32(&req, CVSWITCH_A_TUNNEL_SWITCH, switch_ifindex);
	err = cvs_nl_try(&req, reply);
	*there = !err;
	if (!err || err == -ENOENT || err == -EOPNOTSUPP)
		return EXIT_DONE;
	complain_errno(-err, "switch %s", device_name(switch_ifindex));
	return EXIT_REFUSED;
}

static enum paint cell_switch(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%s", device_name(obj_u32(row, CVSWITCH_A_TUNNEL_SWITCH)));
	return PAINT_PLAIN;
}

static enum paint cell_vni(const void *row, char *cell, size_t size)
{
	if (obj_has(row, CVSWITCH_A_TUNNEL_VNI))
		out_setting(cell, size, row, CVSWITCH_A_TUNNEL_VNI);
	return PAINT_PLAIN;
}

static enum paint cell_local(const void *row, char *cell, size_t size)
{
	out_setting(cell, size, row, CVSWITCH_A_TUNNEL_LOCAL);
	return PAINT_PLAIN;
}

static enum paint cell_port(const void *row, char *cell, size_t size)
{
	out_setting(cell, size, row, CVSWITCH_A_TUNNEL_PORT);
	return PAINT_PLAIN;
}

static enum paint cell_remotes(const void *row, char *cell, size_t size)
{
	uint32_t count = obj_u32(row, CVSWITCH_A_TUNNEL_REMOTE_COUNT);
	uint32_t max = obj_u32(row, CVSWITCH_A_TUNNEL_REMOTE_MAX);
	char left[32], right[32];

	snprintf(cell, size, "%s of %s", out_count(left, sizeof(left), count),
		 out_count(right, sizeof(right), max));
	return count >= max ? PAINT_BAD : PAINT_PLAIN;
}

static enum paint cell_malformed(const void *row, char *cell, size_t size)
{
	uint64_t count = obj_u64(row, CVSWITCH_A_TUNNEL_RX_MALFORMED);

	if (count)
		out_count(cell, size, count);
	return PAINT_BAD;
}

static enum paint cell_unknown_vni(const void *row, char *cell, size_t size)
{
	uint64_t count = obj_u64(row, CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI);

	if (count)
		out_count(cell, size, count);
	return PAINT_BAD;
}

/* What a table shows only where it is not as by default. */
static const struct setting setting[] = {
	{ CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN, "auto" },
	{ CVSWITCH_A_TUNNEL_TTL, "auto" },
	{ CVSWITCH_A_TUNNEL_DSCP, "0" },
	{ CVSWITCH_A_TUNNEL_DF, "unset" },
	{ CVSWITCH_A_TUNNEL_CHECKSUM, "on" },
	{ CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX, "off" },
	{ CVSWITCH_A_TUNNEL_SOURCE, "known" },
	{ CVSWITCH_A_TUNNEL_LEARNING, "on" },
	{ CVSWITCH_A_TUNNEL_IGNORE_RESERVED, "0x0" },
	{ CVSWITCH_A_TUNNEL_DEVICE, "none" },
};

static const struct settings settings = SETTINGS_OF(setting, NULL);

enum paint tunnel_cell_settings(const void *row, char *cell, size_t size)
{
	if (settings_list(cell, size, &settings, row))
		return PAINT_PLAIN;
	snprintf(cell, size, "default");
	return PAINT_DIM;
}

static const struct column columns[] = {
	{ .title = "switch", .cell = cell_switch },
	{ .title = "vni", .cell = cell_vni, .right = true },
	{ .title = "local", .cell = cell_local },
	{ .title = "port", .cell = cell_port, .right = true },
	{ .title = "remotes", .cell = cell_remotes, .right = true },
	{ .title = "rx malformed", .cell = cell_malformed, .right = true },
	{ .title = "rx unknown vni", .cell = cell_unknown_vni, .right = true },
	{ .title = "settings", .cell = tunnel_cell_settings },
};

/* Titles are the names of settings, which print_record() puts between. */
static const struct column above[] = {
	{ .title = "switch", .cell = cell_switch },
	{ .title = "vni", .cell = cell_vni },
	{ .title = "local", .cell = cell_local },
	{ .title = "port            ", .cell = cell_port },
};

static const struct column below[] = {
	{ .title = "remotes", .cell = cell_remotes },
	{ .title = "rx-malformed", .cell = cell_malformed },
	{ .title = "rx-unknown-vni  ", .cell = cell_unknown_vni },
};

static const struct view table_view = VIEW(columns, "");
static const struct view above_view = VIEW(above, "");
static const struct view below_view = VIEW(below, "");

static void print_record(const struct obj *tunnel)
{
	char text[64];
	size_t i;

	out_record(&above_view, tunnel);
	for (i = 0; i < ARRAY_SIZE(setting); i++)
		printf("%-16s  %s\n", tunnel_attrs.attr[setting[i].id].arg,
		       out_setting(text, sizeof(text), tunnel, setting[i].id));
	out_record(&below_view, tunnel);
}

static uint64_t tunnel_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_TUNNEL_SWITCH);
}

static int show(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	int status = EXIT_DONE;
	struct table table;
	struct req req;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_TUNNEL_GET, &tunnel_attrs, 0);
	if (switch_name)
		status = put_device(&req, CVSWITCH_A_TUNNEL_SWITCH, "switch", switch_name);
	if (!status)
		status = get_table(&req, switch_name, &table, tunnel_key,
				   switch_name ? switch_name : "tunnel show");
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else if (!table.count)
		puts("No switch here has a tunnel; "
		     "make one: cvswitch-ctl tunnel set SWITCH vni VNI local ADDR");
	else if (switch_name)
		print_record(out_table_row(&table, 0));
	else
		out_table(&table_view, out_table_row, &table, table.count);
	table_free(&table);
	return EXIT_DONE;
}

static bool exceeds_limit(const struct obj *tunnel)
{
	return obj_u32(tunnel, CVSWITCH_A_TUNNEL_REMOTE_COUNT) >
	       obj_u32(tunnel, CVSWITCH_A_TUNNEL_REMOTE_MAX);
}

static bool device_is_there(const struct obj *tunnel)
{
	const uint32_t ifindex = obj_u32(tunnel, CVSWITCH_A_TUNNEL_DEVICE);
	char name[IF_NAMESIZE];

	return !ifindex || if_indextoname(ifindex, name);
}

/* Remotes beyond the limit come before it, see dump_remote_max(). */
static const char *dflt(const struct obj *tunnel, const struct setting *of)
{
	static char lowered[16];

	if (of->id != CVSWITCH_A_TUNNEL_REMOTE_MAX || !exceeds_limit(tunnel))
		return of->dflt;
	return out_setting(lowered, sizeof(lowered), tunnel, of->id);
}

int dump_remote_max(const struct obj *sw)
{
	struct reply tunnel;
	bool there;
	int status;

	status = get_tunnel(switch_index(sw), &tunnel, &there);
	if (!status && there && exceeds_limit(&tunnel.obj))
		printf("tunnel set %s remote-max %u\n", device_word(switch_index(sw)),
		       obj_u32(&tunnel.obj, CVSWITCH_A_TUNNEL_REMOTE_MAX));
	return status;
}

static int dump(const struct obj *sw)
{
	static const struct setting other[] = {
		{ CVSWITCH_A_TUNNEL_VNI, "" },
		{ CVSWITCH_A_TUNNEL_LOCAL, "" },
		{ CVSWITCH_A_TUNNEL_PORT, "4789" },
		{ CVSWITCH_A_TUNNEL_REMOTE_MAX, "4096" },
	};
	static const struct settings others = SETTINGS_OF(other, dflt);
	struct reply tunnel;
	char words[1024];
	bool there;
	size_t len;
	int status;

	status = get_tunnel(switch_index(sw), &tunnel, &there);
	if (status || !there)
		return status;
	if (!device_is_there(&tunnel.obj)) {
		complain("dump: the device of %s's tunnel is gone; "
			 "see 'cvswitch-ctl tunnel set %s device none'",
			 device_name(switch_index(sw)), device_name(switch_index(sw)));
		return EXIT_REFUSED;
	}
	len = settings_words(words, sizeof(words), 0, &others, &tunnel.obj);
	settings_words(words, sizeof(words), len, &settings, &tunnel.obj);
	printf("tunnel set %s%s\n", device_word(switch_index(sw)), words);
	return EXIT_DONE;
}

static const struct command commands[] = {
	{ "set", set, "SWITCH " SETTINGS },
	{ "del", del, "SWITCH" },
	{ "show", show, "[SWITCH]" },
	{ NULL, NULL, NULL },
};

const struct object tunnel_object = {
	"tunnel", "what connects a switch with its likes on other hosts, by VXLAN", commands,
	"show", dump,
};
