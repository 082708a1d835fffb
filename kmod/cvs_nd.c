// SPDX-License-Identifier: GPL-2.0
#include "cvs_nd.h"

#include <linux/icmpv6.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>

#include "cvs_key.h"

/* Longer ones, which would have to be fragments on some links, are none (RFC 6980). */
#define MESSAGE_MAX	IPV6_MIN_MTU

#define HOP_LIMIT	255

/* Flags of an advertisement (RFC 4861, 4.4) */
#define FLAG_ROUTER	0x80000000
#define FLAG_SOLICITED	0x40000000
#define FLAG_OVERRIDE	0x20000000

/* Options (RFC 4861, 4.6.1) */
#define OPTION_SOURCE	1
#define OPTION_TARGET	2

/* RFC 4861, 4.3 and 4.4: what solicitations and advertisements begin with. */
struct message {
	u8 type;
	u8 code;
	__sum16 checksum;
	__be32 flags;
	struct in6_addr target;
};

/* RFC 4861, 4.2: a router's advertisement begins otherwise, but is as long at least. */
#define ROUTER_ADVERT_MIN	16

/* RFC 4861, 4.6.1: the only length that one has by Ethernet (RFC 2464, 6). */
struct option {
	u8 type;
	u8 len;		/* in units of 8 bytes */
	u8 mac[ETH_ALEN];
};

/* RFC 8200, 8.1: what a checksum covers besides the message. */
struct pseudo {
	struct in6_addr source;
	struct in6_addr destination;
	__be32 len;
	__be32 protocol;
};

struct advert {
	struct ipv6hdr ip6;
	struct message message;
	struct option option;
};

static_assert(sizeof(struct advert) == CVS_ND_ADVERT_LEN);

static bool is_group(const struct in6_addr *addr)
{
	return addr->s6_addr[0] == 0xff;
}

static bool is_link_local(const struct in6_addr *addr)
{
	return (addr->s6_addr32[0] & htonl(0xffc00000)) == htonl(0xfe800000);
}

static __wsum pseudo_sum(const struct in6_addr *source, const struct in6_addr *destination,
			 unsigned int len)
{
	const struct pseudo pseudo = {
		.source = *source,
		.destination = *destination,
		.len = htonl(len),
		.protocol = htonl(IPPROTO_ICMPV6),
	};

	return csum_partial(&pseudo, sizeof(pseudo), 0);
}

/* Piece by piece, each of an even length but the last. */
static bool checksum_is_right(const struct sk_buff *skb, const struct cvs_nd *nd, unsigned int len)
{
	__wsum sum = pseudo_sum(&nd->source, &nd->destination, len);
	unsigned int at, n;
	u8 buf[128];
	const u8 *piece;

	for (at = 0; at < len; at += n) {
		n = min_t(unsigned int, len - at, sizeof(buf));
		piece = skb_header_pointer(skb, sizeof(struct ipv6hdr) + at, n, buf);
		if (!piece)
			return false;
		sum = csum_partial(piece, n, sum);
	}
	return !csum_fold(sum);
}

/*
 * Read the options from @at to @len in the message, and of the first of type
 * @wanted the address. Return: false if there is something else than options.
 */
static bool read_options(const struct sk_buff *skb, unsigned int at, unsigned int len,
			 u8 wanted, u64 *mac)
{
	const struct option *option;
	struct option buf;

	for (*mac = 0; at < len; at += option->len * 8) {
		if (len - at < sizeof(buf))
			return false;
		option = skb_header_pointer(skb, sizeof(struct ipv6hdr) + at, sizeof(buf), &buf);
		if (!option || !option->len || option->len * 8 > len - at)
			return false;
		if (option->type != wanted || *mac)
			continue;
		if (option->len != sizeof(buf) / 8)
			return false;
		*mac = cvs_mac_from(option->mac);
	}
	return true;
}

/* What RFC 4861, 7.1.1 asks of a solicitation. */
static bool solicit_is_valid(const struct cvs_nd *nd)
{
	if (is_group(&nd->target))
		return false;
	return !cvs_nd_is_nobody(&nd->source) ||
	       (!nd->mac && cvs_nd_is_to_group_of(&nd->destination, &nd->target));
}

/* And 7.1.2 of an advertisement. */
static bool advert_is_valid(const struct cvs_nd *nd)
{
	return !is_group(&nd->target) && !(nd->solicited && is_group(&nd->destination));
}

/* Read what stands before the options. Return: its length, or 0. */
static unsigned int read_message(const struct sk_buff *skb, struct cvs_nd *nd, unsigned int len)
{
	struct message buf;
	const struct message *message;
	u32 flags;

	if (len < ROUTER_ADVERT_MIN)
		return 0;
	message = skb_header_pointer(skb, sizeof(struct ipv6hdr), ROUTER_ADVERT_MIN, &buf);
	if (!message || message->code)
		return 0;
	nd->type = message->type;
	if (nd->type == CVS_ND_ROUTER_ADVERT) {
		nd->target = nd->source;
		nd->router = true;
		nd->override = true;
		return ROUTER_ADVERT_MIN;
	}
	if ((nd->type != CVS_ND_SOLICIT && nd->type != CVS_ND_ADVERT) || len < sizeof(buf))
		return 0;
	message = skb_header_pointer(skb, sizeof(struct ipv6hdr), sizeof(buf), &buf);
	if (!message)
		return 0;
	nd->target = message->target;
	if (nd->type == CVS_ND_ADVERT) {
		flags = ntohl(message->flags);
		nd->router = flags & FLAG_ROUTER;
		nd->solicited = flags & FLAG_SOLICITED;
		nd->override = flags & FLAG_OVERRIDE;
	}
	return sizeof(buf);
}

static bool is_valid(const struct cvs_nd *nd)
{
	switch (nd->type) {
	case CVS_ND_SOLICIT:
		return solicit_is_valid(nd);
	case CVS_ND_ADVERT:
		return advert_is_valid(nd);
	default:
		/* RFC 4861, 6.1.2 */
		return is_link_local(&nd->source);
	}
}

/**
 * cvs_nd_parse() - read a message of neighbour discovery
 * @skb: a frame whose type is IPv6, its data behind the Ethernet header; only
 *	read
 * @nd: where to; undefined if the result is false
 *
 * A message that has an extension header before it isn't looked for, nor one
 * that is a fragment (RFC 6980).
 *
 * Context: any.
 * Return: false if it isn't one of &enum cvs_nd_type, or one that RFC 4861
 * (6.1.2, 7.1.1, 7.1.2) has its receivers ignore.
 */
bool cvs_nd_parse(const struct sk_buff *skb, struct cvs_nd *nd)
{
	unsigned int len, options;
	struct ipv6hdr buf;
	const struct ipv6hdr *ip6;

	ip6 = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	if (!ip6 || ip6->nexthdr != IPPROTO_ICMPV6 || ip6->hop_limit != HOP_LIMIT ||
	    ip6->version != 6)
		return false;
	len = ntohs(ip6->payload_len);
	if (len > MESSAGE_MAX)
		return false;
	*nd = (struct cvs_nd) {
		.source = ip6->saddr,
		.destination = ip6->daddr,
	};
	options = read_message(skb, nd, len);
	return options &&
	       read_options(skb, options, len,
			    nd->type == CVS_ND_ADVERT ? OPTION_TARGET : OPTION_SOURCE, &nd->mac) &&
	       is_valid(nd) && checksum_is_right(skb, nd, len);
}

/**
 * cvs_nd_is_to_group_of() - is an address the solicited-node group of another?
 * @destination: the first
 * @target: the other
 *
 * Return: the answer (RFC 4291, 2.7.1).
 */
bool cvs_nd_is_to_group_of(const struct in6_addr *destination, const struct in6_addr *target)
{
	return destination->s6_addr32[0] == htonl(0xff020000) && !destination->s6_addr32[1] &&
	       destination->s6_addr32[2] == htonl(1) &&
	       destination->s6_addr32[3] ==
	       (htonl(0xff000000) | (target->s6_addr32[3] & htonl(0xffffff)));
}

/**
 * cvs_nd_put_advert() - write an advertisement with its option
 * @data: where to, CVS_ND_ADVERT_LEN bytes, from the IPv6 header on
 * @nd: what it says; @nd->type is of no account
 *
 * Context: any.
 */
void cvs_nd_put_advert(u8 *data, const struct cvs_nd *nd)
{
	const unsigned int len = sizeof(struct message) + sizeof(struct option);
	struct advert advert = {
		.ip6 = {
			.version = 6,
			.payload_len = htons(len),
			.nexthdr = IPPROTO_ICMPV6,
			.hop_limit = HOP_LIMIT,
			.saddr = nd->source,
			.daddr = nd->destination,
		},
		.message = {
			.type = CVS_ND_ADVERT,
			.flags = htonl((nd->router ? FLAG_ROUTER : 0) |
				       (nd->solicited ? FLAG_SOLICITED : 0) |
				       (nd->override ? FLAG_OVERRIDE : 0)),
			.target = nd->target,
		},
		.option = {
			.type = OPTION_TARGET,
			.len = sizeof(struct option) / 8,
		},
	};

	cvs_mac_store(advert.option.mac, nd->mac);
	advert.message.checksum = csum_fold(csum_partial(&advert.message, len,
							 pseudo_sum(&nd->source, &nd->destination,
								    len)));
	memcpy(data, &advert, sizeof(advert));
}
