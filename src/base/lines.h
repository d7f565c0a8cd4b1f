/*
 * lines: whole lines out of a stream that comes in pieces.
 *
 * Lines end in \n, which is not handed out. A line longer than the limit ends
 * the stream with -EMSGSIZE: nobody may make us grow without bound.
 */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct lines {
	struct buf held;  /* what was read and not yet handed out */
	size_t given;     /* bytes of held that were handed out */
	size_t searched;  /* bytes of held known to hold no \n */
	size_t limit;     /* longest line, in bytes */
	bool eof;
	bool too_long;    /* a line over the limit was met: the stream ended */
};

void lines_init(struct lines *l, size_t limit);
void lines_done(struct lines *l);

/*
 * Read once from fd (blocking or not, as fd is). Returns the bytes read, 0 at
 * the end of the stream, or -errno (-EAGAIN: nothing there now; -EINTR: a
 * signal came first; -EMSGSIZE: lines_next has met a line over the limit).
 */
long lines_fill(struct lines *l, int fd);

/* The same from memory; n of 0 is the end of the stream. */
void lines_feed(struct lines *l, const void *p, size_t n);

/*
 * The next whole line, or NULL when there is none yet; NUL-terminated, its
 * length in *len; good until the next call on l. At the end of the stream an
 * unfinished last line is handed out as it is. *error, when not NULL, becomes
 * -EMSGSIZE for a line over the limit, else 0. len may be NULL.
 */
char *lines_next(struct lines *l, size_t *len, int *error);

#endif
