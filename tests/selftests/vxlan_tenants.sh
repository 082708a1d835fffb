#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 150
#
# Two tenants on two hosts, with the same MAC and IP addresses: they never see each other's frames,
# though they share a UDP port and the remotes' addresses.
#
#	tenant 1: h1 -- p1 [sw0]                       [sw0] p3 -- h3
#	                         $sw u0 ------ u0 $far
#	tenant 2: h5 -- p5 [sw1]                       [sw1] p7 -- h7

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

h7=''

# cable HOST PORT MAC SWITCH CONTAINER
cable()
{
	try ip -n "$1" link add "$2" type veth peer name eth0 address "$3" netns "$5"
	try ip -n "$1" link set "$2" master "$4" up
	linkup "$5/eth0" || fail "cannot connect $5"
}

# tenant HOST N SWITCH VNI
tenant()
{
	[ "$3" = sw0 ] || try on "$1" switch add "$3" up
	try on "$1" tunnel set "$3" vni "$4" local "$(vtep "$2")"
	try on "$1" remote add "$3" "$(vtep $((3 - $2)))"
}

setup()
{
	topology 1
	setup_ns far h3 h5 h7
	try on "$far" switch add sw0 up
	underlay
	tenant "$sw" 1 sw0 100
	tenant "$far" 2 sw0 100
	tenant "$sw" 1 sw1 200
	tenant "$far" 2 sw1 200
	cable "$far" p3 "$(mac 3)" sw0 "$h3"
	cable "$sw" p5 "$(mac 1)" sw1 "$h5"
	cable "$far" p7 "$(mac 3)" sw1 "$h7"
	PROBE_RX=(h1 h3 h5 h7)
	for ns in "$h1" "$h5"; do
		try ip -n "$ns" address add 192.0.2.1/24 dev eth0
	done
	for ns in "$h3" "$h7"; do
		try ip -n "$ns" address add 192.0.2.3/24 dev eth0
	done
}

test_apart()
{
	expect h3 "$(probe h1 src=1 dst=bcast)" "receivers of tenant 1's broadcast"
	expect h7 "$(probe h5 src=1 dst=bcast)" "receivers of tenant 2's broadcast"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers of tenant 1's answer"
	expect h5 "$(probe h7 src=3 dst=1)" "receivers of tenant 2's answer"
}

# All at once, and each frame is counted where it belongs.
test_traffic()
{
	spawn count framecount h1="$h1/eth0" h3="$h3/eth0" h5="$h5/eth0" h7="$h7/eth0"
	framegen -n 300 "$h1/eth0" -- src=1 dst=3 > /dev/null &
	framegen -n 500 "$h5/eth0" -- src=1 dst=3 > /dev/null &
	wait %2 %3 2>/dev/null
	reap count
	expect "h1 frames=0 h3 frames=300 h5 frames=0 h7 frames=500" \
		"$(sed 's/ bytes=.*//' "$TMP/count" | grep '^h' | xargs)" "frames received"
}

test_packets()
{
	try in_ns "$h1" ping -c 2 -i 0.2 -W 3 192.0.2.3
	try in_ns "$h5" ping -c 2 -i 0.2 -W 3 192.0.2.3
}

# One tenant's end is none for the other.
test_one_ends()
{
	try ctl switch del sw1
	expect h3 "$(probe h1 src=1 dst=3)" "receivers of the tenant that stays"
	expect - "$(probe h7 src=3 dst=bcast)" "receivers of the tenant that has gone"
	expect_range 1 99 "$(ctl -j tunnel show sw0 | jrow rx-unknown-vni)" "frames of its VNI"
	tenant "$sw" 1 sw1 200
	try ipsw link set p5 master sw1
	expect h5 "$(probe h7 src=3 dst=1)" "receivers of the tenant that has come back"
}

tests_run test_apart test_traffic test_packets test_one_ends
