/*
 * recall: questions of earlier lessons that open a lesson, chosen by when they
 * are due (spaced retrieval: after 1, 3, 7, 14, 30 days, or as many lessons
 * begun since, whichever comes first; a wrong answer begins again at 1).
 *
 * A question is a prediction that the kernel decides (no poll). What is known
 * of it is a line of the progress file (lesson/course.h):
 *   question no-messages 2.1 first a last c right 2 seen 2026-11-21 lessons 4
 * 2.1: page 2, its first prediction; first, last: what was chosen; right: how
 * often in a row; lessons: how many had been begun when it was last asked.
 */
#ifndef LESSON_RECALL_H
#define LESSON_RECALL_H

#include <stddef.h>
#include <stdint.h>

#define RECALL_MOST 2

struct lesson;
struct player;

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

/* Note each prediction that p observed since the last time; what was chosen in
 * earlier sessions is given back to the player (player_remember). A disk that
 * is full must not stop a lesson. */
void recall_note(const struct player *p, int64_t today);
void recall_remember(struct player *p);

#endif
