// SPDX-License-Identifier: GPL-2.0
#include "subject.h"

#include <linux/cvswitch.h>
#include <linux/if_ether.h>

#include "world.h"

#define BIT(name)	(1ull << CVSWITCH_A_RULE_##name)

#define SAYS	(BIT(DIRECTION) | BIT(VERDICT))
#define ADDRESSES (BIT(SRC) | BIT(SRC_LEN) | BIT(SRC_GROUP) | BIT(DST) | BIT(DST_LEN) | \
		   BIT(DST_GROUP) | BIT(FRAGMENT) | BIT(ETHERTYPE))
#define L4_PORTS (BIT(SPORT) | BIT(SPORT_END) | BIT(SPORT_GROUP) | BIT(DPORT) | \
		  BIT(DPORT_END) | BIT(DPORT_GROUP))
#define MACS	(BIT(SRC_MAC) | BIT(SRC_MAC_MASK) | BIT(SRC_MAC_GROUP) | BIT(DST_MAC) | \
		 BIT(DST_MAC_MASK) | BIT(DST_MAC_GROUP))
#define TCP	(BIT(TCP_FLAGS) | BIT(TCP_FLAGS_MASK))
#define ICMP	(BIT(ICMP_TYPE) | BIT(ICMP_CODE))
#define CLAIMS	(BIT(SENDER_MAC) | BIT(TARGET_MAC))
#define TARGET	(BIT(ND_TARGET) | BIT(ND_TARGET_LEN))

static const struct topic topics[] = {
	{ .always = SAYS, .asks = MACS | BIT(ETHERTYPE) | BIT(VLAN) },
	{ .always = SAYS, .asks = ADDRESSES | BIT(PROTOCOL) },
	{ .always = SAYS, .asks = ADDRESSES | BIT(PROTOCOL) | L4_PORTS, .protocol = 17 },
	{ .always = SAYS, .asks = ADDRESSES | BIT(PROTOCOL) | L4_PORTS | TCP, .protocol = 6 },
	{ .always = SAYS | BIT(PROTOCOL), .asks = ADDRESSES | ICMP, .protocol = 1, .v4 = true },
	{ .always = SAYS | BIT(PROTOCOL), .asks = ADDRESSES | ICMP | TARGET | CLAIMS,
	  .protocol = 58, .v6 = true },
	{ .always = SAYS | BIT(ARP_OP), .ethertype = ETH_P_ARP, .v4 = true,
	  .asks = (ADDRESSES & ~BIT(FRAGMENT)) | CLAIMS | MACS },
};

const struct topic *topic_any(uint64_t *rng)
{
	return &topics[below(rng, ARRAY_LEN(topics))];
}

bool topic_asks(const struct subject *subject, uint16_t type, uint64_t *rng)
{
	const enum role role = spec_rule.attr[type].role;
	const uint64_t bit = 1ull << type;

	if (subject->topic->always & bit)
		return !one_in(rng, 60);
	if (bit & (BIT(LOG) | BIT(COMMENT)))
		return one_in(rng, 6);
	if (!(subject->topic->asks & bit))
		return one_in(rng, 200);
	/* Besides an address or a port, its group can't be asked for. */
	if (role >= ROLE_IP_GROUP && role <= ROLE_PORT_GROUP)
		return one_in(rng, 8);
	return one_in(rng, 3);
}
