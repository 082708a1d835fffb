/* SPDX-License-Identifier: GPL-2.0 */
/* Drafts: a change of a profile's rules, whose classifier is built without RTNL. */
#ifndef CVS_DRAFT_H
#define CVS_DRAFT_H

#include <linux/cvswitch.h>
#include <linux/types.h>

struct cvs_profile;
struct cvs_rule;
struct cvs_rule_list;
struct cvs_ruleset;
struct netlink_ext_ack;

/**
 * struct cvs_draft - a rule that is inserted, or removed
 * @rule: to insert, owned; or NULL to remove one
 * @direction: of the rules that change
 * @index: the rule's place, from 0
 * @serial: number of the profile
 * @count: rules as they are going to be
 * @list: these, owned; they are @copies until the draft is finished
 * @copies: of the rules, but only what they match and their verdicts
 *
 * Begin with @rule set and all else empty. Then, under RTNL, set @direction and
 * @index and call cvs_draft_begin(); without it cvs_draft_alloc(), with it
 * cvs_draft_copy(), without it cvs_draft_build(), with it cvs_profile_change(); and
 * cvs_draft_end() wherever it ended. Meanwhile nobody else may change rules of the
 * profile (&cvs_net.acl_lock), but it may go, and its switch and groups.
 */
struct cvs_draft {
	struct cvs_rule *rule;
	enum cvswitch_direction direction;
	u32 index;
	u64 serial;
	u32 count;
	struct cvs_rule_list *list;
	struct cvs_rule *copies;
};

int cvs_draft_begin(struct cvs_draft *draft, const struct cvs_profile *profile,
		    struct netlink_ext_ack *extack);
int cvs_draft_alloc(struct cvs_draft *draft);
int cvs_draft_copy(struct cvs_draft *draft, const struct cvs_profile *profile,
		   struct netlink_ext_ack *extack);
int cvs_draft_check(const struct cvs_draft *draft, const struct cvs_profile *profile,
		    struct netlink_ext_ack *extack);
int cvs_draft_build(struct cvs_draft *draft);
struct cvs_ruleset *cvs_draft_finish(struct cvs_draft *draft, const struct cvs_ruleset *old);
void cvs_draft_end(struct cvs_draft *draft);

#endif /* CVS_DRAFT_H */
