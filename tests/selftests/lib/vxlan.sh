# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What tests of tunnels share, beside lib.sh. Hosts are namespaces with a switch sw0 each: the first
# is $sw, the others $far, $far2. Underlay: device u0 of host N has 198.51.100.N and 2001:db8:ff::N.
#
#	h1 -- p1 +-----+                              +-----+ p3 -- h3
#	         | sw0 | $sw  u0 ------------ u0 $far | sw0 |
#	h2 -- p2 +-----+                              +-----+ p4 -- h4

# shellcheck disable=SC2034	# assigned by setup_ns
far='' far2='' net=''

FAR_MAC=02:00:00:00:00:fd
VNI=100

# on NAMESPACE COMMAND: as ctl, on another host.
on()
{
	local ns=$1
	shift

	cvswitch-ctl -n "$ns" "$@"
}

# vtep N [FAMILY]: address of host N in the underlay.
vtep()
{
	case ${2:-4} in
	4)	echo "198.51.100.$1" ;;
	6)	echo "2001:db8:ff::$1" ;;
	esac
}

# underlay_address NAMESPACE N: of its device u0.
underlay_address()
{
	ipv6_on "$1" u0
	try ip -n "$1" address add "$(vtep "$2")/24" dev u0
	try ip -n "$1" address add "$(vtep "$2" 6)/64" dev u0 nodad
	try ip -n "$1" link set u0 up
}

# underlay [MTU]: between $sw and $far.
# shellcheck disable=SC2120,SC2154	# other tests give it one; sw is of lib.sh
underlay()
{
	try ipsw link add u0 mtu "${1:-1500}" type veth peer name u0 mtu "${1:-1500}" netns "$far"
	underlay_address "$sw" 1
	underlay_address "$far" 2
}

# far_containers FIRST LAST: containers of $far, at the device FAR_MASTER there, or at none.
FAR_MASTER=sw0
far_containers()
{
	local n ns names=() cables=()

	for ((n = $1; n <= $2; n++)); do
		names+=("h$n")
	done
	setup_ns "${names[@]}"
	PROBE_RX+=("${names[@]}")
	for ((n = $1; n <= $2; n++)); do
		ns=h$n
		echo "link add p$n type veth peer name eth0 address $(mac "$n") netns ${!ns}"
		echo "link set p$n ${FAR_MASTER:+master $FAR_MASTER} up"
		cables+=("${!ns}/eth0")
	done > "$TMP/cables"
	ip -n "$far" -batch "$TMP/cables" || bail "cannot make the cables of the other host"
	linkup "${cables[@]}" || bail "cannot connect the containers of the other host"
}

# two_hosts [SETTING...]: both hosts with two containers each and settings of the switches, and
# the underlay; no tunnel.
two_hosts()
{
	topology 2 "$@"
	setup_ns far
	on "$far" switch add sw0 address $FAR_MAC "$@" up || bail "cannot create the other switch"
	far_containers 3 4
	underlay
}

# tunnel [FAMILY [SETTING...]]: between the two, each the other's only remote.
tunnel()
{
	local family=${1:-4}
	[ $# = 0 ] || shift

	try ctl tunnel set sw0 vni $VNI local "$(vtep 1 "$family")" "$@"
	try on "$far" tunnel set sw0 vni $VNI local "$(vtep 2 "$family")" "$@"
	try ctl remote add sw0 "$(vtep 2 "$family")"
	try on "$far" remote add sw0 "$(vtep 1 "$family")"
}

no_tunnel()
{
	try ctl tunnel del sw0
	try on "$far" tunnel del sw0
}

# inner_addresses: of all four containers, of either family.
inner_addresses()
{
	local n ns

	for n in 1 2 3 4; do
		ns=h$n
		ipv6_on "${!ns}" eth0
		try ip -n "${!ns}" address add "$(ip4 "$n")/24" dev eth0
		try ip -n "${!ns}" address add "2001:db8::$n/64" dev eth0 nodad
	done
}

# inner_mtu BYTES: of all four containers' devices.
inner_mtu()
{
	local n ns

	for n in 1 2 3 4; do
		ns=h$n
		try ip -n "${!ns}" link set eth0 mtu "$1"
	done
}

# tunnel_counter KEY [NAMESPACE], remote KEY [NAMESPACE [ADDRESS]]
tunnel_counter() { on "${2:-$sw}" -j stats show sw0 tunnel | jrow "$1"; }
remote() { on "${2:-$sw}" -j remote show sw0 | jrow address="${3:-$(vtep 2)}" "$1"; }

# balance [NAMESPACE]: frames in + copies - frames out - drops of its switch: 0 at rest.
balance()
{
	in_ns "${1:-$sw}" ethtool -S sw0 | awk '
		$1 == "rx_frames:" || $1 == "copies:" { sum += $2 }
		$1 ~ /^tx_.*_frames:/ || $1 ~ /^drop_/ { sum -= $2 }
		END { print sum + 0 }'
}

balanced()
{
	settles 0 "frames in + copies - frames out - drops of the first host" balance "$sw"
	settles 0 "frames in + copies - frames out - drops of the second host" balance "$far"
}
