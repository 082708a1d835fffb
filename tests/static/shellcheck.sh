#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every shell script of the tree passes shellcheck.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

shell_scripts()
{
	local file

	while read -r file; do
		case $(head -n 1 "$file" | tr -d '\0')$file in
		'#!/bin/bash'* | '#!/bin/sh'* | *.sh | *.bash | *dkms.conf) echo "$file" ;;
		esac
	done < <(git ls-files -co --exclude-standard | sort)
}

mapfile -t scripts < <(shell_scripts)
tap_run "${#scripts[@]} shell scripts" shellcheck -f gcc "${scripts[@]}"
tap_end
