#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 200
# smp: 2
# races: yes
#
# Netlink messages, right, wrong and enormous (../fuzz/netlink): each is answered as it should be, the
# kernel doesn't complain, every kind of request was accepted sometimes, and nothing is left. Found
# bugs' messages are sent first.
#
# CVS_SEED=N repeats a run; CVS_FUZZ_SECONDS=N is how long each of the two runs is at least.
#
#	+---- a namespace per round ----+      +- one for its containers -+
#	| sw0 <- p0 p1 p2 p3         p4 |------| e0, e1, ... e19          |
#	| sw1, sw2, sw3 <- p5 ...   p19 |      +--------------------------+
#	+-------------------------------+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SEED=${CVS_SEED:-$RANDOM}
SECONDS_EACH=${CVS_FUZZ_SECONDS:-30}

setup() { note "CVS_SEED=$SEED CVS_FUZZ_SECONDS=$SECONDS_EACH"; }

# fuzz OPTION...: what it says is shown, and its last line in any case.
fuzz()
{
	local rc=0

	nlfuzz "$@" > "$TMP/fuzz" 2>&1 || rc=$?
	note "$(grep -v '^FAIL' "$TMP/fuzz" | cut -c 1-200 | sed '2,$s/^/# /')"
	[ "$rc" = 0 ] || fail "nlfuzz $*: status $rc: $(grep -A 1 '^FAIL' "$TMP/fuzz")"
}

messages() { nlfuzz --print --count 2000 --seed "$1" | cksum; }

test_same_seed_same_messages()
{
	local once

	once=$(messages "$SEED")
	expect "$once" "$(messages "$SEED")" "messages of seed $SEED, once more"
	[ "$once" != "$(messages $((SEED + 1)))" ] || fail "another seed gives the same messages"
}

test_corpus() { fuzz --replay "$CVS_TOP"/tests/fuzz/corpus/netlink/*; }

test_alone() { fuzz --seed "$SEED" --seconds "$SECONDS_EACH" --count 2000; }

test_together()
{
	fuzz --seed "$SEED" --seconds "$SECONDS_EACH" --count 2000 --threads 2 --traffic
	grep -q ' frames=0 ' "$TMP/fuzz" && fail "no container sent anything"
}

test_nothing_left()
{
	busywait 60 is 0 cat /sys/module/cvswitch/refcnt ||
		fail "users of the module: $(cat /sys/module/cvswitch/refcnt)"
	try timeout 60 rmmod cvswitch
	try "$CVS_TOP/scripts/load" "$CVS_KO"
}

tests_run test_same_seed_same_messages test_corpus test_alone test_together test_nothing_left
