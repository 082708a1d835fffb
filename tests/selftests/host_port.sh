#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The switch's device is the host's port: addresses, ARP, neighbour discovery, routing between two
# switches, capturing and promiscuous mode work on it.
#
#	h1 -- p1 +-----+ host +-----+
#	         | sw0 |------| sw1 | q3 -- h3
#	h2 -- p2 +-----+      +-----+
#	192.0.2.0/24, .254    198.51.100.0/24, .254
#	2001:db8::/64         2001:db8:1::/64

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	addresses 1 2
	setup_ns h3
	try ctl switch add sw1 up
	ipsw link add q3 type veth peer name eth0 netns "$h3"
	ipv6_on "$h1" eth0
	ipv6_on "$h3" eth0
	ipv6_on "$sw" sw0
	ipv6_on "$sw" sw1
	ipsw -batch - <<-IP || bail "cannot configure the host"
		link set q3 master sw1 up
		address add 192.0.2.254/24 dev sw0
		address add 198.51.100.254/24 dev sw1
		address add 2001:db8::fe/64 dev sw0
		address add 2001:db8:1::fe/64 dev sw1
	IP
	ip -n "$h3" -batch - <<-IP || bail "cannot configure h3"
		link set eth0 up
		address add 198.51.100.3/24 dev eth0
		address add 2001:db8:1::3/64 dev eth0
		route add default via 198.51.100.254
		route add default via 2001:db8:1::fe
	IP
	ip -n "$h1" -batch - <<-IP || bail "cannot configure h1"
		address add 2001:db8::1/64 dev eth0
		route add default via 192.0.2.254
		route add default via 2001:db8::fe
	IP
	in_ns "$sw" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward
		echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
}

test_device()
{
	expect "$SW_MAC" "$(link sw0 .address)" "address of the device"
	expect noqueue "$(link sw0 .qdisc)" "qdisc of the device"
	expect cvswitch "$(link sw0 .linkinfo.info_kind)" "kind of the device"
}

test_arp_and_ping()
{
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 192.0.2.254
	expect "$SW_MAC" "$(ip -n "$h1" -j neigh show 192.0.2.254 | jrow lladdr)" "h1's neighbour"
	expect "$(mac 1)" "$(ipsw -j neigh show 192.0.2.1 dev sw0 | jrow lladdr)" "host's neighbour"
	try in_ns "$sw" ping -c 2 -i 0.1 -W 3 192.0.2.2
}

test_neighbour_discovery()
{
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 2001:db8::fe
	expect "$SW_MAC" "$(ip -n "$h1" -j -6 neigh show 2001:db8::fe | jrow lladdr)" \
		"h1's neighbour"
	try in_ns "$sw" ping -c 2 -i 0.1 -W 3 2001:db8::1
}

test_routing()
{
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 198.51.100.3
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 2001:db8:1::3
}

test_host_speaks_from_its_port()
{
	PROBE_RX=(h1 h2 host)
	announce 1
	expect h1 "$(probe host src="$SW_MAC" dst=1)" "receivers of known unicast"
	expect "h1 h2" "$(probe host src="$SW_MAC" dst=bcast)" "receivers of broadcast"
	expect "h1 h2" "$(probe host src="$SW_MAC" dst=unknown)" "receivers of unknown unicast"
	expect host "$(probe h1 src=1 dst="$SW_MAC")" "receivers of unicast to the host"
	expect h2 "$(probe h1 src=1 dst=unknown)" "receivers of unknown unicast, not for the host"
}

# With promiscuous mode the host sees what others say to each other, and still only once.
test_promiscuous()
{
	announce 1 2
	try ipsw link set sw0 promisc on
	expect "h2 host" "$(probe h1 src=1 dst=2)" "receivers of known unicast"
	expect "h2 host" "$(probe h1 src=1 dst=unknown)" "receivers of unknown unicast"
	expect "h2 host" "$(probe h1 src=1 dst=bcast)" "receivers of broadcast"
	expect host "$(probe h1 src=1 dst="$SW_MAC")" "receivers of unicast to the host"
	try ipsw link set sw0 promisc off
	expect h2 "$(probe h1 src=1 dst=2)" "receivers without it"
}

# tcpdump makes the device promiscuous by itself.
test_tcpdump()
{
	in_ns "$sw" timeout 20 tcpdump -n -c 2 -i sw0 icmp > "$TMP/dump" 2> "$TMP/dump.err" &
	BG_PID[tcpdump]=$!
	busywait 10 grep -q 'listening on' "$TMP/dump.err" || fail "tcpdump: $(cat "$TMP/dump.err")"
	try in_ns "$h1" ping -c 2 -i 0.1 -W 3 192.0.2.2
	wait "${BG_PID[tcpdump]}"
	unset 'BG_PID[tcpdump]'
	expect 2 "$(grep -c 'ICMP echo' "$TMP/dump")" "lines of tcpdump: $(cat "$TMP/dump")"
}

test_down_and_up()
{
	local before

	try ipsw link set sw0 down
	before=$(drops)
	expect - "$(probe h1 src=1 dst=2)" "receivers while the switch is down"
	expect "p1 switch-down 1" "$(drops_since "$before")" "drops"
	try ipsw link set sw0 up
	try in_ns "$h1" ping -c 1 -W 3 192.0.2.254
}

# The switch has a carrier while any of its ports has.
test_carrier()
{
	settles UP "state with two ports up" link sw0 .operstate
	try ip -n "$h1" link set eth0 down
	busywait 3 is down port p1 state
	settles UP "state with one port up" link sw0 .operstate
	try ip -n "$h2" link set eth0 down
	settles DOWN "state with no port up" link sw0 .operstate
	try ip -n "$h2" link set eth0 up
	settles UP "state with one port up again" link sw0 .operstate
}

tests_run test_device test_arp_and_ping test_neighbour_discovery test_routing \
	test_host_speaks_from_its_port test_promiscuous test_tcpdump test_down_and_up test_carrier
