#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
#
# Containers with an MTU of 9000 across an underlay of 1500: each packet from 1,200 to 9,000 bytes
# arrives, or is counted as dropped, and then its sender is told what fits (src/pmtuprobe.c checks every
# answer), no more than 100 times a second, and never for what goes to many. TCP adapts.
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	(9000)   | sw0 | $sw  u0 ---- 1500 ---- u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

FAMILY=4

setup()
{
	two_hosts
	try ctl switch set sw0 ageing off
	try on "$far" switch set sw0 ageing off
	container_mtu 9000
	tunnel_here 4
}

container_mtu()
{
	local n

	inner_mtu "$1"
	for n in 1 2; do
		try ipsw link set "p$n" mtu "$1"
		try ip -n "$far" link set "p$((n + 2))" mtu "$1"
	done
}

# tunnel_here FAMILY: each host knows where the other's containers are.
tunnel_here()
{
	FAMILY=$1
	tunnel "$1"
	PROBE_RX=(h2 h3 h4)
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	PROBE_RX=(h1 h2 h4)
	expect "h1 h2 h4" "$(probe h3 src=3 dst=bcast)" "receivers of a broadcast from the other host"
}

# fitting [TAGS]: longest packet for the tunnel.
fitting() { echo $((1500 - (FAMILY == 6 ? 70 : 50) - 4 * ${1:-0})); }

too_big()
{
	ctl -j stats show sw0 tunnel | jrow -e drop drop.reason=tunnel-too-big drop.frames
}

# sizes WORD...: probes of all sizes from h1 to h3. Each that didn't arrive is counted, once. Leaves
# the numbers in P.
declare -A P
sizes()
{
	local before after word

	before=$(too_big)
	pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 "$@" > "$TMP/sizes" 2>&1 ||
		fail "$*: $(cat "$TMP/sizes")"
	after=$(too_big)
	P=()
	for word in $(tail -n 1 "$TMP/sizes"); do
		P[${word%=*}]=${word#*=}
	done
	note "$*: $(tail -n 1 "$TMP/sizes")"
	expect $((P[sent] - P[delivered])) $((${after:-0} - ${before:-0})) "dropped as too big ($*)"
}

# told WORD...: what doesn't fit is answered: the first 100, and then as many each second.
told()
{
	sizes "$@"
	expect_range 90 $((101 + P[ms] / 10)) "${P[answered]}" "answers within ${P[ms]} ms ($*)"
	[ "${P[silent]}" -gt 1000 ] || fail "the rate of answers was not limited ($*)"
}

# Nobody is told of what arrives.
arrives()
{
	sizes carries=9000 answers=no "$@"
	expect "${P[sent]}" "${P[delivered]}" "what arrived ($*)"
}

test_udp_ipv4() { told proto=udp4 mtu="$(fitting)" carries="$(fitting)"; }
test_tcp_ipv4() { told proto=tcp4 mtu="$(fitting)" carries="$(fitting)"; }
test_udp_ipv6() { told proto=udp6 mtu="$(fitting)" carries="$(fitting)"; }
test_tcp_ipv6() { told proto=tcp6 mtu="$(fitting)" carries="$(fitting)"; }

test_tagged()
{
	told proto=udp4 vlan=5 mtu="$(fitting 1)" carries="$(fitting 1)"
	told proto=tcp6 vlan=5 mtu="$(fitting 1)" carries="$(fitting 1)"
	sizes proto=udp4 svlan=6 vlan=5 carries="$(fitting 2)" answers=no sizes=1200-8990 step=7
}

# IPv4 that may be fragmented is, outside.
test_fragmented()
{
	arrives proto=udp4 df=0 step=3
	arrives proto=tcp4 df=0 step=7
	arrives proto=udp4 df=0 vlan=5 step=7
}

# What may be fragmented, but isn't: its sender is told nothing, who didn't ask (RFC 1191).
untold() { sizes proto=udp4 df=0 step=7 carries="$(fitting)" answers=no; }

test_df_set()
{
	try ctl tunnel set sw0 df set
	untold
	told proto=udp4 df=1 mtu="$(fitting)" carries="$(fitting)"
	try ctl tunnel set sw0 df unset
}

# df_outside 0|1 COMMAND: what a command sends from h1 has DF set outside, or not.
df_outside()
{
	local df=$1
	shift

	spawn judge vxcheck "$far/u0" from="$(vtep 1)" to="$(vtep 2)" df="$df" offload=on
	"$@" >/dev/null
	reap judge || fail "'$*': $(cat "$TMP/judge")"
	grep -q '^frames=[1-9]' "$TMP/judge" || fail "'$*': nothing was sent"
}

test_df_inherit()
{
	try ctl tunnel set sw0 df inherit
	told proto=udp4 df=1 mtu="$(fitting)" carries="$(fitting)"
	arrives proto=udp4 df=0 step=7
	df_outside 1 pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 proto=udp4 df=1 sizes=1200-1400 step=10 \
		carries="$(fitting)"
	df_outside 0 pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 proto=udp4 df=0 sizes=1200-1400 step=10 \
		carries="$(fitting)"
	df_outside 0 pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 vlan=5 proto=udp4 df=0 sizes=1200-1400 \
		step=10 carries="$(fitting 1)"
	df_outside 1 probe h1 src=1 dst=3
	df_outside 1 pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 proto=udp6 sizes=1200-1400 step=10 \
		carries="$(fitting)"
	try ctl tunnel set sw0 df unset
	df_outside 0 pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 proto=udp4 df=1 sizes=1200-1400 step=10 \
		carries="$(fitting)"
}

# Less than IPv6 needs: 1280 bytes pass in fragments, and nobody is told that less would fit.
test_small_underlay()
{
	try ipsw link set u0 mtu 1280
	try ip -n "$far" link set u0 mtu 1280
	sizes proto=udp6 sizes=1200-1400 carries=1280 mtu=1280
	expect 81 "${P[delivered]}" "packets of IPv6 up to 1280 bytes"
	expect_range 1 200 "${P[answered]}" "answers to those above"
	sizes proto=udp4 sizes=1200-1400 carries=1230 mtu=1230
	try ipsw link set u0 mtu 1500
	try ip -n "$far" link set u0 mtu 1500
}

# Nobody is told of what was for many, or isn't IP.
test_unanswered()
{
	local dst

	sizes proto=other carries="$(fitting)" answers=no step=7
	sizes dst=unknown proto=udp4 carries="$(fitting)" answers=no step=7
	sizes dst=unknown proto=udp6 carries="$(fitting)" answers=no step=7
	for dst in mcast bcast 33:33:00:00:00:01; do
		sizes dst="$dst" proto=udp4 carries="$(fitting)" answers=no step=23
	done
}

# Where VLANs are kept apart, the answer is in the frame's.
test_vlan_aware()
{
	try ctl switch set sw0 vlan-aware on
	try on "$far" switch set sw0 vlan-aware on
	try ctl vlan add p1 5
	try on "$far" vlan add p3 5
	try ctl vni add sw0 105 vlan 5
	try on "$far" vni add sw0 105 vlan 5
	PROBE_RX=(h1)
	expect h1:5 "$(probe h3 src=3 dst=bcast vlan=5)" "receivers of a broadcast in the VLAN"
	expect h1 "$(probe h3 src=3 dst=bcast)" "receivers of a broadcast in VLAN 1"
	told proto=udp4 vlan=5 mtu="$(fitting)" carries="$(fitting)"
	told proto=udp6 mtu="$(fitting)" carries="$(fitting)"
	try ctl switch set sw0 vlan-aware off
	try on "$far" switch set sw0 vlan-aware off
}

test_ipv6_outside()
{
	no_tunnel
	tunnel_here 6
	told proto=udp4 mtu="$(fitting)" carries="$(fitting)"
	told proto=tcp6 mtu="$(fitting)" carries="$(fitting)"
	told proto=udp6 vlan=5 mtu="$(fitting 1)" carries="$(fitting 1)"
	arrives proto=udp4 df=0 step=7
	try ctl tunnel set sw0 df set
	untold
	try ctl tunnel set sw0 df unset
}

# TCP finds out what fits, by the answers, from either side.
test_tcp_adapts()
{
	local mtu address

	no_tunnel
	tunnel 4
	inner_addresses
	for mtu in 9000 1500; do
		container_mtu "$mtu"
		for address in "$(ip4 3)" 2001:db8::3; do
			try tcpbulk -m 2 -t 40 "$h1" "$h3" "$address"
		done
		for address in "$(ip4 2)" 2001:db8::2; do
			try tcpbulk -m 2 -t 40 "$h4" "$h2" "$address"
		done
	done
	no_tunnel
	tunnel 6
	for address in "$(ip4 3)" 2001:db8::3; do
		try tcpbulk -m 2 -t 40 "$h2" "$h3" "$address"
	done
}

test_balance() { balanced; }

tests_run test_udp_ipv4 test_tcp_ipv4 test_udp_ipv6 test_tcp_ipv6 test_tagged test_fragmented \
	test_df_set test_df_inherit test_small_underlay test_unanswered test_vlan_aware test_ipv6_outside test_balance \
	test_tcp_adapts test_balance
