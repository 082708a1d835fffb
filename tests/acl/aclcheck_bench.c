// SPDX-License-Identifier: GPL-2.0
/*
 * aclcheck bench-rules N SEED [nft|ovs]
 *
 * Print N rules for frames from the container, as people write them, no two alike: a
 * fifth each ask for destination and port, source and destination, destination and
 * range of ports, protocol and ports, and IPv6 addresses. All but the first kind have
 * a range or prefixes of two lengths. The last rule matches much. They are in the words
 * of cvswitch-ctl, of nft, or OpenFlow's, where each range of ports is some flows with masks.
 *
 * aclcheck bench-flows WHERE N SEED COUNT
 *
 * Print COUNT flows, no two alike, as "FAMILY SOURCE DESTINATION PROTOCOL SPORT DPORT".
 * Of these rules, they match one of the first tenth ("first"), the last ("last"), none
 * ("none"), each tenth, the last and none equally often ("mixed"), or each is aimed at
 * a rule without a look at which comes first ("adversarial").
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdlib.h>

#include "aclcheck.h"

/*
 * Rules ask for addresses in 10.0.0.0/8 and 2001:db8::/32; those that ask for none, for
 * other ports than those that do. So most rules have flows of their own.
 */
#define PORT_LAST		19999
#define ONLY_PORT_FIRST		20000
#define ONLY_PORT_LAST		44999
#define NO_PORT_FIRST		45000

#define TRIES			100000

/* What was there already. */
struct seen {
	u64 *hashes;
	u32 size;
};

struct flow {
	bool v6;
	u8 src[16];
	u8 dst[16];
	u8 protocol;
	u16 sport;
	u16 dport;
};

static void seen_init(struct seen *seen, u32 n)
{
	for (seen->size = 16; seen->size < n * 4; seen->size *= 2)
		;
	seen->hashes = aclcheck_alloc(seen->size, sizeof(u64));
}

/* Return: true if it is new. Equal hashes of two that differ only cost one of them. */
static bool seen_add(struct seen *seen, const void *data, size_t len)
{
	const u8 *bytes = data;
	u64 hash = 0xcbf29ce484222325ULL;
	u32 at;

	while (len--)
		hash = (hash ^ *bytes++) * 0x100000001b3ULL;
	hash |= 1;
	for (at = hash >> 32 & (seen->size - 1); seen->hashes[at]; at = (at + 1) & (seen->size - 1))
		if (seen->hashes[at] == hash)
			return false;
	seen->hashes[at] = hash;
	return true;
}

static u32 below(struct acl_random *random, u32 n)
{
	return acl_random_below(random, n);
}

static void bench_prefix(struct acl_random *random, struct model_prefix *prefix, bool v6, u8 len)
{
	static const u8 base[4] = { 0x20, 0x01, 0x0d, 0xb8 };
	unsigned int bit, i;

	for (i = 0; i < (v6 ? 16U : 4U); i++)
		prefix->addr[i] = acl_random_u32(random);
	if (v6)
		memcpy(prefix->addr, base, sizeof(base));
	else
		prefix->addr[0] = 10;
	prefix->v6 = v6;
	prefix->len = len;
	for (bit = len; bit < (v6 ? 128U : 32U); bit++)
		prefix->addr[bit / 8] &= ~(0x80 >> bit % 8);
}

static void ask_protocol(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_PROTOCOL;
	rule->protocol = below(random, 3) ? MODEL_TCP : MODEL_UDP;
}

static void ask_range(struct acl_random *random, struct model_ports *ports, u16 first, u16 last)
{
	u16 n = 2 + below(random, 2000);

	ports->first = first + below(random, last - first - n);
	ports->last = ports->first + n - 1;
}

static void ask_dst(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_DST;
	bench_prefix(random, &rule->dst, false, 16 + below(random, 17));
}

static void shape_dst_port(struct acl_random *random, struct model_rule *rule)
{
	ask_dst(random, rule);
	ask_protocol(random, rule);
	rule->asked |= MODEL_ASK_DPORT;
	rule->dport.first = 1 + below(random, PORT_LAST);
	rule->dport.last = rule->dport.first;
}

static void shape_both(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_SRC | MODEL_ASK_DST;
	bench_prefix(random, &rule->src, false, 16 + below(random, 17));
	do {
		bench_prefix(random, &rule->dst, false, 16 + below(random, 17));
	} while (rule->dst.len == rule->src.len);
}

static void shape_dst_range(struct acl_random *random, struct model_rule *rule)
{
	ask_dst(random, rule);
	ask_protocol(random, rule);
	rule->asked |= MODEL_ASK_DPORT;
	ask_range(random, &rule->dport, 1, PORT_LAST);
}

static void shape_ports(struct acl_random *random, struct model_rule *rule)
{
	ask_protocol(random, rule);
	rule->asked |= MODEL_ASK_SPORT | MODEL_ASK_DPORT;
	rule->dport.first = ONLY_PORT_FIRST + below(random, ONLY_PORT_LAST - ONLY_PORT_FIRST + 1);
	rule->dport.last = rule->dport.first;
	ask_range(random, &rule->sport, 1024, 65535);
}

static void shape_both_v6(struct acl_random *random, struct model_rule *rule)
{
	rule->asked |= MODEL_ASK_SRC | MODEL_ASK_DST;
	bench_prefix(random, &rule->src, true, 44 + below(random, 85));
	do {
		bench_prefix(random, &rule->dst, true, 44 + below(random, 85));
	} while (rule->dst.len == rule->src.len);
}

/* What comes from 198.18.0.0/15, where no other rule has addresses. */
static void shape_last(struct model_rule *rule)
{
	static const u8 base[4] = { 198, 18 };

	memset(rule, 0, sizeof(*rule));
	rule->asked = MODEL_ASK_SRC | MODEL_ASK_DST;
	memcpy(rule->src.addr, base, sizeof(base));
	rule->src.len = 15;
	rule->dst.addr[0] = 10;
	rule->dst.len = 8;
	rule->verdict = CVSWITCH_VERDICT_ACCEPT;
}

static struct model_set *bench_set(u32 n, u64 seed)
{
	static void (*const shapes[])(struct acl_random *random, struct model_rule *rule) = {
		shape_dst_port, shape_both, shape_dst_range, shape_ports, shape_both_v6,
	};
	struct model_set *set = aclcheck_alloc(1, sizeof(*set));
	struct acl_random random;
	struct seen seen;
	u8 verdict;

	if (!n)
		errx(2, "no rules");
	set->rules = aclcheck_alloc(n, sizeof(*set->rules));
	set->verdict = CVSWITCH_VERDICT_DROP;
	acl_random_init(&random, seed, ACL_USE_SWITCH);
	seen_init(&seen, n);
	while (set->n < n - 1) {
		struct model_rule *rule = &set->rules[set->n];

		memset(rule, 0, sizeof(*rule));
		shapes[set->n % 5](&random, rule);
		verdict = below(&random, 2) ? CVSWITCH_VERDICT_ACCEPT : CVSWITCH_VERDICT_DROP;
		model_normalise(rule);
		/* Whatever they do: they must not ask for the same. */
		if (!seen_add(&seen, rule, sizeof(*rule)))
			continue;
		rule->verdict = verdict;
		set->n++;
	}
	shape_last(&set->rules[set->n++]);
	return set;
}

static void print_rule(struct model_rule *rule, const char *words, u32 priority)
{
	if (!strcmp(words, "nft")) {
		aclcheck_nft_rule(rule);
	} else if (!strcmp(words, "ovs")) {
		aclcheck_ovs_rule(rule, priority);
	} else if (!*words) {
		/* The words for addresses tell the type. */
		rule->asked &= ~MODEL_ASK_ETHERTYPE;
		acl_text_rule(stdout, rule, "ingress");
	} else {
		errx(2, "'%s' has no words for rules", words);
	}
}

int aclcheck_bench_rules(int argc, char **argv)
{
	struct model_set *set;
	u32 i;

	if (argc != 2 && argc != 3)
		errx(2, "usage: aclcheck bench-rules N SEED [nft|ovs]");
	set = bench_set(aclcheck_number(argv[0]), aclcheck_number(argv[1]));
	for (i = 0; i < set->n; i++)
		print_rule(&set->rules[i], argc == 3 ? argv[2] : "", set->n - i);
	return 0;
}

/* A flow that no rule but the last can match, if @last, or none. */
static void lonely_flow(struct acl_random *random, struct acl_spec *spec, bool last)
{
	struct model_prefix addr;

	spec->ethertype = MODEL_TYPE_IPV4;
	bench_prefix(random, &addr, false, 32);
	memcpy(spec->dst, addr.addr, 16);
	bench_prefix(random, &addr, false, 32);
	memcpy(spec->src, addr.addr, 16);
	spec->src[0] = 198;
	spec->src[1] = last ? 18 + below(random, 2) : 51;
	spec->dport = NO_PORT_FIRST + below(random, 65536 - NO_PORT_FIRST);
}

static void any_source(struct acl_random *random, struct acl_spec *spec)
{
	struct model_prefix addr;

	bench_prefix(random, &addr, false, 32);
	memcpy(spec->src, addr.addr, 16);
}

/* A flow aimed at rule @index; if there isn't such a rule, at none. */
static void aimed_flow(struct acl_random *random, const struct model_set *set, u32 index,
		       struct acl_spec *spec)
{
	const struct model_rule *rule = &set->rules[index];

	memset(spec, 0, sizeof(*spec));
	spec->fragment = CVSWITCH_FRAGMENT_WHOLE;
	spec->protocol = below(random, 3) ? MODEL_TCP : MODEL_UDP;
	spec->sport = 1024 + below(random, 64512);
	spec->dport = 1 + below(random, 65535);
	if (index + 1 >= set->n) {
		lonely_flow(random, spec, index + 1 == set->n);
	} else if (rule->asked & MODEL_ASK_DST) {
		spec->ethertype = model_ethertype(rule);
		acl_spec_aim(random, spec, rule, NULL, 0);
		if (!(rule->asked & MODEL_ASK_SRC))
			any_source(random, spec);
	} else {
		lonely_flow(random, spec, false);
		spec->protocol = rule->protocol;
		spec->sport = rule->sport.first +
			      below(random, rule->sport.last - rule->sport.first + 1);
		spec->dport = rule->dport.first;
	}
}

static int judge(const struct model_set *set, const struct acl_spec *spec)
{
	struct model_outcome outcome;
	u8 data[ACL_FRAME_MAX];
	struct model_frame frame = { .data = data };

	frame.len = acl_frame_write(spec, data);
	model_judge(set, &frame, false, 0, &outcome, NULL);
	if (outcome.rule == MODEL_MALFORMED)
		errx(2, "a flow is malformed");
	return outcome.rule;
}

/* Of @n rules, the wanted first one and how many of them would do; none is @n. */
static void wanted_rules(const char *where, u32 n, u32 i, u32 *first, u32 *count)
{
	u32 tenth = i % 12;

	*count = 1;
	if (!strcmp(where, "first")) {
		*first = 0;
		*count = n / 10;
	} else if (!strcmp(where, "last") || (!strcmp(where, "mixed") && tenth == 10)) {
		*first = n - 1;
	} else if (!strcmp(where, "none") || (!strcmp(where, "mixed") && tenth == 11)) {
		*first = n;
	} else if (!strcmp(where, "mixed")) {
		*first = n / 10 * tenth;
		*count = n / 10;
	} else if (!strcmp(where, "adversarial")) {
		*first = 0;
		*count = n + 1;
	} else {
		errx(2, "'%s' is no place in a list", where);
	}
	if (!*count)
		*count = 1;
}

static void print_flow(const struct acl_spec *spec)
{
	bool v6 = spec->ethertype == MODEL_TYPE_IPV6;
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];

	inet_ntop(v6 ? AF_INET6 : AF_INET, spec->src, src, sizeof(src));
	inet_ntop(v6 ? AF_INET6 : AF_INET, spec->dst, dst, sizeof(dst));
	printf("%s %s %s %s %u %u\n", v6 ? "ip6" : "ip", src, dst,
	       spec->protocol == MODEL_TCP ? "tcp" : "udp", spec->sport, spec->dport);
}

static bool add_flow(struct seen *seen, const struct acl_spec *spec)
{
	struct flow flow;

	memset(&flow, 0, sizeof(flow));
	flow.v6 = spec->ethertype == MODEL_TYPE_IPV6;
	memcpy(flow.src, spec->src, 16);
	memcpy(flow.dst, spec->dst, 16);
	flow.protocol = spec->protocol;
	flow.sport = spec->sport;
	flow.dport = spec->dport;
	return seen_add(seen, &flow, sizeof(flow));
}

int aclcheck_bench_flows(int argc, char **argv)
{
	u32 i, n, count, first, many, tries = 0;
	struct acl_random random;
	struct acl_spec spec;
	struct model_set *set;
	struct seen seen;

	if (argc != 4)
		errx(2, "usage: aclcheck bench-flows WHERE N SEED COUNT");
	n = aclcheck_number(argv[1]);
	count = aclcheck_number(argv[3]);
	set = bench_set(n, aclcheck_number(argv[2]));
	acl_random_init(&random, aclcheck_number(argv[2]) + 1, ACL_USE_SWITCH);
	seen_init(&seen, count);
	for (i = 0; i < count; tries++) {
		u32 rule;
		int got;

		if (tries > TRIES + count * 100)
			errx(1, "only %u flows are found", i);
		wanted_rules(argv[0], n, i, &first, &many);
		aimed_flow(&random, set, first + below(&random, many), &spec);
		got = judge(set, &spec);
		rule = got < 0 ? n : (u32)got;
		if (rule < first || rule >= first + many || !add_flow(&seen, &spec))
			continue;
		print_flow(&spec);
		i++;
	}
	return 0;
}
