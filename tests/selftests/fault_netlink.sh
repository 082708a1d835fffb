#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
# smp: 1
# needs: faults
#
# Whatever is asked of the module, but of tunnels, with every allocation failing once: all of it is
# done, or nothing. See lib/fault.sh.
#
#	h1 -- p1 +-----+ p2 -- h2	sw0 is VLAN-aware and knows addresses of each kind;
#	         | sw0 |		d0 is a device that is no port, d1 a port without
#	         +-----+ d1		anything behind it

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/fault.sh
. "$(dirname "$0")/lib/fault.sh"

TRACING=/sys/kernel/tracing

setup()
{
	fault_setup
	[ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"
	need failload linkset ethtool
	topology 2 vlan-aware on ageing off fdb-max 100
	try ipsw link add d0 address "$(mac 0xd0)" type dummy
	# Numbers behind those of the devices that come and go: a dump is sorted by them.
	try ipsw link add d1 index 100071 address "$(mac 0xd1)" type dummy
	try ipsw link set d1 up
	ctl -b - <<-CTL || fail "cannot configure the switch"
		port add sw0 d1
		vlan add p1 10-12
		fdb add sw0 $(mac 8) port p1 vlan 10
		fdb add sw0 $(mac 9) port p1 vlan 11 sticky
	CTL
	announce 1 2
}

cleanup() { [ -d /sys/module/cvswitch ] || "$CVS_TOP/scripts/load" "$CVS_KO"; }

# ---- the commands ----------------------------------------------------------------------------

# Each question that the family and the core answer about a switch.
test_questions()
{
	reads "ctl switch show"
	reads "ctl switch show sw0"
	reads "ctl port show sw0"
	reads "ctl vlan show"
	reads "ctl fdb show"
	reads "ctl fdb show sw0 port p1"
	reads "ctl fdb get sw0 $(mac 8) vlan 10"
	reads "ctl stats show sw0"
	request_words PORT_GET PORT_IFINDEX:u32:"$(ifindex p1)"
	reads "genlreq ${REQUEST[*]}"
	request_words VLAN_GET VLAN_PORT:u32:"$(ifindex p1)" VLAN_VID:u32:10
	reads "genlreq ${REQUEST[*]}"
	request_words STATS_GET STATS_SWITCH:u32:"$(ifindex sw0)"
	reads "genlreq ${REQUEST[*]}"
	reads "ip -d link show sw0"
	reads "bridge fdb show dev sw0"
}

test_switch()
{
	local add8="ip link add sw8 index 100088 address 02:00:00:00:00:88 type cvswitch"

	changes "ctl switch add sw9 address 02:00:00:00:00:99 ageing 7 vlan-aware on fdb-max 9" \
		del:sw9
	changes "ctl switch set sw0 ageing 900 fdb-max 90 short-path off address 02:00:00:00:00:98" \
		"ctl switch set sw0 ageing off fdb-max 100 short-path auto address $SW_MAC"
	run "$add8"
	changes "ctl switch set sw8 vlan-aware on" "ctl switch set sw8 vlan-aware off"
	changes "ctl switch del sw8" "$add8"
	try ipsw link set d0 master sw8
	changes "ctl switch del sw8" "$add8; ip link set d0 master sw8"
	try ctl switch del sw8
}

test_port()
{
	changes "ctl port add sw0 d0 isolated on hairpin on bpdu-guard on learning off
			flood-unicast off limit-broadcast 9 fdb-max 9" "ctl port del d0"
	changes "ctl port set p1 isolated on learning off limit-unicast 9 fdb-max 9" \
		"ctl port set p1 isolated off learning on limit-unicast 10000 fdb-max 1024"
	changes "ctl port set p1 bpdu-guard on" "ctl port set p1 bpdu-guard off"
	changes "ctl port set sw0 flood-multicast off" "ctl port set sw0 flood-multicast on"
	changes "ctl port del d1" "ctl port add sw0 d1"
}

test_vlan()
{
	changes "ctl vlan add p2 20-29 untagged" "ctl vlan del p2 20-29"
	changes "ctl vlan add p2 20 pvid" \
		"ctl vlan add p2 1 pvid untagged; ctl vlan del p2 20"
	changes "ctl vlan add sw0 20" "ctl vlan del sw0 20"
	changes "ctl vlan del p1 10-20" \
		"ctl vlan add p1 10-12; ctl fdb add sw0 $(mac 9) port p1 vlan 11 sticky"
}

test_fdb()
{
	changes "ctl fdb add sw0 $(mac 7) port p1 vlan 10" \
		"ctl fdb del sw0 $(mac 7) vlan 10"
	changes "ctl fdb add sw0 $(mac 7) port host vlan 1 sticky" \
		"ctl fdb del sw0 $(mac 7) vlan 1"
	changes "ctl fdb replace sw0 $(mac 8) port p1 vlan 10 sticky" \
		"ctl fdb replace sw0 $(mac 8) port p1 vlan 10"
	changes "ctl fdb del sw0 $(mac 8) vlan 10" \
		"ctl fdb add sw0 $(mac 8) port p1 vlan 10"
	changes "ctl fdb flush sw0 sticky" \
		"ctl fdb add sw0 $(mac 9) port p1 vlan 11 sticky"
}

test_bridge_fdb()
{
	changes "bridge fdb add $(mac 7) dev sw0 self vlan 10 via p1" \
		"ctl fdb del sw0 $(mac 7) vlan 10"
	changes "bridge fdb replace $(mac 8) dev sw0 self vlan 10 via p1 sticky" \
		"ctl fdb replace sw0 $(mac 8) port p1 vlan 10"
	changes "bridge fdb del $(mac 8) dev sw0 self vlan 10" \
		"ctl fdb add sw0 $(mac 8) port p1 vlan 10"
}

test_link_add()
{
	local mac9=02:00:00:00:00:99

	changes "ip link add sw9 up address $mac9 mtu 1400 type cvswitch" del:sw9
	changes "linkset -a $mac9 sw9 ${CONTRACT[SWITCH_AGEING_TIME]}=9
			${CONTRACT[SWITCH_VLAN_AWARE]}=1" del:sw9
}

test_link_set()
{
	changes "linkset sw0 ${CONTRACT[SWITCH_AGEING_TIME]}=900 ${CONTRACT[SWITCH_FDB_MAX]}=90" \
		"ctl switch set sw0 ageing off fdb-max 100"
	changes "ip link set d0 master sw0" "ip link set d0 nomaster"
	changes "ip link set d1 nomaster" "ip link set d1 master sw0"
	changes "ip link set sw0 address 02:00:00:00:00:98" "ip link set sw0 address $SW_MAC"
	changes "ip link set sw0 name sw9" "ip link set sw9 name sw0"
	changes "ip link set sw0 promisc on" "ip link set sw0 promisc off"
	changes "ip link set d1 mtu 1400" "ip link set d1 mtu 1500"
	changes "ip link set d1 name d9" "ip link set d9 name d1"
	changes "ip link set d1 down" "ip link set d1 up"
	try ipsw link set d1 down
	changes "ip link set d1 up" "ip link set d1 down"
	try ipsw link set d1 up
	# What is learned goes with this, and doesn't come back.
	try ctl fdb flush sw0 learned
	changes "ip link set p2 down" "ip link set p2 up"
	changes "ip link set sw0 down" "ip link set sw0 up"
	try ipsw link set sw0 down
	changes "ip link set sw0 up" "ip link set sw0 down"
	try ipsw link set sw0 up
	busywait 5 ports_forward 3
	announce 1 2
}

test_link_del()
{
	local add8="ip link add sw8 index 100088 address 02:00:00:00:00:88 type cvswitch"

	run "$add8"
	changes "ip link set sw8 mtu 1400" "ip link set sw8 mtu 1500"
	try ipsw link del sw8
	run "$add8"
	changes "ip link del sw8" "$add8"
	try ipsw link del sw8
	changes "ip link del d1" \
		"ip link add d1 index 100071 address $(mac 0xd1) type dummy;
			ip link set d1 up master sw0"
}

test_tool()
{
	tool ctl show
	tool ctl -j stats show sw0
	tool ethtool -S sw0
}

test_netns_exit()
{
	namespaces_end 5 <<-CTL
		switch add sw0 up
		port add sw0 f
		port add sw0 d0
		vlan add f 10-12
		fdb add sw0 $(mac 7) port f
	CTL
}

test_leaks() { no_leaks; }

# Of loading the module, how many allocations come before the module's own code has its turn? The trace
# knows how many come behind that.
before_init()
{
	local events=$TRACING/events/kmem event all own

	for event in kmalloc kmem_cache_alloc mm_page_alloc; do
		echo 1 > "$events/$event/enable"
	done
	echo > "$TRACING/trace"
	all=$(failload -f 100000 -t 100000 "$CVS_KO" | sed 's/.*allocations=//')
	echo 0 > "$events/enable"
	own=$(awk '/failload ends/ { exit } /do_init_module/ { own = 1 } own { n++ } END { print n + 0 }' \
		"$TRACING/trace")
	echo $((all - own))
}

# A module that can't be loaded leaves nothing behind, whatever namespaces there are. What the kernel does
# before, and doesn't survive without warnings, is not tested. Nobody loads the module meanwhile.
test_load()
{
	local modprobe=/proc/sys/kernel/modprobe was from

	was=$(cat "$modprobe")
	echo > "$modprobe"
	busywait 20 rmmod cvswitch 2>/dev/null || fail "the module can't be unloaded"
	from=$(before_init)
	note "insmod: allocations up to $from are made before the module begins"
	[ ${#RANGE[@]} != 0 ] || RANGE=(-f "$from")
	count insmod failload "${RANGE[@]}" "$CVS_KO"
	echo "$was" > "$modprobe"
	try "$CVS_TOP/scripts/load" "$CVS_KO"
	# The kernel itself loses the name of a cache for which there is no memory in sysfs.
	no_leaks '[(]size 16[)].*cvswitch_fdb[.][.][.][.]'
}

tests_run test_questions test_switch test_port test_vlan test_fdb test_bridge_fdb test_link_add \
	test_link_set test_link_del test_tool test_netns_exit test_leaks test_load
