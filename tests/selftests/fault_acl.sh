#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
# smp: 1
# needs: faults
#
# Whatever is asked of profiles, rules and groups, with every allocation failing once: all of it is done,
# or nothing. See lib/fault.sh.
#
#	h1 -- p1 [site, in, guests] +-----+ p2 -- h2	d0 is a device that is no port
#	                            | sw0 |
#	                            +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/fault.sh
. "$(dirname "$0")/lib/fault.sh"

# Another switch, with all that there is.
ADD8="ip link add sw8 index 100088 address 02:00:00:00:00:88 type cvswitch"
PROFILES8="ctl group add sw8 eight type ip 192.0.2.0/24 2001:db8::/32; ctl profile add sw8 of8;
	ctl acl add sw8 of8 ingress ip saddr @eight accept; ctl switch set sw8 policy closed"

setup()
{
	fault_setup
	printf '%s\n' 'profile show' 'acl show' 'group show' 'group member show sw0 ips' \
		'group member show sw0 macs' 'group member show sw0 ports' >> "$TMP/everything"
	topology 2 ageing off fdb-max 100
	try ipsw link add d0 address "$(mac 0xd0)" type dummy
	cat > "$TMP/one" <<-'RULES'
		ingress ip saddr @ips tcp dport @ports accept
		ingress ip saddr 192.0.2.1 accept comment "one"
		ingress ip6 saddr 2001:db8::/32 udp dport 1-99 log reject
		egress ether saddr @macs accept
	RULES
	cat > "$TMP/two" <<-'RULES'
		ingress ip saddr 192.0.2.1 accept comment "one"
		ingress ip saddr 198.51.100.0/24 udp sport @ports drop
		ingress arp accept
		egress ip daddr @ips icmp type echo-request continue
		egress accept
	RULES
	ctl -b - > /dev/null <<-CTL || fail "cannot configure the switch"
		group add sw0 ips type ip 192.0.2.0/24 2001:db8::/32 10.0.0.0/8
		group add sw0 macs type mac $(mac 1)
		group add sw0 ports type port 80 8000-8010
		profile add sw0 in
		profile load sw0 in $TMP/one
		profile add sw0 site tier admin
		profile add sw0 guests tier default
		port set p1 tenant-profile in admin-profile site default-profile guests
	CTL
}

# What comes again has another number, and every change of a profile counts.
everything()
{
	ctl -j -b "$TMP/everything" > "$TMP/said" || fail "not everything could be asked" >&2
	sed -E 's/"(age|drops|[rt]x-[a-z-]+|generation|handle|frames|bytes)":[0-9]+//g' "$TMP/said"
	ipsw -d -j link show
}

test_questions()
{
	reads "ctl profile show"
	reads "ctl profile show sw0 in"
	reads "ctl acl show"
	reads "ctl acl show sw0 in egress"
	reads "ctl group show"
	reads "ctl group show sw0 ips"
	reads "ctl group member show sw0 ips"
	reads "ctl group member show sw0 ports 80"
}

test_profile()
{
	changes "ctl profile add sw0 new" "ctl profile del sw0 new"
	changes "ctl profile add sw0 new tier admin ingress-default reject egress-default accept" \
		"ctl profile del sw0 new"
	changes "ctl profile set sw0 in ingress-default accept egress-default next" \
		"ctl profile set sw0 in ingress-default drop egress-default drop"
	run "ctl profile add sw0 last"
	changes "ctl profile del sw0 last" "ctl profile add sw0 last"
}

test_load()
{
	changes "ctl profile load sw0 in $TMP/two" "ctl profile load sw0 in $TMP/one"
	echo '[]' > "$TMP/none"
	changes "ctl profile load sw0 in $TMP/none" "ctl profile load sw0 in $TMP/one"
	seq -f 'ingress ip saddr 10.1.0.%g udp dport @ports accept' 1 20 > "$TMP/many"
	seq -f 'egress ip6 daddr 2001:db8::%g tcp sport 1-99 drop' 1 10 >> "$TMP/many"
	changes "ctl profile load sw0 in $TMP/many" "ctl profile load sw0 in $TMP/one"
}

test_rule()
{
	changes "ctl acl add sw0 in at 2 ingress ip saddr @ips ip daddr 192.0.2.7 udp dport @ports log drop" \
		"ctl acl del sw0 in ingress 2"
	changes "ctl acl add sw0 site egress accept" "ctl acl del sw0 site egress 1"
	changes "ctl acl del sw0 in ingress 1" \
		"ctl acl add sw0 in at 1 ingress ip saddr @ips tcp dport @ports accept"
	changes "ctl acl del sw0 in egress 1" "ctl acl add sw0 in egress ether saddr @macs accept"
}

test_group()
{
	changes "ctl group add sw0 new type ip" "ctl group del sw0 new"
	changes "ctl group add sw0 new type ip 192.0.2.1 192.0.2.0/24 2001:db8::1 ::/0" \
		"ctl group del sw0 new"
	changes "ctl group add sw0 new type port 1 5-9 0-65535" "ctl group del sw0 new"
	changes "ctl group add sw0 new type mac $(mac 1) $(mac 2)" "ctl group del sw0 new"
	run "ctl group add sw0 last type port 7-9 8"
	changes "ctl group del sw0 last" "ctl group add sw0 last type port 7-9 8"
	changes "ctl group flush sw0 ips" "ctl group member add sw0 ips 192.0.2.0/24 2001:db8::/32 10.0.0.0/8"
	changes "ctl group flush sw0 ports" "ctl group member add sw0 ports 80 8000-8010"
}

test_member()
{
	changes "ctl group member add sw0 ips 192.0.2.0/24 198.51.100.1 2001:db8:1::/48 198.51.100.2" \
		"ctl group member del sw0 ips 198.51.100.1 2001:db8:1::/48 198.51.100.2"
	changes "ctl group member add sw0 ports 1-99 70-200" "ctl group member del sw0 ports 1-99 70-200"
	changes "ctl group member add sw0 macs $(mac 7)" "ctl group member del sw0 macs $(mac 7)"
	changes "ctl group member del sw0 ips 10.0.0.0/8" "ctl group member add sw0 ips 10.0.0.0/8"
	changes "ctl group member del sw0 ports 80" "ctl group member add sw0 ports 80"
}

test_port()
{
	changes "ctl port add sw0 d0 tenant-profile in default-profile guests" "ctl port del d0"
	changes "ctl port set p1 tenant-profile none default-profile none admin-profile none" \
		"ctl port set p1 tenant-profile in default-profile guests admin-profile site"
	changes "ctl port set p2 tenant-profile in isolated on" \
		"ctl port set p2 tenant-profile none isolated off"
	changes "ctl port set p2 mac $(mac 2) mac $(mac 3) ip 192.0.2.2 ip 2001:db8::/64 tenant-profile in" \
		"ctl port set p2 unbound tenant-profile none"
	changes "ctl port add sw0 d0 mac $(mac 7) ip 192.0.2.7 tenant-profile in" "ctl port del d0"
	changes "ctl port set sw0 admin-profile site" "ctl port set sw0 admin-profile none"
}

test_switch()
{
	changes "ctl switch set sw0 policy closed" "ctl switch set sw0 policy open"
	changes "ctl switch add sw9 address 02:00:00:00:00:99 policy closed" del:sw9
	run "$ADD8; $PROFILES8"
	changes "ctl switch del sw8" "$ADD8; $PROFILES8"
	changes "ip link del sw8" "$ADD8; $PROFILES8"
	try ctl switch del sw8
}

test_tool()
{
	tool ctl acl show sw0
	tool ctl group member show sw0 ips
}

test_netns_exit()
{
	namespaces_end 3 <<-CTL
		switch add sw0 policy closed up
		group add sw0 g type ip 192.0.2.0/24 2001:db8::/32
		group add sw0 p type port 1-100
		profile add sw0 in
		acl add sw0 in ingress ip saddr @g udp dport @p accept
		port add sw0 f tenant-profile in
		switch add sw1 up
		profile add sw1 in
		acl add sw1 in egress accept
	CTL
}

test_leaks() { no_leaks; }

tests_run test_questions test_profile test_load test_rule test_group test_member test_port test_switch \
	test_tool test_netns_exit test_leaks
