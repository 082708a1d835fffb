// SPDX-License-Identifier: GPL-2.0
#include "cvs_underlay.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>
#include <net/udp_tunnel.h>

#include "cvs_remote.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"
#include "cvs_udp.h"
#include "cvs_vtep.h"
#include "cvs_vxlan.h"

static struct net *net_of(const struct cvs_remote *remote)
{
	return dev_net(remote->tunnel->sw->dev);
}

static struct sock *socket_of(const struct cvs_remote *remote)
{
	return READ_ONCE(remote->tunnel->udp)->sock->sk;
}

/* What decides the route: the DSCP that was set, not one that is inherited. */
static u8 route_dsfield(const struct cvs_tunnel_config *config)
{
	return config->dscp == CVSWITCH_DSCP_INHERIT ? 0 : config->dscp << 2;
}

static struct dst_entry *route4(struct cvs_remote *remote,
				const struct cvs_tunnel_config *config,
				struct in6_addr *source)
{
	struct flowi4 fl4 = {
		.flowi4_oif = config->device,
		.flowi4_proto = IPPROTO_UDP,
		.daddr = cvs_vtep_v4(&remote->addr),
		.saddr = cvs_vtep_v4(&config->local),
		.fl4_dport = htons(config->port),
	};
	struct rtable *rt;
	__be32 saddr;

	rt = dst_cache_get_ip4(&remote->route, &saddr);
	if (likely(rt)) {
		cvs_vtep_set_v4(source, saddr);
		return &rt->dst;
	}
	cvs_flow_set_dsfield(&fl4, route_dsfield(config));
	rt = ip_route_output_key(net_of(remote), &fl4);
	if (IS_ERR(rt))
		return ERR_CAST(rt);
	dst_cache_set_ip4(&remote->route, &rt->dst, fl4.saddr);
	cvs_vtep_set_v4(source, fl4.saddr);
	return &rt->dst;
}

static struct dst_entry *route6(struct cvs_remote *remote,
				const struct cvs_tunnel_config *config,
				struct in6_addr *source)
{
	struct flowi6 fl6 = {
		.flowi6_oif = config->device,
		.flowi6_proto = IPPROTO_UDP,
		.daddr = remote->addr,
		.saddr = config->local,
		.fl6_dport = htons(config->port),
		.flowlabel = ip6_make_flowinfo(route_dsfield(config), 0),
	};
	struct dst_entry *dst;

	dst = dst_cache_get_ip6(&remote->route, source);
	if (likely(dst))
		return dst;
	dst = ip6_dst_lookup_flow(net_of(remote), socket_of(remote), &fl6, NULL);
	if (IS_ERR(dst))
		return dst;
	dst_cache_set_ip6(&remote->route, dst, &fl6.saddr);
	*source = fl6.saddr;
	return dst;
}

/**
 * cvs_underlay_route() - find the way to a remote
 * @remote: the remote
 * @config: its tunnel's settings
 * @way: its route and source address are set
 *
 * Context: RCU, BH off.
 * Return: 0 or an error.
 */
int cvs_underlay_route(struct cvs_remote *remote, const struct cvs_tunnel_config *config,
		       struct cvs_way *way)
{
	way->dst = cvs_vtep_is_v4(&remote->addr) ? route4(remote, config, &way->source) :
						   route6(remote, config, &way->source);
	return PTR_ERR_OR_ZERO(way->dst);
}

/**
 * cvs_underlay_send() - send a frame that has its VXLAN header
 * @skb: the frame; gone afterwards
 * @remote: the remote
 * @config: its tunnel's settings
 * @way: the way; its reference is gone afterwards
 *
 * Context: RCU, BH off.
 */
void cvs_underlay_send(struct sk_buff *skb, const struct cvs_remote *remote,
		       const struct cvs_tunnel_config *config, const struct cvs_way *way)
{
	struct sock *sk = socket_of(remote);
	struct rtable *rt;

	if (cvs_vtep_is_v4(&remote->addr)) {
		rt = container_of(way->dst, struct rtable, dst);
		cvs_udp_tunnel_xmit(rt, sk, skb, cvs_vtep_v4(&way->source),
				    cvs_vtep_v4(&remote->addr), way->dsfield,
				    config->ttl ?: ip4_dst_hoplimit(way->dst),
				    way->dont_fragment ? htons(IP_DF) : 0, way->port,
				    htons(config->port), !config->checksum);
	} else {
		/* Neither the sender's namespace nor marks of its host go along. */
		skb_scrub_packet(skb, true);
		/* Without it IPv6 refuses to fragment. */
		skb->ignore_df = !way->dont_fragment;
		cvs_udp_tunnel6_xmit(way->dst, sk, skb, &way->source, &remote->addr,
				     way->dsfield, config->ttl ?: ip6_dst_hoplimit(way->dst),
				     way->port, htons(config->port), !config->checksum);
	}
}
