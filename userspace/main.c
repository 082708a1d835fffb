// SPDX-License-Identifier: GPL-2.0
/* cvswitch-ctl: the options, the objects, and files of commands. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "batch.h"
#include "cmd.h"
#include "device.h"
#include "module.h"
#include "nl.h"
#include "out.h"
#include "rtnl.h"
#include "say.h"
#include "util.h"

static const struct object *const objects[] = {
	&show_object, &switch_object, &port_object, &vlan_object, &fdb_object, &neigh_object,
	&tunnel_object, &remote_object, &vni_object, &profile_object, &acl_object, &group_object,
	&stats_object, &drops_object, &monitor_object, &doctor_object, &dump_object,
	&version_object,
};

#define OBJECTS (ARRAY_SIZE(objects))

static void print_usage(FILE *file)
{
	size_t i;

	fputs("usage: cvswitch-ctl [-j] [-p] [-n NETNS] [OBJECT [COMMAND ...]]\n"
	      "       cvswitch-ctl [-j] [-p] [-n NETNS] -b FILE\n"
	      "       cvswitch-ctl -V\n\n"
	      "  -j        print JSON\n"
	      "  -p        print JSON with line breaks\n"
	      "  -n NETNS  work in this network namespace, a name of 'ip netns' or a path\n"
	      "  -b FILE   do the commands in FILE, one per line; - is standard input\n"
	      "  -V        print the version\n\n"
	      "Without an object it shows everything. The objects:\n", file);
	for (i = 0; i < OBJECTS; i++)
		fprintf(file, "  %-9s %s\n", objects[i]->name, objects[i]->about);
	fputs("\n'cvswitch-ctl OBJECT help' tells more, and cvswitch-ctl(8) tells all.\n", file);
}

static void print_object_usage(const struct object *object)
{
	const struct command *command;

	printf("%s: %s\n", object->name, object->about);
	for (command = object->command; command->name; command++)
		printf("\t%s %s%s%s\n", object->name, command->name, *command->name ? " " : "",
		       command->usage);
}

static int version(struct args *args)
{
	const char *loaded = module_version("");

	if (!args_end(args))
		return EXIT_USAGE;
	if (out_json)
		out_document(json_pack("{s:s, s:s?}", "tool", CVS_VERSION, "module", loaded));
	else
		printf("cvswitch-ctl " CVS_VERSION ", module %s\n", loaded ? loaded : "not loaded");
	return EXIT_DONE;
}

static const struct command version_commands[] = {
	{ "", version, "" },
	{ NULL, NULL, NULL },
};

const struct object version_object = {
	"version", "of this tool and of the loaded module", version_commands, "", NULL,
};

static const struct command *find_command(const struct object *object, const char *name)
{
	const struct command *command;

	for (command = object->command; command->name; command++) {
		if (!strcmp(command->name, name))
			return command;
	}
	return NULL;
}

static int run(const struct object *object, int count, char **words)
{
	struct args args = { .words = words, .count = count };
	const struct command *command = NULL;
	char about[64];

	/* "drops tenant1" is "drops show tenant1": only objects with one command may do so. */
	if (count)
		command = find_command(object, words[0]);
	if (command)
		args.pos = 1;
	else if (!count || !object->command[1].name)
		command = find_command(object, object->dflt);
	if (!command) {
		complain("%s: '%s' is not a command; see 'cvswitch-ctl %s help'", object->name,
			 words[0], object->name);
		return EXIT_USAGE;
	}
	snprintf(about, sizeof(about), "%s%s%s", object->name, args.pos ? " " : "",
		 args.pos ? words[0] : "");
	args.about = about;
	return command->run(&args);
}

static bool is_help(const char *word)
{
	return !strcmp(word, "help");
}

/* Among other words it may be a value: what is asked for must not be left undone in silence. */
static bool wants_help(int count, char **words)
{
	if (count && (is_help(words[0]) || (count > 1 && is_help(words[1]))))
		return true;
	return count > 2 && is_help(words[count - 1]) && strcmp(words[count - 2], "comment");
}

static bool in_batch;

static int run_words(int count, char **words)
{
	const struct object *object = &show_object;
	/* In a file, a device of that name is more likely. */
	const bool help = in_batch ? count && is_help(words[0]) : wants_help(count, words);
	size_t i;

	if (help && is_help(words[0])) {
		print_usage(stdout);
		return EXIT_DONE;
	}
	if (count) {
		for (i = 0; i < OBJECTS && strcmp(objects[i]->name, words[0]); i++)
			;
		if (i == OBJECTS) {
			complain("'%s' is not an object; see 'cvswitch-ctl help'", words[0]);
			return EXIT_USAGE;
		}
		object = objects[i];
	}
	if (help) {
		print_object_usage(object);
		return EXIT_DONE;
	}
	return run(object, count ? count - 1 : 0, words + 1);
}

struct options {
	const char *netns, *batch;
	bool version, help, wrong;
};

static void wrong_option(struct options *options, char **argv)
{
	const char *wrong = optopt && strchr("nb", optopt) ? "needs a word behind it" :
			    "is not understood";

	if (!options->wrong && optopt)
		complain("option -%c %s; see 'cvswitch-ctl help'", optopt, wrong);
	else if (!options->wrong)
		complain("option %s %s; see 'cvswitch-ctl help'", argv[optind - 1], wrong);
	options->wrong = true;
}

static void read_options(int argc, char **argv, struct options *options)
{
	static const struct option words[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "+jpn:b:Vh", words, NULL)) != -1) {
		if (option == 'j')
			out_json = true;
		else if (option == 'p')
			out_pretty = true;
		else if (option == 'n')
			options->netns = optarg;
		else if (option == 'b')
			options->batch = optarg;
		else if (option == 'V')
			options->version = true;
		else if (option == 'h')
			options->help = true;
		else
			wrong_option(options, argv);
	}
}

static int begin(const struct options *options, int count, char **words)
{
	int err;

	if (options->wrong)
		return EXIT_USAGE;
	if (options->batch && count) {
		complain("option -b %s: '%s' is one word too many", options->batch, words[0]);
		return EXIT_USAGE;
	}
	if (options->help) {
		print_usage(stdout);
		return EXIT_DONE;
	}
	if (options->version) {
		puts("cvswitch-ctl " CVS_VERSION);
		return EXIT_DONE;
	}
	err = options->netns ? netns_enter(options->netns) : 0;
	if (err) {
		complain_errno(-err, "network namespace %s", options->netns);
		return EXIT_REFUSED;
	}
	in_batch = options->batch;
	return in_batch ? batch_run(options->batch, run_words) : run_words(count, words);
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	int status, err;

	read_options(argc, argv, &options);
	out_json |= out_pretty;
	out_colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	status = begin(&options, argc - optind, argv + optind);
	cvs_nl_close();
	rtnl_close();
	device_forget();
	err = say_close();
	if (err) {
		complain_errno(err, "standard output");
		return EXIT_REFUSED;
	}
	return status;
}
