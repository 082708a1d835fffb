// SPDX-License-Identifier: GPL-2.0
#include "batch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "say.h"
#include "source.h"
#include "split.h"

/* The file whose commands are being done; there is one at a time. */
static struct batch {
	FILE *file;		/* or NULL */
	const char *name;	/* in complaints */
	unsigned long number;	/* of the line that was read last */
	char *line;
	size_t size;
} batch;

/* Return: how many characters the next line has, or -1. */
static ssize_t next_line(void)
{
	const ssize_t len = getline(&batch.line, &batch.size, batch.file);

	if (len >= 0)
		batch.number++;
	return len;
}

static int run_line(size_t len, struct split *split, int (*run)(int count, char **words))
{
	if (!split_line(split, batch.line, len)) {
		complain("%s", split->wrong);
		return EXIT_USAGE;
	}
	if (!split->count)
		return EXIT_DONE;
	device_forget();
	return run(split->count, split->words);
}

static int run_lines(int (*run)(int count, char **words))
{
	static struct split split;
	int status = EXIT_DONE;
	ssize_t len;

	while (!status && (len = next_line()) >= 0) {
		say_place(batch.name, batch.number);
		status = run_line(len, &split, run);
	}
	if (!status && ferror(batch.file)) {
		complain_errno(errno, "%s", batch.name);
		status = EXIT_REFUSED;
	}
	say_place(NULL, 0);
	split_free(&split);
	return status;
}

int batch_run(const char *name, int (*run)(int count, char **words))
{
	const bool from_stdin = !strcmp(name, "-");
	int status;

	batch = (struct batch){
		.file = from_stdin ? stdin : fopen(name, "re"),
		.name = from_stdin ? "standard input" : name,
	};
	if (!batch.file) {
		complain_errno(errno, "%s", name);
		return EXIT_REFUSED;
	}
	status = run_lines(run);
	free(batch.line);
	if (!from_stdin)
		fclose(batch.file);
	batch.file = NULL;
	return status;
}

static bool is_end(const char *line)
{
	line += strspn(line, " \t");
	return *line == '}' && !line[1 + strspn(line + 1, " \t\r\n")];
}

/* Writes the lines to the one that ends them. Return: whether there was one. */
static bool copy_block(FILE *text)
{
	ssize_t len;

	while ((len = next_line()) >= 0) {
		if (is_end(batch.line))
			return true;
		fwrite(batch.line, 1, len, text);
	}
	return false;
}

int batch_block(struct source *source)
{
	int status = EXIT_DONE;
	FILE *text;

	*source = (struct source){ .name = batch.name, .before = batch.number, .block = true };
	if (!batch.file) {
		complain("{ stands for lines that follow in a file of commands; see option -b");
		return EXIT_USAGE;
	}
	text = open_memstream(&source->text, &source->len);
	if (text && !copy_block(text)) {
		if (ferror(batch.file))
			complain_errno(errno, "%s", batch.name);
		else
			complain("there is no line of } to end what follows {");
		status = EXIT_USAGE;
	}
	if (!text || fclose(text)) {
		complain("no memory for what follows");
		status = EXIT_REFUSED;
	}
	if (status)
		source_free(source);
	return status;
}
