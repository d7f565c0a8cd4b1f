/*
 * deeds: the calls of a take, read once, for what goals ask of them.
 *
 * A *deed* is a call with its arguments as they were written and, once it has
 * returned, its result. Names in them stand for what they were bound to when
 * the call was entered.
 */
#ifndef LESSON_DEEDS_H
#define LESSON_DEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/did.h"

struct buf;
struct scene;
struct scene_call;
struct scene_take;

struct deed {
	uint32_t call;                 /* of the scene */
	uint32_t actor;
	const struct call_row *row;
	struct value *arg;             /* owned, nargs of them */
	int nargs;
	char name[LINE_NAME], second[LINE_NAME]; /* what it binds, or "" */
	struct value result;           /* VALUE_NONE: none as of position */
};

struct deeds {
	struct scene *scene;           /* borrowed */
	const struct scene_take *take; /* NULL: there is none yet */
	uint32_t position;             /* as of which */
	uint32_t begin;                /* where the setup was over */
	struct deed *deed;
	size_t n, room;
};

/* All calls of the take that were entered before position, also those of the
 * setup, for they bind names. Free with deeds_done. */
void deeds_read(struct deeds *d, struct scene *s, uint32_t position);
void deeds_done(struct deeds *d);

const struct scene_call *deed_call(const struct deeds *d,
	const struct deed *e);
const char *deed_lane(const struct deeds *d, const struct deed *e);

/* As of the position: it has returned; its process is asleep in it. */
bool deed_returned(const struct deeds *d, const struct deed *e);
bool deed_waits(const struct deeds *d, const struct deed *e);

/* It has happened, whole or in part, since the setup was over. */
bool deed_is_new(const struct deeds *d, const struct deed *e);

/* The row of the stage in which it is seen last. */
uint32_t deed_row(const struct deeds *d, const struct deed *e);

/* Whether it is the call that a pattern says, whatever came of it; and whether
 * it is all that the pattern says. */
bool deed_is_call(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p);
bool deed_matches(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p);

/*
 * What a name of an actor stands for before a position: copied into *out,
 * which holds nothing; false when it is not bound.
 */
bool deeds_bound(const struct deeds *d, uint32_t actor, const char *name,
	uint32_t before, struct value *out);

/*
 * Put into v numbers and bytes for names, and numeric addresses for names of
 * hosts: of the family of the address beside it in other, which may be NULL.
 */
void deeds_resolve(const struct deeds *d, uint32_t actor, uint32_t before,
	struct value *v, const struct value *other);

/* An argument of a call with its names replaced; empty when there is none. */
void deed_argument(const struct deeds *d, const struct deed *e, int i,
	struct value *out);

/* `recv(conn, 64)`, not too long; and what became of it: `gave "hi"`. */
void deed_print(struct buf *b, const struct deed *e);
void deed_print_end(struct buf *b, const struct deeds *d,
	const struct deed *e);

/* `the last, recv(conn, 64), gave "hi"`. */
void deed_print_last(struct buf *b, const struct deeds *d,
	const struct deed *e);

#endif
