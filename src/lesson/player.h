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

/* Both borrowed for its life. lesson NULL: an empty lab, free play only. */
struct player *player_new(const struct lesson *l, struct link *link);
void player_free(struct player *p);

/* Begin page (from 0): a fresh lab, its setup. */
void player_page(struct player *p, size_t page);

/* Space. False when it is locked or busy. */
bool player_next(struct player *p);

/* What Space will do, as words: `run "wire: pass #5"`, "turn to page 5". */
void player_next_text(const struct player *p, struct buf *b);

/* Choose option (0 = a) of the prediction asked; may be changed until Space
 * commits it. False when none is asked or there is no such option. */
bool player_choose(struct player *p, int option);

/* v, s of class mode come later; s: skip the prediction. */
bool player_skip(struct player *p);

/*
 * A line typed or caused by a key. Goes to the lab; when it equals the next
 * step (spelling and names apart) it counts as that step, else free play
 * begins. Returns the link's id. The line was parsed by the caller.
 */
uint64_t player_act(struct player *p, const char *line);

/* u, r: take back the last act (rebuild without it), rebuild the page. */
void player_take_back(struct player *p);
void player_rebuild(struct player *p);

/* Hand over every answer of the link (but ANSWER_GREW). */
void player_answer(struct player *p, const struct answer *a);

enum player_state player_state(const struct player *p);
bool player_free_play(const struct player *p);
size_t player_at_page(const struct player *p);

/* Block of the page that is current, and step in it: what the strip shows. */
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
	bool committed, observed;
	bool right;
	char observation[256];  /* what the kernel gave, in the notation */
	uint64_t decided_by;    /* link id of the step whose result decides */
};
void player_prediction(const struct player *p, struct player_prediction *out);

/* Last failure: "line 12: expected 0, observed ECONNREFUSED", "" when none. */
const char *player_trouble(const struct player *p);

/* For the end page: asked and right, over the pages played. */
void player_score(const struct player *p, int *right, int *asked);

#endif
