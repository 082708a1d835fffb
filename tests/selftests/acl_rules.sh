#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# Everything that a rule can ask of a frame, asked of one that has it and of one just beside it, where
# frames come in and where they leave; and who decides: rules, tiers, defaults, the switch.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

setup()
{
	acl_topology 3
	ctl -b - > /dev/null <<-CTL || bail "cannot make groups"
		group add sw0 ips type ip 192.0.2.7 198.51.100.0/24 2001:db8:7::/48 2001:db8::9
		group add sw0 macs type mac 02:00:00:00:07:01 02:ee:00:00:00:07
		group add sw0 ports type port 80 8000-8010 65535
		group add sw0 all type ip 0.0.0.0/0 ::/0
		group add sw0 nobody type ip
	CTL
	players h1 h2 h3 host
}

test_ethernet()
{
	play <<-'LINES'
		rule ether saddr 02:00:00:00:07:01 | eth(ip(), src=0x701) | eth(ip(), src=0x702); ip()
		rule ether saddr 02:00:00:00:07:00/ff:ff:ff:ff:ff:00 | eth(ip(), src=0x7ff); eth(arp(), src=0x700) | eth(ip(), src=0x8ff)
		rule ether saddr 02:00:00:00:00:01/02:00:00:00:00:01 | eth(ip(), src=0x703) | eth(ip(), src=0x702)
		rule ether daddr 02:ee:00:00:00:01 | eth(ip(), dst="02:ee:00:00:00:01") | eth(ip(), dst="02:ee:00:00:00:02")
		rule ether daddr 01:00:00:00:00:00/01:00:00:00:00:00 | eth(ip(), dst=BCAST); eth(ip(), dst="01:00:5e:00:00:07") | ip()
		rule ether type 0x88b5 | other(0x88b5) | other(0x88b6); ip()
		rule ether type ip | ip(); ip(bytes_of(99)) | ip6(); arp(); other(0x88b5)
		rule ether type ip6 | ip6() | ip(); arp()
		rule ether type arp | arp() | ip(); ip6(); other(0x8035)
		rule ether type 0x0004 | other(46) ; other(0x5ff) | other(0x600); ip()
		rule ether saddr @macs | eth(ip(), src=0x701) | eth(ip(), src=0x702); ip()
		rule ether daddr @macs | eth(ip(), dst="02:ee:00:00:00:07") | eth(ip(), dst="02:ee:00:00:00:08"); ip()
		rule ether saddr @macs ip saddr @ips | eth(ip(s="192.0.2.7"), src=0x701) | eth(ip(), src=0x701); ip(s="192.0.2.7")
	LINES
}

# The switch doesn't care: the VLAN is what the outer tag says, whichever tags there are.
test_vlan_unaware()
{
	play <<-'LINES'
		rule vlan id 10 | eth(ip(), tags=[10]); eth(ip(), tags=[0xa00a]); eth(ip(), tags=[(0x88a8, 10)]); eth(ip(), tags=[10, 20]) | ip(); eth(ip(), tags=[11]); eth(ip(), tags=[20, 10])
		rule vlan id 0 | ip(); eth(ip(), tags=[0xe000]) | eth(ip(), tags=[1])
		rule ip saddr 192.0.2.1 | ip(); eth(ip(), tags=[10]); eth(ip(), tags=[(0x88a8, 5), 10, 11, 12]) | eth(ip(s="192.0.2.2"), tags=[10])
		rule ether type ip | eth(ip(), tags=[10, 20]) | eth(arp(), tags=[10, 20])
	LINES
}

# The switch keeps VLANs apart: it is the frame's in the switch.
test_vlan_aware()
{
	play <<-'LINES'
		ctl switch set sw0 vlan-aware on
		ctl vlan add p1 10-11
		ctl vlan add p2 10-11
		ctl vlan add p3 10-11
		rule vlan id 10 | eth(ip(), tags=[10]); eth(ip(), tags=[0x600a]); eth(ip(), tags=[10, 20]) | ip(); eth(ip(), tags=[11]); eth(ip(), tags=[11, 10])
		rule vlan id 1 | ip(); eth(ip(), tags=[0xe000]) | eth(ip(), tags=[10])
		rule ip saddr 192.0.2.1 | ip(); eth(ip(), tags=[10]); eth(ip(), tags=[10, 12]) | eth(ip(s="192.0.2.2"), tags=[10])
		ctl switch set sw0 vlan-aware off
	LINES
}

test_prefixes()
{
	play <<-'LINES'
		rule ip saddr 192.0.2.1 | ip() | ip(s="192.0.2.2"); ip(s="192.0.2.0"); ip6(); arp()
		rule ip daddr 192.0.2.2/32 | ip() | ip(d="192.0.2.3")
		rule ip saddr 192.0.2.8/31 | ip(s="192.0.2.8"); ip(s="192.0.2.9") | ip(s="192.0.2.7"); ip(s="192.0.2.10")
		rule ip daddr 10.64.0.0/10 | ip(d="10.64.0.0"); ip(d="10.127.255.255") | ip(d="10.63.255.255"); ip(d="10.128.0.0")
		rule ip saddr 128.0.0.0/1 | ip(); ip(s="255.255.255.254") | ip(s="127.255.255.255")
		rule ip daddr 0.0.0.0/0 | ip(); ip(d="255.255.255.255"); ip(d="0.0.0.0") | ip6(); arp(); other(0x88b5)
		rule ip saddr 192.0.2.1 ip daddr 192.0.2.2 | ip() | ip(s="192.0.2.3"); ip(d="192.0.2.3"); ip(s="192.0.2.2", d="192.0.2.1")
		rule ip6 saddr 2001:db8::1 | ip6() | ip6(s="2001:db8::2"); ip(); ip6(s="2001:db9::1")
		rule ip6 daddr 2001:db8::2/128 | ip6() | ip6(d="2001:db8::3")
		rule ip6 daddr 2001:db8::8/127 | ip6(d="2001:db8::8"); ip6(d="2001:db8::9") | ip6(d="2001:db8::7"); ip6(d="2001:db8::a")
		rule ip6 saddr 2001:db8:0:8000::/49 | ip6(s="2001:db8:0:8000::"); ip6(s="2001:db8:0:ffff:ffff:ffff:ffff:ffff") | ip6(s="2001:db8:0:7fff:ffff:ffff:ffff:ffff"); ip6(s="2001:db8:1::")
		rule ip6 saddr 8000::/1 | ip6(s="fe80::1") | ip6(s="7fff::1")
		rule ip6 daddr ::/0 | ip6(); ip6(d="ff02::1"); ip6(d="::"); ip6(d="::192.0.2.2") | ip(); arp()
		rule saddr 192.0.2.1 | ip() | ip6(); arp(); ip(s="192.0.2.2")
		rule saddr 2001:db8::/32 | ip6() | ip(); ip6(s="2001:db9::")
		rule saddr @ips | ip(s="192.0.2.7"); ip(s="198.51.100.255"); ip6(s="2001:db8:7:ffff::"); ip6(s="2001:db8::9") | ip(s="192.0.2.6"); ip(s="198.51.101.0"); ip6(s="2001:db8:8::"); ip6(s="2001:db8::8"); arp(spa="192.0.2.7")
		rule ip saddr @ips | ip(s="192.0.2.7") | ip6(s="2001:db8::9"); ip(s="192.0.2.8")
		rule ip6 daddr @ips | ip6(d="2001:db8::9") | ip(d="192.0.2.7"); ip6(d="2001:db8::8")
		rule daddr @all | ip(); ip6() | arp(); other(0x88b5)
		rule daddr @nobody | | ip(); ip6(); arp()
		rule ip saddr 192.0.2.0/24 daddr @ips | ip(d="198.51.100.7") | ip(); ip(s="192.0.3.1", d="198.51.100.7")
		rule ip | ip() | ip6(); arp()
		rule ip6 | ip6() | ip(); arp()
	LINES
}

test_ports()
{
	play <<-'LINES'
		rule tcp dport 80 | ip(tcp(80)); ip6(tcp(80)) | ip(tcp(81)); ip(tcp(79)); ip(udp(80)); ip(tcp(1, 80)); ip(bytes_of(99))
		rule udp sport 1000 | ip(udp()); ip6(udp()) | ip(udp(53, 999)); ip(udp(53, 1001)); ip(tcp())
		rule udp dport 100-200 | ip(udp(100)); ip(udp(200)); ip6(udp(150)) | ip(udp(99)); ip(udp(201)); ip(tcp(150))
		rule tcp sport 1024-65535 dport 443 | ip(tcp(443, 1024)); ip(tcp(443, 65535)) | ip(tcp(443, 1023)); ip(tcp(444, 1024))
		rule tcp dport 0-65535 | ip(tcp(0)); ip(tcp(65535)) | ip(udp()); ip(bytes_of(99)); arp()
		rule tcp dport 0 | ip(tcp(0)) | ip(tcp(1)); ip(icmp(0, 0)); ip(bytes_of(6), off=100)
		rule tcp | ip(tcp()); ip6(tcp()); ip(bytes_of(6), off=100) | ip(udp()); arp()
		rule th dport 53 | ip(tcp(53)); ip(udp(53)); ip(udplite(53)); ip6(sctp(53)); ip(dccp(53)) | ip(icmp(0, 53)); ip(udp(54)); ip(bytes_of(99, b"\0\0\0\x35" * 8)); arp(op=53)
		rule sctp dport 53 | ip(sctp(53)) | ip(sctp(54)); ip(udp(53)); ip(dccp(53))
		rule dccp sport 1000 | ip(dccp()) | ip(dccp(53, 999)); ip(sctp())
		rule udplite dport 53 | ip6(udplite(53)) | ip6(udp(53)); ip6(udplite(54))
		rule tcp dport @ports | ip(tcp(80)); ip(tcp(8000)); ip(tcp(8010)); ip6(tcp(65535)) | ip(tcp(79)); ip(tcp(7999)); ip(tcp(8011)); ip(tcp(65534)); ip(udp(80)); ip(icmp(0, 80))
		rule th sport @ports | ip(udp(1, 80)); ip(tcp(1, 8005)) | ip(udp(80, 1)); ip(icmp(80, 0))
		rule tcp dport https | ip(tcp(443)) | ip(tcp(80))
		rule ip protocol 99 | ip(bytes_of(99)) | ip(bytes_of(98)); ip6(bytes_of(99)); ip()
		rule ip6 nexthdr 99 | ip6(bytes_of(99)); ip6(hop(bytes_of(99))) | ip6(bytes_of(98)); ip(bytes_of(99))
		rule meta l4proto 99 | ip(bytes_of(99)); ip6(bytes_of(99)) | ip(bytes_of(98)); arp(op=99)
		rule meta l4proto esp | ip(bytes_of(50)); ip6(bytes_of(50)) | ip(bytes_of(51)); ip6(auth(tcp()))
		rule ip6 nexthdr 59 | ip6(bytes_of(59, b"")) | ip6(tcp())
	LINES
}

test_icmp()
{
	play <<-'LINES'
		rule icmp type echo-request | ip(icmp()); ip(icmp(8, 1)) | ip(icmp(0)); ip6(icmp6(8)); ip(udp(8, 8)); ip(icmp6(8)); arp(op=8)
		rule icmp type 3 code 1 | ip(icmp(3, 1)) | ip(icmp(3, 0)); ip(icmp(3, 2)); ip(icmp(4, 1))
		rule icmp type 0 code 0 | ip(icmp(0)) | ip(icmp(0, 1)); ip(icmp(1)); ip(bytes_of(99, b"\0" * 16)); ip(icmp(0), off=100)
		rule icmpv6 type echo-request | ip6(icmp6()); ip6(hop(icmp6())) | ip6(icmp6(129)); ip(icmp6(128)); ip(icmp(128)); ip6(icmp(128))
		rule icmpv6 type 1 code 4 | ip6(icmp6(1, 4)) | ip6(icmp6(1, 3)); ip6(icmp6(1, 5)); ip6(icmp6(2, 4))
		rule icmp | ip(icmp()); ip(icmp(3, 3)) | ip(udp()); ip6(icmp6())
		rule icmpv6 | ip6(icmp6()) | ip6(udp()); ip(icmp())
	LINES
}

test_tcp_flags()
{
	play <<-'LINES'
		rule tcp flags syn / syn,ack | ip(tcp(flags=SYN)); ip(tcp(flags=SYN+ECE+CWR)); ip6(tcp(flags=SYN+FIN)) | ip(tcp(flags=SYN+ACK)); ip(tcp(flags=ACK)); ip(tcp(flags=0)); ip(udp())
		rule tcp flags syn,ack / syn,ack | ip(tcp(flags=SYN+ACK)); ip(tcp(flags=SYN+ACK+PSH)) | ip(tcp(flags=SYN)); ip(tcp(flags=ACK))
		rule tcp flags rst | ip(tcp(flags=RST)); ip(tcp(flags=RST+ACK)) | ip(tcp(flags=ACK)); ip(tcp(flags=0))
		rule tcp flags fin,psh,urg / fin,psh,urg | ip(tcp(flags=FIN+PSH+URG)); ip(tcp(flags=255)) | ip(tcp(flags=FIN+PSH)); ip(tcp(flags=URG))
		rule tcp dport 80 flags syn / fin,syn,rst,psh,ack,urg,ecn,cwr | ip(tcp(flags=SYN)) | ip(tcp(flags=SYN+CWR)); ip(tcp(81, flags=SYN))
	LINES
}

# Of later fragments the ports are never read, whatever is there.
test_fragments()
{
	play <<-'LINES'
		rule frag whole | ip(); ip(df=1); ip6(); ip6(fragment(udp())) | ip(mf=1); ip(off=100); ip6(fragment(udp(), m=1)); ip6(fragment(udp(), off=100)); arp()
		rule frag first | ip(mf=1); ip6(fragment(udp(), m=1)) | ip(); ip(off=100); ip(off=100, mf=1); ip6(fragment(udp(), off=2, m=1)); ip6()
		rule frag later | ip(off=100); ip(off=1, mf=1); ip(off=8191); ip6(fragment(udp(), off=2)); ip6(fragment(udp(), off=8191, m=1)) | ip(); ip(mf=1); ip6(fragment(udp(), m=1))
		rule frag first,later | ip(mf=1); ip(off=100) | ip(); ip6()
		rule frag whole,first,later | ip(mf=1); ip(off=100); ip() | arp(); other(0x88b5)
		rule udp dport 53 | ip(mf=1); ip6(fragment(udp(), m=1)) | ip(off=100); ip(off=1); ip6(fragment(udp(), off=2)); ip6(fragment(udp(), off=100, m=1))
		rule udp dport 0-65535 | ip() | ip(off=100); ip6(fragment(udp(), off=2))
		rule udp | ip(off=100); ip6(fragment(udp(), off=2)) | ip(tcp(), off=100); ip6(fragment(tcp(), off=2))
		rule tcp flags syn | ip(tcp(), mf=1) | ip(tcp(), off=2); ip6(fragment(tcp(), off=2))
		rule icmp type 8 | ip(icmp(), mf=1) | ip(icmp(), off=100)
		rule ip saddr 192.0.2.1 frag later | ip(off=100) | ip(); ip(s="192.0.2.2", off=100)
		rule th dport @ports | ip(tcp(80), mf=1) | ip(tcp(80), off=100); ip6(fragment(tcp(80), off=100))
	LINES
}

test_extension_headers()
{
	play <<-'LINES'
		rule tcp dport 80 | ip6(hop(tcp())); ip6(routing(tcp())); ip6(options(tcp())); ip6(auth(tcp())); ip6(fragment(tcp())); ip6(hop(options(routing(fragment(auth(options(tcp()))))))); ip6(options(tcp(), length=20)) | ip6(hop(tcp(81))); ip6(hop(udp(80))); ip6(options(routing(fragment(tcp(80), off=2))))
		rule udp dport 53 | ip6(times(8, options, udp())) | ip6(times(8, options, udp(54)))
		rule icmpv6 type 128 | ip6(hop(icmp6())) | ip6(hop(icmp6(129)))
		rule ip6 nexthdr 0 frag later | ip6(fragment(hop(tcp()), off=3)) | ip6(hop(tcp()))
		rule ip6 nexthdr udp frag later | ip6(options(fragment(udp(), off=3))); ip6(fragment(options(udp()), off=3, nh=17)) | ip6(fragment(options(udp()), off=3)); ip6(options(udp()))
	LINES
}

test_arp()
{
	play <<-'LINES'
		rule arp operation request | arp() | arp(op=2); arp(op=0); ip(udp(1, 1)); ip(icmp(1))
		rule arp operation 8 | arp(op=8) | arp(op=9); ip(icmp())
		rule arp saddr ip 192.0.2.1 | arp(); arp(op=2); arp(hw=6) | arp(spa="192.0.2.2"); ip()
		rule arp saddr ip 192.0.2.0/31 | arp(); arp(spa="192.0.2.0") | arp(spa="192.0.2.2")
		rule arp daddr ip 192.0.2.2 | arp() | arp(tpa="192.0.2.3"); ip()
		rule arp saddr ether 02:00:00:00:00:01 | arp() | arp(sha=2); ip()
		rule arp daddr ether 02:00:00:00:00:07 | arp(op=2, tha=7) | arp(op=2, tha=8); arp()
		rule arp operation reply saddr ip 192.0.2.7 saddr ether 02:00:00:00:00:07 | arp(op=2, spa="192.0.2.7", sha=7) | arp(spa="192.0.2.7", sha=7); arp(op=2, spa="192.0.2.7", sha=6); arp(op=2, spa="192.0.2.6", sha=7)
		rule arp daddr ether 00:00:00:00:00:00 | arp() | arp(tha=7); arp(hw=7); other(0x88b5); ip()
		rule arp daddr ip 0.0.0.0/0 | arp() | arp(hw=7); arp(proto=0x86dd); arp(plen=16); ip()
		rule arp | arp(); arp(hw=7); arp(hlen=8) | ip()
		rule arp saddr ip @ips | arp(spa="192.0.2.7"); arp(spa="198.51.100.1") | arp(); ip(s="192.0.2.7")
		rule arp daddr ip @ips | arp(tpa="192.0.2.7") | arp(); ip(d="192.0.2.7")
	LINES
}

test_neighbour_discovery()
{
	play <<-'LINES'
		rule nd target 2001:db8::2 | ip6(solicit()); ip6(advert()); ip6(redirect()); ip6(hop(solicit())) | ip6(solicit("2001:db8::3")); ip6(icmp6(128, 0, b"\0" * 4 + target("2001:db8::2"))); ip6(router_solicit())
		rule nd target 2001:db8::/64 | ip6(solicit("2001:db8::ffff")) | ip6(solicit("2001:db8:0:1::")); ip6(udp())
		rule nd target ::/0 | ip6(solicit()) | ip6(icmp6()); ip6(router_solicit()); ip6(fragment(solicit(), m=1)); ip6(icmp6(135, 0, b"\0" * 19))
		rule nd sll 02:00:00:00:00:07 | ip6(solicit(sll=7)); ip6(router_solicit(7)); ip6(router_advert(7)); ip6(solicit(sll=7, before=lladdr(1, 7))); ip6(solicit(sll=7, before=b"\x0e\1" + b"\0" * 6)) | ip6(solicit(sll=8)); ip6(solicit()); ip6(advert(tll=7)); ip6(solicit(sll=7, before=b"\x0e\0" + b"\0" * 6)); ip6(icmp6(135, 0, b"\0" * 20 + lladdr(1, 7, length=2) + b"\0" * 8)); ip6(solicit(sll=8, before=lladdr(1, 8)))
		rule nd tll 02:00:00:00:00:07 | ip6(advert(tll=7)); ip6(redirect(tll=7)) | ip6(advert(tll=8)); ip6(advert()); ip6(solicit(sll=7)); ip6(icmp6(136, 0, b"\0" * 20 + lladdr(1, 7)))
		rule icmpv6 type nd-neighbor-advert nd target 2001:db8::2 | ip6(advert()) | ip6(solicit()); ip6(advert("2001:db8::3"))
		rule nd target 2001:db8::2 nd tll 02:00:00:00:00:07 | ip6(advert(tll=7)) | ip6(advert(tll=8)); ip6(advert("2001:db8::3", tll=7))
	LINES
}

# The first rule that matches decides; "continue" only counts.
test_order()
{
	play <<-'LINES'
		drops *
		ctl acl add sw0 in ingress ip saddr 192.0.2.0/24 continue
		ctl acl add sw0 in ingress ip saddr 192.0.2.7 drop
		ctl acl add sw0 in ingress udp dport 53 accept
		ctl acl add sw0 in ingress udp dport 53 drop
		ctl acl add sw0 in ingress ip saddr 192.0.2.1 accept
		ctl acl add sw0 out egress accept
		send h1 ip() > h2 h3
		send h1 ip(s="192.0.2.7") > -
		send h1 ip(tcp()) > h2 h3
		send h1 ip(s="198.51.100.1") > h2 h3
		send h1 arp() > -
		count in ingress 1 3
		count in ingress 2 1
		count in ingress 3 2
		count in ingress 4 0
		count in ingress 5 1
		drops p1 acl-ingress 1, p1 acl-default 1
		# One in front of all, and it goes again.
		ctl acl add sw0 in at 1 ingress ip saddr 192.0.2.7 accept
		send h1 ip(s="192.0.2.7") > h2 h3
		count in ingress 1 1
		count in ingress 2 3
		ctl acl del sw0 in ingress 1
		send h1 ip(s="192.0.2.7") > -
		count in ingress 2 2
		drops p1 acl-ingress 1
		# Deleted from the middle: what was behind it decides.
		ctl acl del sw0 in ingress 3
		send h1 ip() > -
		count in ingress 3 1
		drops p1 acl-ingress 1
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 in ingress 1
		refused ENOENT : acl del sw0 in ingress 1
		ctl acl del sw0 out egress 1
	LINES
}

# Directions are apart: a rule for what comes in isn't asked about what leaves.
test_directions()
{
	play <<-'LINES'
		ctl acl add sw0 in egress ip saddr 192.0.2.9 drop
		ctl acl add sw0 in ingress accept
		ctl acl add sw0 out ingress ip saddr 192.0.2.9 drop
		ctl acl add sw0 out egress accept
		drops *
		send h1 ip(s="192.0.2.9") > h2 h3
		send h3 ip(s="192.0.2.9") > h2
		send h2 ip(s="192.0.2.9") > -
		send h2 ip() > h1 h3
		drops p1 acl-egress 1, p2 acl-ingress 1
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 in egress 1
		ctl acl del sw0 out ingress 1
		ctl acl del sw0 out egress 1
	LINES
}

# Tiers in their order, whatever the order in which they were given; "next" goes on, as does an admin
# profile that says nothing, and behind the last one is the switch's policy.
test_tiers()
{
	play <<-'LINES'
		ctl profile add sw0 guests tier default
		ctl profile add sw0 site tier admin
		ctl port set p1 default-profile guests
		ctl port set p1 admin-profile site
		ctl acl add sw0 out egress accept
		ctl acl add sw0 site ingress ip saddr 192.0.2.66 drop
		ctl acl add sw0 site ingress arp accept
		ctl acl add sw0 site ingress ip saddr 192.0.2.67 next
		ctl acl add sw0 site ingress ip saddr 192.0.2.67 drop
		ctl acl add sw0 in ingress ip saddr 192.0.2.66 accept
		ctl acl add sw0 in ingress arp drop
		ctl acl add sw0 in ingress ip saddr 192.0.2.67 accept
		ctl acl add sw0 in ingress ip saddr 192.0.2.68 next
		ctl acl add sw0 guests ingress ip saddr 192.0.2.67 drop
		ctl acl add sw0 guests ingress ip saddr 192.0.2.68 accept
		ctl acl add sw0 guests ingress ip saddr 192.0.2.69 accept
		ctl acl add sw0 guests ingress ip saddr 192.0.2.70 next
		drops *
		send h1 ip(s="192.0.2.66") > -
		drops p1 acl-ingress 1
		send h1 arp() > h2 h3
		send h1 ip(s="192.0.2.67") > h2 h3
		send h1 ip(s="192.0.2.68") > h2 h3
		drops
		# The tenant's default is to drop.
		send h1 ip(s="192.0.2.69") > -
		drops p1 acl-default 1
		ctl profile set sw0 in ingress-default next
		send h1 ip(s="192.0.2.69") > h2 h3
		send h1 ip(s="192.0.2.70") > h2 h3
		send h1 ip(s="192.0.2.71") > -
		drops p1 acl-default 1
		ctl profile set sw0 guests ingress-default accept
		send h1 ip(s="192.0.2.71") > h2 h3
		# Of all that, the admin's rules counted what they matched, and nobody was asked twice.
		count site ingress 1 1
		count site ingress 3 1
		count site ingress 4 0
		count in ingress 1 0
		count in ingress 2 0
		count in ingress 3 1
		count guests ingress 1 0
		count guests ingress 2 1
		# A default of the admin's own.
		ctl profile set sw0 site ingress-default accept
		send h1 ip(s="192.0.2.72") > h2 h3
		count guests ingress 4 1
		ctl profile set sw0 site ingress-default drop
		send h1 ip(s="192.0.2.73") > -
		drops p1 acl-default 1
		ctl profile set sw0 site ingress-default next
		ctl profile set sw0 guests ingress-default next
	LINES
}

# Nobody has decided: an open switch lets frames pass, a closed one doesn't, not at ports without
# profiles either; the host's port is open.
test_policy()
{
	play <<-'LINES'
		drops *
		send h1 ip(s="192.0.2.99") > h2 h3
		ctl switch set sw0 policy closed
		send h1 ip(s="192.0.2.99") > -
		send h1 ip(s="192.0.2.68") > h2
		drops p1 acl-closed 1, p3 acl-closed 1
		send h3 ip() > -
		drops p3 acl-closed 1
		send h2 ip() > -
		drops p2 acl-closed 1
		ctl profile set sw0 in egress-default accept
		ctl profile set sw0 out ingress-default accept
		send h2 ip() > h1
		drops p3 acl-closed 1
		ctl switch set sw0 policy open
		send h3 ip() > h1 h2
		drops
		ctl profile set sw0 in egress-default next
		ctl profile set sw0 out ingress-default next
		ctl port set p1 default-profile none
		ctl port set p1 admin-profile none
		ctl profile del sw0 guests
		ctl profile del sw0 site
		ctl acl del sw0 in ingress 4
		ctl acl del sw0 in ingress 3
		ctl acl del sw0 in ingress 2
		ctl acl del sw0 in ingress 1
		ctl acl del sw0 out egress 1
	LINES
}

# Each receiver of a flooded frame is asked by itself, and each that is denied it is a drop.
test_flood()
{
	play <<-'LINES'
		ctl acl add sw0 in ingress accept
		ctl acl add sw0 in egress ether type 0x88b5 drop
		ctl acl add sw0 in egress ether type 0x88b6 drop
		ctl acl add sw0 out egress ether type 0x88b6 drop
		ctl acl add sw0 out egress accept
		drops *
		send h3 other(0x88b5) > h2
		send h3 eth(other(0x88b5), dst=BCAST) > h2
		send h3 eth(other(0x88b5), dst="01:00:5e:00:00:07") > h2
		drops p1 acl-egress 3
		send h2 other(0x88b6) > h3
		drops p1 acl-egress 1
		# Nobody is left.
		send h3 other(0x88b6) > -
		drops p1 acl-egress 1, p2 acl-egress 1, p3 no-receiver 1
		# To where somebody is, he alone is asked.
		ctl fdb add sw0 02:ee:ee:ee:ee:ee port p2
		send h3 other(0x88b6) > -
		drops p2 acl-egress 1
		send h3 other(0x88b5) > h2
		drops
		ctl fdb del sw0 02:ee:ee:ee:ee:ee
		# One profile with two ports: each is asked, and counted, by itself.
		ctl port set p3 tenant-profile out
		ctl acl add sw0 out at 1 egress ether type 0x88b7 continue
		drops *
		send h1 eth(other(0x88b7), dst=BCAST) > h2 h3
		count out egress 1 2
		send h1 eth(other(0x88b6), dst=BCAST) > -
		drops p1 no-receiver 1, p2 acl-egress 1, p3 acl-egress 1
		ctl acl del sw0 out egress 1
		ctl port set p3 tenant-profile none
		ctl acl del sw0 in egress 2
		ctl acl del sw0 in egress 1
		ctl acl del sw0 out egress 1
		ctl acl del sw0 out egress 1
		ctl acl del sw0 in ingress 1
	LINES
}

# The host's port may have profiles as others do, and without them passes all, in a closed switch, too.
test_host()
{
	play <<-'LINES'
		ctl acl add sw0 in ingress accept
		ctl acl add sw0 out egress accept
		ctl port set sw0 flood-broadcast on
		ctl profile add sw0 host ingress-default next egress-default next
		ctl acl add sw0 host egress arp drop
		ctl acl add sw0 host ingress udp dport 53 drop
		ctl port set sw0 tenant-profile host
		drops *
		send h1 eth(ip(), dst=BCAST) > h2 h3 host
		send h1 eth(arp(), dst=BCAST) > h2 h3
		send h1 eth(ip(), dst=SWITCH) > host
		send h1 eth(arp(), dst=SWITCH) > -
		drops sw0 acl-egress 2
		send host eth(ip(), src=SWITCH) > -
		send host eth(ip(tcp()), src=SWITCH) > h1 h2 h3
		drops sw0 acl-ingress 1
		ctl switch set sw0 policy closed
		send h1 eth(ip(), dst=SWITCH) > host
		send host eth(ip(tcp()), src=SWITCH, dst=BCAST) > h2
		drops p1 acl-closed 1, p3 acl-closed 1
		ctl port set sw0 tenant-profile none
		send h1 eth(arp(), dst=SWITCH) > host
		send host eth(ip(), src=SWITCH) > h2
		drops p1 acl-closed 1, p3 acl-closed 1
		ctl switch set sw0 policy open
		ctl profile del sw0 host
	LINES
}

tests_run test_ethernet test_vlan_unaware test_vlan_aware test_prefixes test_ports test_icmp \
	test_tcp_flags test_fragments test_extension_headers test_arp test_neighbour_discovery \
	test_order test_directions test_tiers test_policy test_flood \
	test_host
