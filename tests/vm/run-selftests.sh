#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run-selftests.sh NAME...: in the guest, run these tests one after the other. A TAP line for each
# goes to stdout, its output to /job/NAME.log, "NAME STATUS SECONDS" to /job/results; /job/running
# names the one that was running if the guest should die. A test fails too if the kernel complains
# meanwhile; one that hangs in the kernel ends the run.

. "$CVS_TOP/scripts/lib.sh"
cd "$CVS_TOP/tests/selftests"

finish()
{
	local name=$1 status=$2 seconds=$3 log=/job/$1.log title

	title="$KVER $name ($seconds s)"
	case $status in
	pass)	tap_ok "$title" ;;
	skip)	tap_skip "$title" "$(sed -n 's/.*# SKIP *//p' "$log" | tail -n 1)" ;;
	*)	tap_fail "$title: $status"
		sed 's/^/# /' "$log" ;;
	esac
	echo "$name $status $seconds" >> /job/results
	rm /job/running
}

# What a test left behind must not disturb the next one.
sweep()
{
	local session=$1 link

	pkill -KILL -s "$session" || true
	ip -all netns delete
	ip -o link show type cvswitch | while IFS=': ' read -r _ link _; do
		ip link delete "$link"
	done
}

# Leaves the verdict in $status.
run()
{
	local file=$1 log=$2 limit pid dog ended rc=0

	limit=$(($(header "$file" timeout 120) * CVS_PATIENCE))
	setsid timeout -k 5 "$limit" "./$file" >"$log" 2>&1 </dev/null &
	pid=$!
	sleep $((limit + 15)) &
	dog=$!
	wait -n -p ended $pid $dog || rc=$?
	if [ "$ended" = $dog ]; then
		echo w > /proc/sysrq-trigger
		status=hung-in-the-kernel
		return
	fi
	kill $dog
	sweep $pid >>"$log" 2>&1 || true
	dmesg > /job/kernel-log
	case $rc in
	0)	status=pass ;;
	4)	status=skip ;;
	124 | 137) status=timeout-after-$limit-s ;;
	*)	status=failed-with-$rc ;;
	esac
	if grep -Ef "$CVS_TOP/tests/vm/splat.txt" -A 40 /job/kernel-log >>"$log"; then
		status=kernel-complained
	fi
}

for name; do
	echo "$name" > /job/running
	[ -d /sys/module/cvswitch ] || "$CVS_TOP/scripts/load" "$CVS_KO"
	dmesg -C
	start=$SECONDS
	run "$name.sh" "/job/$name.log"
	finish "$name" "$status" $((SECONDS - start))
	[ "$status" != hung-in-the-kernel ] || exit 3
done
exit "$tap_failed"
