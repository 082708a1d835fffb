#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# "ethtool -S" of the switch shows its totals, and every drop reason.
#
#	h1 -- p1 +-----+ p2 -- h2
#	         | sw0 |
#	         +-----+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup()
{
	topology 2
	announce 1 2
	blast h1 100 src=1 dst=2
	blast h1 10 src=1 dst=bcast
	blast h1 3 src=mcast dst=2
}

statistic() { in_ns "$sw" ethtool -S sw0 | tr _ - | awk -v n="$1:" '$1 == n { print $2 }'; }

# The totals of all ports, as netlink gives them.
total() { ctl -j stats show sw0 | jrow -s port!=null "$1"; }

test_totals()
{
	local key

	for key in rx-frames rx-bytes tx-short-frames rx-flooded copies rx-gso-frames; do
		expect "$(total "$key")" "$(statistic "$key")" "$key"
	done
	expect 115 "$(statistic rx-frames)" "frames in"
}

test_drops()
{
	expect 3 "$(statistic drop-invalid-source)" "drops of invalid-source"
	expect 0 "$(statistic drop-same-port)" "drops of same-port"
}

# The names are those of the netlink contract, all of them.
test_every_reason_has_a_name()
{
	local want

	want=$(sed -n '/^enum cvswitch_drop_reason/,/^}/s/^\tCVSWITCH_DROP_REASON_\(.*\),/\1/p' \
		"$CVS_TOP/uapi/linux/cvswitch.h" | tr A-Z_ a-z- | sort)
	expect "$want" "$(in_ns "$sw" ethtool -S sw0 | tr _ - |
		sed -n 's/^ *drop-\([a-z0-9-]*\):.*/\1/p' | sort)" "drop reasons"
}

test_driver()
{
	expect "cvswitch $(cat "$CVS_TOP/VERSION")" \
		"$(in_ns "$sw" ethtool -i sw0 | awk '/^driver:|^version:/ { printf "%s ", $2 }' |
			sed 's/ $//')" "driver and version"
}

tests_run test_totals test_drops test_every_reason_has_a_name test_driver
