/* expect_parse: what stands behind `->`, and times. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/scan.h"
#include "call/value_parse.h"

int64_t line_parse_time(const char *text, size_t n)
{
	static const struct {
		const char *name;
		int64_t ns;
	} unit[] = {{"us", CLOCK_US}, {"ms", CLOCK_MS}, {"s", CLOCK_S}};
	int64_t value = 0;
	size_t digits = 0, i;

	while (digits < n && scan_is_digit(text[digits])) {
		/* Half of all time: so much added to now is still a time. */
		if (value > INT64_MAX / 2 / CLOCK_S / 10 - 1)
			return -1;
		value = value * 10 + (text[digits++] - '0');
	}
	for (i = 0; digits && i < sizeof(unit) / sizeof(unit[0]); i++)
		if (strlen(unit[i].name) == n - digits &&
			memcmp(text + digits, unit[i].name, n - digits) == 0)
			return value * unit[i].ns;
	return -1;
}

static int parse_time(struct scan *s, const char *what, int64_t *ns)
{
	char seen[SCAN_SEEN];
	size_t n = 0;

	scan_blank(s);
	while (s->at + n < s->n && scan_is_name(s->text[s->at + n]))
		n++;
	*ns = line_parse_time(s->text + s->at, n);
	if (*ns <= 0)
		return scan_fail(s, _("%s: a time, as in 3s or 500ms, not %s"),
			what, scan_seen(s, seen));
	s->at += n;
	return 0;
}

int span_parse(struct scan *s, struct expect *e)
{
	for (;;) {
		scan_blank(s);
		if (!e->after && scan_word(s, "after")) {
			if (parse_time(s, "after", &e->after) < 0)
				return -EINVAL;
		} else if (!e->within && scan_word(s, "within")) {
			if (parse_time(s, "within", &e->within) < 0)
				return -EINVAL;
		} else {
			break;
		}
	}
	if (e->within && e->after >= e->within)
		return scan_fail(s, _("the time behind after must be shorter "
			"than the one behind within"));
	return 0;
}

static int parse_alternatives(struct scan *s, const struct call_row *row,
	struct expect *e)
{
	e->kind = EXPECT_ANY_OF;
	do {
		if (e->nalt == LINE_ALTS)
			return scan_fail(s, _("at most %d alternatives"),
				LINE_ALTS);
		if (value_parse_result(s, row, &e->alt[e->nalt++]) < 0)
			return -EINVAL;
	} while (scan_take(s, '|'));
	return span_parse(s, e);
}

int expect_parse_part(struct scan *s, const struct call_row *row,
	struct expect *e)
{
	scan_blank(s);
	e->column = scan_column(s);
	if (!scan_word(s, "waits"))
		return parse_alternatives(s, row, e);
	e->kind = EXPECT_WAITS;
	return 0;
}

int expect_parse_at(struct scan *s, const struct call_row *row,
	struct expect *e)
{
	char seen[SCAN_SEEN];

	scan_blank(s);
	e->column = scan_column(s);
	if (scan_take(s, '?')) {
		e->kind = EXPECT_ASK;
		if (span_parse(s, e) < 0)
			return -EINVAL;
	} else if (expect_parse_part(s, row, e) < 0) {
		return -EINVAL;
	}
	if (scan_end(s))
		return 0;
	return scan_fail(s, _("the end of the line is expected here, not %s"),
		scan_seen(s, seen));
}

int expect_parse(struct expect *e, const char *text, size_t n,
	const struct call_row *row, struct diag *d)
{
	struct scan s;

	memset(e, 0, sizeof(*e));
	scan_init(&s, text, n, d);
	return expect_parse_at(&s, row, e);
}

void expect_done(struct expect *e)
{
	int i;

	for (i = 0; i < e->nalt; i++)
		value_done(&e->alt[i]);
	memset(e, 0, sizeof(*e));
}
