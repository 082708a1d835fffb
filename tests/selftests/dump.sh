#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# What dump prints makes the same again: of a configuration that has everything, word for word, and of
# what is left when threads have configured at random.
#
#	p1 .. p6 +-----+ u0 ---------- u0 $far
#	         | sw0 |
#	         +-----+ sw1, sw2

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

SEED=${CVS_SEED:-$RANDOM}
ROUNDS=6
PORTS=(p1 p2 p3 p4 p5 p6)

setup()
{
	note "CVS_SEED=$SEED"
	modprobe -q dummy	# built into some kernels
	topology 6
	setup_ns far
	underlay
	delete_switches
}

# recreated: what is there now goes, and is made again from what was dumped; that is the same.
recreated()
{
	ctl dump > "$TMP/before" || fail "dump: status $?"
	delete_switches
	expect "" "$(ctl -j switch show | jrow name)" "switches"
	try ctl -b "$TMP/before"
	ctl dump > "$TMP/after" || fail "dump: status $?"
	sed -i '/^#/d' "$TMP/before" "$TMP/after"	# what can't be added again
	cmp -s "$TMP/before" "$TMP/after" ||
		fail "made again it is another: $(diff "$TMP/before" "$TMP/after" | head -n 20)"
}

# In the order and the words of dump: so it prints what was read.
write_everything()
{
	local i

	cat <<'CONFIG'
switch add sw0 address 02:00:00:00:00:fe ageing 100 vlan-aware on short-path off neigh-suppress on neigh-learning off neigh-ageing off neigh-port-max 5 policy closed acl-budget 4096
switch add sw1 address 02:00:00:00:01:fe

group add sw0 dns type ip 192.0.2.53 2001:db8::53 198.51.100.0/24
group add sw0 macs type mac 02:00:00:00:00:01
CONFIG
	echo "group add sw0 many type ip file {"
	for ((i = 0; i < 5000; i++)); do
		[ "$i" != 4096 ] || printf '}\ngroup member add sw0 many file {\n'
		echo "	10.$((i / 256)).$((i % 256)).0/26"
	done
	cat <<'CONFIG'
}
group add sw0 ports type port 53 1024-2047
group add sw0 unused type mac
profile add sw0 base tier default ingress-default next egress-default accept
profile add sw0 guard tier admin ingress-default next egress-default next
profile load sw0 guard {
	ingress ether saddr 02:66:00:00:00:00/ff:ff:00:00:00:00 log drop comment "a # \" and } of ours"
}
profile add sw0 web tier tenant ingress-default drop egress-default reject
profile load sw0 web {
	ingress ip saddr @dns udp dport @ports accept
	ingress ip6 daddr 2001:db8::/32 tcp dport 80-443 continue
	egress arp accept
	egress ip saddr @many icmp type echo-request accept
}
port set sw0 flood-unicast off admin-profile guard
port add sw0 p1 isolated on hairpin on bpdu-guard on learning off flood-unicast off flood-multicast off flood-broadcast off limit-unicast off limit-multicast 5 limit-broadcast 6 fdb-max off admin-profile guard tenant-profile web default-profile base mac 02:00:00:00:00:01 mac 02:00:00:00:00:11 ip 192.0.2.1 ip 2001:db8::/64 dhcp-server on router on
port add sw0 p2 tenant-profile web ip 192.0.2.2 identity off
port add sw0 p3
vlan add sw0 20
vlan del p1 1
vlan add p1 10 pvid untagged
vlan add p1 11-20
vlan add p1 100 untagged
vlan add p2 1 untagged
vlan add p2 2 pvid
vlan del p3 1
tunnel set sw0 local 198.51.100.1 port 8472 remote-max 100 source-port 40000-50000 ttl 3 dscp inherit df inherit checksum off source any learning off ignore-reserved 0xff device u0
vni add sw0 1010 vlan 10
vni add sw0 16777215 vlan 20
remote add sw0 198.51.100.2
remote add sw0 198.51.100.3 flood off fdb-max 7
neigh add sw0 192.0.2.1 02:00:00:00:00:01 vlan 10
neigh add sw0 2001:db8::1 02:00:00:00:00:01 vlan 10 router
fdb add sw0 02:00:00:00:00:01 port p1 vlan 10
fdb add sw0 02:00:00:00:00:05 remote 198.51.100.3 vlan 10
fdb add sw0 02:00:00:00:00:06 port host vlan 20
fdb add sw0 02:00:00:00:00:02 port p2 vlan 2 sticky
switch set sw0 fdb-max 1000 neigh-max 50 up

port add sw1 p4
tunnel set sw1 vni 0 local 198.51.100.1
CONFIG
}

test_everything()
{
	write_everything > "$TMP/config"
	try ctl -b "$TMP/config"
	ctl dump > "$TMP/dump" || fail "dump: status $?"
	cmp -s "$TMP/config" "$TMP/dump" || fail "dumped: $(diff "$TMP/config" "$TMP/dump" | head -n 20)"
	ctl dump sw1 > "$TMP/dump"
	expect "$(sed -n '/^switch add sw1/,/^$/p' "$TMP/config"; sed -n '/^port add sw1/,$p' "$TMP/config")" \
		"$(cat "$TMP/dump")" "one switch"
	recreated
	# What was learned, and counted, is no configuration.
	delete_switches
	expect "" "$(ctl dump 2>&1)" "dump of nothing"
}

test_wrong()
{
	refused '^cvswitch-ctl: switch nosw: No such device' ctl dump nosw
	printf '%s\n' "switch add sw0" "profile add sw0 p" "" "profile load sw0 p {" \
		"ingress accept" "ingress ip saddr 192.0.2.300 drop" "}" > "$TMP/batch"
	refused "^cvswitch-ctl: $TMP/batch:6:18: saddr: '192.0.2.300' is neither" ctl -b "$TMP/batch"
	try ctl switch del sw0
	expect $'  ingress ip saddr 192.0.2.300 drop\n                   ^' \
		"$(ctl -b "$TMP/batch" 2>&1 | tail -n 2)" "the line and the place that it shows"
	expect "0 0" "$(ctl -j profile show sw0 p | jrow ingress-count egress-count)" "rules"
	sed -i '1,3d; s/192.0.2.300/@nogroup/' "$TMP/batch"
	refused "^cvswitch-ctl: $TMP/batch:3:18: No such group" ctl -b "$TMP/batch"
	sed -i '$d' "$TMP/batch"
	refused "^cvswitch-ctl: $TMP/batch:1: there is no line of \}" ctl -b "$TMP/batch"
	printf '%s\n' "group add sw0 g type ip file {" "192.0.2.1 192.0.2.2" "  }  " \
		"group member del sw0 g file {" "192.0.2.2" " 192.0.2.3 192.0.2.1" "}" > "$TMP/batch"
	refused "^cvswitch-ctl: $TMP/batch:6:2: Not a member" ctl -b "$TMP/batch"
	expect 2 "$(ctl -j group show sw0 g | jrow member-count)" "members"
	delete_switches
}

# Names of devices may be anything.
test_names()
{
	try ipsw link set p1 down	# before 6.2, those that are up keep their names
	try ipsw link set p1 name '#"{'
	printf 'switch add "\\x22\xc3\xa4"\nport add "\\x22\xc3\xa4" "#\\"{"\n' > "$TMP/batch"
	try ctl -b "$TMP/batch"
	recreated
	expect 1 "$(ctl -j port show | jrow -c 'name=#"{')" "ports of that name"
	try ipsw link set '#"{' name p1
	try ipsw link set p1 up
	delete_switches
}

# What was left behind by settings that were changed later.
test_leftovers()
{
	printf '%s\n' "switch add sw0 vlan-aware on" "port add sw0 p1" "vlan add p1 10" \
		"fdb add sw0 02:00:00:00:00:05 port p1 vlan 10" "vlan del p1 10" \
		"tunnel set sw0 local 198.51.100.1" "vni add sw0 7 vlan 20" "remote add sw0 198.51.100.2" \
		"remote add sw0 198.51.100.3" "fdb add sw0 02:00:00:00:00:06 remote 198.51.100.2 vlan 20" \
		"vni del sw0 7" "tunnel set sw0 remote-max 1" "neigh add sw0 192.0.2.1 02:00:00:00:00:01 vlan 10" \
		"switch set sw0 vlan-aware off" "neigh add sw0 192.0.2.2 02:00:00:00:00:02" \
		"fdb add sw0 02:00:00:00:00:07 port p1 sticky" "profile add sw0 p" "profile load sw0 p {" \
		"ingress tcp dport 80 accept" "ingress udp dport 1-9 accept" "}" \
		"switch set sw0 acl-budget 1 fdb-max 1 neigh-max 1" > "$TMP/batch"
	try ctl -b "$TMP/batch"
	ctl dump > "$TMP/dump"
	expect 2 "$(grep -c '^# not in this VLAN any more: fdb add sw0 02:00:00:00:00:0[56]' "$TMP/dump")" \
		"addresses that can't be added"
	recreated
	delete_switches
}

test_random()
{
	local round lines=0

	for ((round = 0; round < ROUNDS; round++)); do
		rejoin "${PORTS[@]}"
		try timeout 60 ip netns exec "$sw" confstorm -k -s "$SEED$round" -t 1 -j 3 "${PORTS[@]}"
		recreated
		lines=$((lines + $(wc -l < "$TMP/before")))
	done
	note "$lines lines in $ROUNDS rounds"
	expect_range $((ROUNDS * 5)) 1000000 "$lines" "lines"
}

tests_run test_everything test_wrong test_names test_leftovers test_random
