/*
 * line_parse: one line of the notation: whose it is, and what it says. Values
 * are read in value_parse.c, bytes_parse.c and result_parse.c, orders to the
 * wire in wire_parse.c, expectations in expect_parse.c.
 */
#include "call/line_parse.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "call/line.h"
#include "call/offer.h"
#include "call/scan.h"
#include "call/value_parse.h"
#include "call/verb.h"

/* ---- text up to the end ---- */

/* Where a comment begins at or behind the cursor, or the end. */
static size_t end_of_text(const struct scan *s)
{
	bool quoted = false;
	size_t i;

	for (i = s->at; i < s->n; i++) {
		char c = s->text[i];
		char before = i ? s->text[i - 1] : ' ';

		if (c == '\\' && quoted)
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '#' && !quoted &&
			(before == ' ' || before == '\t') &&
			!(i + 1 < s->n && scan_is_digit(s->text[i + 1])))
			return i;
	}
	return s->n;
}

char *line_take_rest(struct scan *s)
{
	size_t end, from;

	scan_blank(s);
	from = s->at;
	end = end_of_text(s);
	if (from < s->n && from && s->text[from - 1] != ' ' &&
		s->text[from - 1] != '\t') {
		scan_fail(s, _("a blank is missing here"));
		return NULL;
	}
	for (; s->at < end; s->at++)
		if (((uint8_t)s->text[s->at] < ' ' && s->text[s->at] != '\t') ||
			s->text[s->at] == 0x7f) {
			scan_fail(s, _("a control character cannot stand "
				"here"));
			return NULL;
		}
	if (!text_is_utf8(s->text + from, end - from)) {
		s->at = from;
		scan_fail(s, _("this text is not UTF-8"));
		return NULL;
	}
	s->at = s->n;
	while (end > from && (s->text[end - 1] == ' ' ||
			s->text[end - 1] == '\t'))
		end--;
	return mem_dup(s->text + from, end - from);
}

/* ---- the lane ---- */

static bool is_lane(char c)
{
	return scan_is_name(c) || c == '-';
}

/*
 * "client:" or "client/2:" at the cursor. Without one the line belongs to
 * lane; an order to the wire needs no "wire:" then.
 */
static int parse_lane(struct scan *s, const char *lane, struct line *l)
{
	struct scan start = *s;
	size_t n = 0;
	int64_t thread = 0;

	if (scan_name(s))
		while (s->at + n < s->n && is_lane(s->text[s->at + n]))
			n++;
	if (n >= LINE_LANE)
		n = 0;
	scan_copy(s, n, l->lane, sizeof(l->lane));
	s->at += n;
	if (n && scan_peek(s) == '/') {
		s->at++;
		if (scan_number(s, _("thread"), 1, INT_MAX, &thread) < 0)
			return -EINVAL;
	}
	l->thread = (int)thread;
	if (n && scan_take(s, ':'))
		return 0;
	*s = start;
	if (!lane)
		return scan_fail(s, _("whose line is it? It begins with "
			"client:, server:, wire: or lab:"));
	l->thread = 0;
	n = scan_name(s);
	scan_copy(s, n, l->lane, sizeof(l->lane));
	s->at += n;
	if (!wire_is_order(l->lane) || scan_take(s, '(') || scan_take(s, '='))
		snprintf(l->lane, sizeof(l->lane), "%s", lane);
	else
		strcpy(l->lane, "wire");
	*s = start;
	return 0;
}

/* ---- calls ---- */

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
static bool is_method(const struct scan *s, size_t n)
{
	return n && s->at + n < s->n && s->text[s->at + n] == '.';
}

static int fail_method(struct scan *s)
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
	l->row = is_method(s, n) ? NULL : call_row(word);
	if (l->row) {
		s->at += n;
		return 0;
	}
	if (is_method(s, n))
		return fail_method(s);
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

/* A call, from its name on, and what is expected of it. */
static int parse_call(struct scan *s, struct line *l)
{
	char seen[SCAN_SEEN];

	l->kind = LINE_CALL;
	if (parse_row(s, scan_name(s), l) < 0)
		return -EINVAL;
	if (l->name[0] && l->row->result == RESULT_ADDRESS)
		return scan_fail(s, _("%s gives an address; a name stands for "
			"a descriptor, bytes or a number"), l->row->name);
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
	return check_waits(s, l);
}

/* "x =" at the cursor, n bytes of name; then the call. */
static int parse_binding(struct scan *s, size_t n, struct line *l)
{
	char seen[SCAN_SEEN];

	if (n >= LINE_NAME)
		return scan_fail(s, _("a name has at most %d letters"),
			LINE_NAME - 1);
	scan_copy(s, n, l->name, sizeof(l->name));
	if (strcmp(l->name, "_") == 0 || value_word_is_taken(l->name))
		return scan_fail(s, _("%s cannot be a name; it stands for "
			"something already"), l->name);
	s->at += n;
	scan_take(s, '=');
	scan_blank(s);
	if (!scan_name(s))
		return scan_fail(s, _("expected a call behind =, not %s"),
			scan_seen(s, seen));
	return parse_call(s, l);
}

/* "accept returns -> 4", "recv waits": behind the call's name. */
static int parse_returns(struct scan *s, struct line *l, bool returns)
{
	char seen[SCAN_SEEN];

	if (!returns) {
		l->kind = LINE_WAITS;
		return scan_end(s) ? 0 : scan_fail(s,
			_("the end of the line is expected here, not %s"),
			scan_seen(s, seen));
	}
	l->kind = LINE_RETURNS;
	scan_blank(s);
	if (s->n - s->at < 2 || memcmp(s->text + s->at, "->", 2) != 0)
		return scan_fail(s, _("returns: -> and what it gives, as in "
			"%s returns -> 0"), l->row->name);
	s->at += 2;
	if (expect_parse_at(s, l->row, &l->expect) < 0)
		return -EINVAL;
	if (l->expect.kind == EXPECT_WAITS)
		return scan_fail(s, _("a call that returns does not wait"));
	return 0;
}

/* ---- verbs ---- */

/* A word that means something to somebody else, or nearly a word of ours. */
static int fail_verb(struct scan *s, size_t n, bool lab)
{
	char word[LINE_NAME], seen[SCAN_SEEN];
	const char *near;

	scan_copy(s, n, word, sizeof(word));
	if (n && wire_is_order(word)) {
		scan_offer(s, 0, s->at, "wire: ");
		return scan_fail(s, _("%s is an order to the wire, as in "
			"wire: %s"), word, word);
	}
	if (n && !lab && verb_row(true, word)) {
		scan_offer(s, 0, s->at, "lab: ");
		return scan_fail(s, _("%s is an order to the lab, as in "
			"lab: %s"), word, word);
	}
	if (strcmp(word, "struct") == 0)
		return scan_fail(s, _("no struct is needed: an address is "
			"written server:9999, any:9999 or [::1]:80"));
	if (strcmp(word, "import") == 0)
		return scan_fail(s, _("no import is needed: begin with "
			"s = socket(AF_INET)"));
	if (is_method(s, n))
		return fail_method(s);
	near = n ? verb_nearest(lab, word) : NULL;
	if (!near && n && !lab)
		near = call_nearest(word);
	if (near) {
		scan_offer_word(s, n, near);
		return scan_fail(s, _("there is no %s; did you mean %s?"),
			word, near);
	}
	if (lab)
		return scan_fail(s, _("lab: wait, clocks, mtu, arp or rebuild, "
			"not %s"), scan_seen(s, seen));
	return scan_fail(s, _("expected a call, such as recv(s, 64), not %s"),
		scan_seen(s, seen));
}

static int parse_verb(struct scan *s, size_t n, struct line *l)
{
	bool lab = strcmp(l->lane, "lab") == 0;
	const struct verb *v;
	size_t at;

	l->kind = LINE_VERB;
	scan_copy(s, n, l->verb, sizeof(l->verb));
	v = n < sizeof(l->verb) ? verb_row(lab, l->verb) : NULL;
	if (!v)
		return fail_verb(s, n, lab);
	s->at += n;
	scan_blank(s);
	at = s->at;
	if (verb_check_rest(s, v) < 0)
		return -EINVAL;
	s->at = at;
	l->rest = line_take_rest(s);
	return l->rest ? 0 : -EINVAL;
}

/* A line of an actor: a call, what became of one, or a verb. */
static int parse_actor(struct scan *s, struct line *l)
{
	size_t n = scan_name(s);
	struct scan behind = *s;
	char word[LINE_NAME];

	behind.at += n;
	if (n && scan_take(&behind, '='))
		return parse_binding(s, n, l);
	if (n && scan_take(&behind, '('))
		return parse_call(s, l);
	scan_copy(s, n, word, sizeof(word));
	l->row = n < sizeof(word) ? call_row(word) : NULL;
	if (l->row && scan_word(&behind, "returns")) {
		s->at = behind.at;
		return parse_returns(s, l, true);
	}
	if (l->row && scan_word(&behind, "waits")) {
		if (!l->row->may_wait)
			return scan_fail(s, _("%s never waits"), word);
		s->at = behind.at;
		return parse_returns(s, l, false);
	}
	if (l->row) {
		s->at = behind.at;
		return scan_fail(s, _("%s takes its arguments in "
			"parentheses"), word);
	}
	return parse_verb(s, n, l);
}

/* ---- the line ---- */

static int parse(struct scan *s, const char *lane, struct line *l)
{
	while (s->n && (s->text[s->n - 1] == '\r' ||
			s->text[s->n - 1] == '\n'))
		s->n--;
	if (s->n > LINE_MAX_BYTES)
		return scan_fail(s, _("a line has at most %d bytes"),
			LINE_MAX_BYTES);
	if (scan_end(s))
		return 0;
	if (parse_lane(s, lane, l) < 0)
		return -EINVAL;
	if (scan_end(s))
		return scan_fail(s, _("a call, a verb or an order is missing "
			"behind %s:"), l->lane);
	if (strcmp(l->lane, "wire") == 0)
		return wire_parse(s, l);
	if (strcmp(l->lane, "lab") == 0)
		return parse_verb(s, scan_name(s), l);
	return parse_actor(s, l);
}

int line_parse(struct line *l, const char *text, size_t n, const char *lane,
	struct diag *d, char **offer)
{
	struct scan s;
	int error;

	memset(l, 0, sizeof(*l));
	scan_init(&s, text, n, d);
	s.offer = offer;
	if (offer)
		*offer = NULL;
	error = parse(&s, lane, l);
	if (error && offer)
		offer_translation(text, n, lane, offer);
	return error;
}

void line_done(struct line *l)
{
	int i;

	for (i = 0; i < l->nargs; i++)
		value_done(&l->arg[i]);
	expect_done(&l->expect);
	free(l->rest);
	free(l->wire.filter);
	free(l->filter);
	memset(l, 0, sizeof(*l));
}

bool line_is_record(const struct line *l)
{
	const struct verb *v;

	switch (l->kind) {
	case LINE_FATE:
	case LINE_WAITS:
		return true;
	case LINE_VERB:
		v = verb_row(strcmp(l->lane, "lab") == 0, l->verb);
		return v && v->record;
	case LINE_EMPTY:
	case LINE_CALL:
	case LINE_RETURNS:
	case LINE_WIRE:
	case LINE_SEES:
		return false;
	}
	return false;
}
