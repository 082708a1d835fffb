#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# timeout: 240
#
# A refused request says why in words, and points at the attribute that is wrong.
#
#	h1 -- p1 +-----+
#	         | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	read_contract
	topology 1
	SWITCH=$(ifindex sw0)
	PORT=$(ifindex p1)
	LO=$(ifindex lo)
}

# says REGEX ATTRIBUTE COMMAND [ATTRIBUTE...]: the answer has this text, and names the attribute ("-"
# if there is none to name).
says()
{
	local regex=$1 attribute=0 out

	[ "$2" = - ] || attribute=${CONTRACT[$2]}
	shift 2
	out=$(request "$@") && fail "$* was not refused"
	[[ $out != *errno=0* ]] || fail "$*: no error: $out"
	shopt -s nocasematch
	[[ $out =~ message=.*($regex) ]] || fail "$*: '$out' doesn't say '$regex'"
	[[ $out =~ (attribute|missing)=$attribute( |$) ]] ||
		fail "$*: '$out' doesn't name attribute $attribute"
	shopt -u nocasematch
}

test_switch()
{
	says "No such switch" SWITCH_IFINDEX SWITCH_GET SWITCH_IFINDEX:u32:9999
	says "Not a cvswitch device" SWITCH_IFINDEX SWITCH_GET SWITCH_IFINDEX:u32:"$LO"
	says "No settings given" - SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH"
	says "." SWITCH_IFINDEX SWITCH_SET
	says "range" SWITCH_AGEING_TIME SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_AGEING_TIME:u32:1000001
	says "range" SWITCH_VLAN_AWARE SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_VLAN_AWARE:u32:2
	says "range" SWITCH_SHORT_PATH SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_SHORT_PATH:u32:2
	says "group address or zero" SWITCH_ADDRESS SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_ADDRESS:mac:mcast
	says "group address or zero" SWITCH_ADDRESS SWITCH_ADD SWITCH_NAME:str:swx SWITCH_ADDRESS:mac:mcast
	says "exists" SWITCH_NAME SWITCH_ADD SWITCH_NAME:str:sw0
	says "." SWITCH_NAME SWITCH_ADD SWITCH_NAME:str:"a/b"
}

test_port()
{
	says "No such device" PORT_IFINDEX PORT_ADD PORT_SWITCH:u32:"$SWITCH" PORT_IFINDEX:u32:9999
	says "No such|Not a cvswitch" PORT_SWITCH PORT_ADD PORT_SWITCH:u32:9999 PORT_IFINDEX:u32:"$PORT"
	says "Loopback device" PORT_IFINDEX PORT_ADD PORT_SWITCH:u32:"$SWITCH" PORT_IFINDEX:u32:"$LO"
	says "already a port of" PORT_IFINDEX PORT_ADD PORT_SWITCH:u32:"$SWITCH" PORT_IFINDEX:u32:"$PORT"
	says "not a port" PORT_IFINDEX PORT_DEL PORT_SWITCH:u32:"$SWITCH" PORT_IFINDEX:u32:"$LO"
	says "No settings given" - PORT_SET PORT_IFINDEX:u32:"$PORT"
	says "range" PORT_ISOLATED PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_ISOLATED:u32:2
	says "range" PORT_FDB_MAX PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_FDB_MAX:u32:1048577
	says "." PORT_IFINDEX PORT_ADD PORT_SWITCH:u32:"$SWITCH"
}

test_host_port_stays()
{
	says "." PORT_IFINDEX PORT_DEL PORT_SWITCH:u32:"$SWITCH" PORT_IFINDEX:u32:"$SWITCH"
}

test_vlan()
{
	says "not a member" VLAN_VID VLAN_DEL VLAN_PORT:u32:"$PORT" VLAN_VID:u32:7
	says "ends before it begins" VLAN_VID_END VLAN_ADD VLAN_PORT:u32:"$PORT" VLAN_VID:u32:9 VLAN_VID_END:u32:8
	says "PVID must be a single VLAN" VLAN_PVID VLAN_ADD VLAN_PORT:u32:"$PORT" VLAN_VID:u32:9 VLAN_VID_END:u32:10 VLAN_PVID:u32:1
	says "range" VLAN_VID VLAN_ADD VLAN_PORT:u32:"$PORT" VLAN_VID:u32:4095
	says "range" VLAN_VID VLAN_ADD VLAN_PORT:u32:"$PORT" VLAN_VID:u32:0
	says "not a port" VLAN_PORT VLAN_ADD VLAN_PORT:u32:"$LO" VLAN_VID:u32:9
	says "." VLAN_VID VLAN_ADD VLAN_PORT:u32:"$PORT"
}

test_fdb()
{
	local to=(FDB_SWITCH:u32:"$SWITCH" FDB_PORT:u32:"$PORT")

	says "group address or zero" FDB_MAC FDB_ADD "${to[@]}" FDB_MAC:mac:mcast
	says "group address or zero" FDB_MAC FDB_ADD "${to[@]}" FDB_MAC:mac:00:00:00:00:00:00
	says "switch's own" FDB_MAC FDB_ADD "${to[@]}" FDB_MAC:mac:"$SW_MAC"
	says "ignores VLANs" FDB_VLAN FDB_ADD "${to[@]}" FDB_MAC:mac:9 FDB_VLAN:u32:5
	says "No such entry" FDB_MAC FDB_DEL FDB_SWITCH:u32:"$SWITCH" FDB_MAC:mac:9
	says "No such entry" FDB_MAC FDB_GET FDB_SWITCH:u32:"$SWITCH" FDB_MAC:mac:9
	says "not a port" FDB_PORT FDB_ADD FDB_SWITCH:u32:"$SWITCH" FDB_PORT:u32:"$LO" FDB_MAC:mac:9
	says "." FDB_KIND FDB_ADD "${to[@]}" FDB_MAC:mac:9 FDB_KIND:u32:0
	says "." FDB_KIND FDB_ADD "${to[@]}" FDB_MAC:mac:9 FDB_KIND:u32:3
	says "." FDB_MAC FDB_ADD "${to[@]}"
	try request FDB_ADD "${to[@]}" FDB_MAC:mac:9
	says "Entry exists" FDB_MAC FDB_ADD "${to[@]}" FDB_MAC:mac:9
	try request FDB_DEL FDB_SWITCH:u32:"$SWITCH" FDB_MAC:mac:9
}

# The tunnels' refusals; sw1 is another switch, with a tunnel by the same UDP port.
test_no_tunnel()
{
	local it=SWITCH:u32:$SWITCH ip=ip:198.51.100.2

	says "no tunnel yet" TUNNEL_LOCAL TUNNEL_SET TUNNEL_"$it" TUNNEL_VNI:u32:100
	says "no tunnel" TUNNEL_SWITCH TUNNEL_GET TUNNEL_"$it"
	says "no tunnel" TUNNEL_SWITCH TUNNEL_DEL TUNNEL_"$it"
	says "no tunnel" REMOTE_SWITCH REMOTE_ADD REMOTE_"$it" REMOTE_ADDRESS:"$ip"
	says "no tunnel" REMOTE_SWITCH REMOTE_FLUSH REMOTE_"$it"
	says "no tunnel" REMOTE_ADDRESS REMOTE_DEL REMOTE_"$it" REMOTE_ADDRESS:"$ip"
	says "no tunnel" VNI_SWITCH VNI_ADD VNI_"$it" VNI_VNI:u32:7 VNI_VLAN:u32:7
	says "no tunnel" FDB_REMOTE FDB_ADD FDB_"$it" FDB_REMOTE:"$ip" FDB_MAC:mac:9
	says "no tunnel" STATS_SWITCH STATS_GET STATS_"$it" STATS_TUNNEL:u32:1
}

test_tunnel()
{
	local set=(TUNNEL_SET TUNNEL_SWITCH:u32:"$SWITCH") other

	try ctl switch add sw1
	other=(TUNNEL_SET TUNNEL_SWITCH:u32:"$(ifindex sw1)")
	try request "${other[@]}" TUNNEL_LOCAL:ip:198.51.100.1 TUNNEL_VNI:u32:200
	try request "${set[@]}" TUNNEL_LOCAL:ip:198.51.100.1 TUNNEL_VNI:u32:100

	says "No settings given" - "${set[@]}"
	says "Switch missing" TUNNEL_SWITCH TUNNEL_SET TUNNEL_VNI:u32:1
	says "No such switch" TUNNEL_SWITCH TUNNEL_SET TUNNEL_SWITCH:u32:9999
	says "not that of one host" TUNNEL_LOCAL "${set[@]}" TUNNEL_LOCAL:ip:224.0.0.1
	says "not that of one host" TUNNEL_LOCAL "${set[@]}" TUNNEL_LOCAL:ip:::
	says "Not an IPv4 or IPv6 address" TUNNEL_LOCAL "${set[@]}" TUNNEL_LOCAL:mac:1
	says "Not an IPv4 or IPv6 address" TUNNEL_LOCAL "${set[@]}" TUNNEL_LOCAL:ip:::ffff:192.0.2.1
	says "range" TUNNEL_VNI "${set[@]}" TUNNEL_VNI:u32:16777216
	says "range" TUNNEL_PORT "${set[@]}" TUNNEL_PORT:u32:0
	says "range" TUNNEL_DSCP "${set[@]}" TUNNEL_DSCP:u32:65
	says "range" TUNNEL_DF "${set[@]}" TUNNEL_DF:u32:3
	says "range" TUNNEL_REMOTE_MAX "${set[@]}" TUNNEL_REMOTE_MAX:u32:0
	says "ends before it begins" TUNNEL_SOURCE_PORT_MAX "${set[@]}" \
		TUNNEL_SOURCE_PORT_MIN:u32:6000 TUNNEL_SOURCE_PORT_MAX:u32:5000
	says "not reserved" TUNNEL_IGNORE_RESERVED "${set[@]}" TUNNEL_IGNORE_RESERVED:u64:0x100
	says "No such device" TUNNEL_DEVICE "${set[@]}" TUNNEL_DEVICE:u32:9999
	says "belongs to (sw1|another)" TUNNEL_VNI "${set[@]}" TUNNEL_VNI:u32:200
	try ipsw link add vx type vxlan id 5 dstport 8472 local 198.51.100.1
	try ipsw link set vx up
	says "port.* is taken by" TUNNEL_PORT "${set[@]}" TUNNEL_PORT:u32:8472
	try ipsw link del vx
	try request "${other[@]}" TUNNEL_LOCAL:ip:2001:db8::1
	says "differs in zero-checksum-rx" TUNNEL_ZERO_CHECKSUM_RX "${set[@]}" \
		TUNNEL_LOCAL:ip:2001:db8::1 TUNNEL_ZERO_CHECKSUM_RX:u32:1
	try ctl switch del sw1
}

test_remote()
{
	local it=REMOTE_SWITCH:u32:$SWITCH

	says "address missing" REMOTE_ADDRESS REMOTE_ADD "$it"
	says "address missing" REMOTE_ADDRESS REMOTE_DEL "$it"
	says "Switch missing" REMOTE_SWITCH REMOTE_ADD REMOTE_ADDRESS:ip:198.51.100.2
	says "that of one host" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:ip:224.0.0.1
	says "other family" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:ip:2001:db8::2
	says "tunnel's own" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:ip:198.51.100.1
	says "Not an IPv4 or IPv6 address" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:u8:1
	says "No such remote" REMOTE_ADDRESS REMOTE_GET "$it" REMOTE_ADDRESS:ip:198.51.100.2
	says "No such remote" REMOTE_ADDRESS REMOTE_SET "$it" REMOTE_ADDRESS:ip:198.51.100.2 \
		REMOTE_FLOOD:u32:0
	says "No such remote" REMOTE_ADDRESS REMOTE_DEL "$it" REMOTE_ADDRESS:ip:198.51.100.2
	try request REMOTE_ADD "$it" REMOTE_ADDRESS:ip:198.51.100.2
	says "exists" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:ip:198.51.100.2
	says "No settings given" - REMOTE_SET "$it" REMOTE_ADDRESS:ip:198.51.100.2
	says "range" REMOTE_FLOOD REMOTE_SET "$it" REMOTE_ADDRESS:ip:198.51.100.2 REMOTE_FLOOD:u32:2
	says "that of a remote" TUNNEL_LOCAL TUNNEL_SET TUNNEL_SWITCH:u32:"$SWITCH" \
		TUNNEL_LOCAL:ip:198.51.100.2
	says "remotes of the other family" TUNNEL_LOCAL TUNNEL_SET TUNNEL_SWITCH:u32:"$SWITCH" \
		TUNNEL_LOCAL:ip:2001:db8::1
	try request TUNNEL_SET TUNNEL_SWITCH:u32:"$SWITCH" TUNNEL_REMOTE_MAX:u32:1
	says "maximum of remotes" REMOTE_ADDRESS REMOTE_ADD "$it" REMOTE_ADDRESS:ip:198.51.100.3
	expect "errno=0 attribute=0 missing=0 replies=1 message=" \
		"$(request REMOTE_SET "$it" REMOTE_ADDRESS:ip:198.51.100.2 REMOTE_FLOOD:u32:0)" \
		"answer to REMOTE_SET"
}

test_fdb_remote()
{
	local to=(FDB_SWITCH:u32:"$SWITCH" FDB_MAC:mac:9)

	says "No such remote" FDB_REMOTE FDB_ADD "${to[@]}" FDB_REMOTE:ip:198.51.100.9
	says "Not an IPv4 or IPv6 address" FDB_REMOTE FDB_ADD "${to[@]}" FDB_REMOTE:u16:1
	says "not both" FDB_REMOTE FDB_ADD "${to[@]}" FDB_REMOTE:ip:198.51.100.2 FDB_PORT:u32:"$PORT"
	says "No such remote" FDB_REMOTE FDB_FLUSH FDB_SWITCH:u32:"$SWITCH" FDB_REMOTE:ip:198.51.100.9
}

test_vni()
{
	local it=VNI_SWITCH:u32:$SWITCH

	says "VNI missing" VNI_VNI VNI_ADD "$it" VNI_VLAN:u32:10
	says "VLAN missing" VNI_VLAN VNI_ADD "$it" VNI_VNI:u32:110
	says "VLAN missing" VNI_VLAN VNI_ADD "$it" VNI_VNI:u32:110 VNI_VLAN:u32:0
	says "range" VNI_VNI VNI_ADD "$it" VNI_VNI:u32:16777216 VNI_VLAN:u32:10
	says "ignores VLANs" VNI_VLAN VNI_ADD "$it" VNI_VNI:u32:110 VNI_VLAN:u32:10
	says "tunnel's own" VNI_VLAN VNI_ADD "$it" VNI_VNI:u32:110 VNI_VLAN:u32:1
	says "No VLAN of this switch" VNI_VNI VNI_GET "$it" VNI_VNI:u32:110
	says "No VLAN of this switch" VNI_VNI VNI_DEL "$it" VNI_VNI:u32:110
	says "goes with the tunnel" VNI_VNI VNI_DEL "$it" VNI_VNI:u32:100
	try ctl switch set sw0 vlan-aware on
	try request VNI_ADD "$it" VNI_VNI:u32:110 VNI_VLAN:u32:10
	says "VLAN has a VNI" VNI_VLAN VNI_ADD "$it" VNI_VNI:u32:111 VNI_VLAN:u32:10
	says "Another VLAN of this switch" VNI_VNI VNI_ADD "$it" VNI_VNI:u32:110 VNI_VLAN:u32:11
	says "Another VLAN of this switch" TUNNEL_VNI TUNNEL_SET TUNNEL_SWITCH:u32:"$SWITCH" \
		TUNNEL_VNI:u32:110
	try ctl switch set sw0 vlan-aware off
	try ctl tunnel del sw0
}

test_profile()
{
	local it=PROFILE_SWITCH:u32:$SWITCH pr=PROFILE_NAME:str:pr rule

	says "Switch missing" PROFILE_SWITCH PROFILE_ADD "$pr"
	says "No such switch" PROFILE_SWITCH PROFILE_ADD PROFILE_SWITCH:u32:9999 "$pr"
	says "Name of the profile missing" PROFILE_NAME PROFILE_ADD "$it"
	says "Profile missing" PROFILE_NAME PROFILE_SET "$it"
	says "name is empty" PROFILE_NAME PROFILE_ADD "$it" PROFILE_NAME:str:
	says "." PROFILE_NAME PROFILE_ADD "$it" PROFILE_NAME:str:12345678901234567890123456789012
	says "range" PROFILE_TIER PROFILE_ADD "$it" "$pr" PROFILE_TIER:u32:3
	says "range" PROFILE_INGRESS_DEFAULT PROFILE_ADD "$it" "$pr" PROFILE_INGRESS_DEFAULT:u32:5
	says "none to go on with" PROFILE_EGRESS_DEFAULT PROFILE_ADD "$it" "$pr" PROFILE_EGRESS_DEFAULT:u32:0
	for rule in GET SET DEL LOAD; do
		says "No such profile" PROFILE_NAME PROFILE_"$rule" "$it" "$pr"
	done
	try request PROFILE_ADD "$it" "$pr"
	try request PROFILE_ADD "$it" PROFILE_NAME:str:site PROFILE_TIER:u32:0
	says "of that name already" PROFILE_NAME PROFILE_ADD "$it" "$pr"
	says "No settings given" - PROFILE_SET "$it" "$pr"
	says "none to go on with" PROFILE_INGRESS_DEFAULT PROFILE_SET "$it" "$pr" PROFILE_INGRESS_DEFAULT:u32:0
	says "direction and a verdict" PROFILE_RULE PROFILE_LOAD "$it" "$pr" PROFILE_RULE:nest RULE_VERDICT:u32:1 end
	says "No such profile" PORT_ADMIN_PROFILE PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_ADMIN_PROFILE:str:x
	says "another tier" PORT_ADMIN_PROFILE PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_ADMIN_PROFILE:str:pr
	says "another tier" PORT_TENANT_PROFILE PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_TENANT_PROFILE:str:site
	try request PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_TENANT_PROFILE:str:pr
	says "in use at 1 of the ports" PROFILE_NAME PROFILE_DEL "$it" "$pr"
	try request PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_TENANT_PROFILE:str:
	says "range" SWITCH_POLICY SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_POLICY:u32:2
}

# rule REGEX ATTRIBUTE ATTRIBUTE...: a rule with these is refused.
rule()
{
	local regex=$1 attribute=$2
	shift 2

	says "$regex" "$attribute" RULE_ADD ACL_SWITCH:u32:"$SWITCH" ACL_PROFILE:str:pr \
		ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:1 "$@" end
}

test_rule()
{
	local on=(ACL_SWITCH:u32:"$SWITCH" ACL_PROFILE:str:pr) v4=192.0.2.0 v6=2001:db8::

	says "Rule missing" ACL_RULE RULE_ADD "${on[@]}"
	says "No such profile" ACL_PROFILE RULE_ADD ACL_SWITCH:u32:"$SWITCH" ACL_PROFILE:str:nobody \
		ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:1 end
	says "direction and a verdict" ACL_RULE RULE_ADD "${on[@]}" ACL_RULE:nest RULE_DIRECTION:u32:0 end
	says "range" RULE_VERDICT RULE_ADD "${on[@]}" ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:5 end
	says "range" ACL_INDEX RULE_ADD "${on[@]}" ACL_INDEX:u32:0 \
		ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:1 end
	says "not so many rules" ACL_INDEX RULE_ADD "${on[@]}" ACL_INDEX:u32:1000 \
		ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:1 end
	rule "mask without its MAC" RULE_SRC_MAC_MASK RULE_SRC_MAC_MASK:mac:1
	rule "mask without its MAC" RULE_DST_MAC_MASK RULE_DST_MAC_MASK:mac:1
	rule "outside of its mask" - RULE_SRC_MAC:mac:3 RULE_SRC_MAC_MASK:mac:1
	rule "length without its address" RULE_SRC_LEN RULE_SRC_LEN:u32:1
	rule "length without its address" RULE_DST_LEN RULE_DST_LEN:u32:1
	rule "length without its address" RULE_ND_TARGET_LEN RULE_ND_TARGET_LEN:u32:1
	rule "end of a range" RULE_SPORT_END RULE_SPORT_END:u32:1
	rule "end of a range" RULE_DPORT_END RULE_DPORT_END:u32:1
	rule "mask without its flags" RULE_TCP_FLAGS_MASK RULE_TCP_FLAGS_MASK:u32:1
	rule "bits behind" RULE_SRC RULE_SRC:ip:"$v4" RULE_SRC_LEN:u32:22
	rule "bits behind" RULE_DST RULE_DST:ip:"$v6" RULE_DST_LEN:u32:24
	rule "longer than its address" RULE_SRC_LEN RULE_SRC:ip:"$v4" RULE_SRC_LEN:u32:33
	rule "range|longer" RULE_DST_LEN RULE_DST:ip:"$v6" RULE_DST_LEN:u32:129
	rule "Not an IPv4 or IPv6 address" RULE_SRC RULE_SRC:u8:1
	rule "Not an IPv4 or IPv6 address" RULE_DST RULE_DST:ip:::ffff:192.0.2.1
	rule "IPv6 address in a rule for something else" - RULE_SRC:ip:"$v4" RULE_DST:ip:"$v6"
	rule "IPv4 address in a rule for something else" - RULE_ETHERTYPE:u32:0x86dd RULE_DST:ip:"$v4"
	rule "range" RULE_ETHERTYPE RULE_ETHERTYPE:u32:65536
	rule "range" RULE_VLAN RULE_VLAN:u32:4096
	rule "range" RULE_PROTOCOL RULE_PROTOCOL:u32:256
	rule "reserved bit" RULE_FRAGMENT RULE_FRAGMENT:u32:8
	rule "ends before it begins" - RULE_DPORT:u32:9 RULE_DPORT_END:u32:8
	rule "protocol that has none" - RULE_PROTOCOL:u32:1 RULE_DPORT:u32:9
	rule "code of ICMP without" - RULE_PROTOCOL:u32:1 RULE_ICMP_CODE:u32:1
	rule "needs the protocol" - RULE_ICMP_TYPE:u32:1
	rule "goes with IPv4" - RULE_PROTOCOL:u32:58 RULE_ICMP_TYPE:u32:1 RULE_ETHERTYPE:u32:0x800
	rule "Only one of ports" - RULE_PROTOCOL:u32:1 RULE_ICMP_TYPE:u32:1 RULE_SPORT:u32:1
	rule "Only one of ports" - RULE_ARP_OP:u32:1 RULE_SPORT:u32:1
	rule "outside of their mask" - RULE_TCP_FLAGS:u32:3 RULE_TCP_FLAGS_MASK:u32:1
	rule "Flags of TCP for another" - RULE_TCP_FLAGS:u32:3 RULE_PROTOCOL:u32:17
	rule "operation of ARP" - RULE_ARP_OP:u32:1 RULE_ETHERTYPE:u32:0x800
	rule "goes with ICMPv6" - RULE_ND_TARGET:ip:"$v6" RULE_PROTOCOL:u32:17
	rule "Something of IP" - RULE_ETHERTYPE:u32:0x88b5 RULE_PROTOCOL:u32:17
	rule "No such group" RULE_SRC_GROUP RULE_SRC_GROUP:str:nobody
	try request GROUP_ADD GROUP_SWITCH:u32:"$SWITCH" GROUP_NAME:str:ips GROUP_TYPE:u32:0
	rule "members of another type" RULE_DPORT_GROUP RULE_DPORT_GROUP:str:ips
	rule "group of addresses for the same" - RULE_SRC:ip:"$v4" RULE_SRC_GROUP:str:ips
	says "Handle missing" ACL_HANDLE RULE_GET "${on[@]}"
	says "has this handle" ACL_HANDLE RULE_GET "${on[@]}" ACL_HANDLE:u32:99
	says "has this handle" ACL_HANDLE RULE_DEL "${on[@]}" ACL_HANDLE:u32:99
	says "no direction beside it" ACL_DIRECTION RULE_GET "${on[@]}" ACL_HANDLE:u32:99 ACL_DIRECTION:u32:0
	says "no direction and no place" ACL_HANDLE RULE_DEL "${on[@]}" ACL_HANDLE:u32:99 ACL_DIRECTION:u32:0
	says "no direction and no place" ACL_HANDLE RULE_DEL "${on[@]}" ACL_HANDLE:u32:99 ACL_INDEX:u32:1
	says "Neither a handle" - RULE_DEL "${on[@]}"
	says "not so many rules" ACL_INDEX RULE_DEL "${on[@]}" ACL_DIRECTION:u32:0 ACL_INDEX:u32:1
	try request PROFILE_DEL PROFILE_SWITCH:u32:"$SWITCH" PROFILE_NAME:str:pr
}

# member REGEX ATTRIBUTE GROUP ATTRIBUTE...: such a member is refused.
member()
{
	local regex=$1 attribute=$2 group=$3
	shift 3

	says "$regex" "$attribute" MEMBER_ADD GROUP_SWITCH:u32:"$SWITCH" GROUP_NAME:str:"$group" \
		GROUP_MEMBER:nest "$@" end
}

test_group()
{
	local it=GROUP_SWITCH:u32:$SWITCH type=GROUP_TYPE:u32

	says "Switch missing" GROUP_SWITCH GROUP_ADD GROUP_NAME:str:g "$type:0"
	says "Name of the group missing" GROUP_NAME GROUP_ADD "$it" "$type:0"
	says "Type of the group missing" GROUP_TYPE GROUP_ADD "$it" GROUP_NAME:str:g
	says "range" GROUP_TYPE GROUP_ADD "$it" GROUP_NAME:str:g "$type:3"
	says "name is empty" GROUP_NAME GROUP_ADD "$it" GROUP_NAME:str: "$type:0"
	says "of that name already" GROUP_NAME GROUP_ADD "$it" GROUP_NAME:str:ips "$type:0"
	says "No such group" GROUP_NAME GROUP_GET "$it" GROUP_NAME:str:g
	says "No such group" GROUP_NAME GROUP_DEL "$it" GROUP_NAME:str:g
	says "No such group" GROUP_NAME GROUP_FLUSH "$it" GROUP_NAME:str:g
	says "No such group" GROUP_NAME MEMBER_ADD "$it" GROUP_NAME:str:g GROUP_MEMBER:nest MEMBER_PORT:u32:1 end
	says "Group missing" GROUP_NAME MEMBER_ADD "$it" GROUP_MEMBER:nest MEMBER_PORT:u32:1 end
	says "Members missing" GROUP_MEMBER MEMBER_ADD "$it" GROUP_NAME:str:ips
	says "Members missing" GROUP_MEMBER MEMBER_DEL "$it" GROUP_NAME:str:ips
	try request GROUP_ADD "$it" GROUP_NAME:str:macs "$type:1"
	try request GROUP_ADD "$it" GROUP_NAME:str:ports "$type:2"
	member "members of another type" GROUP_MEMBER ips MEMBER_PORT:u32:1
	member "members of another type" GROUP_MEMBER macs MEMBER_PORT:u32:1
	member "members of another type" GROUP_MEMBER ports MEMBER_MAC:mac:1
	member "longer than its address" GROUP_MEMBER ips MEMBER_IP:ip:192.0.2.0 MEMBER_LEN:u32:33
	member "bits behind" GROUP_MEMBER ips MEMBER_IP:ip:192.0.2.1 MEMBER_LEN:u32:24
	member "IPv4 or IPv6 prefix" GROUP_MEMBER ips MEMBER_LEN:u32:1
	member "a MAC address" GROUP_MEMBER macs
	member "a port or a range" GROUP_MEMBER ports MEMBER_PORT_END:u32:1
	member "IPv4 or IPv6 prefix" GROUP_MEMBER ips MEMBER_IP:ip:::ffff:192.0.2.1
	member "of zeroes" GROUP_MEMBER macs MEMBER_MAC:mac:00:00:00:00:00:00
	member "before it begins" GROUP_MEMBER ports MEMBER_PORT:u32:9 MEMBER_PORT_END:u32:8
	member "range" MEMBER_PORT ports MEMBER_PORT:u32:65536
	says "Not a member" GROUP_MEMBER MEMBER_DEL "$it" GROUP_NAME:str:ports GROUP_MEMBER:nest MEMBER_PORT:u32:1 end
	says "Not a member" GROUP_MEMBER MEMBER_GET "$it" GROUP_NAME:str:ports GROUP_MEMBER:nest MEMBER_PORT:u32:1 end
	says "One member is asked for" GROUP_MEMBER MEMBER_GET "$it" GROUP_NAME:str:ports \
		GROUP_MEMBER:nest MEMBER_PORT:u32:1 end GROUP_MEMBER:nest MEMBER_PORT:u32:2 end
	try request PROFILE_ADD PROFILE_SWITCH:u32:"$SWITCH" PROFILE_NAME:str:pr
	try request RULE_ADD ACL_SWITCH:u32:"$SWITCH" ACL_PROFILE:str:pr \
		ACL_RULE:nest RULE_DIRECTION:u32:0 RULE_VERDICT:u32:1 RULE_SRC_GROUP:str:ips RULE_DST_GROUP:str:ips end
	says "1 rules? refers? to the group" GROUP_NAME GROUP_DEL "$it" GROUP_NAME:str:ips
}

test_stats()
{
	says "No such switch" STATS_SWITCH STATS_GET STATS_SWITCH:u32:9999
	says "not a port" STATS_PORT STATS_GET STATS_SWITCH:u32:"$SWITCH" STATS_PORT:u32:"$LO"
}

# What a request can't contain is refused, not ignored.
test_strict()
{
	local out

	says "." - SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_UP:u32:1
	says "." - SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_OFFERED_MTU:u32:1400
	says "." - SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" 99:u32:1
	says "." - SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_AGEING_TIME:u8:1
	out=$(genlreq -n "$sw" 200)
	[[ $out = errno=95* ]] || fail "an unknown command is answered with '$out'"
}

# "attribute -" above means that none is checked; here it has to be none.
test_reply()
{
	expect "errno=0 attribute=0 missing=0 replies=1 message=" \
		"$(request SWITCH_SET SWITCH_IFINDEX:u32:"$SWITCH" SWITCH_AGEING_TIME:u32:77)" \
		"answer to SWITCH_SET"
	expect "errno=0 attribute=0 missing=0 replies=1 message=" \
		"$(request PORT_SET PORT_IFINDEX:u32:"$PORT" PORT_ISOLATED:u32:0)" "answer to PORT_SET"
	expect "errno=0 attribute=0 missing=0 replies=1 message=" \
		"$(request SWITCH_ADD SWITCH_NAME:str:swx)" "answer to SWITCH_ADD"
}

# The tool prints the kernel's sentence first, then the error's name.
test_tool()
{
	local out

	out=$(ctl port add sw0 lo 2>&1)
	expect 1 $? "status of the tool"
	[[ $out =~ ^cvswitch-ctl:\ port\ lo:\ .*Loopback\ device.*\ \(E[A-Z]+\)$ ]] ||
		fail "the tool says '$out'"
}

tests_run test_switch test_port test_host_port_stays test_vlan test_fdb test_no_tunnel \
	test_tunnel test_remote test_fdb_remote test_vni test_profile test_rule test_group test_stats test_strict test_reply test_tool
