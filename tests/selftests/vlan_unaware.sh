#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch that ignores VLANs passes tags as they are, and finds addresses whatever the tag.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

test_default() { expect false "$(switch vlan-aware)" "vlan-aware by default"; }

test_tags_pass()
{
	expect "h2 h3" "$(probe h1 src=1 dst=bcast)" "untagged"
	expect "h2:10 h3:10" "$(probe h1 src=1 dst=bcast vlan=10)" "a tag"
	expect "h2:0.5 h3:0.5" "$(probe h1 src=1 dst=bcast vlan=0.5)" "a priority tag"
	expect "h2:10.3:20 h3:10.3:20" "$(probe h1 src=1 dst=bcast vlan=10.3 vlan=20)" "two tags"
	expect "h2:s100:10 h3:s100:10" "$(probe h1 src=1 dst=bcast svlan=100 vlan=10)" "QinQ"
	expect "h2:4095 h3:4095" "$(probe h1 src=1 dst=bcast vlan=4095)" "VLAN 4095"
}

test_fdb_ignores_tags()
{
	local path

	blast h2 1 src=2 dst=bcast vlan=77
	expect "$(mac 1) p1 learned
$(mac 2) p2 learned" "$(fdb)" "entries"
	for path in off auto; do
		try ctl switch set sw0 short-path "$path"
		expect h2 "$(probe h1 src=1 dst=2)" "untagged, short-path $path"
		expect h2:10 "$(probe h1 src=1 dst=2 vlan=10)" "a tag, short-path $path"
		expect h2:s100:10 "$(probe h1 src=1 dst=2 svlan=100 vlan=10)" "QinQ, short-path $path"
	done
}

test_without_offload()
{
	in_ns "$sw" ethtool -K p2 tx-vlan-offload off > /dev/null
	expect "h2:10.3:20 h3:10.3:20" "$(probe h1 src=1 dst=bcast vlan=10.3 vlan=20)" "two tags"
	expect h2:10 "$(probe h1 src=1 dst=2 vlan=10)" "a tag"
}

# What the ports' VLANs are plays no part.
test_membership_is_ignored()
{
	try ctl vlan del p2 1
	try ctl vlan add p3 10 pvid untagged
	expect "h2 h3" "$(probe h1 src=1 dst=bcast)" "untagged"
	expect "h2:10 h3:10" "$(probe h1 src=1 dst=bcast vlan=10)" "a tag"
}

# Containers' own VLAN devices talk through it.
test_vlan_devices()
{
	local i ns

	for i in 1 2; do
		ns=h$i
		ip -n "${!ns}" -batch - <<-IP || fail "cannot make VLAN devices"
			link add link eth0 name eth0.5 type vlan id 5
			address add 198.51.100.$i/24 dev eth0.5
			link set eth0.5 up
		IP
	done
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 198.51.100.2
}

tests_run test_default test_tags_pass test_fdb_ignores_tags test_without_offload \
	test_membership_is_ignored test_vlan_devices
