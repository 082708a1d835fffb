#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VLAN devices take a frame before its device's rx_handler is asked. A container with some can
# lead a frame back into the switch, so its port isn't eligible for the short path; or two
# cables and two switches would send one frame round and round in the kernel's receive path,
# which knows no limit, and the CPU would be gone.
#
#	h1 -- p1 (trunk) +-----+ p2 -- h2		the loop: p1 - eth0.10 - loop0 - eth1 - p3.10
#	h1 -- p3.10      | sw0 |
#	                 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	announce 1 2
}

test_peer_with_vlan_device()
{
	local before

	expect eligible "$(port p2 short-state)" "the short path to a plain container"
	try ip -n "$h2" link add link eth0 name eth0.10 type vlan id 10
	expect peer-vlan "$(port p2 short-state)" "the short path to one with a VLAN device"
	before=$(counter p2 tx-short-frames)
	expect h2 "$(probe h1 src=1 dst=2)" "receivers"
	expect "$before" "$(counter p2 tx-short-frames)" "frames by the short path"
	try ip -n "$h2" link del eth0.10
	expect eligible "$(port p2 short-state)" "the short path once it is gone"
	expect h2 "$(probe h1 src=1 dst=2)" "receivers"
	expect $((before + 1)) "$(counter p2 tx-short-frames)" "frames by the short path"
}

goes_round() { [ "$(counter p1 tx-frames)" -ge "$1" ]; }

test_loop_by_vlan_devices()
{
	local x start=$SECONDS frames
	x=$(mac 0x66)

	try ctl switch set sw0 vlan-aware on
	try ipsw link add p3 type veth peer name eth1 netns "$h1"
	try ipsw link add link p3 name p3.10 type vlan id 10
	try ipsw link set p3 up
	try ipsw link set p3.10 master sw0 up
	try ctl vlan add p1 10
	try ctl vlan add p2 10 pvid untagged
	try ctl vlan add p3.10 10 pvid untagged
	try ctl fdb replace sw0 "$x" port p1 vlan 10

	try ip -n "$h1" link add link eth0 name eth0.10 type vlan id 10
	try cvswitch-ctl -n "$h1" switch add loop0 vlan-aware on
	try ip -n "$h1" link set eth1 up
	try ip -n "$h1" link set eth1 master loop0
	try ip -n "$h1" link set eth0.10 master loop0 up
	try cvswitch-ctl -n "$h1" vlan add eth1 10
	try cvswitch-ctl -n "$h1" vlan add eth0.10 10 pvid untagged
	try cvswitch-ctl -n "$h1" fdb replace loop0 "$x" port eth1 vlan 10
	try ip -n "$h1" link set loop0 up

	frames=$(counter p1 tx-frames)
	blast h2 1 src=2 dst=0x66
	busywait 10 goes_round $((frames + 200)) || fail "the loop is no loop"
	try ip -n "$h1" link set loop0 down
	try ip -n "$h1" link del loop0
	try ipsw link del p3
	try ctl switch set sw0 vlan-aware off
	expect_range 0 40 $((SECONDS - start)) "seconds that the loop and its end took"
}

# Such a device hands frames up with their tag where the switch doesn't look for it.
test_reorder_hdr()
{
	local before

	try ipsw link add link p2 name p2.20 type vlan id 20 reorder_hdr off
	refused "reorder_hdr" ipsw link set p2.20 master sw0
	try ipsw link set p2.20 type vlan reorder_hdr on
	try ipsw link set p2.20 master sw0 up
	try ipsw link set p2.20 type vlan reorder_hdr off
	before=$(drops)
	probe h2 src=2 dst=1 vlan=20 > /dev/null
	expect "p2.20 malformed 1" "$(drops_since "$before")" "drops after it was switched off"
	try ipsw link del p2.20
}

tests_run test_peer_with_vlan_device test_loop_by_vlan_devices test_reorder_hdr
