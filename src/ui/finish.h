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
	bool looked;          /* the course was read for the next lesson */
	char name[48];        /* of it; "": there is none */
	struct buf title;
	struct buf programs;  /* what programs_write said last */
};

void finish_done(struct finish *f);

/* Look up which lesson comes after l, once. */
void finish_look(struct finish *f, const struct lesson *l,
	const char *language);

#endif
