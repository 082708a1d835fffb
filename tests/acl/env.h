/* SPDX-License-Identifier: GPL-2.0 */
/* What the model needs of its surroundings, which are the kernel or a program. */
#ifndef ACL_ENV_H
#define ACL_ENV_H

#include <linux/cvswitch.h>

#ifdef __KERNEL__
#include <linux/string.h>
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
#endif

#endif /* ACL_ENV_H */
