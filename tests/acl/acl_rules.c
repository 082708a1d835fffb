// SPDX-License-Identifier: GPL-2.0
#include "acl_random.h"

#define TRIES	100

/* More rules than this want more addresses. */
#define WIDE	200

const enum cvswitch_group_type acl_group_types[ACL_GROUPS / 3] = {
	CVSWITCH_GROUP_TYPE_IP, CVSWITCH_GROUP_TYPE_MAC, CVSWITCH_GROUP_TYPE_PORT,
};

static void random_member(struct acl_random *random, enum cvswitch_group_type type,
			  union model_member *member)
{
	memset(member, 0, sizeof(*member));
	switch (type) {
	case CVSWITCH_GROUP_TYPE_IP:
		acl_pool_prefix(random, &member->ip, acl_random_below(random, 2));
		/* Groups that have nearly all prove little. */
		if (member->ip.len < 8 && !acl_random_one_in(random, 4))
			acl_pool_prefix(random, &member->ip, member->ip.v6);
		break;
	case CVSWITCH_GROUP_TYPE_MAC:
		if (acl_random_below(random, 2))
			acl_pool_src_mac(random, member->mac);
		else
			acl_pool_dst_mac(random, member->mac);
		break;
	case CVSWITCH_GROUP_TYPE_PORT:
		acl_pool_ports(random, &member->port);
		break;
	}
}

/**
 * acl_random_groups() - groups for rules to name
 * @random: where they come from
 * @groups: ACL_GROUPS of them
 */
void acl_random_groups(struct acl_random *random, struct model_group *groups)
{
	u32 i, k;

	for (i = 0; i < ACL_GROUPS; i++) {
		groups[i].type = acl_group_types[i / 3];
		/* The first of each type may be empty. */
		groups[i].n = i % 3 ? 1 + acl_random_below(random, 10) :
			      acl_random_below(random, 3);
		for (k = 0; k < groups[i].n; k++)
			random_member(random, groups[i].type, &groups[i].members[k]);
	}
}

/**
 * acl_rule_is_uneven() - does it ask for a range, or for prefixes of two lengths?
 * @rule: the rule
 *
 * Return: true if so; such rules can't be looked up by what they ask for.
 */
bool acl_rule_is_uneven(const struct model_rule *rule)
{
	return rule->sport.first != rule->sport.last || rule->dport.first != rule->dport.last ||
	       (rule->asked & MODEL_ASK_SRC && rule->asked & MODEL_ASK_DST &&
		rule->src.len != rule->dst.len);
}

static bool is_there(const struct model_set *set, const struct model_rule *rule)
{
	u32 i;

	for (i = 0; i < set->n; i++)
		if (model_same(&set->rules[i], rule))
			return true;
	return false;
}

static bool is_narrow_prefix(const struct model_prefix *prefix)
{
	return prefix->len >= (prefix->v6 ? 112 : 20);
}

static bool is_narrow(const struct model_rule *rule)
{
	return (rule->asked & MODEL_ASK_SRC && is_narrow_prefix(&rule->src)) ||
	       (rule->asked & MODEL_ASK_DST && is_narrow_prefix(&rule->dst));
}

/**
 * acl_random_rules() - rules, of which at least half are uneven
 * @random: where they come from
 * @set: where to; it has groups already
 * @n: how many, at most; there is room for them
 * @distinct: no two of them ask for the same
 */
void acl_random_rules(struct acl_random *random, struct model_set *set, u32 n, bool distinct)
{
	u32 i, tries, uneven = 0;

	set->n = 0;
	random->wide = n > WIDE;
	for (i = 0; i < n; i++) {
		struct model_rule *rule = &set->rules[set->n];

		for (tries = 0; tries < TRIES; tries++) {
			acl_random_rule(random, rule);
			if ((uneven * 2 > i || acl_rule_is_uneven(rule)) &&
			    !(distinct && is_there(set, rule)))
				break;
		}
		if (tries == TRIES)
			continue;
		/* Of many rules, those that match much must not decide, or few others would. */
		if (random->wide && i < n - n / 10 && !is_narrow(rule))
			rule->verdict = CVSWITCH_VERDICT_CONTINUE;
		uneven += acl_rule_is_uneven(rule);
		set->n++;
	}
	do {
		set->verdict = acl_random_verdict(random);
	} while (set->verdict == CVSWITCH_VERDICT_CONTINUE);
}
