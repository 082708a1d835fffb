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
for object in show switch port vlan fdb tunnel remote vni profile acl group stats drops monitor doctor \
	dump version; do
	tap_run "$object help" says 0 "^	$object" '' "$object" help
done
tap_run 'help among other words' says 0 '^	port add SWITCH DEV' '' port add sw0 help
tap_run 'help in front' says 0 '^usage: cvswitch-ctl' '' help port
tap_run 'help behind an object' says 0 '^	port add SWITCH DEV' '' port help add
tap_run 'help alone with a command' says 0 '^	acl add SWITCH' '' acl add help
usage_error "acl add: 'x' is not understood; .*" acl add sw0 web ingress accept comment help x
usage_error "acl add: 'help' is not understood; .*" acl add sw0 web help accept comment
usage_error "switch add: 'x' is not understood; .*" switch add help x
usage_error "profile add: PROFILE: 'help' stands for a question" profile add sw0 help tier admin
usage_error "group add: GROUP: 'help' stands for a question" group add sw0 help type ip
tap_run 'a comment that is help' says 1 '' '^cvswitch-ctl: ' \
	acl add no-such-sw web ingress accept comment help
usage_error "option -x is not understood; see 'cvswitch-ctl help'" -x
usage_error "option --xyz is not understood; see 'cvswitch-ctl help'" --xyz
usage_error "option -n needs a word behind it; see 'cvswitch-ctl help'" -n
usage_error "option -b -: 'show' is one word too many" -b - show

usage_error "doctor: 'x' is one word too many" doctor sw0 x
usage_error "doctor: SWITCH: 'a/b' is not a device name" doctor a/b
usage_error "dump: 'x' is one word too many" dump sw0 x
usage_error "dump prints commands; .*" -j dump
usage_error "\\{ stands for lines that follow in a file of commands; see option -b" profile load sw0 web '{'

# Without a module that is what is found, and not an error. With one that is installed, skip.
no_module()
{
	if [ -d /sys/module/cvswitch ]; then
		return 0
	fi
	says 1 '^module: .*cvswitch module.*: .+$' '' doctor &&
		says 1 '"switch":null,"check":"module"' '' -j doctor
}
tap_run 'doctor without a module' no_module

usage_error "'swich' is not an object; see 'cvswitch-ctl help'" swich
usage_error "'sw' is not an object; .*" sw add sw0
usage_error "switch: 'ad' is not a command; see 'cvswitch-ctl switch help'" switch ad sw0
usage_error 'switch add: NAME is missing' switch add
usage_error "switch add: NAME: 'a/b' is not a device name" switch add a/b
usage_error "switch add: NAME: 'sixteen-letters-' is longer than .*" switch add sixteen-letters-
usage_error "switch add: 'ageng' is not understood; expected address, ageing, vlan-aware, short-path, fdb-max, \
neigh-suppress, neigh-learning, neigh-ageing, neigh-max, neigh-port-max, policy, acl-budget, up" \
	switch add sw0 ageng 3
usage_error 'switch add: ageing is missing' switch add sw0 ageing
usage_error "switch add: ageing: 'soon' is not a number" switch add sw0 ageing soon
usage_error "switch add: ageing: '1000001' is more than 1000000" switch add sw0 ageing 1000001
usage_error "switch add: ageing: '2' is given twice" switch add sw0 ageing 1 ageing 2
usage_error "switch add: address: '02:00' is not a MAC address" switch add sw0 address 02:00
usage_error "switch add: vlan-aware: 'yes' is neither on nor off" switch add sw0 vlan-aware yes
usage_error "switch add: short-path: 'on' is none of off, auto" switch add sw0 short-path on
usage_error "switch set: fdb-max: '0' is less than 1" switch set sw0 fdb-max 0
usage_error "switch set: 'x' is not understood; .*" switch set sw0 x
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
usage_error 'fdb add: port or remote is missing' fdb add sw0 02:00:00:00:00:01
usage_error 'fdb add: DEV is missing' fdb add sw0 02:00:00:00:00:01 port
usage_error "fdb add: VID: '4095' is not a VLAN .*" \
	fdb add sw0 02:00:00:00:00:01 port p1 vlan 4095
usage_error "fdb add: 'port' is not understood; .*" \
	fdb add sw0 02:00:00:00:00:01 port p1 port p2
usage_error "fdb add: 'remote' is not understood; expected port, remote, vlan, sticky" \
	fdb add sw0 02:00:00:00:00:01 port p1 remote 192.0.2.2
usage_error "fdb add: ADDR: '192.0.2' is neither an IPv4 nor an IPv6 address" \
	fdb add sw0 02:00:00:00:00:01 remote 192.0.2
usage_error 'fdb show: ADDR is missing' fdb show sw0 remote
usage_error "fdb flush: ADDR: '1::2::3' is neither .*" fdb flush sw0 remote 1::2::3
usage_error "fdb del: 'port' is not understood; expected vlan" \
	fdb del sw0 02:00:00:00:00:01 port p1
usage_error "fdb show: 'dynamic' is not understood; .*" fdb show sw0 dynamic
usage_error "fdb flush: 'static' is not understood; .*" fdb flush sw0 learned static
usage_error 'tunnel set: SWITCH is missing' tunnel set
usage_error 'tunnel set: no setting is given' tunnel set sw0
usage_error "tunnel set: 'remote' is not understood; expected vni, local, port, source-port, ttl, dscp, df, checksum, zero-checksum-rx, source, learning, ignore-reserved, device, remote-max" \
	tunnel set sw0 remote 192.0.2.2
tunnel_error()
{
	usage_error "tunnel set: $1" tunnel set sw0 "${@:2}"
}
tunnel_error "vni: '16777216' is more than 16777215" vni 16777216
tunnel_error "vni: '0x64' is not a number" vni 0x64
tunnel_error "local: '192.0.2.256' is neither an IPv4 nor an IPv6 address" local 192.0.2.256
tunnel_error "local: '192.0.2.1/24' is neither .*" local 192.0.2.1/24
tunnel_error "local: '2001:db8::1' is given twice" local 192.0.2.1 local 2001:db8::1
tunnel_error "port: '0' is less than 1" port 0
tunnel_error "port: '65536' is more than 65535" port 65536
tunnel_error "source-port: '9-3' ends before it begins" source-port 9-3
tunnel_error "source-port: '0-9' is not a range of ports from 1 to 65535" source-port 0-9
tunnel_error "source-port: '9' is not a range .*" source-port 9
tunnel_error "source-port: 'auto' is given twice" source-port 1-2 source-port auto
tunnel_error "ttl: '256' is more than 255" ttl 256
tunnel_error "dscp: '64' is more than 63" dscp 64
tunnel_error "dscp: 'copy' is not a number" dscp copy
tunnel_error "df: 'on' is none of unset, set, inherit" df on
tunnel_error "checksum: '1' is neither on nor off" checksum 1
tunnel_error "source: 'all' is none of known, any" source all
tunnel_error "ignore-reserved: '255' is not a hexadecimal number like 0xff" ignore-reserved 255
tunnel_error "ignore-reserved: '0xfg' is not .*" ignore-reserved 0xfg
tunnel_error "ignore-reserved: '0x12345678123456789' has more than 64 bits" \
	ignore-reserved 0x12345678123456789
tunnel_error "device: 'a/b' is not a device name" device a/b
tunnel_error "device: 'none' is given twice" device eth0 device none
tunnel_error "remote-max: '65537' is more than 65536" remote-max 65537
tunnel_error 'remote-max is missing' remote-max
usage_error "tunnel del: 'x' is one word too many" tunnel del sw0 x
usage_error "tunnel show: 'x' is one word too many" tunnel show sw0 x
usage_error "tunnel: 'add' is not a command; .*" tunnel add sw0
usage_error 'remote add: ADDR is missing' remote add sw0
usage_error "remote add: ADDR: 'host2' is neither an IPv4 nor an IPv6 address" remote add sw0 host2
usage_error "remote add: fdb-max: '1048577' is more than 1048576" \
	remote add sw0 192.0.2.2 fdb-max 1048577
usage_error "remote add: 'address' is not understood; expected flood, fdb-max" \
	remote add sw0 192.0.2.2 address 192.0.2.3
usage_error 'remote set: no setting is given' remote set sw0 192.0.2.2
usage_error "remote del: 'flood' is one word too many" remote del sw0 192.0.2.2 flood
usage_error "remote flush: '192.0.2.2' is one word too many" remote flush sw0 192.0.2.2
usage_error "remote show: ADDR: '::g' is neither .*" remote show sw0 ::g
usage_error 'vni add: VNI is missing' vni add sw0
usage_error "vni add: VNI: '16777216' is more than 16777215" vni add sw0 16777216 vlan 5
usage_error 'vni add: vlan is missing' vni add sw0 100
usage_error "vni add: '5' is not understood; expected vlan" vni add sw0 100 5
usage_error "vni add: VID: '4095' is not a VLAN from 1 to 4094" vni add sw0 100 vlan 4095
usage_error "vni del: 'vlan' is one word too many" vni del sw0 100 vlan 5
usage_error "vni show: '100' is one word too many" vni show sw0 100
usage_error "switch add: policy: 'on' is none of open, closed" switch add sw0 policy on
usage_error 'port set: tenant-profile is missing' port set p1 profile
usage_error "port set: tenant-profile: 'b' is given twice" port set p1 profile a tenant-profile b
usage_error "port set: admin-profile: 'a b' is no name: .*" port set p1 admin-profile 'a b'
usage_error "port set: default-profile: '.*' is longer than the 31 characters of a name" \
	port set p1 default-profile 32-characters-are-one-more-than-
usage_error "port set: mac: '192.0.2.1' is not a MAC address" port set p1 mac 192.0.2.1
usage_error "port add: ip: '192.0.2.1/24' has bits behind the length of its prefix" \
	port add sw0 p1 mac 02:00:00:00:00:01 ip 192.0.2.1/24
usage_error "port set: ip: '::ffff:192.0.2.1' is an IPv4 address in the form of IPv6; write it as IPv4" \
	port set p1 ip ::ffff:192.0.2.1
usage_error "group add: MEMBER: '::ffff:0:0/96' is an IPv4 address in the form of IPv6; .*" \
	group add sw0 web type ip ::ffff:0:0/96
usage_error 'port set: ip is missing' port set p1 ip ::1 ip
usage_error "port set: '::2' is not understood; expected .*, mac, ip, unbound" port set p1 ip ::1 ::2
usage_error 'port set: unbound takes away what mac and ip would give' port set p1 ip ::1 unbound
usage_error 'port set: unbound takes away what mac and ip would give' \
	port set p1 unbound mac 02:00:00:00:00:01
usage_error "port set: identity: 'yes' is neither on nor off" port set p1 identity yes
usage_error "switch set: 'mac' is not understood; .*" switch set sw0 mac 02:00:00:00:00:01
usage_error "profile add: PROFILE: '@web' is no name: # or @ is in front" profile add sw0 @web
usage_error "group add: GROUP: '#web' is no name: # or @ is in front" group add sw0 '#web' type ip
usage_error "group add: GROUP: 'wéb' is no name: it is not all printable ASCII, or .*" \
	group add sw0 wéb type ip
usage_error 'profile add: PROFILE is missing' profile add sw0
usage_error "profile add: PROFILE: 'none' stands for no profile" profile add sw0 none
usage_error "profile add: tier: 'mine' is none of admin, tenant, default" profile add sw0 web tier mine
usage_error "profile add: ingress-default: 'continue' is none of accept, drop, reject, next" \
	profile add sw0 web ingress-default continue
usage_error "profile add: 'up' is not understood; expected tier, ingress-default, egress-default" \
	profile add sw0 web up
usage_error 'profile set: a profile keeps its tier; make another one' profile set sw0 web tier admin
usage_error 'profile set: no setting is given' profile set sw0 web
usage_error 'profile load: FILE is missing' profile load sw0 web
usage_error "profile show: 'x' is one word too many" profile show sw0 web x
usage_error 'acl add: PROFILE is missing' acl add sw0
usage_error 'acl add: ingress or egress is missing' acl add sw0 web
usage_error "acl add: N: '0' is less than 1" acl add sw0 web at 0 ingress accept
usage_error "acl add: 'in' is not understood; expected ingress or egress" acl add sw0 web in accept
usage_error "acl add: saddr: '10.0.0.1/8' has bits behind the length of its prefix" \
	acl add sw0 web ingress ip saddr 10.0.0.1/8 drop
usage_error 'acl add: The verdict is missing: .*' acl add sw0 web at 2 ingress tcp dport 22
usage_error 'acl del: handle, ingress or egress is missing' acl del sw0 web
usage_error "acl del: '5' is not understood; expected handle, ingress, egress" acl del sw0 web 5
usage_error 'acl del: N is missing' acl del sw0 web ingress
usage_error "acl del: '6' is one word too many" acl del sw0 web handle 5 6
usage_error "acl show: 'in' is not understood; expected ingress, egress, handle" acl show sw0 web in
usage_error 'acl show: N is missing' acl show sw0 web handle
usage_error 'acl cost: SWITCH is missing' acl cost
usage_error "acl cost: 'ingress' is one word too many" acl cost sw0 web ingress
usage_error "acl show: '5' is one word too many" acl show sw0 web handle 4 5
usage_error 'group add: type is missing' group add sw0 web
usage_error "group add: 'ip' is not understood; expected type" group add sw0 web ip
usage_error "group add: 'ipv4' is not understood; expected ip, mac, port" group add sw0 web type ipv4
usage_error "group add: MEMBER: '10.0.0.1/8' has bits behind .*" group add sw0 web type ip 10.0.0.1/8
usage_error "group add: MEMBER: '10.0.0.1' is not a MAC address" group add sw0 web type mac 10.0.0.1
usage_error "group add: GROUP: '' is empty where a name was expected" group add sw0 '' type ip
usage_error 'group member add: MEMBER is missing' group member add sw0 web
usage_error "group member add: MEMBER: '9-8' ends before it begins" group member add sw0 web 9-8
usage_error 'group member del: FILE is missing' group member del sw0 web 10.0.0.1 file
usage_error "group member: 'set' is not understood; expected add, del, show" group member set sw0 web
usage_error "group member show: '::2' is one word too many" group member show sw0 web ::1 ::2
usage_error "group flush: 'all' is one word too many" group flush sw0 web all
usage_error "stats: 'x' is one word too many" stats sw0 tunnel x
usage_error "monitor: 'stats' is not understood; expected config, fdb, drops, acl" monitor stats
usage_error "version: 'x' is one word too many" version x

# file_error TEXT SENTENCE LINE CARET WORD...: a file is wrong, at the word that the caret is under.
file_error()
{
	local text=$1 sentence=$2 line=$3 caret=$4
	shift 4

	printf '%b' "$text" > "$tmp/rules"
	says 2 '' "^cvswitch-ctl: $tmp/rules:$sentence\$" "$@" "$tmp/rules" || return
	diff -u <(printf '  %s\n' "$line" "$caret") <(tail -n +2 "$tmp/err")
}

load_error()
{
	tap_run "profile load: $2" file_error "$@" profile load sw0 web
}

load_error '# a comment\n\ningress tcp dport 80 accept\n  egress ip saddr 10.0.0.1/8 drop # b\n' \
	"4:19: saddr: '10.0.0.1/8' has bits behind the length of its prefix" \
	'  egress ip saddr 10.0.0.1/8 drop # b' '                  ^'
load_error 'ingress accept\ningress tcp # without its end' \
	'2:13: The verdict is missing: .*' 'ingress tcp # without its end' '            ^'
load_error 'ingress comment "x accept\n' '1:17: The quotes are not closed' \
	'ingress comment "x accept' '                ^'
load_error 'ingress comment "a\\q" accept\n' '1:19: A backslash in quotes stands .*' \
	'ingress comment "a\q" accept' '                  ^'
load_error 'ingress comment "a"b accept\n' '1:20: There has to be space behind the quotes' \
	'ingress comment "a"b accept' '                   ^'
load_error '\0357\0273\0277ingress x\r\n' "1:9: 'x' is not understood; .*" 'ingress x' '        ^'
load_error '\0357\0273\0277# a comment\r\n\r\ningress accept x\r\n' \
	"3:16: 'x' is not understood; .*" 'ingress accept x' '               ^'
load_error 'ingress\tip ip6 accept\n' "1:12: 'ip6' can't be where 'ip' is" \
	"$(printf 'ingress\tip ip6 accept')" "$(printf '       \t   ^')"
load_error 'ingress \033[2J\302\233x\0303\0251\n' "1:9: '\?\[2J\?x.*' is not understood; .*" \
	'ingress ?[2J?xé' '        ^'
tap_run 'a name of a file with an escape' says 1 '' ': load\?\[2J: No such file' \
	profile load sw0 web "$(printf 'load\033[2J')"
load_error '[\n {"rule": ]' '2:11: .*' ' {"rule": ]' '          ^'
json_error()
{
	printf '%s' "$1" > "$tmp/rules"
	says 2 '' "^cvswitch-ctl: $tmp/rules: $2\$" profile load sw0 web "$tmp/rules"
}
load_error '[\n {"é": ]\n' '2:9: .*' ' {"é": ]' '       ^'
load_error '[\n {"direction":\n' '2:15: .*' ' {"direction":' '              ^'
tap_run 'JSON that is no array' json_error '{"verdict":"drop","direction":"egress"}' \
	'JSON has to be an array, in \[ \]'
tap_run 'JSON that is no rule' json_error '[{"verdict":"drop","direction":"egress"},5]' \
	'rule 2: It is not an object'
tap_run 'JSON with a wrong value' json_error \
	'[{"handle":5,"rule":{"verdict":"drop","src":"10.0.0.1","src-len":8},"direction":"egress"}]' \
	'rule 1: src has bits behind the length of its prefix'
tap_run 'JSON of two profiles' json_error '[{"profile":"a","rule":{"verdict":"drop","direction":"egress"}},
	{"profile":"b","rule":{"verdict":"drop","direction":"egress"}}]' \
	'rule 2: It is of another profile than the first one'
printf 'ingress accept\negress tcp dport @ports drop\n' > "$tmp/two"
tap_run 'acl check' says 0 '^2 rules$' '' acl check "$tmp/two"
tap_run '-j acl check' says 0 '^\{"count":2\}$' '' -j acl check "$tmp/two"
tap_run 'acl check: an error' file_error 'ingress accept x\n' "1:16: 'x' is not understood; .*" \
	'ingress accept x' '               ^' acl check
usage_error 'acl check: FILE is missing' acl check
tap_run 'no rules' says 2 '' '^cvswitch-ctl: /dev/null: There is no rule in it; \[\] removes all$' \
	profile load sw0 web /dev/null
printf '\n# nothing\n' > "$tmp/none"
tap_run 'a comment alone' says 2 '' 'none: There is no rule in it; ' profile load sw0 web "$tmp/none"
printf ' []\n' > "$tmp/none"
tap_run 'JSON without rules' says 1 '' '.' profile load no-such-sw web "$tmp/none"
tap_run 'no such file of rules' says 1 '' '/no/file: No such file or directory \(ENOENT\)$' \
	profile load sw0 web /no/file
tap_run 'a file of members' file_error '10.0.0.0/8 # ten\n\n192.0.2.1 ::1/64' \
	"3:11: '::1/64' has bits behind the length of its prefix" '192.0.2.1 ::1/64' '          ^' \
	group add sw0 web type ip file
long=$(printf '%0300d' 0)
load_error "ingress x$long y\n" "1:9: 'x0{59}\.\.\.' is not understood; .*" \
	"ingress x$(printf '%099d' 0)..." '        ^'
many=$(printf '1 %.0s' {1..1025})
tap_run 'too many members in a line' file_error "$many" '1:2049: There are too many words' \
	"...$(printf '1 %.0s' {1..51})" "   $(printf '%100s' '')^" group add sw0 web type port file
tap_run 'a rule in a batch has quotes' batch 'acl add sw0 web ingress comment "a b" c' 2 '' \
	"batch:1: acl add: 'c' is not understood; "

tap_run 'empty batch' batch '\n  # nothing\n\t\n' 0 '' ''
tap_run 'batch goes on after a comment' batch 'version # x y z\nversion\n' 0 '^cvswitch-ctl' ''
tap_run 'batch stops at the first error' \
	batch 'version\n\nport set\nversion x\n' 2 . "^cvswitch-ctl: $tmp/batch:3: port set: DEV is"
tap_run 'one error is one line' test "$(wc -l < "$tmp/err")" = 1
tap_run 'batch without its last newline' batch 'version' 0 '^cvswitch-ctl' ''
tap_run 'batch line too long' batch "$(printf 'a %.0s' {1..1025})\n" 2 '' 'batch:1: There are too many words'
tap_run 'lines behind a command' batch 'version\nacl check {\n  ingress accept # all\n}\nversion\n' 0 \
	'^cvswitch-ctl' ''
tap_run 'what is wrong in such lines' batch 'acl check {\n\n\tingress ip saddr x accept\n}\n' 2 '' \
	'batch:3:19: saddr: .x. is neither an IP address'
tap_run 'such lines without an end' batch 'version\nacl check {\ningress accept\n' 2 . \
	'batch:2: there is no line of } to end'
tap_run 'no such batch file' says 1 '' '/no/file: No such file or directory \(ENOENT\)$' \
	-b /no/file
from_stdin() { says 2 '' ': standard input:1: .x. is not an object' -b - <<<x; }
tap_run 'standard input is named' from_stdin
tap_run 'no such netns' says 1 '' '^cvswitch-ctl: network namespace nope-x: No such file' \
	-n nope-x show
tap_run 'a path as netns' says 0 '^cvswitch-ctl' '' -n /proc/self/ns/net version
full() { ! "$tool" help >/dev/full 2>"$tmp/err" && grep -q ENOSPC "$tmp/err"; }
tap_run 'a full disk is an error' full
# The first line is flushed, and lost, when the second is complained about.
full_before()
{
	printf 'version\nversion x\n' > "$tmp/batch"
	! "$tool" -b "$tmp/batch" >/dev/full 2>"$tmp/err" && grep -q 'standard output: .*ENOSPC' "$tmp/err"
}
tap_run 'a full disk is one before a complaint' full_before
tap_end
