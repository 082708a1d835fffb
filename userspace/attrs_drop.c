// SPDX-License-Identifier: GPL-2.0
/* Why frames are dropped. */
#include "attrs.h"

#include <linux/cvswitch.h>

static const struct word drop_reason_words[] = {
	[CVSWITCH_DROP_REASON_INVALID_SOURCE] = {
		.name = "invalid-source",
		.means = "The source address is a group address or zero.",
		.next = "find the program behind this port that sends such frames" },
	[CVSWITCH_DROP_REASON_OWN_SOURCE] = {
		.name = "own-source",
		.means = "The port sent a frame with the switch's own address as source.",
		.next = "look for a loop behind this port, or a container with that address" },
	[CVSWITCH_DROP_REASON_LINK_LOCAL] = {
		.name = "link-local",
		.means = "A switch never forwards control frames (01:80:c2:00:00:0X).",
		.next = "nothing, if LLDP, LACP or STP runs behind this port" },
	[CVSWITCH_DROP_REASON_BPDU_GUARD] = {
		.name = "bpdu-guard",
		.means = "The port is blocked because it received a BPDU.",
		.next = "find the bridge behind this port, then set the port down and up" },
	[CVSWITCH_DROP_REASON_SWITCH_DOWN] = {
		.name = "switch-down",
		.means = "The switch is administratively down.",
		.next = "ip link set SWITCH up" },
	[CVSWITCH_DROP_REASON_PORT_DOWN] = {
		.name = "port-down",
		.means = "The port the frame came from or had to leave by is down.",
		.next = "cvswitch-ctl port show SWITCH; set both ends of its veth pair up" },
	[CVSWITCH_DROP_REASON_MALFORMED] = {
		.name = "malformed",
		.means = "The frame is too short for the headers it announces.",
		.next = "find the program behind this port that sends such frames" },
	[CVSWITCH_DROP_REASON_VLAN_INGRESS] = {
		.name = "vlan-ingress",
		.means = "The port the frame came from is not a member of its VLAN.",
		.next = "cvswitch-ctl vlan show PORT; without a pvid only tagged frames enter" },
	[CVSWITCH_DROP_REASON_VLAN_EGRESS] = {
		.name = "vlan-egress",
		.means = "The port the frame had to leave by is not a member of its VLAN.",
		.next = "cvswitch-ctl vlan show SWITCH, and fdb show SWITCH for the port" },
	[CVSWITCH_DROP_REASON_SAME_PORT] = {
		.name = "same-port",
		.means = "The destination is at the port the frame came from, and hairpin is off.",
		.next = "nothing, if there is a switch behind this port; else its hairpin" },
	[CVSWITCH_DROP_REASON_ISOLATED] = {
		.name = "isolated",
		.means = "Both ports are isolated.",
		.next = "nothing, if intended; else cvswitch-ctl port set PORT isolated off" },
	[CVSWITCH_DROP_REASON_STORM_UNICAST] = {
		.name = "storm-unicast",
		.means = "More frames to unknown addresses per second than the port may flood.",
		.next = "find who sends to addresses that nobody has; or raise limit-unicast" },
	[CVSWITCH_DROP_REASON_STORM_MULTICAST] = {
		.name = "storm-multicast",
		.means = "More multicast frames per second than the port may flood.",
		.next = "find the sender behind this port; or raise limit-multicast" },
	[CVSWITCH_DROP_REASON_STORM_BROADCAST] = {
		.name = "storm-broadcast",
		.means = "More broadcast frames per second than the port may flood.",
		.next = "look for a loop behind this port; or raise limit-broadcast" },
	[CVSWITCH_DROP_REASON_NO_RECEIVER] = {
		.name = "no-receiver",
		.means = "The frame had to be flooded and no other port takes it.",
		.next = "cvswitch-ctl port show SWITCH: are other ports up, and do they flood?" },
	[CVSWITCH_DROP_REASON_TOO_BIG] = {
		.name = "too-big", .way = WAY_OUT,
		.means = "The frame is longer than the MTU of the port it had to leave by.",
		.next = "give all ports and the containers' ends one MTU: ip link set DEV mtu N" },
	[CVSWITCH_DROP_REASON_TX_REFUSED] = {
		.name = "tx-refused", .way = WAY_OUT,
		.means = "The port's device or its queueing discipline refused the frame.",
		.next = "ip -s link show PORT, tc -s qdisc show dev PORT; is the peer up?" },
	[CVSWITCH_DROP_REASON_NO_MEMORY] = {
		.name = "no-memory", .way = WAY_OUT,
		.means = "No memory for a copy of the frame.",
		.next = "free -m; dmesg | tail" },
	[CVSWITCH_DROP_REASON_TUNNEL_UNKNOWN_VTEP] = {
		.name = "tunnel-unknown-vtep",
		.means = "It came through the tunnel from an address that is no remote.",
		.next = "tcpdump -ni any udp port 4789; if it is one of ours: remote add" },
	[CVSWITCH_DROP_REASON_TUNNEL_WRONG_VTEP] = {
		.name = "tunnel-wrong-vtep",
		.means = "It came through the tunnel, but its source is set to be elsewhere.",
		.next = "cvswitch-ctl fdb show SWITCH static; has the address moved since?" },
	[CVSWITCH_DROP_REASON_TUNNEL_RESERVED] = {
		.name = "tunnel-reserved",
		.means = "The VXLAN header has reserved bits set.",
		.next = "find who sends such headers; if they do no harm: ignore-reserved" },
	[CVSWITCH_DROP_REASON_TUNNEL_ECN] = {
		.name = "tunnel-ecn",
		.means = "The underlay marked it as congested, but its sender doesn't do ECN.",
		.next = "look for congestion between the hosts, and for who marks all packets" },
	[CVSWITCH_DROP_REASON_TUNNEL_NO_VNI] = {
		.name = "tunnel-no-vni", .way = WAY_OUT,
		.means = "The frame's VLAN has no VNI, so it can't leave by the tunnel.",
		.next = "cvswitch-ctl vni show SWITCH; vni add SWITCH VNI vlan VID" },
	[CVSWITCH_DROP_REASON_TUNNEL_NO_ROUTE] = {
		.name = "tunnel-no-route", .way = WAY_OUT,
		.means = "The underlay has no route to the remote.",
		.next = "cvswitch-ctl remote show SWITCH: which one? ip route get ADDR" },
	[CVSWITCH_DROP_REASON_TUNNEL_LOOP] = {
		.name = "tunnel-loop", .way = WAY_OUT,
		.means = "The way to the remote leads through this switch or too many tunnels.",
		.next = "ip route get ADDR of each remote: not by SWITCH or what is on top of it" },
	[CVSWITCH_DROP_REASON_TUNNEL_TOO_BIG] = {
		.name = "tunnel-too-big", .way = WAY_OUT,
		.means = "The frame is longer than what the tunnel carries.",
		.next = "set the containers' MTU to the underlay's less 50, with IPv6 less 70" },
	[CVSWITCH_DROP_REASON_TUNNEL_QUEUE_FULL] = {
		.name = "tunnel-queue-full", .way = WAY_OUT,
		.means = "More frames wait to be replicated to many remotes than may.",
		.next = "find who floods, or set flood off for remotes that can do without" },
	[CVSWITCH_DROP_REASON_ACL_INGRESS] = {
		.name = "acl-ingress",
		.means = "A rule of the port the frame came from drops it.",
		.next = "cvswitch-ctl acl show SWITCH: which rule counts? log names the frames" },
	[CVSWITCH_DROP_REASON_ACL_EGRESS] = {
		.name = "acl-egress", .way = WAY_OUT,
		.means = "A rule of the port the frame had to leave by drops it.",
		.next = "cvswitch-ctl acl show SWITCH: which rule counts? log names the frames" },
	[CVSWITCH_DROP_REASON_ACL_REJECT] = {
		.name = "acl-reject", .way = WAY_EITHER,
		.means = "A rule or profile's default rejects it; its sender was told if possible.",
		.next = "cvswitch-ctl acl show SWITCH: which rule counts? If none, profile show" },
	[CVSWITCH_DROP_REASON_ACL_DEFAULT] = {
		.name = "acl-default", .way = WAY_EITHER,
		.means = "No rule accepts it, and the profile drops what no rule decides.",
		.next = "cvswitch-ctl monitor drops tells which frames; is a rule missing?" },
	[CVSWITCH_DROP_REASON_ACL_CLOSED] = {
		.name = "acl-closed", .way = WAY_EITHER,
		.means = "No profile decides, and the policy of the switch is closed.",
		.next = "cvswitch-ctl port show SWITCH: which port has no profile? port set PORT" },
	[CVSWITCH_DROP_REASON_SPOOFED_MAC] = {
		.name = "spoofed-mac",
		.means = "The port is bound to other source MAC addresses.",
		.next = "cvswitch-ctl port show PORT: is a mac missing? Else see who pretends" },
	[CVSWITCH_DROP_REASON_SPOOFED_IP4] = {
		.name = "spoofed-ip4",
		.means = "The port is bound to other addresses than the IPv4 source.",
		.next = "cvswitch-ctl port show PORT: is an ip missing? Or does it route?" },
	[CVSWITCH_DROP_REASON_SPOOFED_IP6] = {
		.name = "spoofed-ip6",
		.means = "The port is bound to other addresses than the IPv6 source.",
		.next = "cvswitch-ctl port show PORT: is an ip missing? Or does it route?" },
	[CVSWITCH_DROP_REASON_SPOOFED_ARP] = {
		.name = "spoofed-arp",
		.means = "ARP says that the sender is somebody to whom the port isn't bound.",
		.next = "cvswitch-ctl port show PORT: is a mac or ip missing?" },
	[CVSWITCH_DROP_REASON_SPOOFED_ND] = {
		.name = "spoofed-nd",
		.means = "Neighbour discovery claims a MAC or IP address of somebody else.",
		.next = "cvswitch-ctl port show PORT: is a mac or ip missing?" },
	[CVSWITCH_DROP_REASON_DHCP_SERVER] = {
		.name = "dhcp-server",
		.means = "A DHCP server's message from a port that isn't to have one.",
		.next = "find the server there; or cvswitch-ctl port set PORT dhcp-server on" },
	[CVSWITCH_DROP_REASON_ROUTER_ADVERT] = {
		.name = "router-advert",
		.means = "A router's message from a port that isn't to have a router.",
		.next = "find the router there; or cvswitch-ctl port set PORT router on" },
	[CVSWITCH_DROP_REASON_ACL_MALFORMED] = {
		.name = "acl-malformed", .way = WAY_EITHER,
		.means = "Rules can't tell what it is: its headers are cut short or disagree.",
		.next = "find the program behind this port that sends such frames" },
};

WORDS(drop_reasons, drop_reason_words);
