/* SPDX-License-Identifier: GPL-2.0 */
/* Questions to the kernel's other netlink interface: links, addresses and routes. */
#ifndef CVS_RTNL_H
#define CVS_RTNL_H

#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

/* Called for each object of the answer, with the message that holds it. */
typedef void (*rtnl_fn)(const struct nlmsghdr *hdr, void *arg);

/*
 * Asks for one object, or with NLM_F_DUMP for all. The message's body is `head`, which may be
 * followed by attributes. Return: 0 or -errno, which is the kernel's.
 */
int rtnl_ask(uint16_t type, uint16_t flags, const void *body, size_t len, rtnl_fn fn, void *arg);

/* The socket is opened by the first question. */
void rtnl_close(void);

#endif
