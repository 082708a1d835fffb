# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What tests with every allocation failing once share, beside lib.sh: attempts, until the command has
# no more of them. Each attempt does all of it and tells listeners, or it is refused, has changed
# nothing and told nobody. Where there was no memory for the kernel's answer, it is one of both, but
# no half of it.
#
# A command is a line in one of the tests. ROWS=REGEX runs only those whose name matches, FROM=N
# begins with the Nth allocation, and TO=N ends with it.

shopt -s extglob
ROWS=${ROWS:-.}
RANGE=(${FROM:+-f "$FROM"} ${TO:+-t "$TO"})

# fault_setup: what a test's setup begins with.
fault_setup()
{
	need_faults
	need failnth failreq
	read_contract
	printf '%s\n' 'switch show' 'port show' 'vlan show' 'fdb show' 'tunnel show' 'remote show' \
		'vni show' > "$TMP/everything"
}

# ---- attempts --------------------------------------------------------------------------------

# Everything that can be seen, but counters and ages.
everything()
{
	ctl -j -b "$TMP/everything" > "$TMP/said" || fail "not everything could be asked" >&2
	sed -E 's/"(age|drops|[rt]x-[a-z-]+)":[0-9]+//g' "$TMP/said"
	ipsw -d -j link show
}

unchanged()
{
	everything > "$TMP/after"
	cmp -s "$TMP/before" "$TMP/after" || fail "$1: changed something: $(
		diff <(tr ',' '\n' < "$TMP/before") <(tr ',' '\n' < "$TMP/after") |
		grep '^[<>]' | head -n 8 | tr '\n' ' ')"
}

# count NAME PROGRAM...: run it, say how many allocations have failed; none is a failure.
count()
{
	local name=$1 failed

	"${@:2}" > "$TMP/attempts" 2>&1 || fail "$name: $(grep -v '^failed=' "$TMP/attempts")"
	failed=$(sed -n 's/^failed=\([0-9]*\) .*/\1/p' "$TMP/attempts")
	note "$name: $(sed -n 's/^failed=\([0-9]*\) attempts=\([0-9]*\)/\1 allocations failed, \2 attempts:/p' \
		"$TMP/attempts")"
	[ "${failed:-0}" != 0 ] || fail "$name: no allocation failed"
}

# in_switch_ns WORD...: the command in the switch's namespace, into WORDS; ctl is cvswitch-ctl.
in_switch_ns()
{
	case $1 in
	ctl)	WORDS=(cvswitch-ctl -n "$sw" "${@:2}") ;;
	ethtool | linkset)
		WORDS=(ip netns exec "$sw" "$@") ;;
	*)	WORDS=("$1" -n "$sw" "${@:2}") ;;
	esac
}

# records FILE COMMANDS: run them, with semicolons between, and write their requests down.
records()
{
	local command words WORDS

	: > "$TMP/$1"
	while read -r -d ';' command; do
		read -ra words <<<"${command//$'\n'/ }"
		in_switch_ns "${words[@]}"
		failnth -r "$TMP/$1" 0 "${WORDS[@]}" > "$TMP/output" 2>&1 ||
			fail "'$command' fails by itself: $(cat "$TMP/output")"
	done <<<"$2;"
}

run() { records none "$1"; }

# reads COMMAND: it changes nothing.
reads()
{
	[[ $1 =~ $ROWS ]] || return 0
	records requests "$1"
	everything > "$TMP/before"
	count "${1//$'\n\t'*([$'\t'])/ }" failreq "${RANGE[@]}" "$sw" "$TMP/requests"
	unchanged "$1"
}

# changes COMMAND UNDO: commands with semicolons between make it undone; "del:DEVICE" deletes a device.
changes()
{
	local undo=$2

	[[ $1 =~ $ROWS ]] || return 0
	everything > "$TMP/before"
	records requests "$1"
	if [[ $undo = del:* ]]; then
		try ipsw link del "${undo#del:}"
	else
		records undo "$undo"
		undo=$TMP/undo
	fi
	count "${1//$'\n\t'*([$'\t'])/ }" failreq "${RANGE[@]}" "$sw" "$TMP/requests" "$undo"
	unchanged "$1"
}

# tool COMMAND: the program itself, which sends several requests and has to make sense of what it hears.
# It prints what it should, or it fails and says so.
tool()
{
	local n failed=0 where=- status WORDS

	[[ $* =~ $ROWS ]] || return 0
	in_switch_ns "$@"
	"${WORDS[@]}" > "$TMP/want" || fail "$* fails by itself"
	for ((n = ${FROM:-1}; n <= ${TO:-200}; n++)); do
		failnth -o "$TMP/report" "$n" "${WORDS[@]}" > "$TMP/output" 2> "$TMP/error"
		status=$?
		read -r where _ < "$TMP/report"
		if [ "$status" = 0 ]; then
			cmp -s "$TMP/want" "$TMP/output" ||
				fail "$*, allocation $n: it says: $(cat "$TMP/output")"
		elif [ "$where" = none ] || [ "$status" -gt 125 ] || [ ! -s "$TMP/error" ]; then
			fail "$*, allocation $n: status $status: $(cat "$TMP/error")"
		fi
		[ "$where" != none ] || break
		failed=$((failed + 1))
	done
	note "$*: $failed allocations failed, $n attempts"
	[ "$failed" != 0 ] || fail "$*: no allocation failed"
}

# ---- tunnels ---------------------------------------------------------------------------------

# What tests of tunnels begin with: sw0 is VLAN-aware, and device u0 has 198.51.100.1 and .11,
# 2001:db8:ff::1 and ::11. With TUNNEL, REMOTES and VNIS the tunnel has VNIs of VLANs 1, 10 and 11,
# and with BEHIND2 and BEHIND3 there are addresses of each kind behind remotes.
# shellcheck disable=SC2034	# used by the tests
R2=198.51.100.2 R3=198.51.100.3 R4=198.51.100.4

# shellcheck disable=SC2034
TUNNEL="ctl tunnel set sw0 vni 100 local 198.51.100.1"
# shellcheck disable=SC2034
REMOTES="ctl remote add sw0 $R2; ctl remote add sw0 $R3 fdb-max 9; ctl remote add sw0 $R4 flood off"
# shellcheck disable=SC2034
VNIS="ctl vni add sw0 110 vlan 10; ctl vni add sw0 111 vlan 11"
# shellcheck disable=SC2034
BEHIND2="ctl fdb add sw0 $(mac 0x20) remote $R2 vlan 1;
	ctl fdb add sw0 $(mac 0x21) remote $R2 vlan 10"
# shellcheck disable=SC2034
BEHIND3="ctl fdb add sw0 $(mac 0x22) remote $R3 vlan 11 sticky"

fault_tunnel_setup()
{
	fault_setup
	topology 1 vlan-aware on ageing off fdb-max 100
	try ipsw link add u0 type dummy
	ipv6_on "$sw" u0
	ipsw -batch - <<-IP || bail "no underlay"
		address add 198.51.100.1/24 dev u0
		address add 198.51.100.11/24 dev u0
		address add 2001:db8:ff::1/64 dev u0 nodad
		address add 2001:db8:ff::11/64 dev u0 nodad
		link set u0 up
	IP
	announce 1
}

# ---- namespaces that end ---------------------------------------------------------------------

# workers_fail PERCENT: of the allocations of the kernel's worker threads, which take namespaces apart.
workers_fail()
{
	local comm

	for comm in /proc/[0-9]*/comm; do
		if [[ $(cat "$comm" 2>/dev/null) == kworker/* ]]; then
			echo 1 > "${comm%comm}make-it-fail"
		fi
	done
	echo Y > "$DEBUGFS/failslab/task-filter"
	echo 1000000 > "$DEBUGFS/failslab/times"
	echo "$1" > "$DEBUGFS/failslab/probability"
}

no_device() { [ ! -e "/sys/class/net/$1" ]; }

# namespaces_end N: as many, each configured by the commands of standard input, with devices f (a
# cable) and d0, while allocations of those who take them apart fail.
namespaces_end()
{
	local ns failed=0 i

	cat > "$TMP/namespace"
	for ((i = 1; i <= $1; i++)); do
		ns=fault-$$-$i
		try nsadd "$ns"
		try ip link add "f$i" type veth peer name f netns "$ns"
		try ip -n "$ns" link add d0 type dummy
		try cvswitch-ctl -n "$ns" -b "$TMP/namespace"
		workers_fail 50
		try ip netns del "$ns"
		busywait 20 no_device "f$i" || fail "$ns is still there"
		echo 0 > "$DEBUGFS/failslab/probability"
		failed=$((failed + 1000000 - $(cat "$DEBUGFS/failslab/times")))
	done
	echo N > "$DEBUGFS/failslab/task-filter"
	note "end of a namespace: $failed allocations failed, $1 attempts"
	[ "$failed" != 0 ] || fail "no allocation failed"
}
