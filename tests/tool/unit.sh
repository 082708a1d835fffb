#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# cvswitch-ctl's parts that need no kernel, under the address and undefined behaviour sanitizers.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

build()
{
	local sources

	mkdir -p build/tool-tests
	mapfile -t sources < <(printf '%s\n' userspace/*.c | grep -v /main.c)
	# shellcheck disable=SC2046	# several words
	gcc -std=gnu11 -D_GNU_SOURCE -DCVS_VERSION="\"$CVS_VERSION\"" -g -O1 -Wall -Wextra -Werror \
		-fsanitize=address,undefined -fno-sanitize-recover=all -Iuapi -Iuserspace \
		$(pkg-config --cflags libnl-genl-3.0 jansson) \
		-o build/tool-tests/unit tests/tool/unit*.c "${sources[@]}" \
		$(pkg-config --libs libnl-genl-3.0 jansson)
}

# The tool knows every attribute and word of the specification by its name.
same_words()
{
	diff -u <(sort <<<"$(python3 tests/tool/vocabulary.py \
		Documentation/netlink/specs/cvswitch.yaml)") \
		<(build/tool-tests/unit words | sed '/^attribute/y/_/-/' | sort)
}

tap_run 'the unit tests build' build
tap_run 'the vocabulary is that of the specification' same_words
rc=0
out=$(build/tool-tests/unit 2>&1) || rc=$?
while read -r line; do
	case $line in
	'ok - '*)	tap_ok "${line#ok - }" ;;
	'not ok - '*)	tap_fail "${line#not ok - }" ;;
	*)		echo "# $line" ;;
	esac
done <<<"$out"
[ $rc = "$tap_failed" ] || tap_fail "the unit tests ended with status $rc"
tap_end
