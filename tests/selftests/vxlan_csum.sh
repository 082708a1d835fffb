#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# All checksums, outside and inside, are right on the wire of an underlay that computes none: whatever
# the families outside and inside, with a checksum outside or without, however much the sender leaves to
# others (segments and checksums, checksums, nothing), and the receiver gets every byte. An independent
# program judges each datagram (src/vxcheck.c).
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

setup()
{
	local ns

	two_hosts
	inner_addresses
	inner_mtu 1430
	for ns in "$sw" "$far"; do
		try in_ns "$ns" ethtool -K u0 tx off rx off gro off
	done
	try in_ns "$h3" ethtool -K eth0 rx off gro off
}

# judged ID LEAST: what that judge saw: nothing wrong, and at least so many datagrams with checksums inside.
judged()
{
	local word
	local -A j=()

	reap "$1" || fail "$WHAT: $(cat "$TMP/$1")"
	for word in $(tail -n 1 "$TMP/$1"); do
		j[${word%=*}]=${word#*=}
	done
	expect 0 "${j[bad]:-none}" "$WHAT: wrong fields and checksums"
	expect_range "$2" 9999999 "${j[inner]:-0}" "$WHAT: checksums inside"
	expect 0 "${j[gso]:-none}" "$WHAT: large datagrams on the wire"
}

# transfer OUTER CHECKSUM ADDRESS WHAT: from h1 to h3, with a judge in either direction.
WHAT=
transfer()
{
	WHAT="IPv$1, checksum $2, $4, to $3"
	spawn there vxcheck "$far/u0" from="$(vtep 1 "$1")" to="$(vtep 2 "$1")" csum="$2" ttl=64 mtu=1500
	spawn back vxcheck "$sw/u0" from="$(vtep 2 "$1")" to="$(vtep 1 "$1")" csum="$2" ttl=64 mtu=1500
	try tcpbulk -m 1 -t 40 "$h1" "$h3" "$3"
	judged there 20
	judged back 5	# acknowledgements, of which there are few if frames are large
}

# matrix OUTER CHECKSUM: the tunnel's; with all that is inside.
matrix()
{
	local address

	tunnel "$1" checksum "$2"
	if [ "$1$2" = 6off ]; then
		try ctl tunnel set sw0 zero-checksum-rx on
		try on "$far" tunnel set sw0 zero-checksum-rx on
	fi
	for address in "$(ip4 3)" 2001:db8::3; do
		transfer "$1" "$2" "$address" "large frames"
		try in_ns "$h1" ethtool -K eth0 tso off gso off
		transfer "$1" "$2" "$address" "frames without a checksum"
		try in_ns "$h1" ethtool -K eth0 tx off
		transfer "$1" "$2" "$address" "complete frames"
		try in_ns "$h1" ethtool -K eth0 tx on tso on gso on
	done
	no_tunnel
	balanced
}

test_ipv4_with_checksum() { matrix 4 on; }
test_ipv4_without_checksum() { matrix 4 off; }
test_ipv6_with_checksum() { matrix 6 on; }
test_ipv6_without_checksum() { matrix 6 off; }

tests_run test_ipv4_with_checksum test_ipv4_without_checksum test_ipv6_with_checksum \
	test_ipv6_without_checksum
