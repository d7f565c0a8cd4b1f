/*
 * player's insides, shared by player.c (Space, and what the lab answers),
 * hand.c (what is done off the script), replay.c (what is sent, and how a page
 * is built again) and belief.c (predictions).
 *
 * Three lists make it go:
 *   - *tasks*: lines to send, each after the answer to the one before;
 *   - *acts*: what the learner did on this page, in order: steps, answers to
 *     predictions, lines by hand. The page as it stands is its setup and its
 *     acts, so taking back and rebuilding are: keep fewer acts, then queue a
 *     rebuild, the setup and the acts again;
 *   - *records*: each prediction of the lesson: what was chosen, what came.
 * A line that was sent and not answered yet is a *flight*. The position (block
 * and step) is that of the next thing that is neither done nor queued.
 */
#ifndef LESSON_REPLAY_H
#define LESSON_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/player.h"

enum task_kind {
	TASK_REBUILD,
	TASK_PAGE,    /* the page's mark: not waited for */
	TASK_SETUP,   /* a line of a setup fence */
	TASK_STEP,    /* a step of a lab fence, marked */
	TASK_CHECK,   /* a line of a check fence */
	TASK_PREDICT, /* a choice: a mark, not waited for */
	TASK_HAND,    /* a line by hand */
};

struct task {
	enum task_kind kind;
	size_t block, step;
	char *text;          /* owned: TASK_HAND */
};

struct flight {
	uint64_t id;
	enum task_kind kind;
	size_t block, step;
};

enum act_kind { ACT_STEP, ACT_PREDICT, ACT_HAND };

struct act {
	enum act_kind kind;
	size_t block, step;  /* ACT_STEP, ACT_PREDICT */
	bool joined;         /* one press with the act before it */
	char *text;          /* owned: ACT_HAND */
	uint64_t id;         /* ACT_HAND: the link's, for a line refused */
};

struct record {
	size_t page, block;
	int chosen;          /* -1: none */
	bool committed, skipped, observed;
	char observation[256];
	uint64_t decided_by;
};

struct player {
	const struct lesson *l;
	struct link *link;
	size_t page, block, step;
	bool setting_up;     /* rebuild, setup and replay are under way */
	bool free_play;
	bool play_marked;    /* the lab's last mark was `play` */
	bool ended;
	unsigned changes;    /* counted by every function that may make one */

	struct task *task;
	size_t tasks, tasks_room, tasks_sent;
	struct flight *flight;
	size_t flights, flights_room;
	struct act *act;
	size_t acts, acts_room;
	struct record *record;
	size_t records;

	char trouble[640];   /* "line 12: expected …" … */
	size_t trouble_why;  /* … and where in it the line is over */
	size_t trouble_block, trouble_step;
};

/* ---- player.c ---- */

struct block;
struct step;

/* The block at the position, NULL when the page is done. */
const struct block *player_block(const struct player *p);

/* The step that Space runs: at the position, or behind the prediction there.
 * NULL: none before another prediction. */
const struct step *player_step(const struct player *p);

/* ---- replay.c ---- */

/* Queue a fresh lab, the page's setup, and the acts that are left. */
void replay_build(struct player *p);

/* Queue the step at the position, and behind it those that only look
 * (`returns`, `sees`); joined: one press with the act before. */
void replay_step(struct player *p, bool joined);

/* Send what can be sent now. */
void replay_pump(struct player *p);

/* Move the position to the next steps or open prediction; a check fence on
 * the way is queued. */
void replay_advance(struct player *p);

/* Send a line; it is in flight until its answer. */
uint64_t replay_send(struct player *p, enum task_kind kind, size_t block,
	size_t step, const char *text);

void replay_add_act(struct player *p, struct act a);
void replay_drop_acts(struct player *p, size_t keep);
void replay_clear(struct player *p); /* tasks and flights */
void replay_mark_step(struct player *p, size_t block, size_t step);
void replay_mark_play(struct player *p);

/* ---- belief.c ---- */

/* The record of a prediction block of the current page. */
struct record *belief_record(const struct player *p, size_t block);

/* The record of the prediction at the position, or NULL. */
struct record *belief_asked(const struct player *p);

/* Forget what was answered and seen on the current page. */
void belief_forget(struct player *p);

/* Commit the choice at the position: its mark is sent, it becomes an act. */
void belief_commit(struct player *p);

/* A step was answered: if it decides a prediction, what it gave is kept. */
void belief_observe(struct player *p, size_t block, size_t step,
	const struct answer *a);

#endif
