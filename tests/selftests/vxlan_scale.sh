#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
#
# 1,000 remotes and 100,000 addresses behind them, set by hand (a debug kernel has a tenth): they are
# there, frames find them, and they go in reasonable time. And what traces the tunnel's frames.
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

REMOTES=1000
ADDRESSES=100000
! on_uml || REMOTES=100 ADDRESSES=10000

setup()
{
	two_hosts
	tunnel
}

remote_address() { echo "198.18.$(($1 / 250)).$(($1 % 250 + 1))"; }

test_remotes()
{
	local i

	for ((i = 0; i < REMOTES; i++)); do
		echo "remote add sw0 198.18.$((i / 250)).$((i % 250 + 1)) flood off"
	done > "$TMP/remotes"
	try ctl -b "$TMP/remotes"
	expect $((REMOTES + 1)) "$(ctl -j remote show sw0 | jrow -c)" "remotes in a dump"
}

test_addresses()
{
	awk -v n="$ADDRESSES" -v remotes="$REMOTES" 'BEGIN {
		for (i = 0; i < n; i++) {
			r = i % remotes
			printf "fdb add sw0 02:bb:%02x:%02x:%02x:%02x remote 198.18.%d.%d\n",
				0, i / 65536, i / 256 % 256, i % 256, r / 250, r % 250 + 1
		}
	}' > "$TMP/addresses"
	try ctl -b "$TMP/addresses"
	expect_range "$ADDRESSES" $((ADDRESSES + 9)) "$(switch fdb-count)" "addresses"
	expect $((ADDRESSES / REMOTES)) \
		"$(ctl -j fdb show sw0 remote "$(remote_address 7)" | jrow -c)" "addresses behind one remote"
}

# Each frame to one of them leaves for the remote that it is behind, and for no other.
test_found()
{
	local i

	try ipsw route add 198.18.0.0/15 via "$(vtep 2)"
	for i in 0 7 $((REMOTES - 1)); do
		blast h1 3 src=1 dst="$(printf '02:bb:00:00:%02x:%02x' $((i / 256)) $((i % 256)))"
		expect 3 "$(remote tx-frames "$sw" "$(remote_address "$i")")" "frames to remote $i"
	done
	expect 0 "$(remote tx-frames "$sw" "$(remote_address 8)")" "frames to another one"
}

# In a tracing instance of its own.
test_trace()
{
	local trace=/sys/kernel/tracing/instances/cvs-$$ lines

	mkdir "$trace" || bail "no tracing instance"
	echo 1 > "$trace/events/cvswitch/cvs_encap/enable"
	echo 1 > "$trace/events/cvswitch/cvs_decap/enable"
	try ctl fdb add sw0 02:aa:00:00:00:01 remote "$(vtep 2)"
	blast h1 1 src=1 dst=02:aa:00:00:00:01 len=100
	echo 0 > "$trace/events/cvswitch/enable"
	lines=$(sed -n 's/.*\(cvs_[ed].*\)/\1/p' "$trace/trace" | grep 'dst=02:aa:00:00:00:01')
	rmdir "$trace"
	expect "cvs_encap: switch=sw0 remote=::ffff:$(vtep 2) vni=$VNI len=100 dst=02:aa:00:00:00:01 src=$(mac 1)
cvs_decap: switch=sw0 remote=::ffff:$(vtep 1) vni=$VNI len=100 dst=02:aa:00:00:00:01 src=$(mac 1)" \
		"$lines" "what is traced of a frame"
}

test_gone()
{
	local start=${EPOCHREALTIME/./} took

	expect $((REMOTES + 1)) "$(ctl -j remote flush sw0 | jrow count)" "remotes that were there"
	took=$(((${EPOCHREALTIME/./} - start) / 1000))
	note "$REMOTES remotes with $ADDRESSES addresses were removed in $took ms"
	expect_range 0 60000 "$took" "milliseconds to remove them"
	expect_range 0 9 "$(switch fdb-count)" "addresses left"
}

tests_run test_remotes test_addresses test_found test_trace test_gone
