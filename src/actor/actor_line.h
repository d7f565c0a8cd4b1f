/* actor_line: what an actor is told, and what it answers. */
#ifndef ACTOR_ACTOR_LINE_H
#define ACTOR_ACTOR_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "call/line.h"

struct buf;
struct diag;

struct actor_line {
	uint64_t id;
	struct line line; /* a LINE_CALL that can be run at once */
};

/*
 * Parse "N call". 0, or -EINVAL with d; id is 0 when not even that could be
 * read. Free with line_done(&l->line) in either case.
 */
int actor_line_parse(struct actor_line *l, const char *text, size_t n,
	struct diag *d);

/* Append "N -> result", " cookie=C" when it is not 0, and a newline. */
void actor_line_result(struct buf *b, uint64_t id, const struct value *result,
	uint64_t cookie);

/* Append "N error TEXT" and a newline. */
void actor_line_error(struct buf *b, uint64_t id, const char *text);

#endif
