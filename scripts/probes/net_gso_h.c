// SPDX-License-Identifier: GPL-2.0
/* net/gso.h was a part of linux/netdevice.h (until 6.5) */
#include <net/gso.h>
