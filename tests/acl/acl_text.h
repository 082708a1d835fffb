/* SPDX-License-Identifier: GPL-2.0 */
/* Rules in the words of cvswitch-ctl. */
#ifndef ACL_TEXT_H
#define ACL_TEXT_H

#include <stdio.h>

#include "acl_model.h"

const char *acl_text_verdict(u8 verdict);
void acl_text_mac(FILE *file, const u8 *mac);
void acl_text_prefix(FILE *file, const struct model_prefix *prefix);
void acl_text_rule(FILE *file, const struct model_rule *rule, const char *direction);
void acl_text_group(FILE *file, const struct model_group *groups, u32 index);

#endif /* ACL_TEXT_H */
