// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "monitor.h"
#include "out.h"
#include "say.h"
#include "util.h"

/* Attributes of devices that an event names: 0 where it names none. */
struct names {
	uint16_t ifindex, name, switch_ifindex, port_ifindex, old_port;
};

static void print_switch(const struct obj *obj);
static void print_port(const struct obj *obj);
static void print_vlan(const struct obj *obj);
static void print_fdb(const struct obj *obj);
static void print_drop(const struct obj *obj);
static void print_tunnel(const struct obj *obj);
static void print_remote(const struct obj *obj);
static void print_vni(const struct obj *obj);
static void print_neigh(const struct obj *obj);

static const struct names switch_names = {
	.ifindex = CVSWITCH_A_SWITCH_IFINDEX, .name = CVSWITCH_A_SWITCH_NAME };
static const struct names port_names = {
	.ifindex = CVSWITCH_A_PORT_IFINDEX, .name = CVSWITCH_A_PORT_NAME,
	.switch_ifindex = CVSWITCH_A_PORT_SWITCH };
static const struct names vlan_names = {
	.switch_ifindex = CVSWITCH_A_VLAN_SWITCH, .port_ifindex = CVSWITCH_A_VLAN_PORT };
static const struct names fdb_names = {
	.switch_ifindex = CVSWITCH_A_FDB_SWITCH, .port_ifindex = CVSWITCH_A_FDB_PORT,
	.old_port = CVSWITCH_A_FDB_OLD_PORT };
static const struct names drop_names = {
	.switch_ifindex = CVSWITCH_A_DROP_SWITCH, .port_ifindex = CVSWITCH_A_DROP_PORT };
static const struct names tunnel_names = {
	.switch_ifindex = CVSWITCH_A_TUNNEL_SWITCH, .port_ifindex = CVSWITCH_A_TUNNEL_DEVICE };
static const struct names remote_names = { .switch_ifindex = CVSWITCH_A_REMOTE_SWITCH };
static const struct names vni_names = { .switch_ifindex = CVSWITCH_A_VNI_SWITCH };
static const struct names neigh_names = {
	.switch_ifindex = CVSWITCH_A_NEIGH_SWITCH, .port_ifindex = CVSWITCH_A_NEIGH_PORT };

static const struct names profile_names = { .switch_ifindex = CVSWITCH_A_PROFILE_SWITCH };
static const struct names group_names = { .switch_ifindex = CVSWITCH_A_GROUP_SWITCH };
static const struct names acl_names = {
	.switch_ifindex = CVSWITCH_A_ACL_LOG_SWITCH, .port_ifindex = CVSWITCH_A_ACL_LOG_PORT,
	.old_port = CVSWITCH_A_ACL_LOG_IN_PORT };

static const struct event {
	const char *type;	/* in JSON, and the first word of the text */
	const struct attr_set *set;
	const struct names *names;
	void (*print)(const struct obj *obj);
} known_events[] = {
	[CVSWITCH_CMD_SWITCH_ADD_NTF] = {
		"switch-add", &switch_attrs, &switch_names, print_switch },
	[CVSWITCH_CMD_SWITCH_SET_NTF] = {
		"switch-set", &switch_attrs, &switch_names, print_switch },
	[CVSWITCH_CMD_SWITCH_DEL_NTF] = {
		"switch-del", &switch_attrs, &switch_names, print_switch },
	[CVSWITCH_CMD_PORT_ADD_NTF] = { "port-add", &port_attrs, &port_names, print_port },
	[CVSWITCH_CMD_PORT_SET_NTF] = { "port-set", &port_attrs, &port_names, print_port },
	[CVSWITCH_CMD_PORT_DEL_NTF] = { "port-del", &port_attrs, &port_names, print_port },
	[CVSWITCH_CMD_VLAN_ADD_NTF] = { "vlan-add", &vlan_attrs, &vlan_names, print_vlan },
	[CVSWITCH_CMD_VLAN_DEL_NTF] = { "vlan-del", &vlan_attrs, &vlan_names, print_vlan },
	[CVSWITCH_CMD_FDB_NTF] = { "fdb", &fdb_attrs, &fdb_names, print_fdb },
	[CVSWITCH_CMD_DROP_NTF] = { "drop", &drop_attrs, &drop_names, print_drop },
	[CVSWITCH_CMD_TUNNEL_SET_NTF] = {
		"tunnel-set", &tunnel_attrs, &tunnel_names, print_tunnel },
	[CVSWITCH_CMD_TUNNEL_DEL_NTF] = {
		"tunnel-del", &tunnel_attrs, &tunnel_names, print_tunnel },
	[CVSWITCH_CMD_REMOTE_ADD_NTF] = {
		"remote-add", &remote_attrs, &remote_names, print_remote },
	[CVSWITCH_CMD_REMOTE_SET_NTF] = {
		"remote-set", &remote_attrs, &remote_names, print_remote },
	[CVSWITCH_CMD_REMOTE_DEL_NTF] = {
		"remote-del", &remote_attrs, &remote_names, print_remote },
	[CVSWITCH_CMD_VNI_ADD_NTF] = { "vni-add", &vni_attrs, &vni_names, print_vni },
	[CVSWITCH_CMD_VNI_DEL_NTF] = { "vni-del", &vni_attrs, &vni_names, print_vni },
	[CVSWITCH_CMD_NEIGH_NTF] = { "neigh", &neigh_attrs, &neigh_names, print_neigh },
	[CVSWITCH_CMD_PROFILE_ADD_NTF] = {
		"profile-add", &profile_attrs, &profile_names, print_profile_event },
	[CVSWITCH_CMD_PROFILE_SET_NTF] = {
		"profile-set", &profile_attrs, &profile_names, print_profile_event },
	[CVSWITCH_CMD_PROFILE_DEL_NTF] = {
		"profile-del", &profile_attrs, &profile_names, print_profile_event },
	[CVSWITCH_CMD_GROUP_ADD_NTF] = {
		"group-add", &group_attrs, &group_names, print_group_event },
	[CVSWITCH_CMD_GROUP_SET_NTF] = {
		"group-set", &group_attrs, &group_names, print_group_event },
	[CVSWITCH_CMD_GROUP_DEL_NTF] = {
		"group-del", &group_attrs, &group_names, print_group_event },
	[CVSWITCH_CMD_ACL_LOG_NTF] = { "acl", &acl_log_attrs, &acl_names, print_acl_event },
};

static const char *name_of(const struct obj *obj, uint16_t id)
{
	return device_name(obj_u32(obj, id));
}

static void print_switch(const struct obj *obj)
{
	char mac[24];

	printf("%s: %s, address %s, MTU %u, vlan-aware %s, ageing %u, short-path %s, fdb-max %u",
	       obj_str(obj, CVSWITCH_A_SWITCH_NAME),
	       obj_u32(obj, CVSWITCH_A_SWITCH_UP) ? "up" : "down",
	       out_mac(mac, sizeof(mac), obj_mac(obj, CVSWITCH_A_SWITCH_ADDRESS)),
	       obj_u32(obj, CVSWITCH_A_SWITCH_MTU),
	       obj_u32(obj, CVSWITCH_A_SWITCH_VLAN_AWARE) ? "on" : "off",
	       obj_u32(obj, CVSWITCH_A_SWITCH_AGEING_TIME),
	       obj_word(obj, CVSWITCH_A_SWITCH_SHORT_PATH)->name,
	       obj_u32(obj, CVSWITCH_A_SWITCH_FDB_MAX));
	printf(", policy %s, acl-budget %u\n", obj_word(obj, CVSWITCH_A_SWITCH_POLICY)->name,
	       obj_u32(obj, CVSWITCH_A_SWITCH_ACL_BUDGET));
}

static void print_port(const struct obj *obj)
{
	char settings[CELL_MAX];

	port_cell_settings(obj, settings, sizeof(settings));
	printf("%s of %s: %s, settings %s\n", obj_str(obj, CVSWITCH_A_PORT_NAME),
	       name_of(obj, CVSWITCH_A_PORT_SWITCH), obj_word(obj, CVSWITCH_A_PORT_STATE)->name,
	       settings);
}

static void print_vlan(const struct obj *obj)
{
	printf("%s of %s: %u", name_of(obj, CVSWITCH_A_VLAN_PORT),
	       name_of(obj, CVSWITCH_A_VLAN_SWITCH), obj_u32(obj, CVSWITCH_A_VLAN_VID));
	if (obj_u32(obj, CVSWITCH_A_VLAN_VID_END) > obj_u32(obj, CVSWITCH_A_VLAN_VID))
		printf("-%u", obj_u32(obj, CVSWITCH_A_VLAN_VID_END));
	printf("%s%s\n", obj_u32(obj, CVSWITCH_A_VLAN_PVID) ? " pvid" : "",
	       obj_u32(obj, CVSWITCH_A_VLAN_UNTAGGED) ? " untagged" : "");
}

/* "veth1" or "remote 192.0.2.2": an entry has one or the other. */
static void print_place(const struct obj *obj, uint16_t port, uint16_t remote)
{
	char address[64];

	if (obj_has(obj, remote))
		printf(" remote %s", out_setting(address, sizeof(address), obj, remote));
	else
		printf(" %s", name_of(obj, port));
}

static void print_fdb(const struct obj *obj)
{
	const bool from_remote = obj_has(obj, CVSWITCH_A_FDB_REMOTE) &&
		obj_u32(obj, CVSWITCH_A_FDB_EVENT) == CVSWITCH_FDB_EVENT_LEARNED;
	const char *event = obj_word(obj, CVSWITCH_A_FDB_EVENT)->name;
	const char *kind = obj_word(obj, CVSWITCH_A_FDB_KIND)->name;
	char mac[24];

	printf("%s", event);
	if (strcmp(event, kind))
		printf(" %s", kind);
	printf(" %s", out_mac(mac, sizeof(mac), obj_mac(obj, CVSWITCH_A_FDB_MAC)));
	if (obj_u32(obj, CVSWITCH_A_FDB_VLAN))
		printf(" vlan %u", obj_u32(obj, CVSWITCH_A_FDB_VLAN));
	if (obj_has(obj, CVSWITCH_A_FDB_OLD_PORT) || obj_has(obj, CVSWITCH_A_FDB_OLD_REMOTE)) {
		printf(" from");
		print_place(obj, CVSWITCH_A_FDB_OLD_PORT, CVSWITCH_A_FDB_OLD_REMOTE);
		printf(" to");
	} else {
		printf(from_remote ? " from" : " at");
	}
	print_place(obj, CVSWITCH_A_FDB_PORT, CVSWITCH_A_FDB_REMOTE);
	printf(" of %s", name_of(obj, CVSWITCH_A_FDB_SWITCH));
	if (obj_u32(obj, CVSWITCH_A_FDB_MOVES))
		printf(", %u move%s", obj_u32(obj, CVSWITCH_A_FDB_MOVES),
		       out_plural(obj_u32(obj, CVSWITCH_A_FDB_MOVES)));
	putchar('\n');
}

static void print_drop(const struct obj *obj)
{
	char from[24], to[24];

	printf("%s at %s of %s: %s to %s, type 0x%04x",
	       obj_word(obj, CVSWITCH_A_DROP_REASON)->name,
	       obj_u32(obj, CVSWITCH_A_DROP_TUNNEL) ? "tunnel" : name_of(obj, CVSWITCH_A_DROP_PORT),
	       name_of(obj, CVSWITCH_A_DROP_SWITCH),
	       out_mac(from, sizeof(from), obj_mac(obj, CVSWITCH_A_DROP_SOURCE)),
	       out_mac(to, sizeof(to), obj_mac(obj, CVSWITCH_A_DROP_DESTINATION)),
	       obj_u32(obj, CVSWITCH_A_DROP_ETHERTYPE));
	if (obj_u32(obj, CVSWITCH_A_DROP_VLAN))
		printf(", vlan %u", obj_u32(obj, CVSWITCH_A_DROP_VLAN));
	printf(", %u bytes", obj_u32(obj, CVSWITCH_A_DROP_LENGTH));
	if (obj_u32(obj, CVSWITCH_A_DROP_LOST))
		printf(" (and %u not shown)", obj_u32(obj, CVSWITCH_A_DROP_LOST));
	putchar('\n');
}

/* What is gone may be told without its settings. */
static void print_tunnel(const struct obj *obj)
{
	char text[CELL_MAX];

	printf("tunnel of %s", name_of(obj, CVSWITCH_A_TUNNEL_SWITCH));
	if (obj_has(obj, CVSWITCH_A_TUNNEL_LOCAL)) {
		printf(": ");
		if (obj_has(obj, CVSWITCH_A_TUNNEL_VNI))
			printf("vni %u, ", obj_u32(obj, CVSWITCH_A_TUNNEL_VNI));
		printf("local %s, port %u, ",
		       out_setting(text, sizeof(text), obj, CVSWITCH_A_TUNNEL_LOCAL),
		       obj_u32(obj, CVSWITCH_A_TUNNEL_PORT));
		tunnel_cell_settings(obj, text, sizeof(text));
		printf("settings %s", text);
	}
	putchar('\n');
}

static void print_remote(const struct obj *obj)
{
	char text[64];

	printf("remote %s of %s", out_setting(text, sizeof(text), obj, CVSWITCH_A_REMOTE_ADDRESS),
	       name_of(obj, CVSWITCH_A_REMOTE_SWITCH));
	if (obj_has(obj, CVSWITCH_A_REMOTE_FLOOD))
		printf(": flood %s, fdb-max %s",
		       obj_u32(obj, CVSWITCH_A_REMOTE_FLOOD) ? "on" : "off",
		       out_setting(text, sizeof(text), obj, CVSWITCH_A_REMOTE_FDB_MAX));
	putchar('\n');
}

static void print_vni(const struct obj *obj)
{
	printf("VNI %u of %s", obj_u32(obj, CVSWITCH_A_VNI_VNI),
	       name_of(obj, CVSWITCH_A_VNI_SWITCH));
	if (obj_u32(obj, CVSWITCH_A_VNI_VLAN))
		printf(": vlan %u", obj_u32(obj, CVSWITCH_A_VNI_VLAN));
	putchar('\n');
}

static void print_neigh(const struct obj *obj)
{
	const char *event = obj_word(obj, CVSWITCH_A_NEIGH_EVENT)->name;
	const char *kind = obj_word(obj, CVSWITCH_A_NEIGH_KIND)->name;
	char ip[64], mac[24];

	printf("%s", event);
	if (strcmp(event, kind))
		printf(" %s", kind);
	printf(" %s", out_setting(ip, sizeof(ip), obj, CVSWITCH_A_NEIGH_IP));
	if (obj_u32(obj, CVSWITCH_A_NEIGH_VLAN))
		printf(" vlan %u", obj_u32(obj, CVSWITCH_A_NEIGH_VLAN));
	if (obj_has(obj, CVSWITCH_A_NEIGH_OLD_MAC))
		printf(" from %s to",
		       out_mac(mac, sizeof(mac), obj_mac(obj, CVSWITCH_A_NEIGH_OLD_MAC)));
	else
		printf(" is");
	printf(" %s", out_mac(mac, sizeof(mac), obj_mac(obj, CVSWITCH_A_NEIGH_MAC)));
	if (obj_has(obj, CVSWITCH_A_NEIGH_PORT) || obj_has(obj, CVSWITCH_A_NEIGH_REMOTE)) {
		printf(" at");
		print_place(obj, CVSWITCH_A_NEIGH_PORT, CVSWITCH_A_NEIGH_REMOTE);
	}
	printf(" of %s\n", name_of(obj, CVSWITCH_A_NEIGH_SWITCH));
}

/* A device may have got its name, another one, or lost it, since it was last printed. */
static void refresh_names(const struct obj *obj, const struct names *names)
{
	if (names->ifindex)
		device_renamed(obj_u32(obj, names->ifindex), obj_str(obj, names->name));
	if (names->switch_ifindex)
		device_renamed(obj_u32(obj, names->switch_ifindex), NULL);
	if (names->port_ifindex)
		device_renamed(obj_u32(obj, names->port_ifindex), NULL);
	if (names->old_port)
		device_renamed(obj_u32(obj, names->old_port), NULL);
}

/* Begins an event: in JSON, an object that is still to be filled and printed. */
static json_t *begin(const char *type)
{
	struct timespec now;
	char text[16];
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	if (out_json)
		return json_pack("{s:f, s:s}", "time", now.tv_sec + now.tv_nsec / 1e9, "type",
				 type);
	localtime_r(&now.tv_sec, &tm);
	strftime(text, sizeof(text), "%H:%M:%S", &tm);
	printf("%s.%03ld  %-10s  ", text, now.tv_nsec / 1000000, type);
	return NULL;
}

static void on_event(uint8_t cmd, const void *attrs, size_t len)
{
	const struct event *event;
	struct obj obj;
	json_t *json;

	if (cmd >= ARRAY_SIZE(known_events) || !known_events[cmd].type)
		return;
	event = &known_events[cmd];
	obj_parse(&obj, event->set, attrs, len);
	refresh_names(&obj, event->names);
	json = begin(event->type);
	if (json) {
		json_object_update_new(json, out_obj(&obj));
		out_document(json);
	} else {
		event->print(&obj);
	}
	say_flush();
}

static void on_lost(void)
{
	json_t *json = begin("lost");

	if (json)
		out_document(json);
	else
		puts("events came faster than they were read; some are missing here");
	say_flush();
}

/* Learns the names of all that is there, for events about what is gone. */
static int learn_names(void)
{
	struct table table;
	struct obj obj;
	struct req req;
	int status;
	size_t i;

	req_init(&req, CVSWITCH_CMD_PORT_GET, &port_attrs, 0);
	table_init(&table, &port_attrs);
	status = cvs_nl_dump(&req, &table, "monitor");
	for (i = 0; i < table.count; i++) {
		table_get(&table, i, &obj);
		device_renamed(obj_u32(&obj, CVSWITCH_A_PORT_IFINDEX),
			       obj_str(&obj, CVSWITCH_A_PORT_NAME));
	}
	table_free(&table);
	return status;
}

static int monitor(struct args *args)
{
	static const char *const groups[] = {
		CVSWITCH_MCGRP_CONFIG, CVSWITCH_MCGRP_FDB, CVSWITCH_MCGRP_DROPS,
		CVSWITCH_MCGRP_ACL };
	static const struct listener listener = { .event = on_event, .lost = on_lost };
	bool wanted[ARRAY_SIZE(groups)] = { false }, any = false;
	int status = EXIT_DONE;
	size_t i;

	while (args_peek(args)) {
		for (i = 0; i < ARRAY_SIZE(groups) && !args_if(args, groups[i]); i++)
			;
		if (i == ARRAY_SIZE(groups))
			args_unexpected(args, "config, fdb, drops, acl");
		else
			wanted[i] = true;
		any = true;
	}
	if (!args_end(args))
		return EXIT_USAGE;
	for (i = 0; i < ARRAY_SIZE(groups) && !status; i++) {
		if (wanted[i] || !any)
			status = cvs_nl_join(groups[i]);
	}
	if (!status)
		status = learn_names();
	return status ? status : cvs_nl_listen(&listener);
}

static const struct command commands[] = {
	{ "", monitor, "[config] [fdb] [drops] [acl]" },
	{ NULL, NULL, NULL },
};

const struct object monitor_object = {
	"monitor", "what happens, as it happens", commands, "", NULL,
};
