#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A flooded frame is copied once less than it has receivers, and each receives it once.
#
#	h1 -- p1 +-----+ p3 -- h3
#	h2 -- p2 | sw0 | p4 -- h4
#	         +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 4
	PROBE_RX=(h1 h2 h3 h4 host)
}

# floods WORD... RECEIVERS COPIES: one frame from h1.
floods()
{
	local receivers=$1 copies=$2 before flooded
	shift 2

	before=$(counter p1 copies)
	flooded=$(counter p1 rx-flooded)
	expect "$receivers" "$(probe h1 src=1 "$@")" "receivers ($*)"
	expect "$copies" $(($(counter p1 copies) - before)) "copies ($*)"
	expect 1 $(($(counter p1 rx-flooded) - flooded)) "flooded frames ($*)"
}

test_broadcast() { floods "h2 h3 h4 host" 3 dst=bcast; }
test_multicast() { floods "h2 h3 h4 host" 3 dst=mcast; }
test_unknown_unicast() { floods "h2 h3 h4" 2 dst=unknown; }

test_one_receiver()
{
	try ctl port set p2 flood-unicast off
	try ctl port set p3 flood-unicast off
	floods h4 0 dst=unknown
	try ctl port set p2 flood-unicast on
	try ctl port set p3 flood-unicast on
}

test_port_down()
{
	try ip -n "$h4" link set eth0 down
	busywait 5 is down port p4 state || fail "p4 is still $(port p4 state)"
	PROBE_RX=(h1 h2 h3 host)
	floods "h2 h3 host" 2 dst=bcast
	try ip -n "$h4" link set eth0 up
	busywait 5 is forwarding port p4 state || fail "p4 is $(port p4 state)"
	PROBE_RX=(h1 h2 h3 h4 host)
}

test_from_host()
{
	local before

	before=$(counter sw0 copies)
	expect "h1 h2 h3 h4" "$(probe host src="$SW_MAC" dst=bcast)" "receivers of the host's broadcast"
	expect 3 $(($(counter sw0 copies) - before)) "copies"
}

# Copies share their data: one receiver's change isn't another's.
test_copies_are_apart()
{
	try ctl switch set sw0 vlan-aware on
	try ctl vlan add p2 1
	try ctl vlan add p4 1
	floods "h2:1 h3 h4:1 host" 3 dst=bcast
	try in_ns "$sw" ethtool -K p2 tx-vlan-offload off
	floods "h2:1 h3 h4:1 host" 3 dst=bcast
	floods "h2:1.5 h3 h4:1.5 host" 3 dst=bcast vlan=0.5
}

test_many_frames()
{
	spawn count framecount h2="$h2/eth0" h3="$h3/eth0" h4="$h4/eth0" host="$sw/sw0"
	blast h1 500 src=1 dst=bcast
	reap count || fail "$(cat "$TMP/count")"
	expect "h2 frames=500
h3 frames=500
h4 frames=500
host frames=500" "$(sed -n 's/ bytes=.*//p' "$TMP/count")" "received"
}

tests_run test_broadcast test_multicast test_unknown_unicast test_one_receiver test_port_down \
	test_from_host test_copies_are_apart test_many_frames
