/*
 * expand: a line that stands for many: `s{1..200} = socket(AF_INET)`.
 *
 * Every `{A..B}` outside quotes is replaced, in the line of turn i, by A + i;
 * all braces of a line have the same number of turns.
 */
#ifndef CALL_EXPAND_H
#define CALL_EXPAND_H

#include <stddef.h>

struct buf;
struct diag;

#define EXPAND_MAX 100000

/* How many lines text stands for: 1 when it has no such braces. Or -EINVAL
 * with d (column): braces that disagree, count down, or are too many. */
long expand_count(const char *text, size_t n, struct diag *d);

/* Append the line of a turn, from 0. */
void expand_line(struct buf *b, const char *text, size_t n, long turn);

#endif
