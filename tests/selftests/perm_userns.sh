#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who may do what: an unprivileged user reads but changes nothing; in namespaces of his own he is
# root and makes switches and ports, but touches nobody else's.
#
#	+--- $sw (root's) ---+     +--- user's own ---+
#	| sw0 <- p1          |     | own <- veth0     |
#	+--------------------+     +------------------+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 1
	try ctl tunnel set sw0 vni 100 local 198.51.100.1
	try ctl remote add sw0 198.51.100.2
	try ctl group add sw0 g type ip 192.0.2.0/24
	try ctl profile add sw0 pr
	try ctl acl add sw0 pr ingress ip saddr @g accept
	# The tree may lie where others may not look.
	chmod 755 "$TMP"
	cp "$(command -v cvswitch-ctl)" "$TMP/cvswitch-ctl"
	cat > "$TMP/own" <<-'SH'
		set -e
		"$1/cvswitch-ctl" switch add own up
		ip link add veth0 type veth peer name veth1
		"$1/cvswitch-ctl" port add own veth0 isolated on
		ip link add dummy0 type dummy
		ip link set dummy0 master own
		"$1/cvswitch-ctl" fdb add own 02:00:00:00:00:09 port veth0
		"$1/cvswitch-ctl" vlan add veth0 5
		"$1/cvswitch-ctl" group add own g type ip 192.0.2.0/24
		"$1/cvswitch-ctl" group member add own g 2001:db8::/32
		"$1/cvswitch-ctl" profile add own pr
		"$1/cvswitch-ctl" acl add own pr ingress ip saddr @g accept
		"$1/cvswitch-ctl" port set veth0 tenant-profile pr
		"$1/cvswitch-ctl" profile set own pr egress-default accept
		echo "ingress ip saddr @g drop" | "$1/cvswitch-ctl" profile load own pr -
		"$1/cvswitch-ctl" port set veth0 tenant-profile none
		"$1/cvswitch-ctl" acl del own pr ingress 1
		"$1/cvswitch-ctl" group member del own g 2001:db8::/32
		"$1/cvswitch-ctl" group flush own g > /dev/null
		"$1/cvswitch-ctl" group del own g
		"$1/cvswitch-ctl" profile del own pr
		"$1/cvswitch-ctl" tunnel set own vni 100 local 198.51.100.1
		"$1/cvswitch-ctl" remote add own 198.51.100.2
		"$1/cvswitch-ctl" fdb add own 02:00:00:00:00:0a remote 198.51.100.2
		"$1/cvswitch-ctl" switch add vlans vlan-aware on
		"$1/cvswitch-ctl" tunnel set vlans local 198.51.100.1
		"$1/cvswitch-ctl" vni add vlans 110 vlan 10
		"$1/cvswitch-ctl" tunnel set vlans port 8472
		"$1/cvswitch-ctl" vni del vlans 110
		"$1/cvswitch-ctl" tunnel del vlans
		"$1/cvswitch-ctl" switch del vlans
		"$1/cvswitch-ctl" -j port show own
		"$1/cvswitch-ctl" switch set own ageing 60
		ip link add own2 type cvswitch
		"$1/cvswitch-ctl" fdb flush own all > /dev/null
		"$1/cvswitch-ctl" remote flush own > /dev/null
		"$1/cvswitch-ctl" switch del own
	SH
}

as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
nobody_in_sw() { in_ns "$sw" setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }

test_unprivileged_reads()
{
	try nobody_in_sw "$TMP/cvswitch-ctl" switch show
	expect sw0 "$(nobody_in_sw "$TMP/cvswitch-ctl" -j switch show | jrow name)" "switches"
	try nobody_in_sw "$TMP/cvswitch-ctl" port show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" vlan show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" fdb show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" stats show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" tunnel show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" vni show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" acl show sw0
	try nobody_in_sw "$TMP/cvswitch-ctl" group member show sw0 g
	expect pr "$(nobody_in_sw "$TMP/cvswitch-ctl" -j profile show sw0 | jrow name)" "profiles"
	expect 198.51.100.2 "$(nobody_in_sw "$TMP/cvswitch-ctl" -j remote show sw0 | jrow address)" \
		"remotes"
}

test_unprivileged_changes_nothing()
{
	local command

	echo '[]' > "$TMP/none"
	while read -r command; do
		# shellcheck disable=SC2086	# words of a command
		refused "EPERM" nobody_in_sw "$TMP/cvswitch-ctl" $command
	done <<-COMMANDS
		switch add swx
		switch set sw0 ageing 5
		switch del sw0
		port add sw0 lo
		port set p1 isolated on
		port del p1
		vlan add p1 5
		vlan del p1 1
		fdb add sw0 02:00:00:00:00:09 port p1
		fdb del sw0 02:00:00:00:00:09
		fdb flush sw0
		fdb add sw0 02:00:00:00:00:09 remote 198.51.100.2
		fdb flush sw0 remote 198.51.100.2
		tunnel set sw0 vni 101
		tunnel del sw0
		remote add sw0 198.51.100.3
		remote set sw0 198.51.100.2 flood off
		remote del sw0 198.51.100.2
		remote flush sw0
		vni add sw0 110 vlan 10
		vni del sw0 100
		profile add sw0 new
		profile set sw0 pr ingress-default accept
		profile load sw0 pr $TMP/none
		profile del sw0 pr
		acl add sw0 pr ingress accept
		acl del sw0 pr ingress 1
		group add sw0 new type ip
		group flush sw0 g
		group del sw0 g
		group member add sw0 g 10.0.0.0/8
		group member del sw0 g 192.0.2.0/24
		port set p1 tenant-profile pr
		switch set sw0 policy closed
	COMMANDS
	expect "pr drop 1" "$(ctl -j profile show sw0 | jrow name ingress-default ingress-count)" "profiles"
	expect "g 1" "$(ctl -j group show sw0 | jrow name member-count)" "groups"
	expect "1 300 false" "$(switch port-count) $(switch ageing-time) $(port p1 isolated)" "settings"
	expect "100 1" "$(ctl -j tunnel show sw0 | jrow vni remote-count)" "the tunnel"
	expect true "$(ctl -j remote show sw0 | jrow flood)" "flooding to the remote"
}

# With a user namespace, but still in root's network namespace.
test_user_namespace_does_not_help()
{
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" switch add swx
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" port set p1 isolated on
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" switch del sw0
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" tunnel set sw0 vni 101
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" remote del sw0 198.51.100.2
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" profile del sw0 pr
	refused "EPERM" nobody_in_sw unshare -Ur "$TMP/cvswitch-ctl" group flush sw0 g
	refused "not permitted" nobody_in_sw unshare -Ur ip link add swx type cvswitch
	expect "1 false" "$(switch port-count) $(port p1 isolated)" "settings"
}

test_own_namespaces()
{
	local out

	out=$(as_nobody unshare -Urn sh "$TMP/own" "$TMP" 2>&1) || fail "in namespaces of his own: $out"
	expect "dummy0 own veth0" "$(sed -n '/^\[/,/\]$/p' <<<"$out" | jrow -S name | xargs)" "ports"
}

# What he sees there is his own.
test_sees_nobody_elses()
{
	expect 0 "$(as_nobody unshare -Urn "$TMP/cvswitch-ctl" -j switch show | jrow -c)" \
		"switches seen in a fresh namespace"
}

tests_run test_unprivileged_reads test_unprivileged_changes_nothing \
	test_user_namespace_does_not_help test_own_namespaces test_sees_nobody_elses
