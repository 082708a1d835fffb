#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# Frames by lot meet rules by lot: of those that h1 sends, h2 receives what the model in tests/acl lets
# pass, as it was, and nothing else; and each rule has counted what the model says. The rules of p1
# are for frames from h1, those of p2 for frames to h2; either is tried alone, too, so that what is
# malformed comes as far as p2.
#
#	h1 -- p1 +-----+ p2 -- h2
#	 ingress | sw0 | egress
#	         +-----+
#
# CVS_SEED=N repeats a run, CVS_ACL_FRAMES=N is how many frames are sent at each turn.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${CVS_SEED:-$RANDOM}
FRAMES=${CVS_ACL_FRAMES:-$(on_uml && echo 1000 || echo 3000)}
BACKLOG=/proc/sys/net/core/netdev_max_backlog

setup()
{
	local mac

	note "CVS_SEED=$SEED CVS_ACL_FRAMES=$FRAMES"
	need aclcheck
	topology 2
	# Rules by lot cost more than those of people.
	read_contract
	request SWITCH_SET "SWITCH_IFINDEX:u32:$(ifindex sw0)" SWITCH_ACL_BUDGET:u32:16384 > "$TMP/budget" ||
		fail "budget: $(cat "$TMP/budget")"
	BACKLOG_WAS=$(cat $BACKLOG)
	echo 1000000 > $BACKLOG
	for port in p1 p2; do
		try ctl port set $port limit-unicast off limit-multicast off limit-broadcast off
	done
	for mac in $(aclcheck stations); do
		try ctl fdb add sw0 "$mac" port p2
	done
}

cleanup() { [ -z "${BACKLOG_WAS:-}" ] || echo "$BACKLOG_WAS" > "$BACKLOG"; }

# profile PORT SEED N DIRECTION: give the port a profile with the rules; none for "-".
profile()
{
	local port=$1 seed=$2 n=$3 direction=$4

	[ "$n" != - ] || return 0
	try ctl profile add sw0 "$direction" tier tenant \
		"$direction-default" "$(aclcheck default "$seed" "$n" "$direction")"
	aclcheck rules "$seed" "$n" "$direction" > "$TMP/rules"
	try ctl profile load sw0 "$direction" "$TMP/rules"
	try ctl port set "$port" tenant-profile "$direction"
}

forget()
{
	{
		printf 'port set %s tenant-profile none\n' p1 p2
		ctl -j profile show sw0 | jrow name | sed 's/^/profile del sw0 /'
		ctl -j group show sw0 | jrow name | sed 's/^/group del sw0 /'
	} > "$TMP/forget"
	try ctl -b "$TMP/forget"
}

# "DIRECTION INDEX FRAMES BYTES" of each rule.
counters() { ctl -j acl show sw0 | jrow direction index frames bytes | sort; }

# Each rule with what the model says that it counted. A tag that a device has taken out is in the
# frame's length, or it isn't.
compare_counters()
{
	counters > "$TMP/counters"
	sed -n 's/^counter //p' "$TMP/run" | sort > "$TMP/model"
	expect "$(wc -l < "$TMP/model")" "$(wc -l < "$TMP/counters")" "rules"
	paste -d' ' "$TMP/model" "$TMP/counters" |
		awk '$1 != $6 || $2 != $7 || $3 != $8 || $9 < $4 || $9 > $5' > "$TMP/wrong"
	[ ! -s "$TMP/wrong" ] ||
		fail "counters (model: rule frames bytes bytes, kernel: rule frames bytes): $(head -n 3 "$TMP/wrong")"
}

# turn SEED INGRESS EGRESS: with so many rules.
turn()
{
	local seed=$1 in=$2 out=$3 start=$SECONDS

	aclcheck groups "$seed" sw0 > "$TMP/groups"
	try ctl -b "$TMP/groups"
	profile p1 "$seed" "$in" ingress
	profile p2 "$seed" "$out" egress
	if ! aclcheck run "$seed" "$FRAMES" "$in" "$out" "$h1/eth0" "$h2/eth0" > "$TMP/run" 2> "$TMP/errors"; then
		fail "with seed $seed, $in and $out rules: $(tail -n 1 "$TMP/run") $(head -n 3 "$TMP/errors")"
	fi
	compare_counters
	note "seed $seed, $in and $out rules: $(tail -n 1 "$TMP/run") seconds=$((SECONDS - start))"
	forget
}

test_ingress()
{
	turn "${SEED}1" 2 -
	turn "${SEED}2" 50 -
}

test_egress()
{
	turn "${SEED}3" - 2
	turn "${SEED}4" - 50
}

test_both()
{
	turn "${SEED}5" 5 5
	turn "${SEED}6" 40 40
}

test_many()
{
	turn "${SEED}7" 600 600
}

tests_run test_ingress test_egress test_both test_many
