/*
 * recall: questions of earlier lessons that open a lesson, chosen by when they
 * are due (spaced retrieval: after 1, 3, 7, 14, 30 days, or as many lessons
 * begun since, whichever comes first; a wrong answer begins again at 1).
 *
 * A question is a prediction that the kernel decides (no poll). What is known
 * of it is a line of the progress file (lesson/course.h), which polls have too,
 * so that a lesson that is taken up knows the first belief:
 *   question no-messages 2.1 first a last c right 2 seen 2026-11-21 lessons 4
 * 2.1: page 2, its first prediction; first, last: what was chosen; right: how
 * often in a row, one more when it was wrong before (0 and 1 both wait one day,
 * and a right answer then leads to three); lessons: how many had been begun
 * when it was last asked.
 */
#ifndef LESSON_RECALL_H
#define LESSON_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECALL_MOST 2

struct lesson;
struct player;
struct progress;

struct recall {
	struct lesson *lesson; /* owned */
	size_t page, block;
};

/*
 * The questions that are due before the lesson name: of other lessons that were
 * finished, the longest due first, never two of one page. today: days since
 * 1970. How many; 0 when none is. Free with recall_done.
 */
size_t recall_due(struct recall out[RECALL_MOST], const char *name,
	const char *language, int64_t today);
void recall_done(struct recall *r, size_t n);

/* How many these are, of what is known: with so many the lesson opens when it
 * is begun now. */
int recall_count(const struct progress *p, const char *name,
	const char *language, int64_t today);

/* What was noted of each prediction of a session; begins zeroed. */
#define RECALL_SESSION 64
struct recall_noted {
	signed char chosen[RECALL_SESSION]; /* from 1; 0: nothing */
};

/*
 * Note the predictions of a player that were answered since the last time
 * (player_answered). An answer counts when an older question asked for it, or
 * when it is the first of that day: to say on the same page what was just shown
 * is not to remember it. 0 or -errno; after -EAGAIN the rest is noted the next
 * time.
 */
int recall_note(struct recall_noted *n, const struct player *p, int64_t today);

/* Give back to a player what was chosen in earlier sessions (player_remember):
 * of a lesson that was finished, and is read once more, only on the pages
 * before the one that it is at; of polls the first belief. */
void recall_remember(struct player *p);

#endif
