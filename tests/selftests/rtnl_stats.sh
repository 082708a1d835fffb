#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# "ip -s link" tells the truth: of the switch's device, what the host sent and received; of both ends
# of a container's cable, what went through it, by either path.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	announce 1 2
}

# rx DEVICE [NAMESPACE], tx ...: "FRAMES BYTES"
rx() { ip -n "${2:-$sw}" -s -j link show dev "$1" | jrow stats64.rx.packets stats64.rx.bytes; }
tx() { ip -n "${2:-$sw}" -s -j link show dev "$1" | jrow stats64.tx.packets stats64.tx.bytes; }

# grew BEFORE AFTER: the difference of two such pairs.
grew()
{
	local a b c d

	read -r a b <<<"$1"
	read -r c d <<<"$2"
	echo "$((c - a)) $((d - b))"
}

# 200 frames of 300 bytes from h1 to h2.
cable()
{
	local a b c d

	try ctl switch set sw0 short-path "$1"
	a=$(tx eth0 "$h1") b=$(rx p1) c=$(tx p2) d=$(rx eth0 "$h2")
	blast h1 200 src=1 dst=2 len=300
	expect "200 60000" "$(grew "$a" "$(tx eth0 "$h1")")" "sent by h1, short-path $1"
	expect "200 60000" "$(grew "$b" "$(rx p1)")" "received by p1, short-path $1"
	expect "200 60000" "$(grew "$c" "$(tx p2)")" "sent by p2, short-path $1"
	expect "200 60000" "$(grew "$d" "$(rx eth0 "$h2")")" "received by h2, short-path $1"
}

test_cable_short_path()
{
	local before

	before=$(counter p2 tx-short-frames)
	cable auto
	expect 200 $(($(counter p2 tx-short-frames) - before)) "frames by the short path"
}

test_cable_queue_path()
{
	local before

	before=$(counter p2 tx-short-frames)
	cable off
	expect 0 $(($(counter p2 tx-short-frames) - before)) "frames by the short path"
}

test_host()
{
	local r t

	r=$(rx sw0) t=$(tx sw0)
	blast h1 50 src=1 dst="$SW_MAC" len=200
	blast host 30 src="$SW_MAC" dst=1 len=100
	expect "50 10000" "$(grew "$r" "$(rx sw0)")" "received by the host"
	expect "30 3000" "$(grew "$t" "$(tx sw0)")" "sent by the host"
	expect "$(rx sw0)" "$(counter sw0 tx-frames) $(counter sw0 tx-bytes)" "the same, as netlink says it"
	expect "$(tx sw0)" "$(counter sw0 rx-frames) $(counter sw0 rx-bytes)" "the same, as netlink says it"
}

# Bytes of the ports, as netlink gives them: with the header.
test_port_bytes()
{
	local rx tx

	rx=$(counter p1 rx-bytes) tx=$(counter p2 tx-bytes)
	blast h1 10 src=1 dst=2 len=1000
	expect "10000 10000" "$(($(counter p1 rx-bytes) - rx)) $(($(counter p2 tx-bytes) - tx))" \
		"bytes in by p1 and out by p2"
}

test_host_drops()
{
	local before

	before=$(link sw0 .stats64.tx.dropped)
	blast host 5 src="$SW_MAC" dst=bpdu
	expect 5 $(($(link sw0 .stats64.tx.dropped) - before)) "drops of what the host sent"
}

tests_run test_cable_short_path test_cable_queue_path test_host test_port_bytes test_host_drops
