/*
 * result_parse: what may stand behind `->` for one result: an alternative.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "call/line.h"
#include "call/scan.h"
#include "call/value_parse.h"

static int parse_below(struct scan *s, struct value *v)
{
	s->at++;
	scan_blank(s);
	v->kind = VALUE_BELOW;
	return scan_number(s, _("less than"), 0, INT64_MAX, &v->number);
}

/* "E1234": an error that has no name here, as value_print writes it. */
static int nameless_errno(const char *word)
{
	if (word[0] != 'E' || !scan_is_digit(word[1]) || strlen(word) > 8 ||
		word[1 + strspn(word + 1, "0123456789")])
		return 0;
	return atoi(word + 1);
}

/* Flags joined by |: one value, for | behind a flag joins another flag. An
 * errno or anything else behind the | is the next alternative. */
static void parse_flags(struct scan *s, struct value *v)
{
	struct scan ahead = *s;
	char word[64];
	int64_t bits;

	while (scan_take(&ahead, '|')) {
		scan_blank(&ahead);
		if (scan_is_digit(scan_peek(&ahead))) {
			struct diag *d = ahead.d;

			ahead.d = NULL;
			if (scan_number(&ahead, "", 0, INT64_MAX, &bits) < 0)
				return;
			ahead.d = d;
		} else {
			size_t n = scan_name(&ahead);

			scan_copy(&ahead, n, word, sizeof(word));
			if (!constant_number("status", word, &bits))
				return;
			ahead.at += n;
		}
		v->number |= bits;
		*s = ahead;
	}
}

static int fail_word(struct scan *s, const char *word)
{
	const char *near = errno_nearest(word);

	if (near) {
		scan_offer_word(s, strlen(word), near);
		return scan_fail(s, _("result: there is no %s; did you mean "
			"%s?"), word, near);
	}
	return scan_fail(s, _("result: a number, bytes, an error's name, an "
		"address, _, waits or ?, not “%s”"), word);
}

/* A word: an errno, a flag, _. */
static int parse_word(struct scan *s, struct value *v)
{
	size_t n = scan_name(s);
	char word[48];

	scan_copy(s, n, word, sizeof(word));
	v->number = errno_number(word);
	if (!v->number)
		v->number = nameless_errno(word);
	if (strcmp(word, "_") == 0)
		v->kind = VALUE_ANY;
	else if (v->number)
		v->kind = VALUE_ERRNO;
	else if (constant_number("status", word, &v->number))
		v->kind = VALUE_CONSTANT;
	else
		return fail_word(s, word);
	s->at += n;
	if (v->kind == VALUE_CONSTANT) {
		v->set = constant_set("status");
		parse_flags(s, v);
	}
	return 0;
}

static int parse_any(struct scan *s, struct value *v)
{
	char c = scan_peek(s), seen[SCAN_SEEN];

	if (c == '<')
		return parse_below(s, v);
	if (value_begins_bytes(s))
		return value_parse_bytes(s, v);
	if (value_begins_address(s))
		return value_parse_address(s, v, true);
	if (c == '-' || scan_is_digit(c)) {
		v->kind = VALUE_NUMBER;
		return scan_number(s, _("result"), INT64_MIN + 1, INT64_MAX,
			&v->number);
	}
	if (scan_name(s))
		return parse_word(s, v);
	return scan_fail(s, _("result: a number, bytes, an error's name, an "
		"address, _, waits or ?, not %s"), scan_seen(s, seen));
}

/* Whether a call with this kind of result can ever give v. */
static bool can_be(enum result_kind result, enum value_kind v)
{
	if (v == VALUE_ERRNO || v == VALUE_ANY)
		return true;
	switch (result) {
	case RESULT_ZERO:
		return v == VALUE_NUMBER;
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_NUMBER:
		return v == VALUE_NUMBER || v == VALUE_BELOW;
	case RESULT_FLAGS:
		return v == VALUE_NUMBER || v == VALUE_CONSTANT;
	case RESULT_BYTES:
		return v == VALUE_BYTES;
	case RESULT_ADDRESS:
		return v == VALUE_ADDRESS;
	}
	return true;
}

static int fail_kind(struct scan *s, const struct call_row *row)
{
	const char *name = row->name;

	switch (row->result) {
	case RESULT_ZERO:
		return scan_fail(s, _("%s gives 0, or an error's name"), name);
	case RESULT_FD:
		return scan_fail(s, _("%s gives a descriptor, a number, or an "
			"error's name"), name);
	case RESULT_COUNT:
		return scan_fail(s, _("%s gives how many bytes it took, or an "
			"error's name"), name);
	case RESULT_NUMBER:
		return scan_fail(s, _("%s gives a number, or an error's name"),
			name);
	case RESULT_FLAGS:
		return scan_fail(s, _("%s gives flags, such as O_RDWR, or an "
			"error's name"), name);
	case RESULT_BYTES:
		return scan_fail(s, _("%s gives bytes, \"\" at the end, or an "
			"error's name"), name);
	case RESULT_ADDRESS:
		return scan_fail(s, _("%s gives an address, as in "
			"server:9999, or an error's name"), name);
	}
	return -EINVAL;
}

int value_parse_result(struct scan *s, const struct call_row *row,
	struct value *v)
{
	size_t start;

	scan_blank(s);
	start = s->at;
	v->column = scan_column(s);
	if (parse_any(s, v) < 0)
		return -EINVAL;
	if (!row || can_be(row->result, v->kind))
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
