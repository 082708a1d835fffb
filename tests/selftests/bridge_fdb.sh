#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# iproute2's "bridge fdb" shows, adds and deletes entries of the switch.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2; }

brfdb() { bridge -n "$sw" fdb "$@"; }
shown() { brfdb show dev sw0 | grep -i "^$(mac "$1") "; }

test_show_learned()
{
	announce 1
	[[ $(shown 1) = *" via p1"* ]] || fail "a learned entry is shown as '$(shown 1)'"
	[[ $(shown 1) = *" self"* ]] || fail "a learned entry is shown as '$(shown 1)'"
	[[ $(shown 1) != *permanent* ]] || fail "a learned entry is shown as '$(shown 1)'"
}

test_add_and_delete()
{
	try brfdb add "$(mac 9)" dev sw0 self via p2
	expect "$(mac 9) p2 static" "$(fdb | grep "$(mac 9)")" "entry in our own words"
	[[ $(shown 9) = *" via p2"* ]] || fail "a static entry is shown as '$(shown 9)'"
	expect h2 "$(probe h1 src=1 dst=9)" "receivers"
	refused "exists" brfdb add "$(mac 9)" dev sw0 self via p1
	expect "$(mac 9) p2 static" "$(fdb | grep "$(mac 9)")" "entry after a second add"
	try brfdb del "$(mac 9)" dev sw0 self
	expect "" "$(shown 9)" "entry after del"
	refused "No such" brfdb del "$(mac 9)" dev sw0 self
}

test_replace()
{
	try brfdb replace "$(mac 9)" dev sw0 self via p2
	try brfdb replace "$(mac 9)" dev sw0 self via p1
	expect "$(mac 9) p1 static" "$(fdb | grep "$(mac 9)")" "entry after replace"
	try brfdb del "$(mac 9)" dev sw0 self
}

# A device is told by its number, so one that isn't a port is refused.
test_refused()
{
	refused "not a port" brfdb add "$(mac 9)" dev sw0 self via lo
	refused "group address|zero|multicast|invalid" brfdb add 01:00:5e:00:00:01 dev sw0 self via p1
	expect "" "$(shown 9)" "entry after refusals"
}

test_vlan()
{
	try ctl switch set sw0 vlan-aware on
	try ctl vlan add p2 10
	try brfdb add "$(mac 9)" dev sw0 self via p2 vlan 10
	expect "$(mac 9) vlan 10 p2 static" "$(fdb | grep "$(mac 9)")" "entry in our own words"
	[[ $(shown 9) = *" vlan 10"* ]] || fail "an entry of a VLAN is shown as '$(shown 9)'"
	try brfdb del "$(mac 9)" dev sw0 self vlan 10
	expect "" "$(shown 9)" "entry after del"
	try ctl switch set sw0 vlan-aware off
}

# More than one netlink message's worth, each entry once.
test_show_many()
{
	try ctl port set p1 fdb-max off
	blast h1 3000 src=0x10000 srcs=3000 dst=unknown
	expect 3000 "$(brfdb show dev sw0 | grep -c '^02:00:00:01:')" "lines of bridge fdb show"
	expect 3000 "$(brfdb show dev sw0 | grep '^02:00:00:01:' | sort -u | wc -l)" "different lines"
}

tests_run test_show_learned test_add_and_delete test_replace test_refused test_vlan test_show_many
