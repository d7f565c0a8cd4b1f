/*
 * finish: what a lesson gives to take along: the run as programs, and the
 * lesson that comes next.
 */
#ifndef UI_FINISH_H
#define UI_FINISH_H

#include <stdbool.h>

#include "base/buf.h"

struct lesson;
struct option;
struct player;

/* Begins zeroed. */
struct finish {
	const char *wanted;   /* the lesson that comes next; NULL: the one
				 behind it in the course */
	bool looked;          /* the course was read: */
	int done;             /* exercises of the lesson, also in earlier
				 sessions */
	char name[48];        /* of the lesson that comes next; "": none … */
	struct buf title;     /* … and its title */
	bool last;            /* it is the last of the course */
	struct buf programs;  /* what programs_write said last … */
	unsigned written;     /* … and how often it said something */
};

void finish_done(struct finish *f);

/* The first thing that was believed in the lesson, and the option that the
 * kernel showed to be right; false: nothing was chosen. */
bool finish_belief(const struct player *p, const struct option **first,
	const struct option **right);

/* "2 pages were left out: this machine shows no frames."; nothing when none was.
 */
void finish_left_out(struct buf *b, const struct player *p);

/* Look up l and what comes after it in the course, once. */
void finish_look(struct finish *f, const struct lesson *l,
	const char *language);

#endif
