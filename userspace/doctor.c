// SPDX-License-Identifier: GPL-2.0
#include "doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "say.h"

static char *text(const char *fmt, va_list ap)
{
	char *text;

	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	return text;
}

void found(struct findings *findings, const char *switch_name, const char *check,
	   const char *object, const char *fmt, ...)
{
	struct finding *more;
	va_list ap;

	more = reallocarray(findings->finding, findings->count + 1, sizeof(*more));
	if (!more)
		abort();
	findings->finding = more;
	more += findings->count++;
	*more = (struct finding){
		.switch_name = switch_name,
		.check = check,
		.object = strdup(object),
	};
	va_start(ap, fmt);
	more->finding = text(fmt, ap);
	va_end(ap);
}

void advise(struct findings *findings, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	findings->finding[findings->count - 1].advice = text(fmt, ap);
	va_end(ap);
}

void not_seen(const struct patient *patient, const char *fmt, ...)
{
	char *what;
	va_list ap;

	va_start(ap, fmt);
	what = text(fmt, ap);
	va_end(ap);
	complain("%s: not looked at: %s", patient->name, what);
	free(what);
}

static json_t *name_of(const char *name)
{
	return name ? out_text(name) : json_null();
}

void findings_print(const struct findings *findings)
{
	size_t i;

	if (out_json)
		out_array_begin();
	else if (!findings->count)
		puts("nothing found");
	for (i = 0; i < findings->count; i++) {
		const struct finding *at = &findings->finding[i];

		if (out_json)
			out_array_item(json_pack("{s:o, s:s, s:o, s:o, s:o}",
						 "switch", name_of(at->switch_name),
						 "check", at->check,
						 "object", out_text(at->object),
						 "finding", out_text(at->finding),
						 "advice", out_text(at->advice)));
		else
			printf("%s: %s: %s\n", at->switch_name ? at->switch_name : at->object,
			       at->finding, at->advice);
	}
	if (out_json)
		out_array_end();
}

void findings_free(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->count; i++) {
		free(findings->finding[i].object);
		free(findings->finding[i].finding);
		free(findings->finding[i].advice);
	}
	free(findings->finding);
	*findings = (struct findings){ 0 };
}
