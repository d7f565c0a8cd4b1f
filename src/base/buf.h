/*
 * buf: a string that grows.
 *
 * data always ends in a NUL that len does not count, so it can be handed to
 * whoever wants a C string; it may hold NULs of its own. A zeroed struct buf
 * is an empty one (data is NULL then: use buf_str).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
	char *data;
	size_t len, cap;
};

void buf_add(struct buf *b, const void *p, size_t n);
void buf_text(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The text so far, "" when there is none; good until the next change. */
const char *buf_str(const struct buf *b);

void buf_clear(struct buf *b);          /* empty; keeps its memory */
void buf_cut(struct buf *b, size_t n);  /* take n bytes off the front */
void buf_done(struct buf *b);           /* empty; frees its memory */

#endif
