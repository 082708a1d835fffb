#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# A Linux bridge with a vxlan device understands us, and we understand it, by IPv4 and by IPv6: frames of
# all lengths, tags, pings, TCP in large frames. Every field and checksum of what passes between the
# hosts is checked by an independent program (src/vxcheck.c).
#
#	h1 -- p1 +-----+                                +--------+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0/vx0 -- | bridge | $far
#	h2 -- p2 +-----+                                +--------+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"
# shellcheck source=lib/interop.sh
. "$(dirname "$0")/lib/interop.sh"

setup()
{
	interop_setup
	try ip -n "$far" link add br0 type bridge
	try ip -n "$far" link set p3 master br0
	try ip -n "$far" link set p4 master br0
	try ip -n "$far" link set br0 up
}

other_on()
{
	local csum=udpcsum

	[ "$1" = 4 ] || csum=noudp6zerocsumtx
	try ip -n "$far" link add vx0 type vxlan id "$VNI" local "$(vtep 2 "$1")" remote "$(vtep 1 "$1")" \
		dstport 4789 "$csum"
	try ip -n "$far" link set vx0 master br0 up
}

other_off() { try ip -n "$far" link delete vx0; }

tests_run test_ipv4_on test_frames test_tagged test_ping test_bulk test_source_ports test_settings \
	test_ipv6_on test_frames test_tagged test_ping test_bulk
