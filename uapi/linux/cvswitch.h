/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/cvswitch.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_CVSWITCH_H
#define _UAPI_LINUX_CVSWITCH_H

#define CVSWITCH_GENL_NAME	"cvswitch"
#define CVSWITCH_GENL_VERSION	1

#define CVSWITCH_AGEING_TIME_MAX	1000000
#define CVSWITCH_FDB_MAX_MAX		1048576
#define CVSWITCH_LIMIT_MAX		1000000000

/**
 * enum cvswitch_short_path - Whether frames may skip the second half of a veth
 *   pair.
 * @CVSWITCH_SHORT_PATH_OFF: Every frame leaves through the transmit path of
 *   its port.
 * @CVSWITCH_SHORT_PATH_AUTO: Frames take the short path wherever its
 *   conditions hold.
 */
enum cvswitch_short_path {
	CVSWITCH_SHORT_PATH_OFF,
	CVSWITCH_SHORT_PATH_AUTO,
};

/**
 * enum cvswitch_port_state
 * @CVSWITCH_PORT_STATE_DOWN: The port's device is administratively down or has
 *   no carrier.
 * @CVSWITCH_PORT_STATE_FORWARDING: The port sends and receives.
 * @CVSWITCH_PORT_STATE_BPDU_BLOCKED: The port received a BPDU with its BPDU
 *   guard on; it stays blocked until it is set down or the guard is switched
 *   off.
 */
enum cvswitch_port_state {
	CVSWITCH_PORT_STATE_DOWN,
	CVSWITCH_PORT_STATE_FORWARDING,
	CVSWITCH_PORT_STATE_BPDU_BLOCKED,
};

/**
 * enum cvswitch_short_state - Whether a port can be reached by the short path
 *   now, or the first condition that stands against it.
 * @CVSWITCH_SHORT_STATE_ELIGIBLE: Frames to this port take the short path.
 * @CVSWITCH_SHORT_STATE_SWITCHED_OFF: The switch's short-path setting is off.
 * @CVSWITCH_SHORT_STATE_NOT_VETH: The port's device is not one end of a veth
 *   pair.
 * @CVSWITCH_SHORT_STATE_SAME_NETNS: The other end of the pair is in the
 *   switch's own namespace.
 * @CVSWITCH_SHORT_STATE_PEER_DOWN: The other end is down.
 * @CVSWITCH_SHORT_STATE_PEER_HANDLER: The other end is itself a port of a
 *   bridge, switch or the like.
 * @CVSWITCH_SHORT_STATE_PEER_VLAN: The other end has VLAN devices, which may
 *   be ports of a bridge, switch or the like.
 * @CVSWITCH_SHORT_STATE_PEER_XDP: The other end has an XDP program in driver
 *   mode.
 * @CVSWITCH_SHORT_STATE_PEER_GRO: The other end does GRO through NAPI.
 * @CVSWITCH_SHORT_STATE_PEER_RPS: The other end steers its receive packets
 *   (RPS).
 * @CVSWITCH_SHORT_STATE_QDISC: The port's device has a queueing discipline.
 * @CVSWITCH_SHORT_STATE_EGRESS_HOOK: The port's device has a tc or netfilter
 *   egress hook.
 * @CVSWITCH_SHORT_STATE_TAP: A packet socket listens on the port's device.
 */
enum cvswitch_short_state {
	CVSWITCH_SHORT_STATE_ELIGIBLE,
	CVSWITCH_SHORT_STATE_SWITCHED_OFF,
	CVSWITCH_SHORT_STATE_NOT_VETH,
	CVSWITCH_SHORT_STATE_SAME_NETNS,
	CVSWITCH_SHORT_STATE_PEER_DOWN,
	CVSWITCH_SHORT_STATE_PEER_HANDLER,
	CVSWITCH_SHORT_STATE_PEER_VLAN,
	CVSWITCH_SHORT_STATE_PEER_XDP,
	CVSWITCH_SHORT_STATE_PEER_GRO,
	CVSWITCH_SHORT_STATE_PEER_RPS,
	CVSWITCH_SHORT_STATE_QDISC,
	CVSWITCH_SHORT_STATE_EGRESS_HOOK,
	CVSWITCH_SHORT_STATE_TAP,
};

/**
 * enum cvswitch_fdb_kind
 * @CVSWITCH_FDB_KIND_LEARNED: Learned from a frame's source address; ages, and
 *   moves with the address.
 * @CVSWITCH_FDB_KIND_STATIC: Set by the administrator; never ages, never
 *   overridden by learning.
 * @CVSWITCH_FDB_KIND_STICKY: Learned once; ages like a learned entry but never
 *   moves to another port by itself.
 * @CVSWITCH_FDB_KIND_LOCAL: The switch's own address.
 */
enum cvswitch_fdb_kind {
	CVSWITCH_FDB_KIND_LEARNED,
	CVSWITCH_FDB_KIND_STATIC,
	CVSWITCH_FDB_KIND_STICKY,
	CVSWITCH_FDB_KIND_LOCAL,
};

/**
 * enum cvswitch_fdb_event
 * @CVSWITCH_FDB_EVENT_LEARNED: A new address was learned.
 * @CVSWITCH_FDB_EVENT_MOVED: A learned address moved from old-port to port.
 * @CVSWITCH_FDB_EVENT_DAMPED: An address moved too often; it stays where it is
 *   for a while.
 * @CVSWITCH_FDB_EVENT_AGED: An address was not seen for the ageing time.
 * @CVSWITCH_FDB_EVENT_ADDED: An entry was added or replaced by request.
 * @CVSWITCH_FDB_EVENT_DELETED: An entry was deleted by request, by a flush or
 *   with its port.
 */
enum cvswitch_fdb_event {
	CVSWITCH_FDB_EVENT_LEARNED,
	CVSWITCH_FDB_EVENT_MOVED,
	CVSWITCH_FDB_EVENT_DAMPED,
	CVSWITCH_FDB_EVENT_AGED,
	CVSWITCH_FDB_EVENT_ADDED,
	CVSWITCH_FDB_EVENT_DELETED,
};

/**
 * enum cvswitch_drop_reason - Why a frame went no further. Every dropped frame
 *   has exactly one.
 * @CVSWITCH_DROP_REASON_INVALID_SOURCE: The source address is a group address
 *   or zero.
 * @CVSWITCH_DROP_REASON_OWN_SOURCE: A port sent a frame with the switch's own
 *   address as source; a loop or a spoofing container.
 * @CVSWITCH_DROP_REASON_LINK_LOCAL: Control frame of IEEE 802.1
 *   (01-80-C2-00-00-0X), which a switch never forwards.
 * @CVSWITCH_DROP_REASON_BPDU_GUARD: The port is blocked because it received a
 *   BPDU.
 * @CVSWITCH_DROP_REASON_SWITCH_DOWN: The switch is administratively down.
 * @CVSWITCH_DROP_REASON_PORT_DOWN: The port the frame came from or had to
 *   leave by is down.
 * @CVSWITCH_DROP_REASON_MALFORMED: The frame is too short for the headers it
 *   announces.
 * @CVSWITCH_DROP_REASON_VLAN_INGRESS: The port the frame came from is not a
 *   member of its VLAN.
 * @CVSWITCH_DROP_REASON_VLAN_EGRESS: The port the frame had to leave by is not
 *   a member of its VLAN.
 * @CVSWITCH_DROP_REASON_SAME_PORT: The destination is at the port the frame
 *   came from, and hairpin is off.
 * @CVSWITCH_DROP_REASON_ISOLATED: Both ports are isolated.
 * @CVSWITCH_DROP_REASON_STORM_UNICAST: More frames to unknown unicast
 *   addresses per second than the port may flood.
 * @CVSWITCH_DROP_REASON_STORM_MULTICAST: More multicast frames per second than
 *   the port may flood.
 * @CVSWITCH_DROP_REASON_STORM_BROADCAST: More broadcast frames per second than
 *   the port may flood.
 * @CVSWITCH_DROP_REASON_NO_RECEIVER: The frame had to be flooded and no other
 *   port takes it.
 * @CVSWITCH_DROP_REASON_TOO_BIG: The frame is longer than the MTU of the port
 *   it had to leave by.
 * @CVSWITCH_DROP_REASON_TX_REFUSED: The port's device or its queueing
 *   discipline refused the frame.
 * @CVSWITCH_DROP_REASON_NO_MEMORY: No memory for a copy of the frame.
 */
enum cvswitch_drop_reason {
	CVSWITCH_DROP_REASON_INVALID_SOURCE,
	CVSWITCH_DROP_REASON_OWN_SOURCE,
	CVSWITCH_DROP_REASON_LINK_LOCAL,
	CVSWITCH_DROP_REASON_BPDU_GUARD,
	CVSWITCH_DROP_REASON_SWITCH_DOWN,
	CVSWITCH_DROP_REASON_PORT_DOWN,
	CVSWITCH_DROP_REASON_MALFORMED,
	CVSWITCH_DROP_REASON_VLAN_INGRESS,
	CVSWITCH_DROP_REASON_VLAN_EGRESS,
	CVSWITCH_DROP_REASON_SAME_PORT,
	CVSWITCH_DROP_REASON_ISOLATED,
	CVSWITCH_DROP_REASON_STORM_UNICAST,
	CVSWITCH_DROP_REASON_STORM_MULTICAST,
	CVSWITCH_DROP_REASON_STORM_BROADCAST,
	CVSWITCH_DROP_REASON_NO_RECEIVER,
	CVSWITCH_DROP_REASON_TOO_BIG,
	CVSWITCH_DROP_REASON_TX_REFUSED,
	CVSWITCH_DROP_REASON_NO_MEMORY,
};

enum {
	CVSWITCH_A_SWITCH_IFINDEX = 1,
	CVSWITCH_A_SWITCH_NAME,
	CVSWITCH_A_SWITCH_ADDRESS,
	CVSWITCH_A_SWITCH_AGEING_TIME,
	CVSWITCH_A_SWITCH_VLAN_AWARE,
	CVSWITCH_A_SWITCH_SHORT_PATH,
	CVSWITCH_A_SWITCH_FDB_MAX,
	CVSWITCH_A_SWITCH_FDB_COUNT,
	CVSWITCH_A_SWITCH_PORT_COUNT,
	CVSWITCH_A_SWITCH_MTU,
	CVSWITCH_A_SWITCH_UP,

	__CVSWITCH_A_SWITCH_MAX,
	CVSWITCH_A_SWITCH_MAX = (__CVSWITCH_A_SWITCH_MAX - 1)
};

enum {
	CVSWITCH_A_PORT_SWITCH = 1,
	CVSWITCH_A_PORT_IFINDEX,
	CVSWITCH_A_PORT_NAME,
	CVSWITCH_A_PORT_STATE,
	CVSWITCH_A_PORT_SHORT_STATE,
	CVSWITCH_A_PORT_ISOLATED,
	CVSWITCH_A_PORT_HAIRPIN,
	CVSWITCH_A_PORT_BPDU_GUARD,
	CVSWITCH_A_PORT_LEARNING,
	CVSWITCH_A_PORT_FLOOD_UNICAST,
	CVSWITCH_A_PORT_FLOOD_MULTICAST,
	CVSWITCH_A_PORT_FLOOD_BROADCAST,
	CVSWITCH_A_PORT_LIMIT_UNICAST,
	CVSWITCH_A_PORT_LIMIT_MULTICAST,
	CVSWITCH_A_PORT_LIMIT_BROADCAST,
	CVSWITCH_A_PORT_FDB_MAX,
	CVSWITCH_A_PORT_FDB_COUNT,

	__CVSWITCH_A_PORT_MAX,
	CVSWITCH_A_PORT_MAX = (__CVSWITCH_A_PORT_MAX - 1)
};

enum {
	CVSWITCH_A_VLAN_SWITCH = 1,
	CVSWITCH_A_VLAN_PORT,
	CVSWITCH_A_VLAN_VID,
	CVSWITCH_A_VLAN_VID_END,
	CVSWITCH_A_VLAN_PVID,
	CVSWITCH_A_VLAN_UNTAGGED,

	__CVSWITCH_A_VLAN_MAX,
	CVSWITCH_A_VLAN_MAX = (__CVSWITCH_A_VLAN_MAX - 1)
};

enum {
	CVSWITCH_A_FDB_SWITCH = 1,
	CVSWITCH_A_FDB_MAC,
	CVSWITCH_A_FDB_VLAN,
	CVSWITCH_A_FDB_PORT,
	CVSWITCH_A_FDB_KIND,
	CVSWITCH_A_FDB_AGE,
	CVSWITCH_A_FDB_MOVES,
	CVSWITCH_A_FDB_DAMPED,
	CVSWITCH_A_FDB_EVENT,
	CVSWITCH_A_FDB_OLD_PORT,
	CVSWITCH_A_FDB_COUNT,
	CVSWITCH_A_FDB_REPLACE,

	__CVSWITCH_A_FDB_MAX,
	CVSWITCH_A_FDB_MAX = (__CVSWITCH_A_FDB_MAX - 1)
};

enum {
	CVSWITCH_A_STATS_SWITCH = 1,
	CVSWITCH_A_STATS_PORT,
	CVSWITCH_A_STATS_PAD,
	CVSWITCH_A_STATS_RX_FRAMES,
	CVSWITCH_A_STATS_RX_BYTES,
	CVSWITCH_A_STATS_TX_FRAMES,
	CVSWITCH_A_STATS_TX_BYTES,
	CVSWITCH_A_STATS_TX_SHORT_FRAMES,
	CVSWITCH_A_STATS_RX_FLOODED,
	CVSWITCH_A_STATS_COPIES,
	CVSWITCH_A_STATS_RX_GSO_FRAMES,
	CVSWITCH_A_STATS_RX_BIG_FRAMES,
	CVSWITCH_A_STATS_LEARN_REFUSED,
	CVSWITCH_A_STATS_DROPS,
	CVSWITCH_A_STATS_DROP,

	__CVSWITCH_A_STATS_MAX,
	CVSWITCH_A_STATS_MAX = (__CVSWITCH_A_STATS_MAX - 1)
};

enum {
	CVSWITCH_A_DROP_COUNT_PAD = 1,
	CVSWITCH_A_DROP_COUNT_REASON,
	CVSWITCH_A_DROP_COUNT_FRAMES,

	__CVSWITCH_A_DROP_COUNT_MAX,
	CVSWITCH_A_DROP_COUNT_MAX = (__CVSWITCH_A_DROP_COUNT_MAX - 1)
};

enum {
	CVSWITCH_A_DROP_SWITCH = 1,
	CVSWITCH_A_DROP_PORT,
	CVSWITCH_A_DROP_REASON,
	CVSWITCH_A_DROP_SOURCE,
	CVSWITCH_A_DROP_DESTINATION,
	CVSWITCH_A_DROP_ETHERTYPE,
	CVSWITCH_A_DROP_VLAN,
	CVSWITCH_A_DROP_LENGTH,
	CVSWITCH_A_DROP_LOST,

	__CVSWITCH_A_DROP_MAX,
	CVSWITCH_A_DROP_MAX = (__CVSWITCH_A_DROP_MAX - 1)
};

enum {
	CVSWITCH_CMD_SWITCH_GET = 1,
	CVSWITCH_CMD_SWITCH_ADD,
	CVSWITCH_CMD_SWITCH_SET,
	CVSWITCH_CMD_SWITCH_DEL,
	CVSWITCH_CMD_SWITCH_ADD_NTF,
	CVSWITCH_CMD_SWITCH_SET_NTF,
	CVSWITCH_CMD_SWITCH_DEL_NTF,
	CVSWITCH_CMD_PORT_GET,
	CVSWITCH_CMD_PORT_ADD,
	CVSWITCH_CMD_PORT_SET,
	CVSWITCH_CMD_PORT_DEL,
	CVSWITCH_CMD_PORT_ADD_NTF,
	CVSWITCH_CMD_PORT_SET_NTF,
	CVSWITCH_CMD_PORT_DEL_NTF,
	CVSWITCH_CMD_VLAN_GET,
	CVSWITCH_CMD_VLAN_ADD,
	CVSWITCH_CMD_VLAN_DEL,
	CVSWITCH_CMD_VLAN_ADD_NTF,
	CVSWITCH_CMD_VLAN_DEL_NTF,
	CVSWITCH_CMD_FDB_GET,
	CVSWITCH_CMD_FDB_ADD,
	CVSWITCH_CMD_FDB_DEL,
	CVSWITCH_CMD_FDB_FLUSH,
	CVSWITCH_CMD_FDB_NTF,
	CVSWITCH_CMD_STATS_GET,
	CVSWITCH_CMD_DROP_NTF,

	__CVSWITCH_CMD_MAX,
	CVSWITCH_CMD_MAX = (__CVSWITCH_CMD_MAX - 1)
};

#define CVSWITCH_MCGRP_CONFIG	"config"
#define CVSWITCH_MCGRP_FDB	"fdb"
#define CVSWITCH_MCGRP_DROPS	"drops"

#endif /* _UAPI_LINUX_CVSWITCH_H */
