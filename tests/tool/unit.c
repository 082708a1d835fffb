// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the parts of cvswitch-ctl that need no kernel. Prints TAP. With the argument "words"
 * it prints the tool's vocabulary instead, for a comparison with the netlink specification.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/cvswitch.h>

#include "args.h"
#include "cmd.h"
#include "doctor.h"
#include "link.h"
#include "module.h"
#include "obj.h"
#include "out.h"
#include "parse.h"
#include "table.h"
#include "text.h"
#include "unit.h"

static int failures;		/* of the running test */

void expect(bool condition, const char *text, const char *file, int line)
{
	if (condition)
		return;
	printf("# %s:%d: not true: %s\n", file, line, text);
	failures++;
}

bool same(const char *text, const char *other)
{
	return text && other && !strcmp(text, other);
}

static void test_numbers(void)
{
	static const char *const bad[] = { "", "x", "1x", "-1", "+1", " 1", "1 ", "0x1", "1.5" };
	uint32_t val = 7;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(parse_u32(bad[i], 0, 10, &val), "is not a number"));
	EXPECT(same(parse_u32("11", 0, 10, &val), "is more than 10"));
	EXPECT(same(parse_u32("99999999999999999999999", 0, 10, &val), "is more than 10"));
	EXPECT(same(parse_u32("1", 2, 10, &val), "is less than 2"));
	EXPECT(val == 7);
	EXPECT(!parse_u32("010", 0, 10, &val) && val == 10);
	EXPECT(!parse_u32("4294967295", 0, UINT32_MAX, &val) && val == UINT32_MAX);
	EXPECT(parse_u32("4294967296", 0, UINT32_MAX, &val));
}

static void test_booleans(void)
{
	uint32_t val;

	EXPECT(!parse_bool("on", &val) && val == 1);
	EXPECT(!parse_bool("off", &val) && val == 0);
	EXPECT(parse_bool("ON", &val) && parse_bool("1", &val) && parse_bool("", &val));
}

static void test_addresses(void)
{
	static const char *const bad[] = {
		"", ":", "1", "aa", "aa:", "1:2:3:4:5", "1:2:3:4:5:", "1:2:3:4:5:6:7",
		"1:2:3:4:5:6 ", " 1:2:3:4:5:6", "1:2:3:4:5:g", "100:2:3:4:5:6", "001:2:3:4:5:6",
		"1:2-3:4:5:6", "1::3:4:5:6", "-1:2:3:4:5:6", "+1:2:3:4:5:6", "0x:2:3:4:5:6",
		"112233445566", "1122.3344.5566",
	};
	static const uint8_t want[6] = { 0x02, 0xab, 0, 0xff, 0x10, 0x01 };
	uint8_t mac[6];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(parse_mac(bad[i], mac), "is not a MAC address"));
	EXPECT(!parse_mac("02:ab:00:ff:10:01", mac) && !memcmp(mac, want, 6));
	EXPECT(!parse_mac("2:AB:0:fF:10:1", mac) && !memcmp(mac, want, 6));
	EXPECT(!parse_mac("02-ab-00-ff-10-01", mac) && !memcmp(mac, want, 6));
}

static void test_vlans(void)
{
	static const char *const bad[] = {
		"", "-", "0", "4095", "1-4095", "0-1", "1-", "-1", "1-2-3", "a-b", "1 -2",
		"000000000001-2",
	};
	uint32_t first, last;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(parse_vids(bad[i], &first, &last));
	EXPECT(same(parse_vids("5-4", &first, &last), "ends before it begins"));
	EXPECT(!parse_vids("1", &first, &last) && first == 1 && last == 1);
	EXPECT(!parse_vids("4094", &first, &last) && first == 4094 && last == 4094);
	EXPECT(!parse_vids("7-7", &first, &last) && first == 7 && last == 7);
	EXPECT(!parse_vids("2-4094", &first, &last) && first == 2 && last == 4094);
}

static void test_ips(void)
{
	static const char *const bad[] = {
		"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.4/24", " 1.2.3.4", "1.2.3.4 ",
		"0x1.2.3.4", ":", "1::2::3", "12345::", "fe80::1%lo", "2001:db8::g", "host",
	};
	struct ip ip = { 0 };
	char text[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(parse_ip(bad[i], &ip), "is neither an IPv4 nor an IPv6 address"));
	EXPECT(same(out_ip(text, sizeof(text), &ip), ""));
	EXPECT(!parse_ip("192.0.2.1", &ip) && ip.len == 4);
	EXPECT(same(out_ip(text, sizeof(text), &ip), "192.0.2.1"));
	EXPECT(!parse_ip("2001:DB8:0::1", &ip) && ip.len == 16);
	EXPECT(same(out_ip(text, sizeof(text), &ip), "2001:db8::1"));
}

static void test_ports(void)
{
	static const char *const bad[] = {
		"", "-", "9", "0-9", "1-", "-9", "1-65536", "1-2-3", "a-b", "1 -2", "auto",
		"000000000001-2",
	};
	uint32_t first, last;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(parse_ports(bad[i], &first, &last),
			    "is not a range of ports from 1 to 65535"));
	EXPECT(same(parse_ports("9-3", &first, &last), "ends before it begins"));
	EXPECT(!parse_ports("1-65535", &first, &last) && first == 1 && last == 65535);
	EXPECT(!parse_ports("7-7", &first, &last) && first == 7 && last == 7);
}

static void test_dscp(void)
{
	uint32_t val = 7;

	EXPECT(same(parse_dscp("64", &val), "is more than 63") && val == 7);
	EXPECT(parse_dscp("", &val) && parse_dscp("ef", &val) && parse_dscp("Inherit", &val));
	EXPECT(!parse_dscp("63", &val) && val == 63);
	EXPECT(!parse_dscp("0", &val) && val == 0);
	EXPECT(!parse_dscp("inherit", &val) && val == CVSWITCH_DSCP_INHERIT);
}

static void test_bits(void)
{
	static const char *const bad[] = {
		"", "0", "0x", "x1", "ff", "0xg", "0x 1", "0x-1", "0x0x1", " 0x1", "0x1 ", "0X1",
	};
	uint64_t val = 7;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(same(parse_hex(bad[i], &val), "is not a hexadecimal number like 0xff"));
	EXPECT(same(parse_hex("0x00000000000000001", &val), "has more than 64 bits") && val == 7);
	EXPECT(!parse_hex("0x0", &val) && !val);
	EXPECT(!parse_hex("0xfFfffffffffffff0", &val) && val == 0xfffffffffffffff0);
}

static void test_devices(void)
{
	static const char *const bad[] = {
		"", ".", "..", "a/b", "a:b", "a b", "a\tb", "sixteen-letters.", };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT(parse_device(bad[i]));
	EXPECT(!parse_device("a") && !parse_device("fifteen-letters"));
	EXPECT(!parse_device("eth0.5@x#") && !parse_device("h\xc3\xb6st"));
}

static void test_words(void)
{
	uint32_t val;

	EXPECT(!parse_word("auto", &short_paths, &val) && val == CVSWITCH_SHORT_PATH_AUTO);
	EXPECT(same(parse_word("on", &short_paths, &val), "is none of off, auto"));
	EXPECT(words_find(&drop_reasons, "no-memory") == CVSWITCH_DROP_REASON_NO_MEMORY);
	EXPECT(words_find(&drop_reasons, "no-mem") == -1);
	EXPECT(same(words_get(&drop_reasons, 9999)->name, "unknown"));
}

/* A list of expected words that no buffer holds is cut off. */
static void test_many_words(void)
{
	struct word many[500];
	const struct words words = { many, ARRAY_SIZE(many) };
	const char *wrong;
	uint32_t val;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = (struct word){ .name = "a-word-of-23-characters" };
	wrong = parse_word("x", &words, &val);
	EXPECT(wrong && !strncmp(wrong, "is none of a-word-of-23-characters, a-", 38));
	EXPECT(strlen(wrong) > 256 && strlen(wrong) < ARRAY_SIZE(many) * 23);
	wrong = parse_word("x", &drop_reasons, &val);
	EXPECT(strstr(wrong, words_get(&drop_reasons, drop_reasons.count - 1)->name));
}

static void test_appending(void)
{
	char buf[8];

	EXPECT(text_append(buf, sizeof(buf), 0, "%s", "abc") == 3 && same(buf, "abc"));
	EXPECT(text_append(buf, sizeof(buf), 3, "%d", 4567) == 7 && same(buf, "abc4567"));
	EXPECT(text_append(buf, sizeof(buf), 6, "%s", "xyz") == 7 && same(buf, "abc456x"));
	EXPECT(text_append(buf, sizeof(buf), 7, "%s", "xyz") == 7 && same(buf, "abc456x"));
}

/* Every drop is explained by a sentence, with a hint; none needs more than 80 columns. */
static void test_explanations(void)
{
	uint32_t i;

	for (i = 0; i < drop_reasons.count; i++) {
		const struct word *word = words_get(&drop_reasons, i);

		EXPECT(word->means && word->means[strlen(word->means) - 1] == '.');
		EXPECT(word->next && strlen(word->next) < 80);
	}
	for (i = 0; i < short_states.count; i++)
		EXPECT(words_get(&short_states, i)->means);
}

static bool settings(struct req *req, const struct attr_set *set, int count, char **words)
{
	struct args args = { .about = "test", .words = words, .count = count };

	req_init(req, 1, set, 0);
	args_settings(&args, req, NULL, NULL);
	return args_end(&args);
}

static void test_settings(void)
{
	char *good[] = { "limit-broadcast", "off", "isolated", "on", "fdb-max", "12" };
	struct req req;
	struct obj obj;

	EXPECT(settings(&req, &port_attrs, ARRAY_SIZE(good), good));
	obj_parse(&obj, &port_attrs, req.buf, req.len);
	EXPECT(obj_has(&obj, CVSWITCH_A_PORT_LIMIT_BROADCAST));
	EXPECT(obj_u32(&obj, CVSWITCH_A_PORT_LIMIT_BROADCAST) == 0);
	EXPECT(obj_u32(&obj, CVSWITCH_A_PORT_ISOLATED) == 1);
	EXPECT(obj_u32(&obj, CVSWITCH_A_PORT_FDB_MAX) == 12);
	EXPECT(!obj_has(&obj, CVSWITCH_A_PORT_HAIRPIN));
	EXPECT(same(req_attr_name(&req, 8), "isolated"));
	EXPECT(!req_attr_name(&req, 9) && !req_attr_name(&req, 4000));
}

/* Settings of a tunnel have types of their own. */
static void test_tunnel_settings(void)
{
	char *good[] = { "local", "2001:db8::1", "source-port", "5-9", "ttl", "auto", "dscp",
			 "inherit", "ignore-reserved", "0xff00000000000000", "device", "none",
			 "df", "inherit" };
	char *named[] = { "device", "eth0" };
	char *twice[] = { "device", "eth0", "device", "none" };
	struct args args = { .about = "test", .words = named, .count = 2 };
	char text[64];
	struct req req;
	struct obj obj;
	size_t i;

	EXPECT(settings(&req, &tunnel_attrs, ARRAY_SIZE(good), good));
	obj_parse(&obj, &tunnel_attrs, req.buf, req.len);
	for (i = 0; i < ARRAY_SIZE(good); i += 2) {
		uint16_t id = 1;

		while (!tunnel_attrs.attr[id].arg || strcmp(tunnel_attrs.attr[id].arg, good[i]))
			id++;
		EXPECT(same(out_setting(text, sizeof(text), &obj, id), good[i + 1]));
	}
	EXPECT(obj_u32(&obj, CVSWITCH_A_TUNNEL_SOURCE_PORT_MAX) == 9);
	EXPECT(obj_has(&obj, CVSWITCH_A_TUNNEL_DEVICE) && obj_has(&obj, CVSWITCH_A_TUNNEL_TTL));
	EXPECT(!settings(&req, &tunnel_attrs, ARRAY_SIZE(twice), twice));

	req_init(&req, 1, &tunnel_attrs, 0);
	args_settings(&args, &req, NULL, NULL);
	EXPECT(args_end(&args) && same(args.device, "eth0") && !req.len);
}

/* All settings of all objects at once fit into a request. */
static void test_longest_request(void)
{
	static const struct attr_set *const sets[] = {
		&switch_attrs, &port_attrs, &tunnel_attrs, &remote_attrs };
	char *words[2 * ATTRS_MAX];
	struct req req;
	size_t i, n;
	uint16_t id;

	for (i = 0; i < ARRAY_SIZE(sets); i++) {
		n = 0;
		for (id = 1; id < sets[i]->count; id++) {
			const struct attr *attr = &sets[i]->attr[id];

			if (!attr->arg)
				continue;
			words[n++] = (char *)attr->arg;
			words[n++] = attr->zero ? (char *)attr->zero :
				attr->type == ATTR_MAC ? "1:2:3:4:5:6" :
				attr->type == ATTR_IP ? "1:2:3:4:5:6:7:8" :
				attr->type == ATTR_HEX ? "0x1" :
				attr->type == ATTR_BOOL ? "off" :
				attr->type == ATTR_WORD ? (char *)attr->words->word[0].name : "1";
		}
		EXPECT(settings(&req, sets[i], n, words));
		EXPECT(req.len + 4 * 8 < sizeof(req.buf));
	}
}

/* What the kernel sends is read within its bounds, whatever it is (for the address sanitizer). */
static void test_malformed(void)
{
	static const struct attr_set *const sets[] = {
		&switch_attrs, &stats_attrs, &fdb_attrs, &tunnel_attrs };
	const struct nlattr *pos;
	struct obj obj, nest;
	char text[64];
	unsigned int seed = 1;
	size_t len, i;
	int round;

	for (round = 0; round < 20000; round++) {
		len = rand_r(&seed) % 64;
		uint8_t *buf = malloc(len + 1);

		for (i = 0; i < len; i++)
			buf[i] = rand_r(&seed) % (i % 4 ? 20 : 256);
		obj_parse(&obj, sets[round % 4], buf, len);
		for (i = 1; i < obj.set->count; i++) {
			if (obj.set->attr[i].type == ATTR_STRING)
				EXPECT(strlen(obj_str(&obj, i)) < 64);
			else
				EXPECT(strlen(out_setting(text, sizeof(text), &obj, i)) < 64);
			(void)obj_u32(&obj, i);
		}
		pos = NULL;
		while (round % 4 == 1 && obj_next_nest(&obj, CVSWITCH_A_STATS_DROP, &pos,
						  &drop_count_attrs, &nest))
			(void)obj_u64(&nest, CVSWITCH_A_DROP_COUNT_FRAMES);
		free(buf);
	}
}

static uint64_t vid_key(const struct obj *obj)
{
	return obj_u32(obj, CVSWITCH_A_VLAN_VID);
}

static uint64_t last_digit_key(const struct obj *obj)
{
	return vid_key(obj) % 10;
}

static void test_tables(void)
{
	struct table table;
	struct req req;
	struct obj obj;
	uint32_t i;

	table_init(&table, &vlan_attrs);
	for (i = 0; i < 5000; i++) {
		req_init(&req, 1, &vlan_attrs, 0);
		req_u32(&req, CVSWITCH_A_VLAN_VID, (i * 7919) % 5000);
		EXPECT(!table_add(&table, req.buf, req.len));
	}
	EXPECT(!table_sort(&table, vid_key));
	for (i = 0; i < 5000; i++) {
		table_get(&table, i, &obj);
		EXPECT(vid_key(&obj) == i);
	}
	EXPECT(table_find(&table, vid_key, 4999, &obj) && vid_key(&obj) == 4999);
	EXPECT(table_find(&table, vid_key, 0, &obj) && vid_key(&obj) == 0);
	EXPECT(!table_find(&table, vid_key, 5000, &obj));

	/* Equal keys stay as they were sorted before, not as they came. */
	EXPECT(!table_sort(&table, last_digit_key));
	for (i = 0; i < 5000; i++) {
		table_get(&table, i, &obj);
		EXPECT(vid_key(&obj) == i % 500 * 10 + i / 500);
	}
	table_free(&table);
}

/* Counters of a port, PORT_TUNNEL or 0 for the totals, with drops of one reason. */
static void count(struct req *req, uint32_t port, uint64_t frames)
{
	struct req drop;

	req_init(req, 1, &stats_attrs, 0);
	req_u32(req, CVSWITCH_A_STATS_SWITCH, 1);
	if (port == PORT_TUNNEL)
		req_u32(req, CVSWITCH_A_STATS_TUNNEL, 1);
	else if (port)
		req_u32(req, CVSWITCH_A_STATS_PORT, port);
	req_init(&drop, 1, &drop_count_attrs, 0);
	req_u32(&drop, CVSWITCH_A_DROP_COUNT_REASON, CVSWITCH_DROP_REASON_TUNNEL_ECN);
	req_u64(&drop, CVSWITCH_A_DROP_COUNT_FRAMES, frames);
	req_put(req, CVSWITCH_A_STATS_DROP, drop.buf, drop.len);
}

/* The tunnel is a port: the last one, and its drops are not those of ports that have left. */
static void test_drops(void)
{
	static const struct {
		uint32_t port;
		uint64_t frames;
	} ports[] = { { PORT_TUNNEL, 7 }, { 5, 3 }, { 1, 2 } };
	struct drops drops;
	struct table table;
	struct obj totals;
	struct req req;
	size_t i;

	table_init(&table, &stats_attrs);
	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		count(&req, ports[i].port, ports[i].frames);
		EXPECT(!table_add(&table, req.buf, req.len));
	}
	count(&req, 0, 12);
	obj_parse(&totals, &stats_attrs, req.buf, req.len);
	EXPECT(!stats_port(&totals));
	EXPECT(drops_collect(&table, &totals, &drops));
	EXPECT(drops.count == 3 && drops.frames == 12);
	EXPECT(drops.drop[0].port_ifindex == PORT_TUNNEL);
	EXPECT(same(port_name(1, drops.drop[0].port_ifindex), "tunnel"));
	drops_free(&drops);

	count(&req, 0, 16);
	obj_parse(&totals, &stats_attrs, req.buf, req.len);
	EXPECT(drops_collect(&table, &totals, &drops));
	EXPECT(drops.count == 4 && drops.frames == 16);
	EXPECT(!drops.drop[1].port_ifindex && drops.drop[1].frames == 4);
	drops_free(&drops);
	table_free(&table);
}

/* A switch with two ports, pairs whose other ends are here. */
static void make_patient(struct patient *patient, struct req *sw, const struct links *links,
			 struct findings *findings)
{
	uint32_t ifindex;
	struct req port;

	*patient = (struct patient){
		.name = "sw0", .ifindex = 2, .links = links, .findings = findings,
	};
	req_init(sw, 0, &switch_attrs, 0);
	req_u32(sw, CVSWITCH_A_SWITCH_UP, 1);
	req_u32(sw, CVSWITCH_A_SWITCH_FDB_MAX, 9);
	req_u32(sw, CVSWITCH_A_SWITCH_MTU, 1450);
	req_u32(sw, CVSWITCH_A_SWITCH_OFFERED_MTU, 1450);
	obj_parse(&patient->sw, &switch_attrs, sw->buf, sw->len);
	table_init(&patient->ports, &port_attrs);
	for (ifindex = 3; ifindex < 5; ifindex++) {
		req_init(&port, 0, &port_attrs, 0);
		req_u32(&port, CVSWITCH_A_PORT_SWITCH, 2);
		req_u32(&port, CVSWITCH_A_PORT_IFINDEX, ifindex);
		req_u32(&port, CVSWITCH_A_PORT_STATE, CVSWITCH_PORT_STATE_FORWARDING);
		EXPECT(!table_add(&patient->ports, port.buf, port.len));
	}
}

static bool is_found(const struct findings *findings, size_t i, const char *check,
		     const char *object)
{
	return i < findings->count && same(findings->finding[i].check, check) &&
	       same(findings->finding[i].object, object) && findings->finding[i].advice;
}

#define PAIR(index, other, mtu_, name_) {					\
	.ifindex = (index), .lower = (other), .mtu = (mtu_), .netns = LINK_HERE,	\
	.up = true, .carrier = true, .pair = true, .name = (name_),		\
}

static void test_doctor_ports(void)
{
	struct link link[] = {
		PAIR(3, 13, 1500, "p1"), PAIR(4, 14, 1500, "p2"),
		PAIR(13, 3, 1450, "c1"), PAIR(14, 4, 1450, "c2"),
	};
	const struct links links = { link, ARRAY_SIZE(link) };
	struct findings findings = { 0 };
	struct patient patient;
	struct req sw;

	make_patient(&patient, &sw, &links, &findings);
	doctor_ports(&patient);
	doctor_mtu(&patient);
	EXPECT(!findings.count);
	link[0].up = false;
	link[1].carrier = false;
	link[2].mtu = 1451;
	link[3].mtu = 1501;
	doctor_ports(&patient);
	doctor_mtu(&patient);
	EXPECT(findings.count == 5);
	EXPECT(is_found(&findings, 0, "port-down", "p1"));
	EXPECT(is_found(&findings, 1, "port-carrier", "p2"));
	EXPECT(is_found(&findings, 2, "mtu-container", "p1"));
	EXPECT(is_found(&findings, 3, "mtu-container", "p2"));
	EXPECT(is_found(&findings, 4, "mtu-port", "p2"));
	EXPECT(same(findings.finding[2].advice, "in the container: ip link set c1 mtu 1450"));
	findings_free(&findings);
	EXPECT(!findings.count);
	table_free(&patient.ports);
}

/* Only a device that is down has not got its port from the kernel. */
static void test_doctor_udp(void)
{
	struct link link[] = { { .ifindex = 5, .vxlan_port = 4790, .name = "vx0" } };
	const struct links links = { link, ARRAY_SIZE(link) };
	struct findings findings = { 0 };
	struct patient patient;
	struct req sw, tunnel;

	make_patient(&patient, &sw, &links, &findings);
	req_init(&tunnel, 0, &tunnel_attrs, 0);
	req_u32(&tunnel, CVSWITCH_A_TUNNEL_PORT, 4790);
	obj_parse(&patient.tunnel.obj, &tunnel_attrs, tunnel.buf, tunnel.len);
	patient.tunnel_there = true;
	doctor_udp(&patient);
	EXPECT(findings.count == 1 && is_found(&findings, 0, "udp-port", "vx0"));
	findings_free(&findings);
	link->up = true;
	doctor_udp(&patient);
	link->up = false;
	link->master = 2;
	doctor_udp(&patient);
	link->master = 0;
	link->vxlan_port = 4789;
	doctor_udp(&patient);
	EXPECT(!findings.count);
	table_free(&patient.ports);
}

static void test_texts(void)
{
	char buf[32];

	EXPECT(same(out_count(buf, sizeof(buf), 0), "0"));
	EXPECT(same(out_count(buf, sizeof(buf), 999), "999"));
	EXPECT(same(out_count(buf, sizeof(buf), 1000), "1,000"));
	EXPECT(same(out_count(buf, sizeof(buf), UINT64_MAX), "18,446,744,073,709,551,615"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 59), "59s"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 200), "3m20s"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 0), "0s"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 300), "5m"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 3660), "1h01m"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 86400), "1d"));
	EXPECT(same(out_seconds(buf, sizeof(buf), 90000), "1d01h"));
}

/* A file with a line in it below a directory; makes the directories. */
static void put(const char *root, const char *path, const char *line)
{
	char full[512], *slash;
	FILE *file;

	snprintf(full, sizeof(full), "%s%s", root, path);
	for (slash = strchr(full + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
	file = fopen(full, "w");
	if (!file || fputs(line, file) < 0 || fclose(file))
		abort();
}

static void test_module_missing(void)
{
	char root[] = "/tmp/cvswitch-unit-XXXXXX", why[MODULE_WHY_MAX], rm[64];

	if (!mkdtemp(root))
		abort();
	EXPECT(!module_installed(root, "6.1", why, sizeof(why)));
	EXPECT(strstr(why, "not installed") && strstr(why, "make install"));

	put(root, "/lib/modules/6.0/modules.dep", "kernel/a.ko: \nupdates/cvswitch.ko: x.ko\n");
	EXPECT(!module_installed(root, "6.1", why, sizeof(why)));
	EXPECT(strstr(why, "not built for this kernel, 6.1 (only for 6.0), whose headers are"));
	EXPECT(strstr(why, "apt install linux-headers-6.1") && strstr(why, "make install"));

	put(root, "/lib/modules/6.1/build/Makefile", "");
	put(root, "/var/lib/dkms/cvswitch/x", "");
	EXPECT(!module_installed(root, "6.1", why, sizeof(why)));
	EXPECT(!strstr(why, "headers") && strstr(why, "dkms autoinstall -k 6.1"));

	put(root, "/lib/modules/6.1/modules.dep", "kernel/a.ko: kernel/cvswitch.ko.xz\n");
	EXPECT(!module_installed(root, "6.1", why, sizeof(why)));
	put(root, "/lib/modules/6.1/modules.dep", "updates/dkms/cvswitch.ko.xz: kernel/a.ko\n");
	EXPECT(module_installed(root, "6.1", why, sizeof(why)));

	snprintf(rm, sizeof(rm), "rm -r %s", root);
	EXPECT(!system(rm));
}

static void test_module_version(void)
{
	char root[] = "/tmp/cvswitch-unit-XXXXXX", why[MODULE_WHY_MAX] = "", rm[64];

	if (!mkdtemp(root))
		abort();
	EXPECT(!module_version(root) && module_fits(root, why, sizeof(why)));
	put(root, "/sys/module/cvswitch/version", CVS_VERSION "\n");
	EXPECT(same(module_version(root), CVS_VERSION) && module_fits(root, why, sizeof(why)));
	put(root, "/sys/module/cvswitch/version", "0.0.0\n");
	EXPECT(!module_fits(root, why, sizeof(why)));
	EXPECT(strstr(why, "versions differ") && strstr(why, "0.0.0") && strstr(why, "modprobe"));
	snprintf(rm, sizeof(rm), "rm -r %s", root);
	EXPECT(!system(rm));
}

static void test_module_refused(void)
{
	static const char eperm[] =
		"modprobe: ERROR: could not insert 'cvswitch': Operation not permitted";
	char root[] = "/tmp/cvswitch-unit-XXXXXX", why[MODULE_WHY_MAX], rm[64];

	if (!mkdtemp(root))
		abort();
	module_refused(root, "modprobe: ERROR: could not insert 'cvswitch': Key was rejected by "
		       "service", why, sizeof(why));
	EXPECT(strstr(why, "refused by signature") && strstr(why, "Secure Boot"));
	module_refused(root, eperm, why, sizeof(why));
	EXPECT(strstr(why, "not loaded") && strstr(why, "modprobe cvswitch"));
	put(root, "/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
	module_refused(root, eperm, why, sizeof(why));
	EXPECT(strstr(why, "not loaded"));
	put(root, "/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	module_refused(root, eperm, why, sizeof(why));
	EXPECT(strstr(why, "refused by signature"));
	module_refused(root, "modprobe: ERROR: could not insert 'cvswitch': Exec format error",
		       why, sizeof(why));
	EXPECT(strstr(why, "refuses the cvswitch module: Exec format error;"));
	module_refused(root, "", why, sizeof(why));
	EXPECT(strstr(why, "refuses the cvswitch module"));
	snprintf(rm, sizeof(rm), "rm -r %s", root);
	EXPECT(!system(rm));
}

static void test_json(void)
{
	static const char want[] = "{\"switch\":\"lo\",\"switch-ifindex\":1,"
		"\"reason\":\"isolated\",\"source\":\"01:02:03:04:05:06\",\"ethertype\":\"0x0806\"}";
	struct req req;
	struct obj obj;
	json_t *json;
	char *text;

	req_init(&req, 1, &drop_attrs, 0);
	req_u32(&req, CVSWITCH_A_DROP_SWITCH, 1);
	req_u32(&req, CVSWITCH_A_DROP_ETHERTYPE, 0x806);
	req_u32(&req, CVSWITCH_A_DROP_REASON, CVSWITCH_DROP_REASON_ISOLATED);
	req_mac(&req, CVSWITCH_A_DROP_SOURCE, (const uint8_t []){ 1, 2, 3, 4, 5, 6 });
	req_u32(&req, CVSWITCH_A_DROP_MAX + 1, 1);	/* of a newer kernel */
	obj_parse(&obj, &drop_attrs, req.buf, req.len);
	json = out_obj(&obj);
	text = json_dumps(json, JSON_COMPACT);
	EXPECT(same(text, want));
	free(text);
	json_decref(json);
}

/* What JSON has no type for. */
static void test_json_tunnel(void)
{
	static const char want[] = "{\"switch\":\"lo\",\"switch-ifindex\":1,"
		"\"local\":\"192.0.2.1\",\"dscp\":\"inherit\",\"df\":\"set\","
		"\"ignore-reserved\":\"0x8000000000000001\",\"device\":null,\"device-ifindex\":0}";
	struct req req;
	struct obj obj;
	json_t *json;
	char *text;

	req_init(&req, 1, &tunnel_attrs, 0);
	req_u32(&req, CVSWITCH_A_TUNNEL_SWITCH, 1);
	req_u32(&req, CVSWITCH_A_TUNNEL_DEVICE, 0);
	req_ip(&req, CVSWITCH_A_TUNNEL_LOCAL, &(const struct ip){ 4, { 192, 0, 2, 1 } });
	req_u32(&req, CVSWITCH_A_TUNNEL_DSCP, CVSWITCH_DSCP_INHERIT);
	req_u32(&req, CVSWITCH_A_TUNNEL_DF, CVSWITCH_TUNNEL_DF_SET);
	req_u64(&req, CVSWITCH_A_TUNNEL_IGNORE_RESERVED, 0x8000000000000001);
	obj_parse(&obj, &tunnel_attrs, req.buf, req.len);
	json = out_obj(&obj);
	text = json_dumps(json, JSON_COMPACT);
	EXPECT(same(text, want));
	free(text);
	json_decref(json);
}

/* A name that is no UTF-8 doesn't go missing. */
static void test_json_names(void)
{
	struct req req;
	struct obj obj;
	json_t *json;

	req_init(&req, 1, &switch_attrs, 0);
	req_str(&req, CVSWITCH_A_SWITCH_NAME, "h\xf6st");
	obj_parse(&obj, &switch_attrs, req.buf, req.len);
	json = out_obj(&obj);
	EXPECT(same(json_string_value(json_object_get(json, "name")), "h?st"));
	json_decref(json);
	req_init(&req, 1, &switch_attrs, 0);
	req_str(&req, CVSWITCH_A_SWITCH_NAME, "h\xc3\xb6st");
	obj_parse(&obj, &switch_attrs, req.buf, req.len);
	json = out_obj(&obj);
	EXPECT(same(json_string_value(json_object_get(json, "name")), "h\xc3\xb6st"));
	json_decref(json);
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "numbers", test_numbers },
	{ "on and off", test_booleans },
	{ "addresses", test_addresses },
	{ "VLANs and ranges", test_vlans },
	{ "IP addresses", test_ips },
	{ "ranges of ports", test_ports },
	{ "DSCP", test_dscp },
	{ "bits", test_bits },
	{ "device names", test_devices },
	{ "words of enumerations", test_words },
	{ "more words than a buffer holds", test_many_words },
	{ "text put together", test_appending },
	{ "explanations of drops", test_explanations },
	{ "settings become attributes", test_settings },
	{ "settings of a tunnel", test_tunnel_settings },
	{ "the longest request fits", test_longest_request },
	{ "malformed attributes", test_malformed },
	{ "tables are sorted and searched", test_tables },
	{ "drops of ports and the tunnel", test_drops },
	{ "doctor: ports and their MTU", test_doctor_ports },
	{ "doctor: UDP port of the tunnel", test_doctor_udp },
	{ "numbers and times as text", test_texts },
	{ "diagnosis: module missing", test_module_missing },
	{ "diagnosis: module of another version", test_module_version },
	{ "diagnosis: module refused", test_module_refused },
	{ "JSON", test_json },
	{ "JSON of a tunnel", test_json_tunnel },
	{ "JSON of names that are no UTF-8", test_json_names },
	{ "words of a line", test_split },
	{ "lines of a file", test_source },
	{ "rules that are one already", test_rules },
	{ "rules in other words", test_rule_words },
	{ "rules that are none", test_rule_errors },
	{ "rules with and without what follows", test_rule_normal },
	{ "rules as JSON", test_rule_json },
	{ "JSON that is no rule", test_rule_json_errors },
	{ "attributes of all kinds are a rule or none", test_rule_chaos },
	{ "rules that leave nothing to others", test_rule_covers },
	{ "members of groups", test_members },
	{ "addresses of a port", test_bindings },
	{ "addresses of a port, shown", test_bindings_shown },
	{ "many nests and their places", test_bulk },
	{ "a refused rule is shown in its file", test_rules_refused },
	{ "a refused rule is shown that was JSON", test_rules_refused_json },
	{ "frames in a few words", test_frames },
};

static void print_set(const struct attr_set *set)
{
	uint16_t id;

	for (id = 1; id < set->count; id++) {
		if (set->attr[id].type != ATTR_UNUSED)
			printf("attribute %s %u %s\n", set->name, id, set->attr[id].name);
	}
}

static void print_words(const char *name, const struct words *words)
{
	uint32_t i;

	for (i = 0; i < words->count; i++)
		printf("word %s %u %s\n", name, i, words->word[i].name);
}

static int print_vocabulary(void)
{
	static const struct attr_set *const sets[] = {
		&switch_attrs, &port_attrs, &vlan_attrs, &fdb_attrs, &stats_attrs,
		&drop_count_attrs, &drop_attrs, &tunnel_attrs, &remote_attrs, &vni_attrs,
		&neigh_attrs, &profile_attrs, &acl_attrs, &rule_attrs, &group_attrs,
		&member_attrs, &acl_log_attrs,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sets); i++)
		print_set(sets[i]);
	print_words("short-path", &short_paths);
	print_words("port-state", &port_states);
	print_words("short-state", &short_states);
	print_words("fdb-kind", &fdb_kinds);
	print_words("fdb-event", &fdb_events);
	print_words("drop-reason", &drop_reasons);
	print_words("neigh-kind", &neigh_kinds);
	print_words("neigh-event", &neigh_events);
	print_words("tunnel-df", &tunnel_dfs);
	print_words("tunnel-source", &tunnel_sources);
	print_words("tier", &tiers);
	print_words("direction", &directions);
	print_words("verdict", &verdicts);
	print_words("policy", &policies);
	print_words("group-type", &group_types);
	print_words("fragment", &fragments);
	return 0;
}

int main(int argc, char **argv)
{
	bool failed = false;
	size_t i;

	if (argc > 1 && !strcmp(argv[1], "words"))
		return print_vocabulary();
	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		failures = 0;
		tests[i].run();
		printf("%s - %s\n", failures ? "not ok" : "ok", tests[i].name);
		failed |= failures;
	}
	return failed;
}
