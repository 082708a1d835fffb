#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The switch follows what happens to the devices of its ports: renamed, down, up, a new address,
# moved to another namespace, deleted; and it doesn't let them change their type.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	tap0 ----+-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	modprobe tun
	topology 2
	announce 1 2
	monitor config
}

# told CONDITION...: a notification that meets them has come.
told() { [ "$(jrow -c "$@" < "$TMP/monitor")" != 0 ]; }
expect_told() { busywait 5 told "$@" || fail "no notification with $*: $(tail -n 2 "$TMP/monitor")"; }

test_renamed()
{
	local index

	index=$(ifindex p2)
	try ipsw link set p2 down
	try ipsw link set p2 name new2
	try ipsw link set new2 up
	expect "$index" "$(port new2 ifindex)" "ifindex of the renamed port"
	expect_told name=new2
	busywait 5 is forwarding port new2 state
	announce 2
	expect h2 "$(probe h1 src=1 dst=2)" "receivers behind the renamed port"
	expect new2 "$(fdb_port "$(mac 2)")" "place of h2"
}

test_down_and_up()
{
	try ipsw link set p1 down
	settles down "state of p1" port p1 state
	expect_told name=p1 state=down
	expect - "$(probe h2 src=2 dst=bcast)" "receivers while p1 is down"
	try ipsw link set p1 up
	settles forwarding "state of p1" port p1 state
	expect h1 "$(probe h2 src=2 dst=bcast)" "receivers when it is up again"
}

# The other end's cable is pulled.
test_carrier()
{
	try ip -n "$h1" link set eth0 down
	settles down "state of p1" port p1 state
	try ip -n "$h1" link set eth0 up
	settles forwarding "state of p1" port p1 state
}

test_switch_address()
{
	PROBE_RX=(h1 h2 host)
	try ipsw link set sw0 address 02:00:00:00:00:fd
	expect 02:00:00:00:00:fd "$(switch address)" "address of the switch"
	expect_told address=02:00:00:00:00:fd
	expect host "$(probe h1 src=1 dst=02:00:00:00:00:fd)" "receivers at the new address"
	expect h2 "$(probe h1 src=1 dst="$SW_MAC")" "receivers at the old address"
	try ctl switch set sw0 address "$SW_MAC"
	expect "$SW_MAC" "$(link sw0 .address)" "address set by cvswitch-ctl"
	expect host "$(probe h1 src=1 dst="$SW_MAC")" "receivers at it"
	PROBE_RX=(h1 h2)
}

# An address that was a container's becomes the host's.
test_switch_takes_learned_address()
{
	blast h2 1 src=0x77 dst=bcast
	try ipsw link set sw0 address "$(mac 0x77)"
	expect sw0 "$(fdb_port "$(mac 0x77)")" "place of the address"
	PROBE_RX=(h1 h2 host)
	expect host "$(probe h1 src=1 dst=0x77)" "receivers"
	PROBE_RX=(h1 h2)
	try ipsw link set sw0 address "$SW_MAC"
}

test_port_address()
{
	try ipsw link set p1 address 02:00:00:00:01:01
	expect "$SW_MAC" "$(link sw0 .address)" "address of the switch after a port's change"
	announce 1
	expect h1 "$(probe h2 src=2 dst=1)" "receivers"
}

# Changing a tap's link type is the one way to change the type of a living device by hand.
test_type_change_refused()
{
	try ipsw tuntap add dev tap0 mode tap
	try ctl port add sw0 tap0
	in_ns "$sw" /usr/bin/python3 - > "$TMP/type" 2>&1 <<-'PY'
		import fcntl, struct
		TUNSETIFF, TUNSETLINK, IFF_TAP, IFF_NO_PI = 0x400454ca, 0x400454cd, 2, 0x1000
		tun = open('/dev/net/tun', 'r+b', buffering=0)
		fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', b'tap0', IFF_TAP | IFF_NO_PI))
		try:
		    fcntl.ioctl(tun, TUNSETLINK, 519)
		    print('changed')
		except OSError as e:
		    print('refused', e.errno)
	PY
	grep -q '^refused' "$TMP/type" || fail "the type of a port: $(cat "$TMP/type")"
	expect ether "$(link tap0 .link_type)" "type of the device"
	expect sw0 "$(link tap0 .master)" "master of the device"
	try ipsw link del tap0
}

test_moved()
{
	setup_ns h3
	try ipsw link add p3 type veth peer name eth0 netns "$h3"
	try ipsw link set p3 master sw0 up
	try ctl fdb add sw0 "$(mac 3)" port p3
	try ipsw link set p3 netns "$h3"
	expect 2 "$(switch port-count)" "ports after one moved to another namespace"
	expect 0 "$(fdb | grep -c "^$(mac 3) ")" "entries of the moved port"
	expect null "$(link p3 .master "$h3")" "master of the moved device"
	expect 0 "$(link p3 .promiscuity "$h3")" "promiscuity of the moved device"
	expect "h2" "$(probe h1 src=1 dst=bcast)" "receivers after it"
}

test_deleted()
{
	announce 2
	try ipsw link del new2
	expect 1 "$(switch port-count)" "ports after one was deleted"
	expect - "$(fdb_port "$(mac 2)")" "place of h2"
	busywait 5 deleted_told || fail "no notification that the port is gone"
}
# Its last notification names no settings any more, or says what it is about.
deleted_told() { grep -q 'port-del' "$TMP/monitor" || told event=port-del; }

# A namespace that dies takes its port away.
test_namespace_dies()
{
	ip netns delete "$h1"
	busywait 10 is 0 switch port-count || fail "the port of a dead namespace is still there"
	expect "" "$(fdb)" "entries"
}

tests_run test_renamed test_down_and_up test_carrier test_switch_address \
	test_switch_takes_learned_address test_port_address test_type_change_refused test_moved \
	test_deleted test_namespace_dies
