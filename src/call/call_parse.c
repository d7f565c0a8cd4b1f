/*
 * call_parse: a call: what its result is bound to, its name, its arguments,
 * and what is expected of it.
 */
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/scan.h"
#include "call/value_parse.h"
#include "call/verb.h"

static int fail_arguments(struct scan *s, const struct call_row *row)
{
	struct buf b = {0};
	char seen[SCAN_SEEN];

	call_signature(&b, row);
	scan_fail(s, _("expected , or ), not %s: %s"), scan_seen(s, seen),
		b.data);
	buf_done(&b);
	return -EINVAL;
}

static int fail_missing(struct scan *s, const struct call_row *row,
	const struct param *p)
{
	struct buf b = {0};

	call_signature(&b, row);
	scan_fail(s, _("%s is missing: %s"), p->name, b.data);
	buf_done(&b);
	return -EINVAL;
}

static int fail_too_many(struct scan *s, const struct call_row *row)
{
	struct buf b = {0};

	call_signature(&b, row);
	scan_fail(s, _("too many arguments: %s"), b.data);
	buf_done(&b);
	return -EINVAL;
}

/* Behind the opening parenthesis, up to the closing one. */
static int parse_arguments(struct scan *s, struct line *l)
{
	const struct call_row *row = l->row;
	int most = call_params(row);

	scan_blank(s);
	if (scan_peek(s) != ')') {
		do {
			scan_blank(s);
			if (l->nargs == most)
				return fail_too_many(s, row);
			if (scan_peek(s) == ')' || s->at == s->n)
				return fail_missing(s, row,
					&row->param[l->nargs]);
			l->nargs++;
			if (value_parse_argument(s, row,
					&row->param[l->nargs - 1],
					l->nargs > 1 ? &l->arg[l->nargs - 2] :
					NULL, &l->arg[l->nargs - 1]) < 0)
				return -EINVAL;
		} while (scan_take(s, ','));
	}
	if (scan_peek(s) != ')')
		return fail_arguments(s, row);
	if (l->nargs < most && !row->param[l->nargs].otherwise)
		return fail_missing(s, row, &row->param[l->nargs]);
	s->at++;
	return 0;
}

/* "s." as in s.send(…): n bytes of word at the cursor. */
bool call_is_method(const struct scan *s, size_t n)
{
	return n && s->at + n < s->n && s->text[s->at + n] == '.';
}

int call_fail_method(struct scan *s)
{
	return scan_fail(s, _("the call comes first, the socket is its first "
		"argument, as in recv(s, 64)"));
}

/* The name of a call, n bytes at the cursor. */
static int parse_row(struct scan *s, size_t n, struct line *l)
{
	char word[LINE_NAME];
	const char *near;

	scan_copy(s, n, word, sizeof(word));
	l->row = call_is_method(s, n) ? NULL : call_row(word);
	if (l->row) {
		s->at += n;
		return 0;
	}
	if (call_is_method(s, n))
		return call_fail_method(s);
	if (verb_row(false, word) && verb_row(false, word)->help)
		return scan_fail(s, _("%s takes no parentheses, as in "
			"client: %s"), word, word);
	if (value_begins_bytes(s))
		return scan_fail(s, _("%s makes bytes: they stand in a call, "
			"as in send(s, u16be(1))"), word);
	near = call_nearest(word);
	if (!near)
		return scan_fail(s, _("there is no call %s here"), word);
	scan_offer_word(s, n, near);
	return scan_fail(s, _("there is no call %s; did you mean %s?"), word,
		near);
}

static int check_waits(struct scan *s, const struct line *l)
{
	if (l->expect.kind == EXPECT_WAITS && !l->row->may_wait)
		return diag_set(s->d, l->expect.column, _("%s never waits"),
			l->row->name);
	return 0;
}

/* What a name may stand for. */
static int check_names(struct scan *s, const struct line *l)
{
	const char *call = l->row->name;

	if (!l->name[0])
		return 0;
	if (l->row->result == RESULT_FDS && !l->second[0])
		return scan_fail(s, _("%s gives two descriptors: two names, "
			"as in a, b = %s()"), call, call);
	if (l->row->result != RESULT_FDS && l->second[0])
		return scan_fail(s, _("%s gives one result: one name"), call);
	switch (l->row->result) {
	case RESULT_ADDRESS:
	case RESULT_ADDRESSES:
		return scan_fail(s, _("%s gives an address; a name stands for "
			"a descriptor, bytes or a number"), call);
	case RESULT_READY:
		return scan_fail(s, _("%s gives a list; a name stands for a "
			"descriptor, bytes or a number"), call);
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_BYTES:
	case RESULT_NUMBER:
	case RESULT_FLAGS:
	case RESULT_FDS:
	case RESULT_RECORD:
	case RESULT_OPTION:
	case RESULT_CONST:
	case RESULT_PROCESS:
		break;
	}
	return 0;
}

/* The option of a call says what its value can be. */
static int check_option(struct scan *s, const struct line *l)
{
	const struct option_row *o;
	int i;

	if (l->row->result != RESULT_OPTION || l->nargs < 2 ||
		l->arg[1].kind != VALUE_CONSTANT)
		return 0;
	o = option_row(l->arg[1].number);
	for (i = 0; o && i < l->expect.nalt; i++)
		if (!value_fits_option(o, &l->expect.alt[i]))
			return diag_set(s->d, l->expect.alt[i].column,
				_(value_option_told(o)), o->name);
	return 0;
}

/* A call, from its name on, and what is expected of it. */
int call_parse(struct scan *s, struct line *l)
{
	char seen[SCAN_SEEN];

	l->kind = LINE_CALL;
	if (parse_row(s, scan_name(s), l) < 0)
		return -EINVAL;
	if (check_names(s, l) < 0)
		return -EINVAL;
	if (!scan_take(s, '('))
		return scan_fail(s, _("%s takes its arguments in "
			"parentheses"), l->row->name);
	if (parse_arguments(s, l) < 0)
		return -EINVAL;
	if (scan_end(s))
		return 0;
	if (scan_peek(s) == ';')
		return scan_fail(s, _("a line ends without ;"));
	if (s->n - s->at < 2 || memcmp(s->text + s->at, "->", 2) != 0)
		return scan_fail(s, _("expected -> or the end of the line, not "
			"%s"), scan_seen(s, seen));
	s->at += 2;
	if (expect_parse_at(s, l->row, &l->expect) < 0)
		return -EINVAL;
	if (check_option(s, l) < 0)
		return -EINVAL;
	return check_waits(s, l);
}

/* ---- names ---- */

/* A name to be bound, n bytes at the cursor, into out. */
static int take_name(struct scan *s, size_t n, char out[LINE_NAME])
{
	char seen[SCAN_SEEN];

	if (!n)
		return scan_fail(s, _("a second name, as in a, b = "
			"socketpair(), not %s"), scan_seen(s, seen));
	if (n >= LINE_NAME)
		return scan_fail(s, _("a name has at most %d letters"),
			LINE_NAME - 1);
	scan_copy(s, n, out, LINE_NAME);
	if (strcmp(out, "_") == 0 || strcmp(out, "none") == 0 ||
			value_word_is_taken(out))
		return scan_fail(s, _("%s cannot be a name; it stands for "
			"something already"), out);
	s->at += n;
	return 0;
}

int call_parse_binding(struct scan *s, size_t n, struct line *l)
{
	char seen[SCAN_SEEN];

	if (take_name(s, n, l->name) < 0)
		return -EINVAL;
	if (scan_take(s, ',')) {
		scan_blank(s);
		if (take_name(s, scan_name(s), l->second) < 0)
			return -EINVAL;
		if (strcmp(l->name, l->second) == 0)
			return scan_fail(s, _("two different names belong "
				"here, as in a, b = socketpair()"));
	}
	if (!scan_take(s, '='))
		return scan_fail(s, _("= is missing behind the names, as in "
			"a, b = socketpair()"));
	scan_blank(s);
	if (!scan_name(s))
		return scan_fail(s, _("expected a call behind =, not %s"),
			scan_seen(s, seen));
	return call_parse(s, l);
}
