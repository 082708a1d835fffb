// SPDX-License-Identifier: GPL-2.0
/* The language of rules: which words follow which. */
#include <netinet/in.h>
#include <string.h>

#include <linux/if_ether.h>

#include "rule_reader.h"
#include "text.h"

/* A word that says what the next one is. */
struct term {
	const char *name;
	bool (*read)(struct reader *reader, uint16_t id);
	uint16_t id;
};

/* A word that others belong to, and what follows from it. */
struct topic {
	const char *name;
	const struct term *term;	/* the last has no name */
	int family;
	uint32_t ethertype, protocol;	/* or 0 */
	bool alone;			/* makes sense without any other */
};

/* The addresses in ARP are of two kinds. */
static bool read_arp_address(struct reader *reader, uint16_t ip, uint16_t mac)
{
	if (reader_if(reader, "ip"))
		return read_prefix(reader, ip);
	if (reader_if(reader, "ether"))
		return read_one_mac(reader, mac);
	return reader_unexpected(reader, "ip or ether");
}

static bool read_arp_sender(struct reader *reader, uint16_t id)
{
	return read_arp_address(reader, id, CVSWITCH_A_RULE_SENDER_MAC);
}

static bool read_arp_target(struct reader *reader, uint16_t id)
{
	return read_arp_address(reader, id, CVSWITCH_A_RULE_TARGET_MAC);
}

#define END { NULL, NULL, 0 }

static const struct term ether_terms[] = {
	{ "saddr", read_mac, CVSWITCH_A_RULE_SRC_MAC },
	{ "daddr", read_mac, CVSWITCH_A_RULE_DST_MAC },
	{ "type", read_ethertype, CVSWITCH_A_RULE_ETHERTYPE },
	END,
};

static const struct term vlan_terms[] = {
	{ "id", read_vid, CVSWITCH_A_RULE_VLAN },
	END,
};

static const struct term ip_terms[] = {
	{ "saddr", read_prefix, CVSWITCH_A_RULE_SRC },
	{ "daddr", read_prefix, CVSWITCH_A_RULE_DST },
	{ "protocol", read_protocol, CVSWITCH_A_RULE_PROTOCOL },
	END,
};

static const struct term ip6_terms[] = {
	{ "saddr", read_prefix, CVSWITCH_A_RULE_SRC },
	{ "daddr", read_prefix, CVSWITCH_A_RULE_DST },
	{ "nexthdr", read_protocol, CVSWITCH_A_RULE_PROTOCOL },
	END,
};

static const struct term arp_terms[] = {
	{ "operation", read_arp_op, CVSWITCH_A_RULE_ARP_OP },
	{ "saddr", read_arp_sender, CVSWITCH_A_RULE_SRC },
	{ "daddr", read_arp_target, CVSWITCH_A_RULE_DST },
	END,
};

static const struct term meta_terms[] = {
	{ "l4proto", read_protocol, CVSWITCH_A_RULE_PROTOCOL },
	END,
};

static const struct term tcp_terms[] = {
	{ "sport", read_port, CVSWITCH_A_RULE_SPORT },
	{ "dport", read_port, CVSWITCH_A_RULE_DPORT },
	{ "flags", read_tcp_flags, CVSWITCH_A_RULE_TCP_FLAGS },
	END,
};

static const struct term port_terms[] = {
	{ "sport", read_port, CVSWITCH_A_RULE_SPORT },
	{ "dport", read_port, CVSWITCH_A_RULE_DPORT },
	END,
};

static const struct term icmp_terms[] = {
	{ "type", read_icmp_type, CVSWITCH_A_RULE_ICMP_TYPE },
	{ "code", read_icmp_code, CVSWITCH_A_RULE_ICMP_CODE },
	END,
};

static const struct term nd_terms[] = {
	{ "target", read_nd_target, CVSWITCH_A_RULE_ND_TARGET },
	{ "sll", read_one_mac, CVSWITCH_A_RULE_SENDER_MAC },
	{ "tll", read_one_mac, CVSWITCH_A_RULE_TARGET_MAC },
	END,
};

static const struct topic topics[] = {
	{ .name = "ether", .term = ether_terms },
	{ .name = "vlan", .term = vlan_terms },
	{ .name = "ip", .term = ip_terms, .family = 4, .ethertype = ETH_P_IP, .alone = true },
	{ .name = "ip6", .term = ip6_terms, .family = 6, .ethertype = ETH_P_IPV6,
	  .alone = true },
	{ .name = "arp", .term = arp_terms, .family = 4, .ethertype = ETH_P_ARP, .alone = true },
	{ .name = "meta", .term = meta_terms },
	{ .name = "tcp", .term = tcp_terms, .protocol = IPPROTO_TCP, .alone = true },
	{ .name = "udp", .term = port_terms, .protocol = IPPROTO_UDP, .alone = true },
	{ .name = "udplite", .term = port_terms, .protocol = IPPROTO_UDPLITE, .alone = true },
	{ .name = "sctp", .term = port_terms, .protocol = IPPROTO_SCTP, .alone = true },
	{ .name = "dccp", .term = port_terms, .protocol = IPPROTO_DCCP, .alone = true },
	{ .name = "th", .term = port_terms },
	{ .name = "icmp", .term = icmp_terms, .family = 4, .ethertype = ETH_P_IP,
	  .protocol = IPPROTO_ICMP, .alone = true },
	{ .name = "icmpv6", .term = icmp_terms, .family = 6, .ethertype = ETH_P_IPV6,
	  .protocol = IPPROTO_ICMPV6, .alone = true },
	{ .name = "nd", .term = nd_terms, .family = 6, .ethertype = ETH_P_IPV6,
	  .protocol = IPPROTO_ICMPV6 },
};

/* Words that belong to no topic. */
static const struct term lone_terms[] = {
	{ "saddr", read_prefix, CVSWITCH_A_RULE_SRC },
	{ "daddr", read_prefix, CVSWITCH_A_RULE_DST },
	{ "sender-mac", read_one_mac, CVSWITCH_A_RULE_SENDER_MAC },
	{ "target-mac", read_one_mac, CVSWITCH_A_RULE_TARGET_MAC },
	{ "frag", read_fragments, CVSWITCH_A_RULE_FRAGMENT },
	{ "comment", read_comment, CVSWITCH_A_RULE_COMMENT },
	END,
};

static const struct term *find_term(const struct term *term, const char *name)
{
	while (term->name && strcmp(term->name, name))
		term++;
	return term->name ? term : NULL;
}

/* Takes a term and its value. Return: 1, 0 if the next word is none of these, or -1. */
static int take_term(struct reader *reader, const struct term *terms)
{
	const char *word = reader_peek(reader);
	const struct term *term = word ? find_term(terms, word) : NULL;

	if (!term)
		return 0;
	reader->pos++;
	reader->term = term->name;
	return term->read(reader, term->id) ? 1 : -1;
}

static bool no_term(struct reader *reader, const struct topic *topic)
{
	const struct term *term;
	char list[64];
	size_t len = 0;

	for (term = topic->term; term->name; term++)
		len = text_append(list, sizeof(list), len, "%s%s", len ? " or " : "",
				  term->name);
	text_append(list, sizeof(list), len, " behind '%s'", topic->name);
	return reader_unexpected(reader, list);
}

static bool take_topic(struct reader *reader, const struct topic *topic)
{
	int took = 1, terms = 0;

	reader->pos++;
	reader->topic = topic->name;
	reader->term = topic->name;
	reader->family = topic->family;
	if (topic->ethertype &&
	    !reader_imply(reader, CVSWITCH_A_RULE_ETHERTYPE, topic->ethertype))
		return false;
	if (topic->protocol && !reader_imply(reader, CVSWITCH_A_RULE_PROTOCOL, topic->protocol))
		return false;
	for (; took > 0; terms++)
		took = take_term(reader, topic->term);
	if (!took && terms == 1 && !topic->alone)
		return no_term(reader, topic);
	reader->topic = "";
	reader->family = 0;
	return !took;
}

/* Return: 1, 0 if the next word is not a verdict, or -1. */
static int take_verdict(struct reader *reader)
{
	const char *word = reader_peek(reader);
	const int verdict = !strcmp(word, "count") ? CVSWITCH_VERDICT_CONTINUE :
			    words_find(&verdicts, word);

	if (verdict < 0)
		return 0;
	reader->pos++;
	reader->term = "the verdict";
	return reader_u32(reader, CVSWITCH_A_RULE_VERDICT, verdict) ? 1 : -1;
}

/* What people who know other languages write. */
static const struct {
	const char *word, *why;
} foreign[] = {
	{ "sport", "belongs behind tcp, udp, udplite, sctp, dccp or th" },
	{ "dport", "belongs behind tcp, udp, udplite, sctp, dccp or th" },
	{ "flags", "belongs behind tcp" },
	{ "counter", "is not needed: every rule counts" },
	{ "with", "is not needed: reject chooses by itself what to answer" },
};

static bool no_word(struct reader *reader)
{
	size_t len = 0, i;
	char list[256];

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		if (!strcmp(reader_peek(reader), foreign[i].word))
			return rule_fail(reader->rule, reader->pos, "'%s' %s", foreign[i].word,
					 foreign[i].why);
	}
	for (i = 0; i < ARRAY_SIZE(topics); i++)
		len = text_append(list, sizeof(list), len, "%s, ", topics[i].name);
	for (i = 0; lone_terms[i].name; i++)
		len = text_append(list, sizeof(list), len, "%s, ", lone_terms[i].name);
	text_append(list, sizeof(list), len, "log, accept, drop, reject, next, continue");
	return reader_unexpected(reader, list);
}

static bool take_any(struct reader *reader)
{
	const char *word = reader_peek(reader);
	size_t i;
	int took;

	for (i = 0; i < ARRAY_SIZE(topics); i++) {
		if (!strcmp(topics[i].name, word))
			return take_topic(reader, &topics[i]);
	}
	took = take_term(reader, lone_terms);
	if (took)
		return took > 0;
	took = take_verdict(reader);
	if (took)
		return took > 0;
	if (!reader_if(reader, "log"))
		return no_word(reader);
	reader->term = "log";
	return reader_u32(reader, CVSWITCH_A_RULE_LOG, 1);
}

static bool take_direction(struct reader *reader)
{
	const char *word = reader_peek(reader);
	const int direction = word ? words_find(&directions, word) : -1;

	if (direction < 0)
		return reader_unexpected(reader, "ingress or egress");
	reader->pos++;
	return reader_u32(reader, CVSWITCH_A_RULE_DIRECTION, direction);
}

bool rule_parse(struct rule *rule, char **words, int count)
{
	struct reader reader = { .rule = rule, .words = words, .count = count, .topic = "" };
	char phrase[sizeof(rule->why)];
	int word;

	rule_init(rule);
	if (!take_direction(&reader))
		return false;
	while (reader_peek(&reader)) {
		if (!take_any(&reader))
			return false;
	}
	if (rule->at[CVSWITCH_A_RULE_VERDICT] < 0)
		return rule_fail(rule, count,
				 "The verdict is missing: accept, drop, reject, next or continue");
	if (rule->at[CVSWITCH_A_RULE_ICMP_CODE] >= 0 && rule->at[CVSWITCH_A_RULE_ICMP_TYPE] < 0)
		return rule_fail(rule, rule->at[CVSWITCH_A_RULE_ICMP_CODE],
				 "code: '%s' has no meaning without a type",
				 words[rule->at[CVSWITCH_A_RULE_ICMP_CODE]]);
	if (rule_finish(rule))
		return true;
	/* A phrase about an attribute becomes a sentence about the word that said it. */
	word = rule->word;
	text_append(phrase, sizeof(phrase), 0, "%s", rule->why);
	return rule_fail(rule, word, "'%.60s%s' %s", words[word], WORD_REST(words[word]), phrase);
}
