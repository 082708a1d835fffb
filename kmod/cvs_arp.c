// SPDX-License-Identifier: GPL-2.0
#include "cvs_arp.h"

#include <linux/if_arp.h>
#include <linux/skbuff.h>

#include "cvs_key.h"

/* RFC 826 for addresses of these lengths. */
struct packet {
	__be16 hardware;
	__be16 protocol;
	u8 hardware_len;
	u8 protocol_len;
	__be16 op;
	u8 sender_mac[ETH_ALEN];
	u8 sender[sizeof(__be32)];
	u8 target_mac[ETH_ALEN];
	u8 target[sizeof(__be32)];
};

static_assert(sizeof(struct packet) == CVS_ARP_LEN);

/**
 * cvs_arp_parse() - read an ARP packet
 * @skb: a frame whose type is ARP, its data behind the Ethernet header; only
 *	read
 * @arp: where to
 *
 * Context: any.
 * Return: false if it isn't a request or a reply for IPv4 by Ethernet, or is
 * too short for one.
 */
bool cvs_arp_parse(const struct sk_buff *skb, struct cvs_arp *arp)
{
	struct packet buf;
	const struct packet *packet;

	packet = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	if (!packet || packet->hardware != htons(ARPHRD_ETHER) ||
	    packet->protocol != htons(ETH_P_IP) || packet->hardware_len != ETH_ALEN ||
	    packet->protocol_len != sizeof(__be32))
		return false;
	arp->op = ntohs(packet->op);
	arp->sender_mac = cvs_mac_from(packet->sender_mac);
	memcpy(&arp->sender, packet->sender, sizeof(arp->sender));
	memcpy(&arp->target, packet->target, sizeof(arp->target));
	return arp->op == CVS_ARP_REQUEST || arp->op == CVS_ARP_REPLY;
}

/**
 * cvs_arp_put_reply() - write the reply to a request
 * @data: where to, CVS_ARP_LEN bytes
 * @request: the request
 * @mac: the target's MAC address
 *
 * As RFC 826 has it, the request's sender becomes the target, and that of a
 * probe is 0 there, too.
 *
 * Context: any.
 */
void cvs_arp_put_reply(u8 *data, const struct cvs_arp *request, u64 mac)
{
	struct packet packet = {
		.hardware = htons(ARPHRD_ETHER),
		.protocol = htons(ETH_P_IP),
		.hardware_len = ETH_ALEN,
		.protocol_len = sizeof(__be32),
		.op = htons(CVS_ARP_REPLY),
	};

	cvs_mac_store(packet.sender_mac, mac);
	memcpy(packet.sender, &request->target, sizeof(packet.sender));
	cvs_mac_store(packet.target_mac, request->sender_mac);
	memcpy(packet.target, &request->sender, sizeof(packet.target));
	memcpy(data, &packet, sizeof(packet));
}
