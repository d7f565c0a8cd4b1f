/*
 * player: a lesson being played: which page, which step, what is locked.
 *
 * It sends lines to the lab and hears the answers; it draws nothing and waits
 * for nothing, so the screen, --plain and the checker drive the same one.
 */
#ifndef LESSON_PLAYER_H
#define LESSON_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;
struct buf;
struct diag;
struct lesson;
struct link;

struct player;

enum player_state {
	PLAYER_BUSY,   /* a page is being set up or a step runs */
	PLAYER_READY,  /* Space does what player_next_text says */
	PLAYER_LOCKED, /* a prediction waits for its answer */
	PLAYER_TASK,   /* an exercise whose goals are not all met: the learner
			  acts. Space runs the lines of a parsons fence if
			  they did not run in this order, in class it begins
			  the solution; else player_next does nothing and the
			  caller has the goals judged once more and says what
			  is missing */
	PLAYER_TURN,   /* page done: Space turns the page */
	PLAYER_END,    /* the end page */
};

/* Both borrowed for its life. lesson NULL: an empty lab, free play only, and
 * READY at once. Nothing is sent before player_page (with no lesson: before
 * the first act). */
struct player *player_new(const struct lesson *l, struct link *link);
void player_free(struct player *p);

/* Begin page (from 0): a fresh lab, its setup, its questions unanswered. What
 * was answered there before is remembered (player_remember). */
void player_page(struct player *p, size_t page);

/* A new lab in place of one that ended (ANSWER_ENDED was handed over), link
 * borrowed: the page is built anew in it, as by player_rebuild. */
bool player_ended(const struct player *p);
void player_relink(struct player *p, struct link *link);

/* Space: commits a prediction that was chosen and runs the next step, or turns
 * the page. False when it is locked, busy, or there is nothing more. */
bool player_next(struct player *p);

/* What Space will do, as words: `run "wire: pass #5"`, "turn to page 5"; when
 * it does nothing, why: "answer first: a b c d". "" with no lesson. */
void player_next_text(const struct player *p, struct buf *b);

/* Choose option (0 = a) of the prediction asked; may be changed until Space
 * commits it. False when none is asked or there is no such option. */
bool player_choose(struct player *p, int option);

/* s: skip the prediction; what it is about runs, and its answer is shown. */
bool player_skip(struct player *p);

/*
 * A line typed or caused by a key; with its lane, parsed by the caller. Goes
 * to the lab. It counts as the next step when both say the same: spelling of
 * bytes, defaults left out and the expectation apart, names included, for
 * later steps use them. A locked prediction's step does not count until its
 * answer is chosen. Any other line begins free play, in which Space still runs
 * the page's next step. Returns the link's id; 0 when the page is being set up
 * or the lab has ended: then nothing was sent.
 */
uint64_t player_act(struct player *p, const char *line);

/* Whether player_act would take the line for the next step. */
bool player_expects(const struct player *p, const char *line);

/*
 * u: rebuild and replay all acts of the page but the last (Space's commit and
 * step are one act). False when there is none.
 * r: in free play, back onto the script: rebuild and replay the steps alone.
 * Else the page from its beginning.
 */
bool player_take_back(struct player *p);
void player_rebuild(struct player *p);

/* Hand over every answer of the link (but ANSWER_GREW). */
void player_answer(struct player *p, const struct answer *a);

/* How often something happened here: what these questions answer can differ
 * only when this does. */
unsigned player_changes(const struct player *p);

enum player_state player_state(const struct player *p);
bool player_free_play(const struct player *p);
size_t player_at_page(const struct player *p);

/* Block of the page that is current (a prediction or steps), and the next step
 * in it: what the strip shows. When the page is done: its last block, and the
 * number of steps in that. */
size_t player_at_block(const struct player *p);
size_t player_at_step(const struct player *p);

/*
 * The prediction that the page shows now (asked, or answered and run): its
 * block index or -1, the choice or -1, and whether it was committed and its
 * observation is known.
 */
struct player_prediction {
	int block;
	int chosen;
	int first;              /* what was committed first, or -1: who answers
				   again believed it at first */
	bool poll;              /* nothing decides it: show the choice's why,
				   not which option is right */
	bool committed, observed;
	bool right;             /* the choice is the ticked one; tell it when
				   observed, a poll's on the end page */
	char observation[256];  /* what the kernel gave, in the notation */
	uint64_t decided_by;    /* link id of the step whose result decides */
};
void player_prediction(const struct player *p, struct player_prediction *out);

/* The last prediction that was committed on a page (from 0), or is remembered:
 * for the end page, "first belief and now". False when there is none. */
bool player_committed(const struct player *p, size_t page,
	struct player_prediction *out);

/* First failure since the page began or the last act: "line 12: expected 0,
 * observed ECONNREFUSED", "" when none; and the step it is about (block
 * SIZE_MAX when it is about a line by hand or the lab itself). */
const char *player_trouble(const struct player *p);
const char *player_trouble_why(const struct player *p); /* without the line */
void player_trouble_at(const struct player *p, size_t *block, size_t *step);

/* The same for a learner: of a step what that means, and what is to be typed to
 * begin the page again, which is given: "r". */
void player_trouble_text(const struct player *p, const char *again,
	struct buf *b);

/* ---- exercises ---- */

/* The lesson that is played now: that of player_new, in any of its rounds, or
 * the one that an older question comes from. Borrowed until the next call. */
const struct lesson *player_lesson(const struct player *p);

/*
 * Goals are a function of the journal (lesson/goal.h), which the player does
 * not read: who drives it judges them, whenever they are open, the player is
 * not busy and the lab is still, and tells. They are open from when the
 * learner's turn comes (or the solution's) until all are met; once met they
 * stay so until the page is built anew.
 */
bool player_goals_open(const struct player *p);
void player_judged(struct player *p, bool all_met);

/*
 * t: one hint more, up to LESSON_HINTS; how many were shown on this page, also
 * before it was left.
 * Behind the last hint player_solve shows the solution: the page is built anew
 * and Space runs the solution, a line at a time (READY). player_solved: it was
 * shown, so goals that are met now are not the learner's doing. Then Space
 * (player_next) gives the page in its next round, "now without it". In class
 * the solution needs no hints, and the page is done behind it.
 *
 * On the page of an exercise lines by hand are no free play: player_take_back
 * takes them back one after the other, player_rebuild all of them (and those
 * of the solution).
 */
int player_hints(const struct player *p);
bool player_hint(struct player *p);
bool player_solve(struct player *p);
bool player_solved(const struct player *p);
void player_in_class(struct player *p, bool on);

/* The marks of pages say that a class sees them: the speaker's notes look for
 * such (README, "lab: page"). Before the first page. */
void player_mark_class(struct player *p);

/*
 * Parsons: the order that the lines of the page have now. player_order: which
 * of the block's lines stands at place i (0 … n-1). Moving a line does nothing
 * in the lab. player_run_order: the page is built anew and all lines run, as by
 * hand, in that order, up to the first that cannot be done.
 */
size_t player_lines(const struct player *p);         /* n; 0: no parsons */
size_t player_order(const struct player *p, size_t i);
bool player_move(struct player *p, size_t i, int by);
bool player_run_order(struct player *p);

/* For the checker: build the page anew and run all lines of a solution or a
 * mistake (the index of its block) at once. */
void player_try(struct player *p, size_t block);

/* ---- without a wire ---- */

/*
 * Whether the lab has no wire, as its journal says: to be told by who drives
 * the player, whenever a lab was built. Then pages that order something of the
 * wire (lesson_orders_wire) are *left out*: nothing of them is built or asked,
 * their predictions are skipped, and the page is done at once (TURN, END).
 * Older questions of such pages are not asked.
 */
void player_no_wire(struct player *p, bool none);
bool player_left_out(const struct player *p);

/* What such a page would have shown, and why it does not. Marked text. */
void player_left_out_text(const struct player *p, struct buf *b);

/* How many pages of the lesson are left out. */
int player_pages_left_out(const struct player *p);

/* ---- older questions ---- */

/*
 * Before its first page the player asks these questions of other lessons: the
 * page of each is built and played up to the question by itself, then goes on
 * as usual to its observation; TURN leads to the next, then to the first page.
 * Lessons are borrowed for the player's life. To be called before player_page.
 */
struct player_question {
	const struct lesson *lesson;
	size_t page, block;
};
void player_ask_first(struct player *p, const struct player_question *q,
	size_t n);

/* Which of them is asked now, from 1; 0: none any more. The page behind them
 * is the one of the first player_page. */
size_t player_asking(const struct player *p);
size_t player_first_page(const struct player *p);

/*
 * Prediction i of all that this session may ask, of the lesson's pages and of
 * older questions: what was answered, once its observation (of a poll: the
 * choice) is known. False behind the last.
 */
struct player_answered {
	const struct lesson *lesson;
	size_t page, block;
	bool older;             /* asked as an older question */
	int chosen;             /* -1: not known yet */
	bool poll, right;
};
bool player_answered(const struct player *p, size_t i,
	struct player_answered *out);

/* What was chosen in an earlier session, or before the page was begun again, is
 * *remembered*: it counts for the end page and its score until it is answered
 * anew. */
void player_remember(struct player *p, size_t page, size_t block, int chosen);

/* For the end page: predictions asked and right, over the pages played; polls
 * and skipped ones do not count. */
void player_score(const struct player *p, int *right, int *asked);

#endif
