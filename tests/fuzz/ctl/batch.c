// SPDX-License-Identifier: GPL-2.0
/*
 * A file of commands, read and done as by "cvswitch-ctl -b -", with a kernel that accepts every
 * request.
 */
#define main tool_main
#include "main.c"
#undef main

#include "fake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	FILE *real_stdin = stdin;
	int status;

	if (!len)
		return 0;
	out_json = data[0] & 1;
	stdin = fmemopen((void *)data, len, "r");
	if (!stdin)
		abort();
	fake_accepts();
	fake_begin();
	in_batch = true;
	status = batch_run("-", run_words);
	free(fake_end());
	fclose(stdin);
	stdin = real_stdin;
	expect(status == EXIT_DONE || status == EXIT_REFUSED || status == EXIT_USAGE);
	return 0;
}
