// SPDX-License-Identifier: GPL-2.0
#include "attrs.h"

#include <string.h>

#include <linux/cvswitch.h>

static const struct word short_path_words[] = {
	[CVSWITCH_SHORT_PATH_OFF] = { .name = "off" },
	[CVSWITCH_SHORT_PATH_AUTO] = { .name = "auto" },
};

static const struct word port_state_words[] = {
	[CVSWITCH_PORT_STATE_DOWN] = { .name = "down" },
	[CVSWITCH_PORT_STATE_FORWARDING] = { .name = "forwarding" },
	[CVSWITCH_PORT_STATE_BPDU_BLOCKED] = { .name = "bpdu-blocked" },
};

static const struct word short_state_words[] = {
	[CVSWITCH_SHORT_STATE_ELIGIBLE] = { .name = "eligible", .means = "yes" },
	[CVSWITCH_SHORT_STATE_SWITCHED_OFF] = {
		.name = "switched-off", .means = "no: switched off" },
	[CVSWITCH_SHORT_STATE_NOT_VETH] = { .name = "not-veth", .means = "no: not a veth" },
	[CVSWITCH_SHORT_STATE_SAME_NETNS] = {
		.name = "same-netns", .means = "no: peer is in this netns" },
	[CVSWITCH_SHORT_STATE_PEER_DOWN] = { .name = "peer-down", .means = "no: peer is down" },
	[CVSWITCH_SHORT_STATE_PEER_HANDLER] = {
		.name = "peer-handler", .means = "no: peer is itself a port" },
	[CVSWITCH_SHORT_STATE_PEER_VLAN] = {
		.name = "peer-vlan", .means = "no: peer has VLAN devices" },
	[CVSWITCH_SHORT_STATE_PEER_XDP] = { .name = "peer-xdp", .means = "no: peer runs XDP" },
	[CVSWITCH_SHORT_STATE_PEER_GRO] = { .name = "peer-gro", .means = "no: peer does GRO" },
	[CVSWITCH_SHORT_STATE_PEER_RPS] = { .name = "peer-rps", .means = "no: peer does RPS" },
	[CVSWITCH_SHORT_STATE_QDISC] = { .name = "qdisc", .means = "no: has a qdisc" },
	[CVSWITCH_SHORT_STATE_EGRESS_HOOK] = {
		.name = "egress-hook", .means = "no: has an egress hook" },
	[CVSWITCH_SHORT_STATE_TAP] = { .name = "tap", .means = "no: is being captured" },
};

static const struct word fdb_kind_words[] = {
	[CVSWITCH_FDB_KIND_LEARNED] = { .name = "learned" },
	[CVSWITCH_FDB_KIND_STATIC] = { .name = "static" },
	[CVSWITCH_FDB_KIND_STICKY] = { .name = "sticky" },
	[CVSWITCH_FDB_KIND_LOCAL] = { .name = "local" },
};

static const struct word fdb_event_words[] = {
	[CVSWITCH_FDB_EVENT_LEARNED] = { .name = "learned" },
	[CVSWITCH_FDB_EVENT_MOVED] = { .name = "moved" },
	[CVSWITCH_FDB_EVENT_DAMPED] = { .name = "damped" },
	[CVSWITCH_FDB_EVENT_AGED] = { .name = "aged" },
	[CVSWITCH_FDB_EVENT_ADDED] = { .name = "added" },
	[CVSWITCH_FDB_EVENT_DELETED] = { .name = "deleted" },
};

static const struct word neigh_kind_words[] = {
	[CVSWITCH_NEIGH_KIND_LEARNED] = { .name = "learned" },
	[CVSWITCH_NEIGH_KIND_STATIC] = { .name = "static" },
};

static const struct word neigh_event_words[] = {
	[CVSWITCH_NEIGH_EVENT_LEARNED] = { .name = "learned" },
	[CVSWITCH_NEIGH_EVENT_CHANGED] = { .name = "changed" },
	[CVSWITCH_NEIGH_EVENT_AGED] = { .name = "aged" },
	[CVSWITCH_NEIGH_EVENT_ADDED] = { .name = "added" },
	[CVSWITCH_NEIGH_EVENT_DELETED] = { .name = "deleted" },
};

static const struct word tunnel_df_words[] = {
	[CVSWITCH_TUNNEL_DF_UNSET] = { .name = "unset" },
	[CVSWITCH_TUNNEL_DF_SET] = { .name = "set" },
	[CVSWITCH_TUNNEL_DF_INHERIT] = { .name = "inherit" },
};

static const struct word tunnel_source_words[] = {
	[CVSWITCH_TUNNEL_SOURCE_KNOWN] = { .name = "known" },
	[CVSWITCH_TUNNEL_SOURCE_ANY] = { .name = "any" },
};

WORDS(short_paths, short_path_words);
WORDS(port_states, port_state_words);
WORDS(short_states, short_state_words);
WORDS(fdb_kinds, fdb_kind_words);
WORDS(fdb_events, fdb_event_words);
WORDS(neigh_kinds, neigh_kind_words);
WORDS(neigh_events, neigh_event_words);
WORDS(tunnel_dfs, tunnel_df_words);
WORDS(tunnel_sources, tunnel_source_words);

static const struct attr switch_attr[] = {
	[CVSWITCH_A_SWITCH_IFINDEX] = { .name = "ifindex", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_NAME] = { .name = "name", .type = ATTR_STRING },
	[CVSWITCH_A_SWITCH_ADDRESS] = { .name = "address", .arg = "address", .type = ATTR_MAC },
	[CVSWITCH_A_SWITCH_AGEING_TIME] = { .name = "ageing-time", .arg = "ageing",
		.type = ATTR_U32, .max = CVSWITCH_AGEING_TIME_MAX, .zero = "off" },
	[CVSWITCH_A_SWITCH_VLAN_AWARE] = { .name = "vlan-aware", .arg = "vlan-aware",
		.type = ATTR_BOOL },
	[CVSWITCH_A_SWITCH_SHORT_PATH] = { .name = "short-path", .arg = "short-path",
		.type = ATTR_WORD, .words = &short_paths },
	[CVSWITCH_A_SWITCH_FDB_MAX] = { .name = "fdb-max", .arg = "fdb-max",
		.type = ATTR_U32, .min = 1, .max = CVSWITCH_FDB_MAX_MAX },
	[CVSWITCH_A_SWITCH_FDB_COUNT] = { .name = "fdb-count", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_PORT_COUNT] = { .name = "port-count", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_MTU] = { .name = "mtu", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_UP] = { .name = "up", .type = ATTR_BOOL },
	[CVSWITCH_A_SWITCH_OFFERED_MTU] = { .name = "offered-mtu", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_NEIGH_SUPPRESS] = { .name = "neigh-suppress",
		.arg = "neigh-suppress", .type = ATTR_BOOL },
	[CVSWITCH_A_SWITCH_NEIGH_LEARNING] = { .name = "neigh-learning",
		.arg = "neigh-learning", .type = ATTR_BOOL },
	[CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME] = { .name = "neigh-ageing-time",
		.arg = "neigh-ageing", .type = ATTR_U32, .max = CVSWITCH_AGEING_TIME_MAX,
		.zero = "off" },
	[CVSWITCH_A_SWITCH_NEIGH_MAX] = { .name = "neigh-max", .arg = "neigh-max",
		.type = ATTR_U32, .min = 1, .max = CVSWITCH_NEIGH_MAX_MAX },
	[CVSWITCH_A_SWITCH_NEIGH_PORT_MAX] = { .name = "neigh-port-max",
		.arg = "neigh-port-max", .type = ATTR_U32, .min = 1,
		.max = CVSWITCH_NEIGH_MAX_MAX },
	[CVSWITCH_A_SWITCH_NEIGH_COUNT] = { .name = "neigh-count", .type = ATTR_U32 },
	[CVSWITCH_A_SWITCH_POLICY] = { .name = "policy", .arg = "policy", .type = ATTR_WORD,
		.words = &policies },
	[CVSWITCH_A_SWITCH_ACL_BUDGET] = { .name = "acl-budget", .arg = "acl-budget",
		.type = ATTR_U32, .min = 1, .max = UINT32_MAX },
};

static const struct attr port_attr[] = {
	[CVSWITCH_A_PORT_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_PORT_IFINDEX] = { .name = "ifindex", .type = ATTR_U32 },
	[CVSWITCH_A_PORT_NAME] = { .name = "name", .type = ATTR_STRING },
	[CVSWITCH_A_PORT_STATE] = { .name = "state", .type = ATTR_WORD, .words = &port_states },
	[CVSWITCH_A_PORT_SHORT_STATE] = { .name = "short-state", .type = ATTR_WORD,
		.words = &short_states },
	[CVSWITCH_A_PORT_ISOLATED] = { .name = "isolated", .arg = "isolated", .type = ATTR_BOOL },
	[CVSWITCH_A_PORT_HAIRPIN] = { .name = "hairpin", .arg = "hairpin", .type = ATTR_BOOL },
	[CVSWITCH_A_PORT_BPDU_GUARD] = { .name = "bpdu-guard", .arg = "bpdu-guard",
		.type = ATTR_BOOL },
	[CVSWITCH_A_PORT_LEARNING] = { .name = "learning", .arg = "learning", .type = ATTR_BOOL },
	[CVSWITCH_A_PORT_FLOOD_UNICAST] = { .name = "flood-unicast", .arg = "flood-unicast",
		.type = ATTR_BOOL },
	[CVSWITCH_A_PORT_FLOOD_MULTICAST] = { .name = "flood-multicast", .arg = "flood-multicast",
		.type = ATTR_BOOL },
	[CVSWITCH_A_PORT_FLOOD_BROADCAST] = { .name = "flood-broadcast", .arg = "flood-broadcast",
		.type = ATTR_BOOL },
	[CVSWITCH_A_PORT_LIMIT_UNICAST] = { .name = "limit-unicast", .arg = "limit-unicast",
		.type = ATTR_U32, .max = CVSWITCH_LIMIT_MAX, .zero = "off" },
	[CVSWITCH_A_PORT_LIMIT_MULTICAST] = { .name = "limit-multicast", .arg = "limit-multicast",
		.type = ATTR_U32, .max = CVSWITCH_LIMIT_MAX, .zero = "off" },
	[CVSWITCH_A_PORT_LIMIT_BROADCAST] = { .name = "limit-broadcast", .arg = "limit-broadcast",
		.type = ATTR_U32, .max = CVSWITCH_LIMIT_MAX, .zero = "off" },
	[CVSWITCH_A_PORT_FDB_MAX] = { .name = "fdb-max", .arg = "fdb-max",
		.type = ATTR_U32, .max = CVSWITCH_FDB_MAX_MAX, .zero = "off" },
	[CVSWITCH_A_PORT_FDB_COUNT] = { .name = "fdb-count", .type = ATTR_U32 },
	[CVSWITCH_A_PORT_ADMIN_PROFILE] = { .name = "admin-profile", .arg = "admin-profile",
		.type = ATTR_STRING, .zero = "none" },
	[CVSWITCH_A_PORT_TENANT_PROFILE] = { .name = "tenant-profile", .arg = "tenant-profile",
		.alias = "profile", .type = ATTR_STRING, .zero = "none" },
	[CVSWITCH_A_PORT_DEFAULT_PROFILE] = { .name = "default-profile",
		.arg = "default-profile", .type = ATTR_STRING, .zero = "none" },
	[CVSWITCH_A_PORT_BINDING] = { .name = "binding", .type = ATTR_BINDINGS,
		.nested = &member_attrs },
	[CVSWITCH_A_PORT_IDENTITY] = { .name = "identity", .arg = "identity", .type = ATTR_BOOL },
	[CVSWITCH_A_PORT_DHCP_SERVER] = { .name = "dhcp-server", .arg = "dhcp-server",
		.type = ATTR_BOOL },
	[CVSWITCH_A_PORT_ROUTER] = { .name = "router", .arg = "router", .type = ATTR_BOOL },
};

static const struct attr vlan_attr[] = {
	[CVSWITCH_A_VLAN_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_VLAN_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_VLAN_VID] = { .name = "vid", .type = ATTR_U32 },
	[CVSWITCH_A_VLAN_VID_END] = { .name = "vid-end", .type = ATTR_U32 },
	[CVSWITCH_A_VLAN_PVID] = { .name = "pvid", .type = ATTR_BOOL },
	[CVSWITCH_A_VLAN_UNTAGGED] = { .name = "untagged", .type = ATTR_BOOL },
};

static const struct attr fdb_attr[] = {
	[CVSWITCH_A_FDB_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_FDB_MAC] = { .name = "mac", .type = ATTR_MAC },
	[CVSWITCH_A_FDB_VLAN] = { .name = "vlan", .type = ATTR_U32 },
	[CVSWITCH_A_FDB_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_FDB_KIND] = { .name = "kind", .type = ATTR_WORD, .words = &fdb_kinds },
	[CVSWITCH_A_FDB_AGE] = { .name = "age", .type = ATTR_U32 },
	[CVSWITCH_A_FDB_MOVES] = { .name = "moves", .type = ATTR_U32 },
	[CVSWITCH_A_FDB_DAMPED] = { .name = "damped", .type = ATTR_BOOL },
	[CVSWITCH_A_FDB_EVENT] = { .name = "event", .type = ATTR_WORD, .words = &fdb_events },
	[CVSWITCH_A_FDB_OLD_PORT] = { .name = "old-port", .type = ATTR_DEVICE },
	[CVSWITCH_A_FDB_COUNT] = { .name = "count", .type = ATTR_U32 },
	[CVSWITCH_A_FDB_REPLACE] = { .name = "replace", .type = ATTR_BOOL },
	[CVSWITCH_A_FDB_REMOTE] = { .name = "remote", .type = ATTR_IP },
	[CVSWITCH_A_FDB_OLD_REMOTE] = { .name = "old-remote", .type = ATTR_IP },
};

static const struct attr stats_attr[] = {
	[CVSWITCH_A_STATS_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_STATS_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_STATS_RX_FRAMES] = { .name = "rx-frames", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_RX_BYTES] = { .name = "rx-bytes", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_TX_FRAMES] = { .name = "tx-frames", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_TX_BYTES] = { .name = "tx-bytes", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_TX_SHORT_FRAMES] = { .name = "tx-short-frames", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_RX_FLOODED] = { .name = "rx-flooded", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_COPIES] = { .name = "copies", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_RX_GSO_FRAMES] = { .name = "rx-gso-frames", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_RX_BIG_FRAMES] = { .name = "rx-big-frames", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_LEARN_REFUSED] = { .name = "learn-refused", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_DROPS] = { .name = "drops", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_DROP] = { .name = "drop", .type = ATTR_DROPS },
	[CVSWITCH_A_STATS_TUNNEL] = { .name = "tunnel", .type = ATTR_BOOL },
	[CVSWITCH_A_STATS_NEIGH_ANSWERED] = { .name = "neigh-answered", .type = ATTR_U64 },
	[CVSWITCH_A_STATS_NEIGH_REFUSED] = { .name = "neigh-refused", .type = ATTR_U64 },
};

static const struct attr drop_count_attr[] = {
	[CVSWITCH_A_DROP_COUNT_REASON] = { .name = "reason", .type = ATTR_WORD,
		.words = &drop_reasons },
	[CVSWITCH_A_DROP_COUNT_FRAMES] = { .name = "frames", .type = ATTR_U64 },
};

static const struct attr drop_attr[] = {
	[CVSWITCH_A_DROP_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_DROP_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_DROP_REASON] = { .name = "reason", .type = ATTR_WORD, .words = &drop_reasons },
	[CVSWITCH_A_DROP_SOURCE] = { .name = "source", .type = ATTR_MAC },
	[CVSWITCH_A_DROP_DESTINATION] = { .name = "destination", .type = ATTR_MAC },
	[CVSWITCH_A_DROP_ETHERTYPE] = { .name = "ethertype", .type = ATTR_ETHERTYPE },
	[CVSWITCH_A_DROP_VLAN] = { .name = "vlan", .type = ATTR_U32 },
	[CVSWITCH_A_DROP_LENGTH] = { .name = "length", .type = ATTR_U32 },
	[CVSWITCH_A_DROP_LOST] = { .name = "lost", .type = ATTR_U32 },
	[CVSWITCH_A_DROP_TUNNEL] = { .name = "tunnel", .type = ATTR_BOOL },
};

static const struct attr tunnel_attr[] = {
	[CVSWITCH_A_TUNNEL_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_TUNNEL_VNI] = { .name = "vni", .arg = "vni", .type = ATTR_U32,
		.max = CVSWITCH_VNI_MAX },
	[CVSWITCH_A_TUNNEL_LOCAL] = { .name = "local", .arg = "local", .type = ATTR_IP },
	[CVSWITCH_A_TUNNEL_PORT] = { .name = "port", .arg = "port", .type = ATTR_U32,
		.min = 1, .max = UINT16_MAX },
	[CVSWITCH_A_TUNNEL_SOURCE_PORT_MIN] = { .name = "source-port-min", .arg = "source-port",
		.type = ATTR_PORTS, .zero = "auto" },
	[CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX] = { .name = "source-port-max", .type = ATTR_U32 },
	[CVSWITCH_A_TUNNEL_TTL] = { .name = "ttl", .arg = "ttl", .type = ATTR_U32,
		.max = UINT8_MAX, .zero = "auto" },
	[CVSWITCH_A_TUNNEL_DSCP] = { .name = "dscp", .arg = "dscp", .type = ATTR_DSCP },
	[CVSWITCH_A_TUNNEL_DF] = { .name = "df", .arg = "df", .type = ATTR_WORD,
		.words = &tunnel_dfs },
	[CVSWITCH_A_TUNNEL_CHECKSUM] = { .name = "checksum", .arg = "checksum",
		.type = ATTR_BOOL },
	[CVSWITCH_A_TUNNEL_ZERO_CHECKSUM_RX] = { .name = "zero-checksum-rx",
		.arg = "zero-checksum-rx", .type = ATTR_BOOL },
	[CVSWITCH_A_TUNNEL_SOURCE] = { .name = "source", .arg = "source", .type = ATTR_WORD,
		.words = &tunnel_sources },
	[CVSWITCH_A_TUNNEL_LEARNING] = { .name = "learning", .arg = "learning",
		.type = ATTR_BOOL },
	[CVSWITCH_A_TUNNEL_IGNORE_RESERVED] = { .name = "ignore-reserved",
		.arg = "ignore-reserved", .type = ATTR_HEX },
	[CVSWITCH_A_TUNNEL_DEVICE] = { .name = "device", .arg = "device", .type = ATTR_DEVICE,
		.zero = "none" },
	[CVSWITCH_A_TUNNEL_REMOTE_MAX] = { .name = "remote-max", .arg = "remote-max",
		.type = ATTR_U32, .min = 1, .max = CVSWITCH_REMOTE_MAX_MAX },
	[CVSWITCH_A_TUNNEL_REMOTE_COUNT] = { .name = "remote-count", .type = ATTR_U32 },
	[CVSWITCH_A_TUNNEL_RX_MALFORMED] = { .name = "rx-malformed", .type = ATTR_U64 },
	[CVSWITCH_A_TUNNEL_RX_UNKNOWN_VNI] = { .name = "rx-unknown-vni", .type = ATTR_U64 },
};

static const struct attr remote_attr[] = {
	[CVSWITCH_A_REMOTE_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_REMOTE_ADDRESS] = { .name = "address", .type = ATTR_IP },
	[CVSWITCH_A_REMOTE_FLOOD] = { .name = "flood", .arg = "flood", .type = ATTR_BOOL },
	[CVSWITCH_A_REMOTE_FDB_MAX] = { .name = "fdb-max", .arg = "fdb-max",
		.type = ATTR_U32, .max = CVSWITCH_FDB_MAX_MAX, .zero = "off" },
	[CVSWITCH_A_REMOTE_FDB_COUNT] = { .name = "fdb-count", .type = ATTR_U32 },
	[CVSWITCH_A_REMOTE_COUNT] = { .name = "count", .type = ATTR_U32 },
	[CVSWITCH_A_REMOTE_RX_FRAMES] = { .name = "rx-frames", .type = ATTR_U64 },
	[CVSWITCH_A_REMOTE_RX_BYTES] = { .name = "rx-bytes", .type = ATTR_U64 },
	[CVSWITCH_A_REMOTE_TX_FRAMES] = { .name = "tx-frames", .type = ATTR_U64 },
	[CVSWITCH_A_REMOTE_TX_BYTES] = { .name = "tx-bytes", .type = ATTR_U64 },
	[CVSWITCH_A_REMOTE_DROPS] = { .name = "drops", .type = ATTR_U64 },
};

static const struct attr vni_attr[] = {
	[CVSWITCH_A_VNI_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_VNI_VNI] = { .name = "vni", .type = ATTR_U32 },
	[CVSWITCH_A_VNI_VLAN] = { .name = "vlan", .type = ATTR_U32 },
};

static const struct attr neigh_attr[] = {
	[CVSWITCH_A_NEIGH_SWITCH] = { .name = "switch", .type = ATTR_DEVICE },
	[CVSWITCH_A_NEIGH_IP] = { .name = "ip", .type = ATTR_IP },
	[CVSWITCH_A_NEIGH_VLAN] = { .name = "vlan", .type = ATTR_U32 },
	[CVSWITCH_A_NEIGH_MAC] = { .name = "mac", .type = ATTR_MAC },
	[CVSWITCH_A_NEIGH_KIND] = { .name = "kind", .type = ATTR_WORD, .words = &neigh_kinds },
	[CVSWITCH_A_NEIGH_ROUTER] = { .name = "router", .type = ATTR_BOOL },
	[CVSWITCH_A_NEIGH_PORT] = { .name = "port", .type = ATTR_DEVICE },
	[CVSWITCH_A_NEIGH_REMOTE] = { .name = "remote", .type = ATTR_IP },
	[CVSWITCH_A_NEIGH_AGE] = { .name = "age", .type = ATTR_U32 },
	[CVSWITCH_A_NEIGH_EVENT] = { .name = "event", .type = ATTR_WORD, .words = &neigh_events },
	[CVSWITCH_A_NEIGH_OLD_MAC] = { .name = "old-mac", .type = ATTR_MAC },
	[CVSWITCH_A_NEIGH_REPLACE] = { .name = "replace", .type = ATTR_BOOL },
	[CVSWITCH_A_NEIGH_COUNT] = { .name = "count", .type = ATTR_U32 },
};

ATTR_SET(switch, switch_attr);
ATTR_SET(port, port_attr);
ATTR_SET(vlan, vlan_attr);
ATTR_SET(fdb, fdb_attr);
ATTR_SET(stats, stats_attr);
ATTR_SET(drop_count, drop_count_attr);
ATTR_SET(drop, drop_attr);
ATTR_SET(tunnel, tunnel_attr);
ATTR_SET(remote, remote_attr);
ATTR_SET(vni, vni_attr);
ATTR_SET(neigh, neigh_attr);

const struct word *words_get(const struct words *words, uint32_t number)
{
	static const struct word unknown = {
		.name = "unknown",
		.means = "This module is newer than this tool.",
	};

	if (number >= words->count || !words->word[number].name)
		return &unknown;
	return &words->word[number];
}

int words_find(const struct words *words, const char *name)
{
	uint32_t i;

	for (i = 0; i < words->count; i++) {
		if (words->word[i].name && !strcmp(words->word[i].name, name))
			return i;
	}
	return -1;
}
