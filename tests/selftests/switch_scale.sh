#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
#
# A switch with 1,000 ports, and one with a million addresses (a debug kernel has fewer): they work, and
# go in reasonable time.
#
#	h1 -- p1 +-----+ d1 .. d1000 (dummies)
#	h2 -- p2 | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

MANY=1000
ADDRESSES=1000000
! on_uml || MANY=200 ADDRESSES=100000

setup() { topology 2; }

millis() { echo $((${EPOCHREALTIME/./} / 1000)); }

test_many_ports()
{
	local start i

	for ((i = 1; i <= MANY; i++)); do
		echo "link add d$i up type dummy"
	done | ipsw -batch - || fail "cannot make $MANY devices"
	start=$(millis)
	for ((i = 1; i <= MANY; i++)); do
		echo "link set d$i master sw0"
	done | ipsw -batch - || fail "cannot enslave $MANY devices"
	note "$MANY ports joined in $(($(millis) - start)) ms"
	expect $((MANY + 2)) "$(switch port-count)" "ports"
	expect $((MANY + 2)) "$(ctl -j port show sw0 | jrow -c name!=sw0)" \
		"ports in a dump"
}

test_broadcast_to_many()
{
	local before

	before=$(counter p1 copies)
	expect h2 "$(probe h1 src=1 dst=bcast)" "containers that receive a broadcast"
	expect $((MANY + 1)) $(($(counter p1 copies) - before)) "copies: all ports and the host"
}

test_remove_with_many_ports()
{
	local start took

	start=$(millis)
	try ctl switch del sw0
	took=$(($(millis) - start))
	note "a switch with $MANY ports was removed in $took ms"
	expect_range 0 60000 "$took" "milliseconds to remove it"
	expect 0 "$(ipsw -o link show | grep -c 'master sw0')" "devices left with it as master"
	expect "$MANY" "$(ipsw -o link show type dummy | wc -l)" "devices left"
}

# nth N: the Nth of many addresses, from 0 on.
nth() { printf '02:11:00:%02x:%02x:%02x' $(($1 >> 16)) $(($1 >> 8 & 255)) $(($1 & 255)); }

available() { awk '/^MemAvailable:/ { print $2 }' /proc/meminfo; }

test_million_addresses()
{
	local memory start

	cleanup_all_ns
	topology 2 fdb-max 1048576 ageing 0
	try ctl port set p1 fdb-max off
	try ctl fdb add sw0 "$(mac 2)" port p2
	memory=$(available)
	start=$(millis)
	blast h1 "$ADDRESSES" src="$(nth 0)" srcs="$ADDRESSES" dst=2
	note "$ADDRESSES addresses learned in $(($(millis) - start)) ms," \
		"$(((memory - $(available)) * 1024 / ADDRESSES)) bytes each"
	expect "$ADDRESSES" "$(port p1 fdb-count)" "addresses learned"
	expect 0 "$(counter p1 learn-refused)" "addresses refused"
	expect h1 "$(probe h2 src=2 dst="$(nth $((ADDRESSES - 1)))")" "receivers of a frame to the last one"
}

test_limit_is_a_million()
{
	refused "." ctl switch set sw0 fdb-max 1048577
}

test_remove_with_many_addresses()
{
	local start took

	start=$(millis)
	try ctl port del p1
	took=$(($(millis) - start))
	note "a port with $ADDRESSES addresses left in $took ms"
	expect_range 0 60000 "$took" "milliseconds to release the port"
	expect "$(mac 2) p2 static" "$(fdb)" "entries left"
	try ctl switch del sw0
}

tests_run test_many_ports test_broadcast_to_many test_remove_with_many_ports \
	test_million_addresses test_limit_is_a_million test_remove_with_many_addresses
