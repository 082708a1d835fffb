#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# TCP frames of many segments, with their checksums left to the device, pass whole and unaltered by
# either path; where a device can't do it, they leave cut and with right checksums. An independent
# program computes them (src/csumcheck.c), another checks every byte (src/tcpbulk.c).
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	addresses 1 2
	ipv6_on "$h1" eth0
	ipv6_on "$h2" eth0
	ipv6_on "$sw" sw0
	try ip -n "$h1" addr add 2001:db8::1/64 dev eth0
	try ip -n "$h2" addr add 2001:db8::2/64 dev eth0
	try ipsw addr add 2001:db8::fe/64 dev sw0
	try ipsw addr add 192.0.2.254/24 dev sw0
	try in_ns "$h1" ping -c 1 -W 3 192.0.2.2
	try in_ns "$h1" ping -c 1 -W 3 2001:db8::2
}

# transfer MB FROM TO ADDRESS: by TCP, with a judge of checksums at the receiver, or at the device
# in $JUDGE. Leaves its numbers in the array J.
declare -A J
transfer()
{
	local mb=$1 from=$2 to=$3 address=$4 word

	spawn judge csumcheck "${JUDGE:-$to/eth0}"
	try tcpbulk -m "$mb" -t 40 "$from" "$to" "$address"
	reap judge || fail "to $address: $(cat "$TMP/judge")"
	J=()
	for word in $(tail -n 1 "$TMP/judge"); do
		J[${word%=*}]=${word#*=}
	done
	expect 0 "${J[bad]:-none}" "wrong checksums, to $address"
	expect_range 1 9999999 "${J[frames]:-0}" "frames judged, to $address"
}

# whole PATH: large frames between containers stay large.
whole()
{
	local address short gso

	try ctl switch set sw0 short-path "$1"
	for address in 192.0.2.2 2001:db8::2; do
		short=$(counter p2 tx-short-frames)
		gso=$(counter p1 rx-gso-frames)
		transfer 4 "$h1" "$h2" "$address"
		expect_range 10 9999999 "${J[gso]}" "large frames received, to $address"
		expect 0 "${J[full]}" "checksums that somebody computed, to $address"
		expect_range $((gso + J[gso])) 9999999 "$(counter p1 rx-gso-frames)" "large frames counted"
		if [ "$1" = auto ]; then
			expect_range $((short + J[frames] - 5)) 9999999 \
				"$(counter p2 tx-short-frames)" "frames by the short path"
		else
			expect "$short" "$(counter p2 tx-short-frames)" "frames by the short path"
		fi
	done
}

test_whole_short_path() { whole auto; }
test_whole_queue_path() { whole off; }

test_port_without_offload()
{
	local address

	try ctl switch set sw0 short-path off
	try in_ns "$sw" ethtool -K p2 tx off
	for address in 192.0.2.2 2001:db8::2; do
		transfer 1 "$h1" "$h2" "$address"
		expect "0 0" "${J[gso]} ${J[partial]}" "large or unfinished frames, to $address"
		expect 1514 "${J[longest]}" "longest frame, to $address"
	done
	try in_ns "$sw" ethtool -K p2 tx on tso on
	try ctl switch set sw0 short-path auto
}

test_sender_without_offload()
{
	local address

	try in_ns "$h1" ethtool -K eth0 tx off
	for address in 192.0.2.2 2001:db8::2; do
		transfer 1 "$h1" "$h2" "$address"
		expect 0 "${J[partial]}" "unfinished frames, to $address"
	done
	try in_ns "$h1" ethtool -K eth0 tx on tso on
}

test_to_and_from_host()
{
	JUDGE=$sw/sw0
	transfer 1 "$h1" "$sw" 192.0.2.254
	transfer 1 "$h1" "$sw" 2001:db8::fe
	JUDGE=
	transfer 1 "$sw" "$h1" 192.0.2.1
	transfer 1 "$sw" "$h1" 2001:db8::1
}

test_vlan()
{
	local i ns

	for i in 1 2; do
		ns=h$i
		ip -n "${!ns}" -batch - <<-IP || fail "cannot make VLAN devices"
			link add link eth0 name eth0.5 type vlan id 5
			address add 198.51.100.$i/24 dev eth0.5
			link set eth0.5 up
		IP
	done
	JUDGE=$h2/eth0.5
	transfer 2 "$h1" "$h2" 198.51.100.2
	expect_range 5 9999999 "${J[gso]}" "large frames in a VLAN"
	JUDGE=
}

# big ADDRESS PATH: more than 64 KiB in one frame.
big()
{
	local before

	try ctl switch set sw0 short-path "$2"
	before=$(counter p1 rx-big-frames)
	transfer 16 "$h1" "$h2" "$1"
	expect_range 1 9999999 "${J[big]}" "frames over 64 KiB received, short-path $2"
	expect $((before + J[big])) "$(counter p1 rx-big-frames)" "frames over 64 KiB counted"
}

test_big_tcp_ipv6()
{
	try gsomax "$h1/eth0" 180000
	try gsomax "$sw/p2" 180000
	big 2001:db8::2 auto
	big 2001:db8::2 off
}

test_big_tcp_ipv4()
{
	if printf '%s\n' "$(uname -r)" 6.3 | sort -VC; then
		skip "BIG TCP for IPv4 came with Linux 6.3"
		return
	fi
	big 192.0.2.2 auto
	big 192.0.2.2 off
}

tests_run test_whole_short_path test_whole_queue_path test_port_without_offload \
	test_sender_without_offload test_to_and_from_host test_vlan test_big_tcp_ipv6 \
	test_big_tcp_ipv4
