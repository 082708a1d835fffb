#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# fuzz.sh [NAME...]: cvswitch-ctl under libFuzzer and the address and undefined behaviour sanitizers,
# by all its entrances (../fuzz/ctl) or the ones named: first the corpus, which holds what was found
# before, then new inputs for CVS_FUZZ_SECONDS (25), drawn from the seed CVS_SEED. An input that
# breaks something is kept in build/fuzz/ctl/found/.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

seed=${CVS_SEED:-$((RANDOM + 1))}
seconds=${CVS_FUZZ_SECONDS:-25}
built=build/fuzz/ctl
corpus=tests/fuzz/corpus/ctl-

build() { make -j "$(nproc)" -sf tests/fuzz/ctl/Makefile; }

# The words that the tool knows, for inputs that make sense.
dictionary()
{
	{
		grep -ohE '[a-z][a-z0-9-]+' userspace/cvswitch-ctl.bash userspace/rule_names.c
		python3 tests/tool/vocabulary.py Documentation/netlink/specs/cvswitch.yaml |
			sed 's/.* //'
	} | sort -u | sed 's/.*/"&"/' > "$built/dictionary"
}

run()
{
	local name=$1
	shift

	"$built/fuzz-$name" -close_fd_mask=3 -timeout=10 -artifact_prefix="$built/found/$name-" "$@"
}

replay() { run "$1" "$corpus$1"/*; }

# New inputs, at least a thousand; prints how many there were.
search()
{
	local name=$1 log=$built/$1.log runs

	rm -rf "$built/new-$name"
	mkdir "$built/new-$name"
	run "$name" -seed="$seed" -max_total_time="$seconds" -dict="$built/dictionary" \
		"$built/new-$name" "$corpus$name" >"$log" 2>&1 || { tail -n 60 "$log"; return 1; }
	runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log")
	[ "${runs:-0}" -ge 1000 ] || { tail "$log"; return 1; }
	echo "$runs"
}

"$CVS_TOP/scripts/setup" build fuzz
mkdir -p "$built/found"
tap_run 'the fuzzers build' build
dictionary
[ $# -gt 0 ] || set -- words settings batch answers acl
for name; do
	tap_run "$name: the corpus" replay "$name"
	if inputs=$(search "$name"); then
		tap_ok "$name: $inputs new inputs, CVS_SEED=$seed"
	else
		tap_fail "$name: new inputs, CVS_SEED=$seed"
		printf '# %s\n' "${inputs//$'\n'/$'\n'# }"
	fi
done
tap_end
