// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

static int compare(const void *a, const void *b)
{
	const struct drop *left = a, *right = b;

	if (left->frames != right->frames)
		return left->frames > right->frames ? -1 : 1;
	if (left->port_ifindex != right->port_ifindex)
		return left->port_ifindex < right->port_ifindex ? -1 : 1;
	return strcmp(left->reason->name, right->reason->name);
}

static bool append(struct drops *drops, const struct obj *port, const struct obj *count)
{
	struct drop *more;

	more = reallocarray(drops->drop, drops->count + 1, sizeof(*more));
	if (!more)
		return false;
	drops->drop = more;
	more[drops->count++] = (struct drop){
		.switch_ifindex = obj_u32(port, CVSWITCH_A_STATS_SWITCH),
		.port_ifindex = stats_port(port),
		.reason = obj_word(count, CVSWITCH_A_DROP_COUNT_REASON),
		.frames = obj_u64(count, CVSWITCH_A_DROP_COUNT_FRAMES),
	};
	return true;
}

/* Appends all drops of one port, or of the totals: as if these were a port without a number. */
static bool append_all(struct drops *drops, const struct obj *port)
{
	const struct nlattr *pos = NULL;
	struct obj count;

	while (obj_next_nest(port, CVSWITCH_A_STATS_DROP, &pos, &drop_count_attrs, &count)) {
		if (!append(drops, port, &count))
			return false;
	}
	return true;
}

/* Takes what the ports that are there have dropped from the totals, which come last. */
static void leave_the_rest(struct drops *drops, size_t ports)
{
	size_t kept = ports, i, k;

	for (i = ports; i < drops->count; i++) {
		struct drop rest = drops->drop[i];

		for (k = 0; k < ports; k++) {
			if (drops->drop[k].reason == rest.reason)
				rest.frames -= drops->drop[k].frames;
		}
		if ((int64_t)rest.frames > 0)
			drops->drop[kept++] = rest;
	}
	drops->count = kept;
}

bool drops_collect(const struct table *stats, const struct obj *totals, struct drops *drops)
{
	struct obj port;
	size_t i, ports;

	memset(drops, 0, sizeof(*drops));
	for (i = 0; i < stats->count; i++) {
		table_get(stats, i, &port);
		if (!append_all(drops, &port))
			goto no_memory;
	}
	ports = drops->count;
	if (totals && !append_all(drops, totals))
		goto no_memory;
	leave_the_rest(drops, ports);
	for (i = 0; i < drops->count; i++)
		drops->frames += drops->drop[i].frames;
	if (drops->count)
		qsort(drops->drop, drops->count, sizeof(*drops->drop), compare);
	return true;

no_memory:
	drops_free(drops);
	return false;
}

void drops_free(struct drops *drops)
{
	free(drops->drop);
	memset(drops, 0, sizeof(*drops));
}

static enum paint cell_frames(const void *row, char *cell, size_t size)
{
	const struct drop *drop = row;

	out_count(cell, size, drop->frames);
	return PAINT_PLAIN;
}

static enum paint cell_port(const void *row, char *cell, size_t size)
{
	const struct drop *drop = row;

	snprintf(cell, size, "%s", port_name(drop->switch_ifindex, drop->port_ifindex));
	return PAINT_PLAIN;
}

static enum paint cell_way(const void *row, char *cell, size_t size)
{
	static const char *const ways[] = {
		[WAY_IN] = "in",
		[WAY_OUT] = "out",
		[WAY_EITHER] = "in/out",
	};
	const struct drop *drop = row;

	snprintf(cell, size, "%s", ways[drop->reason->way]);
	return PAINT_PLAIN;
}

static enum paint cell_reason(const void *row, char *cell, size_t size)
{
	const struct drop *drop = row;

	snprintf(cell, size, "%s", drop->reason->name);
	return PAINT_BAD;
}

static enum paint cell_means(const void *row, char *cell, size_t size)
{
	const struct drop *drop = row;

	snprintf(cell, size, "%s", drop->reason->means);
	return PAINT_PLAIN;
}

static enum paint cell_next(const void *row, char *cell, size_t size)
{
	const struct drop *drop = row;

	snprintf(cell, size, "%s", drop->reason->next ? drop->reason->next : "");
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "frames", .cell = cell_frames, .right = true },
	{ .title = "port", .cell = cell_port },
	{ .title = "way", .cell = cell_way },
	{ .title = "reason", .cell = cell_reason },
	{ .title = "what happened", .cell = cell_means },
};

static const struct column advice[] = {
	{ .title = "reason", .cell = cell_reason },
	{ .title = "what to look at next", .cell = cell_next },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view advice_view = VIEW(advice, "  ");

static const void *drop_row(const void *rows, size_t i)
{
	return (const struct drop *)rows + i;
}

/* Leaves only the first drop of each reason. */
static void unique_reasons(struct drops *drops)
{
	size_t kept = 0, i, k;

	for (i = 0; i < drops->count; i++) {
		for (k = 0; k < kept; k++) {
			if (drops->drop[k].reason == drops->drop[i].reason)
				break;
		}
		if (k == kept)
			drops->drop[kept++] = drops->drop[i];
	}
	drops->count = kept;
}

static void print_text(struct drops *drops, uint32_t switch_ifindex)
{
	char text[32];

	out_heading("%s: %s frame%s dropped", device_name(switch_ifindex),
		    out_count(text, sizeof(text), drops->frames), out_plural(drops->frames));
	out_table(&table_view, drop_row, drops->drop, drops->count);
	if (!drops->count)
		return;
	putchar('\n');
	unique_reasons(drops);
	out_table(&advice_view, drop_row, drops->drop, drops->count);
}

static void print_json(const struct drops *drops)
{
	size_t i;

	for (i = 0; i < drops->count; i++) {
		const struct drop *drop = &drops->drop[i];
		json_t *json;

		json = json_pack("{s:o, s:I}", "switch",
				 out_text(device_name(drop->switch_ifindex)), "switch-ifindex",
				 (json_int_t)drop->switch_ifindex);
		if (drop->port_ifindex == PORT_TUNNEL)
			json_object_set_new(json, "tunnel", json_true());
		else if (drop->port_ifindex)
			json_object_update_new(json,
					       json_pack("{s:o, s:I}", "port",
							 out_text(device_name(drop->port_ifindex)),
							 "port-ifindex",
							 (json_int_t)drop->port_ifindex));
		json_object_update_new(json, json_pack("{s:s, s:I, s:s}",
						       "reason", drop->reason->name,
						       "frames", (json_int_t)drop->frames,
						       "explanation", drop->reason->means));
		out_array_item(json);
	}
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const uint32_t ifindex = switch_index(sw);
	struct reply totals;
	struct drops drops;
	struct table stats;
	bool collected;
	int status;

	(void)flag;
	status = get_totals(ifindex, &totals);
	if (!status)
		status = get_stats(target, ifindex, &stats);
	if (status)
		return status;
	collected = drops_collect(&stats, target->port_ifindex ? NULL : &totals.obj, &drops);
	table_free(&stats);
	if (!collected) {
		complain("no memory");
		return EXIT_REFUSED;
	}
	if (out_json)
		print_json(&drops);
	else
		print_text(&drops, ifindex);
	drops_free(&drops);
	return EXIT_DONE;
}

static int show(struct args *args)
{
	struct target target;

	target_args(args, &target, true);
	if (!args_end(args))
		return EXIT_USAGE;
	return each_switch(&target, show_switch, false);
}

static const struct command commands[] = {
	{ "show", show, "[SWITCH [DEV|host|tunnel]]\n\tdrops show DEV" },
	{ NULL, NULL, NULL },
};

const struct object drops_object = {
	"drops", "which frames were dropped, where, and why", commands, "show", NULL,
};
