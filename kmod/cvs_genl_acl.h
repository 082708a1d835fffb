/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles, rules and groups in messages: what their files share. */
#ifndef CVS_GENL_ACL_H
#define CVS_GENL_ACL_H

#include "cvs_genl.h"

struct cvs_group_table;
struct cvs_profile;
struct cvs_rule;

/**
 * struct cvs_dump_named - a dump that may be of one thing of a switch
 * @name_attr: attribute that names it
 * @exists: is there one of that name?
 * @why: what to say if not; lives for ever
 * @dump: as in cvs_genl_dump_switches()
 */
struct cvs_dump_named {
	int name_attr;
	bool (*exists)(struct cvs_switch *sw, const char *name);
	const char *why;
	cvs_dump_switch_t dump;
};

int cvs_genl_dump_named(struct sk_buff *msg, struct netlink_callback *cb,
			const struct cvs_dump_named *named);
bool cvs_genl_profile_exists(struct cvs_switch *sw, const char *name);
int cvs_genl_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why);
int cvs_genl_need_name(struct genl_info *info, int attrtype, const char *what);
struct cvs_profile *cvs_genl_profile(struct genl_info *info, int attrtype);
struct cvs_rule *cvs_genl_get_rule(const struct nlattr *nest, struct netlink_ext_ack *extack);
int cvs_genl_resolve_rule(struct cvs_rule *rule, struct cvs_switch *sw,
			  const struct nlattr *nest, struct netlink_ext_ack *extack);
int cvs_genl_put_rule(struct sk_buff *msg, int attrtype, const struct cvs_rule *rule);

#endif /* CVS_GENL_ACL_H */
