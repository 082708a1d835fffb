# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What every selftest shares. A test is a file that sources this one, says what it proves, draws its
# topology, and ends in "tests_run NAME...": each NAME is a function and one line of KTAP. Functions
# setup and cleanup of the test's own are called before the first and after the last.
#
# Everything happens in network namespaces of the test's own, with addresses for documentation
# (RFC 5737, RFC 3849). Container N is namespace $hN with device eth0 and MAC address $(mac N); the
# host's end of its cable is port pN of sw0 in namespace $sw.

set -u

CVS_TOP=${CVS_TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
PATH=$CVS_TOP/build/selftests:$CVS_TOP/build:$PATH:/usr/sbin:/sbin
export LC_ALL=C NO_COLOR=1

NAME=$(basename -s .sh "$0")
TMP=$(mktemp -d)
SW_MAC=02:00:00:00:00:fe
NS_ALL=()
PROBE_RX=()		# who is asked by "probe"
declare -A BG_PID=()
# Names of namespaces, assigned by setup_ns.
# shellcheck disable=SC2034
sw='' h1='' h2='' h3='' h4='' h5='' h6=''
RET=0			# verdict of the running test: 0 passed so far, 1 failed
SKIP=''			# why it can't be run, if it can't

# True on the debug kernels, which are User-Mode Linux and take ten times as long for everything.
on_uml() { [[ $(uname -r) == *-debug* ]]; }

mac() { printf '02:00:00:00:%02x:%02x' $(($1 >> 8)) $(($1 & 255)); }
ip4() { printf '192.0.2.%d' "$1"; }

# ---- verdicts -------------------------------------------------------------------------------

note() { printf '# %s\n' "$*"; }
fail() { RET=1; note "FAIL: $*"; }
skip() { SKIP=$*; }

bail()
{
	echo "Bail out! $*"
	exit 1
}

# expect WANT GOT WHAT
expect()
{
	[ "$1" = "$2" ] || fail "$3: expected '$1', got '$2'"
}

# expect_range LOW HIGH GOT WHAT
expect_range()
{
	if ! [[ $3 =~ ^[0-9]+$ ]] || [ "$3" -lt "$1" ] || [ "$3" -gt "$2" ]; then
		fail "$4: expected $1 to $2, got '$3'"
	fi
}

# try COMMAND: it must succeed.
try()
{
	local out

	out=$("$@" 2>&1) || fail "'$*' failed: ${out//$'\n'/ | }"
}

# refused REGEX COMMAND: it must fail, and say why.
refused()
{
	local regex=$1 out
	shift

	if out=$("$@" 2>&1); then
		fail "'$*' was not refused"
	elif ! grep -qiE -- "$regex" <<<"$out"; then
		fail "'$*' was refused with '${out//$'\n'/ | }', not '$regex'"
	fi
}

# busywait SECONDS COMMAND: until it succeeds, but no longer; a slow machine gets thrice the time.
busywait()
{
	local end=$((SECONDS + $1 * 3 + 1))
	shift

	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.05
	done
}

# is WANT COMMAND: its output is WANT; to be used with busywait.
is()
{
	local want=$1
	shift

	[ "$("$@" 2>/dev/null)" = "$want" ]
}

# settles WANT WHAT COMMAND: its output becomes WANT within 5 seconds.
settles()
{
	local want=$1 what=$2
	shift 2

	busywait 5 is "$want" "$@" || fail "$what: expected '$want', got '$("$@" 2>&1)'"
}

need()
{
	local program

	for program; do
		command -v "$program" >/dev/null || bail "$program is not installed"
	done
}

# ---- programs in the background -------------------------------------------------------------

# spawn ID COMMAND: start it and wait until it says "ready".
spawn()
{
	local id=$1
	shift

	"$@" >"$TMP/$id" 2>&1 &
	BG_PID[$id]=$!
	busywait 10 grep -q '^ready' "$TMP/$id" || fail "'$*' isn't ready: $(cat "$TMP/$id")"
}

# launch ID COMMAND: the same for a program that says nothing.
launch()
{
	local id=$1
	shift

	"$@" >"$TMP/$id" 2>&1 &
	BG_PID[$id]=$!
}

# reap ID [SIGNAL]: end it, wait, leave its output in $TMP/ID; returns its status, but in $( ), where it is
# nobody's child, and can't be waited for otherwise than by looking.
reap()
{
	local pid=${BG_PID[$1]:-} rc=0

	[ -n "$pid" ] || return 0
	unset "BG_PID[$1]"
	kill -"${2:-TERM}" "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null || rc=$?
	busywait 10 has_ended "$pid" || fail "$1 doesn't end"
	return $rc
}

has_ended()
{
	local state

	state=$(cut -d ' ' -f 3 "/proc/$1/stat" 2> /dev/null)
	[[ $state == Z || -z $state ]]
}

# ---- namespaces -----------------------------------------------------------------------------

in_ns() { ip netns exec "$@"; }

# setup_ns VAR...: for each, a new namespace whose unique name is put into the variable. The kernel
# sends nothing of its own there: no IPv6 unless ipv6_on is called.
setup_ns()
{
	local var new=()

	for var; do
		printf -v "$var" '%s' "$var-$$-$RANDOM"
		new+=("${!var}")
	done
	nsadd "${new[@]}" || bail "cannot create network namespaces"
	NS_ALL+=("${new[@]}")
}

# ipv6_on NAMESPACE DEVICE: IPv6 on this device alone, without waiting for address collisions.
ipv6_on()
{
	nsenter --net="/run/netns/$1" sh -c "cd /proc/sys/net/ipv6/conf/$2 &&
		echo 0 > accept_dad && echo 0 > accept_ra && echo 0 > router_solicitations &&
		echo 0 > disable_ipv6"
}

cleanup_all_ns()
{
	local ns

	for ns in "${NS_ALL[@]}"; do
		ip netns delete "$ns" 2>/dev/null
	done
	NS_ALL=()
}

# ---- the switch -----------------------------------------------------------------------------

# Commands in the switch's namespace.
ctl() { cvswitch-ctl -n "$sw" "$@"; }
ipsw() { ip -n "$sw" "$@"; }

# topology N [SETTING...]: switch sw0 with N containers, which have no IP addresses.
topology()
{
	local n=$1 i ns names=() cables=()
	shift

	for ((i = 1; i <= n; i++)); do
		names+=("h$i")
	done
	setup_ns sw "${names[@]}"
	PROBE_RX=("${names[@]}")
	ctl switch add sw0 address $SW_MAC "$@" up || bail "cannot create a switch"
	for ((i = 1; i <= n; i++)); do
		ns=h$i
		echo "link add p$i type veth peer name eth0 address $(mac $i) netns ${!ns}"
		echo "link set p$i master sw0 up"
		cables+=("${!ns}/eth0")
	done > "$TMP/cables"
	ipsw -batch "$TMP/cables" || bail "cannot make the cables"
	linkup "${cables[@]}" || bail "cannot connect the containers"
	busywait 10 ports_forward "$n" || bail "the ports don't come up"
}

# addresses N...: containers get their IPv4 addresses.
addresses()
{
	local n ns

	for n; do
		ns=h$n
		try ip -n "${!ns}" address add "$(ip4 "$n")/24" dev eth0
	done
}

# delete_switches: all that are in $sw.
delete_switches()
{
	local name

	ipsw -o link show type cvswitch | while IFS=': ' read -r _ name _; do
		ipsw link delete "$name"
	done
}

# rejoin DEVICE...: sw0 anew, with these as its ports, however they were left.
rejoin()
{
	local dev

	delete_switches
	try ctl switch add sw0 address "$SW_MAC" up
	for dev; do
		echo "link set $dev up mtu 1500 master sw0"
	done > "$TMP/ports"
	try ipsw -batch "$TMP/ports"
	busywait 10 ports_forward $# || fail "ports that forward: $(ctl_count_forwarding)"
}

ports_forward() { is "$1" ctl_count_forwarding; }
ctl_count_forwarding()
{
	ctl -j port show sw0 | jrow -c name!=sw0 state=forwarding
}

# read_contract: the numbers of the netlink contract into CONTRACT, under their names in
# linux/cvswitch.h without the prefix CVSWITCH_ or CVSWITCH_A_.
declare -A CONTRACT=()
read_contract()
{
	local name value

	while read -r name value; do
		CONTRACT[$name]=$value
	done < <(awk '
		/^enum/ { n = 0; next }
		!/^\tCVSWITCH_/ { next }
		{
			if ($2 == "=") n = $3 + 0
			gsub(/^CVSWITCH_(A_)?|,$/, "", $1)
			print $1, n++
		}' "$CVS_TOP/uapi/linux/cvswitch.h")
}

# request_words COMMAND [ATTRIBUTE:TYPE:VALUE]...: what genlreq has to be told, into REQUEST, by names of
# the contract, which has been read.
REQUEST=()
request_words()
{
	local word

	REQUEST=("${CONTRACT[CMD_$1]}")
	shift
	for word; do
		if [[ $word =~ ^[A-Z] ]]; then
			word=${CONTRACT[${word%%:*}]}:${word#*:}
		fi
		REQUEST+=("$word")
	done
}

# request COMMAND [ATTRIBUTE:TYPE:VALUE]...: send just this; prints the answer as src/genlreq.c does.
request()
{
	request_words "$@"
	genlreq -n "$sw" "${REQUEST[@]}"
}

# ifindex DEVICE [NAMESPACE]
ifindex() { ip -n "${2:-$sw}" -j link show dev "$1" | jrow ifindex; }

# link DEVICE .PATH [NAMESPACE]: something that rtnetlink says about a device.
link() { ip -n "${3:-$sw}" -d -s -j link show dev "$1" 2>/dev/null | jrow "${2#.}"; }

# port DEVICE KEY, switch KEY: what netlink says about them.
port() { ctl -j port show sw0 "$1" | jrow "$2"; }
switch() { ctl -j switch show sw0 | jrow "$1"; }

# counter PORT KEY: one counter.
counter() { ctl -j stats show sw0 "$1" | jrow "$2"; }

# drops: all drops of the switch, "PORT REASON N" sorted.
drops()
{
	ctl -j stats show sw0 | jrow -S -e drop port!=null port drop.reason drop.frames
}

# drops_since SNAPSHOT: what was dropped since "drops" printed it: "PORT REASON N" sorted.
drops_since()
{
	local at reason n
	local -A old=()

	while read -r at reason n; do
		[ -z "$at" ] || old["$at $reason"]=$n
	done <<<"$1"
	while read -r at reason n; do
		[ "$n" = "${old["$at $reason"]:-0}" ] ||
			echo "$at $reason $((n - ${old["$at $reason"]:-0}))"
	done < <(drops)
}

# fdb [FILTER...]: entries but local ones, "MAC [vlan V] PORT KIND" sorted.
fdb()
{
	local mac vlan at kind

	while read -r mac vlan at kind; do
		case $vlan in
		0 | null) echo "$mac $at $kind" ;;
		*)	echo "$mac vlan $vlan $at $kind" ;;
		esac
	done < <(ctl -j fdb show sw0 "$@" | jrow -S kind!=local mac vlan port kind)
}

# fdb_port MAC [VLAN]: where the switch thinks that this address is; "-" if it doesn't know.
fdb_port()
{
	local vlan at

	while read -r vlan at; do
		if [ "${vlan/null/0}" = "${2:-0}" ]; then
			echo "$at"
			return
		fi
	done < <(ctl -j fdb show sw0 | jrow mac="$1" vlan port)
	echo -
}

# monitor [WHAT...]: write events as JSON lines into $TMP/monitor from now on.
monitor()
{
	: > "$TMP/monitor"
	cvswitch-ctl -n "$sw" -j monitor "$@" >> "$TMP/monitor" 2>&1 &
	BG_PID[monitor]=$!
	busywait 10 listens || fail "the monitor doesn't listen: $(cat "$TMP/monitor")"
}
# Is there a generic netlink socket in multicast groups?
listens()
{
	# shellcheck disable=SC2016
	nsenter --net="/run/netns/$sw" awk '
		$2 == 16 && $4 != "00000000" { found = 1 }
		END { exit !found }' /proc/net/netlink
}

# ---- the module -----------------------------------------------------------------------------

loaded() { [ -d /sys/module/cvswitch ]; }

# Of the module itself, not of somebody whose memory it shared (a link that stays, then).
slab_is_there()
{
	grep -q '^cvswitch_' /proc/slabinfo || find /sys/kernel/slab -name 'cvswitch_*' -type d | grep -q .
}

# unload_cleanly DEVICE...: the module goes while its switches are there, and nothing is left of it:
# no device, no port (the DEVICEs in $sw), no memory. It is loaded again.
unload_cleanly()
{
	local dev ns

	busywait 30 is 0 cat /sys/module/cvswitch/refcnt ||
		fail "users of the module: $(cat /sys/module/cvswitch/refcnt)"
	try timeout 60 rmmod cvswitch
	loaded && fail "the module is still there"
	for dev; do
		expect "null 0" "$(link "$dev" .master) $(link "$dev" .promiscuity)" \
			"master and promiscuity of $dev without the module"
	done
	for ns in "${NS_ALL[@]}"; do
		ip -n "$ns" -d -o link show | grep -w cvswitch && fail "a switch is still there in $ns"
	done
	slab_is_there && fail "a slab cache is still there"
	try "$CVS_TOP/scripts/load" "$CVS_KO"
}

# ---- frames ---------------------------------------------------------------------------------

# endpoint ID: where container hN, or "host" (the switch's own device), sends and receives.
endpoint()
{
	case $1 in
	host)	echo "$sw/sw0" ;;
	*)	echo "${!1}/eth0" ;;
	esac
}

# probe FROM WORD...: send one frame from a container or the host; prints which containers (and
# "host") received it, and with which tags. See src/frameprobe.c. Those in PROBE_RX are asked;
# PROBE_COUNT is how many frames are sent, if not one, PROBE_WAIT for how many ms something may come.
probe()
{
	local from id rx=()
	from=$(endpoint "$1")
	shift

	for id in "${PROBE_RX[@]}"; do
		rx+=("$id=$(endpoint "$id")")
	done
	frameprobe -n "${PROBE_COUNT:-1}" -w "${PROBE_WAIT:-60}" "$from" "$@" -- "${rx[@]}"
}

# blast FROM COUNT [WORD...]: send COUNT frames; all must be taken by the device.
blast()
{
	local id=$1 n=$2 out
	shift 2

	out=$(framegen -n "$n" "$id=$(endpoint "$id")" -- "$@" 2>&1)
	[[ $out = "$id sent=$n failed=0 "* ]] || fail "sending from $id: $out"
}

# announce N...: containers send a broadcast, so that the switch learns them.
announce()
{
	local n

	for n; do
		blast "h$n" 1 src="$n" dst=bcast
	done
}

# ---- allocations that fail ------------------------------------------------------------------

DEBUGFS=/sys/kernel/debug

# need_faults: all allocations can be made to fail, those that may wait, too. VERBOSE=2 has the kernel
# print a stack for each that fails.
need_faults()
{
	local what

	[ -e /proc/self/fail-nth ] || { echo '# SKIP the kernel has no fault injection'; exit 4; }
	for what in failslab fail_page_alloc; do
		echo 0 > "$DEBUGFS/$what/probability"
		echo "${VERBOSE:-0}" > "$DEBUGFS/$what/verbose"
		echo N > "$DEBUGFS/$what/task-filter"
		echo N > "$DEBUGFS/$what/ignore-gfp-wait"
	done
	echo N > "$DEBUGFS/fail_page_alloc/ignore-gfp-highmem"
	echo 0 > "$DEBUGFS/fail_page_alloc/min-order"
}

# no_leaks [KNOWN]: no memory is lost. The kernel reports what is older than 5 seconds, and not who
# allocated it. What matches KNOWN in a report is the kernel's own loss, and forgotten.
no_leaks()
{
	echo scan > "$DEBUGFS/kmemleak" || fail "the kernel has given up looking for leaks"
	sleep 6
	echo scan > "$DEBUGFS/kmemleak"
	awk -v known="${1:-}" 'BEGIN { RS = "unreferenced object" } NF && (known == "" || $0 !~ known)' \
		"$DEBUGFS/kmemleak" > "$TMP/kmemleak"
	if [ -s "$TMP/kmemleak" ]; then
		fail "memory is lost: $(head -n 20 "$TMP/kmemleak")"
	elif [ -n "${1:-}" ]; then
		echo clear > "$DEBUGFS/kmemleak"
		# The log counts them, too. It is kept if there is anything else.
		if ! kernel_complaints "${mark:-}" | grep -qvE 'kmemleak: [0-9]+ new suspected'; then
			dmesg -C
			echo "${mark:-}" > /dev/kmsg
		fi
	fi
}

# ---- the run --------------------------------------------------------------------------------

# kernel_complaints MARK: what is wrong in the kernel's log after the line with MARK.
kernel_complaints()
{
	dmesg > "$TMP/dmesg"
	grep -q -E -f "$CVS_TOP/tests/vm/splat.txt" "$TMP/dmesg" || return
	sed "1,/$1/d" "$TMP/dmesg" | grep -E -f "$CVS_TOP/tests/vm/splat.txt"
}

# shellcheck disable=SC2329,SC2317	# called by the trap
finish()
{
	local id

	for id in "${!BG_PID[@]}"; do
		reap "$id" KILL
	done
	if declare -F cleanup >/dev/null; then
		cleanup
	fi
	cleanup_all_ns
	rm -rf "$TMP"
}

tests_run()
{
	local t n=0 failed=0 skipped=0 mark

	trap finish EXIT
	trap 'exit 1' INT TERM
	echo 'TAP version 13'
	echo "1..$#"
	[ "$(id -u)" = 0 ] || bail "must be root"
	need cvswitch-ctl framegen jrow
	if declare -F setup >/dev/null; then
		setup
		[ $RET = 0 ] || bail "setup failed"
	fi
	for t; do
		mark="selftest $NAME $t $$-$RANDOM"
		echo "$mark" > /dev/kmsg
		RET=0
		SKIP=''
		$t
		if kernel_complaints "$mark" > "$TMP/splat"; then
			fail "the kernel complained: $(head -n 3 "$TMP/splat")"
		fi
		n=$((n + 1))
		if [ $RET != 0 ]; then
			failed=$((failed + 1))
			echo "not ok $n $t"
		elif [ -n "$SKIP" ]; then
			skipped=$((skipped + 1))
			echo "ok $n $t # SKIP $SKIP"
		else
			echo "ok $n $t"
		fi
	done
	[ $failed = 0 ] || exit 1
	[ $skipped != $n ] || exit 4
	exit 0
}
