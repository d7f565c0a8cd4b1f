/*
 * offer: foreign spellings into ours.
 *
 * A statement is cut into tokens, its target, function and arguments are
 * found, arguments are written our way one by one (foreign.c), and what a call
 * of ours does not take is left out (adapt.c). Whether the result is right, the
 * parser decides.
 */
#include "call/offer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/adapt.h"
#include "call/foreign.h"
#include "call/line.h"

static void statement_done(struct statement *s)
{
	int i;

	for (i = 0; i < FOREIGN_ARGS; i++)
		buf_done(&s->arg[i]);
	buf_done(&s->name);
}

/* ---- the tokens of a statement ---- */

/* int, ssize_t, const char * …: types in front of C's target. */
static void skip_type(struct foreign_scan *f)
{
	static const char *const types[] = {"int", "ssize_t", "size_t",
		"long", "unsigned", "const", "char", "auto", "var", "let"};
	struct foreign_scan ahead;
	struct foreign_token t;
	size_t i;

	for (;;) {
		ahead = *f;
		foreign_next(&ahead, &t);
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			if (foreign_is(&t, types[i]))
				break;
		if (i == sizeof(types) / sizeof(types[0]) &&
				!foreign_is(&t, "*"))
			return;
		*f = ahead;
	}
}

/* "conn =" or "conn, address =" or nothing; f goes behind it. */
static void take_target(struct foreign_scan *f, struct statement *s)
{
	struct foreign_scan ahead = *f;
	struct foreign_token name, second = {0}, t;

	foreign_next(&ahead, &name);
	foreign_next(&ahead, &t);
	if (foreign_is(&t, ",")) {
		foreign_next(&ahead, &second);
		foreign_next(&ahead, &t);
	}
	if (name.kind != FOREIGN_WORD || !foreign_is(&t, "="))
		return;
	s->target = name;
	s->second = second;
	*f = ahead;
}

/* "[object.]function(": false when it is none. */
static bool take_function(struct foreign_scan *f, struct statement *s)
{
	struct foreign_token t;

	foreign_next(f, &s->function);
	foreign_next(f, &t);
	if (foreign_is(&t, ".")) {
		s->object = s->function;
		foreign_next(f, &s->function);
		foreign_next(f, &t);
	}
	return s->function.kind == FOREIGN_WORD && foreign_is(&t, "(");
}

/* The arguments, up to the closing parenthesis. */
static bool take_args(struct foreign_scan *f, struct statement *s)
{
	struct foreign_scan ahead = *f;
	struct foreign_token t;

	foreign_next(&ahead, &t);
	if (foreign_is(&t, ")")) {
		*f = ahead;
		return true;
	}
	while (s->nargs < FOREIGN_ARGS) {
		if (!foreign_argument(f, &s->arg[s->nargs++]))
			return false;
		foreign_next(f, &t);
		if (foreign_is(&t, ")"))
			return true;
		if (!foreign_is(&t, ","))
			return false;
	}
	return false;
}

/* Behind the call: [0], ; and a C comment go, an expectation stays. */
static void take_rest(struct foreign_scan *f, struct statement *s)
{
	struct foreign_scan ahead = *f;
	struct foreign_token t;

	foreign_next(&ahead, &t);
	while (foreign_is(&t, "[") || foreign_is(&t, "]") ||
			foreign_is(&t, "0") || foreign_is(&t, ";")) {
		*f = ahead;
		foreign_next(&ahead, &t);
	}
	s->rest = f->p + f->at;
	s->rest_len = foreign_is(&t, "/") ? 0 : f->n - f->at;
}

/* ---- the line ---- */

static void write_line(struct buf *out, struct statement *s)
{
	const char *ours = adapt_statement(s);
	int i;

	if (s->second.len)
		buf_printf(out, "%.*s, %.*s = ", (int)s->target.len,
			s->target.p, (int)s->second.len, s->second.p);
	else if (s->target.len)
		buf_printf(out, "%.*s = ", (int)s->target.len, s->target.p);
	if (ours)
		buf_text(out, ours);
	else
		buf_add(out, s->function.p, s->function.len);
	buf_char(out, '(');
	for (i = 0; i < s->nargs; i++)
		buf_printf(out, "%s%s", i ? ", " : "", buf_str(&s->arg[i]));
	buf_char(out, ')');
	buf_add(out, s->rest, s->rest_len);
}

/* Bytes of "client: " in front, with the blanks behind it. */
static size_t lane_size(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && (foreign_is_word(text[i]) || text[i] == '-' ||
			text[i] == '/'))
		i++;
	if (!i || i == n || text[i] != ':')
		return 0;
	for (i++; i < n && text[i] == ' '; i++)
		;
	return i;
}

void offer_translation(const char *text, size_t n, const char *lane,
	char **offer)
{
	size_t skip = lane_size(text, n);
	struct foreign_scan f = {text, n, skip};
	struct statement s = {0};
	struct buf out = {0};
	struct line l;

	buf_add(&out, text, skip);
	skip_type(&f);
	take_target(&f, &s);
	if (!take_function(&f, &s) || !take_args(&f, &s))
		goto out;
	take_rest(&f, &s);
	write_line(&out, &s);
	if (line_parse(&l, out.data, out.len, lane, NULL, NULL) == 0) {
		free(*offer);
		*offer = out.data;
		memset(&out, 0, sizeof(out));
	}
	line_done(&l);
out:
	statement_done(&s);
	buf_done(&out);
}
