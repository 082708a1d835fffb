#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh [SEED [CASES [PARAMETER=VALUE...]]]: in a guest with KUnit, run the unit tests and print what
# became of each suite, as KTAP. CASES is KUnit's filter: 'cvs_fdb*', 'cvs_limit.*rate*'. PARAMETERs
# are the module's, as modinfo lists them. Status: 0 if all passed.
#
# Loading the module runs the tests and succeeds whatever becomes of them: the verdict is in debugfs.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP/tests/kunit"

seed=${1:-0}
cases=${2:-*}
results=/sys/kernel/debug/kunit
parameters=/sys/module/kunit/parameters
failed=0

complain() { printf 'not ok - %s\n' "$*"; failed=1; }

# A suite counts if each case it planned has come to its end and passed, and if it planned as many
# as its source lists.
judge()
{
	local suite=$1 plan listed passed

	if [ ! -r "$results/$suite/results" ]; then
		complain "$suite: no results"
		return
	fi
	cat "$results/$suite/results"
	plan=$(sed -nE 's/^    1\.\.([0-9]+)$/\1/p' "$results/$suite/results")
	passed=$(grep -cE '^    ok [0-9]+ [^ ]+$' "$results/$suite/results" || true)
	listed=$(grep -cE '^	KUNIT_CASE' "${suite}_test.c")
	[ "$passed" = "${plan:-none}" ] || complain "$suite: $passed of ${plan:-no} cases passed"
	[ "$cases" != '*' ] || [ "$plan" = "$listed" ] ||
		complain "$suite: $plan cases planned, $listed in the source"
	[ "$plan" != 0 ] || complain "$suite: no case was run"
	grep -q "^ok 1 $suite\$" "$results/$suite/results" || complain "$suite: failed"
}

[ -d "$results" ] || die 'this kernel has no KUnit, or no KUNIT_DEBUGFS'
printf %s "$cases" > "$parameters/filter_glob"
insmod "$CVS_TOP/build/kunit-$(uname -r)/cvswitch-kunit.ko" seed="$seed" "${@:3}"

n=0
for source in *_test.c; do
	suite=${source%_test.c}
	# shellcheck disable=SC2053	# KUnit's filter is a pattern of the shell's kind
	if [[ $suite == ${cases%%.*} ]]; then
		judge "$suite"
		n=$((n + 1))
	fi
done
[ $n != 0 ] || complain "no suite is called ${cases%%.*}"
rmmod cvswitch-kunit
exit $failed
