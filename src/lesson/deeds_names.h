/*
 * deeds_names: what the names of processes were bound to, and when.
 *
 * A name may be bound again and again; what it stood for before a position is
 * found in logarithmic time, however often that was.
 */
#ifndef LESSON_DEEDS_NAMES_H
#define LESSON_DEEDS_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "call/line.h"

struct deeds_binding {
	uint32_t returned;    /* position of the call that bound it */
	struct value value;
};

struct deeds_name {
	uint32_t process;     /* an actor of the scene */
	char name[LINE_NAME];
	struct deeds_binding *at; /* by position */
	size_t n, room;
};

struct deeds_names { /* a zeroed one is empty */
	struct deeds_name *name;
	size_t n, room;
	uint32_t *place;      /* by hash: index + 1, 0: free */
	size_t places;        /* 0, or a power of 2 */
};

void deeds_names_done(struct deeds_names *x);

/* A call of a process that returned at a position bound this name. Positions
 * may come in any order, but cheapest as they grow. */
void deeds_names_bind(struct deeds_names *x, uint32_t process,
	const char *name, uint32_t returned, const struct value *v);

/* What the first n bytes of name stood for before a position, or NULL.
 * Borrowed until something is bound. */
const struct value *deeds_names_find(const struct deeds_names *x,
	uint32_t process, const char *name, size_t n, uint32_t before);

#endif
