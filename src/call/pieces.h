/*
 * pieces: bytes in one or several buffers, as calls take and give them.
 */
#ifndef CALL_PIECES_H
#define CALL_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

struct value;

struct pieces {
	struct iovec *iov; /* owned */
	size_t n;
	char **owned;      /* what had to be made: repeats, room */
};

/* The bytes of n values; they must outlive p. */
void pieces_of_bytes(struct pieces *p, const struct value *v, size_t n);

/* Room of the sizes that n values say. */
void pieces_of_sizes(struct pieces *p, const struct value *v, size_t n);

void pieces_done(struct pieces *p);

/* Bytes of room in all. */
size_t pieces_size(const struct pieces *p);

/*
 * How many bytes a call really gave that returned n and had room for so many.
 * With MSG_TRUNC it may return more than that; and TCP throws them away.
 */
size_t pieces_given(int fd, ssize_t n, size_t room, bool trunc);

/* Add the fields `returned` and `bytes` to a record. */
void pieces_returned(struct value *record, ssize_t n);
void pieces_add_bytes(struct value *record, const void *p, size_t n);

#endif
