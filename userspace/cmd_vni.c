// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

/* A word that must stand here. */
static void keyword(struct args *args, const char *word)
{
	if (args_if(args, word))
		return;
	if (args_peek(args))
		args_unexpected(args, word);
	else
		args_word(args, word);
}

static int send(struct req *req, struct reply *reply, const char *switch_name, uint32_t vni)
{
	int status;

	status = put_device(req, CVSWITCH_A_VNI_SWITCH, "switch", switch_name);
	return status ? status : cvs_nl_do(req, reply, "VNI %u of %s", vni, switch_name);
}

static int add(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const uint32_t vni = args_vni(args);
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_VNI_ADD, &vni_attrs, 0);
	req_u32(&req, CVSWITCH_A_VNI_VNI, vni);
	keyword(args, "vlan");
	req_u32(&req, CVSWITCH_A_VNI_VLAN, args_vid(args));
	if (!args_end(args))
		return EXIT_USAGE;
	status = send(&req, &reply, switch_name, vni);
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int del(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const uint32_t vni = args_vni(args);
	struct req req;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_VNI_DEL, &vni_attrs, 0);
	req_u32(&req, CVSWITCH_A_VNI_VNI, vni);
	return send(&req, NULL, switch_name, vni);
}

static enum paint cell_vni(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_VNI_VNI));
	return PAINT_PLAIN;
}

static enum paint cell_vlan(const void *row, char *cell, size_t size)
{
	if (obj_u32(row, CVSWITCH_A_VNI_VLAN))
		snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_VNI_VLAN));
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "vni", .cell = cell_vni, .right = true },
	{ .title = "vlan", .cell = cell_vlan, .right = true },
};

static const struct view table_view = VIEW(columns, "  ");

static uint64_t vni_key(const struct obj *obj)
{
	return (uint64_t)obj_u32(obj, CVSWITCH_A_VNI_SWITCH) << 32 |
	       obj_u32(obj, CVSWITCH_A_VNI_VNI);
}

static int show(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	int status = EXIT_DONE;
	struct table table;
	struct req req;

	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_VNI_GET, &vni_attrs, 0);
	if (switch_name)
		status = put_device(&req, CVSWITCH_A_VNI_SWITCH, "switch", switch_name);
	if (!status)
		status = get_table(&req, false, &table, vni_key,
				   switch_name ? switch_name : "vni show");
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else if (table.count)
		print_by_switch(&table, &table_view, "VNI");
	else if (switch_name)
		out_heading("%s: 0 VNIs", switch_name);
	else
		puts("No switch here has a VNI; "
		     "give it one: cvswitch-ctl tunnel set SWITCH vni VNI local ADDR");
	table_free(&table);
	return EXIT_DONE;
}

/* That of VLAN 1 is the tunnel's own, see "tunnel set". */
static bool dump_vni(const struct obj *vni, bool print)
{
	const bool own = obj_u32(vni, CVSWITCH_A_VNI_VLAN) <= 1;

	if (print && !own)
		printf("vni add %s %u vlan %u\n",
		       device_word(obj_u32(vni, CVSWITCH_A_VNI_SWITCH)),
		       obj_u32(vni, CVSWITCH_A_VNI_VNI), obj_u32(vni, CVSWITCH_A_VNI_VLAN));
	return !own;
}

static int dump(const struct obj *sw)
{
	struct table vnis;
	struct req req;
	int status;

	req_init(&req, CVSWITCH_CMD_VNI_GET, &vni_attrs, 0);
	req_u32(&req, CVSWITCH_A_VNI_SWITCH, switch_index(sw));
	status = get_table(&req, false, &vnis, vni_key, device_name(switch_index(sw)));
	if (status)
		return status;
	dump_entries(sw, &vnis, CVSWITCH_A_VNI_VLAN, dump_vni);
	table_free(&vnis);
	return EXIT_DONE;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH VNI vlan VID" },
	{ "del", del, "SWITCH VNI" },
	{ "show", show, "[SWITCH]" },
	{ NULL, NULL, NULL },
};

const struct object vni_object = {
	"vni", "which VNI a VLAN has in the tunnel", commands, "show", dump,
};
