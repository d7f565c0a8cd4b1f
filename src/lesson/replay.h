/*
 * player's insides, shared by player.c (what the lab answers), next.c (Space,
 * and its words), hand.c (what is done off the script), exercise.c (goals,
 * hints, solutions, lines to be put in order), feed.c (what comes as the
 * learner asks), ask.c (older questions), player_wire.c (pages that are left
 * out), replay.c (what is sent, and how a page is built again) and belief.c
 * (predictions).
 *
 * Three lists make it go:
 *   - *tasks*: lines to send, each after the answer to the one before;
 *   - *acts*: what was done on this page, in order: steps, answers to
 *     predictions, lines by hand, lines of an exercise. The page as it stands
 *     is its setup and its acts, so taking back and rebuilding are: keep fewer
 *     acts, then queue a rebuild, the setup and the acts again. Acts of lab
 *     fences and answers are the page's *script*;
 *   - *records*: each prediction of the lesson: what was chosen, what came.
 * A line that was sent and not answered yet is a *flight*. The position (block
 * and step) is that of the next thing that is neither done nor queued.
 */
#ifndef LESSON_REPLAY_H
#define LESSON_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/player.h"

enum task_kind {
	TASK_REBUILD,
	TASK_PAGE,    /* the page's mark: not waited for */
	TASK_SETUP,   /* a line of a setup fence */
	TASK_CHECK,   /* a line of a check fence */
	TASK_ACT,     /* the first act that is queued */
};

struct task {
	enum task_kind kind;
	size_t block, step;  /* TASK_SETUP, TASK_CHECK */
};

enum flight_kind {
	FLIGHT_REBUILD,
	FLIGHT_SETUP,
	FLIGHT_CHECK,
	FLIGHT_STEP,  /* an act: a line of the page */
	FLIGHT_HAND,  /* an act: a line by hand */
	FLIGHT_FEED,  /* a line of a feed fence */
	FLIGHT_ASKER, /* behind it: does the call still wait? */
};

/* A call that waits, or did when it was last looked at. */
struct asker {
	char lane[LINE_LANE];
	int thread;
	const struct call_row *row;
	bool all;            /* until it has all that it asked for */
};

struct flight {
	uint64_t id;
	enum flight_kind kind;
	size_t block, step;  /* SIZE_MAX: no line of the page */
	struct asker asker;  /* FLIGHT_FEED, FLIGHT_ASKER */
};

enum act_kind { ACT_STEP, ACT_PREDICT, ACT_HAND };

struct act {
	enum act_kind kind;
	size_t block, step;  /* ACT_STEP, ACT_PREDICT */
	bool joined;         /* one press with the act before it */
	bool queued;         /* not sent yet */
	char *text;          /* owned: ACT_HAND */
	uint64_t id;         /* the link's, when it was sent as a line */
};

struct record {
	size_t asking;       /* which older question's page; 0: the lesson's */
	size_t page, block;
	int chosen;          /* -1: none */
	int remembered;      /* the same, when the page was left or in an
				earlier session */
	int first;           /* the first that was committed */
	bool committed, skipped, observed;
	char observation[256];
	uint64_t decided_by;
};

struct player {
	const struct lesson *l; /* played now: mine, or a question's */
	const struct lesson *mine; /* the lesson, in its round … */
	struct lesson *round[LESSON_ROUNDS]; /* … one of these, owned … */
	const struct lesson *given; /* … or as player_new got it */
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
	size_t records, records_room;

	/* the page, as an exercise */
	bool met;            /* all goals, when they were judged last */
	int hints;           /* shown … */
	int *hints_of;       /* … and by page of the lesson, when it was left;
				NULL: none was shown */
	bool solving;        /* the solution is part of the script */
	bool solved;         /* it was shown */
	bool in_class;
	bool marks_class;    /* marks of pages say so */
	size_t *order;       /* lines of a parsons fence, as they stand */
	size_t lines;
	bool ran;            /* they ran in this order */
	size_t *fed;         /* by block: lines of a feed that were sent */
	struct asker *asker; /* at most one for each lane */
	size_t askers, askers_room;

	bool no_wire;        /* pages that order something of it are left out */

	/* older questions */
	struct player_question *question;
	size_t questions;
	size_t asking;       /* from 1; 0: none */
	size_t first_page;   /* where the lesson begins behind them */
	bool begun;          /* player_page was called */
	size_t given_acts;   /* that led up to the question by themselves */

	char trouble[640];   /* "line 12: expected …" … */
	size_t trouble_why;  /* … and where in it the line is over */
	size_t trouble_block, trouble_step;
	bool trouble_differs; /* the line was done, and gave something else */
};

/* ---- player.c ---- */

struct block;
struct page;
struct step;

/* The page as it is in the lesson; NULL in a bare lab. */
const struct page *player_page_now(const struct player *p);

/* The block at the position, NULL when the page is done. */
const struct block *player_block(const struct player *p);

/* Turn to a page of the lesson that is played now. */
void player_turn(struct player *p, size_t page);

/* Build the page from its beginning; what was shown of it as an exercise stays
 * so. */
void player_begin(struct player *p);

/* Trouble that is about no line. */
void player_tell(struct player *p, const char *why);

/* ---- next.c ---- */

/* The step that Space runs: at the position, or behind the prediction there.
 * NULL: none before another prediction. */
const struct step *player_step(const struct player *p);

/* ---- hand.c ---- */

/* Drop what is not the page's script, and end the solution; whether there was
 * any of it. */
bool hand_drop(struct player *p);

/* Build the page again with the acts that are left. */
void hand_build(struct player *p);

/* ---- exercise.c ---- */

/* Whether the page is one, and not an older question's. */
bool exercise_is(const struct player *p);

/* The state of one whose script is done. */
enum player_state exercise_state(const struct player *p,
	enum player_state done);

/* What Space does then. */
bool exercise_next(struct player *p);

/* Nothing was shown, no line moved. */
void exercise_begin(struct player *p);

/* ---- feed.c ---- */

/* Nothing was sent yet, no call waits. */
void feed_begin(struct player *p);

/* Whether a call of its lane waits, which must first have its chance to end:
 * then that was asked, and the act may be sent behind the answer. */
bool feed_hold_on(struct player *p, const struct act *a);

/* A line was answered: if a call waits now, send what comes next. */
void feed_answer(struct player *p, const struct flight *f,
	const struct answer *a);

/* ---- ask.c ---- */

/* Lead up to a question (from 1); behind the last to the lesson. */
void ask_question(struct player *p, size_t number);

/* The question that is asked, or NULL; whether its answer was seen. */
const struct player_question *ask_now(const struct player *p);
bool ask_observed(const struct player *p);

/* Add the acts that lead up to it, if one is asked. */
void ask_lead_up(struct player *p);

/* A page of the question's did not go as it says: whether that was on the way
 * to it, and the next one is asked. */
bool ask_spoilt(struct player *p);

/* ---- player_wire.c ---- */

/* Whether a page is left out. */
bool wire_lacks(const struct player *p, const struct page *page);

/* The page is left out: its predictions are skipped, its position is its end. */
void wire_skip(struct player *p);

/* ---- replay.c ---- */

/* Queue a fresh lab, the page's setup, and the acts that are left. */
void replay_build(struct player *p);

/* Queue the step at the position, and behind it those that only look
 * (`returns`, `sees`, `ends` …); joined: one press with the act before. */
void replay_step(struct player *p, bool joined);
bool replay_looks(const struct line *l);

/* Send what can be sent now. */
void replay_pump(struct player *p);

/* Move the position to the next steps or open prediction; a check fence on
 * the way is queued. */
void replay_advance(struct player *p);

/* Send a line; it is in flight until its answer. Borrowed until the next. */
struct flight *replay_send(struct player *p, enum flight_kind kind,
	size_t block, size_t step, const char *text);

void replay_add_act(struct player *p, struct act a);
void replay_remove_act(struct player *p, size_t i);
void replay_drop_acts(struct player *p, size_t keep);

/* The act that was sent as line id, or NULL. */
struct act *replay_act(const struct player *p, uint64_t id);

/* What is queued did not happen: tasks and their acts are dropped. */
void replay_unqueue(struct player *p);

/* Nothing is to be sent or awaited any more; the acts stay for the next lab. */
void replay_clear(struct player *p);

/* What comes next was done by hand. */
void replay_mark_play(struct player *p);

/* ---- belief.c ---- */

/* Keep records of a page's predictions: of a question's (from 1), or of the
 * lesson's own (0). */
void belief_add_page(struct player *p, size_t asking, const struct lesson *l,
	size_t page);

/* The record of a prediction block of the current page. */
struct record *belief_record(const struct player *p, size_t block);

/* The record of the prediction at the position, or NULL. */
struct record *belief_asked(const struct player *p);

/* The current page is asked and seen anew; what was answered is remembered. */
void belief_forget(struct player *p);

/* What was seen is to be seen again. */
void belief_unsee(struct player *p);

/* What was answered stays so only as far as the acts say. */
void belief_keep(struct player *p);

/* Commit the choice at the position: its mark is sent, it becomes an act. */
void belief_commit(struct player *p);

/* A step was answered: if it decides a prediction, what it gave is kept. */
void belief_observe(struct player *p, size_t block, size_t step,
	const struct answer *a);

#endif
