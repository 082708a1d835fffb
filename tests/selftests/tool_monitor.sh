#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 90
#
# The monitor tells every change of the configuration and the addresses, the drops, and how many of
# them it missed; to those who asked for it, in their own namespace.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |  -> monitor
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2; }

lines() { grep -c "$1" "$TMP/monitor"; }
# count CONDITION...: of the events told. They are JSON, but what is said of lost ones.
count() { grep '^{' "$TMP/monitor" | jrow -c "$@"; }
has() { [ "$(count "$@")" != 0 ]; }
tells() { busywait 5 has "$@" || fail "no event with $*; the last is $(tail -n 1 "$TMP/monitor")"; }

test_config()
{
	monitor config
	try ctl switch add sw1
	tells name=sw1
	try ctl switch set sw0 ageing 77
	tells ageing-time=77
	try ctl port set p1 isolated on
	tells name=p1 isolated=true
	try ctl vlan add p1 5-9
	tells vid=5 vid-end=9
	try ctl vlan del p1 7
	tells vid=7
	try ctl switch del sw1
	try ipsw link set p2 nomaster
	try ipsw link set p2 master sw0
	blast h1 1 src=1 dst=bcast
	blast h1 1 src=mcast dst=bcast
	try ctl port set p1 isolated off
	tells name=p1 isolated=false
	expect 0 "$(($(count mac!=null) + $(count reason!=null)))" "events nobody asked for"
	reap monitor
}

test_fdb()
{
	try ctl fdb flush sw0 all
	monitor fdb
	announce 1
	tells mac="$(mac 1)" port=p1 event=learned
	try ctl fdb add sw0 "$(mac 9)" port p2
	tells mac="$(mac 9)" event=added kind=static
	try ctl fdb del sw0 "$(mac 9)"
	tells mac="$(mac 9)" event=deleted
	blast h2 1 src=1 dst=bcast
	tells mac="$(mac 1)" event=moved old-port=p1
	try ctl switch set sw0 ageing 1
	busywait 10 has mac="$(mac 1)" event=aged || fail "no event of ageing"
	reap monitor
	try ctl switch set sw0 ageing 300
}

test_drops()
{
	monitor drops
	blast h1 1 src=1 dst=bpdu
	tells reason=link-local port=p1 source="$(mac 1)"
	reap monitor
}

# Of tunnels, too: their settings, remotes, VNIs, addresses behind remotes, and what the tunnel drops,
# here because nothing leads to the remote.
test_tunnel()
{
	local r=198.51.100.2

	try ctl switch add swt vlan-aware on up
	monitor
	try ctl tunnel set swt vni 100 local 198.51.100.1
	tells type=tunnel-set switch=swt vni=100 local=198.51.100.1
	try ctl tunnel set swt port 8472
	tells type=tunnel-set port=8472
	try ctl remote add swt "$r"
	tells type=remote-add switch=swt address="$r" flood=true
	try ctl remote set swt "$r" flood off fdb-max 7
	tells type=remote-set address="$r" flood=false fdb-max=7
	try ctl vni add swt 110 vlan 10
	tells type=vni-add switch=swt vni=110 vlan=10
	try ctl vlan add swt 10
	try ctl fdb add swt "$(mac 8)" port host vlan 10
	try ctl fdb replace swt "$(mac 8)" remote "$r" vlan 10
	tells type=fdb mac="$(mac 8)" remote="$r" event=added
	try ctl fdb del swt "$(mac 8)" vlan 10
	tells type=fdb mac="$(mac 8)" remote="$r" event=deleted
	try ctl vni del swt 110
	tells type=vni-del vni=110
	try ctl remote del swt "$r"
	tells type=remote-del address="$r" flood=false
	try ctl remote add swt "$r"
	try ctl fdb add swt "$(mac 8)" remote "$r" vlan 1
	try framegen -n 1 "swt=$sw/swt" -- src=9 dst=8
	tells type=drop tunnel=true reason=tunnel-no-route switch=swt
	try ctl tunnel del swt
	tells type=tunnel-del switch=swt vni=100
	tells type=remote-del address="$r" flood=true
	reap monitor
	expect 0 "$(grep -vc '^{' "$TMP/monitor")" "lines that are no event"
	try ctl switch del swt
}

# One line for each event, in words.
test_text()
{
	cvswitch-ctl -n "$sw" monitor > "$TMP/monitor" 2>&1 &
	BG_PID[monitor]=$!
	busywait 10 listens
	try ctl port set p1 isolated on
	try ctl port set p1 isolated off
	busywait 5 said 2 p1 || fail "it says '$(cat "$TMP/monitor")'"
	blast h1 1 src=1 dst=bpdu
	busywait 5 said 1 link-local || fail "it says '$(cat "$TMP/monitor")'"
	try ctl tunnel set sw0 vni 100 local 198.51.100.1 ttl 9
	busywait 5 said 1 'tunnel of sw0: vni 100, local 198.51.100.1, port 4789, settings ttl 9$' ||
		fail "it says '$(cat "$TMP/monitor")'"
	try ctl remote add sw0 198.51.100.2
	busywait 5 said 1 'remote 198.51.100.2 of sw0: flood on, fdb-max off$' ||
		fail "it says '$(cat "$TMP/monitor")'"
	try ctl fdb add sw0 "$(mac 8)" remote 198.51.100.2
	busywait 5 said 1 "added static $(mac 8) at remote 198.51.100.2 of sw0\$" ||
		fail "it says '$(cat "$TMP/monitor")'"
	try ctl tunnel del sw0
	busywait 5 said 2 'tunnel of sw0' || fail "it says '$(cat "$TMP/monitor")'"
	reap monitor
}
said() { [ "$(lines "$2")" -ge "$1" ]; }

# Somebody else's namespace is none of our business.
test_own_namespace_only()
{
	local other

	monitor
	setup_ns other
	try cvswitch-ctl -n "$other" switch add swo
	try cvswitch-ctl -n "$other" switch set swo ageing 11
	try ctl switch set sw0 ageing 22
	tells ageing-time=22
	expect 0 "$(count ageing-time=11)" "events of other namespaces"
	reap monitor
}

# A reader that is too slow is told that it missed something, and goes on.
test_lost_events()
{
	monitor fdb
	kill -STOP "${BG_PID[monitor]}"
	try ctl port set p1 fdb-max off
	blast h1 30000 src=0x10000 srcs=30000 dst=unknown
	kill -CONT "${BG_PID[monitor]}"
	busywait 10 grep -qi lost "$TMP/monitor" || fail "nothing about lost events"
	busywait 20 add_is_told || fail "no events after the lost ones"
	reap monitor
}
# The first may be lost as well, while the reader catches up.
add_is_told()
{
	try ctl fdb replace sw0 "$(mac 9)" port p2
	busywait 2 has mac="$(mac 9)"
}

tests_run test_config test_fdb test_drops test_tunnel test_text test_own_namespace_only test_lost_events
