# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced in the guest: the rules of policies.sh in Open vSwitch and in the bridge, for frames from
# the sender's port alone.
#
# ovs: OpenFlow rules, which its daemon knows. What its kernel part knows is flows: each is made of
# all that the daemon had to look at, when a frame came that had none yet.
#
# bridge: rules of nftables in the hook "forward", one after the other as they are written.

ovs_of() { OVS_RUNDIR=$OVS "$1" "${@:2}"; }
ovs_daemon() { ovs-appctl -t "$OVS/switch.ctl" "$@"; }

# ovs_policy N BOTH WHERE: its daemons have learned the flows and are stopped, but for an adversary.
ovs_policy()
{
	ovs_signal "$OVS" CONT
	sed 's/^/in_port=p0,/' "$(policy_rules ovs "$1")" | ovs_of ovs-ofctl --names add-flows br0 -
	if [ "$3" = adversarial ]; then
		# Once, for what is done at a first time.
		replay_slowly 256 >/dev/null
		return
	fi
	replay_slowly "$POLICY_FLOWS" >/dev/null
	sleep 2
	ovs_signal "$OVS" STOP
	say_flows "$3"
}

# Bursts that the daemon's queue has room for, of which it works off each before the next.
replay_slowly() { BURST=16 replay eth0 "$1"; }

# How many flows the kernel part has, and how many lists of what they look at.
say_flows()
{
	ovs-dpctl show | sed -nE "s/^ *(flows|masks):/ovs, $1: \\1:/p"
}

# Nanoseconds that the daemon and the softirq thread have run.
upcall_ns()
{
	cat "/proc/$(cat "$OVS/switch.pid")"/task/*/schedstat \
		"/proc/$(pgrep -x ksoftirqd/0)/schedstat" | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

# measure_upcalls SCENARIO FRAMES: the daemon has to look at each frame. Frames are sent slowly, as
# it would lose them otherwise; what counts is the CPU time of the sender, the daemon and the
# softirq thread, until the receiver has all of them.
measure_upcalls()
{
	local before got ns best='' repeat tries

	for ((repeat = 0; repeat < REPEATS; repeat++)); do
		ovs_daemon revalidator/purge
		sleep 1
		before=$(received eth0)
		ns=-$(upcall_ns)
		ns=$((ns + $(replay_slowly "$2")))
		for ((tries = 0; tries < 50; tries++)); do
			got=$(($(received eth0) - before))
			[ "$got" != "$2" ] || break
			sleep 0.1
		done
		ns=$((ns + $(upcall_ns)))
		[ "$got" = "$2" ] || fail "ovs/$1: $2 frames sent, $got received"
		say_flows adversarial
		[ -n "$best" ] && [ "$ns" -ge "$best" ] || best=$ns
	done
	policy_row ovs "$1" "$best" "$2"
}

# nft_file N: makes the table's file of it
nft_file()
{
	{
		printf 'table bridge rules {\n\tchain sender {\n'
		cat "$(policy_rules bridge "$1")"
		printf '\t}\n\tchain forward {\n\t\ttype filter hook forward priority 0\n'
		printf '\t\tiif "p0" jump sender\n\t}\n}\n'
	} > /tmp/nft
}

# bridge_policy N
bridge_policy()
{
	nft_file "$1"
	nft -f /tmp/nft
}
