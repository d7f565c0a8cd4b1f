/*
 * complete_inside: what the files of the completer share. For complete*.c
 * alone.
 *
 * The *word* is what was typed of a candidate: from the completion's `from` to
 * the cursor.
 */
#ifndef CALL_COMPLETE_INSIDE_H
#define CALL_COMPLETE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "call/complete.h"
#include "call/scan.h"

struct call_row;
struct verb;

struct completing {
	struct completion *out;
	size_t cap;
	struct scan s;        /* its end is the cursor */
	const char *word;     /* not NUL-terminated */
	size_t word_len;
	const struct complete_world *world;
};

/* ---- complete_words.c: candidates and hints ---- */

/* Add word and a tail, when what was typed begins it in any case. */
void complete_word(struct completing *c, const char *word, const char *tail);

/* The same for a NULL-terminated list; the constants of a set. */
void complete_list(struct completing *c, const char *const *list,
	const char *tail);
void complete_set(struct completing *c, const char *set);

/* The lanes that are hosts or processes on one; these and all else that may
 * stand in an address. */
void complete_hosts(struct completing *c, const char *tail);
void complete_addresses(struct completing *c);

/* The word at the end of the text; whether nothing but it is left. */
void complete_take_word(struct completing *c);
bool complete_at_word(struct completing *c);

/* Sorted, each once. */
void complete_tidy(struct completion *out);

void complete_hint(struct completing *c, const char *text);

/* "send(fd, BYTES, flags=0) -> count": the current parameter in capitals; -1:
 * none of them. */
void complete_hint_call(struct completing *c, const struct call_row *row,
	int current);

/* ---- complete_call.c ---- */

/* Behind "send(". */
void complete_call(struct completing *c, const struct call_row *row);

/* Behind a call, or its name and `returns`; option: what it reads, or NULL. */
void complete_result(struct completing *c, const struct call_row *row,
	bool returned);

/* ---- complete_order.c ---- */

/* Behind the word of an order to the wire, or `sees`; behind `has`; behind a
 * verb. */
void complete_order(struct completing *c, const char *order);
void complete_has(struct completing *c);
void complete_verb(struct completing *c, const struct verb *v);

#endif
