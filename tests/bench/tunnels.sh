# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced in the guest. Two hosts with a system each and a VXLAN tunnel between them:
#
#	tx: vx -- a0 [ system ] u0 ---- u0 [ system ] b0 -- vx: rx1
#	          host                        far
#
# tunnel_on NAME builds it, tunnel_off NAME takes it down. Both systems are set alike: VNI 100, port
# 4789, outer UDP checksum, learning, and unicast to an address they know.

TUNNEL_RECEIVER=$(mac "$CONTAINER_MACS" 0)
FAR_OVS=/run/bench-ovs-far

# What all have: the hosts, the containers, the underlay.
tunnel_topology()
{
	[ ! -e /run/netns/far ] || return 0
	ip netns add far
	ip netns exec far sysctl -qw net.ipv6.conf.default.disable_ipv6=1 \
		net.ipv4.igmp_link_local_mcast_reports=0
	ip link add u0 up type veth peer name u0 netns far
	ip address add 198.51.100.1/24 dev u0
	ip -n far address add 198.51.100.2/24 dev u0
	ip -n far link set u0 up
	ip link add a0 up type veth peer name vx address "$SENDER_MAC" netns tx
	ip -n tx link set vx up
	ip -n far link add b0 up type veth peer name vx address "$TUNNEL_RECEIVER" netns rx1
	ip -n rx1 link set vx up
	receiver rx1 vx
	for ns in tx rx1; do
		ip -n $ns address add "192.0.2.$((${#ns} - 1))/24" dev vx
	done
	# The underlay's neighbours are known: nobody asks while it is measured.
	ip neigh replace 198.51.100.2 dev u0 nud permanent \
		lladdr "$(ip -n far -j link show dev u0 | jq -r '.[0].address')"
	ip -n far neigh replace 198.51.100.1 dev u0 nud permanent \
		lladdr "$(ip -j link show dev u0 | jq -r '.[0].address')"
}

# Both containers say a broadcast, from which the systems learn where they are.
tunnel_introduce()
{
	ip netns exec rx1 "$SEND" vx 1 64 "$TUNNEL_RECEIVER" ff:ff:ff:ff:ff:ff 1 >/dev/null
	ip netns exec tx "$SEND" vx 1 64 "$SENDER_MAC" ff:ff:ff:ff:ff:ff 1 >/dev/null
}

# bridge_host NAMESPACE-OPTION PORT LOCAL REMOTE
bridge_host()
{
	# shellcheck disable=SC2086	# -n NAMESPACE is two words, or none
	ip $1 -batch - <<-IP
		link add br0 up type bridge
		link add vxlan0 up type vxlan id 100 dstport 4789 local $3 udpcsum learning
		link set vxlan0 master br0
		link set $2 master br0
	IP
	# shellcheck disable=SC2086
	bridge $1 fdb append 00:00:00:00:00:00 dev vxlan0 dst "$4"
}

bridge_tunnel_on()
{
	bridge_host '' a0 198.51.100.1 198.51.100.2
	bridge_host '-n far' b0 198.51.100.2 198.51.100.1
}

bridge_tunnel_off()
{
	ip link del br0
	ip link del vxlan0
	ip -n far link del br0
	ip -n far link del vxlan0
}

# ovs_host DIRECTORY PORT LOCAL REMOTE [COMMAND...]
ovs_host()
{
	ovs_start "$1" "${@:5}"
	ovs_ctl "$1" set Open_vSwitch . other_config:max-idle=100000000 -- add-br br0 -- \
		add-port br0 "$2" -- add-port br0 vx0 -- set interface vx0 type=vxlan \
		options:key=100 options:local_ip="$3" options:remote_ip="$4" options:csum=true
}

ovs_tunnel_on()
{
	ovs_host "$OVS" a0 198.51.100.1 198.51.100.2
	ovs_host "$FAR_OVS" b0 198.51.100.2 198.51.100.1 ip netns exec far
}

# The flows are there: from now on the daemons only disturb.
ovs_tunnel_quiet()
{
	sleep 2
	ovs_signal "$OVS" STOP
	ovs_signal "$FAR_OVS" STOP
}

ovs_tunnel_awake()
{
	ovs_signal "$OVS" CONT
	ovs_signal "$FAR_OVS" CONT
}

ovs_tunnel_off()
{
	ovs_tunnel_awake
	ovs_stop "$OVS"
	ovs_stop "$FAR_OVS"
}

# cvswitch_host NAMESPACE-OPTION PORT LOCAL REMOTE
cvswitch_host()
{
	# shellcheck disable=SC2086
	cvswitch-ctl $1 -b - <<-CTL
		switch add sw0 up
		port add sw0 $2
		tunnel set sw0 vni 100 local $3
		remote add sw0 $4
	CTL
}

cvswitch_tunnel_on()
{
	cvswitch_host '' a0 198.51.100.1 198.51.100.2
	cvswitch_host '-n far' b0 198.51.100.2 198.51.100.1
}

cvswitch_tunnel_off()
{
	cvswitch-ctl switch del sw0
	cvswitch-ctl -n far switch del sw0
}

tunnel_on()
{
	tunnel_topology
	"$1_tunnel_on"
	tunnel_introduce
	run_sender vx 600 64 "$TUNNEL_RECEIVER" 1 >/dev/null
	[ "$1" != ovs ] || ovs_tunnel_quiet
}

tunnel_off() { "$1_tunnel_off"; }

underlay_frames() { cat /sys/class/net/u0/statistics/tx_packets; }

# Nanoseconds that the softirq thread has run, which works when the processes' share is used up.
ksoftirqd_ns() { cut -d ' ' -f 1 "/proc/$(pgrep -x ksoftirqd/0)/schedstat"; }

# tunnel_tcp SYSTEM: TCP through the tunnel; appends instructions per MiB, the least of REPEATS, and says
# how many frames of the underlay it took, which tells whether segments went as one. TCP also waits, for
# acknowledgements and windows: what counts is the time that the CPU worked, not the time that passed.
tunnel_tcp()
{
	local mib=${MIB:-64} frames ns best='' repeat

	tc -n rx1 qdisc del dev vx clsact
	# The flows of ARP and TCP are installed by the first connection.
	[ "$1" != ovs ] || ovs_tunnel_awake
	"$TCPBULK" -c -m 1 -t 60 tx rx1 192.0.2.2 >/dev/null
	[ "$1" != ovs ] || ovs_tunnel_quiet
	for ((repeat = 0; repeat < REPEATS; repeat++)); do
		frames=$(underlay_frames)
		ns=-$(ksoftirqd_ns)
		ns=$((ns + 1000 * $("$TCPBULK" -c -m "$mib" -t 120 tx rx1 192.0.2.2 |
			sed -n 's/^took \([0-9]*\) us.*/\1/p')))
		ns=$((ns + $(ksoftirqd_ns)))
		frames=$(($(underlay_frames) - frames))
		# Frames of 1,450 bytes would be 724 and more for each MiB.
		[ "$frames" -lt $((mib * 200)) ] || fail "$1/vxlan-tcp: $frames frames for $mib MiB"
		echo "$1/vxlan-tcp: $frames frames on the underlay for $mib MiB"
		[ -n "$best" ] && [ "$ns" -ge "$best" ] || best=$ns
	done
	receiver rx1 vx
	awk -v row="$(uname -r),$1,vxlan-tcp,1048576" -v ns="$best" -v n="$mib" \
		'BEGIN { printf "%s,%.1f\n", row, ns / n }' | tee -a "$ROWS"
}
