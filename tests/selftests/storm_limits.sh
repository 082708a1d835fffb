#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Each port floods no more frames per second than it may, counted for each class on its own, and
# limits are on by default.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 3; }

test_defaults()
{
	expect 1000 "$(port p1 limit-broadcast)" "broadcasts per second"
	expect 10000 "$(port p1 limit-multicast)" "multicasts per second"
	expect 10000 "$(port p1 limit-unicast)" "unknown unicasts per second"
}

# storm CLASS DST: 200 frames at once with a limit of 20 per second. The depth of the bucket is
# one second's worth; while the storm lasts it fills a little.
storm()
{
	local class=$1 dst=$2 before dropped start millis

	try ctl port set p1 "limit-$class" 20
	before=$(drops)
	spawn count framecount h2="$h2/eth0" h3="$h3/eth0"
	start=${EPOCHREALTIME/./}
	blast h1 200 src=1 dst="$dst"
	millis=$(((${EPOCHREALTIME/./} - start) / 1000))
	reap count
	dropped=$(drops_since "$before")
	[[ $dropped =~ ^p1\ storm-$class\ [0-9]+$ ]] || fail "drops are '$dropped'"
	dropped=${dropped##* }
	expect_range $((179 - millis / 50)) 181 "$dropped" "dropped of 200 in $millis ms ($class)"
	expect "h2 frames=$((200 - dropped))
h3 frames=$((200 - dropped))" "$(sed -n 's/ bytes=.*//p' "$TMP/count")" "received of $class"
	try ctl port set p1 "limit-$class" off
}

test_broadcast() { storm broadcast bcast; }
test_multicast() { storm multicast mcast; }
test_unknown_unicast() { storm unicast unknown; }

# Every class and every port has its own bucket.
test_apart()
{
	local before

	try ctl port set p1 limit-broadcast 5 limit-multicast 0 limit-unicast 0
	blast h1 50 src=1 dst=bcast
	before=$(drops)
	blast h1 20 src=1 dst=mcast
	blast h1 20 src=1 dst=unknown
	blast h2 20 src=2 dst=bcast
	expect "" "$(drops_since "$before")" "drops of other classes and ports"
}

test_known_unicast_is_free()
{
	local before

	announce 2
	try ctl port set p1 limit-broadcast 1 limit-multicast 1 limit-unicast 1
	before=$(drops)
	blast h1 500 src=1 dst=2
	expect "" "$(drops_since "$before")" "drops of known unicast"
	try ctl port set p1 limit-broadcast off limit-multicast off limit-unicast off
}

test_off()
{
	local before

	before=$(drops)
	blast h1 3000 src=1 dst=bcast
	expect "" "$(drops_since "$before")" "drops without a limit"
}

test_default_stops_a_storm()
{
	local before dropped limit=1000

	# It may not get a thousand through in a second.
	! on_uml || limit=50
	try ctl port set p1 limit-broadcast "$limit"
	before=$(drops)
	blast h1 5000 src=1 dst=bcast
	dropped=$(drops_since "$before")
	[[ $dropped =~ ^p1\ storm-broadcast\ [0-9]+$ ]] || fail "drops are '$dropped'"
}

# After a second the bucket is full again.
test_refill()
{
	try ctl port set p1 limit-broadcast 20
	blast h1 100 src=1 dst=bcast
	busywait 5 passes_20 || fail "the bucket doesn't fill again"
}
passes_20()
{
	local before

	sleep 1.1
	before=$(drops)
	blast h1 20 src=1 dst=bcast
	[ -z "$(drops_since "$before")" ]
}

test_bounds()
{
	refused "." ctl port set p1 limit-broadcast 1000000001
	expect 20 "$(port p1 limit-broadcast)" "limit after a refusal"
	try ctl port set p1 limit-broadcast 1000000000
}

tests_run test_defaults test_broadcast test_multicast test_unknown_unicast test_apart \
	test_known_unicast_is_free test_off test_default_stops_a_storm test_refill test_bounds
