// SPDX-License-Identifier: GPL-2.0
/* udp_tunnel_xmit_skb() takes flags for the control block (6.17) */
#include <net/udp_tunnel.h>

void probe(struct rtable *rt, struct sock *sk, struct sk_buff *skb)
{
	udp_tunnel_xmit_skb(rt, sk, skb, 0, 0, 0, 0, 0, 0, 0, true, false, 0);
}
