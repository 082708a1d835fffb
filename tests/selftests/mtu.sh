#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The switch's MTU follows its ports until it is set by hand; a frame longer than the MTU of the port
# it has to leave by is dropped there, and counted.
#
#	(2000) h1 -- p1 +-----+ p2 -- h2 (1500)
#	                | sw0 |
#	                +-----+ p3 -- h3 (2000)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 3
	set_mtu 1 2000
	set_mtu 3 2000
	announce 1 2 3
}

# Both ends of a container's cable.
set_mtu()
{
	local ns=h$1

	try ipsw link set "p$1" mtu "$2"
	try ip -n "${!ns}" link set eth0 mtu "$2"
}

test_minimum_of_ports()
{
	expect 1500 "$(link sw0 .mtu)" "MTU with ports of 2000, 1500, 2000"
	try ipsw link set p2 mtu 1400
	expect 1400 "$(link sw0 .mtu)" "MTU after p2 went down to 1400"
	expect 1400 "$(switch mtu)" "MTU as netlink says it"
	try ipsw link set p2 mtu 1500
	expect 1500 "$(link sw0 .mtu)" "MTU after p2 went up to 1500"
	try ctl port del p2
	expect 2000 "$(link sw0 .mtu)" "MTU after p2 left"
	try ctl port add sw0 p2
	expect 1500 "$(link sw0 .mtu)" "MTU after p2 joined"
	announce 2
}

test_too_big()
{
	local before path

	for path in off auto; do
		try ctl switch set sw0 short-path "$path"
		expect h2 "$(probe h1 src=1 dst=2 len=1514)" "MTU's worth, short-path $path"
		expect h2:5 "$(probe h1 src=1 dst=2 len=1518 vlan=5)" "and a tag, short-path $path"
		before=$(drops)
		expect - "$(probe h1 src=1 dst=2 len=1600)" "too long, short-path $path"
		expect "p2 too-big 1" "$(drops_since "$before")" "drops, short-path $path"
		expect h3 "$(probe h1 src=1 dst=3 len=2014)" "to a port that takes it, short-path $path"
	done
}

test_flood()
{
	local before

	before=$(drops)
	expect h3 "$(probe h1 src=1 dst=bcast len=1600)" "receivers of a long broadcast"
	expect "p2 too-big 1" "$(drops_since "$before")" "drops"
}

test_set_by_hand()
{
	try ipsw link set sw0 mtu 1300
	expect 1300 "$(link sw0 .mtu)" "MTU set by hand"
	try ipsw link set p2 mtu 1400
	expect 1300 "$(link sw0 .mtu)" "MTU set by hand after a port's change"
	try ipsw link set p2 mtu 1500
	expect h2 "$(probe h1 src=1 dst=2 len=1514)" "forwarded frames don't mind the host's MTU"
}

test_new_switch()
{
	try ctl switch add sw1
	expect 1500 "$(ipsw -j link show sw1 | jrow mtu)" "MTU without ports"
	try ipsw link add jumbo type dummy
	try ipsw link set jumbo mtu 9000
	try ctl port add sw1 jumbo
	expect 9000 "$(ipsw -j link show sw1 | jrow mtu)" "MTU with a port of 9000"
}

tests_run test_minimum_of_ports test_too_big test_flood test_set_by_hand test_new_switch
