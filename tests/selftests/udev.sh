#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# With systemd-udevd running and our .link file installed, a switch keeps the address that it was
# made with, whoever made it. In the machine's own namespace: udev looks after no other.
#
#	systemd-udevd -> swu0 (by cvswitch-ctl), swu1 (by ip), vethu0 -- vethu1

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

UDEVD=/lib/systemd/systemd-udevd

setup()
{
	need udevadm "$UDEVD"
	[ -e /job/env ] || bail "not in the test's virtual machine, where udev may be started"
	mkdir -p /etc/systemd/network /run/udev
	cp "$CVS_TOP/dist/10-cvswitch.link" /etc/systemd/network
	"$UDEVD" --daemon > "$TMP/udevd" 2>&1 || bail "systemd-udevd: $(cat "$TMP/udevd")"
	busywait 10 [ -e /run/udev/control ] || bail "systemd-udevd doesn't start"
}

cleanup()
{
	udevadm control --exit 2>/dev/null
	ip link del swu0 2>/dev/null
	ip link del swu1 2>/dev/null
	ip link del vethu0 2>/dev/null
	rm -f /etc/systemd/network/10-cvswitch.link
}

address() { cat "/sys/class/net/$1/address"; }
# Did udev come by, and which file did it apply?
applied() { udevadm info -q property -p "/sys/class/net/$1" | sed -n 's/^ID_NET_LINK_FILE=//p'; }
settle() { udevadm settle -t 20 || fail "udev doesn't settle"; }

test_made_by_tool()
{
	local before

	try cvswitch-ctl switch add swu0
	before=$(address swu0)
	settle
	expect "$before" "$(address swu0)" "address of a switch made by cvswitch-ctl"
	expect /etc/systemd/network/10-cvswitch.link "$(applied swu0)" "file that udev applied"
	expect 3 "$(cat /sys/class/net/swu0/addr_assign_type)" "kind of its address (3: set by hand)"
}

test_made_by_ip()
{
	local before

	try ip link add swu1 type cvswitch
	before=$(address swu1)
	settle
	expect "$before" "$(address swu1)" "address of a switch made by ip"
	expect /etc/systemd/network/10-cvswitch.link "$(applied swu1)" "file that udev applied"
}

# Udev is really at work here: without our file it would have changed the address.
test_would_change_without_file()
{
	local before

	try udevadm control --reload
	rm /etc/systemd/network/10-cvswitch.link
	try udevadm control --reload
	try ip link del swu1
	udevadm settle -t 20
	before=$(ip link add swu1 type cvswitch && address swu1)
	settle
	# The policy of the distribution's default file, if it has one.
	if grep -qs '^MACAddressPolicy=persistent' /lib/systemd/network/99-default.link; then
		[ "$before" != "$(address swu1)" ] ||
			note "udev didn't change the address (it may not know the device's kind)"
	fi
	expect 1 "$(udevadm info -q property -p /sys/class/net/swu1 | grep -c '^ID_NET_DRIVER=cvswitch')" \
		"udev knows the driver of the device"
	cp "$CVS_TOP/dist/10-cvswitch.link" /etc/systemd/network
	try udevadm control --reload
}

# A switch's address doesn't follow its ports', whatever udev does to those.
test_ports()
{
	local before

	before=$(address swu0)
	try ip link add vethu0 type veth peer name vethu1
	try ip link set vethu0 master swu0 up
	settle
	expect "$before" "$(address swu0)" "address of the switch after a port joined"
}

tests_run test_made_by_tool test_made_by_ip test_would_change_without_file test_ports
