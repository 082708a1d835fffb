#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The committed netlink code is what the specification generates.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

KSRC=$(scripts/kernels source)
export KSRC
tap_run 'generated code is up to date' scripts/regen-genl.sh --check
tap_end
