// SPDX-License-Identifier: GPL-2.0
/* Tests of the language of rules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "out.h"
#include "rule.h"
#include "split.h"
#include "unit.h"

static struct split split;

static bool parse(struct rule *rule, const char *text)
{
	return split_line(&split, text, strlen(text)) &&
	       rule_parse(rule, split.words, split.count);
}

static const char *print(const struct req *nest)
{
	static char text[RULE_TEXT_MAX];
	struct obj obj;

	obj_parse(&obj, &rule_attrs, nest->buf, nest->len);
	return rule_text(text, sizeof(text), &obj);
}

static bool same_nest(const struct req *one, const struct req *other)
{
	return one->len == other->len && !memcmp(one->buf, other->buf, one->len);
}

/* A rule reads as this text, which is the same rule. */
static bool reads_as(const char *text, const char *normal)
{
	struct rule rule, again;

	if (!parse(&rule, text)) {
		printf("# %s: %s\n", text, rule.why);
		return false;
	}
	if (!same(print(&rule.nest), normal)) {
		printf("# %s: printed as %s\n", text, print(&rule.nest));
		return false;
	}
	return parse(&again, normal) && same_nest(&rule.nest, &again.nest);
}

/* All words there are, in the order in which they are printed. */
void test_rules(void)
{
	static const char *const rules[] = {
		"ingress accept",
		"egress drop",
		"ingress log reject",
		"egress log next comment \"a \\\"b\\\" \\\\ c\\x0a\"",
		"ingress continue comment \"#1\"",
		"ingress ether saddr 02:00:00:00:00:01 daddr 33:33:00:00:00:00/ff:ff:00:00:00:00 drop",
		"ingress ether saddr @macs drop",
		"ingress ether type 0x88cc drop",
		"ingress ether daddr @macs type 0x0004 drop",
		"ingress vlan id 0 drop",
		"ingress ether saddr @macs vlan id 4094 ip accept",
		"ingress ip accept",
		"ingress ip6 accept",
		"ingress arp accept",
		"ingress ip saddr 0.0.0.0/0 accept",
		"ingress ip saddr 10.0.0.0/8 daddr @web protocol gre accept",
		"ingress ip daddr 192.0.2.1 protocol 254 accept",
		"ingress ip protocol icmpv6 accept",
		"ingress ip6 saddr @web daddr 2001:db8::/32 nexthdr none accept",
		"ingress ip6 daddr ::/0 accept",
		"ingress ip6 nexthdr icmp accept",
		"ingress saddr @a daddr @b accept",
		"ingress saddr @a ether saddr @macs vlan id 7 meta l4proto esp accept",
		"ingress meta l4proto icmp accept",
		"ingress tcp accept",
		"ingress tcp sport 0 dport 65535 accept",
		"ingress tcp sport 1024-65535 dport @ports flags syn / syn,ack accept",
		"ingress tcp flags ack accept",
		"ingress tcp flags fin,psh,urg / fin,psh,urg accept",
		"ingress tcp flags fin,syn,rst,psh,ack,urg,ecn,cwr / "
			"fin,syn,rst,psh,ack,urg,ecn,cwr accept",
		"ingress tcp flags none / fin,syn accept",
		"ingress ip saddr 10.0.0.1 udp dport 53 accept",
		"ingress ip6 udplite sport @p accept",
		"ingress sctp dport 5-6 accept",
		"ingress dccp accept",
		"ingress th sport @p dport 53 accept",
		"ingress ip th dport 53 accept",
		"ingress icmp accept",
		"ingress icmp type echo-request accept",
		"ingress icmp type 42 code 255 accept",
		"ingress ip saddr 10.0.0.1 icmp type destination-unreachable code 4 accept",
		"ingress icmpv6 accept",
		"ingress icmpv6 type nd-neighbor-solicit accept",
		"ingress ip6 saddr fe80::/10 icmpv6 type 200 code 1 accept",
		"ingress icmpv6 type nd-neighbor-advert nd target 2001:db8::1 tll 02:00:00:00:00:01 accept",
		"ingress nd target fe80::/10 sll 02:00:00:00:00:01 accept",
		"ingress ip6 saddr fe80::1 nd sll 02:00:00:00:00:01 accept",
		"ingress arp operation request accept",
		"ingress arp operation 77 saddr ip 10.0.0.0/8 saddr ether 02:00:00:00:00:01 daddr ip @web daddr ether 00:00:00:00:00:00 accept",
		"ingress sender-mac 02:00:00:00:00:01 target-mac 02:00:00:00:00:02 accept",
		"ingress ip6 sender-mac 02:00:00:00:00:01 accept",
		"ingress frag whole accept",
		"ingress tcp dport 80 frag first,later accept",
		"ingress udp frag later accept",
		"ingress nd target fe80::/10 frag whole accept",
		"ingress ip6 nexthdr ah frag later accept",
		"ingress ip protocol ah frag whole accept",
		"ingress meta l4proto ah accept",
		"ingress icmpv6 type nd-neighbor-solicit nd target fe80::1 sll 02:00:00:00:00:01 accept",
		"ingress ip6 udp frag first,later accept",
		"egress frag whole,first,later drop",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		EXPECT(reads_as(rules[i], rules[i]));
}

/* The same in other words, or in another order. */
void test_rule_words(void)
{
	static const char *const rules[][2] = {
		{ "ingress count", "ingress continue" },
		{ "ingress accept log comment x tcp", "ingress tcp log accept comment \"x\"" },
		{ "ingress saddr 10.0.0.0/8 accept", "ingress ip saddr 10.0.0.0/8 accept" },
		{ "ingress daddr 2001:DB8::1/128 accept", "ingress ip6 daddr 2001:db8::1 accept" },
		{ "ingress ip saddr 10.0.0.1/32 accept", "ingress ip saddr 10.0.0.1 accept" },
		{ "ingress ether type ip saddr 2:0:0:0:0:1 accept",
		  "ingress ether saddr 02:00:00:00:00:01 ip accept" },
		{ "ingress ether type 0x0806 accept", "ingress arp accept" },
		{ "ingress ether saddr 2:0:0:0:0:1/ff:ff:ff:ff:ff:ff accept",
		  "ingress ether saddr 02:00:00:00:00:01 accept" },
		{ "ingress ip protocol tcp tcp dport https accept", "ingress ip tcp dport 443 accept" },
		{ "ingress ip protocol 6 accept", "ingress ip tcp accept" },
		{ "ingress ip protocol udp ip saddr 10.0.0.1 ip daddr 10.0.0.2 accept",
		  "ingress ip saddr 10.0.0.1 daddr 10.0.0.2 udp accept" },
		{ "ingress meta l4proto ipv6-icmp accept", "ingress meta l4proto icmpv6 accept" },
		{ "ingress ip6 nexthdr ipv6-icmp accept", "ingress icmpv6 accept" },
		{ "ingress tcp dport 80-80 accept", "ingress tcp dport 80 accept" },
		{ "ingress th dport 53 udp sport domain accept",
		  "ingress udp sport 53 dport 53 accept" },
		{ "ingress tcp flags syn tcp sport 9 accept",
		  "ingress tcp sport 9 flags syn accept" },
		{ "ingress tcp flags syn,syn accept", "ingress tcp flags syn accept" },
		{ "ingress tcp flags ece / ecn accept", "ingress tcp flags ecn accept" },
		{ "ingress icmp type 8 accept", "ingress icmp type echo-request accept" },
		{ "ingress icmpv6 type mld-listener-reduction accept",
		  "ingress icmpv6 type mld-listener-done accept" },
		{ "ingress arp operation 2 accept", "ingress arp operation reply accept" },
		{ "ingress arp saddr ip 10.0.0.1 arp operation 1 accept",
		  "ingress arp operation request saddr ip 10.0.0.1 accept" },
		{ "ingress frag later,first,later accept", "ingress frag first,later accept" },
		{ "ingress nd target fe80::1/128 icmpv6 accept", "ingress nd target fe80::1 accept" },
		{ "ingress saddr @a sender-mac 2:0:0:0:0:1 arp accept",
		  "ingress arp saddr ip @a saddr ether 02:00:00:00:00:01 accept" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		EXPECT(reads_as(rules[i][0], rules[i][1]));
}

/* What is wrong, and at which word. */
void test_rule_errors(void)
{
	static const struct {
		const char *text, *why;
		int word;
	} rules[] = {
		{ "", "ingress or egress is missing", 0 },
		{ "tcp accept", "'tcp' is not understood; expected ingress or egress", 0 },
		{ "ingress", "The verdict is missing: accept, drop, reject, next or continue", 1 },
		{ "ingress accept drop", "the verdict is given twice", 2 },
		{ "ingress log log accept", "log is given twice", 2 },
		{ "ingress comment \"\" accept", "comment: '' is empty", 2 },
		{ "ingress comment \"\xe9\" accept", "comment: '\xe9' is not UTF-8", 2 },
		{ "ingress accept comment", "its text is missing behind 'comment'", 3 },
		{ "ingress ether accept",
		  "'accept' is not understood; expected saddr or daddr or type behind 'ether'", 2 },
		{ "ingress ether saddr 1:2 accept", "saddr: '1:2' is neither a MAC address, with "
		  "or without a mask, nor a group like @macs", 3 },
		{ "ingress ether saddr 2:0:0:0:0:1/0:0:0:0:0:0 drop",
		  "'2:0:0:0:0:1/0:0:0:0:0:0' has bits that its mask doesn't have", 3 },
		{ "ingress ether type 0x0100 drop", "'0x0100' is a length and no type; "
		  "0x0004 stands for all of them", 3 },
		{ "ingress ether type ipx drop",
		  "type: 'ipx' is none of ip, ip6, arp and a number from 0x0004 to 0xffff", 3 },
		{ "ingress vlan 5 drop", "'5' is not understood; expected id behind 'vlan'", 2 },
		{ "ingress vlan id 4095 drop",
		  "id: '4095' is not a VLAN from 1 to 4094, or 0 for no tag", 3 },
		{ "ingress ip saddr", "an address is missing behind 'saddr'", 3 },
		{ "ingress ip saddr web drop", "saddr: 'web' is neither an IP address, with or "
		  "without a prefix length, nor a group like @web", 3 },
		{ "ingress ip saddr @ drop",
		  "saddr: '@' is empty where a name was expected", 3 },
		{ "ingress ip saddr 10.0.0.0/33 drop",
		  "saddr: '10.0.0.0/33' has no prefix length from 0 to 32", 3 },
		{ "ingress ip6 saddr ::/129 drop",
		  "saddr: '::/129' has no prefix length from 0 to 128", 3 },
		{ "ingress ip6 daddr 10.0.0.1 drop", "daddr: '10.0.0.1' is not an IPv6 address", 3 },
		{ "ingress ip daddr ::1 drop", "daddr: '::1' is not an IPv4 address", 3 },
		{ "ingress ip daddr 10.0.0.1/8 drop",
		  "daddr: '10.0.0.1/8' has bits behind the length of its prefix", 3 },
		{ "ingress saddr 10.0.0.1 daddr ::1 drop", "'::1' can't be asked of IPv4 or ARP", 4 },
		{ "ingress ip saddr 10.0.0.1 saddr 10.0.0.2 drop", "saddr is given twice", 5 },
		{ "ingress ip saddr 10.0.0.1 saddr @web drop", "saddr is given twice", 5 },
		{ "ingress saddr @a saddr 10.0.0.1 drop", "saddr is given twice", 4 },
		{ "ingress tcp dport 1-9 dport @p drop", "dport is given twice", 5 },
		{ "ingress ether daddr @m daddr 2:0:0:0:0:1 drop", "daddr is given twice", 5 },
		{ "ingress ip6 saddr ::ffff:10.0.0.1 drop", "'::ffff:10.0.0.1' is an IPv4 address "
		  "in the form of IPv6; write it as IPv4", 3 },
		{ "ingress ip protocol nope drop", "protocol: 'nope' is neither a protocol from 0 "
		  "to 255 nor the name of one in /etc/protocols", 3 },
		{ "ingress ip ip6 drop", "'ip6' can't be where 'ip' is", 2 },
		{ "ingress tcp udp drop", "'udp' can't be where 'tcp' is", 2 },
		{ "ingress ip6 icmp drop", "'icmp' can't be where 'ip6' is", 2 },
		{ "ingress arp tcp drop", "'tcp' can't be asked of ARP", 2 },
		{ "ingress ether type 0x88cc saddr @a frag whole drop",
		  "'whole' can't be asked of another type", 7 },
		{ "ingress ip sender-mac 2:0:0:0:0:1 drop", "'2:0:0:0:0:1' can't be asked of IPv4", 3 },
		{ "ingress tcp dport 65536 drop", "dport: '65536' is neither a port, a range "
		  "like 1024-65535, a service, nor a group like @ports", 3 },
		{ "ingress tcp dport 9-8 drop", "dport: '9-8' ends before it begins", 3 },
		{ "ingress th drop",
		  "'drop' is not understood; expected sport or dport behind 'th'", 2 },
		{ "ingress sport 80 drop",
		  "'sport' belongs behind tcp, udp, udplite, sctp, dccp or th", 1 },
		{ "ingress tcp counter accept", "'counter' is not needed: every rule counts", 2 },
		{ "ingress reject with tcp reset",
		  "'with' is not needed: reject chooses by itself what to answer", 2 },
		{ "ingress udp flags syn drop", "'flags' belongs behind tcp", 2 },
		{ "ingress arp ip saddr 10.0.0.1 drop", "'ip' can't be where 'arp' is; "
		  "ARP's addresses are arp saddr ip PREFIX", 2 },
		{ "ingress udp type 5 drop", "'type' is not understood; expected ether, vlan, "
		  "ip, ip6, arp, meta, tcp, udp, udplite, sctp, dccp, th, icmp, icmpv6, nd, saddr, "
		  "daddr, sender-mac, target-mac, frag, comment, log, accept, drop, reject, next, "
		  "continue", 2 },
		{ "ingress meta l4proto gre th dport 5 drop", "'5' needs a protocol that has ports: "
		  "tcp, udp, udplite, sctp or dccp", 6 },
		{ "ingress tcp flags syn,x drop",
		  "flags: 'syn,x' is not a list of fin, syn, rst, psh, ack, urg, ecn, cwr", 3 },
		{ "ingress tcp flags none drop", "flags: 'none' needs a mask: 'none / syn,ack'", 3 },
		{ "ingress tcp flags fin,syn drop",
		  "flags: 'fin,syn' needs a mask: 'fin,syn / fin,syn' is all of them", 3 },
		{ "ingress tcp flags fin,syn", "flags: 'fin,syn' needs a mask: "
		  "'fin,syn / fin,syn' is all of them", 3 },
		{ "ingress tcp flags syn /", "a list of flags is missing behind 'flags'", 5 },
		{ "ingress tcp flags syn / ack drop",
		  "'syn' has flags that its mask doesn't have", 3 },
		{ "ingress icmp type ping drop",
		  "type: 'ping' is neither a type from 0 to 255 nor the name of one", 3 },
		{ "ingress icmp code 5 drop", "code: '5' has no meaning without a type", 3 },
		{ "ingress icmp type 5 code x drop", "code: 'x' is not a code from 0 to 255", 5 },
		{ "ingress frag middle drop",
		  "frag: 'middle' is not a list of whole, first, later", 2 },
		{ "ingress arp saddr 10.0.0.1 drop",
		  "'10.0.0.1' is not understood; expected ip or ether", 3 },
		{ "ingress arp operation x drop", "operation: 'x' is neither request, reply nor a "
		  "number from 0 to 65535", 3 },
		{ "ingress arp daddr ether @a drop", "daddr: '@a' is not a MAC address", 4 },
		{ "ingress tcp dport 80 frag later drop", "'80' can't be asked of later "
		  "fragments: the first one has it", 3 },
		{ "ingress th sport @p frag later drop", "'@p' can't be asked of later "
		  "fragments: the first one has it", 3 },
		{ "ingress frag later tcp flags syn drop", "'syn' can't be asked of later "
		  "fragments: the first one has it", 5 },
		{ "ingress icmp type 8 frag later drop", "'8' can't be asked of later "
		  "fragments: the first one has it", 3 },
		{ "ingress nd target ::1 frag first,later drop",
		  "'::1' can't be asked of fragments", 3 },
		{ "ingress nd sll 2:0:0:0:0:1 frag first drop",
		  "'2:0:0:0:0:1' can't be asked of fragments", 3 },
		{ "ingress ip6 nexthdr ah frag whole,first drop", "'ah' is an extension header, "
		  "looked through; for fragments ask frag first,later", 3 },
		{ "ingress ip6 nexthdr 44 drop", "'44' is an extension header, "
		  "looked through; for fragments ask frag first,later", 3 },
		{ "ingress ether type 0x8100 drop",
		  "'0x8100' is a tag, which is looked through; use vlan id", 3 },
		{ "ingress ether type 0x88a8 drop",
		  "'0x88a8' is a tag, which is looked through; use vlan id", 3 },
		{ "ingress icmpv6 type 134 nd target ::1 drop", "'::1' is only in the types "
		  "nd-neighbor-solicit, nd-neighbor-advert and nd-redirect", 6 },
		{ "ingress icmpv6 type 136 nd sll 2:0:0:0:0:1 drop", "'2:0:0:0:0:1' is only in "
		  "nd-router-solicit, nd-router-advert and nd-neighbor-solicit", 6 },
		{ "ingress icmpv6 type 135 target-mac 2:0:0:0:0:1 drop", "'2:0:0:0:0:1' is only in "
		  "the types nd-neighbor-advert and nd-redirect", 5 },
		{ "ingress nd sll 2:0:0:0:0:1 tll 2:0:0:0:0:2 drop", "'2:0:0:0:0:2' can't be asked "
		  "together with sll: no message has both", 5 },
		{ "ingress udp sender-mac 2:0:0:0:0:1 drop",
		  "'2:0:0:0:0:1' is only in ARP and ICMPv6", 3 },
		{ "ingress th dport 80 target-mac 2:0:0:0:0:1 drop",
		  "'2:0:0:0:0:1' is only in ARP and ICMPv6", 5 },
		{ "ingress nd target 10.0.0.1 drop",
		  "target: '10.0.0.1' is not an IPv6 address or prefix", 3 },
	};
	struct rule rule;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		const bool good = parse(&rule, rules[i].text);

		EXPECT(!good && same(rule.why, rules[i].why) && rule.word == rules[i].word);
		if (good || !same(rule.why, rules[i].why) || rule.word != rules[i].word)
			printf("# %s: word %d: %s\n", rules[i].text, rule.word, rule.why);
	}
}

/* What the kernel may leave out, or say once more. */
void test_rule_normal(void)
{
	const struct ip ip = { 4, { 10, 0, 0, 1 } };
	struct rule rule, want;
	struct req nest;
	struct obj obj;

	req_init(&nest, 0, &rule_attrs, 0);
	req_u32(&nest, CVSWITCH_A_RULE_TCP_FLAGS, 2);
	req_u32(&nest, CVSWITCH_A_RULE_DPORT, 80);
	req_u32(&nest, CVSWITCH_A_RULE_DPORT_END, 80);
	req_u32(&nest, CVSWITCH_A_RULE_SRC_LEN, 32);
	req_ip(&nest, CVSWITCH_A_RULE_SRC, &ip);
	req_u32(&nest, CVSWITCH_A_RULE_LOG, 0);
	req_u32(&nest, CVSWITCH_A_RULE_VERDICT, CVSWITCH_VERDICT_DROP);
	req_u32(&nest, CVSWITCH_A_RULE_DIRECTION, CVSWITCH_DIRECTION_EGRESS);
	obj_parse(&obj, &rule_attrs, nest.buf, nest.len);
	EXPECT(rule_from_obj(&rule, &obj));
	EXPECT(parse(&want, "egress ip saddr 10.0.0.1 tcp dport 80 flags syn / "
		     "fin,syn,rst,psh,ack,urg,ecn,cwr drop"));
	EXPECT(same_nest(&rule.nest, &want.nest));
	EXPECT(same(print(&nest), print(&want.nest)));

	/* Which word said what lies where; the attributes are in order. */
	EXPECT(rule_word_at(&want, 0) == 0 && rule_word_at(&want, 8) == 11);
	EXPECT(rule_word_at(&want, 16) == 1 && rule_word_at(&want, 24) == 3);
	EXPECT(rule_word_at(&want, 4) == -1 && rule_word_at(&want, 4000) == -1);

	req_init(&nest, 0, &rule_attrs, 0);
	req_ip(&nest, CVSWITCH_A_RULE_ND_TARGET, &(const struct ip){ 16, { 0xfe, 0x80 } });
	req_u32(&nest, CVSWITCH_A_RULE_VERDICT, CVSWITCH_VERDICT_ACCEPT);
	EXPECT(same(print(&nest), "ingress nd target fe80:: accept"));
}

static bool from_json(struct rule *rule, const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	bool good = rule_from_json(rule, json);

	json_decref(json);
	return good;
}

/* What is printed as JSON is read as the same rule. */
void test_rule_json(void)
{
	static const char *const rules[] = {
		"ingress accept",
		"egress log next comment \"a \\\"b\\\"\"",
		"ingress ether saddr 02:00:00:00:00:01 daddr 33:33:00:00:00:00/ff:ff:00:00:00:00 type 0x88cc drop",
		"ingress ether daddr @macs vlan id 5 ip saddr 10.0.0.0/8 daddr @web drop",
		"ingress ip6 saddr @web daddr 2001:db8::/32 nexthdr none frag first,later accept",
		"ingress tcp sport 1024-65535 dport @ports flags syn / syn,ack accept",
		"ingress icmp type 42 code 255 accept",
		"ingress arp operation 77 saddr ip 10.0.0.0/8 saddr ether 02:00:00:00:00:01 accept",
		"ingress nd target fe80::/10 tll 02:00:00:00:00:01 accept",
	};
	struct rule rule, again;
	struct obj obj;
	json_t *json;
	char *text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		EXPECT(parse(&rule, rules[i]));
		obj_parse(&obj, &rule_attrs, rule.nest.buf, rule.nest.len);
		json = out_obj(&obj);
		EXPECT(rule_from_json(&again, json) && same_nest(&rule.nest, &again.nest));
		json_decref(json);
	}
	EXPECT(parse(&rule, "ingress ip saddr 10.0.0.0/8 tcp dport 80 frag whole log drop"));
	obj_parse(&obj, &rule_attrs, rule.nest.buf, rule.nest.len);
	json = out_obj(&obj);
	text = json_dumps(json, JSON_COMPACT);
	EXPECT(same(text, "{\"direction\":\"ingress\",\"verdict\":\"drop\",\"log\":true,"
		    "\"ethertype\":\"0x0800\",\"src\":\"10.0.0.0\",\"src-len\":8,\"protocol\":6,"
		    "\"dport\":80,\"fragment\":[\"whole\"]}"));
	free(text);
	json_decref(json);
}

void test_rule_json_errors(void)
{
#define RULE "\"direction\":\"ingress\",\"verdict\":\"drop\""
	static const struct {
		const char *text, *attr, *why;
	} rules[] = {
		{ "[]", NULL, "It is not an object" },
		{ "{\"verdict\":\"drop\"}", NULL, "Its direction is missing" },
		{ "{\"direction\":\"egress\"}", NULL, "Its verdict is missing" },
		{ "{" RULE ",\"sorce\":1}", NULL, "It has an unknown member 'sorce'" },
		{ "{\"verdict\":\"no\"}", "verdict",
		  "is none of continue, accept, drop, reject, next" },
		{ "{" RULE ",\"log\":1}", "log", "is neither true nor false" },
		{ "{" RULE ",\"comment\":\"\"}", "comment", "is empty" },
		{ "{" RULE ",\"src\":5}", "src", "is not a string" },
		{ "{" RULE ",\"src\":\"x\"}", "src", "is neither an IPv4 nor an IPv6 address" },
		{ "{" RULE ",\"src-mac\":\"x\"}", "src-mac", "is not a MAC address" },
		{ "{" RULE ",\"src-group\":\"a b\"}", "src-group",
		  "is no name: it is not all printable ASCII, or has a space or quote" },
		{ "{" RULE ",\"ethertype\":\"0x10000\"}", "ethertype", "has more than 16 bits" },
		{ "{" RULE ",\"vlan\":4095}", "vlan", "is a number out of range" },
		{ "{" RULE ",\"vlan\":\"5\"}", "vlan", "is not a number" },
		{ "{" RULE ",\"dport\":-1}", "dport", "is a number out of range" },
		{ "{" RULE ",\"fragment\":[]}", "fragment", "names no fragment" },
		{ "{" RULE ",\"fragment\":[\"x\"]}", "fragment",
		  "is not an array of whole, first, later" },
		{ "{" RULE ",\"src-len\":8}", "src-len", "has no meaning without src" },
		{ "{" RULE ",\"src\":\"10.0.0.0\",\"src-len\":33}", "src",
		  "has a longer prefix than an IPv4 address" },
		{ "{" RULE ",\"sport\":5,\"sport-end\":4}", "sport", "ends before it begins" },
		{ "{" RULE ",\"tcp-flags\":0,\"tcp-flags-mask\":0}", "tcp-flags-mask",
		  "has no flag that counts" },
		{ "{" RULE ",\"tcp-flags\":2,\"protocol\":17}", "tcp-flags",
		  "needs the protocol tcp" },
		{ "{" RULE ",\"icmp-type\":2}", "icmp-type", "needs the protocol icmp or icmpv6" },
		{ "{" RULE ",\"nd-target\":\"10.0.0.1\"}", "nd-target", "is not an IPv6 address" },
		{ "{" RULE ",\"arp-op\":1,\"protocol\":6}", "arp-op", "can't be asked of IP" },
	};
	struct rule rule;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		EXPECT(!from_json(&rule, rules[i].text));
		EXPECT(same(rule.why, rules[i].why));
		EXPECT(rules[i].attr ? same(rule_attrs.attr[rule.attr].name, rules[i].attr) :
		       !rule.attr);
		if (!same(rule.why, rules[i].why))
			printf("# %s: %s\n", rules[i].text, rule.why);
	}
}

static bool covers(const char *one, const char *other)
{
	struct rule rule[2];
	struct obj obj[2];
	bool good;

	good = parse(&rule[0], one) && parse(&rule[1], other);
	EXPECT(good);
	obj_parse(&obj[0], &rule_attrs, rule[0].nest.buf, rule[0].nest.len);
	obj_parse(&obj[1], &rule_attrs, rule[1].nest.buf, rule[1].nest.len);
	return good && rule_covers(&obj[0], &obj[1]);
}

/* The first of two covers the second, but not the other way round. */
void test_rule_covers(void)
{
	static const char * const rules[][2] = {
		{ "ingress drop", "ingress ip saddr 192.0.2.1 accept" },
		{ "ingress ip drop", "ingress ip protocol tcp drop" },
		{ "ingress ip saddr 192.0.2.0/24 drop", "ingress ip saddr 192.0.2.128/25 drop" },
		{ "ingress ip saddr 192.0.2.0/23 drop", "ingress ip saddr 192.0.3.0/24 drop" },
		{ "ingress ip saddr 192.0.2.0/24 drop", "ingress ip saddr 192.0.2.7 drop" },
		{ "egress ip6 daddr 2001:db8::/32 drop", "egress ip6 daddr 2001:db8:1::/48 drop" },
		{ "ingress tcp dport 80-90 drop", "ingress tcp dport 80 drop" },
		{ "ingress tcp dport 80-90 drop", "ingress tcp dport 85-90 sport 1 drop" },
		{ "ingress tcp drop", "ingress tcp flags syn / syn,ack drop" },
		{ "ingress tcp flags syn / syn drop", "ingress tcp flags syn / syn,ack drop" },
		{ "ingress ip saddr @a drop", "ingress ip saddr @a tcp dport @b drop" },
		{ "ingress saddr @a drop", "ingress ip6 saddr @a drop" },
		{ "ingress ether saddr 02:00:00:00:00:00/ff:ff:00:00:00:00 drop",
		  "ingress ether saddr 02:00:00:00:00:01 drop" },
		{ "ingress ip frag first,later drop", "ingress ip frag later drop" },
		{ "ingress arp drop", "ingress arp operation request saddr ether 02:00:00:00:00:01 drop" },
		{ "ingress vlan id 5 drop", "ingress vlan id 5 ip drop" },
		{ "ingress icmp type echo-request drop", "ingress icmp type echo-request code 0 drop" },
	};
	static const char * const others[][2] = {
		{ "ingress drop", "egress drop" },
		{ "ingress ip saddr 192.0.2.0/24 drop", "ingress ip saddr 192.0.3.0/24 drop" },
		{ "ingress ip saddr 192.0.2.0/25 drop", "ingress ip saddr 192.0.2.128/25 drop" },
		{ "ingress ip saddr @a drop", "ingress ip saddr @b drop" },
		{ "ingress ip saddr @a drop", "ingress ip saddr 192.0.2.1 drop" },
		{ "ingress saddr @a drop", "ingress arp saddr ip @a accept" },
		{ "ingress daddr @a drop", "ingress arp daddr ip @a accept" },
		{ "ingress tcp dport 80-90 drop", "ingress tcp dport 85-95 drop" },
		{ "ingress tcp dport 80 drop", "ingress udp dport 80 drop" },
		{ "ingress tcp flags syn / syn drop", "ingress tcp flags ack / ack drop" },
		{ "ingress ip frag first drop", "ingress ip frag later drop" },
		{ "ingress saddr 192.0.2.0/24 drop", "ingress saddr 2001:db8::/32 drop" },
		{ "ingress vlan id 5 drop", "ingress vlan id 6 drop" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		EXPECT(covers(rules[i][0], rules[i][1]));
		EXPECT(!covers(rules[i][1], rules[i][0]));
		EXPECT(covers(rules[i][1], rules[i][1]));
	}
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		EXPECT(!covers(others[i][0], others[i][1]));
		EXPECT(!covers(others[i][1], others[i][0]));
	}
}

/* A value that is often a good one. */
static void put_any(struct req *nest, uint16_t id, unsigned int *seed)
{
	static const uint32_t numbers[] = { 0, 1, 2, 6, 8, 17, 58, 0x800, 0x806, 0x86dd, 128 };
	const struct attr *attr = &rule_attrs.attr[id];
	struct ip ip = { rand_r(seed) % 2 ? 4 : 16, { 0x20 } };

	if (attr->type == ATTR_MAC)
		req_mac(nest, id, ip.addr);
	else if (attr->type == ATTR_IP)
		req_ip(nest, id, &ip);
	else if (attr->type == ATTR_STRING)
		req_str(nest, id, rand_r(seed) % 2 ? "a" : "#b");
	else
		req_u32(nest, id, numbers[rand_r(seed) % ARRAY_SIZE(numbers)]);
}

/* Any attributes at all are printed; what is a rule is read as the same one. */
void test_rule_chaos(void)
{
	unsigned int seed = 1, good = 0;
	struct rule rule, again;
	struct req nest;
	struct obj obj;
	int round;
	uint16_t id;

	for (round = 0; round < 20000; round++) {
		const int often = 2 + rand_r(&seed) % 20;

		req_init(&nest, 0, &rule_attrs, 0);
		req_u32(&nest, CVSWITCH_A_RULE_VERDICT, rand_r(&seed) % 5);
		req_u32(&nest, CVSWITCH_A_RULE_DIRECTION, rand_r(&seed) % 2);
		for (id = CVSWITCH_A_RULE_LOG; id <= CVSWITCH_A_RULE_MAX; id++) {
			if (rand_r(&seed) % often == 0)
				put_any(&nest, id, &seed);
		}
		obj_parse(&obj, &rule_attrs, nest.buf, nest.len);
		if (!rule_from_obj(&rule, &obj)) {
			(void)print(&nest);
			continue;
		}
		good++;
		if (parse(&again, print(&nest)) && same_nest(&rule.nest, &again.nest))
			continue;
		EXPECT(false);
		printf("# %s: %s\n", print(&nest), again.why);
	}
	EXPECT(good > 1000);
	split_free(&split);
}
