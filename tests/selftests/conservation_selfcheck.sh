#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
# smp: 4
# plants: uncounted double
#
# The test of conservation can fail: with a module that doesn't count one kind of drop, or counts it
# twice, it does, and says so. Those modules are built by 'make module CVS_PLANT=...' into directories
# of their own; see kmod/cvs_plant.h.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

HERE=$(dirname "$0")

setup() { [ -n "${CVS_KO:-}" ] || bail "CVS_KO doesn't say which module to load again"; }
cleanup() { reload "$CVS_KO"; }

reload()
{
	[ ! -d /sys/module/cvswitch ] || rmmod cvswitch
	"$CVS_TOP/scripts/load" "$1"
}

storm() { STORMS=test_vlan_unaware FRAMES=200 SEED=1 "$HERE/conservation.sh"; }

# planted WHAT: conservation.sh must find it out, by the sum and by nothing else.
planted()
{
	local ko=$CVS_TOP/build/$KVER-plant-$1/cvswitch.ko status

	if [ ! -e "$ko" ]; then
		fail "$ko is missing"
		return
	fi
	try reload "$ko"
	storm > "$TMP/conservation" 2>&1
	status=$?
	expect 1 "$status" "status of conservation.sh with a planted error ($1)"
	grep -q '^# FAIL: frames in plus copies, and out plus drops' "$TMP/conservation" ||
		fail "it doesn't say what is wrong: $(grep '^# FAIL' "$TMP/conservation" | head -n 3)"
	grep '^# FAIL' "$TMP/conservation" | grep -vq 'frames in plus copies' &&
		fail "it fails for another reason: $(grep '^# FAIL' "$TMP/conservation" | head -n 3)"
}

test_uncounted_drop() { planted uncounted; }
test_double_count() { planted double; }

test_unplanted_passes()
{
	try reload "$CVS_KO"
	try storm
}

tests_run test_uncounted_drop test_double_count test_unplanted_passes
