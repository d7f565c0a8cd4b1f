/*
 * foreign: the tokens of C and Python, as far as calls of sockets need them,
 * and their arguments in our spelling.
 */
#ifndef CALL_FOREIGN_H
#define CALL_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum foreign_kind {
	FOREIGN_END,
	FOREIGN_WORD,   /* a name or a number */
	FOREIGN_STRING, /* p, len: its inside, without prefix and quotes */
	FOREIGN_SIGN,   /* one character */
};

struct foreign_token {
	enum foreign_kind kind;
	const char *p; /* into the text */
	size_t len;
};

struct foreign_scan {
	const char *p;
	size_t n, at;
};

void foreign_next(struct foreign_scan *f, struct foreign_token *t);

/* Append one argument in our spelling, up to the comma or parenthesis behind
 * it, which stays. False when there is none. */
bool foreign_argument(struct foreign_scan *f, struct buf *out);

bool foreign_is_word(char c);

/* Whether a token is this word or sign, and no string; whether it is a module
 * of Python that has calls or constants of ours. */
bool foreign_is(const struct foreign_token *t, const char *word);
bool foreign_is_module(const struct foreign_token *t);

#endif
