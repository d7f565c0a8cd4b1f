/*
 * turns: an order that stands for many lines (call/expand.h), each of which is
 * carried out when the one before it has met what it expects.
 */
#ifndef LAB_TURNS_H
#define LAB_TURNS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct diag;
struct line;
struct turns;

/* Text of n bytes that stands for count lines; nothing is begun. */
struct turns *turns_new(const char *text, size_t n, long count);
void turns_free(struct turns *t);

/* Parse the line of the next turn. 0, or -EINVAL with d; line_done frees it in
 * either case. */
int turns_next(struct turns *t, struct line *line, struct diag *d);

/* A turn is over and was good. Whether a further one follows. */
bool turns_good(struct turns *t);

/* Whether the last turn was good, so that the next one can begin. */
bool turns_go_on(const struct turns *t);

/* The line of the turn that was begun last; borrowed until the next. */
const char *turns_text(struct turns *t);

/* Whether braces stand in its lane, and a turn to come is of that one
 * ("client4", "server/2"). */
bool turns_will_name(const struct turns *t, const char *name);

#endif
