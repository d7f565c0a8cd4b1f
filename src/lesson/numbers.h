/*
 * numbers: the values that change when an exercise is done again.
 *
 * A numbers fence gives names and their values, one line a name:
 *	size  5      7        4
 *	word  hello  example  "say it"
 * The columns are the *rounds*; a name with a single value has it in all of
 * them. Elsewhere on the page $NAME stands for the value of this round.
 */
#ifndef LESSON_NUMBERS_H
#define LESSON_NUMBERS_H

#include <stddef.h>

#include "lesson/lesson.h"

struct buf;
struct diag;

#define NUMBERS_NAME 16
#define NUMBERS_NAMES 16  /* of a page */
#define NUMBERS_VALUE 200 /* bytes: a page of names stays a page */

struct number {
	char name[NUMBERS_NAME];
	char *value[LESSON_ROUNDS];
	int values;
};

struct numbers {
	struct number *number;
	size_t count, room;
	int rounds; /* 0: no name with more than one value yet */
};

/* Read a line of the fence; empty lines and comments give nothing. column: of
 * its first byte. 0, or -EINVAL with d (not its line). */
int numbers_add(struct numbers *s, const char *text, size_t n, int column,
	struct diag *d);

/*
 * Append n bytes of text, with the values of a round (counted on from 0) in
 * place of the names. 0, or -EINVAL with d: its column, as if the text began
 * in column 1.
 */
int numbers_replace(const struct numbers *s, int round, struct buf *out,
	const char *text, size_t n, struct diag *d);

/* Where in text a column (from 1) of what numbers_replace made of it is. */
int numbers_column(const struct numbers *s, int round, const char *text,
	size_t n, int column);

/* Append the whole fence, spelled in one way. */
void numbers_print(struct buf *b, const struct numbers *s);

void numbers_done(struct numbers *s);

#endif
