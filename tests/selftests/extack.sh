#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# timeout: 120
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
	grep -qiE "message=.*($regex)" <<<"$out" || fail "$*: '$out' doesn't say '$regex'"
	grep -qE "(attribute|missing)=$attribute( |$)" <<<"$out" ||
		fail "$*: '$out' doesn't name attribute $attribute"
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

tests_run test_switch test_port test_host_port_stays test_vlan test_fdb test_stats test_strict \
	test_reply test_tool
