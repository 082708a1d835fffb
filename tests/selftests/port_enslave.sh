#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Devices of every suitable kind join and leave a switch, by ip and by cvswitch-ctl alike; what can't
# be a port is refused with the reason, and stays as it was.
#
#	+-------------------- $sw ---------------------+
#	|    sw0   sw1   br0                           |
#	|     ^                                        |
#	|     +-- veth, tap, dummy, VLAN device        |
#	|     +-x lo, tun, sw1, br0, sw0.10, ...       |
#	+----------------------------------------------+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	setup_ns sw
	modprobe tun
	try ctl switch add sw0 up
	try ctl switch add sw1 up
	ipsw -batch - <<-IP || bail "cannot create the devices"
		link add veth0 type veth peer name veth1
		link add dummy0 type dummy
		link add link veth1 name vlan0 type vlan id 10
		tuntap add dev tap0 mode tap
		tuntap add dev tun0 mode tun
		link add br0 type bridge
		link add link sw0 name sw0.10 type vlan id 10
	IP
}

is_port() { expect "$1" "$(link "$2" .master)" "master of $2 $3"; }

join_and_leave()
{
	local dev=$1 index

	index=$(ifindex "$dev")
	try ipsw link set "$dev" master sw0
	is_port sw0 "$dev" "after ip link set master"
	expect "$index" "$(port "$dev" ifindex)" "ifindex of port $dev"
	expect cvswitch "$(link "$dev" .linkinfo.info_slave_kind)" "slave kind of $dev"
	try ctl port del "$dev"
	is_port null "$dev" "after cvswitch-ctl port del"

	try ctl port add sw0 "$dev"
	is_port sw0 "$dev" "after cvswitch-ctl port add"
	expect 1 "$(switch port-count)" "ports of sw0"
	try ipsw link set "$dev" nomaster
	is_port null "$dev" "after ip link set nomaster"
	expect 0 "$(switch port-count)" "ports of sw0"
	expect 0 "$(link "$dev" .promiscuity)" "promiscuity of $dev after it left"
}

test_veth() { join_and_leave veth0; }
test_tap() { join_and_leave tap0; }
test_dummy() { join_and_leave dummy0; }
test_vlan_device() { join_and_leave vlan0; }

# ip moves a port from one switch to another, as it does with bridges.
test_move_by_ip()
{
	try ipsw link set veth0 master sw0
	try ipsw link set veth0 master sw1
	is_port sw1 veth0 "after the move"
	expect 0 "$(switch port-count)" "ports of sw0"
	try ipsw link set veth0 nomaster
}

# cant_join REGEX DEVICE: by either way.
cant_join()
{
	refused "$1" ipsw link set "$2" master sw0
	refused "$1" ctl port add sw0 "$2"
	is_port null "$2" "after it was refused"
	expect 0 "$(switch port-count)" "ports of sw0"
}

test_refuse_loopback() { cant_join "Loopback device can't be a port" lo; }
test_refuse_non_ethernet() { cant_join "Only Ethernet devices can be ports" tun0; }
test_refuse_switch() { cant_join "A cvswitch can't be a port of a cvswitch" sw1; }
test_refuse_itself() { cant_join "can't be a port of a cvswitch|loop" sw0; }
test_refuse_bridge() { cant_join "A bridge can't be a port" br0; }
test_refuse_own_upper() { cant_join "A device above the switch can't be its port" sw0.10; }

test_refuse_switch_in_bridge()
{
	refused "bridge" ipsw link set sw0 master br0
	is_port null sw0 "after the bridge refused it"
}

# A device with somebody else's receive handler.
test_refuse_macvlan_lower()
{
	try ipsw link add link dummy0 name mv0 type macvlan
	cant_join "busy|already" dummy0
	try ipsw link del mv0
}

test_refuse_enslaved()
{
	try ipsw link set veth0 master br0
	refused "Device already has a master" ctl port add sw0 veth0
	is_port br0 veth0 "after it was refused"
	try ipsw link set veth0 master sw1
	refused "Device is already a port" ctl port add sw0 veth0
	refused "Device is already a port" ctl port add sw1 veth0
	is_port sw1 veth0 "after it was refused"
	try ipsw link set veth0 nomaster
}

test_refuse_not_a_switch()
{
	refused "Not a cvswitch device" ctl port add br0 veth0
	refused "Device is not a port" ctl port del veth0
	is_port null veth0 "after it was refused"
}

tests_run test_veth test_tap test_dummy test_vlan_device test_move_by_ip \
	test_refuse_loopback test_refuse_non_ethernet test_refuse_switch test_refuse_itself \
	test_refuse_bridge test_refuse_own_upper test_refuse_switch_in_bridge \
	test_refuse_macvlan_lower test_refuse_enslaved test_refuse_not_a_switch
