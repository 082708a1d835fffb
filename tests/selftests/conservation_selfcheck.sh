#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 300
# smp: 4
# plants: uncounted double
#
# The test of conservation can fail, and so can the one that sends spoiled frames: with a module that
# doesn't count one kind of drop, or counts it twice, they do, and say so. Those modules are built by
# 'make module CVS_PLANT=...' into directories of their own; see kmod/cvs_plant.h.

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
fuzz() { FUZZES=test_every_length CVS_SEED=1 "$HERE/fuzz_frames.sh"; }

# planted WHAT JUDGE: it must find it out, by the sum and by nothing else.
planted()
{
	local ko=$CVS_TOP/build/$KVER-plant-$1/cvswitch.ko status

	if [ ! -e "$ko" ]; then
		fail "$ko is missing"
		return
	fi
	try reload "$ko"
	"$2" > "$TMP/verdict" 2>&1
	status=$?
	expect 1 "$status" "status of '$2' with a planted error ($1)"
	grep -q '^# FAIL: frames in plus copies, and out plus drops' "$TMP/verdict" ||
		fail "it doesn't say what is wrong: $(grep '^# FAIL' "$TMP/verdict" | head -n 3)"
	grep '^# FAIL' "$TMP/verdict" | grep -vq 'frames in plus copies' &&
		fail "it fails for another reason: $(grep '^# FAIL' "$TMP/verdict" | head -n 3)"
}

test_uncounted_drop() { planted uncounted storm; }
test_double_count() { planted double storm; }
test_uncounted_spoiled() { planted uncounted fuzz; }

test_unplanted_passes()
{
	try reload "$CVS_KO"
	try storm
	try fuzz
}

tests_run test_uncounted_drop test_double_count test_uncounted_spoiled test_unplanted_passes
