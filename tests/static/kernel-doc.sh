#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every kernel-doc comment is complete and describes what stands below it.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

source=$(scripts/kernels source)
tap_run 'kernel-doc of kmod/' perl "$source/scripts/kernel-doc" -none -Wall -Werror kmod/*.[ch]
tap_end
