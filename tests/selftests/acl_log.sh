#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# What rules with "log" tell those who listen: which frame met which rule where; not more often than is
# good, and how many were not told.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

setup()
{
	acl_topology 3
	ctl -b - > /dev/null <<-CTL || bail "cannot configure the profiles"
		acl add sw0 in ingress ip saddr 192.0.2.0/24 log comment "all of us" continue
		acl add sw0 in ingress udp log accept
		acl add sw0 in ingress tcp accept
		acl add sw0 in ingress arp log reject
		acl add sw0 in ingress ether type 0x88b5 log comment "many" drop
		acl add sw0 out egress udp dport 53 log drop
		acl add sw0 out egress accept
	CTL
	players h1 h2 h3
	monitor acl
}

lines() { grep -c '^{' "$TMP/monitor"; }
told() { [ "$(lines)" -ge "$1" ]; }

# event N KEY...: of the Nth event.
event()
{
	local n=$1
	shift

	busywait 5 told "$n" || fail "no event $n: $(cat "$TMP/monitor")"
	sed -n "${n}p" "$TMP/monitor" | jrow "$@"
}

# frame EXPRESSION: its bytes, in hexadecimal.
frame()
{
	python3 -c "import sys; sys.path.insert(0, sys.argv[1]); from aclprobe import *
print(eth($1).hex())" "${BASH_SOURCE[0]%/*}/lib"
}

# For each rule that matched, in order: the first that only counts, the one that decides, and the one
# where it was to leave.
test_fields()
{
	local in out

	in=$(ctl -j acl show sw0 in ingress | jrow handle | xargs)
	out=$(ctl -j acl show sw0 out egress | jrow index=1 handle)
	play <<-LINES
		send h1 raw(ip()) > h3
	LINES
	expect "sw0 p1 ingress in ${in%% *} continue 46 0 0" \
		"$(event 1 switch port direction profile handle verdict length vlan lost)" "first event"
	expect "all of us" "$(event 1 comment)" "comment"
	expect "sw0 p1 ingress in $(cut -d' ' -f2 <<<"$in") accept null" \
		"$(event 2 switch port direction profile handle verdict comment)" "second event"
	expect "sw0 p2 p1 egress out $out drop 46" \
		"$(event 3 switch port in-port direction profile handle verdict length)" "third event"
	expect "$(frame "ip()")" "$(event 3 header | tr -d ': ')" "header bytes"
	play <<-LINES
		send h1 ip(tcp(), s="198.51.100.1") > h2 h3
		send h1 arp() > -
	LINES
	expect "p1 $(cut -d' ' -f4 <<<"$in") reject" "$(event 4 port handle verdict)" "fourth event"
	sleep 0.2
	expect 4 "$(lines)" "events"
}

# Of a long frame the first 128 bytes.
test_long_frame()
{
	local want

	: > "$TMP/monitor"
	want=$(frame 'ip(udp(54, data=bytes(range(256))), s="198.51.100.1")')
	play <<-LINES
		send h1 raw(ip(udp(54, data=bytes(range(256))), s="198.51.100.1")) > h2 h3
	LINES
	expect "298 ${want:0:256}" "$(event 1 length header | tr -d ':')" "length and header bytes"
}

test_vlan()
{
	: > "$TMP/monitor"
	play <<-LINES
		send h1 eth(ip(udp(54), s="198.51.100.1"), tags=[10]) > h2 h3
		ctl switch set sw0 vlan-aware on
		ctl vlan add p1 11
		send h1 eth(ip(udp(54), s="198.51.100.1"), tags=[11]) > -
		ctl switch set sw0 vlan-aware off
	LINES
	expect 10 "$(event 1 vlan)" "VLAN of the tag"
	expect 11 "$(event 2 vlan)" "VLAN of the frame"
}

# As many as are good; of the others, how many they were.
test_limit()
{
	local n lost

	if on_uml; then
		skip "frames come too slowly to be too many"
		return
	fi
	: > "$TMP/monitor"
	play <<-LINES
		count in ingress 5 0
	LINES
	blast h1 20000 src=1 dst=2
	sleep 1.1
	blast h1 1 src=1 dst=2
	busywait 5 all_told || fail "told $(lines) events and $(lost) lost, of 20001"
	n=$(lines)
	lost=$(lost)
	expect_range 900 15000 "$n" "events told"
	expect 20001 $((n + lost)) "events told and lost"
	play <<-LINES
		count in ingress 5 20001
	LINES
}
lost() { grep '^{' "$TMP/monitor" | jrow -s lost; }
all_told() { [ $(($(lines) + $(lost))) = 20001 ]; }

# Nobody has lost what nobody listened to.
test_nobody_listens()
{
	reap monitor
	blast h1 5000 src=1 dst=2
	monitor acl
	sleep 1.1
	blast h1 1 src=1 dst=2
	expect 0 "$(event 1 lost)" "lost while nobody listened"
	expect 1 "$(lines)" "events"
	reap monitor
}

# Those who listen to something else aren't told.
test_other_monitors()
{
	monitor config drops
	play <<-LINES
		send h1 ip() > h3
		ctl profile set sw0 in egress-default accept
	LINES
	busywait 5 grep -q '"egress-default":"accept"' "$TMP/monitor" || fail "no event of the profile"
	expect 0 "$(grep -c '"header"' "$TMP/monitor")" "events of rules"
	reap monitor
}

test_in_words()
{
	: > "$TMP/monitor"
	cvswitch-ctl -n "$sw" monitor acl > "$TMP/monitor" 2>&1 &
	BG_PID[monitor]=$!
	busywait 10 listens || fail "the monitor doesn't listen"
	play <<-LINES
		send h1 ip() > h3
	LINES
	busywait 5 grep -q 'egress at p2 of sw0: drop by rule .* of out: .*, from p1, ' "$TMP/monitor" ||
		fail "it says: $(cat "$TMP/monitor")"
	grep -q 'ingress at p1 of sw0: continue by rule .*, comment "all of us"' "$TMP/monitor" ||
		fail "it says: $(cat "$TMP/monitor")"
	reap monitor
}

tests_run test_fields test_long_frame test_vlan test_limit test_nobody_listens test_other_monitors \
	test_in_words
