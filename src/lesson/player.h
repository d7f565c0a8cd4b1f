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
	PLAYER_TURN,   /* page done: Space turns the page */
	PLAYER_END,    /* the end page */
};

/* Both borrowed for its life. lesson NULL: an empty lab, free play only, and
 * READY at once. Nothing is sent before player_page (with no lesson: before
 * the first act). */
struct player *player_new(const struct lesson *l, struct link *link);
void player_free(struct player *p);

/* Begin page (from 0): a fresh lab, its setup, its questions unanswered. */
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

/* v, s of class mode come later; s: skip the prediction. */
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
	bool poll;              /* nothing decides it: show the choice's why,
				   not which option is right */
	bool committed, observed;
	bool right;             /* the choice is the ticked one; tell it when
				   observed, a poll's on the end page */
	char observation[256];  /* what the kernel gave, in the notation */
	uint64_t decided_by;    /* link id of the step whose result decides */
};
void player_prediction(const struct player *p, struct player_prediction *out);

/* The last prediction that was committed on a page (from 0): for the end page,
 * "first belief and now". False when there is none. */
bool player_committed(const struct player *p, size_t page,
	struct player_prediction *out);

/* First failure since the page began or the last act: "line 12: expected 0,
 * observed ECONNREFUSED", "" when none; and the step it is about (block
 * SIZE_MAX when it is about a line by hand or the lab itself). */
const char *player_trouble(const struct player *p);
const char *player_trouble_why(const struct player *p); /* without the line */
void player_trouble_at(const struct player *p, size_t *block, size_t *step);

/* For the end page: predictions asked and right, over the pages played; polls
 * and skipped ones do not count. */
void player_score(const struct player *p, int *right, int *asked);

#endif
