/*
 * line_parse: the parts of the parser of lines that live in files of their
 * own. Each works at a cursor (call/scan.h) on a line that is being filled in.
 */
#ifndef CALL_LINE_PARSE_H
#define CALL_LINE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct expect;
struct call_row;
struct line;
struct scan;
struct wire_order;

/* Behind "wire:": an order, a fate or `sees`. */
int wire_parse(struct scan *s, struct line *l);

/* Behind the word of an order, up to the end of the line. */
int wire_order_parse(struct scan *s, struct wire_order *w);

/* A frame's number begins at the cursor; and it is read, from its #. */
bool wire_at_frame(const struct scan *s);
int wire_parse_frame(struct scan *s, int64_t *frame);

/* Whether a word begins an order to the wire, or is `sees`. */
bool wire_is_order(const char *word);

/* Word i that may stand behind "wire:", NULL behind the last. */
const char *wire_word_at(size_t i);

/* A call from its name on, what it is bound to (`s =`, `a, b =`) before it; n
 * bytes of name at the cursor. */
int call_parse(struct scan *s, struct line *l);
int call_parse_binding(struct scan *s, size_t n, struct line *l);

/* Whether the n bytes at the cursor are an object ("s." of s.send(…)); and say
 * that with us the socket comes second. */
bool call_is_method(const struct scan *s, size_t n);
int call_fail_method(struct scan *s);

/* Behind "->", up to the end of the line. */
int expect_parse_at(struct scan *s, const struct call_row *row,
	struct expect *e);

/* The same with more behind it; `?` is no expectation there. */
int expect_parse_part(struct scan *s, const struct call_row *row,
	struct expect *e);

/* `after T`, `within T`, in any order, if they stand at the cursor. */
int span_parse(struct scan *s, struct expect *e);
void span_print(struct buf *b, const struct expect *e);

/* Behind `sees` and `has`. */
int sees_parse(struct scan *s, struct line *l);
int has_parse(struct scan *s, struct line *l);

/* Where `x 2`, `after 1s` or `within 3s` begins at or behind the cursor, or
 * the text ends. */
size_t sees_tail(const struct scan *s);

/* Where a comment begins at or behind the cursor, or the line ends. */
size_t line_end_of_text(const struct scan *s);

/*
 * Text up to the end of the line or a comment (# behind a blank, no digit
 * behind it, not between quotes), without blanks around it: for filters and
 * what follows a verb. Owned by the caller, or NULL and the diag.
 */
char *line_take_rest(struct scan *s);

#endif
