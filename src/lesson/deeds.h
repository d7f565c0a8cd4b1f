/*
 * deeds: the calls of a take, each read once, for what goals ask of them.
 *
 * A *deed* is a call with its arguments as they were written and, once it has
 * returned, its result. Names in them stand for what they were bound to when
 * the call was entered. It is *settled* once it has returned or its process has
 * ended: nothing more will come of it.
 *
 * The journal grows while goals are judged, so deeds are followed: each settled
 * one is handed out once, those of a lane in their order, and not kept; the
 * others, at most one for each lane, are looked at again the next time.
 */
#ifndef LESSON_DEEDS_H
#define LESSON_DEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/did.h"
#include "lesson/deeds_names.h"

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

/* A descriptor of a process that was closed since the setup was over. */
struct deeds_closed {
	uint32_t process;              /* an actor */
	int64_t fd;
	uint32_t call;                 /* that closed it */
};

struct deeds { /* a zeroed one is of no scene */
	struct scene *scene;           /* borrowed */
	const struct scene_take *take; /* NULL: there is none yet */
	uint32_t position;             /* as of which */
	uint32_t begin;                /* where the setup was over */
	uint32_t next;                 /* the first call not read yet */
	struct deed *pending;          /* read, and not settled */
	size_t pendings, pendings_room;
	struct deeds_names names;
	bool made;                     /* since the setup a call made a
					  descriptor, or a process */
	struct deeds_closed *closed;   /* kept until one was made */
	size_t closeds, closeds_room;
	uint32_t looked;               /* the first event not looked at */
	uint32_t *socket;              /* of the take, that are not gone … */
	size_t sockets, sockets_room;
	bool *listed;                  /* … by their number in the take */
	size_t listed_room;
	uint64_t work;                 /* calls read and sockets looked at, ever
					  since it began */
};

/*
 * Go on to a position, handing out what was settled since the last time. False:
 * it is no later position of the same take of the same scene, or its setup was
 * not over then; nothing was done, and one begins afresh, with a zeroed one.
 */
bool deeds_follow(struct deeds *d, struct scene *s, uint32_t position,
	void (*settled)(const struct deed *e, void *arg), void *arg);
void deeds_done(struct deeds *d);

/* Read one again, to tell of it. Free with deed_done. */
void deed_read(struct deed *e, const struct deeds *d, uint32_t call);
void deed_done(struct deed *e);

const struct scene_call *deed_call(const struct deeds *d,
	const struct deed *e);
const char *deed_lane(const struct deeds *d, const struct deed *e);

/* As of the position: it has returned; its process is asleep in it. */
bool deed_returned(const struct deeds *d, const struct deed *e);
bool deed_waits(const struct deeds *d, const struct deed *e);

/* It has happened, whole or in part, since the setup was over. */
bool deed_is_new(const struct deeds *d, const struct deed *e);

/* The row of the stage in which a call is seen last. */
uint32_t deed_row(const struct deeds *d, uint32_t call);

/* Whether a call of its row may make a descriptor, or a process that has some.
 */
bool deed_row_makes(const struct call_row *row);

/* Whether it is the call that a pattern says, whatever came of it; and whether
 * it is all that the pattern says. */
bool deed_is_call(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p);
bool deed_matches(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p);

/* Whether it is a call of that name, and on the descriptors that the pattern
 * names: such a call is the next one, whatever else it says. */
bool deed_is_on(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p);

/* The newest actor of a lane, with its thread ("server/2"); SCENE_NONE. */
uint32_t deeds_actor(const struct deeds *d, const char *lane);

/* The call that closed a descriptor of an actor's process since the setup, when
 * none was made since; SCENE_NONE. */
uint32_t deeds_closed_by(const struct deeds *d, uint32_t actor, int64_t fd);

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
void deed_print_last(struct buf *b, const struct deeds *d, uint32_t call);

#endif
