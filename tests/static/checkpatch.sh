#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# checkpatch --strict has nothing to say, but for what checkpatch.ignore lists.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

source=$(scripts/kernels source)

ignored_in()
{
	awk -F '\t' -v file="$1" '!/^#/ && index(file, $2) == 1 { print $1 }' \
		tests/static/checkpatch.ignore | paste -sd,
}

while read -r file; do
	tap_run "$file" perl "$source/scripts/checkpatch.pl" --no-tree --strict --terse --show-types \
		--no-summary --max-line-length=100 --ignore "$(ignored_in "$file")" --file "$file"
done < <(git ls-files -co --exclude-standard -- kmod uapi userspace tests/kunit tests/acl |
	grep '\.[ch]$' | grep -v '_gen\.[ch]$')
tap_end
