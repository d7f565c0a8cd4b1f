/* actor_line: what an actor is told, and what it answers. */
#ifndef ACTOR_ACTOR_LINE_H
#define ACTOR_ACTOR_LINE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "call/line.h"

struct buf;
struct diag;

/* Thread 1 is the main thread, which makes the calls of lines without one. */
#define ACTOR_THREADS LINE_THREADS

struct actor_line {
	uint64_t id;
	int thread;       /* from 1 */
	struct line line; /* a LINE_CALL that can be run at once */
};

/*
 * Parse "N call" or "N/T call". 0, or -EINVAL with d; id is 0 when not even
 * that could be read. Free with line_done(&l->line) in either case.
 */
int actor_line_parse(struct actor_line *l, const char *text, size_t n,
	struct diag *d);

/* The thread that a line is for; 1 also when it cannot be read: whoever parses
 * it whole says so. */
int actor_line_thread(const char *text, size_t n);

/* Append "N -> result" and a newline; before it " cookie=C", or " cookie=C,C"
 * of two, when they are not 0. */
void actor_line_result(struct buf *b, uint64_t id, const struct value *result,
	const uint64_t cookie[2]);

/* Append "N -> PID pipes=IN,OUT" and a newline. */
void actor_line_process(struct buf *b, uint64_t id, pid_t pid,
	const int pipes[2]);

/* Append "N error TEXT" and a newline. */
void actor_line_error(struct buf *b, uint64_t id, const char *text);

#endif
