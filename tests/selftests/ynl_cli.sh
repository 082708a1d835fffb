#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
# needs: source
#
# The kernel's own netlink client drives the family by our specification: what we say that we
# speak is what we speak.
#
#	h1 -- p1 +-----+
#	         | sw0 |  <- cli.py
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SPEC=$CVS_TOP/Documentation/netlink/specs/cvswitch.yaml

# cli.py is kept beside the kernels, in the cache of who started the machine.
find_cli()
{
	local cache=${XDG_CACHE_HOME:-$HOME/.cache}/cvswitch

	[ ! -e /job/env ] || cache=$(dirname "$(sed -n 's/^KERNEL_DIR=//p' /job/env)")
	find "$cache" -maxdepth 6 -path '*/tools/net/ynl/*cli.py' 2>/dev/null | sort | head -n 1
}

setup()
{
	topology 1
	CLI=$(find_cli)
	[ -n "$CLI" ] || bail "no cli.py: run 'scripts/kernels source' on the host"
	try ctl fdb add sw0 "$(mac 9)" port p1
	announce 1
	blast h1 3 src=mcast dst=bcast
}

cli()
{
	in_ns "$sw" /usr/bin/python3 "$CLI" --spec "$SPEC" --no-schema --output-json "$@" \
		2> "$TMP/cli.err" || fail "cli.py $*: $(tail -n 3 "$TMP/cli.err")"
}

test_dump_switches()
{
	expect "sw0 300 auto 1" "$(cli --dump switch-get |
		jrow name ageing-time short-path up)" "switches"
}

test_do()
{
	expect "swy 77 1" "$(cli --do switch-add --json \
		'{"name": "swy", "ageing-time": 77, "vlan-aware": 1}' |
		jrow name ageing-time vlan-aware)" "answer to switch-add"
	expect 77 "$(ctl -j switch show swy | jrow ageing-time)" "what the tool says of it"
}

test_set()
{
	expect 88 "$(cli --do switch-set --json \
		"{\"ifindex\": $(ifindex swy), \"ageing-time\": 88}" | jrow ageing-time)" \
		"answer to switch-set"
}

test_dump_ports()
{
	expect "p1 sw0" "$(cli --dump port-get | jrow -S switch="$(ifindex sw0)" name | xargs)" "ports"
}

test_dump_fdb()
{
	expect "learned static" "$(cli --dump fdb-get | jrow -S kind!=local kind | xargs)" "kinds of entries"
}

test_tunnel()
{
	local local=c6336401 remote=c6336402	# 198.51.100.1 and .2

	try ipsw address add 198.51.100.1/24 dev lo
	try ipsw link set lo up
	expect "100 4789" "$(cli --do tunnel-set --json \
		"{\"switch\": $(ifindex sw0), \"vni\": 100, \"local\": \"$local\"}" | jrow vni port)" \
		"answer to tunnel-set"
	expect 1 "$(cli --do remote-add --json \
		"{\"switch\": $(ifindex sw0), \"address\": \"$remote\"}" | jrow flood)" "answer to remote-add"
	expect 198.51.100.2 "$(ctl -j remote show sw0 | jrow address)" "the remote, says the tool"
	expect 1 "$(cli --dump remote-get | jrow -c)" "remotes"
	expect "100" "$(cli --dump vni-get | jrow vni)" "VNIs"
	try ctl neigh add sw0 192.0.2.9 "$(mac 9)"
	expect static "$(cli --dump neigh-get | jrow kind)" "kinds of neighbours"
}

test_stats()
{
	if on_uml; then
		skip "this kernel aligns 64-bit attributes, and cli.py of 6.12 can't read what it pads with"
		return
	fi
	expect 3 "$(cli --do stats-get --json "{\"switch\": $(ifindex sw0), \"port\": $(ifindex p1)}" |
		jrow -e drop drop.reason=invalid-source drop.frames)" "drops"
}

test_refusal()
{
	if in_ns "$sw" /usr/bin/python3 "$CLI" --spec "$SPEC" --no-schema --do port-add \
		--json "{\"switch\": $(ifindex sw0), \"ifindex\": $(ifindex lo)}" > "$TMP/cli" 2>&1; then
		fail "the loopback device joined"
	fi
	grep -q "Loopback device" "$TMP/cli" || fail "cli.py says: $(tail -n 3 "$TMP/cli")"
	grep -q "ifindex" "$TMP/cli" || fail "no attribute named: $(tail -n 3 "$TMP/cli")"
}

tests_run test_dump_switches test_do test_set test_dump_ports test_dump_fdb test_tunnel test_stats \
	test_refusal
