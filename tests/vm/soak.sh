#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# soak.sh SECONDS: in the guest, selftests drawn by lot (CVS_SEED) for so long, but for those that want
# modules with an error in them. Each of them has run once before, in a first round: what the kernel keeps
# of a first time (modules, caches, namespaces' tables) doesn't grow with time. Then, without the module,
# the kernel's memory (slab, per-CPU areas, vmalloc) is what it was, and at most a hundredth more. What
# grew most is listed, also of the first round, which has no verdict: look whether any of it is ours.
#
# CVS_SOAK=NAME... chooses among fewer selftests.

. "$CVS_TOP/scripts/lib.sh"

seconds=$1
RANDOM=${CVS_SEED:?}

# What the kernel would give back is given back first.
settle()
{
	[ ! -d /sys/module/cvswitch ] || rmmod cvswitch
	sleep 3
	sync
	echo 3 > /proc/sys/vm/drop_caches
	sleep 3
}

# "NAME kB", for each of the three and for each cache of the slab allocator.
memory()
{
	awk '/^(Slab|Percpu|VmallocUsed):/ { print $1, $2 }' /proc/meminfo
	awk 'NR > 2 { print $1, $3 * $4 / 1024 }' /proc/slabinfo | sort
}
sum() { awk '/^[A-Za-z]*: / { sum += $2 } END { print sum }' "$1"; }

# grown WHEN BEFORE AFTER
grown()
{
	local when=$1
	shift

	join <(sort "$1") <(sort "$2") | awk '$3 - $2 > 16 { print $3 - $2, $1 }' | sort -rn | head -n 15 |
		sed "s/\\([0-9]*\\)[^ ]* \\(.*\\)/# grown $when by \\1 kB: \\2/"
}

selftest() { "$CVS_TOP/tests/vm/run-selftests.sh" "$@"; }

mapfile -t names < <(grep -L '^# plants:' "$CVS_TOP"/tests/selftests/*.sh | xargs basename -s .sh |
	grep -vx lib)
[ -z "${CVS_SOAK:-}" ] || read -ra names <<<"$CVS_SOAK"
tmp=$(mktemp -d)
settle
memory > "$tmp/fresh"
selftest "${names[@]}" || exit
settle
memory > "$tmp/before"
grown 'in the first round' "$tmp/fresh" "$tmp/before"
ran=0 end=$((SECONDS + seconds))
while [ $SECONDS -lt $end ]; do
	selftest "${names[RANDOM % ${#names[@]}]}" || exit
	ran=$((ran + 1))
done
settle
memory > "$tmp/after"
before=$(sum "$tmp/before") after=$(sum "$tmp/after")
grown since "$tmp/before" "$tmp/after"
echo "# $ran selftests, CVS_SEED=$CVS_SEED; kernel memory before: $before kB, after: $after kB"
[ "$after" -le $((before + before / 100)) ] || { tap_fail 'memory after a soak'; exit 1; }
tap_ok 'memory after a soak'
