// SPDX-License-Identifier: GPL-2.0
/* UDP tunnels are given their sock, not their socket (7.2) */
#include <net/udp_tunnel.h>

void probe(struct sock *sk)
{
	udp_tunnel_sock_release(sk);
}
