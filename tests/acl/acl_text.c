// SPDX-License-Identifier: GPL-2.0
#include "acl_text.h"

#include <arpa/inet.h>

static const char *const verdicts[] = {
	[CVSWITCH_VERDICT_CONTINUE] = "continue",
	[CVSWITCH_VERDICT_ACCEPT] = "accept",
	[CVSWITCH_VERDICT_DROP] = "drop",
	[CVSWITCH_VERDICT_REJECT] = "reject",
	[CVSWITCH_VERDICT_NEXT] = "next",
};

static const char *const types[] = {
	[CVSWITCH_GROUP_TYPE_IP] = "ip",
	[CVSWITCH_GROUP_TYPE_MAC] = "mac",
	[CVSWITCH_GROUP_TYPE_PORT] = "port",
};

const char *acl_text_verdict(u8 verdict)
{
	return verdicts[verdict];
}

void acl_text_mac(FILE *file, const u8 *mac)
{
	fprintf(file, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
		mac[5]);
}

/* An address alone means all of its bits. */
void acl_text_prefix(FILE *file, const struct model_prefix *prefix)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(prefix->v6 ? AF_INET6 : AF_INET, prefix->addr, text, sizeof(text));
	fputs(text, file);
	if (prefix->len != (prefix->v6 ? 128 : 32))
		fprintf(file, "/%u", prefix->len);
}

static void put_ports(FILE *file, const struct model_ports *ports)
{
	if (ports->first == ports->last)
		fprintf(file, "%u", ports->first);
	else
		fprintf(file, "%u-%u", ports->first, ports->last);
}

static void put_masked(FILE *file, const char *word, const u8 *mac, const u8 *mask)
{
	static const u8 all[MODEL_MAC_LEN] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	fprintf(file, " ether %s ", word);
	acl_text_mac(file, mac);
	if (memcmp(mask, all, sizeof(all))) {
		fputc('/', file);
		acl_text_mac(file, mask);
	}
}

static void put_ether(FILE *file, const struct model_rule *rule)
{
	if (rule->asked & MODEL_ASK_SRC_MAC)
		put_masked(file, "saddr", rule->src_mac, rule->src_mac_mask);
	if (rule->asked & MODEL_ASK_DST_MAC)
		put_masked(file, "daddr", rule->dst_mac, rule->dst_mac_mask);
	if (rule->asked & MODEL_ASK_SRC_MAC_GROUP)
		fprintf(file, " ether saddr @mac%u", rule->src_mac_group);
	if (rule->asked & MODEL_ASK_DST_MAC_GROUP)
		fprintf(file, " ether daddr @mac%u", rule->dst_mac_group);
	if (rule->asked & MODEL_ASK_ETHERTYPE) {
		if (rule->ethertype == MODEL_TYPE_IPV4)
			fputs(" ether type ip", file);
		else if (rule->ethertype == MODEL_TYPE_IPV6)
			fputs(" ether type ip6", file);
		else if (rule->ethertype == MODEL_TYPE_ARP)
			fputs(" ether type arp", file);
		else
			fprintf(file, " ether type 0x%04x", rule->ethertype);
	}
	if (rule->asked & MODEL_ASK_VLAN)
		fprintf(file, " vlan id %u", rule->vlan);
}

static void put_address(FILE *file, const struct model_rule *rule, const char *word,
			const struct model_prefix *prefix)
{
	if (model_ethertype(rule) == MODEL_TYPE_ARP)
		fprintf(file, " arp %s ip ", word);
	else
		fprintf(file, " %s %s ", prefix->v6 ? "ip6" : "ip", word);
	acl_text_prefix(file, prefix);
}

/* Behind the word of a protocol, these would be its own. */
static void put_address_groups(FILE *file, const struct model_rule *rule)
{
	if (rule->asked & MODEL_ASK_SRC_GROUP)
		fprintf(file, " saddr @ip%u", rule->src_group);
	if (rule->asked & MODEL_ASK_DST_GROUP)
		fprintf(file, " daddr @ip%u", rule->dst_group);
}

static void put_addresses(FILE *file, const struct model_rule *rule)
{
	if (rule->asked & MODEL_ASK_SRC)
		put_address(file, rule, "saddr", &rule->src);
	if (rule->asked & MODEL_ASK_DST)
		put_address(file, rule, "daddr", &rule->dst);
}

/* The word for a protocol that has ports, or NULL. */
static const char *port_word(const struct model_rule *rule)
{
	if (!(rule->asked & MODEL_ASK_PROTOCOL))
		return "th";
	switch (rule->protocol) {
	case MODEL_TCP:
		return "tcp";
	case MODEL_UDP:
		return "udp";
	case MODEL_UDPLITE:
		return "udplite";
	case MODEL_SCTP:
		return "sctp";
	case MODEL_DCCP:
		return "dccp";
	}
	return NULL;
}

static void put_l4(FILE *file, const struct model_rule *rule)
{
	const char *word = port_word(rule);

	if (rule->asked & (MODEL_ASK_SPORT | MODEL_ASK_DPORT | MODEL_ASK_SPORT_GROUP |
			   MODEL_ASK_DPORT_GROUP))
		fprintf(file, " %s", word);
	else if (rule->asked & MODEL_ASK_PROTOCOL && !(rule->asked & MODEL_ASK_ICMP_TYPE))
		fprintf(file, " meta l4proto %u", rule->protocol);
	if (rule->asked & MODEL_ASK_SPORT) {
		fputs(" sport ", file);
		put_ports(file, &rule->sport);
	}
	if (rule->asked & MODEL_ASK_DPORT) {
		fputs(" dport ", file);
		put_ports(file, &rule->dport);
	}
	if (rule->asked & MODEL_ASK_SPORT_GROUP)
		fprintf(file, " sport @port%u", rule->sport_group);
	if (rule->asked & MODEL_ASK_DPORT_GROUP)
		fprintf(file, " dport @port%u", rule->dport_group);
}

static void put_flag_names(FILE *file, u8 flags)
{
	static const char *const names[] = {
		"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr",
	};
	const char *comma = "";
	int i;

	for (i = 0; i < 8; i++) {
		if (flags & 1 << i) {
			fprintf(file, "%s%s", comma, names[i]);
			comma = ",";
		}
	}
}

static void put_flags(FILE *file, const struct model_rule *rule)
{
	fputs(" tcp flags ", file);
	put_flag_names(file, rule->tcp_flags);
	/* Only one flag may stand without a mask. */
	if (rule->tcp_mask != rule->tcp_flags || rule->tcp_flags & (rule->tcp_flags - 1)) {
		fputs(" / ", file);
		put_flag_names(file, rule->tcp_mask);
	}
}

static void put_fragment(FILE *file, u8 fragment)
{
	static const char *const names[] = { "whole", "first", "later" };
	const char *comma = "";
	int i;

	fputs(" frag ", file);
	for (i = 0; i < 3; i++) {
		if (fragment & 1 << i) {
			fprintf(file, "%s%s", comma, names[i]);
			comma = ",";
		}
	}
}

static void put_neighbour(FILE *file, const struct model_rule *rule)
{
	bool arp = model_ethertype(rule) == MODEL_TYPE_ARP;

	if (rule->asked & MODEL_ASK_ARP_OP)
		fprintf(file, " arp operation %u", rule->arp_op);
	if (rule->asked & MODEL_ASK_SENDER_MAC) {
		fputs(arp ? " arp saddr ether " : " nd sll ", file);
		acl_text_mac(file, rule->sender_mac);
	}
	if (rule->asked & MODEL_ASK_TARGET_MAC) {
		fputs(arp ? " arp daddr ether " : " nd tll ", file);
		acl_text_mac(file, rule->target_mac);
	}
	if (rule->asked & MODEL_ASK_ND_TARGET) {
		fputs(" nd target ", file);
		acl_text_prefix(file, &rule->nd_target);
	}
}

/**
 * acl_text_rule() - write a rule down
 * @file: where to
 * @rule: the rule
 * @direction: "ingress" or "egress"
 */
void acl_text_rule(FILE *file, const struct model_rule *rule, const char *direction)
{
	fputs(direction, file);
	put_address_groups(file, rule);
	put_ether(file, rule);
	put_addresses(file, rule);
	put_l4(file, rule);
	if (rule->asked & MODEL_ASK_TCP_FLAGS)
		put_flags(file, rule);
	if (rule->asked & MODEL_ASK_ICMP_TYPE)
		fprintf(file, " %s type %u", rule->protocol == MODEL_ICMP ? "icmp" : "icmpv6",
			rule->icmp_type);
	if (rule->asked & MODEL_ASK_ICMP_CODE)
		fprintf(file, " code %u", rule->icmp_code);
	if (rule->asked & MODEL_ASK_FRAGMENT)
		put_fragment(file, rule->fragment);
	put_neighbour(file, rule);
	fprintf(file, " %s\n", acl_text_verdict(rule->verdict));
}

/**
 * acl_text_group() - write down what makes a group
 * @file: where to
 * @groups: all groups
 * @index: which of them
 *
 * What is written goes behind "group add SWITCH".
 */
void acl_text_group(FILE *file, const struct model_group *groups, u32 index)
{
	const struct model_group *group = &groups[index];
	u32 i;

	fprintf(file, "%s%u type %s", types[group->type], index, types[group->type]);
	for (i = 0; i < group->n; i++) {
		fputc(' ', file);
		switch (group->type) {
		case CVSWITCH_GROUP_TYPE_IP:
			acl_text_prefix(file, &group->members[i].ip);
			break;
		case CVSWITCH_GROUP_TYPE_MAC:
			acl_text_mac(file, group->members[i].mac);
			break;
		case CVSWITCH_GROUP_TYPE_PORT:
			put_ports(file, &group->members[i].port);
			break;
		}
	}
	fputc('\n', file);
}
