#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
# smp: 1
# needs: faults
#
# Whatever is asked of remotes, VNIs and the addresses behind remotes, with every allocation failing
# once: all of it is done, or nothing. See lib/fault.sh.
#
#	h1 -- p1 +-----+      u0, the underlay: 198.51.100.1 and .11, 2001:db8:ff::1 and ::11
#	         | sw0 |      sw0 is VLAN-aware, its tunnel has VNIs of VLANs 1, 10 and 11,
#	         +-----+      and three remotes with addresses of each kind behind them

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/fault.sh
. "$(dirname "$0")/lib/fault.sh"

setup()
{
	fault_tunnel_setup
	run "$TUNNEL; $REMOTES; $VNIS; $BEHIND2; $BEHIND3"
}

test_questions()
{
	reads "ctl tunnel show sw0"
	reads "ctl remote show"
	reads "ctl remote show sw0 $R3"
	reads "ctl vni show"
	reads "ctl fdb show sw0 remote $R2"
	reads "ctl fdb get sw0 $(mac 0x21) vlan 10"
	reads "ctl stats show sw0 tunnel"
	request_words VNI_GET VNI_SWITCH:u32:"$(ifindex sw0)" VNI_VNI:u32:110
	reads "genlreq ${REQUEST[*]}"
	reads "bridge fdb show dev sw0"
}

test_remote()
{
	changes "ctl remote add sw0 198.51.100.5 flood off fdb-max 3" "ctl remote del sw0 198.51.100.5"
	changes "ctl remote set sw0 $R2 flood off fdb-max 7" "ctl remote set sw0 $R2 flood on fdb-max off"
	changes "ctl remote del sw0 $R2" "ctl remote add sw0 $R2; $BEHIND2"
	changes "ctl remote flush sw0" "$REMOTES; $BEHIND2; $BEHIND3"
}

test_vni()
{
	changes "ctl vni add sw0 120 vlan 20" "ctl vni del sw0 120"
	changes "ctl vni del sw0 111" "ctl vni add sw0 111 vlan 11; $BEHIND3"
}

test_fdb()
{
	changes "ctl fdb add sw0 $(mac 7) remote $R3 vlan 10" "ctl fdb del sw0 $(mac 7) vlan 10"
	changes "ctl fdb replace sw0 $(mac 0x21) remote $R3 vlan 10 sticky" \
		"ctl fdb replace sw0 $(mac 0x21) remote $R2 vlan 10"
	changes "ctl fdb del sw0 $(mac 0x22) vlan 11" "$BEHIND3"
	changes "ctl fdb flush sw0 remote $R3" "$BEHIND3"
	changes "bridge fdb add $(mac 7) dev sw0 self vlan 10 dst $R3" \
		"ctl fdb del sw0 $(mac 7) vlan 10"
	changes "bridge fdb replace $(mac 0x21) dev sw0 self vlan 10 dst $R3" \
		"ctl fdb replace sw0 $(mac 0x21) remote $R2 vlan 10"
}

test_tool()
{
	tool ctl show sw0
	tool ctl remote show sw0
}

test_leaks() { no_leaks; }

tests_run test_questions test_remote test_vni test_fdb test_tool test_leaks
