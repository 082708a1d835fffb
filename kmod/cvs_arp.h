/* SPDX-License-Identifier: GPL-2.0 */
/* ARP for IPv4 by Ethernet (RFC 826). */
#ifndef CVS_ARP_H
#define CVS_ARP_H

#include <linux/types.h>

struct sk_buff;

/* The packet, without the Ethernet header and without padding. */
#define CVS_ARP_LEN		28

#define CVS_ARP_REQUEST		1
#define CVS_ARP_REPLY		2

/**
 * struct cvs_arp - what an ARP packet says
 * @sender_mac: as cvs_mac_load() reads it
 * @sender: the sender's IP address; 0 in a probe (RFC 5227, 1.1)
 * @target: the IP address that is asked for, or whose owner is told
 * @op: CVS_ARP_REQUEST or CVS_ARP_REPLY
 */
struct cvs_arp {
	u64 sender_mac;
	__be32 sender;
	__be32 target;
	u16 op;
};

/* An announcement: the sender speaks of itself alone (RFC 5227, 1.2). */
static inline bool cvs_arp_is_gratuitous(const struct cvs_arp *arp)
{
	return arp->sender == arp->target;
}

bool cvs_arp_parse(const struct sk_buff *skb, struct cvs_arp *arp);
void cvs_arp_put_reply(u8 *data, const struct cvs_arp *request, u64 mac);

#endif /* CVS_ARP_H */
