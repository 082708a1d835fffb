#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# guest.sh SYSTEM/SCENARIO...: measures these in the guest, in this order, and appends a line
# "KERNEL,SYSTEM,SCENARIO,BYTES,INSTRUCTIONS" per size of frame to $ROWS. With one guest instruction
# per nanosecond of guest time, the time that a sender took is the instructions that its frames
# cost, up to their end in the receivers.

set -euo pipefail

here=$(dirname "$0")
# shellcheck source=tests/ovs.sh
. "$here/../ovs.sh"
# shellcheck source=tests/bench/systems.sh
. "$here/systems.sh"
# shellcheck source=tests/bench/tunnels.sh
. "$here/tunnels.sh"
# shellcheck source=tests/bench/policies.sh
. "$here/policies.sh"
# shellcheck source=tests/bench/policy_peers.sh
. "$here/policy_peers.sh"
# shellcheck source=tests/bench/policy_load.sh
. "$here/policy_load.sh"

SIZES=${SIZES:-64 1400}
FRAMES=${FRAMES:-10000}
REPEATS=${REPEATS:-2}

fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# pktgen's flag SHARED came after 6.1: where it can't be taken away, pktgen sends clones, which each
# switch in an rx_handler has to copy, and which no real sender makes.
choose_sender()
{
	modprobe pktgen
	ip netns exec tx sh -c 'echo add_device alone >/proc/net/pktgen/kpktgend_0'
	if ip netns exec tx grep -q 'Flags:.* SHARED' /proc/net/pktgen/alone; then
		# It draws: of N addresses in 14 N draws one in a million is missed.
		SEND_FRAMES=$here/pktgen.sh passes=14
	else
		SEND_FRAMES=$SEND passes=1
	fi
	echo "frames are sent by ${SEND_FRAMES##*/}"
}

# run_sender DEV FRAMES BYTES DESTINATION ADDRESSES
run_sender() { ip netns exec tx "$SEND_FRAMES" "$1" "$2" "$3" $SENDER_MAC "$4" "$5"; }

# Frames that ended in the counted drop of a receiver at DEV, or left a sender that has none.
received()
{
	local i

	if [ "$1" = alone ]; then
		ip netns exec tx cat /sys/class/net/alone/statistics/tx_packets
		return
	fi
	for i in $(seq $CONTAINERS); do
		[ "$1" = eth0 ] || [ "$i" = 1 ] || break
		tc -n "rx$i" -s filter show dev "$1" ingress
	done | sed -nE 's/.*\(dropped ([0-9]+),.*/\1/p' | awk '{ sum += $1 } END { print sum }'
}

# Frames on the underlay, if there is one.
underlay() { [ ! -e /sys/class/net/u0 ] || underlay_frames; }

# measure SYSTEM SCENARIO BYTES DEV DESTINATION ADDRESSES FRAMES
measure()
{
	local before got ns best='' repeat carried

	WINDOW='' run_sender "$4" 1000 "$3" "$5" "$6" >/dev/null
	for ((repeat = 0; repeat < REPEATS; repeat++)); do
		before=$(received "$4")
		carried=$(underlay)
		ns=$(run_sender "$4" "$7" "$3" "$5" "$6")
		got=$(($(received "$4") - before))
		[ "$got" = "$7" ] || fail "$1/$2 with $3 bytes: $7 frames sent, $got received"
		[ "$2" != vxlan ] || [ $(($(underlay) - carried)) = "$7" ] ||
			fail "$1/$2 with $3 bytes: $(($(underlay) - carried)) frames on the underlay"
		[ -n "$best" ] && [ "$ns" -ge "$best" ] || best=$ns
	done
	awk -v row="$(uname -r),$1,$2,$3" -v ns="$best" -v frames="$7" \
		'BEGIN { printf "%s,%.1f\n", row, ns / frames }' | tee -a "$ROWS"
}

# For the profiler, while the modules and programs are loaded.
keep_symbols() { [ -z "${SYMBOLS:-}" ] || cat /proc/kallsyms > "$SYMBOLS"; }

run()
{
	local system=$1 scenario=$2 bytes
	local dev=eth0 first=$CONTAINER_MACS addresses=$CONTAINERS frames=$FRAMES

	case $scenario in
	vxlan*)	tunnel_on "$system" ;;
	*)	system_on "$system" ;;
	esac
	case $system/$scenario in
	*/policy-*)	policy_run "$system" "$scenario"
			keep_symbols
			system_off "$system"
			return ;;
	*/vxlan-tcp)	tunnel_tcp "$system"
			tunnel_off "$system"
			return ;;
	*/vxlan)	dev=vx addresses=1 ;;
	sender/*)	dev=alone ;;
	veth/*)		dev=direct ;;
	*/l2-queue)	cvswitch-ctl switch set sw0 short-path off ;;
	*/l2-fdb*)	first=$TABLE_MACS addresses=${scenario#l2-fdb}
			cvswitch_table "$addresses" ;;
	esac
	[ $((addresses * passes)) -lt "$frames" ] || frames=$((addresses * passes))
	for bytes in $SIZES; do
		measure "$system" "$scenario" "$bytes" $dev $first "$addresses" "$frames"
	done
	keep_symbols
	case $scenario in
	vxlan*)	tunnel_off "$system" ;;
	*)	system_off "$system" ;;
	esac
}

topology
choose_sender
for run in "$@"; do
	run "${run%/*}" "${run#*/}"
done
