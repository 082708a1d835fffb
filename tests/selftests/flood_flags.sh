#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Unknown unicast, multicast and broadcast leave by the ports that take them, each class for itself.
#
#	h1 -- p1 +-----+ p2 -- h2  (flags changed)
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

# expect_reach UNKNOWN MULTICAST BROADCAST: who receives a frame of h1 of each class.
expect_reach()
{
	expect "$1" "$(probe h1 src=1 dst=unknown)" "receivers of unknown unicast $4"
	expect "$2" "$(probe h1 src=1 dst=mcast)" "receivers of multicast $4"
	expect "$3" "$(probe h1 src=1 dst=bcast)" "receivers of broadcast $4"
}

test_all_on() { expect_reach "h2 h3" "h2 h3" "h2 h3" "by default"; }

test_unicast_off()
{
	try ctl port set p2 flood-unicast off
	expect_reach h3 "h2 h3" "h2 h3" "with flood-unicast off"
	try ctl port set p2 flood-unicast on
}

test_multicast_off()
{
	try ctl port set p2 flood-multicast off
	expect_reach "h2 h3" h3 "h2 h3" "with flood-multicast off"
	try ctl port set p2 flood-multicast on
}

test_broadcast_off()
{
	try ctl port set p2 flood-broadcast off
	expect_reach "h2 h3" "h2 h3" h3 "with flood-broadcast off"
	try ctl port set p2 flood-broadcast on
}

# The flags are about leaving by a port; what comes in by it is not their business.
test_not_for_ingress()
{
	try ctl port set p1 flood-unicast off flood-multicast off flood-broadcast off
	expect_reach "h2 h3" "h2 h3" "h2 h3" "with flooding to the sender's own port off"
	try ctl port set p1 flood-unicast on flood-multicast on flood-broadcast on
}

test_known_unicast_passes()
{
	announce 2
	try ctl port set p2 flood-unicast off
	expect h2 "$(probe h1 src=1 dst=2)" "receivers of known unicast with flooding off"
	try ctl port set p2 flood-unicast on
}

# The host is a port like the others.
test_host_port()
{
	PROBE_RX=(h1 h2 h3 host)
	expect "h2 h3 host" "$(probe h1 src=1 dst=bcast)" "receivers of broadcast, host included"
	try ctl port set sw0 flood-broadcast off
	expect "h2 h3" "$(probe h1 src=1 dst=bcast)" "receivers with the host's flag off"
	try ctl port set sw0 flood-broadcast on
	PROBE_RX=(h1 h2 h3)
}

test_nobody_left()
{
	local before dev

	for dev in sw0 p2 p3; do
		try ctl port set "$dev" flood-unicast off
	done
	before=$(drops)
	expect - "$(probe h1 src=1 dst=unknown)" "receivers with flooding off everywhere"
	expect "p1 no-receiver 1" "$(drops_since "$before")" "drops"
	for dev in sw0 p2 p3; do
		try ctl port set "$dev" flood-unicast on
	done
}

test_flooded_is_counted()
{
	local before after

	before=$(counter p1 rx-flooded)
	announce 2
	blast h1 3 src=1 dst=bcast
	blast h1 2 src=1 dst=mcast
	blast h1 1 src=1 dst=unknown
	blast h1 4 src=1 dst=2
	after=$(counter p1 rx-flooded)
	expect 6 $((after - before)) "flooded frames of p1"
}

tests_run test_all_on test_unicast_off test_multicast_off test_broadcast_off test_not_for_ingress \
	test_known_unicast_passes test_host_port test_nobody_left test_flooded_is_counted
