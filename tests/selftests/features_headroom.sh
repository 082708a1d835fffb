#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the host may leave to the ports' devices is what all of them can do, and a device that leaves
# the switch is as it was before.
#
#	+---------- $sw ----------+
#	| sw0 <- veth0, veth2     |
#	+-------------------------+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	setup_ns sw
	try ctl switch add sw0 up
	ipsw -batch - <<-IP || bail "cannot create the devices"
		link add veth0 type veth peer name veth1
		link add veth2 type veth peer name veth3
		link set veth0 up
		link set veth2 up
	IP
}

# feature DEVICE NAME: on or off
feature() { in_ns "$sw" ethtool -k "$1" | awk -v f="$2:" '$1 == f { print $2 }'; }
set_feature() { try in_ns "$sw" ethtool -K "$1" "$2" "$3"; }

test_without_ports()
{
	expect "on on" "$(feature sw0 tx-checksum-ip-generic) $(feature sw0 tcp-segmentation-offload)" \
		"checksum and segmentation offload of an empty switch"
}

# Checksums can always be left to the switch: what a port's device can't do is done before it sends.
test_checksums()
{
	try ctl port add sw0 veth0
	try ctl port add sw0 veth2
	expect on "$(feature sw0 tx-checksum-ip-generic)" "checksum offload with ports that do it"
	set_feature veth2 tx off
	expect on "$(feature sw0 tx-checksum-ip-generic)" "checksum offload with one port that does"
	set_feature veth2 tx on
}

test_scatter_gather()
{
	set_feature veth0 sg off
	set_feature veth2 sg off
	expect off "$(feature sw0 scatter-gather)" "scatter-gather with no port that does it"
	set_feature veth0 sg on
	set_feature veth2 sg on
	expect on "$(feature sw0 scatter-gather)" "scatter-gather with ports that do"
}

# Segments can be cut later, so one port without offload need not spoil it for all.
test_segmentation_stays()
{
	set_feature veth2 tso off
	expect on "$(feature sw0 tcp-segmentation-offload)" "segmentation offload"
	set_feature veth2 tso on
}

test_gso_limits()
{
	local max

	max=$(link veth0 .tso_max_size)
	expect "$max" "$(link sw0 .tso_max_size)" "limit of segments in a frame, as the ports'"
}

test_lro_is_off()
{
	expect off "$(feature veth0 large-receive-offload)" "LRO of a port"
}

test_promiscuity()
{
	expect 1 "$(link veth0 .promiscuity)" "promiscuity of a port"
	try ctl port del veth0
	expect 0 "$(link veth0 .promiscuity)" "promiscuity after it left"
	expect 0 "$(link veth0 .allmulti)" "allmulti after it left"
	try ctl port add sw0 veth0
	try ipsw link set veth0 promisc on
	expect 2 "$(link veth0 .promiscuity)" "promiscuity of a port that somebody listens on"
	try ctl port del veth0
	expect 1 "$(link veth0 .promiscuity)" "promiscuity after it left"
	try ipsw link set veth0 promisc off
}

test_refusal_leaves_no_promiscuity()
{
	try ipsw link add br0 type bridge
	try ipsw link set veth0 master br0
	refused "." ctl port add sw0 veth0
	try ipsw link set veth0 nomaster
	expect 0 "$(link veth0 .promiscuity)" "promiscuity after a refusal"
}

# Deleting the switch releases its ports.
test_switch_deleted()
{
	try ctl port add sw0 veth0
	try ctl switch del sw0
	expect "0 0" "$(link veth0 .promiscuity) $(link veth2 .promiscuity)" "promiscuity"
	expect "null null" "$(link veth0 .master) $(link veth2 .master)" "masters"
}

tests_run test_without_ports test_checksums test_scatter_gather test_segmentation_stays \
	test_gso_limits test_lro_is_off test_promiscuity test_refusal_leaves_no_promiscuity \
	test_switch_deleted
