// SPDX-License-Identifier: GPL-2.0
/*
 * failnth: run a command with the Nth allocation of its requests to the kernel
 * failing, and write its requests down.
 *
 * failnth [-o REPORT] [-r REQUESTS] N COMMAND...
 *
 * Counted are the allocations that the kernel makes in the command's own system
 * calls that ask something of the network: netlink messages sent and received,
 * and ethtool's ioctl. All its other system calls are left alone, and so are
 * programs that it starts. With N = 0 nothing fails.
 *
 * The exit status is the command's, or 128 + the signal that ended it; what
 * happened is one line in the file REPORT:
 *	none			the command has fewer allocations than N
 *	SYSTEM-CALL done	the Nth allocation, made in this system call, failed
 *	SYSTEM-CALL lost	and so the kernel couldn't answer a request that it
 *				had taken: the command can't know what became of it
 *
 * Netlink messages that it sends are appended to the file REQUESTS, each behind
 * its protocol and length, for failreq.
 */
#include "fault.h"
#include <errno.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#define FD_MAX	1024

/* The protocol of a netlink socket, and one more; 0 for what is none. */
static int netlink[FD_MAX];
static FILE *requests;
static unsigned int left;		/* allocations up to the one that fails */
static const char *fired;		/* the system call where it did */
static bool lost;

static bool on_netlink(const struct user_regs_struct *regs)
{
	return regs->rdi < FD_MAX && netlink[regs->rdi];
}

/* Return: the name of a system call whose allocations count, else NULL. */
static const char *counted(const struct user_regs_struct *regs)
{
	switch (regs->orig_rax) {
	case SYS_sendto:
		return on_netlink(regs) ? "sendto" : NULL;
	case SYS_sendmsg:
		return on_netlink(regs) ? "sendmsg" : NULL;
	case SYS_recvfrom:
		return on_netlink(regs) ? "recvfrom" : NULL;
	case SYS_recvmsg:
		return on_netlink(regs) ? "recvmsg" : NULL;
	case SYS_ioctl:
		return regs->rsi == SIOCETHTOOL ? "ethtool" : NULL;
	default:
		return NULL;
	}
}

static void read_from(pid_t pid, unsigned long at, void *to, size_t len)
{
	struct iovec local = { to, len }, remote = { (void *)at, len };

	if (process_vm_readv(pid, &local, 1, &remote, 1, 0) != (ssize_t)len)
		err(2, "reading a request");
}

static void write_down(pid_t pid, const struct user_regs_struct *regs)
{
	uint32_t head[2] = { netlink[regs->rdi] - 1, 0 };
	static uint8_t buf[65536];
	struct iovec iov[8] = { { (void *)regs->rsi, regs->rdx } };
	struct msghdr msg = { .msg_iovlen = 1 };
	size_t i;

	if (regs->orig_rax == SYS_sendmsg) {
		read_from(pid, regs->rsi, &msg, sizeof(msg));
		if (msg.msg_iovlen > 8)
			errx(2, "a request in %zu pieces", msg.msg_iovlen);
		read_from(pid, (unsigned long)msg.msg_iov, iov, msg.msg_iovlen * sizeof(*iov));
	}
	for (i = 0; i < msg.msg_iovlen; head[1] += iov[i++].iov_len) {
		if (iov[i].iov_len > sizeof(buf) - head[1])
			errx(2, "a request that is too long");
		read_from(pid, (unsigned long)iov[i].iov_base, buf + head[1], iov[i].iov_len);
	}
	fwrite(head, sizeof(head), 1, requests);
	fwrite(buf, head[1], 1, requests);
}

static void note_sockets(const struct user_regs_struct *regs)
{
	long ret = regs->rax;

	if (regs->orig_rax == SYS_socket && ret >= 0 && ret < FD_MAX)
		netlink[ret] = regs->rdi == AF_NETLINK ? regs->rdx + 1 : 0;
	else if (regs->orig_rax == SYS_close && regs->rdi < FD_MAX)
		netlink[regs->rdi] = 0;
}

/* The kernel took the request, and then tells its sender that it has no answer. */
static void note_lost(const char *name, const struct user_regs_struct *regs)
{
	if (fired && name && (long)regs->rax == -ENOBUFS &&
	    (regs->orig_rax == SYS_recvmsg || regs->orig_rax == SYS_recvfrom))
		lost = true;
}

/* A system call of the command begins or ends. */
static void on_syscall(pid_t pid, int fd, bool enters)
{
	struct user_regs_struct regs;
	const char *name;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		err(2, "PTRACE_GETREGS");
	name = counted(&regs);
	if (enters) {
		if (requests && name && !strncmp(name, "send", 4))
			write_down(pid, &regs);
		if (name && left)
			arm(fd, left);
		return;
	}
	if (name && left) {
		left = disarm(fd);
		if (!left)
			fired = name;
	}
	note_lost(name, &regs);
	note_sockets(&regs);
}

/* Return: the command's exit status. */
static int follow(pid_t pid)
{
	int status, fd = open_fail_nth(pid), sig = 0;
	bool enters = true;

	for (;;) {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, sig) || waitpid(pid, &status, 0) != pid)
			err(2, "tracing");
		sig = 0;
		if (WIFEXITED(status))
			return WEXITSTATUS(status);
		if (WIFSIGNALED(status))
			return 128 + WTERMSIG(status);
		if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
			on_syscall(pid, fd, enters);
			enters = !enters;
		} else if (status >> 8 != (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
			sig = WSTOPSIG(status);
		}
	}
}

static pid_t start(char **command)
{
	/* The stops must cost the command no allocation of a signal. */
	const struct sigaction quiet = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP };
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
	pid_t pid;

	sigaction(SIGCHLD, &quiet, NULL);
	pid = fork();
	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		execvp(command[0], command);
		err(127, "%s", command[0]);
	}
	if (pid < 0 || waitpid(pid, NULL, 0) != pid ||
	    ptrace(PTRACE_SETOPTIONS, pid, NULL, options))
		err(2, "%s", command[0]);
	return pid;
}

static void report(const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out)
		err(2, "%s", path);
	if (fired)
		fprintf(out, "%s %s\n", fired, lost ? "lost" : "done");
	else
		fputs("none\n", out);
	fclose(out);
}

static void usage(void)
{
	errx(2, "usage: failnth [-o REPORT] [-r REQUESTS] N COMMAND...");
}

int main(int argc, char **argv)
{
	const char *path = NULL;
	int opt, status;

	while ((opt = getopt(argc, argv, "+o:r:")) > 0) {
		if (opt == 'o') {
			path = optarg;
		} else if (opt == 'r') {
			requests = fopen(optarg, "a");
			if (!requests)
				err(2, "%s", optarg);
		} else {
			usage();
		}
	}
	if (argc - optind < 2)
		usage();
	left = strtoul(argv[optind], NULL, 10);
	status = follow(start(argv + optind + 1));
	if (path)
		report(path);
	if (requests && fclose(requests))
		err(2, "requests");
	return status;
}
