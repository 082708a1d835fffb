# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What tests of rules share, beside lib.sh: frames made from words, and one process that sends them and
# does the commands between. See aclprobe.py for the lines that "play" takes.
#
#	h1 -- p1 [in] +-----+ [out] p2 -- h2
#	              | sw0 |
#	     h3 -- p3 +-----+ p4 -- h4 ...

# shellcheck disable=SC2034,SC2154	# the variables are those of lib.sh

# acl_topology N [SETTING...]: containers as in topology, whose addresses aren't learned; frames to
# 02:ee:ee:ee:ee:ee (who is asked if a frame says nothing else) go to all of them. Profile "in" is
# at p1, "out" at p2; what no rule accepts in these directions is dropped, and passes in the other.
acl_topology()
{
	local i

	topology "$@"
	for ((i = 1; i <= $1; i++)); do
		echo "port set p$i learning off limit-unicast off limit-multicast off limit-broadcast off"
	done > "$TMP/ports"
	cat >> "$TMP/ports" <<-CTL
		port set sw0 flood-multicast off flood-broadcast off
		profile add sw0 in egress-default next
		profile add sw0 out ingress-default next
		port set p1 tenant-profile in
		port set p2 tenant-profile out
	CTL
	ctl -b "$TMP/ports" > /dev/null || bail "cannot configure the ports"
}

# players LABEL...: containers, and "host", that send and receive.
players()
{
	local id rx=()

	for id; do
		rx+=("$id=$(endpoint "$id")")
	done
	mkfifo "$TMP/lines" "$TMP/answers"
	"${BASH_SOURCE[0]%/*}/aclprobe.py" -w "$(on_uml && echo 80 || echo 25)" "$sw" "${rx[@]}" \
		< "$TMP/lines" > "$TMP/answers" 2> "$TMP/player" &
	BG_PID[player]=$!
	exec {LINES_FD}> "$TMP/lines" {ANSWERS_FD}< "$TMP/answers"
	read -r -t 60 -u "$ANSWERS_FD" || bail "aclprobe.py: $(cat "$TMP/player")"
}

# play: what standard input says; each line that isn't as it should be is a failure.
play()
{
	local line

	{ cat; echo end; } >&"$LINES_FD"
	while :; do
		read -r -t 120 -u "$ANSWERS_FD" line || bail "aclprobe.py: $(cat "$TMP/player")"
		case $line in
		FAIL:*)	fail "${line#FAIL: }" ;;
		done\ 0) fail "nothing was done" && break ;;
		done*)	break ;;
		esac
	done
}

# floods ID FROM FRAME...: send these again and again until "flooded ID", which prints how many they were.
floods()
{
	local id=$1 from

	from=$2=$(endpoint "$2")
	shift 2
	spawn "$id" nice -n 10 "${BASH_SOURCE[0]%/*}/aclprobe.py" -f "$from" "$@"
}
flooded()
{
	reap "$1"
	sed -n 's/^sent=//p' "$TMP/$1"
}
