// SPDX-License-Identifier: GPL-2.0
#include "cvs_gro.h"

#include <linux/etherdevice.h>
#include <net/gro.h>
#include <net/sock.h>

#include "cvs_vxlan.h"

/* A frame with another VXLAN header, even by a reserved bit, is another flow. */
static void compare(struct list_head *head, unsigned int offset, u64 header)
{
	struct sk_buff *held;

	list_for_each_entry(held, head, list) {
		if (NAPI_GRO_CB(held)->same_flow &&
		    cvs_vxlan_load(held->data + offset) != header)
			NAPI_GRO_CB(held)->same_flow = 0;
	}
}

/**
 * cvs_gro_receive() - compare a datagram to a tunnel with those that are held
 * @sk: the socket
 * @head: the datagrams held
 * @skb: the datagram, at its VXLAN header
 *
 * Context: NAPI, RCU.
 * Return: a held datagram that is complete now, or NULL.
 */
struct sk_buff *cvs_gro_receive(struct sock *sk, struct list_head *head, struct sk_buff *skb)
{
	unsigned int offset = skb_gro_offset(skb);
	struct sk_buff *done = NULL;
	int flush = 1;
	void *header;

	header = skb_gro_header(skb, offset + CVS_VXLAN_HLEN, offset);
	if (likely(header)) {
		compare(head, offset, cvs_vxlan_load(header));
		skb_gro_postpull_rcsum(skb, header, CVS_VXLAN_HLEN);
		skb_gro_pull(skb, CVS_VXLAN_HLEN);
		done = call_gro_receive(eth_gro_receive, head, skb);
		flush = 0;
	}
	skb_gro_flush_final(skb, done, flush);
	return done;
}

/**
 * cvs_gro_complete() - a datagram is complete
 * @sk: the socket
 * @skb: the datagram
 * @nhoff: where its VXLAN header is
 *
 * Context: NAPI, RCU.
 * Return: 0 or an error of the protocols inside.
 */
int cvs_gro_complete(struct sock *sk, struct sk_buff *skb, int nhoff)
{
	/* The protocols inside are found by the inner headers. */
	return eth_gro_complete(skb, nhoff + CVS_VXLAN_HLEN);
}
