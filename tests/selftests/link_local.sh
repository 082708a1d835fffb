#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The 16 control addresses of IEEE 802.1 stay on their cable; their neighbours are multicast like any.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+ host

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	PROBE_RX=(h1 h2 host)
}

test_never_forwarded()
{
	local before i

	before=$(drops)
	for ((i = 0; i < 16; i++)); do
		expect - "$(probe h1 src=1 dst="01:80:c2:00:00:$(printf %02x "$i")")" \
			"receivers of 01:80:c2:00:00:$(printf %02x "$i")"
	done
	expect "p1 link-local 16" "$(drops_since "$before")" "drops"
}

test_neighbours_are_multicast()
{
	expect "h2 host" "$(probe h1 src=1 dst=01:80:c2:00:00:10)" "receivers of 01:80:c2:00:00:10"
	expect "h2 host" "$(probe h1 src=1 dst=01:80:c2:00:01:00)" "receivers of 01:80:c2:00:01:00"
	expect "h2 host" "$(probe h1 src=1 dst=01:80:c3:00:00:00)" "receivers of 01:80:c3:00:00:00"
}

test_from_host()
{
	local before

	before=$(drops)
	expect - "$(probe host src="$SW_MAC" dst=bpdu)" "receivers of the host's BPDU"
	expect "sw0 link-local 1" "$(drops_since "$before")" "drops"
}

# A daemon on the host that speaks LLDP on the port itself hears it.
test_port_device_hears()
{
	spawn count framecount p1="$sw/p1"
	blast h1 1 src=1 dst=01:80:c2:00:00:0e type=0x88cc
	reap count
	expect "p1 frames=1 bytes=64 tagged=0" "$(tail -n 1 "$TMP/count")" "frames seen on the port's device"
}

tests_run test_never_forwarded test_neighbours_are_multicast test_from_host test_port_device_hears
