#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 200
# smp: 4
# races: yes
#
# Threads configure everything at random, switches, ports and tunnels coming and going among it, while
# frames of every kind are flooded, learned from and moved, also by another host's end of a tunnel.
# Afterwards the switch works, no frame is out of sight, and the module goes without leaving anything
# behind. See src/confstorm.c for what is done.
#
#	h1 .. h6 -- p1 .. p6 +-----+ cd0 .. cd3 (come and go)     +-----+
#	                     | sw0 | host    u0 ---------- u0     | sw0 | p7 -- h7
#	                     +-----+ (and so do sw1, sw2)         +-----+ $far
#
# CVS_SEED=N repeats what is asked for, though not when; CVS_RACE_SECONDS=N is how long it takes.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

SEED=${CVS_SEED:-$RANDOM}
RACE_SECONDS=${CVS_RACE_SECONDS:-60}
PORTS=(p1 p2 p3 p4 p5 p6)
h7=''

setup()
{
	[ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"
	note "CVS_SEED=$SEED CVS_RACE_SECONDS=$RACE_SECONDS"
	modprobe -q dummy	# built into some kernels
	topology 6
	setup_ns far
	try on "$far" switch add sw0 address $FAR_MAC up
	far_containers 7 7
	underlay
	try on "$far" tunnel set sw0 vni "$VNI" local "$(vtep 2)"
	try on "$far" remote add sw0 "$(vtep 1)"
}

cleanup() { loaded || "$CVS_TOP/scripts/load" "$CVS_KO"; }

# Senders to the end of the storm: a mix of everything, and two of the same 2,000 addresses.
send()
{
	launch mix nice -n 10 framegen -r 100 -n 100000000 -s "$SEED" h1="$h1/eth0" h2="$h2/eth0" -- stations=6 \
		mix=unicast,unicast,unknown,broadcast,multicast,badsrc,linklocal,vlan,qinq host="$SW_MAC"
	launch learn3 nice -n 10 framegen -r 100 -n 100000000 h3="$h3/eth0" h4="$h4/eth0" -- src=0x1000 srcs=2000 dst=1
	launch learn5 nice -n 10 framegen -r 100 -n 100000000 h5="$h5/eth0" -- src=0x1000 srcs=2000 dst=bcast
	launch unknown nice -n 10 framegen -r 100 -n 100000000 h6="$h6/eth0" -- src=6 dst=0x2000 dsts=60000
	launch other nice -n 10 framegen -r 100 -n 100000000 -s "$SEED" h7="$h7/eth0" -- stations=7 \
		mix=unicast,unicast,unknown,broadcast,multicast,vlan
}
quiet()
{
	local id

	for id in mix learn3 learn5 unknown other; do
		kill -0 "${BG_PID[$id]}" || fail "a sender ended: $(cat "$TMP/$id")"
		reap "$id"
	done
}

# Frames taken from the containers' devices so far.
sent()
{
	linkstat "$h1/eth0" "$h2/eth0" "$h3/eth0" "$h4/eth0" "$h5/eth0" "$h6/eth0" |
		sed 's/.* tx=\([0-9]*\) .*/\1/' | paste -sd+ | bc
}

# Every operation has been done, and prints how often.
operations()
{
	local name ok refused

	while read -r name ok refused; do
		note "$name: ${ok#ok=} done, ${refused#refused=} refused"
		[ "${ok#ok=}" != 0 ] || fail "$name was never done"
	done < "$1"
}

test_storm()
{
	send
	timeout -k 5 $((RACE_SECONDS * 4 + 330)) ip netns exec "$sw" \
		confstorm -s "$SEED" -t "$RACE_SECONDS" -j 4 "${PORTS[@]}" > "$TMP/storm" 2>&1 ||
		fail "confstorm: $(tail -n 3 "$TMP/storm")"
	quiet
	operations "$TMP/storm"
	note "frames: $(sent)"
	expect_range 200 99999999999 "$(sent)" "frames sent"
}

# All is made anew; the devices have gone through all that.
test_works_afterwards()
{
	rejoin "${PORTS[@]}"
	expect "h2 h3 h4 h5 h6" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	announce 2
	expect h2 "$(probe h1 src=1 dst=2)" "receivers of known unicast"
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
	expect "h2 h3 h4 h5 h6 h7" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast, with a tunnel"
}

# With one switch that stays, its ports coming and going: its totals keep what those have counted.
test_nothing_out_of_sight()
{
	local in copies out drops

	send
	try timeout 60 ip netns exec "$sw" confstorm -s "$SEED" -t 10 -j 2 -k "${PORTS[@]}"
	quiet
	busywait 10 at_rest || fail "the switch doesn't come to rest"
	read -r in copies out drops <<<"$(totals)"
	note "in $in + copies $copies = out $out + drops $drops"
	expect_range 100 99999999999 "$in" "frames in"
	expect $((in + copies)) $((out + drops)) "frames in plus copies, and out plus drops"
}
totals() { ctl -j switch show sw0 stats | jrow stats.rx-frames stats.copies stats.tx-frames stats.drops; }
at_rest() { [ "$(totals)" = "$(sleep 0.1; totals)" ]; }

test_unloads() { unload_cleanly "${PORTS[@]}"; }

tests_run test_storm test_works_afterwards test_nothing_out_of_sight test_unloads
