#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# Groups: what is put in or taken out counts for the next frame, without a word to the rules; prefixes
# and ranges that overlap; many members; requests that are done in whole or not at all.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

MANY=100000

setup()
{
	acl_topology 3
	players h1 h2 h3
	play <<-LINES
		ctl acl add sw0 out egress accept
		ctl group add sw0 ips type ip
		ctl group add sw0 ports type port
		ctl group add sw0 macs type mac
	LINES
	expect 0 $RET "status of the setup"
}

members() { ctl -j group show sw0 "$1" | jrow member-count; }
generation() { ctl -j profile show sw0 in | jrow generation; }

test_add_and_del()
{
	local before

	play <<-LINES
		ctl acl add sw0 in ingress ip saddr @ips accept
		ctl acl add sw0 in ingress udp dport @ports accept
		ctl acl add sw0 in ingress ether saddr @macs accept
	LINES
	before=$(generation)
	play <<-LINES
		send h1 ip() > -
		ctl group member add sw0 ips 192.0.2.1
		send h1 ip() > h2 h3
		send h1 ip(s="192.0.2.2") > -
		ctl group member del sw0 ips 192.0.2.1
		send h1 ip() > -
		ctl group member add sw0 ports 53
		send h1 ip() > h2 h3
		send h1 ip(udp(54)) > -
		ctl group member del sw0 ports 53
		send h1 ip() > -
		ctl group member add sw0 macs 02:00:00:00:00:01
		send h1 ip() > h2 h3
		send h1 eth(ip(), src=9) > -
		ctl group member del sw0 macs 02:00:00:00:00:01
		send h1 ip() > -
		count in ingress 1 1
		count in ingress 2 1
		count in ingress 3 1
		ctl group member add sw0 ips 192.0.2.1 192.0.2.2 2001:db8::/32
		send h1 ip(s="192.0.2.2") > h2 h3
		ctl group flush sw0 ips
		send h1 ip(s="192.0.2.2") > -
	LINES
	expect "$before" "$(generation)" "generation of the profile"
	expect "0 0 0" "$(members ips) $(members ports) $(members macs)" "members in the end"
}

# One in the other: each holds what the other loses.
test_overlapping_prefixes()
{
	play <<-LINES
		ctl group member add sw0 ips 10.0.0.0/8 10.1.0.0/16 10.1.2.3
		send h1 ip(s="10.1.2.3") > h2 h3
		ctl group member del sw0 ips 10.1.2.3
		send h1 ip(s="10.1.2.3") > h2 h3
		ctl group member del sw0 ips 10.0.0.0/8
		send h1 ip(s="10.1.2.3") > h2 h3
		send h1 ip(s="10.2.2.3") > -
		ctl group member add sw0 ips 10.0.0.0/8
		send h1 ip(s="10.2.2.3") > h2 h3
		ctl group member del sw0 ips 10.1.0.0/16
		send h1 ip(s="10.1.2.3") > h2 h3
		ctl group member del sw0 ips 10.0.0.0/8
		send h1 ip(s="10.1.2.3") > -
		# The same prefix in two groups has nothing to do with each other.
		ctl group add sw0 twins type ip 10.0.0.0/8
		ctl group member add sw0 ips 10.0.0.0/8
		ctl group del sw0 twins
		send h1 ip(s="10.1.2.3") > h2 h3
		ctl group flush sw0 ips
		# Everything, by family.
		ctl acl add sw0 in at 1 ingress saddr @ips accept
		ctl group member add sw0 ips 0.0.0.0/0
		send h1 ip(s="203.0.113.1") > h2 h3
		send h1 ip6() > -
		ctl group member add sw0 ips ::/0
		send h1 ip6() > h2 h3
		ctl group member del sw0 ips 0.0.0.0/0
		send h1 ip(s="203.0.113.1") > -
		send h1 ip6() > h2 h3
		ctl group flush sw0 ips
		ctl acl del sw0 in ingress 1
	LINES
}

test_overlapping_ranges()
{
	play <<-LINES
		ctl group member add sw0 ports 100-200 150-250 180 0-65535
		send h1 ip(udp(180)) > h2 h3
		ctl group member del sw0 ports 0-65535
		send h1 ip(udp(180)) > h2 h3
		send h1 ip(udp(99)) > -
		send h1 ip(udp(251)) > -
		ctl group member del sw0 ports 180
		send h1 ip(udp(180)) > h2 h3
		ctl group member del sw0 ports 100-200
		send h1 ip(udp(180)) > h2 h3
		send h1 ip(udp(150)) > h2 h3
		send h1 ip(udp(149)) > -
		ctl group member add sw0 ports 120-160 100-110
		ctl group member del sw0 ports 150-250
		send h1 ip(udp(110)) > h2 h3
		send h1 ip(udp(111)) > -
		send h1 ip(udp(160)) > h2 h3
		send h1 ip(udp(161)) > -
		send h1 ip(udp(120)) > h2 h3
		send h1 ip(udp(119)) > -
		ctl group member add sw0 ports 0 65535
		send h1 ip(udp(0)) > h2 h3
		send h1 ip(udp(65535)) > h2 h3
		send h1 ip(udp(1)) > -
		send h1 ip(udp(65534)) > -
		ctl group flush sw0 ports
		send h1 ip(udp(110)) > -
		send h1 ip(udp(0)) > -
	LINES
}

# What is there is no error, what isn't there is one; nothing is done by halves.
test_all_or_nothing()
{
	play <<-LINES
		ctl group member add sw0 ips 192.0.2.1 192.0.2.1 192.0.2.0/24
		ctl group member add sw0 ips 192.0.2.1
		refused ENOENT : group member del sw0 ips 192.0.2.1 192.0.2.2
		refused ENOENT : group member del sw0 ips 192.0.2.0/25
		refused . : group member add sw0 ips 198.51.100.1 198.51.100.1/24
		refused . : group member add sw0 ips 198.51.100.1 02:00:00:00:00:01
		refused . : group member add sw0 ips 198.51.100.1 ::ffff:192.0.2.7
		refused ENOENT : group member add sw0 nogroup 198.51.100.1
		refused . : group member add sw0 ports 7 9-8
		refused . : group member add sw0 ports 7 65536
		refused . : group member add sw0 macs 02:00:00:00:00:01 00:00:00:00:00:00
		refused EEXIST : group add sw0 ips type ip
		refused EEXIST : group add sw0 ips type mac
		refused . : group add sw0 new type ip 192.0.2.1/24
		refused ENOENT : group show sw0 new
		refused ENOENT : group member show sw0 ips 192.0.2.2
		send h1 ip() > h2 h3
		send h1 ip(s="198.51.100.1") > -
		send h1 ip(udp(7), s="198.51.100.1") > -
	LINES
	expect "192.0.2.0 24
192.0.2.1 32" "$(ctl -j group member show sw0 ips | jrow -S -e member member.ip member.len)" "members"
	expect "0 0" "$(members ports) $(members macs)" "members of others"
	try ctl group flush sw0 ips
}

# A group that rules refer to stays, and says how many they are.
test_in_use()
{
	play <<-LINES
		refused EBUSY : group del sw0 ips
		refused ENOENT : acl add sw0 in ingress ip saddr @nogroup drop
		refused EINVAL : acl add sw0 in ingress ip saddr @macs drop
		refused EINVAL : acl add sw0 in ingress udp dport @ips drop
		refused EINVAL : acl add sw0 in ingress ether saddr @ports drop
		ctl acl add sw0 out egress ip saddr @ips daddr @ips drop
	LINES
	expect "2 1 1" "$(ctl -j group show sw0 | jrow rule-count | xargs)" "rules that refer to groups"
	play <<-LINES
		ctl acl del sw0 out egress 2
		ctl acl del sw0 in ingress 1
		ctl group del sw0 ips
		ctl group add sw0 ips type ip
		ctl acl add sw0 in at 1 ingress ip saddr @ips accept
	LINES
	expect 1 "$(ctl -j group show sw0 ips | jrow rule-count)" "rules that refer to the group"
}

# As many as that by one command, and none of them by half; the verdict needs no time.
test_many()
{
	local begin

	awk -v n="$MANY" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "10.%d.%d.%d\n", i / 65536, i / 256 % 256, i % 256
	}' > "$TMP/many"
	begin=$(date +%s%N)
	try ctl group member add sw0 ips file "$TMP/many"
	note "$MANY members added in $((($(date +%s%N) - begin) / 1000000)) ms"
	expect "$MANY" "$(members ips)" "members"
	play <<-LINES
		send h1 ip(s="10.0.0.0") > h2 h3
		send h1 ip(s="10.1.134.159") > h2 h3
		send h1 ip(s="10.1.134.160") > -
		refused ENOENT : group member del sw0 ips 10.0.0.0 10.1.134.160
		send h1 ip(s="10.0.0.0") > h2 h3
		ctl group member del sw0 ips 10.0.0.0
		send h1 ip(s="10.0.0.0") > -
	LINES
	expect $((MANY - 1)) "$(ctl group member show sw0 ips | grep -c '10\.')" "members shown"
	# All but one are there: the request isn't done.
	refused ENOENT ctl group member del sw0 ips file "$TMP/many"
	expect $((MANY - 1)) "$(members ips)" "members after a refused request"
	begin=$(date +%s%N)
	try ctl group flush sw0 ips
	note "flushed in $((($(date +%s%N) - begin) / 1000000)) ms"
	play <<-LINES
		send h1 ip(s="10.0.0.1") > -
	LINES
}

test_limits()
{
	local i

	for ((i = 0; i < 4093; i++)); do
		echo "group add sw0 g$i type mac"
	done > "$TMP/groups"
	try ctl -b "$TMP/groups"
	refused "maximum of 4096 groups" ctl group add sw0 last type ip
	expect 4096 "$(ctl -j group show sw0 | jrow -c)" "groups"
	sed 's/add/del/; s/ type mac//' "$TMP/groups" > "$TMP/gone"
	try ctl -b "$TMP/gone"
	expect 3 "$(ctl -j group show sw0 | jrow -c)" "groups left"
	refused "." ctl group add sw0 "$(printf 'x%.0s' {1..32})" type ip
	try ctl group add sw0 "$(printf 'x%.0s' {1..31})" type ip
	try ctl group del sw0 "$(printf 'x%.0s' {1..31})"
}

# As many lengths of prefixes as a group's lookup may take steps.
test_lengths()
{
	local length

	for ((length = 1; length <= 33; length++)); do
		echo "::/$length"
	done > "$TMP/lengths"
	try ctl group flush sw0 ips
	try ctl group member add sw0 ips file "$TMP/lengths"
	refused "Group has prefixes of 33 lengths already" ctl group member add sw0 ips ::/34
	expect 33 "$(members ips)" "members, each of another length"
	try ctl group member add sw0 ips 2001::/33 10.0.0.0/8
	try ctl group member del sw0 ips 2001::/33 ::/33
	try ctl group member add sw0 ips ::/34
	try ctl group flush sw0 ips
}

tests_run test_add_and_del test_overlapping_prefixes test_overlapping_ranges test_all_or_nothing \
	test_in_use test_many test_lengths test_limits
