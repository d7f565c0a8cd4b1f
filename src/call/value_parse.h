/*
 * value_parse: the values of a line, read at a cursor (call/scan.h). v holds
 * nothing yet; on failure it may hold a part, and is freed by its owner.
 */
#ifndef CALL_VALUE_PARSE_H
#define CALL_VALUE_PARSE_H

#include <stdbool.h>

#include "call/table.h"
#include "call/value.h"

struct scan;

/* Whether bytes begin at the cursor, and those bytes. */
bool value_begins_bytes(const struct scan *s);
int value_parse_bytes(struct scan *s, struct value *v);

/* host:port; any_port: `_` may stand for the port. */
int value_parse_address(struct scan *s, struct value *v, bool any_port);

/* How many of n bytes of a path or an abstract name need no quotes behind
 * `unix:`. */
size_t value_unix_letters(const char *name, size_t n);

/* Whether an address begins at the cursor (and not just a name). */
bool value_begins_address(const struct scan *s);

/* An argument of a kind. before is the argument in front of it, or NULL. */
int value_parse_argument(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v);

/* One alternative behind `->`, for the result of a row, or of any (NULL). */
int value_parse_result(struct scan *s, const struct call_row *row,
	struct value *v);

/* Whether a word is a constant or an errno, which nobody may bind. */
bool value_word_is_taken(const char *word);

/*
 * Whether the number of v is one that the parameter takes; the same rule for
 * what was written and for what a name stands for.
 */
bool value_in_range(const struct param *p, const struct value *v);

#endif
