#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every source file names its licence in its first lines, in the form its language wants.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

licence='SPDX-License-Identifier: \(?\(?GPL-2\.0'

# Those of the files on stdin that lack it.
without_licence()
{
	local file form missing=0

	while read -r file; do
		case $file in
		*/.* | *.txt | *.expected | *.svg | *.csv | *.ignore | *.json | tests/kernel/probes/* | tests/fuzz/corpus/*) continue ;;
		*.c)	form="^// $licence" ;;
		*.h)	form="^/\* $licence" ;;
		*.[1-8]) form="^\.\\\\\" $licence" ;;
		*.rst)	form="^\.\. $licence" ;;
		*.py | *.sh | *.yaml | *.bash | Makefile | Kbuild | scripts/* | tests/* | dist/*)
			form="^# $licence" ;;
		*)	continue ;;
		esac
		head -n 3 "$file" | grep -qE "$form" || { echo "$file"; missing=1; }
	done
	return "$missing"
}

tap_run 'every source names its licence' \
	without_licence < <(git ls-files -co --exclude-standard | sort)
tap_end
