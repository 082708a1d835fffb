/* SPDX-License-Identifier: GPL-2.0 */
/* What a request is about, so that its attributes go together. */
#ifndef FUZZ_SUBJECT_H
#define FUZZ_SUBJECT_H

#include "message.h"
#include "spec.h"

/* What a rule asks about: not all questions go together. */
struct topic {
	uint32_t ethertype, protocol;	/* 0: any */
	bool v4, v6;			/* only of this family */
	uint64_t always, asks;		/* attributes, as bits */
};

struct subject {
	uint32_t home, vlan;
	bool remote;		/* an address behind one, not at a port */
	bool local;		/* an address of this host */
	bool joins;		/* a device that is no port yet */
	bool creates;		/* something that isn't there yet */
	bool handle;		/* a rule by its handle, not by its place */
	unsigned int tier, type;	/* of a profile; of a group */
	const struct topic *topic;	/* of the rule */
	bool v6;
	unsigned int depth;	/* of nests */
	/* What was put last: others have to fit. */
	uint32_t number, bits;
	uint8_t mac[6];
};

/* One attribute of a request, with a value; a nest with what belongs in it, maybe several times. */
void subject_put(struct message *m, const struct spec_attr *attr, uint16_t type,
		 struct subject *subject, uint64_t *rng);

const struct topic *topic_any(uint64_t *rng);

/* Belongs this attribute in the rule? */
bool topic_asks(const struct subject *subject, uint16_t type, uint64_t *rng);

#endif
