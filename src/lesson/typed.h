/*
 * typed: a line as a person or a lesson writes it, which may stand for many
 * (call/expand.h).
 */
#ifndef LESSON_TYPED_H
#define LESSON_TYPED_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct diag;
struct line;

/*
 * Parse n bytes of text as line_parse does; of a line that stands for many,
 * *first is that of its first turn, and its last turn is good too. *send gets
 * what is sent to the lab: the line as line_print writes it, or, when it
 * stands for many, the text with its lane. *many (may be NULL) says which.
 * 0, or -EINVAL with d (and *offer, as line_parse). Free *first with line_done
 * in either case.
 */
int typed_parse(struct line *first, struct buf *send, bool *many,
	const char *text, size_t n, const char *lane, struct diag *d,
	char **offer);

/* The text of a line without its expectation, which would give the answer
 * away. */
void typed_without_expect(struct buf *b, const char *text);

#endif
