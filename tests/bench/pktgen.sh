#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# pktgen.sh DEV FRAMES BYTES SOURCE DESTINATION ADDRESSES: what send.c does, by the kernel's packet
# generator: UDP frames to ADDRESSES consecutive addresses in random order. Prints the nanoseconds
# it took. WINDOW names the profiler's program, if this run is profiled.

set -eu
dev=$1 frames=$2

set_pktgen() { echo "$2" > "/proc/net/pktgen/$1"; }

set_pktgen kpktgend_0 rem_device_all
set_pktgen kpktgend_0 "add_device $dev"
while read -r setting; do
	set_pktgen "$dev" "$setting"
done <<-EOF
	count $frames
	pkt_size $3
	delay 0
	clone_skb 0
	flag !SHARED
	flag MACDST_RND
	src_mac $4
	dst_mac $5
	dst_mac_count $6
	src_min 192.0.2.1
	src_max 192.0.2.1
	dst 192.0.2.2
	udp_src_min 9
	udp_src_max 9
	udp_dst_min 9
	udp_dst_max 9
EOF
if [ -n "${WINDOW:-}" ]; then
	"$WINDOW" /proc/net/pktgen/pgctrl start
else
	set_pktgen pgctrl start
fi
# Result: OK: 56325(c56325+d0) usec, 20000 (64byte,0frags)
# The generator says that it has stopped before it has written the result.
usec='' tries=0
while [ -z "$usec" ] && [ $tries -lt 20 ]; do
	[ $tries = 0 ] || sleep 0.1
	tries=$((tries + 1))
	usec=$(sed -nE 's/^Result: OK: ([0-9]+)\(.* usec, '"$frames"' .*/\1/p' "/proc/net/pktgen/$dev")
done
[ -n "$usec" ] || { cat "/proc/net/pktgen/$dev" >&2; exit 1; }
echo $((usec * 1000))
