#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
# smp: 2
#
# Ends, while frames come and go: of a remote, a VNI, a tunnel, a switch, a namespace, and of the
# module. Nothing is left behind, and nothing of it is missed when it comes back.
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
	two_hosts ageing off
	tunnel
	launch up framegen -n 100000000 -r 2000 "$h1/eth0" -- src=1 dst=3
	launch down framegen -n 100000000 -r 2000 "$h3/eth0" -- src=3 dst=1
	launch flood framegen -n 100000000 -r 200 "$h4/eth0" -- src=4 dst=bcast
}

arrives() { [ "$(tunnel_counter rx-frames)" -gt "$1" ]; }
flows()
{
	busywait 10 arrives "$(tunnel_counter rx-frames)" || fail "nothing arrives $1"
}

test_flows() { flows "at the beginning"; }

test_remotes()
{
	local i

	for ((i = 0; i < 10; i++)); do
		try ctl remote del sw0 "$(vtep 2)"
		try ctl remote add sw0 "$(vtep 2)"
	done
	flows "after the remote came back"
}

test_vnis()
{
	local i

	for ((i = 0; i < 5; i++)); do
		try ctl tunnel set sw0 vni 4711
		try ctl tunnel set sw0 vni "$VNI"
	done
	flows "after the VNI came back"
}

test_ports()
{
	local i

	for ((i = 0; i < 5; i++)); do
		try ctl tunnel set sw0 port 8472
		try ctl tunnel set sw0 port 4789
	done
	flows "after the UDP port came back"
}

test_tunnels()
{
	local i

	for ((i = 0; i < 10; i++)); do
		try ctl tunnel del sw0
		try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
		try ctl remote add sw0 "$(vtep 2)"
	done
	flows "after the tunnel came back"
}

test_underlay()
{
	try ipsw link set u0 down
	try ipsw link set u0 up
	ipv6_on "$sw" u0
	flows "after the underlay came back"
}

again()
{
	try ctl switch add sw0 address "$SW_MAC" ageing off up
	try ipsw link set p1 master sw0
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
}

test_switches()
{
	local i

	for ((i = 0; i < 5; i++)); do
		try ctl switch del sw0
		again
	done
	flows "after the switch came back"
}

# The UDP port is free when the last tunnel has gone.
test_port_is_free()
{
	try ctl tunnel del sw0
	try ipsw link add vx0 type vxlan id 5 dstport 4789 local "$(vtep 1)"
	try ipsw link set vx0 up
	refused 'taken by the vxlan device vx0|taken by a vxlan device' \
		ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ipsw link del vx0
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
	flows "after the other one has gone"
}

test_namespace()
{
	local gone=$far

	try ip netns delete "$far"
	busywait 20 no_ns_device || fail "the other host's devices are still there"
	[ -n "$gone" ]
}
no_ns_device() { ! ipsw link show dev u0 >/dev/null 2>&1; }

test_module()
{
	reap up KILL
	reap down KILL
	reap flood KILL
	unload_cleanly p1 p2
}

tests_run test_flows test_remotes test_vnis test_ports test_tunnels test_underlay test_switches \
	test_port_is_free test_namespace test_module
