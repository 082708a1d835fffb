#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# harness.sh: the debug kernels catch each of these mistakes, scripts/vm reports it by its exit
# status, and the log says what it was. Without a mistake nothing is reported.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

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
	local rc=0 limit=240

	[ "$2" != 124 ] || limit=60
	scripts/vm "$series" --no-module --timeout "$limit" -- insmod "$dir/broken.ko" mistake="$1" || rc=$?
	[ "$rc" = "$2" ] || { echo "status $rc instead of $2"; return 1; }
	[ -z "${3:-}" ] || grep -qsE "$3" "$JOB"/{console,leaks}
}

# on SERIES: of the mistakes below, those that are to be found there.
on()
{
	local where mistake status pattern rc=0

	series=$1
	kernel=$(scripts/kernels "$series") || rc=$?
	if [ $rc = 4 ]; then
		tap_skip "$series" 'no such kernel to be had'
		return
	elif [ $rc != 0 ]; then
		tap_fail "$series: no kernel"
		return
	fi
	dir=$CVS_TOP/build/check/broken-$(cat "$kernel/release")
	export JOB=$dir/job
	tap_run "$series: the broken module builds" build
	while read -r -u 3 where mistake status pattern; do
		[[ $where/$series == debug/debug-smp ]] ||
			tap_run "$series: ${mistake//_/ }" makes "$mistake" "$status" "$pattern"
	done 3<<-'END'
		both	none			0
		debug	out_of_bounds		99	KASAN: slab-out-of-bounds in
		debug	stack_out_of_bounds	99	KASAN: stack-out-of-bounds in
		both	use_after_free		99	KASAN: slab-use-after-free in
		debug	double_free		99	KASAN: double-free in
		debug	shift			99	UBSAN: shift-out-of-bounds in
		both	lock_inversion		99	possible circular locking dependency
		debug	sleep_in_atomic		99	scheduling while atomic|sleeping function called from invalid
		debug	rcu_misuse		99	suspicious RCU usage
		debug	list_corruption		99	list_del corruption
		debug	warning			99	WARNING: .* at
		debug	leak			99	unreferenced object
		debug	free_active_timer	99	ODEBUG: free active
		debug	hang			124
	END
}

on debug
on debug-smp
tap_end
