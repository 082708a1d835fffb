#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# Frames of every protocol, whole and spoiled, of every length, as skbs of every shape, come in by taps,
# by containers' veths and from the host, while the switch is configured in one way after another. After
# each round no frame is out of sight: each port received what the senders say was taken, and frames in
# plus copies are frames out plus drops. See src/framefuzz.c for what is sent.
#
#	h1 (linear) -- p1 +-----+ t5 (tap)
#	h2 (clones) -- p2 | sw0 | t6 (tap, fragments, GSO)
#	h3 (pages) --- p3 |     | t7 (tap, GSO)
#	h4 (GSO) ----- p4 +-----+ p8 (a dummy that is down)
#	                  host (GSO)
#
# CVS_SEED=N repeats a run, CVS_FUZZ_SECONDS=N is how long it takes if it isn't the time that every
# configuration needs to have its turn, FUZZES names the tests to run.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${CVS_SEED:-$RANDOM}
FUZZ_SECONDS=${CVS_FUZZ_SECONDS:-45}
FRAMES=100		# by each way in a round
BACKLOG=/proc/sys/net/core/netdev_max_backlog
REASONS_MIN=17		# all but no-memory
TAPS=(t5 t6 t7)
ROUND=0

setup()
{
	local tap

	note "CVS_SEED=$SEED CVS_FUZZ_SECONDS=$FUZZ_SECONDS"
	modprobe -q tun	# built into some kernels
	topology 4
	BACKLOG_WAS=$(cat $BACKLOG)
	echo 1000000 > $BACKLOG
	coproc framefuzz -a "$SW_MAC" h1=packet:"$h1/eth0" h2=cloned:"$h2/eth0" h3=ring:"$h3/eth0" \
		h4=gso:"$h4/eth0" t5=tap:"$sw/t5" t6=fragtap:"$sw/t6" t7=gsotap:"$sw/t7" \
		host=gso:"$sw/sw0" p1=watch:"$sw/p1" 2> "$TMP/fuzz.errors"
	BG_PID[fuzz]=$COPROC_PID
	answer ready || bail "framefuzz: $(cat "$TMP/fuzz.errors")"
	{
		echo "link add p8 type dummy"
		echo "link set p8 master sw0"
		for tap in "${TAPS[@]}"; do
			echo "link set $tap master sw0 up"
		done
	} > "$TMP/ports"
	try ipsw -batch "$TMP/ports"
	# A tap that is full says so only without a queue above it.
	for tap in "${TAPS[@]}"; do
		try in_ns "$sw" tc qdisc replace dev "$tap" root noqueue
	done
	busywait 10 ports_forward 7 || bail "the ports don't come up"
}

cleanup() { [ -z "${BACKLOG_WAS:-}" ] || echo "$BACKLOG_WAS" > "$BACKLOG"; }

# answer LAST: what framefuzz says, up to the line LAST.
answer()
{
	local line

	while read -r -t 120 -u "${COPROC[0]}" line; do
		[ "$line" != "$1" ] || return 0
		echo "$line"
	done
	return 1
}

# "PORT rx tx copies drops" of each port, sorted.
port_counters()
{
	ctl -j stats show sw0 | jrow port!=null port rx-frames tx-frames copies drops | sort
}

at_rest()
{
	local before

	before=$(port_counters)
	sleep 0.1
	[ "$before" = "$(port_counters)" ]
}

# "PORT devices-received devices-sent dropped-by-port" by the devices' own counters, sorted.
device_counters()
{
	linkstat "p1=$h1/eth0" "p2=$h2/eth0" "p3=$h3/eth0" "p4=$h4/eth0" \
		t5="$sw/t5" t6="$sw/t6" t7="$sw/t7" | sed 's/ [a-z-]*=/ /g' | sort
}

# difference BEFORE AFTER: of two tables, each number's.
difference()
{
	join "$1" "$2" | awk '{
		printf "%s", $1
		for (i = 2; i <= (NF + 1) / 2; i++)
			printf " %d", $(i + (NF - 1) / 2) - $i
		print ""
	}'
}

# round FLAGS: one round of framefuzz with everything counted before and after.
round()
{
	local flags=$1 seed=$((SEED * 1000 + ROUND))

	ROUND=$((ROUND + 1))
	port_counters > "$TMP/before"
	device_counters > "$TMP/devices.before"
	echo "round $seed $FRAMES $flags" >&"${COPROC[1]}"
	if ! answer "done" > "$TMP/round"; then
		fail "framefuzz ended: $(cat "$TMP/fuzz.errors")"
		return
	fi
	busywait 20 at_rest || fail "the switch doesn't come to rest"
	port_counters > "$TMP/after"
	device_counters > "$TMP/devices.after"
	grep '^count' "$TMP/round" >> "$TMP/counts"
	difference "$TMP/before" "$TMP/after" > "$TMP/ports"
	difference "$TMP/devices.before" "$TMP/devices.after" > "$TMP/devices"
	check_balance
	check_ports "$flags"
	[ "$RET" = 0 ] || note "in round $ROUND: $CONFIG, flags $flags, seed $seed"
}

check_balance()
{
	local in copies out drops

	read -r in copies out drops < <(awk '{ r += $2; t += $3; c += $4; d += $5 }
		END { print r, c, t, d }' "$TMP/ports")
	expect $((in + copies)) $((out + drops)) "frames in plus copies, and out plus drops"
	expect_range 1 99999999 "$in" "frames in"
}

# Each port with what its senders and receivers counted. Without GSO all is equal; with it, the stack
# may cut a frame before it comes to the switch (the device's counter knows in how many) or after.
check_ports()
{
	local flags=$1 label port sent eaten received rx tx got gave lost fragile

	fragile=$(sed -n 's/^way .* fragile=\([0-9]*\) .*/\1/p' "$TMP/round" | paste -sd+ | bc)
	while read -r label sent eaten received; do
		port=${label/h/p}
		[ "$label" != host ] || port=sw0
		read -r _ rx tx _ < <(grep "^$port " "$TMP/ports")
		read -r _ got gave lost < <(grep "^$port " "$TMP/devices" || echo "- 0 0 0")
		case $port in
		t*)	expect $((sent - eaten)) "$rx" "frames in by $port, of $sent with $eaten of half a tag"
			[[ $flags != *g* ]] || continue
			expect 0 "$lost" "frames that were lost in $port"
			expect "$tx" "$received" "frames out by $port, read from the tap"
			continue ;;
		p*)	expect $((gave - eaten)) "$rx" "frames in by $port, and sent by its container's device" ;;
		esac
		if [[ $flags == *g* && $port == @(p4|sw0) ]]; then
			expect_range "$sent" 99999999 "$rx" "frames in by $port, cut or whole"
		else
			expect $((sent - eaten)) "$rx" "frames in by $port, of $sent with $eaten of half a tag"
		fi
		[[ $flags != *g* ]] || continue
		[ "$port" = sw0 ] || expect "$tx" "$got" "frames out by $port, and received by its container's device"
		expect_range $((tx - fragile)) "$tx" "$received" "frames out by $port, seen there"
	done < <(sed -n 's/^way \([^ ]*\) sent=\([0-9]*\) .*eaten=\([0-9]*\) .*received=\(.*\)/\1 \2 \3 \4/p' \
		"$TMP/round")
}

# ---- how the switch is configured meanwhile --------------------------------------------------

all_ports() { printf "port set %s $1\n" p1 p2 p3 p4 t5 t6 t7; }

defaults()
{
	echo switch set sw0 vlan-aware off short-path auto
	all_ports 'isolated off hairpin off bpdu-guard off learning on fdb-max 1024'
	all_ports 'flood-unicast on flood-multicast on flood-broadcast on'
	all_ports 'limit-unicast 10000 limit-multicast 10000 limit-broadcast 1000'
	echo fdb flush sw0 all
	echo fdb add sw0 "$(mac 8)" port p8
}

config_plain() { :; }
config_queue() { echo switch set sw0 short-path off; }

config_vlan()
{
	echo switch set sw0 vlan-aware on
	echo vlan add p1 2-8
	echo vlan add p2 2-4
	echo vlan add p3 5 pvid untagged
	echo vlan del p4 1
	echo vlan add p4 4-6 untagged
	echo vlan add t5 2-8
	echo vlan add t6 3 pvid untagged
	echo vlan add sw0 3
}

# Of the VLANs only what a switch begins with remains.
unconfig_vlan()
{
	echo vlan del p1 2-8
	echo vlan del p2 2-4
	echo vlan add p3 1 pvid untagged
	echo vlan del p3 5
	echo vlan del p4 4-6
	echo vlan add p4 1 pvid untagged
	echo vlan del t5 2-8
	echo vlan add t6 1 pvid untagged
	echo vlan del t6 3
	echo vlan del sw0 3
}

config_limits() { all_ports 'limit-unicast 2 limit-multicast 2 limit-broadcast 2 fdb-max 3'; }
config_guards()
{
	printf 'port set %s isolated on\n' p1 p3 t5 t6
	printf 'port set %s hairpin on\n' p4 t5
	echo port set t7 learning off
	echo port set p2 bpdu-guard on
}
config_silence()
{
	all_ports 'flood-unicast off flood-multicast off flood-broadcast off'
	echo fdb add sw0 "$(mac 1)" port p1
}

# By the devices, not by the switch: what goes on around a round.
around_promisc() { try ipsw link set sw0 promisc "$1"; }
around_down()
{
	case $1 in
	on)	try ipsw link set sw0 down ;;
	off)	try ipsw link set sw0 up
		busywait 10 ports_forward 7 || fail "the ports don't come up again" ;;
	esac
}
around_refuse()
{
	case $1 in
	on)	try in_ns "$sw" tc qdisc add dev p3 root bfifo limit 10 ;;
	off)	try in_ns "$sw" tc qdisc del dev p3 root ;;
	esac
}

# configure NAME: as config_NAME says, beginning with the defaults.
configure()
{
	CONFIG=$1
	{
		defaults
		"config_$1"
	} > "$TMP/config"
	try ctl -b "$TMP/config"
}

has() { declare -F "$1" > /dev/null; }

# in_turn NAME FLAGS: a round with this configuration, which is gone afterwards.
in_turn()
{
	local name=$1

	if has "around_$name"; then
		configure plain
		CONFIG=$name
		"around_$name" on
		round "$2"
		"around_$name" off
	else
		configure "$name"
		round "$2"
		has "unconfig_$name" || return
		"unconfig_$name" > "$TMP/config"
		try ctl -b "$TMP/config"
	fi
}

test_every_length()
{
	in_turn plain sc
	in_turn vlan sc
	note "lengths: $(total '^length-') of 0 to 1554, refused: $(total '^refused-')"
}

test_rounds()
{
	local start=$SECONDS turns=0

	while [ "$turns" = 0 ] || [ $((SECONDS - start)) -lt "$FUZZ_SECONDS" ]; do
		in_turn plain -
		in_turn queue -
		in_turn vlan c
		in_turn plain g
		in_turn queue g
		in_turn vlan g
		in_turn limits -
		in_turn guards -
		in_turn silence c
		in_turn promisc -
		in_turn down -
		in_turn refuse -
		turns=$((turns + 1))
		[ "$RET" = 0 ] || break
	done
	note "$ROUND rounds, $(total '^way-') frames accepted"
}

# total REGEX: of all that was counted, this.
total() { awk -v re="$1" '$2 ~ re { n += $3 } END { print n + 0 }' "$TMP/counts"; }

test_everything_was_sent()
{
	local name n

	awk '{ n[$2] += $3 } END { for (i in n) print i, n[i] }' "$TMP/counts" | sort > "$TMP/totals"
	paste -sd, "$TMP/totals" | sed 's/,/, /g' | fold -s -w 100 | sed 's/^/# /'
	while read -r name n; do
		[ "$name" != gso-uso ] || ! printf '%s\n' "$(uname -r)" 6.2 | sort -VC || continue
		[ "$n" != 0 ] || [[ $name = refused-* ]] || fail "no frame was $name"
	done < "$TMP/totals"
}

test_clones_are_not_written_to()
{
	expect 0 "$(total '^clone-altered')" "clones that somebody wrote to"
	expect_range 100 99999999 "$(total '^clone-intact')" "clones that were compared"
}

test_reasons()
{
	local reasons

	reasons=$(drops | awk '{ n[$2] += $3 } END { for (r in n) print r, n[r] }' | sort)
	note "${reasons//$'\n'/, }"
	expect_range "$REASONS_MIN" 18 "$(wc -l <<<"$reasons")" "reasons to drop a frame"
}

# shellcheck disable=SC2086	# names
tests_run ${FUZZES:-test_every_length test_rounds test_everything_was_sent test_clones_are_not_written_to \
	test_reasons}
