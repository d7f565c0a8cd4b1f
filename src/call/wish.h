/*
 * wish: a socket as a line describes it: `has s ESTABLISHED recv 6`, `has
 * LISTEN local any:9999 SO_REUSEADDR=1 x 2`. What is not said may be anything.
 * Its words may come in any order, each once.
 */
#ifndef CALL_WISH_H
#define CALL_WISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/value.h"

struct buf;
struct option_row;
struct scan;

#define WISH_OPTIONS 4

struct socket_wish {
	char name[32];        /* bound in the lane, or "" */
	char protocol[8];     /* "tcp", "udp", "unix", or "" */
	int state;            /* include/net/tcp_states.h; 0: any */
	int timer;            /* idiag_timer; -1: any */
	bool orphan;          /* no process has it */
	int64_t recv, send, unsent; /* -1: any */
	struct value local, peer;   /* VALUE_NONE: any; hosts as written */
	const struct option_row *option[WISH_OPTIONS];
	struct value wanted[WISH_OPTIONS];
	int options;
};

/* Read the words of a wish at the cursor, up to `x`, `after`, `within` or the
 * end. 0, or -EINVAL with the diag. The wish is zeroed by it first; free with
 * wish_done in either case. */
int wish_parse(struct scan *s, struct socket_wish *w);
void wish_print(struct buf *b, const struct socket_wish *w);
void wish_done(struct socket_wish *w);

/* Word i that may stand in a wish ("local", "orphan"; no states, no options),
 * NULL behind the last; and kind i of a timer, "none" first. */
const char *wish_word_at(size_t i);
const char *wish_timer_at(size_t i);

/* "ESTABLISHED" ⇄ 1: the states of a socket; NULL, 0 when unknown. */
const char *state_name(int state);
int state_number(const char *name);

#endif
