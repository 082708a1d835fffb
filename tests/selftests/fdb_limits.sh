#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A port, and the switch, learn no more addresses than they may. What isn't learned still passes.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

learned() { fdb learned | wc -l; }

test_defaults()
{
	expect 1024 "$(port p1 fdb-max)" "limit of a port"
	expect 131072 "$(switch fdb-max)" "limit of the switch"
}

test_port_limit()
{
	local before

	try ctl port set p1 fdb-max 10
	before=$(counter p1 learn-refused)
	blast h1 50 src=0x100 srcs=50 dst=bcast
	expect 10 "$(port p1 fdb-count)" "addresses learned from p1"
	expect 10 "$(fdb port p1 | wc -l)" "entries of p1"
	expect 40 $(($(counter p1 learn-refused) - before)) "refused addresses"
	expect "h2 h3" "$(probe h1 src=0x140 dst=bcast)" "receivers of a frame from an address too many"
	expect "h1 h3" "$(probe h2 src=2 dst=0x140)" "receivers of a frame to that address"
	expect h1 "$(probe h2 src=2 dst=0x100)" "receivers of a frame to a learned one"
}

test_other_ports_learn()
{
	blast h3 20 src=0x200 srcs=20 dst=bcast
	expect 20 "$(fdb port p3 | wc -l)" "entries of p3 while p1 is full"
}

test_flush_makes_room()
{
	try ctl fdb flush sw0 port p1
	expect 0 "$(port p1 fdb-count)" "addresses learned from p1 after a flush"
	blast h1 5 src=0x300 srcs=5 dst=bcast
	expect 5 "$(port p1 fdb-count)" "addresses learned after it"
}

test_port_without_limit()
{
	try ctl port set p1 fdb-max off
	blast h1 1500 src=0x1000 srcs=1500 dst=unknown
	expect 1505 "$(port p1 fdb-count)" "addresses learned without a limit"
}

test_switch_limit()
{
	local before fresh

	try ctl fdb flush sw0
	try ctl switch set sw0 fdb-max 30
	before=$(counter p1 learn-refused)
	blast h1 50 src=0x100 srcs=50 dst=bcast
	# Whether the switch's own address is one of the 30 is not for this test to say.
	fresh=$(learned)
	expect_range 29 30 "$fresh" "addresses in a switch for 30"
	expect $((50 - fresh)) $(($(counter p1 learn-refused) - before)) "refused addresses"
	refused "Forwarding database is full" ctl fdb add sw0 "$(mac 9)" port p2
	expect - "$(fdb_port "$(mac 9)")" "place of the refused address"
	expect "$fresh" "$(learned)" "addresses after it"
}

# A lower limit takes effect without forgetting what is known.
test_lower_limit()
{
	local before

	before=$(learned)
	try ctl switch set sw0 fdb-max 5
	blast h3 1 src=0x400 dst=bcast
	expect "$before" "$(learned)" "addresses after lowering the limit"
	refused "." ctl switch set sw0 fdb-max 0
	refused "." ctl switch set sw0 fdb-max 1048577
}

tests_run test_defaults test_port_limit test_other_ports_learn test_flush_makes_room \
	test_port_without_limit test_switch_limit test_lower_limit
