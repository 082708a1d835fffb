#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The switch learns where an address is from frames that come from it, and then no longer floods.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

test_unknown_is_flooded()
{
	expect - "$(fdb_port "$(mac 2)")" "place of h2 before it said anything"
	expect "h2 h3" "$(probe h1 src=1 dst=2)" "receivers of a frame to an unknown address"
}

# The frame of the test before is what h1 was learned from.
test_learned_from_unicast()
{
	expect "$(mac 1) p1 learned" "$(fdb)" "entries after one frame from h1"
	expect 1 "$(port p1 fdb-count)" "addresses learned from p1"
	expect 1 "$(switch fdb-count | sed 's/^2$/1/')" "entries, with or without the local one"
}

test_known_is_not_flooded()
{
	local before

	announce 2
	before=$(counter p1 rx-flooded)
	expect h2 "$(probe h1 src=1 dst=2)" "receivers of a frame to a learned address"
	expect "$before" "$(counter p1 rx-flooded)" "flooded frames from p1"
	expect h1 "$(probe h2 src=2 dst=1)" "receivers of the answer"
}

# Many containers behind one port, as with a macvlan in it.
test_many_behind_one_port()
{
	blast h3 20 src=0x100 srcs=20 dst=bcast
	expect 20 "$(fdb port p3 | grep -c ' p3 learned$')" "addresses learned from p3"
	expect h3 "$(probe h1 src=1 dst=0x113)" "receivers of a frame to one of them"
}

test_learning_off()
{
	try ctl port set p3 learning off
	blast h3 1 src=0x200 dst=bcast
	expect - "$(fdb_port "$(mac 0x200)")" "place of an address with learning off"
	expect h3 "$(probe h1 src=1 dst=0x113)" "receivers of what was learned before"
	try ctl port set p3 learning on
	blast h3 1 src=0x200 dst=bcast
	expect p3 "$(fdb_port "$(mac 0x200)")" "place of the address with learning on"
}

test_invalid_source_is_not_learned()
{
	local before

	before=$(fdb)
	blast h3 1 src=mcast dst=bcast
	blast h3 1 src=00:00:00:00:00:00 dst=bcast
	expect "$before" "$(fdb)" "entries after frames from invalid addresses"
}

# Who says to be the host would otherwise get the host's traffic.
test_own_address_is_not_learned()
{
	local before

	before=$(fdb)
	blast h3 1 src="$SW_MAC" dst=bcast
	expect "$before" "$(fdb)" "entries after a frame from the switch's own address"
	expect sw0 "$(fdb_port "$SW_MAC")" "place of the switch's own address"
}

# Policy comes before learning: a frame that may not enter teaches nothing.
test_refused_frame_teaches_nothing()
{
	try ctl switch set sw0 vlan-aware on
	blast h3 1 src=0x300 dst=bcast vlan=77
	expect 0 "$(ctl -j fdb show sw0 | jrow -c mac="$(mac 0x300)")" \
		"entries learned from a VLAN that the port isn't in"
	try ctl switch set sw0 vlan-aware off
}

tests_run test_unknown_is_flooded test_learned_from_unicast test_known_is_not_flooded \
	test_many_behind_one_port test_learning_off test_invalid_source_is_not_learned \
	test_own_address_is_not_learned test_refused_frame_teaches_nothing
