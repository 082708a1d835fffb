// SPDX-License-Identifier: GPL-2.0
#include "module.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define MODULES	"/lib/modules"
#define RELOAD	"modprobe -r cvswitch && modprobe cvswitch"

static bool exists(const char *root, const char *dir, const char *release, const char *file)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s%s/%s/%s", root, dir, release, file);
	return !access(path, F_OK);
}

const char *module_version(const char *root)
{
	static char version[64];
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sys/module/cvswitch/version", root);
	file = fopen(path, "re");
	if (!file)
		return NULL;
	if (!fgets(version, sizeof(version), file))
		*version = '\0';
	version[strcspn(version, "\n")] = '\0';
	fclose(file);
	return *version ? version : NULL;
}

bool module_fits(const char *root, char *why, size_t size)
{
	const char *version = module_version(root);

	/* A container need not see /sys; the netlink contract is compatible in both ways. */
	if (!version || !strcmp(version, CVS_VERSION))
		return true;
	snprintf(why, size,
		 "module and tool versions differ: the loaded module is %s, this tool is %s; install the same version of both, then run '%s'",
		 version, CVS_VERSION, RELOAD);
	return false;
}

/* True if depmod, or "make install" before it, knows a cvswitch for that kernel. */
static bool built_for(const char *root, const char *release)
{
	char path[PATH_MAX], line[4096];
	bool found = false;
	FILE *file;

	if (exists(root, MODULES, release, "updates/cvswitch.ko") ||
	    exists(root, MODULES, release, "updates/dkms/cvswitch.ko"))
		return true;
	snprintf(path, sizeof(path), "%s" MODULES "/%s/modules.dep", root, release);
	file = fopen(path, "re");
	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, ":\n")] = '\0';
		found = strstr(line, "/cvswitch.ko");
	}
	fclose(file);
	return found;
}

/* The name of another kernel that has the module, or false. */
static bool built_for_other(const char *root, char *other, size_t size)
{
	const struct dirent *entry;
	char path[PATH_MAX];
	DIR *dir;

	snprintf(path, sizeof(path), "%s" MODULES, root);
	dir = opendir(path);
	if (!dir)
		return false;
	*other = '\0';
	while (!*other && (entry = readdir(dir))) {
		if (*entry->d_name != '.' && built_for(root, entry->d_name))
			snprintf(other, size, "%s", entry->d_name);
	}
	closedir(dir);
	return *other;
}

/* The command that builds the module, for kernel `release` if it is dkms. */
static const char *builder(const char *root, const char *release)
{
	static char command[NAME_MAX + 32];

	if (!exists(root, "/var/lib/dkms", "cvswitch", ""))
		return "make install";
	snprintf(command, sizeof(command), "dkms autoinstall -k %s", release);
	return command;
}

bool module_installed(const char *root, const char *release, char *why, size_t size)
{
	char other[NAME_MAX + 1];
	bool elsewhere;

	if (built_for(root, release))
		return true;
	elsewhere = built_for_other(root, other, sizeof(other));
	if (!elsewhere && !exists(root, "/var/lib/dkms", "cvswitch", ""))
		snprintf(why, size, "%s",
			 "the cvswitch module is not installed; run 'make install' in the source tree, or 'make install DKMS=1' to build it for every new kernel");
	else if (exists(root, MODULES, release, "build"))
		snprintf(why, size,
			 "the cvswitch module is not built for this kernel, %s%s%s%s; run '%s'",
			 release, elsewhere ? " (only for " : "", elsewhere ? other : "",
			 elsewhere ? ")" : "", builder(root, release));
	else
		snprintf(why, size,
			 "the cvswitch module is not built for this kernel, %s%s%s%s, whose headers are missing; run 'apt install linux-headers-%s', then '%s'",
			 release, elsewhere ? " (only for " : "", elsewhere ? other : "",
			 elsewhere ? ")" : "", release, builder(root, release));
	return false;
}

/* True if the kernel is locked down, and so refuses unsigned modules without naming a key. */
static bool locked_down(const char *root)
{
	char path[PATH_MAX], line[128] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s/sys/kernel/security/lockdown", root);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(line, sizeof(line), file))
		*line = '\0';
	fclose(file);
	return *line && !strstr(line, "[none]");
}

void module_refused(const char *root, const char *modprobe, char *why, size_t size)
{
	bool forbidden = strstr(modprobe, "Operation not permitted");
	const char *reason = strrchr(modprobe, ':');

	if (strstr(modprobe, "Key was rejected") || strstr(modprobe, "Required key") ||
	    (forbidden && locked_down(root)))
		snprintf(why, size, "%s",
			 "the cvswitch module is refused by signature: this kernel only loads modules signed with a key it trusts; sign the module and enrol the key as README.md says under \"Secure Boot\"");
	else if (forbidden)
		snprintf(why, size, "%s",
			 "the cvswitch module is not loaded and may not be loaded from here; run 'modprobe cvswitch' as root of the host");
	else
		snprintf(why, size, "the kernel refuses the cvswitch module:%s; run 'dmesg | tail'",
			 reason ? reason + 1 : " no reason given");
}

/* Return: 0 if modprobe succeeded, else its first line is in `said`. */
static int load(char *said, size_t size)
{
	static char *const argv[] = { "modprobe", "cvswitch", NULL };
	static char *const envp[] = { "LC_ALL=C", "PATH=/usr/sbin:/sbin:/usr/bin:/bin", NULL };
	posix_spawn_file_actions_t actions;
	int pipes[2], status = -1;
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	*said = '\0';
	if (pipe2(pipes, O_CLOEXEC))
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDERR_FILENO);
	if (posix_spawn(&pid, "/sbin/modprobe", &actions, NULL, argv, envp))
		pid = -1;
	posix_spawn_file_actions_destroy(&actions);
	close(pipes[1]);
	while (len < size - 1 && (got = read(pipes[0], said + len, size - 1 - len)) > 0)
		len += got;
	said[len] = '\0';
	said[strcspn(said, "\n")] = '\0';
	close(pipes[0]);
	if (pid > 0)
		waitpid(pid, &status, 0);
	return status;
}

bool module_load(char *why, size_t size)
{
	struct utsname uts;
	char said[512];

	uname(&uts);
	if (!module_fits("", why, size) || !module_installed("", uts.release, why, size))
		return false;
	if (geteuid()) {
		snprintf(why, size,
			 "the cvswitch module is not loaded; run 'modprobe cvswitch' as root");
		return false;
	}
	if (load(said, sizeof(said))) {
		module_refused("", said, why, size);
		return false;
	}
	snprintf(why, size, "the cvswitch module is loaded but doesn't answer; run '%s'", RELOAD);
	return true;
}
