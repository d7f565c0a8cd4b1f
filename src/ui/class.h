/*
 * class: a question before a class, and what the class said to it.
 *
 * A question goes through *phases*: it is asked, it is voted on, it is
 * discussed and voted on again; then the kernel answers. A poll, which nothing
 * answers yet, is not discussed: when a lesson began with one, its last page
 * asks it *again*. The votes are hands, counted by the teacher and typed, or
 * not: a clicker's one key leads through all phases.
 */
#ifndef UI_CLASS_H
#define UI_CLASS_H

#include <stdbool.h>
#include <stddef.h>

#include "lesson/lesson.h"

struct diag;
struct player;

enum class_phase {
	CLASS_ASKS,      /* read it aloud */
	CLASS_VOTES,     /* each alone */
	CLASS_DISCUSSES, /* with a neighbour; then vote again */
	CLASS_AGAIN,     /* on the last page: the poll of the first */
};

struct class_question {
	size_t page, block;
	bool poll;
	bool taken[2];               /* votes before, after the discussion */
	int votes[2][LESSON_OPTIONS];
};

struct class { /* begins zeroed */
	bool on;
	bool blank;                  /* the screen is black, to be looked away
					from */
	bool asking;                 /* a question waits for an answer … */
	enum class_phase phase;      /* … and how far it is */
	bool asked_again;            /* the last page has done so */
	struct class_question *question; /* in the order they were asked */
	size_t questions, room;
	size_t at;                   /* … of these the one that is asked */
	int told;                    /* from 1: the option whose explanation
					is shown; 0: that of the right one */
	unsigned changes;            /* counted when something is to be drawn */
};

void class_done(struct class *c);

/* Look at what the player asks now: another question begins its phases. */
void class_follow(struct class *c, const struct player *p);

/* Go on by a phase. False: the last is over, the kernel may answer. */
bool class_next(struct class *c);

/* What going on will do: "vote", "discuss, and vote again"; a msgid. */
const char *class_next_name(const struct class *c);

/* What the class is to do in this phase, a sentence; a msgid. */
const char *class_says(const struct class *c);

/* The question that is asked, or that was asked at a page's block; NULL. */
const struct class_question *class_asked(const struct class *c);
const struct class_question *class_question(const struct class *c, size_t page,
	size_t block);

/*
 * Read votes: "a 12 b 3 c 9", or a number for each option in their order.
 * They are those before the discussion until that has begun. 0, or -EINVAL
 * with d, whose column is that of the first wrong letter.
 */
int class_vote(struct class *c, const char *text, int options, struct diag *d);

/* The option with the most votes, before (0) or after (1); -1: none was taken.
 * Of several the first. */
int class_most(const struct class_question *q, int after);

/* All votes of a round, and the most that any option of either has. */
int class_sum(const struct class_question *q, int after);
int class_greatest(const struct class_question *q);

#endif
