#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# An address that speaks from another port moves there, with a notification that names both; one
# that moves too often is held where it is for a while.
#
#	h1 -- p1 +-----+ p2 -- h2
#	(MAC 9)  | sw0 |  (MAC 9)
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

# event WHAT: the last notification of this kind about station 9: "PORT OLD_PORT".
event()
{
	jrow event="$1" mac="$(mac 9)" port old-port < "$TMP/monitor" | tail -n 1
}

test_move()
{
	monitor fdb
	blast h1 1 src=9 dst=bcast
	expect p1 "$(fdb_port "$(mac 9)")" "place of the address"
	blast h2 1 src=9 dst=bcast
	expect p2 "$(fdb_port "$(mac 9)")" "place of the address after it spoke at p2"
	expect h2 "$(probe h3 src=3 dst=9)" "receivers after the move"
	expect 1 "$(moves)" "moves"
	expect "0 1" "$(port p1 fdb-count) $(port p2 fdb-count)" "addresses learned from p1 and p2"
	settles "p1 null" "notification about learning" event learned
	settles "p2 p1" "notification about the move" event moved
}
moves() { ctl -j fdb show sw0 | jrow mac="$(mac 9)" moves; }

# One batch of 1 from each in turn: 40 moves if nobody stopped them.
flap()
{
	framegen -n 20 -b 1 h1="$h1/eth0" h2="$h2/eth0" -- src=9 dst=bcast > /dev/null
}

# Both flaps and what is seen of them have to be done with while the address is held, for 5 seconds
# from the first. A machine that was too slow for that has shown nothing, and tries again.
test_damping()
{
	local attempt start before refused moves held damped place

	for attempt in 1 2 3 4 5; do
		busywait 8 settled_down || fail "the address doesn't come to rest"
		before=$(moves)
		refused=$(refused_moves)
		start=$(date +%s%3N)
		flap
		read -r moves held damped < <(ctl -j fdb show sw0 | jrow mac="$(mac 9)" moves port damped)
		flap
		place=$(fdb_port "$(mac 9)")
		[ $(($(date +%s%3N) - start)) -gt 4500 ] || break
		note "attempt $attempt was too slow"
	done
	expect_range 2 7 $((moves - before)) "moves of a flapping address"
	settles "$held" "notification about damping" damped_at
	expect true "$damped" "damped"
	expect "$held" "$place" "place of the damped address"
	expect_range 20 40 $(($(refused_moves) - refused)) "refused moves"
}
refused_moves() { echo $(($(counter p1 learn-refused) + $(counter p2 learn-refused))); }
# Not held, and more than a second without a move, so that those before don't count.
settled_down()
{
	local age damped

	read -r age damped < <(ctl -j fdb show sw0 | jrow mac="$(mac 9)" age damped)
	[ "$damped" = false ] && [ "$age" -gt 1100 ]
}
# The event names the port that the address spoke from, and the one where it stays.
damped_at() { event damped | cut -d ' ' -f 2; }

test_damping_ends()
{
	local other=h1

	[ "$(fdb_port "$(mac 9)")" = p2 ] || other=h2
	busywait 8 moves_to "$other" || fail "the address is still held after 8 s"
}
moves_to()
{
	blast "$1" 1 src=9 dst=bcast
	[ "$(fdb_port "$(mac 9)")" = "p${1#h}" ]
}

tests_run test_move test_damping test_damping_ends
