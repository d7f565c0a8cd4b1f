/*
 * finish: what a lesson gives to take along: the run as programs, and the
 * lesson that comes next.
 */
#ifndef UI_FINISH_H
#define UI_FINISH_H

#include <stdbool.h>

#include "base/buf.h"

struct lesson;

/* Begins zeroed. */
struct finish {
	bool looked;          /* the course was read: */
	int done;             /* exercises of the lesson, also in earlier
				 sessions */
	char name[48];        /* of the lesson that comes next; "": none … */
	struct buf title;     /* … and its title */
	struct buf programs;  /* what programs_write said last */
};

void finish_done(struct finish *f);

/* Look up l and what comes after it in the course, once. */
void finish_look(struct finish *f, const struct lesson *l,
	const char *language);

#endif
