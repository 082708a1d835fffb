#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# timeout: 240
#
# Every example of the man page and of the README does what is printed there. Each document has a
# network namespace of its own, in which its examples make switches and containers.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# run_examples FILE
run_examples()
{
	local out before after

	before=$(ip netns list | cut -d' ' -f1)
	setup_ns sw
	out=$(nsenter --net="/run/netns/$sw" python3 "$CVS_TOP/tests/tool/examples.py" \
		"$CVS_TOP/$1" 2>&1) || fail "${out//$'\n'/$'\n'# }"
	after=$(ip netns list | cut -d' ' -f1 | grep -vxF -e "$before" -e "$sw")
	for ns in $after; do
		ip netns delete "$ns"
	done
}

test_man_page() { run_examples userspace/cvswitch-ctl.8; }
test_readme() { run_examples README.md; }

tests_run test_man_page test_readme
