// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "say.h"

static enum paint cell_port(const void *row, char *cell, size_t size)
{
	if (stats_port(row))
		snprintf(cell, size, "%s", port_name(obj_u32(row, CVSWITCH_A_STATS_SWITCH),
						     stats_port(row)));
	else
		snprintf(cell, size, "all");
	return PAINT_PLAIN;
}

#define COUNTER(name, id)							\
static enum paint cell_##name(const void *row, char *cell, size_t size)	\
{										\
	out_count(cell, size, obj_u64(row, id));				\
	return PAINT_PLAIN;							\
}

COUNTER(rx_frames, CVSWITCH_A_STATS_RX_FRAMES)
COUNTER(rx_bytes, CVSWITCH_A_STATS_RX_BYTES)
COUNTER(tx_frames, CVSWITCH_A_STATS_TX_FRAMES)
COUNTER(tx_bytes, CVSWITCH_A_STATS_TX_BYTES)
COUNTER(short, CVSWITCH_A_STATS_TX_SHORT_FRAMES)
COUNTER(flooded, CVSWITCH_A_STATS_RX_FLOODED)
COUNTER(copies, CVSWITCH_A_STATS_COPIES)
COUNTER(gso, CVSWITCH_A_STATS_RX_GSO_FRAMES)
COUNTER(big, CVSWITCH_A_STATS_RX_BIG_FRAMES)
COUNTER(refused, CVSWITCH_A_STATS_LEARN_REFUSED)
COUNTER(answered, CVSWITCH_A_STATS_NEIGH_ANSWERED)
COUNTER(neigh_refused, CVSWITCH_A_STATS_NEIGH_REFUSED)

static enum paint cell_drops(const void *row, char *cell, size_t size)
{
	uint64_t drops = obj_u64(row, CVSWITCH_A_STATS_DROPS);

	out_count(cell, size, drops);
	return drops ? PAINT_BAD : PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "port", .cell = cell_port },
	{ .title = "rx frames", .cell = cell_rx_frames, .right = true },
	{ .title = "rx bytes", .cell = cell_rx_bytes, .right = true },
	{ .title = "flooded", .cell = cell_flooded, .right = true },
	{ .title = "copies", .cell = cell_copies, .right = true },
	{ .title = "tx frames", .cell = cell_tx_frames, .right = true },
	{ .title = "tx bytes", .cell = cell_tx_bytes, .right = true },
	{ .title = "short path", .cell = cell_short, .right = true },
	{ .title = "drops", .cell = cell_drops, .right = true },
};

static const struct column everything[] = {
	{ .title = "frames received", .cell = cell_rx_frames },
	{ .title = "  bytes", .cell = cell_rx_bytes },
	{ .title = "  flooded", .cell = cell_flooded },
	{ .title = "  copies made of them", .cell = cell_copies },
	{ .title = "  several segments in one", .cell = cell_gso },
	{ .title = "  longer than 65,536 bytes", .cell = cell_big },
	{ .title = "  source not learned", .cell = cell_refused },
	{ .title = "  answered for a neighbour", .cell = cell_answered },
	{ .title = "  neighbour not learned", .cell = cell_neigh_refused },
	{ .title = "frames sent", .cell = cell_tx_frames },
	{ .title = "  bytes", .cell = cell_tx_bytes },
	{ .title = "  by the short path", .cell = cell_short },
	{ .title = "frames dropped", .cell = cell_drops },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(everything, "  ");

/* Every frame that came in, and every copy of it, went out or was dropped. */
static void print_balance(const struct obj *totals)
{
	uint64_t rx = obj_u64(totals, CVSWITCH_A_STATS_RX_FRAMES);
	uint64_t copies = obj_u64(totals, CVSWITCH_A_STATS_COPIES);
	uint64_t tx = obj_u64(totals, CVSWITCH_A_STATS_TX_FRAMES);
	uint64_t drops = obj_u64(totals, CVSWITCH_A_STATS_DROPS);
	int64_t under_way = rx + copies - tx - drops;
	char text[4][32];

	printf("  balance: %s received + %s copies = %s sent + %s dropped",
	       out_count(text[0], sizeof(text[0]), rx),
	       out_count(text[1], sizeof(text[1]), copies),
	       out_count(text[2], sizeof(text[2]), tx),
	       out_count(text[3], sizeof(text[3]), drops));
	if (under_way)
		printf(" (%+lld: frames were under way while this was read)",
		       (long long)under_way);
	putchar('\n');
}

struct rows {
	const struct table *stats;
	const struct obj *totals;
};

static const void *row_or_total(const void *arg, size_t i)
{
	const struct rows *rows = arg;

	return i < rows->stats->count ? out_table_row(rows->stats, i) : rows->totals;
}

/*
 * Counters only grow, and the totals are older than the ports' counters: what they hold beyond
 * the sum of these is from ports that have left.
 */
static bool some_left(const struct table *stats, const struct obj *totals)
{
	uint64_t rx = 0, tx = 0;
	struct obj port;
	size_t i;

	for (i = 0; i < stats->count; i++) {
		table_get(stats, i, &port);
		rx += obj_u64(&port, CVSWITCH_A_STATS_RX_FRAMES);
		tx += obj_u64(&port, CVSWITCH_A_STATS_TX_FRAMES);
	}
	return rx < obj_u64(totals, CVSWITCH_A_STATS_RX_FRAMES) ||
	       tx < obj_u64(totals, CVSWITCH_A_STATS_TX_FRAMES);
}

void print_stats(const struct table *stats, const struct obj *totals)
{
	const struct rows rows = { stats, totals };

	if (!totals && stats->count == 1) {
		out_record(&record_view, out_table_row(stats, 0));
		return;
	}
	out_table(&table_view, row_or_total, &rows, stats->count + !!totals);
	if (!totals)
		return;
	if (some_left(stats, totals))
		puts("  all: with what ports that have left had counted");
	print_balance(totals);
}

static int show_switch(const struct target *target, const struct obj *sw, bool flag)
{
	const uint32_t ifindex = switch_index(sw);
	struct reply totals;
	struct table stats;
	int status;

	(void)flag;
	status = get_totals(ifindex, &totals);
	if (!status)
		status = get_stats(target, ifindex, &stats);
	if (status)
		return status;
	if (out_json) {
		out_array_items(&stats);
	} else if (target->port_ifindex) {
		out_heading("%s of %s", port_name(ifindex, target->port_ifindex),
			    device_name(ifindex));
		print_stats(&stats, NULL);
	} else {
		out_heading("%s", device_name(ifindex));
		print_stats(&stats, &totals.obj);
	}
	table_free(&stats);
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
	{ "show", show, "[SWITCH [DEV|host|tunnel]]\n\tstats show DEV" },
	{ NULL, NULL, NULL },
};

const struct object stats_object = {
	"stats", "frames and bytes, per port", commands, "show", NULL,
};
