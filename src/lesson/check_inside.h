/*
 * check's insides, shared by check.c (pages), check_exercise.c (what is proved
 * of exercises) and check_lab.c (hearing the lab, TAP).
 */
#ifndef LESSON_CHECK_INSIDE_H
#define LESSON_CHECK_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lesson/check.h"

struct scene_take;

struct runner {
	const struct lesson *l;  /* in the round that is run */
	struct link *link;
	struct scene *scene;
	struct player *player;
	FILE *tap;
	int *number;
	struct check_result *result;
	const char *silent;      /* what the lab did not do, or NULL */
};

/* ---- check_lab.c ---- */

/* Hear one answer. False when there is none within timeout. */
bool check_hear(struct runner *r, int64_t timeout);

/* Until the player is not busy any more or, when told so, has trouble. */
void check_settle(struct runner *r, bool to_trouble);

/* Take in the journal until the lab is still. False: it does not come to rest
 * within timeout. */
bool check_still(struct runner *r, int64_t timeout);

/* The take that the lab is in now: what it can do. NULL: it was not built. */
const struct scene_take *check_built(struct runner *r);

/* The line of a test, without its end. what: behind the page's title, or
 * NULL. */
void check_print(struct runner *r, bool ok, size_t page, const char *what);

/* Count a test, end its line, and say under it what was wrong. */
void check_passed(struct runner *r);
void check_failed(struct runner *r);
void check_skipped(struct runner *r, const char *what, const char *why);

/* The player's trouble, or the lab's. */
void check_print_trouble(struct runner *r, size_t page);
void check_print_tail(struct runner *r);

/* ---- check_exercise.c ---- */

/* The page was played up to its task: prove what an exercise must be. */
void check_exercise(struct runner *r, size_t page);

#endif
