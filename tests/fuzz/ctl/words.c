// SPDX-License-Identifier: GPL-2.0
/* Single words: what is accepted as a number, an address, ... is one, and nothing else is. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <net/if.h>

#include "fake.h"
#include "out.h"
#include "parse.h"

static void number(const char *word)
{
	static const struct {
		uint32_t min, max;
	} limits[] = { { 0, UINT32_MAX }, { 1, 4094 }, { 5, 5 }, { 0, 0 }, { 1, UINT32_MAX } };
	uint32_t val;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		const char *wrong = parse_u32(word, limits[i].min, limits[i].max, &val);

		if (wrong) {
			expect(*wrong);
			continue;
		}
		expect(val >= limits[i].min && val <= limits[i].max);
		expect(strspn(word, "0123456789") == strlen(word) && *word);
		expect(strtoull(word, NULL, 10) == val);
	}
}

static void address(const char *word)
{
	uint8_t mac[6], again[6];
	char text[24];

	if (parse_mac(word, mac))
		return;
	expect(strlen(word) >= 11 && strlen(word) <= 17);
	expect(!parse_mac(out_mac(text, sizeof(text), mac), again));
	expect(!memcmp(mac, again, sizeof(mac)));
}

static void ip(const char *word)
{
	struct ip ip = { 0 }, again = { 0 };
	char text[64];

	if (parse_ip(word, &ip)) {
		expect(!ip.len);
		return;
	}
	expect(ip.len == 4 || ip.len == 16);
	expect(!parse_ip(out_ip(text, sizeof(text), &ip), &again));
	expect(again.len == ip.len && !memcmp(again.addr, ip.addr, ip.len));
}

static void tunnel(const char *word)
{
	uint32_t first, last, dscp;
	uint64_t bits;

	if (!parse_ports(word, &first, &last))
		expect(first >= 1 && first <= last && last <= 65535 && strchr(word, '-'));
	if (!parse_dscp(word, &dscp))
		expect(dscp < 64 || !strcmp(word, "inherit"));
	if (!parse_hex(word, &bits))
		expect(strlen(word) >= 3 && strlen(word) <= 18 &&
		       strtoull(word, NULL, 16) == bits);
}

static void vlans(const char *word)
{
	uint32_t first, last, vid;

	if (parse_vids(word, &first, &last)) {
		expect(parse_vid(word, &vid));
		return;
	}
	expect(first >= 1 && first <= last && last <= 4094);
	if (!parse_vid(word, &vid))
		expect(vid == first && vid == last && !strchr(word, '-'));
}

static void words(const char *word)
{
	static const struct words *const all[] = {
		&short_paths, &port_states, &short_states, &fdb_kinds, &fdb_events, &drop_reasons,
		&tunnel_dfs, &tunnel_sources, &tiers, &directions, &verdicts, &policies,
		&group_types, &fragments,
	};
	uint32_t val;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		if (!parse_word(word, all[i], &val))
			expect(val < all[i]->count && !strcmp(all[i]->word[val].name, word));
	}
	if (!parse_bool(word, &val))
		expect(val <= 1);
}

static void device(const char *word)
{
	if (!parse_device(word))
		expect(*word && strlen(word) < IF_NAMESIZE && !strpbrk(word, "/: \t\n\v\f\r"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *word = malloc(len + 1);

	memcpy(word, data, len);
	word[len] = '\0';
	number(word);
	address(word);
	ip(word);
	tunnel(word);
	vlans(word);
	words(word);
	device(word);
	free(word);
	return 0;
}
