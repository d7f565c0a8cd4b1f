/* adapt: a statement of C or Python as a call of ours. */
#ifndef CALL_ADAPT_H
#define CALL_ADAPT_H

#include <stddef.h>

#include "base/buf.h"
#include "call/foreign.h"

#define FOREIGN_ARGS 6

/* target[, second] = [object.]function(arg, …) rest */
struct statement {
	struct foreign_token target, second, object, function;
	struct buf arg[FOREIGN_ARGS];
	int nargs;
	const char *rest;   /* behind the closing parenthesis … */
	size_t rest_len;    /* … without what C and Python have there */
	struct buf name;    /* what a token points to that was made up */
};

/* Bring the arguments into our order; our name of the function, or NULL when
 * it has none of its own. */
const char *adapt_statement(struct statement *s);

#endif
