#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 560
#
# A profile of 100,000 rules and a group of 100,000 addresses (a debug kernel has 2,000 and 20,000): what
# they take of time and memory is told, frames meet the rules that the model says they meet, and when
# they go, the memory comes back.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/acl.sh
. "$(dirname "$0")/lib/acl.sh"

RULES=100000
MEMBERS=100000
! on_uml || RULES=2000 MEMBERS=20000
FLOWS=240			# twenty for each tenth of the rules, for the last one and for none
SEED=${CVS_SEED:-$RANDOM}

setup()
{
	note "CVS_SEED=$SEED"
	need aclcheck
	acl_topology 3 acl-budget 4096
	players h1 h2 h3
	# What the first of anything takes for good is not counted.
	rules 1000 > "$TMP/few"
	try ctl profile load sw0 in "$TMP/few"
	try ctl profile load sw0 in <(echo "[]")
	try ctl group add sw0 many type ip 192.0.2.1
	try ctl acl add sw0 out egress ip saddr @many accept
	try ctl port set p2 tenant-profile none
	settled > /dev/null
	AT_FIRST=$(shrunk)
	AREAS=$(areas)
}

millis() { echo $((${EPOCHREALTIME/./} / 1000)); }

# Memory of the kernel, in KB. What per-CPU memory is described by, 2 MB for each chunk that anybody has a
# byte of, is left out, and what is free but for its addresses.
memory()
{
	awk '/^(Slab|Percpu):/ { kb += $2 }
		FILENAME ~ /vmallocinfo/ && !/ pcpu_|unpurged/ { kb += $2 / 1024 }
		END { printf "%d\n", kb }' /proc/meminfo /proc/vmallocinfo
}

# The same, when what RCU and workers have still to free is gone.
settled()
{
	local i before now

	now=$(memory)
	for ((i = 0; i < 15; i++)); do
		before=$now
		sleep 0.5
		now=$(memory)
		[ $((now - before)) -lt -64 ] || break
	done
	echo "$now"
}

# The same, when slabs that are empty have been asked to go.
shrunk()
{
	local slab

	for slab in /sys/kernel/slab/*/shrink; do
		echo 1 > "$slab"
	done
	memory
}

# comes_back PEAK: what was taken since AT_FIRST is free again, but for a twentieth, above all a chunk of
# per-CPU memory that is kept for the next.
comes_back()
{
	busywait 10 is_free $((AT_FIRST + ($1 - AT_FIRST) / 20)) ||
		fail "of $(($1 - AT_FIRST)) KB, $(($(memory) - AT_FIRST)) KB are not free again:" \
			"$(grep -E '^(Slab|VmallocUsed|Percpu)' /proc/meminfo | xargs)"
}
# areas: what the module has of its own that is large, by size and who asked for it.
areas() { awk '/\[cvswitch\]/ { print $2, $3 }' /proc/vmallocinfo | sort; }
is_free() { [ "$(shrunk)" -le "$1" ]; }

# rules N: as people write them; those of the first tenth and the last one accept, the others drop.
rules()
{
	aclcheck bench-rules "$1" "$SEED" | awk -v n="$1" '{
		sub(/ (accept|drop|reject)$/, NR <= n / 10 || NR == n ? " accept" : " drop")
		print
	}'
}

# took WHAT START: say how long it took, and what memory there is more than at first.
took() { note "$1 in $(($(millis) - $2)) ms, $(($(settled) - AT_FIRST)) KB"; }

test_many_rules()
{
	local start

	rules "$RULES" > "$TMP/rules"
	start=$(millis)
	try ctl profile load sw0 in "$TMP/rules"
	took "$RULES rules loaded" "$start"
	expect "$RULES" "$(ctl -j profile show sw0 in | jrow ingress-count)" "rules"
	ctl acl cost sw0 > "$TMP/cost"
	note "$(grep '^  PROFILE' "$TMP/cost")"
	note "$(grep '^  in ' "$TMP/cost")"
	expect_range 5 4096 "$(ctl -j acl cost sw0 in | jq '.[].ingress.steps')" "steps"
	expect "$RULES" "$(ctl -j acl show sw0 in ingress | jrow -c)" "rules shown"
	# The test can see that they are there.
	on_uml || [ "$(areas)" != "$AREAS" ] || fail "the module has no area for them"
}

test_verdicts()
{
	local last

	aclcheck bench-flows mixed "$RULES" "$SEED" "$FLOWS" > "$TMP/flows"
	expect "$FLOWS" "$(wc -l < "$TMP/flows")" "flows"
	play <<-LINES
		drops *
		corpus h1 flows("$TMP/flows")[0::12] > h2 h3 |
		corpus h1 flows("$TMP/flows")[10::12] > h2 h3 |
		corpus h1 flows("$TMP/flows")[11::12] > - | p1 acl-default
		corpus h1 [f for i, f in enumerate(flows("$TMP/flows")) if 0 < i % 12 < 10] > - | p1 acl-ingress
	LINES
	ctl -j acl show sw0 in ingress | jrow index frames > "$TMP/counters"
	last=$(tail -n 1 "$TMP/counters")
	expect "$RULES $((FLOWS / 12))" "$last" "the last rule and its frames"
	# Each tenth has what was meant for it.
	awk -v n="$RULES" '$1 < n { count[int(($1 - 1) * 10 / n)] += $2 }
		END { for (i = 0; i < 10; i++) print count[i] }' "$TMP/counters" | sort -u > "$TMP/tenths"
	expect "$((FLOWS / 12))" "$(cat "$TMP/tenths")" "frames that each tenth of the rules has counted"
}

# One more, in the middle of them; meanwhile RTNL is there for others.
test_one_more()
{
	local start flow now others=0 longest=0

	flow=$(sed -n 12p "$TMP/flows")
	start=$(millis)
	launch add cvswitch-ctl -n "$sw" acl add sw0 in at $((RULES / 2)) ingress "${flow%% *}" \
		saddr "$(cut -d' ' -f2 <<<"$flow")" accept
	while kill -0 "${BG_PID[add]}" 2> /dev/null; do
		now=$(millis)
		try ctl switch set sw0 ageing 300
		now=$(($(millis) - now))
		longest=$((now > longest ? now : longest))
		others=$((others + 1))
	done
	now=$(($(millis) - start))
	wait "${BG_PID[add]}" || fail "acl add: $(cat "$TMP/add")"
	took "a rule added" "$start"
	note "$others other changes in these $now ms, $longest ms at most"
	on_uml || [ $((longest * 4)) -lt "$now" ] || fail "another change took as long as the rule"
	play <<-LINES
		corpus h1 flows("$TMP/flows")[11:12] > h2 h3 |
		corpus h1 flows("$TMP/flows")[23:24] > - | p1 acl-default
	LINES
	start=$(millis)
	try ctl acl del sw0 in ingress $((RULES / 2))
	took "it was deleted" "$start"
	play <<-LINES
		corpus h1 flows("$TMP/flows")[11:12] > - | p1 acl-default
	LINES
}

test_many_members()
{
	local start

	awk -v n="$MEMBERS" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "10.%d.%d.%d%s\n", i / 16384, i / 64 % 256, i % 64 * 4, i % 2 ? "/30" : ""
	}' > "$TMP/members"
	start=$(millis)
	try ctl group member add sw0 many file "$TMP/members"
	took "$MEMBERS members added" "$start"
	try ctl port set p2 tenant-profile out
	expect $((MEMBERS + 1)) "$(ctl -j group show sw0 many | jrow member-count)" "members"
	play <<-LINES
		send h3 ip(s="10.0.0.0") > h1 h2
		send h3 ip(s="10.0.0.1") > h1
		send h3 ip(s="10.0.0.4") > h1 h2
		send h3 ip(s="10.0.0.7") > h1 h2
		send h3 ip(s="10.0.255.255") > h1 h2
		send h3 ip(s="10.255.0.0") > h1
	LINES
}

test_memory_comes_back()
{
	local peak start

	peak=$(settled)
	expect_range $((RULES / 10)) 2000000 $((peak - AT_FIRST)) "KB that all of it takes"
	start=$(millis)
	try ctl profile load sw0 in <(echo "[]")
	try ctl group flush sw0 many
	try ctl group member add sw0 many 192.0.2.1
	comes_back "$peak"
	expect "$AREAS" "$(areas)" "areas that the module has"
	took "all of it was deleted" "$start"
	play <<-LINES
		drops *
		corpus h1 flows("$TMP/flows")[0:12] > - | p1 acl-default
		send h3 ip(s="10.0.0.0") > h1
		send h3 ip(s="192.0.2.1") > h1 h2
	LINES
}

# drafted ID: a rule is being added, of which the kernel has a draft; or that is over.
drafted() { grep -q 'cvs_draft_alloc.*\[cvswitch\]' /proc/vmallocinfo || ! kill -0 "${BG_PID[$1]}" 2> /dev/null; }

# refused_add REASON: the kernel said so.
refused_add()
{
	! wait "${BG_PID[add]}" || fail "a rule was added to what had gone"
	grep -q "$1" "$TMP/add" || fail "acl add: $(cat "$TMP/add")"
}

# What is to get a rule may go while that is prepared, and another take its name.
test_profile_goes()
{
	rules $((RULES / 4)) > "$TMP/quarter"
	try ctl profile add sw0 short
	try ctl profile load sw0 short "$TMP/quarter"
	on_uml && return	# it is over too soon
	# Two at once: none is lost.
	launch other cvswitch-ctl -n "$sw" acl add sw0 short at 1 ingress ip saddr 192.0.2.1 accept
	try ctl acl add sw0 short at 1 ingress ip saddr 192.0.2.2 accept
	wait "${BG_PID[other]}" || fail "acl add: $(cat "$TMP/other")"
	expect $((RULES / 4 + 2)) "$(ctl -j profile show sw0 short | jrow ingress-count)" "rules"
	# A group goes; or another takes its name, and is the one that the rule refers to.
	try ctl group add sw0 brief type ip 192.0.2.1
	launch add cvswitch-ctl -n "$sw" acl add sw0 short at 1 ingress ip saddr @brief accept
	busywait 30 drafted add || fail "the rule isn't being added"
	try ctl group del sw0 brief
	refused_add 'No such group'
	try ctl group add sw0 brief type ip 192.0.2.1
	launch add cvswitch-ctl -n "$sw" acl add sw0 short at 1 ingress ip saddr @brief accept
	busywait 30 drafted add || fail "the rule isn't being added"
	try ctl group del sw0 brief
	try ctl group add sw0 brief type ip 192.0.2.2
	wait "${BG_PID[add]}" || fail "acl add: $(cat "$TMP/add")"
	expect 1 "$(ctl -j group show sw0 brief | jrow rule-count)" "rules that refer to the new group"
	launch add cvswitch-ctl -n "$sw" acl add sw0 short at 1 ingress ip saddr @many accept
	busywait 30 drafted add || fail "the rule isn't being added"
	try ctl profile del sw0 short
	try ctl profile add sw0 short
	refused_add 'The profile was deleted meanwhile'
	expect "0 0" "$(ctl -j profile show sw0 short | jrow ingress-count egress-count)" "rules"
	expect 1 "$(ctl -j group show sw0 many | jrow rule-count)" "rules that refer to the group"
}

# The switch takes with it what nobody has deleted, also while a rule is added to it.
test_switch_goes()
{
	local start peak

	try ctl profile load sw0 in "$TMP/rules"
	try ctl group member add sw0 many file "$TMP/members"
	peak=$(settled)
	launch add cvswitch-ctl -n "$sw" acl add sw0 in at 1 ingress ip saddr @many accept
	on_uml || busywait 30 drafted add || fail "the rule isn't being added"
	start=$(millis)
	try ctl switch del sw0
	# On a debug kernel it may have been there before.
	on_uml || refused_add 'No such switch\|No such device'
	wait "${BG_PID[add]}"
	note "a switch with all of it went in $(($(millis) - start)) ms"
	comes_back "$peak"
	expect "" "$(areas)" "areas that the module has without a switch"
}

tests_run test_many_rules test_verdicts test_one_more test_many_members test_memory_comes_back \
	test_profile_goes test_switch_goes
