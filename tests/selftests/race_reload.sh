#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 200
# smp: 4
# races: yes
#
# The module is unloaded and loaded again and again, each time with ports attached and frames being
# flooded, while requests are sent, dumps are half read and notifications listened to.
#
#	h1 .. h4 -- p1 .. p4 +-----+ cd0 .. cd3 (come and go)
#	                     | sw0 | host, u0 (a dummy, for tunnels)
#	                     +-----+
#
# For CVS_RACE_SECONDS=N, and at least CVS_RACE_RELOADS=N times; after three times as many seconds it has
# had its time, and that is a failure, except on debug kernels, which take seconds for each. CVS_SEED=N
# repeats what is asked for.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${CVS_SEED:-$RANDOM}
RACE_SECONDS=${CVS_RACE_SECONDS:-30}
RELOADS=${CVS_RACE_RELOADS:-10}
PORTS=(p1 p2 p3 p4)
MODPROBE=/proc/sys/kernel/modprobe

setup()
{
	[ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"
	note "CVS_SEED=$SEED CVS_RACE_RELOADS=$RELOADS CVS_RACE_SECONDS=$RACE_SECONDS"
	modprobe -q dummy	# built into some kernels
	topology 4
	try ipsw link add u0 up type dummy	# an underlay for tunnels, with nobody at its end
	try ipsw address add 198.51.100.1/24 dev u0
	# The kernel would start a process to look for the module at each request that needs it.
	MODPROBE_WAS=$(cat $MODPROBE)
	echo > $MODPROBE
}

cleanup()
{
	[ -z "${MODPROBE_WAS:-}" ] || echo "$MODPROBE_WAS" > "$MODPROBE"
	loaded || "$CVS_TOP/scripts/load" "$CVS_KO"
}

test_reload()
{
	local reloads busy least=$RELOADS

	launch mix nice -n 10 framegen -r 100 -n 100000000 -s "$SEED" h1="$h1/eth0" h2="$h2/eth0" -- stations=4 \
		mix=unicast,unicast,unknown,broadcast,multicast,badsrc,linklocal,vlan,qinq host="$SW_MAC"
	launch learn nice -n 10 framegen -r 100 -n 100000000 h3="$h3/eth0" h4="$h4/eth0" -- src=0x1000 srcs=2000 dst=bcast
	try rmmod cvswitch
	launch storm ip netns exec "$sw" confstorm -k -s "$SEED" -t 100000 -j 2 "${PORTS[@]}"
	timeout -k 5 $((RACE_SECONDS * 3 + 120)) ip netns exec "$sw" modreload -n "$RELOADS" -t "$RACE_SECONDS" \
		"$CVS_KO" "${PORTS[@]}" > "$TMP/reload" 2>&1 || fail "modreload: $(cat "$TMP/reload")"
	reap storm || fail "confstorm: $(tail -n 3 "$TMP/storm")"
	reap mix
	reap learn
	note "$(cat "$TMP/reload")"
	note "requests: $(awk -F '[= ]' '{ ok += $3; no += $5 } END { print ok " done, " no " refused" }' \
		"$TMP/storm")"
	read -r reloads busy <<<"$(sed -n 's/^reloads=\([0-9]*\) with-traffic=\([0-9]*\) .*/\1 \2/p' "$TMP/reload")"
	! on_uml || least=3
	expect_range "$least" 9999999 "$reloads" "reloads"
	expect_range $((reloads / 2 + 1)) "$reloads" "$busy" "reloads with frames"
	expect_range 1 99999999999 "$(sed -n 's/^events ok=\([0-9]*\) .*/\1/p' "$TMP/storm")" "notifications"
}

test_works_afterwards()
{
	rejoin "${PORTS[@]}"
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
}

test_unloads() { unload_cleanly "${PORTS[@]}"; }

tests_run test_reload test_works_afterwards test_unloads
