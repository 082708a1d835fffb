#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# kunit.sh: the unit tests, one line for each case; every pure file has a suite.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

# Every source below the heading "Pure" in Kbuild has a suite.
tested()
{
	local name

	while read -r name; do
		[ -e "tests/kunit/${name}_test.c" ] || { echo "kmod/$name.c has no suite"; return 1; }
	done < <(sed -n '/^# Pure/,/^$/s|^cvswitch-y += kmod/\(.*\)\.o$|\1|p' Kbuild)
}

# KTAP on stdin: what a suite says of a case comes before the case's own line.
report()
{
	local line suite='' said=()

	while read -r line; do
		case $line in
		'# Subtest: '*)
			suite=${line#\# Subtest: }
			said=() ;;
		'not ok - '*)
			tap_fail "kunit ${line#not ok - }" ;;
		'ok 1 '"$suite" | 'not ok 1 '"$suite")
			suite='' ;;
		'ok '*)
			tap_ok "kunit $suite ${line#ok * }"
			said=() ;;
		'not ok '*)
			tap_fail "kunit $suite ${line#not ok * }"
			printf '# %s\n' "${said[@]}"
			said=() ;;
		*)
			said+=("${line#\# }") ;;
		esac
	done
}

tap_run 'every pure file has a suite' tested
mkdir -p build
log=build/kunit.log
rc=0
make -s kunit SEED="${SEED:-}" >"$log" 2>&1 || rc=$?
report < "$log"
if [ $rc != 0 ] && [ "$tap_failed" = 0 ]; then
	tap_fail "kunit ended with status $rc"
	tail -n 40 "$log" | sed 's/^/# /'
fi
tap_end
