/* SPDX-License-Identifier: GPL-2.0 */
/* The commands, and what they share. */
#ifndef CVS_CMD_H
#define CVS_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "args.h"
#include "nl.h"
#include "obj.h"
#include "out.h"
#include "table.h"

struct command {
	const char *name;
	int (*run)(struct args *args);
	const char *usage;	/* what follows the name */
};

struct object {
	const char *name;
	const char *about;		/* half a sentence for the list of objects */
	const struct command *command;	/* the last has no name */
	const char *dflt;		/* the command if none is given; "" is one without a name */
	int (*dump)(const struct obj *sw);	/* prints commands that make a switch's; or NULL */
};

extern const struct object switch_object, port_object, vlan_object, fdb_object, neigh_object,
	tunnel_object, remote_object, vni_object, stats_object, drops_object, monitor_object,
	show_object, doctor_object, dump_object, version_object, profile_object, acl_object,
	group_object;

/* In place of a port's ifindex: the tunnel, which is a port without a device. */
#define PORT_TUNNEL	UINT32_MAX

/* The ifindex of a device; complains, as "switch tenant9: No such device (ENODEV)". */
int get_index(const char *what, const char *name, uint32_t *ifindex);

/* Puts a device's ifindex into a request. */
int put_device(struct req *req, uint16_t id, const char *what, const char *name);

/* As put_device(), for a port: "host" is the switch's own. */
int put_port(struct req *req, uint16_t id, const char *switch_name, const char *name);

/* What "[SWITCH [DEV]]" or "DEV" selects; 0 is everything. */
struct target {
	uint32_t switch_ifindex, port_ifindex;
	const char *switch_word, *port_word;	/* before they are resolved; may be NULL */
};

/* With `tunnel` also "SWITCH tunnel", which is the port PORT_TUNNEL. */
void target_args(struct args *args, struct target *target, bool tunnel);

/*
 * Resolves the target, and calls a function for its switch or for every switch. In JSON, what
 * these print with out_array_item() becomes one array; as text there is an empty line between.
 */
typedef int (*switch_fn)(const struct target *target, const struct obj *sw, bool flag);
int each_switch(struct target *target, switch_fn fn, bool flag);

/* The limit of remotes, where there are more. */
int dump_remote_max(const struct obj *sw);

/* The last command of a switch's dump: it comes up when all is there. */
void dump_switch_end(const struct obj *sw);

/*
 * Dumps entries. Those of a VLAN mean nothing in a switch that ignores VLANs, nor those of none in
 * one that keeps them apart: they wait for a change of this setting, and can only be made before
 * it. So they come first, between two commands that change it. `dump` returns whether it was a
 * command, and not a comment; it is asked beforehand, with false.
 */
typedef bool (*dump_entry_fn)(const struct obj *entry, bool print);
void dump_entries(const struct obj *sw, const struct table *table, uint16_t vlan_id,
		  dump_entry_fn dump);

/* A device's name as a word of a command; lives until the next call but one. */
const char *device_word(uint32_t ifindex);

/* As port_name(), as a word of a command. */
const char *port_word(uint32_t switch_ifindex, uint32_t port_ifindex);

/* The ifindex of a switch object. */
uint32_t switch_index(const struct obj *sw);

/* Complains if a device is not a port of a switch. */
int check_port(uint32_t switch_ifindex, uint32_t port_ifindex);

/* Complains if an address is not that of a remote of a switch. */
int check_remote(const char *switch_name, const struct ip *ip);

/* The name of a port as this tool reads it back: "host" for the switch's own, or "tunnel". */
const char *port_name(uint32_t switch_ifindex, uint32_t port_ifindex);

/* Fills a table with one object, or with a dump, and sorts it. */
int get_table(const struct req *req, bool one, struct table *table,
	      uint64_t (*key)(const struct obj *obj), const char *about);

/* Sorts a table by the bytes of a name. Return: 0 or -ENOMEM. */
int sort_by_name(struct table *table, uint16_t id);

/*
 * Prints a table for each switch, of objects whose first attribute is the switch and which are
 * sorted by it. Above it stands how many there are: "tenant1: 2 remotes".
 */
void print_by_switch(const struct table *table, const struct view *view, const char *noun);

/* "group web of tenant1", until the next call. */
const char *group_name(const char *switch_name, const char *name);

/* The members of a group, as they come. */
int get_members(uint32_t switch_ifindex, const char *name, struct table *table);

/* Some of them, each between two strings. */
void print_members(const struct table *table, size_t first, size_t end, const char *before,
		   const char *behind);

/* The command "group member show". */
int show_members(struct args *args);

/* Prints a profile's rules, each in a line behind this. */
int print_rules(uint32_t switch_ifindex, const char *name, const char *before);

/* The command "acl cost". */
int show_cost(struct args *args);

/* Says how many were removed: "tenant1: 2 remotes removed". */
void print_removed(const char *switch_name, uint64_t count, const char *one, const char *many);

/* One switch, or all of them for 0, by name. */
int get_switches(uint32_t switch_ifindex, struct table *table);

/* The tunnel of a switch. It is no error that there is none. */
int get_tunnel(uint32_t switch_ifindex, struct reply *reply, bool *there);

/* Ports or counters of the target, of one switch; the host's come first, the tunnel's last. */
int get_ports(const struct target *target, uint32_t switch_ifindex, struct table *table);
int get_stats(const struct target *target, uint32_t switch_ifindex, struct table *table);

/* The counters of one port among those of get_stats(). */
bool find_stats(const struct table *stats, uint32_t switch_ifindex, uint32_t port_ifindex,
		struct obj *obj);

/* The port whose counters these are: an ifindex, PORT_TUNNEL, or 0 for totals. */
uint32_t stats_port(const struct obj *stats);

/* The switch's totals. */
int get_totals(uint32_t switch_ifindex, struct reply *reply);

/* Prints counters; of a whole switch with their sum and balance if `totals` is not NULL. */
void print_stats(const struct table *stats, const struct obj *totals);

/* A port's cells, for rows that are port objects. */
enum paint port_cell_name(const void *row, char *cell, size_t size);
enum paint port_cell_state(const void *row, char *cell, size_t size);
enum paint port_cell_short(const void *row, char *cell, size_t size);
enum paint port_cell_fdb(const void *row, char *cell, size_t size);
enum paint port_cell_settings(const void *row, char *cell, size_t size);

/* What the settings of a tunnel are that are not as by default. */
enum paint tunnel_cell_settings(const void *row, char *cell, size_t size);

/* All drops of some ports, most frames first. */
struct drop {
	uint32_t switch_ifindex;
	uint32_t port_ifindex;	/* or PORT_TUNNEL; 0: ports that have left */
	const struct word *reason;
	uint64_t frames;
};

struct drops {
	struct drop *drop;
	size_t count;
	uint64_t frames;
};

/*
 * What the totals, if not NULL, hold beyond the ports' counters was counted by ports that have
 * left; so totals must be older than the ports' counters. Return: false if there was no memory.
 */
bool drops_collect(const struct table *stats, const struct obj *totals, struct drops *drops);
void drops_free(struct drops *drops);

#endif
