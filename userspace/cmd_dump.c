// SPDX-License-Identifier: GPL-2.0
/* What was configured, as commands that configure it again. */
#include <stdio.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "say.h"

/* What others refer to comes before them; sticky addresses last, see dump_entries(). */
static const struct object *const objects[] = {
	&group_object, &profile_object, &port_object, &vlan_object,
	&tunnel_object, &vni_object, &remote_object, &neigh_object, &fdb_object,
};

static int dump_contents(const struct obj *sw)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(objects) && !status; i++)
		status = objects[i]->dump(sw);
	if (!status)
		dump_switch_end(sw);
	return status;
}

/* A switch's tunnel may send by another switch: all of them come first. */
static int dump_switches(const struct table *switches)
{
	int status = EXIT_DONE;
	struct obj sw;
	size_t i;

	for (i = 0; i < switches->count && !status; i++) {
		table_get(switches, i, &sw);
		status = switch_object.dump(&sw);
	}
	for (i = 0; i < switches->count && !status; i++) {
		putchar('\n');
		table_get(switches, i, &sw);
		status = dump_contents(&sw);
	}
	return status;
}

static int dump(struct args *args)
{
	const char *name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	struct table switches;
	uint32_t ifindex = 0;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	if (out_json) {
		complain("dump prints commands; what is there as JSON: cvswitch-ctl -j show");
		return EXIT_USAGE;
	}
	status = name ? get_index("switch", name, &ifindex) : cvs_nl_open();
	if (!status)
		status = get_switches(ifindex, &switches);
	if (status)
		return status;
	status = dump_switches(&switches);
	table_free(&switches);
	return status;
}

static const struct command commands[] = {
	{ "", dump, "[SWITCH]" },
	{ NULL, NULL, NULL },
};

const struct object dump_object = {
	"dump", "what was configured, as commands for -b", commands, "", NULL,
};
