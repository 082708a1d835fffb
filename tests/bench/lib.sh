# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced on the host by bench and profile: builds what runs in the guest and runs it there.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
# shellcheck source=tests/bench/policies.sh
. "$CVS_TOP/tests/bench/policies.sh"

BENCH=$CVS_TOP/build/bench
POLICIES=$BENCH/policies
ACLCHECK=$CVS_TOP/build/selftests/aclcheck

OPEN=0x70c0d000 CLOSE=0x70c0e000	# where a window's two marks lie, away from other programs

# build_windowed NAME: a program that tells the profiler what to count
build_windowed()
{
	gcc -O1 -Wall -Wextra -static -no-pie -fcf-protection=none -o "$BENCH/$1" \
		"$CVS_TOP/tests/bench/$1.c" \
		-Wl,--section-start=.window_open=$OPEN,--section-start=.window_close=$CLOSE
}

build_programs()
{
	local src=$CVS_TOP/tests/bench

	"$CVS_TOP/scripts/setup" build vm ovs bench
	mkdir -p "$BENCH"
	flock "$CVS_TOP/build/lock" make -s -C "$CVS_TOP" selftest-progs >&2
	gcc -O2 -Wall -Wextra -o "$BENCH/send" "$src/send.c"
	gcc -O2 -Wall -Wextra -shared -fPIC -o "$BENCH/sendtime.so" "$src/sendtime.c"
	build_windowed replay
	clang -O2 -g -target bpf -I"/usr/include/$(gcc -print-multiarch)" \
		-c "$src/redirect.bpf.c" -o "$BENCH/redirect.bpf.o"
}

# prepare SYSTEM/SCENARIO...: files for these, quicker here than in the guest
prepare()
{
	local run

	mkdir -p "$POLICIES"
	for run in "$@"; do
		case $run in */policy-*) policy_prepare "${run%%/*}" "${run#*/}" ;; esac
	done
}

# run_guest KERNEL NAME=VALUE... -- SYSTEM/SCENARIO...: measure these in one boot; $JOB is kept.
run_guest()
{
	local kernel=$1 environment=() option=--no-module
	shift
	while [ "$1" != -- ]; do environment+=("$1"); shift; done
	shift
	prepare "$@"
	case " $*" in *' cvswitch/'*) option=--icount ;; esac
	"$CVS_TOP/scripts/vm" "$kernel" --icount $option --timeout 3000 -- \
		env SEND="$BENCH/send" REPLAY="$BENCH/replay" \
		SENDTIME_SO="$BENCH/sendtime.so" POLICIES="$POLICIES" TCPBULK="$CVS_TOP/build/selftests/tcpbulk" \
		REDIRECT="$BENCH/redirect.bpf.o" "${environment[@]}" \
		"$CVS_TOP/tests/bench/guest.sh" "$@"
}
