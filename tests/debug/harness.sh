#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# harness.sh: the debug kernel catches each of these mistakes, scripts/vm reports it by its exit
# status, and the log says what it was. Without a mistake nothing is reported.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

kernel=$(scripts/kernels debug)
dir=$CVS_TOP/build/check/broken-$(cat "$kernel/release")
export JOB=$dir/job

build()
{
	rm -rf "$dir"
	mkdir -p "$dir"
	cp tests/debug/broken/* "$dir"
	make -s -C "$kernel/build" ARCH=um M="$dir" modules
}

# makes MISTAKE STATUS [PATTERN]: loading the module that makes it ends so.
makes()
{
	local rc=0

	scripts/vm debug --no-module --timeout 60 -- insmod "$dir/broken.ko" mistake="$1" || rc=$?
	[ "$rc" = "$2" ] || { echo "status $rc instead of $2"; return 1; }
	[ -z "${3:-}" ] || grep -sE "$3" "$JOB"/{console,leaks}
}

tap_run "the broken module builds" build
tap_run "no mistake is none" makes none 0
while read -r -u 3 mistake status pattern; do
	tap_run "${mistake//_/ } is caught" makes "$mistake" "$status" "$pattern"
done 3<<'END'
out_of_bounds		99	KASAN: slab-out-of-bounds in
stack_out_of_bounds	99	KASAN: stack-out-of-bounds in
use_after_free		99	KASAN: slab-use-after-free in
double_free		99	KASAN: double-free in
shift			99	UBSAN: shift-out-of-bounds in
lock_inversion		99	possible circular locking dependency
sleep_in_atomic		99	scheduling while atomic|sleeping function called from invalid
rcu_misuse		99	suspicious RCU usage
list_corruption		99	list_del corruption
warning			99	WARNING: .* at
leak			99	unreferenced object
free_active_timer	99	ODEBUG: free active
hang			124
END
tap_end
