// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "out.h"
#include "rule.h"
#include "rules.h"
#include "say.h"

static int put_profile(struct req *req, const char *switch_name, const char *profile)
{
	req_str(req, CVSWITCH_A_ACL_PROFILE, profile);
	return put_device(req, CVSWITCH_A_ACL_SWITCH, "switch", switch_name);
}

static const char *profile_name(const char *switch_name, const char *profile)
{
	static char text[128];

	snprintf(text, sizeof(text), "profile %s of %s", profile, switch_name);
	return text;
}

/* Says what the kernel has against a rule that lies at an offset of a request, and at what word. */
static void refused(const struct rule *rule, char **words, size_t offset, const char *about,
		    const struct refusal *refusal)
{
	const bool inside = refusal->offset != SIZE_MAX && refusal->offset >= offset + NLA_HDRLEN;
	const int word = inside ? rule_word_at(rule, refusal->offset - offset - NLA_HDRLEN) : -1;
	char sentence[512];

	cvs_nl_sentence(sentence, sizeof(sentence), refusal, word < 0);
	if (word < 0)
		complain("%s: %s", about, sentence);
	else
		complain("%s: '%s': %s", about, words[word], sentence);
}

static int send_rule(const struct rule *rule, char **words, struct req *req, const char *about)
{
	const size_t offset = req->len;
	struct refusal refusal;
	struct reply reply;
	int status;

	req_put(req, CVSWITCH_A_ACL_RULE | NLA_F_NESTED, rule->nest.buf, rule->nest.len);
	status = cvs_nl_ask(req, &reply, &refusal);
	if (status && refusal.err)
		refused(rule, words, offset, about, &refusal);
	if (!status && out_json)
		out_document(out_obj(&reply.obj));
	return status;
}

static int add(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *profile = args_name(args, "PROFILE");
	const uint32_t index = args_if(args, "at") ? args_number(args, "N") : 0;
	char **words = args->words + args->pos;
	struct rule rule;
	struct req req;
	int status;

	if (args->wrong)
		return EXIT_USAGE;
	if (!rule_parse(&rule, words, args->count - args->pos)) {
		complain("%s: %s", args->about, rule.why);
		return EXIT_USAGE;
	}
	req_init(&req, CVSWITCH_CMD_RULE_ADD, &acl_attrs, 0);
	status = put_profile(&req, switch_name, profile);
	if (status)
		return status;
	if (index)
		req_u32(&req, CVSWITCH_A_ACL_INDEX, index);
	return send_rule(&rule, words, &req, profile_name(switch_name, profile));
}

static int del(struct args *args)
{
	const char *switch_name = args_device(args, "SWITCH");
	const char *profile = args_name(args, "PROFILE");
	const bool by_handle = args_if(args, "handle");
	const int direction = by_handle ? -1 : args_one_of(args, &directions);
	uint32_t number;
	struct req req;
	int status;

	if (!by_handle && direction < 0) {
		args_unexpected(args, "handle, ingress, egress");
		args_word(args, "handle, ingress or egress");
	}
	number = args_number(args, "N");
	if (!args_end(args))
		return EXIT_USAGE;
	req_init(&req, CVSWITCH_CMD_RULE_DEL, &acl_attrs, 0);
	status = put_profile(&req, switch_name, profile);
	if (status)
		return status;
	if (!by_handle)
		req_u32(&req, CVSWITCH_A_ACL_DIRECTION, direction);
	req_u32(&req, by_handle ? CVSWITCH_A_ACL_HANDLE : CVSWITCH_A_ACL_INDEX, number);
	return cvs_nl_do(&req, NULL, "%s", profile_name(switch_name, profile));
}

static enum paint cell_index(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_ACL_INDEX));
	return PAINT_PLAIN;
}

static enum paint cell_handle(const void *row, char *cell, size_t size)
{
	snprintf(cell, size, "%u", obj_u32(row, CVSWITCH_A_ACL_HANDLE));
	return PAINT_PLAIN;
}

static enum paint cell_frames(const void *row, char *cell, size_t size)
{
	out_count(cell, size, obj_u64(row, CVSWITCH_A_ACL_FRAMES));
	return PAINT_PLAIN;
}

static enum paint cell_bytes(const void *row, char *cell, size_t size)
{
	out_count(cell, size, obj_u64(row, CVSWITCH_A_ACL_BYTES));
	return PAINT_PLAIN;
}

static enum paint cell_rule(const void *row, char *cell, size_t size)
{
	const struct nlattr *pos = NULL;
	struct obj rule;

	if (obj_next_nest(row, CVSWITCH_A_ACL_RULE, &pos, &rule_attrs, &rule))
		rule_text(cell, size, &rule);
	return PAINT_PLAIN;
}

static const struct column columns[] = {
	{ .title = "n", .cell = cell_index, .right = true },
	{ .title = "handle", .cell = cell_handle, .right = true },
	{ .title = "frames", .cell = cell_frames, .right = true },
	{ .title = "bytes", .cell = cell_bytes, .right = true },
	{ .title = "rule", .cell = cell_rule },
};

static const struct view table_view = VIEW(columns, "  ");
static const struct view record_view = VIEW(columns, "");

static uint64_t switch_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_ACL_SWITCH);
}

static uint64_t place_key(const struct obj *obj)
{
	return (uint64_t)obj_u32(obj, CVSWITCH_A_ACL_DIRECTION) << 32 |
	       obj_u32(obj, CVSWITCH_A_ACL_INDEX);
}

static int get_rules(const struct req *req, bool one, struct table *table, const char *about)
{
	int status = get_table(req, one, table, place_key, about);

	if (status)
		return status;
	if (!sort_by_name(table, CVSWITCH_A_ACL_PROFILE) && !table_sort(table, switch_key))
		return EXIT_DONE;
	complain("no memory to sort %zu rules", table->count);
	table_free(table);
	return EXIT_REFUSED;
}

struct rows {
	const struct table *table;
	size_t first;
};

static const void *later_row(const void *arg, size_t i)
{
	const struct rows *rows = arg;

	return out_table_row(rows->table, rows->first + i);
}

static bool same_profile(const struct obj *one, const struct obj *other)
{
	return switch_key(one) == switch_key(other) &&
	       !strcmp(obj_str(one, CVSWITCH_A_ACL_PROFILE),
		       obj_str(other, CVSWITCH_A_ACL_PROFILE));
}

/* Others may make rules that this tool wouldn't. */
static bool has_words(const struct obj *acl)
{
	const struct nlattr *pos = NULL;
	struct rule rule;
	struct obj obj;

	return obj_next_nest(acl, CVSWITCH_A_ACL_RULE, &pos, &rule_attrs, &obj) &&
	       rule_from_obj(&rule, &obj);
}

int print_rules(uint32_t switch_ifindex, const char *name, const char *before)
{
	char text[RULE_TEXT_MAX];
	struct table table;
	struct req req;
	int status;
	size_t i;

	req_init(&req, CVSWITCH_CMD_RULE_GET, &acl_attrs, 0);
	req_u32(&req, CVSWITCH_A_ACL_SWITCH, switch_ifindex);
	req_str(&req, CVSWITCH_A_ACL_PROFILE, name);
	status = get_rules(&req, false, &table, name);
	if (status)
		return status;
	for (i = 0; i < table.count && !status; i++) {
		const struct obj *acl = out_table_row(&table, i);

		cell_rule(acl, text, sizeof(text));
		printf("%s%s\n", before, text);
		if (!has_words(acl)) {
			complain("profile %s: there are no words for %s rule %u", name,
				 obj_word(acl, CVSWITCH_A_ACL_DIRECTION)->name,
				 obj_u32(acl, CVSWITCH_A_ACL_INDEX));
			status = EXIT_REFUSED;
		}
	}
	table_free(&table);
	return status;
}

static void print_text(const struct table *table)
{
	size_t first, end;
	struct obj obj, other;
	char text[32];

	for (first = 0; first < table->count; first = end) {
		const struct rows rows = { table, first };

		table_get(table, first, &obj);
		for (end = first + 1; end < table->count; end++) {
			table_get(table, end, &other);
			if (!same_profile(&obj, &other))
				break;
		}
		if (first)
			putchar('\n');
		out_heading("%s, profile %s: %s rule%s", device_name(switch_key(&obj)),
			    obj_str(&obj, CVSWITCH_A_ACL_PROFILE),
			    out_count(text, sizeof(text), end - first), out_plural(end - first));
		out_table(&table_view, later_row, &rows, end - first);
	}
}

static void print_none(const char *switch_name, const char *profile)
{
	if (profile)
		out_heading("%s, profile %s: 0 rules", switch_name, profile);
	else if (switch_name)
		out_heading("%s: 0 rules", switch_name);
	else
		puts("No switch here has a rule; "
		     "add one: cvswitch-ctl acl add SWITCH PROFILE RULE");
}

/* Which rules are to be shown. */
struct wanted {
	const char *switch_name, *profile;	/* or NULL */
	int direction;				/* or -1 */
	uint32_t handle;			/* or 0 */
};

static void take_wanted(struct args *args, struct wanted *wanted)
{
	*wanted = (struct wanted){ .direction = -1 };
	if (args_peek(args))
		wanted->switch_name = args_device(args, "SWITCH");
	if (args_peek(args))
		wanted->profile = args_name(args, "PROFILE");
	if (args_if(args, "handle"))
		wanted->handle = args_number(args, "N");
	else if (args_peek(args))
		wanted->direction = args_one_of(args, &directions);
	if (wanted->direction < 0 && !wanted->handle)
		args_unexpected(args, "ingress, egress, handle");
}

static int get_wanted(const struct wanted *wanted, struct table *table)
{
	const char *about = wanted->switch_name ? wanted->switch_name : "acl show";
	int status = EXIT_DONE;
	struct req req;

	if (wanted->profile)
		about = profile_name(wanted->switch_name, wanted->profile);
	req_init(&req, CVSWITCH_CMD_RULE_GET, &acl_attrs, 0);
	if (wanted->profile)
		req_str(&req, CVSWITCH_A_ACL_PROFILE, wanted->profile);
	if (wanted->direction >= 0)
		req_u32(&req, CVSWITCH_A_ACL_DIRECTION, wanted->direction);
	if (wanted->handle)
		req_u32(&req, CVSWITCH_A_ACL_HANDLE, wanted->handle);
	if (wanted->switch_name)
		status = put_device(&req, CVSWITCH_A_ACL_SWITCH, "switch", wanted->switch_name);
	return status ? status : get_rules(&req, wanted->handle, table, about);
}

static int show(struct args *args)
{
	struct wanted wanted;
	struct table table;
	int status;

	take_wanted(args, &wanted);
	if (!args_end(args))
		return EXIT_USAGE;
	status = get_wanted(&wanted, &table);
	if (status)
		return status;
	if (out_json)
		out_objects(&table);
	else if (wanted.handle)
		out_record(&record_view, out_table_row(&table, 0));
	else if (table.count)
		print_text(&table);
	else
		print_none(wanted.switch_name, wanted.profile);
	table_free(&table);
	return EXIT_DONE;
}

/* Asks no kernel: for where there is none, and before it is too late. */
static int check(struct args *args)
{
	const char *file = args_word(args, "FILE");
	struct rules rules;
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	status = rules_read(&rules, file);
	if (status)
		return status;
	if (out_json)
		out_document(json_pack("{s:I}", "count", (json_int_t)rules.bulk.count));
	else
		printf("%zu rule%s\n", rules.bulk.count, out_plural(rules.bulk.count));
	rules_free(&rules);
	return EXIT_DONE;
}

static const struct command commands[] = {
	{ "add", add, "SWITCH PROFILE [at N] RULE" },
	{ "del", del, "SWITCH PROFILE {handle N | ingress|egress N}" },
	{ "check", check, "FILE" },
	{ "show", show, "[SWITCH [PROFILE [ingress|egress]]]\n"
	  "\tacl show SWITCH PROFILE handle N" },
	{ "cost", show_cost, "SWITCH [PROFILE]" },
	{ NULL, NULL, NULL },
};

const struct object acl_object = {
	"acl", "rules: which frames may pass a port", commands, "show", NULL,
};
