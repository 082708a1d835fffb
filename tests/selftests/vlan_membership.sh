#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Which VLANs a port is in: defaults, adding, changing, deleting, ranges, refusals.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2 vlan-aware on; }

# vlans DEV: "VID[p][u]" for each, p for the PVID and u for untagged.
vlans()
{
	local vid pvid untagged all=()

	while read -r vid pvid untagged; do
		[ "$pvid" != true ] || vid+=p
		[ "$untagged" != true ] || vid+=u
		all+=("$vid")
	done < <(ctl -j vlan show sw0 "$1" | jrow vid pvid untagged)
	echo "${all[*]}"
}

test_defaults()
{
	expect 1pu "$(vlans p1)" "VLANs of a port"
	expect 1pu "$(vlans sw0)" "VLANs of the host's port"
}

test_add()
{
	try ctl vlan add p1 10
	expect "1pu 10" "$(vlans p1)" "VLANs"
	try ctl vlan add p1 20 untagged
	expect "1pu 10 20u" "$(vlans p1)" "VLANs"
	try ctl vlan add p1 30 pvid untagged
	expect "1u 10 20u 30pu" "$(vlans p1)" "VLANs after another PVID"
	expect 1pu "$(vlans p2)" "VLANs of another port"
}

test_change()
{
	try ctl vlan add p1 20
	expect "1u 10 20 30pu" "$(vlans p1)" "VLANs after adding 20 without untagged"
	try ctl vlan add p1 30 untagged
	expect "1u 10 20 30u" "$(vlans p1)" "VLANs after adding 30 without pvid"
}

test_delete()
{
	try ctl vlan del p1 1
	try ctl vlan del p1 20
	expect "10 30u" "$(vlans p1)" "VLANs"
	refused "not a member" ctl vlan del p1 20
	expect "10 30u" "$(vlans p1)" "VLANs after a refusal"
}

test_range()
{
	try ctl vlan add p2 100-199
	expect 101 "$(vlans p2 | wc -w)" "number of VLANs"
	try ctl vlan del p2 150-199
	expect 51 "$(vlans p2 | wc -w)" "number of VLANs after deleting half"
	refused "PVID must be a single VLAN" ctl vlan add p2 200-201 pvid
	refused "." ctl vlan add p2 300-299
	expect 51 "$(vlans p2 | wc -w)" "number of VLANs after refusals"
	try ctl vlan add p2 1-4094
	expect 4094 "$(vlans p2 | wc -w)" "number of VLANs in all"
}

test_bounds()
{
	refused "." ctl vlan add p1 0
	refused "." ctl vlan add p1 4095
	expect "10 30u" "$(vlans p1)" "VLANs after refusals"
}

test_host_port()
{
	try ctl vlan add sw0 10
	expect "1pu 10" "$(vlans sw0)" "VLANs of the host's port"
	try ctl vlan del sw0 10
}

# An entry of the FDB ends with its port's membership.
test_entries_end_with_membership()
{
	try ctl fdb add sw0 "$(mac 9)" port p1 vlan 10
	blast h1 1 src=8 dst=bcast vlan=10
	expect 2 "$(fdb vlan 10 | wc -l)" "entries of VLAN 10"
	try ctl vlan del p1 10
	expect - "$(probe h1 src=8 dst=bcast vlan=10)" "receivers after p1 left VLAN 10"
	expect 0 "$(fdb vlan 10 learned | wc -l)" "learned entries of VLAN 10 after p1 left it"
	try ctl vlan add p1 10
}

# Membership is kept while the switch ignores it.
test_kept_while_unaware()
{
	try ctl switch set sw0 vlan-aware off
	try ctl vlan add p1 40
	try ctl switch set sw0 vlan-aware on
	expect "10 30u 40" "$(vlans p1)" "VLANs"
}

test_entry_of_no_member()
{
	refused "not a member of this VLAN" ctl fdb add sw0 "$(mac 9)" port p1 vlan 77
	try ctl switch set sw0 vlan-aware off
	refused "Switch ignores VLANs" ctl fdb add sw0 "$(mac 9)" port p1 vlan 10
}

tests_run test_defaults test_add test_change test_delete test_range test_bounds test_host_port \
	test_entries_end_with_membership test_kept_while_unaware test_entry_of_no_member
