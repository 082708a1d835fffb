#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who was behind a port that went down may turn up behind another one: what was learned there is
# forgotten at once, so that frames are flooded to wherever it is now. What an administrator said
# stays.
#
#	h1 -- p1 +-----+ p3 -- h3
#	h2 -- p2 | sw0 | host
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 3
	announce 1 2 3
	try ctl fdb add sw0 "$(mac 0x42)" port p2
	try ctl fdb add sw0 "$(mac 0x43)" port p2 sticky
}

rest_of_p2="$(mac 0x42) p2 static
$(mac 0x43) p2 sticky"

test_set_down()
{
	monitor fdb
	try ipsw link set p2 down
	settles "$rest_of_p2" "entries of a port that is down" fdb port p2
	expect p1 "$(fdb_port "$(mac 1)")" "place of another port's address"
	busywait 5 deleted || fail "nobody was told: $(cat "$TMP/monitor")"
	reap monitor
	try ipsw link set p2 up
	busywait 10 ports_forward 3 || fail "the port doesn't come up again"
}
deleted() { [ "$(jrow -c event=deleted mac="$(mac 2)" < "$TMP/monitor")" = 1 ]; }

test_lost_carrier()
{
	announce 2
	settles p2 "place of the address" fdb_port "$(mac 2)"
	try ip -n "$h2" link set eth0 down
	settles - "place of the address without carrier" fdb_port "$(mac 2)"
	try ip -n "$h2" link set eth0 up
	busywait 10 ports_forward 3 || fail "the port doesn't come up again"
}

# The container moved: its frames arrive before it has said anything.
test_found_elsewhere()
{
	announce 2
	settles p2 "place of the address" fdb_port "$(mac 2)"
	try ip -n "$h2" link set eth0 down
	settles - "place of the address" fdb_port "$(mac 2)"
	expect h3 "$(PROBE_RX=(h3) && probe h1 src=1 dst=2)" "receivers of a frame to it"
	try ip -n "$h2" link set eth0 up
	busywait 10 ports_forward 3 || fail "the port doesn't come up again"
}

test_switch_down()
{
	announce 1 2 3
	settles p3 "place of an address" fdb_port "$(mac 3)"
	try ipsw link set sw0 down
	settles "$rest_of_p2" "entries of a switch that is down" fdb
	try ipsw link set sw0 up
	busywait 10 ports_forward 3 || fail "the ports don't come up again"
}

# Entries of a switch that ignored VLANs match nothing once it keeps them apart, but can be deleted.
test_other_vlan_mode()
{
	try ctl switch set sw0 vlan-aware on
	refused "VLAN" ctl fdb add sw0 "$(mac 0x44)" port p1
	try ctl fdb add sw0 "$(mac 0x44)" port p1 vlan 1
	try ctl fdb del sw0 "$(mac 0x42)"
	refused "No such entry" ctl fdb del sw0 "$(mac 0x42)"
	try ctl switch set sw0 vlan-aware off
	try ctl fdb del sw0 "$(mac 0x44)" vlan 1
}

tests_run test_set_down test_lost_carrier test_found_elsewhere test_switch_down test_other_vlan_mode
