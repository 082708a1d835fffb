// SPDX-License-Identifier: GPL-2.0
#include "acl_random.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define PICK(random, array) \
	((array)[acl_random_below(random, COUNT(array))])

/* Small, fast and the same everywhere. */
u32 acl_random_u32(struct acl_random *random)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return (random->state * 0x2545f4914f6cdd1dULL) >> 32;
}

/**
 * acl_random_init() - begin with a seed
 * @random: the numbers
 * @seed: any
 * @use: what they are for
 */
void acl_random_init(struct acl_random *random, u64 seed, enum acl_use use)
{
	int i;

	random->state = seed * 0x9e3779b97f4a7c15ULL + 0xd1b54a32d192ed03ULL;
	random->use = use;
	random->wide = false;
	if (!random->state)
		random->state = 1;
	for (i = 0; i < 16; i++)
		acl_random_u32(random);
}

#define STATIONS	6

static void station(u8 *mac, u8 kind, u8 n)
{
	memset(mac, 0, MODEL_MAC_LEN);
	mac[0] = 0x02;
	mac[4] = kind;
	mac[5] = n;
}

/* The @n-th address that frames are sent to. Return: false if there are not so many. */
bool acl_pool_station(u8 *mac, u8 n)
{
	station(mac, 2, n);
	return n < STATIONS;
}

/* No frame from here goes to where another came from, or a switch would keep it. */
void acl_pool_src_mac(struct acl_random *random, u8 *mac)
{
	station(mac, 1, acl_random_below(random, STATIONS));
}

void acl_pool_dst_mac(struct acl_random *random, u8 *mac)
{
	static const u8 multicast[MODEL_MAC_LEN] = { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x05 };

	switch (acl_random_below(random, 8)) {
	case 0:
		memset(mac, 0xff, MODEL_MAC_LEN);
		break;
	case 1:
		memcpy(mac, multicast, MODEL_MAC_LEN);
		break;
	default:
		station(mac, 2, acl_random_below(random, STATIONS));
		break;
	}
}

void acl_pool_ip(struct acl_random *random, u8 *addr, bool v6)
{
	static const u8 v4_bases[][4] = {
		{ 192, 0, 2, 0 }, { 198, 51, 100, 0 }, { 203, 0, 113, 0 }, { 10, 0, 0, 0 },
		{ 10, 128, 7, 0 },
	};
	static const u8 v6_bases[][16] = {
		{ 0x20, 0x01, 0x0d, 0xb8 },
		{ 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1 },
		{ 0x20, 0x01, 0x0d, 0xb8, 0x80 },
		{ 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0xff, 0xfe },
		{ 0xff, 2 },
	};
	static const u8 hosts[] = { 0, 1, 2, 3, 4, 127, 128, 254, 255 };
	u8 host = PICK(random, hosts);

	memset(addr, 0, 16);
	if (v6)
		memcpy(addr, PICK(random, v6_bases), 16);
	else
		memcpy(addr, PICK(random, v4_bases), 4);
	addr[v6 ? 15 : 3] = host;
	if (random->wide)
		addr[v6 ? 14 : 2] ^= acl_random_u32(random);
}

u16 acl_pool_port(struct acl_random *random)
{
	static const u16 ports[] = {
		0, 1, 22, 53, 80, 443, 1023, 1024, 8080, 32767, 32768, 49152, 65534, 65535,
	};

	if (acl_random_one_in(random, 8))
		return acl_random_u32(random);
	return PICK(random, ports);
}

u8 acl_pool_protocol(struct acl_random *random)
{
	static const u8 protocols[] = {
		MODEL_TCP, MODEL_TCP, MODEL_TCP, MODEL_TCP, MODEL_UDP, MODEL_UDP, MODEL_UDP,
		MODEL_UDPLITE, MODEL_SCTP, MODEL_DCCP, MODEL_ICMP, MODEL_ICMPV6, MODEL_ICMPV6,
		MODEL_NONE, 47, 50, 89,
	};

	return PICK(random, protocols);
}

u8 acl_pool_icmp_type(struct acl_random *random, bool v6)
{
	static const u8 v4_types[] = { 0, 3, 8, 8, 11, 255 };
	static const u8 v6_types[] = {
		1, 2, 128, 129, 132, 133, 134, 135, 135, 135, 136, 136, 137, 138,
	};

	return v6 ? PICK(random, v6_types) : PICK(random, v4_types);
}

u16 acl_pool_vid(struct acl_random *random)
{
	static const u16 vids[] = { 0, 1, 2, 100, 4094 };

	return PICK(random, vids);
}

u16 acl_pool_ethertype(struct acl_random *random)
{
	static const u16 types[] = {
		MODEL_TYPE_IPV4, MODEL_TYPE_IPV6, MODEL_TYPE_ARP, MODEL_TYPE_802_2, 0x8847,
		0x88b5, 0x0600, 0xffff,
	};

	return PICK(random, types);
}

u16 acl_pool_arp_op(struct acl_random *random)
{
	static const u16 operations[] = { 1, 1, 2, 2, 3, 0xffff };

	return PICK(random, operations);
}

/* Half of them long, the others of any length but none, which is rare. */
static u8 prefix_len(struct acl_random *random, u8 max)
{
	if (random->wide && !acl_random_one_in(random, 16))
		return max - acl_random_below(random, 13);
	if (acl_random_one_in(random, 24))
		return 0;
	if (acl_random_below(random, 2))
		return max - acl_random_below(random, 9);
	return 1 + acl_random_below(random, max);
}

void acl_pool_prefix(struct acl_random *random, struct model_prefix *prefix, bool v6)
{
	unsigned int bit;

	acl_pool_ip(random, prefix->addr, v6);
	prefix->v6 = v6;
	prefix->len = prefix_len(random, v6 ? 128 : 32);
	for (bit = prefix->len; bit < 128; bit++)
		prefix->addr[bit / 8] &= ~(0x80 >> bit % 8);
}

void acl_pool_ports(struct acl_random *random, struct model_ports *ports)
{
	u16 swap;

	ports->first = acl_pool_port(random);
	ports->last = ports->first;
	if (acl_random_below(random, 2))
		ports->last = acl_pool_port(random);
	if (ports->last < ports->first) {
		swap = ports->first;
		ports->first = ports->last;
		ports->last = swap;
	}
}
