# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced in the guest. Rules of the generator that the tests use, and flows that match them:
#
#	policy-N[-both]-WHERE	N rules at the sender's port, and with "both" as many at the
#				receiver's; flows that match the first tenth of them, the last one,
#				none, or all of them evenly ("mixed")
#	policy-adversarial	1,000 rules, and flows that are aimed at rules of every shape
#
# Each frame is accepted in the end, so that all of them cross the whole switch, and is counted
# by its receiver. What plain veth costs is measured with the same frames.

POLICY_SEED=1
POLICY_FLOWS=2048

# policy_rules N DIRECTION
policy_rules()
{
	"$ACLCHECK" bench-rules "$1" $POLICY_SEED |
		sed -E "s/^ingress/$2/; s/ (accept|drop|reject)( |\$)/ accept\\2/"
}

# policy_on N BOTH: the sender is who it is, and 0 to all the world may come from it.
policy_on()
{
	cvswitch-ctl profile add sw0 sender ingress-default accept egress-default accept
	policy_rules "$1" ingress | cvswitch-ctl profile load sw0 sender -
	cvswitch-ctl port set p0 mac "$SENDER_MAC" ip 0.0.0.0/0 ip ::/0 profile sender
	[ -n "$2" ] || return 0
	cvswitch-ctl profile add sw0 receiver ingress-default accept egress-default accept
	policy_rules "$1" egress | cvswitch-ctl profile load sw0 receiver -
	cvswitch-ctl port set p1 profile receiver
}

# replay DEV FRAMES: all flows to the first container
replay()
{
	ip netns exec tx "$REPLAY" "$1" "$2" /tmp/flows "$SENDER_MAC" "$CONTAINER_MACS"
}

# measure_flows SYSTEM SCENARIO DEV
measure_flows()
{
	local before got ns best='' repeat

	replay "$3" $POLICY_FLOWS >/dev/null
	for ((repeat = 0; repeat < REPEATS; repeat++)); do
		before=$(received "$3")
		ns=$(replay "$3" "$FRAMES")
		got=$(($(received "$3") - before))
		[ "$got" = "$FRAMES" ] || fail "$1/$2: $FRAMES frames sent, $got received"
		[ -n "$best" ] && [ "$ns" -ge "$best" ] || best=$ns
	done
	awk -v row="$(uname -r),$1,$2,64" -v ns="$best" -v frames="$FRAMES" \
		'BEGIN { printf "%s,%.1f\n", row, ns / frames }' | tee -a "$ROWS"
}

# policy_run SYSTEM SCENARIO, where the system is there
policy_run()
{
	local n=1000 where=${2##*-} both=''

	[ "$where" = adversarial ] || { n=${2#policy-}; n=${n%%-*}; }
	case $2 in *-both-*) both=yes ;; esac
	"$ACLCHECK" bench-flows "$where" "$n" $POLICY_SEED $POLICY_FLOWS > /tmp/flows
	measure_flows veth "$2" direct
	policy_on "$n" "$both"
	measure_flows "$1" "$2" eth0
}
