// SPDX-License-Identifier: GPL-2.0
#include "cvs_match.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/string.h>

#include "cvs_prefix.h"

/* Every byte of it counts when two are compared. */
static_assert(sizeof(struct cvs_match) == 4 * 16 + 8 * 2 + 12 + 4 + 6 * 8 + 2 * 16);

/* What a rule asks that asks nothing. */
const struct cvs_match cvs_match_all = {
	.sport_last = U16_MAX,
	.dport_last = U16_MAX,
	.ethertype_last = U16_MAX,
	.vid_last = U16_MAX,
	.protocol_last = U8_MAX,
	.fragment = U8_MAX,
};

/* Parts that only a frame of IP has. */
#define CVS_MATCH_IP							\
	(BIT(CVS_FLOW_IP) | BIT(CVS_FLOW_PORTS) | BIT(CVS_FLOW_TCP) |	\
	 BIT(CVS_FLOW_ICMP) | BIT(CVS_FLOW_ND_TARGET))

static bool asks(const struct cvs_match *match, enum cvs_match_field field)
{
	return match->fields & BIT(field);
}

static bool refers(const struct cvs_match *match, enum cvs_match_ref ref)
{
	return match->refs & BIT(ref);
}

/* Make the mask. Return: false if there are bits outside of it. */
static bool mask_prefix(const struct cvs_addr *addr, struct cvs_addr *mask, u8 len)
{
	*mask = cvs_prefix_mask(len);
	return cvs_prefix_is_exact(addr, len);
}

/* The ethertype that something asks for. Return: false if another one is there. */
static bool imply_ethertype(struct cvs_match *match, u16 ethertype)
{
	if (!asks(match, CVS_MATCH_ETHERTYPE)) {
		match->fields |= BIT(CVS_MATCH_ETHERTYPE);
		match->ethertype_first = ethertype;
		match->ethertype_last = ethertype;
	}
	return match->ethertype_first == ethertype;
}

static bool imply_protocol(struct cvs_match *match, u8 protocol)
{
	if (!asks(match, CVS_MATCH_PROTOCOL)) {
		match->fields |= BIT(CVS_MATCH_PROTOCOL);
		match->protocol_first = protocol;
		match->protocol_last = protocol;
	}
	return match->protocol_first == protocol;
}

static bool is_arp(const struct cvs_match *match)
{
	return asks(match, CVS_MATCH_ETHERTYPE) && match->ethertype_first == ETH_P_ARP;
}

static const char *finish_address(struct cvs_match *match, enum cvs_match_field field,
				  const struct cvs_addr *addr, struct cvs_addr *mask, u8 len)
{
	if (!asks(match, field))
		return NULL;
	if (!mask_prefix(addr, mask, len))
		return "The address has bits behind its prefix length";
	if (!cvs_prefix_is_v4(addr, len)) {
		if (!imply_ethertype(match, ETH_P_IPV6))
			return "An IPv6 address in a rule for something else";
		return NULL;
	}
	if (!is_arp(match) && !imply_ethertype(match, ETH_P_IP))
		return "An IPv4 address in a rule for something else";
	return NULL;
}

static const char *finish_addresses(struct cvs_match *match)
{
	const char *err;

	if ((asks(match, CVS_MATCH_SRC) && refers(match, CVS_REF_SRC)) ||
	    (asks(match, CVS_MATCH_DST) && refers(match, CVS_REF_DST)) ||
	    (asks(match, CVS_MATCH_SRC_MAC) && refers(match, CVS_REF_SRC_MAC)) ||
	    (asks(match, CVS_MATCH_DST_MAC) && refers(match, CVS_REF_DST_MAC)))
		return "An address and a group of addresses for the same";
	err = finish_address(match, CVS_MATCH_SRC, &match->src, &match->src_mask,
			     match->src_len) ?:
	      finish_address(match, CVS_MATCH_DST, &match->dst, &match->dst_mask,
			     match->dst_len);
	if (err)
		return err;
	if (asks(match, CVS_MATCH_SRC) || asks(match, CVS_MATCH_DST) ||
	    refers(match, CVS_REF_SRC) || refers(match, CVS_REF_DST))
		match->need |= is_arp(match) ? BIT(CVS_FLOW_ARP) : BIT(CVS_FLOW_IP);
	if ((match->src_mac & ~match->src_mac_mask) || (match->dst_mac & ~match->dst_mac_mask))
		return "The MAC address has bits outside of its mask";
	return NULL;
}

static bool has_ports(const struct cvs_match *match)
{
	if (!asks(match, CVS_MATCH_PROTOCOL))
		return true;
	switch (match->protocol_first) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		return true;
	}
	return false;
}

static const char *finish_ports(struct cvs_match *match)
{
	if (!asks(match, CVS_MATCH_SPORT) && !asks(match, CVS_MATCH_DPORT) &&
	    !refers(match, CVS_REF_SPORT) && !refers(match, CVS_REF_DPORT))
		return NULL;
	if ((asks(match, CVS_MATCH_SPORT) && refers(match, CVS_REF_SPORT)) ||
	    (asks(match, CVS_MATCH_DPORT) && refers(match, CVS_REF_DPORT)))
		return "A port and a group of ports for the same";
	if (match->sport_first > match->sport_last || match->dport_first > match->dport_last)
		return "A range of ports that ends before it begins";
	if (!has_ports(match))
		return "Ports for a protocol that has none";
	match->need |= BIT(CVS_FLOW_PORTS);
	return NULL;
}

static const char *finish_icmp(struct cvs_match *match)
{
	u16 ethertype;

	if (!asks(match, CVS_MATCH_ICMP_TYPE)) {
		if (asks(match, CVS_MATCH_ICMP_CODE))
			return "A code of ICMP without its type";
		return NULL;
	}
	if (!asks(match, CVS_MATCH_PROTOCOL) || (match->protocol_first != IPPROTO_ICMP &&
						 match->protocol_first != IPPROTO_ICMPV6))
		return "A type of ICMP needs the protocol ICMP or ICMPv6";
	ethertype = match->protocol_first == IPPROTO_ICMP ? ETH_P_IP : ETH_P_IPV6;
	if (!imply_ethertype(match, ethertype))
		return "ICMP goes with IPv4 and ICMPv6 with IPv6";
	if (match->need & BIT(CVS_FLOW_PORTS))
		return "ICMP has no ports";
	match->need |= BIT(CVS_FLOW_ICMP);
	return NULL;
}

static const char *finish_tcp(struct cvs_match *match)
{
	if (!asks(match, CVS_MATCH_TCP_FLAGS))
		return NULL;
	if (match->tcp_flags & ~match->tcp_mask)
		return "Flags of TCP outside of their mask";
	if (!imply_protocol(match, IPPROTO_TCP))
		return "Flags of TCP for another protocol";
	match->need |= BIT(CVS_FLOW_TCP);
	return NULL;
}

static const char *finish_arp(struct cvs_match *match)
{
	if (!asks(match, CVS_MATCH_ARP_OP))
		return NULL;
	if (!imply_ethertype(match, ETH_P_ARP))
		return "An operation of ARP in a rule for something else";
	match->need |= BIT(CVS_FLOW_ARP);
	return NULL;
}

static const char *finish_nd(struct cvs_match *match)
{
	if (asks(match, CVS_MATCH_SENDER_MAC))
		match->need |= BIT(CVS_FLOW_SENDER_MAC);
	if (asks(match, CVS_MATCH_TARGET_MAC))
		match->need |= BIT(CVS_FLOW_TARGET_MAC);
	if (!asks(match, CVS_MATCH_ND_TARGET))
		return NULL;
	if (!mask_prefix(&match->nd_target, &match->nd_target_mask, match->nd_target_len))
		return "The address has bits behind its prefix length";
	if (!imply_ethertype(match, ETH_P_IPV6) || !imply_protocol(match, IPPROTO_ICMPV6))
		return "A target of neighbour discovery goes with ICMPv6";
	match->need |= BIT(CVS_FLOW_ND_TARGET);
	return NULL;
}

/**
 * cvs_match_finish() - check what a rule asks, and put in what follows from it
 * @match: the fields that it asks about, those of the others as in
 *	cvs_match_all; no masks of IP prefixes, and nothing in @need
 *
 * An address tells the ethertype, and so on: afterwards the match needs no
 * other knowledge to be compared, printed or looked for.
 *
 * Context: any.
 * Return: NULL, or a sentence that says what is wrong, and lives for ever.
 */
const char *cvs_match_finish(struct cvs_match *match)
{
	const char *err;

	/* ARP first: what it implies says how addresses are meant. */
	err = finish_arp(match) ?: finish_nd(match) ?:
	      finish_tcp(match) ?: finish_ports(match) ?:
	      finish_icmp(match) ?: finish_addresses(match);
	if (err)
		return err;
	if (!match->fragment)
		return "No kind of fragment";
	if (asks(match, CVS_MATCH_PROTOCOL) || asks(match, CVS_MATCH_FRAGMENT))
		match->need |= BIT(CVS_FLOW_IP);
	if (match->need & CVS_MATCH_IP && asks(match, CVS_MATCH_ETHERTYPE) &&
	    match->ethertype_first != ETH_P_IP && match->ethertype_first != ETH_P_IPV6)
		return "Something of IP in a rule for something else";
	return NULL;
}

/* What rules seldom ask about. */
static noinline bool match_rest(const struct cvs_match *match, const struct cvs_flow *flow)
{
	return !((flow->src_mac ^ match->src_mac) & match->src_mac_mask) &&
	       !((flow->dst_mac ^ match->dst_mac) & match->dst_mac_mask) &&
	       (!asks(match, CVS_MATCH_SENDER_MAC) || flow->sender_mac == match->sender_mac) &&
	       (!asks(match, CVS_MATCH_TARGET_MAC) || flow->target_mac == match->target_mac) &&
	       cvs_addr_is_within(&flow->nd_target, &match->nd_target, &match->nd_target_mask);
}

#define CVS_MATCH_SELDOM						\
	(BIT(CVS_MATCH_SRC_MAC) | BIT(CVS_MATCH_DST_MAC) |		\
	 BIT(CVS_MATCH_SENDER_MAC) | BIT(CVS_MATCH_TARGET_MAC) |	\
	 BIT(CVS_MATCH_ND_TARGET))

/**
 * cvs_match_flow() - does a frame have what a rule asks?
 * @match: what the rule asks, groups left out
 * @flow: the frame
 *
 * Context: any.
 * Return: true if it does.
 */
bool cvs_match_flow(const struct cvs_match *match, const struct cvs_flow *flow)
{
	if (match->need & ~flow->has)
		return false;
	if (!cvs_addr_is_within(&flow->dst, &match->dst, &match->dst_mask) ||
	    !cvs_addr_is_within(&flow->src, &match->src, &match->src_mask))
		return false;
	if (flow->dport < match->dport_first || flow->dport > match->dport_last ||
	    flow->sport < match->sport_first || flow->sport > match->sport_last ||
	    flow->protocol < match->protocol_first || flow->protocol > match->protocol_last ||
	    flow->ethertype < match->ethertype_first ||
	    flow->ethertype > match->ethertype_last ||
	    flow->vid < match->vid_first || flow->vid > match->vid_last)
		return false;
	/* Who has no fragment bit has no IP, which would have been needed. */
	if (asks(match, CVS_MATCH_FRAGMENT) && !(flow->fragment & match->fragment))
		return false;
	if ((flow->tcp_flags ^ match->tcp_flags) & match->tcp_mask)
		return false;
	return likely(!(match->fields & CVS_MATCH_SELDOM)) || match_rest(match, flow);
}
