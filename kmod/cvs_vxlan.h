/* SPDX-License-Identifier: GPL-2.0 */
/* The VXLAN header (RFC 7348, section 5). */
#ifndef CVS_VXLAN_H
#define CVS_VXLAN_H

#include <linux/bits.h>
#include <linux/types.h>

#define CVS_VXLAN_HLEN		8

/* The header as a number: 8 flags, 24 reserved, 24 VNI and 8 reserved bits. */
#define CVS_VXLAN_FLAG_I	BIT_ULL(59)
#define CVS_VXLAN_VNI		GENMASK_ULL(31, 8)
#define CVS_VXLAN_VNI_SHIFT	8
#define CVS_VXLAN_RESERVED	(~(CVS_VXLAN_FLAG_I | CVS_VXLAN_VNI))

/**
 * cvs_vxlan_load() - read a header
 * @header: its 8 bytes
 *
 * Return: the header as a number.
 */
static inline u64 cvs_vxlan_load(const void *header)
{
	return get_unaligned_be64(header);
}

/* Is there a VNI? Without one it isn't VXLAN. */
static inline bool cvs_vxlan_has_vni(u64 header)
{
	return header & CVS_VXLAN_FLAG_I;
}

static inline u32 cvs_vxlan_vni(u64 header)
{
	return (header & CVS_VXLAN_VNI) >> CVS_VXLAN_VNI_SHIFT;
}

/**
 * cvs_vxlan_store() - write a header
 * @header: where to, 8 bytes
 * @vni: the VNI, 24 bits
 */
static inline void cvs_vxlan_store(void *header, u32 vni)
{
	put_unaligned_be64(CVS_VXLAN_FLAG_I | (u64)vni << CVS_VXLAN_VNI_SHIFT, header);
}

#endif /* CVS_VXLAN_H */
