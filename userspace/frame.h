/* SPDX-License-Identifier: GPL-2.0 */
/* What a frame is, in a few words: "tcp 192.0.2.1:40000 > 192.0.2.2:443 syn". */
#ifndef CVS_FRAME_H
#define CVS_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_TEXT_MAX	256

/* Of its first bytes, from the Ethernet header on; of as much as these tell. */
char *frame_text(char *buf, size_t size, const uint8_t *bytes, size_t len);

#endif
