#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# Namespaces die while frames fly: a container's, then the one of the switch with all its ports.
# Nothing stays behind.
#
#	h1 -- p1 +-----+ p2 -- h2
#	h4 -- p4 | sw0 | p3 -- h3
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# users: how many hold the module.
users() { cat /sys/module/cvswitch/refcnt; }

# Everybody talks to everybody, and to nobody, for as long as it lasts.
traffic()
{
	local n

	for n in 1 2 3 4; do
		launch "gen$n" framegen -r 4000 -n 100000000 -s "$n" "h$n=$(endpoint "h$n")" -- \
			mix=unicast,unicast,unknown,broadcast,multicast,badsrc stations=4
	done
	busywait 10 flows 1000 || fail "the traffic does not flow"
}
flows() { [ "$(ctl -j stats show sw0 | jrow -s port!=null rx-frames)" -ge "$1" ]; }

end_traffic()
{
	local n

	for n in 1 2 3 4; do
		reap "gen$n" KILL
	done
}

test_container_dies()
{
	topology 4
	traffic
	reap gen4 KILL
	ip netns delete "$h4"
	busywait 15 is 3 switch port-count || fail "ports: $(switch port-count)"
	expect 0 "$(fdb port p4 2>/dev/null | wc -l)" "entries of the dead container's port"
	expect p1 "$(fdb_port "$(mac 1)")" "place of a living one"
	end_traffic
	cleanup_all_ns
}

test_switch_dies()
{
	local n ns

	topology 4
	traffic
	ip netns delete "$sw"
	for n in 1 2 3 4; do
		ns=h$n
		busywait 15 gone "${!ns}" || fail "the container's end of cable $n is still there"
	done
	end_traffic
	expect 0 "$(users)" "users of the module"
	cleanup_all_ns
}
gone() { ! ip -n "$1" link show eth0 > /dev/null 2>&1; }

# The namespace and its switch die while somebody configures it.
test_dies_under_configuration()
{
	local n

	topology 4
	traffic
	(
		for ((n = 0; n < 200; n++)); do
			echo "port set p1 isolated on"
			echo "fdb replace sw0 $(mac 9) port p1"
			echo "port set p1 isolated off"
			echo "fdb flush sw0 all"
		done
	) > "$TMP/batch"
	launch config cvswitch-ctl -n "$sw" -b "$TMP/batch"
	sleep 0.3
	ip netns delete "$sw"
	reap config
	end_traffic
	cleanup_all_ns
	busywait 15 is 0 users || fail "users of the module: $(users)"
}

# Again and again, quickly.
test_repeated()
{
	local i

	for ((i = 0; i < 5; i++)); do
		topology 2
		launch gen framegen -r 4000 -n 100000000 h1="$h1/eth0" h2="$h2/eth0" -- dst=bcast
		busywait 10 flows 10
		ip netns delete "$sw"
		reap gen KILL
		cleanup_all_ns
	done
	busywait 15 is 0 users || fail "users of the module: $(users)"
}

tests_run test_container_dies test_switch_dies test_dies_under_configuration test_repeated
