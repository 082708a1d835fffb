#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
# smp: 1
# needs: faults
#
# Whatever is asked of a tunnel, with every allocation failing once: all of it is done, or nothing.
# See lib/fault.sh.
#
#	h1 -- p1 +-----+      u0, the underlay: 198.51.100.1 and .11, 2001:db8:ff::1 and ::11
#	         | sw0 |      sw0 is VLAN-aware, its tunnel has VNIs of VLANs 1, 10 and 11,
#	         +-----+      and three remotes with addresses of each kind behind them

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/fault.sh
. "$(dirname "$0")/lib/fault.sh"

# Another switch, which shares the UDP port.
ADD8="ip link add sw8 index 100088 address 02:00:00:00:00:88 type cvswitch"
TUNNEL8="ctl tunnel set sw8 vni 800 local 198.51.100.1; ctl remote add sw8 $R2;
	ctl fdb add sw8 $(mac 0x28) remote $R2"

setup() { fault_tunnel_setup; }

test_new()
{
	reads "ctl tunnel show"
	changes "$TUNNEL" "ctl tunnel del sw0"
	changes "ctl tunnel set sw0 local 2001:db8:ff::1 port 8472 zero-checksum-rx on
			source-port 5000-6000 ttl 9 dscp inherit df inherit checksum off source any
			learning off ignore-reserved 0xff device u0 remote-max 9" "ctl tunnel del sw0"
	run "$TUNNEL; $REMOTES; $VNIS; $BEHIND2; $BEHIND3"
}

test_set()
{
	changes "ctl tunnel set sw0 vni 101" "ctl tunnel set sw0 vni 100"
	changes "ctl tunnel set sw0 port 8472" "ctl tunnel set sw0 port 4789"
	changes "ctl tunnel set sw0 vni 101 port 8472 device u0" \
		"ctl tunnel set sw0 vni 100 port 4789 device none"
	changes "ctl tunnel set sw0 local 198.51.100.11" "ctl tunnel set sw0 local 198.51.100.1"
	changes "ctl tunnel set sw0 source-port 5000-6000 zero-checksum-rx on learning off" \
		"ctl tunnel set sw0 source-port auto zero-checksum-rx off learning on"
}

test_del()
{
	changes "ctl tunnel del sw0" "$TUNNEL; $REMOTES; $VNIS; $BEHIND2; $BEHIND3"
}

# Of two switches with one socket.
test_shared()
{
	run "$ADD8; $TUNNEL8"
	changes "ctl tunnel del sw8" "$TUNNEL8"
	changes "ctl tunnel set sw8 port 8472" "ctl tunnel set sw8 port 4789"
	changes "ctl switch set sw8 vlan-aware on" "ctl switch set sw8 vlan-aware off"
	changes "ctl switch del sw8" "$ADD8; $TUNNEL8"
	changes "ip link del sw8" "$ADD8; $TUNNEL8"
	try ctl switch del sw8
}

test_ipv6()
{
	try ctl tunnel del sw0
	run "ctl tunnel set sw0 vni 100 local 2001:db8:ff::1; ctl remote add sw0 2001:db8:ff::2; $VNIS"
	changes "ctl tunnel set sw0 zero-checksum-rx on" "ctl tunnel set sw0 zero-checksum-rx off"
	changes "ctl tunnel set sw0 local 2001:db8:ff::11 port 8472" \
		"ctl tunnel set sw0 local 2001:db8:ff::1 port 4789"
	changes "ctl remote add sw0 2001:db8:ff::3" "ctl remote del sw0 2001:db8:ff::3"
	run "ctl tunnel del sw0"
}

test_netns_exit()
{
	namespaces_end 3 <<-CTL
		switch add sw0 vlan-aware on up
		port add sw0 f
		tunnel set sw0 vni 100 local 198.51.100.1
		vni add sw0 110 vlan 10
		remote add sw0 $R2
		remote add sw0 $R3
		fdb add sw0 $(mac 7) remote $R2 vlan 10
		switch add sw1 up
		tunnel set sw1 vni 200 local 198.51.100.1
		remote add sw1 $R2
	CTL
}

test_leaks() { no_leaks; }

tests_run test_new test_set test_del test_shared test_ipv6 test_netns_exit test_leaks
