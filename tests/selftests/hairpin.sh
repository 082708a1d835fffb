#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A frame never leaves by the port it came from, unless hairpin is on.
#
#	h1 (MACs 1 and 11) -- p1 +-----+ p2 -- h2
#	                         | sw0 |
#	                         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	blast h1 1 src=1 dst=bcast
	blast h1 1 src=11 dst=bcast
}

test_off()
{
	local before

	before=$(drops)
	expect - "$(probe h1 src=1 dst=11)" "receivers at the sender's port"
	expect "p1 same-port 1" "$(drops_since "$before")" "drops"
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
}

test_on()
{
	local before

	try ctl port set p1 hairpin on
	before=$(drops)
	expect h1 "$(probe h1 src=1 dst=11)" "receivers at the sender's port"
	expect "" "$(drops_since "$before")" "drops"
	expect "h1 h2" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
}

test_other_port_is_not_affected()
{
	expect h1 "$(probe h2 src=2 dst=bcast)" "receivers of a broadcast from another port"
}

test_off_again()
{
	try ctl port set p1 hairpin off
	expect - "$(probe h1 src=1 dst=11)" "receivers after hairpin off"
}

# What the host sends to its own address never comes to the switch's ports.
test_host()
{
	local before

	before=$(drops)
	PROBE_RX=(h1 h2 host)
	expect - "$(probe host src="$SW_MAC" dst="$SW_MAC")" "receivers of what the host sends itself"
	expect "sw0 same-port 1" "$(drops_since "$before")" "drops"
}

# With hairpin on the host's port it gets it back, unless that can't be set there.
test_host_hairpin()
{
	ctl port set sw0 hairpin on 2>/dev/null || return
	expect host "$(probe host src="$SW_MAC" dst="$SW_MAC")" "receivers of what the host sends itself"
	try ctl port set sw0 hairpin off
}

tests_run test_off test_on test_other_port_is_not_affected test_off_again test_host \
	test_host_hairpin
