/*
 * parts: what the page of an exercise is made of, and in which order.
 *
 *	numbers               the values that change from round to round
 *	setup, prose, lab, predictions: as on any page
 *	a paragraph and its goal fence, once to LESSON_GOALS times
 *	a numbered list       the LESSON_HINTS hints
 *	parsons, or feed      one feed for each lane
 *	solution
 *	mistake NAME, when, and its own words, once or more
 *
 * A *part* is how far down this order the reader is. What stands behind the
 * goals belongs to the exercise alone.
 */
#ifndef LESSON_PARTS_H
#define LESSON_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct block;
struct reader;
struct step;

enum part {
	PART_PAGE,     /* no goal yet */
	PART_GOALS,
	PART_HINTS,
	PART_LINES,    /* parsons, feed */
	PART_SOLUTION,
	PART_MISTAKE,  /* its when must follow */
	PART_WHEN,     /* the mistake's own words must follow */
};

/* All that return int: 0, or -EINVAL with the reader's diag. */

/*
 * A fence begins, with what stands behind its word (NAME, LANE; "" for none).
 * *out is its block, NULL when it gives numbers; *known is false when it is no
 * fence of an exercise, and then nothing was done.
 */
int parts_fence(struct reader *r, const char *word, size_t n,
	const char *behind, size_t m, bool *known, struct block **out);

/* Whether a fence that is no part of an exercise may stand here. */
int parts_other_fence(struct reader *r);

/* Prose begins; it ends, and is not empty; the block that takes it. */
int parts_prose(struct reader *r);
int parts_prose_ends(struct reader *r);
struct block *parts_block_of_prose(struct reader *r);

/* A list behind the goals: the hints. */
int parts_list(struct reader *r, bool ordered);
int parts_hint(struct reader *r);
int parts_hint_ends(struct reader *r);

/* Whether the page has all that an exercise needs, if it is one. */
int parts_end(struct reader *r);

/* Whether two lines are one line of a parsons fence: what they expect does not
 * matter. */
bool parts_same_line(const struct step *a, const struct step *b);

#endif
