// SPDX-License-Identifier: GPL-2.0
/* Rules that can never match, because one before them decides about all that they would. */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "rule.h"

/* More of one direction are not looked at: each is compared with all before it. */
#define RULES_MAX 4096

/* Comparisons in all, which take seconds. */
#define COMPARISONS_MAX 50000000

/* Rules of one direction of a profile, in order, as far as they are looked at. */
struct list {
	const char *profile, *direction;
	struct obj rules[RULES_MAX];
	size_t count;
};

static void check_rule(const struct patient *patient, const struct list *list, size_t i)
{
	const struct obj *rule = &list->rules[i];
	size_t before;

	for (before = 0; before < i; before++) {
		const struct obj *other = &list->rules[before];

		if (obj_u32(other, CVSWITCH_A_RULE_VERDICT) == CVSWITCH_VERDICT_CONTINUE ||
		    !rule_covers(other, rule))
			continue;
		found(patient->findings, patient->name, "rule-shadowed", list->profile,
		      "%s rule %zu of profile %s never matches: rule %zu decides before it",
		      list->direction, i + 1, list->profile, before + 1);
		advise(patient->findings, "cvswitch-ctl acl show %s %s %s", patient->name,
		       list->profile, list->direction);
		return;
	}
}

static void check_list(const struct patient *patient, const struct list *list)
{
	static size_t compared;
	size_t i;

	compared += list->count * list->count / 2;
	if (compared > COMPARISONS_MAX) {
		not_seen(patient, "%s rules of profile %s, as there are so many others",
			 list->direction, list->profile);
		return;
	}
	for (i = 1; i < list->count; i++)
		check_rule(patient, list, i);
}

/* Rules come by profile, by direction and by their place. */
static bool begins_list(const struct list *list, const struct obj *acl)
{
	return !list->count ||
	       strcmp(list->profile, obj_str(acl, CVSWITCH_A_ACL_PROFILE)) ||
	       strcmp(list->direction, obj_word(acl, CVSWITCH_A_ACL_DIRECTION)->name);
}

static void add_rule(const struct patient *patient, struct list *list, const struct obj *acl)
{
	const struct nlattr *pos = NULL;

	if (obj_u32(acl, CVSWITCH_A_ACL_INDEX) == RULES_MAX + 1)
		not_seen(patient, "%s rules of profile %s behind number %u",
			 list->direction, list->profile, RULES_MAX);
	/* If they have changed while they were read, one may be there twice. */
	if (list->count < RULES_MAX && obj_u32(acl, CVSWITCH_A_ACL_INDEX) == list->count + 1 &&
	    obj_next_nest(acl, CVSWITCH_A_ACL_RULE, &pos, &rule_attrs, &list->rules[list->count]))
		list->count++;
}

void doctor_rules(const struct patient *patient)
{
	struct list *list = calloc(1, sizeof(*list));
	struct obj acl;
	size_t i;

	for (i = 0; list && i < patient->rules.count; i++) {
		table_get(&patient->rules, i, &acl);
		if (begins_list(list, &acl)) {
			check_list(patient, list);
			list->count = 0;
			list->profile = obj_str(&acl, CVSWITCH_A_ACL_PROFILE);
			list->direction = obj_word(&acl, CVSWITCH_A_ACL_DIRECTION)->name;
		}
		add_rule(patient, list, &acl);
	}
	if (list)
		check_list(patient, list);
	else
		not_seen(patient, "rules: no memory");
	free(list);
}
