/*
 * did: what a goal says of the calls of a lane, counted: `did recv(conn, _) ->
 * "" x 0`; and of all the bytes it got or gave.
 *
 * A *pattern* is a call of which parts may be left open: an argument `_` and
 * arguments left out at the end stand for anything, and so does a result that
 * is not said.
 */
#ifndef CALL_DID_H
#define CALL_DID_H

#include <stdbool.h>
#include <stdint.h>

#include "call/line.h"

struct buf;
struct scan;

struct call_pattern {
	const struct call_row *row;
	struct value arg[CALL_ARGS_MAX]; /* VALUE_ANY: anything */
	int nargs;
	struct expect expect;            /* never EXPECT_ASK */
};

struct call_did {
	struct call_pattern first;
	struct call_pattern then; /* row NULL: nothing is said of it */
};

/* Behind the word: `did`, `got` or `gave`. The line is zeroed by its parser and
 * freed by line_done in either case. */
int did_parse(struct scan *s, struct line *l);
int got_parse(struct scan *s, struct line *l, enum line_kind kind);

void did_print(struct buf *b, const struct line *l);
void got_print(struct buf *b, const struct line *l);

/* A pattern for people: `recv(conn, …) -> ""`. */
void did_tell(struct buf *b, const struct call_pattern *p);

void did_done(struct call_did *did);

#endif
