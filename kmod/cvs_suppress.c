// SPDX-License-Identifier: GPL-2.0
/*
 * ARP and neighbour discovery, of frames that are about to be flooded: learn
 * who is there, and answer in the neighbour's place.
 *
 * Only a broadcast or a question to a solicited-node group is answered. Who
 * probes a neighbour that he knows does so by unicast, and is told the truth by
 * the neighbour's own answer or its silence.
 */
#include "cvs_suppress.h"

#include <linux/if_vlan.h>
#include <linux/skbuff.h>

#include "cvs_arp.h"
#include "cvs_datapath.h"
#include "cvs_deliver.h"
#include "cvs_nd.h"
#include "cvs_neigh.h"
#include "cvs_port.h"
#include "cvs_stats.h"
#include "cvs_switch.h"
#include "cvs_vtep.h"

/* Room in front of an answer, for whatever device it leaves by. */
#define HEADROOM	(LL_MAX_HEADER + ETH_HLEN + VLAN_HLEN)

static struct cvs_neigh_key key_of(const struct cvs_packet *pkt, const struct in6_addr *ip)
{
	return (struct cvs_neigh_key) { .ip = *ip, .vid = pkt->key.vid };
}

/* By which port is this address reached? NULL if it isn't known. */
static struct cvs_port *port_of(const struct cvs_packet *pkt, u64 mac)
{
	const struct cvs_fdb_entry *entry;

	if (cvs_is_host(pkt->sw, mac))
		return pkt->sw->host;
	entry = cvs_fdb_find(&pkt->sw->fdb, cvs_fdb_key(mac, pkt->key.vid));
	return entry ? cvs_port_of_owner(READ_ONCE(entry->owner)) : NULL;
}

/*
 * Is the frame's sender where the FDB has it? What the FDB refused to learn,
 * because of a limit or because the address is set to be elsewhere, is no
 * ground to learn more.
 */
static bool sender_is_known(const struct cvs_packet *pkt, const struct cvs_fdb_owner *from)
{
	const struct cvs_fdb_entry *entry;

	if (pkt->in == pkt->sw->host)
		return cvs_is_host(pkt->sw, pkt->key.src);
	entry = cvs_fdb_find(&pkt->sw->fdb, cvs_fdb_key(pkt->key.src, pkt->key.vid));
	return entry && READ_ONCE(entry->owner) == from;
}

/* The frame's sender says that an IP address is its own. */
static void learn(const struct cvs_packet *pkt, struct cvs_fdb_owner *from,
		  const struct in6_addr *ip, enum cvs_neigh_router router, bool override)
{
	const struct cvs_neigh_sighting sighting = {
		.key = key_of(pkt, ip),
		.mac = pkt->key.src,
		.router = router,
		.override = override,
	};

	if (!(pkt->flags & BIT(CVS_SWITCH_NEIGH_LEARNING)) || !from ||
	    !cvs_neigh_is_address(ip) || !sender_is_known(pkt, from))
		return;
	if (!cvs_neigh_learn(&pkt->sw->neighs, from, &sighting))
		cvs_stats_inc(pkt->in->stats, CVS_NEIGH_REFUSED);
}

/*
 * The neighbour to answer for, or NULL: it has to be another one than who asks,
 * and one whom he could reach. Where a static one is needn't be known. Who asks
 * by the tunnel has a switch of his own, which knew no answer.
 */
static const struct cvs_neigh *neighbour(const struct cvs_packet *pkt, const struct in6_addr *ip)
{
	const struct cvs_neigh_key key = key_of(pkt, ip);
	const struct cvs_neigh *neigh;
	const struct cvs_port *port;

	if (test_bit(CVS_PORT_TUNNEL, &pkt->in->flags))
		return NULL;
	neigh = cvs_neigh_find(&pkt->sw->neighs, &key);
	if (!neigh || neigh->mac == pkt->key.src)
		return NULL;
	port = port_of(pkt, neigh->mac);
	if (!port)
		return neigh->kind == CVSWITCH_NEIGH_KIND_STATIC ? neigh : NULL;
	return port != pkt->in && cvs_egress_check(pkt, port) < 0 ? neigh : NULL;
}

/* A frame for an answer of @len bytes, which are at its data; or NULL. */
static struct sk_buff *frame(unsigned int len, __be16 protocol, u64 dst, u64 src)
{
	struct sk_buff *skb = alloc_skb(HEADROOM + max_t(unsigned int, len, ETH_ZLEN - ETH_HLEN),
					GFP_ATOMIC | __GFP_NOWARN);
	struct ethhdr *eth;

	if (!skb)
		return NULL;
	skb_reserve(skb, HEADROOM);
	skb_reset_network_header(skb);
	skb_put(skb, len);
	eth = skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	cvs_mac_store(eth->h_dest, dst);
	cvs_mac_store(eth->h_source, src);
	eth->h_proto = protocol;
	skb->protocol = protocol;
	__skb_pull(skb, ETH_HLEN);
	return skb;
}

static void answer(const struct cvs_packet *pkt, struct sk_buff *skb)
{
	cvs_stats_inc(pkt->in->stats, CVS_NEIGH_ANSWERED);
	cvs_answer_instead(pkt, skb);
}

/* Return: as cvs_suppress(). */
static bool suppress_arp(const struct cvs_packet *pkt, struct cvs_fdb_owner *from)
{
	const struct cvs_neigh *neigh;
	struct in6_addr ip;
	struct sk_buff *skb;
	struct cvs_arp arp;

	if (!cvs_arp_parse(pkt->skb, &arp) || arp.sender_mac != pkt->key.src)
		return false;
	cvs_vtep_set_v4(&ip, arp.sender);
	learn(pkt, from, &ip, CVS_NEIGH_ROUTER_NO, true);

	if (arp.op != CVS_ARP_REQUEST || pkt->key.dst != CVS_MAC_BROADCAST ||
	    cvs_arp_is_gratuitous(&arp))
		return false;
	cvs_vtep_set_v4(&ip, arp.target);
	neigh = neighbour(pkt, &ip);
	if (!neigh)
		return false;
	skb = frame(CVS_ARP_LEN, htons(ETH_P_ARP), pkt->key.src, neigh->mac);
	if (!skb)
		return false;
	cvs_arp_put_reply(skb->data, &arp, neigh->mac);
	answer(pkt, skb);
	return true;
}

/* What a message says of its sender (RFC 4861, 7.2.3, 7.2.5 and 6.3.4). */
static void learn_nd(const struct cvs_packet *pkt, struct cvs_fdb_owner *from,
		     const struct cvs_nd *nd)
{
	/* A router that doesn't tell its address has it in the frame. */
	if (nd->mac != pkt->key.src && (nd->mac || nd->type != CVS_ND_ROUTER_ADVERT))
		return;
	if (nd->type == CVS_ND_SOLICIT)
		learn(pkt, from, &nd->source, CVS_NEIGH_ROUTER_UNSAID, true);
	else
		learn(pkt, from, &nd->target,
		      nd->router ? CVS_NEIGH_ROUTER_YES : CVS_NEIGH_ROUTER_NO, nd->override);
}

/* The answer to a solicitation; to one that detects duplicates it is for all (7.2.4). */
static struct sk_buff *advert(const struct cvs_packet *pkt, const struct cvs_nd *nd,
			      const struct cvs_neigh *neigh)
{
	static const struct in6_addr all_nodes = IN6ADDR_LINKLOCAL_ALLNODES_INIT;
	static const u8 all_nodes_mac[ETH_ALEN] = { 0x33, 0x33, 0, 0, 0, 1 };
	bool probe = cvs_nd_is_nobody(&nd->source);
	const struct cvs_nd content = {
		.source = nd->target,
		.destination = probe ? all_nodes : nd->source,
		.target = nd->target,
		.mac = neigh->mac,
		.router = neigh->router,
		.solicited = !probe,
		.override = true,
	};
	struct sk_buff *skb;

	skb = frame(CVS_ND_ADVERT_LEN, htons(ETH_P_IPV6),
		    probe ? cvs_mac_from(all_nodes_mac) : pkt->key.src, neigh->mac);
	if (skb)
		cvs_nd_put_advert(skb->data, &content);
	return skb;
}

/* Return: as cvs_suppress(). */
static bool suppress_nd(const struct cvs_packet *pkt, struct cvs_fdb_owner *from)
{
	const struct cvs_neigh *neigh;
	struct sk_buff *skb;
	struct cvs_nd nd;

	if (!cvs_nd_parse(pkt->skb, &nd))
		return false;
	learn_nd(pkt, from, &nd);

	if (nd.type != CVS_ND_SOLICIT || !cvs_mac_is_group(pkt->key.dst) ||
	    !cvs_nd_is_to_group_of(&nd.destination, &nd.target))
		return false;
	/* Who is to get the answer: nobody (::), or who says where he is. */
	if (!cvs_nd_is_nobody(&nd.source) && nd.mac != pkt->key.src)
		return false;
	neigh = neighbour(pkt, &nd.target);
	if (!neigh)
		return false;
	skb = advert(pkt, &nd, neigh);
	if (!skb)
		return false;
	answer(pkt, skb);
	return true;
}

/**
 * cvs_suppress() - does a frame that would be flooded need to be?
 * @pkt: the frame; gone if the result is true
 * @from: the port or the remote it came from, or NULL for one we don't know
 *
 * Only called where the switch is set to suppress.
 *
 * Context: RCU, BH off.
 * Return: true if it has been answered.
 */
bool cvs_suppress(const struct cvs_packet *pkt, struct cvs_fdb_owner *from)
{
	/* Where VLANs are ignored, a tag's network isn't told from the others. */
	if (skb_vlan_tag_present(pkt->skb) && !(pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE)))
		return false;
	switch (eth_hdr(pkt->skb)->h_proto) {
	case htons(ETH_P_ARP):
		return suppress_arp(pkt, from);
	case htons(ETH_P_IPV6):
		return suppress_nd(pkt, from);
	default:
		return false;
	}
}
