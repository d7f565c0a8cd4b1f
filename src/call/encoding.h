/*
 * encoding: letters as bytes of any encoding that iconv knows by name, and
 * back. Text in a line is UTF-8.
 */
#ifndef CALL_ENCODING_H
#define CALL_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* So long may the name of an encoding be. */
#define ENCODING_NAME 48

/* Whether iconv can write it. */
bool encoding_is_known(const char *name);

/* Append n bytes of UTF-8 as bytes of the encoding. 0, -ENOENT when iconv does
 * not know its name, or -EILSEQ with *at, the offset of the letter that it
 * does not have. */
int encoding_encode(struct buf *b, const char *name, const char *letters,
	size_t n, size_t *at);

/* Append n bytes of the encoding as UTF-8: 0 when encoding that gives the same
 * bytes again; else -EILSEQ, or -ENOENT, and b may hold a part. */
int encoding_decode(struct buf *b, const char *name, const void *bytes,
	size_t n);

#endif
