/* did: the lines of goals about calls and bytes, read and printed. */
#include "call/did.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line_parse.h"
#include "call/scan.h"
#include "call/value_parse.h"

/* ---- how many ---- */

/* 2 | 2.. | ..2 | 2..4 */
static int parse_range(struct scan *s, const char *what, struct line *l)
{
	size_t start = s->at;
	bool low = scan_peek(s) != '.';

	if (low && scan_number(s, what, 0, INT64_MAX, &l->least) < 0)
		return -EINVAL;
	l->most = l->least;
	if (s->n - s->at < 2 || memcmp(s->text + s->at, "..", 2) != 0)
		return low ? 0 : scan_fail(s, _("%s: how many, as in 2, 2.., "
			"..4 or 2..4"), what);
	s->at += 2;
	l->most = -1;
	if (low && !scan_is_digit(scan_peek(s)))
		return 0;
	if (scan_number(s, what, 0, INT64_MAX, &l->most) < 0)
		return -EINVAL;
	if (l->most >= l->least)
		return 0;
	s->at = start;
	return scan_fail(s, _("%s: the first number is above the second"),
		what);
}

static void print_range(struct buf *b, const struct line *l)
{
	if (l->least || l->most == 0 || l->most < 0)
		buf_printf(b, "%" PRId64, l->least);
	if (l->most != l->least)
		buf_text(b, "..");
	if (l->most > l->least)
		buf_printf(b, "%" PRId64, l->most);
}

/* Whether a pattern ends at the cursor, in front of the x of `x 2`. */
static bool take_x(struct scan *s)
{
	struct scan ahead = *s;
	char c;

	if (!scan_take(&ahead, 'x'))
		return false;
	c = scan_peek(&ahead);
	if (scan_is_name(c) && !scan_is_digit(c))
		return false;
	s->at = ahead.at;
	return true;
}

/* ---- patterns ---- */

static bool take_any(struct scan *s, struct value *v)
{
	scan_blank(s);
	if (scan_peek(s) != '_' || scan_name(s) != 1)
		return false;
	v->column = scan_column(s);
	v->kind = VALUE_ANY;
	s->at++;
	return true;
}

static int parse_argument(struct scan *s, struct call_pattern *p)
{
	const struct value *before = p->nargs ? &p->arg[p->nargs - 1] : NULL;
	struct value *v = &p->arg[p->nargs];

	if (before && before->kind != VALUE_CONSTANT &&
		before->kind != VALUE_BYTES)
		before = NULL; /* it tells nothing of this one */
	p->nargs++;
	if (take_any(s, v))
		return 0;
	return value_parse_argument(s, p->row, &p->row->param[p->nargs - 1],
		before, v);
}

/* Behind the opening parenthesis. */
static int parse_arguments(struct scan *s, struct call_pattern *p)
{
	char seen[SCAN_SEEN];

	if (scan_take(s, ')'))
		return 0;
	do {
		scan_blank(s);
		if (p->nargs == call_params(p->row))
			return scan_fail(s, _("%s has no more arguments"),
				p->row->name);
		if (parse_argument(s, p) < 0)
			return -EINVAL;
	} while (scan_take(s, ','));
	if (scan_take(s, ')'))
		return 0;
	return scan_fail(s, _("expected , or ), not %s"), scan_seen(s, seen));
}

static int parse_call(struct scan *s, struct call_pattern *p)
{
	char word[LINE_NAME], seen[SCAN_SEEN];
	const char *near;
	size_t n;

	scan_blank(s);
	n = scan_name(s);
	scan_copy(s, n, word, sizeof(word));
	p->row = n < sizeof(word) ? call_row(word) : NULL;
	if (p->row) {
		s->at += n;
		return scan_take(s, '(') ? parse_arguments(s, p) : 0;
	}
	near = n ? call_nearest(word) : NULL;
	if (!near)
		return scan_fail(s, _("did: a call, as in did recv(conn, _), "
			"not %s"), scan_seen(s, seen));
	scan_offer_word(s, n, near);
	return scan_fail(s, _("there is no call %s; did you mean %s?"), word,
		near);
}

static int parse_pattern(struct scan *s, struct call_pattern *p)
{
	if (parse_call(s, p) < 0)
		return -EINVAL;
	scan_blank(s);
	if (s->n - s->at < 2 || memcmp(s->text + s->at, "->", 2) != 0)
		return 0;
	s->at += 2;
	if (expect_parse_part(s, p->row, &p->expect) < 0)
		return -EINVAL;
	if (p->expect.kind == EXPECT_WAITS && !p->row->may_wait)
		return diag_set(s->d, p->expect.column, _("%s never waits"),
			p->row->name);
	return 0;
}

/* any: how an argument is written that may be anything. */
static void print_pattern(struct buf *b, const struct call_pattern *p,
	const char *any)
{
	buf_text(b, p->row->name);
	for (int i = 0; i < p->nargs; i++) {
		buf_text(b, i ? ", " : "(");
		if (p->arg[i].kind == VALUE_ANY)
			buf_text(b, any);
		else
			value_print(b, &p->arg[i]);
	}
	if (p->nargs)
		buf_char(b, ')');
	if (p->expect.kind != EXPECT_NOTHING) {
		buf_text(b, " -> ");
		line_print_expect(b, &p->expect);
	}
}

void did_tell(struct buf *b, const struct call_pattern *p)
{
	print_pattern(b, p, "…");
}

static void pattern_done(struct call_pattern *p)
{
	for (int i = 0; i < p->nargs; i++)
		value_done(&p->arg[i]);
	expect_done(&p->expect);
}

/* ---- lines ---- */

static int at_end(struct scan *s)
{
	char seen[SCAN_SEEN];

	if (scan_end(s))
		return 0;
	return scan_fail(s, _("the end of the line is expected here, not %s"),
		scan_seen(s, seen));
}

int did_parse(struct scan *s, struct line *l)
{
	l->kind = LINE_DID;
	l->did = mem_zero(sizeof(*l->did));
	l->least = 1;
	l->most = -1;
	if (parse_pattern(s, &l->did->first) < 0)
		return -EINVAL;
	if (scan_word(s, "then") && parse_pattern(s, &l->did->then) < 0)
		return -EINVAL;
	if (take_x(s)) {
		scan_blank(s);
		l->least = 0;
		if (parse_range(s, "x", l) < 0)
			return -EINVAL;
	}
	return at_end(s);
}

/* bytes, side by side as often as there is room; or how many of them. */
int got_parse(struct scan *s, struct line *l, enum line_kind kind)
{
	const char *what = kind == LINE_GOT ? "got" : "gave";
	char seen[SCAN_SEEN];

	l->kind = kind;
	scan_blank(s);
	if (scan_is_digit(scan_peek(s)) || scan_peek(s) == '.') {
		if (parse_range(s, what, l) < 0)
			return -EINVAL;
		if (!scan_word(s, "bytes") && !scan_word(s, "byte"))
			return scan_fail(s, _("%s: the word bytes is missing, "
				"as in 4 bytes"), what);
		return at_end(s);
	}
	do {
		if (!value_begins_bytes(s))
			return scan_fail(s, _("%s: bytes, as in \"hi\" or "
				"u32be(2), or how many, as in 4 bytes, not %s"),
				what, scan_seen(s, seen));
		if (l->nargs == CALL_ARGS_MAX)
			return scan_fail(s, _("%s: at most %d pieces of bytes"),
				what, CALL_ARGS_MAX);
		l->nargs++;
		if (value_parse_bytes(s, &l->arg[l->nargs - 1]) < 0)
			return -EINVAL;
	} while (!scan_end(s));
	return 0;
}

void did_print(struct buf *b, const struct line *l)
{
	buf_text(b, "did ");
	print_pattern(b, &l->did->first, "_");
	if (l->did->then.row) {
		buf_text(b, " then ");
		print_pattern(b, &l->did->then, "_");
	}
	if (l->least == 1 && l->most < 0)
		return;
	buf_text(b, " x ");
	print_range(b, l);
}

void got_print(struct buf *b, const struct line *l)
{
	buf_text(b, l->kind == LINE_GOT ? "got" : "gave");
	for (int i = 0; i < l->nargs; i++) {
		buf_char(b, ' ');
		value_print(b, &l->arg[i]);
	}
	if (l->nargs)
		return;
	buf_char(b, ' ');
	print_range(b, l);
	buf_text(b, l->least == 1 && l->most == 1 ? " byte" : " bytes");
}

void did_done(struct call_did *did)
{
	pattern_done(&did->first);
	pattern_done(&did->then);
}
