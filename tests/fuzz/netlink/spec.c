// SPDX-License-Identifier: GPL-2.0
#include "spec.h"

#include "tables.h"

const unsigned int spec_commands = sizeof(spec_command) / sizeof(spec_command[0]);
