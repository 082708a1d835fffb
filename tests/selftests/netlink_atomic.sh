#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# timeout: 120
#
# A request that is refused has changed nothing, however much of it was right, and told nobody.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	read_contract
	topology 2
	try ipsw link add dummy0 type dummy
	try ipsw link add br0 type bridge
	try ipsw link add dummy1 type dummy
	try ipsw link set dummy1 master br0
	try ctl fdb add sw0 "$(mac 9)" port p1
	try ctl vlan add p1 10-12
}

# Everything that can be asked, but counters and ages.
everything()
{
	ctl -j switch show sw0
	ctl -j port show sw0
	ctl -j vlan show sw0
	ctl -j fdb show sw0 | jrow -S mac vlan port kind moves damped
	ipsw -d -j link show | jrow ifindex ifname address mtu master promiscuity operstate
}

# unchanged REGEX COMMAND: refused, with no trace left.
unchanged()
{
	everything > "$TMP/before"
	: > "$TMP/monitor"
	refused "$@"
	everything > "$TMP/after"
	cmp -s "$TMP/before" "$TMP/after" ||
		fail "'${*:2}' changed something: $(diff "$TMP/before" "$TMP/after" | head -n 5)"
	# The change that follows is told after whatever the refused one told.
	try ctl fdb add sw0 "$(mac 0xee)" port p1
	try ctl fdb del sw0 "$(mac 0xee)"
	busywait 5 grep -q '"deleted"' "$TMP/monitor"
	expect 2 "$(grep -c . "$TMP/monitor")" "notifications after '${*:2}': $(cat "$TMP/monitor")"
}

test_switch_set()
{
	local to

	to=SWITCH_IFINDEX:u32:$(ifindex sw0)
	monitor config fdb
	unchanged "." request SWITCH_SET "$to" SWITCH_AGEING_TIME:u32:7 SWITCH_SHORT_PATH:u32:9
	unchanged "group address" request SWITCH_SET "$to" SWITCH_AGEING_TIME:u32:7 \
		SWITCH_VLAN_AWARE:u32:1 SWITCH_ADDRESS:mac:mcast
}

test_port_add()
{
	unchanged "already has a master" ctl port add sw0 dummy1 isolated on limit-broadcast 5
	unchanged "." request PORT_ADD PORT_SWITCH:u32:"$(ifindex sw0)" \
		PORT_IFINDEX:u32:"$(ifindex dummy0)" PORT_ISOLATED:u32:1 PORT_HAIRPIN:u32:5
}

test_port_set()
{
	unchanged "." request PORT_SET PORT_IFINDEX:u32:"$(ifindex p1)" PORT_ISOLATED:u32:1 \
		PORT_BPDU_GUARD:u32:7
	unchanged "." request PORT_SET PORT_SWITCH:u32:"$(ifindex lo)" \
		PORT_IFINDEX:u32:"$(ifindex p1)" PORT_ISOLATED:u32:1
}

test_vlan_range()
{
	unchanged "not a member" ctl vlan del p1 13-20
	unchanged "range|4094" request VLAN_ADD VLAN_PORT:u32:"$(ifindex p1)" VLAN_VID:u32:20 \
		VLAN_VID_END:u32:4095
	unchanged "PVID" ctl vlan add p1 20-30 pvid
}

test_fdb()
{
	unchanged "exists" ctl fdb add sw0 "$(mac 9)" port p2
	unchanged "not a port|No such" request FDB_ADD FDB_SWITCH:u32:"$(ifindex sw0)" FDB_MAC:mac:8 \
		FDB_PORT:u32:"$(ifindex lo)"
	unchanged "." request FDB_FLUSH FDB_SWITCH:u32:"$(ifindex sw0)" FDB_VLAN:u32:4095
}

test_switch_add()
{
	unchanged "exists" ctl switch add sw0 ageing 5
	unchanged "exists" ctl switch add dummy0 ageing 5
	unchanged "." ctl switch add swx address 01:00:5e:00:00:01 ageing 5
}

tests_run test_switch_set test_port_add test_port_set test_vlan_range test_fdb test_switch_add
