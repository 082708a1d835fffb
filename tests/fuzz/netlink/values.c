// SPDX-License-Identifier: GPL-2.0
#include "message.h"
#include "world.h"

uint32_t value_home(uint64_t *rng)
{
	return one_in(rng, 2) ? 0 : below(rng, SWITCHES);
}

uint32_t value_switch(uint64_t *rng, uint32_t home, bool odd)
{
	if (odd)
		return one_in(rng, 3) ? rnd(rng) : below(rng, IFINDEX_MAX);
	return one_in(rng, 12) ? 2 + below(rng, 8) : SWITCH_FIRST + home;
}

uint32_t value_port(uint64_t *rng, uint32_t home, bool joins, bool odd)
{
	if (odd)
		return one_in(rng, 3) ? rnd(rng) : below(rng, IFINDEX_MAX);
	if (one_in(rng, 8))
		return SWITCH_FIRST + home;	/* the host's */
	if (one_in(rng, 8))
		return PORT_FIRST + below(rng, PORTS);
	return PORT_FIRST + PORTS_EACH * home +
	       (joins && one_in(rng, 2) ? PORTS_EACH - 1 : below(rng, PORTS_EACH));
}

uint32_t value_vlan(uint64_t *rng, bool odd)
{
	static const uint32_t usual[] = { 1, 1, 1, 2, 3, 10, 100, 4094 };
	static const uint32_t wrong[] = { 0, 4095, 4096, 65536 + 1, UINT32_MAX };

	if (odd)
		return one_in(rng, 3) ? rnd(rng) : wrong[below(rng, ARRAY_LEN(wrong))];
	return one_in(rng, 4) ? 1 + below(rng, 4094) : usual[below(rng, ARRAY_LEN(usual))];
}

uint32_t value_device(uint64_t *rng, bool odd)
{
	if (odd)
		return one_in(rng, 3) ? rnd(rng) : below(rng, IFINDEX_MAX);
	return one_in(rng, 2) ? 0 : one_in(rng, 2) ? DUMMY : PORT_FIRST + below(rng, PORTS);
}

/* Each switch has some of its own, and all have some in common. */
uint32_t value_vni(uint64_t *rng, uint32_t home, bool odd)
{
	if (odd)
		return one_in(rng, 3) ? rnd(rng) : (1u << 24) - one_in(rng, 2);
	if (one_in(rng, 8))
		return below(rng, 4);
	return 100 * (1 + home) + (one_in(rng, 2) ? below(rng, 2) : below(rng, 6));
}

uint32_t value_number(uint64_t *rng, uint32_t least, uint32_t most, bool odd)
{
	const uint32_t edges[] = {
		least, most, least - 1, most + 1, 0, UINT32_MAX, INT32_MAX, rnd(rng)
	};

	if (odd)
		return edges[below(rng, ARRAY_LEN(edges))];
	if (one_in(rng, 2) && most - least > 16)
		return least + below(rng, 16);
	return most - least == UINT32_MAX ? rnd(rng) : least + below(rng, most - least + 1);
}

uint32_t value_l4_port(uint64_t *rng)
{
	static const uint32_t usual[] = { WORLD_PORTS };

	return one_in(rng, 12) ? below(rng, 65536) : usual[below(rng, ARRAY_LEN(usual))];
}

size_t value_name(uint64_t *rng, char name[STRING_MAX], bool odd)
{
	static const char *const wrong[] = {
		"", ".", "..", "lo", "a/b", "a:b", "a b", "fz%d", "%s%n", "sixteen-letters.",
		"exactly-sixteen", "\xff\xfe", "p0", "all", "default",
	};
	size_t len;

	if (!odd) {
		snprintf(name, STRING_MAX, "%s%u", one_in(rng, 2) ? "fz" : "sw", below(rng, 6));
		return strlen(name) + 1;
	}
	strcpy(name, wrong[below(rng, ARRAY_LEN(wrong))]);
	len = strlen(name) + 1;
	if (one_in(rng, 3)) {	/* with no end */
		len = 1 + below(rng, 63);
		memset(name, 'n', len);
	}
	return len;
}

size_t value_object(uint64_t *rng, char name[STRING_MAX], const char *what, bool creates, bool odd)
{
	static const char *const wrong[] = {
		"", "none", "admin0", "mac0", "#0", "@ip0", "a b", "\"", "\xff\xfe", "ip\n", "ip",
		"as-long-as-it-can-be-31-letters", "longer-than-it-can-be-32-letters",
	};
	unsigned int number = 0;	/* there from the beginning */
	size_t len;

	if (!odd) {
		if (creates ? !one_in(rng, 8) : one_in(rng, 3))
			number = 1 + below(rng, 3);
		snprintf(name, STRING_MAX, "%s%u", what, number);
		return strlen(name) + 1;
	}
	strcpy(name, wrong[below(rng, ARRAY_LEN(wrong))]);
	len = strlen(name) + 1;
	return one_in(rng, 4) ? below(rng, len) : len;
}

size_t value_comment(uint64_t *rng, char comment[STRING_MAX], bool odd)
{
	const size_t len = one_in(rng, 4) ? below(rng, 128) : below(rng, 12);
	size_t i;

	for (i = 0; i < len; i++)
		comment[i] = odd ? 1 + below(rng, 255) : 'a' + below(rng, 26);
	if (odd && one_in(rng, 2))
		return len + below(rng, STRING_MAX - len);
	return len + 1;
}

/* Local addresses are the first two, remotes' the others, mostly. */
size_t value_ip(uint64_t *rng, uint8_t ip[16], bool local, bool odd)
{
	static const struct {
		size_t len;
		uint8_t ip[16];
	} wrong[] = {
		{ 4, { 0 } }, { 4, { 127, 0, 0, 1 } }, { 4, { 224, 0, 0, 1 } },
		{ 4, { 255, 255, 255, 255 } }, { 16, { 0 } }, { 16, { [15] = 1 } },
		{ 16, { 0xff, 0x02, [15] = 1 } }, { 16, { 0xfe, 0x80, [15] = 1 } },
		{ 16, { [10] = 0xff, 0xff, 198, 51, 100, 2 } }, { 5, { 198, 51, 100, 2 } },
		{ 0, { 0 } }, { 3, { 198, 51, 100 } }, { 15, { 0x20, 0x01 } },
	};
	static const uint8_t v6[16] = { 0x20, 0x01, 0x0d, 0xb8 };
	const uint8_t last = local != one_in(rng, 24) ? 1 + below(rng, 2) : 2 + below(rng, 6);
	const unsigned int i = below(rng, ARRAY_LEN(wrong));

	if (odd) {
		memcpy(ip, wrong[i].ip, sizeof(wrong[i].ip));
		return wrong[i].len;
	}
	if (one_in(rng, 8)) {
		memcpy(ip, v6, sizeof(v6));
		ip[15] = last;
		return sizeof(v6);
	}
	memcpy(ip, (uint8_t []){ 198, 51, 100, last }, 4);
	return 4;
}

size_t value_prefix(uint64_t *rng, uint8_t ip[16], bool v6, uint32_t *bits, bool odd)
{
	static const struct {
		uint8_t bits, ip[16];
	} v4s[] = {
		WORLD_PREFIX, { 8, { 10 } }, { 16, { 172, 16 } }, { 24, { 192, 0, 2 } },
		{ 0, { 0 } },
	}, v6s[] = {
		{ 32, { 0x20, 1, 0x0d, 0xb8 } }, { 128, { 0x20, 1, 0x0d, 0xb8, [15] = 1 } },
		{ 64, { 0xfe, 0x80 } }, { 8, { 0xfd } }, { 0, { 0 } },
	};
	const unsigned int i = one_in(rng, 2) ? 0 : below(rng, ARRAY_LEN(v4s));

	*bits = v6 ? v6s[i].bits : v4s[i].bits;
	memcpy(ip, v6 ? v6s[i].ip : v4s[i].ip, 16);
	if (odd && one_in(rng, 2))
		return value_ip(rng, ip, false, true);
	if (odd)
		*bits = below(rng, 130);
	return v6 ? 16 : 4;
}

void value_mac(uint64_t *rng, uint8_t mac[6], bool odd)
{
	static const uint64_t wrong[] = {
		0, 0xffffffffffff, 0x01005e000001, 0x0180c2000000, 0x333300000001,
	};

	mac_from_u64(mac, odd ? wrong[below(rng, ARRAY_LEN(wrong))] :
		     STATION + 1 + below(rng, 3));
}
