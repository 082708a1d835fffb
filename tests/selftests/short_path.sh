#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# A frame skips the second half of a veth pair where that changes nothing for anybody, and only there:
# one test for each condition. Either way it arrives once, and what looks at it on its way sees it.
#
#	h1 -- p1 +-----+ p2 -- h2 (br0, macvlan, XDP, GRO, RPS, ...)
#	         | sw0 |   \ qdisc, tc, nft, capture, ...
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	addresses 1 2
	announce 1 2
}

short() { counter p2 tx-short-frames; }

# path STATE FRAMES WHAT: p2 says STATE, and FRAMES of the one frame sent take the short path; it
# reaches h2 in any case.
path()
{
	local before

	settles "$1" "short-state, $3" port p2 short-state
	before=$(short)
	expect h2 "$(probe h1 src=1 dst=2)" "receivers, $3"
	expect "$2" $(($(short) - before)) "frames by the short path, $3"
}

back() { path eligible 1 "when $1 is over"; }

test_eligible() { path eligible 1 "by default"; }

test_switched_off()
{
	try ctl switch set sw0 short-path off
	path switched-off 0 "switched off"
	try ctl switch set sw0 short-path auto
	back "switched off"
}

# Copies share their data, and may only go the whole way.
test_not_for_floods()
{
	local before

	before=$(short)
	expect h2 "$(probe h1 src=1 dst=bcast)" "receivers of a broadcast"
	expect 0 $(($(short) - before)) "broadcasts by the short path"
}

test_not_from_host()
{
	local before

	before=$(short)
	expect h2 "$(probe host src="$SW_MAC" dst=2)" "receivers of the host's frame"
	expect 0 $(($(short) - before)) "frames of the host by the short path"
}

test_not_veth()
{
	try ipsw link add dummy0 type dummy
	try ipsw link set dummy0 master sw0 up
	expect not-veth "$(port dummy0 short-state)" "short-state of a dummy"
	try ipsw link del dummy0
}

test_same_netns()
{
	try ipsw link add p9 type veth peer name eth9
	try ipsw link set eth9 up
	try ipsw link set p9 master sw0 up
	settles same-netns "short-state" port p9 short-state
	try ctl fdb add sw0 "$(mac 9)" port p9
	expect eth9 "$(frameprobe "$h1/eth0" src=1 dst=9 -- eth9="$sw/eth9")" "receivers"
	expect 0 "$(counter p9 tx-short-frames)" "frames by the short path"
	try ipsw link del p9
}

test_peer_down()
{
	local before

	try ctl fdb replace sw0 "$(mac 2)" port p2
	try ip -n "$h2" link set eth0 down
	settles peer-down "short-state" port p2 short-state
	before=$(short)
	blast h1 1 src=1 dst=2
	expect 0 $(($(short) - before)) "frames by the short path to a peer that is down"
	try ip -n "$h2" link set eth0 up
	busywait 5 is forwarding port p2 state
	back "peer down"
}

test_peer_in_bridge()
{
	try ip -n "$h2" link add br0 type bridge
	try ip -n "$h2" link set br0 up
	try ip -n "$h2" link set eth0 master br0
	path peer-handler 0 "peer in a bridge"
	expect br0 "$(frameprobe "$h1/eth0" src=1 dst=2 -- br0="$h2/br0")" "receivers behind the bridge"
	try ip -n "$h2" link del br0
	back "peer in a bridge"
}

test_peer_under_macvlan()
{
	try ip -n "$h2" link add link eth0 name mv0 address "$(mac 0x22)" type macvlan mode bridge
	try ip -n "$h2" link set mv0 up
	path peer-handler 0 "peer under a macvlan"
	blast h2 1 src=0x22 dst=bcast
	expect mv0 "$(frameprobe "$h1/eth0" src=1 dst=0x22 -- mv0="$h2/mv0")" "receivers at the macvlan"
	try ip -n "$h2" link del mv0
	back "peer under a macvlan"
}

# xdp STATE FRAMES [OPTION]: a program at the peer sees all frames.
xdp()
{
	spawn xdp xdpcount ${3:+"$3"} "$h2/eth0"
	path "$1" "$2" "XDP program ${3:-in driver mode}"
	blast h1 20 src=1 dst=2
	reap xdp
	expect frames=21 "$(tail -n 1 "$TMP/xdp")" "frames seen by the XDP program ${3:-in driver mode}"
}

test_peer_driver_xdp()
{
	xdp peer-xdp 0
	back "XDP"
}

test_peer_generic_xdp() { xdp eligible 1 -g; }

test_peer_gro()
{
	try in_ns "$h2" ethtool -K eth0 gro on
	path peer-gro 0 "peer with GRO"
	try in_ns "$h2" ethtool -K eth0 gro off
	back "GRO"
}

test_peer_rps()
{
	if on_uml && [ "$(nproc)" = 1 ]; then
		skip "a kernel for one CPU has no RPS"
		return
	fi
	in_ns "$h2" sh -c 'echo 1 > /sys/class/net/eth0/queues/rx-0/rps_cpus' || fail "no RPS"
	path peer-rps 0 "peer with RPS"
	in_ns "$h2" sh -c 'echo 0 > /sys/class/net/eth0/queues/rx-0/rps_cpus'
	back "RPS"
}

test_qdisc()
{
	try in_ns "$sw" tc qdisc add dev p2 root pfifo
	path qdisc 0 "with a qdisc"
	expect 1 "$(in_ns "$sw" tc -s -j qdisc show dev p2 | jrow -s packets)" \
		"frames counted by the qdisc"
	try in_ns "$sw" tc qdisc del dev p2 root
	back "the qdisc"
}

test_tc_egress()
{
	local before

	try in_ns "$sw" tc qdisc add dev p2 clsact
	try in_ns "$sw" tc filter add dev p2 egress protocol 0x88b5 matchall action pass
	path egress-hook 0 "with a tc egress filter"
	try in_ns "$sw" tc filter del dev p2 egress
	try in_ns "$sw" tc filter add dev p2 egress protocol all matchall action drop
	before=$(drops)
	expect - "$(probe h1 src=1 dst=2)" "receivers behind a filter that drops"
	expect "p2 tx-refused 1" "$(drops_since "$before")" "drops"
	try in_ns "$sw" tc qdisc del dev p2 clsact
	back "the tc filter"
}

test_nft_egress()
{
	local before

	in_ns "$sw" nft -f - <<-NFT || fail "no nft egress chain"
		table netdev t {
			chain c {
				type filter hook egress device "p2" priority 0
				ether type 0x88b5 counter
			}
		}
	NFT
	path egress-hook 0 "with an nft egress chain"
	expect 1 "$(in_ns "$sw" nft list table netdev t |
		sed -n 's/.*counter packets \([0-9]*\) .*/\1/p')" "frames counted by the chain"
	try in_ns "$sw" nft add rule netdev t c drop
	before=$(drops)
	expect - "$(probe h1 src=1 dst=2)" "receivers behind a chain that drops"
	expect "p2 tx-refused 1" "$(drops_since "$before")" "drops"
	try in_ns "$sw" nft delete table netdev t
	back "the nft chain"
}

test_capture()
{
	in_ns "$sw" timeout 20 tcpdump -n -e -c 1 -i p2 'ether proto 0x88b5' > "$TMP/dump" 2> "$TMP/dump.err" &
	BG_PID[tcpdump]=$!
	busywait 10 grep -q 'listening on' "$TMP/dump.err" || fail "tcpdump: $(cat "$TMP/dump.err")"
	path tap 0 "captured"
	wait "${BG_PID[tcpdump]}"
	unset 'BG_PID[tcpdump]'
	grep -q "$(mac 1) > $(mac 2)" "$TMP/dump" || fail "tcpdump saw '$(cat "$TMP/dump")'"
	back "the capture"
}

# The peer would refuse it; so the host's end has to try, and fail.
test_over_peer_mtu()
{
	local before

	try ip -n "$h2" link set eth0 mtu 1000
	before=$(short)
	expect h2 "$(probe h1 src=1 dst=2 len=1014)" "receivers of a frame of the peer's MTU"
	expect 1 $(($(short) - before)) "frames of the peer's MTU by the short path"
	expect - "$(probe h1 src=1 dst=2 len=1200)" "receivers of a frame over the peer's MTU"
	expect 1 $(($(short) - before)) "frames over the peer's MTU by the short path"
	try ip -n "$h2" link set eth0 mtu 1500
	back "the small MTU"
}

# What the container's stack makes of the frame depends on whom it is for.
test_packet_type()
{
	local before

	try ip -n "$h2" addr add 198.51.100.2/32 dev eth0
	try ip -n "$h1" route add 198.51.100.2 dev eth0
	try ip -n "$h1" neigh replace 198.51.100.2 lladdr "$(mac 2)" dev eth0
	try in_ns "$h1" ping -c 1 -W 3 198.51.100.2
	try ctl fdb replace sw0 "$(mac 0x99)" port p2
	try ip -n "$h1" neigh replace 198.51.100.2 lladdr "$(mac 0x99)" dev eth0
	before=$(short)
	refused "." in_ns "$h1" ping -c 2 -i 0.1 -W 1 198.51.100.2
	expect_range $((before + 2)) $((before + 3)) "$(short)" "frames by the short path to somebody else"
}

# loop: two cables into a container whose own switch closes the loop.
loop()
{
	local kind=$1 i

	ipsw link add p3 type veth peer name eth1 netns "$h1"
	ipsw link set p3 master sw0 up
	ip -n "$h1" link set eth1 up
	try ip -n "$h1" link add loop0 type "$kind"
	for i in eth0 eth1; do
		try ip -n "$h1" link set "$i" master loop0
	done
	ctl fdb replace sw0 "$(mac 0x66)" port p3
	if [ "$kind" = cvswitch ]; then
		try cvswitch-ctl -n "$h1" fdb add loop0 "$(mac 0x66)" port eth0
	else
		try bridge -n "$h1" fdb add "$(mac 0x66)" dev eth0 master static
	fi
	try ip -n "$h1" link set loop0 up
}

# A frame that goes round for ever, and a broadcast that multiplies; the machine must still answer.
survives()
{
	local kind=$1 start=$SECONDS frames short

	if on_uml; then
		skip "User-Mode Linux doesn't come back from a loop of two Linux bridges either"
		return
	fi
	loop "$kind"
	short=$(($(counter p1 tx-short-frames) + $(counter p3 tx-short-frames)))
	frames=$(counter p3 tx-frames)
	blast h2 1 src=2 dst=0x66
	blast h2 1 src=2 dst=bcast
	busywait 10 goes_round $((frames + 500)) || note "the loop carried few frames"
	expect "$short" $(($(counter p1 tx-short-frames) + $(counter p3 tx-short-frames))) \
		"frames by the short path into peers with a handler"
	try ip -n "$h1" link set loop0 down
	try ip -n "$h1" link del loop0
	try ipsw link del p3
	expect_range 0 40 $((SECONDS - start)) "seconds that the loop and its end took"
}
goes_round() { [ "$(counter p3 tx-frames)" -ge "$1" ]; }

test_loop_by_switch() { survives cvswitch; }
test_loop_by_bridge() { survives bridge; }

tests_run test_eligible test_switched_off test_not_for_floods test_not_from_host test_not_veth \
	test_same_netns test_peer_down test_peer_in_bridge test_peer_under_macvlan \
	test_peer_driver_xdp test_peer_generic_xdp test_peer_gro test_peer_rps test_qdisc \
	test_tc_egress test_nft_egress test_capture test_over_peer_mtu test_packet_type \
	test_loop_by_switch test_loop_by_bridge
