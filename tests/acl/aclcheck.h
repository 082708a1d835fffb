/* SPDX-License-Identifier: GPL-2.0 */
/* What aclcheck's commands share. */
#ifndef ACLCHECK_H
#define ACLCHECK_H

#include "acl_random.h"
#include "acl_text.h"

struct model_set *aclcheck_set(u64 seed, u32 n, enum acl_use use, u32 direction);
unsigned long aclcheck_number(const char *word);
u32 aclcheck_direction(const char *word);
void *aclcheck_alloc(size_t n, size_t size);

int aclcheck_share(int argc, char **argv);
int aclcheck_run(int argc, char **argv);
int aclcheck_bench_rules(int argc, char **argv);
int aclcheck_bench_flows(int argc, char **argv);

void aclcheck_nft_rule(const struct model_rule *rule);
void aclcheck_ovs_rule(const struct model_rule *rule, u32 priority);

#endif /* ACLCHECK_H */
