#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# Flooding to more remotes than softirq has time for: 1,000 remotes get every frame of those that
# found room in the queue, what did not is counted, and a container that floods doesn't take the
# others' turn.
#
#	h1 -- p1 +-----+             +-----+ p3 -- h3
#	         | sw0 | u0 ---- u0  | sw0 |
#	h2 -- p2 +-----+             +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

MANY=1000
! on_uml || MANY=200

setup()
{
	local i

	two_hosts
	tunnel
	try ctl switch set sw0 ageing off
	try ctl port set p1 limit-broadcast off
	try ctl port set p2 limit-broadcast off
	for ((i = 0; i < MANY; i++)); do
		echo "remote add sw0 198.18.$((i / 250)).$((i % 250 + 1))"
	done > "$TMP/remotes"
	# They don't exist, but there is a neighbour that takes what is for them.
	try ipsw route add 198.18.0.0/15 via "$(vtep 2)"
	expect_range 0 64 "$(ctl -j remote show sw0 | jrow -c)" "remotes before"
}

rest() { settles 0 "frames in + copies - frames out - drops" balance "$sw"; }

# 64 at once, without the queue.
test_at_once()
{
	local before i

	for ((i = 1; i < 64; i++)); do
		echo "remote add sw0 198.19.0.$i"
	done > "$TMP/few"
	try ctl -b "$TMP/few"
	before=$(tunnel_counter tx-frames)
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast to 64 remotes"
	expect 64 $(($(tunnel_counter tx-frames) - before)) "frames that left"
	rest
	sed -i 's/add/del/' "$TMP/few"
	try ctl -b "$TMP/few"
}

test_many_remotes()
{
	local before

	try ctl -b "$TMP/remotes"
	expect $((MANY + 1)) "$(ctl -j tunnel show sw0 | jrow remote-count)" "remotes"
	before=$(tunnel_counter tx-frames)
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	settles $((before + MANY + 1)) "frames that left" tunnel_counter tx-frames
	rest
}

# A storm fills its own lane only: the neighbour's frames get through, each of them; at once, but where
# 200 copies of the frame before take longer than a probe waits.
test_storm()
{
	local full PROBE_WAIT=60 receivers=("${PROBE_RX[@]}")

	! on_uml || PROBE_WAIT=3000
	PROBE_RX=(h3)
	spawn count framecount h3="$h3/eth0"
	launch storm framegen -n 3000 -r 1000 "$h1/eth0" -- src=1 dst=bcast type=0x88b5
	sleep 0.5
	for _ in 1 2 3; do
		expect h3 "$(probe h2 src=2 dst=bcast)" "receivers of the neighbour's broadcast"
	done
	PROBE_RX=("${receivers[@]}")
	wait "${BG_PID[storm]}"
	unset "BG_PID[storm]"
	rest
	reap count
	full=$(ctl -j stats show sw0 tunnel |
		jrow -s -e drop drop.reason=tunnel-queue-full drop.frames)
	expect_range 1 3000 "$full" "frames that found the queue full"
	expect $((3000 + 3 - full)) "$(sed -n 's/h3 frames=\([0-9]*\) .*/\1/p' "$TMP/count")" \
		"frames received by the one remote that exists"
}

# All remotes go while frames wait for them.
test_flush()
{
	blast h1 20 src=1 dst=bcast
	expect $((MANY + 1)) "$(ctl -j remote flush sw0 | jrow count)" "remotes that were there"
	rest
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast without remotes"
	try ctl remote add sw0 "$(vtep 2)"
	try ctl -b "$TMP/remotes"
	blast h1 20 src=1 dst=bcast
	try ctl tunnel del sw0
	rest
}

tests_run test_at_once test_many_remotes test_storm test_flush
