#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# rmmod with ports attached and frames flying: the switch is gone, its ports are as they were, and the
# module can be loaded again.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

cleanup() { loaded || "$CVS_TOP/scripts/load" "$CVS_KO"; }

setup() { [ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"; }

traffic()
{
	topology 3
	launch gen framegen -r 4000 -n 100000000 h1="$h1/eth0" h2="$h2/eth0" h3="$h3/eth0" -- \
		mix=unicast,unicast,broadcast,unknown,badsrc stations=3
	busywait 10 flows || fail "the traffic does not flow"
}
flows() { [ "$(counter p1 rx-frames)" -gt 100 ]; }

test_under_traffic()
{
	local dev

	traffic
	try timeout 30 rmmod cvswitch
	loaded && fail "the module is still there"
	ipsw link show sw0 > /dev/null 2>&1 && fail "the switch's device is still there"
	for dev in p1 p2 p3; do
		expect "null 0" "$(link "$dev" .master) $(link "$dev" .promiscuity)" \
			"master and promiscuity of $dev"
	done
	expect - "$(probe h1 src=1 dst=bcast)" "receivers without a switch"
	reap gen KILL
	refused "." ipsw link set p1 master sw0
}

test_loaded_again()
{
	try "$CVS_TOP/scripts/load" "$CVS_KO"
	try ctl switch add sw0 up
	for dev in p1 p2 p3; do
		try ctl port add sw0 "$dev"
	done
	busywait 10 ports_forward 3
	expect "h2 h3" "$(probe h1 src=1 dst=bcast)" "receivers after loading it again"
	cleanup_all_ns
}

# With a reader of notifications, a dump under way and an address table that is full.
test_under_configuration()
{
	traffic
	monitor
	blast h1 5000 src=0x10000 srcs=5000 dst=2
	(
		while :; do
			cvswitch-ctl -n "$sw" fdb show sw0
			cvswitch-ctl -n "$sw" fdb flush sw0 all
			cvswitch-ctl -n "$sw" port set p1 isolated on
		done > /dev/null 2>&1
	) &
	BG_PID[config]=$!
	sleep 0.5
	timeout 30 rmmod cvswitch 2> "$TMP/rmmod" || busywait 10 rmmod_again ||
		fail "rmmod: $(cat "$TMP/rmmod")"
	reap config KILL
	reap gen KILL
	reap monitor
	cleanup_all_ns
	# The tool may have had it loaded again by its name meanwhile.
	loaded || try "$CVS_TOP/scripts/load" "$CVS_KO"
}
# A request that is being answered holds the module.
rmmod_again() { timeout 30 rmmod cvswitch 2> "$TMP/rmmod" || ! loaded; }

test_repeated()
{
	local i

	for ((i = 0; i < 3; i++)); do
		traffic
		try timeout 30 rmmod cvswitch
		reap gen KILL
		cleanup_all_ns
		try "$CVS_TOP/scripts/load" "$CVS_KO"
	done
}

tests_run test_under_traffic test_loaded_again test_under_configuration test_repeated
