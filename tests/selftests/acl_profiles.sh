#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
#
# Profiles: all ports that have one change at once, no frame meets a mix of old rules and new ones, and
# no frame passes a port before its profile is there; whatever ends while frames meet them. Ports are 500
# at once, on a debug kernel, where each takes ten times as long, 50, as often as they are 150 in sum.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+ q1 .. q500 -- e1 .. e500 (in namespace "many")

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

MANY=500
TIMES=1
! on_uml || MANY=50 TIMES=3
LOADS=200
many=''

cleanup() { loaded || "$CVS_TOP/scripts/load" "$CVS_KO"; }

setup()
{
	[ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"
	printf '%s show sw0\n' profile acl group > "$TMP/everything"
	acl_topology 3
	players h1 h2 h3
	play <<-LINES
		ctl acl add sw0 out egress accept
	LINES
}

# Both sets drop UDP and TCP alike, the one by its first rule and the other by its last: the first half
# of the one with the second half of the other would let either pass. What they have in common keeps its
# number, and counts every frame that was sent; in the middle a frame begins to look for a rule again.
rule_files()
{
	local i

	for i in $(seq 100); do
		echo "ingress ip saddr 198.51.100.$i drop"
	done > "$TMP/fill"
	{
		echo "ingress ip saddr 192.0.2.1 continue comment \"all\""
		echo "ingress udp drop"
		head -n 50 "$TMP/fill"
		echo "ingress ip saddr 192.0.2.0/24 continue"
		tail -n 50 "$TMP/fill"
		echo "ingress udp accept"
		echo "ingress tcp drop"
	} > "$TMP/one"
	{
		echo "ingress ip saddr 192.0.2.1 continue comment \"all\""
		echo "ingress tcp drop"
		head -n 50 "$TMP/fill"
		echo "ingress ip saddr 192.0.2.0/24 continue"
		tail -n 50 "$TMP/fill"
		echo "ingress udp drop"
		echo "ingress tcp accept"
	} > "$TMP/other"
}

# common KEY: of the rule that both sets have.
common() { ctl -j acl show sw0 in ingress | jrow rule.comment=all "$1"; }

test_no_mix()
{
	local i handle sent begin

	rule_files
	for ((i = 0; i < LOADS; i += 2)); do
		echo "profile load sw0 in $TMP/one"
		echo "profile load sw0 in $TMP/other"
	done > "$TMP/loads"
	try ctl profile load sw0 in "$TMP/other"
	handle=$(common handle)
	spawn count framecount h2="$h2/eth0" h3="$h3/eth0"
	floods flood h1 "ip()" "ip(tcp())"
	begin=$(date +%s%N)
	try ctl -b "$TMP/loads"
	note "$LOADS loads of 105 rules in $((($(date +%s%N) - begin) / 1000000)) ms"
	sent=$(flooded flood)
	reap count
	note "$sent frames"
	expect_range 1000 100000000 "$sent" "frames sent"
	expect "h2 frames=0 bytes=0 tagged=0
h3 frames=0 bytes=0 tagged=0" "$(grep frames= "$TMP/count")" "frames that met a mix"
	expect "$handle $sent" "$(common handle) $(common frames)" "number and frames of the common rule"
	expect 105 "$(ctl -j acl show sw0 in ingress | jrow -c)" "rules"
	expect $((LOADS + 1)) "$(ctl -j profile show sw0 in | jrow generation)" "generation"
	# The opposite, to see that what should pass is seen.
	try ctl acl add sw0 in at 1 ingress tcp accept
	play <<-LINES
		send h1 ip(tcp()) > h2 h3
		send h1 ip() > -
	LINES
	try ctl acl del sw0 in ingress 1
}

# What is the same rule keeps number and counters, wherever it moves to; what isn't, doesn't.
test_counters_survive()
{
	cat > "$TMP/before" <<-'RULES'
		# three
		ingress udp dport 53 accept comment "dns"

		ingress tcp dport 80 accept
		ingress tcp dport 80 accept
		egress accept
	RULES
	cat > "$TMP/after" <<-'RULES'
		ingress tcp dport 80 accept
		ingress arp accept
		ingress udp dport 53 accept comment "dns"
		ingress udp dport 54 accept comment "dns"
		egress accept
	RULES
	try ctl profile load sw0 in "$TMP/before"
	play <<-LINES
		send h1 ip() > h2 h3
		send h1 ip(tcp()) > h2 h3
		send h1 ip(tcp()) > h2 h3
	LINES
	ctl -j acl show sw0 in ingress | jrow handle frames > "$TMP/old"
	try ctl profile load sw0 in "$TMP/after"
	ctl -j acl show sw0 in ingress | jrow handle frames > "$TMP/new"
	expect "$(sed -n 1p "$TMP/old")" "$(sed -n 3p "$TMP/new")" "the rule that moved back"
	grep -qx "$(sed -n 1p "$TMP/new")" "$TMP/old" || fail "the rule that moved ahead is new"
	expect 2 "$(sed -n 1p "$TMP/new" | cut -d' ' -f2)" "frames of the rule that moved ahead"
	expect "0 0" "$(sed -n '2p;4p' "$TMP/new" | cut -d' ' -f2 | xargs)" "frames of new rules"
	expect 4 "$(cut -d' ' -f1 "$TMP/new" | sort -u | grep -c .)" "numbers"
}

everything() { ctl -j -b "$TMP/everything"; }

# What can't be done in whole isn't done at all, whoever notices.
test_failing_load()
{
	try ctl group add sw0 g type ip 192.0.2.0/24
	everything > "$TMP/state"
	cp "$TMP/one" "$TMP/wrong"
	echo "ingress ip saddr 192.0.2.1/24 accept" >> "$TMP/wrong"
	refused "wrong:106:18: " ctl profile load sw0 in "$TMP/wrong"
	sed -i '$ d' "$TMP/wrong"
	echo "ingress ip saddr @nogroup accept" >> "$TMP/wrong"
	refused "wrong:106:18: No such group" ctl profile load sw0 in "$TMP/wrong"
	sed -i '$ d' "$TMP/wrong"
	echo "ingress ether saddr @g accept" >> "$TMP/wrong"
	refused "wrong:106:.*another type" ctl profile load sw0 in "$TMP/wrong"
	sed -i '$ d' "$TMP/wrong"
	echo "sideways accept" >> "$TMP/wrong"
	refused "wrong:106:1: " ctl profile load sw0 in "$TMP/wrong"
	refused "No such profile" ctl profile load sw0 noprofile "$TMP/one"
	everything > "$TMP/now"
	cmp -s "$TMP/state" "$TMP/now" || fail "something has changed: $(diff "$TMP/state" "$TMP/now" | head -n 4)"
	try ctl group del sw0 g
}

# At many ports at once, in both directions.
test_one_at_many_ports()
{
	local i got=0

	setup_ns many
	try ctl profile add sw0 deny tier default ingress-default drop egress-default drop
	for ((i = 1; i <= MANY; i++)); do
		echo "link add q$i type veth peer name e$i netns $many"
		echo "link set q$i up"
		echo "port set q$i limit-broadcast off limit-unicast off default-profile deny" >&3
	done > "$TMP/links" 3> "$TMP/settings"
	sed "s/set \(q[0-9]*\) .*/add sw0 \1 limit-broadcast off limit-unicast off default-profile deny/" \
		"$TMP/settings" > "$TMP/join"
	sed 's/set \(q[0-9]*\) .*/del \1/' "$TMP/settings" > "$TMP/leave"
	try ipsw -batch "$TMP/links"
	for ((i = 1; i <= MANY; i++)); do
		echo "link set e$i up"
	done > "$TMP/links"
	try ip -n "$many" -batch "$TMP/links"
	try ctl -b "$TMP/join"
	busywait 10 ports_forward $((MANY + 3)) || fail "ports that forward: $(ctl_count_forwarding)"
	expect "$MANY" "$(ctl -j profile show sw0 deny | jrow port-count)" "ports that have the profile"

	blasts
	expect 0 "$(arrived)" "frames that were denied"
	try ctl profile set sw0 deny ingress-default accept
	busywait 10 has_arrived || fail "no frame arrives that is accepted"
	try ctl profile set sw0 deny ingress-default drop
	expect 0 "$(reached)" "frames that were denied to those ports"
	# On a slow machine a moment may be over before anybody sends.
	for ((i = 1; i <= 10 && got == 0; i++)); do
		blasts
		try ctl profile set sw0 deny egress-default accept
		sleep "0.$i"
		try ctl profile set sw0 deny egress-default drop
		got=$(reached)
	done
	expect_range 1 100000000 "$got" "frames that were accepted"
}

# All of them send what is flooded to h2, and h3 what is flooded to them.
blasts()
{
	local i from=() rx=()

	for ((i = 1; i <= MANY; i++)); do
		from+=("h$i=$many/e$i")
		rx+=("e$i=$many/e$i")
	done
	try ctl port set p2 flood-unicast off
	spawn count framecount "${rx[@]}"
	SO_FAR=$(counter p2 tx-frames)
	launch blast framegen -b 4 -n 100000000 "${from[@]}" -- dst=bcast
	launch downward framegen -r $((25000 / MANY)) -b 4 -n 100000000 h300="$h3/eth0" -- dst=unknown src=0x300
	sleep 1
}

# Frames that h2 got since.
arrived() { echo $(($(counter p2 tx-frames) - SO_FAR)); }
has_arrived() { [ "$(arrived)" -gt 0 ]; }

# End it; frames that they got.
reached()
{
	reap blast
	reap downward
	reap count
	ctl port set p2 flood-unicast on
	sed -n 's/^e.* frames=\([0-9]*\) .*/\1/p' "$TMP/count" | awk '{ n += $1 } END { print n + 0 }'
}

# A port is born with its profile: no frame is quicker.
test_born_closed()
{
	local i

	blasts
	for ((i = 0; i < TIMES; i++)); do
		try ctl -b "$TMP/leave"
		try ctl -b "$TMP/join"
	done
	note "$((TIMES * MANY)) ports were born among frames"
	expect $((MANY + 3)) "$(ctl_count_forwarding)" "ports that forward"
	seen_at_all
	expect 0 "$(arrived)" "frames that were quicker than their port's profile"
	expect 0 "$(went_down)" "frames to those ports that were quicker"
	# By two commands some are, and it is seen.
	head -n 50 "$TMP/leave" > "$TMP/some"
	try ctl -b "$TMP/some"
	sed 's/ default-profile.*//' "$TMP/join" | paste -d '\n' - "$TMP/settings" | head -n 100 > "$TMP/two"
	try ctl -b "$TMP/two"
	expect_range 1 100000000 "$(arrived)" "frames that were quicker than the second command"
	expect_range 1 100000000 "$(reached)" "frames that were quicker to their port"
}

went_down() { ctl -j stats show sw0 | jrow port tx-frames | awk '/^q/ { n += $2 } END { print n + 0 }'; }
goes_down() { [ "$(counter "q$MANY" tx-frames)" -gt 0 ]; }

# Each of them met frames in these moments, which were denied.
seen_at_all() { busywait 20 drops_at_all || fail "ports where no frame was denied: $(quiet_ports)"; }
drops_at_all() { [ -z "$(quiet_ports)" ]; }
quiet_ports() { ctl -j stats show sw0 | jrow port drops | awk '/^q/ && $2 < 10 { print $1 }'; }

# Without profiles, in a closed switch, by ip link.
test_born_closed_by_policy()
{
	local i

	try ctl -b "$TMP/leave"
	ctl -b - > /dev/null <<-CTL || fail "cannot close the switch"
		profile add sw0 all ingress-default accept egress-default accept
		port set p3 tenant-profile all
		switch set sw0 policy closed
	CTL
	for ((i = 1; i <= MANY; i++)); do
		echo "link set q$i master sw0"
	done > "$TMP/enslave"
	sed 's/master sw0/nomaster/' "$TMP/enslave" > "$TMP/release"
	blasts
	for ((i = 1; i < TIMES; i++)); do
		try ipsw -batch "$TMP/enslave"
		try ipsw -batch "$TMP/release"
	done
	try ipsw -batch "$TMP/enslave"
	note "$((TIMES * MANY)) ports were born among frames"
	seen_at_all
	expect 0 "$(arrived)" "frames that passed a port without a profile"
	reap blast
	try ctl switch set sw0 policy open
	busywait 10 goes_down || fail "no frame passes in an open switch"
	expect_range 1 100000000 "$(reached)" "frames to those ports in an open switch"
	try ipsw -batch "$TMP/release"
	try ctl port set p3 tenant-profile none
	try ctl profile del sw0 all
}

test_in_use()
{
	refused "in use at 1 " ctl profile del sw0 in
	try ctl port set p3 tenant-profile in
	refused "in use at 2 " ctl profile del sw0 in
	try ctl port set p3 tenant-profile none
	try ctl port del p1
	try ctl profile del sw0 in
	expect "deny out" "$(ctl -j profile show sw0 | jrow -S name | xargs)" "profiles"
	try ctl port add sw0 p1
	expect null "$(port p1 tenant-profile)" "profile of a port that comes again"
	refused "No such profile" ctl port set p1 tenant-profile in
	refused "No such profile" ctl port add sw0 q1 tenant-profile in
	expect null "$(link q1 .master)" "master of a device that was not let in"
}

# Rules with groups, in both directions.
busy()
{
	ctl -b - > /dev/null <<-CTL || fail "cannot configure the profile"
		group add sw0 busy-ips type ip 192.0.2.0/24 2001:db8::/32
		group add sw0 busy-ports type port 1-1000
		profile add sw0 busy
		acl add sw0 busy ingress ip saddr @busy-ips udp dport @busy-ports log accept
		acl add sw0 busy ingress ip saddr @busy-ips tcp dport @busy-ports reject
		acl add sw0 busy egress ip daddr @busy-ips accept
		port set p1 tenant-profile busy
		port set p2 tenant-profile busy
	CTL
	busywait 10 meets || fail "no frame meets the rules"
}
meets() { [ "$(ctl -j acl show sw0 busy ingress | jrow index=1 frames)" != 0 ]; }

# From here on frames come to p1 and p2, whatever becomes of them.
test_port_goes()
{
	local i

	floods flood1 h1 "ip()" "ip(tcp())" "ip(icmp())" "ip6()"
	floods flood2 h2 "ip()" "ip(tcp())" "eth(ip6(), src=2)"
	busy
	for ((i = 0; i < 5; i++)); do
		echo "port del p1"
		echo "port add sw0 p1 tenant-profile busy"
	done > "$TMP/again"
	try ctl -b "$TMP/again"
	expect 2 "$(ctl -j profile show sw0 busy | jrow port-count)" "ports"
	try ctl port del p1
	try ctl port set p2 tenant-profile none
	try ctl profile del sw0 busy
	try ctl group del sw0 busy-ips
	try ctl group del sw0 busy-ports
	try ctl port add sw0 p1
}

# The switch itself, with all that it has.
test_switch_goes()
{
	busy
	try ctl switch del sw0
	rejoin p1 p2 p3
	expect "" "$(ctl -j profile show sw0 | jrow name)" "profiles of a new switch"
	expect "" "$(ctl -j group show sw0 | jrow name)" "groups of a new switch"
}

test_module_goes()
{
	busy
	unload_cleanly p1 p2 p3
}

test_namespace_goes()
{
	rejoin p1 p2 p3
	busy
	cleanup_all_ns
	reap flood1 KILL
	reap flood2 KILL
	busywait 30 is 0 cat /sys/module/cvswitch/refcnt ||
		fail "users of the module: $(cat /sys/module/cvswitch/refcnt)"
}

tests_run test_no_mix test_counters_survive test_failing_load test_one_at_many_ports \
	test_born_closed test_born_closed_by_policy test_in_use test_port_goes test_switch_goes \
	test_module_goes test_namespace_goes
