# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced in the guest. What is measured: each system joins the ports p0..p15 by system_on NAME
# and lets go of them by system_off NAME.
#
#	tx: eth0 -- p0 [ system ] p1..p15 -- eth0: rx1..rx15

CONTAINERS=15
SENDER_MAC=02:00:00:00:00:01
CONTAINER_MACS=02:00:00:01:00:00	# the containers' addresses, from here on
TABLE_MACS=02:00:00:02:00:00		# the addresses of the big tables, from here on
OVS=/run/bench-ovs

# mac BASE N: the Nth address from BASE on.
mac()
{
	printf '%s:%02x:%02x\n' "${1%:*:*}" $(($2 >> 8 & 255)) $(($2 & 255))
}

each_port() { seq 0 $CONTAINERS; }

# Each namespace has a packet receiver that ends in a counted drop, as early as a packet can end.
receiver()
{
	tc -n "$1" qdisc add dev "$2" clsact
	tc -n "$1" filter add dev "$2" ingress matchall action drop
}

topology()
{
	local i ns

	# Nobody but the sender speaks: no IPv6, and no report of the bridge's own multicast group.
	sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv4.igmp_link_local_mcast_reports=0 \
		net.core.netdev_max_backlog=100000
	for i in $(each_port); do
		ns=$([ "$i" = 0 ] && echo tx || echo "rx$i")
		ip netns add "$ns"
		ip netns exec "$ns" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
		ip link add "p$i" up type veth peer name eth0 netns "$ns"
		if [ "$i" = 0 ]; then
			ip -n "$ns" link set eth0 address $SENDER_MAC up
		else
			ip -n "$ns" link set eth0 address "$(mac $CONTAINER_MACS $((i - 1)))" up
			receiver "$ns" eth0
		fi
	done
	ip -n tx link add alone up type dummy
	ip -n tx link add direct up type veth peer name direct netns rx1
	ip -n rx1 link set direct up
	receiver rx1 direct
}

# Every container says one broadcast frame, from which the systems learn where it is.
introduce()
{
	local i

	for i in $(seq $CONTAINERS); do
		ip netns exec "rx$i" "$SEND" eth0 1 64 "$(mac $CONTAINER_MACS $((i - 1)))" \
			ff:ff:ff:ff:ff:ff 1 >/dev/null
	done
}

bridge_on()
{
	local i

	ip link add br0 up type bridge
	for i in $(each_port); do ip link set "p$i" master br0; done
	introduce
}

bridge_off()
{
	[ ! -e /tmp/nft ] || nft delete table bridge rules
	rm -f /tmp/nft
	ip link del br0
}

ovs_on()
{
	local i

	ovs_start "$OVS"
	ovs_ctl "$OVS" set Open_vSwitch . other_config:max-idle=100000000 -- add-br br0
	for i in $(each_port); do ovs_ctl "$OVS" add-port br0 "p$i"; done
	introduce
	# One upcall per destination installs the flows; from then on the daemons only disturb.
	run_sender eth0 600 64 $CONTAINER_MACS $CONTAINERS >/dev/null
	sleep 1
	ovs_signal "$OVS" STOP
}

ovs_off()
{
	ovs_signal "$OVS" CONT
	ovs_stop "$OVS"
}

ebpf_on()
{
	local i id ifindex

	tc qdisc add dev p0 clsact
	tc filter add dev p0 ingress bpf direct-action obj "$REDIRECT" sec tc
	id=$(bpftool -j map show | jq '.[] | select(.name == "ports").id')
	for i in $(seq $CONTAINERS); do
		ifindex=$(cat "/sys/class/net/p$i/ifindex")
		# shellcheck disable=SC2046	# bytes are words
		bpftool map update id "$id" key hex $(mac $CONTAINER_MACS $((i - 1)) | tr : ' ') 0 0 \
			value hex $(printf '%02x %02x 00 00' $((ifindex & 255)) $((ifindex >> 8)))
	done
}

ebpf_off() { tc qdisc del dev p0 clsact; }

cvswitch_on()
{
	{
		echo switch add sw0 up
		for i in $(each_port); do echo "port add sw0 p$i"; done
	} | cvswitch-ctl -b -
	introduce
}

cvswitch_off() { cvswitch-ctl switch del sw0; }

# A table of N static entries, spread over the containers, entered in random order.
cvswitch_table()
{
	cvswitch-ctl fdb flush sw0 all >/dev/null
	awk -v n="$1" -v base="${TABLE_MACS%:*:*}" -v ports=$CONTAINERS 'BEGIN {
		for (i = 0; i < n; i++)
			printf "fdb add sw0 %s:%02x:%02x port p%d\n", base, i / 256, i % 256, i % ports + 1
	}' | shuf | cvswitch-ctl -b -
}

system_on() { case $1 in sender|veth) ;; *) "$1_on" ;; esac; }
system_off() { case $1 in sender|veth) ;; *) "$1_off" ;; esac; }
