/* SPDX-License-Identifier: GPL-2.0 */
/* The words of a rule, taken one after the other, and the values among them. */
#ifndef CVS_RULE_READER_H
#define CVS_RULE_READER_H

#include "rule.h"

struct reader {
	struct rule *rule;
	char **words;
	int count, pos;
	int family;		/* of the addresses that may follow: 4, 6, or 0 for either */
	const char *topic;	/* "ip": the word that others belong to */
	const char *term;	/* "saddr": the last word that said what follows */
};

/* The next word without taking it, or NULL. */
const char *reader_peek(const struct reader *reader);
bool reader_if(struct reader *reader, const char *word);

/* Takes a word that must be there, or says that it isn't and returns NULL. */
const char *reader_word(struct reader *reader, const char *what);

/* Says what is wrong with the word that was taken last. Return: false. */
bool reader_wrong(struct reader *reader, const char *phrase);

/* Says that the next word isn't understood. Return: false. */
bool reader_unexpected(struct reader *reader, const char *expected);

/* Puts what the last word says. Return: false if something has said it before. */
bool reader_put(struct reader *reader, uint16_t id, const void *data, size_t len);
bool reader_u32(struct reader *reader, uint16_t id, uint32_t val);

/* The same for what follows from the last word; it may have been said, but not otherwise. */
bool reader_imply(struct reader *reader, uint16_t id, uint32_t val);

/*
 * Values, for an attribute. Behind one that is a range there is the attribute of its end, mask or
 * length, and then that of a group.
 */
bool read_mac(struct reader *reader, uint16_t id);
bool read_one_mac(struct reader *reader, uint16_t id);
bool read_prefix(struct reader *reader, uint16_t id);
bool read_port(struct reader *reader, uint16_t id);
bool read_protocol(struct reader *reader, uint16_t id);
bool read_ethertype(struct reader *reader, uint16_t id);
bool read_vid(struct reader *reader, uint16_t id);
bool read_tcp_flags(struct reader *reader, uint16_t id);
bool read_icmp_type(struct reader *reader, uint16_t id);
bool read_icmp_code(struct reader *reader, uint16_t id);
bool read_fragments(struct reader *reader, uint16_t id);
bool read_arp_op(struct reader *reader, uint16_t id);
bool read_nd_target(struct reader *reader, uint16_t id);
bool read_comment(struct reader *reader, uint16_t id);

#endif
