#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# What cvswitch-ctl does with the kernel's answers: files of commands, JSON, names, events that are
# lost, lists that change while they are read, namespaces, colours.
#
#	h1 -- p1 +-----+
#	         | sw0 |
#	h2 -- p2 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup() { topology 2; }

# entries FIRST LAST: a file of commands that adds as many addresses.
entries()
{
	local i

	for ((i = $1; i <= $2; i++)); do
		printf 'fdb add sw0 02:00:01:%02x:%02x:%02x port p2\n' \
			$((i >> 16)) $((i >> 8 & 255)) $((i & 255))
	done
}

# What comes before the line that is refused stays, what comes behind it isn't tried.
test_batch_stops_at_the_first_error()
{
	local out rc=0

	cat > "$TMP/batch" <<-EOF
		# two that work
		port set p1 isolated on
		port set p2 isolated on   # the second

		fdb add sw0 $(mac 9) port lo
		port set p1 isolated off
	EOF
	out=$(ctl -b - 2>&1 < "$TMP/batch") || rc=$?
	expect 1 "$rc" "exit status"
	expect 'cvswitch-ctl: standard input:5: 02:00:00:00:00:09 of sw0: Device is not a port of this switch (EINVAL)' \
		"$out" "output"
	expect "true true" "$(port p1 isolated) $(port p2 isolated)" "isolation of both ports"
	try ctl port set p1 isolated off
	try ctl port set p2 isolated off
}

test_refusals_exit_1_without_output()
{
	local out rc=0

	out=$(ctl -j port add sw0 p1 2>/dev/null) || rc=$?
	expect 1 "$rc" "exit status"
	expect '' "$out" "standard output"
	refused '^cvswitch-ctl: switch nope: No such device \(ENODEV\)$' ctl switch del nope
	refused '^cvswitch-ctl: device nope: No such device \(ENODEV\)$' ctl port show nope
	refused '^cvswitch-ctl: port lo: Device is not a port of this switch \(EINVAL\)$' \
		ctl vlan show sw0 lo
}

# Each prints one document, whatever there is to print.
test_json_is_json()
{
	local command

	for command in '' show 'switch show' 'switch show sw0 stats' 'port show' 'port show p1' \
		'port show sw0 host stats' 'vlan show' 'vlan show p1' 'fdb show' 'fdb show sw0 sticky' \
		'stats show' 'stats show p1' drops 'drops p2' "fdb get sw0 $SW_MAC"; do
		# shellcheck disable=SC2086	# words
		{ ctl -j $command; ctl -p $command; } | jq -es \
			'length == 2 and (map(del(.. | .age?)) | .[0] == .[1])' >/dev/null ||
			fail "-j and -p $command"
	done
	for command in '' 'switch show' 'port show' 'vlan show' 'fdb show' 'stats show' drops; do
		# shellcheck disable=SC2086	# words
		expect '[]' "$(cvswitch-ctl -n "$h1" -j $command)" "-j $command without a switch"
	done
	expect null "$(switch stats)" "counters that nobody asked for"
}

# The host's port, by either of its names; a port, with and without its switch.
test_names_of_ports()
{
	local name

	for name in 'sw0 host' 'sw0 sw0'; do
		# shellcheck disable=SC2086	# two words
		expect sw0 "$(ctl -j port show $name | jq -r '.[].name')" "port show $name"
	done
	expect p1 "$(ctl -j port show p1 | jq -r '.[].name')" "port show p1"
	expect 3 "$(ctl -j port show sw0 | jq length)" "ports of sw0"
	try ctl port set sw0 isolated on
	expect true "$(port sw0 isolated)" "isolation of the host's port"
	try ctl port set sw0 isolated off
	ipsw link set p2 down
	ipsw link set p2 name renamed
	expect "$(ifindex renamed)" "$(port renamed ifindex)" "number of a renamed port"
	ctl port show sw0 | grep -q '^  renamed  *down ' || fail "a renamed port: $(ctl port show sw0)"
	ipsw link set renamed name p2
	ipsw link set p2 up
}

# An address that somebody chose is left alone by udev; it is valid, and not always the same.
test_chosen_address()
{
	local first second

	first=$(ctl -j switch add sw1 up | jq -r 'select(.up) | .address')
	second=$(ctl -j switch add sw2 | jq -r 'select(.up | not) | .address')
	[[ $first =~ ^.[26ae]: && $second =~ ^.[26ae]: ]] || fail "addresses $first and $second"
	[ "$first" != "$second" ] || fail "both switches have the address $first"
	expect 3 "$(ipsw -j link show dev sw1 | jq -r '.[0] | select(.flags | index("UP")) | 3')" "sw1 up"
	try ctl switch del sw1
	try ctl switch del sw2
}

test_text_sums_up()
{
	local out

	announce 1 2
	out=$(ctl stats show sw0 | sed -n 's/^  balance: \(.*\)/\1/p' | tr -d ,)
	[[ $out =~ ^([0-9]+)\ received\ \+\ ([0-9]+)\ copies\ =\ ([0-9]+)\ sent\ \+\ ([0-9]+)\ dropped$ ]] ||
		fail "balance: $out"
	expect $((BASH_REMATCH[1] + BASH_REMATCH[2])) $((BASH_REMATCH[3] + BASH_REMATCH[4])) "sum"
}

test_flush_counts()
{
	try ctl fdb flush sw0 all
	try ctl -b <(entries 1 30)
	try ctl fdb add sw0 "$(mac 0x500)" port p2 sticky
	expect 'sw0: 0 entries removed' "$(ctl fdb flush sw0 port p1 static)" "flush of the other port"
	expect '{"count":1}' "$(ctl -j fdb flush sw0 sticky)" "flush of one kind"
	announce 1
	expect 'sw0: 31 entries removed' "$(ctl fdb flush sw0 all)" "flush of everything"
	expect '' "$(fdb)" "entries left"
}

# The kernel sends nothing more until all that it had sent before is read.
event_arrives()
{
	try ctl fdb add sw0 "$(mac 0x600)" port p2
	try ctl fdb del sw0 "$(mac 0x600)"
	sleep 1
	grep -q "$(mac 0x600)" "$TMP/monitor"
}

# A monitor that doesn't read misses events, and says so when it reads again.
test_monitor_says_what_it_lost()
{
	monitor fdb
	kill -STOP "${BG_PID[monitor]}"
	try ctl -b <(entries 1 8000)
	try ctl fdb flush sw0 static
	kill -CONT "${BG_PID[monitor]}"
	busywait 120 grep -q '"type":"lost"' "$TMP/monitor" || fail "nothing was lost"
	busywait 120 event_arrives || fail "no event after the loss"
	jq -e . "$TMP/monitor" >/dev/null || fail "a line that isn't JSON"
	reap monitor
}

# Who left is still called by its name.
test_monitor_knows_who_left()
{
	monitor config
	ipsw link add d0 type dummy
	try ctl port add sw0 d0
	ipsw link del d0
	busywait 5 grep -q '"type":"port-del"' "$TMP/monitor" || fail "no event"
	expect "d0 sw0" "$(jq -r 'select(.type == "port-del") | "\(.name) \(.switch)"' "$TMP/monitor")" \
		"names in the event"
	reap monitor
}

change_until_told()
{
	until [ -e "$TMP/stop" ]; do
		ctl -b <(entries 30000 30020) && ctl -b <(entries 30000 30020 | sed 's/ add/ del/; s/ port.*//')
	done >/dev/null 2>&1
}

# A list that changes all the time is printed nevertheless, with a warning at most.
test_list_that_changes()
{
	local i said count

	try ctl -b <(entries 1 8000)
	rm -f "$TMP/stop"
	change_until_told &
	for i in 1 2 3; do
		count=$(ctl -j fdb show sw0 static 2>"$TMP/said" | jq length)
		expect_range 7900 8200 "$count" "entries in list $i"
		said=$(cat "$TMP/said")
		[ -z "$said" ] || [[ $said = 'cvswitch-ctl: warning: the table changed '* ]] ||
			fail "list $i: $said"
	done
	touch "$TMP/stop"
	wait $!
	expect 8000 "$(ctl -j fdb show sw0 static 2>&1 | jq length)" "entries when all is quiet"
	try ctl fdb flush sw0 all
}

on_terminal() { env -u NO_COLOR TERM=xterm script -qec "$*" /dev/null | grep -c $'\033'; }

test_colour_only_on_a_terminal()
{
	expect 0 "$(env -u NO_COLOR cvswitch-ctl -n "$sw" | grep -c $'\033')" "colours in a pipe"
	[ "$(on_terminal cvswitch-ctl -n "$sw")" -gt 0 ] || fail "no colours on a terminal"
	expect 0 "$(on_terminal env NO_COLOR=1 cvswitch-ctl -n "$sw")" "colours with NO_COLOR"
	expect 0 "$(on_terminal cvswitch-ctl -n "$sw" -j)" "colours in JSON"
}

# What a port has dropped is still told when it has left.
test_drops_of_who_left()
{
	local told

	blast h1 3 src=mcast dst=bcast
	expect '["p1",3]' "$(ctl -j drops | jq -c '.[] | select(.reason == "invalid-source") |
		[.port, .frames]')" "drops while the port is there"
	try ctl port del p1
	told=$(ctl -j drops | jq -c '.[] | select(.reason == "invalid-source") | [.port, .frames]')
	expect '[null,3]' "$told" "drops when the port has left"
	ctl drops | grep -q '^ *3  (left) *in *invalid-source ' || fail "as text: $(ctl drops)"
	ctl stats | grep -q '^  all: with what ports that have left' || fail "totals: $(ctl stats)"
	expect 0 "$(ctl -j drops p2 | jq length)" "drops of the other port"
}

# What JSON says of a port's addresses makes the same ones again.
test_bindings()
{
	local said words

	try ctl port set p2 mac "$(mac 2)" mac "$(mac 3)" ip 192.0.2.0/30 ip 2001:db8::1 dhcp-server on
	said=$(ctl -j port show p2 | jq -c '.[0] | [.binding, .identity, ."dhcp-server", .router]')
	expect "[[{\"mac\":\"$(mac 2)\"},{\"mac\":\"$(mac 3)\"},{\"ip\":\"192.0.2.0\",\"len\":30},{\"ip\":\"2001:db8::1\",\"len\":128}],true,true,false]" \
		"$said" "what JSON says"
	words=$(ctl -j port show p2 |
		jq -r '.[0].binding[] | if .mac then "mac \(.mac)" else "ip \(.ip)/\(.len)" end')
	try ctl port set p2 unbound dhcp-server off
	expect '[[],false]' "$(ctl -j port show p2 | jq -c '.[0] | [.binding, .identity]')" "unbound"
	try ctl port set p2 identity on
	try ctl port set p2 unbound
	expect '[[],true]' "$(ctl -j port show p2 | jq -c '.[0] | [.binding, .identity]')" \
		"a guard without addresses, unbound"
	try ctl port set p2 identity off
	# shellcheck disable=SC2086	# words
	try ctl port set p2 $words dhcp-server on
	expect "$said" "$(ctl -j port show p2 |
		jq -c '.[0] | [.binding, .identity, ."dhcp-server", .router]')" "what was made of it"
	ctl port show sw0 | grep -q "  mac $(mac 2), mac $(mac 3), ip 192.0.2.0/30, ip 2001:db8::1, dhcp-server on\$" ||
		fail "as text: $(ctl port show sw0)"
	refused "^cvswitch-ctl: port p2: '03:00:00:00:00:01': Address is a group address or zero" \
		ctl port set p2 isolated on mac "$(mac 2)" mac 03:00:00:00:00:01
	expect "$said" "$(ctl -j port show p2 |
		jq -c '.[0] | [.binding, .identity, ."dhcp-server", .router]')" "after a refusal"
	try ctl port set p2 unbound dhcp-server off
}

test_rule_by_handle()
{
	try ctl profile add sw0 web
	try ctl acl add sw0 web ingress arp accept
	try ctl acl add sw0 web egress ip accept
	expect 'egress 1' "$(ctl -j acl show sw0 web handle 2 | jq -r '.[] | "\(.direction) \(.index)"')" \
		"the rule with handle 2"
	ctl acl show sw0 web handle 2 | grep -q '^rule *egress ip accept$' ||
		fail "as text: $(ctl acl show sw0 web handle 2)"
	refused '^cvswitch-ctl: profile web of sw0: .*ENOENT' ctl acl show sw0 web handle 3
	try ctl profile del sw0 web
}

cost_in_json()
{
	ctl -j acl cost sw0 "$@" |
		jq -c '.[] | [.switch, .profile, .budget, .ingress.rules, .egress.rules]' | xargs
}

# What it says is what profile show says, beside what the switch allows.
test_cost()
{
	local steps

	ctl acl cost sw0 | grep -q '^sw0: 0 profiles, a frame may take 2,048 steps ' ||
		fail "as text, without profiles: $(ctl acl cost sw0)"
	expect '[]' "$(ctl -j acl cost sw0)" "without profiles"
	try ctl profile add sw0 web
	try ctl profile add sw0 db
	seq -f 'ingress ip saddr 192.0.2.%g tcp dport 1-99 accept' 200 > "$TMP/rules"
	echo 'egress arp accept' >> "$TMP/rules"
	try ctl profile load sw0 web "$TMP/rules"
	expect '[sw0,db,2048,0,0] [sw0,web,2048,200,1]' "$(cost_in_json)" "profiles"
	expect '[sw0,web,2048,200,1]' "$(cost_in_json web)" "one profile"
	steps='[."ingress-steps", ."egress-steps", .memory]'
	expect "$(ctl -j profile show sw0 web | jq -c ".[] | $steps")" \
		"$(ctl -j acl cost sw0 web | jq -c '.[] | [.ingress.steps, .egress.steps, .memory]')" \
		"steps and memory"
	steps=$(ctl -j acl cost sw0 web | jq '.[].ingress.steps')
	expect_range 2 200 "$steps" "steps for one of 200 rules"
	ctl acl cost sw0 | grep -qE "^  web +200 +$steps +1 +1 +[0-9,]+\$" ||
		fail "as text: $(ctl acl cost sw0)"
	# What the switch allows is what this says.
	try ctl switch set sw0 acl-budget "$steps"
	try ctl acl add sw0 db ingress arp accept
	expect "$steps" "$(ctl -j acl cost sw0 db | jq '.[].budget')" "the switch's budget"
	try ctl profile load sw0 db "$TMP/rules"
	try ctl switch set sw0 acl-budget $((steps - 1))
	refused "could take $steps steps, the switch allows $((steps - 1)) " ctl profile load sw0 db "$TMP/rules"
	try ctl switch set sw0 acl-budget 16384
	refused 'switch sw0: .* out of range .*at acl-budget' ctl switch set sw0 acl-budget 16385
	try ctl switch set sw0 acl-budget 2048
	refused '^cvswitch-ctl: profile x of sw0: .*ENOENT' ctl acl cost sw0 x
	refused '^cvswitch-ctl: switch nosw: No such device' ctl acl cost nosw
	refused '^cvswitch-ctl: p1: ' ctl acl cost p1
	try ctl profile del sw0 web
	try ctl profile del sw0 db
}

tests_run test_batch_stops_at_the_first_error test_refusals_exit_1_without_output \
	test_json_is_json test_names_of_ports test_chosen_address test_text_sums_up \
	test_flush_counts test_monitor_says_what_it_lost test_monitor_knows_who_left \
	test_list_that_changes test_bindings test_rule_by_handle test_cost \
	test_colour_only_on_a_terminal test_drops_of_who_left
