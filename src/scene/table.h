/*
 * table: an append-only array in pieces.
 *
 * Members never move, so a pointer to one stays good for the table's life, and
 * growing never copies.
 */
#ifndef SCENE_TABLE_H
#define SCENE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define TABLE_PIECE 1024 /* members */

struct table {
	char **piece;
	size_t cap;    /* of piece */
	size_t size;   /* bytes of a member */
	uint32_t n;    /* members */
};

void table_init(struct table *t, size_t size);
void table_done(struct table *t);

/* A new last member, zeroed. */
void *table_add(struct table *t);

/* Member i < n. */
static inline void *table_at(const struct table *t, uint32_t i)
{
	return t->piece[i / TABLE_PIECE] + i % TABLE_PIECE * t->size;
}

/*
 * How many members at the front have their key below bound, when keys do not
 * fall: logarithmic. key is called with arg.
 */
uint32_t table_below(const struct table *t,
	uint32_t (*key)(const void *member, const void *arg), const void *arg,
	uint32_t bound);

#endif
