#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
# smp: 4
# races: yes
#
# Four CPUs of traffic while everything that can be changed is changed. At the end the switch works,
# and no frame is out of sight.
#
#	h1 .. h8 -- p1 .. p8 +-----+ q1 .. q4 (come and go)
#	                     | sw0 | host
#	                     +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SECONDS_OF_STORM=10

setup()
{
	local i

	topology 8
	for i in 1 2 3 4; do
		try ipsw link add "q$i" type dummy
		try ipsw link set "q$i" up
	done
	touch "$TMP/storm"
}

# until_over COMMAND: again and again; refusals are part of it.
until_over()
{
	while [ -e "$TMP/storm" ]; do
		"$@"
	done > /dev/null 2>&1
}

change_switch()
{
	ctl -b - <<-CTL
		switch set sw0 vlan-aware on
		vlan add p1 2-4094
		vlan add p2 5 pvid untagged
		switch set sw0 short-path off ageing 1
		vlan del p1 2-4094
		vlan del p2 5
		switch set sw0 vlan-aware off
		switch set sw0 short-path auto ageing 300 fdb-max 4
		switch set sw0 fdb-max 131072 address 02:00:00:00:00:fd
		switch set sw0 address $SW_MAC
	CTL
}

change_ports()
{
	ctl -b - <<-CTL
		port set p1 isolated on hairpin on learning off fdb-max 2
		port set p2 isolated on flood-unicast off limit-broadcast 5
		port set p1 isolated off hairpin off learning on fdb-max 1024
		port set p2 isolated off flood-unicast on limit-broadcast 1000
		fdb replace sw0 $(mac 3) port p4
		fdb replace sw0 $(mac 3) port p3 sticky
		fdb flush sw0 all
	CTL
}

join_and_leave()
{
	ipsw -batch - <<-IP
		link set q1 master sw0
		link set q2 master sw0
		link set q3 master sw0
		link set q1 nomaster
		link set q4 master sw0
		link set p8 down
		link set q2 nomaster
		link set p8 up
		link set q3 nomaster
		link set q4 nomaster
		link set sw0 promisc on
		link set sw0 promisc off
	IP
}

read_all()
{
	ctl -b - <<-CTL
		switch show
		port show
		vlan show
		fdb show
		stats show
		drops show
	CTL
	in_ns "$sw" ethtool -S sw0
	bridge -n "$sw" fdb show dev sw0
}

test_storm()
{
	local i ns job

	monitor
	for i in 1 2 3 4; do
		ns=h$((i * 2 - 1))
		job=h$((i * 2))
		launch "gen$i" framegen -r 4000 -n 100000000 -s "$i" "$ns=${!ns}/eth0" "$job=${!job}/eth0" -- \
			mix=unicast,unicast,unknown,broadcast,multicast,badsrc,linklocal,vlan,qinq \
			stations=8 host="$SW_MAC"
	done
	for job in change_switch change_ports join_and_leave read_all; do
		until_over "$job" &
		BG_PID[$job]=$!
	done
	sleep "$SECONDS_OF_STORM"
	rm "$TMP/storm"
	for job in change_switch change_ports join_and_leave read_all; do
		wait "${BG_PID[$job]}"
		unset "BG_PID[$job]"
	done
	for i in 1 2 3 4; do
		reap "gen$i"
	done
	reap monitor
	note "$(ctl -j stats show sw0 | jrow -s port!=null rx-frames) frames"
}

test_works_afterwards()
{
	change_switch
	try ctl fdb flush sw0 all
	busywait 10 ports_forward 8 || fail "ports that forward: $(ctl_count_forwarding)"
	expect "h2 h3 h4 h5 h6 h7 h8" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	announce 2
	expect h2 "$(probe h1 src=1 dst=2)" "receivers of known unicast"
}

# By the switch's own counters; those of the ports that left are kept in its totals.
test_nothing_out_of_sight()
{
	local in copies out drops

	read -r in copies out drops < <(ctl -j switch show sw0 stats |
		jrow stats.rx-frames stats.copies stats.tx-frames stats.drops)
	expect $((in + copies)) $((out + drops)) "frames in plus copies, and out plus drops"
}

tests_run test_storm test_works_afterwards test_nothing_out_of_sight
