// SPDX-License-Identifier: GPL-2.0
#include "cvs_key.h"

/**
 * cvs_mac_store() - write a MAC address
 * @addr: where to, 6 bytes
 * @mac: the address; what is above its 48 bits is ignored
 */
void cvs_mac_store(u8 *addr, u64 mac)
{
	put_unaligned_le32(mac, addr);
	put_unaligned_le16(mac >> 32, addr + 4);
}

/**
 * cvs_mac_from() - read a MAC address that has nothing readable behind it
 * @addr: the address, 6 bytes
 *
 * Return: the address as a number.
 */
u64 cvs_mac_from(const u8 *addr)
{
	return get_unaligned_le32(addr) | (u64)get_unaligned_le16(addr + 4) << 32;
}

/**
 * cvs_mac_class() - how a frame to an address that has no port is flooded
 * @mac: destination address
 *
 * Return: its class.
 */
enum cvs_class cvs_mac_class(u64 mac)
{
	if (mac == CVS_MAC_BROADCAST)
		return CVS_CLASS_BROADCAST;
	if (cvs_mac_is_group(mac))
		return CVS_CLASS_MULTICAST;
	return CVS_CLASS_UNICAST;
}
