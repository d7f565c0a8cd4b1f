/* Lines are kept in one buffer that they are handed out of; see lines.h. */
#include "base/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Bytes of one read; the tests make it 4, so that every boundary is hit. */
#ifndef LINES_CHUNK
#define LINES_CHUNK 65536
#endif

void lines_init(struct lines *l, size_t limit)
{
	memset(l, 0, sizeof(*l));
	l->limit = limit;
}

void lines_done(struct lines *l)
{
	buf_done(&l->held);
	memset(l, 0, sizeof(*l));
}

/* Forget what was handed out, once it is the greater part: each byte is moved
 * at most once for each time that as many were handed out. */
static void forget_given(struct lines *l)
{
	if (l->given < l->held.len - l->given)
		return;
	buf_cut(&l->held, l->given);
	l->searched -= l->given;
	l->given = 0;
}

void lines_feed(struct lines *l, const void *p, size_t n)
{
	forget_given(l);
	buf_add(&l->held, p, n);
	if (n == 0)
		l->eof = true;
}

long lines_fill(struct lines *l, int fd)
{
	char chunk[LINES_CHUNK];
	ssize_t n;

	if (l->too_long)
		return -EMSGSIZE;
	n = read(fd, chunk, sizeof(chunk));
	if (n < 0)
		return -errno;
	lines_feed(l, chunk, n);
	return n;
}

char *lines_next(struct lines *l, size_t *len, int *error)
{
	char *start, *end = NULL;
	size_t left;

	if (error)
		*error = 0;
	if (l->held.len > l->searched)
		end = memchr(l->held.data + l->searched, '\n',
			l->held.len - l->searched);
	left = (end ? (size_t)(end - l->held.data) : l->held.len) - l->given;
	if (left > l->limit) {
		l->too_long = true;
		if (error)
			*error = -EMSGSIZE;
		return NULL;
	}
	if (!end && !(l->eof && left)) {
		l->searched = l->held.len;
		return NULL;
	}
	start = l->held.data + l->given;
	start[left] = '\0';
	l->given += left + (end != NULL);
	l->searched = l->given;
	if (len)
		*len = left;
	return start;
}
