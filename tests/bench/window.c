// SPDX-License-Identifier: GPL-2.0
/*
 * window FILE LINE: writes LINE to FILE, and has the profiler count what that executes.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "window.h"

int main(int argc, char **argv)
{
	char line[128];
	ssize_t done;
	int fd, len;

	if (argc != 3)
		errx(2, "usage: window FILE LINE");
	fd = open(argv[1], O_WRONLY);
	if (fd < 0)
		err(1, "%s", argv[1]);
	len = snprintf(line, sizeof(line), "%s\n", argv[2]);
	window_open();
	done = write(fd, line, len);
	window_close();
	if (done != len)
		err(1, "%s", argv[1]);
	return 0;
}
