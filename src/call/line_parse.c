/*
 * line_parse: one line of the notation: whose it is, and what it says. Calls
 * are read in call_parse.c, orders to the wire in wire_parse.c, expectations
 * in expect_parse.c and sees_parse.c, goals in did.c.
 */
#include "call/line_parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "call/did.h"
#include "call/line.h"
#include "call/offer.h"
#include "call/scan.h"
#include "call/value_parse.h"
#include "call/verb.h"
#include "call/wish.h"

/* ---- text up to the end ---- */

size_t line_end_of_text(const struct scan *s)
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
	end = line_end_of_text(s);
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
		if (scan_number(s, _("thread"), 1, LINE_THREADS,
			&thread) < 0)
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

/* ---- what became of a call ---- */

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
	if (call_is_method(s, n))
		return call_fail_method(s);
	near = n ? verb_nearest(lab, word) : NULL;
	if (!near && n && !lab)
		near = call_nearest(word);
	if (near) {
		scan_offer_word(s, n, near);
		return scan_fail(s, _("there is no %s; did you mean %s?"),
			word, near);
	}
	if (lab)
		return scan_fail(s, _("lab: wait, clocks, mtu, arp, host, "
			"dns, set, needs or rebuild, not %s"), scan_seen(s, seen));
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
	if (n && (scan_take(&behind, '=') || scan_take(&behind, ',')))
		return call_parse_binding(s, n, l);
	if (n && scan_take(&behind, '('))
		return call_parse(s, l);
	scan_copy(s, n, word, sizeof(word));
	if (strcmp(word, "has") == 0) {
		s->at += n;
		return has_parse(s, l);
	}
	if (strcmp(word, "did") == 0) {
		s->at += n;
		return did_parse(s, l);
	}
	if (strcmp(word, "got") == 0 || strcmp(word, "gave") == 0) {
		s->at += n;
		return got_parse(s, l, word[1] == 'o' ? LINE_GOT : LINE_GAVE);
	}
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
	if (l->wish) {
		wish_done(l->wish);
		free(l->wish);
	}
	if (l->did) {
		did_done(l->did);
		free(l->did);
	}
	memset(l, 0, sizeof(*l));
}
