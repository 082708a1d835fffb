// SPDX-License-Identifier: GPL-2.0
/*
 * Is a frame from whom it says it is? What a container says of itself is in
 * more places than one: each of them is looked at, behind tags and extension
 * headers, and where that can't be done the frame is no good.
 */
#include "cvs_identity.h"

#include <linux/icmp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/slab.h>

#include "cvs_arp.h"
#include "cvs_flow.h"

/* RFC 2131, 4.1; RFC 8415, 7.2 */
#define DHCP_SERVER	67
#define DHCP_CLIENT	68
#define DHCP6_CLIENT	546

/* RFC 1256, 3 */
#define ICMP_ROUTER_ADVERT	9

/* RFC 4861, 4; RFC 2710, 3 and RFC 3810, 5.2 */
#define ROUTER_SOLICIT	133
#define ROUTER_ADVERT	134
#define NEIGH_SOLICIT	135
#define NEIGH_ADVERT	136
#define REDIRECT	137
#define MLD_REPORT	131
#define MLD_DONE	132
#define MLD2_REPORT	143

/**
 * cvs_identity_alloc() - make an identity that says nothing
 * @ips: how many prefixes of IP addresses it will have
 *
 * Context: may sleep.
 * Return: the identity, which kfree() or kfree_rcu() frees; or NULL.
 */
struct cvs_identity *cvs_identity_alloc(unsigned int ips)
{
	struct cvs_identity *identity;

	return kzalloc(struct_size(identity, ips, ips), GFP_KERNEL_ACCOUNT);
}

static noinline bool has_mac(const struct cvs_identity *identity, u64 mac)
{
	int i;

	for (i = 0; i < identity->mac_count; i++)
		if (identity->macs[i] == mac)
			return true;
	return !identity->mac_count;
}

static noinline bool has_ip(const struct cvs_identity *identity, const struct cvs_addr *addr,
			    bool v4)
{
	const struct cvs_identity_ip *ip;

	for (ip = identity->ips; ip < &identity->ips[identity->ip_count]; ip++)
		if (ip->v4 == v4 && cvs_addr_is_within(addr, &ip->addr, &ip->mask))
			return true;
	return !identity->ip_count;
}

/* As has_ip(); most containers have one address. The upper halves are all alike. */
static __always_inline bool has_ip4(const struct cvs_identity *identity,
				    const struct cvs_addr *addr)
{
	const struct cvs_identity_ip *first = identity->ips;

	return likely(identity->ip_count && first->v4 &&
		      !((addr->lo ^ first->addr.lo) & first->mask.lo)) ||
	       has_ip(identity, addr, true);
}

static bool is_nobody(const struct cvs_addr *addr)
{
	return !(addr->hi | addr->lo);
}

static bool is_nobody4(const struct cvs_addr *addr)
{
	return !addr->hi && addr->lo == CVS_ADDR_MAPPED;
}

/* The link-local address that a MAC address makes (RFC 4291, appendix A). */
static bool is_link_local_of(const struct cvs_addr *addr, u64 mac)
{
	/* Its first byte is the lowest of the number, and the highest here. */
	u64 id = swab64(mac) ^ BIT_ULL(57);

	return addr->hi == 0xfe80ULL << 48 &&
	       addr->lo == ((id & GENMASK_ULL(63, 40)) | 0xfffeULL << 24 |
			    (id >> 16 & GENMASK_ULL(23, 0)));
}

/* Its own, or what its MAC address makes of itself. */
static bool has_ip6(const struct cvs_identity *identity, const struct cvs_addr *addr)
{
	int i;

	for (i = 0; i < identity->mac_count; i++)
		if (is_link_local_of(addr, identity->macs[i]))
			return true;
	return has_ip(identity, addr, false);
}

/* Before it has an address, it asks for one (RFC 2131, 4.1). */
static bool asks_for_ip4(const struct cvs_flow *flow)
{
	return is_nobody4(&flow->src) && flow->protocol == IPPROTO_UDP &&
	       flow->has & BIT(CVS_FLOW_PORTS) && flow->sport == DHCP_CLIENT &&
	       flow->dport == DHCP_SERVER;
}

static __always_inline int check_ip4(const struct cvs_identity *identity,
				     const struct cvs_flow *flow)
{
	if (!has_ip4(identity, &flow->src) && !asks_for_ip4(flow))
		return CVSWITCH_DROP_REASON_SPOOFED_IP4;
	/* Later fragments have no ports, and nobody gets the first. */
	if (unlikely(flow->dport == DHCP_CLIENT) && flow->protocol == IPPROTO_UDP &&
	    flow->has & BIT(CVS_FLOW_PORTS) && !identity->dhcp_server)
		return CVSWITCH_DROP_REASON_DHCP_SERVER;
	if (unlikely(flow->has & BIT(CVS_FLOW_ICMP)) && !identity->router &&
	    (flow->sport == ICMP_REDIRECT || flow->sport == ICMP_ROUTER_ADVERT))
		return CVSWITCH_DROP_REASON_ROUTER_ADVERT;
	return -1;
}

/*
 * Neighbour discovery. A solicitation that detects duplicates speaks for who
 * wants the address, an advertisement for who has it.
 */
static int check_nd(const struct cvs_identity *identity, const struct cvs_flow *flow)
{
	bool claims = flow->sport == NEIGH_ADVERT ||
		      (flow->sport == NEIGH_SOLICIT && is_nobody(&flow->src));

	if (flow->sport < ROUTER_SOLICIT || flow->sport > REDIRECT)
		return -1;
	if (flow->sport == ROUTER_ADVERT || flow->sport == REDIRECT)
		return identity->router ? -1 : CVSWITCH_DROP_REASON_ROUTER_ADVERT;
	if (flow->fragment != CVSWITCH_FRAGMENT_WHOLE)
		return CVSWITCH_DROP_REASON_SPOOFED_ND;
	if (flow->has & BIT(CVS_FLOW_SENDER_MAC) && !has_mac(identity, flow->sender_mac))
		return CVSWITCH_DROP_REASON_SPOOFED_ND;
	if (!claims)
		return -1;
	if (!(flow->has & BIT(CVS_FLOW_ND_TARGET)) || !has_ip6(identity, &flow->nd_target))
		return CVSWITCH_DROP_REASON_SPOOFED_ND;
	if (flow->has & BIT(CVS_FLOW_TARGET_MAC) && !has_mac(identity, flow->target_mac))
		return CVSWITCH_DROP_REASON_SPOOFED_ND;
	return -1;
}

/* What may be sent before there is an address (RFC 4861, RFC 4862, RFC 3590). */
static bool may_be_nobody(const struct cvs_flow *flow)
{
	if (!(flow->has & BIT(CVS_FLOW_ICMP)))
		return false;
	switch (flow->sport) {
	case ROUTER_SOLICIT:
	case NEIGH_SOLICIT:
	case MLD_REPORT:
	case MLD_DONE:
	case MLD2_REPORT:
		return true;
	}
	return false;
}

static int check_ip6(const struct cvs_identity *identity, const struct cvs_flow *flow)
{
	if (!has_ip6(identity, &flow->src) && !(is_nobody(&flow->src) && may_be_nobody(flow)))
		return CVSWITCH_DROP_REASON_SPOOFED_IP6;
	if (flow->has & BIT(CVS_FLOW_ICMP))
		return check_nd(identity, flow);
	if (flow->protocol == IPPROTO_UDP && flow->has & BIT(CVS_FLOW_PORTS) &&
	    flow->dport == DHCP6_CLIENT && !identity->dhcp_server)
		return CVSWITCH_DROP_REASON_DHCP_SERVER;
	return -1;
}

/*
 * RFC 826; RFC 5227, 2.1.1 for the probe, which has no sender's address. Whoever
 * probes for the same address has to give it up: so it is to be its own.
 */
static int check_arp(const struct cvs_identity *identity, const struct cvs_flow *flow)
{
	bool probe = is_nobody4(&flow->src) && flow->sport == CVS_ARP_REQUEST &&
		     has_ip4(identity, &flow->dst);

	if (!(flow->has & BIT(CVS_FLOW_ARP)) || flow->sender_mac != flow->src_mac ||
	    !has_mac(identity, flow->sender_mac))
		return CVSWITCH_DROP_REASON_SPOOFED_ARP;
	if (!probe && !has_ip4(identity, &flow->src))
		return CVSWITCH_DROP_REASON_SPOOFED_ARP;
	return -1;
}

static noinline int check_others(const struct cvs_identity *identity,
				 const struct cvs_flow *flow)
{
	switch (flow->ethertype) {
	case ETH_P_IPV6:
		return check_ip6(identity, flow);
	case ETH_P_ARP:
	case ETH_P_RARP:
		return check_arp(identity, flow);
	}
	return -1;
}

/**
 * cvs_identity_check() - is a frame from whom it says it is?
 * @identity: who its sender is
 * @flow: the frame
 *
 * Context: any.
 * Return: &enum cvswitch_drop_reason, or -1 if it is.
 */
int cvs_identity_check(const struct cvs_identity *identity, const struct cvs_flow *flow)
{
	/* Without any, the first is 0, which no frame has. */
	if (unlikely(identity->macs[0] != flow->src_mac) && !has_mac(identity, flow->src_mac))
		return CVSWITCH_DROP_REASON_SPOOFED_MAC;
	if (likely(flow->ethertype == ETH_P_IP))
		return check_ip4(identity, flow);
	return check_others(identity, flow);
}
