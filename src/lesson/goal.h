/*
 * goal: whether the goals of an exercise are met: a function of the journal and
 * a position, asked whenever the lab is still.
 *
 * Lines of a goal or a `when` fence (src/README.md has the grammar):
 *   lane: did CALL …     calls of that lane, how often, with which results
 *   lane: got BYTES      all that its receiving calls took, joined
 *   lane: gave BYTES     all that its sending calls handed over
 *   wire: sees …         frames (without a wire of our own none is asked about)
 *   host: has …          sockets, as last sampled
 * What they look at begins where the page's setup is over: behind the player's
 * mark of the first step or act (scene_setup_over). Of a call that the setup
 * entered and that returned later, the result counts, the call does not.
 *
 * Broken is what cannot be met any more:
 *   - what can only grow and has grown too much, or wrong: `x 2` and a third
 *     call, `got "ab"` and "ax". Waits and sockets change: too many of them now
 *     are not met, no more;
 *   - what would have to come of a socket that is gone: `did recv(conn, _) ->
 *     ""` when conn was closed, `got 4 bytes` when nobody is left to send them
 *     or the lane's process has ended (lesson/goal_lost.c has the list).
 * The second is told only of a *closed world*: an exercise whose solution makes
 * do with the sockets of its setup, while nobody has made another one. Who
 * makes one begins anew, and may well meet the goal with it: then it is open
 * again.
 */
#ifndef LESSON_GOAL_H
#define LESSON_GOAL_H

#include <stdint.h>

#include "lesson/lesson.h"

struct scene;

enum goal_state {
	GOAL_OPEN,   /* not yet */
	GOAL_MET,
	GOAL_BROKEN, /* nor can it be, as things stand */
};

struct goal_result {
	enum goal_state state;
	size_t step;          /* which line of its fence is not met */
	char expected[160];   /* of that line, as people read it: "recv on
				 server: twice" */
	char observed[256];   /* "three times, the last gave 5 bytes" */
	uint32_t row;         /* of the stage, where it shows; SCENE_NONE */
};

struct judging;

struct goals { /* begins zeroed */
	struct goal_result goal[LESSON_GOALS];
	int goals, met;
	size_t mistake;       /* block of the first mistake whose `when` is
				 true; SIZE_MAX: none is recognised */
	struct judging *kept; /* what was counted: the next judgement goes on
				 from here */
};

/*
 * Judge the page's goals as of a position. Asked again about the same page, at
 * a later position of the same take, the work grows with what has happened
 * since, not with the journal. Page and scene are borrowed until then: when one
 * of them is freed, goals_forget comes before the next judgement.
 */
void goals_judge(struct goals *g, const struct page *page, struct scene *s,
	uint32_t position);

/* Forget what was counted; what was judged stays. And that as well: g is
 * zeroed. */
void goals_forget(struct goals *g);
void goals_done(struct goals *g);

/* How many calls, frames and sockets the last judgement looked at. */
uint64_t goals_work(const struct goals *g);

#endif
