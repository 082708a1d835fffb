/* SPDX-License-Identifier: GPL-2.0 */
/* From the model's rules, groups and frames to the kernel's. */
#ifndef CVS_TEST_ACL_GLUE_H
#define CVS_TEST_ACL_GLUE_H

#include <kunit/test.h>
#include <linux/skbuff.h>

#include "../acl/acl_random.h"
#include "cvs_flow.h"
#include "cvs_group.h"
#include "cvs_ruleset.h"

/**
 * struct acl_glue - what a set of the model's is in the kernel
 * @table: groups
 * @groups: the same by the model's index
 * @n_groups: how many
 * @set: rules, in the first of its lists
 */
struct acl_glue {
	struct cvs_group_table table;
	struct cvs_group *groups[ACL_GROUPS];
	u32 n_groups;
	struct cvs_ruleset *set;
};

const char *acl_glue_match(const struct model_rule *rule, struct cvs_match *match);
void acl_glue_open(struct kunit *test, struct acl_glue *glue, const struct model_set *set);
void acl_glue_close(struct acl_glue *glue);

struct sk_buff *acl_glue_skb(struct kunit *test, const struct model_frame *frame, u32 linear);
bool acl_glue_extract(struct cvs_flow *flow, const struct model_frame *frame,
		      const struct sk_buff *skb, bool vlan_aware, u16 vid);
void acl_glue_flow(struct cvs_flow *flow, const struct model_headers *headers);
const char *acl_glue_difference(const struct cvs_flow *want, const struct cvs_flow *got);

#endif /* CVS_TEST_ACL_GLUE_H */
