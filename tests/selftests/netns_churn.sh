#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 600
# smp: 4
# races: yes
#
# 2,000 containers (200 on a debug kernel) come and go as fast as threads can make them, some with a
# switch of their own, while their switch is read, flushed, configured, deleted and made anew. (In the
# midst of frames, but as many as a minute allows: race_netns.sh.)
#
#	+------- $sw -------+      +-- container N --+
#	| sw0 <- rN rN+1 ...|------| eth0 (-> own)   |  x 2,000
#	+-------------------+      +-----------------+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CONTAINERS=2000
! on_uml || CONTAINERS=200

setup() { setup_ns sw; }

# Until the file is gone.
disturb()
{
	local n=0 aware=(off on)

	while [ -e "$TMP/race" ]; do
		n=$((n + 1))
		{
			echo "switch set sw0 vlan-aware ${aware[n % 2]}"
			echo "port show"
			echo "fdb show"
			echo "fdb flush sw0 all"
			echo "stats show"
			echo "vlan add sw0 2-100"
			echo "fdb show sw0"
			echo "stats show sw0"
		} | cvswitch-ctl -n "$sw" -b -
		sleep 1
		if [ $((n % 3)) = 0 ]; then
			cvswitch-ctl -n "$sw" switch del sw0
			cvswitch-ctl -n "$sw" switch add sw0 up
		fi
	done > /dev/null 2>&1
}

test_race()
{
	local start=$SECONDS

	touch "$TMP/race"
	try ctl switch add sw0 up
	disturb &
	BG_PID[disturb]=$!
	in_ns "$sw" nsrace -n "$CONTAINERS" -t 4 -s sw0 > "$TMP/nsrace" 2>&1 || fail "$(cat "$TMP/nsrace")"
	note "$(cat "$TMP/nsrace"), $((SECONDS - start)) s"
	rm "$TMP/race"
	wait "${BG_PID[disturb]}"
	unset 'BG_PID[disturb]'
	expect_range $((CONTAINERS / 4)) "$CONTAINERS" "$(sed -n 's/.*joined=//p' "$TMP/nsrace")" "containers that joined"
}

test_nothing_left()
{
	busywait 60 no_cables || fail "cables left: $(ipsw -o link show type veth | wc -l)"
	ctl switch del sw0 2>/dev/null
	busywait 30 is 0 cat /sys/module/cvswitch/refcnt ||
		fail "users of the module: $(cat /sys/module/cvswitch/refcnt)"
}
no_cables() { [ "$(ipsw -o link show type veth | wc -l)" = 0 ]; }

test_still_works()
{
	cleanup_all_ns
	topology 2
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers afterwards"
}

tests_run test_race test_nothing_left test_still_works
