#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What cvswitch-ctl says about its command line, with no module at hand: the sentence on stderr that
# names the wrong word, exit status 2, nothing on stdout.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"
tool=$CVS_TOP/build/cvswitch-ctl
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# says STATUS STDOUT_REGEX STDERR_REGEX WORD...: an empty regex is no output at all.
says()
{
	local status=$1 out=$2 err=$3 rc=0
	shift 3

	"$tool" "$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ "$rc" = "$status" ] || { echo "status $rc"; cat "$tmp/err"; return 1; }
	matches "$tmp/out" "$out" && matches "$tmp/err" "$err"
}

matches()
{
	if [ -z "$2" ]; then
		[ ! -s "$1" ] || { cat "$1"; return 1; }
	else
		grep -qE -- "$2" "$1" || { echo "no '$2' in:"; cat "$1"; return 1; }
	fi
}

usage_error()
{
	local sentence=$1
	shift

	tap_run "$*" says 2 '' "^cvswitch-ctl: $sentence\$" "$@"
}

batch()
{
	local text=$1
	shift

	printf '%b' "$text" > "$tmp/batch"
	says "$@" -b "$tmp/batch"
}

tap_run 'make tool' make -s tool

tap_run help says 0 '^usage: cvswitch-ctl' '' help
tap_run --help says 0 '^usage: cvswitch-ctl' '' --help
tap_run -V says 0 "^cvswitch-ctl $CVS_VERSION\$" '' -V
tap_run version says 0 "^cvswitch-ctl $CVS_VERSION, module " '' version
tap_run '-j version' says 0 "^\\{\"tool\":\"$CVS_VERSION\",\"module\":" '' -j version
for object in show switch port vlan fdb stats drops monitor version; do
	tap_run "$object help" says 0 "^	$object" '' "$object" help
done
tap_run 'help among other words' says 0 '^	port add SWITCH DEV' '' port add sw0 help
tap_run 'unknown option' says 2 '' 'invalid option' -x
tap_run 'batch and a command' says 2 '' '^usage:' -b - show

usage_error "'swich' is not an object; see 'cvswitch-ctl help'" swich
usage_error "'sw' is not an object; .*" sw add sw0
usage_error "switch: 'ad' is not a command; see 'cvswitch-ctl switch help'" switch ad sw0
usage_error 'switch add: NAME is missing' switch add
usage_error "switch add: NAME: 'a/b' is not a device name" switch add a/b
usage_error "switch add: NAME: 'sixteen-letters-' is longer than .*" switch add sixteen-letters-
usage_error "switch add: 'ageng' is not understood; expected address, ageing, vlan-aware, short-path, fdb-max, up" \
	switch add sw0 ageng 3
usage_error 'switch add: ageing is missing' switch add sw0 ageing
usage_error "switch add: ageing: 'soon' is not a number" switch add sw0 ageing soon
usage_error "switch add: ageing: '1000001' is more than 1000000" switch add sw0 ageing 1000001
usage_error "switch add: ageing: '2' is given twice" switch add sw0 ageing 1 ageing 2
usage_error "switch add: address: '02:00' is not a MAC address" switch add sw0 address 02:00
usage_error "switch add: vlan-aware: 'yes' is neither on nor off" switch add sw0 vlan-aware yes
usage_error "switch add: short-path: 'on' is none of off, auto" switch add sw0 short-path on
usage_error "switch set: fdb-max: '0' is less than 1" switch set sw0 fdb-max 0
usage_error "switch set: 'up' is not understood; .*" switch set sw0 up
usage_error 'switch set: no setting is given' switch set sw0
usage_error "switch del: 'sw1' is one word too many" switch del sw0 sw1
usage_error 'port add: DEV is missing' port add sw0
usage_error "port set: limit-unicast: '1000000001' is more than 1000000000" \
	port set p1 limit-unicast 1000000001
usage_error 'port set: no setting is given' port set p1
usage_error "port show: 'x' is one word too many" port show sw0 p1 x
usage_error 'vlan add: VID is missing' vlan add p1
usage_error "vlan add: VID: '0' is not a VLAN from 1 to 4094" vlan add p1 0
usage_error "vlan add: VID: '1-4095' is not a range .*" vlan add p1 1-4095
usage_error "vlan add: VID: '9-8' ends before it begins" vlan add p1 9-8
usage_error "vlan add: 'tagged' is not understood; expected pvid, untagged" vlan add p1 8 tagged
usage_error "vlan del: 'pvid' is one word too many" vlan del p1 8 pvid
usage_error "fdb add: MAC: 'p1' is not a MAC address" fdb add sw0 p1
usage_error 'fdb add: port is missing' fdb add sw0 02:00:00:00:00:01
usage_error 'fdb add: DEV is missing' fdb add sw0 02:00:00:00:00:01 port
usage_error "fdb add: VID: '4095' is not a VLAN .*" \
	fdb add sw0 02:00:00:00:00:01 port p1 vlan 4095
usage_error "fdb add: 'port' is not understood; .*" \
	fdb add sw0 02:00:00:00:00:01 port p1 port p2
usage_error "fdb del: 'port' is not understood; expected vlan" \
	fdb del sw0 02:00:00:00:00:01 port p1
usage_error "fdb show: 'dynamic' is not understood; .*" fdb show sw0 dynamic
usage_error "fdb flush: 'static' is not understood; .*" fdb flush sw0 learned static
usage_error "monitor: 'stats' is not understood; expected config, fdb, drops" monitor stats
usage_error "version: 'x' is one word too many" version x

tap_run 'empty batch' batch '\n  # nothing\n\t\n' 0 '' ''
tap_run 'batch goes on after a comment' batch 'version # x y z\nversion\n' 0 '^cvswitch-ctl' ''
tap_run 'batch stops at the first error' \
	batch 'version\n\nport set\nversion x\n' 2 . "^cvswitch-ctl: $tmp/batch:3: port set: DEV is"
tap_run 'one error is one line' test "$(wc -l < "$tmp/err")" = 1
tap_run 'batch without its last newline' batch 'version' 0 '^cvswitch-ctl' ''
tap_run 'batch line too long' batch "$(printf 'a %.0s' {1..100})\n" 2 '' 'batch:1: too many words'
tap_run 'no such batch file' says 1 '' '/no/file: No such file or directory \(ENOENT\)$' \
	-b /no/file
from_stdin() { says 2 '' ': standard input:1: .x. is not an object' -b - <<<x; }
tap_run 'standard input is named' from_stdin
tap_run 'no such netns' says 1 '' '^cvswitch-ctl: network namespace nope-x: No such file' \
	-n nope-x show
tap_run 'a path as netns' says 0 '^cvswitch-ctl' '' -n /proc/self/ns/net version
full() { ! "$tool" help >/dev/full 2>"$tmp/err" && grep -q ENOSPC "$tmp/err"; }
tap_run 'a full disk is an error' full
tap_end
