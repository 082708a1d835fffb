/* SPDX-License-Identifier: GPL-2.0 */
/* Tests of the tool's parts that need no kernel: what they share. */
#ifndef CVS_UNIT_H
#define CVS_UNIT_H

#include <stdbool.h>

#define EXPECT(condition) expect(condition, #condition, __FILE__, __LINE__)

void expect(bool condition, const char *text, const char *file, int line);
bool same(const char *text, const char *other);

/* Of profiles, rules and groups. */
void test_split(void);
void test_source(void);
void test_rules(void);
void test_rule_words(void);
void test_rule_errors(void);
void test_rule_normal(void);
void test_rule_json(void);
void test_rule_json_errors(void);
void test_rule_chaos(void);
void test_rule_covers(void);
void test_members(void);
void test_bindings(void);
void test_bindings_shown(void);
void test_bulk(void);
void test_rules_refused(void);
void test_rules_refused_json(void);
void test_frames(void);

#endif
