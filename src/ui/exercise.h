/*
 * exercise: what the screen and --plain keep of the exercise that is played:
 * its goals as they were judged last, and what is shown of it.
 *
 * The player (lesson/player.h) knows nothing of the journal, so goals are
 * judged here, whenever the lab is still, and told to it.
 */
#ifndef UI_EXERCISE_H
#define UI_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/goal.h"

struct buf;
struct player;
struct scene;

#define EXERCISE_PAGES 32 /* bits of done; a lesson of the course has fewer */

enum exercise_shows {
	EXERCISE_TASK,    /* the page's prose */
	EXERCISE_HINT,    /* the last hint that was asked for */
	EXERCISE_OFFER,   /* the solution, should t be pressed once more */
	EXERCISE_MISSING, /* what the first goal that is not met lacks */
};

struct exercise { /* begins zeroed */
	const void *lesson;    /* which lesson … */
	size_t page, asking;   /* … page, older question … */
	int round;             /* … and round this is about: compared only */
	struct goals goals;
	bool judged;
	uint32_t position;     /* … as of which */
	enum exercise_shows shows;
	size_t place;          /* Parsons: the line that is selected */
	bool ran;              /* Parsons: the lines ran in this order … */
	bool runs;             /* … and what came of it is not judged yet */
	unsigned changes;      /* counted whenever any of this changes */
	unsigned done;         /* pages whose goals the learner met, a bit each
				  of the first EXERCISE_PAGES */
};

void exercise_done(struct exercise *e);

/* The page that is played when it is an exercise; NULL: it is none, or a
 * prediction comes first. */
const struct page *exercise_page(const struct player *p);

/* Whether the learner, or the solution, has met all goals of the page, and it
 * has not been built anew. */
bool exercise_met(const struct player *p);

/*
 * Look at what happened since the last time: a page that was turned, goals to
 * judge. True when something is to be shown anew. To be called when all of the
 * journal has been taken in.
 */
bool exercise_follow(struct exercise *e, struct player *p, struct scene *s);

/* The goal to speak of: the first that is broken, else the first that is open;
 * -1: all are met, or none was judged. */
int exercise_first(const struct exercise *e);

/* Whether a goal cannot be met any more, as things stand: the way on is back. */
bool exercise_lost(const struct exercise *e, const struct player *p);

/* The row of the stage where that shows; SCENE_NONE. Only while it is told. */
uint32_t exercise_row(const struct exercise *e, const struct player *p);

/* The learner acted: what was told of the state before is over. */
void exercise_acted(struct exercise *e);

/* The page is built anew: nothing of it is known. */
void exercise_rebuilt(struct exercise *e);

/* Space: what is missing; again: the task. */
void exercise_ask(struct exercise *e);

/* t: a hint more; behind the last the solution is offered, then shown. False
 * when there is nothing to help with, or it is being built. */
bool exercise_help(struct exercise *e, struct player *p);

/* The hint that was asked for last, marked text; NULL: none yet. */
const char *exercise_hint(const struct player *p);

/* The own words of the mistake that was recognised, marked text; NULL. */
const char *exercise_belief(const struct exercise *e, const struct player *p);

/* "Done, with 2 hints: every goal is met." */
void exercise_praise(struct buf *b, const struct player *p);

/* The sentence of goal i. */
const char *exercise_goal(const struct page *page, int i);

/* What goal i expects: its line that is not met; but before anything was done
 * about it its sentence, for the line would give the answer away. Marked text.
 */
const char *exercise_expected(const struct exercise *e,
	const struct page *page, int i);

/* How many exercises a lesson has, and how many of them are in done. */
struct lesson;
void exercise_count(const struct lesson *l, unsigned done, int *all, int *met);

#endif
