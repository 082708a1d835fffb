#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Isolated ports talk to all but each other.
#
#	(isolated) h1 -- p1 +-----+ p3 -- h3
#	                    | sw0 |
#	(isolated) h2 -- p2 +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 3
	PROBE_RX=(h1 h2 h3 host)
	try ctl port set p1 isolated on
	try ctl port set p2 isolated on
	announce 1 2 3
}

test_known_unicast()
{
	local before

	before=$(drops)
	expect - "$(probe h1 src=1 dst=2)" "receivers between isolated ports"
	expect "p1 isolated 1" "$(drops_since "$before")" "drops"
}

test_flood()
{
	local before

	before=$(drops)
	expect "h3 host" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	expect "" "$(drops_since "$before")" "drops of a flooded frame that somebody received"
}

test_to_others()
{
	expect h3 "$(probe h1 src=1 dst=3)" "receivers at a port that isn't isolated"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers at an isolated port"
	expect "h1 h2 host" "$(probe h3 src=3 dst=bcast)" "receivers of a broadcast to all"
}

test_to_host()
{
	expect host "$(probe h1 src=1 dst="$SW_MAC")" "receivers at the host"
	expect h1 "$(probe host src="$SW_MAC" dst=1)" "receivers of the host's answer"
}

# The host's port can be isolated too: then isolated containers can't reach it.
test_isolated_host()
{
	local before

	try ctl port set sw0 isolated on
	before=$(drops)
	expect - "$(probe h1 src=1 dst="$SW_MAC")" "receivers at an isolated host"
	expect "p1 isolated 1" "$(drops_since "$before")" "drops"
	expect host "$(probe h3 src=3 dst="$SW_MAC")" "receivers from a port that isn't isolated"
	try ctl port set sw0 isolated off
}

test_off_again()
{
	try ctl port set p2 isolated off
	expect h2 "$(probe h1 src=1 dst=2)" "receivers after isolated off"
}

tests_run test_known_unicast test_flood test_to_others test_to_host test_isolated_host test_off_again
