#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# In a VLAN-aware switch, every kind of port against every kind of tag: who receives the frame, and
# with which tags. Tags in the frame and tags carried beside it are the same.
#
#	access 10:           h1 -- p1 +-----+ p4 -- h4  trunk 10, 20 native (untagged)
#	access 20:           h2 -- p2 | sw0 |
#	trunk 10, 20 tagged: h3 -- p3 +-----+ p5 -- h5  access 10

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 5 vlan-aware on
	ctl -b - <<-CTL || bail "cannot set the VLANs"
		vlan add p1 10 pvid untagged
		vlan del p1 1
		vlan add p2 20 pvid untagged
		vlan del p2 1
		vlan add p3 10
		vlan add p3 20
		vlan del p3 1
		vlan add p4 10
		vlan add p4 20 pvid untagged
		vlan del p4 1
		vlan add p5 10 pvid untagged
		vlan del p5 1
	CTL
}

# reaches RECEIVERS FROM [TAG...]: a broadcast.
reaches()
{
	local want=$1 from=$2
	shift 2

	expect "$want" "$(probe "$from" src="${from#h}" dst=bcast "$@")" "from $from ${*:-untagged}"
}

# refuses FROM [TAG...]: not a member.
refuses()
{
	local before from=$1
	shift

	before=$(drops)
	expect - "$(probe "$from" src="${from#h}" dst=bcast "$@")" "from $from ${*:-untagged}"
	expect "p${from#h} vlan-ingress 1" "$(drops_since "$before")" "drops from $from ${*:-untagged}"
}

test_access_untagged()
{
	reaches "h3:10 h4:10 h5" h1
	reaches "h3:20 h4" h2
	reaches "h1 h3:10 h4:10" h5
}

test_access_tagged()
{
	reaches "h3:10 h4:10 h5" h1 vlan=10
	refuses h1 vlan=20
	refuses h1 vlan=30
	refuses h2 vlan=10
}

# Priority travels with the tag, and ends where the tag ends.
test_priority_tagged()
{
	reaches "h3:10.5 h4:10.5 h5" h1 vlan=0.5
	reaches "h3:20.3 h4" h2 vlan=0.3
	reaches "h1 h4:10.7 h5" h3 vlan=10.7
	refuses h3 vlan=0.5
}

test_trunk()
{
	reaches "h1 h4:10 h5" h3 vlan=10
	reaches "h2 h4" h3 vlan=20
	refuses h3
	refuses h3 vlan=30
}

test_native()
{
	reaches "h2 h3:20" h4
	reaches "h2 h3:20" h4 vlan=20
	reaches "h1 h3:10 h5" h4 vlan=10
}

# A second 802.1Q tag is payload.
test_two_tags()
{
	reaches "h1:300 h4:10:300 h5:300" h3 vlan=10 vlan=300
	reaches "h3:10:10 h4:10:10 h5:10" h1 vlan=10 vlan=10
}

# An 802.1ad tag isn't ours: the frame is untagged to us, and passes with all it carries.
test_qinq()
{
	reaches "h3:10:s100:10 h4:10:s100:10 h5:s100:10" h1 svlan=100 vlan=10
	reaches "h2:s7 h3:20:s7" h4 svlan=7
	refuses h3 svlan=10
}

# The container's VLAN device hands its tag over beside the frame.
test_accelerated()
{
	try ip -n "$h3" link add link eth0 name eth0.10 type vlan id 10
	try ip -n "$h3" link set eth0.10 up
	expect "h1 h4:10 h5" "$(frameprobe "$h3/eth0.10" src=3 dst=bcast -- h1="$h1/eth0" \
		h4="$h4/eth0" h5="$h5/eth0")" "from a VLAN device"
	in_ns "$h3" ethtool -K eth0 tx-vlan-offload off > /dev/null
	expect "h1 h4:10 h5" "$(frameprobe "$h3/eth0.10" src=3 dst=bcast -- h1="$h1/eth0" \
		h4="$h4/eth0" h5="$h5/eth0")" "from a VLAN device without offload"
	expect eth "$(frameprobe "$h1/eth0" src=1 dst=bcast -- eth="$h3/eth0.10")" "to a VLAN device"
}

# A port whose device can't carry tags beside frames gets them in the frame.
test_port_without_offload()
{
	in_ns "$sw" ethtool -K p3 tx-vlan-offload off > /dev/null
	reaches "h3:10 h4:10 h5" h1
	reaches "h3:10:s100:10 h4:10:s100:10 h5:s100:10" h1 svlan=100 vlan=10
	in_ns "$sw" ethtool -K p3 tx-vlan-offload on > /dev/null
}

# The same rules where the destination is known, by the short path and by the queue.
test_known_unicast()
{
	local path

	blast h1 1 src=1 dst=bcast
	blast h3 1 src=3 dst=bcast vlan=10
	blast h4 1 src=4 dst=bcast
	for path in off auto; do
		try ctl switch set sw0 short-path "$path"
		expect h3:10 "$(probe h1 src=1 dst=3)" "access to trunk, short-path $path"
		expect h1 "$(probe h3 src=3 dst=1 vlan=10)" "trunk to access, short-path $path"
		expect h1:300 "$(probe h3 src=3 dst=1 vlan=10 vlan=300)" "two tags, short-path $path"
		expect h3:10:s5 "$(probe h1 src=1 dst=3 svlan=5)" "QinQ, short-path $path"
		expect h4 "$(probe h2 src=2 dst=4)" "access to native, short-path $path"
	done
}

# One address, another place in each VLAN.
test_fdb_per_vlan()
{
	blast h1 1 src=9 dst=bcast
	blast h2 1 src=9 dst=bcast
	expect "p1 p2" "$(fdb_port "$(mac 9)" 10) $(fdb_port "$(mac 9)" 20)" "places in VLANs 10 and 20"
	expect h1 "$(probe h3 src=3 dst=9 vlan=10)" "receivers in VLAN 10"
	expect h2 "$(probe h3 src=3 dst=9 vlan=20)" "receivers in VLAN 20"
}

# An address known in one VLAN is unknown in another.
test_no_leak()
{
	blast h5 1 src=0x55 dst=bcast
	expect "h3:20 h4" "$(probe h2 src=2 dst=0x55)" "receivers of an address of another VLAN"
}

# The address is there, but its port has left the VLAN since.
test_egress_drop()
{
	local before

	try ctl fdb add sw0 "$(mac 0x66)" port p4 vlan 10
	try ctl vlan del p4 10
	before=$(drops)
	case $(probe h1 src=1 dst=0x66) in
	-)	expect "p1 vlan-egress 1" "$(drops_since "$before")" "drops" ;;
	*h4*)	fail "h4 receives frames of a VLAN that it has left" ;;
	esac
	try ctl vlan add p4 10
}

tests_run test_access_untagged test_access_tagged test_priority_tagged test_trunk test_native \
	test_two_tags test_qinq test_accelerated test_port_without_offload test_known_unicast \
	test_fdb_per_vlan test_no_leak test_egress_drop
