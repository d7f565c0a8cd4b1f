/* table: pieces of one size, in an array of pointers that grows. */
#include "scene/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void table_init(struct table *t, size_t size)
{
	*t = (struct table){.size = size};
}

void table_done(struct table *t)
{
	size_t pieces = (t->n + TABLE_PIECE - 1) / TABLE_PIECE;

	for (size_t i = 0; i < pieces; i++)
		free(t->piece[i]);
	free(t->piece);
	*t = (struct table){.size = t->size};
}

void *table_add(struct table *t)
{
	size_t i = t->n / TABLE_PIECE;

	if (t->n % TABLE_PIECE == 0) {
		t->piece = mem_grow(t->piece, &t->cap, i + 1,
			sizeof(*t->piece));
		t->piece[i] = mem_zero(TABLE_PIECE * t->size);
	}
	return table_at(t, t->n++);
}

uint32_t table_below(const struct table *t,
	uint32_t (*key)(const void *member, const void *arg), const void *arg,
	uint32_t bound)
{
	uint32_t low = 0, high = t->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (key(table_at(t, middle), arg) < bound)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
