#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nomodule.sh SERIES: without a usable module the tool says in one sentence what to do next.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

echo 1..6	# in the guests
series=$1
kernel=$(scripts/kernels "$series")
flock build/lock make -s KDIR="$kernel/build" all
scripts/vm "$series" --no-module -- tests/packaging/nomodule-guest.sh missing ||
	tap_fail "Linux $series: the guest ended with $?"
scripts/vm "$series" --no-module --append module.sig_enforce=1 -- \
	tests/packaging/nomodule-guest.sh refused || tap_fail "Linux $series: the guest ended with $?"
exit "$tap_failed"
