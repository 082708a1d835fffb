// SPDX-License-Identifier: GPL-2.0
/*
 * What a kernel says, be it newer than the tool, broken or malicious: the first byte chooses a
 * command, the next one how it prints, the rest is what it is answered (fake.h). What is printed
 * as JSON is JSON.
 */
#define main tool_main
#include "main.c"
#undef main

#include "fake.h"

static const char *const commands[][8] = {
	{ "show" },
	{ "switch", "show" },
	{ "switch", "show", "sw0", "stats" },
	{ "switch", "add", "sw0", "up" },
	{ "port", "show" },
	{ "port", "show", "sw0", "p1", "stats" },
	{ "port", "set", "p1", "isolated", "on" },
	{ "port", "del", "p1" },
	{ "vlan", "show" },
	{ "vlan", "add", "p1", "5-9", "pvid" },
	{ "fdb", "show" },
	{ "fdb", "get", "sw0", "2:0:0:0:0:1" },
	{ "fdb", "flush", "sw0" },
	{ "fdb", "add", "sw0", "2:0:0:0:0:1", "port", "p1" },
	{ "stats", "show" },
	{ "stats", "show", "sw0", "p1" },
	{ "drops" },
	{ "drops", "sw0" },
	{ "monitor" },
	{ "tunnel", "show" },
	{ "tunnel", "show", "sw0" },
	{ "tunnel", "set", "sw0", "vni", "5", "device", "p1" },
	{ "remote", "show" },
	{ "remote", "show", "sw0", "192.0.2.2" },
	{ "remote", "add", "sw0", "2001:db8::2", "flood", "off" },
	{ "remote", "flush", "sw0" },
	{ "vni", "show" },
	{ "vni", "add", "sw0", "5", "vlan", "5" },
	{ "fdb", "show", "sw0", "remote", "192.0.2.2" },
	{ "stats", "sw0", "tunnel" },
	{ "drops", "sw0", "tunnel" },
	{ "doctor" },
	{ "doctor", "sw0" },
	{ "profile", "show" },
	{ "profile", "add", "sw0", "web", "tier", "admin" },
	{ "acl", "show" },
	{ "acl", "show", "sw0", "web", "egress" },
	{ "acl", "add", "sw0", "web", "ingress", "tcp", "drop" },
	{ "group", "show", "sw0", "web" },
	{ "group", "add", "sw0", "web", "type", "ip", "::1", "10.0.0.0/8" },
	{ "group", "member", "show", "sw0", "web" },
	{ "group", "member", "del", "sw0", "web", "80", "1-2" },
	{ "monitor", "acl" },
	{ "acl", "show", "sw0", "web", "handle", "5" },
	{ "port", "set", "p1", "mac", "2:0:0:0:0:1", "ip", "10.0.0.0/8" },
};

#define JSON	1
#define PRETTY	2
#define COLOUR	4

/* Documents one after the other, and nothing between them. */
static void check_json(const char *text)
{
	size_t len = strlen(text);
	json_error_t error;
	json_t *json;

	while (len) {
		json = json_loadb(text, len, JSON_DISABLE_EOF_CHECK, &error);
		expect(json);
		json_decref(json);
		for (text += error.position, len -= error.position; *text == '\n'; len--)
			text++;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *words[8], *text;
	int count = 0, status;

	if (len < 2)
		return 0;
	for (; count < 8 && commands[data[0] % ARRAY_SIZE(commands)][count]; count++)
		words[count] = (char *)commands[data[0] % ARRAY_SIZE(commands)][count];
	out_json = data[1] & JSON;
	out_pretty = data[1] & PRETTY;
	out_colour = data[1] & COLOUR;
	fake_answers(data + 2, len - 2);
	fake_begin();
	status = run_words(count, words);
	text = fake_end();
	expect(status == EXIT_DONE || status == EXIT_REFUSED);
	if (out_json && (status == EXIT_DONE || !strcmp(words[0], "monitor")))
		check_json(text);
	free(text);
	return 0;
}
