#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# timeout: 240
#
# A request that is refused has changed nothing, however much of it was right, and told nobody.
#
#	h1 -- p1 +-----+ p2 -- h2        +-----+
#	         | sw0 | VNI 100         | sw1 | VNI 200
#	         +-----+                 +-----+
#	               198.51.100.1 at u0 (a dummy)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

setup()
{
	local command

	printf 'group member show sw0 %s\n' g ports > "$TMP/members"
	printf '%s show\n' switch port vlan fdb tunnel remote vni neigh profile acl group > "$TMP/everything"
	read_contract
	topology 2
	try ipsw link add dummy0 type dummy
	try ipsw link add br0 type bridge
	try ipsw link add dummy1 type dummy
	try ipsw link set dummy1 master br0
	try ctl fdb add sw0 "$(mac 9)" port p1
	try ctl vlan add p1 10-12
	try ipsw link add u0 type dummy
	underlay_address "$sw" 1
	try ctl switch add sw1
	for command in "tunnel set sw0 vni $VNI local $(vtep 1)" "tunnel set sw1 vni 200 local $(vtep 1)" \
			"remote add sw0 $(vtep 2)" "remote add sw0 $(vtep 3) flood off" \
			"fdb add sw0 $(mac 0x12) remote $(vtep 2)" "neigh add sw0 $(ip4 7) $(mac 7)" \
			"group add sw0 g type ip 192.0.2.0/24 10.0.0.0/8" "group add sw0 ports type port 1-9" \
			"profile add sw0 pr" "profile add sw0 site tier admin" \
			"acl add sw0 pr ingress ip saddr @g accept" "acl add sw0 pr egress accept" \
			"port set p1 tenant-profile pr"; do
		# shellcheck disable=SC2086	# words
		try ctl $command
	done
	cat "$TMP/members" >> "$TMP/everything"
	try ctl -j -b "$TMP/everything"	# what is compared is there
}

# Everything that can be asked, but counters and ages.
everything()
{
	ctl -j -b "$TMP/everything" | sed -E 's/"(age|drops|[rt]x-[a-z-]+)":[0-9]+//g'
	ipsw -d -j link show | jrow ifindex ifname address mtu master promiscuity operstate
}

# unchanged REGEX COMMAND: refused, with no trace left.
unchanged()
{
	everything > "$TMP/before"
	: > "$TMP/monitor"
	refused "$@"
	everything > "$TMP/after"
	cmp -s "$TMP/before" "$TMP/after" ||
		fail "'${*:2}' changed something: $(diff "$TMP/before" "$TMP/after" | head -n 5)"
	# The change that follows is told after whatever the refused one told.
	try ctl fdb add sw0 "$(mac 0xee)" port p1
	try ctl fdb del sw0 "$(mac 0xee)"
	busywait 5 grep -q '"deleted"' "$TMP/monitor"
	expect 2 "$(grep -c . "$TMP/monitor")" "notifications after '${*:2}': $(cat "$TMP/monitor")"
}

test_switch_set()
{
	local to

	to=SWITCH_IFINDEX:u32:$(ifindex sw0)
	monitor config fdb
	unchanged "." request SWITCH_SET "$to" SWITCH_AGEING_TIME:u32:7 SWITCH_SHORT_PATH:u32:9
	unchanged "group address" request SWITCH_SET "$to" SWITCH_AGEING_TIME:u32:7 \
		SWITCH_VLAN_AWARE:u32:1 SWITCH_ADDRESS:mac:mcast
}

test_port_add()
{
	unchanged "already has a master" ctl port add sw0 dummy1 isolated on limit-broadcast 5
	unchanged "." request PORT_ADD PORT_SWITCH:u32:"$(ifindex sw0)" \
		PORT_IFINDEX:u32:"$(ifindex dummy0)" PORT_ISOLATED:u32:1 PORT_HAIRPIN:u32:5
}

test_port_set()
{
	unchanged "." request PORT_SET PORT_IFINDEX:u32:"$(ifindex p1)" PORT_ISOLATED:u32:1 \
		PORT_BPDU_GUARD:u32:7
	unchanged "." request PORT_SET PORT_SWITCH:u32:"$(ifindex lo)" \
		PORT_IFINDEX:u32:"$(ifindex p1)" PORT_ISOLATED:u32:1
}

test_vlan_range()
{
	unchanged "not a member" ctl vlan del p1 13-20
	unchanged "range|4094" request VLAN_ADD VLAN_PORT:u32:"$(ifindex p1)" VLAN_VID:u32:20 \
		VLAN_VID_END:u32:4095
	unchanged "PVID" ctl vlan add p1 20-30 pvid
}

test_fdb()
{
	unchanged "exists" ctl fdb add sw0 "$(mac 9)" port p2
	unchanged "not a port|No such" request FDB_ADD FDB_SWITCH:u32:"$(ifindex sw0)" FDB_MAC:mac:8 \
		FDB_PORT:u32:"$(ifindex lo)"
	unchanged "." request FDB_FLUSH FDB_SWITCH:u32:"$(ifindex sw0)" FDB_VLAN:u32:4095
}

# A tunnel whose socket, VNI or address can't be had goes on with those that it has.
test_tunnel()
{
	try ipsw link add vx9 type vxlan id 9 dstport 4790 local "$(vtep 1)"
	try ipsw link set vx9 up
	unchanged "vxlan" ctl tunnel set sw0 ttl 9 port 4790
	unchanged "." ctl tunnel set sw0 ttl 9 vni 200
	unchanged "that of a remote" ctl tunnel set sw0 dscp 7 local "$(vtep 2)"
	unchanged "remotes of the other family" ctl tunnel set sw0 dscp 7 local "$(vtep 1 6)"
	unchanged "." request TUNNEL_SET TUNNEL_SWITCH:u32:"$(ifindex sw0)" TUNNEL_TTL:u32:9 TUNNEL_DF:u32:9
	unchanged "No such device" request TUNNEL_SET TUNNEL_SWITCH:u32:"$(ifindex sw0)" TUNNEL_TTL:u32:9 \
		TUNNEL_DEVICE:u32:999
	try ipsw link delete vx9
}

test_remote()
{
	unchanged "exists" ctl remote add sw0 "$(vtep 2)" fdb-max 7
	unchanged "other family" ctl remote add sw0 "$(vtep 4 6)"
	unchanged "No such remote" ctl remote set sw0 "$(vtep 9)" flood off
	unchanged "No such remote" ctl fdb replace sw0 "$(mac 0x12)" remote "$(vtep 9)"
	unchanged "exists" ctl fdb add sw0 "$(mac 0x12)" remote "$(vtep 3)"
}

test_vni()
{
	unchanged "vlan-aware is off" ctl vni add sw0 101 vlan 5
	unchanged "goes with the tunnel" ctl vni del sw0 "$VNI"
}

test_neigh()
{
	unchanged "exists" ctl neigh add sw0 "$(ip4 7)" "$(mac 8)" router
	unchanged "." ctl neigh replace sw0 "$(ip4 7)" 01:00:5e:00:00:01
	unchanged "." request NEIGH_ADD NEIGH_SWITCH:u32:"$(ifindex sw0)" NEIGH_IP:ip:192.0.2.7 \
		NEIGH_MAC:mac:8 NEIGH_REPLACE:u32:1 NEIGH_ROUTER:u32:2
}

test_profile()
{
	printf '%s\n' "ingress arp accept" "egress ip saddr @g drop" "egress ip saddr @nogroup drop" > "$TMP/rules"
	unchanged "No such group" ctl profile load sw0 pr "$TMP/rules"
	unchanged "in use" ctl profile del sw0 pr
	unchanged "exists|already" ctl profile add sw0 pr tier admin
	unchanged "none to go on" request PROFILE_SET PROFILE_SWITCH:u32:"$(ifindex sw0)" PROFILE_NAME:str:pr \
		PROFILE_INGRESS_DEFAULT:u32:"${CONTRACT[VERDICT_ACCEPT]}" \
		PROFILE_EGRESS_DEFAULT:u32:"${CONTRACT[VERDICT_CONTINUE]}"
	unchanged "No such profile" ctl port set p1 isolated on tenant-profile none admin-profile nobody
	unchanged "another tier" ctl port set p1 isolated on tenant-profile none admin-profile pr
	unchanged "another tier" ctl port add sw0 dummy0 tenant-profile site
	unchanged "No such profile" ctl port add sw0 dummy0 tenant-profile pr admin-profile nobody
	unchanged "No such group" ctl acl add sw0 pr at 1 ingress ip saddr @nogroup accept
	unchanged "not so many" ctl acl del sw0 pr ingress 2
	unchanged "handle" ctl acl del sw0 pr handle 99
}

test_group()
{
	unchanged "Rules? refer|rules refer" ctl group del sw0 g
	unchanged "already" ctl group add sw0 g type port 5
	unchanged "Not a member" ctl group member del sw0 g 10.0.0.0/8 10.0.0.0/9
	unchanged "behind its prefix" request MEMBER_ADD GROUP_SWITCH:u32:"$(ifindex sw0)" GROUP_NAME:str:g \
		GROUP_MEMBER:nest MEMBER_IP:ip:198.51.100.1 end \
		GROUP_MEMBER:nest MEMBER_IP:ip:198.51.100.1 MEMBER_LEN:u32:24 end
	unchanged "before it begins" request MEMBER_ADD GROUP_SWITCH:u32:"$(ifindex sw0)" \
		GROUP_NAME:str:ports GROUP_MEMBER:nest MEMBER_PORT:u32:10 end \
		GROUP_MEMBER:nest MEMBER_PORT:u32:12 MEMBER_PORT_END:u32:11 end
	unchanged "behind its prefix" request GROUP_ADD GROUP_SWITCH:u32:"$(ifindex sw0)" GROUP_NAME:str:new \
		GROUP_TYPE:u32:"${CONTRACT[GROUP_TYPE_IP]}" \
		GROUP_MEMBER:nest MEMBER_IP:ip:198.51.100.1 MEMBER_LEN:u32:24 end
}

test_switch_add()
{
	unchanged "exists" ctl switch add sw0 ageing 5
	unchanged "exists" ctl switch add dummy0 ageing 5
	unchanged "." ctl switch add swx address 01:00:5e:00:00:01 ageing 5
}

tests_run test_switch_set test_port_add test_port_set test_vlan_range test_fdb test_tunnel test_remote \
	test_vni test_neigh test_profile test_group test_switch_add
