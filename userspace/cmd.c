// SPDX-License-Identifier: GPL-2.0
#include "cmd.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "device.h"
#include "out.h"
#include "say.h"
#include "split.h"

#define ALIGNED_NAME	((CVSWITCH_ACL_NAME_MAX + 7) / 8 * 8)

int get_index(const char *what, const char *name, uint32_t *ifindex)
{
	int status = cvs_nl_open();

	if (status)
		return status;
	*ifindex = if_nametoindex(name);
	if (*ifindex)
		return EXIT_DONE;
	complain_errno(errno, "%s %s", what, name);
	return EXIT_REFUSED;
}

int put_device(struct req *req, uint16_t id, const char *what, const char *name)
{
	uint32_t ifindex;
	int status;

	status = get_index(what, name, &ifindex);
	if (!status)
		req_u32(req, id, ifindex);
	return status;
}

int put_port(struct req *req, uint16_t id, const char *switch_name, const char *name)
{
	if (!strcmp(name, "host"))
		return put_device(req, id, "switch", switch_name);
	return put_device(req, id, "port", name);
}

void target_args(struct args *args, struct target *target, bool tunnel)
{
	const char *word = args_peek(args);

	memset(target, 0, sizeof(*target));
	if (!word || !strcmp(word, "stats"))
		return;
	target->switch_word = args_device(args, "SWITCH");
	if (tunnel && args_if(args, "tunnel"))
		target->port_ifindex = PORT_TUNNEL;
	word = args_peek(args);
	if (word && !target->port_ifindex && strcmp(word, "stats"))
		target->port_word = args_device(args, "DEV");
}

int check_port(uint32_t switch_ifindex, uint32_t port_ifindex)
{
	struct req req;

	req_init(&req, CVSWITCH_CMD_PORT_GET, &port_attrs, 0);
	req_u32(&req, CVSWITCH_A_PORT_SWITCH, switch_ifindex);
	req_u32(&req, CVSWITCH_A_PORT_IFINDEX, port_ifindex);
	return cvs_nl_do(&req, NULL, "port %s", device_name(port_ifindex));
}

/* A single name is a switch or a port. */
static int resolve_one(struct target *target)
{
	const uint32_t ifindex = target->switch_ifindex;
	struct reply reply;
	struct req req;
	int status, err;

	req_init(&req, CVSWITCH_CMD_SWITCH_GET, &switch_attrs, 0);
	req_u32(&req, CVSWITCH_A_SWITCH_IFINDEX, ifindex);
	err = cvs_nl_try(&req, NULL);
	if (!err)
		return EXIT_DONE;
	if (err != -EOPNOTSUPP) {	/* what the kernel says of a device that is no switch */
		complain_errno(-err, "%s", target->switch_word);
		return EXIT_REFUSED;
	}
	req_init(&req, CVSWITCH_CMD_PORT_GET, &port_attrs, 0);
	req_u32(&req, CVSWITCH_A_PORT_IFINDEX, ifindex);
	status = cvs_nl_do(&req, &reply, "%s", target->switch_word);
	if (status)
		return status;
	target->port_ifindex = ifindex;
	target->switch_ifindex = obj_u32(&reply.obj, CVSWITCH_A_PORT_SWITCH);
	return EXIT_DONE;
}

static int target_resolve(struct target *target)
{
	int status;

	if (!target->switch_word)
		return cvs_nl_open();
	status = get_index(target->port_word || target->port_ifindex ? "switch" : "device",
			   target->switch_word, &target->switch_ifindex);
	if (status || target->port_ifindex)
		return status;
	if (!target->port_word)
		return resolve_one(target);
	if (!strcmp(target->port_word, "host")) {
		target->port_ifindex = target->switch_ifindex;
		return EXIT_DONE;
	}
	status = get_index("port", target->port_word, &target->port_ifindex);
	return status ? status : check_port(target->switch_ifindex, target->port_ifindex);
}

uint32_t switch_index(const struct obj *sw)
{
	return obj_u32(sw, CVSWITCH_A_SWITCH_IFINDEX);
}

int each_switch(struct target *target, switch_fn fn, bool flag)
{
	struct table switches;
	struct obj obj;
	int status;
	size_t i;

	status = target_resolve(target);
	if (!status)
		status = get_switches(target->switch_ifindex, &switches);
	if (status)
		return status;
	if (out_json)
		out_array_begin();
	else if (!switches.count)
		puts("There is no switch here; make one: cvswitch-ctl switch add NAME up");
	for (i = 0; i < switches.count && !status; i++) {
		if (i && !out_json)
			putchar('\n');
		table_get(&switches, i, &obj);
		status = fn(target, &obj, flag);
	}
	if (out_json)
		out_array_end();
	table_free(&switches);
	return status;
}

const char *port_name(uint32_t switch_ifindex, uint32_t port_ifindex)
{
	if (!port_ifindex)
		return "(left)";
	if (port_ifindex == PORT_TUNNEL)
		return "tunnel";
	return switch_ifindex == port_ifindex ? "host" : device_name(port_ifindex);
}

static const char *word_of(const char *name)
{
	static char words[2][4 * IF_NAMESIZE + 3];
	static int next;

	next = !next;
	*words[next] = '\0';
	split_quote(words[next], sizeof(words[next]), 0, name, false);
	return words[next];
}

static bool is_dormant(const struct obj *sw, uint32_t vlan)
{
	return !vlan == !!obj_u32(sw, CVSWITCH_A_SWITCH_VLAN_AWARE);
}

/* The command for the other setting, or for its own. */
static void dump_vlan_aware(const struct obj *sw, bool other)
{
	const bool aware = obj_u32(sw, CVSWITCH_A_SWITCH_VLAN_AWARE);

	printf("switch set %s vlan-aware %s\n", device_word(switch_index(sw)),
	       aware != other ? "on" : "off");
}

/* Return: how many commands there were, of what is dormant or what is not. */
static size_t dump_some(const struct obj *sw, const struct table *table, uint16_t vlan_id,
			dump_entry_fn dump, bool dormant)
{
	struct obj entry;
	size_t i, n = 0;

	for (i = 0; i < table->count; i++) {
		table_get(table, i, &entry);
		if (dormant != is_dormant(sw, obj_u32(&entry, vlan_id)))
			continue;
		if (dormant && !n && dump(&entry, false))
			dump_vlan_aware(sw, true);
		n += dump(&entry, true);
	}
	return n;
}

void dump_entries(const struct obj *sw, const struct table *table, uint16_t vlan_id,
		  dump_entry_fn dump)
{
	if (dump_some(sw, table, vlan_id, dump, true))
		dump_vlan_aware(sw, false);
	dump_some(sw, table, vlan_id, dump, false);
}

const char *device_word(uint32_t ifindex)
{
	return word_of(device_name(ifindex));
}

const char *port_word(uint32_t switch_ifindex, uint32_t port_ifindex)
{
	return word_of(port_name(switch_ifindex, port_ifindex));
}

static uint64_t switch_key(const struct obj *obj)
{
	return switch_index(obj);
}

/* The host's port comes first: 0. PORT_TUNNEL comes last by itself. */
static uint64_t key_of(uint32_t switch_ifindex, uint32_t port_ifindex)
{
	return switch_ifindex == port_ifindex ? 0 : port_ifindex;
}

static uint64_t port_key(const struct obj *obj)
{
	return key_of(obj_u32(obj, CVSWITCH_A_PORT_SWITCH), obj_u32(obj, CVSWITCH_A_PORT_IFINDEX));
}

uint32_t stats_port(const struct obj *stats)
{
	if (obj_u32(stats, CVSWITCH_A_STATS_TUNNEL))
		return PORT_TUNNEL;
	return obj_u32(stats, CVSWITCH_A_STATS_PORT);
}

static uint64_t stats_key(const struct obj *obj)
{
	return key_of(obj_u32(obj, CVSWITCH_A_STATS_SWITCH), stats_port(obj));
}

int get_table(const struct req *req, bool one, struct table *table,
	      uint64_t (*key)(const struct obj *obj), const char *about)
{
	struct reply reply;
	int status;

	table_init(table, req->set);
	if (!one) {
		status = cvs_nl_dump(req, table, "%s", about);
	} else {
		status = cvs_nl_do(req, &reply, "%s", about);
		if (!status && table_add(table, reply.buf, reply.obj.len))
			status = EXIT_REFUSED;
	}
	if (!status && table_sort(table, key))
		status = EXIT_REFUSED;
	if (status)
		table_free(table);
	return status;
}

static uint16_t name_id;
static size_t name_from;

/* Eight bytes of a name, as a number that sorts as they do. */
static uint64_t name_key(const struct obj *obj)
{
	const char *name = obj_str(obj, name_id);
	const size_t len = strlen(name);
	uint64_t key = 0;
	size_t i;

	for (i = name_from; i < name_from + 8; i++)
		key = key << 8 | (i < len ? (unsigned char)name[i] : 0);
	return key;
}

int sort_by_name(struct table *table, uint16_t id)
{
	int err = 0;

	/* The last bytes first: each sorting keeps the order of the one before. */
	name_id = id;
	for (name_from = ALIGNED_NAME; name_from && !err; ) {
		name_from -= 8;
		err = table_sort(table, name_key);
	}
	return err;
}

static uint32_t first_attr(const struct table *table, size_t i)
{
	struct obj obj;

	table_get(table, i, &obj);
	return obj_u32(&obj, 1);
}

struct rows {
	const struct table *table;
	size_t first;
};

static const void *later_row(const void *arg, size_t i)
{
	const struct rows *rows = arg;

	return out_table_row(rows->table, rows->first + i);
}

void print_by_switch(const struct table *table, const struct view *view, const char *noun)
{
	size_t first, end;
	char text[32];

	for (first = 0; first < table->count; first = end) {
		const uint32_t ifindex = first_attr(table, first);
		const struct rows rows = { table, first };

		for (end = first + 1; end < table->count; end++) {
			if (first_attr(table, end) != ifindex)
				break;
		}
		if (first)
			putchar('\n');
		out_heading("%s: %s %s%s", device_name(ifindex),
			    out_count(text, sizeof(text), end - first), noun,
			    out_plural(end - first));
		out_table(view, later_row, &rows, end - first);
	}
}

void print_removed(const char *switch_name, uint64_t count, const char *one, const char *many)
{
	char text[32];

	if (out_json)
		out_document(json_pack("{s:I}", "count", (json_int_t)count));
	else
		printf("%s: %s %s removed\n", switch_name, out_count(text, sizeof(text), count),
		       count == 1 ? one : many);
}

int get_switches(uint32_t switch_ifindex, struct table *table)
{
	struct req req;

	req_init(&req, CVSWITCH_CMD_SWITCH_GET, &switch_attrs, 0);
	if (switch_ifindex)
		req_u32(&req, CVSWITCH_A_SWITCH_IFINDEX, switch_ifindex);
	return get_table(&req, switch_ifindex, table, switch_key,
			 switch_ifindex ? device_name(switch_ifindex) : "switch show");
}

int get_ports(const struct target *target, uint32_t switch_ifindex, struct table *table)
{
	struct req req;

	req_init(&req, CVSWITCH_CMD_PORT_GET, &port_attrs, 0);
	req_u32(&req, CVSWITCH_A_PORT_SWITCH, switch_ifindex);
	if (target->port_ifindex)
		req_u32(&req, CVSWITCH_A_PORT_IFINDEX, target->port_ifindex);
	return get_table(&req, target->port_ifindex, table, port_key,
			 device_name(target->port_ifindex ? target->port_ifindex : switch_ifindex));
}

int get_stats(const struct target *target, uint32_t switch_ifindex, struct table *table)
{
	uint32_t about = switch_ifindex;
	struct req req;

	req_init(&req, CVSWITCH_CMD_STATS_GET, &stats_attrs, 0);
	req_u32(&req, CVSWITCH_A_STATS_SWITCH, switch_ifindex);
	if (target->port_ifindex == PORT_TUNNEL) {
		req_u32(&req, CVSWITCH_A_STATS_TUNNEL, 1);
	} else if (target->port_ifindex) {
		req_u32(&req, CVSWITCH_A_STATS_PORT, target->port_ifindex);
		about = target->port_ifindex;
	}
	return get_table(&req, target->port_ifindex, table, stats_key, device_name(about));
}

bool find_stats(const struct table *stats, uint32_t switch_ifindex, uint32_t port_ifindex,
		struct obj *obj)
{
	return table_find(stats, stats_key, key_of(switch_ifindex, port_ifindex), obj);
}

int get_totals(uint32_t switch_ifindex, struct reply *reply)
{
	struct req req;

	req_init(&req, CVSWITCH_CMD_STATS_GET, &stats_attrs, 0);
	req_u32(&req, CVSWITCH_A_STATS_SWITCH, switch_ifindex);
	return cvs_nl_do(&req, reply, "switch %s", device_name(switch_ifindex));
}
