#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
# smp: 4
#
# No frame is lost from sight: after a random storm over 16 ports and the host's, frames in plus copies
# are frames out plus drops, exactly. What was sent and received is counted by senders and receivers
# themselves, and the switch's counters must equal that for each port.
#
#	h1 .. h4   (MTU 2000) -- p1 .. p4  +-----+
#	h5 .. h15  (MTU 1500) -- p5 .. p15 | sw0 | host
#	h16 (also MAC 0x22, hairpin) - p16 +-----+
#
# SEED=N repeats a run, FRAMES=N is how many each of the 17 sends, STORMS names the storms to raise.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${SEED:-$RANDOM}
FRAMES=${FRAMES:-800}
PORTS=16
MIX=unicast,unicast,unicast,unicast,unknown,broadcast,multicast,badsrc,linklocal,oversize
BACKLOG=/proc/sys/net/core/netdev_max_backlog

setup()
{
	local i ns

	note "SEED=$SEED FRAMES=$FRAMES"
	topology $PORTS
	BACKLOG_WAS=$(cat $BACKLOG)
	echo 1000000 > $BACKLOG
	for i in 1 2 3 4; do
		ns=h$i
		echo "link set p$i mtu 2000"
		try ip -n "${!ns}" link set eth0 mtu 2000
	done > "$TMP/mtu"
	try ipsw -batch "$TMP/mtu"
	ctl -b - <<-CTL || bail "cannot configure the ports"
		port set p5 isolated on
		port set p6 isolated on
		port set p7 flood-unicast off flood-multicast off
		port set p8 learning off
		port set p9 limit-broadcast 1 limit-multicast 1 limit-unicast 1
		port set p16 hairpin on
		fdb add sw0 $(mac 8) port p8
		fdb add sw0 $(mac 0x22) port p16
	CTL
}

cleanup() { [ -z "${BACKLOG_WAS:-}" ] || echo "$BACKLOG_WAS" > "$BACKLOG"; }

softnet_dropped()
{
	local processed dropped rest n=0

	# shellcheck disable=SC2034	# the first and the rest only make room
	while read -r processed dropped rest; do
		n=$((n + 16#$dropped))
	done < /proc/net/softnet_stat
	echo "$n"
}

# What a veth or the backlog of a CPU has dropped outside of the switch.
lost_elsewhere()
{
	local i ns ends=()

	softnet_dropped
	for ((i = 1; i <= PORTS; i++)); do
		ns=h$i
		ends+=("$sw/p$i" "${!ns}/eth0")
	done
	linkstat "${ends[@]}" | sed 's/.*tx-dropped=//' | sort -n | tail -n 1
}

# Four senders of four containers each, one on every CPU, and the host.
send_all()
{
	local mix=$1 i ns group pids=() froms=()

	for ((i = 1; i <= PORTS; i++)); do
		ns=h$i
		froms+=("h$i=${!ns}/eth0")
	done
	for group in 0 1 2 3; do
		taskset -c "$((group % $(nproc)))" framegen -n "$FRAMES" -s "$SEED$group" \
			"${froms[@]:group * 4:4}" -- mix="$mix" host="$SW_MAC" stations="$PORTS" \
			max="$([ "$group" = 0 ] && echo 2000 || echo 1500)" > "$TMP/sent$group" 2>&1 &
		pids+=($!)
	done
	# The host's own frames carry no tags: its device doesn't take them out.
	framegen -n "$FRAMES" -s "${SEED}9" "h254=$sw/sw0" -- stations="$PORTS" \
		mix=unicast,unicast,unknown,broadcast,multicast,linklocal > "$TMP/sent4" 2>&1 &
	pids+=($!)
	wait "${pids[@]}"
	sort -V "$TMP"/sent? > "$TMP/sent"
}

receive_all()
{
	local i ns rx=()

	for ((i = 1; i <= PORTS; i++)); do
		ns=h$i
		rx+=("h$i=${!ns}/eth0")
	done
	spawn received framecount -i 500 "${rx[@]}" "h254=$sw/sw0"
}

snapshot() { ctl -j stats show sw0; }

# port_table FILE: a line for each port: "hN rx-frames rx-bytes tx-frames tx-bytes copies drops".
port_table()
{
	jrow port!=null port rx-frames rx-bytes tx-frames tx-bytes copies drops < "$1" |
		sed 's/^sw0 /h254 /; s/^p/h/' | sort
}

# The kernel's own counters of what the containers' devices received.
device_received()
{
	local i ns ends=()

	for ((i = 1; i <= PORTS; i++)); do
		ns=h$i
		ends+=("h$i=${!ns}/eth0")
	done
	linkstat "${ends[@]}" | sed 's/rx=//; s/ tx=.*//' | sort
}

# Everything is settled when two readings are the same.
at_rest() { [ "$(snapshot)" = "$(sleep 0.1; snapshot)" ]; }

# compare WHAT: the two tables of "hN N" in $TMP/mine and $TMP/switch must be the same.
compare()
{
	cmp -s "$TMP/mine" "$TMP/switch" || fail "$1, counted by others (<) and by the switch (>):" \
		"$(diff "$TMP/mine" "$TMP/switch" | grep '^[<>]' | sort -V -k 2 | head -n 8 | tr '\n' ';')"
}

# delta COLUMN: of the switch's tables before and after.
delta()
{
	join "$TMP/before" "$TMP/after" |
		awk -v c="$1" '{ print $1, $(c + 6) - $c }'
}

sum() { awk '{ n += $2 } END { print n + 0 }'; }

words() { tr ' =' '\n ' < "$1" | awk -v k="$2" '/^h[0-9]+$/ { h = $1 } $1 == k { print h, $2 }'; }

# storm MIX BYTES: BYTES says which lengths can be compared: both, or only those of frames in.
storm()
{
	local lost in out copies dropped

	lost=$(lost_elsewhere)
	snapshot > "$TMP/before.json"
	device_received > "$TMP/device.before"
	receive_all
	send_all "$1"
	busywait 20 at_rest || fail "the switch doesn't come to rest"
	reap received || fail "receivers: $(grep -v frames= "$TMP/received")"
	snapshot > "$TMP/after.json"
	device_received > "$TMP/device.after"
	port_table "$TMP/before.json" > "$TMP/before"
	port_table "$TMP/after.json" > "$TMP/after"
	grep frames= "$TMP/received" | sort > "$TMP/received.sorted"

	expect 17 "$(grep -c 'failed=0' "$TMP/sent")" "senders without failures: $(cat "$TMP/sent")"
	expect "$lost" "$(lost_elsewhere)" "frames dropped outside of the switch"

	words "$TMP/sent" sent | sort > "$TMP/mine"
	in=$(sum < "$TMP/mine")
	delta 2 > "$TMP/switch"
	compare "frames in"
	words "$TMP/received.sorted" frames | sort > "$TMP/mine"
	out=$(sum < "$TMP/mine")
	delta 4 > "$TMP/switch"
	compare "frames out"
	grep -v '^h254 ' "$TMP/switch" > "$TMP/switch.containers"
	mv "$TMP/switch.containers" "$TMP/switch"
	join "$TMP/device.before" "$TMP/device.after" |
		awk '{ print $1, $3 - $2 }' > "$TMP/mine"
	compare "frames received by the containers' devices"

	# A tag beside the frame is not part of its length.
	join <(words "$TMP/sent" bytes | sort) <(words "$TMP/sent" tagged | sort) |
		awk '{ print $1, $2 - 4 * $3 }' > "$TMP/mine"
	delta 3 > "$TMP/switch"
	compare "bytes in"
	if [ "$2" = both ]; then
		join <(words "$TMP/received.sorted" bytes | sort) \
			<(words "$TMP/received.sorted" tagged | sort) |
			awk '{ print $1, $2 - 4 * $3 }' > "$TMP/mine"
		delta 5 > "$TMP/switch"
		compare "bytes out"
	fi

	copies=$(delta 6 | sum)
	dropped=$(delta 7 | sum)
	note "in $in + copies $copies = out $out + drops $dropped"
	expect $((in + copies)) $((out + dropped)) "frames in plus copies, and out plus drops"
	note "$(reasons)"
}

reasons()
{
	jrow -e drop port!=null drop.reason drop.frames < "$TMP/after.json" |
		awk '{ n[$1] += $2 } END { for (r in n) printf "%s %d ", r, n[r] }'
}

test_vlan_unaware() { storm "$MIX,vlan,qinq" both; }

test_queue_path()
{
	try ctl switch set sw0 short-path off
	storm "$MIX" both
	try ctl switch set sw0 short-path auto
}

# Rules that drop, reject, count and log, where frames come in and where they leave, and change meanwhile.
test_rules()
{
	local i

	cat > "$TMP/one" <<-RULES
		ingress ether saddr @macs continue
		ingress ether type arp reject
		ingress ip reject log
		ingress ether daddr $(mac 3) drop
		egress ether type 0x88b5 drop
		egress ether daddr 01:00:00:00:00:00/01:00:00:00:00:00 ip6 drop
	RULES
	sed '2d' "$TMP/one" > "$TMP/other"
	ctl -b - > /dev/null <<-CTL || fail "cannot set the rules"
		group add sw0 macs type mac $(mac 1) $(mac 2)
		profile add sw0 all ingress-default accept egress-default accept
		profile load sw0 all $TMP/one
		profile add sw0 nothing tier default ingress-default drop egress-default drop
		port set p10 default-profile nothing
	CTL
	for i in 1 2 3 4 5 6 7 8; do
		echo "port set p$i tenant-profile all"
	done > "$TMP/settings"
	try ctl -b "$TMP/settings"
	for i in $(seq 10000); do
		echo "profile load sw0 all $TMP/other"
		echo "group member del sw0 macs $(mac 1)"
		echo "port set p9 tenant-profile all"
		echo "profile load sw0 all $TMP/one"
		echo "group member add sw0 macs $(mac 1)"
		echo "port set p9 tenant-profile none"
	done > "$TMP/changes"
	launch changer cvswitch-ctl -n "$sw" -b "$TMP/changes"
	storm "$MIX" out
	reap changer
	expect_range 50 99999999 "$(ctl -j profile show sw0 all | jrow generation)" "changes of the rules"
	for i in acl-ingress acl-egress acl-reject acl-default; do
		expect_range 1 99999999 "$(jrow -s -e drop port!=null drop.reason="$i" drop.frames \
			< "$TMP/after.json")" "drops of $i"
	done
	sed -i 's/all$/none/' "$TMP/settings"
	try ctl -b "$TMP/settings"
	try ctl port set p10 default-profile none
}

# Access ports, trunks, ports of no VLAN at all.
test_vlan_aware()
{
	try ctl switch set sw0 vlan-aware on
	ctl -b - <<-CTL || fail "cannot set the VLANs"
		vlan add p1 2-11
		vlan add p2 2-5
		vlan add p3 5 pvid untagged
		vlan add p4 5
		vlan add p5 2-11
		vlan del p10 1
		vlan add p11 5-9 untagged
		vlan add p12 3 pvid untagged
		vlan add sw0 3
		fdb add sw0 $(mac 4) port p4 vlan 5
		fdb add sw0 $(mac 2) port p2 vlan 3
	CTL
	storm "$MIX,vlan,vlan,vlan,qinq" in
}

# The storm was one: every kind of drop that it should provoke was there.
test_reasons_seen()
{
	local reason

	for reason in invalid-source link-local same-port isolated too-big storm-broadcast \
			vlan-ingress; do
		expect_range 1 99999999 "$(jrow -s -e drop port!=null drop.reason="$reason" \
			drop.frames < "$TMP/after.json")" "drops of $reason"
	done
}

# shellcheck disable=SC2086	# names
tests_run ${STORMS:-test_vlan_unaware test_queue_path test_rules test_vlan_aware test_reasons_seen}
