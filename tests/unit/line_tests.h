/*
 * line_tests: what the tests of lines share: a line must print as it was
 * written, and a mistake must get its sentence at its column.
 */
#ifndef TESTS_LINE_TESTS_H
#define TESTS_LINE_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"

/* Parse as the client's prompt does. */
static inline int prompt(struct line *l, const char *text, struct diag *d,
	char **offer)
{
	memset(d, 0, sizeof(*d));
	return line_parse(l, text, strlen(text), "client", d, offer);
}

static inline void must(struct line *l, const char *text)
{
	struct diag d;

	if (prompt(l, text, &d, NULL) < 0)
		fail_msg("%s\n%d: %s", text, d.column, d.msg);
}

static inline void prints_as(const char *text, const char *printed)
{
	struct buf b = {0}, again = {0};
	struct line l;

	must(&l, text);
	line_print(&b, &l);
	line_done(&l);
	assert_string_equal(buf_str(&b), printed);
	must(&l, printed);
	line_print(&again, &l);
	assert_string_equal(buf_str(&again), printed);
	line_done(&l);
	buf_done(&b);
	buf_done(&again);
}

/* A line, the column of its mistake, words the sentence must have, and the
 * line that is offered instead, if one is. */
struct mistake {
	const char *text;
	int column;
	const char *says;
	const char *offers;
};

static inline void refuses(const struct mistake *m)
{
	char *offer = NULL;
	struct diag d;
	struct line l;

	if (prompt(&l, m->text, &d, &offer) == 0)
		fail_msg("parsed: %s", m->text);
	line_done(&l);
	if (d.column != m->column || !strstr(d.msg, m->says) ||
		strchr(d.msg, '\001'))
		fail_msg("%s\nexpected %d: %s\nobserved %d: %s", m->text,
			m->column, m->says, d.column, d.msg);
	if (!!offer != !!m->offers || (offer && strcmp(offer, m->offers) != 0))
		fail_msg("%s\nexpected offer %s\nobserved %s", m->text,
			m->offers, offer);
	free(offer);
}

#endif
