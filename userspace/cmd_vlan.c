// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

/* "DEV VID[-VID]", which the request's switch follows from. */
static const char *port_and_vids(struct args *args, struct req *req, uint8_t cmd)
{
	const char *dev = args_device(args, "DEV");
	uint32_t first = 0, last = 0;

	args_vids(args, &first, &last);
	req_init(req, cmd, &vlan_attrs, 0);
	req_u32(req, CVSWITCH_A_VLAN_VID, first);
	if (last != first)
		req_u32(req, CVSWITCH_A_VLAN_VID_END, last);
	return dev;
}

static int send(struct req *req, const char *dev)
{
	int status;

	status = put_device(req, CVSWITCH_A_VLAN_PORT, "port", dev);
	return status ? status : cvs_nl_do(req, NULL, "port %s", dev);
}

static int add(struct args *args)
{
	bool pvid = false, untagged = false;
	struct req req;
	const char *dev;

	dev = port_and_vids(args, &req, CVSWITCH_CMD_VLAN_ADD);
	while (args_peek(args)) {
		if (args_if(args, "pvid"))
			pvid = true;
		else if (args_if(args, "untagged"))
			untagged = true;
		else
			args_unexpected(args, "pvid, untagged");
	}
	if (!args_end(args))
		return EXIT_USAGE;
	req_u32(&req, CVSWITCH_A_VLAN_PVID, pvid);
	req_u32(&req, CVSWITCH_A_VLAN_UNTAGGED, untagged);
	return send(&req, dev);
}

static int del(struct args *args)
{
	struct req req;
	const char *dev;

	dev = port_and_vids(args, &req, CVSWITCH_CMD_VLAN_DEL);
	return args_end(args) ? send(&req, dev) : EXIT_USAGE;
}

/* The host's port first, then by port and VLAN. */
static uint64_t vlan_key(const struct obj *obj)
{
	uint64_t port = obj_u32(obj, CVSWITCH_A_VLAN_PORT);

	if (port == obj_u32(obj, CVSWITCH_A_VLAN_SWITCH))
		port = 0;
	return port << 16 | obj_u32(obj, CVSWITCH_A_VLAN_VID);
}

/* Neighbouring VLANs of a port that it treats alike. */
struct range {
	uint32_t switch_ifindex, port_ifindex, first, last, pvid, untagged;
	bool continued;		/* below a row of the same port */
};

static void read_range(const struct obj *obj, struct range *range)
{
	*range = (struct range){
		.switch_ifindex = obj_u32(obj, CVSWITCH_A_VLAN_SWITCH),
		.port_ifindex = obj_u32(obj, CVSWITCH_A_VLAN_PORT),
		.first = obj_u32(obj, CVSWITCH_A_VLAN_VID),
		.last = obj_u32(obj, CVSWITCH_A_VLAN_VID),
		.pvid = obj_u32(obj, CVSWITCH_A_VLAN_PVID),
		.untagged = obj_u32(obj, CVSWITCH_A_VLAN_UNTAGGED),
	};
}

static bool extends(const struct range *range, const struct range *more)
{
	return more->port_ifindex == range->port_ifindex && more->first == range->last + 1 &&
	       more->untagged == range->untagged && !more->pvid && !range->pvid;
}

/* Merges sorted VLANs into ranges. Return: how many, or -1 if there is no memory. */
static ssize_t merge(const struct table *vlans, struct range **ranges)
{
	struct range *range, next;
	ssize_t count = 0;
	struct obj obj;
	size_t i;

	range = calloc(vlans->count + 1, sizeof(*range));
	*ranges = range;
	if (!range)
		return -1;
	for (i = 0; i < vlans->count; i++) {
		table_get(vlans, i, &obj);
		read_range(&obj, &next);
		if (count && extends(&range[count - 1], &next)) {
			range[count - 1].last = next.last;
			continue;
		}
		next.continued = count && range[count - 1].port_ifindex == next.port_ifindex;
		range[count++] = next;
	}
	return count;
}

static enum paint cell_port(const void *row, char *cell, size_t size)
{
	const struct range *range = row;

	if (!range->continued)
		snprintf(cell, size, "%s", port_name(range->switch_ifindex, range->port_ifindex));
	return PAINT_PLAIN;
}

static enum paint cell_vlans(const void *row, char *cell, size_t size)
{
	const struct range *range = row;

	if (range->first == range->last)
		snprintf(cell, size, "%u", range->first);
	else
		snprintf(cell, size, "%u-%u", range->first, range->last);
	return PAINT_PLAIN;
}

static enum paint cell_in(const void *row, char *cell, size_t size)
{
	const struct range *range = row;

	snprintf(cell, size, "%s", range->pvid ? "tagged, untagged (pvid)" : "tagged");
	return PAINT_PLAIN;
}

static enum paint cell_out(const void *row, char *cell, size_t size)
{
	const struct range *range = row;

	snprintf(cell, size, "%s", range->untagged ? "untagged" : "tagged");
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "port", .cell = cell_port },
	{ .title = "vlan", .cell = cell_vlans },
	{ .title = "comes in", .cell = cell_in },
	{ .title = "goes out", .cell = cell_out },
};

static const struct view vlan_view = VIEW(columns, "  ");

static const void *range_row(const void *ranges, size_t i)
{
	return (const struct range *)ranges + i;
}

static int print_text(const struct table *vlans, const struct obj *sw)
{
	bool aware = obj_u32(sw, CVSWITCH_A_SWITCH_VLAN_AWARE);
	const char *name = obj_str(sw, CVSWITCH_A_SWITCH_NAME);
	struct range *ranges;
	ssize_t count;

	count = merge(vlans, &ranges);
	if (count < 0) {
		complain("no memory");
		return EXIT_REFUSED;
	}
	if (aware)
		out_heading("%s", name);
	else
		out_heading("%s ignores VLANs until 'cvswitch-ctl switch set %s vlan-aware on'",
			    name, name);
	out_table(&vlan_view, range_row, ranges, count);
	free(ranges);
	return EXIT_DONE;
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const uint32_t ifindex = switch_index(sw);
	struct table vlans;
	struct req req;
	int status;

	(void)flag;
	req_init(&req, CVSWITCH_CMD_VLAN_GET, &vlan_attrs, 0);
	req_u32(&req, CVSWITCH_A_VLAN_SWITCH, ifindex);
	if (target->port_ifindex)
		req_u32(&req, CVSWITCH_A_VLAN_PORT, target->port_ifindex);
	table_init(&vlans, &vlan_attrs);
	status = cvs_nl_dump(&req, &vlans, "%s", device_name(ifindex));
	if (!status && table_sort(&vlans, vlan_key))
		status = EXIT_REFUSED;
	if (!status && !out_json)
		status = print_text(&vlans, sw);
	else if (!status)
		out_array_items(&vlans);
	table_free(&vlans);
	return status;
}

static int show(struct args *args)
{
	struct target target;

	target_args(args, &target, false);
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

/* As a port belongs to VLAN 1 from its beginning. */
static bool is_first(const struct range *range)
{
	return range->first == 1 && range->last == 1 && range->pvid && range->untagged;
}

static void dump_range(const struct range *range)
{
	printf("vlan add %s %u", device_word(range->port_ifindex), range->first);
	if (range->last != range->first)
		printf("-%u", range->last);
	printf("%s%s\n", range->pvid ? " pvid" : "", range->untagged ? " untagged" : "");
}

static uint32_t port_key(const struct range *range)
{
	return range->port_ifindex == range->switch_ifindex ? 0 : range->port_ifindex;
}

/* Both are sorted, the host's port first. */
static void dump_ranges(const struct table *ports, const struct range *range, size_t count)
{
	const struct range *end = range + count;
	struct obj port;
	size_t i;

	for (i = 0; i < ports->count; i++) {
		uint32_t ifindex;

		table_get(ports, i, &port);
		ifindex = obj_u32(&port, CVSWITCH_A_PORT_IFINDEX);
		/* Of one that has joined since the ports were read. */
		while (range < end && i && port_key(range) < ifindex)
			range++;
		if (range == end || range->port_ifindex != ifindex || range->first != 1)
			printf("vlan del %s 1\n", device_word(ifindex));
		for (; range < end && range->port_ifindex == ifindex; range++) {
			if (!is_first(range))
				dump_range(range);
		}
	}
}

static int dump(const struct obj *sw)
{
	const struct target all = { 0 };
	struct table vlans, ports;
	struct range *ranges;
	struct req req;
	ssize_t count;
	int status;

	status = get_ports(&all, switch_index(sw), &ports);
	if (status)
		return status;
	req_init(&req, CVSWITCH_CMD_VLAN_GET, &vlan_attrs, 0);
	req_u32(&req, CVSWITCH_A_VLAN_SWITCH, switch_index(sw));
	status = get_table(&req, false, &vlans, vlan_key, device_name(switch_index(sw)));
	if (!status) {
		count = merge(&vlans, &ranges);
		if (count < 0) {
			complain("no memory");
			status = EXIT_REFUSED;
		} else {
			dump_ranges(&ports, ranges, count);
		}
		free(ranges);
		table_free(&vlans);
	}
	table_free(&ports);
	return status;
}

static const struct command commands[] = {
	{ "add", add, "DEV VID[-VID] [pvid] [untagged]" },
	{ "del", del, "DEV VID[-VID]" },
	{ "show", show, "[SWITCH [DEV|host]]\n\tvlan show DEV" },
	{ NULL, NULL, NULL },
};

const struct object vlan_object = {
	"vlan", "which VLANs a port belongs to; DEV may be the switch: the host's port",
	commands, "show", dump,
};
