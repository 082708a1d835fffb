# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154	# names of namespaces
#
# What tests with another system at the tunnel's far end share, beside lib.sh and lib/vxlan.sh. A test
# defines other_on FAMILY and other_off: the other system joins p3 and p4 of $far to a tunnel with
# $VNI from host 2 to host 1, and lets go. src/vxcheck.c judges on the underlay what either end sends.
#
#	h1 -- p1 +-----+                              +-------+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | other |
#	h2 -- p2 +-----+                              +-------+ p4 -- h4

FAMILY=4

# longest_packet: that fits into the tunnel.
longest_packet()
{
	case $FAMILY in
	4)	echo 1450 ;;
	6)	echo 1430 ;;
	esac
}

# acquaint N: container N knows the others for good, and asks nobody: what is counted on the underlay
# is what a test sends.
acquaint()
{
	local ns=h$1 other

	for other in 1 2 3 4; do
		[ "$other" != "$1" ] || continue
		echo "neigh replace $(ip4 "$other") dev eth0 lladdr $(mac "$other") nud permanent"
		echo "neigh replace 2001:db8::$other dev eth0 lladdr $(mac "$other") nud permanent"
	done > "$TMP/neighbours"
	try ip -n "${!ns}" -batch "$TMP/neighbours"
}

# begin FAMILY: the tunnel, by either family; containers send what fits.
begin()
{
	local n

	FAMILY=$1
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1 "$FAMILY")"
	try ctl remote add sw0 "$(vtep 2 "$FAMILY")"
	other_on "$FAMILY"
	inner_mtu "$(longest_packet)"
	for n in 1 2 3 4; do
		acquaint "$n"
	done
}

end()
{
	other_off
	try ctl tunnel del sw0
}

# judge [WORD...]: what is sent from now on by us (J1) and by the other system (J2).
declare -A J1 J2
judge()
{
	spawn judge1 vxcheck "$far/u0" from="$(vtep 1 "$FAMILY")" to="$(vtep 2 "$FAMILY")" \
		sport=32768-60999 mtu=1500 "$@"
	spawn judge2 vxcheck "$sw/u0" from="$(vtep 2 "$FAMILY")" to="$(vtep 1 "$FAMILY")" \
		mtu=1500 offload="${OFFLOAD:-off}"
}

# judged LEAST: no field and no checksum was wrong in at least so many datagrams of either.
judged()
{
	local word

	reap judge1 || fail "we sent: $(cat "$TMP/judge1")"
	reap judge2 || fail "the other system sent: $(cat "$TMP/judge2")"
	J1=() J2=()
	for word in $(tail -n 1 "$TMP/judge1"); do
		J1[${word%=*}]=${word#*=}
	done
	for word in $(tail -n 1 "$TMP/judge2"); do
		J2[${word%=*}]=${word#*=}
	done
	expect 0 "${J1[bad]:-none}" "wrong fields in what we sent"
	expect 0 "${J2[bad]:-none}" "wrong fields in what the other system sent"
	expect_range "$1" 9999999 "${J1[frames]:-0}" "datagrams that we sent"
	expect_range "$1" 9999999 "${J2[frames]:-0}" "datagrams that the other system sent"
}

# offload on|off: may checksums be left to the underlay's devices?
offload()
{
	OFFLOAD=$1
	try in_ns "$sw" ethtool -K u0 tx "$1"
	try in_ns "$far" ethtool -K u0 tx "$1"
	[ "$1" = off ] || try in_ns "$sw" ethtool -K u0 tso on
	[ "$1" = off ] || try in_ns "$far" ethtool -K u0 tso on
}

interop_frames()
{
	local len longest

	longest=$(($(longest_packet) + 14))
	offload off
	judge ttl=64 dscp=0 df=0
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	expect "h1 h2 h4" "$(probe h3 src=3 dst=bcast)" "receivers of a broadcast from the other system"
	for len in 64 65 127 128 1000 $((longest - 1)) $longest; do
		expect h3 "$(probe h1 src=1 dst=3 len="$len")" "receivers of $len bytes"
		expect h1 "$(probe h3 src=3 dst=1 len="$len")" "receivers of $len bytes from the other system"
	done
	judged 8
	expect "64 $longest" "${J1[shortest]} ${J1[longest]}" "shortest and longest frame that we sent"
	expect "64 $longest" "${J2[shortest]} ${J2[longest]}" "shortest and longest frame of the other system"
}

interop_tagged()
{
	local len longest

	longest=$(($(longest_packet) + 14))
	# The other system may learn for each VLAN.
	probe h3 src=3 dst=bcast vlan=5 >/dev/null
	probe h1 src=1 dst=bcast vlan=6 >/dev/null
	judge ttl=64 dscp=0 df=0
	for len in 68 1000 $longest; do
		expect h3:5.3 "$(probe h1 src=1 dst=3 len="$len" vlan=5.3)" "receivers of $len bytes in a VLAN"
		expect h1:6 "$(probe h3 src=3 dst=1 len="$len" vlan=6)" \
			"receivers of $len bytes in a VLAN from the other system"
	done
	judged 3
	expect "3 3" "${J1[tagged]} ${J2[tagged]}" "frames with a tag"
}

interop_ping()
{
	judge ttl=64 dscp=0 df=0
	try in_ns "$h1" ping -c 3 -i 0.2 -W 3 -s 1000 "$(ip4 3)"
	try in_ns "$h4" ping -c 3 -i 0.2 -W 3 -s 57 "$(ip4 2)"
	try in_ns "$h1" ping -c 3 -i 0.2 -W 3 -s 1000 2001:db8::3
	try in_ns "$h4" ping -c 3 -i 0.2 -W 3 -s 57 2001:db8::2
	judged 12
	expect_range 12 999 "${J1[inner]}" "checksums inside"
}

interop_bulk()
{
	local state

	for state in off on; do
		offload $state
		judge ttl=64 dscp=0 df=0 offload=$state
		try tcpbulk -m 2 -t 60 "$h1" "$h3" "$(ip4 3)"
		try tcpbulk -m 2 -t 60 "$h4" "$h2" "$(ip4 2)"
		try tcpbulk -m 2 -t 60 "$h1" "$h3" 2001:db8::3
		try tcpbulk -m 2 -t 60 "$h4" "$h2" 2001:db8::2
		judged 100
		[ $state = off ] || expect_range 20 9999999 "${J1[gso]}" "large datagrams that we sent"
	done
}

# ours COMMAND: what we send while it runs, into J1.
ours()
{
	local word

	"$@" > "$TMP/ours" 2>&1 || fail "'$*': $(cat "$TMP/ours")"
	reap judge1 || fail "'$*': $(cat "$TMP/judge1")"
	reap judge2
	J1=()
	for word in $(tail -n 1 "$TMP/judge1"); do
		J1[${word%=*}]=${word#*=}
	done
}

# flows N [WORD...]: N flows of UDP, 48 packets of as many lengths.
flows()
{
	local n=$1
	shift

	pmtuprobe "$h1/eth0" "$h3/eth0" src=1 dst=3 proto=udp4 sizes=1200-1247 carries=1400 ports="$n" "$@"
}

# Each flow has its source port, whatever the length of its packets, tagged or not.
interop_source_ports()
{
	local words

	offload off
	for words in "" vlan=5 "svlan=6 vlan=5"; do
		judge
		# shellcheck disable=SC2086	# words
		ours flows 1 $words
		expect "48 1" "${J1[frames]} ${J1[sports]}" "frames and source ports of one flow ($words)"
		judge
		# shellcheck disable=SC2086	# words
		ours flows 12 $words
		expect_range 10 12 "${J1[sports]}" "source ports of 12 flows ($words)"
	done
	try ctl tunnel set sw0 source-port 40000-40999
	judge sport=40000-40999
	ours flows 12
	expect_range 10 12 "${J1[sports]}" "source ports of 12 flows, of 1000"
	try ctl tunnel set sw0 source-port 40000-40000
	judge sport=40000-40000
	ours flows 12
	expect "48 1" "${J1[frames]} ${J1[sports]}" "frames and source ports, of one"
	try ctl tunnel set sw0 source-port auto
}

interop_settings()
{
	offload off
	try ctl tunnel set sw0 ttl 9 dscp 46 df set
	judge ttl=9 dscp=46 df=1
	ours in_ns "$h1" ping -c 2 -i 0.2 -W 3 -Q 0x22 "$(ip4 3)"
	expect_range 2 9 "${J1[frames]}" "datagrams"
	try ctl tunnel set sw0 dscp inherit
	judge ttl=9 dscp=8 df=1
	ours flows 1 tos=0x22
	expect 48 "${J1[frames]}" "datagrams"
	try ctl tunnel set sw0 ttl auto dscp 0 df unset
}

balanced_here() { settles 0 "frames in + copies - frames out - drops" balance "$sw"; }

# Setup and tests of either family.
interop_setup()
{
	topology 2
	setup_ns far
	try ctl switch set sw0 ageing off
	FAR_MASTER=${1:-} far_containers 3 4
	underlay
	inner_addresses
}

test_ipv4_on() { begin 4; }
test_ipv6_on() { end; begin 6; }
test_frames() { interop_frames; balanced_here; }
test_tagged() { interop_tagged; balanced_here; }
test_ping() { interop_ping; balanced_here; }
test_bulk() { interop_bulk; balanced_here; }
test_source_ports() { interop_source_ports; balanced_here; }
test_settings() { interop_settings; balanced_here; }
