#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
#
# Three hosts with 50 containers each, full mesh: each reaches each; a host that is cut off is
# missed, and is there again when its cable is plugged in again, without anything to be done.
#
#	50 containers -- [sw0] $sw   u0 --+
#	50 containers -- [sw0] $far  u0 --+-- bridge in $net
#	50 containers -- [sw0] $far2 u0 --+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

EACH=50
! on_uml || EACH=10
HOSTS=()

# All containers of a host are macvlan-like ends of veths in one namespace: what they are needed for
# is a port and an address each.
setup()
{
	local n i ns guests

	setup_ns sw far far2 net
	HOSTS=("$sw" "$far" "$far2")
	try ip -n "$net" link add br0 up type bridge
	for n in 1 2 3; do
		ns=${HOSTS[n - 1]}
		setup_ns guests
		printf -v "g$n" '%s' "$guests"
		try on "$ns" switch add sw0 ageing off up
		try ip -n "$net" link add "u$n" type veth peer name u0 netns "$ns"
		try ip -n "$net" link set "u$n" master br0 up
		underlay_address "$ns" "$n"
		for ((i = 1; i <= EACH; i++)); do
			echo "link add p$i type veth peer name c$i address $(mac $((n * 100 + i))) netns $guests"
			echo "link set p$i master sw0 up"
		done > "$TMP/cables"
		try ip -n "$ns" -batch "$TMP/cables"
		for ((i = 1; i <= EACH; i++)); do
			echo "link set c$i up"
		done > "$TMP/cables"
		try ip -n "$guests" -batch "$TMP/cables"
		try on "$ns" tunnel set sw0 vni "$VNI" local "$(vtep "$n")"
	done
	for n in 1 2 3; do
		for i in 1 2 3; do
			[ "$n" = "$i" ] || try on "${HOSTS[n - 1]}" remote add sw0 "$(vtep "$i")"
		done
	done
	for n in 1 2 3; do
		busywait 10 is "$EACH" forwarding "${HOSTS[n - 1]}" || fail "ports of host $n don't come up"
	done
}

forwarding() { on "$1" -j port show sw0 | jrow -c name!=sw0 state=forwarding; }
guests() { local name=g$1; echo "${!name}"; }

# introduce: each container sends a broadcast.
introduce()
{
	local n i

	for n in 1 2 3; do
		for ((i = 1; i <= EACH; i++)); do
			framegen -n 1 "$(guests "$n")/c$i" -- src="$(mac $((n * 100 + i)))" dst=bcast
		done
	done > "$TMP/sent"
	expect 0 "$(grep -vc ' failed=0 ' "$TMP/sent")" "broadcasts that could not be sent"
}

known() { on "$1" -j remote show sw0 | jrow -S address fdb-count; }

test_everybody_known()
{
	introduce
	settles "$(vtep 2) $EACH
$(vtep 3) $EACH" "addresses that host 1 knows behind the others" known "$sw"
	settles "$(vtep 1) $EACH
$(vtep 2) $EACH" "addresses that host 3 knows behind the others" known "$far2"
}

# meet FROM TO: the first container of FROM sends one frame to each container of TO; prints how many
# came, each at the container it was for.
meet()
{
	local i what=()

	for ((i = 1; i <= EACH; i++)); do
		what+=("c$i=$(guests "$2")/c$i")
	done
	spawn count framecount "${what[@]}"
	framegen -n "$EACH" "$(guests "$1")/c1" -- src="$(mac $(($1 * 100 + 1)))" \
		dst="$(mac $(($2 * 100 + 1)))" dsts="$EACH" > /dev/null
	reap count
	grep -c ' frames=1 ' "$TMP/count"
}

test_each_reaches_each()
{
	local from to

	for from in 1 2 3; do
		for to in 1 2 3; do
			[ "$from" = "$to" ] ||
				expect "$EACH" "$(meet "$from" "$to")" "containers of host $to that host $from reaches"
		done
	done
}

test_cut_and_restored()
{
	try ip -n "$net" link set u2 down
	expect 0 "$(meet 1 2)" "containers reached of a host that is cut off"
	expect "$EACH" "$(meet 1 3)" "containers reached of the one that isn't"
	try ip -n "$net" link set u2 up
	busywait 10 is "$EACH" meet 1 2 || fail "the host doesn't come back: $(meet 1 2)"
	expect "$EACH" "$(meet 2 3)" "containers that it reaches"
}

# The host's own route goes and comes back.
test_route_lost()
{
	try ipsw address del "$(vtep 1)/24" dev u0
	expect 0 "$(meet 1 2)" "containers reached without a local address"
	expect_range 1 9999 "$(on "$sw" -j stats show sw0 tunnel |
		jrow -s -e drop drop.reason=tunnel-no-route drop.frames)" "frames without a route"
	try ipsw address add "$(vtep 1)/24" dev u0
	busywait 10 is "$EACH" meet 1 2 || fail "the way doesn't come back: $(meet 1 2)"
	for ns in "${HOSTS[@]}"; do
		settles 0 "frames in + copies - frames out - drops" balance "$ns"
	done
}

tests_run test_everybody_known test_each_reaches_each test_cut_and_restored test_route_lost
