// SPDX-License-Identifier: GPL-2.0
#include "parse.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "text.h"

#define VID_MAX		4094
#define HEX_DIGITS_MAX	16

static char complaint[1024];

const char *parse_u32(const char *word, uint32_t min, uint32_t max, uint32_t *val)
{
	unsigned long long number;
	char *end;

	/* strtoull() would take spaces and signs. */
	if (!isdigit((unsigned char)*word))
		return "is not a number";
	errno = 0;
	number = strtoull(word, &end, 10);
	if (*end)
		return "is not a number";
	if (errno || number > max) {
		snprintf(complaint, sizeof(complaint), "is more than %u", max);
		return complaint;
	}
	if (number < min) {
		snprintf(complaint, sizeof(complaint), "is less than %u", min);
		return complaint;
	}
	*val = number;
	return NULL;
}

const char *parse_bool(const char *word, uint32_t *val)
{
	if (!strcmp(word, "on"))
		*val = 1;
	else if (!strcmp(word, "off"))
		*val = 0;
	else
		return "is neither on nor off";
	return NULL;
}

const char *parse_word(const char *word, const struct words *words, uint32_t *val)
{
	int found = words_find(words, word);
	bool any = false;
	size_t len;
	uint32_t i;

	if (found >= 0) {
		*val = found;
		return NULL;
	}
	len = text_append(complaint, sizeof(complaint), 0, "is none of");
	for (i = 0; i < words->count; i++) {
		if (!words->word[i].name)
			continue;
		len = text_append(complaint, sizeof(complaint), len, "%s %s", any ? "," : "",
				  words->word[i].name);
		any = true;
	}
	return complaint;
}

const char *parse_mac(const char *word, uint8_t mac[6])
{
	const char *wrong = "is not a MAC address";
	const char separator = word[strcspn(word, ":-")];
	const char *pos = word;
	int i;

	for (i = 0; i < 6; i++) {
		char *end;

		/* strtoul() would take spaces, signs and an empty word. */
		if (!isxdigit((unsigned char)*pos))
			return wrong;
		mac[i] = strtoul(pos, &end, 16);
		if (end - pos > 2)
			return wrong;
		if (i < 5 ? !*end || *end != separator : *end)
			return wrong;
		pos = end + 1;
	}
	return NULL;
}

const char *parse_vid(const char *word, uint32_t *vid)
{
	if (parse_u32(word, 1, VID_MAX, vid))
		return "is not a VLAN from 1 to 4094";
	return NULL;
}

/* Two numbers from 1 to a maximum. */
static const char *parse_range(const char *word, uint32_t max, uint32_t *first, uint32_t *last,
			       const char *wrong)
{
	const char *dash = strchr(word, '-');
	char begin[8];

	if (!dash || dash - word >= (int)sizeof(begin))
		return wrong;
	snprintf(begin, sizeof(begin), "%.*s", (int)(dash - word), word);
	if (parse_u32(begin, 1, max, first) || parse_u32(dash + 1, 1, max, last))
		return wrong;
	if (*last < *first)
		return "ends before it begins";
	return NULL;
}

const char *parse_vids(const char *word, uint32_t *first, uint32_t *last)
{
	if (!strchr(word, '-')) {
		const char *wrong = parse_vid(word, first);

		*last = *first;
		return wrong;
	}
	return parse_range(word, VID_MAX, first, last, "is not a range of VLANs from 1 to 4094");
}

const char *parse_ports(const char *word, uint32_t *first, uint32_t *last)
{
	return parse_range(word, UINT16_MAX, first, last,
			   "is not a range of ports from 1 to 65535");
}

const char *parse_ip(const char *word, struct ip *ip)
{
	if (inet_pton(AF_INET, word, ip->addr) == 1)
		ip->len = 4;
	else if (inet_pton(AF_INET6, word, ip->addr) == 1)
		ip->len = 16;
	else
		return "is neither an IPv4 nor an IPv6 address";
	return NULL;
}

const char *parse_dscp(const char *word, uint32_t *dscp)
{
	if (strcmp(word, "inherit"))
		return parse_u32(word, 0, CVSWITCH_DSCP_INHERIT - 1, dscp);
	*dscp = CVSWITCH_DSCP_INHERIT;
	return NULL;
}

const char *parse_hex(const char *word, uint64_t *val)
{
	const size_t digits = strlen(word) - 2;

	/* strtoull() would take spaces, signs and a second 0x. */
	if (strncmp(word, "0x", 2) || !digits ||
	    strspn(word + 2, "0123456789abcdefABCDEF") != digits)
		return "is not a hexadecimal number like 0xff";
	if (digits > HEX_DIGITS_MAX)
		return "has more than 64 bits";
	*val = strtoull(word + 2, NULL, 16);
	return NULL;
}

const char *parse_device(const char *word)
{
	const char *pos;

	if (!*word)
		return "is empty where a device was expected";
	if (strlen(word) >= IF_NAMESIZE)
		return "is longer than the 15 characters of a device name";
	if (!strcmp(word, ".") || !strcmp(word, ".."))
		return "is not a device name";
	for (pos = word; *pos; pos++) {
		if (*pos == '/' || *pos == ':' || isspace((unsigned char)*pos))
			return "is not a device name";
	}
	return NULL;
}

const char *parse_name(const char *word)
{
	const char *pos;

	if (!*word)
		return "is empty where a name was expected";
	if (strlen(word) > CVSWITCH_ACL_NAME_MAX)
		return "is longer than the 31 characters of a name";
	/* As the kernel does. */
	if (*word == '#' || *word == '@')
		return "is no name: # or @ is in front";
	for (pos = word; *pos; pos++) {
		if (*pos <= ' ' || *pos > '~' || *pos == '"')
			return "is no name: it is not all printable ASCII, or has a space or quote";
	}
	return NULL;
}

const char *parse_prefix(const char *word, struct ip *ip, uint32_t *len)
{
	const char *slash = strchr(word, '/');
	char addr[64];

	snprintf(addr, sizeof(addr), "%.*s", slash ? (int)(slash - word) : 63, word);
	if ((slash && slash - word > 63) || parse_ip(addr, ip))
		return "is neither an IPv4 nor an IPv6 address or prefix";
	*len = 8 * ip->len;
	if (slash && parse_u32(slash + 1, 0, *len, len))
		return ip->len == 4 ? "has no prefix length from 0 to 32" :
		       "has no prefix length from 0 to 128";
	return NULL;
}

bool prefix_is_clean(const struct ip *ip, uint32_t len)
{
	uint32_t bit;

	for (bit = len; bit < 8u * ip->len; bit++) {
		if (ip->addr[bit / 8] & 0x80 >> bit % 8)
			return false;
	}
	return true;
}

const char *const prefix_mapped = "is an IPv4 address in the form of IPv6; write it as IPv4";

bool prefix_is_mapped(const struct ip *ip, uint32_t len)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	return ip->len == 16 && len >= 96 && !memcmp(ip->addr, prefix, sizeof(prefix));
}

static bool find_range(const char *word, uint32_t *first, uint32_t *last)
{
	const char *dash = strchr(word, '-');
	char begin[16];

	if (!dash || dash - word > 15)
		return false;
	snprintf(begin, sizeof(begin), "%.*s", (int)(dash - word), word);
	return !parse_u32(begin, 0, UINT16_MAX, first) && !parse_u32(dash + 1, 0, UINT16_MAX, last);
}

const char *parse_port_range(const char *word, uint32_t *first, uint32_t *last)
{
	if (!parse_u32(word, 0, UINT16_MAX, first))
		*last = *first;
	else if (!find_range(word, first, last))
		return "is neither a port from 0 to 65535 nor a range like 1024-65535";
	return *last < *first ? "ends before it begins" : NULL;
}
