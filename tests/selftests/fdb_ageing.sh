#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A learned address is forgotten when it wasn't seen for the ageing time, and not before.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2; }

place_is() { [ "$(fdb_port "$(mac "$1")")" = "$2" ]; }

test_default()
{
	expect 300 "$(switch ageing-time)" "ageing time"
}

# h2 speaks all the time, h1 only once.
test_silent_address_is_forgotten()
{
	local end

	try ctl switch set sw0 ageing 2
	announce 1 2
	place_is 1 p1 || fail "h1 was not learned"
	end=$((SECONDS + 12))
	until place_is 1 -; do
		announce 2
		place_is 2 p2 || fail "h2 was forgotten although it speaks"
		[ "$SECONDS" -lt "$end" ] || { fail "h1 is not forgotten after 12 s"; break; }
		[ "$RET" = 0 ] || break
		sleep 0.2
	done
	expect 0 "$(port p1 fdb-count)" "addresses learned from p1"
}

test_not_too_early()
{
	local start=${EPOCHREALTIME/./} end

	try ctl switch set sw0 ageing 4
	announce 1
	busywait 15 place_is 1 - || fail "h1 is not forgotten"
	end=${EPOCHREALTIME/./}
	expect_range 3900 15000 $(((end - start) / 1000)) "milliseconds until h1 was forgotten"
}

# Both sides of the comparison live through the same time.
test_zero_is_never()
{
	local start=$SECONDS

	try ctl switch set sw0 ageing 0
	announce 1
	try ctl switch add sw1 ageing 1 up
	try ipsw link add q1 type veth peer name eth1 netns "$h2"
	try ipsw link set q1 master sw1 up
	try ip -n "$h2" link set eth1 up
	framegen h2="$h2/eth1" -- src=9 dst=bcast > /dev/null
	busywait 10 is 0 sw1_learned || fail "sw1 with ageing 1 forgets nothing"
	busywait 4 [ $((SECONDS - start)) -ge 4 ]
	place_is 1 p1 || fail "h1 was forgotten although ageing is off"
	try ctl switch del sw1
}
sw1_learned() { ctl -j fdb show sw1 | jrow -c kind=learned; }

test_age_is_shown()
{
	local age

	announce 1
	busywait 2 age_of_h1_at_least 300
	age=$(age_of_h1)
	expect_range 300 10000 "$age" "age of h1 in milliseconds"
	announce 1
	expect_range 0 $((age - 1)) "$(age_of_h1)" "age of h1 after another frame"
}
age_of_h1() { ctl -j fdb get sw0 "$(mac 1)" | jrow age; }
age_of_h1_at_least() { [ "$(age_of_h1)" -ge "$1" ]; }

# Static entries don't age; sticky ones do.
test_kinds()
{
	try ctl fdb add sw0 "$(mac 21)" port p1
	try ctl fdb add sw0 "$(mac 22)" port p1 sticky
	try ctl switch set sw0 ageing 1
	busywait 10 place_is 22 - || fail "a sticky entry does not age"
	place_is 21 p1 || fail "a static entry was forgotten"
}

tests_run test_default test_silent_address_is_forgotten test_not_too_early test_zero_is_never \
	test_age_is_shown test_kinds
