// SPDX-License-Identifier: GPL-2.0
/*
 * The benchmark's rules in the words of other switches, which are to do the same.
 */
#include <arpa/inet.h>

#include "aclcheck.h"

/* A prefix of ports; a range is a few of them. */
struct masked_ports {
	u16 value;
	u16 mask;
};

#define MASKED_MAX	32

static void nft_ports(const char *protocol, const char *word, const struct model_ports *ports)
{
	printf(" %s %s %u", protocol, word, ports->first);
	if (ports->last != ports->first)
		printf("-%u", ports->last);
}

static void nft_address(const char *word, const struct model_prefix *prefix)
{
	printf(" %s %s ", prefix->v6 ? "ip6" : "ip", word);
	acl_text_prefix(stdout, prefix);
}

void aclcheck_nft_rule(const struct model_rule *rule)
{
	const char *protocol = rule->protocol == MODEL_TCP ? "tcp" : "udp";

	if (rule->asked & MODEL_ASK_SRC)
		nft_address("saddr", &rule->src);
	if (rule->asked & MODEL_ASK_DST)
		nft_address("daddr", &rule->dst);
	if (rule->asked & MODEL_ASK_SPORT)
		nft_ports(protocol, "sport", &rule->sport);
	if (rule->asked & MODEL_ASK_DPORT)
		nft_ports(protocol, "dport", &rule->dport);
	printf(" counter %s\n", acl_text_verdict(rule->verdict));
}

/* Return: how many prefixes @ports are, the largest that fit one after the other. */
static int mask_ports(struct masked_ports *masked, bool asked, const struct model_ports *ports)
{
	u32 at = ports->first, size;
	int n = 0;

	if (!asked) {
		masked[0] = (struct masked_ports){ 0, 0 };
		return 1;
	}
	while (at <= ports->last) {
		for (size = 1; !(at & size) && at + 2 * size - 1 <= ports->last; size *= 2)
			;
		masked[n++] = (struct masked_ports){ at, ~(size - 1) };
		at += size;
	}
	return n;
}

static void ovs_ports(const char *word, const struct masked_ports *ports)
{
	if (ports->mask == 0xffff)
		printf(",%s=%u", word, ports->value);
	else if (ports->mask)
		printf(",%s=0x%x/0x%x", word, ports->value, ports->mask);
}

static void ovs_address(const char *word, const struct model_prefix *prefix)
{
	printf(",%s_%s=", prefix->v6 ? "ipv6" : "nw", word);
	acl_text_prefix(stdout, prefix);
}

static const char *ovs_protocol(const struct model_rule *rule, bool v6)
{
	if (!(rule->asked & MODEL_ASK_PROTOCOL))
		return v6 ? "ipv6" : "ip";
	if (rule->protocol == MODEL_TCP)
		return v6 ? "tcp6" : "tcp";
	return v6 ? "udp6" : "udp";
}

static void ovs_flow(const struct model_rule *rule, u32 priority, bool v6,
		     const struct masked_ports *sport, const struct masked_ports *dport)
{
	printf("priority=%u,%s", priority, ovs_protocol(rule, v6));
	if (rule->asked & MODEL_ASK_SRC)
		ovs_address("src", &rule->src);
	if (rule->asked & MODEL_ASK_DST)
		ovs_address("dst", &rule->dst);
	ovs_ports("tp_src", sport);
	ovs_ports("tp_dst", dport);
	printf(",actions=%s\n", rule->verdict == CVSWITCH_VERDICT_ACCEPT ? "NORMAL" : "drop");
}

/* One flow for each IP version and each pair of prefixes of ports. */
void aclcheck_ovs_rule(const struct model_rule *rule, u32 priority)
{
	struct masked_ports sport[MASKED_MAX], dport[MASKED_MAX];
	int sports = mask_ports(sport, rule->asked & MODEL_ASK_SPORT, &rule->sport);
	int dports = mask_ports(dport, rule->asked & MODEL_ASK_DPORT, &rule->dport);
	u16 type = model_ethertype(rule);
	int v6, s, d;

	for (v6 = 0; v6 < 2; v6++) {
		if (type && type != (v6 ? MODEL_TYPE_IPV6 : MODEL_TYPE_IPV4))
			continue;
		for (s = 0; s < sports; s++)
			for (d = 0; d < dports; d++)
				ovs_flow(rule, priority, v6, &sport[s], &dport[d]);
	}
}
