#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
#
# Who a container may say to be: all that it could say falsely, by every way that could get it past the
# port, and of which nothing gets by; all that it has to say, which does; and what takes the guard away.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

BINDINGS="mac $(mac 1) mac $(mac 5) ip 192.0.2.1 ip 198.51.100.0/24 ip 2001:db8::1 ip 2001:db8:5::/48"
LL=fe80::ff:fe00:		# and the number of a container: its link-local address

setup()
{
	local i

	topology 3
	for i in 1 2 3; do
		echo "port set p$i learning off limit-unicast off limit-multicast off limit-broadcast off"
	done > "$TMP/ports"
	echo "port set sw0 flood-unicast off flood-multicast off flood-broadcast off" >> "$TMP/ports"
	ctl -b "$TMP/ports" > /dev/null || bail "cannot configure the ports"
	players h1 h2 h3 host
}

# ---- frames ---------------------------------------------------------------------------------

# What a container has to say: "WHAT FRAMES" in each line.
# shellcheck disable=SC2089	# Python's quotes
GOOD="
ip	[eth(ip(f()), src=m) for f in (udp, tcp, icmp, sctp) for m in (1, 5)]
ip	[ip(s=s) for s in ('198.51.100.0', '198.51.100.9', '198.51.100.255')]
ip	[ip(bytes_of(17), off=9), ip(bytes_of(17), off=1, mf=1), ip(udp(), mf=1), ip(options=b'\1' * 40)]
ip	[eth(ip(), tags=t) for t in ([5], [0], [(0x88a8, 5)], [(0x88a8, 1), 2, 0, (0x88a8, 4)])]
ip	[ip(udp(dp=68, sp=67), off=9), ip(udplite(dp=68)), ip(tcp(dp=68)), ip(udp(dp=67, sp=68))]
dhcp	[eth(ip(udp(dp=67, sp=68), s='0.0.0.0', d='255.255.255.255'), dst=d) for d in (BCAST, UNKNOWN)]
ip6	[eth(ip6(f()), src=m) for f in (udp, tcp, icmp6, sctp) for m in (1, 5)]
ip6	[ip6(s=s) for s in ('2001:db8:5::', '2001:db8:5:ffff::9', '${LL}1', '${LL}5')]
ip6	[ip6(w(udp())) for w in (hop, routing, options, auth, fragment)]
ip6	[ip6(fragment(bytes_of(58), off=2)), ip6(fragment(udp(), m=1)), ip6(bytes_of(59, b''))]
dhcp6	[ip6(udp(dp=547, sp=546), s='${LL}1', d='ff02::1:2'), ip6(fragment(udp(dp=546), off=2))]
arp	[eth(arp(op, spa=s, sha=m), src=m) for op in (1, 2) for s in ('192.0.2.1', '198.51.100.7') for m in (1, 5)]
arp	[eth(arp(op, tpa='192.0.2.1', tha=t), dst=BCAST) for op in (1, 2) for t in (1, 2, BCAST)]
probe	[eth(arp(spa='0.0.0.0', tpa=t), dst=BCAST) for t in ('192.0.2.1', '198.51.100.7')]
arp	[arp(hw=6), eth(arp(), tags=[5]), eth(arp(), tags=[0, (0x88a8, 0)])]
nd	[eth(ip6(solicit(sll=m)), src=m) for m in (1, 5)] + [ip6(solicit()), ip6(solicit(sll=5))]
nd	[ip6(advert(t=t, tll=1), s=s) for t in ('2001:db8::1', '2001:db8:5::7', '${LL}1') for s in (t, '2001:db8::1')]
nd	[ip6(advert(t='2001:db8::1')), ip6(advert(t='${LL}5', tll=5)), ip6(fragment(advert(t='${LL}1', tll=1)))]
nd	[ip6(advert(t='2001:db8::1', tll=1, before=b)) for b in (b'\x0e\1' + bytes(6), b'\2\1\2' + bytes(4) + b'\1')]
dad	[ip6(solicit(t=t), s='::', d='ff02::1:ff00:1') for t in ('2001:db8::1', '${LL}1', '2001:db8:5::2')]
rs	[ip6(router_solicit(), s='::'), ip6(router_solicit(sll=1), s='${LL}1'), ip6(router_solicit(sll=5))]
mld	[ip6(hop(icmp6(t)), s=s, d='ff02::16') for t in (131, 132, 143) for s in ('::', '${LL}1')]
icmp6	[ip6(icmp6(t)) for t in (1, 2, 3, 4, 128, 129, 130, 132, 138)] + [ip6(fragment(icmp6(), m=1))]
other	[other(0x88b5), eth(other(0x88b5), src=5), other(0x88cc), eth(other(0x88b5), tags=[5, 6])]
llc	[other(46, b'\x42\x42\3' + bytes(43)), other(46, b'\xe0\xe0\3' + bytes(43)), other(3, b'\xaa\xaa\3')]
snap	[snap(other(0x2000), oui=b'\0\0\x0c'), snap(other(0x88b5)), snap(other(0x809b), oui=b'\x08\0\7')]
"

# What it must not say: "REASON FRAMES".
# shellcheck disable=SC2089
FORGED="
spoofed-mac	[eth(f, src=m) for f in (ip(), ip6(), arp(), other(0x88b5), other(46)) for m in (2, 6, 0x101)]
spoofed-mac	[eth(f, src='00:00:00:00:00:01') for f in (ip(off=9), arp(sha=2), ip6(solicit(sll=2)), ip6(router_advert()))]
spoofed-mac	[eth(f, src=2, tags=t) for f in (ip(), arp(sha=2)) for t in ([5], [0], [0, 5], [(0x88a8, 1), 2])]
spoofed-ip4	[ip(f(), s=s) for f in (udp, tcp, icmp, sctp) for s in ('192.0.2.0', '192.0.2.2', '192.0.3.1', '198.51.101.1')]
spoofed-ip4	[ip(s=s) for s in ('0.0.0.0', '255.255.255.255', '224.0.0.1', '127.0.0.1', '198.51.99.255', '1.2.0.192')]
spoofed-ip4	[eth(ip(s='192.0.2.2'), src=5), eth(ip(s='192.0.2.2'), dst=2), eth(ip(s='192.0.2.2'), dst=BCAST)]
spoofed-ip4	[eth(ip(s='192.0.2.2'), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
spoofed-ip4	[ip(udp(), s='192.0.2.2', mf=1)] + [ip(bytes_of(p), s='192.0.2.2', off=9) for p in (6, 17, 1, 99)]
spoofed-ip4	[ip(s='192.0.2.2', options=o) for o in (b'\1' * 4, b'\1' * 40, b'\x83\7\4\xc0\0\2\1\0', b'\0' * 8)]
spoofed-ip4	[ip(udp(dp=d, sp=s), s='0.0.0.0') for d, s in ((68, 67), (67, 67), (68, 68), (53, 68), (67, 1068))]
spoofed-ip4	[ip(udplite(dp=67, sp=68), s='0.0.0.0'), ip(udp(dp=67, sp=68), s='0.0.0.0', off=9), ip(icmp(), s='0.0.0.0')]
spoofed-ip4	[ip(udp(dp=67, sp=68), s='192.0.2.2'), ip(bytes_of(4, bytes(ip())), s='192.0.2.2'), ip(s='192.0.2.2', proto=58)]
spoofed-ip6	[ip6(f(), s=s) for f in (udp, tcp, icmp6, sctp) for s in ('2001:db8::', '2001:db8::2', '2001:db8:6::1')]
spoofed-ip6	[ip6(s=s) for s in ('${LL}2', '${LL}101', 'fe80::1', 'fe80::ff:fe00:0', 'fe80:0:0:1:0:ff:fe00:1', 'fec0::ff:fe00:1')]
spoofed-ip6	[ip6(s=s) for s in ('::', '::1', '::192.0.2.1', '64:ff9b::c000:201', 'ff02::1', '2002:c000:201::1')]
spoofed-ip6	[ip6(w(f()), s='2001:db8::2') for w in (hop, routing, options, auth, fragment) for f in (udp, tcp, icmp6)]
spoofed-ip6	[ip6(times(8, options, udp()), s='2001:db8::2'), ip6(hop(routing(auth(options(fragment(udp()))))), s='2001:db8::2')]
spoofed-ip6	[ip6(bytes_of(n), s='2001:db8::2') for n in (4, 41, 50, 59, 135, 139, 140, 253)]
spoofed-ip6	[ip6(fragment(udp(), m=1), s='2001:db8::2'), ip6(fragment(bytes_of(58), off=9), s='2001:db8::2'), ip6(s='2001:db8::2', plen=0)]
spoofed-ip6	[eth(ip6(s='2001:db8::2'), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
spoofed-ip6	[ip6(f, s='::') for f in (advert(t='2001:db8::1'), icmp6(), icmp6(130), router_advert(), redirect(), udp(dp=547, sp=546))]
spoofed-ip6	[ip6(fragment(bytes_of(58), off=9), s='::'), ip6(udp(dp=547, sp=546), s='::2')]
spoofed-arp	[eth(arp(spa='0.0.0.0', tpa=t), dst=BCAST) for t in ('192.0.2.9', '0.0.0.0')]
spoofed-arp	[eth(arp(op, spa='192.0.2.2', tpa=t), dst=d) for op in (1, 2) for t in ('192.0.2.2', '192.0.2.3') for d in (BCAST, 3)]
spoofed-arp	[arp(op, sha=m) for op in (1, 2) for m in (2, 5, 6, BCAST, '00:00:00:00:00:00')] + [eth(arp(sha=1), src=5)]
spoofed-arp	[arp(op, spa=s) for op in (1, 2) for s in ('192.0.2.254', '198.51.101.0', '255.255.255.255', '127.0.0.1')]
spoofed-arp	[arp(op, spa='0.0.0.0') for op in (0, 2, 3, 8, 9, 65535)] + [arp(sha=2, spa='0.0.0.0')]
spoofed-arp	[arp(op, spa='192.0.2.2') for op in (0, 3, 4, 8, 9, 10, 65535)] + [arp(hw=6, spa='192.0.2.2'), arp(hw=6, sha=2)]
spoofed-arp	[arp(hw=7), arp(hw=0), arp(hw=256), arp(proto=0x86dd), arp(proto=0x1000), arp(hlen=8), arp(hlen=0), arp(plen=16), arp(plen=0)]
spoofed-arp	[other(0x8035, bytes(arp(op))) for op in (1, 2, 3, 4)]
spoofed-arp	[eth(arp(2, spa='192.0.2.2'), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
spoofed-nd	[ip6(solicit(sll=m), s=s) for m in (2, 6, BCAST, '00:00:00:00:00:00') for s in ('2001:db8::1', '${LL}1', '::')]
spoofed-nd	[ip6(router_solicit(sll=2), s=s) for s in ('2001:db8::1', '${LL}1', '::')]
spoofed-nd	[ip6(solicit(t=t), s='::', d='ff02::1:ff00:2') for t in ('2001:db8::2', '${LL}2', '2001:db8:6::1', '::')]
spoofed-nd	[ip6(advert(t=t, tll=l), s=s) for t in ('2001:db8::2', '${LL}2', 'fe80::1') for l in (1, 2, None) for s in ('${LL}1', '2001:db8::1')]
spoofed-nd	[ip6(advert(t=t, tll=2)) for t in ('2001:db8::1', '${LL}1', '2001:db8:5::1')]
spoofed-nd	[ip6(f(b'\x0e\1' + bytes(6))) for f in (lambda b: solicit(sll=2, before=b), lambda b: advert(t='2001:db8::1', tll=2, before=b * 15))]
spoofed-nd	[ip6(w(f)) for w in (hop, routing, options, auth, fragment) for f in (advert(t='2001:db8::2', tll=1), solicit(sll=2))]
spoofed-nd	[ip6(times(8, options, advert(t='2001:db8::2'))), ip6(hop(routing(fragment(options(solicit(sll=2))))))]
spoofed-nd	[ip6(fragment(f, m=1)) for f in (solicit(), solicit(sll=1), advert(t='2001:db8::1', tll=1), router_solicit(sll=1))]
spoofed-nd	[ip6(options(fragment(options(advert(t='2001:db8::1')), m=1))), ip6(fragment(packet(advert()[:2], 58), m=1))]
spoofed-nd	[ip6(advert(t='2001:db8::1', tll=1), plen=n) for n in (2, 8, 23)] + [ip6(packet(solicit()[:9], 58), s='::')]
spoofed-nd	[eth(ip6(advert(t='2001:db8::2')), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
spoofed-nd	[eth(ip6(advert(t='2001:db8::2', tll=2)), dst=d) for d in (2, '33:33:00:00:00:01', BCAST)]
dhcp-server	[ip(udp(dp=68, sp=s), d=d) for s in (67, 68, 1, 65535) for d in ('192.0.2.2', '255.255.255.255')]
dhcp-server	[eth(ip(udp(dp=68, sp=67)), dst=BCAST), ip(udp(dp=68, sp=67), options=b'\1' * 4), ip(udp(dp=68, sp=67), options=b'\1' * 40)]
dhcp-server	[ip(udp(dp=68, sp=67), mf=1), ip(packet(udp(dp=68, sp=67)[:8], 17), mf=1), ip(packet(udp(dp=68)[:4], 17), mf=1)]
dhcp-server	[eth(ip(udp(dp=68, sp=67)), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
dhcp-server	[ip6(w(udp(dp=546, sp=547)), s='${LL}1') for w in (lambda p: p, hop, routing, options, auth, fragment)]
dhcp-server	[ip6(fragment(udp(dp=546), m=1)), ip6(fragment(options(udp(dp=546)), m=1)), ip6(times(8, options, udp(dp=546)))]
dhcp-server	[eth(ip6(udp(dp=546)), tags=[0, 5]), ip6(udp(dp=546), plen=4), ip6(udp(dp=546), plen=0), ip6(udp(dp=546), plen=65535)]
router-advert	[ip(icmp(t, c)) for t in (5, 9) for c in (0, 1, 16)] + [ip(icmp(5, 1), mf=1), eth(ip(icmp(5, 1)), tags=[0, 5])]
router-advert	[ip6(w(f), s='${LL}1') for w in (lambda p: p, hop, routing, options, auth, fragment) for f in (router_advert(), redirect())]
router-advert	[ip6(router_advert(sll=1), s='${LL}1', d='ff02::1'), ip6(redirect(tll=1)), ip6(router_advert(sll=2)), ip6(router_advert())]
router-advert	[ip6(times(n, options, router_advert())) for n in range(2, 9)] + [ip6(options(router_advert(), length=30))]
router-advert	[ip6(hop(routing(auth(options(fragment(options(router_advert()))))))), ip6(fragment(options(router_advert(), 9), m=1))]
router-advert	[ip6(fragment(router_advert(), m=1)), ip6(options(fragment(router_advert(), m=1))), ip6(fragment(packet(router_advert()[:2], 58), m=1))]
router-advert	[ip6(router_advert(), plen=n) for n in (2, 3, 7, 15, 0, 65535)] + [ip6(hop(router_advert()), plen=0)]
router-advert	[eth(ip6(router_advert()), tags=t) for t in ([5], [0], [(0x88a8, 5)], [0, 0], [(0x88a8, 1), 2, 3, (0x88a8, 4)])]
router-advert	[eth(ip6(f(router_advert())), tags=[0, 5], dst='33:33:00:00:00:01') for f in (options, fragment)]
"

# What nobody can be sure of who it is: tags and headers without an end, and what is cut in two.
# shellcheck disable=SC2089
DOUBTFUL="
[eth(f, tags=[0] * 5) for f in (ip(), ip6(), arp(), ip6(router_advert()), ip(udp(dp=68)))]
[ip6(times(9, options, f)) for f in (router_advert(), advert(t='2001:db8::2'), udp(dp=546))]
[ip6(fragment(packet(options(router_advert())[:n], 60), m=1)) for n in (1, 2, 7, 8, 9)]
[ip6(fragment(packet(f()[:1], f().number), m=1)) for f in (router_advert, udp)] + [ip(packet(udp(dp=68)[:3], 17), mf=1)]
[ip6(fragment(bytes_of(58), off=1, m=m)) for m in (0, 1)] + [ip6(fragment(fragment(router_advert())))]
[ip6(packet(b'\x3a\xc8' + bytes(6) + router_advert(), 0)), ip6(options(router_advert()), plen=8), ip6(options(router_advert()), plen=9)]
[ip(ver=6), ip(ver=0), ip6(ver=4), ip(ihl=4), ip(tot=19), ip6(s='::ffff:192.0.2.1'), ip6(s='::ffff:192.0.2.2')]
[cut(arp(), n) for n in (8, 14, 27)] + [cut(ip(), 19), cut(ip6(), 39), cut(ip6(router_advert()), 41)]
[ip6(solicit(sll=1, before=(b'\x0e\1' + bytes(6)) * 16)), ip6(advert(t='2001:db8::1', tll=2, before=(b'\x0e\1' + bytes(6)) * 16))]
[ip6(solicit(sll=a, before=lladdr(1, b))) for a, b in ((1, 2), (2, 1), (5, 1))]
[ip6(advert(t='2001:db8::1', tll=a, before=lladdr(2, b))) for a, b in ((1, 2), (2, 1))]
[ip6(advert(t='2001:db8::1', tll=2, before=lladdr(2, 1, 2) + bytes(8))), ip6(solicit(sll=2, before=lladdr(1, 1, 2) + bytes(8)))]
[snap(f, o) for o in (b'\0\0\0', b'\0\0\xf8') for f in (ip(), ip6(), arp(), arp(2, spa='192.0.2.2'), ip6(router_advert()))]
[snap(arp(2, spa='192.0.2.2'), length=n) for n in (0, 1, 8, 46, 1500, 1501, 1535)] + [snap(other(0x8035))]
[snap(packet(b'\0\5\x08\6' + arp(2), t)) for t in (0x8100, 0x88a8)] + [snap(arp(), llc=l) for l in (b'\xab\xaa\3', b'\xaa\xab\x13')]
[eth(snap(arp(2, spa='192.0.2.2')), tags=t) for t in ([5], [0], [0, 0], [(0x88a8, 5), 0])]
"

# ---- each of them ---------------------------------------------------------------------------

# each_good > WHO, each_forged, each_doubtful: lines for "play" that have them all pass, or none.
each_good() { awk -F '\t' 'NF { print "corpus h1 " $2 " > h2 h3 |" }' <<<"$GOOD"; }

# each_forged [PASS...]: these reasons stand against nothing.
each_forged()
{
	awk -F '\t' -v pass=" $* " 'NF {
		ok = index(pass, " " $1 " ")
		print "corpus h1 " $2 (ok ? " > h2 h3 |" : " > - | p1 " $1) }' <<<"$FORGED"
}

each_doubtful() { sed -n 's/..*/corpus h1 & > - | p1 acl-malformed/p' <<<"$DOUBTFUL"; }

bind() { ctl port set p1 "$@" > /dev/null || fail "p1: $*"; }

play_all()
{
	{ echo 'drops *'; "$@"; } > "$TMP/all"
	play < "$TMP/all"
}

# ---- the tests ------------------------------------------------------------------------------

# Without a guard all of them pass: what doesn't, later, is the guard's doing.
test_unguarded()
{
	play_all each_good
	play_all each_forged spoofed-mac spoofed-ip4 spoofed-ip6 spoofed-arp spoofed-nd dhcp-server \
		router-advert
	play_all sed -n 's/..*/corpus h1 & > h2 h3 |/p' <<<"$DOUBTFUL"
}

test_bound()
{
	# shellcheck disable=SC2086	# words
	bind $BINDINGS
	play_all each_good
	play_all each_forged
	play_all each_doubtful
}

# To one whose port is known, who would get them by the short path.
test_known_destination()
{
	play_all echo "ctl fdb add sw0 02:ee:ee:ee:ee:ee port p2"
	play_all each_forged
	play <<-LINES
		corpus h1 [ip(), ip6(), arp(), ip6(advert(t='2001:db8::1', tll=1))] > h2 |
		ctl fdb del sw0 02:ee:ee:ee:ee:ee
	LINES
}

# A tag out of band is one that the switch has put there, others are behind it.
test_vlan_aware()
{
	local i

	for i in 1 2 3; do
		try ctl vlan add "p$i" 5
	done
	try ctl switch set sw0 vlan-aware on
	# More tags than that are too many beside the switch's own.
	GOOD=${GOOD//, 2, 0, (0x88a8, 4)/, 2} play_all each_good
	FORGED=${FORGED//, 2, 3, (0x88a8, 4)/, 2} play_all each_forged
	play_all each_doubtful
	try ctl switch set sw0 vlan-aware off
}

test_words_that_permit()
{
	bind dhcp-server on
	play_all each_forged dhcp-server
	bind dhcp-server off router on
	play_all each_forged router-advert
	bind router off
	play_all each_forged
}

test_off_and_on()
{
	bind identity off
	play_all each_forged spoofed-mac spoofed-ip4 spoofed-ip6 spoofed-arp spoofed-nd dhcp-server \
		router-advert
	bind identity on
	play_all each_forged
	play_all each_good
	bind unbound
	expect false "$(port p1 identity)" "identity of a port that is bound to nothing"
	play_all each_forged spoofed-mac spoofed-ip4 spoofed-ip6 spoofed-arp spoofed-nd dhcp-server \
		router-advert
}

# Bound to nothing, but not to be a server or a router.
test_guard_only()
{
	bind identity on
	play <<-LINES
		drops *
		corpus h1 [eth(f, src=7) for f in (ip(s='203.0.113.9'), ip6(s='2001:db8:9::9'), other(0x88b5))] > h2 h3 |
		corpus h1 [eth(arp(op, spa='203.0.113.9', sha=7), src=7) for op in (1, 2)] > h2 h3 |
		corpus h1 [eth(ip6(advert(t='2001:db8:9::9', tll=7)), src=7), ip6(solicit(sll=9))] > h2 h3 |
		corpus h1 [ip(udp(dp=68, sp=67)), ip6(udp(dp=546, sp=547))] > - | p1 dhcp-server
		corpus h1 [ip6(router_advert()), ip6(redirect()), ip6(options(router_advert()))] > - | p1 router-advert
		ctl port set p1 identity off
	LINES
}

# What is said of one kind binds to nothing of the others.
test_macs_only()
{
	bind mac "$(mac 1)"
	play <<-LINES
		drops *
		corpus h1 [ip(s='203.0.113.9'), ip6(s='2001:db8:9::9'), ip6(s='fe80::9'), arp(spa='203.0.113.9')] > h2 h3 |
		corpus h1 [ip6(advert(t='2001:db8:9::9', tll=1)), ip6(solicit(t='fe80::9'), s='::')] > h2 h3 |
		corpus h1 [eth(f, src=5) for f in (ip(), ip6(), arp(sha=5))] > - | p1 spoofed-mac
		corpus h1 [arp(sha=5), arp(2, sha=5)] > - | p1 spoofed-arp
		corpus h1 [ip6(advert(tll=5)), ip6(solicit(sll=5)), ip6(router_solicit(sll=5))] > - | p1 spoofed-nd
		corpus h1 [ip(udp(dp=68))] > - | p1 dhcp-server
	LINES
}

test_ip4_only()
{
	bind mac "$(mac 1)" ip 192.0.2.1
	play <<-LINES
		drops *
		corpus h1 [ip(), arp(), ip6(s='${LL}1'), ip6(solicit(t='${LL}1'), s='::')] > h2 h3 |
		corpus h1 [ip6(), ip6(s='${LL}5'), ip6(s='::192.0.2.1')] > - | p1 spoofed-ip6
		corpus h1 [ip6(advert(t='2001:db8::1'), s='${LL}1'), ip6(solicit(t='2001:db8::1'), s='::')] > - | p1 spoofed-nd
		corpus h1 [ip(s='198.51.100.1')] > - | p1 spoofed-ip4
		ctl port set p1 ip 192.0.2.1
		corpus h1 [eth(f, src=7) for f in (ip(), arp(sha=7), other(0x88b5))] > h2 h3 |
		corpus h1 [eth(ip(s='192.0.2.2'), src=7)] > - | p1 spoofed-ip4
		corpus h1 [arp(sha=7), eth(arp(spa='192.0.2.2', sha=7), src=7)] > - | p1 spoofed-arp
		ctl port set p1 ip 0.0.0.0/0
		corpus h1 [ip(s=s) for s in ('0.0.0.0', '192.0.2.1', '255.255.255.255')] > h2 h3 |
		corpus h1 [ip6(s=s) for s in ('::', '::1', '2001:db8::1')] > - | p1 spoofed-ip6
	LINES
}

test_ip6_only()
{
	bind mac "$(mac 1)" ip 2001:db8::/32
	play <<-LINES
		drops *
		corpus h1 [ip6(), ip6(s='2001:db8:ffff::'), ip6(s='${LL}1')] > h2 h3 |
		corpus h1 [ip(udp(dp=67, sp=68), s='0.0.0.0')] > h2 h3 |
		corpus h1 [arp(spa='0.0.0.0'), arp(spa='0.0.0.0', tpa='192.0.2.1')] > - | p1 spoofed-arp
		corpus h1 [ip(), ip(s='0.0.0.0')] > - | p1 spoofed-ip4
		corpus h1 [arp(), arp(2)] > - | p1 spoofed-arp
		corpus h1 [ip6(s='2001:db9::'), ip6(s='2001:db7:ffff::')] > - | p1 spoofed-ip6
		ctl port set p1 ip ::/0
		corpus h1 [eth(ip6(s=s), src=7) for s in ('::', '2001:db8::1', 'fe80::9', 'ffff::')] > h2 h3 |
		corpus h1 [ip(), ip(s='0.0.0.0'), ip(s='255.255.255.255')] > - | p1 spoofed-ip4
		corpus h1 [ip6(s='::ffff:192.0.2.1')] > - | p1 acl-malformed
	LINES
}

# All that a port can be bound to, to the last of them; what is said next takes their place.
test_most_and_next()
{
	local i words=()

	for i in {0..15}; do
		words+=(mac "$(mac $((0x100 + i)))")
	done
	for i in {0..31}; do
		words+=(ip "203.0.113.$((i * 2))" ip "2001:db8:0:$i::/64")
	done
	bind "${words[@]}"
	play <<-LINES
		drops *
		corpus h1 [eth(ip(s='203.0.113.%d' % (i * 2)), src=0x100 + i % 16) for i in range(32)] > h2 h3 |
		corpus h1 [eth(ip6(s='2001:db8:0:%d::9' % i), src=0x10f) for i in (0, 9, 10, 31)] > h2 h3 |
		corpus h1 [eth(ip6(s='fe80::ff:fe00:%x' % m), src=0x100) for m in range(0x100, 0x110)] > h2 h3 |
		corpus h1 [eth(ip(s='203.0.113.%d' % i), src=0x100) for i in (1, 33, 61, 63, 64)] > - | p1 spoofed-ip4
		corpus h1 [eth(ip6(s=s), src=0x100) for s in ('2001:db8:0:32::', '${LL}110')] > - | p1 spoofed-ip6
		corpus h1 [eth(ip(s='203.0.113.0'), src=m) for m in (1, 0xff, 0x110)] > - | p1 spoofed-mac
		ctl port set p1 mac $(mac 2) ip 192.0.2.2
		corpus h1 [eth(ip(s='192.0.2.2'), src=2), eth(arp(spa='192.0.2.2', sha=2), src=2)] > h2 h3 |
		corpus h1 [eth(ip(s='203.0.113.0'), src=0x100)] > - | p1 spoofed-mac
		corpus h1 [eth(ip(s='203.0.113.0'), src=2)] > - | p1 spoofed-ip4
	LINES
}

# A port that is made with them is never without; nothing of what is dropped is learned.
test_at_birth()
{
	try ctl port del p1
	try ctl switch set sw0 neigh-suppress on
	play <<-LINES
		ctl port add sw0 p1 limit-unicast off limit-broadcast off $BINDINGS
		drops *
		corpus h1 [eth(ip(), src=2), eth(arp(spa='192.0.2.2', sha=2), src=2)] > - | p1 spoofed-mac
		corpus h1 [eth(arp(op, spa='192.0.2.2'), dst=BCAST) for op in (1, 2)] > - | p1 spoofed-arp
		corpus h1 [ip6(advert(t='2001:db8::2', tll=1))] > - | p1 spoofed-nd
	LINES
	expect "" "$(fdb)" "addresses learned from forged frames"
	expect "" "$(ctl -j neigh show sw0 | jrow ip)" "neighbours learned from forged frames"
	play <<-LINES
		corpus h1 [eth(arp(1, tpa='192.0.2.1'), dst=BCAST)] > h2 h3 |
	LINES
	expect "$(mac 1) p1 learned" "$(fdb)" "addresses learned from a true one"
	expect 192.0.2.1 "$(ctl -j neigh show sw0 | jrow ip)" "neighbours learned from a true one"
	try ctl switch set sw0 neigh-suppress off
}

# is_usable NAMESPACE ADDRESS: the kernel has found out that it may use it.
is_usable()
{
	ip -n "$1" -o address show dev eth0 | grep -F " $2/" | grep -qvE 'tentative|dadfailed'
}

# Real systems: who keeps to his addresses notices nothing; who takes another's gets no answer.
test_real_systems()
{
	local before

	addresses 1 2
	ipv6_on "$h2" eth0
	try ip -n "$h2" address add 2001:db8::2/64 dev eth0 nodad
	in_ns "$h1" sh -c 'cd /proc/sys/net/ipv6/conf/eth0 && echo 1 > dad_transmits && echo 0 > disable_ipv6'
	try ip -n "$h1" address add 2001:db8::1/64 dev eth0
	before=$(drops)
	busywait 5 is_usable "$h1" "${LL}1" || fail "the link-local address is not to be had"
	busywait 5 is_usable "$h1" 2001:db8::1 || fail "the own address is not to be had"
	try in_ns "$h1" ping -q -c 2 -i 0.2 -W 3 192.0.2.2
	try in_ns "$h1" ping -q -c 2 -i 0.2 -W 3 2001:db8::2
	expect "" "$(drops_since "$before")" "drops of a container that is who it says"

	try ip -n "$h1" address add 192.0.2.77/24 dev eth0
	try ip -n "$h1" address add 2001:db8::77/64 dev eth0
	busywait 5 is_usable "$h1" 2001:db8::77 || fail "nobody has the other address, but it is not to be had"
	refused "100% packet loss" in_ns "$h1" ping -q -c 2 -i 0.2 -W 1 -I 192.0.2.77 192.0.2.2
	refused "100% packet loss" in_ns "$h1" ping -q -c 2 -i 0.2 -W 1 -I 2001:db8::77 2001:db8::2
	try ip -n "$h1" link set eth0 address "$(mac 2)"
	refused "100% packet loss" in_ns "$h1" ping -q -c 2 -i 0.2 -W 1 -I 192.0.2.1 192.0.2.2
	expect "spoofed-ip4 spoofed-ip6 spoofed-mac spoofed-nd" \
		"$(drops_since "$before" | awk '$1 == "p1" { print $2 }' | sort | xargs)" \
		"reasons for which another's addresses were dropped"
	expect "" "$(ip -n "$h2" neigh show | grep -E '\.77|::77')" "neighbours that aren't there"
}

tests_run test_unguarded test_bound test_known_destination test_vlan_aware test_words_that_permit \
	test_off_and_on test_guard_only test_macs_only test_ip4_only test_ip6_only test_most_and_next \
	test_at_birth test_real_systems
