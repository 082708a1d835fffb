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

check 'show switch port vlan fdb stats drops monitor version help -j -p -n -b -V' ''
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
check 'port vlan sticky' fdb add sw9 02:00:00:00:00:01 ''
check 'vlan learned static sticky local' fdb show sw9 port lo ''
check 'all' fdb flush sw9 a
check 'config drops' monitor fdb ''
check 'stats' port show sw9 s
check 'pvid untagged' vlan add lo 5 ''
check '' vlan del lo 5 ''
tap_end
