#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch that was given no address takes the lowest hardware address of its ports, and one at
# random when the last hardware leaves. Ports of containers never change the address, which the
# other containers have in their neighbour tables; nor does anything change one that was chosen.
#
#	nic1, nic2 (the virtual machine's network cards) -- sw0, sw1 -- p1 (a container's)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	local n name

	! on_uml || { echo '# SKIP User-Mode Linux has no network cards'; exit 4; }
	topology 1
	modprobe virtio_net || bail "the machine has no network cards"
	for n in 1 2; do
		busywait 5 nic "$n" > /dev/null || bail "network card $n is missing"
		name=$(nic "$n")
		try ip link set "$name" netns "$sw" name "nic$n"
		try ipsw link set "nic$n" up
	done
	try ipsw link add sw1 type cvswitch
}

# nic N: what the network card with address N is called where it comes up.
nic() { ip -br link | awk -v mac="$(mac "0x9$1")" '$3 == mac { print $1; found = 1 } END { exit !found }'; }

address() { link "$1" .address; }

test_chosen_address_stays()
{
	try ipsw link set nic1 master sw0
	expect "$SW_MAC" "$(address sw0)" "address that was chosen, with hardware"
	try ipsw link set nic1 nomaster
}

test_container_changes_nothing()
{
	local before

	before=$(address sw1)
	try ipsw link set p1 master sw0
	try ipsw link add low address 02:00:00:00:00:00 type veth peer name low-peer
	try ipsw link set low master sw1
	expect "$before" "$(address sw1)" "address with a container's port"
	try ipsw link del low
	expect "$before" "$(address sw1)" "address once it left"
}

test_hardware()
{
	local random

	random=$(address sw1)
	try ipsw link set nic2 master sw1
	expect "$(mac 0x92)" "$(address sw1)" "address with hardware"
	try ipsw link set nic1 master sw1
	expect "$(mac 0x91)" "$(address sw1)" "address with lower hardware"
	try ipsw link set nic1 nomaster
	expect "$(mac 0x92)" "$(address sw1)" "address when the lower left"
	try ipsw link set nic2 nomaster
	[ "$(address sw1)" != "$(mac 0x92)" ] || fail "the hardware's address stayed behind"
	note "at random: $random, then $(address sw1)"
}

test_address_set_later_stays()
{
	try ipsw link set nic2 master sw1
	try ipsw link set sw1 address "$(mac 0x77)"
	try ipsw link set nic2 nomaster
	expect "$(mac 0x77)" "$(address sw1)" "address set by hand"
	try ipsw link set nic1 master sw1
	expect "$(mac 0x77)" "$(address sw1)" "address set by hand, with hardware"
}

tests_run test_chosen_address_stays test_container_changes_nothing test_hardware \
	test_address_set_later_stays
