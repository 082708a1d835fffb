#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The guest's second half of init, on the host's root: /job/env says where the tree is and what
# to load, /job/cmd is run with its output on the terminal $OUT, /job/status receives its exit
# status, /job/leaks what kmemleak found, /job/gcov the counts of executed lines, and the machine is
# told to end.

# shellcheck source=/dev/null
. /job/env
export PATH="$CVS_TOP/build:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export HOME=/root LANG=C.UTF-8 TERM=dumb CVS_TOP CVS_KO KVER

prepare()
{
	mkdir -p "/lib/modules/$KVER" /dev/pts /dev/shm
	mount --bind "$KERNEL_DIR/modules" "/lib/modules/$KVER"
	mount -t tmpfs tmpfs /run
	mount -t tmpfs tmpfs /dev/shm
	mount -t devpts devpts /dev/pts
	mount -t cgroup2 cgroup2 /sys/fs/cgroup
	mount -t debugfs debugfs /sys/kernel/debug
	[ ! -d /sys/kernel/tracing ] || mount -t tracefs tracefs /sys/kernel/tracing
	mount -t bpf bpf /sys/fs/bpf
	ln -sf /proc/self/fd /dev/fd
	hostname guest
	ip link set lo up
}

run()
{
	if [ -n "$LOAD" ]; then
		"$CVS_TOP/scripts/load" "$CVS_KO" || return
	fi
	setsid sh /job/cmd </dev/null
}

# Two scans: what is less than five seconds old is not reported.
find_leaks()
{
	[ -e /sys/kernel/debug/kmemleak ] || return 0
	echo scan > /sys/kernel/debug/kmemleak
	sleep 6
	echo scan > /sys/kernel/debug/kmemleak
	cat /sys/kernel/debug/kmemleak > /job/leaks
}

# Of all modules that were built here to count, also those that were unloaded.
save_counts()
{
	gcov=/sys/kernel/debug/gcov$CVS_TOP/build
	[ ! -d "$gcov" ] || cp -r "$gcov" /job/gcov
}

exec 3>"$OUT"
stty -F "$OUT" raw -echo
set -e	# an end of this script is a panic, and that is no success
prepare >&3 2>&1
set +e
run >&3 2>&1
status=$?
exec 3>&-
find_leaks
save_counts
echo $status > /job/status
sync -f /job
# A byte to isa-debug-exit ends QEMU at once.
[ ! -e /dev/port ] || printf x | dd of=/dev/port bs=1 seek=244 2>/dev/null
"$KERNEL_DIR/busybox" poweroff -f
