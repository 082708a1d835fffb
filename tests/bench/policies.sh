# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced on the host, which makes the files below $POLICIES, and in the guest. Rules of the
# generator that the tests use, and flows that match them:
#
#	policy-N[-both]-WHERE	N rules at the sender's port, and with "both" as many at the
#				receiver's; flows that match the first tenth of them, the last one,
#				none, or all of them evenly ("mixed")
#	policy-adversarial	1,000 rules, and flows that are aimed at rules of every shape, so
#				many that each frame is the first of its flow
#	policy-load-N		see policy_load.sh
#
# Each frame is accepted in the end, so that all of them cross the whole switch, and is counted
# by its receiver. What plain veth costs is measured with the same frames. What the peers do with
# the same rules and frames is in policy_peers.sh.

POLICY_SEED=1
POLICY_FLOWS=2048
POLICY_FRAMES_MAX=10000		# of the adversary
# A hundred times as much is done for a peer's frame. Each flow is there once: of fewer flows, Open
# vSwitch remembers more.
SLOW_FRAMES=$POLICY_FLOWS
declare -A POLICY_FLOORS

# policy_name SCENARIO: what it says, into $n, $where and $both
policy_name()
{
	n=1000 where=${1##*-} both=''
	case $1 in
	policy-adversarial) ;;
	policy-load-*)	n=$where where=load ;;
	*)		n=${1#policy-}
			n=${n%%-*} ;;
	esac
	case $1 in *-both-*) both=yes ;; esac
}

policy_rules() { echo "$POLICIES/rules-$1-$2"; }
policy_flows() { echo "$POLICIES/flows-$1-$2"; }

# policy_prepare SYSTEM SCENARIO, on the host: its files
policy_prepare()
{
	local n where both words='' count=$POLICY_FLOWS

	policy_name "$2"
	case $1 in
	ovs)	words=ovs ;;
	bridge)	words=nft ;;
	esac
	"$ACLCHECK" bench-rules "$n" $POLICY_SEED $words |
		sed -E 's/ (drop|reject)$/ accept/; s/=drop$/=NORMAL/' > "$(policy_rules "$1" "$n")"
	[ "$where" != adversarial ] || count=$POLICY_FRAMES_MAX
	[ "$where" = load ] ||
		"$ACLCHECK" bench-flows "$where" "$n" $POLICY_SEED "$count" > "$(policy_flows "$where" "$n")"
}

# cvswitch_policy N BOTH: the sender is who it is, and 0 to all the world may come from it.
cvswitch_policy()
{
	local rules
	rules=$(policy_rules cvswitch "$1")

	cvswitch-ctl profile add sw0 sender ingress-default accept egress-default accept
	cvswitch-ctl profile load sw0 sender "$rules"
	cvswitch-ctl port set p0 mac "$SENDER_MAC" ip 0.0.0.0/0 ip ::/0 profile sender
	[ -n "$2" ] || return 0
	cvswitch-ctl profile add sw0 receiver ingress-default accept egress-default accept
	sed 's/^ingress/egress/' "$rules" | cvswitch-ctl profile load sw0 receiver -
	cvswitch-ctl port set p1 profile receiver
}

# replay DEV FRAMES: of these $flows, to the first container
replay()
{
	ip netns exec tx "$REPLAY" "$1" "$2" "$flows" "$SENDER_MAC" "$CONTAINER_MACS"
}

# least A B: the lesser number
least() { echo $(($1 < $2 ? $1 : $2)); }

# policy_row SYSTEM SCENARIO NANOSECONDS FRAMES
policy_row()
{
	awk -v row="$(uname -r),$1,$2,64" -v ns="$3" -v frames="$4" \
		'BEGIN { printf "%s,%.1f\n", row, ns / frames }' | tee -a "$ROWS"
}

# measure_flows SYSTEM SCENARIO DEV FRAMES
measure_flows()
{
	local before got ns best='' repeat

	replay "$3" "$(least "$4" $POLICY_FLOWS)" >/dev/null
	for ((repeat = 0; repeat < REPEATS; repeat++)); do
		before=$(received "$3")
		ns=$(replay "$3" "$4")
		got=$(($(received "$3") - before))
		[ "$got" = "$4" ] || fail "$1/$2: $4 frames sent, $got received"
		[ -n "$best" ] && [ "$ns" -ge "$best" ] || best=$ns
	done
	policy_row "$1" "$2" "$best" "$4"
}

# policy_run SYSTEM SCENARIO, where the system is there
policy_run()
{
	local n where both flows frames
	frames=${FRAMES:?}

	policy_name "$2"
	[ "$1" = cvswitch ] || [ -z "$both" ] || fail "$1/$2: peers have rules for the sender alone"
	if [ "$where" = load ]; then
		"$1_load" "$n"
		return
	fi
	flows=$(policy_flows "$where" "$n")
	[ "$where" != adversarial ] || frames=$(least "$frames" $POLICY_FRAMES_MAX)
	if [ -z "${POLICY_FLOORS[$2]:-}" ]; then
		measure_flows veth "$2" direct "$frames"
		POLICY_FLOORS[$2]=measured
	fi
	"$1_policy" "$n" "$both" "$where"
	case $1/$where in
	ovs/adversarial) measure_upcalls "$2" "$(least "$frames" $SLOW_FRAMES)" ;;
	ovs/* | bridge/*) measure_flows "$1" "$2" eth0 "$(least "$frames" $SLOW_FRAMES)" ;;
	*)		measure_flows "$1" "$2" eth0 "$frames" ;;
	esac
}
