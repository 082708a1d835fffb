#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# A forged VXLAN datagram changes nothing but the counter of what is wrong with it: no container and
# no remote receives anything, and nobody is learned. What is right, at the edge of it, passes. The
# datagrams come from a host without a switch (src/vxsend.c), whose addresses .2 and .3 are remotes.
#
#	h1 -- p1 +-----+
#	         | sw0 | $sw  u0 ------------ u0 $far (.2, .3: remotes; .9: a stranger)
#	h2 -- p2 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

FAMILY=4

setup()
{
	local n

	topology 2
	setup_ns far
	try ctl switch set sw0 ageing off
	underlay
	for n in 3 9; do
		try ip -n "$far" address add "$(vtep $n)/24" dev u0
		try ip -n "$far" address add "$(vtep $n 6)/64" dev u0 nodad
	done
	announce 1 2
	tunnel_here
}

# Of the switch, with its two remotes.
tunnel_here()
{
	try ctl tunnel set sw0 vni $VNI local "$(vtep 1 $FAMILY)"
	try ctl remote add sw0 "$(vtep 2 $FAMILY)"
	try ctl remote add sw0 "$(vtep 3 $FAMILY)"
	expect h1 "$(from 2 src=3 dst=1)" "receivers of a good datagram"
}

# from N WORD...: one datagram from host N; prints who received the frame.
from()
{
	local n=$1
	shift

	vxsend "$far" "$(vtep "$n" $FAMILY)" "$(vtep 1 $FAMILY)" "$@" -- \
		h1="$h1/eth0" h2="$h2/eth0" host="$sw/sw0"
}

# What could change, a row for each port, remote and address: who it is, and the COLUMNS; then the drops.
COLUMNS=(rx-frames rx-bytes tx-frames tx-bytes tx-short-frames rx-flooded copies rx-gso-frames
	learn-refused drops rx-malformed rx-unknown-vni)
snapshot()
{
	printf '%s show sw0\n' remote stats tunnel fdb | ctl -j -b - > "$TMP/json"
	jrow address mac remote port kind "${COLUMNS[@]}" < "$TMP/json"
	jrow -e drop port drop.reason drop.frames < "$TMP/json"
}

# From now on changes are counted.
from_now_on() { snapshot > "$TMP/before"; }

# What has changed since then: "WHOSE COLUMN DIFFERENCE|...", where null is the tunnel, 4789 the UDP port.
changes()
{
	snapshot > "$TMP/after"
	awk -v names="${COLUMNS[*]}" '
		BEGIN { n = split(names, name) }
		function value(key, what, number) {
			if (number == "null" || number == "")
				return
			if (NR == FNR) {
				old[key, what] = number
			} else if (number != old[key, what] + 0) {
				printf "%s%s %s %d", sep, key, what, number - old[key, what]
				sep = "|"
			}
			delete gone[key, what]
			if (NR == FNR)
				gone[key, what]
		}
		NF == 3 { value($1, $2, $3); next }
		$2 != "null" { value($2 " at " $3 " " $4, $5, 1); next }
		{
			for (i = 1; i <= n; i++)
				value($1 == "null" ? $4 : $1, name[i], $(i + 5))
		}
		END { for (key in gone) printf "%s%s is gone", sep, key }
		' "$TMP/before" "$TMP/after"
	mv "$TMP/after" "$TMP/before"
}

# refuses CHANGES COUNT N WORD...: COUNT datagrams from host N reach nobody and change just that.
refuses()
{
	local want=$1 count=$2
	shift 2

	[ "$count" = 1 ] && count=- || count="- x$count"
	expect "$count" "$(from "$@")" "receivers ($*)"
	expect "$want" "$(changes)" "what has changed ($*)"
}

# dropped REASON FRAMES BYTES [N]: what drops change; if they come from remote N, there as well.
dropped()
{
	local bytes="|null rx-bytes $3"

	[ "$3" != 0 ] || bytes=
	echo "${4:+$(vtep "${4:-0}" "$FAMILY") drops $2|}null rx-frames $2$bytes|null drops $2|null $1 $2"
}

# received_dropped REASON FRAMES BYTES N: the same for frames that were taken out of remote N's datagrams.
received_dropped()
{
	local vtep

	vtep=$(vtep "$4" "$FAMILY")
	echo "$vtep rx-frames $2|$vtep rx-bytes $3|null rx-frames $2|null rx-bytes $3|null drops $2|null $1 $2"
}

test_unknown_vtep()
{
	from_now_on
	refuses "$(dropped tunnel-unknown-vtep 2 128)" 2 9 src=4,5 dst=1
	refuses "$(dropped tunnel-unknown-vtep 1 64)" 1 9 src=4 dst=bcast
	refuses "$(dropped tunnel-unknown-vtep 1 0)" 1 9 src=4 dst=bcast cut=8
}

# An address that is set to be behind one remote comes from another, or is a container's.
test_wrong_vtep()
{
	try ctl fdb add sw0 "$(mac 5)" remote "$(vtep 3 "$FAMILY")"
	try ctl fdb add sw0 "$(mac 6)" port p2
	from_now_on
	refuses "$(received_dropped tunnel-wrong-vtep 2 128 2)" 2 2 src=5,6 dst=1
	expect h1 "$(from 3 src=5 dst=1)" "receivers of a frame from the right remote"
	try ctl tunnel set sw0 source any
	from_now_on
	refuses "$(dropped tunnel-wrong-vtep 2 128)" 2 9 src=5,6 dst=1
	try ctl tunnel set sw0 source known
	try ctl fdb del sw0 "$(mac 5)"
	try ctl fdb del sw0 "$(mac 6)"
}

test_wrong_vni()
{
	from_now_on
	refuses "4789 rx-unknown-vni 5" 5 2 src=4 dst=1 vni=0,99,101,0x6400,0xffffff
	refuses "4789 rx-unknown-vni 1" 1 9 src=4 dst=1 vni=101
}

test_flag_missing()
{
	from_now_on
	refuses "4789 rx-malformed 4" 4 2 src=4 dst=1 flags=0,0xf7ffffff low=0,0xff
	refuses "4789 rx-malformed 1" 1 9 src=4 dst=1 flags=0
}

# All bits but the I flag and the VNI.
RESERVED=0-7,32-58,60-63

test_reserved()
{
	from_now_on
	refuses "$(dropped tunnel-reserved 39 $((39 * 64)) 2)" 39 2 src=4 dst=1 flip="$RESERVED"
}

# Each half of them is ignored, and the other isn't. Bits are told from each other by their numbers'.
test_reserved_ignored()
{
	local bit i mask want
	local -a bits

	mapfile -t bits < <(seq 0 7; seq 32 58; seq 60 63)
	for i in 0 1 2 3 4 5; do
		mask=0
		want=
		for bit in "${bits[@]}"; do
			mask=$((mask | (bit >> i & 1) << bit))
			want+="$((bit >> i & 1))"
		done
		try ctl tunnel set sw0 ignore-reserved "$(printf '0x%x' "$mask")"
		expect "$want" "$(from 2 src=3 dst=1 flip="$RESERVED" | awk '
			{ n = substr($2, 2); do printf "%d", $1 == "h1"; while (--n > 0) }')" \
			"frames received of those with each bit set, ignoring $(printf '0x%x' "$mask")"
	done
	try ctl tunnel set sw0 ignore-reserved 0xf7ffffff000000ff
	expect h1 "$(from 2 src=3 dst=1 flags=0xffffffff low=255)" "receivers with all bits set and ignored"
	from_now_on
	refuses "4789 rx-malformed 1" 1 2 src=4 dst=1 flags=0xf7ffffff low=255
	try ctl tunnel set sw0 ignore-reserved 0x0
}

# The datagram ends in the VXLAN header, or in the frame's Ethernet header.
test_truncated()
{
	from_now_on
	refuses "4789 rx-malformed 8" 8 2 src=4 dst=1 cut=0-7
	refuses "$(dropped malformed 14 91 2)" 14 2 src=4 dst=1 cut=8-21
	# A frame without anything in it is one.
	from 2 src=3 dst=1 cut=22 >/dev/null
	expect "$(vtep 2 "$FAMILY") rx-frames 1|$(vtep 2 "$FAMILY") rx-bytes 14|$(
		)p1 tx-frames 1|p1 tx-bytes 14|null rx-frames 1|null rx-bytes 14" \
		"$(changes | sed 's/|p1 tx-short-frames 1//')" "what has changed by an empty frame"
}

# The packet inside ends in its header, behind a tag or without one.
test_truncated_inside()
{
	from_now_on
	refuses "$(dropped malformed 20 470 2)" 20 2 src=4 dst=1 inner4=0 cut=22-41
	refuses "$(dropped malformed 40 1340 2)" 40 2 src=4 dst=1 inner6=0 cut=22-61
	refuses "$(dropped malformed 24 612 2)" 24 2 src=4 dst=1 vlan=5 inner4=1 cut=22-45 tos=3
	refuses "$(dropped malformed 4 148 2)" 4 2 src=4 dst=1 vlan=5 inner6=1 cut=25,26,64,65 tos=3
	refuses "$(dropped malformed 2 67 2)" 2 2 src=4 dst=1 svlan=5 vlan=6 inner4=1 cut=34,49 tos=3
	from 2 src=3 dst=1 vlan=5 inner4=1 cut=46 tos=3 >/dev/null
	[[ $(changes) = *"p1 tx-frames 1|p1 tx-bytes 38|"* ]] || fail "a tagged header alone changed $(changes)"
}

test_source_address()
{
	from_now_on
	refuses "$(received_dropped invalid-source 1 64 2)" 1 2 src=mcast dst=1
	refuses "$(received_dropped invalid-source 1 64 2)" 1 2 src=00:00:00:00:00:00 dst=1
	refuses "$(received_dropped own-source 1 64 2)" 1 2 src="$SW_MAC" dst=1
	refuses "$(received_dropped link-local 1 64 2)" 1 2 src=3 dst=bpdu
}

# RFC 6040, 4.2: what a frame has when the outer field is Not-ECT, ECT(0), ECT(1) and CE, which are
# 0, 2, 1 and 3; a line for each inner field, with a DSCP of 46.
test_ecn()
{
	local version tag s

	for version in 4 6; do
		for tag in '' 4 5 6 7; do
			s=h1${tag:+:$tag}/
			expect "$(printf '%s\n' "${s}184 x3" - "${s}186 x2" "${s}185" "${s}187" \
					"${s}185 x3" "${s}187 x5")" \
				"$(from 2 src=3 dst=1 ${tag:+vlan=$tag} "inner$version=184,186,185,187" \
					len=80 tos=0,2,1,3)" "frames of IPv$version${tag:+ in VLAN $tag}"
		done
	done
	expect "$(printf '%s\n' h1:6/1 h1:6/3)" "$(from 2 src=3 dst=1 svlan=5 vlan=6 inner4=1 tos=1,3)" \
		"frames with two tags"
	from_now_on
	refuses "$(dropped tunnel-ecn 1 64 2)" 1 2 src=4 dst=1 inner4=0 tos=3
	refuses "$(dropped tunnel-ecn 1 64 2)" 1 2 src=4 dst=1 vlan=5 inner6=0 tos=3
	expect "h1 x4" "$(from 2 src=3 dst=1 tos=0-3)" "receivers of something else that was marked"
}

# IPv6 wants a checksum, unless told otherwise; IPv4 doesn't.
test_no_checksum()
{
	if [ "$FAMILY" = 6 ]; then
		from_now_on
		refuses "" 1 2 src=4 dst=1 csum=off
		try ctl tunnel set sw0 zero-checksum-rx on
		expect h1 "$(from 2 src=3 dst=1 csum=off)" "receivers of a datagram without a checksum"
		try ctl tunnel set sw0 zero-checksum-rx off
		from_now_on
		refuses "" 1 2 src=4 dst=1 csum=off
	else
		expect h1 "$(from 2 src=3 dst=1 csum=off)" "receivers of a datagram without a checksum"
	fi
}

test_first_and_last_vni()
{
	local vni

	for vni in 0 16777215; do
		try ctl tunnel set sw0 vni "$vni"
		expect h1 "$(from 2 src=3 dst=1 vni="$vni")" "receivers by VNI $vni"
		from_now_on
		refuses "4789 rx-unknown-vni 2" 2 2 src=4 dst=1 vni=$((vni ^ 1)),100
	done
	try ctl tunnel set sw0 vni "$VNI"
	expect h1 "$(from 2 src=3 dst=1)" "receivers by the old VNI"
}

test_ipv6()
{
	local t

	try ctl tunnel del sw0
	FAMILY=6
	tunnel_here
	for t in test_unknown_vtep test_wrong_vtep test_flag_missing test_no_checksum; do
		$t
	done
	from_now_on
	refuses "$(dropped malformed 14 91 2)" 14 2 src=4 dst=1 cut=8-21
	refuses "$(dropped tunnel-ecn 1 64 2)" 1 2 src=4 dst=1 inner6=0 tos=3
	expect "h1/3 x2" "$(from 2 src=3 dst=1 inner4=1,2 tos=3)" "receivers of a marked frame"
	expect "h1:5/3 x2" "$(from 2 src=3 dst=1 inner6=1,2 tos=3 vlan=5 len=80)" "receivers of a marked frame in a VLAN"
}

# Where VLANs are kept apart, the VNI says which one it is: a tag inside may not.
test_tagged_inside()
{
	try ctl switch set sw0 vlan-aware on
	announce 1 2
	expect h1 "$(from 2 src=3 dst=1)" "receivers of an untagged frame"
	from_now_on
	refuses "$(received_dropped vlan-ingress 3 192 2)" 3 2 src=4 dst=1 vlan=0,1,5
	refuses "$(received_dropped vlan-ingress 1 64 2)" 1 2 src=4 dst=1 vlan=5 vlan=6
	refuses "$(dropped malformed 4 62 2)" 4 2 src=4 dst=1 vlan=5 cut=22-25
	try ctl switch set sw0 vlan-aware off
}

tests_run test_unknown_vtep test_wrong_vtep test_wrong_vni test_flag_missing test_reserved \
	test_reserved_ignored test_truncated test_truncated_inside test_source_address test_ecn \
	test_no_checksum test_first_and_last_vni test_ipv6 test_tagged_inside
