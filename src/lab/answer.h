/* answer: one line of an actor (src/README.md, "The actor's line"). Pure. */
#ifndef LAB_ANSWER_H
#define LAB_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/value.h"

struct diag;

struct answer_line {
	uint64_t number;
	struct value result;   /* owned by the caller */
	const char *text;      /* the result as it was written, borrowed */
	size_t text_len;
	uint64_t cookie[2];    /* 0: none was given */
	int pipes[2];          /* of a process it made: to it, from it; -1 */
};

/* Read "N -> result [cookie=N[,N] | pipes=IN,OUT]". 0, or -EINVAL with d: not
 * of this form, or "N error TEXT", and then d has the text. The result is the
 * caller's to free in either case. */
int answer_parse(struct answer_line *a, const char *text, size_t n,
	struct diag *d);

/* Whether it is "thread T": one begins. */
bool answer_is_beginning(const char *text, size_t n);

#endif
