# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced in a guest by the tests and the benchmark: an Open vSwitch with a database of its own in
# directory DIR, which several hosts in one kernel can have at the same time.

# ovs_ctl DIR WORD...: ovs-vsctl
ovs_ctl()
{
	local dir=$1
	shift

	ovs-vsctl --db="unix:$dir/db.sock" --timeout=60 "$@"
}

# ovs_start DIR [COMMAND...]: its daemons, the switch run by COMMAND, which may enter a namespace.
ovs_start()
{
	local dir=$1
	shift

	modprobe openvswitch
	modprobe vport_vxlan
	# Open vSwitch 3.1 started in the first ten seconds of uptime has no handler threads: its count
	# of the CPUs is cached from boot on.
	while [ "$(cut -d. -f1 /proc/uptime)" -lt 11 ]; do sleep 1; done
	mkdir -p "$dir"
	ovsdb-tool create "$dir/conf.db" /usr/share/openvswitch/vswitch.ovsschema
	ovsdb-server "$dir/conf.db" -vconsole:off --log-file="$dir/db.log" --pidfile="$dir/db.pid" \
		--remote=punix:"$dir/db.sock" --unixctl="$dir/db.ctl" --detach
	ovs_ctl "$dir" --no-wait init
	OVS_RUNDIR=$dir "$@" ovs-vswitchd "unix:$dir/db.sock" -vconsole:off --log-file="$dir/switch.log" \
		--pidfile="$dir/switch.pid" --unixctl="$dir/switch.ctl" --detach
}

# ovs_signal DIR SIGNAL: to both daemons. A switch whose flows are all installed does without them.
ovs_signal() { kill -"$2" "$(cat "$1/switch.pid")" "$(cat "$1/db.pid")"; }

# ovs_stop DIR: without its bridge br0; waits for the daemons' end.
ovs_stop()
{
	local pids

	pids=$(cat "$1/switch.pid" "$1/db.pid")
	ovs_ctl "$1" del-br br0
	ovs_signal "$1" TERM
	# shellcheck disable=SC2046,SC2086	# words
	timeout 20 tail -f /dev/null $(printf -- '--pid=%s ' $pids)
	rm -rf "$1"
}
