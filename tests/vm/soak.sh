#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# soak.sh SECONDS: in the guest, selftests drawn by lot (CVS_SEED) for so long, but for those that want
# modules with an error in them. Each of them has run once before, in a first round: what the kernel keeps
# of a first time (modules, caches, namespaces' tables) doesn't grow with time. Then, without the module,
# the kernel's memory (slab, per-CPU areas, vmalloc) is what it was, and at most a hundredth more. What
# grew most is listed, also of the first round, which has no verdict: look whether any of it is ours. It is
# read three times in between, to tell what grows on from what has grown once. A test that fails makes this
# fail, too, but doesn't end it.
#
# CVS_SOAK=NAME... chooses among fewer selftests.

. "$CVS_TOP/scripts/lib.sh"

seconds=$1
RANDOM=${CVS_SEED:?}

# settle FILE [LIMIT]: the memory into FILE when the kernel has given back what it would: what it keeps for
# later is dropped, and namespaces, RCU and workers take their time, on a busy machine a minute. It waits
# until the memory hasn't come down for 15 seconds; above LIMIT kB until idle workers have ended, too, for
# which the kernel takes five minutes.
settle()
{
	local file=$1 limit=${2:-999999999} least=999999999 now still=0 start=$SECONDS cache

	[ ! -d /sys/module/cvswitch ] || rmmod cvswitch
	while :; do
		sync
		echo 3 > /proc/sys/vm/drop_caches
		for cache in /sys/kernel/slab/*/shrink; do
			echo 1 > "$cache"
		done
		sleep 3
		memory > "$file"
		now=$(sum "$file")
		still=$((still + 1))
		if [ "$now" -lt $((least - 16)) ]; then
			least=$now still=0
		fi
		[ $still -lt 5 ] || [ "$now" -gt "$limit" ] || break
		[ $((SECONDS - start)) -lt $((limit < 999999999 ? 420 : 180)) ] || break
	done
	echo "# kernel memory: $now kB, $(tasks) tasks, settled in $((SECONDS - start)) s"
}
tasks() { find /proc -maxdepth 1 -name '[0-9]*' | wc -l; }

# "NAME kB kB", for each of the three and for each cache of the slab allocator, what it has and what of this
# is in use.
memory()
{
	awk '/^(Slab|Percpu|VmallocUsed):/ { print $1, $2, $2 }' /proc/meminfo
	awk 'NR > 2 { print $1, $15 * $6 * 4, int($2 * $4 / 1024) }' /proc/slabinfo | sort
}
sum() { awk '/^[A-Za-z]*: / { sum += $2 } END { print sum }' "$1"; }

# grown WHEN BEFORE AFTER
grown()
{
	local when=$1
	shift

	join <(sort "$1") <(sort "$2") | awk '$4 - $2 > 16 { print $4 - $2, $5 - $3, $1 }' | sort -rn |
		head -n 15 | sed "s/\([0-9]*\) \(-\?[0-9]*\) \(.*\)/# grown $when by \1 kB, \2 in use: \3/"
}

# A test that fails doesn't end this, one that hangs in the kernel does.
selftest()
{
	local rc=0

	"$CVS_TOP/tests/vm/run-selftests.sh" "$@" || rc=$?
	[ $rc -lt 2 ] || exit $rc
	failed=$((failed + rc))
}

mapfile -t names < <(grep -L '^# plants:' "$CVS_TOP"/tests/selftests/*.sh | xargs basename -s .sh |
	grep -vx lib)
[ -z "${CVS_SOAK:-}" ] || read -ra names <<<"$CVS_SOAK"
tmp=$(mktemp -d)
settle "$tmp/fresh"
failed=0
selftest "${names[@]}"
settle "$tmp/before"
grown 'in the first round' "$tmp/fresh" "$tmp/before"
before=$(sum "$tmp/before") limit=$((before + before / 100))
ran=0 start=$SECONDS quarter=1
while [ $((SECONDS - start)) -lt "$seconds" ]; do
	selftest "${names[RANDOM % ${#names[@]}]}"
	ran=$((ran + 1))
	if [ $(((SECONDS - start) * 4)) -ge $((seconds * quarter)) ] && [ $quarter -lt 4 ]; then
		settle "$tmp/now"
		grown "since, after $ran selftests," "$tmp/before" "$tmp/now"
		quarter=$(((SECONDS - start) * 4 / seconds + 1))
	fi
done
settle "$tmp/after" $limit
after=$(sum "$tmp/after")
grown since "$tmp/before" "$tmp/after"
echo "# $ran selftests, $failed failed, CVS_SEED=$CVS_SEED; kernel memory before: $before kB, after: $after kB"
if [ "$after" -le $limit ]; then
	tap_ok 'memory after a soak'
else
	tap_fail 'memory after a soak'
fi
[ $tap_failed = 0 ] && [ $failed = 0 ]
