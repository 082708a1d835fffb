#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 200
# smp: 4
# races: yes
#
# Containers come and go as fast as threads can make them, some with a switch of their own, in the midst
# of flooded frames, while their switch is read, flushed, configured, deleted and made anew.
#
#	h1, h2 -- p1, p2 +----- $sw -----+      +-- container N --+
#	                 | sw0 <- rN ... |------| eth0 (-> own)   |  up to 2,000 or CVS_RACE_CONTAINERS
#	                 +---------------+      +-----------------+
#
# CVS_RACE_SECONDS=N is how long it takes at most; CVS_SEED=N repeats what is asked for, though not when.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${CVS_SEED:-$RANDOM}
RACE_SECONDS=${CVS_RACE_SECONDS:-60}
CONTAINERS=${CVS_RACE_CONTAINERS:-2000}

setup()
{
	[ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"
	note "CVS_SEED=$SEED CVS_RACE_CONTAINERS=$CONTAINERS CVS_RACE_SECONDS=$RACE_SECONDS"
	modprobe -q dummy	# built into some kernels
	topology 2
}

cleanup() { loaded || "$CVS_TOP/scripts/load" "$CVS_KO"; }

test_race()
{
	local start=$SECONDS joined least=20

	! on_uml || least=4
	launch mix nice -n 10 framegen -r 100 -n 100000000 -s "$SEED" h1="$h1/eth0" -- stations=8 \
		mix=unicast,unknown,broadcast,multicast
	launch learn nice -n 10 framegen -r 100 -n 100000000 h2="$h2/eth0" -- src=0x1000 srcs=2000 dst=bcast
	launch storm ip netns exec "$sw" confstorm -s "$SEED" -t 100000 -j 2 p1 p2
	timeout -k 5 $((RACE_SECONDS + 120)) ip netns exec "$sw" nsrace -n "$CONTAINERS" -d "$RACE_SECONDS" \
		-t 3 -s sw0 > "$TMP/nsrace" 2>&1 || fail "nsrace: $(cat "$TMP/nsrace")"
	reap storm || fail "confstorm: $(tail -n 3 "$TMP/storm")"
	reap mix
	reap learn
	note "$(cat "$TMP/nsrace"), $((SECONDS - start)) s"
	note "requests: $(awk -F '[= ]' '{ ok += $3; no += $5 } END { print ok " done, " no " refused" }' \
		"$TMP/storm")"
	joined=$(sed -n 's/.*joined=//p' "$TMP/nsrace")
	expect_range "$least" "$CONTAINERS" "$joined" "containers that joined"
}

test_nothing_left()
{
	busywait 60 no_cables || fail "cables left: $(ipsw -o link show type veth | wc -l)"
	delete_switches
}
no_cables() { [ "$(ipsw -o link show type veth | wc -l)" = 2 ]; }

test_still_works()
{
	rejoin p1 p2
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers afterwards"
}

test_unloads() { unload_cleanly p1 p2; }

tests_run test_race test_nothing_left test_still_works test_unloads
