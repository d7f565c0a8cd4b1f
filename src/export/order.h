/*
 * order: which steps depend on which, for order*.c alone.
 */
#ifndef EXPORT_ORDER_H
#define EXPORT_ORDER_H

#include "export/inside.h"

#define ORDER_SLOT 300 /* ms, between two programs that met at one moment */

struct order {
	struct run *r;
	uint32_t first;       /* a program */
	bool alone;           /* the first has not met anybody yet */
	bool ready;           /* it has said that others can come */
	int64_t slot;
	uint32_t *knows;      /* [program][program]: a position */
	uint32_t *knew;       /* [step][program]: when it was over */
	int64_t *now;         /* of each program: ms */
	bool *begun;          /* … is this thread there already */
	const struct step **clock; /* of each process: what started its clock
				      last; NULL: its beginning */
	bool *counts;         /* … and whether anything did */
};

static inline uint32_t *order_knows(struct order *o, uint32_t who,
	uint32_t whom)
{
	return &o->knows[who * o->r->programs + whom];
}

/* A program learns all that another knew when a step was over. */
void order_learn(struct order *o, uint32_t who, const struct step *from);

/* ---- order_thread.c ---- */

/* A step is about to be entered: threads that begin before it, or with it, are
 * given what their process knows. */
void order_begin_threads(struct order *o, const struct step *s);

/* s must not come sooner than what the other threads of its process did, or
 * wait in: they hand over to it. */
void order_await_threads(struct order *o, struct step *s);

/* s does not begin before x, of another thread, is over. */
void order_hand_over(struct order *o, struct step *s, const struct step *x);

/* A step that a signal ends: when it comes. */
void order_alarm(struct order *o, struct step *s);

/* ---- order_class.c ---- */

/* What calls do and depend on. */
enum {
	ORDER_PLACE = 1, /* whether somebody is at an address */
	ORDER_DATA = 2,  /* what has arrived at a socket */
	ORDER_ROOM = 4,  /* how much more can be sent */
	ORDER_TURN = 8,  /* who comes first to one address */
};

/* Put into s what it does for others, and what of theirs decides its result. */
void order_class(struct step *s);

/* Whether later must not happen before what the journal has earlier. */
bool order_conflict(const struct step *earlier, const struct step *later);

/* Whether it ends something: its program, a connection, one way of it. */
bool order_ends(const struct step *s);

/* Whether bytes have come, before a position, that the program has not taken:
 * closing then is no goodbye, but a reset. */
bool order_has_unread(const struct run *r, uint32_t program,
	uint32_t position);

/* Whether a step, made too early, would wait for what it depends on. */
bool order_waits(const struct run *r, const struct step *s);

/* A wait that nobody but time ended. */
bool order_timed_out(const struct step *s);

/* A call whose result changes while what the program itself did goes to the
 * other end and comes back. */
bool order_is_hasty(const struct run *r, const struct step *s);

bool order_went_well(const struct step *s);

/* Whether it is a connect that went well, or is on its way. */
bool order_connects(const struct step *s);

/* Whose step ended the wait of s; NULL when nobody's did. Of an accept, and of
 * a receive whose sender is not known, the one whose turn it is; else the first
 * one since s was entered, or the last before. */
const struct step *order_cause(const struct run *r, const struct step *s);

#endif
