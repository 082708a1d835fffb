// SPDX-License-Identifier: GPL-2.0
/*
 * xdpcount: attach an XDP program that counts frames and passes them on.
 *
 * xdpcount [-g] [NETNS/]DEVICE
 *
 * Driver mode, or generic mode with -g. Prints "ready" once it is attached; on
 * SIGTERM prints "frames=N" and detaches. The program is written in BPF's own
 * instructions, so that neither a compiler nor a loader is needed.
 */
#include "frame.h"
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <signal.h>
#include <sys/syscall.h>

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int make_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1,
	};

	return bpf(BPF_MAP_CREATE, &attr);
}

/* value = map_lookup(map, 0); if (value) lock *value += 1; return XDP_PASS */
static int load_program(int map)
{
	static char log[4096];
	struct bpf_insn prog[] = {
		{ BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, -4, 0 },
		{ BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0 },
		{ BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, -4 },
		{ BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, map },
		{ 0, 0, 0, 0, 0 },
		{ BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem },
		{ BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_0, 0, 2, 0 },
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_1, 0, 0, 1 },
		{ BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_0, BPF_REG_1, 0, BPF_ADD },
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, XDP_PASS },
		{ BPF_JMP | BPF_EXIT, 0, 0, 0, 0 },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_XDP, .expected_attach_type = BPF_XDP,
		.insns = (uintptr_t)prog, .insn_cnt = sizeof(prog) / sizeof(prog[0]),
		.license = (uintptr_t)"GPL",
		.log_buf = (uintptr_t)log, .log_size = sizeof(log), .log_level = 1,
	};
	int fd = bpf(BPF_PROG_LOAD, &attr);

	if (fd < 0)
		err(2, "BPF_PROG_LOAD: %s", log);
	return fd;
}

static uint64_t read_map(int map)
{
	uint32_t key = 0;
	uint64_t value = 0;
	union bpf_attr attr = {
		.map_fd = map, .key = (uintptr_t)&key, .value = (uintptr_t)&value,
	};

	if (bpf(BPF_MAP_LOOKUP_ELEM, &attr))
		err(1, "BPF_MAP_LOOKUP_ELEM");
	return value;
}

int main(int argc, char **argv)
{
	union bpf_attr attr = {};
	char *slash, *spec;
	sigset_t set;
	int map, sig, generic;

	generic = argc > 1 && !strcmp(argv[1], "-g");
	if (argc != 2 + generic)
		errx(2, "usage: xdpcount [-g] [NETNS/]DEVICE");
	spec = argv[1 + generic];
	slash = strchr(spec, '/');
	if (slash) {
		*slash = 0;
		enter_netns(spec);
	}
	map = make_map();
	if (map < 0)
		err(2, "BPF_MAP_CREATE");
	attr.link_create.prog_fd = load_program(map);
	attr.link_create.target_ifindex = if_nametoindex(slash ? slash + 1 : spec);
	attr.link_create.attach_type = BPF_XDP;
	attr.link_create.flags = generic ? XDP_FLAGS_SKB_MODE : XDP_FLAGS_DRV_MODE;
	if (bpf(BPF_LINK_CREATE, &attr) < 0)
		err(2, "BPF_LINK_CREATE");

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	puts("ready");
	fflush(stdout);
	sigwait(&set, &sig);
	printf("frames=%llu\n", (unsigned long long)read_map(map));
	return 0;
}
