#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# A dump of 100,000 addresses gives each of them once, and says so when the table changed meanwhile.
#
#	h1 (100,000 MACs) -- p1 +-----+ p2 -- h2
#	                        | sw0 |
#	                        +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ENTRIES=100000

setup()
{
	topology 2 fdb-max 200000 ageing 0
	try ctl port set p1 fdb-max off
	SWITCH=$(ifindex sw0)
	PORT=$(ifindex p1)
	read_contract
	LEARNED=${CONTRACT[FDB_KIND_LEARNED]}
	# To one known address, so that nothing is flooded.
	try ctl fdb add sw0 "$(mac 2)" port p2
	try ctl switch set sw0 short-path auto
	blast h1 "$ENTRIES" src=02:11:00:00:00:00 srcs="$ENTRIES" dst=2
}

# dump CHANGES: into $TMP/dump, sorted; with changes of the table while it is read.
dump()
{
	genlreq -n "$sw" -d "$1" "$SWITCH" "$LEARNED" > "$TMP/dump" 2> "$TMP/dump.err" ||
		fail "dump failed: $(cat "$TMP/dump.err")"
	sort -o "$TMP/dump" "$TMP/dump"
}

wanted()
{
	awk -v n="$ENTRIES" -v port="$PORT" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "0211%08x 0 %d 0\n", i, port
	}' | sort
}

test_complete()
{
	expect "$ENTRIES" "$(port p1 fdb-count)" "addresses learned"
	dump 0
	wanted > "$TMP/wanted"
	cmp -s "$TMP/wanted" "$TMP/dump" ||
		fail "the dump differs: $(diff "$TMP/wanted" "$TMP/dump" | head -n 5)"
	expect interrupted=0 "$(cat "$TMP/dump.err")" "dump of a quiet table"
}

# What was there all the time is there, whatever else changes; and the reader is told.
test_change_is_told()
{
	dump 50
	expect interrupted=1 "$(cat "$TMP/dump.err")" "dump of a table that changed"
	expect "" "$(comm -23 "$TMP/wanted" "$TMP/dump" | head -n 3)" "entries missing"
	expect "" "$(uniq -d "$TMP/dump" | head -n 3)" "entries given twice"
}

test_tool_shows_all()
{
	expect "$ENTRIES" "$(ctl fdb show sw0 learned | grep -c '02:11:')" "lines of the tool"
}

test_filter_by_port()
{
	expect 0 "$(ctl -j fdb show sw0 port p2 learned | jrow -c)" "entries learned from p2"
}

test_flush_all()
{
	local out

	out=$(ctl -j fdb flush sw0) || fail "flush failed: $out"
	expect "$ENTRIES" "$(jrow count <<<"$out")" \
		"flushed entries"
	dump 0
	expect 0 "$(wc -l < "$TMP/dump")" "entries after the flush"
}

# The same of members of a group, of which there are as many.
test_members()
{
	awk -v n="$ENTRIES" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "02:22:%02x:%02x:%02x:%02x\n", 0, i / 65536, i / 256 % 256, i % 256
	}' > "$TMP/members"
	tr -d : < "$TMP/members" | sort > "$TMP/wanted"
	try ctl group add sw0 macs type mac file "$TMP/members"
	members 0
	cmp -s "$TMP/wanted" "$TMP/dump" ||
		fail "the dump differs: $(diff "$TMP/wanted" "$TMP/dump" | head -n 5)"
	expect interrupted=0 "$(cat "$TMP/dump.err")" "dump of a quiet group"
	members 50
	expect interrupted=1 "$(cat "$TMP/dump.err")" "dump of a group that changed"
	expect "" "$(comm -23 "$TMP/wanted" "$TMP/dump" | head -n 3)" "members missing"
	expect "" "$(uniq -d "$TMP/dump" | head -n 3)" "members given twice"
	try ctl group del sw0 macs
}
members()
{
	genlreq -n "$sw" -g "$1" "$SWITCH" macs > "$TMP/dump" 2> "$TMP/dump.err" ||
		fail "dump failed: $(cat "$TMP/dump.err")"
	sort -o "$TMP/dump" "$TMP/dump"
}

# Rules of many profiles, which need many messages.
test_rules()
{
	local i

	for i in $(seq 20); do
		echo "profile add sw0 pr$i"
		echo "profile load sw0 pr$i $TMP/rules"
	done > "$TMP/profiles"
	seq -f 'ingress tcp dport %g accept' 100 > "$TMP/rules"
	seq -f 'egress tcp sport %g accept' 100 >> "$TMP/rules"
	try ctl -b "$TMP/profiles"
	ctl -j acl show sw0 | jrow profile direction index > "$TMP/dump"
	expect 4000 "$(wc -l < "$TMP/dump")" "rules"
	expect 4000 "$(sort -u "$TMP/dump" | wc -l)" "different rules"
}

tests_run test_complete test_change_is_told test_tool_shows_all test_filter_by_port test_flush_all \
	test_members test_rules
