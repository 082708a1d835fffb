#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What bash offers behind the beginning of a command.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"
make -s tool
PATH=$CVS_TOP/build:$PATH
# shellcheck source=userspace/cvswitch-ctl.bash
. userspace/cvswitch-ctl.bash

# offers WANT WORD...: the last word is the one that is being typed.
offers()
{
	local want=$1
	shift

	COMP_WORDS=(cvswitch-ctl "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_cvswitch_ctl
	[ "${COMPREPLY[*]}" = "$want" ] || { echo "offered: ${COMPREPLY[*]}"; return 1; }
}

check()
{
	local want=$1
	shift

	tap_run "$* -> $want" offers "$want" "$@"
}

check 'show switch port vlan fdb neigh tunnel remote vni profile acl group stats drops monitor doctor dump version help -j -p -n -b -V' ''
check 'show switch stats' s
check 'add set del show help' port ''
check 'set show' -j -n somewhere port s
check 'limit-unicast limit-multicast limit-broadcast' port set lo limit
check 'on off' port set lo isolated ''
check 'hairpin' port set lo isolated on h
check 'off' port set lo limit-unicast ''
check 'auto off' switch add sw9 short-path ''
check 'up' switch add sw9 short-path off u
check 'lo' port set l
check 'host' fdb add sw9 02:00:00:00:00:01 port ho
check 'port remote vlan sticky' fdb add sw9 02:00:00:00:00:01 ''
check 'vlan sticky' fdb add sw9 02:00:00:00:00:01 remote 192.0.2.2 ''
check 'sticky' fdb add sw9 02:00:00:00:00:01 port lo vlan 5 ''
check 'vlan learned static sticky local' fdb show sw9 port lo ''
check 'all' fdb flush sw9 a
check 'config drops acl' monitor fdb ''
check 'stats' port show sw9 s
check 'pvid untagged' vlan add lo 5 ''
check '' vlan del lo 5 ''
check 'source-port source' tunnel set sw9 so
check 'auto' tunnel set sw9 source-port ''
check 'unset set inherit' tunnel set sw9 ttl auto df ''
check 'none' tunnel set sw9 device no
check 'lo' tunnel set sw9 device lo
check 'checksum' tunnel set sw9 local 192.0.2.1 c
check 'flood fdb-max' remote add sw9 192.0.2.2 ''
check 'vlan' vni add sw9 100 ''
check 'tunnel' drops show sw9 tun
check 'open closed' switch set sw9 policy ''
check 'none' port set lo profile n
check 'mac' port set lo mac 02:00:00:00:00:01 m
check '' port set lo mac ''
check 'on off' port set lo ip 192.0.2.1 identity ''
check 'dhcp-server' port add sw9 lo unbound dh
check 'add set load del show help' profile ''
check 'admin tenant default' profile add sw9 web tier ''
check 'accept drop reject next' profile set sw9 web ingress-default ''
check 'COPYING' profile load sw9 web COP
check 'ip mac port' group add sw9 web type ''
check 'add del show' group member ''
check 'file' group member add sw9 web f
check 'add del check show cost help' acl ''
check '' acl cost sw9 web ''
check 'COPYING' acl check COP
check 'ingress egress handle' acl show sw9 web ''
check 'handle ingress egress' acl del sw9 web ''
check 'at ingress egress' acl add sw9 web ''
check 'ingress' acl add sw9 web at 5 i
check 'ingress egress' acl add sw9 web at 5 ''
check '' acl add sw9 web at ''
check '' acl show sw9 web handle ''
check '' acl del sw9 web handle ''
check 'ip ether' acl add sw9 web ingress arp saddr ''
check '' acl add sw9 web ingress arp saddr ip ''
check '' acl add sw9 web ingress arp saddr ether ''
check 'operation' acl add sw9 web ingress arp saddr ip 10.0.0.1 o
check 'saddr daddr type' acl add sw9 web ingress ether ''
check 'dport daddr dccp drop' acl add sw9 web ingress tcp sport 5 d
check 'whole first later' acl add sw9 web ingress tcp frag ''
check 'echo-request echo-reply' acl add sw9 web ingress icmp type e
tap_end
