#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
#
# The switch offers the MTU that every way out takes: its ports, its tunnel by the underlay's MTU, and
# the host, whose MTU follows unless it was set by hand. Ports' devices are never touched.
#
#	h1 -- p1 +-----+
#	         | sw0 | $sw  u0 (198.51.100.1) ---- u0 $far
#	h2 -- p2 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

setup()
{
	topology 2
	setup_ns far
	underlay
	read_contract
}

# offers MTU WHAT [HOST]: of sw0; the host's MTU is the same, or HOST. What the underlay changes comes
# soon, what ports and settings change comes at once.
offers()
{
	settles "$1" "offered MTU $2" switch offered-mtu
	expect "${3:-$1}" "$(link sw0 .mtu)" "the host's MTU $2"
	expect "1500 1500" "$(link p1 .mtu) $(link p2 .mtu)" "MTU of the ports' devices $2"
}

tunnel_set() { try ctl tunnel set sw0 "$@"; }
set_underlay() { try ipsw link set "${2:-u0}" mtu "$1"; }

test_without_tunnel()
{
	offers 1500 "with ports of 1500"
	try ipsw link set p2 mtu 1400
	expect "1400 1400" "$(switch offered-mtu) $(link sw0 .mtu)" "MTU after p2 went down to 1400"
	try ipsw link set p2 mtu 1500
	offers 1500 "with ports of 1500 again"
}

test_tunnel()
{
	tunnel_set vni "$VNI" local "$(vtep 1)"
	expect 1450 "$(switch offered-mtu)" "offered MTU at once"
	offers 1450 "with a tunnel by IPv4"
	try ctl tunnel del sw0
	expect 1500 "$(switch offered-mtu)" "offered MTU at once"
	offers 1500 "without it"
	tunnel_set vni "$VNI" local "$(vtep 1 6)"
	offers 1430 "with a tunnel by IPv6"
	tunnel_set local "$(vtep 1)"
	offers 1450 "with a tunnel by IPv4 again"
}

test_follows_underlay()
{
	set_underlay 1400
	offers 1350 "with an underlay of 1400"
	set_underlay 9000
	offers 1500 "with an underlay of 9000, by the ports"
	set_underlay 1500
	offers 1450 "with an underlay of 1500"
}

test_ports()
{
	set_underlay 9000
	offers 1500 "with two ports of 1500"
	try ctl port del p1
	try ctl port del p2
	offers 8950 "without a port"
	set_underlay 1500
	offers 1450 "without a port and an underlay of 1500"
	try ctl port add sw0 p1
	try ctl port add sw0 p2
	offers 1450 "with both ports"
}

# Somebody may move the address; while nobody has it, the underlay is taken for Ethernet.
test_follows_address()
{
	local family

	try ipsw link add u1 mtu 1300 type dummy
	try ipsw link set u1 up
	ipv6_on "$sw" u1
	for family in 4 6; do
		local bits=24 more=() offer=1250 ethernet=1450
		[ "$family" = 4 ] || { bits=64 more=(nodad) offer=1230 ethernet=1430; }

		try ctl tunnel del sw0
		tunnel_set vni "$VNI" local "$(vtep 1 "$family")"
		try ipsw address del "$(vtep 1 "$family")/$bits" dev u0
		offers "$ethernet" "with an address that nobody has"
		try ipsw address add "$(vtep 1 "$family")/$bits" dev u1 "${more[@]}"
		offers "$offer" "with the address at u1"
		try ipsw address del "$(vtep 1 "$family")/$bits" dev u1
		offers "$ethernet" "with the address of nobody again"
		try ipsw address add "$(vtep 1 "$family")/$bits" dev u0 "${more[@]}"
		offers "$ethernet" "with the address at u0"
	done
	try ctl tunnel del sw0
	tunnel_set vni "$VNI" local "$(vtep 1)"
}

test_device()
{
	tunnel_set device u1
	offers 1250 "with the tunnel's device u1"
	set_underlay 1200
	set_underlay 1350 u1
	offers 1300 "with the tunnel's device u1 at 1350"
	# The kernel may have none.
	if ipsw link add v0 type vrf table 10 2>/dev/null; then
		tunnel_set device v0
		offers 1150 "with the tunnel in a VRF, by the device with its address"
		tunnel_set device none
		try ipsw link delete v0
	fi
	tunnel_set device none
	set_underlay 1500
	offers 1450 "with the device that has the address"
}

test_device_deleted()
{
	tunnel_set device u1
	offers 1300 "with the tunnel's device u1"
	try ipsw link delete u1
	offers 1450 "after u1 was deleted"
	tunnel_set device none
}

test_by_hand()
{
	try ipsw link set sw0 mtu 1300
	expect "1300 1300" "$(switch offered-mtu) $(link sw0 .mtu)" "MTU set by hand"
	set_underlay 1320
	offers 1270 "with an underlay that takes less" 1300
	set_underlay 1500
	offers 1300 "with an underlay that takes more"
	try ipsw link set sw0 mtu 9000
	offers 1450 "with the host's MTU beyond the others'" 9000
}

# Another switch may be the underlay, even if that is of no use.
test_underlay_is_switch()
{
	try ctl switch add sw1 up
	try ipsw link set sw1 mtu 9000
	expect 9000 "$(ctl -j switch show sw1 | jrow offered-mtu)" "offered MTU of the host's alone"
	try ipsw link set sw1 mtu 1500
	try ipsw address add 203.0.113.1/24 dev sw1
	delete_switches_but sw1
	try ctl switch add sw0 up
	tunnel_set vni "$VNI" local 203.0.113.1
	settles 1450 "offered MTU by sw1" switch offered-mtu
	try ipsw link set sw1 mtu 1400
	settles 1350 "offered MTU by sw1 of 1400" switch offered-mtu
	try ipsw address del 203.0.113.1/24 dev sw1
	try ipsw address add 203.0.113.1/24 dev sw0
	settles 1450 "offered MTU by the switch itself" switch offered-mtu
	try ctl switch del sw1
}

delete_switches_but()
{
	local name

	for name in $(ctl -j switch show | jrow name); do
		[ "$name" = "$1" ] || try ctl switch del "$name"
	done
}

test_notified()
{
	delete_switches
	rejoin p1 p2
	tunnel_set vni "$VNI" local "$(vtep 1)"
	offers 1450 "before"
	monitor config
	set_underlay 1400
	busywait 5 grep -q '"offered-mtu":1350' "$TMP/monitor" || fail "no event: $(cat "$TMP/monitor")"
	try ipsw link set sw0 mtu 1300
	busywait 5 grep -q '"offered-mtu":1300' "$TMP/monitor" || fail "no event by hand"
	set_underlay 1340
	busywait 5 grep -q '"offered-mtu":1290' "$TMP/monitor" || fail "no event beneath a hand's"
	reap monitor
}

test_no_setting()
{
	local index
	index=$(ifindex sw0)

	refused "errno=22 " request SWITCH_SET \
		SWITCH_IFINDEX:u32:"$index" SWITCH_OFFERED_MTU:u32:1000
	refused "errno=22 " request SWITCH_ADD \
		SWITCH_NAME:str:sw9 SWITCH_OFFERED_MTU:u32:1000
	linkset "$sw/sw0" "${CONTRACT[SWITCH_OFFERED_MTU]}=1000"
	expect 1290 "$(switch offered-mtu)" "offered MTU"
}

tests_run test_without_tunnel test_tunnel test_follows_underlay test_ports test_follows_address \
	test_device test_device_deleted test_by_hand test_underlay_is_switch test_notified \
	test_no_setting
