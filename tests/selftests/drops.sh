#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 120
#
# Every reason to drop a frame, provoked: counted once, under its name, at the port where it belongs,
# and told by the tracepoint and to those who monitor.
#
#	h1 -- p1 +-----+ p2 -- h2
#	(2000)   | sw0 |
#	         +-----+ p3 -- h3

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

TRACE=/sys/kernel/tracing/instances/cvs-$$

setup()
{
	read_contract
	topology 3
	try ipsw link set p1 mtu 2000
	try ip -n "$h1" link set eth0 mtu 2000
	announce 1 2 3
	mkdir "$TRACE" || bail "no tracing instance"
	echo 1 > "$TRACE/events/cvswitch/cvs_drop/enable" || bail "no tracepoint cvswitch:cvs_drop"
	monitor drops
}

cleanup() { rmdir "$TRACE" 2>/dev/null; }

# Events are limited in their rate, not in the first one after a pause.
told() { [ "$(jrow -c port="$1" reason="$2" < "$TMP/monitor")" != 0 ]; }

# number REASON: in the netlink contract.
number() { local name=${1^^}; echo "${CONTRACT[DROP_REASON_${name//-/_}]}"; }

# provokes PORT REASON FROM WORD...: one frame, dropped there, for that reason alone.
provokes()
{
	local at=$1 reason=$2 before lines
	shift 2

	echo > "$TRACE/trace"
	before=$(drops)
	probe "$@" > "$TMP/reached" || fail "$reason: cannot send"
	expect "$at $reason 1" "$(drops_since "$before")" "drops"
	lines=$(grep -cE "cvs_drop: .*port=$at .*reason=($reason|$(number "$reason")) " "$TRACE/trace")
	expect 1 "$lines" "$reason in the trace: $(grep cvs_drop: "$TRACE/trace")"
	busywait 3 told "$at" "$reason" || fail "$reason at $at was not told to the monitor"
}

test_invalid_source() { provokes p1 invalid-source h1 src=mcast dst=2; }
test_invalid_source_zero() { provokes p1 invalid-source h1 src=00:00:00:00:00:00 dst=2; }
test_own_source() { provokes p1 own-source h1 src="$SW_MAC" dst=2; }
test_link_local() { provokes p1 link-local h1 src=1 dst=bpdu; }

test_bpdu_guard()
{
	try ctl port set p1 bpdu-guard on
	provokes p1 bpdu-guard h1 src=1 dst=bpdu
	provokes p1 bpdu-guard h1 src=1 dst=2
	try ctl port set p1 bpdu-guard off
}

test_switch_down()
{
	try ipsw link set sw0 down
	provokes p1 switch-down h1 src=1 dst=2
	try ipsw link set sw0 up
	busywait 5 ports_forward 3
}

test_port_down()
{
	try ctl fdb add sw0 "$(mac 0x22)" port p2
	try ipsw link set p2 down
	provokes p1 port-down h1 src=1 dst=0x22
	try ipsw link set p2 up
	busywait 5 ports_forward 3
	try ctl fdb flush sw0 all
	announce 1 2 3
}

# A tag that ends in the middle; the stack drops those of containers before we see them.
test_malformed()
{
	try ctl switch set sw0 vlan-aware on
	provokes sw0 malformed host src="$SW_MAC" dst=2 type=0x8100 len=15
	try ctl switch set sw0 vlan-aware off
	announce 1 2 3
}

test_vlan_ingress()
{
	try ctl switch set sw0 vlan-aware on
	provokes p1 vlan-ingress h1 src=1 dst=2 vlan=77
	try ctl vlan del p1 1
	provokes p1 vlan-ingress h1 src=1 dst=2
	try ctl vlan add p1 1 pvid untagged
}

# The host isn't in VLAN 10.
test_vlan_egress()
{
	try ctl vlan add p1 10
	provokes p1 vlan-egress h1 src=1 dst="$SW_MAC" vlan=10
	try ctl switch set sw0 vlan-aware off
	announce 1 2 3
}

test_same_port()
{
	blast h1 1 src=0x11 dst=bcast
	provokes p1 same-port h1 src=1 dst=0x11
}

test_isolated()
{
	try ctl port set p1 isolated on
	try ctl port set p2 isolated on
	provokes p1 isolated h1 src=1 dst=2
	try ctl port set p1 isolated off
	try ctl port set p2 isolated off
}

storm()
{
	# Of two frames one may pass.
	try ctl port set p1 "limit-$1" 1
	PROBE_COUNT=2 provokes p1 "storm-$1" h1 src=1 dst="$2"
	try ctl port set p1 "limit-$1" off
}

test_storm_unicast() { storm unicast unknown; }
test_storm_multicast() { storm multicast mcast; }
test_storm_broadcast() { storm broadcast bcast; }

test_no_receiver()
{
	try ctl port set p2 flood-unicast off
	try ctl port set p3 flood-unicast off
	provokes p1 no-receiver h1 src=1 dst=unknown
	try ctl port set p2 flood-unicast on
	try ctl port set p3 flood-unicast on
}

test_too_big() { provokes p2 too-big h1 src=1 dst=2 len=1700; }

test_tx_refused()
{
	try in_ns "$sw" tc qdisc add dev p2 root bfifo limit 10
	provokes p2 tx-refused h1 src=1 dst=2
	try in_ns "$sw" tc qdisc del dev p2 root
}

# Memory must run short for this one.
test_no_memory()
{
	skip "needs a kernel with CONFIG_FAILSLAB"
}

# The tool says it in words.
test_in_words()
{
	local out

	out=$(ctl drops show sw0)
	grep -q "same-port" <<<"$out" || fail "no same-port in: $out"
	grep -q "The destination is at the port the frame came from" <<<"$out" ||
		fail "no sentence in: $out"
	out=$(ctl drops show sw0 p2)
	grep -q "same-port" <<<"$out" && fail "drops of p1 shown at p2: $out"
}

# A million drops a second must not become a million messages: some are told, all are counted.
test_events_are_limited()
{
	local before events lost

	: > "$TMP/monitor"
	before=$(drops)
	blast h1 20000 src=mcast dst=2
	expect "p1 invalid-source 20000" "$(drops_since "$before")" "drops"
	sleep 1.1
	blast h1 1 src=mcast dst=2
	busywait 60 told_20001 || fail "told $(events) events and $(lost) lost, of 20001"
	events=$(events)
	lost=$(lost)
	expect_range 1 10000 "$events" "events told"
	expect 20001 $((events + lost)) "events told and lost"
}
events() { jrow -c reason=invalid-source < "$TMP/monitor"; }
lost() { jrow -s reason!=null lost < "$TMP/monitor"; }
told_20001() { [ $(($(events) + $(lost))) = 20001 ]; }

tests_run test_invalid_source test_invalid_source_zero test_own_source test_link_local \
	test_bpdu_guard test_switch_down test_port_down test_malformed test_vlan_ingress \
	test_vlan_egress test_same_port test_isolated test_storm_unicast test_storm_multicast \
	test_storm_broadcast test_no_receiver test_too_big test_tx_refused test_no_memory \
	test_in_words test_events_are_limited
