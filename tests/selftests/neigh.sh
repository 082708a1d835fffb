#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
#
# The switch answers questions for neighbours that it knows and floods the others; what it knows it
# was told or has learned, within limits, and it forgets; and no frame is lost from the accounts.
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

ip6() { echo "2001:db8::$1"; }

# ask FROM WORD...: see src/neighprobe.c. Containers and both hosts are asked.
ask()
{
	local from id rx=()
	from=$(endpoint "$1")
	shift

	for id in h1 h2 h3 h4 host; do
		rx+=("$id=$(endpoint "$id")")
	done
	neighprobe "$from" "$@" -- "${rx[@]}"
}

# neigh [FILTER...]: "ADDR MAC KIND PORT" sorted.
neigh() { ctl -j neigh show sw0 "$@" | jrow -S ip mac kind port; }
forget() { try ctl neigh flush sw0 all; }
answered() { counter "$1" neigh-answered; }

setup()
{
	two_hosts
	tunnel
	announce 1 2
	blast h3 1 src=3 dst=bcast
	blast h4 1 src=4 dst=bcast
}

test_off()
{
	try ctl neigh add sw0 "$(ip4 2)" "$(mac 2)"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "with suppression off"
	expect 1 "$(switch neigh-count)" "neighbours with suppression off"
	forget
	try ctl switch set sw0 neigh-suppress on
	balanced
}

test_static_arp()
{
	try ctl neigh add sw0 "$(ip4 2)" "$(mac 2)"
	expect "-: $(ip4 2) is 2" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "an ARP request"
	expect "-: $(ip4 2) is 2" "$(ask h1 src=1 ask="$(ip4 2)" tell=0.0.0.0)" "an ARP probe"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip4 9)" tell="$(ip4 1)")" "for nobody we know"
	expect "h2" "$(ask h1 src=1 dst=2 ask="$(ip4 2)" tell="$(ip4 1)")" "a unicast probe"
	expect "h1 h3 h4 host" "$(ask h2 src=2 ask="$(ip4 2)" tell=0.0.0.0)" "a probe of its own"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 2)")" "an announcement"
	expect "h2 h3 h4 host" "$(ask h1 src=1 mac=9 ask="$(ip4 2)" tell="$(ip4 1)")" "another sender inside"
	expect "h2 h3 h4 host" "$(ask h1 src=1 vlan=7 ask="$(ip4 2)" tell="$(ip4 1)")" "a tagged one"
	expect "-: $(ip4 2) is 2" "$(ask host src="$SW_MAC" ask="$(ip4 2)" tell="$(ip4 254)")" "the host's"
	# Nobody knows where it is, but it is set.
	try ctl neigh add sw0 "$(ip4 8)" "$(mac 8)"
	expect "-: $(ip4 8) is 8" "$(ask h1 src=1 ask="$(ip4 8)" tell="$(ip4 1)")" "for who isn't known"
	expect 3 "$(answered p1)" "requests answered at p1"
	expect 1 "$(answered sw0)" "requests answered to the host"
	forget
	balanced
}

test_static_nd()
{
	local one two
	one=$(ip6 1) two=$(ip6 2)

	try ctl neigh add sw0 "$two" "$(mac 2)"
	expect "-: $two is 2 so" "$(ask h1 src=1 ask="$two" tell="$one")" "a solicitation"
	expect "-: $two is 2 to all o" "$(ask h1 src=1 ask="$two" tell=:: mac=none)" "a probe for duplicates"
	expect "h1 h3 h4 host" "$(ask h2 src=2 ask="$two" tell=:: mac=none)" "a probe of its own"
	expect "h2" "$(ask h1 src=1 dst=2 ask="$two" tell="$one")" "a unicast probe"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip6 9)" tell="$one")" "for nobody we know"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$two" tell="$one" hops=254)" "from a router away"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$two" tell="$one" checksum=bad)" "a wrong checksum"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$two" tell="$one" mac=none)" "who doesn't say where he is"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$two" tell="$one" mac=9)" "another sender inside"
	expect "-: $two is 2 so" "$(ask host src="$SW_MAC" ask="$two" tell="$(ip6 fe)")" "the host's"
	try ctl neigh replace sw0 "$two" "$(mac 2)" router
	expect "-: $two is 2 rso" "$(ask h1 src=1 ask="$two" tell="$one")" "for a router"
	forget
	balanced
}

test_learned()
{
	forget
	ask h2 src=2 ask="$(ip4 9)" tell="$(ip4 2)" >/dev/null
	expect "$(ip4 2) $(mac 2) learned p2" "$(neigh)" "learned from a request"
	expect "-: $(ip4 2) is 2" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "for a learned one"
	ask h2 src=2 ask="$(ip6 9)" tell="$(ip6 2)" >/dev/null
	expect "-: $(ip6 2) is 2 so" "$(ask h1 src=1 ask="$(ip6 2)" tell="$(ip6 1)")" "for a learned one"
	# By the tunnel; answered where the question is, but not to the tunnel.
	ask h3 src=3 is="$(ip4 3)" >/dev/null
	expect "$(mac 3) $(vtep 2)" "$(ctl -j neigh get sw0 "$(ip4 3)" | jrow mac remote)" "by the tunnel"
	expect "-: $(ip4 3) is 3" "$(ask h1 src=1 ask="$(ip4 3)" tell="$(ip4 1)")" "for who is far"
	expect "h1 h2 h4 host" "$(ask h3 src=3 ask="$(ip4 2)" tell="$(ip4 3)")" "asked by the tunnel"
	# Who can't be there isn't learned.
	ask h1 src=1 ask="$(ip4 9)" tell=0.0.0.0 >/dev/null
	ask h1 src=1 is=127.0.0.1 >/dev/null
	ask h1 src=1 is=224.0.0.1 >/dev/null
	ask h1 src=1 is=::1 >/dev/null
	ask h1 src=1 mac=9 is="$(ip4 9)" >/dev/null
	expect 5 "$(switch neigh-count)" "neighbours: h1 and h2 by both families, h3 by one"
	balanced
}

test_routers()
{
	ask h2 src=2 is=fe80::2 router >/dev/null
	expect "-: fe80::2 is 2 rso" "$(ask h1 src=1 ask=fe80::2 tell="$(ip6 1)")" "for a router"
	ask h2 src=2 ask="$(ip6 9)" tell=fe80::2 >/dev/null
	expect "-: fe80::2 is 2 rso" "$(ask h1 src=1 ask=fe80::2 tell="$(ip6 1)")" "that spoke again"
	ask h2 src=2 is=fe80::2 flags=o >/dev/null
	expect "-: fe80::2 is 2 so" "$(ask h1 src=1 ask=fe80::2 tell="$(ip6 1)")" "that isn't one any more"
}

test_yields()
{
	monitor fdb
	ask h1 src=1 is="$(ip4 7)" >/dev/null
	ask h2 src=2 is="$(ip4 7)" >/dev/null
	expect "$(mac 2)" "$(ctl -j neigh get sw0 "$(ip4 7)" | jrow mac)" "after an announcement"
	busywait 5 grep -q old-mac "$TMP/monitor" || fail "no event of the change"
	reap monitor
	expect "neigh learned p1 null" "$(jrow ip="$(ip4 7)" event=learned type event port old-mac < "$TMP/monitor")" "event"
	expect "neigh changed p2 $(mac 1)" "$(jrow ip="$(ip4 7)" event=changed type event port old-mac < "$TMP/monitor")" "event"
	# Without the override flag it is a second opinion.
	ask h1 src=1 is="$(ip6 7)" flags=o >/dev/null
	ask h2 src=2 is="$(ip6 7)" >/dev/null
	expect "$(mac 1)" "$(ctl -j neigh get sw0 "$(ip6 7)" | jrow mac)" "after a second opinion"
	# Static ones don't yield.
	try ctl neigh add sw0 "$(ip4 7)" "$(mac 1)"
	ask h2 src=2 is="$(ip4 7)" >/dev/null
	expect "$(mac 1) static" "$(ctl -j neigh get sw0 "$(ip4 7)" | jrow mac kind)" "a static one"
	expect_range 1 9 "$(counter p2 neigh-refused)" "refused at p2"
	forget
}

# Who isn't there isn't answered for: not whose address the FDB forgot, nor behind an isolated port.
test_reachable()
{
	ask h2 src=2 is="$(ip4 2)" >/dev/null
	try ctl fdb del sw0 "$(mac 2)"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "for who is gone"
	announce 2
	expect "-: $(ip4 2) is 2" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "for who is back"
	try ctl port set p1 isolated on
	try ctl port set p2 isolated on
	expect "h3 h4 host" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "between isolated ports"
	try ctl port set p1 isolated off
	try ctl port set p2 isolated off
	# An address that is set to be elsewhere teaches nothing.
	try ctl fdb replace sw0 "$(mac 9)" port p2
	ask h1 src=9 is="$(ip4 6)" >/dev/null
	refused 'no such neighbour' ctl neigh get sw0 "$(ip4 6)"
	try ctl fdb del sw0 "$(mac 9)"
	try in_ns "$h2" ip link set eth0 down
	settles "" "neighbours of a port that is down" neigh port p2
	try in_ns "$h2" ip link set eth0 up
	busywait 10 ports_forward 2
	announce 2
	balanced
}

test_limits()
{
	local n

	forget
	try ctl switch set sw0 neigh-port-max 4 neigh-max 6
	for n in 11 12 13 14 15 16; do
		ask h1 src=1 is="$(ip4 "$n")" >/dev/null
	done
	expect 4 "$(neigh port p1 | wc -l)" "learned from one port"
	for n in 21 22 23; do
		ask h2 src=2 is="$(ip4 "$n")" >/dev/null
	done
	expect 6 "$(switch neigh-count)" "learned in all"
	try ctl neigh add sw0 "$(ip4 99)" "$(mac 99)"
	try ctl switch set sw0 neigh-port-max 1024 neigh-max 8192
	expect "4 neighbours removed" "$(ctl neigh flush sw0 port p1 | cut -d' ' -f2-)" "flush"
	forget
}

test_ageing()
{
	ask h1 src=1 is="$(ip4 1)" >/dev/null
	expect 1 "$(switch neigh-count)" "neighbours"
	try ctl switch set sw0 neigh-ageing 1
	busywait 10 is 0 switch neigh-count || fail "it didn't age"
	try ctl switch set sw0 neigh-ageing 300
}

test_settings()
{
	try ctl switch set sw0 neigh-learning off
	ask h1 src=1 is="$(ip4 1)" >/dev/null
	expect 0 "$(switch neigh-count)" "learned with learning off"
	try ctl switch set sw0 neigh-learning on
	ask h1 src=1 is="$(ip4 1)" >/dev/null
	try ctl neigh add sw0 "$(ip4 2)" "$(mac 2)"
	expect 2 "$(switch neigh-count)" "with learning on"
	try ctl switch set sw0 neigh-suppress off
	expect "$(ip4 2) $(mac 2) static null" "$(neigh)" "what stays with suppression off"
	try ctl switch set sw0 neigh-suppress on
	forget
}

test_refusals()
{
	try ctl neigh add sw0 "$(ip4 1)" "$(mac 1)"
	refused 'exists' ctl neigh add sw0 "$(ip4 1)" "$(mac 2)"
	try ctl neigh replace sw0 "$(ip4 1)" "$(mac 2)"
	refused 'one host' ctl neigh add sw0 224.0.0.1 "$(mac 2)"
	refused 'one host' ctl neigh add sw0 ::1 "$(mac 2)"
	refused 'group address' ctl neigh add sw0 "$(ip4 2)" 01:00:5e:00:00:01
	refused 'ignores VLANs' ctl neigh add sw0 "$(ip4 2)" "$(mac 2)" vlan 7
	refused 'no such neighbour' ctl neigh del sw0 "$(ip4 9)"
	refused 'no such remote' ctl neigh show sw0 remote "$(vtep 9)"
	forget
}

test_vlans()
{
	try ctl switch set sw0 vlan-aware on
	try ctl vlan add p1 7
	try ctl vlan add p2 7
	blast h2 1 src=2 dst=bcast vlan=7
	announce 2
	refused 'VLAN missing' ctl neigh add sw0 "$(ip4 2)" "$(mac 2)"
	ask h2 src=2 vlan=7 is="$(ip4 2)" >/dev/null
	expect 7 "$(ctl -j neigh show sw0 | jrow vlan)" "VLAN"
	expect "-: $(ip4 2) is 2" "$(ask h1 src=1 vlan=7 ask="$(ip4 2)" tell="$(ip4 1)")" "in the VLAN"
	expect "h2 h3 h4 host" "$(ask h1 src=1 ask="$(ip4 2)" tell="$(ip4 1)")" "in another one"
	try ctl switch set sw0 vlan-aware off
	expect 0 "$(switch neigh-count)" "neighbours learned by VLAN"
	announce 1 2
	balanced
}

# The containers' own stacks are content with the answers.
test_packets()
{
	inner_addresses
	try in_ns "$h1" ping -c 2 -i 0.2 -W 3 "$(ip4 2)"
	try in_ns "$h1" ping -c 2 -i 0.2 -W 3 "$(ip6 2)"
	try in_ns "$h1" ping -c 2 -i 0.2 -W 3 "$(ip4 3)"
	try in_ns "$h2" ping -c 2 -i 0.2 -W 3 "$(ip4 3)"
	try in_ns "$h2" ping -c 2 -i 0.2 -W 3 "$(ip6 1)"
	expect_range 1 99 "$(ctl -j stats show sw0 | jrow neigh-answered | awk '{ n += $1 } END { print n }')" "answers"
	balanced
}

test_port_gone()
{
	ask h2 src=2 is="$(ip4 2)" >/dev/null
	try ctl port del p2
	expect "" "$(neigh | grep -w p2)" "neighbours of a port that has left"
	ask h3 src=3 is="$(ip4 3)" >/dev/null
	expect 1 "$(ctl -j neigh show sw0 | jrow -c remote!=null)" "neighbours by the tunnel"
	try ctl tunnel set sw0 vni 4711
	expect 0 "$(ctl -j neigh show sw0 | jrow -c remote!=null)" "neighbours in another network"
	try ctl tunnel set sw0 vni "$VNI"
	ask h3 src=3 is="$(ip4 3)" >/dev/null
	try ctl tunnel del sw0
	expect 0 "$(ctl -j neigh show sw0 | jrow -c remote!=null)" "neighbours without a tunnel"
}

tests_run test_off test_static_arp test_static_nd test_learned test_routers test_yields \
	test_reachable test_limits test_ageing test_settings test_refusals test_vlans test_packets \
	test_port_gone
