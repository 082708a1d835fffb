#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
# needs: ovs
#
# Open vSwitch understands us, and we understand it, by IPv4 and by IPv6: frames of all lengths, tags,
# pings, TCP in large frames. Every field and checksum of what passes between the hosts is checked by an
# independent program (src/vxcheck.c).
#
#	h1 -- p1 +-----+                              +--------------+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0/vx0  | Open vSwitch | $far
#	h2 -- p2 +-----+                              +--------------+ p4 -- h4

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"
# shellcheck source=lib/interop.sh
. "$(dirname "$0")/lib/interop.sh"
# shellcheck source=../ovs.sh
. "$(dirname "$0")/../ovs.sh"

OVS=$TMP/ovs
PROBE_WAIT=1000		# the first frame of each flow goes through a daemon

setup()
{
	modprobe -q openvswitch || { echo '# SKIP this kernel has no Open vSwitch'; exit 4; }
	interop_setup
	ovs_start "$OVS" ip netns exec "$far" >/dev/null || bail "Open vSwitch doesn't start"
	try ovs_ctl "$OVS" add-br br0 -- add-port br0 p3 -- add-port br0 p4
}

cleanup()
{
	[ ! -e "$OVS/switch.pid" ] || ovs_stop "$OVS"
}

other_on()
{
	try ovs_ctl "$OVS" add-port br0 vx0 -- set interface vx0 type=vxlan options:key="$VNI" \
		options:local_ip="$(vtep 2 "$1")" options:remote_ip="$(vtep 1 "$1")" options:csum=true
	# It is told that the port is there before the device is.
	busywait 10 in_ns "$far" test -e /sys/class/net/vxlan_sys_4789
}

other_off() { try ovs_ctl "$OVS" del-port br0 vx0; }

tests_run test_ipv4_on test_frames test_tagged test_ping test_bulk \
	test_ipv6_on test_frames test_tagged test_ping test_bulk
