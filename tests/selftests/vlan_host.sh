#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The host's port in a VLAN-aware switch: a member like any other, with VLAN devices on top of it.
#
#	(VLAN 10) h1 -- p1 +-----+ host: untagged in 1,
#	                   | sw0 |       sw0.10 in 10
#	(VLAN 1)  h2 -- p2 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2 vlan-aware on
	addresses 1
	try ctl vlan add p1 10 pvid untagged
	try ctl vlan del p1 1
	PROBE_RX=(h1 h2 host)
}

test_default_vlan()
{
	expect host "$(probe h2 src=2 dst=bcast)" "receivers in VLAN 1"
	expect h2 "$(probe host src="$SW_MAC" dst=bcast)" "receivers of the host in VLAN 1"
}

test_not_a_member()
{
	expect - "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect - "$(probe h1 src=1 dst="$SW_MAC")" "receivers of unicast to the host in VLAN 10"
	expect - "$(probe host src="$SW_MAC" dst=bcast vlan=10)" "receivers of the host in VLAN 10"
}

test_tagged_member()
{
	try ctl vlan add sw0 10
	expect host:10 "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect host:10 "$(probe h1 src=1 dst="$SW_MAC")" "receivers of unicast to the host"
	expect h1 "$(probe host src="$SW_MAC" dst=bcast vlan=10)" "receivers of the host in VLAN 10"
}

test_vlan_device()
{
	ipsw -batch - <<-IP || fail "cannot make a VLAN device"
		link add link sw0 name sw0.10 type vlan id 10
		address add 192.0.2.254/24 dev sw0.10
		link set sw0.10 up
	IP
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 192.0.2.254
	expect h1 "$(frameprobe "$sw/sw0.10" src="$SW_MAC" dst=bcast -- h1="$h1/eth0" h2="$h2/eth0")" \
		"receivers of the VLAN device"
}

# Tags of the host's own that come in the frame, and QinQ from the host.
test_in_band()
{
	in_ns "$sw" ethtool -K sw0 tx-vlan-offload off > /dev/null 2>&1
	expect h1 "$(frameprobe "$sw/sw0.10" src="$SW_MAC" dst=bcast -- h1="$h1/eth0" h2="$h2/eth0")" \
		"receivers of the VLAN device without offload"
	expect h1:20 "$(probe host src="$SW_MAC" dst=bcast vlan=10 vlan=20)" "receivers of two tags"
	expect h2:s5 "$(probe host src="$SW_MAC" dst=bcast svlan=5)" "receivers of an 802.1ad tag"
}

test_pvid_moves()
{
	try ctl vlan add sw0 10 pvid untagged
	expect host "$(probe h1 src=1 dst=bcast)" "receivers in VLAN 10"
	expect h1 "$(probe host src="$SW_MAC" dst=bcast)" "receivers of the host"
}

tests_run test_default_vlan test_not_a_member test_tagged_member test_vlan_device test_in_band \
	test_pvid_moves
