#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 400
#
# cvswitch-ctl doctor: each thing that is wrong is found, in one line that says what to do, and it is not
# found any more when that was done.
#
#	h1 -- p1 +-----+
#	         | sw0 | $sw  u0 (198.51.100.1) ---- u0 $far
#	h2 -- p2 +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib/vxlan.sh
. "$(dirname "$0")/lib/vxlan.sh"

setup()
{
	two_hosts
	tunnel
	container_mtu 1450
}

container_mtu()
{
	try ip -n "$h1" link set eth0 mtu "$1"
	try ip -n "$h2" link set eth0 mtu "$1"
}

# findings: "CHECK OBJECT" of each, in order of the lines.
findings() { ctl -j doctor | jrow check!=null check object; }

healthy() { settles "" "findings $1" findings; }

# finds "CHECK OBJECT" WHAT: this is all that is found, and said in one line.
finds()
{
	local status=0 out

	settles "$1" "findings $2" findings
	out=$(ctl doctor 2>&1) || status=$?
	expect 1 "$status" "exit status $2"
	[[ $out =~ ^[^:]+:\ .+:\ .+$ && $out != *$'\n'* ]] || fail "not one line $2: $out"
}

test_healthy()
{
	healthy "of a switch without faults"
	expect "nothing found" "$(ctl doctor)" "what is printed"
	expect "nothing found" "$(ctl doctor sw0)" "what is printed of one switch"
	refused "switch sw9" ctl doctor sw9
}

test_switch_down()
{
	try ipsw link set sw0 down
	finds "switch-down sw0" "with the switch down"
	try ipsw link set sw0 up
	healthy "with the switch up"
}

test_port_down()
{
	try ipsw link set p1 down
	finds "port-down p1" "with p1 down"
	try ipsw link set p1 up
	healthy "with p1 up"
	try ip -n "$h1" link set eth0 down
	finds "port-carrier p1" "with the container's end down"
	try ip -n "$h1" link set eth0 up
	healthy "with the container's end up"
}

test_bpdu()
{
	try ctl port set p1 bpdu-guard on
	blast h1 1 src=1 dst=bpdu
	finds "bpdu-guard p1" "after a BPDU"
	try ipsw link set p1 down
	try ipsw link set p1 up
	healthy "after p1 was set down and up"
	try ctl port set p1 bpdu-guard off
}

test_fdb_full()
{
	try ctl fdb flush sw0
	try ctl switch set sw0 fdb-max 1
	announce 1
	settles "fdb-full sw0" "findings with a full forwarding database" findings
	try ctl switch set sw0 fdb-max 100
	healthy "with room in it"
	try ctl port set p1 fdb-max 1
	announce 1
	finds "port-fdb-full p1" "with as many addresses as p1 may have"
	try ctl port set p1 fdb-max off
	healthy "without such a limit"
}

test_container_mtu()
{
	try ip -n "$h1" link set eth0 mtu 1500
	finds "mtu-container p1" "with a container's MTU beyond the tunnel's"
	[[ $(ctl doctor) == *"ip link set eth0 mtu 1450" ]] || fail "no advice: $(ctl doctor)"
	try ip -n "$h1" link set eth0 mtu 1450
	healthy "with the container's MTU as offered"
	try ipsw link set u0 mtu 1400
	settles "mtu-container p1,mtu-container p2" "findings with a smaller underlay" joined
	container_mtu 1350
	healthy "with the containers' MTU as offered now"
	try ipsw link set u0 mtu 1500
	container_mtu 1450
	healthy "with the MTU as before"
}
joined() { findings | paste -sd,; }

test_port_mtu()
{
	try ipsw link set p1 mtu 1300
	settles "mtu-container p1,mtu-port p1,mtu-container p2" "findings with a port of 1300" joined
	try ipsw link set p1 mtu 1500
	healthy "with the port as before"
}

test_host_mtu()
{
	try ipsw link set sw0 mtu 1500
	finds "mtu-host sw0" "with the host's MTU beyond the tunnel's"
	try ipsw link set sw0 mtu 1450
	healthy "with the host's MTU as offered"
}

# A peer whose namespace may not be entered is not found wrong, but said not to have been looked at.
test_unseen()
{
	local out

	try ip -n "$h1" link set eth0 mtu 1500
	# Where he may read it.
	cp "$(command -v cvswitch-ctl)" "$TMP/cvswitch-ctl"
	chmod 755 "$TMP" "$TMP/cvswitch-ctl"
	out=$(in_ns "$sw" setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$TMP/cvswitch-ctl" doctor 2>&1)
	[[ $out == *"sw0: not looked at: "*"containers' ends"*"Permission denied"* ]] ||
		fail "said of what can't be seen: $out"
	[[ $out == *"nothing found"* ]] || fail "found without looking: $out"
	try ip -n "$h1" link set eth0 mtu 1450
}

test_path_mtu()
{
	try ipsw route add "$(vtep 2)/32" dev u0 mtu 1300
	finds "mtu-path $(vtep 2)" "with a route of a smaller MTU"
	try ipsw route del "$(vtep 2)/32"
	healthy "without it"
}

test_small_mtu()
{
	try ipsw link set u0 mtu 1300
	container_mtu 1250
	finds "mtu-ipv6 sw0" "with less than IPv6 needs"
	try ipsw link set u0 mtu 1500
	container_mtu 1450
	ipv6_on "$sw" u0
	healthy "with more"
}

test_no_remotes()
{
	try ctl remote del sw0 "$(vtep 2)"
	finds "tunnel-remotes sw0" "without a remote"
	try ctl remote add sw0 "$(vtep 2)"
	healthy "with a remote"
}

test_no_vni()
{
	try ctl tunnel del sw0
	try ctl switch set sw0 vlan-aware on
	try ctl tunnel set sw0 local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
	finds "tunnel-vni sw0" "without a VNI"
	try ctl vni add sw0 100 vlan 5
	healthy "with the VNI of a VLAN"
	try ctl switch set sw0 vlan-aware off
	try ctl tunnel del sw0
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
	healthy "with a VNI"
}

test_no_route()
{
	try ctl remote add sw0 203.0.113.9
	finds "remote-route 203.0.113.9" "without a route"
	try ipsw route add 203.0.113.0/24 via "$(vtep 2)"
	healthy "with a route"
	try ipsw route del 203.0.113.0/24
	try ipsw route add unreachable 203.0.113.0/24
	finds "remote-route 203.0.113.9" "with a route that refuses"
	try ipsw route del unreachable 203.0.113.0/24
	try ctl remote del sw0 203.0.113.9
	healthy "without the remote"
}

test_loop()
{
	try ipsw address add 203.0.113.1/24 dev sw0
	try ctl remote add sw0 203.0.113.9
	finds "remote-loop 203.0.113.9" "with a remote behind the switch itself"
	try ctl remote del sw0 203.0.113.9
	try ctl remote add sw0 203.0.113.1
	finds "remote-self 203.0.113.1" "with a remote that is this host"
	try ctl remote del sw0 203.0.113.1
	try ipsw address del 203.0.113.1/24 dev sw0
	healthy "without the remote"
}

test_local()
{
	try ipsw address del "$(vtep 1)/24" dev u0
	finds "tunnel-local $(vtep 1)" "without the local address"
	try ipsw address add "$(vtep 1)/24" dev u0
	healthy "with the local address"
}

test_underlay_down()
{
	try ip -n "$far" link set u0 down
	settles "underlay-down u0" "findings without carrier" first
	try ip -n "$far" link set u0 up
	healthy "with carrier"
	try ipsw link set u0 down
	settles "underlay-down u0" "findings with the underlay down" first
	try ipsw link set u0 up
	ipv6_on "$sw" u0
	healthy "with the underlay up"
}
first() { findings | head -n 1; }

test_device_gone()
{
	try ipsw link add u9 type dummy
	try ipsw link set u9 up
	try ctl tunnel set sw0 device u9
	try ipsw link delete u9
	settles tunnel-device "findings without the tunnel's device" eval "findings | sed -n '1s/ .*//p'"
	try ctl tunnel set sw0 device none
	healthy "without a device of the tunnel's"
}

test_udp_port()
{
	try ipsw link add vx0 type vxlan id 9 dstport 4789 local "$(vtep 1)"
	finds "udp-port vx0" "with a vxlan device that wants the tunnel's port"
	try ctl tunnel set sw0 port 4790
	healthy "with another port"
	try ctl tunnel del sw0
	try ipsw link set vx0 up
	container_mtu 1500
	finds "udp-port vx0" "with a vxlan device at the port, and no tunnel"
	try ipsw link delete vx0
	healthy "without the vxlan device"
	container_mtu 1450
	try ctl tunnel set sw0 vni "$VNI" local "$(vtep 1)"
	try ctl remote add sw0 "$(vtep 2)"
	healthy "with the tunnel at its port"
}

test_rules()
{
	try ctl switch set sw0 policy closed
	settles "port-closed p1,port-closed p2" "findings in a closed switch" joined
	try ctl profile add sw0 all ingress-default accept egress-default accept
	settles "port-closed p1,port-closed p2,profile-unused all" "findings with a profile" joined
	try ctl port set p1 profile all
	try ctl port set p2 profile all
	healthy "with profiles"
	try ctl group add sw0 nobody type ip
	finds "group-unused nobody" "with a group that no rule refers to"
	try ctl acl add sw0 all ingress saddr @nobody drop
	finds "group-empty nobody" "with a rule that can match nothing"
	try ctl group member add sw0 nobody 192.0.2.9
	healthy "with a member"
	try ctl acl add sw0 all ingress ip saddr @nobody udp dport 1-100 accept
	finds "rule-shadowed all" "with a rule behind one that decides about all of its frames"
	[[ $(ctl doctor) == *"ingress rule 2 of profile all never matches: rule 1 decides before it"* ]] ||
		fail "it says: $(ctl doctor)"
	try ctl acl add sw0 all at 1 ingress ip saddr @nobody udp dport 1-100 accept
	try ctl acl del sw0 all ingress 3
	try ctl acl add sw0 all at 1 ingress ip continue
	try ctl acl add sw0 all egress ip saddr @nobody udp dport 1-100 accept
	healthy "with the particular rule before the general one"
	try ctl port set p1 profile none
	try ctl port set p2 profile none
	try ctl profile del sw0 all
	try ctl group del sw0 nobody
	try ctl switch set sw0 policy open
}

test_identity()
{
	try ctl port set p1 ip 192.0.2.0/24 identity off
	finds "identity-off p1" "with a port that is not held to its addresses"
	try ctl port set p1 identity on
	healthy "with one that is"
	try ctl port set p1 unbound
}

# Drops of former times are none of the doctor's business.
test_drops()
{
	try ctl remote add sw0 "$(vtep 9)"
	try ctl remote del sw0 "$(vtep 2)"
	launch flood flood_far
	settles "tunnel-unknown-vtep tunnel" "findings of frames from strangers" findings
	reap flood
	try ctl remote add sw0 "$(vtep 2)"
	try ctl remote del sw0 "$(vtep 9)"
	healthy "without strangers"
}
flood_far()
{
	while :; do
		framegen -n 20 "h3=$(endpoint h3)" -- src=3 dst=bcast
		sleep 0.1
	done
}

tests_run test_healthy test_switch_down test_port_down test_bpdu test_fdb_full test_container_mtu \
	test_port_mtu test_unseen test_path_mtu test_small_mtu test_no_remotes \
	test_no_vni test_no_route test_loop test_local test_underlay_down test_device_gone \
	test_udp_port test_rules test_identity test_drops test_host_mtu
