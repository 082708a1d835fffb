#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
# smp: 1
# needs: faults
#
# Frames while memory is short: of all allocations that a frame can need (copies, room for a tag, an
# entry of the FDB, a notification), PERCENT fail. No frame is lost from sight: what is missing at the
# receivers was dropped for want of memory, counted as that, and nothing else is. Afterwards all is as if
# nothing had been.
#
#	h1 .. h4 -- p1 .. p4 +-----+
#	                     | sw0 | host
#	                     +-----+
#
# SEED=N repeats a run (what is sent, not what fails), FRAMES=N is how many each of the five sends.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${SEED:-$RANDOM}
FRAMES=${FRAMES:-600}
PERCENT=${PERCENT:-10}
BACKLOG=/proc/sys/net/core/netdev_max_backlog
CACHES="skbuff_head_cache skbuff_fclone_cache skbuff_small_head cvswitch_fdb radix_tree_node"

setup()
{
	local i cache

	need_faults
	note "SEED=$SEED FRAMES=$FRAMES PERCENT=$PERCENT"
	topology 4 ageing off
	BACKLOG_WAS=$(cat $BACKLOG)
	echo 1000000 > $BACKLOG
	for i in p1 p2 p3 p4 sw0; do
		echo "port set $i limit-unicast off limit-multicast off limit-broadcast off fdb-max off"
	done | ctl -b - || bail "cannot configure the ports"
	for cache in $CACHES; do
		echo 1 > "/sys/kernel/slab/$cache/failslab" || bail "$cache is merged with another cache"
	done
	echo Y > "$DEBUGFS/failslab/cache-filter"
}

cleanup()
{
	local cache

	pressure 0
	[ -z "${BACKLOG_WAS:-}" ] || echo "$BACKLOG_WAS" > "$BACKLOG"
	echo N > "$DEBUGFS/failslab/cache-filter"
	for cache in $CACHES; do
		echo 0 > "/sys/kernel/slab/$cache/failslab"
	done
}

pressure()
{
	echo -1 > "$DEBUGFS/failslab/times"
	echo "$1" > "$DEBUGFS/failslab/probability"
}

# The containers send untagged frames: what the core drops of others, before the switch sees them, nobody
# counts.
send_all()
{
	framegen -n "$FRAMES" -s "$SEED" h1="$h1/eth0" h2="$h2/eth0" h3="$h3/eth0" h4="$h4/eth0" -- \
		mix=unicast,unknown,broadcast,multicast,badsrc stations=4 host="$SW_MAC"
	# Many addresses, all of them to be learned.
	framegen -n "$FRAMES" "h1=$h1/eth0" -- src=0x10000 srcs="$FRAMES" dst=bcast
	framegen -n "$FRAMES" -s "$SEED" "h254=$sw/sw0" -- "$@" stations=4
}

table() { ctl -j stats show sw0 | jrow -S port!=null port rx-frames tx-frames copies drops; }

# column N: what has been counted there since $TMP/before, of all ports.
column() { paste -d ' ' "$TMP/before" "$TMP/after" | awk -v c="$1" '{ n += $(c + 5) - $c } END { print n + 0 }'; }

of_all() { tr ' =' '\n ' < "$1" | awk -v k="$2" '$1 == k { n += $2 } END { print n + 0 }'; }

at_rest() { [ "$(table)" = "$(sleep 0.1; table)" ]; }

# storm WORD...: all send, the host what WORD says.
storm()
{
	local was in out copies dropped no_memory others

	table > "$TMP/before"
	was=$(drops)
	monitor drops fdb
	spawn received framecount -i 500 h1="$h1/eth0" h2="$h2/eth0" h3="$h3/eth0" h4="$h4/eth0" \
		host="$sw/sw0"
	spawn tap framecount -o -i 500 host="$sw/sw0"
	pressure "$PERCENT"
	send_all "$@" > "$TMP/sent" 2> "$TMP/refused"
	pressure 0
	busywait 10 at_rest || fail "the switch doesn't come to rest"
	reap tap
	reap received
	table > "$TMP/after"

	in=$(of_all "$TMP/sent" sent)
	out=$(of_all "$TMP/received" frames)
	copies=$(column 4)
	dropped=$(column 5)
	note "$(of_all "$TMP/sent" failed) frames couldn't be sent;" \
		"in $in + copies $copies = out $out + drops $dropped: $(drops_since "$was" | tr '\n' ' ')"
	expect "$in" "$(column 2)" "frames in, as senders and the switch count them"
	expect "$out" "$(column 3)" "frames out, as receivers and the switch count them"
	expect $((in + copies)) $((out + dropped)) "frames in plus copies, and out plus drops"
	no_memory=$(drops_since "$was" | awk '$2 == "no-memory" { n += $3 } END { print n + 0 }')
	expect_range 10 999999 "$no_memory" "drops for want of memory"
	others=$(drops_since "$was" | awk '$2 !~ /^(no-memory|invalid-source|same-port)$/')
	expect '' "$others" "drops for other reasons"
	expect_range 10 999999 "$(grep -c '"lost"' "$TMP/monitor")" "notices that events are lost"
	expect_range 10 999999 "$(grep -c '"learned"' "$TMP/monitor")" "events"
	reap monitor
}

test_vlan_unaware()
{
	local learned

	storm mix=unicast,unicast,unknown,broadcast,multicast
	learned=$(ctl -j fdb show sw0 | jrow -c kind=learned)
	expect_range 10 "$((FRAMES - 10))" "$learned" "addresses learned"
	expect_range 10 "$FRAMES" "$(counter p1 learn-refused)" "addresses refused for want of memory"
	expect "$learned" "$(switch fdb-count)" "addresses that the switch counts"
}

# Whatever wasn't learned is learned when it is seen again, and all of it can be forgotten.
test_learned_afterwards()
{
	announce 1 2 3 4
	blast h1 "$FRAMES" src=0x10000 srcs="$FRAMES" dst=bcast
	expect $((FRAMES + 4)) "$(ctl -j fdb show sw0 | jrow -c kind=learned)" "addresses learned"
	try ctl fdb flush sw0
	expect 0 "$(switch fdb-count)" "addresses after they were flushed"
	PROBE_RX=(h1 h2 h3 h4 host)
	expect "h2 h3 h4 host" "$(probe h1 src=1 dst=bcast)" "receivers"
}

# The host's frames have their tags in the data, and a listener has a copy: the tag can't be taken out
# without memory.
test_vlan_aware()
{
	try ctl switch set sw0 vlan-aware on
	storm src=254 dst=bcast vlan=1
}

test_leaks() { no_leaks; }

tests_run test_vlan_unaware test_learned_afterwards test_vlan_aware test_leaks
