/* answer: one line of an actor (src/README.md, "The actor's line"). Pure. */
#ifndef LAB_ANSWER_H
#define LAB_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "call/value.h"

struct diag;

struct answer_line {
	uint64_t number;
	struct value result;   /* owned by the caller */
	const char *text;      /* the result as it was written, borrowed */
	size_t text_len;
	uint64_t cookie;       /* 0: none was given */
};

/* Read "N -> result [cookie=N]". 0, or -EINVAL with d: not of this form, or
 * "N error TEXT", and then d has the text. */
int answer_parse(struct answer_line *a, const char *text, size_t n,
	struct diag *d);

#endif
