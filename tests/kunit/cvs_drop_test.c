// SPDX-License-Identifier: GPL-2.0
/* The names of drop reasons; what drops a frame needs a port and is not here. */
#include "cvs_drop.h"

#include <kunit/test.h>
#include <linux/ctype.h>

#include "cvs_stats.h"

struct name_row {
	enum cvswitch_drop_reason reason;
	const char *constant;
	const char *name;
};

#define ROW(reason, name) { CVSWITCH_DROP_REASON_##reason, #reason, name },

static const struct name_row name_rows[] = {
	CVS_DROP_NAMES(ROW, ROW)
};

#undef ROW

static void names_every_reason(struct kunit *test)
{
	unsigned int i;

	KUNIT_ASSERT_EQ(test, CVS_DROP_REASONS, ARRAY_SIZE(name_rows));
	for (i = 0; i < CVS_DROP_REASONS; i++)
		KUNIT_EXPECT_EQ_MSG(test, i, name_rows[i].reason, "%s", name_rows[i].name);
}

/* NO_MEMORY is called no-memory. */
static void names_a_reason_as_the_constant(struct kunit *test)
{
	const struct name_row *row;

	for (row = name_rows; row < name_rows + ARRAY_SIZE(name_rows); row++) {
		char name[32] = "";
		unsigned int i;

		for (i = 0; row->constant[i] && i < sizeof(name) - 1; i++)
			name[i] = row->constant[i] == '_' ? '-' : tolower(row->constant[i]);
		KUNIT_EXPECT_STREQ(test, name, row->name);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(names_every_reason),
	KUNIT_CASE(names_a_reason_as_the_constant),
	{}
};

static struct kunit_suite suite = {
	.name = "cvs_drop",
	.test_cases = cases,
};

kunit_test_suite(suite);
