/*
 * line_parse: the parts of the parser of lines that live in files of their
 * own. Each works at a cursor (call/scan.h) on a line that is being filled in.
 */
#ifndef CALL_LINE_PARSE_H
#define CALL_LINE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

struct expect;
struct call_row;
struct line;
struct scan;

/* Behind "wire:": an order, a fate or `sees`. */
int wire_parse(struct scan *s, struct line *l);

/* Whether a word begins an order to the wire, or is `sees`. */
bool wire_is_order(const char *word);

/* Word i that may stand behind "wire:", NULL behind the last. */
const char *wire_word_at(size_t i);

/* Behind "->", up to the end of the line. */
int expect_parse_at(struct scan *s, const struct call_row *row,
	struct expect *e);

/*
 * Text up to the end of the line or a comment (# behind a blank, no digit
 * behind it, not between quotes), without blanks around it: for filters and
 * what follows a verb. Owned by the caller, or NULL and the diag.
 */
char *line_take_rest(struct scan *s);

#endif
