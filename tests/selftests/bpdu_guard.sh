#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# With its guard on, a port is blocked by the first BPDU, until it is set down or the guard off.
#
#	(sends BPDUs) h1 -- p1 +-----+ p2 -- h2
#	                       | sw0 |
#	                       +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2; }

test_without_guard()
{
	expect - "$(probe h1 src=1 dst=bpdu)" "receivers of a BPDU"
	expect forwarding "$(port p1 state)" "state of p1"
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast after it"
}

test_blocked()
{
	local before

	monitor config
	try ctl port set p1 bpdu-guard on
	expect forwarding "$(port p1 state)" "state of p1 before a BPDU"
	blast h1 1 src=1 dst=bpdu
	settles bpdu-blocked "state of p1 after a BPDU" port p1 state
	settles bpdu-blocked "state in the notification" notified_state
	before=$(drops)
	expect - "$(probe h1 src=1 dst=bcast)" "receivers from a blocked port"
	expect "p1 bpdu-guard 1" "$(drops_since "$before")" "drops"
}
notified_state() { jrow name=p1 state < "$TMP/monitor" | tail -n 1; }

test_nothing_goes_in()
{
	expect - "$(probe h2 src=2 dst=bcast)" "receivers at a blocked port"
	expect - "$(probe h2 src=2 dst=1)" "receivers at a blocked port"
}

test_other_port_is_not_affected()
{
	expect forwarding "$(port p2 state)" "state of p2"
	blast h2 1 src=2 dst=bpdu
	expect forwarding "$(port p2 state)" "state of p2 without guard after a BPDU"
}

test_down_and_up()
{
	try ipsw link set p1 down
	try ipsw link set p1 up
	settles forwarding "state of p1 after down and up" port p1 state
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers after it"
}

test_guard_off()
{
	blast h1 1 src=1 dst=bpdu
	settles bpdu-blocked "state of p1 after a BPDU" port p1 state
	try ctl port set p1 bpdu-guard off
	expect forwarding "$(port p1 state)" "state of p1 after bpdu-guard off"
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers after it"
}

# Other link-local frames are no BPDUs.
test_lldp_does_not_block()
{
	try ctl port set p1 bpdu-guard on
	blast h1 1 src=1 dst=01:80:c2:00:00:0e type=0x88cc
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers after LLDP"
	expect forwarding "$(port p1 state)" "state of p1"
}

tests_run test_without_guard test_blocked test_nothing_goes_in test_other_port_is_not_affected \
	test_down_and_up test_guard_off test_lldp_does_not_block
