/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel for the tool under test, in its own process: the functions by which the tool and libnl
 * speak to a kernel are replaced, so that nothing leaves the process, and any answer can come.
 */
#ifndef FUZZ_FAKE_H
#define FUZZ_FAKE_H

#include <stddef.h>
#include <stdint.h>

/*
 * What is answered to the requests that follow: datagrams, each behind its length of two bytes;
 * sequence numbers are filled in. Length 0xffff is the report that notifications got lost. When
 * nothing is left, reading fails. The data is used until the next call.
 */
void fake_answers(const uint8_t *data, size_t len);

/* Every request is accepted; what it says about an object comes back as the object. */
void fake_accepts(void);

/*
 * The tool's standard output is collected from here on; the text is the caller's to free.
 * The tool's whole state is as at the beginning of a process afterwards.
 */
void fake_begin(void);
char *fake_end(void);

/* Ends the process, with a name for what is wrong. */
#define expect(condition)							\
	do {									\
		if (!(condition)) {						\
			fake_broken(__FILE__, __LINE__, #condition);		\
		}								\
	} while (0)
void fake_broken(const char *file, int line, const char *what) __attribute__((noreturn));

#endif
