#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# build.sh SERIES: the module builds from scratch without a word from the compiler (W=1), sparse,
# objtool or modpost, and the probes find in this kernel what they are known to find.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

series=$1
kernel=$(scripts/kernels "$series")
dir=build/check/$(cat "$kernel/release")
rm -rf "$dir"

quietly()
{
	local out

	out=$(make -s -j "$(nproc)" KDIR="$kernel/build" MODDIR="$dir" "$@" 2>&1) || { echo "$out"; return 1; }
	# The headers of 6.1 come without the vmlinux that BTF is made from.
	out=$(grep -vE '^Skipping BTF generation' <<<"$out")
	[ -z "$out" ] || { echo "$out"; return 1; }
}

tap_run "Linux $series: no warning (W=1, sparse)" \
	quietly module W=1 C=2 CF="-D__CHECK_ENDIAN__ -Wno-unknown-attribute -include $PWD/tests/kernel/sparse.h"
tap_run "Linux $series: probes find what is expected" \
	diff -u "tests/kernel/probes/$series" "$dir/kmod/cvs_config.h"
tap_end
