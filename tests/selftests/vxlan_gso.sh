#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 180
#
# Frames of many segments cross a tunnel whole, also where they are queued to a device behind it, where a
# virtual machine made them, whose headers the kernel has to check, and where the checksum that is left to
# a device is none of the Internet's (SCTP). An independent program judges them (src/csumcheck.c), and for
# SCTP the receiving host's kernel.
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

setup()
{
	two_hosts
	inner_addresses
	inner_mtu 1430
	tunnel
	try in_ns "$h1" ping -c 1 -W 3 "$(ip4 3)"
	try in_ns "$h1" ping -c 1 -W 3 2001:db8::3
}

short_path()
{
	try ctl switch set sw0 short-path "$1"
	try on "$far" switch set sw0 short-path "$1"
}

# No frame was dropped by either host's switch.
none_dropped()
{
	expect "" "$(on "$far" -j stats show sw0 | jrow -S -e drop port!=null port drop.reason drop.frames)" \
		"drops of the second host"
	expect "" "$(drops)" "drops of the first host"
	balanced
}

# judged LEAST: what the judge at h3 saw: large frames, nothing wrong.
judged()
{
	local word
	local -A j=()

	reap judge || fail "h3 received: $(cat "$TMP/judge")"
	for word in $(tail -n 1 "$TMP/judge"); do
		j[${word%=*}]=${word#*=}
	done
	expect 0 "${j[bad]:-none}" "wrong checksums"
	expect_range "$1" 9999999 "${j[gso]:-0}" "large frames that h3 received"
}

# tcp PATH: large frames stay large to the receiver, by either family.
tcp()
{
	short_path "$1"
	spawn judge csumcheck "$h3/eth0"
	try tcpbulk -m 4 -t 40 "$h1" "$h3" "$(ip4 3)"
	try tcpbulk -m 4 -t 40 "$h1" "$h3" 2001:db8::3
	judged 50
	none_dropped
}

test_tcp_short() { tcp auto; }
test_tcp_queued() { tcp off; }

# As from a virtual machine, by either path.
test_unchecked()
{
	local path

	for path in auto off; do
		short_path "$path"
		spawn judge csumcheck "$h3/eth0"
		try gsosend -n 20 -s 10 "$h1/eth0" "$(mac 1)" "$(mac 3)" "$(ip4 1)" "$(ip4 3)"
		balanced
		judged 20
		none_dropped
	done
}

# Nobody computes on the underlay what a container has left to its device, and the other host checks all
# that it receives. No capture could judge: SCTP's receiver writes into a packet while it checks it.
test_sctp()
{
	local before

	modprobe -q sctp || { skip "this kernel has no SCTP"; return; }
	short_path auto
	try in_ns "$sw" ethtool -K u0 tx off
	try in_ns "$far" ethtool -K u0 tx off rx off gro off
	before=$(wrong_sums)
	launch server in_ns "$h3" /usr/bin/python3 -c '
import socket
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
server.bind(("0.0.0.0", 7070))
server.listen(1)
connection = server.accept()[0]
got = 0
while got < 60000:
    got += len(connection.recv(65536))
connection.sendall(b"all")'
	busywait 10 in_ns "$h3" grep -q 7070 /proc/net/sctp/eps
	try timeout 20 ip netns exec "$h1" /usr/bin/python3 -c '
import socket, sys
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
client.settimeout(15)
client.connect((sys.argv[1], 7070))
for _ in range(60):
    client.sendall(bytes(1000))
assert client.recv(3) == b"all"' "$(ip4 3)"
	expect "$before" "$(wrong_sums)" "wrong checksums outside"
	none_dropped
}
wrong_sums() { in_ns "$far" nstat -asz UdpInCsumErrors | awk '$1 == "UdpInCsumErrors" { print $2 }'; }

tests_run test_tcp_short test_tcp_queued test_unchecked test_sctp
