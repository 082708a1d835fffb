#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# soak.sh SECONDS: in the guest, selftests drawn by lot (CVS_SEED) for so long, but for those that want
# modules with an error in them. Afterwards, without the module, the kernel's memory (slab, per-CPU areas,
# vmalloc) is what it was after the heaviest of them had run once, and at most a hundredth more.

. "$CVS_TOP/scripts/lib.sh"

heavy=(switch_scale race_config race_netns)
seconds=$1
RANDOM=${CVS_SEED:?}

# In kB; what the kernel would give back is given back first.
memory()
{
	[ ! -d /sys/module/cvswitch ] || rmmod cvswitch
	sleep 3
	sync
	echo 3 > /proc/sys/vm/drop_caches
	sleep 3
	awk '/^(Slab|Percpu|VmallocUsed):/ { sum += $2 } END { print sum }' /proc/meminfo
}

selftest() { "$CVS_TOP/tests/vm/run-selftests.sh" "$@"; }

mapfile -t names < <(grep -L '^# plants:' "$CVS_TOP"/tests/selftests/*.sh | xargs basename -s .sh |
	grep -vx lib)
selftest "${heavy[@]}" || exit
before=$(memory)
ran=0
while [ $SECONDS -lt "$seconds" ]; do
	selftest "${names[RANDOM % ${#names[@]}]}" || exit
	ran=$((ran + 1))
done
after=$(memory)
echo "# $ran selftests, CVS_SEED=$CVS_SEED; kernel memory before: $before kB, after: $after kB"
[ "$after" -le $((before + before / 100)) ] || { tap_fail 'memory after a soak'; exit 1; }
tap_ok 'memory after a soak'
