/*
 * result_parse: what may stand behind `->` for one result: an alternative.
 * What the kernel gave is read here as well, as value_print wrote it.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/list_parse.h"
#include "call/scan.h"
#include "call/value_parse.h"

#define WORD 64

/* What is known of the result while it is read. */
struct reading {
	const struct call_row *row; /* or NULL */
	int depth;                  /* lists and records around it */
	bool item;                  /* in a list: a descriptor's name may stand
				       there */
};

static int parse_part(struct scan *s, const struct reading *r,
	struct value *v);

/* ---- numbers ---- */

static int parse_below(struct scan *s, struct value *v)
{
	s->at++;
	scan_blank(s);
	v->kind = VALUE_BELOW;
	return scan_number(s, _("less than"), 0, INT64_MAX, &v->number);
}

/* "(ECONNREFUSED)" behind the number of an error explains it. */
static int parse_explanation(struct scan *s, struct value *v)
{
	struct scan ahead = *s;
	char word[WORD];
	size_t n;
	int number;

	if (!scan_take(&ahead, '('))
		return 0;
	scan_blank(&ahead);
	s->at = ahead.at;
	n = scan_name(s);
	scan_copy(s, n, word, sizeof(word));
	number = n ? errno_number(word) : 0;
	if (!number)
		return scan_fail(s, _("an error's name explains the number, "
			"as in 111 (ECONNREFUSED)"));
	if (number != v->number)
		return scan_fail(s, _("%s is %d, not %lld"), word, number,
			(long long)v->number);
	s->at += n;
	if (!scan_take(s, ')'))
		return scan_fail(s, _("expected ) behind %s"), word);
	value_of_constant(v, "errno", number);
	return 0;
}

static int parse_number(struct scan *s, struct value *v)
{
	if (value_take_time(s, v))
		return 0;
	v->kind = VALUE_NUMBER;
	if (scan_number(s, _("result"), INT64_MIN + 1, INT64_MAX,
			&v->number) < 0)
		return -EINVAL;
	return parse_explanation(s, v);
}

/* ---- words ---- */

/* "E1234": an error that has no name here, as value_print writes it. */
static int nameless_errno(const char *word)
{
	size_t minus = word[0] == 'E' && word[1] == '-';
	const char *digits = word + 1 + minus;

	if (word[0] != 'E' || !scan_is_digit(digits[0]) ||
		strlen(digits) > 7 || digits[strspn(digits, "0123456789")])
		return 0;
	return minus ? -atoi(digits) : atoi(digits);
}

static int fail_word(struct scan *s, const struct reading *r,
	const char *word)
{
	const char *set = r->row ? r->row->result_set : NULL;
	const char *near = errno_nearest(word);

	if (!near && set)
		near = constant_nearest(set, word);
	if (!near && r->depth)
		near = constant_nearest(NULL, word);
	if (near) {
		scan_offer_word(s, strlen(word), near);
		return scan_fail(s, _("result: there is no %s; did you mean "
			"%s?"), word, near);
	}
	return scan_fail(s, _("result: a number, bytes, an error's name, an "
		"address, _, waits or ?, not “%s”"), word);
}

/* `none` is a time that is not set, inside a record an address not given. */
static void take_none(const struct reading *r, struct value *v)
{
	if (r->depth)
		value_of_no_address(v);
	else
		value_of_time(v, -1);
}

/* A word: an errno, constants, _, none; in a list also a descriptor's name. */
static int parse_word(struct scan *s, const struct reading *r,
	struct value *v)
{
	size_t n = scan_name(s);
	char word[WORD];
	int number;

	if (n == 1 && s->text[s->at] == 'E' && s->at + 1 < s->n &&
			s->text[s->at + 1] == '-')
		for (n++; s->at + n < s->n &&
				scan_is_digit(s->text[s->at + n]); n++)
			;
	scan_copy(s, n, word, sizeof(word));
	number = errno_number(word);
	if (!number)
		number = nameless_errno(word);
	if (number)
		value_of_errno(v, number);
	else if (strcmp(word, "_") == 0)
		v->kind = VALUE_ANY;
	else if (strcmp(word, "none") == 0)
		take_none(r, v);
	else if (value_take_constant(s, r->row ? r->row->result_set : NULL, v))
		return 0;
	else if (r->item && !(word[0] >= 'A' && word[0] <= 'Z'))
		return value_parse_name(s, _("result"), v);
	else
		return fail_word(s, r, word);
	s->at += n;
	return 0;
}

/* ---- lists and records ---- */

/*
 * Whether `conn: POLLIN` begins at the cursor, and not `server:9999`: behind
 * the colon of an entry stands a blank, a word, or what the row says.
 */
static bool begins_entry(const struct scan *s, const struct reading *r)
{
	size_t i = s->at;
	bool digits = scan_is_digit(scan_peek(s));
	char next;

	while (i < s->n && scan_is_name(s->text[i]))
		i++;
	if (i == s->at || i == s->n || s->text[i] != ':')
		return false;
	if (digits || (r->row && r->row->result == RESULT_READY))
		return true;
	if (i - s->at == 4 && memcmp(s->text + s->at, "unix", 4) == 0)
		return false;
	next = i + 1 < s->n ? s->text[i + 1] : ' ';
	return next == ' ' || next == '\t' ||
		(scan_is_name(next) && !scan_is_digit(next) && next != '_');
}

/* What the descriptor of an entry waited for. */
static int parse_ready(struct scan *s, const struct reading *r,
	struct value *v)
{
	const char *set = r->row ? r->row->result_set : NULL;
	char word[WORD], seen[SCAN_SEEN];
	const char *near;
	size_t n = scan_name(s);

	if (scan_word(s, "_")) {
		v->kind = VALUE_ANY;
		return 0;
	}
	if (scan_is_digit(scan_peek(s)))
		return parse_number(s, v);
	if (value_take_constant(s, set, v))
		return 0;
	scan_copy(s, n, word, sizeof(word));
	near = n ? constant_nearest(set, word) : NULL;
	if (!near)
		return scan_fail(s, _("result: flags, as in conn: POLLIN, not "
			"%s"), scan_seen(s, seen));
	scan_offer_word(s, n, near);
	return scan_fail(s, _("result: there is no %s; did you mean %s?"),
		word, near);
}

static int parse_entry(struct scan *s, const struct reading *r,
	struct value *v)
{
	struct reading inner = {r->row, r->depth, true};
	struct value part = {0};
	int error;

	v->kind = VALUE_ENTRY;
	part.column = scan_column(s);
	error = parse_part(s, &inner, &part);
	value_add(v, NULL, &part);
	if (error)
		return error;
	scan_take(s, ':');
	scan_blank(s);
	part.column = scan_column(s);
	error = parse_ready(s, r, &part);
	value_add(v, NULL, &part);
	return error;
}

static int parse_item(struct scan *s, const struct value *list,
	struct value *item, void *how)
{
	(void)list;
	if (begins_entry(s, how))
		return parse_entry(s, how, item);
	return parse_part(s, how, item);
}

static int parse_field(struct scan *s, const struct value *record,
	struct value *item, void *how)
{
	if (list_parse_key(s, record, item) < 0)
		return -EINVAL;
	item->column = scan_column(s);
	return parse_part(s, how, item);
}

static int parse_nested(struct scan *s, const struct reading *r,
	struct value *v)
{
	bool list = scan_peek(s) == '[';
	struct reading inner = {r->row, r->depth + 1, list};

	if (inner.depth >= VALUE_DEPTH)
		return scan_fail(s, _("brackets stand at most %d deep"),
			VALUE_DEPTH - 1);
	value_of_list(v, list ? VALUE_LIST : VALUE_RECORD);
	return list_parse_items(s, v, list ? ']' : '}',
		list ? parse_item : parse_field, &inner);
}

static int parse_part(struct scan *s, const struct reading *r,
	struct value *v)
{
	char c = scan_peek(s), seen[SCAN_SEEN];

	if (c == '<')
		return parse_below(s, v);
	if (value_begins_bytes(s))
		return value_parse_bytes(s, v);
	if (!(r->item && begins_entry(s, r)) && value_begins_address(s))
		return value_parse_address(s, v, true);
	if (c == '[' || c == '{')
		return parse_nested(s, r, v);
	if (c == '-' || scan_is_digit(c))
		return parse_number(s, v);
	if (scan_name(s))
		return parse_word(s, r, v);
	return scan_fail(s, _("result: a number, bytes, an error's name, an "
		"address, _, waits or ?, not %s"), scan_seen(s, seen));
}

/* ---- whole results ---- */

static int fail_kind(struct scan *s, const struct call_row *row)
{
	const char *member = row->result_set ?
		constant_at(row->result_set, 0) : NULL;

	return scan_fail(s, _(value_result_told(row)), row->name, member ?
		member : "");
}

int value_parse_result(struct scan *s, const struct call_row *row,
	struct value *v)
{
	struct reading r = {.row = row};
	size_t start;

	scan_blank(s);
	start = s->at;
	v->column = scan_column(s);
	if (parse_part(s, &r, v) < 0)
		return -EINVAL;
	if (!row || value_fits_result(row, v))
		return 0;
	s->at = start;
	return fail_kind(s, row);
}

int line_parse_value(struct value *v, const char *text, size_t n,
	struct diag *d)
{
	struct scan s;
	char seen[SCAN_SEEN];

	memset(v, 0, sizeof(*v));
	scan_init(&s, text, n, d);
	if (value_parse_result(&s, NULL, v) < 0)
		goto failed;
	scan_blank(&s);
	if (s.at == s.n)
		return 0;
	scan_fail(&s, _("nothing more is expected here, not %s"),
		scan_seen(&s, seen));
failed:
	value_done(v);
	return -EINVAL;
}
