#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# Who is rejected is told so at once, if he is one who may be told, and not more often than is good.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

ip6() { printf '2001:db8::%x' "$1"; }

setup()
{
	local n ns

	acl_topology 3
	addresses 1 2 3
	for n in 1 2 3; do
		ns=h$n
		ipv6_on "${!ns}" eth0
		try ip -n "${!ns}" address add "$(ip6 $n)/64" dev eth0 nodad
	done
	ctl -b - > /dev/null <<-CTL || bail "cannot configure the ports"
		port set p1 learning on
		port set p2 learning on
		port set p3 learning on
		acl add sw0 in ingress tcp dport 7 reject
		acl add sw0 in ingress udp dport 7 reject
		acl add sw0 in ingress ether type 0x88b5 reject
		acl add sw0 in ingress accept
		acl add sw0 out egress tcp dport 8 reject
		acl add sw0 out egress udp dport 8 reject
		acl add sw0 out egress accept
	CTL
	players h1 h2 h3
	announce 1 2 3
}

# hears NAMESPACE WHAT...: see lib/rejected.py.
hears() { "${BASH_SOURCE[0]%/*}/lib/rejected.py" "$@" 2>&1; }

# Where it comes in, and where it is to leave: the answers are the same. A port without a rule is
# refused by the container itself, which is as fast: so it is told apart by counters.
test_sockets()
{
	local before

	before=$(drops)
	expect "tcp/192.0.2.2/7 ECONNREFUSED fast
tcp/2001:db8::2/7 ECONNREFUSED fast
udp/192.0.2.2/7 EHOSTUNREACH fast
udp/2001:db8::2/7 EACCES fast
tcp/192.0.2.2/8 ECONNREFUSED fast
tcp/2001:db8::2/8 ECONNREFUSED fast
udp/192.0.2.2/8 EHOSTUNREACH fast
udp/2001:db8::2/8 EACCES fast
udp/192.0.2.2/9 ECONNREFUSED fast
udp/192.0.2.3/8 ECONNREFUSED fast" \
		"$(hears "$h1" {tcp,udp}/{192.0.2.2,2001:db8::2}/7 {tcp,udp}/{192.0.2.2,2001:db8::2}/8 \
			udp/192.0.2.2/9 udp/192.0.2.3/8)" "what h1 hears"
	expect "p1 acl-reject 4
p2 acl-reject 4" "$(drops_since "$before")" "drops"
	expect "tcp/192.0.2.2/8 ECONNREFUSED fast
udp/2001:db8::2/8 EACCES fast
udp/2001:db8::1/7 ECONNREFUSED fast" \
		"$(hears "$h3" tcp/192.0.2.2/8 udp/2001:db8::2/8 udp/2001:db8::1/7)" "what h3 hears"
}

# The containers' own kernels say nothing any more.
test_silence()
{
	local ns

	for ns in "$h1" "$h2" "$h3"; do
		try ip -n "$ns" -4 address flush dev eth0
		try in_ns "$ns" sh -c 'echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6'
	done
}

# From the one to whom the frame was, by Ethernet as well as IP.
test_from_whom()
{
	spawn sniffer framecount -t 20 h1="$h1/eth0"
	play <<-LINES
		answers p1 *
		send h1 eth(ip(tcp(7)), dst=2) > -
		send h1 eth(ip(udp(7)), dst=2) > -
		send h1 eth(ip6(tcp(7)), dst=2) > -
		send h1 eth(ip6(udp(7)), dst=2) > -
		send h1 eth(ip6(hop(udp(7))), dst=2) > -
		answers p1 5
		send h1 eth(ip(tcp(7)), dst=2, tags=[10]) > -
		answers p1 1
	LINES
	reap sniffer
	expect 1 "$(sed -n 's/.*tagged=//p' "$TMP/sniffer")" "answers with the tag of the frame"
	expect p2 "$(fdb_port "$(mac 2)")" "where h2 is for the switch, after answers in its name"
}

# What isn't answered, though it is rejected.
test_not_answered()
{
	play <<-LINES
		ctl acl add sw0 in at 1 ingress reject
		answers p1 *
		drops *
		send h1 eth(other(0x88b5), dst=2) > -
		send h1 eth(arp(), dst=2) > -
		send h1 eth(ip(mf=1), dst=2) > -
		send h1 eth(ip(off=100), dst=2) > -
		send h1 eth(ip6(fragment(udp(), m=1)), dst=2) > -
		send h1 eth(ip6(fragment(udp(), off=100)), dst=2) > -
		send h1 eth(ip(), dst=BCAST) > -
		send h1 eth(ip(), dst="01:00:5e:00:00:01") > -
		send h1 eth(ip(d="224.0.0.1"), dst=2) > -
		send h1 eth(ip(d="255.255.255.255"), dst=2) > -
		send h1 eth(ip(s="0.0.0.0"), dst=2) > -
		send h1 eth(ip(s="224.0.0.1"), dst=2) > -
		send h1 eth(ip6(d="ff02::1"), dst=2) > -
		send h1 eth(ip6(s="::"), dst=2) > -
		send h1 eth(ip6(s="ff02::1"), dst=2) > -
		send h1 eth(ip(icmp(3, 1)), dst=2) > -
		send h1 eth(ip(icmp(4)), dst=2) > -
		send h1 eth(ip(icmp(5)), dst=2) > -
		send h1 eth(ip(icmp(11)), dst=2) > -
		send h1 eth(ip(icmp(12)), dst=2) > -
		send h1 eth(ip6(icmp6(1)), dst=2) > -
		send h1 eth(ip6(icmp6(127)), dst=2) > -
		send h1 eth(ip(tcp(flags=RST)), dst=2) > -
		send h1 eth(ip6(tcp(flags=RST+ACK)), dst=2) > -
		drops p1 acl-reject 24
		answers p1 0
		# And what is, beside it.
		send h1 eth(ip(), dst=2) > -
		send h1 eth(ip(icmp(8)), dst=2) > -
		send h1 eth(ip(icmp(0)), dst=2) > -
		send h1 eth(ip6(icmp6(128)), dst=2) > -
		send h1 eth(ip(bytes_of(99)), dst=2) > -
		answers p1 5
		ctl acl del sw0 in ingress 1
		# One of several receivers of a flooded frame says nothing.
		send h1 ip(udp(8)) > h3
		answers p1 0
		drops p1 acl-reject 5, p2 acl-reject 1
	LINES
}

# Not more than 100 each second, of which one second's worth may come at once.
test_rate()
{
	local begin end

	# shellcheck disable=SC2034
	read -r begin _ < /proc/uptime
	play <<-LINES
		drops *
		answers p1 *
		corpus h1 [eth(ip(udp(7, sp)), dst=2) for sp in range(1, 401)] > - | p1 acl-reject
	LINES
	read -r end _ < /proc/uptime
	play <<-LINES
		answers p1 60 $((100 + 100 * (${end%.*} - ${begin%.*} + 2)))
		answers p1 0
		# Another port has its own share.
		answers p3 *
		send h3 eth(ip(udp(8)), dst=2) > -
		answers p3 1
	LINES
}

# Frames in and copies are frames out and drops, answers and all.
test_conservation()
{
	local in copies out drops

	read -r in copies out drops <<<"$(ctl -j switch show sw0 stats |
		jrow stats.rx-frames stats.copies stats.tx-frames stats.drops)"
	expect_range 400 100000 "$in" "frames in"
	expect $((in + copies)) $((out + drops)) "frames in plus copies, and out plus drops"
}

tests_run test_sockets test_silence test_from_whom test_not_answered test_rate test_conservation
