// SPDX-License-Identifier: GPL-2.0
/*
 * aclcheck: rules and frames by lot, and what the model says becomes of them.
 *
 * aclcheck groups SEED SWITCH
 *	Print the commands that make the groups which the rules of SEED name.
 * aclcheck rules SEED N ingress|egress
 *	Print N rules, one per line.
 * aclcheck default SEED N ingress|egress
 *	Print what becomes of frames that none of them decides about.
 * aclcheck stations
 *	Print the unicast addresses that frames are sent to.
 * aclcheck share SEED N FRAMES
 *	Print how many of FRAMES frames are decided by which tenth of N rules.
 * aclcheck run SEED FRAMES INGRESS EGRESS SENDER RECEIVER
 *	Send frames through a switch: see aclcheck_run.c.
 * aclcheck bench-rules N SEED [nft|ovs]
 * aclcheck bench-flows first|last|none|mixed|adversarial N SEED COUNT
 *	Rules and flows to measure with: see aclcheck_bench.c.
 */
#include <err.h>
#include <stdlib.h>

#include "aclcheck.h"

unsigned long aclcheck_number(const char *word)
{
	char *end;
	unsigned long n = strtoul(word, &end, 0);

	if (*end || !*word)
		errx(2, "'%s' is no number", word);
	return n;
}

void *aclcheck_alloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		err(2, "memory");
	return p;
}

u32 aclcheck_direction(const char *word)
{
	if (!strcmp(word, "ingress"))
		return CVSWITCH_DIRECTION_INGRESS;
	if (!strcmp(word, "egress"))
		return CVSWITCH_DIRECTION_EGRESS;
	errx(2, "'%s' is no direction", word);
}

/* Both directions have the same groups; what is drawn from one seed is drawn apart. */
struct model_set *aclcheck_set(u64 seed, u32 n, enum acl_use use, u32 direction)
{
	struct model_set *set = aclcheck_alloc(1, sizeof(*set));
	struct acl_random random;

	set->groups = aclcheck_alloc(ACL_GROUPS, sizeof(*set->groups));
	set->rules = aclcheck_alloc(n + 1, sizeof(*set->rules));
	set->n_groups = ACL_GROUPS;
	acl_random_init(&random, seed * 8, use);
	acl_random_groups(&random, set->groups);
	acl_random_init(&random, seed * 8 + 1 + direction, use);
	acl_random_rules(&random, set, n, true);
	return set;
}

static struct model_set *set_of_words(char **words)
{
	return aclcheck_set(aclcheck_number(words[0]), aclcheck_number(words[1]), ACL_USE_SWITCH,
			    aclcheck_direction(words[2]));
}

static int print_rules(int argc, char **argv)
{
	struct model_set *set;
	u32 i;

	if (argc != 3)
		errx(2, "usage: aclcheck rules SEED N ingress|egress");
	set = set_of_words(argv);
	for (i = 0; i < set->n; i++)
		acl_text_rule(stdout, &set->rules[i], argv[2]);
	return 0;
}

static int print_default(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: aclcheck default SEED N ingress|egress");
	puts(acl_text_verdict(set_of_words(argv)->verdict));
	return 0;
}

static int print_groups(int argc, char **argv)
{
	struct model_set *set;
	u32 i;

	if (argc != 2)
		errx(2, "usage: aclcheck groups SEED SWITCH");
	set = aclcheck_set(aclcheck_number(argv[0]), 0, ACL_USE_SWITCH, 0);
	for (i = 0; i < ACL_GROUPS; i++) {
		printf("group add %s ", argv[1]);
		acl_text_group(stdout, set->groups, i);
	}
	return 0;
}

static int print_stations(int argc, char **argv)
{
	u8 mac[MODEL_MAC_LEN];
	u8 n;

	(void)argc;
	(void)argv;
	for (n = 0; acl_pool_station(mac, n); n++) {
		acl_text_mac(stdout, mac);
		putchar('\n');
	}
	return 0;
}

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "rules", print_rules },
	{ "groups", print_groups },
	{ "default", print_default },
	{ "stations", print_stations },
	{ "share", aclcheck_share },
	{ "run", aclcheck_run },
	{ "bench-rules", aclcheck_bench_rules },
	{ "bench-flows", aclcheck_bench_flows },
	{}
};

int main(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; argc > 1 && commands[i].name; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 2, argv + 2);
	errx(2, "usage: aclcheck COMMAND ...");
}
