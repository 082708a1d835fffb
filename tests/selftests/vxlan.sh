#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# One network on two hosts: frames pass, addresses are learned behind remotes, static entries hold,
# what isn't there isn't reached, and no frame is lost from the accounts. By IPv4 and by IPv6.
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
	two_hosts
	try ctl switch set sw0 ageing off
	try on "$far" switch set sw0 ageing off
	inner_addresses
	tunnel
}

# By which way the tunnel goes; FAMILY is 4 unless a test says otherwise.
FAMILY=4

test_flood()
{
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	expect "h1 h2 h4" "$(probe h3 src=3 dst=bcast)" "receivers of a broadcast from the other host"
	expect "h2 h3 h4" "$(probe h1 src=1 dst=unknown)" "receivers of a frame to nobody knows whom"
	balanced
}

test_learned()
{
	expect "$(mac 3) null $(vtep 2 "$FAMILY") learned" \
		"$(ctl -j fdb show sw0 | jrow mac="$(mac 3)" mac port remote kind)" "entry"
	expect h3 "$(probe h1 src=1 dst=3)" "receivers at a known address"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers of the answer"
	expect_range 1 2 "$(ctl -j remote show sw0 | jrow fdb-count)" "addresses of the remote"
	balanced
}

test_packets()
{
	try in_ns "$h1" ping -c 3 -i 0.2 -W 3 "$(ip4 3)"
	try in_ns "$h2" ping -c 3 -i 0.2 -W 3 "$(ip4 4)"
	try in_ns "$h1" ping -c 3 -i 0.2 -W 3 2001:db8::3
	balanced
}

# Large frames stay large, and each byte arrives.
test_bulk()
{
	try tcpbulk -m 4 -t 60 "$h1" "$h3" "$(ip4 3)"
	try tcpbulk -m 4 -t 60 "$h4" "$h2" 2001:db8::2
	expect_range 1 99999999 "$(tunnel_counter rx-gso-frames "$far")" "large frames by the tunnel"
	balanced
}

test_counters()
{
	local rx tx

	rx=$(remote rx-frames "$far" "$(vtep 1 "$FAMILY")")
	tx=$(remote tx-frames "$sw" "$(vtep 2 "$FAMILY")")
	PROBE_COUNT=10 probe h1 src=1 dst=3 >/dev/null
	# The containers may look for their neighbours meanwhile.
	expect_range $((rx + 10)) $((rx + 16)) "$(remote rx-frames "$far" "$(vtep 1 "$FAMILY")")" \
		"frames from the remote"
	expect_range $((tx + 10)) $((tx + 16)) "$(remote tx-frames "$sw" "$(vtep 2 "$FAMILY")")" \
		"frames to the remote"
}

test_static()
{
	try ctl fdb add sw0 02:aa:00:00:00:01 remote "$(vtep 2 "$FAMILY")"
	expect "h3 h4" "$(probe h1 src=1 dst=02:aa:00:00:00:01)" "receivers of a frame to a static entry"
	refused 'exists' ctl fdb add sw0 02:aa:00:00:00:01 port p1
	refused 'no such remote' ctl fdb add sw0 02:aa:00:00:00:02 remote "$(vtep 9 "$FAMILY")"

	# Where an address is set to be elsewhere, it isn't accepted from the tunnel.
	try ctl fdb replace sw0 "$(mac 4)" port p2
	expect - "$(probe h4 src=4 dst=1)" "receivers of a frame from the wrong remote"
	expect_range 1 9 "$(ctl -j stats show sw0 tunnel |
		jrow -e drop drop.reason=tunnel-wrong-vtep drop.frames)" "frames from the wrong remote"
	try ctl fdb del sw0 "$(mac 4)"
	try ctl fdb del sw0 02:aa:00:00:00:01
	balanced
}

# What one remote sent never goes to another: here back to the same.
test_split_horizon()
{
	try ctl fdb add sw0 02:aa:00:00:00:03 remote "$(vtep 2 "$FAMILY")"
	try on "$far" fdb add sw0 02:aa:00:00:00:03 remote "$(vtep 1 "$FAMILY")"
	expect - "$(probe h1 src=1 dst=02:aa:00:00:00:03)" "receivers of a frame that would go round"
	expect "same-port 1" "$(on "$far" -j stats show sw0 tunnel | jrow -e drop drop.reason=same-port drop.reason drop.frames)" "drops"
	try ctl fdb del sw0 02:aa:00:00:00:03
	try on "$far" fdb del sw0 02:aa:00:00:00:03
	balanced
}

test_remote_gone()
{
	try ctl remote del sw0 "$(vtep 2 "$FAMILY")"
	expect - "$(ctl -j fdb show sw0 | jrow remote!=null mac | grep . || echo -)" \
		"entries of a remote that is gone"
	expect "h2" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast without a remote"
	expect - "$(probe h3 src=3 dst=1)" "receivers of a frame from a stranger"
	expect_range 1 99 "$(ctl -j stats show sw0 tunnel |
		jrow -e drop drop.reason=tunnel-unknown-vtep drop.frames)" "frames from strangers"
	try ctl remote add sw0 "$(vtep 2 "$FAMILY")"
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast, with it again"
	balanced
}

test_without_flood()
{
	try ctl remote set sw0 "$(vtep 2 "$FAMILY")" flood off
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast, without flooding"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers of a known address"
	expect h3 "$(probe h1 src=1 dst=3)" "receivers of the answer"
	try ctl remote set sw0 "$(vtep 2 "$FAMILY")" flood on
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast, with it again"
}

test_no_learning()
{
	try ctl tunnel set sw0 learning off
	try ctl fdb flush sw0 remote "$(vtep 2 "$FAMILY")"
	expect h1 "$(probe h3 src=3 dst=1)" "receivers"
	expect 0 "$(ctl -j remote show sw0 | jrow fdb-count)" "addresses learned with learning off"
	try ctl tunnel set sw0 learning on
	expect h1 "$(probe h3 src=3 dst=1)" "receivers"
	expect_range 1 2 "$(ctl -j remote show sw0 | jrow fdb-count)" "addresses learned with learning on"
}

test_refusals()
{
	refused 'own' ctl remote add sw0 "$(vtep 1 "$FAMILY")"
	refused 'exists' ctl remote add sw0 "$(vtep 2 "$FAMILY")"
	refused 'one host' ctl remote add sw0 224.0.0.1
	refused 'other family' ctl remote add sw0 "$(vtep 3 $((10 - FAMILY)))"
	try ctl switch add sw1 up
	refused 'VNI 100 belongs to sw0|belongs to another switch' \
		ctl tunnel set sw1 vni "$VNI" local "$(vtep 1 "$FAMILY")"
	refused 'no tunnel' ctl remote add sw1 "$(vtep 3)"
	try ctl switch del sw1
}

# Another VNI is another network, and what was learned in the old one is forgotten.
test_vni_changes()
{
	try ctl tunnel set sw0 vni 101
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast by another VNI"
	expect_range 1 99 "$(on "$far" -j tunnel show sw0 | jrow rx-unknown-vni)" "frames of a VNI that nobody has"
	try ctl tunnel set sw0 vni "$VNI"
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast by the old one"
	balanced
}

test_other_port()
{
	try ctl tunnel set sw0 port 8472
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast to another UDP port"
	try on "$far" tunnel set sw0 port 8472
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast with the same port again"
	try ctl tunnel set sw0 port 4789
	try on "$far" tunnel set sw0 port 4789
	balanced
}

# Its device may go: nothing leaves then, and the rest can still be set. Between VRFs the port is asked for.
test_device()
{
	local vrf

	for vrf in red blue; do
		try ipsw link add "$vrf" type vrf table $((${#vrf} + 100))
		try ipsw link set "$vrf" up
	done
	try ctl tunnel set sw0 device red
	try ipsw link add d9 type dummy
	try ipsw link set d9 master blue
	try ipsw link set d9 up
	try ipsw link add vx9 type vxlan id 9 dstport 4789 dev d9
	try ipsw link set vx9 up
	refused 'taken by' ctl tunnel set sw0 device blue
	expect red "$(ctl -j tunnel show sw0 | jrow device)" "device of the tunnel"
	for vrf in vx9 red; do
		try ipsw link delete "$vrf"
	done
	try ctl tunnel set sw0 ttl 7
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast without the tunnel's device"
	try ctl tunnel set sw0 device none ttl auto
	expect "h2 h3 h4" "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	try ipsw link delete blue
	try ipsw link delete d9
	balanced
}

test_ipv6()
{
	local t

	no_tunnel
	FAMILY=6
	tunnel 6
	for t in test_flood test_learned test_packets test_bulk test_static test_remote_gone; do
		$t
	done
}

test_tunnel_gone()
{
	no_tunnel
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast without a tunnel"
	refused 'no tunnel' ctl remote add sw0 "$(vtep 2)"
	refused 'no tunnel' ctl tunnel del sw0
	expect "" "$(ctl -j fdb show sw0 | jrow remote!=null mac)" "entries behind remotes"
	balanced
}

tests_run test_flood test_learned test_packets test_bulk test_counters test_static \
	test_split_horizon test_remote_gone test_without_flood test_no_learning test_refusals \
	test_vni_changes test_other_port test_device test_ipv6 test_tunnel_gone
