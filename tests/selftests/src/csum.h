/* SPDX-License-Identifier: GPL-2.0 */
/*
 * csum.h: the Internet checksum (RFC 1071), for the programs that judge those of
 * the kernel. Written for the eye: it shares nothing with what it checks.
 */
#ifndef SELFTESTS_CSUM_H
#define SELFTESTS_CSUM_H

#include "frame.h"

/* The sum of @len bytes at @p and of @acc, to be folded at the end. Only the last part may be odd. */
static inline uint32_t sum(const uint8_t *p, size_t len, uint32_t acc)
{
	for (; len > 1; p += 2, len -= 2) {
		acc += get16(p);
		acc = (acc & 0xffff) + (acc >> 16);
	}
	if (len)
		acc += p[0] << 8;
	return (acc & 0xffff) + (acc >> 16);
}

/* 0xffff for what contains its own right checksum. */
static inline uint16_t fold(uint32_t acc)
{
	acc = (acc & 0xffff) + (acc >> 16);
	return (acc & 0xffff) + (acc >> 16);
}

#endif
