#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# Every reason of rules to drop a frame, provoked once by one frame and counted at the port where it
# belongs; and what rules can't be sure of, of which nothing gets by a port that accepts all.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

TRACE=/sys/kernel/tracing/instances/acl-$$

setup()
{
	read_contract
	acl_topology 4
	players h1 h2 h3 h4
	# Who has which name would be noted at each switch of tasks.
	echo 0 > /sys/kernel/tracing/options/record-cmd
	mkdir "$TRACE" || bail "no tracing instance"
	echo 1 > "$TRACE/events/cvswitch/cvs_drop/enable" || bail "no tracepoint cvswitch:cvs_drop"
	monitor drops
}

cleanup() { rmdir "$TRACE" 2>/dev/null; }

test_reasons()
{
	play <<-'LINES'
		drops *
		send h1 ip() > -
		drops p1 acl-default 1
		ctl acl add sw0 in ingress arp drop
		ctl acl add sw0 in ingress udp reject
		ctl acl add sw0 in ingress accept
		send h1 arp() > -
		drops p1 acl-ingress 1
		send h1 ip() > -
		drops p1 acl-reject 1
		send h1 cut(ip(), 19) > -
		drops p1 acl-malformed 1
		ctl acl add sw0 out egress arp drop
		ctl acl add sw0 out egress udp reject
		send h3 arp() > h1 h4
		drops p2 acl-egress 1
		send h3 ip() > h1 h4
		drops p2 acl-reject 1
		send h3 ip(tcp()) > h1 h4
		drops p2 acl-default 1
		ctl profile set sw0 out egress-default next
		ctl switch set sw0 policy closed
		send h1 ip(tcp()) > -
		drops p2 acl-closed 1, p3 acl-closed 1, p4 acl-closed 1, p1 no-receiver 1
		send h4 ip() > -
		drops p4 acl-closed 1
		ctl switch set sw0 policy open
		# To one who is known.
		ctl fdb add sw0 02:ee:ee:ee:ee:ee port p2
		send h3 arp() > -
		drops p2 acl-egress 1
		send h3 ip() > -
		drops p2 acl-reject 1
		send h3 ip(tcp()) > h2
		drops
		ctl fdb del sw0 02:ee:ee:ee:ee:ee
		ctl acl del sw0 in ingress 2
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 out egress 2
		ctl acl del sw0 out egress 1
		ctl profile set sw0 out egress-default drop
		ctl acl add sw0 out egress accept
	LINES
}

told() { [ "$(jrow -c port="$1" reason="$2" < "$TMP/monitor")" != 0 ]; }

# All of those were told, by the tracepoint and to those who monitor.
test_told()
{
	local at reason name

	for at in p1:acl-default p1:acl-ingress p1:acl-reject p1:acl-malformed p2:acl-egress \
		  p2:acl-reject p2:acl-default p2:acl-closed p4:acl-closed; do
		reason=${at#*:}
		at=${at%:*}
		name=DROP_REASON_${reason^^}
		busywait 3 told "$at" "$reason" || fail "$reason at $at was not told to the monitor"
		grep -qE "cvs_drop: .*port=$at .*reason=($reason|${CONTRACT[${name//-/_}]}) " \
			"$TRACE/trace" || fail "$reason at $at is not in the trace"
	done
	reap monitor
}

# From now on p1 accepts all that comes in and p2 all that leaves. malformed FRAMES: a list of which
# nothing gets by either.
malformed()
{
	play <<-LINES
		drops *
		corpus h1 $1 > - | p1 acl-malformed
		corpus h3 $1 > h4 | p1 acl-malformed, p2 acl-malformed
	LINES
}

# well_formed FRAMES: those beside it.
well_formed()
{
	play <<-LINES
		drops *
		corpus h1 $1 > h2 h3 h4 |
		corpus h3 $1 > h1 h2 h4 |
	LINES
}

# At every byte of the headers.
test_truncated()
{
	malformed '[cut(ip(tcp()), n) for n in range(34)]'
	malformed '[cut(ip(udp()), n) for n in range(20, 24)]'
	malformed '[cut(ip(icmp()), n) for n in range(20, 22)]'
	malformed '[cut(ip(tcp(), options=b"\1" * 8), n) for n in range(20, 42)]'
	malformed '[cut(ip6(tcp()), n) for n in range(54)]'
	malformed '[cut(ip6(icmp6()), n) for n in range(40, 42)]'
	malformed '[cut(ip6(hop(routing(auth(options(fragment(udp())))))), n) for n in range(40, 100)]'
	malformed '[cut(arp(hw=hw), n) for hw in (1, 6) for n in range(8, 28)] + [cut(arp(), n) for n in range(8)]'
	malformed '[eth(cut(ip(tcp()), n), tags=[10]) for n in range(2, 34)]'
	malformed '[cut(ip(f()), 23) for f in (udp, udplite, sctp, dccp)]'
	well_formed '[cut(ip(tcp()), 34), cut(ip(udp()), 24), cut(ip(icmp()), 22), cut(ip6(tcp()), 54)]'
	well_formed '[cut(ip6(hop(routing(auth(options(fragment(udp())))))), 100), cut(arp(), 28)]'
	well_formed '[cut(arp(hw=7), 8), cut(ip(bytes_of(99)), 20), cut(ip(off=9), 20)]'
}

# What headers say of lengths.
test_lengths()
{
	malformed '[ip(tcp(), ihl=n) for n in range(5)]'
	malformed '[ip(tcp(), ihl=n) for n in range(13, 16)]'
	malformed '[ip(tcp(), tot=n) for n in range(34)]'
	malformed '[ip(tcp(), options=b"\1" * 20, tot=n) for n in range(20, 54)]'
	malformed '[ip6(tcp(), plen=n) for n in range(1, 14)]'
	malformed '[ip6(options(udp()), plen=n) for n in range(1, 12)]'
	malformed '[ip6(packet(b"\x11" + bytes([n]) + b"\0" * 6 + udp(), 60)) for n in range(2, 256, 23)]'
	malformed '[ip6(packet(b"\x11" + bytes([n]) + b"\0" * 6 + udp(), 51)) for n in range(4, 256, 23)]'
	well_formed '[ip(tcp(), tot=34), ip(tcp(), tot=65535), ip6(tcp(), plen=14), ip6(tcp(), plen=0)]'
	well_formed '[ip(tcp(), ihl=6), ip(tcp(), options=b"\1" * 20, tot=54), ip(bytes_of(99), tot=20)]'
}

test_versions()
{
	malformed '[ip(ver=n) for n in range(16) if n != 4]'
	malformed '[ip6(ver=n) for n in range(16) if n != 6]'
	well_formed '[ip(), ip6()]'
}

# An address of IPv4 in the clothes of IPv6 (RFC 4942, 2.2).
test_mapped_addresses()
{
	malformed '[ip6(s="::ffff:192.0.2.1"), ip6(d="::ffff:192.0.2.1"), ip6(s="::ffff:0:0")]'
	malformed '[ip6(fragment(udp(), off=9), d="::ffff:255.255.255.255")]'
	well_formed '[ip6(s="::192.0.2.1"), ip6(d="::fffe:192.0.2.1"), ip6(s="64:ff9b::192.0.2.1"), ip6(s="::1:ffff:192.0.2.1")]'
}

# Fragments that are too small for what the first has to say, or lie over it.
test_fragments()
{
	malformed '[ip(packet(tcp()[:n], 6), mf=1) for n in range(14)]'
	malformed '[ip(packet(udp()[:n], 17), mf=1) for n in range(4)]'
	malformed '[ip(packet(icmp()[:n], 1), mf=1) for n in range(2)]'
	malformed '[ip6(fragment(packet(tcp()[:n], 6), m=1)) for n in range(14)]'
	malformed '[ip6(fragment(packet(options(udp())[:n], 60), m=1)) for n in range(12)]'
	malformed '[ip(tcp(), off=1), ip(tcp(), off=1, mf=1), ip6(fragment(tcp(), off=1)), ip6(fragment(tcp(), off=1, m=1))]'
	malformed '[ip6(fragment(f(), off=1)) for f in (udp, udplite, icmp6)]'
	malformed '[ip6(options(fragment(bytes_of(6), off=1))), ip6(fragment(bytes_of(60), off=1, nh=6))]'
	malformed '[ip6(fragment(fragment(udp()))), ip6(fragment(fragment(udp(), off=9))), ip6(fragment(options(fragment(udp(), m=1)), m=1))]'
	well_formed '[ip(packet(tcp()[:14], 6), mf=1), ip(tcp(), off=2), ip(udp(), off=1), ip6(fragment(udp(), off=2))]'
	well_formed '[ip6(fragment(packet(tcp()[:14], 6), m=1)), ip6(fragment(tcp(), off=2)), ip6(fragment(fragment(udp()), off=2))]'
}

test_too_many()
{
	malformed '[ip6(times(n, options, udp())) for n in (9, 10, 16, 60)]'
	malformed '[ip6(hop(times(8, auth, udp()))), ip6(times(8, options, fragment(udp(), m=1))), ip6(times(8, options, fragment(udp(), off=9)))]'
	malformed '[eth(ip(), tags=range(1, 1 + n)) for n in (5, 6, 20)]'
	malformed '[eth(ip(), tags=[(0x88a8, 1)] * 5), eth(ip6(), tags=[(0x88a8, 1), 2, (0x88a8, 3), 4, 5])]'
	malformed '[eth(raw(b"\0\5\x81", 0x8100), tags=[10]), eth(raw(b"\0\5", 0x88a8), tags=[10])]'
	malformed '[ip6(solicit(before=(b"\x0e\1" + bytes(6)) * n)) for n in (17, 18, 40)]'
	well_formed '[ip6(solicit(before=(b"\x0e\1" + bytes(6)) * n)) for n in (15, 16)]'
	well_formed '[ip6(times(8, options, udp())), ip6(times(7, options, fragment(udp(), m=1))), eth(ip(), tags=[1, 2, 3, 4])]'
}

# What receivers don't agree about: which of two addresses counts, and whether a length is a type.
test_two_meanings()
{
	malformed '[ip6(solicit(sll=a, before=lladdr(1, b))) for a, b in ((6, 7), (7, 6))]'
	malformed '[ip6(advert(tll=6, before=lladdr(2, 7) + b"\x0e\1" + bytes(6))), ip6(packet(redirect(tll=6) + lladdr(2, 7), 58))]'
	malformed '[ip6(packet(f(7) + lladdr(1, 6), 58)) for f in (router_solicit, router_advert)]'
	malformed '[ip6(solicit(sll=6, before=lladdr(1, 7, 2) + bytes(8))), ip6(packet(solicit(sll=6) + lladdr(1, 6, 2), 58))]'
	malformed '[snap(f, o) for f in (ip(), ip6(), arp(), other(0x8035)) for o in (bytes(3), b"\0\0\xf8")]'
	malformed '[snap(arp(), length=n) for n in (0, 1, 1500, 1535)] + [snap(packet(b"\0\5" + arp(), n)) for n in (0x8100, 0x88a8)]'
	malformed '[snap(arp(), llc=llc) for llc in (b"\xaa\xaa\xf3", b"\xab\xaa\3", b"\xaa\xab\x13")] + [eth(snap(arp()), tags=[0, 0])]'
	well_formed '[ip6(solicit(sll=6, before=lladdr(1, 6))), ip6(advert(tll=6, before=lladdr(1, 7))), ip6(solicit(sll=6, before=lladdr(2, 7)))]'
	well_formed '[snap(arp(), b"\0\0\x0c"), snap(other(0x88b5)), snap(arp(), llc=b"\x42\x42\3"), cut(snap(arp()), 7)]'
}

# Where no profile is asked, it isn't our business.
test_without_profiles()
{
	play <<-'LINES'
		ctl port set p1 tenant-profile none
		ctl port set p2 tenant-profile none
		drops *
		corpus h1 [cut(ip(tcp()), n) for n in range(34)] > h2 h3 h4 |
		corpus h3 [cut(ip6(tcp()), n) for n in range(54)] > h1 h2 h4 |
		ctl switch set sw0 policy closed
		send h1 cut(ip(), 19) > -
		drops p1 acl-closed 1
		ctl switch set sw0 policy open
	LINES
}

tests_run test_reasons test_told test_truncated test_lengths test_versions test_mapped_addresses \
	test_fragments test_too_many test_two_meanings test_without_profiles
