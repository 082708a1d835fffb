#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Static entries are stronger than learning, sticky ones don't move; entries are added, replaced,
# deleted and flushed by port, VLAN and kind, and end with their port.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

entry() { fdb | grep "^$(mac "$1") "; }
flushed() { ctl -j fdb flush sw0 "$@" | jrow count; }

test_add_get_del()
{
	try ctl fdb add sw0 "$(mac 9)" port p2
	expect "$(mac 9) p2 static" "$(entry 9)" "entry"
	expect "p2 static" "$(ctl -j fdb get sw0 "$(mac 9)" | jrow port kind)" "fdb get"
	expect h2 "$(probe h1 src=1 dst=9)" "receivers of a frame to a static address"
	refused "Entry exists" ctl fdb add sw0 "$(mac 9)" port p3
	expect "$(mac 9) p2 static" "$(entry 9)" "entry after a second add"
	try ctl fdb del sw0 "$(mac 9)"
	expect "" "$(entry 9)" "entry after del"
	refused "No such entry" ctl fdb del sw0 "$(mac 9)"
	refused "No such entry" ctl fdb get sw0 "$(mac 9)"
}

test_replace()
{
	try ctl fdb replace sw0 "$(mac 9)" port p2
	try ctl fdb replace sw0 "$(mac 9)" port p3
	expect "$(mac 9) p3 static" "$(entry 9)" "entry after replace"
	expect h3 "$(probe h1 src=1 dst=9)" "receivers"
	try ctl fdb del sw0 "$(mac 9)"
}

test_learning_does_not_move_static()
{
	local before

	try ctl fdb add sw0 "$(mac 9)" port p2
	before=$(counter p3 learn-refused)
	blast h3 3 src=9 dst=bcast
	expect "$(mac 9) p2 static" "$(entry 9)" "static entry that spoke elsewhere"
	expect h2 "$(probe h1 src=1 dst=9)" "receivers"
	expect_range $((before + 1)) $((before + 3)) "$(counter p3 learn-refused)" "refused addresses at p3"
}

test_learned_becomes_static()
{
	blast h3 1 src=10 dst=bcast
	expect "$(mac 10) p3 learned" "$(entry 10)" "entry"
	try ctl fdb replace sw0 "$(mac 10)" port p2
	expect "$(mac 10) p2 static" "$(entry 10)" "entry after replace"
	expect 0 "$(fdb port p3 | grep -c "$(mac 10)")" "entries left at p3"
}

test_sticky()
{
	local before

	try ctl fdb add sw0 "$(mac 11)" port p2 sticky
	before=$(counter p3 learn-refused)
	blast h3 3 src=11 dst=bcast
	expect "$(mac 11) p2 sticky" "$(entry 11)" "sticky entry that spoke elsewhere"
	expect_range $((before + 1)) $((before + 3)) "$(counter p3 learn-refused)" "refused addresses at p3"
}

# To the host: a second address that the host answers to.
test_static_at_host()
{
	PROBE_RX=(h1 h2 h3 host)
	try ctl fdb add sw0 "$(mac 12)" port host
	expect "$(mac 12) sw0 static" "$(entry 12)" "entry"
	expect host "$(probe h1 src=1 dst=12)" "receivers"
	PROBE_RX=(h1 h2 h3)
	try ctl fdb del sw0 "$(mac 12)"
}

test_flush_by_kind()
{
	try ctl fdb flush sw0 all
	announce 1 2
	try ctl fdb add sw0 "$(mac 20)" port p1
	try ctl fdb add sw0 "$(mac 21)" port p1 sticky
	expect 2 "$(flushed learned)" "flushed learned entries"
	expect "$(mac 20) p1 static
$(mac 21) p1 sticky" "$(fdb)" "entries after flushing learned ones"
	announce 1
	expect 2 "$(flushed)" "entries flushed by default, learned and sticky"
	expect "$(mac 20) p1 static" "$(fdb)" "entries after the default flush"
	expect 1 "$(flushed static)" "flushed static entries"
	expect "" "$(fdb)" "entries at the end"
}

test_flush_by_port()
{
	announce 1 2 3
	try ctl fdb add sw0 "$(mac 20)" port p1
	expect 2 "$(flushed port p1 all)" "entries flushed from p1"
	expect "$(mac 2) p2 learned
$(mac 3) p3 learned" "$(fdb)" "entries of other ports"
}

test_flush_spares_own_address()
{
	try ctl fdb flush sw0 all
	expect sw0 "$(fdb_port "$SW_MAC")" "place of the switch's own address"
	refused "." ctl fdb del sw0 "$SW_MAC"
	expect sw0 "$(fdb_port "$SW_MAC")" "place of the switch's own address"
}

test_flush_by_vlan()
{
	try ctl switch set sw0 vlan-aware on
	try ctl vlan add p1 10-11
	blast h1 1 src=5 dst=bcast vlan=10
	blast h1 1 src=5 dst=bcast vlan=11
	expect 1 "$(flushed vlan 10)" "entries flushed from VLAN 10"
	expect "$(mac 5) vlan 11 p1 learned" "$(fdb)" "entries of other VLANs"
	try ctl switch set sw0 vlan-aware off
}

# Turning VLAN awareness on or off makes what was learned meaningless.
test_vlan_aware_flushes()
{
	announce 1
	try ctl switch set sw0 vlan-aware on
	expect "" "$(fdb)" "learned entries after vlan-aware on"
	announce 1
	try ctl switch set sw0 vlan-aware off
	expect "" "$(fdb)" "learned entries after vlan-aware off"
}

test_removed_port()
{
	announce 1 2
	try ctl fdb add sw0 "$(mac 20)" port p2
	try ctl fdb add sw0 "$(mac 21)" port p2 sticky
	try ctl port del p2
	expect "$(mac 1) p1 learned" "$(fdb)" "entries after p2 left"
	expect "h3" "$(probe h1 src=1 dst=20)" "receivers of a frame to its address"
}

tests_run test_add_get_del test_replace test_learning_does_not_move_static \
	test_learned_becomes_static test_sticky test_static_at_host test_flush_by_kind \
	test_flush_by_port test_flush_spares_own_address test_flush_by_vlan \
	test_vlan_aware_flushes test_removed_port
