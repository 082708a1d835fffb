/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words that people type, turned into values. Each function returns NULL, or what is wrong with
 * the word as a phrase that follows it: "is not a number". The phrase lives until the next call.
 */
#ifndef CVS_PARSE_H
#define CVS_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "attrs.h"

const char *parse_u32(const char *word, uint32_t min, uint32_t max, uint32_t *val);
const char *parse_bool(const char *word, uint32_t *val);
const char *parse_word(const char *word, const struct words *words, uint32_t *val);
const char *parse_mac(const char *word, uint8_t mac[6]);
const char *parse_vid(const char *word, uint32_t *vid);
const char *parse_vids(const char *word, uint32_t *first, uint32_t *last);
const char *parse_ip(const char *word, struct ip *ip);
const char *parse_ports(const char *word, uint32_t *first, uint32_t *last);
const char *parse_dscp(const char *word, uint32_t *dscp);
const char *parse_hex(const char *word, uint64_t *val);
const char *parse_device(const char *word);

/* A name of a group or a profile: NULL, or what is wrong with it. */
const char *parse_name(const char *word);

/* An IP prefix or an address, whose length is that of all of it. */
const char *parse_prefix(const char *word, struct ip *ip, uint32_t *len);

/* A port, or a range of ports. */
const char *parse_port_range(const char *word, uint32_t *first, uint32_t *last);

/* Whether a prefix has no bits behind its length. */
bool prefix_is_clean(const struct ip *ip, uint32_t len);

/* Whether it is IPv4 as IPv6 writes it, which no packet may have; and what to say then. */
bool prefix_is_mapped(const struct ip *ip, uint32_t len);
extern const char *const prefix_mapped;

#endif
