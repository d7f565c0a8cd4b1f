/* steps: lines of a fence or a script → steps. */
#ifndef LESSON_STEPS_H
#define LESSON_STEPS_H

#include <stddef.h>

struct block;
struct diag;
struct step;

/*
 * Parse one line of n bytes and append it to the block; empty lines and
 * comments give none. line: its number in the file; column: of its first byte.
 * 0, or -EINVAL with d: its line and column.
 */
int steps_add(struct block *b, const char *text, size_t n, int line,
	int column, struct diag *d);

void steps_done(struct block *b);

#endif
