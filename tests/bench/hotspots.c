// SPDX-License-Identifier: GPL-2.0
/*
 * A TCG plugin for QEMU that counts how often each block of guest kernel code runs between the
 * two marks of window.c. Arguments: open=ADDRESS,close=ADDRESS,out=FILE. Each window appends
 *	window
 *	FIRST LAST INSTRUCTIONS RUNS	(addresses of a block's first and last instruction)
 * to FILE. All code that isn't the kernel's is one block at address 0.
 *
 * QEMU's header for plugins is in no package of Debian's, so what is used of it is declared here.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef uint64_t plugin_id;
typedef void (*tb_trans_cb)(plugin_id id, struct qemu_plugin_tb *tb);
typedef void (*tb_exec_cb)(unsigned int vcpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, tb_trans_cb cb);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, tb_exec_cb cb, int regs,
					  void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

#define EXPORT __attribute__((visibility("default")))
#define KERNEL_START 0xffff800000000000ULL

EXPORT int qemu_plugin_version = PLUGIN_VERSION;

struct block {
	struct block *next;
	uint64_t first, last, insns, runs;
};

static struct block *blocks[1 << 16];
static uint64_t opens, closes, user_insns;
static const char *out;
static bool counting;

static struct block *block_get(uint64_t first, uint64_t last, uint64_t insns)
{
	struct block **head = &blocks[(first ^ first >> 16) % (1 << 16)], *b;

	for (b = *head; b; b = b->next)
		if (b->first == first && b->last == last && b->insns == insns)
			return b;
	b = calloc(1, sizeof(*b));
	if (!b)
		abort();
	*b = (struct block){ .next = *head, .first = first, .last = last, .insns = insns };
	*head = b;
	return b;
}

static void write_window(void)
{
	FILE *f = fopen(out, "a");
	struct block *b;
	int i;

	if (!f)
		abort();
	fprintf(f, "window\n0 0 %" PRIu64 " 1\n", user_insns);
	for (i = 0; i < 1 << 16; i++) {
		for (b = blocks[i]; b; b = b->next) {
			if (b->runs)
				fprintf(f, "%" PRIx64 " %" PRIx64 " %" PRIu64 " %" PRIu64 "\n",
					b->first, b->last, b->insns, b->runs);
			b->runs = 0;
		}
	}
	user_insns = 0;
	fclose(f);
}

static void run_kernel(unsigned int vcpu, void *block)
{
	(void)vcpu;
	if (counting)
		((struct block *)block)->runs++;
}

static void run_user(unsigned int vcpu, void *insns)
{
	(void)vcpu;
	if (counting)
		user_insns += (uintptr_t)insns;
}

static void open_window(unsigned int vcpu, void *unused)
{
	(void)vcpu, (void)unused;
	counting = true;
}

static void close_window(unsigned int vcpu, void *unused)
{
	(void)vcpu, (void)unused;
	if (counting)
		write_window();
	counting = false;
}

static void translate(plugin_id id, struct qemu_plugin_tb *tb)
{
	uint64_t first = qemu_plugin_tb_vaddr(tb);
	size_t insns = qemu_plugin_tb_n_insns(tb);
	uint64_t last = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, insns - 1));

	(void)id;
	if (first == opens)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, open_window, 0, NULL);
	else if (first == closes)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, close_window, 0, NULL);
	else if (first < KERNEL_START)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, run_user, 0, (void *)insns);
	else
		qemu_plugin_register_vcpu_tb_exec_cb(tb, run_kernel, 0,
						     block_get(first, last, insns));
}

EXPORT int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "open=", 5))
			opens = strtoull(argv[i] + 5, NULL, 0);
		else if (!strncmp(argv[i], "close=", 6))
			closes = strtoull(argv[i] + 6, NULL, 0);
		else if (!strncmp(argv[i], "out=", 4))
			out = strdup(argv[i] + 4);
	}
	if (!opens || !closes || !out)
		return 1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
	return 0;
}
