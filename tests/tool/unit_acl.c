// SPDX-License-Identifier: GPL-2.0
/* Tests of files of rules and members, and of frames that rules report. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/cvswitch.h>

#include "args.h"
#include "bindings.h"
#include "bulk.h"
#include "frame.h"
#include "member.h"
#include "out.h"
#include "rules.h"
#include "source.h"
#include "split.h"
#include "unit.h"

void test_split(void)
{
	static struct split split;
	static const struct {
		const char *text, *wrong;
		size_t column;
	} bad[] = {
		{ "a \"b", "The quotes are not closed", 2 },
		{ "\"a\"b", "There has to be space behind the quotes", 3 },
		{ "a b \"\\n\"", "A backslash in quotes stands before \", \\ or xHH", 5 },
		{ "\"\\x0", "A backslash in quotes stands before \", \\ or xHH", 1 },
		{ "\"\\x00\"", "A word can't hold a zero byte", 1 },
	};
	static const char text[] = "\ta  \"b \\\"c\\\\\\x0ad\" e#f \"\" # g";
	char buf[64];
	size_t i;

	EXPECT(split_line(&split, text, strlen(text)) && split.count == 4);
	EXPECT(same(split.words[0], "a") && split.column[0] == 1);
	EXPECT(same(split.words[1], "b \"c\\\nd") && split.column[1] == 4);
	EXPECT(same(split.words[2], "e#f") && same(split.words[3], ""));
	EXPECT(split.column[4] == strlen(text) - 3);
	split_quote(buf, sizeof(buf), 0, split.words[1], false);
	EXPECT(same(buf, "\"b \\\"c\\\\\\x0ad\""));
	split_quote(buf, sizeof(buf), 0, "h\xc3\xb6st@", false);
	EXPECT(same(buf, "h\xc3\xb6st@"));
	EXPECT(split_line(&split, "", 0) && !split.count);
	EXPECT(!split_line(&split, "a\0b", 3));
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		EXPECT(!split_line(&split, bad[i].text, strlen(bad[i].text)));
		EXPECT(same(split.wrong, bad[i].wrong));
		EXPECT(split.column[split.count] == bad[i].column);
	}
	split_free(&split);
}

void test_source(void)
{
	struct source source = { .text = (char *)"a\n\nbc", .len = 5 };
	struct line line = { 0 };

	EXPECT(source_next(&source, &line) && line.number == 1 && line.len == 1);
	EXPECT(source_next(&source, &line) && line.number == 2 && !line.len);
	EXPECT(source_next(&source, &line) && line.number == 3 && line.len == 2);
	EXPECT(!source_next(&source, &line));
	EXPECT(source_find(&source, 3, &line) && !memcmp(line.text, "bc", 2));
	EXPECT(!source_find(&source, 4, &line));
	source.len = 2;
	EXPECT(source_find(&source, 1, &line) && !source_next(&source, &line));
	source.text = NULL;
	source.len = 0;
	EXPECT(!source_find(&source, 1, &line));
}

void test_members(void)
{
	static const char *const good[] = {
		"10.0.0.0/8", "192.0.2.1", "0.0.0.0/0", "2001:db8::/32", "::1", "::/0",
		"02:00:00:00:00:01", "0", "65535", "1024-2047",
	};
	static const struct {
		const char *word, *wrong;
		int type;
	} bad[] = {
		{ "10.0.0.1/8", "has bits behind the length of its prefix", -1 },
		{ "10.0.0.0/33", "has no prefix length from 0 to 32", -1 },
		{ "1:2:3:4:5:6", "is neither an IPv4 nor an IPv6 address or prefix",
		  CVSWITCH_GROUP_TYPE_IP },
		{ "10.0.0.0", "is not a MAC address", CVSWITCH_GROUP_TYPE_MAC },
		{ "65536", "is neither a port from 0 to 65535 nor a range like 1024-65535", -1 },
		{ "9-8", "ends before it begins", -1 },
	};
	struct req member;
	struct obj obj;
	char text[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		EXPECT(!member_parse(good[i], -1, &member));
		obj_parse(&obj, &member_attrs, member.buf, member.len);
		EXPECT(same(member_text(text, sizeof(text), &obj), good[i]));
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(member_parse(bad[i].word, bad[i].type, &member), bad[i].wrong));
}

/* Between other settings; return: whether the words are right. */
static bool bind(struct bulk *bindings, struct req *req, int count, char **words)
{
	struct args args = {
		.about = "test", .words = words, .count = count, .bindings = bindings };

	bulk_init(bindings, CVSWITCH_A_PORT_BINDING);
	req_init(req, 1, &port_attrs, 0);
	args_settings(&args, req, NULL, NULL);
	return args_end(&args);
}

void test_bindings(void)
{
	char *good[] = { "mac", "2:0:0:0:0:1", "isolated", "on", "ip", "10.0.0.0/8", "ip", "::1" };
	char *none[] = { "unbound", "identity", "on", "unbound" };
	struct bulk bindings;
	struct req req;
	struct obj obj;

	EXPECT(bind(&bindings, &req, ARRAY_SIZE(good), good) && bindings.count == 3);
	EXPECT(bindings.item[1].word == 5);
	bulk_get(&bindings, 1, &member_attrs, &obj);
	EXPECT(obj_ip(&obj, CVSWITCH_A_MEMBER_IP).len == 4);
	EXPECT(obj_u32(&obj, CVSWITCH_A_MEMBER_LEN) == 8);
	EXPECT(req_has(&req, CVSWITCH_A_PORT_ISOLATED) && req.len == 8);
	bulk_free(&bindings);
	EXPECT(bind(&bindings, &req, ARRAY_SIZE(none), none) && bindings.count == 1);
	EXPECT(bindings.len == NLA_HDRLEN);
	bulk_free(&bindings);
}

/* A line has room for four; JSON has all. */
void test_bindings_shown(void)
{
	char *words[] = { "mac", "2:0:0:0:0:1", "ip", "10.0.0.0/8", "ip", "::1", "ip", "::2",
			  "ip", "::3", "ip", "::4" };
	struct bulk bindings;
	struct obj port;
	struct req req;
	json_t *json, *list;
	char cell[256];

	EXPECT(bind(&bindings, &req, ARRAY_SIZE(words), words));
	obj_parse(&port, &port_attrs, bindings.buf, bindings.len);
	bindings_append(cell, sizeof(cell), 0, &port);
	EXPECT(same(cell, "mac 02:00:00:00:00:01, ip 10.0.0.0/8, ip ::1, ip ::2 and 2 more"));
	json = out_obj(&port);
	list = json_object_get(json, "binding");
	EXPECT(json_array_size(list) == 6);
	EXPECT(same(json_string_value(json_object_get(json_array_get(list, 5), "ip")), "::4"));
	json_decref(json);
	bulk_free(&bindings);
	bind(&bindings, &req, 2, words);
	obj_parse(&port, &port_attrs, bindings.buf, bindings.len);
	EXPECT(bindings_append(cell, sizeof(cell), 0, &port) == strlen("mac 02:00:00:00:00:01"));
	bulk_free(&bindings);
	obj_parse(&port, &port_attrs, NULL, 0);
	*cell = '\0';
	EXPECT(!bindings_append(cell, sizeof(cell), 0, &port) && !*cell);
	json = out_obj(&port);
	EXPECT(json_is_array(json_object_get(json, "binding")));
	json_decref(json);
}

void test_bulk(void)
{
	struct bulk bulk;
	struct req nest;
	struct obj obj;
	size_t inside;
	uint32_t i;

	bulk_init(&bulk, CVSWITCH_A_GROUP_MEMBER);
	EXPECT(bulk_find(&bulk, 0, &inside) == -1);
	for (i = 0; i < 1000; i++) {
		req_init(&nest, 0, &member_attrs, 0);
		req_u32(&nest, CVSWITCH_A_MEMBER_PORT, i);
		if (i % 2)
			req_u32(&nest, CVSWITCH_A_MEMBER_PORT_END, i + 1);
		EXPECT(!bulk_add(&bulk, &nest, i + 1, 0));
	}
	EXPECT(bulk.count == 1000 && bulk.len == 500 * (12 + 20));
	bulk_get(&bulk, 999, &member_attrs, &obj);
	EXPECT(obj_u32(&obj, CVSWITCH_A_MEMBER_PORT_END) == 1000);
	EXPECT(bulk_find(&bulk, 0, &inside) == 0 && inside == SIZE_MAX);
	EXPECT(bulk_find(&bulk, 4, &inside) == 0 && !inside);
	EXPECT(bulk_find(&bulk, 12, &inside) == 1 && inside == SIZE_MAX);
	EXPECT(bulk_find(&bulk, 12 + 4 + 8, &inside) == 1 && inside == 8);
	EXPECT(bulk_find(&bulk, bulk.len - 1, &inside) == 999 && bulk.item[999].line == 1000);
	EXPECT(bulk_find(&bulk, bulk.len, &inside) == -1);
	bulk_free(&bulk);
}

static char *said;
static size_t said_len;
static FILE *real_stderr;

static void listen(void)
{
	real_stderr = stderr;
	stderr = open_memstream(&said, &said_len);
	if (!stderr)
		abort();
}

/* Whether this is what was said since listen(). */
static bool heard(const char *text)
{
	bool right;

	fclose(stderr);
	stderr = real_stderr;
	right = same(said, text);
	if (!right)
		printf("# heard: %s\n", said);
	free(said);
	return right;
}

/* A temporary file; the name lives until the next one. */
static const char *put_file(const char *text)
{
	static char name[32];
	int fd;

	strcpy(name, "/tmp/cvswitch-unit-XXXXXX");
	fd = mkstemp(name);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd))
		abort();
	return name;
}

/* What the kernel has against a rule is shown where the file says it. */
void test_rules_refused(void)
{
	const char *name = put_file("# web\ningress accept\n\n egress\tdaddr @web tcp accept\n");
	struct rules rules;
	struct obj obj;
	char want[256];
	size_t start;

	EXPECT(!rules_read(&rules, name) && rules.bulk.count == 2 && !rules.json);
	start = rules.bulk.item[1].start;
	bulk_get(&rules.bulk, 1, &rule_attrs, &obj);
	EXPECT(obj_has(&obj, CVSWITCH_A_RULE_DST_GROUP));

	listen();
	EXPECT(rules_complain(&rules, 0, "No"));
	snprintf(want, sizeof(want), "cvswitch-ctl: %s:2:1: No\n  ingress accept\n  ^\n", name);
	EXPECT(heard(want));

	/* Behind the direction, which is 8 bytes, and the verdict. */
	listen();
	EXPECT(rules_complain(&rules, start + NLA_HDRLEN + 16, "No such group (ENOENT)"));
	snprintf(want, sizeof(want), "cvswitch-ctl: %s:4:15: No such group (ENOENT)\n"
		 "   egress\tdaddr @web tcp accept\n         \t      ^\n", name);
	EXPECT(heard(want));

	EXPECT(!rules_complain(&rules, rules.bulk.len, "No"));
	rules_free(&rules);
	unlink(name);
}

void test_rules_refused_json(void)
{
	const char *name = put_file(" [{\"handle\":7,\"direction\":\"ingress\",\"rule\":{"
		"\"verdict\":\"drop\",\"src-group\":\"web\",\"tcp-flags\":2}}]");
	struct rules rules;
	char want[256];

	EXPECT(!rules_read(&rules, name) && rules.bulk.count == 1 && rules.json);
	listen();
	EXPECT(rules_complain(&rules, NLA_HDRLEN + 16, "No such group"));
	snprintf(want, sizeof(want), "cvswitch-ctl: %s: rule 1: No such group\n  ingress saddr "
		 "@web tcp flags syn / fin,syn,rst,psh,ack,urg,ecn,cwr drop\n"
		 "                ^\n", name);
	EXPECT(heard(want));
	rules_free(&rules);
	unlink(name);
}

static size_t put_hex(uint8_t *bytes, const char *hex)
{
	size_t len = 0;
	unsigned int byte;
	int used;

	while (sscanf(hex, " %2x%n", &byte, &used) == 1) {
		bytes[len++] = byte;
		hex += used;
	}
	return len;
}

void test_frames(void)
{
#define MACS "020000000002 020000000001 "
#define IP4(protocol, fragment) "45000028 0000" fragment "40" protocol "0000 c0000201 c0000202 "
#define IP6(next) "60000000 0014" next "40 20010db8000000000000000000000001 fe800000000000000000000000000002 "
	static const char *const frames[][2] = {
		{ "", "" },
		{ MACS "08", "" },
		{ MACS "88cc", "type 0x88cc 02:00:00:00:00:01 > 02:00:00:00:00:02" },
		{ MACS "0800 45", "type 0x0800 02:00:00:00:00:01 > 02:00:00:00:00:02" },
		{ MACS "0800" IP4("06", "0000") "9c40 01bb 00000000 00000000 5012",
		  "tcp 192.0.2.1:40000 > 192.0.2.2:443 syn,ack" },
		{ MACS "0800" IP4("06", "0000") "9c40 01bb", "tcp 192.0.2.1:40000 > 192.0.2.2:443" },
		{ MACS "8100 0005 0800" IP4("11", "2000") "0035 0035",
		  "udp 192.0.2.1:53 > 192.0.2.2:53 (fragment)" },
		{ MACS "0800" IP4("11", "0007") "0035 0035",
		  "udp 192.0.2.1 > 192.0.2.2 (fragment)" },
		{ MACS "0800" IP4("01", "0000") "0800", "icmp 192.0.2.1 > 192.0.2.2 echo-request" },
		{ MACS "0800" IP4("01", "0000") "2a07",
		  "icmp 192.0.2.1 > 192.0.2.2 type 42 code 7" },
		{ MACS "0800" IP4("fd", "0000"), "protocol 253 192.0.2.1 > 192.0.2.2" },
		{ MACS "86dd" IP6("84") "0050 0051", "sctp [2001:db8::1]:80 > [fe80::2]:81" },
		{ MACS "86dd" IP6("00") "3a00000000000000 8700",
		  "icmpv6 2001:db8::1 > fe80::2 nd-neighbor-solicit" },
		{ MACS "86dd" IP6("2c") "1100000800000001 0035 0035",
		  "udp 2001:db8::1 > fe80::2 (fragment)" },
		{ MACS "0806 0001 0800 0604 0001 020000000001 c0000201 000000000000 c0000202",
		  "arp request for 192.0.2.2 from 192.0.2.1" },
		{ MACS "0806 0001 0800 0604 0001 020000000001 c0000201",
		  "type 0x0806 02:00:00:00:00:01 > 02:00:00:00:00:02" },
	};
	char text[FRAME_TEXT_MAX];
	uint8_t bytes[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(frames); i++) {
		frame_text(text, sizeof(text), bytes, put_hex(bytes, frames[i][0]));
		EXPECT(same(text, frames[i][1]));
		if (!same(text, frames[i][1]))
			printf("# %s\n", text);
	}
}
