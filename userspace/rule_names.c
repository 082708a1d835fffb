// SPDX-License-Identifier: GPL-2.0
#include "rule_names.h"

#include <netinet/in.h>
#include <string.h>

#include <linux/if_ether.h>

#include "util.h"

#define NUMBERS(name, array) const struct numbers name = { array, ARRAY_SIZE(array) }

/* Whatever /etc/protocols says. */
static const struct number ip_protocol[] = {
	{ "icmp", IPPROTO_ICMP }, { "igmp", IPPROTO_IGMP }, { "ipip", IPPROTO_IPIP },
	{ "tcp", IPPROTO_TCP }, { "udp", IPPROTO_UDP }, { "dccp", IPPROTO_DCCP },
	{ "ip6ip", IPPROTO_IPV6 }, { "gre", IPPROTO_GRE }, { "esp", IPPROTO_ESP },
	{ "ah", IPPROTO_AH }, { "icmpv6", IPPROTO_ICMPV6 }, { "none", IPPROTO_NONE },
	{ "ospf", 89 }, { "pim", IPPROTO_PIM }, { "comp", IPPROTO_COMP }, { "vrrp", 112 },
	{ "l2tp", 115 }, { "sctp", IPPROTO_SCTP }, { "udplite", IPPROTO_UDPLITE },
	{ "ipv6-icmp", IPPROTO_ICMPV6 },
};

static const struct number port_protocol[] = {
	{ "tcp", IPPROTO_TCP }, { "udp", IPPROTO_UDP }, { "udplite", IPPROTO_UDPLITE },
	{ "sctp", IPPROTO_SCTP }, { "dccp", IPPROTO_DCCP },
};

static const struct number icmp_type[] = {
	{ "echo-reply", 0 }, { "destination-unreachable", 3 }, { "source-quench", 4 },
	{ "redirect", 5 }, { "echo-request", 8 }, { "router-advertisement", 9 },
	{ "router-solicitation", 10 }, { "time-exceeded", 11 }, { "parameter-problem", 12 },
	{ "timestamp-request", 13 }, { "timestamp-reply", 14 }, { "info-request", 15 },
	{ "info-reply", 16 }, { "address-mask-request", 17 }, { "address-mask-reply", 18 },
};

static const struct number icmpv6_type[] = {
	{ "destination-unreachable", 1 }, { "packet-too-big", 2 }, { "time-exceeded", 3 },
	{ "parameter-problem", 4 }, { "echo-request", 128 }, { "echo-reply", 129 },
	{ "mld-listener-query", 130 }, { "mld-listener-report", 131 },
	{ "mld-listener-done", 132 }, { "mld-listener-reduction", 132 },
	{ "nd-router-solicit", 133 }, { "nd-router-advert", 134 },
	{ "nd-neighbor-solicit", 135 }, { "nd-neighbor-advert", 136 }, { "nd-redirect", 137 },
	{ "router-renumbering", 138 }, { "ind-neighbor-solicit", 141 },
	{ "ind-neighbor-advert", 142 }, { "mld2-listener-report", 143 },
};

static const struct number arp_op[] = {
	{ "request", 1 }, { "reply", 2 }, { "rrequest", 3 }, { "rreply", 4 },
	{ "inrequest", 8 }, { "inreply", 9 }, { "nak", 10 },
};

static const struct number ether_type[] = {
	{ "ip", ETH_P_IP }, { "ip6", ETH_P_IPV6 }, { "arp", ETH_P_ARP },
};

static const struct number tcp_flag[] = {
	{ "fin", 0x01 }, { "syn", 0x02 }, { "rst", 0x04 }, { "psh", 0x08 }, { "ack", 0x10 },
	{ "urg", 0x20 }, { "ecn", 0x40 }, { "cwr", 0x80 }, { "ece", 0x40 },
};

NUMBERS(ip_protocols, ip_protocol);
NUMBERS(port_protocols, port_protocol);
NUMBERS(icmp_types, icmp_type);
NUMBERS(icmpv6_types, icmpv6_type);
NUMBERS(arp_ops, arp_op);
NUMBERS(ether_types, ether_type);
NUMBERS(tcp_flags, tcp_flag);

bool number_of(const struct numbers *numbers, const char *name, uint32_t *number)
{
	size_t i;

	for (i = 0; i < numbers->count; i++) {
		if (!strcmp(numbers->number[i].name, name)) {
			*number = numbers->number[i].number;
			return true;
		}
	}
	return false;
}

const char *name_of_number(const struct numbers *numbers, uint32_t number)
{
	size_t i;

	for (i = 0; i < numbers->count; i++) {
		if (numbers->number[i].number == number)
			return numbers->number[i].name;
	}
	return NULL;
}
