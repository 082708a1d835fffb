// SPDX-License-Identifier: GPL-2.0
/* The values in rules. */
#include <ctype.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "rule_names.h"
#include "rule_reader.h"
#include "text.h"

static const char no_mac[] =
	"is neither a MAC address, with or without a mask, nor a group like @macs";
static const char no_prefix[] =
	"is neither an IP address, with or without a prefix length, nor a group like @web";
static const char no_port[] =
	"is neither a port, a range like 1024-65535, a service, nor a group like @ports";
static const char no_protocol[] =
	"is neither a protocol from 0 to 255 nor the name of one in /etc/protocols";
static const char no_ethertype[] =
	"is none of ip, ip6, arp and a number from 0x0004 to 0xffff";

/* "@web" is taken as a group. Return: 1 if it was, 0 if it isn't one, or -1. */
static int read_group(struct reader *reader, uint16_t id, const char *word)
{
	const char *wrong;

	if (*word != '@')
		return 0;
	wrong = parse_name(word + 1);
	if (wrong) {
		reader_wrong(reader, wrong);
		return -1;
	}
	return reader_put(reader, id, word + 1, strlen(word + 1) + 1) ? 1 : -1;
}

bool read_mac(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a MAC address"), *slash;
	uint8_t mac[6], mask[6];
	char first[32];
	int group;

	if (!word)
		return false;
	group = read_group(reader, id + 2, word);
	if (group)
		return group > 0;
	slash = strchr(word, '/');
	snprintf(first, sizeof(first), "%.*s", slash ? (int)(slash - word) : 31, word);
	if (parse_mac(first, mac) || (slash && parse_mac(slash + 1, mask)))
		return reader_wrong(reader, no_mac);
	return reader_put(reader, id, mac, sizeof(mac)) &&
	       (!slash || reader_put(reader, id + 1, mask, sizeof(mask)));
}

bool read_one_mac(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a MAC address"), *wrong;
	uint8_t mac[6];

	if (!word)
		return false;
	wrong = parse_mac(word, mac);
	return wrong ? reader_wrong(reader, wrong) : reader_put(reader, id, mac, sizeof(mac));
}

static bool put_prefix(struct reader *reader, uint16_t id, const struct ip *ip, uint32_t len)
{
	if (!prefix_is_clean(ip, len))
		return reader_wrong(reader, "has bits behind the length of its prefix");
	return reader_put(reader, id, ip->addr, ip->len) &&
	       (len == 8u * ip->len || reader_u32(reader, id + 1, len));
}

bool read_prefix(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "an address"), *wrong;
	struct ip ip = { 0 };
	uint32_t len;
	int group;

	if (!word)
		return false;
	group = read_group(reader, id + 2, word);
	if (group)
		return group > 0;
	wrong = parse_prefix(word, &ip, &len);
	if (wrong && !ip.len)
		wrong = no_prefix;
	if (!wrong && reader->family == 4 && ip.len != 4)
		wrong = "is not an IPv4 address";
	if (!wrong && reader->family == 6 && ip.len != 16)
		wrong = "is not an IPv6 address";
	return wrong ? reader_wrong(reader, wrong) : put_prefix(reader, id, &ip, len);
}

bool read_nd_target(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "an IPv6 address");
	struct ip ip = { 0 };
	uint32_t len;

	if (!word)
		return false;
	if (parse_prefix(word, &ip, &len) || ip.len != 16)
		return reader_wrong(reader, "is not an IPv6 address or prefix");
	return put_prefix(reader, id, &ip, len);
}

/* A service of the protocol that the words are about, or of any. */
static bool find_service(const struct reader *reader, const char *word, uint32_t *port)
{
	const struct servent *service = getservbyname(word, reader->topic);

	/* Those of SCTP and DCCP are often named for TCP and UDP only. */
	if (!service)
		service = getservbyname(word, NULL);
	if (service)
		*port = ntohs(service->s_port);
	return service;
}

bool read_port(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a port"), *wrong;
	uint32_t first, last;
	int group;

	if (!word)
		return false;
	group = read_group(reader, id + 2, word);
	if (group)
		return group > 0;
	wrong = parse_port_range(word, &first, &last);
	if (wrong && isalpha((unsigned char)*word) && find_service(reader, word, &first)) {
		wrong = NULL;
		last = first;
	} else if (wrong && strcmp(wrong, "ends before it begins")) {
		wrong = no_port;
	}
	if (wrong)
		return reader_wrong(reader, wrong);
	return reader_u32(reader, id, first) &&
	       (first == last || reader_u32(reader, id + 1, last));
}

/* A number, or one that has a name. */
static bool read_number(struct reader *reader, uint16_t id, const struct numbers *names,
			uint32_t max, const char *phrase)
{
	const char *word = reader->words[reader->pos - 1];
	uint32_t val;

	if (!number_of(names, word, &val) && parse_u32(word, 0, max, &val))
		return reader_wrong(reader, phrase);
	return reader_u32(reader, id, val);
}

bool read_protocol(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a protocol");
	const struct protoent *protocol;
	uint32_t val;

	if (!word)
		return false;
	if (!number_of(&ip_protocols, word, &val) && parse_u32(word, 0, UINT8_MAX, &val)) {
		protocol = getprotobyname(word);
		if (!protocol)
			return reader_wrong(reader, no_protocol);
		val = protocol->p_proto;
	}
	return reader_imply(reader, id, val);
}

bool read_ethertype(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "an ethertype");
	uint64_t bits;
	uint32_t val;

	if (!word)
		return false;
	if (!number_of(&ether_types, word, &val)) {
		if (parse_hex(word, &bits) || bits > UINT16_MAX)
			return reader_wrong(reader, no_ethertype);
		val = bits;
	}
	return reader_imply(reader, id, val);
}

bool read_vid(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a VLAN");
	uint32_t vid;

	if (!word)
		return false;
	if (parse_u32(word, 0, 4094, &vid))
		return reader_wrong(reader, "is not a VLAN from 1 to 4094, or 0 for no tag");
	return reader_u32(reader, id, vid);
}

/* Bits by a list of their names, "syn,ack". */
static bool parse_list(const char *word, uint32_t *bits,
		       bool (*find)(const char *name, uint32_t *bit))
{
	const char *comma;
	char name[16];
	uint32_t bit;

	*bits = 0;
	for (;; word = comma + 1) {
		comma = strchrnul(word, ',');
		if (comma - word > 15)
			return false;
		snprintf(name, sizeof(name), "%.*s", (int)(comma - word), word);
		if (!find(name, &bit))
			return false;
		*bits |= bit;
		if (!*comma)
			return true;
	}
}

static bool find_flag(const char *name, uint32_t *bit)
{
	return number_of(&tcp_flags, name, bit);
}

static bool find_fragment(const char *name, uint32_t *bit)
{
	const int found = words_find(&fragments, name);

	*bit = found < 0 ? 0 : 1u << found;
	return found >= 0;
}

static bool read_flags_mask(struct reader *reader, uint16_t id)
{
	uint32_t mask;

	if (!reader_word(reader, "a list of flags"))
		return false;
	if (!parse_list(reader->words[reader->pos - 1], &mask, find_flag))
		return reader_wrong(reader,
				    "is not a list of fin, syn, rst, psh, ack, urg, ecn, cwr");
	return reader_u32(reader, id, mask);
}

/* nft takes several flags alone as any of them, others as all: who means what has to say it. */
static bool no_mask(struct reader *reader, uint32_t flags)
{
	const char *word = reader->words[reader->pos - 1];
	char phrase[256];

	if (!flags)
		return reader_wrong(reader, "needs a mask: 'none / syn,ack'");
	snprintf(phrase, sizeof(phrase), "needs a mask: '%.60s / %.60s' is all of them", word,
		 word);
	return reader_wrong(reader, phrase);
}

bool read_tcp_flags(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a list of flags"), *next;
	uint32_t flags = 0;

	if (!word)
		return false;
	if (strcmp(word, "none") && !parse_list(word, &flags, find_flag))
		return reader_wrong(reader,
				    "is not a list of fin, syn, rst, psh, ack, urg, ecn, cwr");
	next = reader_peek(reader);
	if (!IS_ONE_BIT(flags) && (!next || strcmp(next, "/")))
		return no_mask(reader, flags);
	if (!reader_u32(reader, id, flags))
		return false;
	if (reader_if(reader, "/"))
		return read_flags_mask(reader, id + 1);
	return reader_u32(reader, id + 1, flags);
}

bool read_icmp_type(struct reader *reader, uint16_t id)
{
	if (!reader_word(reader, "a type"))
		return false;
	return read_number(reader, id, reader->family == 4 ? &icmp_types : &icmpv6_types,
			   UINT8_MAX, "is neither a type from 0 to 255 nor the name of one");
}

bool read_icmp_code(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "a code");
	uint32_t code;

	if (!word)
		return false;
	if (parse_u32(word, 0, UINT8_MAX, &code))
		return reader_wrong(reader, "is not a code from 0 to 255");
	return reader_u32(reader, id, code);
}

bool read_fragments(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "whole, first or later");
	uint32_t bits;

	if (!word)
		return false;
	if (!parse_list(word, &bits, find_fragment))
		return reader_wrong(reader, "is not a list of whole, first, later");
	return reader_u32(reader, id, bits);
}

bool read_arp_op(struct reader *reader, uint16_t id)
{
	if (!reader_word(reader, "an operation"))
		return false;
	return read_number(reader, id, &arp_ops, UINT16_MAX,
			   "is neither request, reply nor a number from 0 to 65535");
}

bool read_comment(struct reader *reader, uint16_t id)
{
	const char *word = reader_word(reader, "its text");

	if (!word)
		return false;
	if (!*word)
		return reader_wrong(reader, "is empty");
	if (strlen(word) > CVSWITCH_ACL_COMMENT_MAX)
		return reader_wrong(reader, "is longer than 127 bytes");
	if (!text_is_utf8(word))
		return reader_wrong(reader, "is not UTF-8");
	return reader_put(reader, id, word, strlen(word) + 1);
}
