/* SPDX-License-Identifier: GPL-2.0 */
/* fault.h: make the Nth allocation of a task's system calls fail (CONFIG_FAULT_INJECTION). */
#ifndef SELFTESTS_FAULT_H
#define SELFTESTS_FAULT_H

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Of the process pid, or of the caller itself. */
static inline int open_fail_nth(pid_t pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/fail-nth", pid ? pid : getpid());
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		err(2, "%s", path);
	return fd;
}

/* From now on n - 1 allocations succeed, and the next one fails; 0 is never. */
static inline void arm(int fd, unsigned int n)
{
	if (dprintf(fd, "%u", n) < 0)
		err(2, "fail-nth");
}

/* Return: how many allocations are left to the one that fails; 0 if it has. */
static inline unsigned int disarm(int fd)
{
	char text[16] = "";

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		err(2, "fail-nth");
	arm(fd, 0);
	return strtoul(text, NULL, 10);
}

#endif
