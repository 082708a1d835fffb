#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 150
#
# A VNI for each VLAN: VLANs stay apart across hosts, a VLAN without a VNI stays at home, and to a
# VNI it doesn't matter what the other host calls the network.
#
#	VLAN 10: h1 -- p1 +-----+                      +-----+ p3 -- h3 VLAN 10
#	                  | sw0 | $sw u0 ------ u0 $far | sw0 |
#	VLAN 20: h2 -- p2 +-----+                      +-----+ p4 -- h4 VLAN 20

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

# access NAMESPACE PORT VLAN: untagged in this VLAN alone.
access()
{
	try on "$1" vlan add "$2" "$3" pvid untagged
	try on "$1" vlan del "$2" 1
}

setup()
{
	two_hosts vlan-aware on ageing off
	access "$sw" p1 10
	access "$sw" p2 20
	access "$far" p3 10
	access "$far" p4 20
	tunnel
}

# tunnel_drops NAMESPACE REASON: so many.
tunnel_drops()
{
	on "$1" -j stats show sw0 tunnel |
		jrow -s -e drop drop.reason="$2" drop.frames
}

test_without_vnis()
{
	expect - "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast in a VLAN without a VNI"
	expect 0 "$(tunnel_counter tx-frames)" "frames that left"
}

test_vnis()
{
	try ctl vni add sw0 1010 vlan 10
	try ctl vni add sw0 1020 vlan 20
	try on "$far" vni add sw0 1010 vlan 10
	try on "$far" vni add sw0 1020 vlan 20
	expect "1 100
10 1010
20 1020" "$(ctl -j vni show sw0 | jrow vlan vni)" "VNIs"
	expect h3 "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect h4 "$(probe h2 src=2 dst=bcast)" "receivers in VLAN 20"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers of an answer in VLAN 10"
	expect h4 "$(probe h2 src=2 dst=3)" "receivers in VLAN 20 of a frame to an address of VLAN 10"
	expect "10 $(vtep 2)" "$(ctl -j fdb show sw0 | jrow mac="$(mac 3)" vlan remote)" "where h3 is"
	balanced
}

# The same address in two VLANs is two addresses.
test_same_address()
{
	try ctl fdb add sw0 02:aa:00:00:00:01 remote "$(vtep 2)" vlan 10
	try ctl fdb add sw0 02:aa:00:00:00:01 port p2 vlan 20
	expect h3 "$(probe h1 src=1 dst=02:aa:00:00:00:01)" "receivers in VLAN 10"
	refused 'not a member' ctl fdb add sw0 02:aa:00:00:00:01 remote "$(vtep 2)" vlan 30
	try ctl fdb flush sw0 all
	balanced
}

# A container's tag is a VLAN's, on a port that is a member; it doesn't go along.
test_tagged_container()
{
	try ctl vlan add p2 10
	expect h3 "$(probe h2 src=2 dst=bcast vlan=10 | tr ' ' '\n' | grep '^h3' | xargs)" \
		"receivers of a tagged frame, without a tag"
	try ctl vlan del p2 10
}

test_refusals()
{
	refused 'has this VNI' ctl vni add sw0 1010 vlan 30
	refused 'has a VNI' ctl vni add sw0 1030 vlan 10
	refused 'tunnel.s own' ctl vni add sw0 1030 vlan 1
	refused 'goes with the tunnel' ctl vni del sw0 "$VNI"
	refused 'No VLAN' ctl vni del sw0 4711
	try ctl switch add sw1 vlan-aware on up
	try ctl tunnel set sw1 local "$(vtep 1)"
	refused 'belongs to' ctl vni add sw1 1010 vlan 10
	try ctl switch del sw1
}

test_vni_deleted()
{
	try ctl vni del sw0 1010
	expect - "$(probe h1 src=1 dst=bcast)" "receivers without the VNI"
	expect 0 "$(ctl -j fdb show sw0 | jrow -c vlan=10 remote!=null)" "addresses behind the remote in VLAN 10"
	expect h4 "$(probe h2 src=2 dst=bcast)" "receivers in the other VLAN"
	try ctl vni add sw0 1010 vlan 10
	expect h3 "$(probe h1 src=1 dst=bcast)" "receivers with it again"
	balanced
}

# Another UDP port takes all VNIs along.
test_other_port()
{
	try ctl tunnel set sw0 port 8472
	try on "$far" tunnel set sw0 port 8472
	expect h3 "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect h4 "$(probe h2 src=2 dst=bcast)" "receivers in VLAN 20"
}

# The other host has one switch for each network, which ignores VLANs; both at one UDP port.
test_other_names()
{
	try on "$far" switch del sw0
	try on "$far" switch add sw0 up
	try on "$far" switch add sw1 up
	try ip -n "$far" link set p3 master sw0
	try ip -n "$far" link set p4 master sw1
	try on "$far" tunnel set sw0 vni 1010 local "$(vtep 2)" port 8472
	try on "$far" tunnel set sw1 vni 1020 local "$(vtep 2)" port 8472
	try on "$far" remote add sw0 "$(vtep 1)"
	try on "$far" remote add sw1 "$(vtep 1)"
	expect h3 "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect h4 "$(probe h2 src=2 dst=bcast)" "receivers in VLAN 20"
	expect h2 "$(probe h4 src=4 dst=bcast)" "receivers of the other network's answer"
	balanced
}

# What has a VNI of a VLAN doesn't come into a switch that ignores VLANs.
test_aware_no_more()
{
	local before

	before=$(tunnel_drops "$sw" tunnel-no-vni)
	try ctl switch set sw0 vlan-aware off
	expect - "$(probe h3 src=3 dst=1)" "receivers in a switch that ignores VLANs"
	expect $((before + 1)) "$(tunnel_drops "$sw" tunnel-no-vni)" "frames dropped"
	balanced
}

tests_run test_without_vnis test_vnis test_same_address test_tagged_container test_refusals \
	test_vni_deleted test_other_port test_other_names test_aware_no_more
