/*
 * order: which steps depend on which, for order.c and order_class.c alone.
 */
#ifndef EXPORT_ORDER_H
#define EXPORT_ORDER_H

#include "export/inside.h"

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
