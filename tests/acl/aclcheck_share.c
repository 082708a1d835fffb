// SPDX-License-Identifier: GPL-2.0
/* Which tenth of the rules decides how many frames: if the default did, it would prove nothing. */
#include <err.h>

#include "aclcheck.h"

struct share {
	u32 tenths[10];
	u32 by_default;
	u32 malformed;
	u32 continued;
	u32 rules_hit;
};

static void count(struct share *share, const struct model_set *set, u8 *hit,
		  const struct model_outcome *outcome, const u8 *counted)
{
	u32 i;

	if (outcome->rule >= 0)
		share->tenths[outcome->rule * 10 / set->n]++;
	else if (outcome->rule == MODEL_DEFAULT)
		share->by_default++;
	else
		share->malformed++;
	for (i = 0; outcome->rule != MODEL_MALFORMED && i < set->n; i++) {
		share->continued += counted[i] && (int)i != outcome->rule;
		share->rules_hit += counted[i] && !hit[i];
		hit[i] |= counted[i];
	}
}

int aclcheck_share(int argc, char **argv)
{
	struct model_outcome outcome;
	struct acl_random random;
	struct model_frame frame;
	struct share share = {};
	u32 i, frames, uneven = 0;
	struct model_set *set;
	u8 data[ACL_FRAME_MAX];
	u8 *counted, *hit;

	if (argc != 3)
		errx(2, "usage: aclcheck share SEED N FRAMES");
	set = aclcheck_set(aclcheck_number(argv[0]), aclcheck_number(argv[1]), ACL_USE_ENGINE, 0);
	frames = aclcheck_number(argv[2]);
	counted = aclcheck_alloc(1, set->n + 1);
	hit = aclcheck_alloc(1, set->n + 1);
	acl_random_init(&random, aclcheck_number(argv[0]), ACL_USE_ENGINE);
	for (i = 0; i < frames; i++) {
		acl_random_frame(&random, set, data, &frame);
		model_judge(set, &frame, false, 0, &outcome, counted);
		count(&share, set, hit, &outcome, counted);
	}
	for (i = 0; i < set->n; i++)
		uneven += acl_rule_is_uneven(&set->rules[i]);
	printf("rules=%u uneven=%u hit=%u frames=%u default=%u malformed=%u continued=%u tenths=",
	       set->n, uneven, share.rules_hit, frames, share.by_default, share.malformed,
	       share.continued);
	for (i = 0; i < 10; i++)
		printf("%u%c", share.tenths[i], i < 9 ? ',' : '\n');
	return 0;
}
