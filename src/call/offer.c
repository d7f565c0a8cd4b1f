/*
 * offer: foreign spellings into ours.
 *
 * A statement is cut into tokens, its target, function and arguments are
 * found, arguments are written our way one by one, and what a call of ours
 * does not take (a length, a level, a buffer) is left out. Whether the result
 * is right, the parser decides.
 */
#include "call/offer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/foreign.h"
#include "call/line.h"

#define FOREIGN_ARGS 6

/* A statement: target = [object.]function(arg, …) rest */
struct statement {
	struct foreign_token target, object, function;
	struct buf arg[FOREIGN_ARGS];
	int nargs;
	const char *rest;   /* behind the closing parenthesis … */
	size_t rest_len;    /* … without what C and Python have there */
};

static void statement_done(struct statement *s)
{
	int i;

	for (i = 0; i < FOREIGN_ARGS; i++)
		buf_done(&s->arg[i]);
}

static bool is(const struct foreign_token *t, const char *word)
{
	return t->len == strlen(word) && memcmp(t->p, word, t->len) == 0;
}

static bool arg_is(const struct statement *s, int i, const char *word)
{
	return i < s->nargs && strcmp(buf_str(&s->arg[i]), word) == 0;
}

static void drop_arg(struct statement *s, int i)
{
	if (i >= s->nargs)
		return;
	buf_done(&s->arg[i]);
	for (s->nargs--; i < s->nargs; i++)
		s->arg[i] = s->arg[i + 1];
	memset(&s->arg[i], 0, sizeof(s->arg[i]));
}

static void keep_args(struct statement *s, int most)
{
	while (s->nargs > most)
		drop_arg(s, most);
}

static void set_arg(struct statement *s, int i, const char *text)
{
	buf_clear(&s->arg[i]);
	buf_text(&s->arg[i], text);
}

/* The object of a method is the first argument of ours. */
static void object_to_arg(struct statement *s)
{
	if (!s->object.len || is(&s->object, "socket") ||
		is(&s->object, "fcntl") || is(&s->object, "os") ||
		s->nargs == FOREIGN_ARGS)
		return;
	memmove(&s->arg[1], &s->arg[0], sizeof(s->arg[0]) * s->nargs);
	memset(&s->arg[0], 0, sizeof(s->arg[0]));
	buf_add(&s->arg[0], s->object.p, s->object.len);
	s->nargs++;
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
			if (is(&t, types[i]))
				break;
		if (i == sizeof(types) / sizeof(types[0]) && !is(&t, "*"))
			return;
		*f = ahead;
	}
}

/* "conn =" or "conn, address =" or nothing; f goes behind it. */
static void take_target(struct foreign_scan *f, struct statement *s)
{
	struct foreign_scan ahead = *f;
	struct foreign_token name, t;

	foreign_next(&ahead, &name);
	foreign_next(&ahead, &t);
	if (is(&t, ",")) {
		foreign_next(&ahead, &t);
		foreign_next(&ahead, &t);
	}
	if (name.kind != FOREIGN_WORD || !is(&t, "="))
		return;
	s->target = name;
	*f = ahead;
}

/* "[object.]function(": false when it is none. */
static bool take_function(struct foreign_scan *f, struct statement *s)
{
	struct foreign_token t;

	foreign_next(f, &s->function);
	foreign_next(f, &t);
	if (is(&t, ".")) {
		s->object = s->function;
		foreign_next(f, &s->function);
		foreign_next(f, &t);
	}
	return s->function.kind == FOREIGN_WORD && is(&t, "(");
}

/* The arguments, up to the closing parenthesis. */
static bool take_args(struct foreign_scan *f, struct statement *s)
{
	struct foreign_scan ahead = *f;
	struct foreign_token t;

	foreign_next(&ahead, &t);
	if (is(&t, ")")) {
		*f = ahead;
		return true;
	}
	while (s->nargs < FOREIGN_ARGS) {
		if (!foreign_argument(f, &s->arg[s->nargs++]))
			return false;
		foreign_next(f, &t);
		if (is(&t, ")"))
			return true;
		if (!is(&t, ","))
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
	while (is(&t, "[") || is(&t, "]") || is(&t, "0") || is(&t, ";")) {
		*f = ahead;
		foreign_next(&ahead, &t);
	}
	s->rest = f->p + f->at;
	s->rest_len = is(&t, "/") ? 0 : f->n - f->at;
}

/* ---- what each call of theirs is with us ---- */

/* send(s, "x", 1, 0): we count the bytes. */
static void adapt_send(struct statement *s)
{
	if (!s->object.len)
		drop_arg(s, 2);
	if (arg_is(s, 2, "0"))
		drop_arg(s, 2);
}

/* recv(s, buf, 64, 0): the buffer is what the result is bound to. */
static void adapt_recv(struct statement *s, struct foreign_token *target,
	struct buf *name)
{
	if (!s->object.len && s->nargs >= 3) {
		buf_text(name, buf_str(&s->arg[1]));
		target->p = buf_str(name);
		target->len = name->len;
		drop_arg(s, 1);
		if (strncmp(buf_str(&s->arg[1]), "sizeof", 6) == 0)
			set_arg(s, 1, "64");
	}
	if (arg_is(s, 2, "0"))
		drop_arg(s, 2);
}

/* setsockopt(s, SOL_SOCKET, SO_X, &one, sizeof one): the option's name
 * implies its level, the value is a number. */
static void adapt_option(struct statement *s, bool set)
{
	if (arg_is(s, 1, "SOL_SOCKET") || arg_is(s, 1, "IPPROTO_TCP") ||
		arg_is(s, 1, "SOL_TCP"))
		drop_arg(s, 1);
	keep_args(s, set ? 3 : 2);
	if (set && s->nargs == 3 && buf_str(&s->arg[2])[0] == '&')
		set_arg(s, 2, "1");
	if (arg_is(s, 2, "True"))
		set_arg(s, 2, "1");
	if (arg_is(s, 2, "False"))
		set_arg(s, 2, "0");
}

/* s.setblocking(False) */
static const char *adapt_blocking(struct statement *s)
{
	bool blocks = arg_is(s, 1, "True") || arg_is(s, 1, "1");

	if (s->nargs != 2)
		return NULL;
	set_arg(s, 1, "F_SETFL");
	s->nargs = blocks ? 2 : 3;
	if (!blocks)
		set_arg(s, 2, "O_NONBLOCK");
	return "fcntl";
}

/* Adapt the arguments; our name of the function, or NULL for theirs. */
static const char *adapt(struct statement *s, struct buf *name)
{
	const struct foreign_token *f = &s->function;

	if (is(f, "send") || is(f, "sendall") || is(f, "write")) {
		adapt_send(s);
		return "send";
	}
	if (is(f, "recv") || is(f, "read")) {
		adapt_recv(s, &s->target, name);
		return "recv";
	}
	if (is(f, "setsockopt") || is(f, "getsockopt"))
		adapt_option(s, is(f, "setsockopt"));
	if (is(f, "accept") || is(f, "getsockname") || is(f, "getpeername"))
		keep_args(s, 1);
	if (is(f, "setblocking"))
		return adapt_blocking(s);
	return NULL;
}

static void write_line(struct buf *out, struct statement *s)
{
	struct buf name = {0};
	const char *ours;
	int i;

	object_to_arg(s);
	ours = adapt(s, &name);
	if (s->target.len) {
		buf_add(out, s->target.p, s->target.len);
		buf_text(out, " = ");
	}
	if (ours)
		buf_text(out, ours);
	else
		buf_add(out, s->function.p, s->function.len);
	buf_char(out, '(');
	for (i = 0; i < s->nargs; i++)
		buf_printf(out, "%s%s", i ? ", " : "", buf_str(&s->arg[i]));
	buf_char(out, ')');
	buf_add(out, s->rest, s->rest_len);
	buf_done(&name);
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
