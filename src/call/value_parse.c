/*
 * value_parse: the arguments of a call, each as its parameter takes it. Each
 * failure says what that is, and the nearest valid word. Constants are in
 * constant_parse.c, addresses in address_parse.c, bytes in bytes_parse.c,
 * lists and records in list_parse.c, results in result_parse.c.
 */
#include "call/value_parse.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/scan.h"

/* ---- names and numbers ---- */

void value_take_text(struct scan *s, struct value *v, size_t n)
{
	v->text = mem_dup(s->text + s->at, n);
	s->at += n;
}

bool value_word_is_taken(const char *word)
{
	int64_t number;

	return word[0] >= 'A' && word[0] <= 'Z' &&
		(constant_number(NULL, word, &number) || errno_number(word));
}

/* Bytes of ".from" behind a name of n bytes at the cursor. */
static size_t field_size(const struct scan *s, size_t n)
{
	struct scan field = *s;

	field.at += n;
	if (scan_peek(&field) != '.')
		return 0;
	field.at++;
	n = scan_name(&field);
	return n ? n + 1 : 0;
}

int value_parse_name(struct scan *s, const char *what, struct value *v)
{
	size_t n = scan_name(s), field = field_size(s, n);
	char word[LINE_NAME];

	if (n >= LINE_NAME || field > LINE_NAME)
		return scan_fail(s, _("%s: a name has at most %d letters"),
			what, LINE_NAME - 1);
	scan_copy(s, n, word, sizeof(word));
	if (strcmp(word, "_") == 0)
		return scan_fail(s, _("%s: _ stands for any result, only "
			"behind ->"), what);
	if (value_word_is_taken(word))
		return scan_fail(s, _("%s: a name or a number; %s is a "
			"constant"), what, word);
	v->kind = VALUE_NAME;
	value_take_text(s, v, n + field);
	return 0;
}

static void range_of(const struct param *p, int64_t *low, int64_t *high)
{
	*low = p->kind == PARAM_SIZE ? 0 : INT_MIN;
	*high = p->kind == PARAM_SIZE ? CALL_RECV_MAX : INT_MAX;
}

bool value_in_range(const struct param *p, const struct value *v)
{
	int64_t low, high;

	range_of(p, &low, &high);
	return v->number >= low && v->number <= high;
}

int value_parse_number(struct scan *s, const struct param *p,
	struct value *v)
{
	int64_t low, high;

	if (scan_name(s))
		return value_parse_name(s, p->name, v);
	range_of(p, &low, &high);
	v->kind = VALUE_NUMBER;
	return scan_number(s, p->name, low, high, &v->number);
}

int value_parse_fd(struct scan *s, const struct param *p, struct value *v)
{
	char c = scan_peek(s), seen[SCAN_SEEN];

	if (!scan_name(s) && !scan_is_digit(c) && c != '-')
		return scan_fail(s, _("%s: a socket's name, such as s, or its "
			"number, not %s"), p->name, scan_seen(s, seen));
	return value_parse_number(s, p, v);
}

int value_parse_data(struct scan *s, const struct param *p,
	struct value *v)
{
	char seen[SCAN_SEEN];

	if (value_begins_bytes(s))
		return value_parse_bytes(s, v);
	if (s->n - s->at > 1 && s->text[s->at] == 'b' &&
			s->text[s->at + 1] == '"')
		return scan_fail(s, _("%s: a string in double quotes is bytes "
			"already, as in \"hi\": leave the b out"), p->name);
	if (scan_name(s))
		return value_parse_name(s, p->name, v);
	return scan_fail(s, _("%s: a string in double quotes, or a name bound "
		"to bytes, not %s"), p->name, scan_seen(s, seen));
}

/* "I count the 5 bytes" for whoever gives send a length, as in C. */
static int fail_length(struct scan *s, const struct param *p,
	const struct value *before)
{
	unsigned long long n = value_size(before);

	if (before->kind != VALUE_BYTES)
		return scan_fail(s, _("%s: 0 or MSG_…; I count the bytes"),
			p->name);
	return scan_fail(s, ngettext("%s: 0 or MSG_…; I count the %llu byte",
		"%s: 0 or MSG_…; I count the %llu bytes", n), p->name, n);
}

static int parse_flags(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v)
{
	bool zero = scan_peek(s) == '0' && !(s->at + 1 < s->n &&
		scan_is_name(s->text[s->at + 1]));

	if (scan_is_digit(scan_peek(s)) && !zero && row->sends && before)
		return fail_length(s, p, before);
	return value_parse_flags(s, p->name, p->set, v);
}

/* ---- times ---- */

/* Letters and digits at the cursor: a number with its unit. */
static size_t word_size(const struct scan *s)
{
	size_t i = s->at;

	while (i < s->n && scan_is_name(s->text[i]))
		i++;
	return i - s->at;
}

bool value_take_time(struct scan *s, struct value *v)
{
	size_t n = word_size(s);
	int64_t ns = line_parse_time(s->text + s->at, n);

	if (ns < 0)
		return false;
	s->at += n;
	value_of_time(v, ns);
	return true;
}

/* Whether a time stands at the cursor that is beyond what can be counted: its
 * last digit alone would do. */
static bool is_too_long(const struct scan *s)
{
	size_t n = word_size(s), digits = 0;
	const char *word = s->text + s->at;

	while (digits < n && scan_is_digit(word[digits]))
		digits++;
	return digits && line_parse_time(word, n) < 0 &&
		line_parse_time(word + digits - 1, n - digits + 1) >= 0;
}

static int parse_time(struct scan *s, const struct param *p, struct value *v)
{
	char seen[SCAN_SEEN];

	if (scan_word(s, "none")) {
		value_of_time(v, -1);
		return 0;
	}
	if (word_size(s) == 1 && scan_peek(s) == '0') {
		s->at++;
		value_of_time(v, 0);
		return 0;
	}
	if (value_take_time(s, v))
		return 0;
	if (is_too_long(s))
		return scan_fail(s, _("%s: so long a time cannot be counted"),
			p->name);
	return scan_fail(s, _("%s: a time with its unit, as in 2s, 500ms or "
		"10us, or none, not %s"), p->name, scan_seen(s, seen));
}

/* ---- texts and addresses ---- */

/* A name for people's eyes: no \0 can be in it. */
static int parse_text(struct scan *s, const struct param *p, struct value *v)
{
	char seen[SCAN_SEEN];
	size_t start = s->at;

	if (scan_word(s, "none")) {
		value_of_no_address(v);
		return 0;
	}
	if (value_begins_bytes(s)) {
		if (value_parse_bytes(s, v) < 0)
			return -EINVAL;
		if (v->spelling == VALUE_REPEAT ||
				!memchr(v->bytes, 0, v->len))
			return 0;
		s->at = start;
		return scan_fail(s, _("%s: no name has a \\0 inside"),
			p->name);
	}
	if (scan_name(s))
		return value_parse_name(s, p->name, v);
	return scan_fail(s, _("%s: a string in double quotes, or none, not "
		"%s"), p->name, scan_seen(s, seen));
}

/* m.from is a name here, server:9999 an address; so a name without a field
 * is an address whose port is missing. */
static int parse_address(struct scan *s, const struct param *p,
	struct value *v)
{
	size_t n = scan_name(s);

	if (n && field_size(s, n) && !value_begins_address(s))
		return value_parse_name(s, p->name, v);
	return value_parse_address(s, v, false);
}

/* ---- the value of an option ---- */

/* In the type that it was written in; whether the option takes that,
 * option_check knows. */
static int parse_option_value(struct scan *s, const struct param *p,
	struct value *v)
{
	struct scan ahead = *s;
	bool digit = scan_is_digit(scan_peek(s));

	if (scan_peek(s) == '{')
		return value_parse_record(s, p, v);
	if (value_begins_bytes(s))
		return value_parse_bytes(s, v);
	if (is_too_long(s))
		return parse_time(s, p, v);
	if ((digit && value_take_time(s, v)) ||
			(scan_word(&ahead, "none") && parse_time(s, p, v) == 0))
		return 0;
	return value_parse_number(s, p, v);
}

static int parse_optvalue(struct scan *s, const struct param *p,
	const struct value *before, struct value *v)
{
	const struct option_row *o = before ? option_row(before->number) : NULL;
	struct diag ignored = {0};

	if (parse_option_value(s, p, v) < 0)
		return -EINVAL;
	if (!o || v->kind == VALUE_NAME)
		return 0;
	return option_check(o, v, s->d ? s->d : &ignored);
}

/* ---- arguments ---- */

int value_parse_argument(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v)
{
	scan_blank(s);
	v->column = scan_column(s);
	switch (p->kind) {
	case PARAM_FD:
		return value_parse_fd(s, p, v);
	case PARAM_CONST:
	case PARAM_OPTION:
		return value_parse_constant(s, p, v);
	case PARAM_FLAGS:
		return parse_flags(s, row, p, before, v);
	case PARAM_NUMBER:
	case PARAM_SIZE:
		return value_parse_number(s, p, v);
	case PARAM_OPTVALUE:
		return parse_optvalue(s, p, before, v);
	case PARAM_BYTES:
		return value_parse_data(s, p, v);
	case PARAM_ADDRESS:
		return parse_address(s, p, v);
	case PARAM_TIME:
		return parse_time(s, p, v);
	case PARAM_TEXT:
		return parse_text(s, p, v);
	case PARAM_BUFFERS:
	case PARAM_SIZES:
	case PARAM_FDS:
	case PARAM_WANTED:
		return value_parse_list(s, p, v);
	case PARAM_END:
		break;
	}
	return scan_fail(s, _("too many arguments"));
}
