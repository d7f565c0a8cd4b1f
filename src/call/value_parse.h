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

/* host:port, unix:path, unix:@name or none; any_port: `_` may stand for the
 * port. */
int value_parse_address(struct scan *s, struct value *v, bool any_port);

/* How many of n bytes of a path or an abstract name need no quotes behind
 * `unix:`. */
size_t value_unix_letters(const char *name, size_t n);

/* Whether an address begins at the cursor (and not just a name). */
bool value_begins_address(const struct scan *s);

/* ---- parts of an argument; p names it in sentences ---- */

/* A name, which may have a field (m.from); what stands for it in a sentence. */
int value_parse_name(struct scan *s, const char *what, struct value *v);

/* An integer in the parameter's range, or a name. */
int value_parse_number(struct scan *s, const struct param *p,
	struct value *v);

/* A descriptor: a name or a number. */
int value_parse_fd(struct scan *s, const struct param *p, struct value *v);

/* Bytes, or a name bound to some. */
int value_parse_data(struct scan *s, const struct param *p, struct value *v);

/* One constant of p's set; of a set with a base, one of it with flags. */
int value_parse_constant(struct scan *s, const struct param *p,
	struct value *v);

/* Flags of a set, or 0. */
int value_parse_flags(struct scan *s, const char *what, const char *set,
	struct value *v);

/* A list of what p's kind says; a record of numbers and times. */
int value_parse_list(struct scan *s, const struct param *p, struct value *v);
int value_parse_record(struct scan *s, const struct param *p,
	struct value *v);

/* A time with its unit, if one stands at the cursor. */
bool value_take_time(struct scan *s, struct value *v);

/* A constant of any set with what is joined to it, if one stands there; of
 * several sets the one that takes the most words, or the likely one. */
bool value_take_constant(struct scan *s, const char *likely, struct value *v);

/* Take n bytes at the cursor as v's text. */
void value_take_text(struct scan *s, struct value *v, size_t n);

/* ---- whole values ---- */

/* An argument of a kind. before is the argument in front of it, or NULL. */
int value_parse_argument(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v);

/* One alternative behind `->`, for the result of a row, or of any (NULL). */
int value_parse_result(struct scan *s, const struct call_row *row,
	struct value *v);

/* Whether a call can give v; and the sentence (msgid, %s the call and a
 * constant that it gives) of what it gives. */
bool value_fits_result(const struct call_row *row, const struct value *v);
const char *value_result_told(const struct call_row *row);

/* Whether a call that reads the option can give v; and the sentence (msgid, %s
 * the option) of what it gives. */
bool value_fits_option(const struct option_row *o, const struct value *v);
const char *value_option_told(const struct option_row *o);

/* Whether a word is a constant or an errno, which nobody may bind. */
bool value_word_is_taken(const char *word);

/*
 * Whether the number of v is one that the parameter takes; the same rule for
 * what was written and for what a name stands for.
 */
bool value_in_range(const struct param *p, const struct value *v);

#endif
