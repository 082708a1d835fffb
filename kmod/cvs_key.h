/* SPDX-License-Identifier: GPL-2.0 */
/* What the switch reads of a frame's Ethernet header. */
#ifndef CVS_KEY_H
#define CVS_KEY_H

#include <linux/bits.h>
#include <linux/if_ether.h>
#include <linux/types.h>

/*
 * A MAC address as a number: its first byte is the lowest, so that the group
 * bit is bit 0. The 16 bits above hold the VLAN when it is a key of the FDB.
 */
#define CVS_MAC_MASK		GENMASK_ULL(47, 0)
#define CVS_MAC_GROUP		BIT_ULL(0)
#define CVS_MAC_BROADCAST	CVS_MAC_MASK
/* IEEE 802.1Q-2018 table 8-1: 01-80-C2-00-00-00 to -0F */
#define CVS_MAC_LINK_LOCAL	0x00000000c28001ULL
#define CVS_MAC_LINK_LOCAL_MASK	0xf0ffffffffffULL
#define CVS_MAC_BPDU		CVS_MAC_LINK_LOCAL

/**
 * struct cvs_key - what decides where a frame goes
 * @dst: destination MAC address
 * @src: source MAC address
 * @vid: VLAN, 0 in a switch that ignores VLANs
 *
 * Parsed once; whoever comes later reads the key and not the frame.
 */
struct cvs_key {
	u64 dst;
	u64 src;
	u16 vid;
};

enum cvs_class {
	CVS_CLASS_UNICAST,
	CVS_CLASS_MULTICAST,
	CVS_CLASS_BROADCAST,
	CVS_CLASSES,
};

/**
 * cvs_mac_load() - read a MAC address
 * @addr: the address, with at least two readable bytes behind it
 *
 * Return: the address as a number.
 */
static inline u64 cvs_mac_load(const u8 *addr)
{
	return get_unaligned_le64(addr) & CVS_MAC_MASK;
}

void cvs_mac_store(u8 *addr, u64 mac);
u64 cvs_mac_from(const u8 *addr);

static inline bool cvs_mac_is_group(u64 mac)
{
	return mac & CVS_MAC_GROUP;
}

static inline bool cvs_mac_is_link_local(u64 mac)
{
	return (mac & CVS_MAC_LINK_LOCAL_MASK) == CVS_MAC_LINK_LOCAL;
}

/* May @mac be the source of a frame, or own an entry of the FDB? */
static inline bool cvs_mac_is_valid(u64 mac)
{
	return mac && !cvs_mac_is_group(mac);
}

/**
 * cvs_key_extract() - read the key from an Ethernet header
 * @key: where to; the VLAN is 0
 * @eth: the header, all 14 bytes readable
 */
static inline void cvs_key_extract(struct cvs_key *key, const struct ethhdr *eth)
{
	/* Each load reads two bytes too many, which are still in the header. */
	BUILD_BUG_ON(offsetof(struct ethhdr, h_source) + 8 > sizeof(*eth));

	key->dst = cvs_mac_load(eth->h_dest);
	key->src = cvs_mac_load(eth->h_source);
	key->vid = 0;
}

enum cvs_class cvs_mac_class(u64 mac);

#endif /* CVS_KEY_H */
