/* SPDX-License-Identifier: GPL-2.0 */
/* IPv6 neighbour discovery by Ethernet (RFC 4861). */
#ifndef CVS_ND_H
#define CVS_ND_H

#include <linux/in6.h>
#include <linux/types.h>

struct sk_buff;

/* An advertisement with its option, from the IPv6 header on. */
#define CVS_ND_ADVERT_LEN	72

enum cvs_nd_type {
	CVS_ND_ROUTER_ADVERT = 134,
	CVS_ND_SOLICIT = 135,
	CVS_ND_ADVERT = 136,
};

/**
 * struct cvs_nd - what a message says
 * @source: from whom; nobody (::) in a solicitation that detects duplicates
 * @destination: to whom
 * @target: whom it is about; in a router's advertisement its source
 * @mac: the link-layer address that it tells, of @source in a solicitation and
 *	of @target else, as cvs_mac_load() reads it; 0 if it tells none
 * @type: which message
 * @router: @target is a router
 * @solicited: an answer
 * @override: what is known otherwise is to be forgotten
 */
struct cvs_nd {
	struct in6_addr source;
	struct in6_addr destination;
	struct in6_addr target;
	u64 mac;
	enum cvs_nd_type type;
	bool router;
	bool solicited;
	bool override;
};

static inline bool cvs_nd_is_nobody(const struct in6_addr *addr)
{
	return !(addr->s6_addr32[0] | addr->s6_addr32[1] | addr->s6_addr32[2] |
		 addr->s6_addr32[3]);
}

bool cvs_nd_parse(const struct sk_buff *skb, struct cvs_nd *nd);
bool cvs_nd_is_to_group_of(const struct in6_addr *destination, const struct in6_addr *target);
void cvs_nd_put_advert(u8 *data, const struct cvs_nd *nd);

#endif /* CVS_ND_H */
